"""A day, a week, a month and a row of the history, as values."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.world import CARD, TASK, WORDS
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.service_messages import (
    DeleteLog,
    LogTime,
    Message,
    RecordEntry,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.goals import NO_GOALS, week_goals
from timer_app.domain.entries.minutes import split_by_day
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service
from timer_app.services.entries.history import (
    Bar,
    Calendar,
    CardTotal,
    DayTimeline,
    Scope,
    ServiceDeliveryStatus,
    TaskTotal,
    bar_chart,
    card_totals,
    combined_delivery_status,
    day_timeline,
    scope_dates,
    service_delivery_status,
    shifted_date,
    visible_hours,
)
from timer_app.services.entries.listing import DeliveryStatus

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY = date(2026, 11, 22)
NINE = datetime(2026, 11, 22, 6, tzinfo=UTC)  # in Moscow
HOUR = timedelta(hours=1)
GOAL = 8 * 3600
MONDAY = date(2026, 11, 16)


def at(hours: float, lasts: float | None, number: int = 1) -> LoggedEntry:
    """An entry so many hours after nine, lasting so many; None: it runs."""
    began = NINE + hours * HOUR
    entry = Entry(f"e{number}", TASK, began, Source.CLICK)
    return LoggedEntry(entry, None if lasts is None else began + lasts * HOUR, ())


def shown(
    *logged: LoggedEntry, now: float = 12, finished: int = 0, of: date = SUNDAY
) -> DayTimeline:
    """The day, so many hours after nine."""
    return day_timeline(of, logged, finished, GOAL, Calendar(MOSCOW, time(0), NINE + now * HOUR))


# -- a day


def test_blocks_that_share_time_lie_in_lanes_and_the_next_takes_the_free_one() -> None:
    of = shown(at(0, 2, 1), at(1, 2, 2), at(2, 1, 3), at(5, 1, 4))
    assert [(block.entry.id, block.lane) for block in of.blocks] == [
        ("e1", 0), ("e2", 1), ("e3", 0), ("e4", 0),
    ]  # fmt: skip
    assert of.lanes == 2
    assert shown().lanes == 1


def test_an_entry_over_midnight_is_cut_to_the_day() -> None:
    night = at(14, 4)  # 23:00 to 3:00
    today, tomorrow = shown(night, now=20), shown(night, now=20, of=SUNDAY + timedelta(days=1))
    assert [(b.begins, b.ends) for b in today.blocks] == [(NINE + 14 * HOUR, today.ends)]
    assert [(b.begins, b.ends) for b in tomorrow.blocks] == [(today.ends, NINE + 18 * HOUR)]
    assert today.ends == tomorrow.begins


def test_what_runs_lasts_until_now_and_counts() -> None:
    of = shown(at(0, 1, 1), at(2, None, 2), now=4, finished=3600)
    assert [(b.entry.id, b.running, b.ends) for b in of.blocks] == [
        ("e1", False, NINE + HOUR), ("e2", True, NINE + 4 * HOUR),
    ]  # fmt: skip
    assert of.seconds == 3600 + 2 * 3600
    assert of.now == NINE + 4 * HOUR


def test_a_clock_that_was_set_back_makes_no_block_of_less_than_nothing() -> None:
    of = shown(at(2, None), now=1)
    assert [(b.begins, b.ends) for b in of.blocks] == [(NINE + 2 * HOUR, NINE + 2 * HOUR)]
    assert of.seconds == 0


def test_an_entry_that_took_no_time_is_there_to_be_seen() -> None:
    assert [b.entry.id for b in shown(at(1, 0)).blocks] == ["e1"]


def test_there_is_no_now_on_another_day() -> None:
    assert shown(of=SUNDAY - timedelta(days=1)).now is None


@pytest.mark.parametrize(
    ("logged", "first", "last"),
    [
        ((), -1, 9),  # 8:00 to 18:00
        ((at(-2.5, 1),), -3, 9),
        ((at(10, 0.2),), -1, 11),
        ((at(-9, 24),), -9, 15),
    ],
)
def test_hours_that_are_drawn(logged: tuple[LoggedEntry, ...], first: int, last: int) -> None:
    begins, ends = visible_hours(shown(*logged, now=100))
    assert (begins, ends) == (NINE + first * HOUR, NINE + last * HOUR)


@pytest.mark.parametrize(("of", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_of_a_clock_change_has_its_own_length(of: date, hours: int) -> None:
    calendar = Calendar(BERLIN, time(0), NINE)
    whole = day_timeline(of, (), 0, 0, calendar)
    assert whole.ends - whole.begins == hours * HOUR


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 30)), max_size=12))
def test_no_two_blocks_of_a_lane_share_time(spans: list[tuple[int, int]]) -> None:
    of = shown(*(at(begin, lasts, n) for n, (begin, lasts) in enumerate(spans)), now=100)
    lanes: dict[int, list[tuple[datetime, datetime]]] = {}
    for block in of.blocks:
        assert of.begins <= block.begins <= block.ends <= of.ends
        lanes.setdefault(block.lane, []).append((block.begins, block.ends))
    for blocks in lanes.values():
        assert all(one[1] <= other[0] for one, other in pairwise(blocks))
    begins, ends = visible_hours(of)
    assert of.begins <= begins < ends <= of.ends
    assert all(begins <= block.begins and block.ends <= ends for block in of.blocks)


@given(st.integers(-30, 30), st.integers(0, 60), st.times(max_value=time(12)))
def test_blocks_of_all_days_are_the_stretches(begin: int, lasts: int, day_start: time) -> None:
    day_start = day_start.replace(microsecond=0)
    logged = at(begin, lasts)
    calendar = Calendar(MOSCOW, day_start, NINE + 100 * HOUR)
    assert logged.stopped_at
    segments = {
        s.for_date: s.seconds
        for s in split_by_day(logged.entry.started_at, logged.stopped_at, MOSCOW, day_start)
    }
    drawn = {}
    for number in range(-3, 6):
        of = day_timeline(SUNDAY + timedelta(days=number), [logged], 0, 0, calendar)
        for block in of.blocks:
            drawn[of.date] = int((block.ends - block.begins).total_seconds())
    assert drawn == segments


# -- a week, a month


@pytest.mark.parametrize(
    ("scope", "of", "first_weekday", "first", "last"),
    [
        (Scope.DAY, SUNDAY, 1, SUNDAY, SUNDAY),
        (Scope.WEEK, SUNDAY, 6, date(2026, 11, 21), date(2026, 11, 27)),
        (Scope.WEEK, SUNDAY, 1, date(2026, 11, 16), SUNDAY),
        (Scope.WEEK, SUNDAY, 7, SUNDAY, date(2026, 11, 28)),
        (Scope.WEEK, date(2026, 11, 16), 1, date(2026, 11, 16), SUNDAY),
        (Scope.MONTH, SUNDAY, 1, date(2026, 11, 1), date(2026, 11, 30)),
        (Scope.MONTH, date(2028, 2, 3), 1, date(2028, 2, 1), date(2028, 2, 29)),
        (Scope.MONTH, date(2026, 12, 31), 1, date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_dates_of(scope: Scope, of: date, first_weekday: int, first: date, last: date) -> None:
    assert scope_dates(scope, of, first_weekday) == (first, last)


@pytest.mark.parametrize(
    ("scope", "of", "by", "then"),
    [
        (Scope.DAY, SUNDAY, 1, date(2026, 11, 23)),
        (Scope.WEEK, SUNDAY, -1, date(2026, 11, 15)),
        (Scope.MONTH, date(2026, 1, 31), 1, date(2026, 2, 28)),
        (Scope.MONTH, date(2026, 1, 31), -1, date(2025, 12, 31)),
        (Scope.MONTH, date(2026, 12, 1), 13, date(2028, 1, 1)),
    ],
)
def test_moved(scope: Scope, of: date, by: int, then: date) -> None:
    assert shifted_date(scope, of, by) == then


@given(st.dates(date(1990, 1, 1), date(2190, 1, 1)), st.sampled_from(Scope), st.integers(1, 7))
def test_every_date_is_in_its_week_and_month(of: date, scope: Scope, first_weekday: int) -> None:
    first, last = scope_dates(scope, of, first_weekday)
    assert first <= of <= last
    assert scope_dates(scope, last + timedelta(days=1), first_weekday)[0] == last + timedelta(
        days=1
    )
    turned = shifted_date(scope, of, 1)
    assert scope_dates(scope, turned, first_weekday)[0] == last + timedelta(days=1)


def test_bars_have_a_bar_for_each_date_and_what_runs_on_its_own() -> None:
    week = scope_dates(Scope.WEEK, SUNDAY, 1)
    running = at(-10, None)  # since 23:00 of Saturday
    of = bar_chart(
        Scope.WEEK, week, {SUNDAY: 60, MONDAY: GOAL}, running, week_goals(GOAL, "", range(5)),
        today=SUNDAY, calendar=Calendar(MOSCOW, time(0), NINE),
        by_task={MONDAY: [TaskTotal(WORDS, GOAL - 900)], SUNDAY: [TaskTotal(TASK, 60)]},
    )  # fmt: skip
    assert of.bars[0] == Bar(
        MONDAY, GOAL, GOAL, (TaskTotal(WORDS, GOAL - 900), TaskTotal(None, 900))
    )
    assert of.bars[-2:] == (
        Bar(date(2026, 11, 21), 3600, GOAL, (TaskTotal(running.entry.task, 3600),)),
        Bar(SUNDAY, 60 + 9 * 3600, GOAL, (TaskTotal(TASK, 60 + 9 * 3600),)),
    )
    assert of.totals == (
        TaskTotal(TASK, 60 + 10 * 3600), TaskTotal(WORDS, GOAL - 900), TaskTotal(None, 900)
    )  # fmt: skip
    assert of.goal == 5 * GOAL
    assert len(of.bars) == 7
    assert of.seconds == GOAL + 3600 + 60 + 9 * 3600
    assert of.reached == 2
    assert (of.first, of.last) == week


def test_without_a_goal_none_is_reached() -> None:
    calendar = Calendar(MOSCOW, time(0), NINE)
    days = (SUNDAY, SUNDAY)
    of = bar_chart(Scope.WEEK, days, {}, None, NO_GOALS, today=SUNDAY, calendar=calendar)
    assert (of.reached, of.goal) == (0, 0)


def test_the_smallest_parts_of_a_bar_are_one() -> None:
    tasks = [TaskTotal(Task(f"task {n:02}"), 100 - n) for n in range(20)]
    of = bar_chart(
        Scope.DAY, (SUNDAY, SUNDAY), {SUNDAY: sum(each.seconds for each in tasks)}, None,
        week_goals(GOAL, "Sun 1h", ()), today=SUNDAY,
        calendar=Calendar(MOSCOW, time(0), NINE), by_task={SUNDAY: tasks},
    )  # fmt: skip
    (bar,) = of.bars
    assert bar.parts == (*tasks[:12], TaskTotal(None, sum(100 - n for n in range(12, 20))))
    assert of.totals == tuple(tasks)
    assert of.goal == bar.goal == 3600
    assert not bar.has_reached_goal


def test_a_cards_total_has_all_its_tasks_and_those_without_one_are_together() -> None:
    card = Card("https://acme.kaiten.ru", 7)
    totals = (
        TaskTotal(Task("mail"), 50), TaskTotal(Task("Ship it", card), 40),
        TaskTotal(Task("Plan"), 30), TaskTotal(None, 5),
    )  # fmt: skip
    assert card_totals(totals) == (CardTotal(None, "", 85), CardTotal(card, "Ship it", 40))


# -- a row


STATE = DeliveryState
RECORD = RecordEntry(TASK, NINE, NINE + HOUR)
LOG = LogTime(CARD, SUNDAY, 60, "")


def told(message: Message, state: DeliveryState, number: int = 1, remote: str | None = None
         ) -> Delivery:  # fmt: skip
    """A delivery."""
    return Delivery(number, "e1", message, state, remote_id=remote)


@pytest.mark.parametrize(
    ("states", "delivery_status"),
    [
        ((), DeliveryStatus.NOT_SENT),
        ((STATE.DROPPED,), DeliveryStatus.NOT_SENT),
        ((STATE.DONE,), DeliveryStatus.DELIVERED),
        ((STATE.DONE, STATE.DROPPED), DeliveryStatus.DELIVERED),
        ((STATE.DONE, STATE.WAITING), DeliveryStatus.WAITING),
        ((STATE.SENDING,), DeliveryStatus.WAITING),
        ((STATE.UNKNOWN,), DeliveryStatus.WAITING),
        ((STATE.WAITING, STATE.BLOCKED), DeliveryStatus.NEEDS_PERSON),
    ],
)
def test_standing(states: tuple[DeliveryState, ...], delivery_status: DeliveryStatus) -> None:
    assert combined_delivery_status([told(RECORD, state) for state in states]) is delivery_status


def test_an_unknown_one_that_is_left_to_a_person_needs_one() -> None:
    left = Delivery(1, "e1", RECORD, STATE.UNKNOWN, left_to_user=True)
    assert combined_delivery_status([left]) is DeliveryStatus.NEEDS_PERSON


def logged(*deliveries: Delivery, remote: RemoteEntry | None = None) -> LoggedEntry:
    """An entry with these."""
    return LoggedEntry(Entry("e1", TASK, NINE, Source.CLICK), NINE + HOUR, deliveries, remote)


def test_marks_with_their_ids() -> None:
    held = RemoteEntry("6131", "1", NINE, NINE + HOUR)
    one = logged(told(RECORD, STATE.DONE), told(LOG, STATE.DONE, 2, "77"), remote=held)
    assert service_delivery_status(one, Service.TIMECROWD) == ServiceDeliveryStatus(
        DeliveryStatus.DELIVERED, "6131"
    )
    assert service_delivery_status(one, Service.KAITEN) == ServiceDeliveryStatus(
        DeliveryStatus.DELIVERED, "77", CARD.url
    )


def test_a_log_that_was_removed_is_no_id_of_the_entry() -> None:
    removal = DeleteLog(2, CARD, SUNDAY)
    one = logged(
        told(LOG, STATE.DONE, 2, "77"), told(LOG, STATE.DONE, 3, "78"),
        told(removal, STATE.DONE, 4, "77"),
    )  # fmt: skip
    assert service_delivery_status(one, Service.KAITEN) == ServiceDeliveryStatus(
        DeliveryStatus.DELIVERED, "78", CARD.url
    )


def test_without_an_id_there_is_no_link() -> None:
    assert service_delivery_status(
        logged(told(LOG, STATE.WAITING)), Service.KAITEN
    ) == ServiceDeliveryStatus(DeliveryStatus.WAITING)
    words = LoggedEntry(Entry("e2", WORDS, NINE, Source.CLICK), NINE, ())
    assert service_delivery_status(words, Service.KAITEN) == ServiceDeliveryStatus(
        DeliveryStatus.NOT_SENT
    )
