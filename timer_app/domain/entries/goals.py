"""How much a day is to have: the same each day, or by weekday.

`Mon-Thu 8h, Fri 6h30m, Sat-Sun off`: weekdays as in working hours, each with a length or "off".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from timer_app.domain.errors import BadInput
from timer_app.domain.messages import SettingMessageId
from timer_app.domain.setup.time_grammar import parse_duration
from timer_app.domain.setup.weekdays import split_days, split_parts

_LONGEST = timedelta(hours=24)
_MAX_LENGTH = 500


@dataclass(frozen=True, slots=True)
class WeekGoals:
    """Seconds of each weekday, Monday first, 0 for none.

    Work on any day counts for the goal of several days; only `counted` weekdays add to it.
    """

    seconds: tuple[int, ...]
    counted: frozenset[int]

    def on(self, day: date) -> int:
        """The goal of that day, 0 without one."""
        return self.seconds[day.weekday()]

    def between(self, first: date, last: date) -> int:
        """The goal of these days together, both included."""
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return sum(self.on(day) for day in days if day.weekday() in self.counted)


NO_GOALS = WeekGoals((0,) * 7, frozenset())


def week_goals(daily: int, weekday_goals: str, workdays: Collection[int]) -> WeekGoals:
    """The goals of a week: `daily` seconds, and what is typed of single weekdays.

    Without the latter a week is to have the goals of its `workdays` (0 is Monday). Raises BadInput.
    """
    own = parse_weekday_goals(weekday_goals)
    seconds = tuple(own.get(weekday, daily) for weekday in range(7))
    return WeekGoals(seconds, frozenset(range(7) if own else workdays))


def parse_weekday_goals(text: str) -> Mapping[int, int]:
    """The seconds of the weekdays that are named (0 is Monday). Raises BadInput."""
    if len(text) > _MAX_LENGTH:
        raise BadInput(SettingMessageId.TOO_LONG, str(_MAX_LENGTH))
    goals: dict[int, int] = {}
    days: tuple[int, ...] = ()
    for part in split_parts(text):
        more_days, length = split_days(part)
        days = (*days, *more_days)
        if not length.strip():  # days without a length wait for that of the next part
            continue
        if not days:
            raise BadInput(SettingMessageId.GOAL_WITHOUT_DAYS, part)
        seconds = _parse_length(length.strip(), part)
        for day in days:
            if goals.setdefault(day, seconds) != seconds:
                raise BadInput(SettingMessageId.TWO_GOALS, part)
        days = ()
    if days:
        raise BadInput(SettingMessageId.NOT_A_GOAL, text)
    return goals


def _parse_length(typed: str, part: str) -> int:
    """Seconds; a bare number up to 24 is hours."""
    if typed == "off":
        return 0
    is_hours = typed.isdecimal() and len(typed) < 3 and int(typed) <= 24
    try:
        length = parse_duration(typed, timedelta(hours=1) if is_hours else timedelta(minutes=1))
    except BadInput:
        raise BadInput(SettingMessageId.NOT_A_GOAL, part) from None
    if not timedelta(0) < length <= _LONGEST:
        raise BadInput(SettingMessageId.NOT_A_GOAL, part)
    return length // timedelta(seconds=1)
