"""The list of entries, in pages; see services/listing.py."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from timer_app.adapters.journal.deliveries import NEEDS_PERSON, OPEN_STATES, DeliveryRows
from timer_app.adapters.journal.messages import instant, unix
from timer_app.adapters.journal.rows import DATES_AWAY
from timer_app.services.listing import MOST_EXAMINED, Page, Place, Sought, Standing
from timer_app.services.ports import LoggedEntry

_OPEN = f"SELECT 1 FROM delivery WHERE entry_id = entry.id AND state IN {OPEN_STATES}"
_STANDING = f"""CASE
  WHEN EXISTS ({_OPEN} AND {NEEDS_PERSON}) THEN 'needs a person'
  WHEN EXISTS ({_OPEN}) THEN 'waiting'
  WHEN EXISTS (SELECT 1 FROM delivery WHERE entry_id = entry.id AND state = 'done')
    THEN 'delivered'
  ELSE 'not told' END"""
_ON_THE_DATES = """
  (entry.stopped_at IS NULL OR EXISTS (SELECT 1 FROM stretch WHERE entry_id = entry.id
    AND for_date BETWEEN :first AND :last))"""
_ALL = "entry INDEXED BY entry_by_start"
# Few entries have something open: their ids come from the index of what is open.
_WITH_OPEN = f"""(SELECT DISTINCT entry_id FROM delivery INDEXED BY delivery_open
    WHERE state IN {OPEN_STATES}) AS opened CROSS JOIN entry ON entry.id = opened.entry_id"""


@dataclass(frozen=True, slots=True)
class _Examined:
    """An entry that is looked at."""

    id: str
    place: Place
    text: str
    standing: Standing | None
    on_the_dates: bool


class ListingRows(DeliveryRows):
    """Implements the port `Listing`, with what the other parts of the journal add."""

    def page(
        self,
        sought: Sought,
        after: Place | None,
        most: int,
        *,
        examining: int = MOST_EXAMINED,
        oldest_first: bool = False,
    ) -> Page:
        """See the port."""
        words = sought.words.casefold().split()
        ids: list[str] = []
        looked, place = 0, after
        for each in self._examined(sought, after, examining, oldest_first=oldest_first):
            looked, place = looked + 1, each.place
            wanted = sought.standing in (None, each.standing) and each.on_the_dates
            if wanted and all(word in each.text for word in words):
                ids.append(each.id)
            if len(ids) == most:
                return Page(tuple(ids), place)
        return Page(tuple(ids), place if looked == examining else None)

    def some(self, ids: Sequence[str]) -> Mapping[str, LoggedEntry]:
        """See the port."""
        found = self._logged(
            "entry.id IN (SELECT value FROM json_each(?)) AND +cancelled = 0", (json.dumps(ids),)
        )
        return {logged.entry.id: logged for logged in found}

    def seconds_by_day(self, first: date, last: date) -> Mapping[date, int]:
        """See the port."""
        rows = self._db.execute(
            "SELECT for_date, sum(seconds) FROM stretch WHERE for_date BETWEEN ? AND ?"
            " GROUP BY for_date",
            (first.isoformat(), last.isoformat()),
        )
        return {date.fromisoformat(day): int(seconds) for day, seconds in rows}

    def _examined(
        self, sought: Sought, after: Place | None, most: int, *, oldest_first: bool
    ) -> Iterator[_Examined]:
        """The entries in order, read as they are wanted."""
        opened = sought.standing in (Standing.WAITING, Standing.NEEDS_PERSON)
        standing = "NULL" if sought.standing is None else _STANDING
        dated = sought.first is not None or sought.last is not None
        way, order = (">", "ASC") if oldest_first else ("<", "DESC")
        where = ["entry.cancelled = 0", "entry.started_at BETWEEN :earliest AND :latest"]
        where += [f"(entry.started_at, entry.rowid) {way} (:began, :row)"] if after else []
        where += [] if sought.running else ["entry.stopped_at IS NOT NULL"]
        rows = self._db.execute(
            "SELECT entry.id, entry.started_at, entry.rowid, title, comment, key,"
            f" {standing}, {_ON_THE_DATES if dated else '1'}"
            f" FROM {_WITH_OPEN if opened else _ALL} CROSS JOIN task ON task.id = entry.task_id"
            f" WHERE {' AND '.join(where)}"
            f" ORDER BY entry.started_at {order}, entry.rowid {order} LIMIT :most",
            {**self._bounds(sought, after, oldest_first=oldest_first), "most": most},
        )
        for entry_id, began, row, title, comment, key, stands, on_the_dates in rows:
            yield _Examined(
                entry_id,
                Place(instant(began), row),
                f"{title}\n{comment}\n{key}".casefold(),
                None if stands is None else Standing(stands),
                bool(on_the_dates),
            )

    def _bounds(
        self, sought: Sought, after: Place | None, *, oldest_first: bool
    ) -> dict[str, object]:
        """Between which starts to look: an entry of those dates may have begun long before them."""
        first, last = sought.first or date(1, 1, 4), sought.last or date(9999, 12, 27)
        earliest = unix(datetime.combine(first - DATES_AWAY, time(), UTC))
        latest = unix(datetime.combine(last + DATES_AWAY, time(), UTC))
        if sought.first is not None:
            before = self._db.execute(
                "SELECT min(started_at) FROM stretch CROSS JOIN entry ON entry.id = entry_id"
                " WHERE for_date = ?1"
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
