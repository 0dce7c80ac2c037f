"""`timer-app status` without the app: the fast way, straight from the journal's file."""

from __future__ import annotations

import os
from datetime import datetime

from timer_app.adapters.journal import schema, summary
from timer_app.adapters.places import Places
from timer_app.adapters.settings import reading as settings


def read_status(places: Places) -> tuple[dict[str, object], tuple[str, ...]]:
    """The document of `status --json`, and what there is to say beside it.

    A journal that is not there is an empty one.

    Raises SettingsError or JournalUnusable.
    """
    chosen = settings.load(places.settings)
    connection = schema.connect(places.journal) if os.path.exists(places.journal) else None
    try:
        now = datetime.now().astimezone()
        document = summary.status_document(connection, now, chosen.day_start, chosen.configured)
        _unless_somebody_sends(places, document["deliveries"])
        return document, summary.asked(connection, now)
    finally:
        if connection:
            connection.close()


def _unless_somebody_sends(places: Places, deliveries: object) -> None:
    """What a dead process was sending is unknown; whoever sends next will write it down."""
    if not isinstance(deliveries, dict) or not deliveries["sending"]:
        return
    from timer_app.adapters.turn import try_lock
    from timer_app.services.ports import JournalUnwritable

    try:
        lock = try_lock(places.sender_lock)
    except JournalUnwritable:  # it cannot be told who sends; reading goes on
        return
    if lock is not None:
        lock.release()
        deliveries["unknown"] += deliveries["sending"]
        deliveries["sending"] = 0
