"""The `status` document, straight from the journal's rows.

Light on purpose (nothing but sqlite3 and datetime): a script may ask for it every second. The
app answers with the same function, so command line and app cannot disagree.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from timer_app.adapters.entries.journal.schema import awaits_answer_sql

QUESTION = "You were away while an entry ran. Say what the time was: timer-app away"
SHOWN_STATES = ("waiting", "sending", "unknown", "blocked", "done")


def status_document(
    connection: sqlite3.Connection | None,
    now: datetime,
    day_start: time,
    configured: Mapping[str, bool],
) -> dict[str, object]:
    """The document of `status --json` (interface page, "JSON").

    `now` is aware, in the local zone; `configured` says for each service by name whether it is
    set up; without a connection there is no journal yet.
    """
    entry = _running(connection)
    elapsed = max(0, int(now.timestamp()) - entry[1]) if entry else 0
    return {
        "state": "running" if entry else "idle",
        "entry": entry[0] if entry else None,
        "elapsed_seconds": elapsed,
        "today_seconds": _today(connection, now, day_start, entry[1] if entry else None),
        "deliveries": _deliveries(connection),
        "services": _services(connection, configured),
    }


def open_question_notes(connection: sqlite3.Connection | None, now: datetime) -> tuple[str, ...]:
    """Says that an answer about being away is waited for, if it is."""
    waits = (
        connection
        and connection.execute(
            "SELECT 1 FROM away CROSS JOIN entry ON entry.id = away.entry_id"
            f" WHERE {awaits_answer_sql(':now')} LIMIT 1",
            {"now": int(now.timestamp())},
        ).fetchone()
    )
    return (QUESTION,) if waits else ()


def _running(connection: sqlite3.Connection | None) -> tuple[dict[str, object], int] | None:
    """What runs, as the document shows it, and the unix second of its start."""
    row = (
        connection
        and connection.execute(
            "SELECT entry.id, title, card_origin, card_id, comment, started_at"
            " FROM entry INDEXED BY entry_running JOIN task ON task.id = entry.task_id"
            " WHERE stopped_at IS NULL AND cancelled = 0"
        ).fetchone()
    )
    if not row:
        return None
    entry_id, title, origin, card_id, comment, started_at = row
    document = {
        "id": entry_id,
        "task": title,
        "card_id": card_id,
        "card_url": f"{origin}/{card_id}" if card_id else None,
        "comment": comment,
        "started_at": local_iso(started_at),
    }
    return document, started_at


def local_iso(unix_seconds: int) -> str:
    """An instant with the local offset that was in force then."""
    return datetime.fromtimestamp(unix_seconds).astimezone().isoformat()


def _today(
    connection: sqlite3.Connection | None, now: datetime, day_start: time, started_at: int | None
) -> int:
    """Seconds worked today: what is finished, and of what runs the part since the day began."""
    if connection is None:
        return 0
    today = now.date() if now.time() >= day_start else now.date() - timedelta(days=1)
    (finished,) = connection.execute(
        "SELECT coalesce(sum(seconds), 0) FROM stretch WHERE for_date = ?", (today.isoformat(),)
    ).fetchone()
    if started_at is None:
        return int(finished)
    began = int(datetime.combine(today, day_start).timestamp())
    return int(finished) + max(0, int(now.timestamp()) - max(started_at, began))


def _deliveries(connection: sqlite3.Connection | None) -> dict[str, int]:
    counts = dict.fromkeys(SHOWN_STATES, 0)
    asked = "SELECT state, sum(deliveries) FROM tally GROUP BY state"
    for state, number in connection.execute(asked) if connection else ():
        if state in counts:  # a dropped one is nobody's concern any more
            counts[state] = number
    return counts


def _services(
    connection: sqlite3.Connection | None, configured: Mapping[str, bool]
) -> dict[str, dict[str, str]]:
    seen = {}
    for name, health, detail in (
        connection.execute("SELECT name, health, detail FROM service") if connection else ()
    ):
        seen[name] = {"state": health, "detail": detail}
    unset = {"state": "not_configured", "detail": ""}
    fine = {"state": "ok", "detail": ""}
    return {name: seen.get(name, fine) if on else unset for name, on in configured.items()}
