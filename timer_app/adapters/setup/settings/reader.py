"""settings.toml, read strictly: an unknown key or a wrong value is an error with its line.

Light on purpose, every command reads it; writing is in writing.py.
Source of keys and defaults: the interface page, "Files and environment".
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import time, timedelta

TIMECROWD_ADDRESS = "https://timecrowd.net"
_NORMAL_ADDRESS = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+")  # needs no parsing
_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_PROXY = re.compile(
    r"(?:https?|socks5h?)://(?:[^\s/@:?#]+@)?(?:[^\s/@:?#\[\]]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?/?"
)
_PART = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_KEY_OR_HEADER = re.compile(rf"\[*\s*({_PART}(?:\s*\.\s*{_PART})*)\s*([\]=])")
"""A key or a table's header, as far as it is needed to find the line of one."""
_NORMAL_HOTKEY = re.compile(r"(Ctrl\+(Alt\+)?|Alt\+)(Shift\+)?(Super\+)?([A-Z0-9]|F[1-9])")
"""The same."""


class SettingsError(ValueError):
    """The settings cannot be used. The text names file, key and line."""


class Settings:
    """What settings.toml says, every key checked; a missing key has its default.

    A plain class: making it a dataclass would double the time of `timer-app status`.
    """

    def __init__(self, values: Mapping[str, object], text: str = "", path: str = "") -> None:
        self._values = values
        self.text = text
        self.path = path

    def __getitem__(self, key: str) -> object:
        """The value of a full key such as `time.rounding`; KeyError for one that is none."""
        return self._values[key]

    def all(self) -> Mapping[str, object]:
        """Every full key with its value."""
        return self._values

    def get_text(self, key: str) -> str:
        """The value of a key that holds text."""
        return str(self._values[key])

    def get_number(self, key: str) -> int | None:
        """The value of a key that holds a number, or None where it is not set."""
        value = self._values[key]
        return value if isinstance(value, int) else None

    def get_duration(self, key: str) -> timedelta | None:
        """The value of a key that holds a length, or None where it is "off"."""
        match = _DURATION.fullmatch(self.get_text(key))
        if match is None:
            return None
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)

    def has_same_connections(self, other: Settings) -> bool:
        """Whether both lead to the same services in the same way."""
        tables = ("timecrowd.", "kaiten.", "network.")
        return all(self[key] == other[key] for key in KEYS if key.startswith(tables))

    @property
    def ca_file(self) -> str:
        """The whole path of `network.ca_file`, "" for none; a part of one starts at our file."""
        name = self.get_text("network.ca_file")
        return os.path.join(os.path.dirname(self.path), name) if name else ""

    @property
    def day_start(self) -> time:
        """When a day begins."""
        hours, minutes = self.get_text("time.day_start").split(":")
        return time(int(hours), int(minutes))

    @property
    def has_service_settings(self) -> bool:
        """Whether the file says which TimeCrowd or Kaiten: an address or a team.

        Whoever has changed another key of theirs has not set them up yet.
        """
        document = tomllib.loads(self.text)
        return any(
            document.get(section, {}).get(key)
            for section, key in (("timecrowd", "url"), ("timecrowd", "team_id"), ("kaiten", "url"))
        )

    @property
    def configured(self) -> dict[str, bool]:
        """Which services are set up: TimeCrowd by its team, Kaiten by its address."""
        return {
            "timecrowd": self.get_number("timecrowd.team_id") is not None,
            "kaiten": bool(self._values["kaiten.url"]),
        }


def load(path: str) -> Settings:
    """Read the file; one that is not there means the defaults. Raises SettingsError."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        return parse("", path)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}.") from error
    return parse(text, path)


def parse(text: str, path: str) -> Settings:
    """Check the text of a settings file. Raises SettingsError."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not valid TOML: {error}.") from error
    except RecursionError:
        raise SettingsError(f"{path}: it nests deeper than can be read.") from None
    values = {key: default for key, (default, _) in KEYS.items()}
    for table, content in document.items():
        if not isinstance(content, dict) or table not in TABLES:
            raise _unknown_key_in_file(path, text, table, None)
        for name, value in content.items():
            key = f"{table}.{name}"
            if key not in KEYS:
                raise _unknown_key_in_file(path, text, table, name)
            values[key] = check_value(key, value, f"{path}: line {_line_of(text, table, name)}")
    return Settings(values, text, path)


def check_value(key: str, value: object, where: str) -> object:
    """The value as it is kept. Raises SettingsError that begins with `where`."""
    try:
        return KEYS[key][1](value)
    except ValueError as error:
        raise SettingsError(f"{where}: {key}: {error}") from error


def _unknown_key_in_file(path: str, text: str, table: str, name: str | None) -> SettingsError:
    key = f"{table}.{name}" if name else table
    known = [k.partition(".")[2] for k in KEYS if k.startswith(f"{table}.")] if name else TABLES
    line = _line_of(text, table, name)
    return SettingsError(
        f"{path}: line {line}: unknown key {key!r}. Known here: {', '.join(known)}."
    )


def _line_of(text: str, table: str, name: str | None) -> int:
    """The line a key stands on, counted from 1 (TOML readers do not tell)."""
    wanted = [table] if name is None else [table, name]
    header: list[str] = []
    table_at = 1
    for number, line in enumerate(text.splitlines(), start=1):
        found = _KEY_OR_HEADER.match(line.strip())
        if found is None:
            path = []
        elif found[2] == "]":
            path = header = _key_parts(found[1])
        else:
            path = [*header, *_key_parts(found[1])]
        if path[: len(wanted)] == wanted:
            return number
        if path == [table]:  # perhaps an inline table
            table_at = number
    return table_at


def _key_parts(key: str) -> list[str]:
    """A quoted part may hold dots and equals signs; its escapes are left, nobody needs them."""
    return [part.strip("\"'") for part in re.findall(_PART, key)]


# What each key accepts. A checker returns the value as it is kept, or raises ValueError.

SettingCheck = Callable[[object], object]


def _check_text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError('must be text in quotes, such as "…".')  # noqa: TRY004 - in the file
    return value


def check_id(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise ValueError("must be a whole number above 0.")
    return value


def check_role(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value == 0 or value < -1:
        raise ValueError("must be -1 (Employee) or the number of a role; 0 is none.")
    return value


def check_switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false.")  # noqa: TRY004 - in the file
    return value


def _choice_check(*choices: str) -> SettingCheck:
    def check(value: object) -> str:
        if value not in choices:
            raise ValueError("must be one of " + ", ".join(f'"{c}"' for c in choices) + ".")
        return str(value)

    return check


def _address_check(bare_domain: str | None, unset: str = "") -> SettingCheck:
    """`unset` is what an empty text means, as if the key were not there."""

    def check(value: object) -> str:
        text = _check_text(value)
        if not text or _NORMAL_ADDRESS.fullmatch(text):
            return text or unset
        from timer_app.domain.errors import BadInput
        from timer_app.domain.setup.addresses import parse_origin

        try:
            return parse_origin(text, bare_domain=bare_domain)
        except BadInput as error:
            raise ValueError(str(error)) from error

    return check


def _check_time_of_day(value: object) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", _check_text(value)):
        raise ValueError('must be a time of day such as "00:00" or "04:30".')
    return str(value)


def _check_duration(value: object) -> str:
    text = _check_text(value)
    match = _DURATION.fullmatch(text)
    if text != "off" and not (match and any(int(part or 0) for part in match.groups())):
        raise ValueError('must be a length such as "10m" or "1h30m", or "off".')
    return text


def _check_working_hours(value: object) -> str:
    text = _check_text(value)
    if not text:
        return text
    from timer_app.domain.errors import BadInput
    from timer_app.domain.reminders.working_hours import parse_working_hours

    try:
        parse_working_hours(text)
    except BadInput as error:
        raise ValueError(str(error)) from error
    return text


def _check_hotkey(value: object) -> str:
    text = _check_text(value)
    if not text or _NORMAL_HOTKEY.fullmatch(text):
        return text
    from timer_app.domain.errors import BadInput
    from timer_app.domain.hotkeys import parse_combination

    try:
        parse_combination(text)
    except BadInput as error:
        raise ValueError(f'must be keys such as "Ctrl+Alt+T", or "" for none. {error}') from error
    return text


def _check_proxy(value: object) -> str:
    text = _check_text(value)
    match = _PROXY.fullmatch(text)
    if text in ("", "none") or (match and 0 < int(match[1] or 1) < 65536):
        return text
    raise ValueError(
        'must be "" (the system\'s), "none", or an address such as "http://proxy.example:3128" or'
        ' "http://me@proxy.example:3128". Its password belongs in the keyring: timer-app login'
        " proxy."
    )


def _check_feed(value: object) -> str:
    """The page that tells the newest version, or "" for asking nobody."""
    text = _check_text(value)
    if not text:
        return text
    from timer_app.domain.errors import BadInput
    from timer_app.domain.setup.addresses import parse_origin, split_address

    wrong = 'must be "" or an address such as "https://forge.example/latest".'
    try:
        parts = split_address(text, text)
        parse_origin(f"{parts.scheme}://{parts.netloc}")
    except BadInput as error:
        raise ValueError(wrong) from error
    if " " in text or not text.isprintable():
        raise ValueError(wrong)
    return text


def _check_path(value: object) -> str:
    """A file's name. Whether it is there may change while the app runs: its user says so then."""
    return os.path.expanduser(_check_text(value))


KEYS: dict[str, tuple[object, SettingCheck]] = {
    "timecrowd.url": (TIMECROWD_ADDRESS, _address_check(None, TIMECROWD_ADDRESS)),
    "timecrowd.team_id": (None, check_id),
    "timecrowd.category_id": (None, check_id),
    "timecrowd.follow_devices": (True, check_switch),
    "kaiten.url": ("", _address_check("kaiten.ru")),
    "kaiten.role_id": (-1, check_role),
    "time.rounding": ("carry", _choice_check("carry", "nearest", "up", "down")),
    "time.day_start": ("00:00", _check_time_of_day),
    "time.idle_after": ("10m", _check_duration),
    "time.remind_after": ("4h", _check_duration),
    "time.working_hours": ("", _check_working_hours),
    "time.daily_goal": ("8h", _check_duration),
    "hotkeys.toggle": ("Ctrl+Alt+T", _check_hotkey),
    "hotkeys.open": ("", _check_hotkey),
    "hotkeys.manual": ("", _check_hotkey),
    "network.proxy": ("", _check_proxy),
    "network.ca_file": ("", _check_path),
    "updates.feed": ("", _check_feed),
    "ui.language": ("system", _choice_check("system", "en", "ru", "ja")),
    "ui.click": ("toggle", _choice_check("toggle", "open")),
}
TABLES = tuple(dict.fromkeys(key.partition(".")[0] for key in KEYS))


def unknown_key_error(key: str) -> SettingsError:
    """What to raise for a key that there is none of."""
    return SettingsError(f"There is no setting {key!r}. Known: {', '.join(KEYS)}.")
