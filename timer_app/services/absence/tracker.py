"""Turns the signals of sensors into absences, each committed at once.

An absence is recorded from its first signal, so that a kill loses none and a stop during it is put
on hold. Once somebody is back, a person is asked about a long one. Signals are handled one after
the other: before a sleep or a lock counts, the sensors are asked for the last input.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from timer_app.domain.absence import (
    DEFAULT_MIN_ABSENCE,
    Absence,
    AbsenceCause,
    AbsenceSignal,
    AbsenceState,
    Absent,
    CauseBegan,
    CauseEnded,
    Present,
    UserActive,
    step,
)
from timer_app.domain.entries.entry import whole_second
from timer_app.domain.entries.timer import Running
from timer_app.domain.errors import JournalError
from timer_app.services.absence.ports import AbsenceJournal, AbsenceSensor
from timer_app.services.absence.wake import WakeHandler
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.timer_service import TimerService

_LAST_INPUT_TIMEOUT = timedelta(seconds=1)
"""How long a sensor may take to return the last input, which may delay a sleep."""

_log = logging.getLogger(__name__)
_QueuedSignal = tuple[AbsenceSignal, Callable[[], None] | None]


class AbsenceTracker:
    """Handles the signals of `sensors` and commits the absences of the running entry.

    `idle_after` is the setting, None for "off". `changed` is called when there is something else
    to show, `on_error` with the error when an absence could not be recorded.
    """

    def __init__(
        self,
        journal: AbsenceJournal,
        timer: TimerService,
        clock: Clock,
        sensors: Sequence[AbsenceSensor],
        *,
        idle_after: Callable[[], timedelta | None],
        wake: WakeHandler,
        changed: Callable[[], None],
        on_error: Callable[[JournalError], None],
    ) -> None:
        self._journal = journal
        self._timer = timer
        self._clock = clock
        self._sensors = sensors
        self._idle_after = idle_after
        self._wake = wake
        self._changed = changed
        self._on_error = on_error
        self._state: AbsenceState = Present()
        self._recorded_entry_id = ""
        self._signals: asyncio.Queue[_QueuedSignal] = asyncio.Queue()
        self._sensor_errors: dict[str, str] = {}
        self._applied_idle_after: timedelta | None = None
        self._starting = asyncio.Lock()
        timer.observe(self._timer_changed)

    @property
    def state(self) -> AbsenceState:
        """Whether anybody is present."""
        return self._state

    @property
    def sensor_errors(self) -> Mapping[str, str]:
        """The sensors by name, each with why it cannot sense, "" for one that does."""
        return self._sensor_errors

    async def run(self) -> None:
        """Handle signals until cancelled."""
        await self._start_sensors()
        await self._resume_recorded()
        while True:
            signal, on_committed = await self._signals.get()
            try:
                self.handle(await self._backdated_to_last_input(signal))
            finally:
                if on_committed is not None:
                    on_committed()

    def receive(
        self, signal: AbsenceSignal, on_committed: Callable[[], None] | None = None
    ) -> None:
        """Queue a signal; see ports.AbsenceSignalHandler."""
        self._signals.put_nowait((signal, on_committed))

    def handle(self, signal: AbsenceSignal) -> None:
        """Handle a signal now, and commit the absence."""
        before = self._state
        self._state, absence = step(before, signal)
        if _describe(self._state) != _describe(before):
            _log.info("absence: %s", _describe(self._state))
        try:
            if isinstance(before, Absent) or isinstance(self._state, Absent):
                self._write(absence)
        except JournalError as error:
            self._on_error(error)
        if absence is not None:
            self._changed()
        if isinstance(signal, CauseEnded) and signal.cause is AbsenceCause.ASLEEP:
            self._wake.handle()

    def user_active(self) -> None:
        """The person did something in this app."""
        self.detect_sleep()  # else the time asleep would count as time before this activity
        self.handle(UserActive(self._now()))

    def detect_sleep(self) -> None:
        """Record a sleep that no sensor has reported."""
        slept = self._wake.unreported_sleep()
        if isinstance(self._state, Present) and slept >= self._min_absence():
            now = self._now()
            self.handle(CauseBegan(AbsenceCause.ASLEEP, whole_second(now - slept)))
            self.handle(CauseEnded(AbsenceCause.ASLEEP, now))

    async def apply_settings(self) -> None:
        """Apply the idle time of the settings."""
        if self._idle_after() != self._applied_idle_after:
            await self._start_sensors()

    async def end_session(self) -> None:
        """Record that the login ends, or the computer is shut down, while the app runs."""
        self.handle(
            await self._backdated_to_last_input(CauseBegan(AbsenceCause.LOGIN_ENDED, self._now()))
        )

    async def stop(self) -> None:
        """Stop the sensors. An ongoing absence stays recorded."""
        for sensor in self._sensors:
            await sensor.stop()

    # Parts

    async def _start_sensors(self) -> None:
        async with self._starting:
            await self._start_each_sensor()

    async def _start_each_sensor(self) -> None:
        self._applied_idle_after = self._idle_after()
        running = isinstance(self._timer.state, Running)
        for sensor in self._sensors:
            self._sensor_errors[sensor.name] = await sensor.start(
                self.receive, self._applied_idle_after
            )
            sensor.set_polling(enabled=running)
        _log.info(
            "absence sensors: %s",
            "; ".join(f"{n}: {r or 'ok'}" for n, r in self._sensor_errors.items()),
        )

    async def _resume_recorded(self) -> None:
        """Continue the recorded absence, unless somebody is present now."""
        recorded = self._journal.ongoing_absence()
        if recorded is None or not isinstance(self._state, Present):
            return
        now = self._now()
        since = await self._last_input() or now
        is_idle = now - since >= self._min_absence()
        active_causes = frozenset({AbsenceCause.IDLE} if is_idle else ())
        self._state = Absent(recorded.began, recorded.causes, active_causes)
        if not active_causes:
            self.handle(UserActive(now))

    def _write(self, absence: Absence | None) -> None:
        with self._journal.transaction():
            if absence is None:
                self._record(self._state)
            else:
                self._record(Absent(absence.began, absence.causes, frozenset()))
                self._journal.end_absence(absence.ended or self._now())

    def _record(self, state: AbsenceState) -> None:
        running = self._timer.state
        if not isinstance(state, Absent) or not isinstance(running, Running):
            return
        absence = Absence(state.since, None, state.causes)
        self._journal.begin_absence(running.entry.id, absence, self._min_absence())
        self._recorded_entry_id = running.entry.id

    def _timer_changed(self) -> None:
        """Record an ongoing absence for an entry that was started during it."""
        running = self._timer.state
        for sensor in self._sensors:
            sensor.set_polling(enabled=isinstance(running, Running))
        if isinstance(running, Running) and running.entry.id != self._recorded_entry_id:
            try:
                self._record(self._state)
            except JournalError as error:
                self._on_error(error)

    async def _backdated_to_last_input(self, signal: AbsenceSignal) -> AbsenceSignal:
        if not isinstance(signal, CauseBegan) or signal.cause is AbsenceCause.IDLE:
            return signal
        since = await self._last_input()
        return signal if since is None else replace(signal, since=min(since, signal.since))

    async def _last_input(self) -> datetime | None:
        """The latest input that any sensor knows of, in whole seconds."""
        found = []
        for sensor in self._sensors:
            try:
                async with asyncio.timeout(_LAST_INPUT_TIMEOUT.total_seconds()):
                    found.append(await sensor.last_input())
            except TimeoutError:
                _log.info("absence: %s did not return the last input", sensor.name)
        known = [whole_second(each) for each in found if each is not None]
        return max(known, default=None)

    def _min_absence(self) -> timedelta:
        return self._idle_after() or DEFAULT_MIN_ABSENCE

    def _now(self) -> datetime:
        return whole_second(self._clock.now())


def _describe(state: AbsenceState) -> str:
    match state:
        case Present():
            return "present"
        case Absent(since, causes, active_causes):
            named = ", ".join(
                f"{each.value}{'' if each in active_causes else ' (over)'}" for each in causes
            )
            return f"absent since {since:%H:%M:%S} UTC: {named}"
