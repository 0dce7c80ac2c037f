"""What a service must be told, decided purely."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from timer_app.domain.delivery.outbox import (
    OPEN,
    Delivery,
    DeliveryState,
    DueDelivery,
    creates_entry,
    drop_cascade,
    is_redundant,
    refreshed_message,
    stop_message_for,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DeleteEntry,
    DeleteLog,
    LogTime,
    Message,
    MessageKind,
    RecordEntry,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    StartEntry,
    StopEntry,
    UpdateLog,
    correction,
    is_same_instant,
    kind_of,
    record_message,
    service_of,
    times_match,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service

TASK = Task("Ship it", Card("https://acme.kaiten.ru", 7))
START = datetime(2026, 11, 22, 9, tzinfo=UTC)
STOP = START + timedelta(hours=1)
SECOND = timedelta(seconds=1)
ENTRY = Entry("e", TASK, START, Source.CLICK)
FINISHED = FinishedEntry(ENTRY, STOP)
CARD, DAY = Card("https://acme.kaiten.ru", 7), date(2026, 11, 22)
LOG = LogTime(CARD, DAY, 60, "")
HELD = RemoteEntry("2", "t", START, None)
EACH: list[tuple[Message, MessageKind, Service]] = [
    (StartEntry(TASK, START), MessageKind.START, Service.TIMECROWD),
    (StopEntry(STOP), MessageKind.STOP, Service.TIMECROWD),
    (RecordEntry(TASK, START, STOP), MessageKind.ENTRY, Service.TIMECROWD),
    (CorrectTimes(START, None), MessageKind.TIMES, Service.TIMECROWD),
    (LOG, MessageKind.LOG, Service.KAITEN),
    (CommentEntry("note"), MessageKind.COMMENT, Service.TIMECROWD),
    (DeleteEntry(), MessageKind.DELETE, Service.TIMECROWD),
    (RemoveDuplicateEntry(1, "1", HELD), MessageKind.DELETE, Service.TIMECROWD),
    (UpdateLog(1, CARD, DAY, 60, ""), MessageKind.TIMES, Service.KAITEN),
    (DeleteLog(1, CARD, DAY), MessageKind.DELETE, Service.KAITEN),
    (RemoveDuplicateLog(1, CARD, DAY, "1", "2"), MessageKind.DELETE, Service.KAITEN),
]
MESSAGES = [message for message, *_ in EACH]
S = DeliveryState


def delivery(number: int, message: Message, state: DeliveryState = S.WAITING) -> Delivery:
    return Delivery(number, "e", message, state)


def due(
    message: Message, stopped_at: datetime | None, remote: RemoteEntry | None = None
) -> DueDelivery:
    return DueDelivery(delivery(1, message), ENTRY, stopped_at, remote)


def remote(started_at: datetime, stopped_at: datetime | None) -> RemoteEntry:
    return RemoteEntry("tc", "task", started_at, stopped_at)


@pytest.mark.parametrize(("message", "kind", "service"), EACH)
def test_kinds_and_services(message: Message, kind: MessageKind, service: Service) -> None:
    assert (kind_of(message), service_of(message)) == (kind, service)


def test_every_kind_has_its_message() -> None:
    assert {kind for _, kind, _ in EACH} == set(MessageKind)


def test_the_states_that_are_open() -> None:
    assert set(S) - {S.DONE, S.DROPPED} == OPEN


def test_a_start_delivered_after_the_end_is_sent_as_a_closed_entry() -> None:
    assert refreshed_message(due(StartEntry(TASK, START), STOP)) == RecordEntry(TASK, START, STOP)


@pytest.mark.parametrize(
    ("message", "stopped_at"),
    [(StartEntry(TASK, START), None), *((m, STOP) for m in MESSAGES[1:])],
)
def test_everything_else_is_reported_as_it_is(
    message: Message, stopped_at: datetime | None
) -> None:
    assert refreshed_message(due(message, stopped_at)) == message


@pytest.mark.parametrize(
    ("message", "held", "true"),
    [
        (StopEntry(STOP), None, False),
        (StopEntry(STOP), remote(START, None), False),
        (StopEntry(STOP), remote(START, STOP), True),
        (StopEntry(STOP), remote(START, STOP + SECOND), True),
        (StopEntry(STOP), remote(START, STOP + 2 * SECOND), False),
        (CorrectTimes(START, STOP), remote(START, STOP), True),
        (CorrectTimes(START, STOP), remote(START - 2 * SECOND, STOP), False),
        (CorrectTimes(START, STOP), remote(START, None), False),
        (CorrectTimes(START, None), remote(START, None), True),
        (CorrectTimes(START, None), remote(START, STOP), True),
        (CorrectTimes(START, None), None, False),
        *((m, remote(START, STOP), False) for m in MESSAGES if not isinstance(m, StopEntry)
          and not isinstance(m, CorrectTimes)),
    ],
)  # fmt: skip
def test_already_true(message: Message, held: RemoteEntry | None, *, true: bool) -> None:
    assert is_redundant(due(message, STOP, held)) is true


@pytest.mark.parametrize(
    ("stopped_at", "held", "told"),
    [
        (None, remote(START, None), None),
        (None, remote(START + SECOND, None), None),
        (None, remote(START + 2 * SECOND, None), CorrectTimes(START, None)),
        (STOP, remote(START + 9 * SECOND, None), None),  # the stop's answer will decide
        (STOP, remote(START, STOP), None),
        (STOP, remote(START + 9 * SECOND, STOP), CorrectTimes(START, STOP)),
        (STOP, remote(START, STOP + 9 * SECOND), CorrectTimes(START, STOP)),
        (None, remote(START, STOP), None),
        (None, remote(START - 9 * SECOND, STOP), CorrectTimes(START, None)),
    ],
)
def test_correction(
    stopped_at: datetime | None, held: RemoteEntry, told: CorrectTimes | None
) -> None:
    assert correction(ENTRY, stopped_at, held) == told


def test_what_is_corrected_is_true_then() -> None:
    for late, later in product(range(-3, 4), repeat=2):
        held = remote(START + late * SECOND, STOP + later * SECOND)
        told = correction(ENTRY, STOP, held)
        assert (
            (told is None) is times_match(held, START, STOP) is (abs(late) < 2 and abs(later) < 2)
        )
        assert told is None or is_redundant(due(told, STOP, remote(told.started_at, STOP)))


def test_near_is_a_second_both_ways() -> None:
    distances = (-1.001, -1, 0, 1, 1.001)
    assert [is_same_instant(START, START + SECOND * d) for d in distances] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_which_message_makes_the_entry() -> None:
    makers = [kind_of(message) for message in MESSAGES if creates_entry(delivery(1, message))]
    assert makers == [MessageKind.START, MessageKind.ENTRY]
    assert record_message(FINISHED) == RecordEntry(TASK, START, STOP)


@pytest.mark.parametrize("state", S)
def test_fitting_stop_of_a_start_in_each_state(state: DeliveryState) -> None:
    told = stop_message_for(FINISHED, (delivery(1, StartEntry(TASK, START), state),))
    assert told == (None if state is S.DROPPED else StopEntry(STOP))


def test_fitting_stop_where_timecrowd_never_heard_of_it() -> None:
    assert stop_message_for(FINISHED, ()) == RecordEntry(TASK, START, STOP)
    assert stop_message_for(FINISHED, (delivery(1, LOG, S.DONE),)) == RecordEntry(TASK, START, STOP)


def test_dropping_the_beginning_drops_what_needs_it() -> None:
    start = delivery(1, StartEntry(TASK, START), S.BLOCKED)
    others = [delivery(n, StopEntry(STOP), state) for n, state in enumerate(S, start=2)]
    log = delivery(9, LOG)
    taken = {S.WAITING, S.BLOCKED, S.UNKNOWN}
    needy = tuple(other for other in others if other.state in taken)
    assert drop_cascade(start, (start, *others, log)) == (start, *needy)


@pytest.mark.parametrize("message", [StopEntry(STOP), CorrectTimes(START, STOP), LOG])
def test_dropping_anything_else_drops_it_alone(message: Message) -> None:
    one = delivery(2, message, S.BLOCKED)
    siblings = (delivery(1, StartEntry(TASK, START), S.DONE), one, delivery(3, StopEntry(STOP)))
    assert drop_cascade(one, siblings) == (one,)
