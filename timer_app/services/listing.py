"""What the list of entries asks the journal: page by page, never the whole.

A page goes on behind a `Place`, so that what is added or removed meanwhile neither doubles an
entry nor hides one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from timer_app.services.ports import AuditBook, LoggedEntry

MOST_EXAMINED = 2_000
"""Entries that are looked at for one page: some milliseconds, however rare what is sought is."""


class Standing(Enum):
    """How far an entry has come, with one service or with all of them."""

    NOT_TOLD = "not told"
    DELIVERED = "delivered"
    WAITING = "waiting"
    NEEDS_PERSON = "needs a person"


@dataclass(frozen=True, slots=True)
class Sought:
    """Which entries are wanted; all of them unless told.

    `words` must all be in the task, its card's address or the comment, in any case of letters.
    `standing` is that of the service with which the entry has come least far. From `first` to
    `last` are dates on which the entry has time, both included; None is without an end. What runs
    has no dates yet: `running` says whether it is wanted.
    """

    words: str = ""
    standing: Standing | None = None
    first: date | None = None
    last: date | None = None
    running: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in the list: by its start, then by its row in the journal."""

    started_at: datetime
    row: int


@dataclass(frozen=True, slots=True)
class Page:
    """The next ids; `end` is where to go on, None where nothing more can come."""

    ids: tuple[str, ...]
    end: Place | None


class Listing(AuditBook, Protocol):
    """The journal as it is listed."""

    def page(
        self,
        sought: Sought,
        after: Place | None,
        most: int,
        *,
        examining: int = MOST_EXAMINED,
        oldest_first: bool = False,
    ) -> Page:
        """Up to `most` entries behind `after`, the newest first unless told.

        No more than `examining` are looked at: a page may be empty and not the last.
        """
        ...

    def some(self, ids: Sequence[str]) -> Mapping[str, LoggedEntry]:
        """The entries of these ids that are there and not forgotten."""
        ...

    def seconds_by_day(self, first: date, last: date) -> Mapping[date, int]:
        """How long the finished entries of each date took together, both dates included."""
        ...
