"""What absence needs from the world: sensors, and a journal that keeps absences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from timer_app.domain.absence import Absence, AbsenceSignal, UnresolvedAbsence
from timer_app.domain.delivery.outbox import Service
from timer_app.services.delivery.ports import Journal


class AbsenceJournal(Journal, Protocol):
    """The journal with what became of the time in which nobody was there.

    While an entry that is over has an open question, nothing about it is due.
    """

    def begin_absence(self, entry_id: str, absence: Absence, shortest: timedelta) -> None:
        """Nobody is there while the entry runs; one that lasts already is brought up to date.

        Less than `shortest` of an entry is not asked about.
        """
        ...

    def end_absence(self, at: datetime) -> None:
        """Somebody is back; what is too short to be asked about is forgotten."""
        ...

    def ongoing_absence(self) -> Absence | None:
        """The absence that nobody came back from yet, as far as it is on record."""
        ...

    def unresolved_absences(self, now: datetime) -> Sequence[UnresolvedAbsence]:
        """What waits for an answer, the earliest first; also what nobody is back from."""
        ...

    def mark_resolved(self, absence_id: int, resolution: str) -> None:
        """The question waits no more; `resolution` is for the record."""
        ...

    def reopen_absence(self, absence_id: int, entry_id: str) -> None:
        """The answer is taken back; the question is about that entry."""
        ...

    def reassign_absences(self, entry_id: str, to: str, since: datetime | None = None) -> None:
        """What is open about an entry is about another one, from `since` on."""
        ...

    def on_hold_counts(self) -> Mapping[Service, int]:
        """How many deliveries wait for an answer."""
        ...

    def is_on_hold(self, entry_id: str) -> bool:
        """Whether what is to be told of the entry waits for an answer."""
        ...


class AbsenceSignalHandler(Protocol):
    """Takes a sign; `on_committed` is called once it is committed, or cannot be."""

    def __call__(
        self, signal: AbsenceSignal, on_committed: Callable[[], None] | None = None
    ) -> None:
        """Take it."""
        ...


class AbsenceSensor(Protocol):
    """Something that tells whether anybody is there."""

    @property
    def name(self) -> str:
        """What it is called in reports."""
        ...

    async def start(self, report: AbsenceSignalHandler, idle_after: timedelta | None) -> str:
        """Tell from now on; why it cannot, "" if it can.

        Idle time begins to count at `idle_after`; None: it is not asked for. May be called again.
        """
        ...

    async def last_input(self) -> datetime | None:
        """When there was the last input; None if it cannot tell."""
        ...

    def set_polling(self, *, enabled: bool) -> None:
        """Whether something runs: what can only be polled is polled only then."""
        ...

    async def stop(self) -> None:
        """Tell no more."""
        ...
