#!/bin/bash
# Puts the app of a checkout into the Windows of setup.sh, as `pip install` on Windows would.
#
#   app.sh FOLDER CHECKOUT      the commit that is checked out there
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "$1" && pwd)
source=$folder/root/win/app
rm -rf "$source"
git clone --quiet "$2" "$source"
rm -f "$folder"/root/win/wheels/timer_app-*.whl
(cd "$source" && python3 -m pip --disable-pip-version-check wheel --quiet --no-deps \
    --wheel-dir "$folder/root/win/wheels" . && rm -rf build timer_app.egg-info)
install() { "$here/run.sh" "$folder" python -m pip install --quiet --no-index --no-warn-script-location --find-links 'Z:\win\wheels' "$@"; }
install 'timer-app[dev]'
install --no-deps --force-reinstall timer-app
"$here/run.sh" "$folder" timer-app --version
