<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>The comment is %Ln character(s) too long for Kaiten.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Room for %Ln character(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <comment>problems</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ManualEntry</name>
    <message>
        <source>Choose a card or a task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept here; no service is set up for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This shares time with: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TimeCrowd: %1, %2 – %3 (%4)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kaiten: %1, %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kaiten: %1, no minute yet: %2 s come with the card&apos;s next entry of that day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“From” is not a time. Write 9:30, 930 or -15m.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“Until” is not a time. Write 10:30 or 1030.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say from when to when, or how long: two are enough.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is no length. Write 1h30m, 1:30, 90 or 1.5h.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That time does not exist: the clocks were set forward over it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The three do not agree: empty one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The end must come after the beginning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is longer than a month.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is still to come.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ManualEntryWindow</name>
    <message>
        <source>Add time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tas&amp;k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Comment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>9:30, 930, -15m, or a range: 9-10:30</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1h30m, 1:30, 90 or 1.5h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the services will receive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>&amp;Switch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment of the running entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elapsed time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume delivery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause delivery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>TimeCrowd: the start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TimeCrowd: the stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TimeCrowd: the entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TimeCrowd: the true times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TimeCrowd: the removal of the entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TimeCrowd: the entry is there twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kaiten: %1 min on %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kaiten: the log of %2 changed to %1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kaiten: the removal of the log of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kaiten: the log of %1 is there twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A request that was held up arrived after it had been sent again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was sent, no answer came, and looking could not tell whether it arrived. Look into %1 first: sent again it might be there twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 said no. The time is kept here until you decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not there: send again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other card…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the other stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the stop made here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I removed it: look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Will not be sent: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another device stopped this entry at %1; here it was stopped at %2. TimeCrowd&apos;s stop is left as it is until you decide.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProblemsWindow</name>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing needs you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try &amp;all again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TaskSearch</name>
    <message>
        <source>Card address, number, or title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to work on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks to choose from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking Kaiten…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” without a card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 — %2, logged %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(archived)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Resume delivery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause delivery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add time…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems (%1)…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>ddd d MMM</source>
        <comment>a date, in Qt&apos;s letters</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delivering: %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delivery is paused: nothing waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delivery is paused: %1 waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 delivered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less than a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About %1 min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About %1 h %2 min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs you: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter a token: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not set up: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started on another device at %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped on another device at %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The computer&apos;s clock was set by %1 while this ran. The entry keeps its start and its true length, and ends at %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the token is missing or not accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asked us to slow down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not set up</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
