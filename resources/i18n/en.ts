<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>The comment is %Ln character(s) too long for Kaiten.</source>
        <translation>
            <numerusform>The comment is %Ln character too long for Kaiten.</numerusform>
            <numerusform>The comment is %Ln characters too long for Kaiten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Room for %Ln character(s)</source>
        <translation>
            <numerusform>Room for %Ln character</numerusform>
            <numerusform>Room for %Ln characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %Ln more.</source>
        <comment>problems</comment>
        <translation>
            <numerusform>And %Ln more.</numerusform>
            <numerusform>And %Ln more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <comment>history</comment>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>goal reached on %Ln day(s)</source>
        <comment>history</comment>
        <translation>
            <numerusform>goal reached on %Ln day</numerusform>
            <numerusform>goal reached on %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries are deleted here and in both services</source>
        <comment>history</comment>
        <translation>
            <numerusform>%Ln entry is deleted here and in both services</numerusform>
            <numerusform>%Ln entries are deleted here and in both services</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exporting: %Ln entries</source>
        <comment>history</comment>
        <translation>
            <numerusform>Exporting: %Ln entry</numerusform>
            <numerusform>Exporting: %Ln entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exported: %Ln entries</source>
        <comment>history</comment>
        <translation>
            <numerusform>Exported: %Ln entry</numerusform>
            <numerusform>Exported: %Ln entries</numerusform>
        </translation>
    </message>
</context>
</TS>
