"""`config get|set|path`."""

from __future__ import annotations

from timer_app.adapters.places import Places
from timer_app.adapters.settings import reading as settings_file
from timer_app.services.commands import Reply
from timer_app.services.exit import Exit


def get(places: Places, key: str | None) -> Reply:
    """One setting's value, or all of them. Raises SettingsError."""
    settings = settings_file.load(places.settings)
    if key is None:
        return Reply(Exit.DONE, {name: settings[name] for name in settings_file.KEYS})
    if key not in settings_file.KEYS:
        raise settings_file.unknown_key(key)
    return Reply(Exit.DONE, settings[key])


def change(places: Places, key: str, value: str) -> Reply:
    """Set one setting. Raises SettingsError and PlaceUnusable."""
    from timer_app.composition import change_setting

    places.make()
    return Reply(Exit.DONE, change_setting(places.settings, key, value)[key])


def show(document: object) -> str:
    """What is printed without --json."""
    if isinstance(document, dict):
        return "\n".join(f"{key} = {_shown(value)}" for key, value in document.items())
    return _shown(document)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()  # as the file writes it
    return "" if value is None else str(value)
