# dist\timer-app-VERSION-setup.exe: the bundle of the wheel, in an installer. Not run here.
#
#   pwsh packaging/windows/build.ps1        with dist\timer_app-VERSION-py3-none-any.whl in place
#
# Needs Python and Inno Setup 6 (winget install JRSoftware.InnoSetup; it is on the forge's runners).
$ErrorActionPreference = "Stop"
$PSNativeCommandUseErrorActionPreference = $true
Set-Location (Join-Path $PSScriptRoot "..\..")

$wheel = (Get-Item dist\timer_app-*.whl).FullName
$version = [regex]::Match($wheel, "timer_app-([^-]+)-").Groups[1].Value
python -m venv build\bundle\env
$python = "build\bundle\env\Scripts\python.exe"
& $python -m pip install --quiet --require-hashes --only-binary :all: --requirement requirements.lock
& $python -m pip install --quiet --only-binary :all: --requirement packaging\bundle\requirements.txt
& $python -m pip install --quiet --no-deps --force-reinstall $wheel
& $python -m PyInstaller --noconfirm --log-level ERROR --distpath dist\bundle --workpath build\bundle\work packaging\bundle\timer-app.spec
& $python packaging\bundle\size.py windows-bundle dist\bundle\timer-app

& dist\bundle\timer-app\timer-app.exe --version
& dist\bundle\timer-app\timer-app.exe demo --headless
& "${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe" /Qp "/DVersion=$version" packaging\windows\timer-app.iss
& $python packaging\bundle\size.py windows-installer "dist\timer-app-$version-setup.exe"
