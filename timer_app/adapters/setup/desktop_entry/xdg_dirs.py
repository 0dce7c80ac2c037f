"""Where desktops look for desktop files (XDG Base Directory Specification 0.8)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

APPLICATION_ID = "io.github.timer_app"
DESKTOP_FILE = f"{APPLICATION_ID}.desktop"


@dataclass(frozen=True, slots=True)
class XdgDirs:
    """The user's own folders, and the system's in their order."""

    config: str
    data: str
    system_config: tuple[str, ...]
    system_data: tuple[str, ...]
    desktops: tuple[str, ...]
    """What the desktop calls itself, such as ("ubuntu", "gnome")."""


def xdg_dirs(environment: Mapping[str, str]) -> XdgDirs:
    """The folders as the environment says; a path that is not absolute does not count."""
    home = environment.get("HOME") or os.path.expanduser("~")

    def absolute(name: str, default: str) -> tuple[str, ...]:
        named = (environment.get(name) or default).split(":")
        return tuple(path for path in named if os.path.isabs(path)) or tuple(default.split(":"))

    (config,) = absolute("XDG_CONFIG_HOME", os.path.join(home, ".config"))[:1]
    (data,) = absolute("XDG_DATA_HOME", os.path.join(home, ".local", "share"))[:1]
    desktops = environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    return XdgDirs(
        config,
        data,
        absolute("XDG_CONFIG_DIRS", "/etc/xdg"),
        absolute("XDG_DATA_DIRS", "/usr/local/share:/usr/share"),
        tuple(name for name in desktops if name),
    )
