"""What absence needs from the world: sensors, and a journal that keeps absences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from timer_app.domain.absence import Absence, AbsenceSignal, UnresolvedAbsence
from timer_app.domain.service import Service
from timer_app.services.delivery.ports import Journal


class AbsenceJournal(Journal, Protocol):
    """The journal with absences and their resolutions.

    While a finished entry has an unresolved absence, none of its deliveries is due.
    """

    def begin_absence(self, entry_id: str, absence: Absence, shortest: timedelta) -> None:
        """Record that nobody is present while the entry runs, or update an ongoing absence.

        An absence of less than `shortest` is not asked about.
        """
        ...

    def end_absence(self, at: datetime) -> None:
        """Record that somebody is back; an absence too short to ask about is removed."""
        ...

    def ongoing_absence(self) -> Absence | None:
        """The recorded absence that nobody came back from yet."""
        ...

    def unresolved_absences(self, now: datetime) -> Sequence[UnresolvedAbsence]:
        """The unresolved absences, the earliest first; also the ongoing one."""
        ...

    def mark_resolved(self, absence_id: int, resolution: str) -> None:
        """Mark an absence resolved; `resolution` is kept for the record."""
        ...

    def reopen_absence(self, absence_id: int, entry_id: str) -> None:
        """Make an absence unresolved again, about that entry."""
        ...

    def reassign_absences(self, entry_id: str, to: str, since: datetime | None = None) -> None:
        """Move unresolved absences of an entry to another one, from `since` on."""
        ...

    def on_hold_counts(self) -> Mapping[Service, int]:
        """How many deliveries wait for an answer, by service."""
        ...

    def is_on_hold(self, entry_id: str) -> bool:
        """Whether deliveries of the entry wait for an answer."""
        ...


class AbsenceSignalHandler(Protocol):
    """Takes a signal; `on_committed` is called once it is committed, or cannot be."""

    def __call__(
        self, signal: AbsenceSignal, on_committed: Callable[[], None] | None = None
    ) -> None:
        """Take the signal."""
        ...


class AbsenceSensor(Protocol):
    """Something that senses whether anybody is present."""

    @property
    def name(self) -> str:
        """Its name in reports."""
        ...

    async def start(self, report: AbsenceSignalHandler, idle_after: timedelta | None) -> str:
        """Signal from now on; returns why it cannot, "" if it can.

        Idle time counts from `idle_after`; None: it is not sensed. May be called again.
        """
        ...

    async def last_input(self) -> datetime | None:
        """The instant of the last input; None if unknown."""
        ...

    def set_polling(self, *, enabled: bool) -> None:
        """Whether something runs: a sensor that must poll does so only then."""
        ...

    async def stop(self) -> None:
        """Stop signalling."""
        ...
