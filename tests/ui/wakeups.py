"""Everything that would wake the app by itself, and an hour in which the clock moves to each.

Nothing is waited for: whatever is due first is run at its time, and counted.
"""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from timer_app.ui.event_loop import EventLoop


@dataclass(frozen=True)
class Waker:
    """A timer: what it is called in the count, and how far away its next time is (seconds)."""

    name: str
    rest: float
    run: Callable[[], None]
    key: object


def qt_timers() -> list[QTimer]:
    """Every QTimer that Python made, wherever it is; the loop's own are asyncio's handles."""
    return [each for each in gc.get_objects() if type(each) is QTimer and isValid(each)]


MINUTE = "at full minutes"


def _name(timer: QTimer) -> str:
    """One that ends at each full minute of what runs is set anew each time."""
    if timer.isSingleShot() and 1_000 < timer.interval() <= 60_001:
        return MINUTE
    return f"every {timer.interval()} ms"


class Hour:
    """Runs what is due, in its order, by moving the clock `shift`s forward."""

    def __init__(
        self,
        seconds: Callable[[], float],
        shift: Callable[[float], None],
        settle: Callable[[], Awaitable[None]],
    ) -> None:
        self._seconds = seconds
        self._shift = shift
        self._settle = settle
        self._since: dict[object, float] = {}
        self._timers: list[QTimer] = []

    async def pass_by(self, length: float = 3600.0) -> Counter[str]:
        """How often each timer woke the app."""
        woken: Counter[str] = Counter()
        self._timers = qt_timers()  # looking for them takes long: once, and again at the end
        end = self._seconds() + length
        while True:
            await self._settle()
            wakers = self.wakers()
            self._since = {each.key: self._since[each.key] for each in wakers}
            first = min(wakers, key=lambda each: each.rest, default=None)
            if first is None or self._seconds() + first.rest > end:
                assert all(each in self._timers for each in qt_timers() if each.isActive())
                return woken
            self._shift(max(0.0, first.rest))
            woken[first.name] += 1
            self._since.pop(first.key, None)
            first.run()

    def wakers(self) -> list[Waker]:
        """All there are at the moment."""
        loop = asyncio.get_running_loop()
        assert isinstance(loop, EventLoop)
        handles = [
            Waker("the loop", handle.when() - self._seconds(), self._runner(loop, handle), handle)
            for handle in loop._timers._handles.values()
        ]
        for each in handles:
            self._since.setdefault(each.key, self._seconds())
        return [*handles, *self._qt_timers()]

    def _runner(self, loop: EventLoop, handle: asyncio.TimerHandle) -> Callable[[], None]:
        def run() -> None:
            loop._timers.remove(handle)
            handle._run()

        return run

    def _qt_timers(self) -> Iterator[Waker]:
        for timer in self._timers:
            if (
                isValid(timer) and timer.isActive() and timer.interval()
            ):  # at once is what goes on now: no waking
                since = self._since.setdefault(timer, self._seconds())
                rest = since + timer.interval() / 1000 - self._seconds()
                yield Waker(_name(timer), rest, _fire(timer), timer)


def _fire(timer: QTimer) -> Callable[[], None]:
    def run() -> None:
        if timer.isSingleShot():
            timer.stop()
        timer.timeout.emit()

    return run
