#!/bin/sh
# dist/sbom.cdx.json: every library that the wheel brings with it, its version and licence.
#
#   packaging/sbom/build.sh dist/timer_app-VERSION-py3-none-any.whl
#
# Read from an environment that holds the wheel and what it needs, nothing else.
set -eu

wheel=$1
here=$(dirname "$0")
top=$here/../..
python=${PYTHON:-python3}
env=$top/build/sbom/env tools=$top/build/sbom/tools

for each in "$env" "$tools"; do "$python" -m venv --without-pip --clear "$each"; done
pip() { "$python" -m pip --disable-pip-version-check --quiet --python "$@"; }
# The lock's versions as constraints: those of the whole lock that the wheel asks for.
sed -n 's/^\([A-Za-z0-9_.-]*==.*[^ ]\) *\\$/\1/p' "$top/requirements.lock" > "$top/build/sbom/versions.txt"
pip "$env/bin/python" install --only-binary :all: --constraint "$top/build/sbom/versions.txt" "$wheel"
pip "$tools/bin/python" install --only-binary :all: --requirement "$here/requirements.txt"
"$tools/bin/cyclonedx-py" environment --pyproject "$top/pyproject.toml" --gather-license-texts \
    --output-reproducible --output-format JSON --output-file "$top/dist/sbom.cdx.json" "$env/bin/python"
echo "sbom: dist/sbom.cdx.json"
