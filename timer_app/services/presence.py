"""Whether anybody is there: signs of the computer become questions, each committed at once.

An absence is on record from its first sign, so that a kill loses none and what is stopped
meanwhile is held; it becomes a question when somebody is back, if it was long enough. Signs are
taken one after the other: before a sleep or a lock counts, the last input is asked for.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from timer_app.domain.away import (
    USUAL_SHORTEST,
    Away,
    Back,
    Cause,
    Gap,
    Here,
    Left,
    Seen,
    Sign,
    State,
    step,
)
from timer_app.domain.clock_reading import Reading
from timer_app.domain.entry import whole_second
from timer_app.domain.timer import Running
from timer_app.services.ports import AbsenceBook, Clock, JournalUnwritable, PresenceSource
from timer_app.services.timer_service import TimerService

_PATIENCE = timedelta(seconds=1)
"""How long a source may take to say when the last input was: a sleep is held up no longer."""

_log = logging.getLogger(__name__)
Taken = tuple[Sign, Callable[[], None] | None]


class Presence:
    """Takes signs from `sources` and commits what they mean for what runs.

    `idle_after` is the setting, None for "off"; `awake` counts seconds without those asleep.
    `changed` is called when there is something else to show, `woke` when the computer has woken,
    `trouble` with why an absence could not be written down.
    """

    def __init__(
        self,
        journal: AbsenceBook,
        timer: TimerService,
        clock: Clock,
        sources: Sequence[PresenceSource],
        *,
        idle_after: Callable[[], timedelta | None],
        awake: Callable[[], float],
        changed: Callable[[], None],
        woke: Callable[[], None],
        trouble: Callable[[str], None],
    ) -> None:
        self._journal = journal
        self._timer = timer
        self._clock = clock
        self._sources = sources
        self._idle_after = idle_after
        self._awake = awake
        self._changed = changed
        self._woke = woke
        self._trouble = trouble
        self._state: State = Here()
        self._on_record = ""
        self._signs: asyncio.Queue[Taken] = asyncio.Queue()
        self._reasons: dict[str, str] = {}
        self._watched_for: timedelta | None = None
        self._starting = asyncio.Lock()
        self._asleep = self._seconds_asleep(clock.reading())
        timer.observe(self._timer_changed)

    @property
    def state(self) -> State:
        """Whether anybody is there."""
        return self._state

    @property
    def reasons(self) -> Mapping[str, str]:
        """The sources by name, each with why it cannot tell, "" for one that does."""
        return self._reasons

    async def run(self) -> None:
        """Take signs, until it is cancelled."""
        await self._start_sources()
        await self._go_on()
        while True:
            sign, then = await self._signs.get()
            try:
                self.notice(await self._since_the_last_input(sign))
            finally:
                if then is not None:
                    then()

    def tell(self, sign: Sign, then: Callable[[], None] | None = None) -> None:
        """Take a sign, in its turn; see ports.TellSign."""
        self._signs.put_nowait((sign, then))

    def notice(self, sign: Sign) -> None:
        """Take a sign now, and commit what it means."""
        before = self._state
        self._state, gap = step(before, sign)
        if self._state != before:
            _log.info("presence: %s", _said(self._state))
        try:
            self._write(gap)
        except JournalUnwritable as error:
            self._trouble(str(error))
        if gap is not None:
            self._changed()
        if isinstance(sign, Back) and sign.cause is Cause.ASLEEP:
            self._asleep = self._seconds_asleep(self._clock.reading())
            self._woke()

    def here(self) -> None:
        """The person did something in this app."""
        if isinstance(self._state, Away):
            self.notice(Seen(self._now()))

    def look(self) -> None:
        """See whether the computer slept without anybody telling: two clocks say so."""
        asleep = self._seconds_asleep(self._clock.reading())
        slept, self._asleep = timedelta(seconds=asleep - self._asleep), asleep
        if isinstance(self._state, Here) and slept >= self._shortest():
            now = self._now()
            self.notice(Left(Cause.ASLEEP, whole_second(now - slept)))
            self.notice(Back(Cause.ASLEEP, now))

    async def apply_settings(self) -> None:
        """Watch for idle time as the settings say now."""
        if self._idle_after() != self._watched_for:
            await self._start_sources()

    async def leave(self) -> None:
        """The login ends, or the computer is shut down, while the app still runs."""
        self.notice(await self._since_the_last_input(Left(Cause.ENDED, self._now())))

    async def stop(self) -> None:
        """Watch no more. An absence that lasts stays on record."""
        for source in self._sources:
            await source.stop()

    # Parts

    async def _start_sources(self) -> None:
        async with self._starting:
            await self._start_each()

    async def _start_each(self) -> None:
        self._watched_for = self._idle_after()
        running = isinstance(self._timer.state, Running)
        for source in self._sources:
            self._reasons[source.name] = await source.start(self.tell, self._watched_for)
            source.want(wanted=running)
        _log.info("watching: %s", "; ".join(f"{n}: {r or 'ok'}" for n, r in self._reasons.items()))

    async def _go_on(self) -> None:
        """What was on record when the app ended lasts, unless somebody is there now."""
        lasting = self._journal.lasting_absence()
        if lasting is None or not isinstance(self._state, Here):
            return
        now = self._now()
        since = await self._last_input() or now
        still = frozenset({Cause.IDLE} if now - since >= self._shortest() else ())
        self._state = Away(lasting.began, lasting.causes, still)
        if not still:
            self.notice(Seen(now))

    def _write(self, gap: Gap | None) -> None:
        with self._journal.transaction():
            if gap is None:
                self._record(self._state)
            else:
                self._record(Away(gap.began, gap.causes, frozenset()))
                self._journal.end_absence(gap.ended or self._now())

    def _record(self, state: State) -> None:
        running = self._timer.state
        if not isinstance(state, Away) or not isinstance(running, Running):
            return
        gap = Gap(state.since, None, state.causes)
        self._journal.begin_absence(running.entry.id, gap, self._shortest())
        self._on_record = running.entry.id

    def _timer_changed(self) -> None:
        """What was begun while nobody is there is asked about too, if it lasts long enough."""
        running = self._timer.state
        for source in self._sources:
            source.want(wanted=isinstance(running, Running))
        if isinstance(running, Running) and running.entry.id != self._on_record:
            try:
                self._record(self._state)
            except JournalUnwritable as error:
                self._trouble(str(error))

    async def _since_the_last_input(self, sign: Sign) -> Sign:
        if not isinstance(sign, Left) or sign.cause is Cause.IDLE:
            return sign
        since = await self._last_input()
        return sign if since is None else replace(sign, since=min(since, sign.since))

    async def _last_input(self) -> datetime | None:
        """The latest that a source knows of, in whole seconds."""
        found = []
        for source in self._sources:
            try:
                async with asyncio.timeout(_PATIENCE.total_seconds()):
                    found.append(await source.last_input())
            except TimeoutError:
                _log.info("presence: %s did not say when the last input was", source.name)
        known = [whole_second(each) for each in found if each is not None]
        return max(known, default=None)

    def _shortest(self) -> timedelta:
        return self._idle_after() or USUAL_SHORTEST

    def _now(self) -> datetime:
        return whole_second(self._clock.now())

    def _seconds_asleep(self, reading: Reading) -> float:
        """How long the computer slept since some instant in the past; 0 where no clock tells."""
        return reading.steady.seconds - self._awake() if reading.steady else 0.0


def _said(state: State) -> str:
    match state:
        case Here():
            return "somebody is here"
        case Away(since, causes, still):
            named = ", ".join(
                f"{each.value}{'' if each in still else ' (over)'}" for each in causes
            )
            return f"nobody since {since:%H:%M:%S} UTC: {named}"
