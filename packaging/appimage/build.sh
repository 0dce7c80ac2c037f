#!/bin/sh
# dist/Timer_App-x86_64.AppImage, of the bundle. Not run here: appimagetool is in no Debian archive.
#
#   packaging/appimage/build.sh dist/bundle/timer-app
#
# The app knows $APPIMAGE: autostart and links name the file itself, not its mount.
set -eu

bundle=$1
here=$(dirname "$0")
top=$here/../..
root=$top/build/appimage
name=io.github.timer_app

rm -rf "$root"
mkdir -p "$root/usr/lib" "$root/usr/share/metainfo" "$root/usr/share/applications"
cp -a "$bundle" "$root/usr/lib/timer-app"
cp "$top/resources/$name.desktop" "$root/usr/share/applications/"
cp "$top/packaging/appstream/$name.metainfo.xml" "$root/usr/share/metainfo/$name.appdata.xml"
cp "$top/resources/$name.desktop" "$root/"
cp "$top/resources/icons/timer-app.svg" "$root/$name.svg"
ln -s "$name.svg" "$root/.DirIcon"
ln -s usr/lib/timer-app/timer-app "$root/AppRun"
ARCH=$(uname -m) appimagetool --no-appstream "$root" "$top/dist/Timer_App-$(uname -m).AppImage"
