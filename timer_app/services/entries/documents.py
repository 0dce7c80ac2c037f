"""An entry with its deliveries, as the documents show it that scripts read."""

from __future__ import annotations

from datetime import datetime, tzinfo

from timer_app.domain.delivery.outbox import LoggedEntry, has_no_record
from timer_app.domain.elapsed import running_seconds
from timer_app.domain.entries.card import CardInfo
from timer_app.domain.entries.document import entry_fields
from timer_app.domain.entries.entry import Entry
from timer_app.services.delivery.documents import delivery_document

Document = dict[str, object]


def entry_document(logged: LoggedEntry, now: datetime, zone: tzinfo) -> Document:
    """One entry as `log --json` lists it; one that runs has no stop and counts until `now`.

    Its deliveries are those that have, or are to have, a record of their own at a service, and
    those that are not done.

    `log` never lists one that was cancelled or deleted; what did that does, and says so.
    """
    entry = logged.entry
    end = logged.stopped_at or now
    document = _entry_fields(entry, zone) | {
        "stopped_at": local_iso(logged.stopped_at, zone),
        "seconds": running_seconds(entry.started_at.timestamp(), end.timestamp()),
        "source": entry.source.value,
        "deliveries": [
            delivery_document(delivery)
            for delivery in logged.deliveries
            if not has_no_record(delivery)
        ],
    }
    if logged.covered_dates:
        document["covered_dates"] = [each.isoformat() for each in logged.covered_dates]
    return document | {"deleted": True} if logged.is_deleted else document


def subject_document(entry: Entry, zone: tzinfo) -> Document:
    """The entry that a document of something else is about."""
    fields = _entry_fields(entry, zone)
    return {"entry": fields["id"], "task": fields["task"], "card_url": fields["card_url"]}


def card_document(info: CardInfo) -> Document:
    """One card as `cards --json` lists it; `minutes` is all time that is logged on it."""
    return {
        "card_id": info.card.id,
        "card_url": info.card.url,
        "key": info.key or None,
        "title": info.title,
        "space": info.space,
        "board": info.board,
        "column": info.column,
        "minutes": info.minutes,
    }


def local_iso(instant: datetime | None, zone: tzinfo) -> str | None:
    """An instant with the zone's offset; None stays None."""
    return instant.astimezone(zone).isoformat() if instant else None


def _entry_fields(entry: Entry, zone: tzinfo) -> Document:
    card = entry.task.card
    return entry_fields(
        entry.id,
        entry.task.title,
        (card.id, card.url) if card else None,
        entry.comment,
        entry.started_at.astimezone(zone).isoformat(),
        entry.task.address,
    )
