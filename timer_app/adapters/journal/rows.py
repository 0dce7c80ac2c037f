"""The journal's rows as values. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from timer_app.adapters.journal.messages import from_json, instant, maybe_instant, task_of
from timer_app.domain.clock_reading import Reading, Steady
from timer_app.domain.delivery import Attempt, Delivery, DeliveryState, Due
from timer_app.domain.entry import Entry, Source
from timer_app.domain.outcome import RemoteEntry

DATES_AWAY = timedelta(days=2)
"""How far a date may lie from the UTC date of an instant that counts for it: zone and day_start."""


def due_of(row: Sequence[object]) -> Due:
    """A delivery with its entry, what TimeCrowd holds, and a log's id: 12, 8, 4 and 1 columns."""
    delivery, entry, remote, log_id = row[:12], row[12:20], row[20:24], row[24]
    stopped_at = maybe_instant(_number(entry[7]))
    return Due(delivery_of(delivery), entry_of(entry), stopped_at, remote_of(remote), _text(log_id))


def entry_of(row: Sequence[object]) -> Entry:
    """An entry: id, title, card_origin, card_id, started_at, source, comment and what follows."""
    entry_id, title, origin, card, started_at, source, comment, *_ = row
    task = task_of(str(title), _text(origin), _number(card))
    started = instant(int(str(started_at)))
    return Entry(str(entry_id), task, started, Source(source), str(comment))


def delivery_of(row: Sequence[object]) -> Delivery:
    """A delivery, from its 12 columns."""
    number, entry_id, kind, message, state, attempts, remote_id, error, sent_at, *rest = row
    left, minutes, refused_status = rest
    return Delivery(
        int(str(number)),
        str(entry_id),
        from_json(str(kind), str(message)),
        DeliveryState(state),
        int(str(attempts)),
        _text(remote_id),
        str(error),
        maybe_instant(_number(sent_at)),
        bool(left),
        _number(minutes),
        _number(refused_status),
    )


def remote_of(row: Sequence[object]) -> RemoteEntry | None:
    """What TimeCrowd last said of an entry, None if it said nothing."""
    remote_id, task_id, started_at, stopped_at = row
    if remote_id is None:
        return None
    started, stopped = _number(started_at), _number(stopped_at)
    return RemoteEntry(str(remote_id), str(task_id), instant(started or 0), maybe_instant(stopped))


def attempt_of(row: Sequence[object]) -> Attempt:
    """A try in doubt: kind, message, wall, boot, steady."""
    kind, message, *clocks = row
    return Attempt(from_json(str(kind), str(message)), sure_reading_of(clocks))


def reading_of(row: Sequence[object]) -> Reading | None:
    """Both clocks: wall, boot, steady; None if they were not read."""
    wall, boot, steady = row
    if wall is None:
        return None
    known = Steady(str(boot), float(str(steady))) if boot is not None else None
    return Reading(datetime.fromtimestamp(float(str(wall)), UTC), known)


def sure_reading_of(row: Sequence[object]) -> Reading:
    """The same where they always are."""
    found = reading_of(row)
    if found is None:
        raise ValueError("a row without its instant")
    return found


def row_of(reading: Reading) -> tuple[float, str | None, float | None]:
    """A reading as its three columns."""
    steady = reading.steady
    wall = reading.wall.timestamp()
    return (wall, steady.boot, steady.seconds) if steady else (wall, None, None)


def rounded_up(moment: datetime | None) -> int | None:
    """A time to wait for, in whole seconds that are never too early."""
    return None if moment is None else -int(-moment.timestamp() // 1)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))
