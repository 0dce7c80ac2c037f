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
    <message numerus="yes">
        <source>and %Ln more</source>
        <comment>history</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>goal reached on %Ln day(s)</source>
        <comment>history</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries are deleted here and in both services</source>
        <comment>history</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exporting: %Ln entries</source>
        <comment>history</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported: %Ln entries</source>
        <comment>history</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Away</name>
    <message>
        <source>Kept %1–%2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dropped %1–%2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gave %1–%2 to “%3”.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AwayWindow</name>
    <message>
        <source>You were away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop it and &amp;continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Drop it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Give it to another task…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Card address, number, or title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the time was for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks to choose from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escape: answer later. Nothing of this time is reported before you answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>  –  1 of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” was running, but %2. What was this time?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I was working on this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I was not. The entry ends at %1 and begins again at %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I was working on something else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I was not. %1–%2 is taken out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I was not. The entry ends at %1, nothing runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> The %1 since you came back go as well.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareWindow</name>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;matched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare a&amp;gain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repair &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the journal and the services hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repair</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the services…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare with services: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and %1 more: compare fewer days to see them</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EditWindow</name>
    <message>
        <source>Edit entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
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
        <source>Tas&amp;k</source>
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
        <source>1h30m, 1:30, 90 or 1.5h; the end then follows from it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a card or a task.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportLine</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export cancelled: the file is as it was before.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Find in task and comment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far entries have come</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delivered or not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Week or month above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Other card…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Split…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open ca&amp;rd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Co&amp;mpare with services…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bars over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From – to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <comment>a date, in Qt&apos;s letters</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hot key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected: %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found %1, still searching…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entries: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entries: %1, more as you scroll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1  ·  %2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no entries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, goal reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted here and in both services: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This shares time with: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both services follow what you save here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON for programs (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calendar (*.ics)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extra</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Different</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the services… Kaiten: %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repaired: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not repaired, since it has changed meanwhile: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comes right by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the times in TimeCrowd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start it in TimeCrowd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record it in TimeCrowd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take TimeCrowd&apos;s entry for this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it into the journal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete it in TimeCrowd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the log in Kaiten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log it in Kaiten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log it anew in Kaiten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete it in Kaiten</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HotkeysPage</name>
    <message>
        <source>&amp;Press the keys now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try to &amp;bind again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hot keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys for: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keys for: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do they work?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command to bind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where no key works, bind this command in your desktop&apos;s keyboard settings. It starts and stops like the hot key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>While you test, keys of Timer App start and stop nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a hot key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for one of the keys above…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It works: %1 arrived (%2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Works, with the keys that the desktop has for it: %1. They are changed in its keyboard settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the desktop. It may ask you in a window of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 are the keys for “%2” already. Choose others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is taken by another program or by the desktop itself. Choose other keys, or free these there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no screen here on which keys could be bound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Programs cannot bind keys on this system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This desktop has no portal that binds keys for programs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The portal of this desktop cannot bind keys for programs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The portal of this desktop refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop has no keys for it. Give it some in its keyboard settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to the desktop was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your keyboard has no such key. Choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system refused.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Press the keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LinkQuestion</name>
    <message>
        <source>&amp;Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timer App: a link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A link wants to start an entry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A link wants to stop what runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A link was opened that cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, running since %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking Kaiten for the card…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another link was opened meanwhile and was not taken. Answer this one, then open it again.</source>
        <translation type="unfinished"></translation>
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
    <message>
        <source>That lies outside of the entry.</source>
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
    <name>Network</name>
    <message>
        <source>%1 accepts the token of %2. The way leads through the proxy %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 accepts the token of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>But this computer&apos;s clock differs from the service&apos;s by %1 min %2 s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let this computer set its clock by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the proxy %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no token yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring that holds the token is locked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no keyring that could hold the token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring does not answer. Perhaps its window waits for your password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A password is kept in the keyring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No password is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and open this page again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no keyring, and a password is kept nowhere else. Install one (GNOME Keyring, KWallet, KeePassXC).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring failed. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not set up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the certificates in %1 cannot be used (%2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the address of the proxy cannot be used (%2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 wants a password, and none could be had from the keyring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the name of %1 was not found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the network does not lead to %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 refused the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the connection to %1 broke before anything was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 wants a user name and a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not accept the user name and password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not lead there (%2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what answers at %1 does not work as this kind of proxy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no secure connection to %1 came about (%2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the certificate of %1 has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the certificate of %1 is not valid yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the certificate of %1 is for another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody whom this computer trusts vouches for the certificate of %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the certificate of %1 was revoked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the certificate of %1 is not sound (%2).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sends everybody on to %2. The token did not follow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what answers at %1 is another server or a login page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not accept the token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 asks for fewer requests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answers, but has trouble of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 says no: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address and port above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address and kind above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the service&apos;s address. On a network with a login page (a hotel, a train), open any web page in a browser and log in there first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network. Where only a proxy leads outside, name it above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock, and let it set itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter it in the service&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another file above, or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it as proxy.example:3128 above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the proxy&apos;s password above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the service&apos;s address, and that this computer is on the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the cable, the Wi-Fi or the VPN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter both above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter both again above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask whoever runs the proxy whether it lets you out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another kind of proxy above, or check its port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the service&apos;s address and port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If your company inspects connections, ask it for its CA certificate (a PEM file) and choose that above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not go on; tell whoever runs the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell whoever runs the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter a new one in the service&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to do: it is tried again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check what the token may do.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NetworkPage</name>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Check now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extra certificates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The s&amp;ystem&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;his one:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only where the proxy wants a login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A company that inspects connections has a certificate of its own (a PEM file). It is trusted in addition to those of the system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ch&amp;oose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User name at the proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password at the proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the proxy&apos;s password in the keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget the proxy&apos;s password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File with extra certificates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the file with extra certificates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check whether the services can be reached</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>Running for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is lost: it is kept until you decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 deliveries need you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is lost: they are kept until you decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 needs you: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped after %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is within your working hours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is within your working hours. Last task: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The working day is over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for a service: %1. It is sent by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop earlier…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
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
        <source>You were &amp;away: what was this time?</source>
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
        <source>%1 does not allow this with your company&apos;s plan. The time is kept here; try again when that has changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not show this to you: it may have been removed, or you have no access. The time is kept here until you decide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not take it like this. The time is kept here until you decide.</source>
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
    <name>RemindersPage</name>
    <message>
        <source>Reminders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remind me when one entry &amp;runs for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long an entry runs before a reminder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example 4h, or 1h30m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remind me within my &amp;working hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For example %1, or Mon-Thu 09:00-13:00, 14:00-18:00, Fri 09:00-14:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When nothing has run for ten minutes in working hours, once; and when the day is over while something still waits for a service or for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the desktop may disturb you is set in the desktop&apos;s own settings.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Timer App – Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SplitWindow</name>
    <message>
        <source>Split entry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split &amp;at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Start and links</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start when I &amp;log in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open timer-app:// links with this app</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A page can then ask to start an entry. You are asked first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is switched off in %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something else opens them: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was edited. It starts: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 starts a program that is not there: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StopEarlier</name>
    <message>
        <source>&amp;Stop then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop earlier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>17:30 or -25m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When it ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Ended at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs since %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is still to come.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 lies before its start, %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>“%1” without a card</source>
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
        <source>Unpin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin</source>
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
        <source>History…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
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
        <source>Start or stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Timer App</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add time</source>
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
        <source>Today %1 of %2 (%3 %)</source>
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
        <source>You were away %1–%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no key or mouse was used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the computer slept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the screen was locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>you were logged out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, </source>
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
        <source>there is no keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the keyring is locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the keyring waits for its password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the keyring does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the keyring failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the keyring works</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no keyring for the tokens. Install and start one that offers the Secret Service: GNOME Keyring, KWallet or KeePassXC. It is noticed by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock the keyring: delivery then goes on by itself. To be asked for its password: timer-app sync</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for the window that asks for the keyring&apos;s password. What you record meanwhile is safe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you record is safe, and is delivered when the keyring answers. If it stays so, log out of the desktop and in again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you record is safe. To find out what is wrong: timer-app doctor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop&apos;s message bus does not answer: tray and keyring may be missing until it does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tray has gone; the icon comes back with it. Until then starting Timer App once more opens this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GNOME shows no tray icons by itself: its extension “AppIndicator” does. Starting Timer App once more opens this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This desktop shows no tray icons. Starting Timer App once more opens this window; the command line does the rest.</source>
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
<context>
    <name>_SmallWindow</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
