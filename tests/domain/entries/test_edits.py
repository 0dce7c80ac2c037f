"""What an edit, a deletion and its undoing tell TimeCrowd, by what it was told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from timer_app.domain.delivery.outbox import Delivery, DeliveryState
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    DeleteEntry,
    DeleteLog,
    LogTime,
    Message,
    RecordEntry,
    StartEntry,
    StopEntry,
    UpdateLog,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.edits import (
    CardDayLedger,
    DeliveryChange,
    DropDelivery,
    EnqueueMessage,
    ReplaceMessage,
    SetLogMinutes,
    allocate_minutes,
    allocate_share,
    correction_changes,
    deletion_changes,
    is_level,
    ledger_logs,
    log_changes,
    missing_shares,
    restoration_changes,
)
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.entries.task import Task

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
    ("earlier", "task_changed", "changes"),
    [
        ((), False, ()),
        ((start(S.DROPPED),), True, ()),
        ((start(S.WAITING),), False, (ReplaceMessage(start(S.WAITING), RECORD),)),
        ((start(S.BLOCKED),), True, (ReplaceMessage(start(S.BLOCKED), RECORD),)),
        (
            (start(S.WAITING), stop(S.WAITING)),
            False,
            (
                ReplaceMessage(start(S.WAITING), RECORD),
                ReplaceMessage(stop(S.WAITING), StopEntry(NOON)),
            ),
        ),
        # In doubt whether it is there: its answer will be held against the journal.
        ((start(S.UNKNOWN),), False, ()),
        ((start(S.SENDING),), False, ()),
        ((start(S.UNKNOWN),), True, (EnqueueMessage("e", MOVED),)),
        (
            (start(S.DONE), stop(S.WAITING)),
            False,
            (ReplaceMessage(stop(S.WAITING), StopEntry(NOON)),),
        ),
        (
            (start(S.DONE), stop(S.WAITING)),
            True,
            (ReplaceMessage(stop(S.WAITING), StopEntry(NOON)), EnqueueMessage("e", MOVED)),
        ),
        # A stop that was not taken, since another device's came first, is a person's word now.
        ((start(S.DONE), stop(S.BLOCKED)), False, (ReplaceMessage(stop(S.BLOCKED), TIMES),)),
        ((start(S.DONE), stop(S.DONE)), False, (EnqueueMessage("e", TIMES),)),
        ((start(S.DONE), stop(S.DONE)), True, (EnqueueMessage("e", MOVED),)),
        (
            (start(S.DONE), stop(S.DONE), row(3, CorrectTimes(NINE, TEN), S.WAITING)),
            False,
            (ReplaceMessage(row(3, CorrectTimes(NINE, TEN), S.WAITING), TIMES),),
        ),
        (
            (start(S.DONE), stop(S.DONE), row(3, CorrectTimes(NINE, TEN), S.SENDING)),
            False,
            (EnqueueMessage("e", TIMES),),
        ),
    ],
)
def test_an_edit(
    earlier: tuple[Delivery, ...], *, task_changed: bool, changes: tuple[DeliveryChange, ...]
) -> None:
    assert correction_changes(AFTER, earlier, task_changed=task_changed) == changes


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (S.WAITING, (DropDelivery(start(S.WAITING)),)),
        (S.BLOCKED, (DropDelivery(start(S.BLOCKED)),)),
        (S.SENDING, (EnqueueMessage("e", DeleteEntry()),)),
        (S.UNKNOWN, (EnqueueMessage("e", DeleteEntry()),)),
        (S.DONE, (EnqueueMessage("e", DeleteEntry()),)),
        (S.DROPPED, ()),
    ],
)
def test_a_deletion(state: S, changes: tuple[DeliveryChange, ...]) -> None:
    assert deletion_changes("e", (start(state),)) == changes
    assert deletion_changes("e", (start(state), stop(S.DONE))) == changes
    with_stop = deletion_changes("e", (start(state), stop(S.WAITING)))
    assert set(with_stop) == {*changes, DropDelivery(stop(S.WAITING))}


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (S.WAITING, (DropDelivery(row(3, DeleteEntry(), S.WAITING)), EnqueueMessage("e", MOVED))),
        (S.BLOCKED, (DropDelivery(row(3, DeleteEntry(), S.BLOCKED)), EnqueueMessage("e", MOVED))),
        (S.UNKNOWN, (EnqueueMessage("e", RECORD),)),
        (S.SENDING, (EnqueueMessage("e", RECORD),)),
        (S.DONE, (EnqueueMessage("e", RECORD),)),
    ],
)
def test_a_deletion_undone(state: S, changes: tuple[DeliveryChange, ...]) -> None:
    assert restoration_changes(AFTER, (start(S.DONE), row(3, DeleteEntry(), state)), ()) == changes


def test_a_deletion_undone_that_may_have_been_carried_out() -> None:
    told = (start(S.DONE), row(3, DeleteEntry(), S.WAITING))
    assert restoration_changes(AFTER, told, (3,)) == (EnqueueMessage("e", RECORD),)


def test_an_undone_deletion_of_what_was_never_sent() -> None:
    assert restoration_changes(AFTER, (start(S.DROPPED),), ()) == (EnqueueMessage("e", RECORD),)


# -------------------------------------------------------------------- Kaiten


LOG = LogTime(CARD, DAY, 60, "x")


def day(*logs: Delivery, seconds: int = 3600) -> CardDayLedger:
    return CardDayLedger(CARD, DAY, {"e": seconds} if seconds else {}, ledger_logs(logs))


def told(the_day: CardDayLedger, comment: str = "x") -> tuple[DeliveryChange, ...]:
    entries = {"e": Entry("e", NEW, NINE, Source.CLICK, comment)}
    return log_changes(the_day, allocate_minutes(Rounding.CARRY, the_day, "e"), entries, "e")


def shared_day(*minutes: int) -> CardDayLedger:
    """Entries of an hour and ten seconds each, with logs of so many minutes."""
    logs = [
        replace(row(number, LOG, S.DONE, each), entry_id=str(number))
        for number, each in enumerate(minutes)
    ]
    return CardDayLedger(CARD, DAY, {each.entry_id: 3610 for each in logs}, ledger_logs(logs))


def test_an_entry_gets_its_share_whatever_the_others_have() -> None:
    assert allocate_share(shared_day(60, 77, 60), "1").minutes == {0: 60, 1: 60, 2: 60}
    assert allocate_share(shared_day(60, 60, 12), "2").minutes == {0: 60, 1: 60, 2: 61}


def test_a_day_is_level_when_its_logs_add_up() -> None:
    assert is_level(shared_day(60, 60, 61))
    assert is_level(shared_day(61, 60, 60))
    assert not is_level(shared_day(60, 60, 60))


def test_an_entry_without_a_log_gets_a_new_one_for_its_share() -> None:
    without = replace(shared_day(60, 60), logs=shared_day(60).logs)
    assert allocate_share(without, "1").new == ("1", 60)
    assert allocate_share(replace(without, seconds={"0": 3610, "1": 5}), "1").new is None


def test_an_entry_without_a_log_is_missing_where_the_day_lacks_its_whole_share() -> None:
    first_logged = replace(shared_day(60, 60), logs=shared_day(60).logs)
    assert missing_shares(first_logged) == ["1"]
    assert missing_shares(replace(first_logged, seconds={"0": 3610, "1": 5})) == []


@pytest.mark.parametrize("logged", [61, 70, 120, 130])
def test_nothing_is_missing_where_another_log_has_the_minutes(logged: int) -> None:
    """An entry that was moved to this card, whose minutes went into the log of the other one."""
    day = shared_day(60, 60)
    assert missing_shares(replace(day, logs=shared_day(logged).logs)) == []


@pytest.mark.parametrize("state", list(S))
def test_nothing_is_reported_where_nothing_changed(state: S) -> None:
    assert told(day(row(1, LOG, state, 60))) == ()


@pytest.mark.parametrize("state", [S.WAITING, S.BLOCKED])
def test_a_log_that_is_not_sent_is_rewritten(state: S) -> None:
    log = row(1, LOG, state, 60)
    assert told(day(log, seconds=600)) == (
        ReplaceMessage(log, LogTime(CARD, DAY, 10, "x")),
        SetLogMinutes(log, 10),
    )
    assert told(day(log, seconds=0)) == (DropDelivery(log), SetLogMinutes(log, 0))
    assert told(day(log), "") == (
        ReplaceMessage(log, LogTime(CARD, DAY, 60, "")),
        SetLogMinutes(log, 60),
    )


@pytest.mark.parametrize("state", [S.SENDING, S.UNKNOWN, S.DONE])
def test_a_log_that_is_or_may_be_there_is_changed_by_its_id(state: S) -> None:
    log = row(1, LOG, state, 60)
    change = UpdateLog(1, CARD, DAY, 10, "x")
    assert told(day(log, seconds=600)) == (EnqueueMessage("e", change), SetLogMinutes(log, 10))
    assert told(day(log, seconds=0)) == (
        EnqueueMessage("e", DeleteLog(1, CARD, DAY)),
        SetLogMinutes(log, 0),
    )
    pending = row(2, UpdateLog(1, CARD, DAY, 60, "y"), S.WAITING)
    assert told(day(log, pending, seconds=600)) == (
        ReplaceMessage(pending, change),
        SetLogMinutes(log, 10),
    )
    assert told(day(log, pending, seconds=0)) == (
        DropDelivery(pending),
        EnqueueMessage("e", DeleteLog(1, CARD, DAY)),
        SetLogMinutes(log, 0),
    )


def test_an_emptied_comment_is_sent_by_the_logs_id() -> None:
    log = row(1, LOG, S.DONE, 60)
    assert told(day(log), "") == (
        EnqueueMessage("e", UpdateLog(1, CARD, DAY, 60, "")),
        SetLogMinutes(log, 60),
    )


def test_what_the_user_dropped_counts_and_is_never_touched() -> None:
    log = row(1, LOG, S.DROPPED, 60)
    assert told(day(log, seconds=600)) == ()
    assert told(day(log, seconds=7200)) == (EnqueueMessage("e", LogTime(CARD, DAY, 60, "x")),)
    assert told(day(log, seconds=0)) == (SetLogMinutes(log, 0),)
