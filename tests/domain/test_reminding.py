"""What is told when, and that nothing is told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.entry import Entry, Source
from timer_app.domain.reminding import (
    DayEnds,
    Facts,
    LongRun,
    NothingRuns,
    Reminded,
    Reminder,
    Wishes,
    decide,
    kept_on,
)
from timer_app.domain.task import Task
from timer_app.domain.timer import Idle, Running
from timer_app.domain.working_hours import parse_working_hours

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HOURS = parse_working_hours("Mon-Fri 09:00-13:00, 14:00-18:00")
ALL = Wishes(4 * HOUR, HOURS)
LONG = Wishes(4 * HOUR)
ENTRY = Entry("e1", Task("Ship it"), MONDAY + 9 * HOUR, Source.CLICK)
BERLIN = ZoneInfo("Europe/Berlin")


def at(hours: float, **more: object) -> Facts:
    """So many hours after Monday began, with nothing running since the Friday before."""
    idle = Facts(MONDAY + hours * HOUR, UTC, Idle(), MONDAY - 60 * HOUR, 0, 0, MONDAY)
    return replace(idle, **more)  # type: ignore[arg-type]  # the tests name fields that exist


def running(hours: float, **more: object) -> Facts:
    return at(hours, state=Running(ENTRY), **more)


def told(wishes: Wishes, facts: Facts, reminded: Reminded | None = None) -> tuple[Reminder, ...]:
    return decide(wishes, facts, reminded or Reminded()).tell


# A long run


def test_a_long_run_is_told_at_its_instant_and_again_as_long_after() -> None:
    early = decide(LONG, running(13 - 1 / 3600), Reminded())
    assert early.tell == ()
    assert early.wait == timedelta(seconds=1)
    due = decide(LONG, running(13), early.reminded)
    assert due.tell == (LongRun(ENTRY, 4 * HOUR),)
    assert due.wait == 4 * HOUR
    assert told(LONG, running(17 - 1 / 3600), due.reminded) == ()
    assert told(LONG, running(17), due.reminded) == (LongRun(ENTRY, 8 * HOUR),)


def test_keep_on_counts_from_the_answer() -> None:
    due = decide(LONG, running(13), Reminded())
    answered = kept_on(running(14.5), ENTRY.id, due.reminded)
    assert decide(LONG, running(15), answered).wait == 3.5 * HOUR
    assert told(LONG, running(18.5), answered) == (LongRun(ENTRY, 9.5 * HOUR),)


def test_another_entry_is_another_matter() -> None:
    due = decide(LONG, running(13), Reminded())
    other = replace(ENTRY, id="e2", started_at=MONDAY + 13 * HOUR)
    assert decide(LONG, at(13, state=Running(other)), due.reminded).wait == 4 * HOUR


def test_off_and_idle_are_silent() -> None:
    assert decide(Wishes(), running(100), Reminded()).wait is None
    assert decide(LONG, at(100), Reminded()).wait is None


def test_a_clock_that_was_set_changes_no_length() -> None:
    forward = running(16, clock_set=5 * HOUR)  # it has run for two hours
    assert decide(LONG, forward, Reminded()).wait == 2 * HOUR
    back = running(9, clock_set=-4 * HOUR)
    assert told(LONG, back) == (LongRun(ENTRY, 4 * HOUR),)


def test_after_a_night_off_it_is_told_once() -> None:
    morning = running(24 + 8, watched_since=MONDAY + 32 * HOUR)
    decision = decide(LONG, morning, Reminded())
    assert decision.tell == (LongRun(ENTRY, 23 * HOUR),)
    assert told(LONG, morning, decision.reminded) == ()


@given(st.integers(1, 20), st.lists(st.integers(1, 400), max_size=40))
def test_never_earlier_than_asked_and_never_twice_within(after: int, steps: list[int]) -> None:
    """However often it is looked."""
    wishes, reminded = Wishes(after * MINUTE), Reminded()
    now, spoken = ENTRY.started_at, ENTRY.started_at
    for step in steps:
        now += step * MINUTE
        decision = decide(wishes, running(0, now=now), reminded)
        due = now - spoken >= after * MINUTE
        assert bool(decision.tell) is due
        spoken = now if due else spoken
        assert decision.wait == spoken + after * MINUTE - now
        reminded = decision.reminded


# Nothing runs


def test_nothing_runs_for_ten_minutes_of_working_time() -> None:
    early = decide(ALL, at(8), Reminded())
    assert early.tell == ()
    assert early.wait == HOUR + 10 * MINUTE
    assert told(ALL, at(9.15)) == ()
    due = decide(ALL, at(9 + 1 / 6), Reminded())
    assert due.tell == (NothingRuns(),)
    for later in (9.5, 15, 24 + 10, 24 * 30):  # a holiday is not disturbed
        assert NothingRuns() not in told(ALL, at(later), due.reminded)


def test_something_ran_and_it_may_be_said_again() -> None:
    due = decide(ALL, at(9.5), Reminded())
    stopped = MONDAY + 11 * HOUR
    assert decide(ALL, at(11, last_stop=stopped), due.reminded).wait == 10 * MINUTE
    assert told(ALL, at(11.2, last_stop=stopped), due.reminded) == (NothingRuns(),)


def test_not_while_something_runs_nor_out_of_hours() -> None:
    assert told(Wishes(None, HOURS), running(10)) == ()
    for pause in (8.9, 13.5, 18.5, 24 * 5 + 10):
        assert NothingRuns() not in told(ALL, at(pause))


def test_a_stop_shortly_before_the_break_is_not_held_against_anybody() -> None:
    stopped = at(12.9, last_stop=MONDAY + 12.9 * HOUR)
    decision = decide(ALL, stopped, Reminded())
    assert decision.tell == ()
    assert decision.wait is not None
    assert abs(decision.wait - (1.1 * HOUR + 10 * MINUTE)) < timedelta(seconds=1)


def test_who_has_just_begun_to_look_waits_too() -> None:
    """At login nobody has had the time to start anything."""
    login = at(9.5, watched_since=MONDAY + 9.5 * HOUR)
    assert decide(ALL, login, Reminded()).wait == 10 * MINUTE


def test_on_waking_it_is_said_once_if_it_is_still_working_time() -> None:
    asleep = decide(ALL, at(8), Reminded())
    awake = decide(ALL, at(11), asleep.reminded)
    assert awake.tell == (NothingRuns(),)
    assert told(ALL, at(11), awake.reminded) == ()
    assert NothingRuns() not in told(ALL, at(19), asleep.reminded)


def test_nothing_ever_ran() -> None:
    due = decide(ALL, at(9.5, last_stop=None), Reminded())
    assert due.tell == (NothingRuns(),)
    assert told(ALL, at(10, last_stop=None), due.reminded) == ()


# The day ends


def test_the_day_ends_with_something_left() -> None:
    quiet = Reminded(idle_since=at(0).last_stop)
    before = decide(ALL, at(17, waiting=2, needing=1), quiet)
    assert before.tell == ()
    assert before.wait == HOUR
    end = decide(ALL, at(18, waiting=2, needing=1), before.reminded)
    assert end.tell == (DayEnds(2, 1),)
    assert told(ALL, at(18, waiting=2, needing=1), end.reminded) == ()
    assert told(ALL, at(24 + 17, waiting=2), end.reminded) == ()
    assert told(ALL, at(24 + 18, waiting=2), end.reminded) == (DayEnds(2, 0),)


def test_the_lunch_break_is_no_end() -> None:
    quiet = Reminded(idle_since=at(0).last_stop)
    assert told(ALL, at(13, waiting=2), quiet) == ()


def test_with_nothing_left_nothing_is_said_and_the_evening_is_one_s_own() -> None:
    quiet = Reminded(idle_since=at(0).last_stop)
    end = decide(ALL, at(18), quiet)
    assert end.tell == ()
    assert told(ALL, at(20, waiting=1), end.reminded) == ()


def test_an_end_that_passed_asleep_is_told_on_waking_and_one_before_the_start_is_not() -> None:
    quiet = Reminded(idle_since=at(0).last_stop, day=date(2026, 11, 20))
    woke = decide(ALL, at(20, waiting=1), quiet)
    assert woke.tell == (DayEnds(1, 0),)
    over_the_weekend = at(24 * 7 + 8, waiting=1)
    assert told(ALL, over_the_weekend, woke.reminded) == (DayEnds(1, 0),)
    started_late = at(20, waiting=1, watched_since=MONDAY + 20 * HOUR)
    assert told(ALL, started_late, quiet) == ()


# Zones and clocks


def test_hours_are_those_of_the_zone_the_computer_is_in() -> None:
    quiet = Reminded(idle_since=at(0).last_stop)
    tokyo = timezone(9 * HOUR)
    assert decide(ALL, at(8, zone=tokyo, waiting=1), quiet).wait == HOUR  # 17:00 there
    assert told(ALL, at(9, zone=tokyo, waiting=1), quiet) == (DayEnds(1, 0),)


def test_the_day_of_a_clock_change_ends_by_the_clock() -> None:
    """Berlin, 2026-03-29: the working Sunday of somebody ends at 18:00 there, 16:00 UTC."""
    wishes = Wishes(None, parse_working_hours("Mon-Sun 01:00-18:00"))
    sunday = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    facts = at(0, now=sunday, zone=BERLIN, last_stop=sunday, watched_since=sunday, waiting=1)
    quiet = Reminded(idle_since=sunday)
    assert decide(wishes, facts, quiet).wait == 16 * HOUR


@given(
    st.lists(st.integers(0, 3 * 24 * 60), min_size=1, max_size=60),
    st.sampled_from([UTC, BERLIN, ZoneInfo("America/St_Johns")]),
    st.booleans(),
)
def test_each_thing_is_told_at_most_once(looks: list[int], zone: ZoneInfo, waits: bool) -> None:  # noqa: FBT001 - drawn
    """However the looks fall, forward and backward (a clock that is set)."""
    reminded, heard = Reminded(), list[Reminder]()
    for minutes in looks:
        facts = at(minutes / 60, zone=zone, waiting=int(waits))
        decision = decide(ALL, facts, reminded)
        reminded = decision.reminded
        heard += decision.tell
        assert decision.wait is None or decision.wait > timedelta(0)
        assert decide(ALL, facts, reminded).tell == ()
    assert heard.count(NothingRuns()) <= 1
    assert heard.count(DayEnds(1, 0)) <= (4 if waits else 0)


@given(st.integers(0, 4 * 24 * 60), st.integers(1, 4 * 24 * 60), st.booleans())
def test_nothing_is_due_before_the_wait_is_over(begin: int, more: int, runs: bool) -> None:  # noqa: FBT001 - drawn
    """One timer at the next instant is enough: nobody has to look in between."""
    make = running if runs else at
    first = decide(ALL, make(begin / 60, waiting=1), Reminded())
    later = timedelta(minutes=more)
    if first.wait is None or later < first.wait:
        assert told(ALL, make((begin + more) / 60, waiting=1), first.reminded) == ()
