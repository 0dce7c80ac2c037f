"""The journal's rows as values. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from timer_app.adapters.entries.journal.message_json import (
    instant,
    message_from_json,
    optional_from_unix,
    task_from_columns,
)
from timer_app.domain.clock import BootTime, ClockReading
from timer_app.domain.delivery.outbox import Attempt, Delivery, DeliveryState, DueDelivery
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.entries.entry import Entry, Source

MAX_DATE_OFFSET = timedelta(days=2)
"""How far a date may lie from the UTC date of an instant that counts for it: zone and day_start."""


def due_from_row(row: Sequence[object]) -> DueDelivery:
    """A delivery with its entry, what TimeCrowd holds, and a log's id: 12, 8, 4 and 1 columns."""
    delivery, entry, remote, log_id = row[:12], row[12:20], row[20:24], row[24]
    stopped_at = optional_from_unix(_number(entry[7]))
    return DueDelivery(
        delivery_from_row(delivery),
        entry_from_row(entry),
        stopped_at,
        remote_from_row(remote),
        _text(log_id),
    )


def entry_from_row(row: Sequence[object]) -> Entry:
    """An entry: id, title, card_origin, card_id, started_at, source, comment and what follows."""
    entry_id, title, origin, card, started_at, source, comment, *_ = row
    task = task_from_columns(str(title), _text(origin), _number(card))
    started = instant(int(str(started_at)))
    return Entry(str(entry_id), task, started, Source(source), str(comment))


def delivery_from_row(row: Sequence[object]) -> Delivery:
    """A delivery, from its 12 columns."""
    number, entry_id, kind, message, state, attempts, remote_id, error, sent_at, *rest = row
    left, minutes, refused_status = rest
    return Delivery(
        int(str(number)),
        str(entry_id),
        message_from_json(str(kind), str(message)),
        DeliveryState(state),
        int(str(attempts)),
        _text(remote_id),
        str(error),
        optional_from_unix(_number(sent_at)),
        bool(left),
        _number(minutes),
        _number(refused_status),
    )


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
    """An unconfirmed attempt: kind, message, wall, boot, steady."""
    kind, message, *clocks = row
    return Attempt(message_from_json(str(kind), str(message)), required_reading_from_row(clocks))


def reading_from_row(row: Sequence[object]) -> ClockReading | None:
    """Both clocks: wall, boot, steady; None if they were not read."""
    wall, boot, steady = row
    if wall is None:
        return None
    known = BootTime(str(boot), float(str(steady))) if boot is not None else None
    return ClockReading(datetime.fromtimestamp(float(str(wall)), UTC), known)


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
