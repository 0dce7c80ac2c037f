"""Entries as the documents that scripts read (interface page, "JSON")."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from timer_app.domain.delivery import (
    ChangeLog,
    Delivery,
    LogTime,
    ToKaiten,
    kind_of,
    service_of,
)
from timer_app.services.ports import LoggedEntry
from timer_app.services.ways import Way, ways

if TYPE_CHECKING:
    # For its types alone: it is imported when an audit is wanted.
    from timer_app.domain.auditing import Row
    from timer_app.services.audit import Audit

Document = dict[str, object]


def entry_document(logged: LoggedEntry, now: datetime, zone: tzinfo) -> Document:
    """One entry as `log --json` lists it; one that runs has no stop and counts until `now`.

    `log` never lists one that was cancelled or deleted; what did that does, and says so.
    """
    entry, card = logged.entry, logged.entry.task.card
    end = logged.stopped_at or now
    document: Document = {
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
    return document | {"deleted": True} if logged.forgotten else document


def delivery_document(delivery: Delivery) -> Document:
    """One delivery as `log --json` lists it within its entry."""
    message = delivery.message
    on_card = message if isinstance(message, ToKaiten) else None
    minutes = message.minutes if isinstance(message, LogTime | ChangeLog) else None
    return {
        "id": delivery.id,
        "service": service_of(delivery.message).value,
        "kind": kind_of(delivery.message).value,
        "state": delivery.state.value,
        "remote_id": delivery.remote_id,
        "minutes": minutes if delivery.minutes is None else delivery.minutes,
        "for_date": on_card.for_date.isoformat() if on_card else None,
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
    return [
        delivery_document(delivery) | about | {"ways": ways_out(logged, delivery, zone)}
        for delivery in logged.deliveries
    ]


def ways_out(logged: LoggedEntry, delivery: Delivery, zone: tzinfo) -> list[Document]:
    """What a person can do about a delivery, each with what it does."""
    return [
        {"command": _command(way, logged, delivery, zone), "does": way.value}
        for way in ways(logged, delivery)
    ]


def _command(way: Way, logged: LoggedEntry, delivery: Delivery, zone: tzinfo) -> str:
    edit = f"timer-app edit {logged.entry.id}"
    if way is Way.TAKE_THEIRS:
        stopped_at = logged.remote.stopped_at if logged.remote else None
        there = stopped_at.astimezone(zone) if stopped_at else None
        return f'{edit} --to "{there:%Y-%m-%d %H:%M:%S}"'
    if way.is_edit:
        return f"{edit} --card CARD" if way is Way.OTHER_CARD else edit
    return f"timer-app {'drop' if way.is_drop else 'retry'} {delivery.id}"


def audit_document(audit: Audit) -> Document:
    """An audit as `audit --json` lists it."""
    return {
        "from": audit.first.isoformat(),
        "to": audit.last.isoformat(),
        "rows": [_row_document(row) for row in audit.rows],
        "complete": audit.complete,
    }


def _row_document(row: Row) -> Document:
    return {
        "key": row.key,
        "entry": row.entry_id,
        "service": row.service.value,
        "verdict": row.verdict.value,
        "remote_id": row.remote_id,
        "detail": row.detail,
        "repair": row.repair.sentence if row.repair else None,
        "help": row.help.value or None,
    }
