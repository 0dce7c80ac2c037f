"""Entries as the documents that scripts read (interface page, "JSON")."""

from __future__ import annotations

from datetime import datetime, tzinfo

from timer_app.domain.delivery import Delivery, LogTime, kind_of, service_of
from timer_app.services.ports import LoggedEntry

Document = dict[str, object]


def entry_document(logged: LoggedEntry, now: datetime, zone: tzinfo) -> Document:
    """One entry as `log --json` lists it; one that runs has no stop and counts until `now`."""
    entry, card = logged.entry, logged.entry.task.card
    end = logged.stopped_at or now
    return {
        "id": entry.id,
        "task": entry.task.title,
        "card_id": card.id if card else None,
        "card_url": card.url if card else None,
        "comment": entry.comment,
        "started_at": entry.started_at.astimezone(zone).isoformat(),
        "stopped_at": logged.stopped_at and logged.stopped_at.astimezone(zone).isoformat(),
        "seconds": max(0, int((end - entry.started_at).total_seconds())),
        "source": entry.source.value,
        "deliveries": [delivery_document(delivery) for delivery in logged.deliveries],
    }


def delivery_document(delivery: Delivery) -> Document:
    """One delivery as `log --json` lists it within its entry."""
    log = delivery.message if isinstance(delivery.message, LogTime) else None
    return {
        "id": delivery.id,
        "service": service_of(delivery.message).value,
        "kind": kind_of(delivery.message).value,
        "state": delivery.state.value,
        "remote_id": delivery.remote_id,
        "minutes": log.minutes if log else None,
        "for_date": log.for_date.isoformat() if log else None,
        "attempts": delivery.attempts,
        "error": delivery.error,
    }


def problem_documents(logged: LoggedEntry, zone: tzinfo) -> list[Document]:
    """The deliveries of an entry that need a person, each with what it is about."""
    entry = logged.entry
    about: Document = {
        "entry": entry.id,
        "task": entry.task.title,
        "card_url": entry.task.card.url if entry.task.card else None,
        "started_at": entry.started_at.astimezone(zone).isoformat(),
        "stopped_at": logged.stopped_at and logged.stopped_at.astimezone(zone).isoformat(),
    }
    return [delivery_document(delivery) | about for delivery in logged.deliveries]
