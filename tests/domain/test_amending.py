"""What an edit, a deletion and its undoing tell TimeCrowd, by what it was told before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from timer_app.domain.amending import (
    Change,
    DayOfCard,
    Drop,
    Promise,
    Rewrite,
    Tell,
    balance,
    corrected,
    promised,
    relogged,
    restored,
    withdrawn,
)
from timer_app.domain.card import Card
from timer_app.domain.delivery import (
    ChangeLog,
    CorrectTimes,
    DeleteEntry,
    DeleteLog,
    Delivery,
    DeliveryState,
    LogTime,
    Message,
    RecordEntry,
    StartEntry,
    StopEntry,
)
from timer_app.domain.entry import Entry, FinishedEntry, Source
from timer_app.domain.minutes import Rounding
from timer_app.domain.task import Task

S = DeliveryState
CARD = Card("https://acme.kaiten.ru", 7)
DAY = date(2026, 11, 22)
NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
TEN, NOON = NINE + timedelta(hours=1), NINE + timedelta(hours=3)
OLD, NEW = Task("Old"), Task("New", CARD)
AFTER = FinishedEntry(Entry("e", NEW, NINE, Source.CLICK), NOON)
TIMES = CorrectTimes(NINE, NOON)
MOVED = CorrectTimes(NINE, NOON, NEW)
RECORD = RecordEntry(NEW, NINE, NOON)


def row(number: int, message: Message, state: S, minutes: int | None = None) -> Delivery:
    return Delivery(number, "e", message, state, minutes=minutes)


def start(state: S) -> Delivery:
    return row(1, StartEntry(OLD, NINE), state)


def stop(state: S) -> Delivery:
    return row(2, StopEntry(TEN), state)


@pytest.mark.parametrize(
    ("earlier", "moved", "changes"),
    [
        ((), False, ()),
        ((start(S.DROPPED),), True, ()),
        ((start(S.WAITING),), False, (Rewrite(start(S.WAITING), RECORD),)),
        ((start(S.BLOCKED),), True, (Rewrite(start(S.BLOCKED), RECORD),)),
        (
            (start(S.WAITING), stop(S.WAITING)),
            False,
            (
                Rewrite(start(S.WAITING), RECORD),
                Rewrite(stop(S.WAITING), StopEntry(NOON)),
            ),
        ),
        # In doubt whether it is there: its answer will be held against the journal.
        ((start(S.UNKNOWN),), False, ()),
        ((start(S.SENDING),), False, ()),
        ((start(S.UNKNOWN),), True, (Tell("e", MOVED),)),
        ((start(S.DONE), stop(S.WAITING)), False, (Rewrite(stop(S.WAITING), StopEntry(NOON)),)),
        (
            (start(S.DONE), stop(S.WAITING)),
            True,
            (Rewrite(stop(S.WAITING), StopEntry(NOON)), Tell("e", MOVED)),
        ),
        # A stop that was not taken, since another device's came first, is a person's word now.
        ((start(S.DONE), stop(S.BLOCKED)), False, (Rewrite(stop(S.BLOCKED), TIMES),)),
        ((start(S.DONE), stop(S.DONE)), False, (Tell("e", TIMES),)),
        ((start(S.DONE), stop(S.DONE)), True, (Tell("e", MOVED),)),
        (
            (start(S.DONE), stop(S.DONE), row(3, CorrectTimes(NINE, TEN), S.WAITING)),
            False,
            (Rewrite(row(3, CorrectTimes(NINE, TEN), S.WAITING), TIMES),),
        ),
        (
            (start(S.DONE), stop(S.DONE), row(3, CorrectTimes(NINE, TEN), S.SENDING)),
            False,
            (Tell("e", TIMES),),
        ),
    ],
)
def test_an_edit(
    earlier: tuple[Delivery, ...], *, moved: bool, changes: tuple[Change, ...]
) -> None:
    assert corrected(AFTER, earlier, moved=moved) == changes


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (S.WAITING, (Drop(start(S.WAITING)),)),
        (S.BLOCKED, (Drop(start(S.BLOCKED)),)),
        (S.SENDING, (Tell("e", DeleteEntry()),)),
        (S.UNKNOWN, (Tell("e", DeleteEntry()),)),
        (S.DONE, (Tell("e", DeleteEntry()),)),
        (S.DROPPED, ()),
    ],
)
def test_a_deletion(state: S, changes: tuple[Change, ...]) -> None:
    assert withdrawn("e", (start(state),)) == changes
    assert withdrawn("e", (start(state), stop(S.DONE))) == changes
    with_stop = withdrawn("e", (start(state), stop(S.WAITING)))
    assert set(with_stop) == {*changes, Drop(stop(S.WAITING))}


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (S.WAITING, (Drop(row(3, DeleteEntry(), S.WAITING)), Tell("e", MOVED))),
        (S.BLOCKED, (Drop(row(3, DeleteEntry(), S.BLOCKED)), Tell("e", MOVED))),
        (S.UNKNOWN, (Tell("e", RECORD),)),
        (S.SENDING, (Tell("e", RECORD),)),
        (S.DONE, (Tell("e", RECORD),)),
    ],
)
def test_a_deletion_undone(state: S, changes: tuple[Change, ...]) -> None:
    assert restored(AFTER, (start(S.DONE), row(3, DeleteEntry(), state)), ()) == changes


def test_a_deletion_undone_that_may_have_been_carried_out() -> None:
    told = (start(S.DONE), row(3, DeleteEntry(), S.WAITING))
    assert restored(AFTER, told, (3,)) == (Tell("e", RECORD),)


def test_an_undone_deletion_of_what_was_never_sent() -> None:
    assert restored(AFTER, (start(S.DROPPED),), ()) == (Tell("e", RECORD),)


# -------------------------------------------------------------------- Kaiten


LOG = LogTime(CARD, DAY, 60, "x")


def day(*logs: Delivery, seconds: int = 3600) -> DayOfCard:
    return DayOfCard(CARD, DAY, {"e": seconds} if seconds else {}, promised(logs))


def told(the_day: DayOfCard, comment: str = "x") -> tuple[Change, ...]:
    entries = {"e": Entry("e", NEW, NINE, Source.CLICK, comment)}
    return relogged(the_day, balance(Rounding.CARRY, the_day, "e"), entries, "e")


@pytest.mark.parametrize("state", list(S))
def test_nothing_is_told_where_nothing_changed(state: S) -> None:
    assert told(day(row(1, LOG, state, 60))) == ()


@pytest.mark.parametrize("state", [S.WAITING, S.BLOCKED])
def test_a_log_that_is_not_sent_is_rewritten(state: S) -> None:
    log = row(1, LOG, state, 60)
    assert told(day(log, seconds=600)) == (
        Rewrite(log, LogTime(CARD, DAY, 10, "x")),
        Promise(log, 10),
    )
    assert told(day(log, seconds=0)) == (Drop(log), Promise(log, 0))
    assert told(day(log), "") == (Rewrite(log, LogTime(CARD, DAY, 60, "")), Promise(log, 60))


@pytest.mark.parametrize("state", [S.SENDING, S.UNKNOWN, S.DONE])
def test_a_log_that_is_or_may_be_there_is_changed_by_its_id(state: S) -> None:
    log = row(1, LOG, state, 60)
    change = ChangeLog(1, CARD, DAY, 10, "x")
    assert told(day(log, seconds=600)) == (Tell("e", change), Promise(log, 10))
    assert told(day(log, seconds=0)) == (Tell("e", DeleteLog(1, CARD, DAY)), Promise(log, 0))
    pending = row(2, ChangeLog(1, CARD, DAY, 60, "y"), S.WAITING)
    assert told(day(log, pending, seconds=600)) == (Rewrite(pending, change), Promise(log, 10))
    assert told(day(log, pending, seconds=0)) == (
        Drop(pending),
        Tell("e", DeleteLog(1, CARD, DAY)),
        Promise(log, 0),
    )


def test_an_emptied_comment_makes_another_log_since_kaiten_may_not_take_it() -> None:
    log = row(1, LOG, S.DONE, 60)
    assert told(day(log), "") == (
        Tell("e", LogTime(CARD, DAY, 60, "")),
        Tell("e", DeleteLog(1, CARD, DAY)),
        Promise(log, 0),
    )


def test_what_the_user_dropped_counts_and_is_never_touched() -> None:
    log = row(1, LOG, S.DROPPED, 60)
    assert told(day(log, seconds=600)) == ()
    assert told(day(log, seconds=7200)) == (Tell("e", LogTime(CARD, DAY, 60, "x")),)
    assert told(day(log, seconds=0)) == (Promise(log, 0),)
