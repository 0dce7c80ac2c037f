"""Listing entries: page by page, never the whole journal.

A page continues after an `EntryCursor`, so that entries added or removed meanwhile are neither
repeated nor skipped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.task import Task
from timer_app.services.audit.ports import AuditJournal

MAX_SCANNED = 2_000
"""Entries scanned for one page: some milliseconds, however rare the matches are."""


class DeliveryStatus(Enum):
    """How far an entry has come, with one service or with all of them."""

    NOT_SENT = "not told"
    DELIVERED = "delivered"
    WAITING = "waiting"
    NEEDS_PERSON = "needs a person"


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries are wanted; by default all.

    `words` must all be in the task, its card's address or the comment, in any case of letters.
    `delivery_status` is that of the service with which the entry is least far. `first` and `last`
    are dates on which the entry has time, both included; None is without an end. A running entry
    has no dates yet: `running` says whether it is wanted.
    """

    words: str = ""
    delivery_status: DeliveryStatus | None = None
    first: date | None = None
    last: date | None = None
    running: bool = True


@dataclass(frozen=True, slots=True)
class EntryCursor:
    """Where an entry stands in the list: by its start, then by its row in the journal."""

    started_at: datetime
    row: int


@dataclass(frozen=True, slots=True)
class EntryPage:
    """The next ids; `next_cursor` is where to go on, None where nothing more can come."""

    ids: tuple[str, ...]
    next_cursor: EntryCursor | None


class EntryListing(AuditJournal, Protocol):
    """The journal as it is listed."""

    def page(
        self,
        entry_filter: EntryFilter,
        after: EntryCursor | None,
        limit: int,
        *,
        scan_limit: int = MAX_SCANNED,
        oldest_first: bool = False,
    ) -> EntryPage:
        """Up to `limit` entries after the cursor `after`, the newest first by default.

        No more than `scan_limit` are scanned: a page may be empty and not the last.
        """
        ...

    def entries_by_id(self, ids: Sequence[str]) -> Mapping[str, LoggedEntry]:
        """The entries of these ids that are there and not forgotten."""
        ...

    def task_seconds_by_day(self, first: date, last: date) -> Sequence[tuple[date, Task, int]]:
        """How long the finished entries of each task took on each date, both dates included."""
        ...

    def task_number(self, key: str) -> int:
        """The number of the task with this `Task.key`, from 1 on, in the order of first use.

        For a task that is not there, the number that the next one gets.
        """
        ...

    def seconds_by_day(self, first: date, last: date) -> Mapping[date, int]:
        """How long the finished entries of each date took together, both dates included."""
        ...
