"""The journal's rows as values. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from timer_app.adapters.entries.journal.message_json import (
    DamagedRow,
    instant,
    message_from_json,
    optional_date_of,
    optional_from_unix,
    route_from_text,
    task_from_columns,
    word_of,
)
from timer_app.domain.clock import BootTime, ClockReading
from timer_app.domain.delivery.outbox import (
    Attempt,
    Delivery,
    DeliveryState,
    DueDelivery,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.service_messages import (
    DamagedMessage,
    LogTime,
    Message,
    MessageKind,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice

DELIVERY_COLUMNS = (
    "id", "entry_id", "kind", "message", "state", "attempts", "remote_id", "error", "sent_at",
    "left_to_person", "minutes", "refused_status", "look_first", "not_before", "claimed",
    "service", "about", "card", "for_date",
)  # fmt: skip
"""The last four say what is known of a delivery whose message is damaged."""
ENTRY_WIDTH = 13
"""How many columns `outbox.ENTRY` has."""
_ENDED = (DeliveryState.DONE, DeliveryState.DROPPED)
_STATES: dict[object, DeliveryState] = {each.value: each for each in DeliveryState}

TASK = (
    "title, card_origin, card_id, task.address,"
    " (SELECT name FROM room WHERE room.address = task.room), timecrowd_task, timecrowd_team"
)
"""The columns of `task_from_columns`, in a query of `task`."""
MAX_DATE_OFFSET = timedelta(days=2)
"""How far a date may lie from the UTC date of an instant that counts for it: zone and day_start."""


def due_from_row(row: Sequence[object]) -> DueDelivery:
    """A delivery, its entry, what TimeCrowd holds (4), a log's id, who stopped it."""
    own = len(DELIVERY_COLUMNS)
    delivery, entry, rest = row[:own], row[own : own + ENTRY_WIDTH], row[own + ENTRY_WIDTH :]
    remote, log_id, stopped_elsewhere = rest[:4], rest[4], rest[5]
    stopped_at = optional_from_unix(_number(entry[7]))
    return DueDelivery(
        delivery_from_row(delivery),
        entry_from_row(entry),
        stopped_at,
        remote_from_row(remote),
        _text(log_id),
        bool(stopped_elsewhere),
    )


def entry_from_row(row: Sequence[object]) -> Entry:
    """An entry, from the columns of `outbox.ENTRY` and what follows them."""
    entry_id, title, origin, card, started_at, source, comment, _, *more = row
    address, room, timecrowd_task, timecrowd_team, route, *_ = more
    task = task_from_columns(
        str(title),
        _text(origin),
        _number(card),
        _text(address),
        _text(room),
        _number(timecrowd_task),
        _number(timecrowd_team),
    )
    started = instant(int(str(started_at)))
    where = route_from_text(_text(route))
    return Entry(str(entry_id), task, started, _source(source), str(comment), where)


def _source(word: object) -> Source:
    try:
        return word_of(Source, word)
    except DamagedRow:
        return Source.UNKNOWN


def delivery_from_row(row: Sequence[object]) -> Delivery:
    """A delivery, from its columns. One in a state that no version wrote needs a person."""
    number, entry_id, _, _, state, attempts, remote_id, error, sent_at, *rest = row
    left, minutes, refused_status, look_first, not_before, claimed = rest[:6]
    return Delivery(
        int(str(number)),
        str(entry_id),
        _message_from_row(row),
        state_of(state) or DeliveryState.BLOCKED,
        int(str(attempts)),
        _text(remote_id),
        str(error),
        optional_from_unix(_number(sent_at)),
        bool(left),
        _number(minutes),
        _number(refused_status),
        bool(look_first),
        optional_from_unix(_number(not_before)),
        bool(claimed),
    )


def state_of(word: object) -> DeliveryState | None:
    """The state that a column names, None for a damaged one."""
    return _STATES.get(word)


def _message_from_row(row: Sequence[object]) -> Message:
    """The message; where it is damaged, what the other columns say of it.

    They have all that a delivered log is compared by, so that it still counts.
    """
    try:
        return message_from_json(str(row[2]), str(row[3]))
    except DamagedRow:
        damaged = _damaged_message(row[2], *row[-4:])
    minutes, card, for_date = _number(row[10]), damaged.card, damaged.for_date
    is_ended_log = state_of(row[4]) in _ENDED and damaged.kind is MessageKind.LOG
    if is_ended_log and card and for_date is not None and minutes is not None:
        return LogTime(card, for_date, minutes, "")
    return damaged


def _damaged_message(
    kind: object,
    service: object,
    about: object = None,
    card: object = None,
    for_date: object = None,
) -> DamagedMessage:
    """What is known. One of no known kind counts as what makes the record: none is made twice."""
    to = Service.KAITEN if service == Service.KAITEN.value or card else Service.TIMECROWD
    makes = MessageKind.LOG if to is Service.KAITEN else MessageKind.START
    known = next((each for each in MessageKind if each.value == kind), makes)
    origin, _, number = str(card or "").rpartition("/")
    found = Card(origin, int(number)) if origin and number.isdecimal() else None
    return DamagedMessage(to, known, _number(about), found, optional_date_of(for_date))


def choices_from_rows(rows: object) -> tuple[Choice, ...]:
    """The choices of a list that was kept; what is damaged is left out."""
    pairs = [each for each in rows if isinstance(each, list)] if isinstance(rows, list) else []
    return tuple(Choice(*each) for each in pairs if [type(part) for part in each] == [int, str])


def remote_from_row(row: Sequence[object]) -> RemoteEntry | None:
    """What TimeCrowd last said of an entry, None if it said nothing."""
    remote_id, task_id, started_at, stopped_at = row
    if remote_id is None:
        return None
    started, stopped = _number(started_at), _number(stopped_at)
    return RemoteEntry(
        str(remote_id), str(task_id), instant(started or 0), optional_from_unix(stopped)
    )


def attempt_from_row(row: Sequence[object]) -> Attempt:
    """An unconfirmed attempt: kind, message, wall, boot, steady, and the delivery's service."""
    kind, text, *clocks, service = row
    message: Message
    try:
        message = message_from_json(str(kind), str(text))
    except DamagedRow:
        message = _damaged_message(kind, service)
    return Attempt(message, required_reading_from_row(clocks))


def reading_from_row(row: Sequence[object]) -> ClockReading | None:
    """Both clocks: wall, boot, steady; None if they were not read."""
    wall, boot, steady = row
    if wall is None:
        return None
    known = BootTime(str(boot), float(str(steady))) if boot is not None else None
    return ClockReading(instant(float(str(wall))), known)


def required_reading_from_row(row: Sequence[object]) -> ClockReading:
    """The same where they always are."""
    found = reading_from_row(row)
    if found is None:
        raise ValueError("a row without its instant")
    return found


def reading_to_row(reading: ClockReading) -> tuple[float, str | None, float | None]:
    """A reading as its three columns."""
    steady = reading.boot_time
    wall = reading.wall.timestamp()
    return (wall, steady.boot_id, steady.seconds) if steady else (wall, None, None)


def unix_rounded_up(moment: datetime | None) -> int | None:
    """A time to wait for, in whole seconds that are never too early."""
    return None if moment is None else -int(-moment.timestamp() // 1)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))
