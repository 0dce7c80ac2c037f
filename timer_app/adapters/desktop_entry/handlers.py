"""Who opens a kind of link (MIME Applications Associations specification 1.0.1)."""

from __future__ import annotations

import os
from collections.abc import Iterator

from timer_app.adapters.desktop_entry.file import Entries, read
from timer_app.adapters.desktop_entry.folders import Folders

DEFAULTS = "Default Applications"
ADDED = "Added Associations"
REMOVED = "Removed Associations"


def own_list(folders: Folders) -> str:
    """The list that is the user's to change."""
    return os.path.join(folders.config, "mimeapps.list")


def handler(folders: Folders, kind: str) -> str:
    """The desktop file's name, "" if nobody opens that kind. Raises OSError."""
    lists = [found for path in _lists(folders) if (found := read(path))]
    for each in lists:
        for name in names(each, DEFAULTS, kind):
            if _is_installed(folders, name):
                return name
    removed: set[str] = set()
    for each in [*lists, *_caches(folders)]:
        removed.update(names(each, REMOVED, kind))
        for group in (ADDED, "MIME Cache"):
            for name in names(each, group, kind):
                if name not in removed and _is_installed(folders, name):
                    return name
    return ""


def names(entries: Entries, group: str, kind: str) -> list[str]:
    """The desktop files that a list names for a kind."""
    return [name for name in (entries.get(group, kind) or "").split(";") if name]


def _lists(folders: Folders) -> Iterator[str]:
    places = [folders.config, *folders.system_config]
    places += [os.path.join(each, "applications") for each in (folders.data, *folders.system_data)]
    for place in places:
        for desktop in folders.desktops:
            yield os.path.join(place, f"{desktop}-mimeapps.list")
        yield os.path.join(place, "mimeapps.list")


def _caches(folders: Folders) -> list[Entries]:
    paths = (
        os.path.join(each, "applications", "mimeinfo.cache")
        for each in (folders.data, *folders.system_data)
    )
    return [found for path in paths if (found := read(path))]


def _is_installed(folders: Folders, name: str) -> bool:
    return any(
        os.path.isfile(os.path.join(each, "applications", name))
        for each in (folders.data, *folders.system_data)
    )
