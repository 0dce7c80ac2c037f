"""Reads the JSON that services answer with: one parser and one set of readers for both. Pure.

An answer is foreign text: it is bounded in its number of values, and its strings are
cleaned once, here, so that whatever is read can be stored, sent and shown. Readers are lenient in
form (an id may be a number or a string) and strict in substance: what cannot be what it must be
raises UnreadableResponse.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NoReturn

MAX_JSON_MARKS = 200_000
"""Commas, colons and opening brackets in one answer: about 3,000 tasks, parsed in 25 ms."""
MAX_ROWS = 10_000
_MAX_INT = 2**63 - 1  # what SQLite stores
_YEARS = range(1970, 2200)
"""Instants of other years are no times of work, and arithmetic could leave datetime's range."""

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")  # neither UTF-8 nor a C string can hold them
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)  # safe in a path as it is
_INTEGER = re.compile(r"-?[0-9]{1,19}", re.ASCII)


class UnreadableResponse(Exception):
    """An answer lacks what it must have. The text names what is missing, never what was there."""


def parse_json(text: str, secret: str = "") -> object:
    """The value of a JSON text, its strings cleaned and `secret` in them struck out.

    Raises UnreadableResponse, also for more values than any answer has and for deeper ones than
    the interpreter's stack.
    """
    if sum(map(text.count, ",:[{")) > MAX_JSON_MARKS:
        raise UnreadableResponse("it holds more values than any answer should")
    try:
        marked = text.removeprefix("\ufeff")  # RFC 8259, 8.1: one may ignore it
        return _clean(json.loads(marked, parse_constant=_reject_constant), secret)
    except (ValueError, RecursionError):
        raise UnreadableResponse("it is not JSON") from None


def clean_text(text: str) -> str:
    """The text with what cannot be stored (NUL, half a surrogate pair) as U+FFFD."""
    return text if text.isascii() and "\x00" not in text else _UNUSABLE.sub("\ufffd", text)


def strike_out(text: str, secret: str) -> str:
    """The text with `***` for each place where it holds `secret`, escaped or not."""
    return _escaped_forms(secret).sub("***", text) if secret else text


@lru_cache(maxsize=4)
def _escaped_forms(secret: str) -> re.Pattern[str]:
    """The secret, each of its letters as it is or escaped as in JSON, in HTML or in an address.

    Each kind has a bound, so that the search stays linear. Whole in base64 it is found too.
    """
    letters = "".join(
        f"(?:{re.escape(letter)}|%(?:25){{0,3}}{ord(letter):02x}|&(?:amp;){{0,3}}#"
        f"(?:0{{0,6}}{ord(letter)}|x0{{0,6}}{ord(letter):x});?|\\\\{{1,4}}u{ord(letter):04x})"
        for letter in secret
    )
    packed = base64.b64encode(secret.encode("utf-8", "surrogatepass")).decode().rstrip("=")[:-1]
    return re.compile(rf"(?i:{letters})|{re.escape(packed)}[\w+/=-]*" if packed else letters)


def _clean(value: object, secret: str) -> object:
    """The value, its strings cleaned in place; without recursion, however deep it is nested.

    Names of members stay as they are: readers look for known ones, and nobody keeps the others.
    """
    whole: list[object] = [value]
    waiting: list[list[object] | dict[str, object]] = [whole]
    while waiting:
        match waiting.pop():
            case list() as rows:
                for index, each in enumerate(rows):
                    rows[index] = _cleaned(each, secret, waiting)
            case members:
                for name, each in members.items():
                    members[name] = _cleaned(each, secret, waiting)
    return whole[0]


def _cleaned(value: object, secret: str, waiting: list[list[object] | dict[str, object]]) -> object:
    if isinstance(value, list | dict):
        waiting.append(value)
    if not isinstance(value, str):
        return value
    return strike_out(clean_text(value), secret)


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are no JSON


def read_object(value: object, what: str) -> Mapping[str, object]:
    """A JSON object. `what` is what it should be, for the error."""
    if not isinstance(value, dict):
        raise UnreadableResponse(f"where {what} should be, there is something else")
    return value


def read_rows(value: object, name: str = "") -> list[object]:
    """A list, bare or as the member `name` of an object; at most MAX_ROWS."""
    if isinstance(value, dict) and name:
        value = value.get(name)
    if not isinstance(value, list):
        raise UnreadableResponse("it is not a list")
    if len(value) > MAX_ROWS:
        raise UnreadableResponse("its list is longer than any should be")
    return value


def text_or_empty(value: object) -> str:
    """A string; "" if it is none."""
    return value if isinstance(value, str) else ""


def id_or_empty(value: object) -> str:
    """An id, int or string, as a string that is safe in a path; "" if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    text = str(value)
    return text if _ID.fullmatch(text) else ""


def read_id(value: object, what: str) -> str:
    """An id, int or string, as a string that is safe in a path."""
    if not (text := id_or_empty(value)):
        raise UnreadableResponse(f"{what} is missing")
    return text


def int_or_none(value: object) -> int | None:
    """A whole number of 64 bits, also in a string; None if it is none."""
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _MAX_INT:
        return None
    return value


def read_int(value: object, what: str) -> int:
    """A whole number of 64 bits, also in a string."""
    if (number := int_or_none(value)) is None:
        raise UnreadableResponse(f"{what} is missing or not a number")
    return number


def instant_or_none(value: object) -> datetime | None:
    """An ISO instant with any offset, in UTC; None without an offset, which could be hours off."""
    try:
        moment = datetime.fromisoformat(text_or_empty(value))
    except ValueError:
        return None
    if moment.tzinfo is None or moment.year not in _YEARS:
        return None
    return moment.astimezone(UTC)


def read_instant(value: object, what: str) -> datetime:
    """An ISO instant with any offset, in UTC."""
    if (moment := instant_or_none(value)) is None:
        raise UnreadableResponse(f"{what} is missing or not an instant")
    return moment


def date_or_none(value: object) -> date | None:
    """The date in the first ten characters of a date or an instant; no zone is converted."""
    try:
        day = date.fromisoformat(text_or_empty(value)[:10])
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def read_date(value: object, what: str) -> date:
    """The date in the first ten characters of a date or an instant; no zone is converted."""
    if (day := date_or_none(value)) is None:
        raise UnreadableResponse(f"{what} is missing or not a date")
    return day
