"""The timer's whole table: each state with each event, by value."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    DeleteEntry,
    Destinations,
    LogTime,
    RecordEntry,
    StartEntry,
    StopEntry,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source
from timer_app.domain.entries.minutes import CardDayTotals, DaySegment, Rounding
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import (
    Add,
    Annotate,
    Cancel,
    CorrectStart,
    Effect,
    Event,
    Idle,
    LoggingContext,
    Running,
    SegmentedEntry,
    Start,
    State,
    Stop,
    Transition,
    step,
)
from timer_app.domain.errors import NotPossible

CARD = Card("https://acme.kaiten.ru", 7)
WITH_CARD = Task("Ship it", CARD)
WORDS_ONLY = Task("Read mail")
NINE = datetime(2026, 11, 22, 6, tzinfo=UTC)  # 09:00 in Moscow
TEN = NINE + timedelta(hours=1)
BEFORE = NINE - timedelta(seconds=1)
DAY = date(2026, 11, 22)
A = Entry("a", WITH_CARD, NINE, Source.CLICK, "first")
B = Entry("b", WORDS_ONLY, TEN, Source.HOTKEY)
PAST = Entry("p", WITH_CARD, NINE, Source.MANUAL, "by hand")
BOTH = Destinations(timecrowd=True, kaiten=True)
TERMS = LoggingContext(BOTH, Rounding.CARRY, time(0), ZoneInfo("Europe/Moscow"))
NOBODY = replace(TERMS, destinations=Destinations(timecrowd=False, kaiten=False))
A_HOUR = (DaySegment(DAY, 3600),)
ZONE = "Europe/Moscow"


STARTED_A = Effect("a", StartEntry(WITH_CARD, NINE))
DELETED_A = Effect("a", DeleteEntry())


@pytest.mark.parametrize(
    ("state", "event", "transition"),
    [
        (Idle(), Start(A), Transition(Running(A), effects=(STARTED_A,))),
        (
            Idle(),
            Add(FinishedEntry(PAST, TEN)),
            Transition(
                Idle(),
                SegmentedEntry(FinishedEntry(PAST, TEN), A_HOUR, ZONE),
                effects=(
                    Effect("p", RecordEntry(WITH_CARD, NINE, TEN)),
                    Effect("p", LogTime(CARD, DAY, 60, "by hand")),
                ),
            ),
        ),
        (
            Running(A),
            Start(B),
            Transition(
                Running(B),
                SegmentedEntry(FinishedEntry(A, TEN), A_HOUR, ZONE),
                effects=(
                    Effect("a", StopEntry(TEN)),
                    Effect("a", LogTime(CARD, DAY, 60, "first")),
                    Effect("b", StartEntry(WORDS_ONLY, TEN)),
                ),
            ),
        ),
        (
            Running(A),
            Stop(TEN),
            Transition(
                Idle(),
                SegmentedEntry(FinishedEntry(A, TEN), A_HOUR, ZONE),
                effects=(Effect("a", StopEntry(TEN)), Effect("a", LogTime(CARD, DAY, 60, "first"))),
            ),
        ),
        (
            Running(A),
            Stop(TEN, " last words "),
            Transition(
                Idle(),
                SegmentedEntry(FinishedEntry(replace(A, comment="last words"), TEN), A_HOUR, ZONE),
                effects=(
                    Effect("a", StopEntry(TEN)),
                    Effect("a", LogTime(CARD, DAY, 60, "last words")),
                ),
            ),
        ),
        (
            Running(B),
            Stop(TEN),  # in the second that it began: no time, no card
            Transition(
                Idle(),
                SegmentedEntry(FinishedEntry(B, TEN), (DaySegment(DAY, 0),), ZONE),
                effects=(Effect("b", StopEntry(TEN)),),
            ),
        ),
        (Running(A), Cancel(), Transition(Idle(), cancelled=A, effects=(DELETED_A,))),
        (Running(A), Annotate(" second "), Transition(Running(replace(A, comment="second")))),
        (
            Running(A),
            CorrectStart(BEFORE),
            Transition(
                Running(replace(A, started_at=BEFORE)),
                effects=(Effect(A.id, CorrectTimes(BEFORE, None)),),
            ),
        ),
        (
            Running(B),
            Add(FinishedEntry(PAST, TEN)),
            Transition(
                Running(B),
                SegmentedEntry(FinishedEntry(PAST, TEN), A_HOUR, ZONE),
                effects=(
                    Effect("p", RecordEntry(WITH_CARD, NINE, TEN)),
                    Effect("p", LogTime(CARD, DAY, 60, "by hand")),
                ),
            ),
        ),
    ],
    ids=["idle start", "idle add", "running start", "running stop", "running stop commented",
         "running stop at once", "running cancel", "running annotate", "running begins",
         "running add"],
)  # fmt: skip
def test_possible(state: State, event: Event, transition: Transition) -> None:
    assert step(state, event, TERMS) == transition
    nobody = step(state, event, NOBODY)
    assert nobody == replace(transition, effects=())


LIES_BEFORE = (
    "The stop (2026-11-22 08:59:59) is before the start (2026-11-22 09:00:00) of the running entry."
)


@pytest.mark.parametrize(
    ("state", "event", "why"),
    [
        (Idle(), Stop(TEN), "Nothing is running."),
        (Idle(), Cancel(), "Nothing is running, so there is nothing to cancel."),
        (Idle(), Annotate("x"), "Nothing is running, so there is nothing to comment on."),
        (Idle(), CorrectStart(BEFORE), "Nothing is running, so there is no start to correct."),
        (Running(A), Stop(BEFORE), LIES_BEFORE),
        (Running(A), Start(replace(B, started_at=BEFORE)), LIES_BEFORE),
        (Idle(), Add(FinishedEntry(PAST, NINE)), "The end must be later than the start."),
        (Running(A), Add(FinishedEntry(PAST, BEFORE)), "The end must be later than the start."),
    ],
)
def test_not_possible(state: State, event: Event, why: str) -> None:
    with pytest.raises(NotPossible) as refused:
        step(state, event, TERMS)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("destinations", "kinds"),
    [
        (BOTH, [StopEntry, LogTime]),
        (Destinations(timecrowd=True, kaiten=False), [StopEntry]),
        (Destinations(timecrowd=False, kaiten=True), [LogTime]),
    ],
)
def test_a_service_that_is_not_set_up_gets_nothing(
    destinations: Destinations, kinds: list[type]
) -> None:
    transition = step(Running(A), Stop(TEN), replace(TERMS, destinations=destinations))
    assert [type(effect.message) for effect in transition.effects] == kinds


def test_over_midnight_kaiten_hears_once_for_each_date() -> None:
    late = replace(A, started_at=datetime(2026, 11, 22, 20, 40, tzinfo=UTC))
    stop = datetime(2026, 11, 22, 21, 5, tzinfo=UTC)
    effects = step(Running(late), Stop(stop), TERMS).effects
    assert [each.message for each in effects] == [
        StopEntry(stop),
        LogTime(CARD, DAY, 20, "first"),
        LogTime(CARD, date(2026, 11, 23), 5, "first"),
    ]


def test_days_begin_when_the_user_says() -> None:
    late = replace(A, started_at=datetime(2026, 11, 22, 20, 40, tzinfo=UTC))
    stop = datetime(2026, 11, 22, 21, 5, tzinfo=UTC)
    effects = step(Running(late), Stop(stop), replace(TERMS, day_start=time(4))).effects
    assert [each.message for each in effects] == [StopEntry(stop), LogTime(CARD, DAY, 25, "first")]


def test_carry_counts_what_the_card_already_has_that_day() -> None:
    context = replace(
        TERMS,
        card_day_totals={DAY: CardDayTotals(80, 1), date(2026, 11, 21): CardDayTotals(900, 15)},
    )
    stop = NINE + timedelta(seconds=10)
    effects = step(Running(A), Stop(stop), context).effects
    assert [each.message for each in effects] == [StopEntry(stop), LogTime(CARD, DAY, 1, "first")]


def test_an_entry_that_adds_no_minute_has_no_log() -> None:
    context = replace(TERMS, card_day_totals={DAY: CardDayTotals(20, 1)})
    transition = step(Running(A), Stop(NINE + timedelta(seconds=20)), context)
    assert [type(each.message) for each in transition.effects] == [StopEntry]
    assert transition.ended is not None
    assert transition.ended.segments == (DaySegment(DAY, 20),)
