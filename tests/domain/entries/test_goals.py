"""Goals by weekday: as they are typed, and what they make of a day and of several."""

from __future__ import annotations

from datetime import date

import pytest

from timer_app.domain.entries.goals import parse_weekday_goals, week_goals
from timer_app.domain.errors import BadInput
from timer_app.domain.setup.settings_schema import SETTINGS

MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)
HOUR = 3600


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("", {}),
        ("Fri 6h", {4: 6}),
        ("Fri 6", {4: 6}),
        ("fri: 390", {4: 6.5}),
        ("Mon-Thu 8h30m, Fri 6h, Sat-Sun off", {0: 8.5, 1: 8.5, 2: 8.5, 3: 8.5, 4: 6, 5: 0, 6: 0}),
        ("Sat-Mon OFF", {5: 0, 6: 0, 0: 0}),
        ("Mon, Wed 4h; Fri 6:30", {0: 4, 2: 4, 4: 6.5}),
        ("пн-чт 8ч, пт 7ч 30м", {0: 8, 1: 8, 2: 8, 3: 8, 4: 7.5}),
        ("平日 8時間、週末 off", {0: 8, 1: 8, 2: 8, 3: 8, 4: 8, 5: 0, 6: 0}),
        ("Mon 8h, Mon 8h,", {0: 8}),
    ],
)
def test_as_typed(typed: str, hours: dict[int, float]) -> None:
    assert parse_weekday_goals(typed) == {day: each * HOUR for day, each in hours.items()}
    assert SETTINGS["time.weekday_goals"].kind.check(typed) == typed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8h", "“8h” names no weekdays"),
        ("Mon", "“Mon” is not a goal of weekdays"),
        ("Mon 8h, Tue", "is not a goal of weekdays"),
        ("Mon much", "“Mon much” is not a goal of weekdays"),
        ("Mon 0", "“Mon 0” is not a goal of weekdays"),
        ("Mon 25h", "“Mon 25h” is not a goal of weekdays"),
        ("Mon-Fri 8h, Fri 6h", "“Fri 6h” names a weekday that has another goal already"),
        ("Freitag 8h", "is not a weekday"),
        ("Mon 8h" + " " * 500, "500"),
    ],
)
def test_what_is_no_goal_says_why(typed: str, said: str) -> None:
    with pytest.raises(BadInput) as wrong:
        parse_weekday_goals(typed)
    assert said in str(wrong.value)


def test_without_any_a_week_has_the_goals_of_its_workdays() -> None:
    goals = week_goals(8 * HOUR, "", range(5))
    assert goals.on(SUNDAY) == 8 * HOUR
    assert goals.between(MONDAY, SUNDAY) == 40 * HOUR
    assert goals.between(SUNDAY, SUNDAY) == 0


def test_those_named_count_whatever_the_region_says() -> None:
    goals = week_goals(8 * HOUR, "Fri 6h, Sun off", ())
    assert (goals.on(MONDAY), goals.on(date(2026, 11, 20)), goals.on(SUNDAY)) == (
        8 * HOUR,
        6 * HOUR,
        0,
    )
    assert goals.between(MONDAY, SUNDAY) == (5 * 8 + 6) * HOUR
    assert week_goals(0, "Mon 4h", ()).between(MONDAY, SUNDAY) == 4 * HOUR
