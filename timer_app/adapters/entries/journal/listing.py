"""The list of entries, in pages; see services/listing.py."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from timer_app.adapters.entries.journal.message_json import (
    DamagedRow,
    instant,
    optional_date_of,
    task_from_columns,
    unix,
)
from timer_app.adapters.entries.journal.outbox import (
    COVERED,
    NEEDS_PERSON,
    OPEN_STATES,
    DeliveryRows,
)
from timer_app.adapters.entries.journal.rows import MAX_DATE_OFFSET, TASK
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.task import Task
from timer_app.domain.setup.typed_text import fold_for_search
from timer_app.services.entries.listing import (
    MAX_SCANNED,
    DeliveryStatus,
    EntryCursor,
    EntryFilter,
    EntryPage,
)

_OPEN = f"SELECT 1 FROM delivery WHERE entry_id = entry.id AND state IN {OPEN_STATES}"
_DELIVERY_STATUS = f"""CASE
  WHEN EXISTS ({_OPEN} AND {NEEDS_PERSON}) THEN 'needs a person'
  WHEN EXISTS ({_OPEN}) THEN 'waiting'
  WHEN EXISTS (SELECT 1 FROM delivery WHERE entry_id = entry.id AND state = 'done')
    OR EXISTS ({COVERED}) THEN 'delivered'
  ELSE 'not told' END"""
_FIRST, _LAST = date(1, 1, 4), date(9999, 12, 27)
"""Dates that have others around them, so that a zone's offset stays within the calendar."""
_ON_THE_DATES = """
  (entry.stopped_at IS NULL OR EXISTS (SELECT 1 FROM stretch WHERE entry_id = entry.id
    AND for_date BETWEEN :first AND :last))"""
_ALL = "entry INDEXED BY entry_by_start"
# Few entries have something open: their ids come from the index of what is open.
_WITH_OPEN = f"""(SELECT DISTINCT entry_id FROM delivery INDEXED BY delivery_open
    WHERE state IN {OPEN_STATES}) AS opened CROSS JOIN entry ON entry.id = opened.entry_id"""


@dataclass(frozen=True, slots=True)
class _ScannedEntry:
    """An entry that is scanned."""

    id: str
    cursor: EntryCursor
    text: str
    delivery_status: DeliveryStatus | None
    on_the_dates: bool


class ListingRows(DeliveryRows):
    """Implements the port `EntryListing`, with what the other parts of the journal add."""

    def page(
        self,
        entry_filter: EntryFilter,
        after: EntryCursor | None,
        limit: int,
        *,
        scan_limit: int = MAX_SCANNED,
        oldest_first: bool = False,
    ) -> EntryPage:
        """See the port."""
        words = fold_for_search(entry_filter.words).split()
        ids: list[str] = []
        scanned, cursor = 0, after
        for each in self._scan(entry_filter, after, scan_limit, oldest_first=oldest_first):
            scanned, cursor = scanned + 1, each.cursor
            wanted = (
                entry_filter.delivery_status in (None, each.delivery_status) and each.on_the_dates
            )
            if wanted and all(word in each.text for word in words):
                ids.append(each.id)
            if len(ids) == limit:
                return EntryPage(tuple(ids), cursor)
        return EntryPage(tuple(ids), cursor if scanned == scan_limit else None)

    def entries_by_id(self, ids: Sequence[str]) -> Mapping[str, LoggedEntry]:
        """See the port."""
        found = self._logged(
            "entry.id IN (SELECT value FROM json_each(?)) AND +cancelled = 0", (json.dumps(ids),)
        )
        return {logged.entry.id: logged for logged in found}

    def task_number(self, key: str) -> int:
        """See the port."""
        row = self._db.execute(
            "SELECT coalesce((SELECT id FROM task WHERE key = ?),"
            " 1 + (SELECT coalesce(max(id), 0) FROM task))",
            (key.encode("utf-8", "replace").decode(),),
        ).fetchone()
        return int(row[0])

    def seconds_by_day(self, first: date, last: date) -> Mapping[date, int]:
        """See the port."""
        rows = self._db.execute(
            "SELECT for_date, sum(seconds) FROM stretch WHERE for_date BETWEEN ? AND ?"
            " GROUP BY for_date",
            (first.isoformat(), last.isoformat()),
        )
        return {
            day: int(seconds)
            for text, seconds in rows
            if (day := optional_date_of(text)) is not None
        }

    def task_seconds_by_day(self, first: date, last: date) -> Sequence[tuple[date, Task, int]]:
        """See the port. A damaged task is left out: its time is in the day's."""
        rows = self._db.execute(
            f"SELECT for_date, sum(seconds), {TASK}"
            " FROM stretch INDEXED BY stretch_by_date"
            " CROSS JOIN entry ON entry.id = stretch.entry_id"
            " CROSS JOIN task ON task.id = entry.task_id"
            " WHERE for_date BETWEEN ? AND ? GROUP BY for_date, task.id",
            (first.isoformat(), last.isoformat()),
        )
        found = []
        for text, seconds, *task in rows:
            day = optional_date_of(text)
            with suppress(DamagedRow):
                if day is not None:
                    found.append((day, task_from_columns(*task), int(seconds)))
        return found

    def _scan(
        self,
        entry_filter: EntryFilter,
        after: EntryCursor | None,
        limit: int,
        *,
        oldest_first: bool,
    ) -> Iterator[_ScannedEntry]:
        """The entries in order, read as they are wanted."""
        opened = entry_filter.delivery_status in (
            DeliveryStatus.WAITING,
            DeliveryStatus.NEEDS_PERSON,
        )
        delivery_status = "NULL" if entry_filter.delivery_status is None else _DELIVERY_STATUS
        dated = entry_filter.first is not None or entry_filter.last is not None
        way, order = (">", "ASC") if oldest_first else ("<", "DESC")
        where = ["entry.cancelled = 0", "entry.started_at BETWEEN :earliest AND :latest"]
        where += [f"(entry.started_at, entry.rowid) {way} (:began, :row)"] if after else []
        where += [] if entry_filter.running else ["entry.stopped_at IS NOT NULL"]
        rows = self._db.execute(
            "SELECT entry.id, entry.started_at, entry.rowid, title, comment, key,"
            f" {delivery_status}, {_ON_THE_DATES if dated else '1'}"
            f" FROM {_WITH_OPEN if opened else _ALL} CROSS JOIN task ON task.id = entry.task_id"
            f" WHERE {' AND '.join(where)}"
            f" ORDER BY entry.started_at {order}, entry.rowid {order} LIMIT :most",
            {**self._bounds(entry_filter, after, oldest_first=oldest_first), "most": limit},
        )
        for entry_id, began, row, title, comment, key, status, on_the_dates in rows:
            yield _ScannedEntry(
                entry_id,
                EntryCursor(instant(began), row),
                fold_for_search(f"{title}\n{comment}\n{key}"),
                None if status is None else DeliveryStatus(status),
                bool(on_the_dates),
            )

    def _bounds(
        self, entry_filter: EntryFilter, after: EntryCursor | None, *, oldest_first: bool
    ) -> dict[str, object]:
        """The range of starts to scan: an entry of those dates may have begun long before them."""
        first = max(entry_filter.first or _FIRST, _FIRST)
        last = min(entry_filter.last or _LAST, _LAST)
        earliest = unix(datetime.combine(first - MAX_DATE_OFFSET, time(), UTC))
        latest = unix(datetime.combine(last + MAX_DATE_OFFSET, time(), UTC))
        if entry_filter.first is None and entry_filter.last is None:  # damaged starts, too
            earliest, latest = -(1 << 63), (1 << 63) - 1
        if entry_filter.first is not None:
            before = self._db.execute(
                "SELECT min(started_at) FROM stretch CROSS JOIN entry ON entry.id = entry_id"
                " WHERE for_date = ?"
                " UNION ALL SELECT started_at FROM entry INDEXED BY entry_running"
                " WHERE stopped_at IS NULL AND cancelled = 0",
                (first.isoformat(),),
            )
            earliest = min([earliest, *(row[0] for row in before if row[0] is not None)])
        if after is not None:  # SQLite cannot use the pair of start and row for its index
            began = unix(after.started_at)
            earliest, latest = (began, latest) if oldest_first else (earliest, began)
        return {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "earliest": earliest,
            "latest": latest,
            "began": unix(after.started_at) if after else 0,
            "row": after.row if after else 0,
        }
