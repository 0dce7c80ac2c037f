"""The journal's rows as values. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from timer_app.adapters.journal.messages import from_json, instant, maybe_instant, task_of
from timer_app.domain.delivery import Delivery, DeliveryState, Due
from timer_app.domain.entry import Entry, Source
from timer_app.domain.outcome import RemoteEntry


def due_of(row: Sequence[object]) -> Due:
    """A delivery with its entry and what TimeCrowd holds: 10, 8 and 4 columns."""
    delivery, entry, remote = row[:10], row[10:18], row[18:]
    stopped_at = maybe_instant(_number(entry[7]))
    return Due(delivery_of(delivery), entry_of(entry), stopped_at, remote_of(remote))


def entry_of(row: Sequence[object]) -> Entry:
    """An entry: id, title, card_origin, card_id, started_at, source, comment and what follows."""
    entry_id, title, origin, card, started_at, source, comment, *_ = row
    task = task_of(str(title), _text(origin), _number(card))
    started = instant(int(str(started_at)))
    return Entry(str(entry_id), task, started, Source(source), str(comment))


def delivery_of(row: Sequence[object]) -> Delivery:
    """A delivery, from its 10 columns."""
    number, entry_id, kind, message, state, attempts, remote_id, error, sent_at, left = row
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
    )


def remote_of(row: Sequence[object]) -> RemoteEntry | None:
    """What TimeCrowd last said of an entry, None if it said nothing."""
    remote_id, task_id, started_at, stopped_at = row
    if remote_id is None:
        return None
    started, stopped = _number(started_at), _number(stopped_at)
    return RemoteEntry(str(remote_id), str(task_id), instant(started or 0), maybe_instant(stopped))


def rounded_up(moment: datetime | None) -> int | None:
    """A time to wait for, in whole seconds that are never too early."""
    return None if moment is None else -int(-moment.timestamp() // 1)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))
