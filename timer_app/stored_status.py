"""`timer-app status` without the app: the fast way, straight from the journal's file."""

from __future__ import annotations

import os
from datetime import datetime

from timer_app.adapters.entries.journal import connection as journal_file
from timer_app.adapters.entries.journal import status_document
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.settings import reader as settings
from timer_app.adapters.system_clock import boot_time


def read_status(paths: Paths) -> tuple[dict[str, object], tuple[str, ...]]:
    """The document of `status --json`, and what there is to say beside it.

    A journal that is not there is an empty one.

    Raises SettingsError or JournalUnusable.
    """
    chosen = settings.load(paths.settings)
    connection = journal_file.connect(paths.journal) if os.path.exists(paths.journal) else None
    try:
        boot = boot_time()
        now = status_document.true_now(connection, datetime.now().astimezone(), boot)
        document = status_document.status_document(
            connection, now, chosen.day_start, chosen.configured, boot
        )
        _mark_orphaned_unknown(paths, document["deliveries"])
        return document, status_document.open_question_notes(connection, now)
    finally:
        if connection:
            connection.close()


def _mark_orphaned_unknown(paths: Paths, deliveries: object) -> None:
    """What a dead process was sending is unknown; whoever sends next will write it down."""
    if not isinstance(deliveries, dict) or not deliveries["sending"]:
        return
    from timer_app.adapters.delivery.sender_lock import try_sender_lock
    from timer_app.domain.errors import JournalError

    try:
        lock = try_sender_lock(paths.sender_lock)
    except JournalError:  # it cannot be told who sends; reading goes on
        return
    if lock is not None:
        lock.release()
        deliveries["unknown"] += deliveries["sending"]
        deliveries["sending"] = 0
