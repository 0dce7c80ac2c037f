<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>The comment is %Ln character(s) too long for Kaiten.</source>
        <translation>
            <numerusform>コメントはKaitenの上限を%Ln文字超えています。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Room for %Ln character(s)</source>
        <translation>
            <numerusform>あと%Ln文字</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <comment>problems</comment>
        <translation>
            <numerusform>ほか%Ln件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <comment>history</comment>
        <translation>
            <numerusform>ほか%Ln件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>goal reached on %Ln day(s)</source>
        <comment>history</comment>
        <translation>
            <numerusform>目標達成%Ln日</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries are deleted here and in both services</source>
        <comment>history</comment>
        <translation>
            <numerusform>%Ln件の記録を、ここと両サービスから削除します</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exporting: %Ln entries</source>
        <comment>history</comment>
        <translation>
            <numerusform>書き出し中：%Ln件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported: %Ln entries</source>
        <comment>history</comment>
        <translation>
            <numerusform>書き出しました：%Ln件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AbsenceMessageId</name>
    <message>
        <source>No question is open.</source>
        <translation>回答待ちの質問はありません。</translation>
    </message>
    <message>
        <source>This question is not open.</source>
        <translation>この質問には回答済みです。</translation>
    </message>
    <message>
        <source>The time is already on this task. Keep it instead.</source>
        <translation>すでにそのタスクの時間です。「残す」を選んでください。</translation>
    </message>
    <message>
        <source>You are still away.</source>
        <translation>まだ戻っていません。</translation>
    </message>
</context>
<context>
    <name>AbsencePrompt</name>
    <message>
        <source>You were away</source>
        <translation>離席していました</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>Undo the answer</source>
        <translation>回答を元に戻す</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>閉じる(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Keep it</source>
        <translation>残す(&amp;K)</translation>
    </message>
    <message>
        <source>Remove it and &amp;continue</source>
        <translation>除いて計測を続ける(&amp;C)</translation>
    </message>
    <message>
        <source>It was another &amp;task…</source>
        <translation>別のタスクだった(&amp;T)…</translation>
    </message>
    <message>
        <source>The time in question</source>
        <translation>対象の時間</translation>
    </message>
    <message>
        <source>Alt and a letter answers, Esc decides later: nothing of this time is reported before. Every answer can be undone.</source>
        <translation>Alt＋文字で回答、Escであとで決めます。回答するまでこの時間は送信されません。どの回答も元に戻せます。</translation>
    </message>
    <message>
        <source>You were away for %1</source>
        <translation>%1間、離席していました</translation>
    </message>
    <message>
        <source> (1 of %1)</source>
        <translation>（全%1件中1件目）</translation>
    </message>
    <message>
        <source>%1 · “%2” kept running. Why: %3.</source>
        <translation>%1 · 「%2」は計測中のままでした。理由：%3。</translation>
    </message>
    <message>
        <source>Ends at %1, starts again at %2.</source>
        <translation>%1に終了し、%2に再開します。</translation>
    </message>
    <message>
        <source>Remove it and &amp;stop</source>
        <translation>除いて停止(&amp;S)</translation>
    </message>
    <message>
        <source>Give these %1 to it.</source>
        <translation>この%1をそのタスクに移します。</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>%1まで</translation>
    </message>
    <message>
        <source>now</source>
        <translation>現在</translation>
    </message>
    <message>
        <source>away</source>
        <translation>離席</translation>
    </message>
    <message>
        <source>%1–%2 is taken out.</source>
        <translation>%1～%2を取り除きます。</translation>
    </message>
    <message>
        <source>Ends at %1. Nothing runs.</source>
        <translation>%1に終了し、何も計測しません。</translation>
    </message>
    <message>
        <source>I was working on this.</source>
        <translation>この作業をしていました。</translation>
    </message>
    <message>
        <source>&amp;Remove it</source>
        <translation>除く(&amp;R)</translation>
    </message>
    <message>
        <source>The %1 since you came back are removed as well.</source>
        <translation>戻ってからの%1も除かれます。</translation>
    </message>
</context>
<context>
    <name>Account</name>
    <message>
        <source>Connected as %1.</source>
        <translation>%1として接続済み。</translation>
    </message>
    <message>
        <source>Enter the address.</source>
        <translation>アドレスを入力してください。</translation>
    </message>
    <message>
        <source>The page “Network” of the settings helps to find the cause.</source>
        <translation>原因を調べるには、設定の「ネットワーク」を開いてください。</translation>
    </message>
    <message>
        <source>A token is kept in the keyring. It is never shown.</source>
        <translation>トークンはキーリングに保存されています。表示されることはありません。</translation>
    </message>
    <message>
        <source>No token is kept yet.</source>
        <translation>トークンはまだ保存されていません。</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>%1を確認しています…</translation>
    </message>
    <message>
        <source>The token was not kept.</source>
        <translation>トークンを保存しませんでした。</translation>
    </message>
    <message>
        <source>The token is kept, and is tried again once this is fixed.</source>
        <translation>トークンは保存しました。問題が解消したら使われます。</translation>
    </message>
    <message>
        <source>The list could not be loaded. You can type the number.</source>
        <translation>一覧を取得できませんでした。番号を入力することもできます。</translation>
    </message>
    <message>
        <source>Make an application on the page %1, with the redirect URI %2. Open it, press %3 and then %4, and copy the access token.</source>
        <translation>%1のページで、リダイレクトURIを%2としてアプリを作成してください。それを開いて%3、%4の順に押し、アクセストークンをコピーします。</translation>
    </message>
    <message>
        <source>Make a key on the page %1 of your profile, and copy it.</source>
        <translation>プロフィールの%1のページでキーを作成し、コピーしてください。</translation>
    </message>
</context>
<context>
    <name>AccountForm</name>
    <message>
        <source>Choose a team: without one nothing goes to TimeCrowd.</source>
        <translation>チームを選んでください。選ばないとTimeCrowdには何も送信されません。</translation>
    </message>
    <message>
        <source>You are in no team there. Join or create one in TimeCrowd, then check.</source>
        <translation>参加しているチームがありません。TimeCrowdでチームに参加するか作成してから、もう一度確認してください。</translation>
    </message>
    <message>
        <source>Address of %1</source>
        <translation>%1のアドレス</translation>
    </message>
    <message>
        <source>T&amp;oken</source>
        <translation>トークン(&amp;O)</translation>
    </message>
    <message>
        <source>Token of %1</source>
        <translation>%1のトークン</translation>
    </message>
    <message>
        <source>Check and keep</source>
        <translation>確認して保存</translation>
    </message>
    <message>
        <source>Check and keep the token of %1</source>
        <translation>%1のトークンを確認して保存</translation>
    </message>
    <message>
        <source>Copy the redirect URI</source>
        <translation>リダイレクトURIをコピー</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>ページを開く</translation>
    </message>
    <message>
        <source>Open the page of %1 for tokens</source>
        <translation>%1のトークンのページを開く</translation>
    </message>
    <message>
        <source>New token…</source>
        <translation>新しいトークン…</translation>
    </message>
    <message>
        <source>Enter a new token of %1</source>
        <translation>%1の新しいトークンを入力</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Forget the token of %1</source>
        <translation>%1のトークンを削除</translation>
    </message>
    <message>
        <source>Choose from the list, or type its number.</source>
        <translation>一覧から選ぶか、番号を入力してください。</translation>
    </message>
    <message>
        <source>None: nothing goes to TimeCrowd</source>
        <translation>なし：TimeCrowdには送信しません</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>今すぐ確認</translation>
    </message>
    <message>
        <source>Stop asking %1</source>
        <translation>%1の確認を中止</translation>
    </message>
    <message>
        <source>Check %1 now</source>
        <translation>%1を今すぐ確認</translation>
    </message>
</context>
<context>
    <name>AddressForm</name>
    <message>
        <source>T&amp;itle</source>
        <translation>タイトル(&amp;I)</translation>
    </message>
    <message>
        <source>Name of the chat &amp;room</source>
        <translation>チャットのルーム名(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Link a card</source>
        <translation>カードを紐付ける(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Use this task</source>
        <translation>このタスクを使う(&amp;U)</translation>
    </message>
</context>
<context>
    <name>AddressMessageId</name>
    <message>
        <source>“%1” is not a web address: its host or port cannot be read.</source>
        <translation>「%1」はWebアドレスではありません：ホスト名かポートを読み取れません。</translation>
    </message>
    <message>
        <source>“%1” is not a web address such as https://example.com.</source>
        <translation>「%1」はWebアドレスではありません。https://example.comのように入力してください。</translation>
    </message>
    <message>
        <source>The address must not contain a user name or a password.</source>
        <translation>アドレスにユーザー名やパスワードを含めないでください。</translation>
    </message>
    <message>
        <source>%1 is not encrypted, so the token could be read on the way. Use https:// (plain http:// is for this computer only).</source>
        <translation>%1は暗号化されていないため、途中でトークンを読み取られるおそれがあります。https:// を使ってください（http:// はこのコンピューター内だけで使えます）。</translation>
    </message>
</context>
<context>
    <name>AppMessageId</name>
    <message>
        <source>The answer of the running Timer App cannot be used: quit it and start it again.</source>
        <translation>実行中のTimer Appの応答を読み取れません。終了して起動し直してください。</translation>
    </message>
    <message>
        <source>Timer App did not answer within %1 s.</source>
        <translation>Timer Appが%1秒以内に応答しませんでした。</translation>
    </message>
    <message>
        <source>Timer App ended before it answered.</source>
        <translation>Timer Appは応答する前に終了しました。</translation>
    </message>
    <message>
        <source>Timer App is busy. Try again in a moment.</source>
        <translation>Timer Appは処理中です。少し待ってからもう一度試してください。</translation>
    </message>
    <message>
        <source>%1 belongs to another user, so nothing was sent there.</source>
        <translation>%1は別のユーザーのものなので、何も送信していません。</translation>
    </message>
    <message>
        <source>%1 cannot be connected to: %2.</source>
        <translation>%1に接続できません：%2。</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2.</source>
        <translation>%1を使用できません：%2。</translation>
    </message>
    <message>
        <source>The pipe of %1 cannot be used: %2.</source>
        <translation>%1のパイプを使用できません：%2。</translation>
    </message>
    <message>
        <source>Other users can write to %1, so nothing was sent there.</source>
        <translation>他のユーザーが%1に書き込めるため、何も送信していません。</translation>
    </message>
    <message>
        <source>%1 is in the way: it is not the app&apos;s socket. Remove it.</source>
        <translation>%1はアプリのソケットではないため、使用できません。削除してください。</translation>
    </message>
    <message>
        <source>The running Timer App is of another version: restart it.</source>
        <translation>実行中のTimer Appは別のバージョンです。再起動してください。</translation>
    </message>
    <message>
        <source>Timer App is running, but does not listen. Quit it, then start it again.</source>
        <translation>Timer Appは実行中ですが応答しません。終了してから起動し直してください。</translation>
    </message>
</context>
<context>
    <name>AuditMessageId</name>
    <message>
        <source>TimeCrowd was not compared. %1</source>
        <translation>TimeCrowdとは比較できませんでした。%1</translation>
    </message>
    <message>
        <source>Kaiten was not compared. %1</source>
        <translation>Kaitenとは比較できませんでした。%1</translation>
    </message>
    <message>
        <source>Kaiten does not show the card %1. %2</source>
        <translation>Kaitenがカード%1を表示しません。%2</translation>
    </message>
    <message>
        <source>The comparison of %2 has no row “%1”.%3</source>
        <translation>%2の比較に行「%1」はありません。%3</translation>
    </message>
    <message>
        <source>%1 needs no repair. %2</source>
        <translation>%1は修正の必要がありません。%2</translation>
    </message>
    <message>
        <source>Something was delivered during the comparison. Compare again.</source>
        <translation>比較中に送信がありました。もう一度比較してください。</translation>
    </message>
</context>
<context>
    <name>AuditRowMessageId</name>
    <message>
        <source>%1 – now</source>
        <translation>%1～現在</translation>
    </message>
    <message>
        <source>%1, %2 – now</source>
        <translation>%1、%2～現在</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1分</translation>
    </message>
    <message>
        <source>%1 min “%2”</source>
        <translation>%1分「%2」</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1. In TimeCrowd: %2.</source>
        <translation>%1。TimeCrowd側：%2。</translation>
    </message>
    <message>
        <source>%1. It is not in TimeCrowd.</source>
        <translation>%1。TimeCrowdにありません。</translation>
    </message>
    <message>
        <source>%1. TimeCrowd has one just like it that Timer App did not know.</source>
        <translation>%1。TimeCrowdに同じ内容の記録がありますが、ここでは把握していませんでした。</translation>
    </message>
    <message>
        <source>%1. It was in TimeCrowd and is not there any more.</source>
        <translation>%1。TimeCrowdから消えています。</translation>
    </message>
    <message>
        <source>%1. It was not sent to TimeCrowd because you chose not to send it.</source>
        <translation>%1。送信しないことにしたため、TimeCrowdには送信していません。</translation>
    </message>
    <message>
        <source>%1. It was not sent to TimeCrowd, which was not set up then.</source>
        <translation>%1。当時TimeCrowdが設定されていなかったため、送信していません。</translation>
    </message>
    <message>
        <source>Another device stopped it. Timer App will take over this stop.</source>
        <translation>別の端末で停止されました。ここにも反映されます。</translation>
    </message>
    <message>
        <source>In TimeCrowd: %1.</source>
        <translation>TimeCrowd側：%1。</translation>
    </message>
    <message>
        <source>You chose to keep it beside the entry that it matches.</source>
        <translation>同じ内容の記録と並べて残すことにしたものです。</translation>
    </message>
    <message>
        <source>It was deleted here.</source>
        <translation>ここでは削除済みです。</translation>
    </message>
    <message>
        <source>It was deleted, and its entry is being sent to TimeCrowd again.</source>
        <translation>削除済みです。記録はTimeCrowdへ改めて送信中です。</translation>
    </message>
    <message>
        <source>It was deleted. The entry is %1 now.</source>
        <translation>削除済みです。現在の記録は%1です。</translation>
    </message>
    <message>
        <source>It may come from a late request of Timer App. This is being checked.</source>
        <translation>遅れて届いたTimer Appのリクエストかもしれません。確認中です。</translation>
    </message>
    <message>
        <source>It is running on another device. Timer App follows it.</source>
        <translation>別の端末で計測中です。ここにも反映されます。</translation>
    </message>
    <message>
        <source>No entry here belongs to it.</source>
        <translation>対応する記録がここにありません。</translation>
    </message>
    <message>
        <source>%1: %2 for %3 on %4.</source>
        <translation>%1：%3に%2、%4。</translation>
    </message>
    <message>
        <source>In Kaiten: %1.</source>
        <translation>Kaiten側：%1。</translation>
    </message>
    <message>
        <source>In Kaiten: %1, on %2 for %3.</source>
        <translation>Kaiten側：%3に%1、%2。</translation>
    </message>
    <message>
        <source>It is not in Kaiten.</source>
        <translation>Kaitenにありません。</translation>
    </message>
    <message>
        <source>It was in Kaiten and is not there any more.</source>
        <translation>Kaitenから消えています。</translation>
    </message>
    <message>
        <source>It was not sent to Kaiten because you chose not to send it.</source>
        <translation>送信しないことにしたため、Kaitenには送信していません。</translation>
    </message>
    <message>
        <source>Log %1 is just like it. If it is another one, remove it in Kaiten.</source>
        <translation>タイムログ%1と同じ内容です。別のものであれば、Kaitenで削除してください。</translation>
    </message>
    <message>
        <source>%1, %2 s on %3: %4 min were not sent to Kaiten.</source>
        <translation>%1、%3に%2秒：%4分をKaitenに送信していません。</translation>
    </message>
    <message>
        <source>%1, %2 s on %3: an earlier log covers it.</source>
        <translation>%1、%3に%2秒：前のタイムログに含まれています。</translation>
    </message>
    <message>
        <source>In Kaiten: %1 on %2 for %3.</source>
        <translation>Kaiten側：%3に%1、%2。</translation>
    </message>
    <message>
        <source>You chose to keep it beside the log that it matches.</source>
        <translation>同じ内容のものと並べて残すことにしたものです。</translation>
    </message>
    <message>
        <source>It was removed here.</source>
        <translation>ここでは削除済みです。</translation>
    </message>
    <message>
        <source>It was not made by Timer App and stays as it is.</source>
        <translation>Timer App以外で作成されたものなので、そのままにします。</translation>
    </message>
    <message>
        <source>It may be one of ours.</source>
        <translation>ここから送信したものかもしれません。</translation>
    </message>
    <message>
        <source>It will be deleted.</source>
        <translation>削除する予定です。</translation>
    </message>
    <message>
        <source>It needs your attention: %2</source>
        <translation>要対応：%2</translation>
    </message>
    <message>
        <source>It needs your attention: it could not be sent.</source>
        <translation>要対応：送信できませんでした。</translation>
    </message>
    <message>
        <source>It needs your attention: no reason was given (HTTP %2).</source>
        <translation>要対応：理由は示されませんでした（HTTP %2）。</translation>
    </message>
    <message>
        <source>It needs your attention: it may or may not have arrived.</source>
        <translation>要対応：届いたかどうか不明です。</translation>
    </message>
    <message>
        <source>It is being sent or checked.</source>
        <translation>送信中か、確認中です。</translation>
    </message>
    <message>
        <source>It is waiting to be sent.</source>
        <translation>送信待ちです。</translation>
    </message>
    <message>
        <source>It is waiting to be sent again.</source>
        <translation>再送信待ちです。</translation>
    </message>
    <message>
        <source>It changed during the comparison. Compare again.</source>
        <translation>比較中に変わりました。もう一度比較してください。</translation>
    </message>
</context>
<context>
    <name>Away</name>
    <message>
        <source>Kept %1–%2.</source>
        <translation>%1～%2を残しました。</translation>
    </message>
    <message>
        <source>Removed %1–%2.</source>
        <translation>%1～%2を除きました。</translation>
    </message>
    <message>
        <source>Moved %1–%2 to “%3”.</source>
        <translation>%1～%2を「%3」に移しました。</translation>
    </message>
</context>
<context>
    <name>CallMessageId</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 asks for fewer requests.</source>
        <translation>%1からリクエストを減らすよう求められました。</translation>
    </message>
    <message>
        <source>%1 did not answer.</source>
        <translation>%1が応答しませんでした。</translation>
    </message>
    <message>
        <source>%1 did not answer within %2 seconds.</source>
        <translation>%1は%2秒以内に応答しませんでした。</translation>
    </message>
    <message>
        <source>The answer of %1 is larger than any it should give, so it was not read.</source>
        <translation>%1の応答が大きすぎるため、読み取りませんでした。</translation>
    </message>
    <message>
        <source>The connection to %1 broke before its answer was there.</source>
        <translation>%1との接続が、応答の前に切れました。</translation>
    </message>
    <message>
        <source>%1 failed (HTTP %2).</source>
        <translation>%1でエラーが発生しました（HTTP %2）。</translation>
    </message>
    <message>
        <source>%1 has no token, or does not accept it.</source>
        <translation>%1のトークンがないか、受け付けられません。</translation>
    </message>
    <message>
        <source>%1: %2 (HTTP %3)</source>
        <translation>%1：%2（HTTP %3）</translation>
    </message>
    <message>
        <source>%1 refused without giving a reason (HTTP %2).</source>
        <translation>%1に理由なく拒否されました（HTTP %2）。</translation>
    </message>
</context>
<context>
    <name>CommandMessageId</name>
    <message>
        <source>“%1” (TZ) is not a time zone. Times are in UTC.</source>
        <translation>「%1」(TZ) はタイムゾーンではありません。時刻はUTCです。</translation>
    </message>
    <message>
        <source>Give the start.</source>
        <translation>開始を指定してください。</translation>
    </message>
    <message>
        <source>Give the end or the length.</source>
        <translation>終了か時間の長さを指定してください。</translation>
    </message>
    <message>
        <source>Give the time at which to split the entry.</source>
        <translation>記録を分割する時刻を指定してください。</translation>
    </message>
    <message>
        <source>Give the task that the time was for.</source>
        <translation>その時間のタスクを指定してください。</translation>
    </message>
    <message>
        <source>The answer “%1” takes no task.</source>
        <translation>回答「%1」にタスクは指定できません。</translation>
    </message>
    <message>
        <source>“%1” is not an answer. Answer keep, drop, continue or give.</source>
        <translation>「%1」は回答ではありません。keep、drop、continue、giveのいずれかで答えてください。</translation>
    </message>
    <message>
        <source>The first date (%1) is later than the last date (%2).</source>
        <translation>最初の日付（%1）が最後の日付（%2）より後です。</translation>
    </message>
    <message>
        <source>“%1” is not a number of seconds.</source>
        <translation>「%1」は秒数ではありません。</translation>
    </message>
    <message>
        <source>“%1” is not the number of a delivery.</source>
        <translation>「%1」は送信の番号ではありません。</translation>
    </message>
    <message>
        <source>“%1” is not the number of a task in TimeCrowd.</source>
        <translation>「%1」はTimeCrowdのタスク番号ではありません。</translation>
    </message>
    <message>
        <source>The task in TimeCrowd says what is worked on.</source>
        <translation>TimeCrowdのタスクを指定した場合、作業内容はそのタスクで決まります。</translation>
    </message>
    <message>
        <source>“%1” is not the number of a question.</source>
        <translation>「%1」は質問の番号ではありません。</translation>
    </message>
    <message>
        <source>Two cards are named: “%1” and “%2”.</source>
        <translation>カードが2つ指定されています：「%1」と「%2」。</translation>
    </message>
    <message>
        <source>“%1” is not a message of a chat room: no room can be named.</source>
        <translation>「%1」はチャットのメッセージではないため、ルーム名を付けられません。</translation>
    </message>
    <message>
        <source>Give the message whose room it is.</source>
        <translation>そのルームのメッセージを指定してください。</translation>
    </message>
    <message>
        <source>“%1” is an address, not a title.</source>
        <translation>「%1」はアドレスです。タイトルではありません。</translation>
    </message>
</context>
<context>
    <name>CompareWindow</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>キャンセル(&amp;C)</translation>
    </message>
    <message>
        <source>Show &amp;matched</source>
        <translation>一致も表示(&amp;M)</translation>
    </message>
    <message>
        <source>Compare a&amp;gain</source>
        <translation>もう一度比較(&amp;G)</translation>
    </message>
    <message>
        <source>Repair &amp;all</source>
        <translation>すべて修復(&amp;A)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Asking the services</source>
        <translation>サービスへの問い合わせ</translation>
    </message>
    <message>
        <source>What the journal and the services hold</source>
        <translation>ジャーナルと各サービスの内容</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>中止しました。</translation>
    </message>
    <message>
        <source>Asking the services…</source>
        <translation>サービスに問い合わせています…</translation>
    </message>
    <message>
        <source>Compare with services: %1</source>
        <translation>サービスと比較：%1</translation>
    </message>
    <message>
        <source>and %1 more: compare fewer days to see them</source>
        <translation>ほか%1件：表示するには比較する日数を減らしてください</translation>
    </message>
</context>
<context>
    <name>ConnectionMessageId</name>
    <message>
        <source>it is not an address</source>
        <translation>アドレスではありません</translation>
    </message>
    <message>
        <source>its kind must be one of %1</source>
        <translation>種類は%1のいずれかです</translation>
    </message>
    <message>
        <source>it has no host</source>
        <translation>ホスト名がありません</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>ファイルが空です</translation>
    </message>
    <message>
        <source>it has no PEM text (-----BEGIN CERTIFICATE-----)</source>
        <translation>PEM形式のテキスト（-----BEGIN CERTIFICATE-----）がありません</translation>
    </message>
    <message>
        <source>it has no certificate</source>
        <translation>証明書がありません</translation>
    </message>
    <message>
        <source>a certificate in it is broken</source>
        <translation>含まれる証明書が壊れています</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>ファイルがありません</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>ファイルではありません</translation>
    </message>
    <message>
        <source>another address on the same server</source>
        <translation>同じサーバーの別のアドレス</translation>
    </message>
    <message>
        <source>another address of its own</source>
        <translation>自身の別のアドレス</translation>
    </message>
    <message>
        <source>no reason was given (HTTP %1)</source>
        <translation>理由は示されませんでした（HTTP %1）</translation>
    </message>
    <message>
        <source>the handshake failed</source>
        <translation>ハンドシェイクに失敗しました</translation>
    </message>
    <message>
        <source>the proxy %1</source>
        <translation>プロキシ%1</translation>
    </message>
    <message>
        <source>no details</source>
        <translation>詳細なし</translation>
    </message>
    <message>
        <source>it does not speak TLS</source>
        <translation>TLSで応答しません</translation>
    </message>
    <message>
        <source>it has no version of TLS that is safe today</source>
        <translation>安全なTLSのバージョンがありません</translation>
    </message>
    <message>
        <source>it has no cipher in common with this computer</source>
        <translation>このコンピューターと共通の暗号方式がありません</translation>
    </message>
    <message>
        <source>it does not know this name</source>
        <translation>この名前を知りません</translation>
    </message>
    <message>
        <source>it requires a client certificate</source>
        <translation>クライアント証明書を求めています</translation>
    </message>
    <message>
        <source>its key or its signature is too weak</source>
        <translation>鍵または署名が弱すぎます</translation>
    </message>
    <message>
        <source>it is self-signed</source>
        <translation>自己署名です</translation>
    </message>
    <message>
        <source>its issuer is not known to this computer</source>
        <translation>発行者がこのコンピューターに登録されていません</translation>
    </message>
    <message>
        <source>its signature is wrong</source>
        <translation>署名が正しくありません</translation>
    </message>
    <message>
        <source>it is not for servers</source>
        <translation>サーバー用ではありません</translation>
    </message>
    <message>
        <source>code %1</source>
        <translation>コード %1</translation>
    </message>
    <message>
        <source>its rules do not allow it</source>
        <translation>プロキシの規則で許可されていません</translation>
    </message>
    <message>
        <source>it has no way there</source>
        <translation>そこへの経路がありません</translation>
    </message>
    <message>
        <source>the other side refused the connection</source>
        <translation>相手が接続を拒否しました</translation>
    </message>
    <message>
        <source>there was no answer in time</source>
        <translation>時間内に応答がありませんでした</translation>
    </message>
    <message>
        <source>it cannot do this</source>
        <translation>対応していません</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1秒</translation>
    </message>
    <message>
        <source>the system&apos;s time limit</source>
        <translation>システムの制限時間</translation>
    </message>
    <message>
        <source>it sent a web page</source>
        <translation>Webページが返されました</translation>
    </message>
    <message>
        <source>its answer cannot be read</source>
        <translation>応答を読み取れません</translation>
    </message>
</context>
<context>
    <name>ConnectionProblemKind</name>
    <message>
        <source>Not set up.</source>
        <translation>設定されていません。</translation>
    </message>
    <message>
        <source>%2</source>
        <translation>%2</translation>
    </message>
    <message>
        <source>The certificates in %1 cannot be used: %2.</source>
        <translation>%1の証明書を使えません：%2。</translation>
    </message>
    <message>
        <source>The address of the proxy cannot be used: %2.</source>
        <translation>プロキシのアドレスを使えません：%2。</translation>
    </message>
    <message>
        <source>The proxy %1 requires a password. %2</source>
        <translation>プロキシ%1にはパスワードが必要です。%2</translation>
    </message>
    <message>
        <source>The name of %1 was not found.</source>
        <translation>%1の名前が見つかりません。</translation>
    </message>
    <message>
        <source>The network has no way to %1. (%2)</source>
        <translation>ネットワークから%1に到達できません。（%2）</translation>
    </message>
    <message>
        <source>The connection was refused by %1.</source>
        <translation>%1が接続を拒否しました。</translation>
    </message>
    <message>
        <source>There was no answer from %1 within %2.</source>
        <translation>%1から%2以内に応答がありませんでした。</translation>
    </message>
    <message>
        <source>The connection to %1 broke before anything was sent. (%2)</source>
        <translation>何も送らないうちに%1との接続が切れました。（%2）</translation>
    </message>
    <message>
        <source>The proxy %1 requires a user name and a password.</source>
        <translation>プロキシ%1にはユーザー名とパスワードが必要です。</translation>
    </message>
    <message>
        <source>The proxy %1 does not accept the user name and password.</source>
        <translation>プロキシ%1がユーザー名とパスワードを受け付けません。</translation>
    </message>
    <message>
        <source>The proxy %1 refused to connect. (%2)</source>
        <translation>プロキシ%1が接続を拒否しました。（%2）</translation>
    </message>
    <message>
        <source>The server at %1 is not a proxy of this kind.</source>
        <translation>%1のサーバーはこの種類のプロキシではありません。</translation>
    </message>
    <message>
        <source>A secure connection to %1 was not possible. (%2)</source>
        <translation>%1との安全な接続を確立できませんでした。（%2）</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired.</source>
        <translation>%1の証明書の有効期限が切れています。</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet.</source>
        <translation>%1の証明書はまだ有効になっていません。</translation>
    </message>
    <message>
        <source>The certificate of %1 is for another name.</source>
        <translation>%1の証明書は別の名前に対するものです。</translation>
    </message>
    <message>
        <source>The certificate of %1 is signed by an unknown authority. (%2)</source>
        <translation>%1の証明書は不明な認証局が署名しています。（%2）</translation>
    </message>
    <message>
        <source>The certificate of %1 was revoked.</source>
        <translation>%1の証明書は失効しています。</translation>
    </message>
    <message>
        <source>The certificate of %1 cannot be trusted. (%2)</source>
        <translation>%1の証明書は信頼できません。（%2）</translation>
    </message>
    <message>
        <source>%1 redirects to %2. The token was not sent there.</source>
        <translation>%1は%2へ転送しています。トークンは送っていません。</translation>
    </message>
    <message>
        <source>The server at %1 is not this service (%2).</source>
        <translation>%1のサーバーはこのサービスではありません（%2）。</translation>
    </message>
    <message>
        <source>%1 does not accept the token.</source>
        <translation>%1がトークンを受け付けません。</translation>
    </message>
    <message>
        <source>%1 asks for fewer requests.</source>
        <translation>%1からリクエストを減らすよう求められました。</translation>
    </message>
    <message>
        <source>%1 has problems of its own.</source>
        <translation>%1側に問題が起きています。</translation>
    </message>
    <message>
        <source>%1 refused: %2</source>
        <translation>%1に拒否されました：%2</translation>
    </message>
</context>
<context>
    <name>DeliveryMessageId</name>
    <message>
        <source>There is no such delivery.</source>
        <translation>この送信はありません。</translation>
    </message>
    <message>
        <source>This delivery needs no decision.</source>
        <translation>この送信については、決めることはありません。</translation>
    </message>
    <message>
        <source>It may or may not have arrived.</source>
        <translation>届いたかどうか不明です。</translation>
    </message>
    <message>
        <source>It could not be sent.</source>
        <translation>送信できませんでした。</translation>
    </message>
    <message>
        <source>No reason was given (HTTP %1).</source>
        <translation>理由は示されませんでした（HTTP %1）。</translation>
    </message>
    <message>
        <source>What delivery %1 was to tell cannot be read: its row in the journal is damaged. It was not sent. Try again to send what the entry says now, or never send it.</source>
        <translation>送信%1の内容を読み取れません。ジャーナルの該当行が壊れています。まだ送信されていません。記録の現在の内容を送るには再試行し、送らない場合は取りやめてください。</translation>
    </message>
    <message>
        <source>What was sent by delivery %1 cannot be read: its row in the journal is damaged. Look into the service before you try again.</source>
        <translation>送信%1で送った内容を読み取れません。ジャーナルの該当行が壊れています。再試行する前にサービス側を確認してください。</translation>
    </message>
    <message>
        <source>Whether delivery %1 was sent is not certain: its row in the journal is damaged. Look into the service before you try again.</source>
        <translation>送信%1が行われたかどうか分かりません。ジャーナルの該当行が壊れています。再試行する前にサービス側を確認してください。</translation>
    </message>
    <message>
        <source>What delivery %1 was to tell cannot be read, and does not follow from its entry.</source>
        <translation>送信%1の内容を読み取れず、記録からも復元できません。</translation>
    </message>
    <message>
        <source>The log of delivery %1 cannot be read in the journal. Decide about it in Problems first: else its minutes might be logged twice.</source>
        <translation>送信%1のタイムログをジャーナルから読み取れません。先に「要対応」で対処を決めてください。そうしないと時間が二重に記録されるおそれがあります。</translation>
    </message>
    <message>
        <source>Whether TimeCrowd has the comment is not known. It is not sent again: it might be twice.</source>
        <translation>TimeCrowdにコメントがあるかどうか不明です。二重になるおそれがあるため、再送信しません。</translation>
    </message>
    <message>
        <source>It waits until Kaiten shows the card: a rule depends on its space or board.</source>
        <translation>Kaitenがカードを表示するまで待っています。スペースまたはボードによって決まるルールがあるためです。</translation>
    </message>
    <message>
        <source>TimeCrowd keeps the comment that it got first; change it there if it matters.</source>
        <translation>TimeCrowdには最初に受け取ったコメントが残ります。必要ならTimeCrowdで変更してください。</translation>
    </message>
    <message>
        <source>An error in Timer App itself (%1) stopped this delivery. The other ones go on.</source>
        <translation>Timer App自身のエラー（%1）でこの送信が止まりました。ほかの送信は続きます。</translation>
    </message>
    <message>
        <source>Kaiten already holds a log with these minutes and without a name (%1): it may be your own.</source>
        <translation>同じ分数で名前のないタイムログ（%1）がKaitenにあります。ご自身で入力したものかもしれません。</translation>
    </message>
    <message>
        <source>This entry was deleted in TimeCrowd. Its log in Kaiten stays until you decide.</source>
        <translation>この記録はTimeCrowdで削除されました。Kaitenのタイムログは、判断されるまで残します。</translation>
    </message>
    <message>
        <source>An error in Timer App itself (%1) stopped delivery. It will try again later.</source>
        <translation>Timer App自身のエラー（%1）で送信が止まりました。後でもう一度試します。</translation>
    </message>
</context>
<context>
    <name>DesktopEntryMessageId</name>
    <message>
        <source>%1 could not be written. (%2)</source>
        <translation>%1に書き込めませんでした。（%2）</translation>
    </message>
    <message>
        <source>%1 could not be removed. (%2)</source>
        <translation>%1を削除できませんでした。（%2）</translation>
    </message>
    <message>
        <source>%1 could not be changed. (%2)</source>
        <translation>%1を変更できませんでした。（%2）</translation>
    </message>
    <message>
        <source>The registry could not be changed. (%1)</source>
        <translation>レジストリを変更できませんでした。（%1）</translation>
    </message>
    <message>
        <source>On macOS the application brings its links: put it into Applications.</source>
        <translation>macOSではアプリ本体がリンクを開きます。アプリを「アプリケーション」に入れてください。</translation>
    </message>
</context>
<context>
    <name>EditBar</name>
    <message>
        <source>Changing entries</source>
        <translation>記録の変更</translation>
    </message>
</context>
<context>
    <name>EditEntryWindow</name>
    <message>
        <source>Edit entry</source>
        <translation>記録を編集</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Date</source>
        <translation>日付(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>開始(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>終了(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Length</source>
        <translation>時間(&amp;L)</translation>
    </message>
    <message>
        <source>Tas&amp;k</source>
        <translation>タスク(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>コメント(&amp;C)</translation>
    </message>
    <message>
        <source>9:30, 930, -15m, or a range: 9-10:30</source>
        <translation>9:30、930、-15分、または範囲：9-10:30</translation>
    </message>
    <message>
        <source>1h30m, 1:30, 90 or 1.5h; the end then follows from it</source>
        <translation>1時間30分、1:30、90。終了は自動で決まります</translation>
    </message>
    <message>
        <source>Choose a card or a task.</source>
        <translation>カードかタスクを選んでください。</translation>
    </message>
</context>
<context>
    <name>EntryMessageId</name>
    <message>
        <source>Nothing is running.</source>
        <translation>計測中の記録はありません。</translation>
    </message>
    <message>
        <source>Nothing is running, so there is nothing to cancel.</source>
        <translation>計測中の記録がないため、取り消せません。</translation>
    </message>
    <message>
        <source>Nothing is running, so there is nothing to comment on.</source>
        <translation>計測中の記録がないため、コメントできません。</translation>
    </message>
    <message>
        <source>Nothing is running, so there is no start to correct.</source>
        <translation>計測中の記録がないため、開始時刻は修正できません。</translation>
    </message>
    <message>
        <source>The stop (%1) is before the start (%2) of the running entry.</source>
        <translation>停止（%1）が、計測中の記録の開始（%2）より前です。</translation>
    </message>
    <message>
        <source>There is no last task yet. Choose a card or a task to start.</source>
        <translation>前回のタスクがまだありません。開始するカードかタスクを選んでください。</translation>
    </message>
    <message>
        <source>The comment is %1 characters long; at most %2 fit.</source>
        <translation>コメントは%1文字です。最大%2文字です。</translation>
    </message>
    <message>
        <source>The comment is %1 characters long; at most %2 fit: Kaiten takes %4, of which the name of the time log needs %3.</source>
        <translation>コメントは%1文字です。最大%2文字です。Kaitenの上限%4文字のうち、%3文字はタイムログの名前に使われます。</translation>
    </message>
    <message>
        <source>%1 is not within the entry.</source>
        <translation>%1はこの記録の範囲外です。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>元に戻す操作はありません。</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>この操作は元に戻せません。</translation>
    </message>
    <message>
        <source>Another entry is running. Stop it first, then undo.</source>
        <translation>別の記録を計測中です。先に停止してから元に戻してください。</translation>
    </message>
    <message>
        <source>Something else was changed since. Undo that first.</source>
        <translation>その後に別の変更があります。先にそちらを元に戻してください。</translation>
    </message>
    <message>
        <source>The entry is not deleted, so there is nothing to restore.</source>
        <translation>記録は残っているため、復元は不要です。</translation>
    </message>
    <message>
        <source>There is no such entry.</source>
        <translation>この記録はありません。</translation>
    </message>
    <message>
        <source>This entry is still running. Stop or cancel it first.</source>
        <translation>この記録は計測中です。先に停止するか取り消してください。</translation>
    </message>
    <message>
        <source>The entry would end (%1) before it starts (%2).</source>
        <translation>記録の終了（%1）が開始（%2）より前になります。</translation>
    </message>
</context>
<context>
    <name>ExportBar</name>
    <message>
        <source>Exporting</source>
        <translation>書き出し中</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Export cancelled: the file is as it was before.</source>
        <translation>書き出しを中止しました。ファイルは元のままです。</translation>
    </message>
</context>
<context>
    <name>FileMessageId</name>
    <message>
        <source>%1 could not be written. Nothing was changed there. (%2)</source>
        <translation>%1に書き込めませんでした。元の内容は変わっていません。（%2）</translation>
    </message>
    <message>
        <source>%1 already exists and was not changed. Choose another name.</source>
        <translation>%1はすでにあるため、変更していません。別の名前を選んでください。</translation>
    </message>
</context>
<context>
    <name>FileProblemId</name>
    <message>
        <source>the disk is full</source>
        <translation>ディスクがいっぱいです</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>ディスクは読み取り専用です</translation>
    </message>
    <message>
        <source>you have no permission for it</source>
        <translation>権限がありません</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>そのようなファイルやフォルダーはありません</translation>
    </message>
    <message>
        <source>a file is where a folder should be</source>
        <translation>フォルダーの場所にファイルがあります</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>フォルダーです</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>ファイルではありません</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>名前が長すぎます</translation>
    </message>
    <message>
        <source>its links lead in a circle</source>
        <translation>リンクが循環しています</translation>
    </message>
    <message>
        <source>another program is using it</source>
        <translation>別のプログラムが使用中です</translation>
    </message>
    <message>
        <source>the disk failed</source>
        <translation>ディスクの障害です</translation>
    </message>
    <message>
        <source>too many files are open</source>
        <translation>開いているファイルが多すぎます</translation>
    </message>
    <message>
        <source>the disk does not take such a name</source>
        <translation>ディスクがこの名前を受け付けません</translation>
    </message>
    <message>
        <source>the system refuses it: %1</source>
        <translation>システムに拒否されました：%1</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Find in task and comment</source>
        <translation>タスクとコメントを検索</translation>
    </message>
    <message>
        <source>How far entries have come</source>
        <translation>記録の送信状況</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>日付の範囲</translation>
    </message>
    <message>
        <source>From</source>
        <translation>開始日</translation>
    </message>
    <message>
        <source>To</source>
        <translation>終了日</translation>
    </message>
    <message>
        <source>Delivered or not</source>
        <translation>送信状況を問わない</translation>
    </message>
    <message>
        <source>Week or month above</source>
        <translation>上の週または月</translation>
    </message>
    <message>
        <source>Day above</source>
        <translation>上の日</translation>
    </message>
    <message>
        <source>All dates</source>
        <translation>すべての日付</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>期間を指定…</translation>
    </message>
</context>
<context>
    <name>FirstRunWizard</name>
    <message>
        <source>&amp;Back</source>
        <translation>戻る(&amp;B)</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>試してみる</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>%1に接続</translation>
    </message>
    <message>
        <source>Timer App – First steps (%1 of %2)</source>
        <translation>Timer App – はじめに（%1/%2）</translation>
    </message>
    <message>
        <source>Not no&amp;w</source>
        <translation>後で(&amp;W)</translation>
    </message>
    <message>
        <source>TimeCrowd gets each entry when it starts and stops. It needs a token and the team. If you do not use TimeCrowd, choose Not now.</source>
        <translation>TimeCrowdには、記録の開始時と停止時に送信されます。トークンとチームが必要です。TimeCrowdを使わない場合は「後で」を押してください。</translation>
    </message>
    <message>
        <source>Kaiten gets a time log on the card when an entry stops. It needs your company&apos;s address and a token. If you do not use Kaiten, choose Not now.</source>
        <translation>記録を停止すると、Kaitenのカードにタイムログが付きます。会社のアドレスとトークンが必要です。Kaitenを使わない場合は「後で」を押してください。</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>次へ(&amp;N)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>ステップ %1 / %2</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完了(&amp;D)</translation>
    </message>
    <message>
        <source>That is all. Everything can be changed later in the settings.</source>
        <translation>これで完了です。すべて後から設定で変更できます。</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>&amp;Today</source>
        <translation>今日(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>編集(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Other card…</source>
        <translation>別のカード(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Split…</source>
        <translation>分割(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>続ける(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>削除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>Totals &amp;by task…</source>
        <translation>タスク別の合計(&amp;B)…</translation>
    </message>
    <message>
        <source>Co&amp;mpare with services…</source>
        <translation>サービスと比較(&amp;M)…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>書き出し(&amp;X)…</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>週</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>棒グラフ</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>時間帯</translation>
    </message>
    <message>
        <source>Week view</source>
        <translation>週の表示</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>期間</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>No entries here.</source>
        <translation>記録はありません。</translation>
    </message>
    <message>
        <source>Open in b&amp;rowser</source>
        <translation>ブラウザーで開く(&amp;R)</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>From – to</source>
        <translation>開始～終了</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>タスク</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>記録方法</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>メニュー</translation>
    </message>
    <message>
        <source>%1 – now</source>
        <translation>%1～現在</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <comment>a date, in Qt&apos;s letters</comment>
        <translation>yyyy年M月d日(ddd)</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>クリック</translation>
    </message>
    <message>
        <source>Hot key</source>
        <translation>ホットキー</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手入力</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>コマンドライン</translation>
    </message>
    <message>
        <source>Other device</source>
        <translation>別の端末</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>送信済み</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>送信待ち</translation>
    </message>
    <message>
        <source>Selected: %1, %2</source>
        <translation>選択：%1件、%2</translation>
    </message>
    <message>
        <source>Found %1, still searching…</source>
        <translation>%1件見つかりました。検索中…</translation>
    </message>
    <message>
        <source>Entries: %1</source>
        <translation>記録：%1件</translation>
    </message>
    <message>
        <source>Entries: %1, more as you scroll</source>
        <translation>記録：%1件（続きはスクロールで表示）</translation>
    </message>
    <message>
        <source>%1  ·  %2 of %3</source>
        <translation>%1  ·  %2／目標%3</translation>
    </message>
    <message>
        <source>%1: no entries.</source>
        <translation>%1：記録はありません。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>month and year</comment>
        <translation>%2年%1</translation>
    </message>
    <message>
        <source>%1, goal reached</source>
        <translation>%1、目標達成</translation>
    </message>
    <message>
        <source>Deleted here and in both services: %1</source>
        <translation>ここと両サービスから削除します：%1</translation>
    </message>
    <message>
        <source>Changed: %1</source>
        <translation>変更しました：%1</translation>
    </message>
    <message>
        <source>Split: %1</source>
        <translation>分割しました：%1</translation>
    </message>
    <message>
        <source>Started: %1</source>
        <translation>開始しました：%1</translation>
    </message>
    <message>
        <source>Deleting entries: %1 of %2</source>
        <translation>記録を削除しています：%1/%2</translation>
    </message>
    <message>
        <source>Deleted: %1 of %2 entries.</source>
        <translation>%2件中%1件を削除しました。</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>送信対象外</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>Needs your attention</source>
        <translation>要対応</translation>
    </message>
    <message>
        <source>%1 at stop</source>
        <translation>%1は停止後</translation>
    </message>
    <message>
        <source>%1: running</source>
        <translation>%1：計測中</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1：送信待ち</translation>
    </message>
    <message>
        <source>%1 needs attention</source>
        <translation>%1：要対応</translation>
    </message>
    <message>
        <source>In an earlier log</source>
        <translation>前のタイムログに含まれています</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>a date, in Qt&apos;s letters</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>a date, in Qt&apos;s letters</comment>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>d</source>
        <comment>first date within a month, in Qt&apos;s letters</comment>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>last date within a month, in Qt&apos;s letters</comment>
        <translation>d日</translation>
    </message>
    <message>
        <source>of %1</source>
        <comment>a total, of a goal</comment>
        <translation>目標 %1</translation>
    </message>
    <message>
        <source>Other tasks</source>
        <translation>その他のタスク</translation>
    </message>
    <message>
        <source>Without a card</source>
        <translation>カードなし</translation>
    </message>
    <message>
        <source>%1 in total, rows: %2</source>
        <translation>合計 %1、%2行</translation>
    </message>
    <message>
        <source>Undone.</source>
        <translation>元に戻しました。</translation>
    </message>
    <message>
        <source>Undoing: %1 of %2</source>
        <translation>元に戻しています：%2件中%1件</translation>
    </message>
    <message>
        <source>Undone: %1 of %2.</source>
        <translation>%2件中%1件を元に戻しました。</translation>
    </message>
    <message>
        <source>This shares time with: %1.</source>
        <translation>次の記録と時間が重なっています：%1</translation>
    </message>
    <message>
        <source>TimeCrowd: %1, %2</source>
        <translation>TimeCrowd：%1、%2</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1と%2</translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>表計算用の表 (*.csv)</translation>
    </message>
    <message>
        <source>Table for spreadsheets, with semicolons (*.csv)</source>
        <translation>表計算用の表、セミコロン区切り (*.csv)</translation>
    </message>
    <message>
        <source>JSON for programs (*.json)</source>
        <translation>プログラム用のJSON (*.json)</translation>
    </message>
    <message>
        <source>Calendar (*.ics)</source>
        <translation>カレンダー (*.ics)</translation>
    </message>
    <message>
        <source>Matched</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>不足</translation>
    </message>
    <message>
        <source>Extra</source>
        <translation>余分</translation>
    </message>
    <message>
        <source>Different</source>
        <translation>相違</translation>
    </message>
    <message>
        <source>There is nothing to compare.</source>
        <translation>比較するものはありません。</translation>
    </message>
    <message>
        <source>All %1 agree.</source>
        <translation>%1件すべて一致しています。</translation>
    </message>
    <message>
        <source>Asking the services… Kaiten: %1 of %2</source>
        <translation>サービスに問い合わせています… Kaiten：%1/%2</translation>
    </message>
    <message>
        <source>Repairing: %1 of %2</source>
        <translation>修復しています：%1/%2</translation>
    </message>
    <message>
        <source>Repaired: %1 of %2.</source>
        <translation>%2件中%1件を修復しました。</translation>
    </message>
    <message>
        <source>Repaired: %1.</source>
        <translation>修復しました：%1件</translation>
    </message>
    <message>
        <source>Not repaired, since it has changed meanwhile: %1.</source>
        <translation>その間に変わったため修復していません：%1件</translation>
    </message>
    <message>
        <source>Corrected automatically</source>
        <translation>自動的に解消</translation>
    </message>
    <message>
        <source>See Problems</source>
        <translation>「要対応」を参照</translation>
    </message>
    <message>
        <source>Correct the times in TimeCrowd</source>
        <translation>TimeCrowdの時刻を修正</translation>
    </message>
    <message>
        <source>Start it in TimeCrowd</source>
        <translation>TimeCrowdで開始</translation>
    </message>
    <message>
        <source>Record it in TimeCrowd</source>
        <translation>TimeCrowdに記録</translation>
    </message>
    <message>
        <source>Take TimeCrowd&apos;s entry for this one</source>
        <translation>TimeCrowdの記録をこの記録とする</translation>
    </message>
    <message>
        <source>Take it into the journal</source>
        <translation>ジャーナルに取り込む</translation>
    </message>
    <message>
        <source>Delete it in TimeCrowd</source>
        <translation>TimeCrowdから削除</translation>
    </message>
    <message>
        <source>Correct the log in Kaiten</source>
        <translation>Kaitenのタイムログを修正</translation>
    </message>
    <message>
        <source>Log it in Kaiten</source>
        <translation>Kaitenに記録</translation>
    </message>
    <message>
        <source>Log it again in Kaiten</source>
        <translation>Kaitenに記録し直す</translation>
    </message>
    <message>
        <source>Delete it in Kaiten</source>
        <translation>Kaitenから削除</translation>
    </message>
    <message>
        <source>No entries.</source>
        <translation>記録がありません。</translation>
    </message>
</context>
<context>
    <name>HistoryMessageId</name>
    <message>
        <source>TimeCrowd is not set up.</source>
        <translation>TimeCrowdが設定されていません。</translation>
    </message>
    <message>
        <source>Nothing was taken in. %1</source>
        <translation>何も取り込みませんでした。%1</translation>
    </message>
    <message>
        <source>The date %1 is still to come.</source>
        <translation>%1はまだ先の日付です。</translation>
    </message>
</context>
<context>
    <name>HotkeyActionMessageId</name>
    <message>
        <source>Start or stop</source>
        <translation>開始／停止</translation>
    </message>
    <message>
        <source>Open Timer App</source>
        <translation>Timer Appを開く</translation>
    </message>
    <message>
        <source>Add time</source>
        <translation>時間を追加</translation>
    </message>
</context>
<context>
    <name>HotkeyBindingMessageId</name>
    <message>
        <source>Bound to %1.</source>
        <translation>%1に割り当て済みです。</translation>
    </message>
    <message>
        <source>Bound to %1: the desktop chose these keys. Change them in its keyboard settings.</source>
        <translation>%1に割り当て済みです。このキーはデスクトップが選びました。変更はデスクトップのキーボード設定で行えます。</translation>
    </message>
    <message>
        <source>%1 is taken by another program or by the desktop itself.</source>
        <translation>%1は別のプログラムかデスクトップ自体が使っています。</translation>
    </message>
    <message>
        <source>%1 is already the hot key for “%2”.</source>
        <translation>%1はすでに「%2」のホットキーです。</translation>
    </message>
    <message>
        <source>The desktop has not answered yet. It may ask you in a window of its own.</source>
        <translation>デスクトップからまだ応答がありません。専用の画面で確認を求められることがあります。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>HotkeyMessageId</name>
    <message>
        <source>“%1” is not a modifier. Use Ctrl, Alt, Shift or Super.</source>
        <translation>「%1」は修飾キーではありません。Ctrl、Alt、Shift、Superを使ってください。</translation>
    </message>
    <message>
        <source>%1 is given twice.</source>
        <translation>%1が2回指定されています。</translation>
    </message>
    <message>
        <source>A key is missing after %1.</source>
        <translation>%1の後にキーがありません。</translation>
    </message>
    <message>
        <source>A key is missing.</source>
        <translation>キーがありません。</translation>
    </message>
    <message>
        <source>There is no key “%1”.</source>
        <translation>「%1」というキーはありません。</translation>
    </message>
    <message>
        <source>%1 alone would stop working everywhere else. Add Ctrl, Alt or Super.</source>
        <translation>%1だけでは、ほかの場面で使えなくなります。Ctrl、Alt、Superのいずれかを加えてください。</translation>
    </message>
    <message>
        <source>This key cannot be used here. Try a letter, a digit or F1 to F35.</source>
        <translation>このキーは使えません。英字、数字、F1～F35を試してください。</translation>
    </message>
</context>
<context>
    <name>HotkeyProblemMessageId</name>
    <message>
        <source>There is no screen here on which keys could be bound.</source>
        <translation>画面がないため、キーを割り当てられません。</translation>
    </message>
    <message>
        <source>Programs cannot bind keys on this system.</source>
        <translation>このシステムでは、プログラムからキーを割り当てられません。</translation>
    </message>
    <message>
        <source>This desktop has no portal that binds keys for programs.</source>
        <translation>このデスクトップには、キーを割り当てるためのポータルがありません。</translation>
    </message>
    <message>
        <source>The portal of this desktop cannot bind keys for programs.</source>
        <translation>このデスクトップのポータルは、キーの割り当てに対応していません。</translation>
    </message>
    <message>
        <source>The portal of this desktop refused.</source>
        <translation>デスクトップのポータルに拒否されました。</translation>
    </message>
    <message>
        <source>The desktop has no keys for it. Choose some in its keyboard settings.</source>
        <translation>デスクトップにこのためのキーがありません。デスクトップのキーボード設定で選んでください。</translation>
    </message>
    <message>
        <source>The connection to the desktop was lost.</source>
        <translation>デスクトップとの接続が切れました。</translation>
    </message>
    <message>
        <source>The keyboard has no such key. Choose another.</source>
        <translation>キーボードにそのキーがありません。別のキーを選んでください。</translation>
    </message>
    <message>
        <source>The system refused.</source>
        <translation>システムに拒否されました。</translation>
    </message>
</context>
<context>
    <name>HotkeysPage</name>
    <message>
        <source>&amp;Press the keys now</source>
        <translation>キーを試す(&amp;P)</translation>
    </message>
    <message>
        <source>Try to &amp;bind again</source>
        <translation>もう一度割り当てる(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>Hot keys</source>
        <translation>ホットキー</translation>
    </message>
    <message>
        <source>Keys for: %1</source>
        <translation>「%1」のキー</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>クリア</translation>
    </message>
    <message>
        <source>No keys for: %1</source>
        <translation>「%1」のキーをクリア</translation>
    </message>
    <message>
        <source>Do they work?</source>
        <translation>動作の確認</translation>
    </message>
    <message>
        <source>The command to bind</source>
        <translation>割り当てるコマンド</translation>
    </message>
    <message>
        <source>Choose other keys, or free these there.</source>
        <translation>別のキーを選ぶか、そちらでこのキーを解放してください。</translation>
    </message>
    <message>
        <source>Choose other keys.</source>
        <translation>別のキーを選んでください。</translation>
    </message>
    <message>
        <source>Where no key works, make a shortcut to this command and give it a key of its own (Properties, Shortcut key). It starts and stops like the hot key.</source>
        <translation>キーが使えない場合は、このコマンドのショートカットを作成し、ショートカット キーを割り当ててください（プロパティの「ショートカット キー」）。ホットキーと同じように開始・停止します。</translation>
    </message>
    <message>
        <source>Where no key works, bind this command to a key in the app Shortcuts. It starts and stops like the hot key.</source>
        <translation>キーが使えない場合は、「ショートカット」アプリでこのコマンドにキーを割り当ててください。ホットキーと同じように開始・停止します。</translation>
    </message>
    <message>
        <source>Where no key works, bind this command in your desktop&apos;s keyboard settings. It starts and stops like the hot key.</source>
        <translation>キーが使えない場合は、デスクトップのキーボード設定でこのコマンドを割り当ててください。ホットキーと同じように開始・停止します。</translation>
    </message>
    <message>
        <source>While you test, keys of Timer App start and stop nothing.</source>
        <translation>確認中は、Timer Appのキーを押しても開始・停止はしません。</translation>
    </message>
    <message>
        <source>Without a hot key</source>
        <translation>ホットキーを使わない場合</translation>
    </message>
    <message>
        <source>Waiting for one of the keys above…</source>
        <translation>上のいずれかのキーを押してください…</translation>
    </message>
    <message>
        <source>It works: %1 arrived (%2).</source>
        <translation>動作しています：%1（%2）</translation>
    </message>
    <message>
        <source>Bind the command below instead.</source>
        <translation>代わりに下のコマンドを割り当ててください。</translation>
    </message>
</context>
<context>
    <name>JournalFileMessageId</name>
    <message>
        <source>The journal %1 cannot be opened. %2</source>
        <translation>ジャーナル%1を開けません。%2</translation>
    </message>
    <message>
        <source>The journal %1 cannot be opened: %2.</source>
        <translation>ジャーナル%1を開けません：%2。</translation>
    </message>
    <message>
        <source>The journal %1 is damaged.</source>
        <translation>ジャーナル%1が壊れています。</translation>
    </message>
    <message>
        <source>The journal %1 was written by a newer Timer App (format %2; this one knows %3). It was left as it is: update Timer App.</source>
        <translation>ジャーナル%1は、より新しいTimer Appで書かれています（形式%2、このバージョンは%3まで対応）。ファイルは変更していません。Timer Appを更新してください。</translation>
    </message>
    <message>
        <source>The file %1 belongs to another program. It was left as it is.</source>
        <translation>ファイル%1は別のプログラムのものです。変更していません。</translation>
    </message>
    <message>
        <source>The journal %1 is damaged and was left where it is, since a new one cannot be made. (%2)</source>
        <translation>ジャーナル%1は壊れていますが、新しいものを作れないため元の場所に残しました。（%2）</translation>
    </message>
    <message>
        <source>The journal %1 is damaged and cannot be set aside: %2.</source>
        <translation>ジャーナル%1は壊れており、別の場所に移せません：%2。</translation>
    </message>
</context>
<context>
    <name>JournalMessageId</name>
    <message>
        <source>A part of the journal cannot be read. Nothing was changed. Quit Timer App and start it again: it keeps the damaged file and copies what can be read.</source>
        <translation>ジャーナルの一部を読み取れないため、何も変更していません。Timer Appを終了して起動し直してください。元のファイルを退避し、読み取れる内容を引き継ぎます。</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was changed. Free some space and try again.</source>
        <translation>ディスクがいっぱいのため、何も変更していません。空きを作って、もう一度試してください。</translation>
    </message>
    <message>
        <source>%1 cannot be locked. Nothing was changed. (%2)</source>
        <translation>%1をロックできないため、何も変更していません。（%2）</translation>
    </message>
    <message>
        <source>Another program is using the journal. Nothing was changed. Try again.</source>
        <translation>別のプログラムがジャーナルを使用中のため、何も変更していません。もう一度試してください。</translation>
    </message>
    <message>
        <source>The journal or its folder is read-only. Nothing was changed. Make both writable for yourself and try again.</source>
        <translation>ジャーナルまたはそのフォルダーが読み取り専用のため、何も変更していません。どちらも書き込めるようにして、もう一度試してください。</translation>
    </message>
    <message>
        <source>The journal was moved or removed while Timer App was running. Nothing was changed. Put it back and start Timer App again.</source>
        <translation>Timer Appの実行中にジャーナルが移動または削除されたため、何も変更していません。元に戻してから、Timer Appを起動し直してください。</translation>
    </message>
    <message>
        <source>The journal was removed while Timer App was running. A copy with everything was put in its place. Nothing was changed. Quit Timer App and start it again.</source>
        <translation>Timer Appの実行中にジャーナルが削除されました。すべてを含むコピーを元の場所に置きました。何も変更していません。Timer Appを終了して、起動し直してください。</translation>
    </message>
    <message>
        <source>Another file was put in the place of the journal while Timer App was running. What the journal held is kept as %1. Nothing was changed. Quit Timer App and start it again.</source>
        <translation>Timer Appの実行中に、ジャーナルが別のファイルに置き換えられました。元の内容は%1に保存しました。何も変更していません。Timer Appを終了して、起動し直してください。</translation>
    </message>
    <message>
        <source>The latest change cannot be undone: its record in the journal (number %1) is damaged. Nothing was changed.</source>
        <translation>直前の変更を元に戻せません。ジャーナル内の記録（番号 %1）が壊れています。何も変更していません。</translation>
    </message>
    <message>
        <source>The disk failed to read or write the journal. Nothing was changed. Check the disk, and that its folder can be opened.</source>
        <translation>ディスクでジャーナルを読み書きできないため、何も変更していません。ディスクと、フォルダーを開けるかどうかを確認してください。</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Press the keys</source>
        <translation>キーを押してください</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>なし</translation>
    </message>
</context>
<context>
    <name>KeyringMessageId</name>
    <message>
        <source>There is no token for TimeCrowd yet.</source>
        <translation>TimeCrowdのトークンがまだありません。</translation>
    </message>
    <message>
        <source>There is no token for Kaiten yet.</source>
        <translation>Kaitenのトークンがまだありません。</translation>
    </message>
    <message>
        <source>The token that is kept is for %1, so it is not sent to %2.</source>
        <translation>保存されているトークンは%1用のため、%2には送りません。</translation>
    </message>
    <message>
        <source>For which address a token is kept cannot be read, so it is not sent to %1.</source>
        <translation>トークンの対象アドレスを読み取れないため、%1には送信しません。</translation>
    </message>
    <message>
        <source>The password that is kept is for the proxy %1, so it is not sent to %2.</source>
        <translation>保存されているパスワードはプロキシ%1用のため、%2には送りません。</translation>
    </message>
    <message>
        <source>There is no password for the proxy yet.</source>
        <translation>プロキシのパスワードがまだありません。</translation>
    </message>
    <message>
        <source>There is no keyring on this computer. Install and start one that offers the Secret Service (GNOME Keyring, KWallet, KeePassXC): tokens are kept nowhere else.</source>
        <translation>このコンピューターにはキーリングがありません。Secret Serviceに対応したもの（GNOME Keyring、KWallet、KeePassXC）をインストールして起動してください。トークンはほかの場所には保存しません。</translation>
    </message>
    <message>
        <source>The keyring of this system (Windows&apos; Credential Manager, macOS&apos; Keychain) cannot be used: tokens are kept nowhere else.</source>
        <translation>このシステムのキーリング（Windowsの資格情報マネージャー、macOSのキーチェーン）を使用できません。トークンはほかの場所には保存されません。</translation>
    </message>
    <message>
        <source>This shell is outside of the desktop&apos;s session, so the keyring cannot be reached. Use a terminal of the desktop, or log in with a session of your own (not with su or sudo).</source>
        <translation>このシェルはデスクトップのセッションの外にあるため、キーリングに接続できません。デスクトップのターミナルを使うか、自分のセッションでログインしてください（suやsudoは使わないでください）。</translation>
    </message>
    <message>
        <source>%1, chosen by %2, cannot be used on this computer. Remove that choice, or start it: tokens are kept in a keyring alone.</source>
        <translation>%2 で選ばれた %1 はこのコンピューターでは使えません。その指定を外すか、起動してください。トークンはキーリングにのみ保存されます。</translation>
    </message>
    <message>
        <source>%1, chosen by %2, does not protect secrets or forgets them, so no token is kept there. Remove that choice: Timer App uses the Secret Service, KWallet, or the keyring of macOS or Windows.</source>
        <translation>%2 で選ばれた %1 は秘密を保護しないか保持しないため、トークンを保存しません。その指定を外してください。Timer AppはSecret Service、KWallet、またはmacOSかWindowsのキーリングを使います。</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and try again.</source>
        <translation>キーリングがロックされています。ロックを解除して、もう一度試してください。</translation>
    </message>
    <message>
        <source>The keyring asked for its password, and the prompt was dismissed.</source>
        <translation>キーリングがパスワードを求めましたが、入力がキャンセルされました。</translation>
    </message>
    <message>
        <source>The keyring is waiting for its password. Look for its window, then try again.</source>
        <translation>キーリングがパスワードを待っています。そのウィンドウを探して入力し、もう一度試してください。</translation>
    </message>
    <message>
        <source>The keyring does not answer. Restart it, or log out of the desktop and in again.</source>
        <translation>キーリングが応答しません。再起動するか、デスクトップにログインし直してください。</translation>
    </message>
    <message>
        <source>Timer App was quit before the keyring answered.</source>
        <translation>キーリングの応答を待たずにTimer Appを終了しました。</translation>
    </message>
    <message>
        <source>The keyring failed (%1). Try again.</source>
        <translation>キーリングでエラーが発生しました（%1）。もう一度試してください。</translation>
    </message>
    <message>
        <source>The keyring failed. Try again.</source>
        <translation>キーリングでエラーが発生しました。もう一度試してください。</translation>
    </message>
</context>
<context>
    <name>LinkConfirmation</name>
    <message>
        <source>&amp;Start</source>
        <translation>開始(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>閉じる(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>キャンセル(&amp;C)</translation>
    </message>
    <message>
        <source>Timer App: a link</source>
        <translation>Timer App：リンク</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>タスク</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>カード</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>停止する記録</translation>
    </message>
    <message>
        <source>Another link was opened meanwhile and was ignored.</source>
        <translation>その間に別のリンクが開かれましたが、受け付けていません。</translation>
    </message>
    <message>
        <source>Answer this one, then open it again.</source>
        <translation>こちらに答えてから、もう一度開いてください。</translation>
    </message>
    <message>
        <source>A link asks to start an entry.</source>
        <translation>リンクから記録を開始しようとしています。</translation>
    </message>
    <message>
        <source>A link asks to stop what runs.</source>
        <translation>リンクから現在の記録を停止しようとしています。</translation>
    </message>
    <message>
        <source>A link was opened that cannot be used.</source>
        <translation>このリンクは使えません。</translation>
    </message>
    <message>
        <source>Running since %1</source>
        <translation>%1から計測中</translation>
    </message>
    <message>
        <source>Asking Kaiten for the card…</source>
        <translation>Kaitenでカードを確認しています…</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>計測中の記録はありません。</translation>
    </message>
</context>
<context>
    <name>LinkMessageId</name>
    <message>
        <source>The link is longer than %1 characters.</source>
        <translation>リンクが%1文字を超えています。</translation>
    </message>
    <message>
        <source>A stop link is timer-app://stop and nothing more.</source>
        <translation>停止のリンクは timer-app://stop だけです。</translation>
    </message>
    <message>
        <source>“%1” is not a link of Timer App. Links are start and stop.</source>
        <translation>「%1」はTimer Appのリンクではありません。使えるのはstartとstopです。</translation>
    </message>
    <message>
        <source>This is not a link: what follows timer-app:// cannot be read.</source>
        <translation>リンクではありません：timer-app:// の後ろを読み取れません。</translation>
    </message>
    <message>
        <source>This is not a link such as timer-app://start?card=123.</source>
        <translation>timer-app://start?card=123 の形のリンクではありません。</translation>
    </message>
    <message>
        <source>The link has an unknown part: “%1”.</source>
        <translation>リンクに不明な部分があります：「%1」</translation>
    </message>
    <message>
        <source>The link has an unknown part: “%1”. Write an &amp; within a value as %26.</source>
        <translation>リンクに不明な部分があります：「%1」。値に含まれる &amp; は%26 と書いてください。</translation>
    </message>
    <message>
        <source>The link&apos;s values cannot be read. Write them as name=value.</source>
        <translation>リンクの値を読み取れません。名前=値の形で書いてください。</translation>
    </message>
    <message>
        <source>The link gives “%1” twice.</source>
        <translation>リンクに「%1」が2回あります。</translation>
    </message>
    <message>
        <source>The link names no card. Write timer-app://start?card=123.</source>
        <translation>リンクにカードがありません。timer-app://start?card=123のように書いてください。</translation>
    </message>
    <message>
        <source>The link&apos;s card is longer than %1 characters.</source>
        <translation>リンクのカードが%1文字を超えています。</translation>
    </message>
    <message>
        <source>Kaiten is not set up, so this link&apos;s card cannot be found.</source>
        <translation>Kaitenが設定されていないため、リンクのカードを探せません。</translation>
    </message>
    <message>
        <source>The link&apos;s comment is %1 characters long; at most %2 fit.</source>
        <translation>リンクのコメントは%1文字です。最大%2文字です。</translation>
    </message>
    <message>
        <source>The link contains a character that is not text (%1).</source>
        <translation>リンクに使えない文字があります（%1）。</translation>
    </message>
    <message>
        <source>The link&apos;s “%1” contains a character that is not text (%2).</source>
        <translation>リンクの「%1」に使えない文字があります（%2）。</translation>
    </message>
</context>
<context>
    <name>ManualEntry</name>
    <message>
        <source>Choose a card or a task.</source>
        <translation>カードかタスクを選んでください。</translation>
    </message>
    <message>
        <source>Overlaps with: %1.</source>
        <translation>重なっている記録：%1</translation>
    </message>
    <message>
        <source>TimeCrowd gets</source>
        <translation>TimeCrowdへの記録</translation>
    </message>
    <message>
        <source>Kaiten gets</source>
        <translation>Kaitenへの記録</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1分</translation>
    </message>
    <message>
        <source>No minute yet</source>
        <translation>まだ1分未満</translation>
    </message>
    <message>
        <source>%1: %2 min</source>
        <translation>%1：%2分</translation>
    </message>
    <message>
        <source>%1: %2 s are added to the card&apos;s next entry that day</source>
        <translation>%1：%2秒は、その日の次の記録に加わります</translation>
    </message>
    <message>
        <source>Saved on this computer; no service is set up for it.</source>
        <translation>このコンピューターに保存されます。送信先のサービスは設定されていません。</translation>
    </message>
    <message>
        <source>Kaiten: %1, %2 min</source>
        <translation>Kaiten：%1、%2分</translation>
    </message>
    <message>
        <source>Kaiten: %1, no minute yet: %2 s are added to the card&apos;s next entry that day</source>
        <translation>Kaiten：%1、まだ1分に満ちません。%2秒は同じカードの同日の次の記録に加算されます</translation>
    </message>
</context>
<context>
    <name>ManualEntryWindow</name>
    <message>
        <source>Add time</source>
        <translation>時間を追加</translation>
    </message>
    <message>
        <source>The day as a strip</source>
        <translation>1日のタイムライン</translation>
    </message>
    <message>
        <source>Tas&amp;k</source>
        <translation>タスク(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Date</source>
        <translation>日付(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>開始(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>終了(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Length</source>
        <translation>時間(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>コメント(&amp;C)</translation>
    </message>
    <message>
        <source>9:30, 930, -15m, or a range: 9-10:30</source>
        <translation>9:30、930、-15分、または範囲：9-10:30</translation>
    </message>
    <message>
        <source>1h30m, 1:30, 90 or 1.5h</source>
        <translation>1時間30分、1:30、90</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>追加(&amp;A)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>MenuOffer</name>
    <message>
        <source>Add to the &amp;menu</source>
        <translation>メニューに追加(&amp;M)</translation>
    </message>
    <message>
        <source>Timer App is in the menu now, and opens timer-app:// links.</source>
        <translation>Timer Appはメニューに追加され、timer-app:// リンクを開けるようになりました。</translation>
    </message>
    <message>
        <source>Timer App is in no menu yet. Without an entry there your desktop may refuse it hot keys, and timer-app:// links do not open it.</source>
        <translation>Timer Appはまだメニューにありません。メニューに登録されていないと、デスクトップがホットキーを拒否することがあり、timer-app:// リンクでも開けません。</translation>
    </message>
</context>
<context>
    <name>Network</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 accepts the token of %2. The connection goes through the proxy %3.</source>
        <translation>%1で%2のトークンが使えます。プロキシ%3を経由しています。</translation>
    </message>
    <message>
        <source>%1 accepts the token of %2.</source>
        <translation>%1で%2のトークンが使えます。</translation>
    </message>
    <message>
        <source>But this computer&apos;s clock differs from the service&apos;s by %1 min %2 s.</source>
        <translation>ただし、このコンピューターの時計はサービスと%1分%2秒ずれています。</translation>
    </message>
    <message>
        <source>Let this computer set its clock by itself.</source>
        <translation>このコンピューターの時刻の自動設定を有効にしてください。</translation>
    </message>
    <message>
        <source>A password is kept in the keyring.</source>
        <translation>パスワードはキーリングに保存されています。</translation>
    </message>
    <message>
        <source>No password is kept.</source>
        <translation>パスワードは保存されていません。</translation>
    </message>
</context>
<context>
    <name>NetworkPage</name>
    <message>
        <source>Network</source>
        <translation>ネットワーク</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>%1を確認しています…</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>中止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>今すぐ確認(&amp;C)</translation>
    </message>
    <message>
        <source>Extra certificates</source>
        <translation>追加の証明書</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>証明書 (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>プロキシ</translation>
    </message>
    <message>
        <source>The s&amp;ystem&apos;s</source>
        <translation>システムの設定(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>使わない(&amp;N)</translation>
    </message>
    <message>
        <source>T&amp;his one:</source>
        <translation>次を使う(&amp;H)：</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>アドレス(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>ユーザー名(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>パスワード(&amp;P)</translation>
    </message>
    <message>
        <source>only if the proxy requires a login</source>
        <translation>プロキシでログインが必要な場合のみ</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保存(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>削除(&amp;F)</translation>
    </message>
    <message>
        <source>A company that inspects connections has a certificate of its own (a PEM file). It is trusted in addition to those of the system.</source>
        <translation>通信を検査している会社には、独自の証明書（PEMファイル）があります。システムの証明書に加えて信頼します。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Ch&amp;oose…</source>
        <translation>選択(&amp;O)…</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>サービス</translation>
    </message>
    <message>
        <source>Kind of proxy</source>
        <translation>プロキシの種類</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>プロキシのアドレス</translation>
    </message>
    <message>
        <source>User name at the proxy</source>
        <translation>プロキシのユーザー名</translation>
    </message>
    <message>
        <source>Password at the proxy</source>
        <translation>プロキシのパスワード</translation>
    </message>
    <message>
        <source>Keep the proxy&apos;s password in the keyring</source>
        <translation>プロキシのパスワードをキーリングに保存</translation>
    </message>
    <message>
        <source>Forget the proxy&apos;s password</source>
        <translation>プロキシのパスワードを削除</translation>
    </message>
    <message>
        <source>File with extra certificates</source>
        <translation>追加の証明書のファイル</translation>
    </message>
    <message>
        <source>Choose the file with extra certificates</source>
        <translation>追加の証明書のファイルを選択</translation>
    </message>
    <message>
        <source>Check whether the services can be reached</source>
        <translation>サービスに接続できるか確認</translation>
    </message>
</context>
<context>
    <name>NoticeMessageId</name>
    <message>
        <source>Started on another device at %1: %2.</source>
        <translation>別の端末で%1に開始しました：%2。</translation>
    </message>
    <message>
        <source>Stopped on another device at %1: %2.</source>
        <translation>別の端末で%1に停止しました：%2。</translation>
    </message>
    <message>
        <source>Switched on another device or by TimeCrowd&apos;s calendar at %1: %2.</source>
        <translation>別の端末またはTimeCrowdのカレンダーにより%1に切り替わりました：%2。</translation>
    </message>
    <message>
        <source>Another device or TimeCrowd&apos;s calendar stopped this at %1, before it was stopped here at %3: %2. The earlier stop counts.</source>
        <translation>ここで%3に停止する前に、別の端末またはTimeCrowdのカレンダーが%1に停止していました：%2。早いほうの停止時刻を採用しました。</translation>
    </message>
    <message>
        <source>Entries taken in from other devices: %1. The latest: %2.</source>
        <translation>別の端末の記録を取り込みました：%1件。最新：%2。</translation>
    </message>
    <message>
        <source>Deleted on another device: %1.</source>
        <translation>別の端末で削除されました：%1。</translation>
    </message>
    <message>
        <source>The computer&apos;s clock was set forward by %1 while this ran. The entry keeps its start and its true length, and ends at %2. Edit it if its start was wrong.</source>
        <translation>計測中にコンピューターの時計が%1進められました。開始時刻と実際の長さはそのままで、終了は%2です。開始時刻が誤っていた場合は修正してください。</translation>
    </message>
    <message>
        <source>The computer&apos;s clock was set back by %1 while this ran. The entry keeps its start and its true length, and ends at %2. Edit it if its start was wrong.</source>
        <translation>計測中にコンピューターの時計が%1戻されました。開始時刻と実際の長さはそのままで、終了は%2です。開始時刻が誤っていた場合は修正してください。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 behind the services&apos; clock. Entries get the services&apos; time. Let this computer set its clock by itself.</source>
        <translation>このコンピューターの時計は、サービスの時計より%1遅れています。記録にはサービスの時刻を使います。時計を自動で合わせるようにしてください。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 ahead of the services&apos; clock. Entries get the services&apos; time. Let this computer set its clock by itself.</source>
        <translation>このコンピューターの時計は、サービスの時計より%1進んでいます。記録にはサービスの時刻を使います。時計を自動で合わせるようにしてください。</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1日</translation>
    </message>
    <message>
        <source>%1 d %2</source>
        <translation>%1日%2</translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>Use %1 instead</source>
        <translation>%1を使う</translation>
    </message>
    <message>
        <source>Running for %1</source>
        <translation>%1計測中</translation>
    </message>
    <message>
        <source>Nothing is lost: it is kept until you decide.</source>
        <translation>失われたものはありません。判断されるまで保持します。</translation>
    </message>
    <message>
        <source>%1 deliveries need your attention</source>
        <translation>要対応：%1件</translation>
    </message>
    <message>
        <source>Nothing is lost: they are kept until you decide.</source>
        <translation>失われたものはありません。判断されるまで保持します。</translation>
    </message>
    <message>
        <source>%1 needs your attention: %2</source>
        <translation>%1で対応が必要です：%2</translation>
    </message>
    <message>
        <source>Timer App %1 is available</source>
        <translation>Timer App %1が公開されました</translation>
    </message>
    <message>
        <source>This is %1. Get the new one where you got this one.</source>
        <translation>お使いのバージョンは%1です。新しいバージョンは、これまでと同じ入手先から入手してください。</translation>
    </message>
    <message>
        <source>It is in no menu yet. Without an entry there your desktop may refuse it hot keys, and timer-app:// links do not open it. Later: Settings…, Start and links.</source>
        <translation>まだメニューにありません。メニューに登録されていないと、デスクトップがホットキーを拒否することがあり、timer-app:// リンクでも開けません。後で行う場合：「設定…」の「起動とリンク」。</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>開始しました</translation>
    </message>
    <message>
        <source>Stopped after %1</source>
        <translation>停止しました（%1）</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1分</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1時間%2分</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>計測していません</translation>
    </message>
    <message>
        <source>It is within your working hours.</source>
        <translation>勤務時間内です。</translation>
    </message>
    <message>
        <source>It is within your working hours. Last task: %1</source>
        <translation>勤務時間内です。前回のタスク：%1</translation>
    </message>
    <message>
        <source>The working day is over</source>
        <translation>勤務時間が終わりました</translation>
    </message>
    <message>
        <source>Waiting for a service: %1. It is sent by itself.</source>
        <translation>送信待ち：%1件。自動的に送信されます。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop earlier…</source>
        <translation>さかのぼって停止…</translation>
    </message>
    <message>
        <source>Keep on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Add to the menu</source>
        <translation>メニューに追加</translation>
    </message>
</context>
<context>
    <name>OutcomeMessageId</name>
    <message>
        <source>%1 did not answer within %2 seconds, and whether it did what was asked is not known.</source>
        <translation>%1が%2秒以内に応答しませんでした。依頼が実行されたかどうかは分かりません。</translation>
    </message>
    <message>
        <source>The answer of %1 is larger than any it should give, so it was not read, and whether it did what was asked is not known.</source>
        <translation>%1の応答が大きすぎるため読み取りませんでした。依頼が実行されたかどうかは分かりません。</translation>
    </message>
    <message>
        <source>The connection to %1 broke before its answer was there, and whether it did what was asked is not known.</source>
        <translation>%1の応答を受け取る前に接続が切れました。依頼が実行されたかどうかは分かりません。</translation>
    </message>
    <message>
        <source>%1 failed (HTTP %2), and whether it did what was asked is not known.</source>
        <translation>%1で障害が発生しました（HTTP %2）。依頼が実行されたかどうかは分かりません。</translation>
    </message>
    <message>
        <source>%1 answered, but its answer cannot be used.</source>
        <translation>%1は応答しましたが、内容を利用できません。</translation>
    </message>
    <message>
        <source>%1 does not accept the token.</source>
        <translation>%1がトークンを受け付けません。</translation>
    </message>
    <message>
        <source>The token for %1 has characters that no token has.</source>
        <translation>%1のトークンに、トークンには使われない文字が含まれています。</translation>
    </message>
    <message>
        <source>%1 asks for fewer requests.</source>
        <translation>%1からリクエストを減らすよう求められました。</translation>
    </message>
    <message>
        <source>%1 asks for the request again, later.</source>
        <translation>%1は後でもう一度リクエストするよう求めています。</translation>
    </message>
    <message>
        <source>Too many requests for %1 are queued here.</source>
        <translation>%1へのリクエストが待ち行列にたまりすぎています。</translation>
    </message>
    <message>
        <source>%1 sends requests on to %2. Timer App does not follow, so the token has not travelled there. Check the address in the settings.</source>
        <translation>%1はリクエストを%2に転送しています。Timer Appは転送先に接続しないため、トークンは送られていません。設定のアドレスを確認してください。</translation>
    </message>
    <message>
        <source>TimeCrowd shows no entry %1 among yours on this task: it was deleted there, moved to another task, or lies further back than %2 pages.</source>
        <translation>TimeCrowdでこのタスクのあなたの記録に%1が見つかりません。削除されたか、別のタスクに移されたか、%2ページより前にあります。</translation>
    </message>
    <message>
        <source>TimeCrowd shows no task %1 in your teams.</source>
        <translation>TimeCrowdのあなたのチームにタスク%1が見つかりません。</translation>
    </message>
    <message>
        <source>Task %1 is not there any more, or its team is none of yours.</source>
        <translation>タスク%1は存在しないか、所属していないチームのものです。</translation>
    </message>
    <message>
        <source>TimeCrowd was asked for %1 and holds %2.</source>
        <translation>TimeCrowdに%1を依頼しましたが、記録は%2になっています。</translation>
    </message>
    <message>
        <source>Remove entry %1 in TimeCrowd, then try again.</source>
        <translation>TimeCrowdで記録%1を削除してから、もう一度試してください。</translation>
    </message>
    <message>
        <source>Remove log %1 in Kaiten, then try again.</source>
        <translation>Kaitenでタイムログ%1を削除してから、もう一度試してください。</translation>
    </message>
    <message>
        <source>This cannot be done in TimeCrowd: the number of the entry there is not known.</source>
        <translation>TimeCrowdでの記録の番号が分からないため、実行できません。</translation>
    </message>
    <message>
        <source>The log&apos;s number in Kaiten is not known.</source>
        <translation>Kaitenでのタイムログの番号が分かりません。</translation>
    </message>
    <message>
        <source>TimeCrowd holds more tasks than can be read.</source>
        <translation>TimeCrowdのタスクが多すぎて読み取れません。</translation>
    </message>
    <message>
        <source>TimeCrowd holds more entries than can be read.</source>
        <translation>TimeCrowdの記録が多すぎて読み取れません。</translation>
    </message>
    <message>
        <source>Kaiten answered with another card (%1).</source>
        <translation>Kaitenが別のカード（%1）を返しました。</translation>
    </message>
    <message>
        <source>The card belongs to %1, but Timer App is set up for %2: nothing was sent.</source>
        <translation>このカードは%1のものですが、Timer Appは%2用に設定されています。何も送信していません。</translation>
    </message>
    <message>
        <source>TimeCrowd names the card %1, and Kaiten does not show it to you. The entry and its time are safe, and nothing is logged on any other card. Choose its card, or try again once Kaiten shows it.</source>
        <translation>TimeCrowdにはカード%1とありますが、Kaitenでは表示されません。記録と時間は保存されており、ほかのカードには何も記録していません。カードを選ぶか、Kaitenで表示されるようになったらもう一度試してください。</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>What was this time?</source>
        <translation>この時間は何をしていましたか？</translation>
    </message>
    <message>
        <source>%1 needs a new token.</source>
        <translation>%1の新しいトークンが必要です。</translation>
    </message>
    <message>
        <source>%1 waiting. Everything is saved on this computer.</source>
        <translation>送信待ち：%1件。すべてこのコンピューターに保存されています。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>&amp;Answer…</source>
        <translation>回答(&amp;A)…</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>New token…</source>
        <translation>新しいトークン…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>ロックを解除…</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>設定する…</translation>
    </message>
    <message>
        <source>“%1” runs.</source>
        <translation>「%1」を計測中です。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>停止しました。</translation>
    </message>
</context>
<context>
    <name>PanelFoot</name>
    <message>
        <source>&amp;Resume</source>
        <translation>再開(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>一時停止(&amp;P)</translation>
    </message>
    <message>
        <source>Resume delivery</source>
        <translation>送信を再開</translation>
    </message>
    <message>
        <source>Pause delivery</source>
        <translation>送信を一時停止</translation>
    </message>
    <message>
        <source>%1 of %2 today</source>
        <translation>今日 %1 / %2</translation>
    </message>
    <message>
        <source>%1 today</source>
        <translation>今日 %1</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>送信</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>A&amp;dd time</source>
        <translation>時間を追加(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>履歴(&amp;H)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
</context>
<context>
    <name>PathMessageId</name>
    <message>
        <source>TIMER_APP_HOME=%1 starts at the folder that you are in, and that is gone. Write the whole path.</source>
        <translation>TIMER_APP_HOME=%1は現在のフォルダーを起点としますが、そのフォルダーはもうありません。フルパスで書いてください。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be used: %2.</source>
        <translation>フォルダー%1は使えません：%2。</translation>
    </message>
    <message>
        <source>The folder %1 belongs to another user.</source>
        <translation>フォルダー%1は別のユーザーのものです。</translation>
    </message>
    <message>
        <source>Everybody can write to the folder %1 (mode %2), so nothing is kept there. Choose a folder of your own, such as TIMER_APP_HOME=%3.</source>
        <translation>フォルダー%1には誰でも書き込めるため（モード %2）、何も保存しません。TIMER_APP_HOME=%3のような自分のフォルダーを選んでください。</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>%1: it cannot be read here</source>
        <translation>%1：こちらで読み取れません</translation>
    </message>
    <message>
        <source>TimeCrowd: the start</source>
        <translation>TimeCrowd：開始</translation>
    </message>
    <message>
        <source>TimeCrowd: the stop</source>
        <translation>TimeCrowd：停止</translation>
    </message>
    <message>
        <source>TimeCrowd: the entry</source>
        <translation>TimeCrowd：記録</translation>
    </message>
    <message>
        <source>TimeCrowd: the true times</source>
        <translation>TimeCrowd：正しい時刻</translation>
    </message>
    <message>
        <source>TimeCrowd: the comment</source>
        <translation>TimeCrowd：コメント</translation>
    </message>
    <message>
        <source>TimeCrowd: the removal of the entry</source>
        <translation>TimeCrowd：記録の削除</translation>
    </message>
    <message>
        <source>TimeCrowd: the entry is there twice</source>
        <translation>TimeCrowd：記録が重複</translation>
    </message>
    <message>
        <source>Kaiten: the card %1, which TimeCrowd names</source>
        <translation>Kaiten：TimeCrowdが示すカード %1</translation>
    </message>
    <message>
        <source>Kaiten: %1 min on %2</source>
        <translation>Kaiten：%2に%1分</translation>
    </message>
    <message>
        <source>Kaiten: the log of %2 changed to %1 min</source>
        <translation>Kaiten：%2のタイムログを%1分に変更</translation>
    </message>
    <message>
        <source>Kaiten: the removal of the log of %1</source>
        <translation>Kaiten：%1のタイムログの削除</translation>
    </message>
    <message>
        <source>Kaiten: the log of %1 is there twice</source>
        <translation>Kaiten：%1のタイムログが重複</translation>
    </message>
    <message>
        <source>What was to be sent cannot be read: a part of the journal is damaged. Nothing else is affected. Look into %1 before you decide.</source>
        <translation>送信する内容を読み取れません。ジャーナルの一部が壊れています。ほかには影響ありません。決める前に%1を確認してください。</translation>
    </message>
    <message>
        <source>A request that was held up arrived after it had been sent again.</source>
        <translation>遅れたリクエストが、再送の後に届きました。</translation>
    </message>
    <message>
        <source>The comment was sent and no answer came. It is not sent again, since it might be there twice. The entry and its time are safe: look into TimeCrowd, and type the comment there if it is missing.</source>
        <translation>コメントを送信しましたが、応答がありませんでした。二重になるおそれがあるため、再送信しません。記録と時間は保存されています。TimeCrowdを確認し、コメントがなければそこに入力してください。</translation>
    </message>
    <message>
        <source>TimeCrowd names the card %1, and Kaiten does not show it to you. The entry and its time are safe, and nothing is logged on any other card. Choose its card, or try again once Kaiten shows it.</source>
        <translation>TimeCrowdにはカード%1とありますが、Kaitenでは表示されません。記録と時間は保存されており、ほかのカードには何も記録していません。カードを選ぶか、Kaitenで表示されるようになったらもう一度試してください。</translation>
    </message>
    <message>
        <source>It was sent, no answer came, and whether it arrived could not be found out. Look into %1 first: sent again it might be there twice.</source>
        <translation>送信しましたが応答がなく、届いたか確認できませんでした。再送すると重複するおそれがあるため、先に%1を確認してください。</translation>
    </message>
    <message>
        <source>%1 refused. The time is kept here until you decide.</source>
        <translation>%1に拒否されました。時間は、判断されるまでここに保持します。</translation>
    </message>
    <message>
        <source>%1 does not allow this with your company&apos;s plan. The time is kept here; try again when that has changed.</source>
        <translation>会社の契約プランでは、%1でこの操作ができません。時間はここに保持します。プランが変わったら再試行してください。</translation>
    </message>
    <message>
        <source>%1 does not show this to you: it may have been removed, or you have no access. The time is kept here until you decide.</source>
        <translation>%1で見つかりません。削除されたか、アクセス権がない可能性があります。時間は、判断されるまでここに保持します。</translation>
    </message>
    <message>
        <source>%1 does not take it like this. The time is kept here until you decide.</source>
        <translation>%1がこの内容を受け付けません。時間は、判断されるまでここに保持します。</translation>
    </message>
    <message>
        <source>Nothing is sent: the log in Kaiten is this entry&apos;s.</source>
        <translation>何も送信しません。Kaitenのタイムログはこの記録のものです。</translation>
    </message>
    <message>
        <source>The log stays in Kaiten.</source>
        <translation>タイムログはKaitenに残ります。</translation>
    </message>
    <message>
        <source>Will not be sent: %1</source>
        <translation>送信しません：%1</translation>
    </message>
    <message>
        <source>Another device stopped this entry at %1; here it was stopped at %2. TimeCrowd&apos;s stop is left as it is until you decide.</source>
        <translation>この記録は別の端末で%1に、ここでは%2に停止されました。判断されるまで、TimeCrowdの停止時刻は変えません。</translation>
    </message>
</context>
<context>
    <name>ProblemsWindow</name>
    <message>
        <source>Problems</source>
        <translation>要対応</translation>
    </message>
    <message>
        <source>Nothing needs your attention.</source>
        <translation>対応が必要なものはありません。</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>Try &amp;all again</source>
        <translation>すべて再試行(&amp;A)</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>「%1」</translation>
    </message>
</context>
<context>
    <name>RefusalMessageId</name>
    <message>
        <source>Kaiten&apos;s tariff does not include time logs; the company has to change it.</source>
        <translation>Kaitenの契約プランにタイムログが含まれていません。会社での変更が必要です。</translation>
    </message>
    <message>
        <source>Kaiten gives no access: the card is locked, may not exist, or is not shared with you.</source>
        <translation>Kaitenでアクセスできません。カードがロックされているか、存在しないか、共有されていません。</translation>
    </message>
    <message>
        <source>Kaiten has no such card or time log.</source>
        <translation>Kaitenにそのカードまたはタイムログがありません。</translation>
    </message>
</context>
<context>
    <name>RemedyMessageId</name>
    <message>
        <source>Choose another file with PEM certificates, or none.</source>
        <translation>PEM形式の証明書の別のファイルを選ぶか、指定をやめてください。</translation>
    </message>
    <message>
        <source>Write the address of the proxy as proxy.example:3128.</source>
        <translation>プロキシのアドレスを proxy.example:3128 のように入力してください。</translation>
    </message>
    <message>
        <source>Check the address of the proxy, its kind (http, https, socks5) and its port.</source>
        <translation>プロキシのアドレス、種類（http、https、socks5）、ポートを確認してください。</translation>
    </message>
    <message>
        <source>Check the network. If only a proxy leads outside, set its address.</source>
        <translation>ネットワークを確認してください。外部へ出るのにプロキシが必要な場合は、そのアドレスを設定してください。</translation>
    </message>
    <message>
        <source>Enter the user name and the password of the proxy.</source>
        <translation>プロキシのユーザー名とパスワードを入力してください。</translation>
    </message>
    <message>
        <source>Check the user name of the proxy and enter its password again.</source>
        <translation>プロキシのユーザー名を確認し、パスワードをもう一度入力してください。</translation>
    </message>
    <message>
        <source>Ask whoever runs the proxy whether it allows this connection.</source>
        <translation>この接続が許可されているか、プロキシの管理者に確認してください。</translation>
    </message>
    <message>
        <source>Check the address, and that this computer is connected to the network.</source>
        <translation>アドレスと、このコンピューターがネットワークに接続されているかを確認してください。</translation>
    </message>
    <message>
        <source>Check the cable, the Wi-Fi or the VPN.</source>
        <translation>ケーブル、Wi-Fi、VPNを確認してください。</translation>
    </message>
    <message>
        <source>Check the address and its port. Ask whoever runs the network whether it filters connections.</source>
        <translation>アドレスとポートを確認してください。接続がフィルタリングされていないか、ネットワークの管理者に確認してください。</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock, and let it set its time automatically.</source>
        <translation>このコンピューターの時計を確認し、時刻の自動設定を有効にしてください。</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock. If it is right, whoever runs %1 must renew the certificate.</source>
        <translation>このコンピューターの時計を確認してください。正しければ、%1の管理者が証明書を更新する必要があります。</translation>
    </message>
    <message>
        <source>Check the address. On a network with a login page (a hotel, a train), open any web page in a browser and log in there first.</source>
        <translation>アドレスを確認してください。ログイン画面のあるネットワーク（ホテルや列車など）では、先にブラウザーで任意のページを開いてログインしてください。</translation>
    </message>
    <message>
        <source>If your company inspects connections, ask it for its CA certificate as a PEM file.</source>
        <translation>会社が通信を検査している場合は、CA証明書のPEMファイルを入手して選んでください。</translation>
    </message>
    <message>
        <source>Do not continue. Whoever runs %1 must get a new certificate.</source>
        <translation>続けないでください。%1の管理者が新しい証明書を取得する必要があります。</translation>
    </message>
    <message>
        <source>Whoever runs %1 must repair its certificate.</source>
        <translation>%1の管理者が証明書を修正する必要があります。</translation>
    </message>
    <message>
        <source>Nothing to do: Timer App will try again.</source>
        <translation>何もする必要はありません。Timer Appがもう一度試します。</translation>
    </message>
    <message>
        <source>Enter a new token.</source>
        <translation>新しいトークンを入力してください。</translation>
    </message>
    <message>
        <source>Check the address and what the token may do.</source>
        <translation>アドレスとトークンの権限を確認してください。</translation>
    </message>
</context>
<context>
    <name>ResolutionMessageId</name>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Send again if it is not there</source>
        <translation>そこになければ再送信</translation>
    </message>
    <message>
        <source>Log it on another card…</source>
        <translation>別のカードに記録…</translation>
    </message>
    <message>
        <source>Change the entry…</source>
        <translation>記録を変更…</translation>
    </message>
    <message>
        <source>Choose another category…</source>
        <translation>別のカテゴリーを選ぶ…</translation>
    </message>
    <message>
        <source>Never send it</source>
        <translation>送信しない</translation>
    </message>
    <message>
        <source>I looked in TimeCrowd</source>
        <translation>TimeCrowdを確認しました</translation>
    </message>
    <message>
        <source>Take the other device&apos;s stop</source>
        <translation>別の端末の停止を採用</translation>
    </message>
    <message>
        <source>Keep the stop made here</source>
        <translation>ここでの停止を採用</translation>
    </message>
    <message>
        <source>Leave both stops</source>
        <translation>両方の停止を残す</translation>
    </message>
    <message>
        <source>Remove one</source>
        <translation>1つを削除</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>両方残す</translation>
    </message>
    <message>
        <source>I removed it: check again</source>
        <translation>削除しました：もう一度確認</translation>
    </message>
    <message>
        <source>Leave it there</source>
        <translation>そのまま残す</translation>
    </message>
    <message>
        <source>It is this entry&apos;s</source>
        <translation>この記録のもの</translation>
    </message>
    <message>
        <source>Log this one too</source>
        <translation>この記録も登録</translation>
    </message>
    <message>
        <source>Remove the log too</source>
        <translation>タイムログも削除</translation>
    </message>
    <message>
        <source>Keep the log</source>
        <translation>タイムログを残す</translation>
    </message>
</context>
<context>
    <name>RouteChip</name>
    <message>
        <source>Category: %1</source>
        <translation>カテゴリー：%1</translation>
    </message>
    <message>
        <source>By its board</source>
        <translation>ボードによる</translation>
    </message>
    <message>
        <source>Category %1</source>
        <translation>カテゴリー %1</translation>
    </message>
    <message>
        <source>No category</source>
        <translation>カテゴリーなし</translation>
    </message>
    <message>
        <source>A rule decides as soon as Kaiten shows the card.</source>
        <translation>Kaitenがカードを表示すると、ルールで決まります。</translation>
    </message>
    <message>
        <source>Team %1</source>
        <translation>チーム %1</translation>
    </message>
    <message>
        <source>%1, team %2</source>
        <translation>%1（チーム：%2）</translation>
    </message>
    <message>
        <source>A task that TimeCrowd already has stays in its category.</source>
        <translation>TimeCrowdにすでにあるタスクは、元のカテゴリーのままです。</translation>
    </message>
</context>
<context>
    <name>RouteMenu</name>
    <message>
        <source>As rules and settings say</source>
        <translation>ルールと設定に従う</translation>
    </message>
    <message>
        <source>Asking TimeCrowd…</source>
        <translation>TimeCrowdに問い合わせ中…</translation>
    </message>
    <message>
        <source>No category of its own</source>
        <translation>カテゴリーなし</translation>
    </message>
</context>
<context>
    <name>RouteMessageId</name>
    <message>
        <source>“%1” is not the number of a team. Write a whole number, such as 11609.</source>
        <translation>「%1」はチームの番号ではありません。11609 のような整数で書いてください。</translation>
    </message>
    <message>
        <source>You are not a member of team %1. Your teams: %2.</source>
        <translation>チーム%1のメンバーではありません。参加しているチーム：%2。</translation>
    </message>
    <message>
        <source>Team %1 has no category “%2”. It has: %3.</source>
        <translation>チーム%1にカテゴリー「%2」はありません。あるのは：%3。</translation>
    </message>
    <message>
        <source>“%1” may be any of these categories: %2. Write the number of one.</source>
        <translation>「%1」は次のどのカテゴリーにも当てはまります：%2。いずれかの番号で書いてください。</translation>
    </message>
    <message>
        <source>TimeCrowd was not reached, and its categories were never seen here: %1</source>
        <translation>TimeCrowdに接続できず、カテゴリーもまだ取得していません：%1</translation>
    </message>
    <message>
        <source>TimeCrowd is not set up, so there is no team and no category.</source>
        <translation>TimeCrowdが設定されていないため、チームもカテゴリーもありません。</translation>
    </message>
    <message>
        <source>What runs stays where it is. The choice counts from the next start on.</source>
        <translation>計測中の記録はそのままです。次の開始から選択が使われます。</translation>
    </message>
    <message>
        <source>A task of TimeCrowd&apos;s own stays in its team and its category.</source>
        <translation>TimeCrowdのタスクは、元のチームとカテゴリーのままです。</translation>
    </message>
    <message>
        <source>Delivery %1 makes no task in TimeCrowd, so it has no category to change.</source>
        <translation>送信%1はTimeCrowdにタスクを作らないため、変更するカテゴリーがありません。</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>Rules</source>
        <translation>ルール</translation>
    </message>
    <message>
        <source>Where the time of cards goes. The first rule that fits a card counts; what no rule says, the page Services says.</source>
        <translation>カードの時間をどこに記録するかを決めます。カードに最初に当てはまるルールが使われ、ルールにない項目は「サービス」ページの設定に従います。</translation>
    </message>
    <message>
        <source>Rules, the first that fits counts</source>
        <translation>ルール（最初に当てはまるものを使用）</translation>
    </message>
    <message>
        <source>&amp;Add a rule</source>
        <translation>ルールを追加(&amp;A)</translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation>削除(&amp;V)</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>上へ(&amp;U)</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>下へ(&amp;D)</translation>
    </message>
    <message>
        <source>Choose from the list, or type its number.</source>
        <translation>一覧から選ぶか、番号を入力してください。</translation>
    </message>
    <message>
        <source>As the page Services says</source>
        <translation>「サービス」ページの設定どおり</translation>
    </message>
    <message>
        <source>Any space</source>
        <translation>すべてのスペース</translation>
    </message>
    <message>
        <source>Any board</source>
        <translation>すべてのボード</translation>
    </message>
    <message>
        <source>A rule needs a space or a board.</source>
        <translation>ルールにはスペースかボードが必要です。</translation>
    </message>
    <message>
        <source>New rule: choose a space or a board</source>
        <translation>新しいルール：スペースかボードを選んでください</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
</context>
<context>
    <name>RunningSurface</name>
    <message>
        <source>Comment</source>
        <translation>コメント</translation>
    </message>
    <message>
        <source>Comment of the running entry</source>
        <translation>計測中の記録のコメント</translation>
    </message>
    <message>
        <source>Elapsed time</source>
        <translation>経過時間</translation>
    </message>
    <message>
        <source>When it began</source>
        <translation>開始時刻</translation>
    </message>
    <message>
        <source>10:30 or -25m</source>
        <translation>10:30 または -25分</translation>
    </message>
    <message>
        <source>Correct the start</source>
        <translation>開始時刻を修正</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>%1 is still to come.</source>
        <translation>%1はまだ先の時刻です。</translation>
    </message>
    <message>
        <source>Since %1: %2. TimeCrowd and Kaiten follow.</source>
        <translation>%1から：%2。TimeCrowdとKaitenにも反映されます。</translation>
    </message>
    <message>
        <source>Start changed to %1.</source>
        <translation>開始を%1に変更しました。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>%1から</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Open %1 in the browser</source>
        <translation>「%1」をブラウザーで開く</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>準備完了</translation>
    </message>
    <message>
        <source>Continue: %1</source>
        <translation>続ける：%1</translation>
    </message>
    <message>
        <source>Find a task below to start it.</source>
        <translation>下でタスクを検索して開始してください。</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>開始(&amp;S)</translation>
    </message>
</context>
<context>
    <name>ServicesPage</name>
    <message>
        <source>Services</source>
        <translation>サービス</translation>
    </message>
    <message>
        <source>Go through the &amp;first steps again…</source>
        <translation>「はじめに」をもう一度(&amp;F)…</translation>
    </message>
</context>
<context>
    <name>SettingMessageId</name>
    <message>
        <source>Write text in quotes.</source>
        <translation>引用符で囲んだ文字列を書いてください。</translation>
    </message>
    <message>
        <source>Write true or false.</source>
        <translation>true か false を書いてください。</translation>
    </message>
    <message>
        <source>“%1” is not a goal of weekdays. Write Mon-Thu 8h, Fri 6h, Sat-Sun off.</source>
        <translation>「%1」は曜日ごとの目標ではありません。例：月-木 8時間, 金 6時間, 土-日 off</translation>
    </message>
    <message>
        <source>“%1” names no weekdays. Write Mon-Thu 8h, Fri 6h, Sat-Sun off.</source>
        <translation>「%1」に曜日がありません。例：月-木 8時間, 金 6時間, 土-日 off</translation>
    </message>
    <message>
        <source>“%1” names a weekday that has another goal already.</source>
        <translation>「%1」には、すでに別の目標がある曜日が含まれています。</translation>
    </message>
    <message>
        <source>Write a whole number from 1 to %1.</source>
        <translation>1から%1までの整数を書いてください。</translation>
    </message>
    <message>
        <source>Write -1 (Employee) or the number of a role, a whole number from 1 to %1.</source>
        <translation>-1（従業員）か、役割の番号（1から%1までの整数）を書いてください。</translation>
    </message>
    <message>
        <source>Write one of %1.</source>
        <translation>次のいずれかを書いてください：%1。</translation>
    </message>
    <message>
        <source>Write a length such as 10m or 1h30m, or off.</source>
        <translation>10m や 1h30m のような時間、または off を書いてください。</translation>
    </message>
    <message>
        <source>Write a length from %1 to %2, or off.</source>
        <translation>%1から%2までの時間、または off を書いてください。</translation>
    </message>
    <message>
        <source>Write a time of day such as 00:00 or 04:30.</source>
        <translation>00:00、04:30のように時刻を入力してください。</translation>
    </message>
    <message>
        <source>Write an address such as http://proxy.example:3128, without a password.</source>
        <translation>http://proxy.example:3128 のようなアドレスを、パスワードなしで書いてください。</translation>
    </message>
    <message>
        <source>Write an address that begins with https://, or leave it empty.</source>
        <translation>https:// で始まるアドレスを入力するか、空欄にしてください。</translation>
    </message>
    <message>
        <source>The certificates in %1 cannot be used: %2.</source>
        <translation>%1の証明書は使えません：%2。</translation>
    </message>
    <message>
        <source>Write at most %1 characters.</source>
        <translation>%1文字以内で書いてください。</translation>
    </message>
    <message>
        <source>It contains a character that is not text (%1).</source>
        <translation>使えない文字があります（%1）。</translation>
    </message>
    <message>
        <source>%1: line %2: %3: %4</source>
        <translation>%1：%2行目：%3：%4</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: line %2: unknown key &apos;%3&apos;. Known here: %4.</source>
        <translation>%1：%2行目：「%3」というキーはありません。ここで使えるキー：%4。</translation>
    </message>
    <message>
        <source>%1: line %2: %3 is there twice: it is in line %4 already.</source>
        <translation>%1：%2行目：%3が重複しています。すでに%4行目にあります。</translation>
    </message>
    <message>
        <source>%1: line %2: this is not valid TOML. Write key = value, with text in quotes.</source>
        <translation>%1：%2行目：TOMLとして正しくありません。キー = 値 の形で、文字列は引用符で囲んでください。</translation>
    </message>
    <message>
        <source>%1: it cannot be read: a value is nested too deep or too long.</source>
        <translation>%1：読み取れません。値の入れ子が深すぎるか、長すぎます。</translation>
    </message>
    <message>
        <source>%1: this is too large to be a settings file.</source>
        <translation>%1：設定ファイルとしては大きすぎます。</translation>
    </message>
    <message>
        <source>%1: this file is saved as %2. Save it as UTF-8 in your editor.</source>
        <translation>%1：このファイルは%2で保存されています。エディターでUTF-8として保存してください。</translation>
    </message>
    <message>
        <source>%1: line %2: this file is not saved as UTF-8. Save it as UTF-8 in your editor.</source>
        <translation>%1：%2行目：このファイルはUTF-8で保存されていません。エディターでUTF-8として保存してください。</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2.</source>
        <translation>%1：読み取れません：%2。</translation>
    </message>
    <message>
        <source>%1: cannot be written: %2. The settings are as they were.</source>
        <translation>%1：書き込めません：%2。設定は元のままです。</translation>
    </message>
    <message>
        <source>There is no setting &apos;%1&apos;. Known: %2.</source>
        <translation>「%1」という設定はありません。使える設定：%2。</translation>
    </message>
    <message>
        <source>%1: line %2: %3 is a section. Begin it with a line [%3], in single brackets.</source>
        <translation>%1：%2行目：%3はセクションです。[%3] の行（一重の角括弧）で始めてください。</translation>
    </message>
    <message>
        <source>%1: line %2: %3 is a list. Begin each rule with a line [[rules]], in double brackets.</source>
        <translation>%1：%2行目：%3はリストです。各ルールは二重の角括弧の行 [[rules]] で始めてください。</translation>
    </message>
    <message>
        <source>%1: line %2: this rule needs a space or a board, or both.</source>
        <translation>%1：%2行目：このルールにはスペースかボード、またはその両方が必要です。</translation>
    </message>
    <message>
        <source>%1: line %2: a rule for this space and board is in line %3 already.</source>
        <translation>%1：%2行目：このスペースとボードのルールはすでに%3行目にあります。</translation>
    </message>
    <message>
        <source>Rules are not set one by one. Change them on the settings page “Rules”, or write them as [[rules]] in %1.</source>
        <translation>ルールは1つずつ設定できません。設定の「ルール」ページで変更するか、%1に [[rules]] として書いてください。</translation>
    </message>
    <message>
        <source>%1: line %2: write each rule under a line [[rules]] to change them here.</source>
        <translation>%1：%2行目：ここで変更するには、各ルールを [[rules]] の行の下に書いてください。</translation>
    </message>
    <message>
        <source>%1: the rules were changed meanwhile. Look at them, then try again.</source>
        <translation>%1：その間にルールが変更されました。確認してからやり直してください。</translation>
    </message>
    <message>
        <source>%1: %2 cannot be changed without changing another key. Edit the file.</source>
        <translation>%1：ほかのキーを変えずに%2を変えることはできません。ファイルを編集してください。</translation>
    </message>
    <message>
        <source>The settings file cannot be used, and the settings are as before: %1</source>
        <translation>設定ファイルを使えないため、設定は元のままです：%1</translation>
    </message>
    <message>
        <source>%1 This was done with what can be read of the file, and defaults for the rest. Nothing is sent until the file is corrected.</source>
        <translation>%1 ファイルから読み取れた値を使い、残りは既定値にしました。ファイルを直すまで何も送信しません。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Reminders</source>
        <translation>リマインダー</translation>
    </message>
    <message>
        <source>Language and tray</source>
        <translation>言語とトレイ</translation>
    </message>
    <message>
        <source>When nothing has run for ten minutes in working hours, once; and when the day is over while something still waits for a service or for you.</source>
        <translation>勤務時間内に10分間何も計測していないときに1回、また、勤務時間の終わりに送信待ちや要対応が残っているときに知らせます。</translation>
    </message>
    <message>
        <source>When the desktop may disturb you is set in the desktop&apos;s own settings.</source>
        <translation>通知を受け取る時間帯は、デスクトップの設定で決められます。</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>アドレス(&amp;A)</translation>
    </message>
    <message>
        <source>Tea&amp;m</source>
        <translation>チーム(&amp;M)</translation>
    </message>
    <message>
        <source>The team that gets your entries.</source>
        <translation>記録を入れるチームです。</translation>
    </message>
    <message>
        <source>Cate&amp;gory</source>
        <translation>カテゴリー(&amp;G)</translation>
    </message>
    <message>
        <source>New tasks are made in it.</source>
        <translation>TimeCrowdにまだないタスクの作成先です。</translation>
    </message>
    <message>
        <source>Follow what other devices start and stop</source>
        <translation>別の端末での開始・停止に合わせる</translation>
    </message>
    <message>
        <source>TimeCrowd is asked now and then what runs.</source>
        <translation>計測中の記録をTimeCrowdにときどき確認します。</translation>
    </message>
    <message>
        <source>Once an entry is over and has one.</source>
        <translation>記録が終わり、コメントがある場合に送ります。</translation>
    </message>
    <message>
        <source>Your company&apos;s, as the browser shows it. Empty: nothing goes to Kaiten.</source>
        <translation>ブラウザーに表示される会社のアドレスです。空の場合、Kaitenには送信しません。</translation>
    </message>
    <message>
        <source>&amp;Role</source>
        <translation>役割(&amp;R)</translation>
    </message>
    <message>
        <source>The role that time is logged under.</source>
        <translation>タイムログに付ける役割です。</translation>
    </message>
    <message>
        <source>Send comments of entries to TimeCrowd</source>
        <translation>記録のコメントをTimeCrowdにも送る</translation>
    </message>
    <message>
        <source>Name each log after its entry</source>
        <translation>各タイムログに記録の番号を付ける</translation>
    </message>
    <message>
        <source>Its comment ends with the entry&apos;s number in TimeCrowd, so that several computers log each entry once.</source>
        <translation>Kaitenのコメントの末尾にTimeCrowdの記録番号が付き、複数のコンピューターでも各記録は一度だけ記録されます。</translation>
    </message>
    <message>
        <source>Carry seconds over</source>
        <translation>秒を繰り越す</translation>
    </message>
    <message>
        <source>A card&apos;s minutes of a day add up to its true time: seconds that are left over go into its next log.</source>
        <translation>カードの1日の合計が実際の時間と一致します。余った秒は次のタイムログに加わります。</translation>
    </message>
    <message>
        <source>To the nearest minute</source>
        <translation>四捨五入</translation>
    </message>
    <message>
        <source>Each entry by itself, from 30 seconds up; never below 1 minute.</source>
        <translation>記録ごとに、30秒以上を切り上げます。最小は1分です。</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>切り上げ</translation>
    </message>
    <message>
        <source>Each entry by itself: a minute that began counts.</source>
        <translation>記録ごとに、1分未満を切り上げます。</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>切り捨て</translation>
    </message>
    <message>
        <source>Each entry by itself: whole minutes only; never below 1 minute.</source>
        <translation>記録ごとに、1分未満を切り捨てます。最小は1分です。</translation>
    </message>
    <message>
        <source>How Kaiten&apos;s minutes are &amp;rounded</source>
        <translation>Kaitenの分の丸め方(&amp;R)</translation>
    </message>
    <message>
        <source>A new day &amp;begins at</source>
        <translation>1日の始まり(&amp;B)</translation>
    </message>
    <message>
        <source>Work past midnight counts for the day before until then. For example 04:30</source>
        <translation>この時刻までは、深夜の作業を前日に数えます。例：04:30</translation>
    </message>
    <message>
        <source>Ask what to do with time &amp;away</source>
        <translation>離席した時間の扱いを尋ねる(&amp;A)</translation>
    </message>
    <message>
        <source>Asked when you come back after so long, for example 10m</source>
        <translation>この時間を超えて離席し、戻ったときに尋ねます。例：10m</translation>
    </message>
    <message>
        <source>How long you are away before you are asked</source>
        <translation>尋ねるまでの離席時間</translation>
    </message>
    <message>
        <source>Remind me when one entry &amp;runs for</source>
        <translation>記録が次の時間続いたら知らせる(&amp;R)</translation>
    </message>
    <message>
        <source>For example 4h, or 1h30m</source>
        <translation>例：4h、1h30m</translation>
    </message>
    <message>
        <source>How long an entry runs before a reminder</source>
        <translation>知らせるまでの計測時間</translation>
    </message>
    <message>
        <source>Remind me within my &amp;working hours</source>
        <translation>勤務時間内に知らせる(&amp;W)</translation>
    </message>
    <message>
        <source>For example Mon-Fri 09:00-18:00, or Mon-Thu 09:00-13:00, 14:00-18:00, Fri 09:00-14:00</source>
        <translation>例：Mon-Fri 09:00-18:00、または Mon-Thu 09:00-13:00, 14:00-18:00, Fri 09:00-14:00</translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation>勤務時間</translation>
    </message>
    <message>
        <source>Have a &amp;goal for each day</source>
        <translation>1日の目標を決める(&amp;G)</translation>
    </message>
    <message>
        <source>For example 8h, or 7h30m</source>
        <translation>例：8h、7h30m</translation>
    </message>
    <message>
        <source>Goal of a day</source>
        <translation>1日の目標</translation>
    </message>
    <message>
        <source>&amp;Other goals on some weekdays</source>
        <translation>曜日ごとに別の目標を設定(&amp;O)</translation>
    </message>
    <message>
        <source>For example Fri 6h, Sat-Sun off. The other days keep the goal above.</source>
        <translation>例：金 6時間, 土-日 off。ほかの曜日には上の目標が使われます。</translation>
    </message>
    <message>
        <source>Goals by weekday</source>
        <translation>曜日ごとの目標</translation>
    </message>
    <message>
        <source>As usual in your region</source>
        <translation>お住まいの地域に合わせる</translation>
    </message>
    <message>
        <source>Monday</source>
        <translation>月曜日</translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation>土曜日</translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation>日曜日</translation>
    </message>
    <message>
        <source>The &amp;week starts on</source>
        <translation>週の始まり(&amp;W)</translation>
    </message>
    <message>
        <source>Address that tells the newest &amp;version</source>
        <translation>更新を確認するアドレス(&amp;V)</translation>
    </message>
    <message>
        <source>Checked once a day. Empty: never. Nothing is downloaded.</source>
        <translation>1日に1回確認します。空欄の場合は確認しません。ダウンロードは一切しません。</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>システムの言語</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>Starts or stops</source>
        <translation>開始／停止する</translation>
    </message>
    <message>
        <source>Middle click opens the panel.</source>
        <translation>中クリックでパネルを開きます。</translation>
    </message>
    <message>
        <source>Opens the panel</source>
        <translation>パネルを開く</translation>
    </message>
    <message>
        <source>A &amp;click on the tray icon</source>
        <translation>トレイアイコンのクリック(&amp;C)</translation>
    </message>
    <message>
        <source>Show elapsed time in the tray icon</source>
        <translation>トレイアイコンに経過時間を表示</translation>
    </message>
    <message>
        <source>Minutes, and from an hour on hours above minutes. Updated once a minute.</source>
        <translation>分を、1時間以上なら時間を上、分を下に表示します。1分ごとに更新されます。</translation>
    </message>
    <message>
        <source>&amp;Space</source>
        <translation>スペース(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Board</source>
        <translation>ボード(&amp;B)</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Timer App – Settings</source>
        <translation>Timer App – 設定</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>設定のページ</translation>
    </message>
</context>
<context>
    <name>SplitEntryWindow</name>
    <message>
        <source>Split entry</source>
        <translation>記録を分割</translation>
    </message>
    <message>
        <source>Split &amp;at</source>
        <translation>分割する時刻(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>分割(&amp;S)</translation>
    </message>
</context>
<context>
    <name>StartupPage</name>
    <message>
        <source>Start and links</source>
        <translation>起動とリンク</translation>
    </message>
    <message>
        <source>Start when I &amp;log in</source>
        <translation>ログイン時に起動する(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Open timer-app:// links with this app</source>
        <translation>timer-app:// のリンクをこのアプリで開く(&amp;O)</translation>
    </message>
    <message>
        <source>A page can then ask to start an entry. You are asked first.</source>
        <translation>Webページから記録の開始を求められるようになります。開始前に必ず確認します。</translation>
    </message>
    <message>
        <source>It is switched off in %1.</source>
        <translation>%1で無効になっています。</translation>
    </message>
    <message>
        <source>Something else opens them: %1</source>
        <translation>別のプログラムが開きます：%1</translation>
    </message>
    <message>
        <source>%1 was edited. It starts: %2</source>
        <translation>%1が変更されています。起動するもの：%2</translation>
    </message>
    <message>
        <source>%1 starts a program that is not there: %2</source>
        <translation>%1が起動するプログラムが見つかりません：%2</translation>
    </message>
    <message>
        <source>Here it is left to the installer of Timer App.</source>
        <translation>この環境では、Timer Appのインストーラーが設定します。</translation>
    </message>
</context>
<context>
    <name>StopEarlierDialog</name>
    <message>
        <source>&amp;Stop then</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Stop earlier</source>
        <translation>さかのぼって停止</translation>
    </message>
    <message>
        <source>17:30 or -25m</source>
        <translation>17:30 または -25分</translation>
    </message>
    <message>
        <source>When it ended</source>
        <translation>終了した時刻</translation>
    </message>
    <message>
        <source>&amp;Ended at</source>
        <translation>終了時刻(&amp;E)</translation>
    </message>
    <message>
        <source>What is counted</source>
        <translation>計上する時間</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>計上しない</translation>
    </message>
    <message>
        <source>Runs since %1.</source>
        <translation>%1から計測中です。</translation>
    </message>
    <message>
        <source>%1 is still to come.</source>
        <translation>%1はまだ先の時刻です。</translation>
    </message>
    <message>
        <source>%1 lies before its start, %2.</source>
        <translation>%1は開始（%2）より前です。</translation>
    </message>
    <message>
        <source>%1 – %2: %3</source>
        <translation>%1～%2：%3</translation>
    </message>
</context>
<context>
    <name>TaskMessageId</name>
    <message>
        <source>The task needs a title.</source>
        <translation>タスクのタイトルを入力してください。</translation>
    </message>
    <message>
        <source>The title is %1 characters long; at most %2 fit.</source>
        <translation>タイトルが%1文字あります。最大%2文字です。</translation>
    </message>
    <message>
        <source>The room&apos;s name is %1 characters long; at most %2 fit.</source>
        <translation>ルーム名が%1文字あります。最大%2文字です。</translation>
    </message>
    <message>
        <source>“%1” is not a card: paste its address, its number or its key.</source>
        <translation>「%1」はカードではありません。カードのアドレス、番号、キーのいずれかを貼り付けてください。</translation>
    </message>
    <message>
        <source>“%1” is not a web address.</source>
        <translation>「%1」はWebアドレスではありません。</translation>
    </message>
    <message>
        <source>This address belongs to %1, but Timer App is set up for %2. Paste a card of that Kaiten.</source>
        <translation>このアドレスは%1のものですが、Timer Appの設定は%2です。そちらのカードを貼り付けてください。</translation>
    </message>
    <message>
        <source>“%1” is a document, not a card: time is logged on cards only.</source>
        <translation>「%1」はカードではなくドキュメントです。時間を記録できるのはカードだけです。</translation>
    </message>
    <message>
        <source>“%1” is a space, not a card: open a card and copy its address.</source>
        <translation>「%1」はカードではなくスペースです。カードを開いてアドレスをコピーしてください。</translation>
    </message>
    <message>
        <source>“%1” is a board, not a card: open a card and copy its address.</source>
        <translation>「%1」はカードではなくボードです。カードを開いてアドレスをコピーしてください。</translation>
    </message>
    <message>
        <source>Kaiten did not say which card “%1” is. %2</source>
        <translation>カード「%1」をKaitenに確認できませんでした。%2</translation>
    </message>
    <message>
        <source>Kaiten does not show the card %1. %2</source>
        <translation>Kaitenがカード%1を表示しません。%2</translation>
    </message>
    <message>
        <source>The address is %1 characters long; at most %2 fit.</source>
        <translation>アドレスが%1文字あります。最大%2文字です。</translation>
    </message>
    <message>
        <source>“%1” holds a character that cannot be seen: copy the address again.</source>
        <translation>「%1」に見えない文字が含まれています。アドレスをもう一度コピーしてください。</translation>
    </message>
    <message>
        <source>“%1” holds “%2”, a digit of another script: write 0 to 9.</source>
        <translation>「%1」に「%2」という別の文字体系の数字が含まれています。半角の0～9で入力してください。</translation>
    </message>
    <message>
        <source>“%1” is not an address of your Kaiten: a task there needs a title.</source>
        <translation>「%1」は設定済みのKaitenのアドレスではありません。タスクにはタイトルが必要です。</translation>
    </message>
    <message>
        <source>The room needs a name.</source>
        <translation>ルーム名を入力してください。</translation>
    </message>
    <message>
        <source>“%1” does not name a chat room: open the message and copy its address.</source>
        <translation>「%1」はチャットルームを示していません。メッセージを開いてアドレスをコピーしてください。</translation>
    </message>
    <message>
        <source>“%1” does not name a card: open the card in Kaiten and copy its address.</source>
        <translation>「%1」はカードを指していません。Kaitenでカードを開いてアドレスをコピーしてください。</translation>
    </message>
    <message>
        <source>TimeCrowd shows no task %1 in your teams.</source>
        <translation>所属チームにTimeCrowdのタスク%1は見つかりません。</translation>
    </message>
    <message>
        <source>TimeCrowd shows no task %1 in the team %2.</source>
        <translation>チーム%2にTimeCrowdのタスク%1は見つかりません。</translation>
    </message>
    <message>
        <source>TimeCrowd does not show the task %1. %2</source>
        <translation>TimeCrowdでタスク%1を表示できません。%2</translation>
    </message>
    <message>
        <source>TimeCrowd is not set up.</source>
        <translation>TimeCrowdが設定されていません。</translation>
    </message>
    <message>
        <source>Kaiten is not set up.</source>
        <translation>Kaitenが設定されていません。</translation>
    </message>
</context>
<context>
    <name>TaskSearch</name>
    <message>
        <source>Find a card, paste its address, or type a task</source>
        <translation>カードを検索、またはアドレスやタスク名を入力</translation>
    </message>
    <message>
        <source>What to work on</source>
        <translation>作業するもの</translation>
    </message>
    <message>
        <source>Tasks to choose from</source>
        <translation>タスクの候補</translation>
    </message>
    <message>
        <source>Asking Kaiten…</source>
        <translation>Kaitenで検索しています…</translation>
    </message>
    <message>
        <source>Asking TimeCrowd…</source>
        <translation>TimeCrowdに問い合わせています…</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>ピン留めを外す</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>ピン留め</translation>
    </message>
    <message>
        <source>seen earlier</source>
        <translation>以前の表示</translation>
    </message>
    <message>
        <source>TimeCrowd only</source>
        <translation>TimeCrowdのみ</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>ピン留め</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>My cards</source>
        <translation>自分のカード</translation>
    </message>
    <message>
        <source>New task at %1</source>
        <translation>新しいタスク：%1</translation>
    </message>
    <message>
        <source>“%1” without a card</source>
        <translation>「%1」（カードなし）</translation>
    </message>
    <message>
        <source>%1 (seen earlier)</source>
        <translation>%1（以前の表示）</translation>
    </message>
    <message>
        <source>%1 — %2, logged %3</source>
        <translation>%1 — %2、記録済み %3</translation>
    </message>
    <message>
        <source>(archived)</source>
        <translation>（アーカイブ済み）</translation>
    </message>
</context>
<context>
    <name>TimeMessageId</name>
    <message>
        <source>“%1” is not a length. Write 1h30m, 1:30, 90m, 90 or 1.5h.</source>
        <translation>「%1」は時間として読み取れません。1時間30分、1:30、90分、90のように入力してください。</translation>
    </message>
    <message>
        <source>“%1” may be minutes or hours. Write %2m or %3h.</source>
        <translation>「%1」は分とも時間とも読めます。%2分か%3時間と入力してください。</translation>
    </message>
    <message>
        <source>“%1” may be %2 (hours and minutes) or %3 (hours). Write one of these.</source>
        <translation>「%1」は%2（時間と分）とも%3（時間）とも読めます。どちらかで入力してください。</translation>
    </message>
    <message>
        <source>“%1” is not between 1 second and 1 year.</source>
        <translation>「%1」：時間は1秒から1年までにしてください。</translation>
    </message>
    <message>
        <source>“%1” is not a date. Write 2026-11-22, today or yesterday.</source>
        <translation>「%1」は日付として読み取れません。2026-11-22、今日、昨日のように入力してください。</translation>
    </message>
    <message>
        <source>“%1” may be %2 or %3. Write one of these.</source>
        <translation>「%1」は%2とも%3とも読めます。どちらかを入力してください。</translation>
    </message>
    <message>
        <source>“%1” names a weekday that %2 is not. Correct one of them.</source>
        <translation>「%1」の曜日は%2の曜日と違います。どちらかを直してください。</translation>
    </message>
    <message>
        <source>“%1” is not a time of day. Write 04:30.</source>
        <translation>「%1」は時刻ではありません。04:30のように入力してください。</translation>
    </message>
    <message>
        <source>“%1” is not a time. Write 09:30, yesterday 17:00, 2026-11-22 09:30 or -15m.</source>
        <translation>「%1」は時刻として読み取れません。09:30、昨日 17:00、2026-11-22 09:30、-15分のように入力してください。</translation>
    </message>
    <message>
        <source>“%1” is a date without a time of day. Write %1 09:30.</source>
        <translation>「%1」には時刻がありません。%1 09:30のように入力してください。</translation>
    </message>
    <message>
        <source>“%1” does not exist: the clocks were set forward over it that day.</source>
        <translation>「%1」は存在しません。その日は時計が進められたためです。</translation>
    </message>
    <message>
        <source>“%1” is outside the calendar. Write a year such as 2026.</source>
        <translation>「%1」は暦の範囲外です。2026のような年を入力してください。</translation>
    </message>
    <message>
        <source>%1 is in the future.</source>
        <translation>%1は未来の時刻です。</translation>
    </message>
    <message>
        <source>%1 is more than a year ago. Did you mean %2?</source>
        <translation>%1 は 1 年以上前です。%2 のことですか？</translation>
    </message>
    <message>
        <source>%1 is more than 10 years ago. Did you mean %2?</source>
        <translation>%1 は 10 年以上前です。%2 のことですか？</translation>
    </message>
    <message>
        <source>The end is outside the calendar.</source>
        <translation>終了が暦の範囲外です。</translation>
    </message>
    <message>
        <source>The end must be later than the start.</source>
        <translation>終了は開始より後にしてください。</translation>
    </message>
    <message>
        <source>Enter two of start, end and length.</source>
        <translation>開始・終了・時間のうち2つを入力してください。</translation>
    </message>
    <message>
        <source>Start, end and length do not agree. Clear one of them.</source>
        <translation>3つの値が合いません。どれか1つを空にしてください。</translation>
    </message>
    <message>
        <source>That is longer than a month.</source>
        <translation>1か月を超えています。</translation>
    </message>
    <message>
        <source>“%1” is outside the entry.</source>
        <translation>「%1」はこの記録の範囲外です。</translation>
    </message>
    <message>
        <source>“%1” on %2 is before the start (%3), and on %4 it would make %5 h. If that is what you mean, write it with its date: %6.</source>
        <translation>「%1」は、%2では開始（%3）より前になり、%4では%5時間になります。そのとおりなら、日付を付けて入力してください：%6</translation>
    </message>
</context>
<context>
    <name>TotalsWindow</name>
    <message>
        <source>Copied.</source>
        <translation>コピーしました。</translation>
    </message>
    <message>
        <source>Totals</source>
        <translation>合計</translation>
    </message>
    <message>
        <source>By task</source>
        <translation>タスク別</translation>
    </message>
    <message>
        <source>By card</source>
        <translation>カード別</translation>
    </message>
    <message>
        <source>&amp;Copy list</source>
        <translation>リストをコピー(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>閉じる(&amp;L)</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Resume delivery</source>
        <translation>送信を再開</translation>
    </message>
    <message>
        <source>Pause delivery</source>
        <translation>送信を一時停止</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>開く…</translation>
    </message>
    <message>
        <source>Add time…</source>
        <translation>時間を追加…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>ブラウザーで開く</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>履歴…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start “%1”</source>
        <translation>「%1」を開始</translation>
    </message>
    <message>
        <source>Switch to</source>
        <comment>opens a list of tasks</comment>
        <translation>タスクを切り替え</translation>
    </message>
    <message>
        <source>Start</source>
        <comment>opens a list of tasks</comment>
        <translation>タスクを開始</translation>
    </message>
    <message>
        <source>Problems (%1)…</source>
        <translation>要対応（%1）…</translation>
    </message>
</context>
<context>
    <name>TrialStep</name>
    <message>
        <source>Left click starts or stops. Middle click opens the panel. Right click opens the menu.</source>
        <translation>左クリックで開始・停止、中クリックでパネル、右クリックでメニューを開きます。</translation>
    </message>
    <message>
        <source>This starts a real entry. You can delete it in History.</source>
        <translation>実際の記録が始まります。「履歴」で削除できます。</translation>
    </message>
    <message>
        <source>&amp;Task</source>
        <translation>タスク(&amp;T)</translation>
    </message>
    <message>
        <source>Title of the first task</source>
        <translation>最初のタスクのタイトル</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>停止(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>開始(&amp;S)</translation>
    </message>
    <message>
        <source>No service is set up: entries are kept here until one is.</source>
        <translation>サービスが設定されていません。設定されるまで記録はここに保存されます。</translation>
    </message>
    <message>
        <source>%1 is not set up: nothing goes there.</source>
        <translation>%1は設定されていません。何も送信されません。</translation>
    </message>
    <message>
        <source>There is no token for %1: what goes there waits.</source>
        <translation>%1のトークンがまだありません。トークンが入力されるまで送信を待ちます。</translation>
    </message>
    <message>
        <source>“%1” runs.</source>
        <translation>「%1」を計測中です。</translation>
    </message>
    <message>
        <source>It is recorded, and is delivered by itself.</source>
        <translation>記録しました。自動的に送信されます。</translation>
    </message>
    <message>
        <source>It is recorded, and on its way.</source>
        <translation>記録しました。送信中です。</translation>
    </message>
    <message>
        <source>It is recorded and delivered.</source>
        <translation>記録し、送信しました。</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>ddd d MMM</source>
        <comment>a date, in Qt&apos;s letters</comment>
        <translation>M月d日(ddd)</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>one sentence after another</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1～%2</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>計測していません</translation>
    </message>
    <message>
        <source>Today %1</source>
        <translation>今日 %1</translation>
    </message>
    <message>
        <source>Delivering: %1 of %2</source>
        <translation>送信中：%1/%2</translation>
    </message>
    <message>
        <source>Delivery is paused: nothing waits</source>
        <translation>送信を一時停止中：送信待ちなし</translation>
    </message>
    <message>
        <source>Delivery is paused: %1 waiting</source>
        <translation>送信を一時停止中：送信待ち%1件</translation>
    </message>
    <message>
        <source>%1 of %2 delivered</source>
        <translation>%2件中%1件を送信済み</translation>
    </message>
    <message>
        <source>Less than a minute left</source>
        <translation>残り1分未満</translation>
    </message>
    <message>
        <source>About %1 min left</source>
        <translation>残り約%1分</translation>
    </message>
    <message>
        <source>About %1 h %2 min left</source>
        <translation>残り約%1時間%2分</translation>
    </message>
    <message>
        <source>Something went wrong inside Timer App. What was recorded is safe; restart it.</source>
        <translation>Timer Appで問題が起きました。記録は安全に保存されています。アプリを再起動してください。</translation>
    </message>
    <message>
        <source>What you did last was not kept: another program was using the journal until Timer App quit. Start Timer App again and repeat it.</source>
        <translation>最後の操作は保存されませんでした。Timer Appの終了まで、ほかのプログラムがジャーナルを使用していたためです。Timer Appを起動し直して、もう一度操作してください。</translation>
    </message>
    <message>
        <source>You were away %1–%2</source>
        <translation>離席：%1～%2</translation>
    </message>
    <message>
        <source>the computer slept</source>
        <translation>スリープ</translation>
    </message>
    <message>
        <source>the screen was locked</source>
        <translation>画面ロック</translation>
    </message>
    <message>
        <source>you were logged out</source>
        <translation>ログアウト</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2, %3 waiting</source>
        <translation>%1：%2、送信待ち%3件</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>there is no keyring</source>
        <translation>キーリングがありません</translation>
    </message>
    <message>
        <source>the keyring cannot be reached</source>
        <translation>キーリングに接続できません</translation>
    </message>
    <message>
        <source>the keyring does not protect secrets</source>
        <translation>キーリングが秘密情報を保護していません</translation>
    </message>
    <message>
        <source>the keyring is locked</source>
        <translation>キーリングがロックされています</translation>
    </message>
    <message>
        <source>the prompt for the keyring&apos;s password was dismissed</source>
        <translation>キーリングのパスワード入力がキャンセルされました</translation>
    </message>
    <message>
        <source>the keyring waits for its password</source>
        <translation>キーリングがパスワードを待っています</translation>
    </message>
    <message>
        <source>the keyring does not answer</source>
        <translation>キーリングが応答しません</translation>
    </message>
    <message>
        <source>the keyring failed</source>
        <translation>キーリングのエラー</translation>
    </message>
    <message>
        <source>the keyring works</source>
        <translation>キーリングは正常です</translation>
    </message>
    <message>
        <source>There is no keyring for the tokens. Install and start one that offers the Secret Service: GNOME Keyring, KWallet or KeePassXC. It is noticed by itself.</source>
        <translation>トークンを保存するキーリングがありません。Secret Serviceに対応したGNOME Keyring、KWallet、KeePassXCのいずれかをインストールして起動してください。自動的に検出します。</translation>
    </message>
    <message>
        <source>This program runs outside of the desktop&apos;s session, so the keyring cannot be reached. Start it from the desktop.</source>
        <translation>このプログラムはデスクトップのセッションの外で動いているため、キーリングに接続できません。デスクトップから起動してください。</translation>
    </message>
    <message>
        <source>The keyring that is chosen here does not protect secrets, so nothing is kept in it. timer-app doctor names what chose it.</source>
        <translation>ここで選ばれているキーリングは秘密情報を保護しないため、何も保存しません。何がそれを選んだかは timer-app doctor で分かります。</translation>
    </message>
    <message>
        <source>The keyring asked for its password, and the prompt was dismissed. Unlock the keyring: delivery then goes on by itself.</source>
        <translation>キーリングがパスワードを求めましたが、入力がキャンセルされました。キーリングのロックを解除すると、送信は自動的に再開します。</translation>
    </message>
    <message>
        <source>Unlock the keyring: delivery then goes on by itself.</source>
        <translation>キーリングのロックを解除すると、送信は自動的に再開します。</translation>
    </message>
    <message>
        <source>%1 is not set up.</source>
        <translation>%1が設定されていません。</translation>
    </message>
    <message>
        <source>Set it up</source>
        <translation>設定する</translation>
    </message>
    <message>
        <source>Enter a token</source>
        <translation>トークンを入力</translation>
    </message>
    <message>
        <source>Ask for its password</source>
        <translation>パスワードの入力画面を出す</translation>
    </message>
    <message>
        <source>Look for the window that asks for the keyring&apos;s password. What you record meanwhile is safe.</source>
        <translation>キーリングのパスワードを求めるウィンドウを探してください。その間の記録は安全に保存されます。</translation>
    </message>
    <message>
        <source>no keyboard or mouse activity</source>
        <translation>キーボードとマウスの操作なし</translation>
    </message>
    <message>
        <source>Needs your attention: %1</source>
        <translation>要対応：%1件</translation>
    </message>
    <message>
        <source>To see what helps: Settings…, Network, Check now.</source>
        <translation>対処方法は「設定…」の「ネットワーク」で「今すぐ確認」を押すと分かります。</translation>
    </message>
    <message>
        <source>Timer App will try again.</source>
        <translation>Timer Appが自動的に再試行します。</translation>
    </message>
    <message>
        <source>What you record is safe, and is delivered when the keyring answers. If it stays so, log out of the desktop and in again.</source>
        <translation>記録は安全に保存されており、キーリングが応答すると送信されます。続く場合は、いったんログアウトしてログインし直してください。</translation>
    </message>
    <message>
        <source>What you record is safe. To find out what is wrong: timer-app doctor</source>
        <translation>記録は安全に保存されています。原因を調べるには：timer-app doctor</translation>
    </message>
    <message>
        <source>The desktop&apos;s message bus does not answer: tray and keyring may be missing until it does.</source>
        <translation>デスクトップのメッセージバスが応答しません。応答するまで、トレイやキーリングを使えないことがあります。</translation>
    </message>
    <message>
        <source>The tray has gone; the icon comes back with it. Until then starting Timer App once more opens this window.</source>
        <translation>トレイがなくなりました。戻ればアイコンも戻ります。それまでは、Timer Appをもう一度起動するとこのウィンドウが開きます。</translation>
    </message>
    <message>
        <source>GNOME shows no tray icons by itself: its extension “AppIndicator” does. Starting Timer App once more opens this window.</source>
        <translation>GNOMEだけではトレイアイコンが表示されません。拡張機能「AppIndicator」で表示できます。Timer Appをもう一度起動すると、このウィンドウが開きます。</translation>
    </message>
    <message>
        <source>This desktop shows no tray icons. Starting Timer App once more opens this window; the command line does the rest.</source>
        <translation>このデスクトップではトレイアイコンが表示されません。Timer Appをもう一度起動するとこのウィンドウが開きます。ほかの操作はコマンドラインで行えます。</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>この通知を閉じる</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>接続できません</translation>
    </message>
    <message>
        <source>the token is missing or not accepted</source>
        <translation>トークンがないか、受け付けられません</translation>
    </message>
    <message>
        <source>asked us to slow down</source>
        <translation>リクエストの間隔を空けるよう求めています</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>接続済み</translation>
    </message>
    <message>
        <source>not set up</source>
        <translation>未設定</translation>
    </message>
</context>
<context>
    <name>WorkBar</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>WorkingHoursMessageId</name>
    <message>
        <source>Working hours are too long: at most %1 characters.</source>
        <translation>勤務時間の記述が長すぎます（最大%1文字）。</translation>
    </message>
    <message>
        <source>Working hours overlap: %1 and %2.</source>
        <translation>勤務時間が重なっています：%1と%2</translation>
    </message>
    <message>
        <source>“%1” is not a range of working hours. Write %2.</source>
        <translation>「%1」は勤務時間として読み取れません。%2のように入力してください。</translation>
    </message>
    <message>
        <source>“%1” names no days. Write %2.</source>
        <translation>「%1」には曜日がありません。%2のように入力してください。</translation>
    </message>
    <message>
        <source>“%1” ends before it starts. Write a night as two ranges: Mon-Thu 22:00-24:00, Tue-Fri 00:00-06:00.</source>
        <translation>「%1」は終了が開始より前です。夜間は2つに分けて入力してください：月-木 22:00-24:00, 火-金 00:00-06:00</translation>
    </message>
    <message>
        <source>“%1” is not a range of weekdays. Write Mon-Fri.</source>
        <translation>「%1」は曜日の範囲として読み取れません。月-金のように入力してください。</translation>
    </message>
    <message>
        <source>“%1” is not a weekday. Write %2.</source>
        <translation>「%1」は曜日ではありません。次のいずれかを入力してください：%2</translation>
    </message>
    <message>
        <source>“%1” is not a time of day such as 09:00, at most 24:00.</source>
        <translation>「%1」は時刻として読み取れません。09:00のように、24:00までで入力してください。</translation>
    </message>
    <message>
        <source>“%1” has seconds. Working hours are whole minutes: write %2.</source>
        <translation>「%1」には秒があります。勤務時間は分単位で、%2のように入力してください。</translation>
    </message>
</context>
<context>
    <name>_EntryWindow</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>実行される内容</translation>
    </message>
</context>
</TS>
