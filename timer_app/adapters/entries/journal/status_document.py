"""The `status` document, straight from the journal's rows.

Light on purpose (nothing but sqlite3 and datetime): a script may ask for it every second. The
app answers with the same function, so command line and app cannot disagree.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from timer_app.adapters.entries.journal.schema import awaits_answer_sql
from timer_app.domain.elapsed import (
    EARLIEST,
    LATEST,
    clock_shift,
    running_seconds,
    todays_seconds,
    true_wall_seconds,
)
from timer_app.domain.entries.document import entry_fields

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
QUESTION = "You were away while an entry ran. Say what the time was: timer-app away"
SERVICE_STATES = ("ok", "offline", "unauthorized", "rate_limited")
SHOWN_STATES = ("waiting", "sending", "unknown", "blocked", "done")


def status_document(
    connection: sqlite3.Connection | None,
    now: datetime,
    day_start: time,
    configured: Mapping[str, bool],
    boot_time: tuple[str, float] | None = None,
) -> dict[str, object]:
    """The document of `status --json` (interface page, "JSON").

    `now` is aware, in the local zone; `configured` says for each service by name whether it is
    set up; `boot_time` is the name of this boot and its seconds at `now`, by which an elapsed time
    is true though the wall clock was set. Without a connection there is no journal yet.
    """
    entry = _running(connection)
    began = entry[1] if entry else None
    shift = _clock_shift(connection, now, boot_time) if entry else 0.0
    return {
        "state": "running" if entry else "idle",
        "entry": entry[0] if entry else None,
        "elapsed_seconds": 0 if began is None else running_seconds(began, now.timestamp(), shift),
        "today_seconds": _today(connection, now, day_start, began, shift),
        "deliveries": _deliveries(connection),
        "services": _services(connection, configured),
    }


def true_now(
    connection: sqlite3.Connection | None, now: datetime, boot_time: tuple[str, float] | None
) -> datetime:
    """The present as the services tell it, where the computer's clock shows `now`.

    A damaged row may tell a year that the computer has no local time of: it counts as none.
    """
    row = (
        connection
        and connection.execute(
            "SELECT difference, wall, boot, steady FROM service_clock"
        ).fetchone()
    )
    if not row:
        return now
    difference, wall, boot, steady = row
    by_boot_time = None
    if boot_time is not None and boot == boot_time[0]:
        by_boot_time = wall + difference + boot_time[1] - steady
    seconds = true_wall_seconds(now.timestamp() + difference, by_boot_time)
    try:
        return datetime.fromtimestamp(min(max(seconds, 0), LATEST)).astimezone()
    except OSError:  # Windows knows a local time from 1970 to 3000 only
        return now


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
            "SELECT entry.id, title, card_origin, card_id, comment, started_at, address"
            " FROM entry INDEXED BY entry_running JOIN task ON task.id = entry.task_id"
            " WHERE stopped_at IS NULL AND cancelled = 0"
        ).fetchone()
    )
    if not row:
        return None
    entry_id, title, origin, card_id, comment, started_at, address = row
    card = (card_id, f"{origin}/{card_id}") if card_id else None
    fields = entry_fields(entry_id, title, card, comment, local_iso(started_at), address or "")
    return fields, started_at


def _clock_shift(
    connection: sqlite3.Connection | None, now: datetime, boot_time: tuple[str, float] | None
) -> float:
    """How far the wall clock was set since the running entry began, in seconds; 0 if unknown."""
    row = (
        connection
        and connection.execute(
            "SELECT began_wall, began_boot, began_steady FROM entry INDEXED BY entry_running"
            " WHERE stopped_at IS NULL AND cancelled = 0"
        ).fetchone()
    )
    if not row or boot_time is None or row[1] != boot_time[0]:
        return 0.0
    return clock_shift(now.timestamp() - row[0], boot_time[1] - row[2])


def local_iso(unix_seconds: int) -> str:
    """An instant with the local offset that was in force then."""
    known = min(max(unix_seconds, EARLIEST), LATEST)  # a damaged one as the nearest there is
    try:
        return datetime.fromtimestamp(known).astimezone().isoformat()
    except OSError:  # Windows knows a local time from 1970 to 3000 only
        return (_EPOCH + timedelta(seconds=known)).isoformat()


def _today(
    connection: sqlite3.Connection | None,
    now: datetime,
    day_start: time,
    started_at: int | None,
    shift: float,
) -> int:
    """Seconds worked today: finished entries, and the running one since the day began."""
    if connection is None:
        return 0
    today = now.date() if now.time() >= day_start else now.date() - timedelta(days=1)
    (finished,) = connection.execute(
        "SELECT coalesce(sum(seconds), 0) FROM stretch WHERE for_date = ?", (today.isoformat(),)
    ).fetchone()
    day_began = datetime.combine(today, day_start).timestamp()
    return todays_seconds(int(finished), started_at, day_began, now.timestamp(), shift)


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
        if health in SERVICE_STATES:  # else the row is damaged: the next request shows it again
            seen[name] = {"state": health, "detail": detail}
    unset = {"state": "not_configured", "detail": ""}
    fine = {"state": "ok", "detail": ""}
    return {name: seen.get(name, fine) if on else unset for name, on in configured.items()}
