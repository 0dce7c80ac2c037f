; Inno Setup: Timer App for one user, without an administrator. Not run here.
; build.ps1 calls this with /DVersion=X.Y.Z.

[Setup]
AppId=io.github.timer_app
AppName=Timer App
AppVersion={#Version}
AppPublisher=Timer App contributors
DefaultDirName={autopf}\Timer App
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputDir=..\..\dist
OutputBaseFilename=timer-app-{#Version}-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
ChangesEnvironment=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "ru"; MessagesFile: "compiler:Languages\Russian.isl"
Name: "ja"; MessagesFile: "compiler:Languages\Japanese.isl"

[Tasks]
; Neither is chosen for anybody; `timer-app autostart on` does the first one later.
Name: "autostart"; Description: "Start Timer App when I log in"; Flags: unchecked
Name: "path"; Description: "Add the command timer-app to my PATH"; Flags: unchecked

[Files]
Source: "..\..\dist\bundle\timer-app\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Timer App"; Filename: "{app}\timer-app-tray.exe"; AppUserModelID: "io.github.timer_app"

[Registry]
Root: HKCU; Subkey: "Software\Classes\timer-app"; ValueType: string; ValueData: "URL:Timer App"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\timer-app"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKCU; Subkey: "Software\Classes\timer-app\shell\open\command"; ValueType: string; ValueData: """{app}\timer-app-tray.exe"" ""%1"""
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: NotInPath

[Run]
Filename: "{app}\timer-app.exe"; Parameters: "autostart on"; Tasks: autostart; Flags: runhidden
Filename: "{app}\timer-app-tray.exe"; Description: "Start Timer App"; Flags: nowait postinstall skipifsilent

[UninstallRun]
Filename: "{app}\timer-app.exe"; Parameters: "quit"; Flags: runhidden; RunOnceId: "quit"
Filename: "{app}\timer-app.exe"; Parameters: "autostart off"; Flags: runhidden; RunOnceId: "autostart"

[Code]
function NotInPath: Boolean;
var
  Path: string;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
    Path := '';
  Result := Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(Path) + ';') = 0;
end;
