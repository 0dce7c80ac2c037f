#!/bin/sh
# dist/bundle/timer-app: the program with its own Python and the parts of Qt that it uses.
#
#   packaging/bundle/build.sh dist/timer_app-VERSION-py3-none-any.whl
#
# Made of the wheel, not of the checkout, and of the libraries of requirements.lock.
set -eu

wheel=$1
here=$(dirname "$0")
top=$here/../..
python=${PYTHON:-python3}
env=$top/build/bundle/env

# A new version of Python or of the libraries makes the environment anew.
stamp=$env/.$(cat "$top/requirements.lock" "$here/requirements.txt" | sha256sum | cut -c1-16)-$("$python" -V | tr -d ' ')
pip() { "$python" -m pip --disable-pip-version-check --quiet --python "$env/bin/python" "$@"; }
if [ ! -e "$stamp" ]; then
    "$python" -m venv --without-pip --clear "$env"
    pip install --require-hashes --only-binary :all: --requirement "$top/requirements.lock"
    pip install --only-binary :all: --requirement "$here/requirements.txt"
    touch "$stamp"
fi
pip install --no-deps --force-reinstall "$wheel"
"$env/bin/pyinstaller" --noconfirm --log-level ERROR --distpath "$top/dist/bundle" \
    --workpath "$top/build/bundle/work" "$here/timer-app.spec"

"$python" "$here/size.py" linux-bundle "$top/dist/bundle/timer-app"
