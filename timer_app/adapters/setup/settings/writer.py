"""Changing settings.toml: the user's comments and order stay, the file is replaced whole."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

import tomlkit

from timer_app.adapters.setup.settings.reader import (
    KEYS,
    Settings,
    SettingsError,
    check_id,
    check_role,
    check_switch,
    check_value,
    load,
    parse,
    unknown_key_error,
)


def change(path: str, key: str, typed: str) -> Settings:
    """Set one key to what was typed, keeping comments and order; the file is replaced whole.

    An empty text for a number takes the key away. Raises SettingsError, and then the file is as
    it was.
    """
    if key not in KEYS:
        raise unknown_key_error(key)
    before = load(path)
    value = _parse_typed(key, typed)
    if value is not None:
        check_value(key, value, path)
    text = _with_value(before.text, key, value)
    after = parse(text, path)
    if [other for other in KEYS if other != key and after[other] != before[other]]:
        raise SettingsError(f"{path}: {key} cannot be set without harm: change it in the file.")
    _replace(path, text)
    return after


def _parse_typed(key: str, typed: str) -> object:
    default, check = KEYS[key]
    if check is check_switch and typed in ("true", "false"):
        return typed == "true"
    if check not in (check_id, check_role):
        return typed
    if not typed and default is None:
        return None
    try:
        return int(typed)
    except ValueError:
        raise SettingsError(f"{key}: {typed!r} is not a whole number.") from None


def _with_value(text: str, key: str, value: object) -> str:
    document = tomlkit.parse(text)
    table_name, _, name = key.partition(".")
    table = document.get(table_name)
    if not isinstance(table, MutableMapping):
        if value is None:
            return text
        table = tomlkit.table()
        document[table_name] = table
        table = document[table_name]
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value
    return tomlkit.dumps(document)


def _replace(path: str, text: str) -> None:
    """Write beside and rename: a reader sees the old file or the new, never half of one.

    A link to a file elsewhere stays one.
    """
    path = os.path.realpath(path)
    beside = f"{path}.new"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be written: {error.strerror}. The settings are as they were."
        ) from error
