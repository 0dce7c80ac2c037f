"""settings.toml, read strictly: an unknown key or a wrong value is an error with its line.

Light on purpose, every command reads it; writing is in writer.py. What a key accepts is in
domain/setup/settings_schema.py.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from datetime import time, timedelta

from timer_app.domain.errors import BadInput, DomainError
from timer_app.domain.setup.settings_schema import (
    RULE_KEYS,
    RULES,
    SETTINGS,
    TABLES,
    duration_seconds,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Texts, compiled by `re` where an error has its line looked for: each costs a fraction of a ms.
_PART = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_KEY_OR_HEADER = rf"\[*\s*({_PART}(?:\s*\.\s*{_PART})*)\s*([\]=])"
"""A key or a table's header, as far as it is needed to find the line of one."""
_TOML_PLACE = r" \(at (?:line (\d+), column \d+|end of document)\)"
_LINE_END = r"\r?\n"
_REPETITION = ("twice", "overwrite", "Duplicate", "redefine", "mutate")
"""Words of tomllib, where a key or a table is there a second time."""
BYTE_ORDER_MARK = "\ufeff"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF32_MARKS = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_SERVICES = ("timecrowd", "kaiten")
Rule = Mapping[str, int]
"""What a rule says, by the keys of RULE_KEYS; at least a space or a board."""
Rules = tuple[Rule, ...]
_MOST_REPAIRS = 200
MOST_BYTES = 1_000_000
"""A larger file is no settings."""


class SettingsError(DomainError, ValueError):
    """The settings cannot be used. The text names file, key and line."""


class Settings:
    """What settings.toml says, every key checked; a missing key has its default.

    A plain class: making it a dataclass would double the time of `timer-app status`.
    """

    def __init__(
        self,
        values: Mapping[str, object],
        text: str = "",
        path: str = "",
        named_services: Collection[str] = (),
        rules: Rules = (),
    ) -> None:
        """`named_services` count as set up even where their keys could not be read.

        `rules` say where entries of cards go; the first one that fits a card counts.
        """
        self.rules = rules
        self._values = values
        self._named_services = named_services
        self.text = text
        self.path = path

    def __getitem__(self, key: str) -> object:
        """The value of a full key such as `time.rounding`; KeyError for one that is none."""
        return self._values[key]

    def all(self) -> Mapping[str, object]:
        """Every full key with its value, and the rules."""
        return {**self._values, RULES: [dict(each) for each in self.rules]}

    def get_text(self, key: str) -> str:
        """The value of a key that holds text."""
        return str(self._values[key])

    def get_number(self, key: str) -> int | None:
        """The value of a key that holds a number, or None where it is not set."""
        value = self._values[key]
        return value if isinstance(value, int) else None

    def get_duration(self, key: str) -> timedelta | None:
        """The value of a key that holds a length, or None where it is "off"."""
        seconds = duration_seconds(self.get_text(key))
        return None if seconds is None else timedelta(seconds=seconds)

    def has_same_connections(self, other: Settings) -> bool:
        """Whether both lead to the same services in the same way."""
        tables = ("timecrowd.", "kaiten.", "network.")
        return all(self[key] == other[key] for key in SETTINGS if key.startswith(tables))

    @property
    def ca_file(self) -> str:
        """The whole path of `network.ca_file`, "" for none; a part of one starts at our file."""
        name = os.path.expanduser(self.get_text("network.ca_file"))
        return os.path.join(os.path.dirname(self.path), name) if name else ""

    @property
    def day_start(self) -> time:
        """When a day begins."""
        hours, minutes = self.get_text("time.day_start").split(":")
        return time(int(hours), int(minutes))

    @property
    def has_service_settings(self) -> bool:
        """Whether the file says which TimeCrowd or Kaiten: an address or a team.

        A change of another of their keys does not set them up.
        """
        document = _document(self.text, self.path)
        return any(
            document.get(section, {}).get(key)
            for section, key in (("timecrowd", "url"), ("timecrowd", "team_id"), ("kaiten", "url"))
        )

    @property
    def configured(self) -> dict[str, bool]:
        """Which services are set up: TimeCrowd by its team, Kaiten by its address."""
        return {
            "timecrowd": self.get_number("timecrowd.team_id") is not None
            or "timecrowd" in self._named_services,
            "kaiten": bool(self._values["kaiten.url"]) or "kaiten" in self._named_services,
        }


def load(path: str) -> Settings:
    """Read the file; one that is not there means the defaults. Raises SettingsError."""
    return parse(read_text(path), path)


_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
"""No file can be there; that its folder cannot be made is said where it is to be made."""


def read_text(path: str) -> str:
    """The text of the file with its line ends and without a byte order mark.

    "" for a file that is not there. Raises SettingsError.
    """
    try:
        content = read_bytes(path)
    except OSError as error:
        if error.errno in _NOT_THERE:
            return ""
        from timer_app.domain.file_problems import file_problem
        from timer_app.domain.messages import SettingMessageId

        raise SettingsError(SettingMessageId.UNREADABLE, path, file_problem(error)) from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, content, error.start) from None
    if "\0" in text or len(content) > MOST_BYTES:
        raise _not_utf8(path, content, 0)
    return text.removeprefix(BYTE_ORDER_MARK)


def read_bytes(path: str) -> bytes:
    """The beginning of the file, one byte more than is taken. Raises OSError.

    What is no file is refused: reading a pipe would wait for its writer.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISCHR(mode)):
            raise OSError(errno.ENODEV, "no file", path)
        return file.read(MOST_BYTES + 1)


def _not_utf8(path: str, content: bytes, place: int) -> SettingsError:
    from timer_app.domain.messages import SettingMessageId

    if len(content) > MOST_BYTES:
        return SettingsError(SettingMessageId.TOO_LARGE, path)
    if content.startswith(_UTF16_MARKS) or content.count(b"\0") > len(content) // 4:
        wide = content.startswith(_UTF32_MARKS) or content.count(b"\0") > len(content) * 5 // 8
        return SettingsError(SettingMessageId.UTF16, path, "UTF-32" if wide else "UTF-16")
    place = place or max(0, content.find(b"\0"))
    line = content.count(b"\n", 0, place) + 1
    return SettingsError(SettingMessageId.NOT_UTF8, path, str(line))


def parse(text: str, path: str) -> Settings:
    """Check the text of a settings file. Raises SettingsError."""
    values = {key: setting.default for key, setting in SETTINGS.items()}
    rules: Rules = ()
    for table, content in _document(text, path).items():
        if table == RULES:
            rules = _rules(content, text, path)
            continue
        if not isinstance(content, dict) or table not in TABLES:
            raise _unknown_key_in_file(path, text, table, None)
        for name, value in content.items():
            key = f"{table}.{name}"
            if key not in SETTINGS:
                raise _unknown_key_in_file(path, text, table, name)
            try:
                values[key] = SETTINGS[key].kind.check(value)
            except BadInput as error:
                raise _wrong_value(path, _line_of(text, table, name), key, error) from error
    return Settings(values, text, path, (), rules)


def _rules(content: object, text: str, path: str) -> Rules:
    """The rules, in the order of the file. Raises SettingsError."""
    if not isinstance(content, list) or not all(isinstance(each, dict) for each in content):
        raise _rule_error("RULES_NOT_A_LIST", path, _line_of(text, RULES, None), RULES)
    rules: list[Rule] = []
    for number, fields in enumerate(content):
        rule = _rule(fields, number, text, path)
        place = rule.get("space"), rule.get("board")
        places = [(each.get("space"), each.get("board")) for each in rules]
        line = line_of_rule(text, number, None)
        if place == (None, None):
            raise _rule_error("RULE_WITHOUT_PLACE", path, line)
        if place in places:
            first = line_of_rule(text, places.index(place), None)
            raise _rule_error("RULE_TWICE", path, line, str(first))
        rules.append(rule)
    return tuple(rules)


def _rule(fields: Mapping[str, object], number: int, text: str, path: str) -> Rule:
    rule: dict[str, int] = {}
    for name, value in fields.items():
        line, key = line_of_rule(text, number, name), f"{RULES}.{name}"
        if name not in RULE_KEYS:
            raise _rule_error("UNKNOWN_KEY", path, line, key, ", ".join(RULE_KEYS))
        try:
            rule[name] = RULE_KEYS[name].check(value)
        except BadInput as error:
            raise _wrong_value(path, line, key, error) from error
    return rule


def _rule_error(message: str, path: str, line: int, *values: str) -> SettingsError:
    from timer_app.domain.messages import SettingMessageId

    return SettingsError(SettingMessageId[message], path, str(line), *values)


def line_of_rule(text: str, number: int, name: str | None) -> int:
    """The line of a rule's header or key; rules are counted from 0."""
    at, seen = _line_of(text, RULES, None), -1
    for line, is_header, path in _keys_by_line(text):
        if is_header and path == [RULES]:
            seen += 1
            at = line if seen == number else at
        elif seen == number and path == [RULES, name]:
            return line
    return at


def _document(text: str, path: str) -> dict[str, Any]:
    """What the file says. Raises SettingsError."""
    if not text:
        return {}  # most commands of who has set up nothing; tomllib takes 5 ms to import
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(text, path, error) from error
    except (RecursionError, ValueError) as error:
        # Nested too deep, or a number of thousands of digits.
        from timer_app.domain.messages import SettingMessageId

        raise SettingsError(SettingMessageId.TOO_DEEP, path) from error


def _line_of(text: str, table: str, name: str | None) -> int:
    """The line a key stands on, counted from 1 (TOML readers do not tell)."""
    wanted = [table] if name is None else [table, name]
    table_at = 1
    for number, _, path in _keys_by_line(text):
        if path[: len(wanted)] == wanted:
            return number
        if path == [table]:  # perhaps an inline table
            table_at = number
    return table_at


def _keys_by_line(text: str) -> Iterator[tuple[int, bool, list[str]]]:
    """Each line that has a key or a header: its number, whether it is a header, the whole key."""
    header: list[str] = []
    for number, line in enumerate(re.split(_LINE_END, text), start=1):
        found = re.match(_KEY_OR_HEADER, line.strip())
        if found is None:
            continue
        parts = _key_parts(found[1])
        is_header = found[2] == "]"
        if is_header:
            header = parts
        yield number, is_header, parts if is_header else [*header, *parts]


def _key_parts(key: str) -> list[str]:
    """A quoted part may hold dots and equals signs; its escapes are left, nobody needs them."""
    return [part.strip("\"'") for part in re.findall(_PART, key)]


def _wrong_value(path: str, line: int, key: str, why: BadInput) -> SettingsError:
    from timer_app.domain.messages import SettingMessageId

    return SettingsError(SettingMessageId.AT_LINE, path, str(line), key, why.message)


def unknown_key_error(key: str) -> SettingsError:
    """What to raise for a key that there is none of."""
    from timer_app.domain.messages import SettingMessageId

    return SettingsError(SettingMessageId.NO_SUCH_KEY, key, ", ".join(SETTINGS))


def _unknown_key_in_file(path: str, text: str, table: str, name: str | None) -> SettingsError:
    from timer_app.domain.messages import SettingMessageId

    key = f"{table}.{name}" if name else table
    if key in TABLES:
        line = str(_line_of(text, table, None))
        return SettingsError(SettingMessageId.SECTION_NOT_A_TABLE, path, line, key)
    known = [k.partition(".")[2] for k in SETTINGS if k.startswith(f"{table}.")]
    known = known if name else [*TABLES, RULES]
    line = str(_line_of(text, table, name))
    return SettingsError(SettingMessageId.UNKNOWN_KEY, path, line, key, ", ".join(known))


def _not_toml(text: str, path: str, error: Exception) -> SettingsError:
    """What is wrong with the text: the same key or table twice is named by both lines."""
    from timer_app.domain.messages import SettingMessageId

    error_text = str(error)
    line = _error_line(text, error_text)
    if any(word in error_text for word in _REPETITION) and (again := _repetition(text, line)):
        first, second, key = again
        return SettingsError(SettingMessageId.TWICE, path, str(second), key, str(first))
    return SettingsError(SettingMessageId.NOT_TOML, path, str(line))


def _error_line(text: str, error_text: str) -> int:
    """The line that tomllib names in its words; the last one where that is the end."""
    place = re.search(_TOML_PLACE, error_text)
    return int(place[1]) if place and place[1] else len(re.split(_LINE_END, text.rstrip()))


def _repetition(text: str, line: int) -> tuple[int, int, str] | None:
    """The lines of a key or table that is there twice, and its name; `line` is near the second."""
    seen: dict[tuple[str, ...], int] = {}
    for number, is_header, path in _keys_by_line(text):
        if is_header and path == [RULES]:  # each rule has its own keys
            seen = {key: at for key, at in seen.items() if key[0] != RULES}
        for length in range(1, len(path) + 1):  # a dotted key makes the tables on its way
            whole = tuple(path[:length])
            if length == len(path) and whole in seen and number >= line - 1:
                return seen[whole], number, ".".join(path)
            seen.setdefault(whole, number)
    return None


def salvage(path: str) -> tuple[Settings, SettingsError | None]:
    """The settings, and what is wrong with the file: all that can be read of it is in force.

    For what must work whatever the file holds. A key that cannot be read has its default; a
    service that the file names counts as set up, so that nothing for it is lost.
    """
    try:
        return load(path), None
    except SettingsError as error:
        return _salvaged(path), error


def _salvaged(path: str) -> Settings:
    values = {key: setting.default for key, setting in SETTINGS.items()}
    text = _lenient_text(path)
    named = {service for service in _SERVICES if re.search(rf"(?m)^[^#\n]*\b{service}\b", text)}
    for table, content in _readable_part(text).items():
        for name, value in content.items() if isinstance(content, dict) else ():
            key = f"{table}.{name}"
            if key in SETTINGS:
                try:
                    values[key] = SETTINGS[key].kind.check(value)
                except BadInput:
                    continue
    return Settings(values, "", path, named, _readable_rules(text))


def _readable_rules(text: str) -> Rules:
    """The rules before the first that cannot be read: a later one might not be meant to fit."""
    found: Rules = ()
    content = _readable_part(text).get(RULES)
    for number in range(len(content) if isinstance(content, list) else 0):
        try:
            found = _rules(content[: number + 1] if isinstance(content, list) else (), text, "")
        except SettingsError:
            break
    return found


def _lenient_text(path: str) -> str:
    try:
        content = read_bytes(path)[:MOST_BYTES]
    except OSError:
        return ""
    if content.startswith(_UTF16_MARKS):
        return content.decode("utf-16", errors="replace")
    return content.decode("utf-8-sig", errors="replace")


def _readable_part(text: str) -> dict[str, object]:
    """The document without the lines that cannot be read, and without tables that come again."""
    import tomllib

    lines = re.split(_LINE_END, text)
    for _ in range(_MOST_REPAIRS):
        whole = "\n".join(lines)
        try:
            return tomllib.loads(whole)
        except tomllib.TOMLDecodeError as error:
            _blank(lines, min(_error_line(whole, str(error)), len(lines)) - 1)
        except (RecursionError, ValueError):
            return {}
    return {}


def _blank(lines: list[str], at: int) -> None:
    """Leave a line out, or the last before it that has text; a table with all of its lines."""
    while at > 0 and not lines[at].strip():
        at -= 1
    end = at + 1
    if lines[at].lstrip().startswith("["):
        while end < len(lines) and not lines[end].lstrip().startswith("["):
            end += 1
    lines[at:end] = [""] * (end - at)
