#!/bin/bash
# The project's own tests on Windows' Python, against the app that app.sh has installed.
#
#   tests.sh FOLDER [pytest's words ...]         tests.sh FOLDER tests/domain tests/services -q
#
# Without a test's name: all that need nothing of Linux (tests/windows/own_tests.py).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "$1" && pwd)
shift
rm -rf "$folder/root/win/app/timer_app"  # what is installed is tested
"$here/run.sh" "$folder" sh -c \
    'cd /win/app && exec wine "C:\\Python\\python.exe" -X utf8 -m tests.windows.own_tests "$@"' sh "$@"
