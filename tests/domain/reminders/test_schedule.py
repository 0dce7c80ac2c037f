"""What is told when, and that nothing is told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Idle, Running
from timer_app.domain.reminders.schedule import (
    LongRunningEntry,
    NothingRunning,
    Reminder,
    ReminderContext,
    ReminderRecord,
    ReminderSettings,
    WorkdayEnded,
    decide_reminders,
    with_snooze,
)
from timer_app.domain.reminders.working_hours import parse_working_hours

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HOURS = parse_working_hours("Mon-Fri 09:00-13:00, 14:00-18:00")
ALL = ReminderSettings(4 * HOUR, HOURS)
LONG = ReminderSettings(4 * HOUR)
ENTRY = Entry("e1", Task("Ship it"), MONDAY + 9 * HOUR, Source.CLICK)
BERLIN = ZoneInfo("Europe/Berlin")


def at(hours: float, **more: object) -> ReminderContext:
    """So many hours after Monday began, with nothing running since the Friday before."""
    idle = ReminderContext(MONDAY + hours * HOUR, UTC, Idle(), MONDAY - 60 * HOUR, 0, 0, MONDAY)
    return replace(idle, **more)  # type: ignore[arg-type]  # the tests name fields that exist


def running(hours: float, **more: object) -> ReminderContext:
    return at(hours, state=Running(ENTRY), **more)


def told(
    settings: ReminderSettings, context: ReminderContext, record: ReminderRecord | None = None
) -> tuple[Reminder, ...]:
    return decide_reminders(settings, context, record or ReminderRecord()).reminders


# A long run


def test_a_long_run_is_reported_at_its_instant_and_again_as_long_after() -> None:
    early = decide_reminders(LONG, running(13 - 1 / 3600), ReminderRecord())
    assert early.reminders == ()
    assert early.next_check_in == timedelta(seconds=1)
    due = decide_reminders(LONG, running(13), early.record)
    assert due.reminders == (LongRunningEntry(ENTRY, 4 * HOUR),)
    assert due.next_check_in == 4 * HOUR
    assert told(LONG, running(17 - 1 / 3600), due.record) == ()
    assert told(LONG, running(17), due.record) == (LongRunningEntry(ENTRY, 8 * HOUR),)


def test_keep_on_counts_from_the_answer() -> None:
    due = decide_reminders(LONG, running(13), ReminderRecord())
    answered = with_snooze(running(14.5), ENTRY.id, due.record)
    assert decide_reminders(LONG, running(15), answered).next_check_in == 3.5 * HOUR
    assert told(LONG, running(18.5), answered) == (LongRunningEntry(ENTRY, 9.5 * HOUR),)


def test_another_entry_is_another_matter() -> None:
    due = decide_reminders(LONG, running(13), ReminderRecord())
    other = replace(ENTRY, id="e2", started_at=MONDAY + 13 * HOUR)
    assert (
        decide_reminders(LONG, at(13, state=Running(other)), due.record).next_check_in == 4 * HOUR
    )


def test_off_and_idle_are_silent() -> None:
    assert (
        decide_reminders(ReminderSettings(), running(100), ReminderRecord()).next_check_in is None
    )
    assert decide_reminders(LONG, at(100), ReminderRecord()).next_check_in is None


def test_a_clock_that_was_set_changes_no_length() -> None:
    forward = running(16, wall_clock_shift=5 * HOUR)  # it has run for two hours
    assert decide_reminders(LONG, forward, ReminderRecord()).next_check_in == 2 * HOUR
    back = running(9, wall_clock_shift=-4 * HOUR)
    assert told(LONG, back) == (LongRunningEntry(ENTRY, 4 * HOUR),)


def test_after_a_night_off_it_is_reported_once() -> None:
    morning = running(24 + 8, app_started_at=MONDAY + 32 * HOUR)
    decision = decide_reminders(LONG, morning, ReminderRecord())
    assert decision.reminders == (LongRunningEntry(ENTRY, 23 * HOUR),)
    assert told(LONG, morning, decision.record) == ()


@given(st.integers(1, 20), st.lists(st.integers(1, 400), max_size=40))
def test_never_earlier_than_asked_and_never_twice_within(after: int, steps: list[int]) -> None:
    """However often it is looked."""
    settings, record = ReminderSettings(after * MINUTE), ReminderRecord()
    now, spoken = ENTRY.started_at, ENTRY.started_at
    for step in steps:
        now += step * MINUTE
        decision = decide_reminders(settings, running(0, now=now), record)
        due = now - spoken >= after * MINUTE
        assert bool(decision.reminders) is due
        spoken = now if due else spoken
        assert decision.next_check_in == spoken + after * MINUTE - now
        record = decision.record


# Nothing runs


def test_nothing_runs_for_ten_minutes_of_working_time() -> None:
    early = decide_reminders(ALL, at(8), ReminderRecord())
    assert early.reminders == ()
    assert early.next_check_in == HOUR + 10 * MINUTE
    assert told(ALL, at(9.15)) == ()
    due = decide_reminders(ALL, at(9 + 1 / 6), ReminderRecord())
    assert due.reminders == (NothingRunning(),)
    for later in (9.5, 15, 24 + 10, 24 * 30):  # a holiday is not disturbed
        assert NothingRunning() not in told(ALL, at(later), due.record)


def test_something_ran_and_it_may_be_said_again() -> None:
    due = decide_reminders(ALL, at(9.5), ReminderRecord())
    stopped = MONDAY + 11 * HOUR
    assert decide_reminders(ALL, at(11, last_stop=stopped), due.record).next_check_in == 10 * MINUTE
    assert told(ALL, at(11.2, last_stop=stopped), due.record) == (NothingRunning(),)


def test_not_while_something_runs_nor_out_of_hours() -> None:
    assert told(ReminderSettings(None, HOURS), running(10)) == ()
    for pause in (8.9, 13.5, 18.5, 24 * 5 + 10):
        assert NothingRunning() not in told(ALL, at(pause))


def test_a_stop_shortly_before_the_break_is_not_held_against_anybody() -> None:
    stopped = at(12.9, last_stop=MONDAY + 12.9 * HOUR)
    decision = decide_reminders(ALL, stopped, ReminderRecord())
    assert decision.reminders == ()
    assert decision.next_check_in is not None
    assert abs(decision.next_check_in - (1.1 * HOUR + 10 * MINUTE)) < timedelta(seconds=1)


def test_who_has_just_begun_to_look_waits_too() -> None:
    """At login nobody has had the time to start anything."""
    login = at(9.5, app_started_at=MONDAY + 9.5 * HOUR)
    assert decide_reminders(ALL, login, ReminderRecord()).next_check_in == 10 * MINUTE


def test_on_waking_it_is_said_once_if_it_is_still_working_time() -> None:
    asleep = decide_reminders(ALL, at(8), ReminderRecord())
    awake = decide_reminders(ALL, at(11), asleep.record)
    assert awake.reminders == (NothingRunning(),)
    assert told(ALL, at(11), awake.record) == ()
    assert NothingRunning() not in told(ALL, at(19), asleep.record)


def test_nothing_ever_ran() -> None:
    due = decide_reminders(ALL, at(9.5, last_stop=None), ReminderRecord())
    assert due.reminders == (NothingRunning(),)
    assert told(ALL, at(10, last_stop=None), due.record) == ()


# The day ends


def test_the_day_ends_with_something_left() -> None:
    quiet = ReminderRecord(idle_since=at(0).last_stop)
    before = decide_reminders(ALL, at(17, waiting=2, needing_user=1), quiet)
    assert before.reminders == ()
    assert before.next_check_in == HOUR
    end = decide_reminders(ALL, at(18, waiting=2, needing_user=1), before.record)
    assert end.reminders == (WorkdayEnded(2, 1),)
    assert told(ALL, at(18, waiting=2, needing_user=1), end.record) == ()
    assert told(ALL, at(24 + 17, waiting=2), end.record) == ()
    assert told(ALL, at(24 + 18, waiting=2), end.record) == (WorkdayEnded(2, 0),)


def test_the_lunch_break_is_no_end() -> None:
    quiet = ReminderRecord(idle_since=at(0).last_stop)
    assert told(ALL, at(13, waiting=2), quiet) == ()


def test_with_nothing_left_nothing_is_said_and_the_evening_is_one_s_own() -> None:
    quiet = ReminderRecord(idle_since=at(0).last_stop)
    end = decide_reminders(ALL, at(18), quiet)
    assert end.reminders == ()
    assert told(ALL, at(20, waiting=1), end.record) == ()


def test_an_end_that_passed_asleep_is_reported_on_waking_and_one_before_the_start_is_not() -> None:
    quiet = ReminderRecord(idle_since=at(0).last_stop, day=date(2026, 11, 20))
    woke = decide_reminders(ALL, at(20, waiting=1), quiet)
    assert woke.reminders == (WorkdayEnded(1, 0),)
    over_the_weekend = at(24 * 7 + 8, waiting=1)
    assert told(ALL, over_the_weekend, woke.record) == (WorkdayEnded(1, 0),)
    started_late = at(20, waiting=1, app_started_at=MONDAY + 20 * HOUR)
    assert told(ALL, started_late, quiet) == ()


# Zones and clocks


def test_hours_are_those_of_the_zone_the_computer_is_in() -> None:
    quiet = ReminderRecord(idle_since=at(0).last_stop)
    tokyo = timezone(9 * HOUR)
    assert (
        decide_reminders(ALL, at(8, zone=tokyo, waiting=1), quiet).next_check_in == HOUR
    )  # 17:00 there
    assert told(ALL, at(9, zone=tokyo, waiting=1), quiet) == (WorkdayEnded(1, 0),)


def test_the_day_of_a_clock_change_ends_by_the_clock() -> None:
    """Berlin, 2026-03-29: the working Sunday of somebody ends at 18:00 there, 16:00 UTC."""
    settings = ReminderSettings(None, parse_working_hours("Mon-Sun 01:00-18:00"))
    sunday = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    context = at(0, now=sunday, zone=BERLIN, last_stop=sunday, app_started_at=sunday, waiting=1)
    quiet = ReminderRecord(idle_since=sunday)
    assert decide_reminders(settings, context, quiet).next_check_in == 16 * HOUR


@given(
    st.lists(st.integers(0, 3 * 24 * 60), min_size=1, max_size=60),
    st.sampled_from([UTC, BERLIN, ZoneInfo("America/St_Johns")]),
    st.booleans(),
)
def test_each_thing_is_reported_at_most_once(looks: list[int], zone: ZoneInfo, waits: bool) -> None:  # noqa: FBT001 - drawn
    """However the looks fall, forward and backward (a clock that is set)."""
    record, heard = ReminderRecord(), list[Reminder]()
    for minutes in looks:
        context = at(minutes / 60, zone=zone, waiting=int(waits))
        decision = decide_reminders(ALL, context, record)
        record = decision.record
        heard += decision.reminders
        assert decision.next_check_in is None or decision.next_check_in > timedelta(0)
        assert decide_reminders(ALL, context, record).reminders == ()
    assert heard.count(NothingRunning()) <= 1
    assert heard.count(WorkdayEnded(1, 0)) <= (4 if waits else 0)


@given(st.integers(0, 4 * 24 * 60), st.integers(1, 4 * 24 * 60), st.booleans())
def test_nothing_is_due_before_the_wait_is_over(begin: int, more: int, runs: bool) -> None:  # noqa: FBT001 - drawn
    """One timer at the next instant is enough: nobody has to look in between."""
    make = running if runs else at
    first = decide_reminders(ALL, make(begin / 60, waiting=1), ReminderRecord())
    later = timedelta(minutes=more)
    if first.next_check_in is None or later < first.next_check_in:
        assert told(ALL, make((begin + more) / 60, waiting=1), first.record) == ()
