#!/bin/sh
# dist/timer-app_VERSION_ARCH.deb of the bundle.
#
#   packaging/deb/build.sh dist/bundle/timer-app
#
# dpkg-deb alone: a bundle has nothing to compile, and debhelper would only copy it as this does.
set -eu
umask 022

bundle=$1
here=$(dirname "$0")
top=$here/../..
version=$("$bundle/timer-app" --version | sed 's/^timer-app \([^ ]*\).*/\1/')
architecture=$(dpkg --print-architecture)
root=$top/build/deb
name=io.github.timer_app

rm -rf "$root"
put() { install -D --mode=644 "$1" "$root/usr/$2"; }

mkdir -p "$root/usr/lib" "$root/usr/bin" "$root/DEBIAN"
cp -a "$bundle" "$root/usr/lib/timer-app"
chmod -R u=rwX,go=rX "$root/usr/lib/timer-app"
find "$root/usr/lib/timer-app/_internal" -name '*.so*' -type f -exec chmod 644 {} +
ln -s ../lib/timer-app/timer-app "$root/usr/bin/timer-app"

put "$top/resources/$name.desktop" share/applications/$name.desktop
put "$top/resources/icons/timer-app.svg" share/icons/hicolor/scalable/apps/$name.svg
put "$top/packaging/appstream/$name.metainfo.xml" share/metainfo/$name.metainfo.xml
put "$top/packaging/completions/bash/timer-app" share/bash-completion/completions/timer-app
put "$top/packaging/completions/zsh/_timer-app" share/zsh/vendor-completions/_timer-app
put "$top/packaging/completions/fish/timer-app.fish" share/fish/vendor_completions.d/timer-app.fish
put "$top/packaging/manual/timer-app.1" share/man/man1/timer-app.1
put "$here/copyright" share/doc/timer-app/copyright
put "$top/CHANGELOG.md" share/doc/timer-app/changelog
# For who administers many computers: copied to /etc/xdg/autostart it starts the app for everybody.
# A user's own is made by `timer-app autostart on`; a package decides that for nobody.
put "$here/autostart.desktop" share/doc/timer-app/examples/$name.desktop
gzip --best --no-name "$root/usr/share/man/man1/timer-app.1" "$root/usr/share/doc/timer-app/changelog"

size=$(du --summarize --apparent-size --block-size=1024 "$root/usr" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
    "$here/control.in" > "$root/DEBIAN/control"
(cd "$root" && find usr -type f -exec md5sum {} + > DEBIAN/md5sums)
mkdir -p "$top/dist"
deb=$top/dist/timer-app_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$deb" >&2
python3 "$top/packaging/bundle/size.py" deb "$deb" >&2
echo "$deb"
