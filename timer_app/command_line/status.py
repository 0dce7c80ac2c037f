"""`timer-app status` without the app: the fast way, straight from the journal's file."""

from __future__ import annotations

import os
from datetime import datetime

from timer_app.adapters.journal import schema, summary
from timer_app.adapters.places import Places
from timer_app.adapters.settings import reading as settings


def read_status(places: Places) -> dict[str, object]:
    """The document of `status --json`. A journal that is not there is an empty one.

    Raises SettingsError or JournalUnusable.
    """
    chosen = settings.load(places.settings)
    connection = schema.connect(places.journal) if os.path.exists(places.journal) else None
    try:
        now = datetime.now().astimezone()
        return summary.status_document(connection, now, chosen.day_start, chosen.configured)
    finally:
        if connection:
            connection.close()
