#!/bin/sh
# Installs the Debian packages named in the given lists, those that are missing and no others.
#
#   packaging/setup/install.sh packaging/setup/gui.txt packaging/setup/tests.txt
#
# With nothing missing it asks only dpkg's own database (0.1 s, no network). Where it may not or
# cannot install, it says what is missing and how to get it, and ends well: whoever really needs
# a package says so itself, and the rest goes on.
set -eu

say() { echo "setup: $*" >&2; }

wanted=$(sed 's/#.*//' "$@" | tr -s ' \t\n' ' ')

if ! command -v dpkg-query >/dev/null; then
    say "this is not a Debian system. If something fails to start, look for these (Debian's names):"
    say "  $wanted"
    exit 0
fi

# shellcheck disable=SC2086  # the list is meant to be split into words
installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
    sed -n 's/^installed //p') || true

missing=
for package in $wanted; do
    echo "$installed" | grep -qxF -e "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    say "missing, and only root can install with apt-get:$missing"
    say "run: sudo apt-get install --no-install-recommends$missing"
    exit 0
fi

install() {
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends \
        -o Dpkg::Use-Pty=0 $missing >/dev/null
}

# The package lists may be absent or out of date; they are fetched only when that shows.
say "installing$missing"
install 2>/dev/null && exit 0
say "updating apt's lists first"
apt-get update --quiet=2 >/dev/null || say "apt-get update failed"
install || say "could not install all of:$missing (going on without)"
