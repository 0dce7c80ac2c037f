"""Changing settings.toml: the user's comments and order stay, the file is replaced whole."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from contextlib import suppress

import tomlkit

from timer_app.adapters.folders import make_folder
from timer_app.adapters.replacing import replace_file
from timer_app.adapters.setup.settings.reader import (
    BYTE_ORDER_MARK,
    Settings,
    SettingsError,
    parse,
    read_text,
    unknown_key_error,
)
from timer_app.domain.errors import BadInput
from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import SettingMessageId
from timer_app.domain.setup.settings_schema import RULES, SETTINGS


def change(path: str, key: str, typed: str) -> Settings:
    """Set one key to what was typed, keeping comments, order and line ends.

    The file is replaced whole. An empty text for a number takes the key away. Raises
    SettingsError, and then the file is as it was.
    """
    if key.partition(".")[0].partition("[")[0] == RULES:
        raise SettingsError(SettingMessageId.RULES_NOT_SET, path)
    if key not in SETTINGS:
        raise unknown_key_error(key)
    before = parse(read_text(path), path)
    kind = SETTINGS[key].kind
    try:
        value = kind.parse(typed)
        if value is not None:
            value = kind.check(value)
    except BadInput as error:
        raise SettingsError(SettingMessageId.TYPED, key, error.message) from error
    text = keep_line_ends(before.text, _with_value(before.text, key, value))
    after = parse(text, path)
    if [other for other in SETTINGS if other != key and after[other] != before[other]]:
        raise SettingsError(SettingMessageId.CHANGES_OTHERS, path, key)
    if text != before.text:
        replace_settings(path, text)
    return after


def keep_line_ends(before: str, text: str) -> str:
    """CRLF for every line of a file that had them."""
    if before.count("\r\n") * 2 <= before.count("\n"):
        return text
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


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


def replace_settings(path: str, text: str) -> None:
    """Write beside and rename: a reader sees the old file or the new, never half of one.

    A link to a file elsewhere stays one, and so does a byte order mark. A file that could not be
    written whole is removed.
    """
    path = os.path.realpath(path)
    beside = f"{path}.new"
    try:
        make_folder(os.path.dirname(path))
        mark = BYTE_ORDER_MARK if _has_mark(path) else ""
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(mark + text)
                file.flush()
                os.fsync(file.fileno())
            replace_file(beside, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(beside)
            raise
    except OSError as error:
        why = file_problem(error)
        raise SettingsError(SettingMessageId.NOT_WRITTEN, path, why) from error


def _has_mark(path: str) -> bool:
    with suppress(FileNotFoundError), open(path, "rb") as file:  # it was read before
        return file.read(3).decode("utf-8", errors="replace") == BYTE_ORDER_MARK
    return False
