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
from functools import partial
from itertools import groupby

from timer_app.domain.clock import (
    CLOCK_TOLERANCE,
    ClockReading,
    ClockStamp,
    ServiceClock,
    elapsed,
    true_time,
    updated_service_clock,
)
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.entry import FinishedEntry
from timer_app.domain.entries.timer import Running
from timer_app.domain.errors import JournalError
from timer_app.domain.reminders.notice import ClockWrongNotice, Notice
from timer_app.services.delivery.ports import Journal
from timer_app.services.entries.entry_writer import EntryWriter
from timer_app.services.entries.ports import Clock

_log = logging.getLogger(__name__)
_Moves = list[tuple[ClockStamp, ClockStamp]]


class TrueClock:
    """Implements the port `Clock` on the computer's own clock.

    `known` is what the services said last, None for nothing.
    """

    def __init__(self, own: Clock, known: ServiceClock | None = None) -> None:
        self.own = own
        self.known = known

    def now(self) -> datetime:
        """See the port."""
        return self.own.now() if self.known is None else self.reading().wall

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
    """Learns what the time is from the services, and puts right what a wrong clock has reading.

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
        self._saved = clock.known

    def is_heard(self) -> bool:
        """Whether a service said its time since the computer was started."""
        known = self._clock.known
        return known is not None and known.is_of_boot(self._clock.own.reading().boot_time)

    def listen(self, *, is_of_entries: bool) -> Callable[[datetime], None]:
        """A request leaves; call the result with the date of its answer.

        `is_of_entries` where it goes to the service that holds the entries: its clock counts. The
        other's does only as long as that one was not heard in this boot.
        """
        return partial(self._hear, self._clock.own.reading(), is_of_entries)

    def _hear(self, began: ClockReading, is_of_entries: bool, server_time: datetime) -> None:  # noqa: FBT001  # bound by `listen`, by name
        reading, before = self._clock.own.reading(), self._clock.known
        is_outranked = before and before.is_of_entries and not is_of_entries
        if before and is_outranked and before.is_of_boot(reading.boot_time):
            return
        took = max(timedelta(0), elapsed(began, reading))
        known = updated_service_clock(
            before, server_time, took, reading, is_of_entries=is_of_entries
        )
        jump = true_time(known, reading) - true_time(before, reading)
        self._clock.known = known
        if self._saved is not None and _is_same(self._saved, known):
            return
        try:
            with self._journal.transaction():
                self._save(self._saved, known, jump)
        except JournalError as error:  # the time is right here all the same, and is heard again
            _log.info("the service's time was not saved: %s", error)
            return
        self._saved = known

    def _save(self, before: ServiceClock | None, known: ServiceClock, jump: timedelta) -> None:
        _log.info("the services' clock less ours: %.0f s", known.difference.total_seconds())
        self._journal.save_service_clock(known)
        if abs(jump) > CLOCK_TOLERANCE:  # what waits until a time waits as long as before
            self._journal.shift_timings(jump)
            self._journal.reschedule_late_checks(self._clock.now())
        if known.needs_notice and not (before and before.needs_notice):
            notice = ClockWrongNotice(known.difference)
            self._journal.after_commit(partial(self._publish, notice))
        self._correct_running_reading(known)
        if self._correct_entries(known):
            self._journal.after_commit(self._changed)

    def _correct_running_reading(self, known: ServiceClock) -> None:
        """The length of what runs is measured from there, whoever began it."""
        state = self._journal.state()
        if isinstance(state, Running):
            self._correct_start_reading(state.entry.id, known)

    def _correct_start_reading(self, entry_id: str, known: ServiceClock) -> None:
        began = self._journal.start_reading(entry_id)
        if began is not None and began.boot_time and known.is_of_boot(began.boot_time):
            corrected = replace(began, wall=known.time_at(began.boot_time))
            self._journal.save_start_reading(entry_id, corrected)

    def _correct_entries(self, known: ServiceClock) -> bool:
        """Put right what was reading in this boot; whether anything was."""
        boot_time = known.reading.boot_time
        if boot_time is None:
            return False
        corrected = False
        stamps = self._journal.clock_stamps(boot_time.boot_id)
        # What was named at once was read off one clock; it may be two halves of an entry by now.
        misread_at = {stamp.reading for stamp in stamps if stamp.is_misread(known)}
        for entry_id, of_entry in groupby(stamps, key=lambda each: each.entry_id):
            reading = list(of_entry)
            is_misread = any(stamp.reading in misread_at for stamp in reading)
            moves = [(stamp, stamp.corrected(known, is_misread=is_misread)) for stamp in reading]
            if any(abs(to.instant - stamp.instant) > CLOCK_TOLERANCE for stamp, to in moves):
                self._move(entry_id, moves, known)
                corrected = True
        return corrected

    def _move(self, entry_id: str, moves: _Moves, known: ServiceClock) -> None:
        """Move the ends of an entry; what is done or asked about it goes along."""
        self._correct_start_reading(entry_id, known)
        logged = self._journal.entry(entry_id)
        if logged is not None and not logged.is_deleted:
            self._move_entry(logged, moves)
        self._journal.move_beside_entry(
            entry_id, {stamp.instant: to.instant for stamp, to in moves}
        )
        for _, to in moves:
            self._journal.save_clock_stamp(to)

    def _move_entry(self, logged: LoggedEntry, moves: _Moves) -> None:
        """An end that is not the stamp's was changed since, by a person or another device."""
        entry = logged.entry
        moved = replace(entry, started_at=_moved(moves, entry.started_at, is_stop=False))
        if logged.stopped_at is None:
            self._journal.move_running_start(entry.id, moved.started_at)
        else:
            stopped_at = _moved(moves, logged.stopped_at, is_stop=True)
            after = FinishedEntry(moved, max(moved.started_at, stopped_at))
            self._entry_writer.update(logged, FinishedEntry(entry, logged.stopped_at), after)
        _log.info(
            "a wrong clock gave its times: entry=%s start_moved=%d", entry.id,
            (moved.started_at - entry.started_at).total_seconds(),
        )  # fmt: skip


def _moved(moves: _Moves, instant: datetime, *, is_stop: bool) -> datetime:
    for stamp, to in moves:
        if (stamp.is_stop, stamp.instant) == (is_stop, instant):
            return to.instant
    return instant


def _is_same(saved: ServiceClock, known: ServiceClock) -> bool:
    """Whether there is nothing new to remember."""
    return (saved.difference, saved.is_of_entries) == (
        known.difference, known.is_of_entries
    ) and saved.is_of_boot(known.reading.boot_time)  # fmt: skip
