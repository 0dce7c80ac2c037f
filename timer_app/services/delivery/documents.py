"""A delivery as the documents show it that scripts read."""

from __future__ import annotations

from datetime import date

from timer_app.domain.delivery.outbox import Delivery
from timer_app.domain.delivery.remote_history import HistoryImport
from timer_app.domain.delivery.service_messages import (
    DamagedMessage,
    LogMessage,
    LogTime,
    UpdateLog,
    kind_of,
    service_of,
)


def import_document(first: date, imported: HistoryImport) -> dict[str, object]:
    """How many entries `sync --from` imported since a date."""
    return {
        "from": first.isoformat(),
        "added": len(imported.added),
        "changed": len(imported.changed),
        "deleted": len(imported.deleted),
    }


def delivery_document(delivery: Delivery) -> dict[str, object]:
    """One delivery as `log --json` lists it within its entry."""
    message = delivery.message
    on_card = message if isinstance(message, LogMessage | DamagedMessage) else None
    minutes = message.minutes if isinstance(message, LogTime | UpdateLog) else None
    return {
        "id": delivery.id,
        "service": service_of(delivery.message).value,
        "kind": kind_of(delivery.message).value,
        "state": delivery.state.value,
        "remote_id": delivery.remote_id,
        "minutes": minutes if delivery.minutes is None else delivery.minutes,
        "for_date": on_card.for_date.isoformat() if on_card and on_card.for_date else None,
        "attempts": delivery.attempts,
        "error": delivery.error,
    }
