"""Who opens a kind of link (MIME Applications Associations specification 1.0.1)."""

from __future__ import annotations

import os
from collections.abc import Iterator

from timer_app.adapters.setup.desktop_entry.keyfile import KeyFile, read
from timer_app.adapters.setup.desktop_entry.xdg_dirs import XdgDirs

DEFAULTS = "Default Applications"
ADDED = "Added Associations"
REMOVED = "Removed Associations"


def user_list(dirs: XdgDirs) -> str:
    """The list that is the user's to change."""
    return os.path.join(dirs.config, "mimeapps.list")


def default_handler(dirs: XdgDirs, mime_type: str) -> str:
    """The desktop file's name, "" if nobody opens that kind. Raises OSError."""
    lists = [found for path in _lists(dirs) if (found := read(path))]
    for each in lists:
        for name in associated_files(each, DEFAULTS, mime_type):
            if _is_installed(dirs, name):
                return name
    removed: set[str] = set()
    for each in [*lists, *_caches(dirs)]:
        removed.update(associated_files(each, REMOVED, mime_type))
        for group in (ADDED, "MIME Cache"):
            for name in associated_files(each, group, mime_type):
                if name not in removed and _is_installed(dirs, name):
                    return name
    return ""


def associated_files(entries: KeyFile, group: str, mime_type: str) -> list[str]:
    """The desktop files that a list names for a kind."""
    return [name for name in (entries.get(group, mime_type) or "").split(";") if name]


def _lists(dirs: XdgDirs) -> Iterator[str]:
    list_dirs = [dirs.config, *dirs.system_config]
    list_dirs += [os.path.join(each, "applications") for each in (dirs.data, *dirs.system_data)]
    for list_dir in list_dirs:
        for desktop in dirs.desktops:
            yield os.path.join(list_dir, f"{desktop}-mimeapps.list")
        yield os.path.join(list_dir, "mimeapps.list")


def _caches(dirs: XdgDirs) -> list[KeyFile]:
    paths = (
        os.path.join(each, "applications", "mimeinfo.cache")
        for each in (dirs.data, *dirs.system_data)
    )
    return [found for path in paths if (found := read(path))]


def _is_installed(dirs: XdgDirs, name: str) -> bool:
    return any(
        os.path.isfile(os.path.join(each, "applications", name))
        for each in (dirs.data, *dirs.system_data)
    )
