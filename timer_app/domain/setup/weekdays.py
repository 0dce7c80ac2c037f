"""Weekdays as they are typed: `Mon-Thu`, `Пн, Ср`, `平日`."""

from __future__ import annotations

import re

from timer_app.domain.errors import BadInput
from timer_app.domain.messages import WorkingHoursMessageId
from timer_app.domain.setup.time_grammar import WEEKDAYS, split_range
from timer_app.domain.setup.typed_text import normalize_typed

SHOWN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_GROUPS = {
    "weekdays": range(5), "workdays": range(5), "будни": range(5), "平日": range(5),
    "daily": range(7), "ежедневно": range(7), "毎日": range(7),
    "weekend": range(5, 7), "выходные": range(5, 7), "週末": range(5, 7),
}  # fmt: skip
_NAMES = "|".join(sorted(map(re.escape, (*WEEKDAYS, *_GROUPS)), key=len, reverse=True))
_DAYS = re.compile(
    rf"(?P<first>{_NAMES})\.?(?:\s*(?:[-~]|to|до|по|から)\s*(?P<last>{_NAMES})\.?)?(?![^\W\d])"
)
_BETWEEN_PARTS = re.compile(r"[,;、・，；\n]")


def split_parts(text: str) -> list[str]:
    """What commas and the like separate, in usual letters and digits."""
    if not text.strip():
        return []
    return [normalize_typed(part) for part in _BETWEEN_PARTS.split(text)]


def split_days(part: str) -> tuple[tuple[int, ...], str]:
    """The weekdays that a part begins with (0 is Monday), and what is behind them.

    Raises BadInput.
    """
    match = _DAYS.match(part.casefold())
    if match is None:
        word = re.match(r"[^\W\d]+", part)
        if word and re.search("[0-9]", part) and split_range(part) is None:
            raise _not_a_weekday(word[0])
        return (), part or " "
    rest = part.casefold()[match.end() :].strip(" :")
    if rest.startswith(("-", "~")):
        word = re.match(r"[^\W\d]+", rest.strip("-~ "))
        if word and word[0] not in WEEKDAYS:
            raise _not_a_weekday(word[0])
        raise BadInput(WorkingHoursMessageId.NOT_WEEKDAYS, part)
    if match["first"] in _GROUPS and match["last"] is None:
        return tuple(_GROUPS[match["first"]]), rest
    first, last = WEEKDAYS.get(match["first"]), WEEKDAYS.get(match["last"] or match["first"])
    if first is None or last is None:
        raise BadInput(WorkingHoursMessageId.NOT_WEEKDAYS, match[0])
    return tuple((first + more) % 7 for more in range((last - first) % 7 + 1)), rest


def _not_a_weekday(word: str) -> BadInput:
    return BadInput(WorkingHoursMessageId.NOT_A_WEEKDAY, word, ", ".join(SHOWN_DAYS))
