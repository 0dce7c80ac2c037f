; Inno Setup: Timer App for one user, without an administrator. Run under Wine.
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
SetupIconFile=..\..\dist\bundle\timer-app\_internal\timer-app.ico
UninstallDisplayIcon={app}\timer-app-tray.exe
; What runs is quit by its own command (PrepareToInstall); this is for what does not answer.
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
Filename: "{app}\timer-app-tray.exe"; Flags: nowait; Check: WasRunningUnseen

[UninstallRun]
Filename: "{app}\timer-app.exe"; Parameters: "quit"; Flags: runhidden; RunOnceId: "quit"
Filename: "{app}\timer-app.exe"; Parameters: "autostart off"; Flags: runhidden; RunOnceId: "autostart"

[Code]
var
  WasRunning: Boolean;

{ Quit the app that runs, since its files are about to be replaced. The class is that of the window
  by which it hears that the login ends. }
function PrepareToInstall(var NeedsRestart: Boolean): String;
var
  Code: Integer;
begin
  Result := '';
  WasRunning := FindWindowByClassName('TimerApp.Session') <> 0;
  if FileExists(ExpandConstant('{app}\timer-app.exe')) then
    Exec(ExpandConstant('{app}\timer-app.exe'), 'quit', '', SW_HIDE, ewWaitUntilTerminated, Code);
end;

function WasRunningUnseen: Boolean;
begin
  Result := WasRunning and WizardSilent;
end;

{ Take our folder out of the user's PATH again, wherever it stands there. }
procedure RemoveFromPath;
var
  Path, Ours: string;
  At: Integer;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
    exit;
  Ours := ';' + Lowercase(ExpandConstant('{app}')) + ';';
  Path := ';' + Path + ';';
  At := Pos(Ours, Lowercase(Path));
  if At = 0 then
    exit;
  Delete(Path, At, Length(Ours) - 1);
  while (Path <> '') and (Path[1] = ';') do
    Delete(Path, 1, 1);
  while (Path <> '') and (Path[Length(Path)] = ';') do
    Delete(Path, Length(Path), 1);
  RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Path);
end;

procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if Step = usPostUninstall then
    RemoveFromPath;
end;

function NotInPath: Boolean;
var
  Path: string;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
    Path := '';
  Result := Pos(';' + Lowercase(ExpandConstant('{app}')) + ';', ';' + Lowercase(Path) + ';') = 0;
end;
