"""Programs that tests drive: where they are, and which Debian package brings a missing one.

A missing tool is a failure that names its package. It is never a skip: a test that skips itself
on the machine that should prove it proves nothing.
"""

from __future__ import annotations

import shutil
from functools import cache

# program -> Debian package, all of them in packaging/setup/tests.txt or part of every Debian
PACKAGES = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "trayer": "trayer",
    "xdotool": "xdotool",
    "xclip": "xclip",
    "xprop": "x11-utils",
    "setxkbmap": "x11-xkb-utils",
    "import": "imagemagick",
    "dbus-daemon": "dbus",
    "dbus-run-session": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "setpriv": "util-linux",
    "gio": "libglib2.0-bin",
    "xdg-open": "xdg-utils",
    "desktop-file-validate": "desktop-file-utils",
    "update-desktop-database": "desktop-file-utils",
    "appstreamcli": "appstream",
    "bash": "bash",
    "fish": "fish",
    "git": "git",
    "groff": "groff",
    "zsh": "zsh",
}


class MissingToolError(AssertionError):
    """A program that the tests need is not installed."""


@cache
def tool(name: str) -> str:
    """The path of a program that tests need."""
    path = shutil.which(name)
    if path is None:
        package = PACKAGES[name]
        raise MissingToolError(f"{name} is missing: apt-get install {package} (or `make test`)")
    return path
