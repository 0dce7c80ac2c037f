#!/bin/sh
# dist/timer-app-VERSION.dmg: `Timer App.app` (LSUIElement: menu bar, no Dock). Not run here.
#
#   packaging/macos/build.sh        with dist/timer_app-VERSION-py3-none-any.whl in place
#
# Signed ad hoc: who has a Developer ID sets CODESIGN_IDENTITY, and notarises the image after.
set -eu
cd "$(dirname "$0")/../.."

wheel=$(ls dist/timer_app-*.whl)
version=$(basename "$wheel" | cut -d- -f2)
env=build/bundle/env
python3 -m venv "$env"
"$env/bin/pip" install --quiet --require-hashes --only-binary :all: --requirement requirements.lock
"$env/bin/pip" install --quiet --only-binary :all: --requirement packaging/bundle/requirements.txt
"$env/bin/pip" install --quiet --no-deps --force-reinstall "$wheel"
"$env/bin/pyinstaller" --noconfirm --log-level ERROR --distpath dist/bundle \
    --workpath build/bundle/work packaging/bundle/timer-app.spec

app="dist/bundle/Timer App.app"
"$app/Contents/MacOS/timer-app" --version
"$app/Contents/MacOS/timer-app" demo --headless
codesign --force --deep --sign "${CODESIGN_IDENTITY:--}" --options runtime \
    --entitlements packaging/macos/entitlements.plist "$app"
hdiutil create -volname "Timer App" -srcfolder "$app" -ov -format UDZO "dist/timer-app-$version.dmg"
