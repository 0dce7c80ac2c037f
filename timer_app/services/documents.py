"""Entries as the documents that scripts read (interface page, "JSON")."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from timer_app.domain.absence import UnresolvedAbsence
from timer_app.domain.delivery.outbox import (
    Delivery,
    KaitenMessage,
    LoggedEntry,
    LogTime,
    UpdateLog,
    kind_of,
    service_of,
)
from timer_app.domain.elapsed import running_seconds
from timer_app.domain.setup.local_time import zone_suffix
from timer_app.services.delivery.problems import Resolution, resolutions_for

if TYPE_CHECKING:
    # For its types alone: it is imported when an audit is wanted.
    from timer_app.domain.audit.rows import AuditRow
    from timer_app.services.audit.auditor import Audit

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
        "seconds": running_seconds(entry.started_at.timestamp(), end.timestamp()),
        "source": entry.source.value,
        "deliveries": [delivery_document(delivery) for delivery in logged.deliveries],
    }
    return document | {"deleted": True} if logged.is_deleted else document


def delivery_document(delivery: Delivery) -> Document:
    """One delivery as `log --json` lists it within its entry."""
    message = delivery.message
    on_card = message if isinstance(message, KaitenMessage) else None
    minutes = message.minutes if isinstance(message, LogTime | UpdateLog) else None
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
        delivery_document(delivery) | about | {"ways": resolution_documents(logged, delivery, zone)}
        for delivery in logged.deliveries
    ]


def resolution_documents(logged: LoggedEntry, delivery: Delivery, zone: tzinfo) -> list[Document]:
    """What a person can do about a delivery, each with what it does."""
    return [
        {"command": _command(way, logged, delivery, zone), "does": way.value}
        for way in resolutions_for(logged, delivery)
    ]


def _command(way: Resolution, logged: LoggedEntry, delivery: Delivery, zone: tzinfo) -> str:
    edit = f"timer-app edit {logged.entry.id}"
    if way is Resolution.TAKE_REMOTE_STOP:
        stopped_at = logged.remote.stopped_at if logged.remote else None
        if stopped_at is None:
            return edit
        there = stopped_at.astimezone(zone)
        return f'{edit} --to "{there:%Y-%m-%d %H:%M:%S}{zone_suffix(stopped_at, zone)}"'
    if way.is_edit:
        return f"{edit} --card CARD" if way is Resolution.CHANGE_CARD else edit
    return f"timer-app {'drop' if way.is_drop else 'retry'} {delivery.id}"


def question_document(question: UnresolvedAbsence, now: datetime, zone: tzinfo) -> Document:
    """An unresolved absence, and how a person can resolve it.

    `to` is null while nobody is back; `held` says whether deliveries wait for the answer.
    """
    entry, absence = question.entry, question.absence
    ended = absence.ended
    ways = {
        "keep": "it was work on this",
        "drop": "it was not; the entry ends where it began"
        + ("" if question.stopped_at else ", and nothing runs"),
        "continue": "it was not; the entry goes on since the return",
        "give CARD": "it was work on something else (or --task TITLE)",
    }
    return {
        "id": question.id,
        "entry": entry.id,
        "task": entry.task.title,
        "card_url": entry.task.card.url if entry.task.card else None,
        "from": absence.began.astimezone(zone).isoformat(),
        "to": ended and ended.astimezone(zone).isoformat(),
        "seconds": int(((ended or now) - absence.began).total_seconds()),
        "causes": sorted(cause.value for cause in absence.causes),
        "held": question.stopped_at is not None,
        "ways": [
            {"command": f"timer-app away {answer} --question {question.id}", "does": does}
            for answer, does in ways.items()
            if not (question.stopped_at and answer == "continue")
        ],
    }


def audit_document(audit: Audit) -> Document:
    """An audit as `audit --json` lists it."""
    return {
        "from": audit.first.isoformat(),
        "to": audit.last.isoformat(),
        "rows": [_row_document(row) for row in audit.rows],
        "complete": audit.is_complete,
    }


def _row_document(row: AuditRow) -> Document:
    return {
        "key": row.key,
        "entry": row.entry_id,
        "service": row.service.value,
        "verdict": row.verdict.value,
        "remote_id": row.remote_id,
        "detail": row.detail,
        "repair": row.repair.sentence if row.repair else None,
        "help": row.next_step.value or None,
    }
