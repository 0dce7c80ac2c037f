"""Problems and their resolutions in the JSON documents that scripts read."""

from __future__ import annotations

from datetime import tzinfo

from timer_app.domain.delivery.outbox import Delivery, LoggedEntry
from timer_app.domain.setup.local_time import zone_suffix
from timer_app.services.delivery.documents import delivery_document
from timer_app.services.delivery.problems import Resolution, resolutions_for
from timer_app.services.entries.documents import Document, local_iso, subject_document


def problem_documents(logged: LoggedEntry, zone: tzinfo) -> list[Document]:
    """The deliveries of an entry that need a person, each with what it is about."""
    entry = logged.entry
    about = subject_document(entry, zone) | {
        "started_at": local_iso(entry.started_at, zone),
        "stopped_at": local_iso(logged.stopped_at, zone),
    }
    return [
        delivery_document(delivery) | about | {"ways": resolution_documents(logged, delivery, zone)}
        for delivery in logged.deliveries
    ]


def resolution_documents(logged: LoggedEntry, delivery: Delivery, zone: tzinfo) -> list[Document]:
    """The resolutions of a delivery, each as a command with what it does."""
    return [
        {"command": _command(resolution, logged, delivery, zone), "does": str(resolution.label)}
        for resolution in resolutions_for(logged, delivery)
    ]


def _command(resolution: Resolution, logged: LoggedEntry, delivery: Delivery, zone: tzinfo) -> str:
    edit = f"timer-app edit {logged.entry.id}"
    if resolution is Resolution.TAKE_REMOTE_STOP:
        stopped_at = logged.remote.stopped_at if logged.remote else None
        if stopped_at is None:
            return edit
        local_stop = stopped_at.astimezone(zone)
        return f'{edit} --to "{local_stop:%Y-%m-%d %H:%M:%S}{zone_suffix(stopped_at, zone)}"'
    if resolution is Resolution.CHANGE_CATEGORY:
        return f"timer-app retry {delivery.id} --category CATEGORY"
    if resolution.is_edit:
        return f"{edit} --card CARD" if resolution is Resolution.CHANGE_CARD else edit
    return f"timer-app {'drop' if resolution.is_drop else 'retry'} {delivery.id}"
