"""Rows that are damaged within a sound file: which there are, and words that are mended.

Each row alone is set aside where it is read; see `rows`. A delivery in a state that no version
wrote is in no list of open ones, and is mended when the file is checked.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from timer_app.adapters.entries.journal.message_json import (
    DamagedRow,
    message_from_json,
    optional_date_of,
    word_of,
)
from timer_app.adapters.entries.journal.rows import DELIVERY_COLUMNS, delivery_from_row, state_of
from timer_app.adapters.entries.journal.undo_records import undo_record_from_row
from timer_app.domain.absence import AbsenceCause
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.service_messages import service_of
from timer_app.domain.elapsed import EARLIEST, LATEST
from timer_app.domain.entries.entry import Source
from timer_app.domain.messages import DeliveryMessageId
from timer_app.domain.service import Service
from timer_app.domain.user_message import UserMessage

_SERVICES = tuple(each.value for each in Service)


def damaged_rows(connection: sqlite3.Connection) -> list[str]:
    """The damaged rows by name, as "delivery 12". It reads every row."""
    return list(_damaged(connection))


def _damaged(connection: sqlite3.Connection) -> Iterator[str]:
    for number, kind, text, state, service in connection.execute(
        "SELECT id, kind, message, state, service FROM delivery ORDER BY id"
    ):
        if not (_is_message(kind, text) and state_of(state) and service in _SERVICES):
            yield f"delivery {number}"
    for number, kind, text in connection.execute("SELECT delivery_id, kind, message FROM attempt"):
        if not _is_message(kind, text):
            yield f"attempt of delivery {number}"
    yield from _damaged_entries(connection)
    for row in connection.execute("SELECT id, entry_id, kind, before FROM amendment"):
        try:
            undo_record_from_row(row)
        except DamagedRow:
            yield f"undo record {row[0]}"
    for number, causes in connection.execute("SELECT id, causes FROM away"):
        if not _are_causes(causes):
            yield f"absence {number}"


def _damaged_entries(connection: sqlite3.Connection) -> Iterator[str]:
    known = [each.value for each in Source if each is not Source.UNKNOWN]
    for entry_id, source, *instants in connection.execute(
        "SELECT id, source, started_at, coalesce(stopped_at, started_at),"
        " coalesce(remote_started_at, started_at) FROM entry"
    ):
        if source not in known or any(not EARLIEST <= each <= LATEST for each in instants):
            yield f"entry {entry_id}"
    for entry_id, day in connection.execute("SELECT entry_id, for_date FROM stretch"):
        if optional_date_of(day) is None:
            yield f"date of entry {entry_id}"


def _is_message(kind: str, text: str) -> bool:
    try:
        message_from_json(kind, text)
    except DamagedRow:
        return False
    return True


def _are_causes(text: str) -> bool:
    try:
        names = json.loads(text)
        return isinstance(names, list) and all(word_of(AbsenceCause, each) for each in names)
    except (ValueError, RecursionError):
        return False


def mend_states(connection: sqlite3.Connection) -> int:
    """Let the user decide about deliveries whose state or service is damaged; how many.

    The tally is counted again: its triggers did not see the damage.
    """
    states = ", ".join(f"'{each.value}'" for each in DeliveryState)
    services = ", ".join(f"'{each}'" for each in _SERVICES)
    rows = connection.execute(
        f"SELECT {', '.join(DELIVERY_COLUMNS)} FROM delivery"
        f" WHERE state NOT IN ({states}) OR service NOT IN ({services})"
    ).fetchall()
    connection.execute("BEGIN IMMEDIATE")
    try:
        for row in rows:
            _mend_state(connection, row)
        recount(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return len(rows)


def _mend_state(connection: sqlite3.Connection, row: tuple[object, ...]) -> None:
    delivery = delivery_from_row(row)
    state, error = delivery.state.value, delivery.error
    if state_of(row[4]) is None:
        state = DeliveryState.UNKNOWN.value  # it may have been sent
        error = str(UserMessage(DeliveryMessageId.DAMAGED_STATE, delivery.id))
    connection.execute(
        "UPDATE delivery SET service = ?, state = ?, error = ?, left_to_person = ? WHERE id = ?",
        (
            service_of(delivery.message).value,
            state,
            error,
            delivery.left_to_user or state_of(row[4]) is None,
            delivery.id,
        ),
    )


def recount(connection: sqlite3.Connection) -> None:
    """Count the tally of deliveries again, within the caller's transaction."""
    connection.execute("DELETE FROM tally")
    connection.execute(
        "INSERT INTO tally SELECT service, state, person, (SELECT count(*) FROM delivery"
        "  WHERE delivery.service = services.service AND delivery.state = states.state"
        "  AND person ="
        "   (delivery.state = 'blocked' OR (delivery.state = 'unknown' AND left_to_person)))"
        " FROM (SELECT 'timecrowd' AS service UNION SELECT 'kaiten') AS services,"
        "  (SELECT 'waiting' AS state, 0 AS person UNION SELECT 'sending', 0"
        "   UNION SELECT 'unknown', 0 UNION SELECT 'unknown', 1 UNION SELECT 'blocked', 1"
        "   UNION SELECT 'done', 0 UNION SELECT 'dropped', 0) AS states"
    )
