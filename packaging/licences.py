"""THIRD-PARTY.md: what the app is built on, and under which licences.

    python packaging/licences.py [FILE]

Follows the dependencies that the installed `timer-app` names, and theirs, for Linux, Windows and
macOS alike. Read from each distribution's own metadata; what is installed only on another system
is in NOT_HERE, as its page on PyPI says. Exit code 1 if a licence is not one of ALLOWED.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

from packaging.requirements import Requirement

SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "win32": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    "darwin": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
}
EXTRAS = ("", "socks")
"""Of httpx. Others are not asked for by anything here."""

PERMISSIVE = ("MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "ISC")
WEAK_COPYLEFT = ("MPL-2.0", "LGPL-2.1-or-later", "LGPL-3.0-only")
"""Ours may stay MIT: the library is used unchanged, and whoever has the app can put another
version of it in the place of ours. See the head of THIRD-PARTY.md."""
ALLOWED = {*PERMISSIVE, *WEAK_COPYLEFT}

SPELT = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "LGPLv2+": "LGPL-2.1-or-later",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""What metadata of before PEP 639 says, as SPDX says it."""
NOT_HERE = {
    "bidict": "MPL-2.0",
    "colorama": "BSD-3-Clause",
    "desktop-notifier": "MIT",
    "pywin32-ctypes": "BSD-3-Clause",
    "rubicon-objc": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
}
_WINRT = "MIT"

HEAD = """\
# What Timer App is built on

Timer App itself is under the MIT licence (LICENSE). It uses these libraries, unchanged, as they are
published on PyPI. This file is made by `packaging/licences.py`; a test compares it with what is
installed.

All but a few are permissive. Those that ask for more, and how that is satisfied:

- **Qt for Python** (PySide6, shiboken6, and Qt itself within them) is used under the LGPL-3.0. The
  app imports it as a library, and its source and build files are public, so anybody can run it with
  a Qt of their own: in a Python environment by installing another PySide6; in a bundle (which is
  a folder, never one file) by replacing the Qt libraries that lie in it as files of their own.
  Nothing in the app's licence forbids to change it or to look into it for that. Sources of Qt and
  PySide6: <https://code.qt.io>. The licence's text comes with PySide6 and goes into each bundle.
- **python-xlib** is under the LGPL-2.1 or later: the same holds.
- **certifi** (Mozilla's certificates; the app trusts the system's own store) and on Windows and
  macOS **bidict** are under the MPL-2.0, which asks for the source of those files alone; they are
  unchanged, and their sources are on PyPI.

| library | licence | where |
| --- | --- | --- |
"""


@dataclass(frozen=True)
class Library:
    """One that is used, on which systems, and its licence in SPDX."""

    name: str
    licence: str
    systems: tuple[str, ...]


def libraries() -> list[Library]:
    """All that the app needs to run, anywhere."""
    needed = {system: set(_closure("timer-app", system, set())) for system in SYSTEMS}
    names = sorted(set().union(*needed.values()) - {"timer-app"})
    return [
        Library(name, licence_of(name), tuple(each for each in SYSTEMS if name in needed[each]))
        for name in names
    ]


def _closure(name: str, system: str, seen: set[str]) -> Iterator[str]:
    name = re.sub("[-_.]+", "-", name).lower()
    if name in seen:
        return
    seen.add(name)
    yield name
    try:
        wanted = requires(name) or []
    except PackageNotFoundError:
        return  # of another system: what it needs itself is looked up when it is added
    for each in map(Requirement, wanted):
        if _applies(each, system):
            yield from _closure(each.name, system, seen)


def _applies(requirement: Requirement, system: str) -> bool:
    marker = requirement.marker
    if marker is None:
        return True
    return any(marker.evaluate({**SYSTEMS[system], "extra": extra}) for extra in EXTRAS)


def licence_of(name: str) -> str:
    """In SPDX; of several that may be chosen, all of them. "" if it is not known."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return _WINRT if name.startswith("winrt-") else NOT_HERE.get(name, "")
    expression = told.get("License-Expression")
    if expression:
        return str(expression)
    said = str(told.get("License") or "")
    if said and said != "UNKNOWN" and len(said) < 100:
        return SPELT.get(said, said)
    classifiers = told.get_all("Classifier") or []
    named = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::")]
    return " AND ".join(SPELT.get(each, each) for each in named)


def allowed(licence: str) -> bool:
    """Whether each part that must be kept to is, or one of those to choose from."""
    choices = licence.split(" OR ")
    return any(all(part in ALLOWED for part in each.split(" AND ")) for each in choices)


def text(found: list[Library]) -> str:
    """THIRD-PARTY.md."""
    everywhere = tuple(SYSTEMS)
    rows = (
        f"| {each.name} | {each.licence} | "
        f"{'everywhere' if each.systems == everywhere else ', '.join(each.systems)} |\n"
        for each in found
    )
    return HEAD + "".join(rows)


def main(arguments: list[str]) -> int:
    """Write the file; 1 if a licence is not allowed, and it says which."""
    found = libraries()
    path = Path(arguments[0]) if arguments else Path(__file__).parents[1] / "THIRD-PARTY.md"
    path.write_text(text(found), encoding="utf-8")
    wrong = [each for each in found if not allowed(each.licence)]
    for each in wrong:
        print(f"{each.name}: {each.licence or 'no licence is told'}: may it be used?")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
