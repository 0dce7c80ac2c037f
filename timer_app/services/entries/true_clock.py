"""The clock of the app: the computer's, put right by what the services say the time is.

A service dates its answers. Where that differs from the wall clock, an instant is the service's
time less the steady time in between, so a computer whose clock is wrong by minutes or years tells
both services true times and dates.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from timer_app.domain.clock import (
    CLOCK_TOLERANCE,
    ClockReading,
    ServiceClock,
    heard_time,
    true_time,
)
from timer_app.domain.delivery.outbox import LoggedEntry, is_same_instant
from timer_app.domain.entries.entry import FinishedEntry, Source, whole_second
from timer_app.domain.errors import JournalError
from timer_app.domain.reminders.notice import ClockWrongNotice, Notice
from timer_app.services.delivery.ports import Journal
from timer_app.services.entries.entry_writer import EntryWriter
from timer_app.services.entries.ports import Clock

_CLICK = timedelta(minutes=1)
"""An entry that begins so near to its command began with a click; else a person named the time."""

_log = logging.getLogger(__name__)


class TrueClock:
    """Implements the port `Clock` on the computer's own clock.

    `known` is what the services said last, None for nothing.
    """

    def __init__(self, own: Clock, known: ServiceClock | None = None) -> None:
        self.own = own
        self.known = known

    def now(self) -> datetime:
        """See the port."""
        if self.known is None or not self.known.difference:
            return self.own.now()
        return true_time(self.known, self.own.reading())

    def reading(self) -> ClockReading:
        """See the port; the wall clock put right."""
        reading = self.own.reading()
        return replace(reading, wall=true_time(self.known, reading))

    def zone(self) -> tzinfo:
        """See the port."""
        return self.own.zone()

    def zone_named(self, name: str) -> tzinfo:
        """See the port."""
        return self.own.zone_named(name)


class ClockCorrector:
    """Learns what the time is from the services, and puts right what a wrong clock has stamped.

    `publish` is called with notices, `changed` after entries were changed.
    """

    def __init__(
        self,
        journal: Journal,
        clock: TrueClock,
        entry_writer: EntryWriter,
        publish: Callable[[Notice], None],
        changed: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._entry_writer = entry_writer
        self._publish = publish
        self._changed = changed
        self._has_heard = False

    def hear(self, server_time: datetime, took: timedelta) -> None:
        """A service said its time in an answer that took so long."""
        reading = self._clock.own.reading()
        before = self._clock.known
        known = heard_time(before, server_time, took, reading)
        if known == before and self._has_heard:
            return
        self._clock.known = known
        self._has_heard = True
        try:
            with self._journal.transaction():
                self._learn(before, known, reading)
        except JournalError as error:  # the time is right here all the same, and is heard again
            _log.warning("the service's time was not saved: %s", error)
            self._has_heard = False

    def _learn(
        self, before: ServiceClock | None, known: ServiceClock | None, reading: ClockReading
    ) -> None:
        if known is not None and known != before:
            _log.info("the services' clock less ours: %.0f s", known.difference.total_seconds())
            self._journal.save_service_clock(known)
            self._journal.reschedule_late_checks(self._clock.now())
            was_said = before is not None and before.is_worth_saying
            if known.is_worth_saying and not was_said:
                notice = ClockWrongNotice(known.difference)
                self._journal.after_commit(lambda: self._publish(notice))
        anchor = known or ServiceClock(timedelta(0), reading)
        if self._correct_entries(anchor):
            self._journal.after_commit(self._changed)

    def _correct_entries(self, anchor: ServiceClock) -> int:
        """Put right what began while the clock was wrong; how many entries that were."""
        corrected = 0
        for entry_id, began in self._journal.recent_start_readings():
            if not _is_of_boot(began, anchor.reading):
                continue
            truth = anchor.time_of(began)
            wrong_by = truth - began.wall
            logged = self._journal.entry(entry_id)
            if abs(wrong_by) <= 2 * CLOCK_TOLERANCE or logged is None or logged.is_deleted:
                continue
            self._journal.save_start_reading(entry_id, replace(began, wall=truth))
            corrected += self._correct(logged, began, wrong_by)
        return corrected

    def _correct(self, logged: LoggedEntry, began: ClockReading, wrong_by: timedelta) -> bool:
        """Move an entry that a click began; its length is true already."""
        entry = logged.entry
        if entry.source is Source.ADOPTED or abs(entry.started_at - began.wall) > _CLICK:
            return False
        moved = replace(entry, started_at=whole_second(entry.started_at + wrong_by))
        if logged.stopped_at is None:
            self._journal.move_running_start(entry.id, moved.started_at)
        else:
            before = FinishedEntry(entry, logged.stopped_at)
            stopped_at = self._true_stop(logged, logged.stopped_at, wrong_by)
            after = FinishedEntry(moved, max(moved.started_at, stopped_at))
            self._entry_writer.update(logged, before, after)
        _log.info(
            "entry=%s moved by %.0f s: the clock was wrong", entry.id, wrong_by.total_seconds()
        )
        return True

    def _true_stop(
        self, logged: LoggedEntry, stopped_at: datetime, wrong_by: timedelta
    ) -> datetime:
        """The stop beside it; one that another device made is TimeCrowd's, and right."""
        there = logged.remote.stopped_at if logged.remote else None
        if there is not None and is_same_instant(there, stopped_at):
            return stopped_at
        return whole_second(stopped_at + wrong_by)


def _is_of_boot(first: ClockReading, second: ClockReading) -> bool:
    return (
        first.boot_time is not None
        and second.boot_time is not None
        and first.boot_time.boot_id == second.boot_time.boot_id
    )
