<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>The comment is %Ln character(s) too long for Kaiten.</source>
        <translation>
            <numerusform>Комментарий длиннее, чем принимает Kaiten, на %Ln символ.</numerusform>
            <numerusform>Комментарий длиннее, чем принимает Kaiten, на %Ln символа.</numerusform>
            <numerusform>Комментарий длиннее, чем принимает Kaiten, на %Ln символов.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Room for %Ln character(s)</source>
        <translation>
            <numerusform>Остался %Ln символ</numerusform>
            <numerusform>Осталось %Ln символа</numerusform>
            <numerusform>Осталось %Ln символов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <comment>problems</comment>
        <translation>
            <numerusform>И ещё %Ln.</numerusform>
            <numerusform>И ещё %Ln.</numerusform>
            <numerusform>И ещё %Ln.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <comment>history</comment>
        <translation>
            <numerusform>и ещё %Ln</numerusform>
            <numerusform>и ещё %Ln</numerusform>
            <numerusform>и ещё %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>goal reached on %Ln day(s)</source>
        <comment>history</comment>
        <translation>
            <numerusform>%Ln день с выполненной целью</numerusform>
            <numerusform>%Ln дня с выполненной целью</numerusform>
            <numerusform>%Ln дней с выполненной целью</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries are deleted here and in both services</source>
        <comment>history</comment>
        <translation>
            <numerusform>%Ln запись удаляется здесь и в обоих сервисах</numerusform>
            <numerusform>%Ln записи удаляются здесь и в обоих сервисах</numerusform>
            <numerusform>%Ln записей удаляются здесь и в обоих сервисах</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exporting: %Ln entries</source>
        <comment>history</comment>
        <translation>
            <numerusform>Экспорт: %Ln запись</numerusform>
            <numerusform>Экспорт: %Ln записи</numerusform>
            <numerusform>Экспорт: %Ln записей</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported: %Ln entries</source>
        <comment>history</comment>
        <translation>
            <numerusform>Экспортирована %Ln запись</numerusform>
            <numerusform>Экспортированы %Ln записи</numerusform>
            <numerusform>Экспортировано %Ln записей</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AbsenceMessageId</name>
    <message>
        <source>No question is open.</source>
        <translation>Вопросов без ответа нет.</translation>
    </message>
    <message>
        <source>This question is not open.</source>
        <translation>На этот вопрос уже ответили.</translation>
    </message>
    <message>
        <source>The time is already on this task. Keep it instead.</source>
        <translation>Время и так на этой задаче: выберите «Оставить».</translation>
    </message>
    <message>
        <source>You are still away.</source>
        <translation>Вы ещё не вернулись.</translation>
    </message>
</context>
<context>
    <name>AbsencePrompt</name>
    <message>
        <source>You were away</source>
        <translation>Вас не было</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>О&amp;тменить</translation>
    </message>
    <message>
        <source>Undo the answer</source>
        <translation>Отменить ответ</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>&amp;Закрыть</translation>
    </message>
    <message>
        <source>&amp;Keep it</source>
        <translation>&amp;Оставить</translation>
    </message>
    <message>
        <source>Remove it and &amp;continue</source>
        <translation>Убрать и &amp;продолжить</translation>
    </message>
    <message>
        <source>It was another &amp;task…</source>
        <translation>Это была другая &amp;задача…</translation>
    </message>
    <message>
        <source>The time in question</source>
        <translation>Время, о котором вопрос</translation>
    </message>
    <message>
        <source>Alt and a letter answers, Esc decides later: nothing of this time is reported before. Every answer can be undone.</source>
        <translation>Alt и буква — ответ, Esc — решить позже: до ответа это время не отправляется. Любой ответ можно отменить.</translation>
    </message>
    <message>
        <source>You were away for %1</source>
        <translation>Вас не было %1</translation>
    </message>
    <message>
        <source> (1 of %1)</source>
        <translation> (1 из %1)</translation>
    </message>
    <message>
        <source>%1 · “%2” kept running. Why: %3.</source>
        <translation>%1 · шла запись «%2». Причина: %3.</translation>
    </message>
    <message>
        <source>Ends at %1, starts again at %2.</source>
        <translation>Конец в %1, новое начало в %2.</translation>
    </message>
    <message>
        <source>Remove it and &amp;stop</source>
        <translation>Убрать и о&amp;становить</translation>
    </message>
    <message>
        <source>Give these %1 to it.</source>
        <translation>Отдать ей эти %1.</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>до %1</translation>
    </message>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>away</source>
        <translation>отсутствие</translation>
    </message>
    <message>
        <source>%1–%2 is taken out.</source>
        <translation>Промежуток %1–%2 будет исключён.</translation>
    </message>
    <message>
        <source>Ends at %1. Nothing runs.</source>
        <translation>Конец в %1. Ничего не запущено.</translation>
    </message>
    <message>
        <source>I was working on this.</source>
        <translation>Это время ушло на эту задачу.</translation>
    </message>
    <message>
        <source>&amp;Remove it</source>
        <translation>&amp;Убрать</translation>
    </message>
    <message>
        <source>The %1 since you came back are removed as well.</source>
        <translation>Время после возвращения (%1) тоже не будет учтено.</translation>
    </message>
</context>
<context>
    <name>Account</name>
    <message>
        <source>Connected as %1.</source>
        <translation>Подключено: %1.</translation>
    </message>
    <message>
        <source>Enter the address.</source>
        <translation>Введите адрес.</translation>
    </message>
    <message>
        <source>The page “Network” of the settings helps to find the cause.</source>
        <translation>Найти причину поможет страница «Сеть» в настройках.</translation>
    </message>
    <message>
        <source>A token is kept in the keyring. It is never shown.</source>
        <translation>Токен хранится в хранилище паролей и никогда не показывается.</translation>
    </message>
    <message>
        <source>No token is kept yet.</source>
        <translation>Токен ещё не сохранён.</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>Проверяю %1…</translation>
    </message>
    <message>
        <source>The token was not kept.</source>
        <translation>Токен не сохранён.</translation>
    </message>
    <message>
        <source>The token is kept, and is tried again once this is fixed.</source>
        <translation>Токен всё же сохранён и будет проверен, когда это исправится.</translation>
    </message>
    <message>
        <source>The list could not be loaded. You can type the number.</source>
        <translation>Список получить не удалось. Можно ввести номер.</translation>
    </message>
    <message>
        <source>Make an application on the page %1, with the redirect URI %2. Open it, press %3 and then %4, and copy the access token.</source>
        <translation>Создайте приложение на странице %1 с redirect URI %2. Откройте его, нажмите %3, затем %4 и скопируйте токен доступа.</translation>
    </message>
    <message>
        <source>Make a key on the page %1 of your profile, and copy it.</source>
        <translation>Создайте ключ на странице %1 своего профиля и скопируйте его.</translation>
    </message>
</context>
<context>
    <name>AccountForm</name>
    <message>
        <source>Choose a team: without one nothing goes to TimeCrowd.</source>
        <translation>Выберите команду: без неё в TimeCrowd ничего не уходит.</translation>
    </message>
    <message>
        <source>You are in no team there. Join or create one in TimeCrowd, then check.</source>
        <translation>Вы там не состоите ни в одной команде. Вступите в команду в TimeCrowd или создайте её, затем проверьте снова.</translation>
    </message>
    <message>
        <source>Address of %1</source>
        <translation>Адрес %1</translation>
    </message>
    <message>
        <source>T&amp;oken</source>
        <translation>То&amp;кен</translation>
    </message>
    <message>
        <source>Token of %1</source>
        <translation>Токен %1</translation>
    </message>
    <message>
        <source>Check and keep</source>
        <translation>Проверить и сохранить</translation>
    </message>
    <message>
        <source>Check and keep the token of %1</source>
        <translation>Проверить и сохранить токен %1</translation>
    </message>
    <message>
        <source>Copy the redirect URI</source>
        <translation>Скопировать Redirect URI</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Открыть страницу</translation>
    </message>
    <message>
        <source>Open the page of %1 for tokens</source>
        <translation>Открыть страницу токенов %1</translation>
    </message>
    <message>
        <source>New token…</source>
        <translation>Новый токен…</translation>
    </message>
    <message>
        <source>Enter a new token of %1</source>
        <translation>Ввести новый токен %1</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Forget the token of %1</source>
        <translation>Удалить токен %1</translation>
    </message>
    <message>
        <source>Choose from the list, or type its number.</source>
        <translation>Выберите из списка или введите номер.</translation>
    </message>
    <message>
        <source>None: nothing goes to TimeCrowd</source>
        <translation>Нет: в TimeCrowd ничего не уходит</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Нет</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Stop asking %1</source>
        <translation>Прервать запрос к %1</translation>
    </message>
    <message>
        <source>Check %1 now</source>
        <translation>Проверить %1</translation>
    </message>
</context>
<context>
    <name>AddressForm</name>
    <message>
        <source>T&amp;itle</source>
        <translation>Названи&amp;е</translation>
    </message>
    <message>
        <source>Name of the chat &amp;room</source>
        <translation>Название &amp;чата</translation>
    </message>
    <message>
        <source>&amp;Link a card</source>
        <translation>&amp;Связать с карточкой</translation>
    </message>
    <message>
        <source>&amp;Use this task</source>
        <translation>&amp;Взять эту задачу</translation>
    </message>
</context>
<context>
    <name>AddressMessageId</name>
    <message>
        <source>“%1” is not a web address: its host or port cannot be read.</source>
        <translation>«%1» — не веб-адрес: не удаётся разобрать имя узла или порт.</translation>
    </message>
    <message>
        <source>“%1” is not a web address such as https://example.com.</source>
        <translation>«%1» — не веб-адрес. Нужен такой: https://example.com.</translation>
    </message>
    <message>
        <source>The address must not contain a user name or a password.</source>
        <translation>В адресе не должно быть имени пользователя или пароля.</translation>
    </message>
    <message>
        <source>%1 is not encrypted, so the token could be read on the way. Use https:// (plain http:// is for this computer only).</source>
        <translation>%1 — без шифрования, и токен могли бы прочитать по пути. Используйте https:// (http:// — только для этого компьютера).</translation>
    </message>
</context>
<context>
    <name>AppMessageId</name>
    <message>
        <source>The answer of the running Timer App cannot be used: quit it and start it again.</source>
        <translation>Ответ запущенного Timer App непонятен: закройте его и запустите снова.</translation>
    </message>
    <message>
        <source>Timer App did not answer within %1 s.</source>
        <translation>Timer App не ответил за %1 с.</translation>
    </message>
    <message>
        <source>Timer App ended before it answered.</source>
        <translation>Timer App завершился, не ответив.</translation>
    </message>
    <message>
        <source>Timer App is busy. Try again in a moment.</source>
        <translation>Timer App занят. Повторите чуть позже.</translation>
    </message>
    <message>
        <source>%1 belongs to another user, so nothing was sent there.</source>
        <translation>%1 принадлежит другому пользователю, поэтому туда ничего не отправлено.</translation>
    </message>
    <message>
        <source>%1 cannot be connected to: %2.</source>
        <translation>Не удаётся подключиться к %1: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2.</source>
        <translation>%1 не удаётся использовать: %2.</translation>
    </message>
    <message>
        <source>The pipe of %1 cannot be used: %2.</source>
        <translation>Канал %1 не удаётся использовать: %2.</translation>
    </message>
    <message>
        <source>Other users can write to %1, so nothing was sent there.</source>
        <translation>Другие пользователи могут писать в %1, поэтому туда ничего не отправлено.</translation>
    </message>
    <message>
        <source>%1 is in the way: it is not the app&apos;s socket. Remove it.</source>
        <translation>%1 мешает: это не сокет приложения. Удалите его.</translation>
    </message>
    <message>
        <source>The running Timer App is of another version: restart it.</source>
        <translation>Запущен Timer App другой версии: перезапустите его.</translation>
    </message>
    <message>
        <source>Timer App is running, but does not listen. Quit it, then start it again.</source>
        <translation>Timer App запущен, но не отвечает. Закройте его и запустите снова.</translation>
    </message>
</context>
<context>
    <name>AuditMessageId</name>
    <message>
        <source>TimeCrowd was not compared. %1</source>
        <translation>С TimeCrowd сравнить не удалось. %1</translation>
    </message>
    <message>
        <source>Kaiten was not compared. %1</source>
        <translation>С Kaiten сравнить не удалось. %1</translation>
    </message>
    <message>
        <source>Kaiten does not show the card %1. %2</source>
        <translation>Kaiten не показывает карточку %1. %2</translation>
    </message>
    <message>
        <source>The comparison of %2 has no row “%1”.%3</source>
        <translation>В сравнении за %2 нет строки «%1».%3</translation>
    </message>
    <message>
        <source>%1 needs no repair. %2</source>
        <translation>%1: исправлять нечего. %2</translation>
    </message>
    <message>
        <source>Something was delivered during the comparison. Compare again.</source>
        <translation>Во время сравнения что-то отправилось. Сравните ещё раз.</translation>
    </message>
</context>
<context>
    <name>AuditRowMessageId</name>
    <message>
        <source>%1 – now</source>
        <translation>%1 – сейчас</translation>
    </message>
    <message>
        <source>%1, %2 – now</source>
        <translation>%1, %2 – сейчас</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 мин</translation>
    </message>
    <message>
        <source>%1 min “%2”</source>
        <translation>%1 мин «%2»</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>%1. In TimeCrowd: %2.</source>
        <translation>%1. В TimeCrowd: %2.</translation>
    </message>
    <message>
        <source>%1. It is not in TimeCrowd.</source>
        <translation>%1. В TimeCrowd её нет.</translation>
    </message>
    <message>
        <source>%1. TimeCrowd has one just like it that Timer App did not know.</source>
        <translation>%1. В TimeCrowd есть точно такая же, о которой здесь не знали.</translation>
    </message>
    <message>
        <source>%1. It was in TimeCrowd and is not there any more.</source>
        <translation>%1. В TimeCrowd она была, но её там больше нет.</translation>
    </message>
    <message>
        <source>%1. It was not sent to TimeCrowd because you chose not to send it.</source>
        <translation>%1. В TimeCrowd она не отправлялась: так решили вы.</translation>
    </message>
    <message>
        <source>%1. It was not sent to TimeCrowd, which was not set up then.</source>
        <translation>%1. В TimeCrowd она не отправлялась: он тогда не был настроен.</translation>
    </message>
    <message>
        <source>Another device stopped it. Timer App will take over this stop.</source>
        <translation>Её остановило другое устройство: остановка будет учтена здесь.</translation>
    </message>
    <message>
        <source>In TimeCrowd: %1.</source>
        <translation>В TimeCrowd: %1.</translation>
    </message>
    <message>
        <source>You chose to keep it beside the entry that it matches.</source>
        <translation>Вы решили оставить её рядом с такой же записью.</translation>
    </message>
    <message>
        <source>It was deleted here.</source>
        <translation>Здесь она удалена.</translation>
    </message>
    <message>
        <source>It was deleted, and its entry is being sent to TimeCrowd again.</source>
        <translation>Она удалена, а её запись заново отправляется в TimeCrowd.</translation>
    </message>
    <message>
        <source>It was deleted. The entry is %1 now.</source>
        <translation>Она удалена; теперь это запись %1.</translation>
    </message>
    <message>
        <source>It may come from a late request of Timer App. This is being checked.</source>
        <translation>Возможно, её создал запоздавший запрос Timer App. Это проверяется.</translation>
    </message>
    <message>
        <source>It is running on another device. Timer App follows it.</source>
        <translation>Она идёт на другом устройстве и будет учтена здесь.</translation>
    </message>
    <message>
        <source>No entry here belongs to it.</source>
        <translation>Здесь ей не соответствует ни одна запись.</translation>
    </message>
    <message>
        <source>%1: %2 for %3 on %4.</source>
        <translation>%1: %2 за %3 в %4.</translation>
    </message>
    <message>
        <source>In Kaiten: %1.</source>
        <translation>В Kaiten: %1.</translation>
    </message>
    <message>
        <source>In Kaiten: %1, on %2 for %3.</source>
        <translation>В Kaiten: %1 в %2 за %3.</translation>
    </message>
    <message>
        <source>It is not in Kaiten.</source>
        <translation>В Kaiten его нет.</translation>
    </message>
    <message>
        <source>It was in Kaiten and is not there any more.</source>
        <translation>В Kaiten он был, но его там больше нет.</translation>
    </message>
    <message>
        <source>It was not sent to Kaiten because you chose not to send it.</source>
        <translation>В Kaiten он не отправлялся: так решили вы.</translation>
    </message>
    <message>
        <source>Log %1 is just like it. If it is another one, remove it in Kaiten.</source>
        <translation>Лог %1 точно такой же. Если это другой лог, удалите его в Kaiten.</translation>
    </message>
    <message>
        <source>%1, %2 s on %3: %4 min were not sent to Kaiten.</source>
        <translation>%1, %2 с за %3: %4 мин в Kaiten не отправлялись.</translation>
    </message>
    <message>
        <source>%1, %2 s on %3: an earlier log covers it.</source>
        <translation>%1, %2 с за %3: уже учтено в более раннем логе.</translation>
    </message>
    <message>
        <source>In Kaiten: %1 on %2 for %3.</source>
        <translation>В Kaiten: %1 в %2 за %3.</translation>
    </message>
    <message>
        <source>You chose to keep it beside the log that it matches.</source>
        <translation>Вы решили оставить его рядом с таким же.</translation>
    </message>
    <message>
        <source>It was removed here.</source>
        <translation>Здесь он удалён.</translation>
    </message>
    <message>
        <source>It was not made by Timer App and stays as it is.</source>
        <translation>Создан не в Timer App: останется как есть.</translation>
    </message>
    <message>
        <source>It may be one of ours.</source>
        <translation>Возможно, это отправлено отсюда.</translation>
    </message>
    <message>
        <source>It will be deleted.</source>
        <translation>Предстоит удаление.</translation>
    </message>
    <message>
        <source>It needs your attention: %2</source>
        <translation>Требует внимания: %2</translation>
    </message>
    <message>
        <source>It needs your attention: it could not be sent.</source>
        <translation>Требует внимания: отправить не удалось.</translation>
    </message>
    <message>
        <source>It needs your attention: no reason was given (HTTP %2).</source>
        <translation>Требует внимания: причина не указана (HTTP %2).</translation>
    </message>
    <message>
        <source>It needs your attention: it may or may not have arrived.</source>
        <translation>Требует внимания: неизвестно, дошло ли.</translation>
    </message>
    <message>
        <source>It is being sent or checked.</source>
        <translation>Отправляется или проверяется.</translation>
    </message>
    <message>
        <source>It is waiting to be sent.</source>
        <translation>Ждёт отправки.</translation>
    </message>
    <message>
        <source>It is waiting to be sent again.</source>
        <translation>Ждёт повторной отправки.</translation>
    </message>
    <message>
        <source>It changed during the comparison. Compare again.</source>
        <translation>Во время сравнения это изменилось. Сравните ещё раз.</translation>
    </message>
</context>
<context>
    <name>Away</name>
    <message>
        <source>Kept %1–%2.</source>
        <translation>Оставлено: %1–%2.</translation>
    </message>
    <message>
        <source>Removed %1–%2.</source>
        <translation>%1–%2 убрано.</translation>
    </message>
    <message>
        <source>Moved %1–%2 to “%3”.</source>
        <translation>%1–%2 перенесено в «%3».</translation>
    </message>
</context>
<context>
    <name>CallMessageId</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 asks for fewer requests.</source>
        <translation>%1 просит обращаться реже.</translation>
    </message>
    <message>
        <source>%1 did not answer.</source>
        <translation>%1 не отвечает.</translation>
    </message>
    <message>
        <source>%1 did not answer within %2 seconds.</source>
        <translation>%1: нет ответа в течение %2 с.</translation>
    </message>
    <message>
        <source>The answer of %1 is larger than any it should give, so it was not read.</source>
        <translation>Ответ %1 больше любого допустимого, поэтому он не прочитан.</translation>
    </message>
    <message>
        <source>The connection to %1 broke before its answer was there.</source>
        <translation>Соединение с %1 прервалось до получения ответа.</translation>
    </message>
    <message>
        <source>%1 failed (HTTP %2).</source>
        <translation>Сбой на стороне %1 (HTTP %2).</translation>
    </message>
    <message>
        <source>%1 has no token, or does not accept it.</source>
        <translation>%1: токена нет или он не принят.</translation>
    </message>
    <message>
        <source>%1: %2 (HTTP %3)</source>
        <translation>%1: %2 (HTTP %3)</translation>
    </message>
    <message>
        <source>%1 refused without giving a reason (HTTP %2).</source>
        <translation>%1 отказал без объяснений (HTTP %2).</translation>
    </message>
</context>
<context>
    <name>CommandMessageId</name>
    <message>
        <source>“%1” (TZ) is not a time zone. Times are in UTC.</source>
        <translation>«%1» (TZ) — не часовой пояс. Время указано в UTC.</translation>
    </message>
    <message>
        <source>Give the start.</source>
        <translation>Укажите начало.</translation>
    </message>
    <message>
        <source>Give the end or the length.</source>
        <translation>Укажите конец или длительность.</translation>
    </message>
    <message>
        <source>Give the time at which to split the entry.</source>
        <translation>Укажите время, в которое разделить запись.</translation>
    </message>
    <message>
        <source>Give the task that the time was for.</source>
        <translation>Укажите задачу, на которую ушло время.</translation>
    </message>
    <message>
        <source>The answer “%1” takes no task.</source>
        <translation>К ответу «%1» задача не нужна.</translation>
    </message>
    <message>
        <source>“%1” is not an answer. Answer keep, drop, continue or give.</source>
        <translation>«%1» — не ответ. Ответьте keep, drop, continue или give.</translation>
    </message>
    <message>
        <source>The first date (%1) is later than the last date (%2).</source>
        <translation>Первая дата (%1) позже последней (%2).</translation>
    </message>
    <message>
        <source>“%1” is not a number of seconds.</source>
        <translation>«%1» — не число секунд.</translation>
    </message>
    <message>
        <source>“%1” is not the number of a delivery.</source>
        <translation>«%1» — не номер отправки.</translation>
    </message>
    <message>
        <source>“%1” is not the number of a task in TimeCrowd.</source>
        <translation>«%1» — не номер задачи в TimeCrowd.</translation>
    </message>
    <message>
        <source>The task in TimeCrowd says what is worked on.</source>
        <translation>Задача TimeCrowd уже определяет, над чем идёт работа.</translation>
    </message>
    <message>
        <source>“%1” is not the number of a question.</source>
        <translation>«%1» — не номер вопроса.</translation>
    </message>
    <message>
        <source>Two cards are named: “%1” and “%2”.</source>
        <translation>Указаны две карточки: «%1» и «%2».</translation>
    </message>
    <message>
        <source>“%1” is not a message of a chat room: no room can be named.</source>
        <translation>«%1» — не сообщение чата: называть здесь нечего.</translation>
    </message>
    <message>
        <source>Give the message whose room it is.</source>
        <translation>Укажите сообщение из этого чата.</translation>
    </message>
    <message>
        <source>“%1” is an address, not a title.</source>
        <translation>«%1» — адрес, а не название.</translation>
    </message>
</context>
<context>
    <name>CompareWindow</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>О&amp;тмена</translation>
    </message>
    <message>
        <source>Show &amp;matched</source>
        <translation>Показать &amp;совпавшие</translation>
    </message>
    <message>
        <source>Compare a&amp;gain</source>
        <translation>Сравнить с&amp;нова</translation>
    </message>
    <message>
        <source>Repair &amp;all</source>
        <translation>Исправить &amp;всё</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Asking the services</source>
        <translation>Запрос к сервисам</translation>
    </message>
    <message>
        <source>What the journal and the services hold</source>
        <translation>Что записано в журнале и в сервисах</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Отменено.</translation>
    </message>
    <message>
        <source>Asking the services…</source>
        <translation>Запрашиваю сервисы…</translation>
    </message>
    <message>
        <source>Compare with services: %1</source>
        <translation>Сравнение с сервисами: %1</translation>
    </message>
    <message>
        <source>and %1 more: compare fewer days to see them</source>
        <translation>и ещё %1: чтобы их увидеть, сравните меньше дней</translation>
    </message>
</context>
<context>
    <name>ConnectionMessageId</name>
    <message>
        <source>it is not an address</source>
        <translation>это не адрес</translation>
    </message>
    <message>
        <source>its kind must be one of %1</source>
        <translation>вид прокси должен быть одним из: %1</translation>
    </message>
    <message>
        <source>it has no host</source>
        <translation>в нём нет имени узла</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>файл пуст</translation>
    </message>
    <message>
        <source>it has no PEM text (-----BEGIN CERTIFICATE-----)</source>
        <translation>в файле нет текста PEM (-----BEGIN CERTIFICATE-----)</translation>
    </message>
    <message>
        <source>it has no certificate</source>
        <translation>в файле нет сертификата</translation>
    </message>
    <message>
        <source>a certificate in it is broken</source>
        <translation>сертификат в нём испорчен</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>такого файла нет</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>это не файл</translation>
    </message>
    <message>
        <source>another address on the same server</source>
        <translation>другой адрес на том же сервере</translation>
    </message>
    <message>
        <source>another address of its own</source>
        <translation>другой собственный адрес</translation>
    </message>
    <message>
        <source>no reason was given (HTTP %1)</source>
        <translation>причина не указана (HTTP %1)</translation>
    </message>
    <message>
        <source>the handshake failed</source>
        <translation>рукопожатие не удалось</translation>
    </message>
    <message>
        <source>the proxy %1</source>
        <translation>прокси %1</translation>
    </message>
    <message>
        <source>no details</source>
        <translation>без подробностей</translation>
    </message>
    <message>
        <source>it does not speak TLS</source>
        <translation>он не поддерживает TLS</translation>
    </message>
    <message>
        <source>it has no version of TLS that is safe today</source>
        <translation>он не поддерживает безопасные версии TLS</translation>
    </message>
    <message>
        <source>it has no cipher in common with this computer</source>
        <translation>нет общего с этим компьютером шифра</translation>
    </message>
    <message>
        <source>it does not know this name</source>
        <translation>он не знает этого имени</translation>
    </message>
    <message>
        <source>it requires a client certificate</source>
        <translation>он требует ваш сертификат</translation>
    </message>
    <message>
        <source>its key or its signature is too weak</source>
        <translation>его ключ или подпись слишком слабы</translation>
    </message>
    <message>
        <source>it is self-signed</source>
        <translation>он самоподписанный</translation>
    </message>
    <message>
        <source>its issuer is not known to this computer</source>
        <translation>его издатель этому компьютеру не известен</translation>
    </message>
    <message>
        <source>its signature is wrong</source>
        <translation>его подпись неверна</translation>
    </message>
    <message>
        <source>it is not for servers</source>
        <translation>он не для серверов</translation>
    </message>
    <message>
        <source>code %1</source>
        <translation>код %1</translation>
    </message>
    <message>
        <source>its rules do not allow it</source>
        <translation>его правила это запрещают</translation>
    </message>
    <message>
        <source>it has no way there</source>
        <translation>у него нет пути туда</translation>
    </message>
    <message>
        <source>the other side refused the connection</source>
        <translation>другая сторона отклонила соединение</translation>
    </message>
    <message>
        <source>there was no answer in time</source>
        <translation>ответа вовремя не было</translation>
    </message>
    <message>
        <source>it cannot do this</source>
        <translation>он этого не умеет</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 с</translation>
    </message>
    <message>
        <source>the system&apos;s time limit</source>
        <translation>предел ожидания системы</translation>
    </message>
    <message>
        <source>it sent a web page</source>
        <translation>пришла веб-страница</translation>
    </message>
    <message>
        <source>its answer cannot be read</source>
        <translation>ответ не читается</translation>
    </message>
</context>
<context>
    <name>ConnectionProblemKind</name>
    <message>
        <source>Not set up.</source>
        <translation>Не настроено.</translation>
    </message>
    <message>
        <source>%2</source>
        <translation>%2</translation>
    </message>
    <message>
        <source>The certificates in %1 cannot be used: %2.</source>
        <translation>Сертификаты из файла %1 использовать нельзя: %2.</translation>
    </message>
    <message>
        <source>The address of the proxy cannot be used: %2.</source>
        <translation>Адрес прокси использовать нельзя: %2.</translation>
    </message>
    <message>
        <source>The proxy %1 requires a password. %2</source>
        <translation>Прокси %1 требует пароль. %2</translation>
    </message>
    <message>
        <source>The name of %1 was not found.</source>
        <translation>Имя не найдено: %1.</translation>
    </message>
    <message>
        <source>The network has no way to %1. (%2)</source>
        <translation>Через эту сеть нет пути: %1. (%2)</translation>
    </message>
    <message>
        <source>The connection was refused by %1.</source>
        <translation>Соединение отклонено: %1.</translation>
    </message>
    <message>
        <source>There was no answer from %1 within %2.</source>
        <translation>Нет ответа от %1 за %2.</translation>
    </message>
    <message>
        <source>The connection to %1 broke before anything was sent. (%2)</source>
        <translation>Соединение с %1 прервалось до отправки. (%2)</translation>
    </message>
    <message>
        <source>The proxy %1 requires a user name and a password.</source>
        <translation>Прокси %1 требует имя пользователя и пароль.</translation>
    </message>
    <message>
        <source>The proxy %1 does not accept the user name and password.</source>
        <translation>Прокси %1 не принимает имя пользователя и пароль.</translation>
    </message>
    <message>
        <source>The proxy %1 refused to connect. (%2)</source>
        <translation>Прокси %1 отказался соединять. (%2)</translation>
    </message>
    <message>
        <source>The server at %1 is not a proxy of this kind.</source>
        <translation>Сервер %1 — не прокси этого вида.</translation>
    </message>
    <message>
        <source>A secure connection to %1 was not possible. (%2)</source>
        <translation>Не удалось установить защищённое соединение с %1. (%2)</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired.</source>
        <translation>Срок действия сертификата %1 истёк.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet.</source>
        <translation>Срок действия сертификата %1 ещё не начался.</translation>
    </message>
    <message>
        <source>The certificate of %1 is for another name.</source>
        <translation>Сертификат %1 выдан на другое имя.</translation>
    </message>
    <message>
        <source>The certificate of %1 is signed by an unknown authority. (%2)</source>
        <translation>Сертификат %1 подписан неизвестным центром. (%2)</translation>
    </message>
    <message>
        <source>The certificate of %1 was revoked.</source>
        <translation>Сертификат %1 отозван.</translation>
    </message>
    <message>
        <source>The certificate of %1 cannot be trusted. (%2)</source>
        <translation>Сертификату %1 нельзя доверять. (%2)</translation>
    </message>
    <message>
        <source>%1 redirects to %2. The token was not sent there.</source>
        <translation>%1 перенаправляет на %2. Токен туда не отправлен.</translation>
    </message>
    <message>
        <source>The server at %1 is not this service (%2).</source>
        <translation>Сервер по адресу %1 — не этот сервис (%2).</translation>
    </message>
    <message>
        <source>%1 does not accept the token.</source>
        <translation>%1 не принимает токен.</translation>
    </message>
    <message>
        <source>%1 asks for fewer requests.</source>
        <translation>%1 просит обращаться реже.</translation>
    </message>
    <message>
        <source>%1 has problems of its own.</source>
        <translation>У %1 собственные неполадки.</translation>
    </message>
    <message>
        <source>%1 refused: %2</source>
        <translation>%1 отказал: %2</translation>
    </message>
</context>
<context>
    <name>DeliveryMessageId</name>
    <message>
        <source>There is no such delivery.</source>
        <translation>Такой отправки нет.</translation>
    </message>
    <message>
        <source>This delivery needs no decision.</source>
        <translation>По этой отправке решать нечего.</translation>
    </message>
    <message>
        <source>It may or may not have arrived.</source>
        <translation>Неизвестно, дошло ли.</translation>
    </message>
    <message>
        <source>It could not be sent.</source>
        <translation>Отправить не удалось.</translation>
    </message>
    <message>
        <source>No reason was given (HTTP %1).</source>
        <translation>Причина не указана (HTTP %1).</translation>
    </message>
    <message>
        <source>What delivery %1 was to tell cannot be read: its row in the journal is damaged. It was not sent. Try again to send what the entry says now, or never send it.</source>
        <translation>Содержимое отправки %1 не читается: её строка в журнале повреждена. Ничего не отправлено. Повторите, чтобы отправить то, что сейчас указано в записи, или откажитесь от отправки.</translation>
    </message>
    <message>
        <source>What was sent by delivery %1 cannot be read: its row in the journal is damaged. Look into the service before you try again.</source>
        <translation>Что именно ушло с отправкой %1, прочитать нельзя: её строка в журнале повреждена. Прежде чем повторять, проверьте в сервисе.</translation>
    </message>
    <message>
        <source>Whether delivery %1 was sent is not certain: its row in the journal is damaged. Look into the service before you try again.</source>
        <translation>Ушла ли отправка %1, неизвестно: её строка в журнале повреждена. Прежде чем повторять, проверьте в сервисе.</translation>
    </message>
    <message>
        <source>What delivery %1 was to tell cannot be read, and does not follow from its entry.</source>
        <translation>Содержимое отправки %1 не читается, и по записи его не восстановить.</translation>
    </message>
    <message>
        <source>The log of delivery %1 cannot be read in the journal. Decide about it in Problems first: else its minutes might be logged twice.</source>
        <translation>Лог времени отправки %1 не читается в журнале. Сначала примите решение о нём в окне «Требуют внимания»: иначе его минуты могут быть учтены дважды.</translation>
    </message>
    <message>
        <source>Whether TimeCrowd has the comment is not known. It is not sent again: it might be twice.</source>
        <translation>Неизвестно, есть ли комментарий в TimeCrowd. Повторно он не отправляется: он мог бы появиться дважды.</translation>
    </message>
    <message>
        <source>It waits until Kaiten shows the card: a rule depends on its space or board.</source>
        <translation>Ждёт, пока Kaiten покажет карточку: правило зависит от её пространства или доски.</translation>
    </message>
    <message>
        <source>TimeCrowd keeps the comment that it got first; change it there if it matters.</source>
        <translation>В TimeCrowd остаётся первый полученный комментарий; если это важно, измените его там.</translation>
    </message>
    <message>
        <source>An error in Timer App itself (%1) stopped this delivery. The other ones go on.</source>
        <translation>Ошибка в самом Timer App (%1) остановила эту отправку. Остальные продолжаются.</translation>
    </message>
    <message>
        <source>Kaiten already holds a log with these minutes and without a name (%1): it may be your own.</source>
        <translation>В Kaiten уже есть лог на столько же минут и без имени (%1): возможно, он ваш.</translation>
    </message>
    <message>
        <source>This entry was deleted in TimeCrowd. Its log in Kaiten stays until you decide.</source>
        <translation>Эту запись удалили в TimeCrowd. Её лог в Kaiten остаётся, пока вы не решите.</translation>
    </message>
    <message>
        <source>An error in Timer App itself (%1) stopped delivery. It will try again later.</source>
        <translation>Ошибка в самом Timer App (%1) остановила отправку. Позже будет новая попытка.</translation>
    </message>
</context>
<context>
    <name>DesktopEntryMessageId</name>
    <message>
        <source>%1 could not be written. (%2)</source>
        <translation>Не удалось записать %1. (%2)</translation>
    </message>
    <message>
        <source>%1 could not be removed. (%2)</source>
        <translation>Не удалось удалить %1. (%2)</translation>
    </message>
    <message>
        <source>%1 could not be changed. (%2)</source>
        <translation>Не удалось изменить %1. (%2)</translation>
    </message>
    <message>
        <source>The registry could not be changed. (%1)</source>
        <translation>Не удалось изменить реестр. (%1)</translation>
    </message>
    <message>
        <source>On macOS the application brings its links: put it into Applications.</source>
        <translation>В macOS ссылки открывает само приложение: поместите его в «Программы».</translation>
    </message>
</context>
<context>
    <name>EditBar</name>
    <message>
        <source>Changing entries</source>
        <translation>Изменение записей</translation>
    </message>
</context>
<context>
    <name>EditEntryWindow</name>
    <message>
        <source>Edit entry</source>
        <translation>Изменить запись</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Сохранить</translation>
    </message>
    <message>
        <source>&amp;Date</source>
        <translation>Д&amp;ата</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Начало</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>К&amp;онец</translation>
    </message>
    <message>
        <source>&amp;Length</source>
        <translation>&amp;Длительность</translation>
    </message>
    <message>
        <source>Tas&amp;k</source>
        <translation>&amp;Задача</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Комментарий</translation>
    </message>
    <message>
        <source>9:30, 930, -15m, or a range: 9-10:30</source>
        <translation>9:30, 930, -15м или промежуток: 9-10:30</translation>
    </message>
    <message>
        <source>1h30m, 1:30, 90 or 1.5h; the end then follows from it</source>
        <translation>1ч30м, 1:30, 90 или 1.5ч; конец вычисляется сам</translation>
    </message>
    <message>
        <source>Choose a card or a task.</source>
        <translation>Выберите карточку или задачу.</translation>
    </message>
</context>
<context>
    <name>EntryMessageId</name>
    <message>
        <source>Nothing is running.</source>
        <translation>Сейчас ничего не запущено.</translation>
    </message>
    <message>
        <source>Nothing is running, so there is nothing to cancel.</source>
        <translation>Сейчас ничего не запущено: отменять нечего.</translation>
    </message>
    <message>
        <source>Nothing is running, so there is nothing to comment on.</source>
        <translation>Сейчас ничего не запущено: комментировать нечего.</translation>
    </message>
    <message>
        <source>Nothing is running, so there is no start to correct.</source>
        <translation>Сейчас ничего не запущено: исправлять начало не у чего.</translation>
    </message>
    <message>
        <source>The stop (%1) is before the start (%2) of the running entry.</source>
        <translation>Остановка (%1) раньше начала текущей записи (%2).</translation>
    </message>
    <message>
        <source>There is no last task yet. Choose a card or a task to start.</source>
        <translation>Последней задачи ещё нет: выберите карточку или задачу.</translation>
    </message>
    <message>
        <source>The comment is %1 characters long; at most %2 fit.</source>
        <translation>Символов в комментарии: %1, а помещается не больше %2.</translation>
    </message>
    <message>
        <source>The comment is %1 characters long; at most %2 fit: Kaiten takes %4, of which the name of the time log needs %3.</source>
        <translation>Символов в комментарии: %1, а помещается не больше %2: Kaiten принимает %4, из них %3 занимает имя лога времени.</translation>
    </message>
    <message>
        <source>%1 is not within the entry.</source>
        <translation>%1 не попадает в эту запись.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Отменять нечего.</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>Это нельзя отменить.</translation>
    </message>
    <message>
        <source>Another entry is running. Stop it first, then undo.</source>
        <translation>Сейчас идёт другая запись: сначала остановите её, потом отмените.</translation>
    </message>
    <message>
        <source>Something else was changed since. Undo that first.</source>
        <translation>С тех пор изменено другое: сначала отмените это.</translation>
    </message>
    <message>
        <source>The entry is not deleted, so there is nothing to restore.</source>
        <translation>Запись на месте: возвращать нечего.</translation>
    </message>
    <message>
        <source>There is no such entry.</source>
        <translation>Такой записи нет.</translation>
    </message>
    <message>
        <source>This entry is still running. Stop or cancel it first.</source>
        <translation>Эта запись ещё идёт: сначала остановите или отмените её.</translation>
    </message>
    <message>
        <source>The entry would end (%1) before it starts (%2).</source>
        <translation>Запись закончилась бы (%1) раньше, чем началась (%2).</translation>
    </message>
</context>
<context>
    <name>ExportBar</name>
    <message>
        <source>Exporting</source>
        <translation>Экспорт идёт</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Экспорт</translation>
    </message>
    <message>
        <source>Export cancelled: the file is as it was before.</source>
        <translation>Экспорт отменён: файл остался прежним.</translation>
    </message>
</context>
<context>
    <name>FileMessageId</name>
    <message>
        <source>%1 could not be written. Nothing was changed there. (%2)</source>
        <translation>Не удалось записать %1. Там ничего не изменено. (%2)</translation>
    </message>
    <message>
        <source>%1 already exists and was not changed. Choose another name.</source>
        <translation>%1 уже существует и не изменён. Выберите другое имя.</translation>
    </message>
</context>
<context>
    <name>FileProblemId</name>
    <message>
        <source>the disk is full</source>
        <translation>диск заполнен</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>диск доступен только для чтения</translation>
    </message>
    <message>
        <source>you have no permission for it</source>
        <translation>у вас нет на это прав</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>такого файла или папки нет</translation>
    </message>
    <message>
        <source>a file is where a folder should be</source>
        <translation>на месте папки находится файл</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>это папка</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>это не файл</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>имя слишком длинное</translation>
    </message>
    <message>
        <source>its links lead in a circle</source>
        <translation>ссылки замкнуты в круг</translation>
    </message>
    <message>
        <source>another program is using it</source>
        <translation>он занят другой программой</translation>
    </message>
    <message>
        <source>the disk failed</source>
        <translation>сбой диска</translation>
    </message>
    <message>
        <source>too many files are open</source>
        <translation>открыто слишком много файлов</translation>
    </message>
    <message>
        <source>the disk does not take such a name</source>
        <translation>файловая система не допускает такое имя</translation>
    </message>
    <message>
        <source>the system refuses it: %1</source>
        <translation>система отказывает: %1</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Find in task and comment</source>
        <translation>Задача или комментарий</translation>
    </message>
    <message>
        <source>How far entries have come</source>
        <translation>Состояние отправки</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Даты</translation>
    </message>
    <message>
        <source>From</source>
        <translation>С</translation>
    </message>
    <message>
        <source>To</source>
        <translation>По</translation>
    </message>
    <message>
        <source>Delivered or not</source>
        <translation>Все записи</translation>
    </message>
    <message>
        <source>Week or month above</source>
        <translation>Неделя или месяц выше</translation>
    </message>
    <message>
        <source>Day above</source>
        <translation>День выше</translation>
    </message>
    <message>
        <source>All dates</source>
        <translation>Все даты</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>С … по …</translation>
    </message>
</context>
<context>
    <name>FirstRunWizard</name>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Назад</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Проба</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>Подключение %1</translation>
    </message>
    <message>
        <source>Timer App – First steps (%1 of %2)</source>
        <translation>Timer App – Первые шаги (%1 из %2)</translation>
    </message>
    <message>
        <source>Not no&amp;w</source>
        <translation>Не &amp;сейчас</translation>
    </message>
    <message>
        <source>TimeCrowd gets each entry when it starts and stops. It needs a token and the team. If you do not use TimeCrowd, choose Not now.</source>
        <translation>TimeCrowd получает каждую запись при запуске и остановке. Нужны токен и команда. Если TimeCrowd вам не нужен, нажмите «Не сейчас».</translation>
    </message>
    <message>
        <source>Kaiten gets a time log on the card when an entry stops. It needs your company&apos;s address and a token. If you do not use Kaiten, choose Not now.</source>
        <translation>При остановке записи в карточку Kaiten добавляется лог времени. Нужны адрес компании и токен. Если Kaiten вам не нужен, нажмите «Не сейчас».</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Далее</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Готово</translation>
    </message>
    <message>
        <source>That is all. Everything can be changed later in the settings.</source>
        <translation>Это всё. Изменить можно в любое время в настройках.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>History</source>
        <translation>История</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Раньше</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <source>&amp;Today</source>
        <translation>&amp;Сегодня</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Изменить…</translation>
    </message>
    <message>
        <source>&amp;Other card…</source>
        <translation>Другая &amp;карточка…</translation>
    </message>
    <message>
        <source>&amp;Split…</source>
        <translation>&amp;Разделить…</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>Пр&amp;одолжить</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Удалить</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>О&amp;тменить</translation>
    </message>
    <message>
        <source>Totals &amp;by task…</source>
        <translation>Итоги по &amp;задачам…</translation>
    </message>
    <message>
        <source>Co&amp;mpare with services…</source>
        <translation>Сравнить с с&amp;ервисами…</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>&amp;Экспорт…</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Неделя</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Месяц</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>Столбцы</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>По часам</translation>
    </message>
    <message>
        <source>Week view</source>
        <translation>Вид недели</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Период</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>День</translation>
    </message>
    <message>
        <source>No entries here.</source>
        <translation>Записей нет.</translation>
    </message>
    <message>
        <source>Open in b&amp;rowser</source>
        <translation>Открыть в &amp;браузере</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Записи</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Дата</translation>
    </message>
    <message>
        <source>From – to</source>
        <translation>Начало – конец</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Задача</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Комментарий</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Источник</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Меню</translation>
    </message>
    <message>
        <source>%1 – now</source>
        <translation>%1 – сейчас</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <comment>a date, in Qt&apos;s letters</comment>
        <translation>ddd, d MMM yyyy</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Щелчок</translation>
    </message>
    <message>
        <source>Hot key</source>
        <translation>Горячая клавиша</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Вручную</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>Командная строка</translation>
    </message>
    <message>
        <source>Other device</source>
        <translation>Другое устройство</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Доставлено</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>В очереди</translation>
    </message>
    <message>
        <source>Selected: %1, %2</source>
        <translation>Выбрано: %1, %2</translation>
    </message>
    <message>
        <source>Found %1, still searching…</source>
        <translation>Найдено: %1, поиск идёт…</translation>
    </message>
    <message>
        <source>Entries: %1</source>
        <translation>Записей: %1</translation>
    </message>
    <message>
        <source>Entries: %1, more as you scroll</source>
        <translation>Записей: %1, остальные — при прокрутке</translation>
    </message>
    <message>
        <source>%1  ·  %2 of %3</source>
        <translation>%1  ·  %2 из %3</translation>
    </message>
    <message>
        <source>%1: no entries.</source>
        <translation>%1: записей нет.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>month and year</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1, goal reached</source>
        <translation>%1, цель достигнута</translation>
    </message>
    <message>
        <source>Deleted here and in both services: %1</source>
        <translation>Удаляется здесь и в обоих сервисах: %1</translation>
    </message>
    <message>
        <source>Changed: %1</source>
        <translation>Изменено: %1</translation>
    </message>
    <message>
        <source>Split: %1</source>
        <translation>Разделено: %1</translation>
    </message>
    <message>
        <source>Started: %1</source>
        <translation>Начато: %1</translation>
    </message>
    <message>
        <source>Deleting entries: %1 of %2</source>
        <translation>Удаление записей: %1 из %2</translation>
    </message>
    <message>
        <source>Deleted: %1 of %2 entries.</source>
        <translation>Удалено записей: %1 из %2.</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Не отправляется</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Неизвестно</translation>
    </message>
    <message>
        <source>Needs your attention</source>
        <translation>Требует внимания</translation>
    </message>
    <message>
        <source>%1 at stop</source>
        <translation>%1: после остановки</translation>
    </message>
    <message>
        <source>%1: running</source>
        <translation>%1: идёт</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1: ожидает</translation>
    </message>
    <message>
        <source>%1 needs attention</source>
        <translation>%1: нужно решение</translation>
    </message>
    <message>
        <source>In an earlier log</source>
        <translation>В более раннем логе</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>a date, in Qt&apos;s letters</comment>
        <translation>d MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>a date, in Qt&apos;s letters</comment>
        <translation>d MMMM yyyy</translation>
    </message>
    <message>
        <source>d</source>
        <comment>first date within a month, in Qt&apos;s letters</comment>
        <translation>d</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <comment>last date within a month, in Qt&apos;s letters</comment>
        <translation>d MMMM</translation>
    </message>
    <message>
        <source>of %1</source>
        <comment>a total, of a goal</comment>
        <translation>из %1</translation>
    </message>
    <message>
        <source>Other tasks</source>
        <translation>Другие задачи</translation>
    </message>
    <message>
        <source>Without a card</source>
        <translation>Без карточки</translation>
    </message>
    <message>
        <source>%1 in total, rows: %2</source>
        <translation>Всего %1, строк: %2</translation>
    </message>
    <message>
        <source>Undone.</source>
        <translation>Отменено.</translation>
    </message>
    <message>
        <source>Undoing: %1 of %2</source>
        <translation>Отмена: %1 из %2</translation>
    </message>
    <message>
        <source>Undone: %1 of %2.</source>
        <translation>Отменено: %1 из %2.</translation>
    </message>
    <message>
        <source>This shares time with: %1.</source>
        <translation>Пересекается по времени с: %1.</translation>
    </message>
    <message>
        <source>TimeCrowd: %1, %2</source>
        <translation>TimeCrowd: %1, %2</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 и %2</translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>Электронная таблица (*.csv)</translation>
    </message>
    <message>
        <source>Table for spreadsheets, with semicolons (*.csv)</source>
        <translation>Таблица для Excel и подобных, через точку с запятой (*.csv)</translation>
    </message>
    <message>
        <source>JSON for programs (*.json)</source>
        <translation>JSON для программ (*.json)</translation>
    </message>
    <message>
        <source>Calendar (*.ics)</source>
        <translation>Календарь (*.ics)</translation>
    </message>
    <message>
        <source>Matched</source>
        <translation>Совпадает</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Не хватает</translation>
    </message>
    <message>
        <source>Extra</source>
        <translation>Лишнее</translation>
    </message>
    <message>
        <source>Different</source>
        <translation>Отличается</translation>
    </message>
    <message>
        <source>There is nothing to compare.</source>
        <translation>Сравнивать нечего.</translation>
    </message>
    <message>
        <source>All %1 agree.</source>
        <translation>Все совпадают: %1.</translation>
    </message>
    <message>
        <source>Asking the services… Kaiten: %1 of %2</source>
        <translation>Запрашиваю сервисы… Kaiten: %1 из %2</translation>
    </message>
    <message>
        <source>Repairing: %1 of %2</source>
        <translation>Исправление: %1 из %2</translation>
    </message>
    <message>
        <source>Repaired: %1 of %2.</source>
        <translation>Исправлено: %1 из %2.</translation>
    </message>
    <message>
        <source>Repaired: %1.</source>
        <translation>Исправлено: %1.</translation>
    </message>
    <message>
        <source>Not repaired, since it has changed meanwhile: %1.</source>
        <translation>Не исправлено, так как за это время изменилось: %1.</translation>
    </message>
    <message>
        <source>Corrected automatically</source>
        <translation>Исправится само</translation>
    </message>
    <message>
        <source>See Problems</source>
        <translation>См. «Требуют внимания»</translation>
    </message>
    <message>
        <source>Correct the times in TimeCrowd</source>
        <translation>Исправить время в TimeCrowd</translation>
    </message>
    <message>
        <source>Start it in TimeCrowd</source>
        <translation>Начать в TimeCrowd</translation>
    </message>
    <message>
        <source>Record it in TimeCrowd</source>
        <translation>Записать в TimeCrowd</translation>
    </message>
    <message>
        <source>Take TimeCrowd&apos;s entry for this one</source>
        <translation>Считать этой записью запись TimeCrowd</translation>
    </message>
    <message>
        <source>Take it into the journal</source>
        <translation>Внести в журнал</translation>
    </message>
    <message>
        <source>Delete it in TimeCrowd</source>
        <translation>Удалить в TimeCrowd</translation>
    </message>
    <message>
        <source>Correct the log in Kaiten</source>
        <translation>Исправить лог времени в Kaiten</translation>
    </message>
    <message>
        <source>Log it in Kaiten</source>
        <translation>Записать в Kaiten</translation>
    </message>
    <message>
        <source>Log it again in Kaiten</source>
        <translation>Записать в Kaiten заново</translation>
    </message>
    <message>
        <source>Delete it in Kaiten</source>
        <translation>Удалить в Kaiten</translation>
    </message>
    <message>
        <source>No entries.</source>
        <translation>Записей нет.</translation>
    </message>
</context>
<context>
    <name>HistoryMessageId</name>
    <message>
        <source>TimeCrowd is not set up.</source>
        <translation>TimeCrowd не настроен.</translation>
    </message>
    <message>
        <source>Nothing was taken in. %1</source>
        <translation>Ничего не принято. %1</translation>
    </message>
    <message>
        <source>The date %1 is still to come.</source>
        <translation>Дата %1 ещё не наступила.</translation>
    </message>
</context>
<context>
    <name>HotkeyActionMessageId</name>
    <message>
        <source>Start or stop</source>
        <translation>Начать или остановить</translation>
    </message>
    <message>
        <source>Open Timer App</source>
        <translation>Открыть Timer App</translation>
    </message>
    <message>
        <source>Add time</source>
        <translation>Добавить время</translation>
    </message>
</context>
<context>
    <name>HotkeyBindingMessageId</name>
    <message>
        <source>Bound to %1.</source>
        <translation>Назначено: %1.</translation>
    </message>
    <message>
        <source>Bound to %1: the desktop chose these keys. Change them in its keyboard settings.</source>
        <translation>Назначено: %1. Эти клавиши выбрала рабочая среда; изменить их можно в её настройках клавиатуры.</translation>
    </message>
    <message>
        <source>%1 is taken by another program or by the desktop itself.</source>
        <translation>%1 занято другой программой или самой рабочей средой.</translation>
    </message>
    <message>
        <source>%1 is already the hot key for “%2”.</source>
        <translation>%1 уже используется для «%2».</translation>
    </message>
    <message>
        <source>The desktop has not answered yet. It may ask you in a window of its own.</source>
        <translation>Рабочая среда ещё не ответила. Она может спросить вас в собственном окне.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>HotkeyMessageId</name>
    <message>
        <source>“%1” is not a modifier. Use Ctrl, Alt, Shift or Super.</source>
        <translation>«%1» — не модификатор. Используйте Ctrl, Alt, Shift или Super.</translation>
    </message>
    <message>
        <source>%1 is given twice.</source>
        <translation>%1 указано дважды.</translation>
    </message>
    <message>
        <source>A key is missing after %1.</source>
        <translation>После %1 не хватает клавиши.</translation>
    </message>
    <message>
        <source>A key is missing.</source>
        <translation>Не хватает клавиши.</translation>
    </message>
    <message>
        <source>There is no key “%1”.</source>
        <translation>Клавиши «%1» нет.</translation>
    </message>
    <message>
        <source>%1 alone would stop working everywhere else. Add Ctrl, Alt or Super.</source>
        <translation>Одна клавиша %1 перестала бы работать в других программах: добавьте Ctrl, Alt или Super.</translation>
    </message>
    <message>
        <source>This key cannot be used here. Try a letter, a digit or F1 to F35.</source>
        <translation>Эту клавишу здесь использовать нельзя. Подойдут буква, цифра или F1–F35.</translation>
    </message>
</context>
<context>
    <name>HotkeyProblemMessageId</name>
    <message>
        <source>There is no screen here on which keys could be bound.</source>
        <translation>Здесь нет экрана, поэтому клавиши назначить нельзя.</translation>
    </message>
    <message>
        <source>Programs cannot bind keys on this system.</source>
        <translation>В этой системе программы не могут назначать клавиши.</translation>
    </message>
    <message>
        <source>This desktop has no portal that binds keys for programs.</source>
        <translation>В этой системе нет портала, который назначает клавиши программам.</translation>
    </message>
    <message>
        <source>The portal of this desktop cannot bind keys for programs.</source>
        <translation>Портал этой системы не умеет назначать клавиши программам.</translation>
    </message>
    <message>
        <source>The portal of this desktop refused.</source>
        <translation>Портал этой системы отказал.</translation>
    </message>
    <message>
        <source>The desktop has no keys for it. Choose some in its keyboard settings.</source>
        <translation>В рабочей среде для этого нет клавиш. Выберите их в её настройках клавиатуры.</translation>
    </message>
    <message>
        <source>The connection to the desktop was lost.</source>
        <translation>Связь с системой потеряна.</translation>
    </message>
    <message>
        <source>The keyboard has no such key. Choose another.</source>
        <translation>На клавиатуре нет такой клавиши. Выберите другую.</translation>
    </message>
    <message>
        <source>The system refused.</source>
        <translation>Система отказала.</translation>
    </message>
</context>
<context>
    <name>HotkeysPage</name>
    <message>
        <source>&amp;Press the keys now</source>
        <translation>&amp;Проверить клавиши</translation>
    </message>
    <message>
        <source>Try to &amp;bind again</source>
        <translation>Назначить &amp;снова</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Копировать</translation>
    </message>
    <message>
        <source>Hot keys</source>
        <translation>Горячие клавиши</translation>
    </message>
    <message>
        <source>Keys for: %1</source>
        <translation>Клавиши для действия «%1»</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>No keys for: %1</source>
        <translation>Убрать клавиши действия «%1»</translation>
    </message>
    <message>
        <source>Do they work?</source>
        <translation>Работают ли они?</translation>
    </message>
    <message>
        <source>The command to bind</source>
        <translation>Команда, которую нужно назначить</translation>
    </message>
    <message>
        <source>Choose other keys, or free these there.</source>
        <translation>Выберите другие клавиши или освободите эти там.</translation>
    </message>
    <message>
        <source>Choose other keys.</source>
        <translation>Выберите другие клавиши.</translation>
    </message>
    <message>
        <source>Where no key works, make a shortcut to this command and give it a key of its own (Properties, Shortcut key). It starts and stops like the hot key.</source>
        <translation>Если клавиши не работают, создайте ярлык для этой команды и задайте ему сочетание клавиш (Свойства, «Быстрый вызов»). Она запускает и останавливает так же, как горячая клавиша.</translation>
    </message>
    <message>
        <source>Where no key works, bind this command to a key in the app Shortcuts. It starts and stops like the hot key.</source>
        <translation>Если клавиши не работают, назначьте этой команде клавишу в приложении «Быстрые команды». Она запускает и останавливает так же, как горячая клавиша.</translation>
    </message>
    <message>
        <source>Where no key works, bind this command in your desktop&apos;s keyboard settings. It starts and stops like the hot key.</source>
        <translation>Если клавиши не работают, назначьте эту команду в настройках клавиатуры вашей системы. Она запускает и останавливает так же, как горячая клавиша.</translation>
    </message>
    <message>
        <source>While you test, keys of Timer App start and stop nothing.</source>
        <translation>Во время проверки клавиши Timer App ничего не запускают и не останавливают.</translation>
    </message>
    <message>
        <source>Without a hot key</source>
        <translation>Без горячей клавиши</translation>
    </message>
    <message>
        <source>Waiting for one of the keys above…</source>
        <translation>Жду одну из клавиш, указанных выше…</translation>
    </message>
    <message>
        <source>It works: %1 arrived (%2).</source>
        <translation>Работает: нажато %1 (%2).</translation>
    </message>
    <message>
        <source>Bind the command below instead.</source>
        <translation>Назначьте вместо этого команду ниже.</translation>
    </message>
</context>
<context>
    <name>JournalFileMessageId</name>
    <message>
        <source>The journal %1 cannot be opened. %2</source>
        <translation>Не удаётся открыть журнал %1. %2</translation>
    </message>
    <message>
        <source>The journal %1 cannot be opened: %2.</source>
        <translation>Не удаётся открыть журнал %1: %2.</translation>
    </message>
    <message>
        <source>The journal %1 is damaged.</source>
        <translation>Журнал %1 повреждён.</translation>
    </message>
    <message>
        <source>The journal %1 was written by a newer Timer App (format %2; this one knows %3). It was left as it is: update Timer App.</source>
        <translation>Журнал %1 записан более новой версией Timer App (формат %2; этой известен %3). Он не изменён: обновите Timer App.</translation>
    </message>
    <message>
        <source>The file %1 belongs to another program. It was left as it is.</source>
        <translation>Файл %1 принадлежит другой программе. Он не изменён.</translation>
    </message>
    <message>
        <source>The journal %1 is damaged and was left where it is, since a new one cannot be made. (%2)</source>
        <translation>Журнал %1 повреждён и оставлен на месте: создать новый не удаётся. (%2)</translation>
    </message>
    <message>
        <source>The journal %1 is damaged and cannot be set aside: %2.</source>
        <translation>Журнал %1 повреждён, и убрать его в сторону не удаётся: %2.</translation>
    </message>
</context>
<context>
    <name>JournalMessageId</name>
    <message>
        <source>A part of the journal cannot be read. Nothing was changed. Quit Timer App and start it again: it keeps the damaged file and copies what can be read.</source>
        <translation>Часть журнала не читается, ничего не изменено. Выйдите из Timer App и запустите снова: файл будет отложен, а всё, что читается, перенесено.</translation>
    </message>
    <message>
        <source>The disk is full. Nothing was changed. Free some space and try again.</source>
        <translation>Диск заполнен, ничего не изменено. Освободите место и повторите.</translation>
    </message>
    <message>
        <source>%1 cannot be locked. Nothing was changed. (%2)</source>
        <translation>Не удалось заблокировать %1, ничего не изменено. (%2)</translation>
    </message>
    <message>
        <source>Another program is using the journal. Nothing was changed. Try again.</source>
        <translation>Журнал занят другой программой, ничего не изменено. Повторите.</translation>
    </message>
    <message>
        <source>The journal or its folder is read-only. Nothing was changed. Make both writable for yourself and try again.</source>
        <translation>Журнал или его папка доступны только для чтения, ничего не изменено. Разрешите себе запись в них и повторите.</translation>
    </message>
    <message>
        <source>The journal was moved or removed while Timer App was running. Nothing was changed. Put it back and start Timer App again.</source>
        <translation>Журнал перемещён или удалён во время работы Timer App, ничего не изменено. Верните файл на место и запустите Timer App снова.</translation>
    </message>
    <message>
        <source>The journal was removed while Timer App was running. A copy with everything was put in its place. Nothing was changed. Quit Timer App and start it again.</source>
        <translation>Журнал был удалён, пока работал Timer App. На его место положена полная копия. Ничего не изменено. Закройте Timer App и запустите снова.</translation>
    </message>
    <message>
        <source>Another file was put in the place of the journal while Timer App was running. What the journal held is kept as %1. Nothing was changed. Quit Timer App and start it again.</source>
        <translation>Пока Timer App работал, на место журнала положили другой файл. То, что было в журнале, сохранено в %1. Ничего не изменено. Закройте Timer App и запустите снова.</translation>
    </message>
    <message>
        <source>The latest change cannot be undone: its record in the journal (number %1) is damaged. Nothing was changed.</source>
        <translation>Последнее изменение нельзя отменить: его запись в журнале (номер %1) повреждена. Ничего не изменено.</translation>
    </message>
    <message>
        <source>The disk failed to read or write the journal. Nothing was changed. Check the disk, and that its folder can be opened.</source>
        <translation>Диск не читает или не записывает журнал, ничего не изменено. Проверьте диск и доступ к папке журнала.</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Press the keys</source>
        <translation>Нажмите клавиши</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>Не назначены</translation>
    </message>
</context>
<context>
    <name>KeyringMessageId</name>
    <message>
        <source>There is no token for TimeCrowd yet.</source>
        <translation>Токена TimeCrowd ещё нет.</translation>
    </message>
    <message>
        <source>There is no token for Kaiten yet.</source>
        <translation>Токена Kaiten ещё нет.</translation>
    </message>
    <message>
        <source>The token that is kept is for %1, so it is not sent to %2.</source>
        <translation>Сохранённый токен — для %1, поэтому на %2 он не отправляется.</translation>
    </message>
    <message>
        <source>For which address a token is kept cannot be read, so it is not sent to %1.</source>
        <translation>Для какого адреса хранится токен, прочитать не удалось, поэтому на %1 он не отправлен.</translation>
    </message>
    <message>
        <source>The password that is kept is for the proxy %1, so it is not sent to %2.</source>
        <translation>Сохранённый пароль — для прокси %1, поэтому на %2 он не отправляется.</translation>
    </message>
    <message>
        <source>There is no password for the proxy yet.</source>
        <translation>Пароля для прокси ещё нет.</translation>
    </message>
    <message>
        <source>There is no keyring on this computer. Install and start one that offers the Secret Service (GNOME Keyring, KWallet, KeePassXC): tokens are kept nowhere else.</source>
        <translation>На этом компьютере нет хранилища паролей. Установите и запустите хранилище с Secret Service (GNOME Keyring, KWallet, KeePassXC): больше нигде токены не хранятся.</translation>
    </message>
    <message>
        <source>The keyring of this system (Windows&apos; Credential Manager, macOS&apos; Keychain) cannot be used: tokens are kept nowhere else.</source>
        <translation>Хранилище паролей этой системы (Диспетчер учётных данных Windows, Связка ключей macOS) недоступно, а больше токены нигде не хранятся.</translation>
    </message>
    <message>
        <source>This shell is outside of the desktop&apos;s session, so the keyring cannot be reached. Use a terminal of the desktop, or log in with a session of your own (not with su or sudo).</source>
        <translation>Эта оболочка работает вне сеанса рабочего стола, поэтому хранилище паролей недоступно. Откройте терминал рабочего стола или войдите в собственный сеанс (не через su или sudo).</translation>
    </message>
    <message>
        <source>%1, chosen by %2, cannot be used on this computer. Remove that choice, or start it: tokens are kept in a keyring alone.</source>
        <translation>%1 (выбрано через %2) нельзя использовать на этом компьютере. Уберите этот выбор или запустите хранилище: токены хранятся только в хранилище паролей.</translation>
    </message>
    <message>
        <source>%1, chosen by %2, does not protect secrets or forgets them, so no token is kept there. Remove that choice: Timer App uses the Secret Service, KWallet, or the keyring of macOS or Windows.</source>
        <translation>%1 (выбрано через %2) не защищает секреты или не сохраняет их, поэтому токены там не хранятся. Уберите этот выбор: Timer App использует Secret Service, KWallet либо хранилище macOS или Windows.</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and try again.</source>
        <translation>Хранилище паролей заблокировано. Разблокируйте его и повторите.</translation>
    </message>
    <message>
        <source>The keyring asked for its password, and the prompt was dismissed.</source>
        <translation>Хранилище паролей запросило пароль, но запрос был отклонён.</translation>
    </message>
    <message>
        <source>The keyring is waiting for its password. Look for its window, then try again.</source>
        <translation>Хранилище ждёт пароля. Найдите его окно, затем повторите.</translation>
    </message>
    <message>
        <source>The keyring does not answer. Restart it, or log out of the desktop and in again.</source>
        <translation>Хранилище паролей не отвечает. Перезапустите его или выйдите из сеанса и войдите снова.</translation>
    </message>
    <message>
        <source>Timer App was quit before the keyring answered.</source>
        <translation>Timer App закрыли раньше, чем ответило хранилище паролей.</translation>
    </message>
    <message>
        <source>The keyring failed (%1). Try again.</source>
        <translation>Сбой хранилища паролей (%1). Повторите попытку.</translation>
    </message>
    <message>
        <source>The keyring failed. Try again.</source>
        <translation>Сбой хранилища паролей. Повторите попытку.</translation>
    </message>
</context>
<context>
    <name>LinkConfirmation</name>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Начать</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Остановить</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Закрыть</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>О&amp;тмена</translation>
    </message>
    <message>
        <source>Timer App: a link</source>
        <translation>Timer App: ссылка</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Задача</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Карточка</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Комментарий</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>Остановит</translation>
    </message>
    <message>
        <source>Another link was opened meanwhile and was ignored.</source>
        <translation>Тем временем открыли ещё одну ссылку, она не принята.</translation>
    </message>
    <message>
        <source>Answer this one, then open it again.</source>
        <translation>Ответьте на этот вопрос, затем откройте ту ссылку снова.</translation>
    </message>
    <message>
        <source>A link asks to start an entry.</source>
        <translation>Ссылка предлагает начать запись времени.</translation>
    </message>
    <message>
        <source>A link asks to stop what runs.</source>
        <translation>Ссылка предлагает остановить текущую запись.</translation>
    </message>
    <message>
        <source>A link was opened that cannot be used.</source>
        <translation>Эту ссылку использовать нельзя.</translation>
    </message>
    <message>
        <source>Running since %1</source>
        <translation>Идёт с %1</translation>
    </message>
    <message>
        <source>Asking Kaiten for the card…</source>
        <translation>Запрашиваю карточку в Kaiten…</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>Сейчас ничего не запущено.</translation>
    </message>
</context>
<context>
    <name>LinkMessageId</name>
    <message>
        <source>The link is longer than %1 characters.</source>
        <translation>Ссылка длиннее %1 символов.</translation>
    </message>
    <message>
        <source>A stop link is timer-app://stop and nothing more.</source>
        <translation>Ссылка на остановку — это только timer-app://stop.</translation>
    </message>
    <message>
        <source>“%1” is not a link of Timer App. Links are start and stop.</source>
        <translation>«%1» — не ссылка Timer App. Есть ссылки start и stop.</translation>
    </message>
    <message>
        <source>This is not a link: what follows timer-app:// cannot be read.</source>
        <translation>Это не ссылка: то, что следует за timer-app://, не читается.</translation>
    </message>
    <message>
        <source>This is not a link such as timer-app://start?card=123.</source>
        <translation>Это не ссылка вида timer-app://start?card=123.</translation>
    </message>
    <message>
        <source>The link has an unknown part: “%1”.</source>
        <translation>В ссылке есть неизвестная часть: «%1».</translation>
    </message>
    <message>
        <source>The link has an unknown part: “%1”. Write an &amp; within a value as %26.</source>
        <translation>В ссылке есть неизвестная часть: «%1». Знак &amp; внутри значения пишите как %26.</translation>
    </message>
    <message>
        <source>The link&apos;s values cannot be read. Write them as name=value.</source>
        <translation>Значения в ссылке не читаются: пишите имя=значение.</translation>
    </message>
    <message>
        <source>The link gives “%1” twice.</source>
        <translation>В ссылке «%1» указано дважды.</translation>
    </message>
    <message>
        <source>The link names no card. Write timer-app://start?card=123.</source>
        <translation>В ссылке нет карточки. Напишите timer-app://start?card=123.</translation>
    </message>
    <message>
        <source>The link&apos;s card is longer than %1 characters.</source>
        <translation>Карточка в ссылке длиннее %1 символов.</translation>
    </message>
    <message>
        <source>Kaiten is not set up, so this link&apos;s card cannot be found.</source>
        <translation>Kaiten не настроен, поэтому карточку из ссылки не найти.</translation>
    </message>
    <message>
        <source>The link&apos;s comment is %1 characters long; at most %2 fit.</source>
        <translation>Символов в комментарии ссылки: %1, а помещается не больше %2.</translation>
    </message>
    <message>
        <source>The link contains a character that is not text (%1).</source>
        <translation>В ссылке есть недопустимый символ (%1).</translation>
    </message>
    <message>
        <source>The link&apos;s “%1” contains a character that is not text (%2).</source>
        <translation>В значении «%1» ссылки есть недопустимый символ (%2).</translation>
    </message>
</context>
<context>
    <name>ManualEntry</name>
    <message>
        <source>Choose a card or a task.</source>
        <translation>Выберите карточку или задачу.</translation>
    </message>
    <message>
        <source>Overlaps with: %1.</source>
        <translation>Пересекается с: %1.</translation>
    </message>
    <message>
        <source>TimeCrowd gets</source>
        <translation>TimeCrowd получит</translation>
    </message>
    <message>
        <source>Kaiten gets</source>
        <translation>Kaiten получит</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 мин</translation>
    </message>
    <message>
        <source>No minute yet</source>
        <translation>Пока ни минуты</translation>
    </message>
    <message>
        <source>%1: %2 min</source>
        <translation>%1: %2 мин</translation>
    </message>
    <message>
        <source>%1: %2 s are added to the card&apos;s next entry that day</source>
        <translation>%1: %2 с войдут в следующую запись по карточке за этот день</translation>
    </message>
    <message>
        <source>Saved on this computer; no service is set up for it.</source>
        <translation>Сохранено на этом компьютере: сервисы для него не настроены.</translation>
    </message>
    <message>
        <source>Kaiten: %1, %2 min</source>
        <translation>Kaiten: %1, %2 мин</translation>
    </message>
    <message>
        <source>Kaiten: %1, no minute yet: %2 s are added to the card&apos;s next entry that day</source>
        <translation>Kaiten: %1, пока ни одной минуты: %2 с добавятся к следующей записи этой карточки за тот день</translation>
    </message>
</context>
<context>
    <name>ManualEntryWindow</name>
    <message>
        <source>Add time</source>
        <translation>Добавить время</translation>
    </message>
    <message>
        <source>The day as a strip</source>
        <translation>День в виде полосы</translation>
    </message>
    <message>
        <source>Tas&amp;k</source>
        <translation>&amp;Задача</translation>
    </message>
    <message>
        <source>&amp;Date</source>
        <translation>Д&amp;ата</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Начало</translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation>К&amp;онец</translation>
    </message>
    <message>
        <source>&amp;Length</source>
        <translation>&amp;Длительность</translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation>&amp;Комментарий</translation>
    </message>
    <message>
        <source>9:30, 930, -15m, or a range: 9-10:30</source>
        <translation>9:30, 930, -15м или промежуток: 9-10:30</translation>
    </message>
    <message>
        <source>1h30m, 1:30, 90 or 1.5h</source>
        <translation>1ч30м, 1:30, 90 или 1.5ч</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>До&amp;бавить</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>MenuOffer</name>
    <message>
        <source>Add to the &amp;menu</source>
        <translation>Добавить в &amp;меню</translation>
    </message>
    <message>
        <source>Timer App is in the menu now, and opens timer-app:// links.</source>
        <translation>Теперь Timer App есть в меню и открывает ссылки timer-app://.</translation>
    </message>
    <message>
        <source>Timer App is in no menu yet. Without an entry there your desktop may refuse it hot keys, and timer-app:// links do not open it.</source>
        <translation>Timer App пока нет в меню. Без пункта меню рабочая среда может не назначить ему горячие клавиши, а ссылки timer-app:// его не открывают.</translation>
    </message>
</context>
<context>
    <name>Network</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 accepts the token of %2. The connection goes through the proxy %3.</source>
        <translation>%1 принимает токен (%2). Соединение идёт через прокси %3.</translation>
    </message>
    <message>
        <source>%1 accepts the token of %2.</source>
        <translation>%1 принимает токен (%2).</translation>
    </message>
    <message>
        <source>But this computer&apos;s clock differs from the service&apos;s by %1 min %2 s.</source>
        <translation>Но часы этого компьютера расходятся с часами сервиса на %1 мин %2 с.</translation>
    </message>
    <message>
        <source>Let this computer set its clock by itself.</source>
        <translation>Включите на этом компьютере автоматическую настройку времени.</translation>
    </message>
    <message>
        <source>A password is kept in the keyring.</source>
        <translation>Пароль хранится в хранилище паролей.</translation>
    </message>
    <message>
        <source>No password is kept.</source>
        <translation>Пароль не сохранён.</translation>
    </message>
</context>
<context>
    <name>NetworkPage</name>
    <message>
        <source>Network</source>
        <translation>Сеть</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>Проверяю %1…</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>О&amp;становить</translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation>&amp;Проверить</translation>
    </message>
    <message>
        <source>Extra certificates</source>
        <translation>Дополнительные сертификаты</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Сертификаты (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Прокси</translation>
    </message>
    <message>
        <source>The s&amp;ystem&apos;s</source>
        <translation>&amp;Системный</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>&amp;Без прокси</translation>
    </message>
    <message>
        <source>T&amp;his one:</source>
        <translation>&amp;Этот:</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Адрес</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>&amp;Имя пользователя</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>Паро&amp;ль</translation>
    </message>
    <message>
        <source>only if the proxy requires a login</source>
        <translation>только если прокси требует вход</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>Со&amp;хранить</translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation>&amp;Удалить</translation>
    </message>
    <message>
        <source>A company that inspects connections has a certificate of its own (a PEM file). It is trusted in addition to those of the system.</source>
        <translation>У компании, которая проверяет соединения, есть свой сертификат (файл PEM). Он будет доверенным вдобавок к системным.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Ch&amp;oose…</source>
        <translation>В&amp;ыбрать…</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Сервисы</translation>
    </message>
    <message>
        <source>Kind of proxy</source>
        <translation>Вид прокси</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>Адрес прокси</translation>
    </message>
    <message>
        <source>User name at the proxy</source>
        <translation>Имя пользователя прокси</translation>
    </message>
    <message>
        <source>Password at the proxy</source>
        <translation>Пароль прокси</translation>
    </message>
    <message>
        <source>Keep the proxy&apos;s password in the keyring</source>
        <translation>Сохранить пароль прокси в хранилище паролей</translation>
    </message>
    <message>
        <source>Forget the proxy&apos;s password</source>
        <translation>Удалить пароль прокси</translation>
    </message>
    <message>
        <source>File with extra certificates</source>
        <translation>Файл с дополнительными сертификатами</translation>
    </message>
    <message>
        <source>Choose the file with extra certificates</source>
        <translation>Выбрать файл с дополнительными сертификатами</translation>
    </message>
    <message>
        <source>Check whether the services can be reached</source>
        <translation>Проверить, доступны ли сервисы</translation>
    </message>
</context>
<context>
    <name>NoticeMessageId</name>
    <message>
        <source>Started on another device at %1: %2.</source>
        <translation>Запущено на другом устройстве в %1: %2.</translation>
    </message>
    <message>
        <source>Stopped on another device at %1: %2.</source>
        <translation>Остановлено на другом устройстве в %1: %2.</translation>
    </message>
    <message>
        <source>Switched on another device or by TimeCrowd&apos;s calendar at %1: %2.</source>
        <translation>Переключено на другом устройстве или календарём TimeCrowd в %1: %2.</translation>
    </message>
    <message>
        <source>Another device or TimeCrowd&apos;s calendar stopped this at %1, before it was stopped here at %3: %2. The earlier stop counts.</source>
        <translation>Другое устройство или календарь TimeCrowd остановили это в %1, раньше, чем здесь в %3: %2. Засчитана более ранняя остановка.</translation>
    </message>
    <message>
        <source>Entries taken in from other devices: %1. The latest: %2.</source>
        <translation>Принято записей с других устройств: %1. Последняя: %2.</translation>
    </message>
    <message>
        <source>Deleted on another device: %1.</source>
        <translation>Удалено на другом устройстве: %1.</translation>
    </message>
    <message>
        <source>The computer&apos;s clock was set forward by %1 while this ran. The entry keeps its start and its true length, and ends at %2. Edit it if its start was wrong.</source>
        <translation>Пока шла запись, часы компьютера перевели вперёд на %1. Начало и настоящая длительность записи сохранены, она заканчивается в %2. Если начало было неверным, измените его.</translation>
    </message>
    <message>
        <source>The computer&apos;s clock was set back by %1 while this ran. The entry keeps its start and its true length, and ends at %2. Edit it if its start was wrong.</source>
        <translation>Пока шла запись, часы компьютера перевели назад на %1. Начало и настоящая длительность записи сохранены, она заканчивается в %2. Если начало было неверным, измените его.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 behind the services&apos; clock. Entries get the services&apos; time. Let this computer set its clock by itself.</source>
        <translation>Часы этого компьютера отстают от часов сервисов на %1. Записи получают время сервисов. Пусть компьютер ставит часы сам.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is %1 ahead of the services&apos; clock. Entries get the services&apos; time. Let this computer set its clock by itself.</source>
        <translation>Часы этого компьютера спешат относительно часов сервисов на %1. Записи получают время сервисов. Пусть компьютер ставит часы сам.</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 д</translation>
    </message>
    <message>
        <source>%1 d %2</source>
        <translation>%1 д %2</translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>Use %1 instead</source>
        <translation>Использовать %1</translation>
    </message>
    <message>
        <source>Running for %1</source>
        <translation>Идёт уже %1</translation>
    </message>
    <message>
        <source>Nothing is lost: it is kept until you decide.</source>
        <translation>Ничего не потеряно: запись хранится, пока вы не решите.</translation>
    </message>
    <message>
        <source>%1 deliveries need your attention</source>
        <translation>Требуют внимания: %1</translation>
    </message>
    <message>
        <source>Nothing is lost: they are kept until you decide.</source>
        <translation>Ничего не потеряно: записи хранятся, пока вы не решите.</translation>
    </message>
    <message>
        <source>%1 needs your attention: %2</source>
        <translation>%1 требует внимания: %2</translation>
    </message>
    <message>
        <source>Timer App %1 is available</source>
        <translation>Вышел Timer App %1</translation>
    </message>
    <message>
        <source>This is %1. Get the new one where you got this one.</source>
        <translation>У вас %1. Новую версию возьмите там же, где взяли эту.</translation>
    </message>
    <message>
        <source>It is in no menu yet. Without an entry there your desktop may refuse it hot keys, and timer-app:// links do not open it. Later: Settings…, Start and links.</source>
        <translation>Его пока нет в меню. Без пункта меню рабочая среда может не назначить ему горячие клавиши, а ссылки timer-app:// его не открывают. Позже это можно сделать здесь: «Настройки…», «Запуск и ссылки».</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Запись начата</translation>
    </message>
    <message>
        <source>Stopped after %1</source>
        <translation>Остановлено: %1</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 мин</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 ч %2 мин</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>Ничего не запущено</translation>
    </message>
    <message>
        <source>It is within your working hours.</source>
        <translation>Сейчас ваше рабочее время.</translation>
    </message>
    <message>
        <source>It is within your working hours. Last task: %1</source>
        <translation>Сейчас ваше рабочее время. Последняя задача: %1</translation>
    </message>
    <message>
        <source>The working day is over</source>
        <translation>Рабочий день закончился</translation>
    </message>
    <message>
        <source>Waiting for a service: %1. It is sent by itself.</source>
        <translation>Ждут отправки: %1. Всё уйдёт само.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Начать</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Stop earlier…</source>
        <translation>Остановить раньше…</translation>
    </message>
    <message>
        <source>Keep on</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Add to the menu</source>
        <translation>Добавить в меню</translation>
    </message>
</context>
<context>
    <name>OutcomeMessageId</name>
    <message>
        <source>%1 did not answer within %2 seconds, and whether it did what was asked is not known.</source>
        <translation>%1 не ответил за %2 с; выполнен ли запрос, неизвестно.</translation>
    </message>
    <message>
        <source>The answer of %1 is larger than any it should give, so it was not read, and whether it did what was asked is not known.</source>
        <translation>Ответ %1 больше, чем может быть, и не прочитан; выполнен ли запрос, неизвестно.</translation>
    </message>
    <message>
        <source>The connection to %1 broke before its answer was there, and whether it did what was asked is not known.</source>
        <translation>Соединение с %1 прервалось до ответа; выполнен ли запрос, неизвестно.</translation>
    </message>
    <message>
        <source>%1 failed (HTTP %2), and whether it did what was asked is not known.</source>
        <translation>На стороне %1 произошёл сбой (HTTP %2); выполнен ли запрос, неизвестно.</translation>
    </message>
    <message>
        <source>%1 answered, but its answer cannot be used.</source>
        <translation>%1 ответил, но его ответ непригоден.</translation>
    </message>
    <message>
        <source>%1 does not accept the token.</source>
        <translation>%1 не принимает токен.</translation>
    </message>
    <message>
        <source>The token for %1 has characters that no token has.</source>
        <translation>В токене для %1 есть символы, которых в токенах не бывает.</translation>
    </message>
    <message>
        <source>%1 asks for fewer requests.</source>
        <translation>%1 просит обращаться реже.</translation>
    </message>
    <message>
        <source>%1 asks for the request again, later.</source>
        <translation>%1 просит повторить запрос позже.</translation>
    </message>
    <message>
        <source>Too many requests for %1 are queued here.</source>
        <translation>Здесь в очереди слишком много запросов к %1.</translation>
    </message>
    <message>
        <source>%1 sends requests on to %2. Timer App does not follow, so the token has not travelled there. Check the address in the settings.</source>
        <translation>%1 перенаправляет запросы на %2. Timer App не следует перенаправлению, поэтому токен туда не попал. Проверьте адрес в настройках.</translation>
    </message>
    <message>
        <source>TimeCrowd shows no entry %1 among yours on this task: it was deleted there, moved to another task, or lies further back than %2 pages.</source>
        <translation>TimeCrowd не показывает запись %1 среди ваших по этой задаче: она удалена там, перенесена в другую задачу или лежит дальше %2 страниц.</translation>
    </message>
    <message>
        <source>TimeCrowd shows no task %1 in your teams.</source>
        <translation>TimeCrowd не показывает задачу %1 в ваших командах.</translation>
    </message>
    <message>
        <source>Task %1 is not there any more, or its team is none of yours.</source>
        <translation>Задачи %1 больше нет, или её команда вам недоступна.</translation>
    </message>
    <message>
        <source>TimeCrowd was asked for %1 and holds %2.</source>
        <translation>В TimeCrowd отправлено: %1, а сохранено: %2.</translation>
    </message>
    <message>
        <source>Remove entry %1 in TimeCrowd, then try again.</source>
        <translation>Удалите запись %1 в TimeCrowd и повторите.</translation>
    </message>
    <message>
        <source>Remove log %1 in Kaiten, then try again.</source>
        <translation>Удалите лог времени %1 в Kaiten и повторите.</translation>
    </message>
    <message>
        <source>This cannot be done in TimeCrowd: the number of the entry there is not known.</source>
        <translation>В TimeCrowd это сделать нельзя: номер записи там неизвестен.</translation>
    </message>
    <message>
        <source>The log&apos;s number in Kaiten is not known.</source>
        <translation>Номер лога времени в Kaiten неизвестен.</translation>
    </message>
    <message>
        <source>TimeCrowd holds more tasks than can be read.</source>
        <translation>В TimeCrowd больше задач, чем можно прочитать.</translation>
    </message>
    <message>
        <source>TimeCrowd holds more entries than can be read.</source>
        <translation>В TimeCrowd больше записей, чем можно прочитать.</translation>
    </message>
    <message>
        <source>Kaiten answered with another card (%1).</source>
        <translation>Kaiten ответил другой карточкой (%1).</translation>
    </message>
    <message>
        <source>The card belongs to %1, but Timer App is set up for %2: nothing was sent.</source>
        <translation>Карточка относится к %1, а Timer App настроен на %2: ничего не отправлено.</translation>
    </message>
    <message>
        <source>TimeCrowd names the card %1, and Kaiten does not show it to you. The entry and its time are safe, and nothing is logged on any other card. Choose its card, or try again once Kaiten shows it.</source>
        <translation>В TimeCrowd указана карточка %1, но Kaiten её вам не показывает. Запись и её время сохранены, и на другую карточку ничего не списано. Выберите карточку или попробуйте ещё раз, когда Kaiten её покажет.</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>What was this time?</source>
        <translation>Что это было за время?</translation>
    </message>
    <message>
        <source>%1 needs a new token.</source>
        <translation>%1: нужен новый токен.</translation>
    </message>
    <message>
        <source>%1 waiting. Everything is saved on this computer.</source>
        <translation>Ждут отправки: %1. Всё сохранено на этом компьютере.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>&amp;Answer…</source>
        <translation>О&amp;тветить…</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>New token…</source>
        <translation>Новый токен…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>Разблокировать…</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>Настроить…</translation>
    </message>
    <message>
        <source>“%1” runs.</source>
        <translation>Идёт «%1».</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Остановлено.</translation>
    </message>
</context>
<context>
    <name>PanelFoot</name>
    <message>
        <source>&amp;Resume</source>
        <translation>Продо&amp;лжить</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>Приостано&amp;вить</translation>
    </message>
    <message>
        <source>Resume delivery</source>
        <translation>Продолжить отправку</translation>
    </message>
    <message>
        <source>Pause delivery</source>
        <translation>Приостановить отправку</translation>
    </message>
    <message>
        <source>%1 of %2 today</source>
        <translation>%1 из %2 сегодня</translation>
    </message>
    <message>
        <source>%1 today</source>
        <translation>%1 сегодня</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Отправка</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>A&amp;dd time</source>
        <translation>&amp;Добавить время</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>&amp;История</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
</context>
<context>
    <name>PathMessageId</name>
    <message>
        <source>TIMER_APP_HOME=%1 starts at the folder that you are in, and that is gone. Write the whole path.</source>
        <translation>TIMER_APP_HOME=%1 отсчитывается от текущей папки, а её больше нет. Напишите полный путь.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be used: %2.</source>
        <translation>Папку %1 использовать нельзя: %2.</translation>
    </message>
    <message>
        <source>The folder %1 belongs to another user.</source>
        <translation>Папка %1 принадлежит другому пользователю.</translation>
    </message>
    <message>
        <source>Everybody can write to the folder %1 (mode %2), so nothing is kept there. Choose a folder of your own, such as TIMER_APP_HOME=%3.</source>
        <translation>В папку %1 могут писать все (права %2), поэтому там ничего не хранится. Выберите свою папку, например TIMER_APP_HOME=%3.</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>%1: it cannot be read here</source>
        <translation>%1: здесь не читается</translation>
    </message>
    <message>
        <source>TimeCrowd: the start</source>
        <translation>TimeCrowd: начало записи</translation>
    </message>
    <message>
        <source>TimeCrowd: the stop</source>
        <translation>TimeCrowd: остановка записи</translation>
    </message>
    <message>
        <source>TimeCrowd: the entry</source>
        <translation>TimeCrowd: запись времени</translation>
    </message>
    <message>
        <source>TimeCrowd: the true times</source>
        <translation>TimeCrowd: точное время записи</translation>
    </message>
    <message>
        <source>TimeCrowd: the comment</source>
        <translation>TimeCrowd: комментарий</translation>
    </message>
    <message>
        <source>TimeCrowd: the removal of the entry</source>
        <translation>TimeCrowd: удаление записи</translation>
    </message>
    <message>
        <source>TimeCrowd: the entry is there twice</source>
        <translation>TimeCrowd: запись там дважды</translation>
    </message>
    <message>
        <source>Kaiten: the card %1, which TimeCrowd names</source>
        <translation>Kaiten: карточка %1, названная в TimeCrowd</translation>
    </message>
    <message>
        <source>Kaiten: %1 min on %2</source>
        <translation>Kaiten: %1 мин, %2</translation>
    </message>
    <message>
        <source>Kaiten: the log of %2 changed to %1 min</source>
        <translation>Kaiten: исправление лога времени за %2, новое значение %1 мин</translation>
    </message>
    <message>
        <source>Kaiten: the removal of the log of %1</source>
        <translation>Kaiten: удаление лога времени за %1</translation>
    </message>
    <message>
        <source>Kaiten: the log of %1 is there twice</source>
        <translation>Kaiten: лог времени за %1 там дважды</translation>
    </message>
    <message>
        <source>What was to be sent cannot be read: a part of the journal is damaged. Nothing else is affected. Look into %1 before you decide.</source>
        <translation>Не удаётся прочитать, что нужно было отправить: часть журнала повреждена. Остальное не затронуто. Прежде чем решать, проверьте в %1.</translation>
    </message>
    <message>
        <source>A request that was held up arrived after it had been sent again.</source>
        <translation>Задержавшийся запрос дошёл уже после повторной отправки.</translation>
    </message>
    <message>
        <source>The comment was sent and no answer came. It is not sent again, since it might be there twice. The entry and its time are safe: look into TimeCrowd, and type the comment there if it is missing.</source>
        <translation>Комментарий отправлен, но ответа не было. Повторно он не отправляется: иначе он мог бы появиться дважды. Запись и её время сохранены: посмотрите в TimeCrowd и впишите комментарий там, если его нет.</translation>
    </message>
    <message>
        <source>TimeCrowd names the card %1, and Kaiten does not show it to you. The entry and its time are safe, and nothing is logged on any other card. Choose its card, or try again once Kaiten shows it.</source>
        <translation>В TimeCrowd указана карточка %1, но Kaiten её вам не показывает. Запись и её время сохранены, и на другую карточку ничего не списано. Выберите карточку или попробуйте ещё раз, когда Kaiten её покажет.</translation>
    </message>
    <message>
        <source>It was sent, no answer came, and whether it arrived could not be found out. Look into %1 first: sent again it might be there twice.</source>
        <translation>Запрос отправлен, ответа не было, и проверка не показала, дошёл ли он. Сначала посмотрите в %1: при повторе запись может удвоиться.</translation>
    </message>
    <message>
        <source>%1 refused. The time is kept here until you decide.</source>
        <translation>%1 отказал. Время хранится здесь, пока вы не решите.</translation>
    </message>
    <message>
        <source>%1 does not allow this with your company&apos;s plan. The time is kept here; try again when that has changed.</source>
        <translation>%1 не позволяет этого на тарифе вашей компании. Время хранится здесь; повторите, когда это изменится.</translation>
    </message>
    <message>
        <source>%1 does not show this to you: it may have been removed, or you have no access. The time is kept here until you decide.</source>
        <translation>%1 вам этого не показывает: возможно, это удалено или у вас нет доступа. Время хранится здесь, пока вы не решите.</translation>
    </message>
    <message>
        <source>%1 does not take it like this. The time is kept here until you decide.</source>
        <translation>%1 не принимает это в таком виде. Время хранится здесь, пока вы не решите.</translation>
    </message>
    <message>
        <source>Nothing is sent: the log in Kaiten is this entry&apos;s.</source>
        <translation>Ничего не отправляется: лог в Kaiten относится к этой записи.</translation>
    </message>
    <message>
        <source>The log stays in Kaiten.</source>
        <translation>Лог остаётся в Kaiten.</translation>
    </message>
    <message>
        <source>Will not be sent: %1</source>
        <translation>Не будет отправлено: %1</translation>
    </message>
    <message>
        <source>Another device stopped this entry at %1; here it was stopped at %2. TimeCrowd&apos;s stop is left as it is until you decide.</source>
        <translation>Другое устройство остановило эту запись в %1, а здесь её остановили в %2. Пока вы не решите, в TimeCrowd всё останется как есть.</translation>
    </message>
</context>
<context>
    <name>ProblemsWindow</name>
    <message>
        <source>Problems</source>
        <translation>Требуют внимания</translation>
    </message>
    <message>
        <source>Nothing needs your attention.</source>
        <translation>Ничего не требует внимания.</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Отменить</translation>
    </message>
    <message>
        <source>Try &amp;all again</source>
        <translation>Повторить &amp;все</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>«%1»</translation>
    </message>
</context>
<context>
    <name>RefusalMessageId</name>
    <message>
        <source>Kaiten&apos;s tariff does not include time logs; the company has to change it.</source>
        <translation>Тариф Kaiten не включает учёт времени; изменить его может компания.</translation>
    </message>
    <message>
        <source>Kaiten gives no access: the card is locked, may not exist, or is not shared with you.</source>
        <translation>Kaiten не даёт доступа: карточка заблокирована, не существует или вам не открыта.</translation>
    </message>
    <message>
        <source>Kaiten has no such card or time log.</source>
        <translation>В Kaiten нет такой карточки или лога времени.</translation>
    </message>
</context>
<context>
    <name>RemedyMessageId</name>
    <message>
        <source>Choose another file with PEM certificates, or none.</source>
        <translation>Выберите другой файл с сертификатами PEM или никакой.</translation>
    </message>
    <message>
        <source>Write the address of the proxy as proxy.example:3128.</source>
        <translation>Напишите адрес прокси так: proxy.example:3128.</translation>
    </message>
    <message>
        <source>Check the address of the proxy, its kind (http, https, socks5) and its port.</source>
        <translation>Проверьте адрес прокси, его вид (http, https, socks5) и порт.</translation>
    </message>
    <message>
        <source>Check the network. If only a proxy leads outside, set its address.</source>
        <translation>Проверьте сеть. Если наружу ведёт только прокси, укажите его адрес.</translation>
    </message>
    <message>
        <source>Enter the user name and the password of the proxy.</source>
        <translation>Введите имя пользователя и пароль прокси.</translation>
    </message>
    <message>
        <source>Check the user name of the proxy and enter its password again.</source>
        <translation>Проверьте имя пользователя прокси и введите пароль ещё раз.</translation>
    </message>
    <message>
        <source>Ask whoever runs the proxy whether it allows this connection.</source>
        <translation>Спросите администратора прокси, разрешено ли это соединение.</translation>
    </message>
    <message>
        <source>Check the address, and that this computer is connected to the network.</source>
        <translation>Проверьте адрес и подключение компьютера к сети.</translation>
    </message>
    <message>
        <source>Check the cable, the Wi-Fi or the VPN.</source>
        <translation>Проверьте кабель, Wi-Fi или VPN.</translation>
    </message>
    <message>
        <source>Check the address and its port. Ask whoever runs the network whether it filters connections.</source>
        <translation>Проверьте адрес и порт. Спросите администратора сети, не фильтруются ли соединения.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock, and let it set its time automatically.</source>
        <translation>Проверьте часы компьютера и включите их автоматическую настройку.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock. If it is right, whoever runs %1 must renew the certificate.</source>
        <translation>Проверьте часы компьютера. Если они верны, сертификат должен обновить администратор %1.</translation>
    </message>
    <message>
        <source>Check the address. On a network with a login page (a hotel, a train), open any web page in a browser and log in there first.</source>
        <translation>Проверьте адрес. В сети со страницей входа (гостиница, поезд) сначала откройте любую веб-страницу в браузере и войдите.</translation>
    </message>
    <message>
        <source>If your company inspects connections, ask it for its CA certificate as a PEM file.</source>
        <translation>Если ваша компания проверяет соединения, запросите её сертификат ЦС в виде файла PEM и выберите его.</translation>
    </message>
    <message>
        <source>Do not continue. Whoever runs %1 must get a new certificate.</source>
        <translation>Не продолжайте. Администратор %1 должен получить новый сертификат.</translation>
    </message>
    <message>
        <source>Whoever runs %1 must repair its certificate.</source>
        <translation>Администратор %1 должен исправить сертификат.</translation>
    </message>
    <message>
        <source>Nothing to do: Timer App will try again.</source>
        <translation>Делать ничего не нужно: Timer App попробует ещё раз.</translation>
    </message>
    <message>
        <source>Enter a new token.</source>
        <translation>Введите новый токен.</translation>
    </message>
    <message>
        <source>Check the address and what the token may do.</source>
        <translation>Проверьте адрес и права токена.</translation>
    </message>
</context>
<context>
    <name>ResolutionMessageId</name>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Send again if it is not there</source>
        <translation>Отправить снова, если её там нет</translation>
    </message>
    <message>
        <source>Log it on another card…</source>
        <translation>Записать на другую карточку…</translation>
    </message>
    <message>
        <source>Change the entry…</source>
        <translation>Изменить запись…</translation>
    </message>
    <message>
        <source>Choose another category…</source>
        <translation>Выбрать другую категорию…</translation>
    </message>
    <message>
        <source>Never send it</source>
        <translation>Никогда не отправлять</translation>
    </message>
    <message>
        <source>I looked in TimeCrowd</source>
        <translation>Проверено в TimeCrowd</translation>
    </message>
    <message>
        <source>Take the other device&apos;s stop</source>
        <translation>Принять остановку с другого устройства</translation>
    </message>
    <message>
        <source>Keep the stop made here</source>
        <translation>Оставить остановку, сделанную здесь</translation>
    </message>
    <message>
        <source>Leave both stops</source>
        <translation>Оставить обе остановки</translation>
    </message>
    <message>
        <source>Remove one</source>
        <translation>Удалить одну</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Оставить обе</translation>
    </message>
    <message>
        <source>I removed it: check again</source>
        <translation>Я удалил её: проверить снова</translation>
    </message>
    <message>
        <source>Leave it there</source>
        <translation>Оставить там</translation>
    </message>
    <message>
        <source>It is this entry&apos;s</source>
        <translation>Это лог этой записи</translation>
    </message>
    <message>
        <source>Log this one too</source>
        <translation>Добавить лог и для этой</translation>
    </message>
    <message>
        <source>Remove the log too</source>
        <translation>Удалить и лог</translation>
    </message>
    <message>
        <source>Keep the log</source>
        <translation>Оставить лог</translation>
    </message>
</context>
<context>
    <name>RouteChip</name>
    <message>
        <source>Category: %1</source>
        <translation>Категория: %1</translation>
    </message>
    <message>
        <source>By its board</source>
        <translation>По доске</translation>
    </message>
    <message>
        <source>Category %1</source>
        <translation>Категория %1</translation>
    </message>
    <message>
        <source>No category</source>
        <translation>Без категории</translation>
    </message>
    <message>
        <source>A rule decides as soon as Kaiten shows the card.</source>
        <translation>Решит правило, как только Kaiten покажет карточку.</translation>
    </message>
    <message>
        <source>Team %1</source>
        <translation>Команда %1</translation>
    </message>
    <message>
        <source>%1, team %2</source>
        <translation>%1, команда «%2»</translation>
    </message>
    <message>
        <source>A task that TimeCrowd already has stays in its category.</source>
        <translation>Задача, которая уже есть в TimeCrowd, остаётся в своей категории.</translation>
    </message>
</context>
<context>
    <name>RouteMenu</name>
    <message>
        <source>As rules and settings say</source>
        <translation>По правилам и настройкам</translation>
    </message>
    <message>
        <source>Asking TimeCrowd…</source>
        <translation>Запрос к TimeCrowd…</translation>
    </message>
    <message>
        <source>No category of its own</source>
        <translation>Без своей категории</translation>
    </message>
</context>
<context>
    <name>RouteMessageId</name>
    <message>
        <source>“%1” is not the number of a team. Write a whole number, such as 11609.</source>
        <translation>«%1» — не номер команды. Напишите целое число, например 11609.</translation>
    </message>
    <message>
        <source>You are not a member of team %1. Your teams: %2.</source>
        <translation>Вы не состоите в команде %1. Ваши команды: %2.</translation>
    </message>
    <message>
        <source>Team %1 has no category “%2”. It has: %3.</source>
        <translation>В команде %1 нет категории «%2». Есть: %3.</translation>
    </message>
    <message>
        <source>“%1” may be any of these categories: %2. Write the number of one.</source>
        <translation>«%1» может быть любой из этих категорий: %2. Напишите номер одной из них.</translation>
    </message>
    <message>
        <source>TimeCrowd was not reached, and its categories were never seen here: %1</source>
        <translation>TimeCrowd недоступен, а его категории здесь ещё не загружались: %1</translation>
    </message>
    <message>
        <source>TimeCrowd is not set up, so there is no team and no category.</source>
        <translation>TimeCrowd не настроен, поэтому нет ни команды, ни категории.</translation>
    </message>
    <message>
        <source>What runs stays where it is. The choice counts from the next start on.</source>
        <translation>Текущая запись остаётся на месте. Выбор подействует со следующего запуска.</translation>
    </message>
    <message>
        <source>A task of TimeCrowd&apos;s own stays in its team and its category.</source>
        <translation>Задача из самого TimeCrowd остаётся в своей команде и категории.</translation>
    </message>
    <message>
        <source>Delivery %1 makes no task in TimeCrowd, so it has no category to change.</source>
        <translation>Отправка %1 не создаёт задачу в TimeCrowd, поэтому категорию менять не у чего.</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>Rules</source>
        <translation>Правила</translation>
    </message>
    <message>
        <source>Where the time of cards goes. The first rule that fits a card counts; what no rule says, the page Services says.</source>
        <translation>Куда записывается время по карточкам. Действует первое подходящее правило; чего в нём нет, берётся со страницы «Сервисы».</translation>
    </message>
    <message>
        <source>Rules, the first that fits counts</source>
        <translation>Правила: действует первое подходящее</translation>
    </message>
    <message>
        <source>&amp;Add a rule</source>
        <translation>Доб&amp;авить правило</translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation>&amp;Удалить</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Выш&amp;е</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>&amp;Ниже</translation>
    </message>
    <message>
        <source>Choose from the list, or type its number.</source>
        <translation>Выберите из списка или введите номер.</translation>
    </message>
    <message>
        <source>As the page Services says</source>
        <translation>Как на странице «Сервисы»</translation>
    </message>
    <message>
        <source>Any space</source>
        <translation>Любое пространство</translation>
    </message>
    <message>
        <source>Any board</source>
        <translation>Любая доска</translation>
    </message>
    <message>
        <source>A rule needs a space or a board.</source>
        <translation>Правилу нужно пространство или доска.</translation>
    </message>
    <message>
        <source>New rule: choose a space or a board</source>
        <translation>Новое правило: выберите пространство или доску</translation>
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
        <translation>Комментарий</translation>
    </message>
    <message>
        <source>Comment of the running entry</source>
        <translation>Комментарий к текущей записи</translation>
    </message>
    <message>
        <source>Elapsed time</source>
        <translation>Прошло времени</translation>
    </message>
    <message>
        <source>When it began</source>
        <translation>Время начала</translation>
    </message>
    <message>
        <source>10:30 or -25m</source>
        <translation>10:30 или -25м</translation>
    </message>
    <message>
        <source>Correct the start</source>
        <translation>Исправить начало</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Отменить</translation>
    </message>
    <message>
        <source>%1 is still to come.</source>
        <translation>%1 ещё не наступило.</translation>
    </message>
    <message>
        <source>Since %1: %2. TimeCrowd and Kaiten follow.</source>
        <translation>С %1: %2. Время в TimeCrowd и Kaiten тоже изменится.</translation>
    </message>
    <message>
        <source>Start changed to %1.</source>
        <translation>Начало изменено на %1.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>с %1</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>О&amp;становить</translation>
    </message>
    <message>
        <source>Open %1 in the browser</source>
        <translation>Открыть «%1» в браузере</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готово к работе</translation>
    </message>
    <message>
        <source>Continue: %1</source>
        <translation>Продолжить: %1</translation>
    </message>
    <message>
        <source>Find a task below to start it.</source>
        <translation>Найдите задачу ниже, чтобы начать.</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Начать</translation>
    </message>
</context>
<context>
    <name>ServicesPage</name>
    <message>
        <source>Services</source>
        <translation>Сервисы</translation>
    </message>
    <message>
        <source>Go through the &amp;first steps again…</source>
        <translation>Пройти &amp;первые шаги снова…</translation>
    </message>
</context>
<context>
    <name>SettingMessageId</name>
    <message>
        <source>Write text in quotes.</source>
        <translation>Напишите текст в кавычках.</translation>
    </message>
    <message>
        <source>Write true or false.</source>
        <translation>Напишите true или false.</translation>
    </message>
    <message>
        <source>“%1” is not a goal of weekdays. Write Mon-Thu 8h, Fri 6h, Sat-Sun off.</source>
        <translation>«%1» — не цель по дням недели. Напишите, например: Пн-Чт 8ч, Пт 6ч, Сб-Вс off.</translation>
    </message>
    <message>
        <source>“%1” names no weekdays. Write Mon-Thu 8h, Fri 6h, Sat-Sun off.</source>
        <translation>В «%1» не указаны дни недели. Напишите, например: Пн-Чт 8ч, Пт 6ч, Сб-Вс off.</translation>
    </message>
    <message>
        <source>“%1” names a weekday that has another goal already.</source>
        <translation>В «%1» указан день недели, у которого уже есть другая цель.</translation>
    </message>
    <message>
        <source>Write a whole number from 1 to %1.</source>
        <translation>Напишите целое число от 1 до %1.</translation>
    </message>
    <message>
        <source>Write -1 (Employee) or the number of a role, a whole number from 1 to %1.</source>
        <translation>Напишите -1 (сотрудник) или номер роли — целое число от 1 до %1.</translation>
    </message>
    <message>
        <source>Write one of %1.</source>
        <translation>Напишите одно из значений: %1.</translation>
    </message>
    <message>
        <source>Write a length such as 10m or 1h30m, or off.</source>
        <translation>Напишите длительность, например 10m или 1h30m, либо off.</translation>
    </message>
    <message>
        <source>Write a length from %1 to %2, or off.</source>
        <translation>Напишите длительность от %1 до %2 либо off.</translation>
    </message>
    <message>
        <source>Write a time of day such as 00:00 or 04:30.</source>
        <translation>Напишите время суток, например 00:00 или 04:30.</translation>
    </message>
    <message>
        <source>Write an address such as http://proxy.example:3128, without a password.</source>
        <translation>Напишите адрес, например http://proxy.example:3128, без пароля.</translation>
    </message>
    <message>
        <source>Write an address that begins with https://, or leave it empty.</source>
        <translation>Укажите адрес, который начинается с https://, или оставьте поле пустым.</translation>
    </message>
    <message>
        <source>The certificates in %1 cannot be used: %2.</source>
        <translation>Сертификаты из %1 использовать нельзя: %2.</translation>
    </message>
    <message>
        <source>Write at most %1 characters.</source>
        <translation>Слишком длинно: символов может быть не больше %1.</translation>
    </message>
    <message>
        <source>It contains a character that is not text (%1).</source>
        <translation>Здесь есть недопустимый символ (%1).</translation>
    </message>
    <message>
        <source>%1: line %2: %3: %4</source>
        <translation>%1: строка %2: %3: %4</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: line %2: unknown key &apos;%3&apos;. Known here: %4.</source>
        <translation>%1: строка %2: неизвестный ключ «%3». Здесь есть: %4.</translation>
    </message>
    <message>
        <source>%1: line %2: %3 is there twice: it is in line %4 already.</source>
        <translation>%1: строка %2: %3 встречается дважды — уже есть в строке %4.</translation>
    </message>
    <message>
        <source>%1: line %2: this is not valid TOML. Write key = value, with text in quotes.</source>
        <translation>%1: строка %2: это не TOML. Пишите ключ = значение, текст — в кавычках.</translation>
    </message>
    <message>
        <source>%1: it cannot be read: a value is nested too deep or too long.</source>
        <translation>%1: не удаётся прочитать: значение вложено слишком глубоко или слишком длинное.</translation>
    </message>
    <message>
        <source>%1: this is too large to be a settings file.</source>
        <translation>%1: файл слишком велик для файла настроек.</translation>
    </message>
    <message>
        <source>%1: this file is saved as %2. Save it as UTF-8 in your editor.</source>
        <translation>%1: файл сохранён в %2. Сохраните его в редакторе как UTF-8.</translation>
    </message>
    <message>
        <source>%1: line %2: this file is not saved as UTF-8. Save it as UTF-8 in your editor.</source>
        <translation>%1: строка %2: файл сохранён не в UTF-8. Сохраните его в редакторе как UTF-8.</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2.</source>
        <translation>%1: не удаётся прочитать: %2.</translation>
    </message>
    <message>
        <source>%1: cannot be written: %2. The settings are as they were.</source>
        <translation>%1: не удаётся записать: %2. Настройки остались прежними.</translation>
    </message>
    <message>
        <source>There is no setting &apos;%1&apos;. Known: %2.</source>
        <translation>Настройки «%1» нет. Есть: %2.</translation>
    </message>
    <message>
        <source>%1: line %2: %3 is a section. Begin it with a line [%3], in single brackets.</source>
        <translation>%1: строка %2: %3 — это раздел. Начните его строкой [%3] в одинарных скобках.</translation>
    </message>
    <message>
        <source>%1: line %2: %3 is a list. Begin each rule with a line [[rules]], in double brackets.</source>
        <translation>%1: строка %2: %3 — это список. Начинайте каждое правило со строки [[rules]] в двойных скобках.</translation>
    </message>
    <message>
        <source>%1: line %2: this rule needs a space or a board, or both.</source>
        <translation>%1: строка %2: в правиле нужно указать пространство или доску либо и то и другое.</translation>
    </message>
    <message>
        <source>%1: line %2: a rule for this space and board is in line %3 already.</source>
        <translation>%1: строка %2: правило для этого пространства и доски уже есть в строке %3.</translation>
    </message>
    <message>
        <source>Rules are not set one by one. Change them on the settings page “Rules”, or write them as [[rules]] in %1.</source>
        <translation>Правила не задаются по одному. Измените их на странице настроек «Правила» или запишите как [[rules]] в %1.</translation>
    </message>
    <message>
        <source>%1: line %2: write each rule under a line [[rules]] to change them here.</source>
        <translation>%1: строка %2: чтобы менять правила здесь, запишите каждое под строкой [[rules]].</translation>
    </message>
    <message>
        <source>%1: the rules were changed meanwhile. Look at them, then try again.</source>
        <translation>%1: правила тем временем изменились. Посмотрите на них и повторите.</translation>
    </message>
    <message>
        <source>%1: %2 cannot be changed without changing another key. Edit the file.</source>
        <translation>%1: %2 нельзя изменить, не затронув другой ключ. Измените файл сами.</translation>
    </message>
    <message>
        <source>The settings file cannot be used, and the settings are as before: %1</source>
        <translation>Файл настроек использовать нельзя, действуют прежние настройки: %1</translation>
    </message>
    <message>
        <source>%1 This was done with what can be read of the file, and defaults for the rest. Nothing is sent until the file is corrected.</source>
        <translation>%1 Использовано то, что удалось прочитать в файле, остальное — по умолчанию. Пока файл не исправлен, ничего не отправляется.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Reminders</source>
        <translation>Напоминания</translation>
    </message>
    <message>
        <source>Language and tray</source>
        <translation>Язык и трей</translation>
    </message>
    <message>
        <source>When nothing has run for ten minutes in working hours, once; and when the day is over while something still waits for a service or for you.</source>
        <translation>Один раз — если десять минут рабочего времени ничего не идёт, и в конце дня — если что-то ещё ждёт сервиса или вас.</translation>
    </message>
    <message>
        <source>When the desktop may disturb you is set in the desktop&apos;s own settings.</source>
        <translation>Когда показывать уведомления, задаётся в настройках системы.</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Адрес</translation>
    </message>
    <message>
        <source>Tea&amp;m</source>
        <translation>Ко&amp;манда</translation>
    </message>
    <message>
        <source>The team that gets your entries.</source>
        <translation>В эту команду пойдут ваши записи.</translation>
    </message>
    <message>
        <source>Cate&amp;gory</source>
        <translation>Ка&amp;тегория</translation>
    </message>
    <message>
        <source>New tasks are made in it.</source>
        <translation>Здесь создаются задачи, которых в TimeCrowd ещё нет.</translation>
    </message>
    <message>
        <source>Follow what other devices start and stop</source>
        <translation>Следить за тем, что начинают и останавливают другие устройства</translation>
    </message>
    <message>
        <source>TimeCrowd is asked now and then what runs.</source>
        <translation>Timer App время от времени спрашивает TimeCrowd, что запущено.</translation>
    </message>
    <message>
        <source>Once an entry is over and has one.</source>
        <translation>Когда запись закончена и комментарий есть.</translation>
    </message>
    <message>
        <source>Your company&apos;s, as the browser shows it. Empty: nothing goes to Kaiten.</source>
        <translation>Адрес вашей компании, как в браузере. Пусто — в Kaiten ничего не уходит.</translation>
    </message>
    <message>
        <source>&amp;Role</source>
        <translation>&amp;Роль</translation>
    </message>
    <message>
        <source>The role that time is logged under.</source>
        <translation>С этой ролью учитывается время.</translation>
    </message>
    <message>
        <source>Send comments of entries to TimeCrowd</source>
        <translation>Передавать комментарии записей в TimeCrowd</translation>
    </message>
    <message>
        <source>Name each log after its entry</source>
        <translation>Добавлять в каждый лог номер записи</translation>
    </message>
    <message>
        <source>Its comment ends with the entry&apos;s number in TimeCrowd, so that several computers log each entry once.</source>
        <translation>Комментарий в Kaiten заканчивается номером записи в TimeCrowd: так с нескольких компьютеров каждая запись попадёт в лог один раз.</translation>
    </message>
    <message>
        <source>Carry seconds over</source>
        <translation>С переносом секунд</translation>
    </message>
    <message>
        <source>A card&apos;s minutes of a day add up to its true time: seconds that are left over go into its next log.</source>
        <translation>Минуты карточки за день в сумме дают точное время: оставшиеся секунды переходят в следующий лог.</translation>
    </message>
    <message>
        <source>To the nearest minute</source>
        <translation>До ближайшей минуты</translation>
    </message>
    <message>
        <source>Each entry by itself, from 30 seconds up; never below 1 minute.</source>
        <translation>Каждая запись отдельно, от 30 секунд — вверх; не меньше 1 минуты.</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Вверх</translation>
    </message>
    <message>
        <source>Each entry by itself: a minute that began counts.</source>
        <translation>Каждая запись отдельно: начатая минута считается целой.</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Вниз</translation>
    </message>
    <message>
        <source>Each entry by itself: whole minutes only; never below 1 minute.</source>
        <translation>Каждая запись отдельно: только целые минуты; не меньше 1 минуты.</translation>
    </message>
    <message>
        <source>How Kaiten&apos;s minutes are &amp;rounded</source>
        <translation>&amp;Округление минут в Kaiten</translation>
    </message>
    <message>
        <source>A new day &amp;begins at</source>
        <translation>Новый &amp;день начинается в</translation>
    </message>
    <message>
        <source>Work past midnight counts for the day before until then. For example 04:30</source>
        <translation>До этого часа работа после полуночи относится к предыдущему дню. Например: 04:30</translation>
    </message>
    <message>
        <source>Ask what to do with time &amp;away</source>
        <translation>Спрашивать о време&amp;ни отсутствия</translation>
    </message>
    <message>
        <source>Asked when you come back after so long, for example 10m</source>
        <translation>Вопрос после возвращения, если вас не было так долго. Например: 10m</translation>
    </message>
    <message>
        <source>How long you are away before you are asked</source>
        <translation>Сколько отсутствовать до вопроса</translation>
    </message>
    <message>
        <source>Remind me when one entry &amp;runs for</source>
        <translation>Напоминать, если запись &amp;идёт дольше</translation>
    </message>
    <message>
        <source>For example 4h, or 1h30m</source>
        <translation>Например: 4h или 1h30m</translation>
    </message>
    <message>
        <source>How long an entry runs before a reminder</source>
        <translation>Через сколько напоминать об идущей записи</translation>
    </message>
    <message>
        <source>Remind me within my &amp;working hours</source>
        <translation>Напоминать в рабо&amp;чее время</translation>
    </message>
    <message>
        <source>For example Mon-Fri 09:00-18:00, or Mon-Thu 09:00-13:00, 14:00-18:00, Fri 09:00-14:00</source>
        <translation>Например, Mon-Fri 09:00-18:00 или Mon-Thu 09:00-13:00, 14:00-18:00, Fri 09:00-14:00</translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation>Рабочее время</translation>
    </message>
    <message>
        <source>Have a &amp;goal for each day</source>
        <translation>&amp;Цель на каждый день</translation>
    </message>
    <message>
        <source>For example 8h, or 7h30m</source>
        <translation>Например: 8h или 7h30m</translation>
    </message>
    <message>
        <source>Goal of a day</source>
        <translation>Цель на день</translation>
    </message>
    <message>
        <source>&amp;Other goals on some weekdays</source>
        <translation>Дру&amp;гая цель в некоторые дни недели</translation>
    </message>
    <message>
        <source>For example Fri 6h, Sat-Sun off. The other days keep the goal above.</source>
        <translation>Например: Пт 6ч, Сб-Вс off. В остальные дни действует цель выше.</translation>
    </message>
    <message>
        <source>Goals by weekday</source>
        <translation>Цели по дням недели</translation>
    </message>
    <message>
        <source>As usual in your region</source>
        <translation>Как принято в вашем регионе</translation>
    </message>
    <message>
        <source>Monday</source>
        <translation>Понедельник</translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation>Суббота</translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation>Воскресенье</translation>
    </message>
    <message>
        <source>The &amp;week starts on</source>
        <translation>Неделя на&amp;чинается с дня</translation>
    </message>
    <message>
        <source>Address that tells the newest &amp;version</source>
        <translation>Адрес для проверки новых &amp;версий</translation>
    </message>
    <message>
        <source>Checked once a day. Empty: never. Nothing is downloaded.</source>
        <translation>Проверка раз в день. Пусто — без проверки. Timer App ничего не скачивает.</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Язык</translation>
    </message>
    <message>
        <source>Starts or stops</source>
        <translation>Начинает или останавливает</translation>
    </message>
    <message>
        <source>Middle click opens the panel.</source>
        <translation>Щелчок средней кнопкой открывает панель.</translation>
    </message>
    <message>
        <source>Opens the panel</source>
        <translation>Открывает панель</translation>
    </message>
    <message>
        <source>A &amp;click on the tray icon</source>
        <translation>&amp;Щелчок по значку в трее</translation>
    </message>
    <message>
        <source>Show elapsed time in the tray icon</source>
        <translation>Показывать прошедшее время на значке в трее</translation>
    </message>
    <message>
        <source>Minutes, and from an hour on hours above minutes. Updated once a minute.</source>
        <translation>Минуты, а после часа — часы над минутами. Обновляется раз в минуту.</translation>
    </message>
    <message>
        <source>&amp;Space</source>
        <translation>&amp;Пространство</translation>
    </message>
    <message>
        <source>&amp;Board</source>
        <translation>&amp;Доска</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Timer App – Settings</source>
        <translation>Timer App – Настройки</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Страницы настроек</translation>
    </message>
</context>
<context>
    <name>SplitEntryWindow</name>
    <message>
        <source>Split entry</source>
        <translation>Разделить запись</translation>
    </message>
    <message>
        <source>Split &amp;at</source>
        <translation>Разделить &amp;в</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>&amp;Разделить</translation>
    </message>
</context>
<context>
    <name>StartupPage</name>
    <message>
        <source>Start and links</source>
        <translation>Запуск и ссылки</translation>
    </message>
    <message>
        <source>Start when I &amp;log in</source>
        <translation>Запускать при &amp;входе в систему</translation>
    </message>
    <message>
        <source>&amp;Open timer-app:// links with this app</source>
        <translation>&amp;Открывать ссылки timer-app:// в этой программе</translation>
    </message>
    <message>
        <source>A page can then ask to start an entry. You are asked first.</source>
        <translation>Тогда веб-страница сможет предложить начать запись. Сначала вас спросят.</translation>
    </message>
    <message>
        <source>It is switched off in %1.</source>
        <translation>Отключено в %1.</translation>
    </message>
    <message>
        <source>Something else opens them: %1</source>
        <translation>Их открывает другая программа: %1</translation>
    </message>
    <message>
        <source>%1 was edited. It starts: %2</source>
        <translation>Файл %1 изменён. Он запускает: %2</translation>
    </message>
    <message>
        <source>%1 starts a program that is not there: %2</source>
        <translation>%1 запускает программу, которой нет: %2</translation>
    </message>
    <message>
        <source>Here it is left to the installer of Timer App.</source>
        <translation>Здесь этим занимается установщик Timer App.</translation>
    </message>
</context>
<context>
    <name>StopEarlierDialog</name>
    <message>
        <source>&amp;Stop then</source>
        <translation>&amp;Остановить</translation>
    </message>
    <message>
        <source>Stop earlier</source>
        <translation>Остановить раньше</translation>
    </message>
    <message>
        <source>17:30 or -25m</source>
        <translation>17:30 или -25м</translation>
    </message>
    <message>
        <source>When it ended</source>
        <translation>Когда закончилось</translation>
    </message>
    <message>
        <source>&amp;Ended at</source>
        <translation>&amp;Закончилось в</translation>
    </message>
    <message>
        <source>What is counted</source>
        <translation>Что учитывается</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>не учитывается</translation>
    </message>
    <message>
        <source>Runs since %1.</source>
        <translation>Идёт с %1.</translation>
    </message>
    <message>
        <source>%1 is still to come.</source>
        <translation>%1 ещё не наступило.</translation>
    </message>
    <message>
        <source>%1 lies before its start, %2.</source>
        <translation>%1 раньше начала записи (%2).</translation>
    </message>
    <message>
        <source>%1 – %2: %3</source>
        <translation>%1 – %2: %3</translation>
    </message>
</context>
<context>
    <name>TaskMessageId</name>
    <message>
        <source>The task needs a title.</source>
        <translation>У задачи должно быть название.</translation>
    </message>
    <message>
        <source>The title is %1 characters long; at most %2 fit.</source>
        <translation>Символов в названии: %1, а помещается не больше %2.</translation>
    </message>
    <message>
        <source>The room&apos;s name is %1 characters long; at most %2 fit.</source>
        <translation>Символов в названии чата: %1, а помещается не больше %2.</translation>
    </message>
    <message>
        <source>“%1” is not a card: paste its address, its number or its key.</source>
        <translation>«%1» — не карточка: вставьте её адрес, номер или ключ.</translation>
    </message>
    <message>
        <source>“%1” is not a web address.</source>
        <translation>«%1» — не веб-адрес.</translation>
    </message>
    <message>
        <source>This address belongs to %1, but Timer App is set up for %2. Paste a card of that Kaiten.</source>
        <translation>Это адрес %1, а Timer App настроен на %2. Вставьте карточку оттуда.</translation>
    </message>
    <message>
        <source>“%1” is a document, not a card: time is logged on cards only.</source>
        <translation>«%1» — документ, а не карточка: время учитывается только на карточках.</translation>
    </message>
    <message>
        <source>“%1” is a space, not a card: open a card and copy its address.</source>
        <translation>«%1» — пространство, а не карточка: откройте карточку и скопируйте её адрес.</translation>
    </message>
    <message>
        <source>“%1” is a board, not a card: open a card and copy its address.</source>
        <translation>«%1» — доска, а не карточка: откройте карточку и скопируйте её адрес.</translation>
    </message>
    <message>
        <source>Kaiten did not say which card “%1” is. %2</source>
        <translation>Kaiten не сообщил, какая карточка «%1». %2</translation>
    </message>
    <message>
        <source>Kaiten does not show the card %1. %2</source>
        <translation>Kaiten не показывает карточку %1. %2</translation>
    </message>
    <message>
        <source>The address is %1 characters long; at most %2 fit.</source>
        <translation>Символов в адресе: %1, а помещается не больше %2.</translation>
    </message>
    <message>
        <source>“%1” holds a character that cannot be seen: copy the address again.</source>
        <translation>В «%1» есть невидимый символ: скопируйте адрес ещё раз.</translation>
    </message>
    <message>
        <source>“%1” holds “%2”, a digit of another script: write 0 to 9.</source>
        <translation>В «%1» есть «%2» — цифра другой письменности: пишите цифры от 0 до 9.</translation>
    </message>
    <message>
        <source>“%1” is not an address of your Kaiten: a task there needs a title.</source>
        <translation>«%1» — адрес не из вашего Kaiten: такой задаче нужно название.</translation>
    </message>
    <message>
        <source>The room needs a name.</source>
        <translation>Чату нужно название.</translation>
    </message>
    <message>
        <source>“%1” does not name a chat room: open the message and copy its address.</source>
        <translation>«%1» не указывает на чат: откройте сообщение и скопируйте его адрес.</translation>
    </message>
    <message>
        <source>“%1” does not name a card: open the card in Kaiten and copy its address.</source>
        <translation>«%1» не указывает на карточку: откройте её в Kaiten и скопируйте адрес.</translation>
    </message>
    <message>
        <source>TimeCrowd shows no task %1 in your teams.</source>
        <translation>TimeCrowd не показывает задачу %1 в ваших командах.</translation>
    </message>
    <message>
        <source>TimeCrowd shows no task %1 in the team %2.</source>
        <translation>TimeCrowd не показывает задачу %1 в команде %2.</translation>
    </message>
    <message>
        <source>TimeCrowd does not show the task %1. %2</source>
        <translation>TimeCrowd не показывает задачу %1. %2</translation>
    </message>
    <message>
        <source>TimeCrowd is not set up.</source>
        <translation>TimeCrowd не настроен.</translation>
    </message>
    <message>
        <source>Kaiten is not set up.</source>
        <translation>Kaiten не настроен.</translation>
    </message>
</context>
<context>
    <name>TaskSearch</name>
    <message>
        <source>Find a card, paste its address, or type a task</source>
        <translation>Карточка, её адрес или название задачи</translation>
    </message>
    <message>
        <source>What to work on</source>
        <translation>Над чем работать</translation>
    </message>
    <message>
        <source>Tasks to choose from</source>
        <translation>Задачи на выбор</translation>
    </message>
    <message>
        <source>Asking Kaiten…</source>
        <translation>Запрос к Kaiten…</translation>
    </message>
    <message>
        <source>Asking TimeCrowd…</source>
        <translation>Запрос к TimeCrowd…</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Открепить</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Закрепить</translation>
    </message>
    <message>
        <source>seen earlier</source>
        <translation>показано ранее</translation>
    </message>
    <message>
        <source>TimeCrowd only</source>
        <translation>Только TimeCrowd</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Закреплённые</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Недавние</translation>
    </message>
    <message>
        <source>My cards</source>
        <translation>Мои карточки</translation>
    </message>
    <message>
        <source>New task at %1</source>
        <translation>Новая задача по адресу %1</translation>
    </message>
    <message>
        <source>“%1” without a card</source>
        <translation>«%1» без карточки</translation>
    </message>
    <message>
        <source>%1 (seen earlier)</source>
        <translation>%1 (показано ранее)</translation>
    </message>
    <message>
        <source>%1 — %2, logged %3</source>
        <translation>%1 — %2, учтено %3</translation>
    </message>
    <message>
        <source>(archived)</source>
        <translation>(в архиве)</translation>
    </message>
</context>
<context>
    <name>TimeMessageId</name>
    <message>
        <source>“%1” is not a length. Write 1h30m, 1:30, 90m, 90 or 1.5h.</source>
        <translation>«%1» — не длительность. Напишите 1ч30м, 1:30, 90м, 90 или 1.5ч.</translation>
    </message>
    <message>
        <source>“%1” may be minutes or hours. Write %2m or %3h.</source>
        <translation>«%1» — это могут быть и минуты, и часы. Напишите %2м или %3ч.</translation>
    </message>
    <message>
        <source>“%1” may be %2 (hours and minutes) or %3 (hours). Write one of these.</source>
        <translation>«%1» может значить %2 (часы и минуты) или %3 (часы). Напишите одно из этого.</translation>
    </message>
    <message>
        <source>“%1” is not between 1 second and 1 year.</source>
        <translation>«%1»: длительность должна быть от 1 секунды до 1 года.</translation>
    </message>
    <message>
        <source>“%1” is not a date. Write 2026-11-22, today or yesterday.</source>
        <translation>«%1» — не дата. Напишите 2026-11-22, сегодня или вчера.</translation>
    </message>
    <message>
        <source>“%1” may be %2 or %3. Write one of these.</source>
        <translation>«%1» — это может быть %2 или %3. Напишите одно из них.</translation>
    </message>
    <message>
        <source>“%1” names a weekday that %2 is not. Correct one of them.</source>
        <translation>В «%1» день недели не тот, что у %2. Исправьте одно из двух.</translation>
    </message>
    <message>
        <source>“%1” is not a time of day. Write 04:30.</source>
        <translation>«%1» — не время суток. Напишите 04:30.</translation>
    </message>
    <message>
        <source>“%1” is not a time. Write 09:30, yesterday 17:00, 2026-11-22 09:30 or -15m.</source>
        <translation>«%1» — не время. Напишите 09:30, вчера 17:00, 2026-11-22 09:30 или -15м.</translation>
    </message>
    <message>
        <source>“%1” is a date without a time of day. Write %1 09:30.</source>
        <translation>«%1» — дата без времени. Напишите %1 09:30.</translation>
    </message>
    <message>
        <source>“%1” does not exist: the clocks were set forward over it that day.</source>
        <translation>«%1» — такого времени не было: в тот день часы перевели вперёд.</translation>
    </message>
    <message>
        <source>“%1” is outside the calendar. Write a year such as 2026.</source>
        <translation>«%1» — за пределами календаря: укажите год, например 2026.</translation>
    </message>
    <message>
        <source>%1 is in the future.</source>
        <translation>%1 — это в будущем.</translation>
    </message>
    <message>
        <source>%1 is more than a year ago. Did you mean %2?</source>
        <translation>%1 — это больше года назад. Вы имели в виду %2?</translation>
    </message>
    <message>
        <source>%1 is more than 10 years ago. Did you mean %2?</source>
        <translation>%1 — это больше 10 лет назад. Вы имели в виду %2?</translation>
    </message>
    <message>
        <source>The end is outside the calendar.</source>
        <translation>Конец за пределами календаря.</translation>
    </message>
    <message>
        <source>The end must be later than the start.</source>
        <translation>Конец должен быть позже начала.</translation>
    </message>
    <message>
        <source>Enter two of start, end and length.</source>
        <translation>Укажите начало, конец или длительность: достаточно двух.</translation>
    </message>
    <message>
        <source>Start, end and length do not agree. Clear one of them.</source>
        <translation>Три значения не сходятся: очистите одно из них.</translation>
    </message>
    <message>
        <source>That is longer than a month.</source>
        <translation>Это больше месяца.</translation>
    </message>
    <message>
        <source>“%1” is outside the entry.</source>
        <translation>«%1» не попадает в эту запись.</translation>
    </message>
    <message>
        <source>“%1” on %2 is before the start (%3), and on %4 it would make %5 h. If that is what you mean, write it with its date: %6.</source>
        <translation>«%1» %2 — раньше начала (%3), а %4 вышло бы %5 ч. Если так и нужно, напишите время с датой: %6.</translation>
    </message>
</context>
<context>
    <name>TotalsWindow</name>
    <message>
        <source>Copied.</source>
        <translation>Скопировано.</translation>
    </message>
    <message>
        <source>Totals</source>
        <translation>Итоги</translation>
    </message>
    <message>
        <source>By task</source>
        <translation>По задачам</translation>
    </message>
    <message>
        <source>By card</source>
        <translation>По карточкам</translation>
    </message>
    <message>
        <source>&amp;Copy list</source>
        <translation>&amp;Скопировать список</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>&amp;Закрыть</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Resume delivery</source>
        <translation>Продолжить отправку</translation>
    </message>
    <message>
        <source>Pause delivery</source>
        <translation>Приостановить отправку</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Открыть…</translation>
    </message>
    <message>
        <source>Add time…</source>
        <translation>Добавить время…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Настройки…</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Открыть в браузере</translation>
    </message>
    <message>
        <source>History…</source>
        <translation>История…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Start “%1”</source>
        <translation>Начать «%1»</translation>
    </message>
    <message>
        <source>Switch to</source>
        <comment>opens a list of tasks</comment>
        <translation>Переключиться на</translation>
    </message>
    <message>
        <source>Start</source>
        <comment>opens a list of tasks</comment>
        <translation>Начать</translation>
    </message>
    <message>
        <source>Problems (%1)…</source>
        <translation>Требуют внимания (%1)…</translation>
    </message>
</context>
<context>
    <name>TrialStep</name>
    <message>
        <source>Left click starts or stops. Middle click opens the panel. Right click opens the menu.</source>
        <translation>Левый щелчок запускает или останавливает. Средний открывает панель. Правый открывает меню.</translation>
    </message>
    <message>
        <source>This starts a real entry. You can delete it in History.</source>
        <translation>Начнётся настоящая запись. Её можно удалить в истории.</translation>
    </message>
    <message>
        <source>&amp;Task</source>
        <translation>&amp;Задача</translation>
    </message>
    <message>
        <source>Title of the first task</source>
        <translation>Название первой задачи</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>&amp;Остановить</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Начать</translation>
    </message>
    <message>
        <source>No service is set up: entries are kept here until one is.</source>
        <translation>Ни один сервис не настроен: пока записи хранятся здесь.</translation>
    </message>
    <message>
        <source>%1 is not set up: nothing goes there.</source>
        <translation>%1 не настроен: туда ничего не уходит.</translation>
    </message>
    <message>
        <source>There is no token for %1: what goes there waits.</source>
        <translation>Токена %1 ещё нет: всё, что туда идёт, ждёт.</translation>
    </message>
    <message>
        <source>“%1” runs.</source>
        <translation>Идёт «%1».</translation>
    </message>
    <message>
        <source>It is recorded, and is delivered by itself.</source>
        <translation>Записано и будет отправлено само.</translation>
    </message>
    <message>
        <source>It is recorded, and on its way.</source>
        <translation>Записано и отправляется.</translation>
    </message>
    <message>
        <source>It is recorded and delivered.</source>
        <translation>Записано и доставлено.</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>ddd d MMM</source>
        <comment>a date, in Qt&apos;s letters</comment>
        <translation>ddd, d MMM</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>one sentence after another</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>Ничего не запущено</translation>
    </message>
    <message>
        <source>Today %1</source>
        <translation>Сегодня %1</translation>
    </message>
    <message>
        <source>Delivering: %1 of %2</source>
        <translation>Отправка: %1 из %2</translation>
    </message>
    <message>
        <source>Delivery is paused: nothing waits</source>
        <translation>Отправка приостановлена: очередь пуста</translation>
    </message>
    <message>
        <source>Delivery is paused: %1 waiting</source>
        <translation>Отправка приостановлена, в очереди: %1</translation>
    </message>
    <message>
        <source>%1 of %2 delivered</source>
        <translation>Отправлено %1 из %2</translation>
    </message>
    <message>
        <source>Less than a minute left</source>
        <translation>Осталось меньше минуты</translation>
    </message>
    <message>
        <source>About %1 min left</source>
        <translation>Осталось около %1 мин</translation>
    </message>
    <message>
        <source>About %1 h %2 min left</source>
        <translation>Осталось около %1 ч %2 мин</translation>
    </message>
    <message>
        <source>Something went wrong inside Timer App. What was recorded is safe; restart it.</source>
        <translation>В Timer App произошла ошибка. Записанное в сохранности; перезапустите программу.</translation>
    </message>
    <message>
        <source>What you did last was not kept: another program was using the journal until Timer App quit. Start Timer App again and repeat it.</source>
        <translation>Последнее действие не сохранено: до выхода из Timer App журнал был занят другой программой. Запустите Timer App снова и повторите его.</translation>
    </message>
    <message>
        <source>You were away %1–%2</source>
        <translation>Вас не было %1–%2</translation>
    </message>
    <message>
        <source>the computer slept</source>
        <translation>компьютер спал</translation>
    </message>
    <message>
        <source>the screen was locked</source>
        <translation>экран был заблокирован</translation>
    </message>
    <message>
        <source>you were logged out</source>
        <translation>вы выходили из системы</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2, %3 waiting</source>
        <translation>%1: %2, в очереди: %3</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>there is no keyring</source>
        <translation>нет хранилища паролей</translation>
    </message>
    <message>
        <source>the keyring cannot be reached</source>
        <translation>хранилище паролей недоступно</translation>
    </message>
    <message>
        <source>the keyring does not protect secrets</source>
        <translation>хранилище паролей не защищает секреты</translation>
    </message>
    <message>
        <source>the keyring is locked</source>
        <translation>хранилище паролей заблокировано</translation>
    </message>
    <message>
        <source>the prompt for the keyring&apos;s password was dismissed</source>
        <translation>запрос пароля хранилища отклонён</translation>
    </message>
    <message>
        <source>the keyring waits for its password</source>
        <translation>хранилище паролей ждёт пароля</translation>
    </message>
    <message>
        <source>the keyring does not answer</source>
        <translation>хранилище паролей не отвечает</translation>
    </message>
    <message>
        <source>the keyring failed</source>
        <translation>сбой хранилища паролей</translation>
    </message>
    <message>
        <source>the keyring works</source>
        <translation>хранилище паролей работает</translation>
    </message>
    <message>
        <source>There is no keyring for the tokens. Install and start one that offers the Secret Service: GNOME Keyring, KWallet or KeePassXC. It is noticed by itself.</source>
        <translation>Нет хранилища паролей для токенов. Установите и запустите хранилище с Secret Service: GNOME Keyring, KWallet или KeePassXC. Оно обнаружится само.</translation>
    </message>
    <message>
        <source>This program runs outside of the desktop&apos;s session, so the keyring cannot be reached. Start it from the desktop.</source>
        <translation>Программа запущена вне сеанса рабочего стола, поэтому хранилище паролей недоступно. Запустите её из рабочего стола.</translation>
    </message>
    <message>
        <source>The keyring that is chosen here does not protect secrets, so nothing is kept in it. timer-app doctor names what chose it.</source>
        <translation>Выбранное здесь хранилище не защищает секреты, поэтому в нём ничего не хранится. Кто его выбрал, покажет timer-app doctor.</translation>
    </message>
    <message>
        <source>The keyring asked for its password, and the prompt was dismissed. Unlock the keyring: delivery then goes on by itself.</source>
        <translation>Хранилище паролей запросило пароль, но запрос был отклонён. Разблокируйте хранилище — отправка продолжится сама.</translation>
    </message>
    <message>
        <source>Unlock the keyring: delivery then goes on by itself.</source>
        <translation>Разблокируйте хранилище паролей: отправка продолжится сама.</translation>
    </message>
    <message>
        <source>%1 is not set up.</source>
        <translation>%1 не настроен.</translation>
    </message>
    <message>
        <source>Set it up</source>
        <translation>Настроить</translation>
    </message>
    <message>
        <source>Enter a token</source>
        <translation>Ввести токен</translation>
    </message>
    <message>
        <source>Ask for its password</source>
        <translation>Запросить пароль</translation>
    </message>
    <message>
        <source>Look for the window that asks for the keyring&apos;s password. What you record meanwhile is safe.</source>
        <translation>Найдите окно с запросом пароля хранилища. Всё, что вы тем временем записываете, в сохранности.</translation>
    </message>
    <message>
        <source>no keyboard or mouse activity</source>
        <translation>не было активности клавиатуры и мыши</translation>
    </message>
    <message>
        <source>Needs your attention: %1</source>
        <translation>Требуют внимания: %1</translation>
    </message>
    <message>
        <source>To see what helps: Settings…, Network, Check now.</source>
        <translation>Что делать, подскажет: «Настройки…», «Сеть», «Проверить».</translation>
    </message>
    <message>
        <source>Timer App will try again.</source>
        <translation>Timer App попробует снова.</translation>
    </message>
    <message>
        <source>What you record is safe, and is delivered when the keyring answers. If it stays so, log out of the desktop and in again.</source>
        <translation>Записанное в сохранности и уйдёт, когда хранилище паролей ответит. Если не проходит, выйдите из системы и войдите снова.</translation>
    </message>
    <message>
        <source>What you record is safe. To find out what is wrong: timer-app doctor</source>
        <translation>Записанное в сохранности. Чтобы узнать, что не так: timer-app doctor</translation>
    </message>
    <message>
        <source>The desktop&apos;s message bus does not answer: tray and keyring may be missing until it does.</source>
        <translation>Шина сообщений системы не отвечает: пока это так, трей и хранилище паролей могут быть недоступны.</translation>
    </message>
    <message>
        <source>The tray has gone; the icon comes back with it. Until then starting Timer App once more opens this window.</source>
        <translation>Трей пропал; значок вернётся вместе с ним. А пока это окно открывается повторным запуском Timer App.</translation>
    </message>
    <message>
        <source>GNOME shows no tray icons by itself: its extension “AppIndicator” does. Starting Timer App once more opens this window.</source>
        <translation>GNOME сам не показывает значки в трее: для этого есть расширение «AppIndicator». Это окно открывается и повторным запуском Timer App.</translation>
    </message>
    <message>
        <source>This desktop shows no tray icons. Starting Timer App once more opens this window; the command line does the rest.</source>
        <translation>Эта система не показывает значки в трее. Это окно открывается повторным запуском Timer App; остальное доступно из командной строки.</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>Закрыть уведомление</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>нет соединения</translation>
    </message>
    <message>
        <source>the token is missing or not accepted</source>
        <translation>токена нет или он не принят</translation>
    </message>
    <message>
        <source>asked us to slow down</source>
        <translation>просит обращаться реже</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>подключён</translation>
    </message>
    <message>
        <source>not set up</source>
        <translation>не настроен</translation>
    </message>
</context>
<context>
    <name>WorkBar</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>WorkingHoursMessageId</name>
    <message>
        <source>Working hours are too long: at most %1 characters.</source>
        <translation>Рабочее время записано слишком длинно: символов может быть не больше %1.</translation>
    </message>
    <message>
        <source>Working hours overlap: %1 and %2.</source>
        <translation>Рабочее время пересекается: %1 и %2.</translation>
    </message>
    <message>
        <source>“%1” is not a range of working hours. Write %2.</source>
        <translation>«%1» — не промежуток рабочего времени. Напишите, например: %2.</translation>
    </message>
    <message>
        <source>“%1” names no days. Write %2.</source>
        <translation>«%1»: не указано, в какие дни. Напишите, например: %2.</translation>
    </message>
    <message>
        <source>“%1” ends before it starts. Write a night as two ranges: Mon-Thu 22:00-24:00, Tue-Fri 00:00-06:00.</source>
        <translation>«%1» заканчивается раньше, чем начинается. Ночь запишите двумя промежутками: Пн-Чт 22:00-24:00, Вт-Пт 00:00-06:00.</translation>
    </message>
    <message>
        <source>“%1” is not a range of weekdays. Write Mon-Fri.</source>
        <translation>«%1» — не дни недели. Напишите Пн-Пт.</translation>
    </message>
    <message>
        <source>“%1” is not a weekday. Write %2.</source>
        <translation>«%1» — не день недели. Напишите: %2.</translation>
    </message>
    <message>
        <source>“%1” is not a time of day such as 09:00, at most 24:00.</source>
        <translation>«%1» — не время суток. Напишите, например, 09:00; не позже 24:00.</translation>
    </message>
    <message>
        <source>“%1” has seconds. Working hours are whole minutes: write %2.</source>
        <translation>В «%1» есть секунды. Рабочее время задаётся целыми минутами, например %2.</translation>
    </message>
</context>
<context>
    <name>_EntryWindow</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>Что произойдёт</translation>
    </message>
</context>
</TS>
