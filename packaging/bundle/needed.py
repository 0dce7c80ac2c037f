"""Which shared libraries of a bundle somebody in it still needs, once its plugins were cut.

Some are left to the system, which has them wherever it has a desktop: those below OpenGL, EGL and
D-Bus, which no bundle can bring. Theirs and ours in one process would be two versions of the
same library. The .deb asks for them by name (packaging/deb/control.in).
Source: https://github.com/AppImageCommunity/pkg2appimage/blob/master/excludelist
"""

import re
import subprocess
from pathlib import Path

Entry = tuple[str, str, str]
"""PyInstaller's: where it goes, where it comes from, what kind of file it is."""
OF_THE_SYSTEM = frozenset(
    {
        "libX11-xcb.so.1", "libX11.so.6", "libdbus-1.so.3", "libexpat.so.1", "libfontconfig.so.1",
        "libfreetype.so.6", "libgcc_s.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0",
        "liblzma.so.5", "libstdc++.so.6", "libuuid.so.1", "libz.so.1", "libzstd.so.1",
    }
)  # fmt: skip
_LIBRARY = re.compile(r"lib[^/]*\.so(?:\.[0-9.]+)?$")
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")


def of(entries: list[Entry]) -> tuple[list[Entry], set[str]]:
    """What is needed, and the names of the libraries that are not.

    Needed are modules of Python and plugins, which are loaded by name, and what they are linked
    to, and so on, but nothing that the system has.
    """
    libraries = {Path(entry[0]).name: entry for entry in entries if _is_library(entry)}
    wanted = [entry for entry in entries if not _is_library(entry)]
    wanted += [entry for name, entry in libraries.items() if name.startswith("libpython")]
    kept = {Path(entry[0]).name for entry in wanted}
    while wanted:
        for name in _linked_to(wanted.pop()[1]):
            if name in libraries and name not in kept | OF_THE_SYSTEM:
                kept.add(name)
                wanted.append(libraries[name])
    gone = set(libraries) - kept
    return [entry for entry in entries if Path(entry[0]).name not in gone], gone


def _is_library(entry: Entry) -> bool:
    return "/plugins/" not in entry[0] and bool(_LIBRARY.fullmatch(Path(entry[0]).name))


def _linked_to(path: str) -> list[str]:
    told = subprocess.run(
        ["readelf", "--dynamic", "--wide", path], capture_output=True, text=True, check=False
    )
    return _NEEDED.findall(told.stdout)
