"""Simulated time for real sockets: a loop that, where it would wait, moves the time instead.

Bytes on loopback are there at once, so a loop in which nothing is ready waits for time alone.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo

from timer_app.domain.clock import BootTime, ClockReading

_T = TypeVar("_T")

BEGIN = datetime(2026, 10, 23, 7, 30, 15, tzinfo=UTC)  # two days before Berlin's clocks go back
_KERNEL_SECONDS = 0.001
_LONGEST_SILENCE_SECONDS = 5.0
_TURN_SECONDS = 1e-6  # some timers wait for the time to have moved at all
_MOST_TURNS = 10_000


class TrueTime:
    """The time by which everything else is judged. `awake` is what a loop's timers see of it."""

    def __init__(self) -> None:
        self.awake = 0.0
        self.asleep = 0.0
        self.calls = 0  # how many requests are under way: something may come from the kernel then

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return self.awake + self.asleep

    def __call__(self) -> datetime:
        """The true instant."""
        return BEGIN + timedelta(seconds=self.seconds)


class ComputerClock:
    """The port `Clock` of a computer whose wall clock may be set."""

    def __init__(self, true: TrueTime) -> None:
        self._true = true
        self.wall_set = timedelta(0)
        self.boots = 0
        self.in_zone: tzinfo = ZoneInfo("Europe/Berlin")

    def now(self) -> datetime:
        """See the port."""
        return self._true() + self.wall_set

    def reading(self) -> ClockReading:
        """See the port."""
        return ClockReading(self.now(), BootTime(f"boot {self.boots}", self._true.seconds))

    def zone(self) -> tzinfo:
        """See the port."""
        return self.in_zone

    def zone_named(self, name: str) -> tzinfo:
        """See the port."""
        return ZoneInfo(name)


class _Waiting(selectors.DefaultSelector):
    def __init__(self, true: TrueTime) -> None:
        super().__init__()
        self._true = true
        self._turns = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready; if nothing is, the time moves by `timeout`."""
        self._true.awake += _TURN_SECONDS
        ready: list[tuple[selectors.SelectorKey, int]] = super().select(0)
        self._turns = 0 if ready else self._turns + 1
        if self._turns > _MOST_TURNS:
            self._turns = 0
            raise AssertionError("somebody goes round and round and waits for nothing")
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if timeout is None or self._true.calls:
            ready = super().select(_LONGEST_SILENCE_SECONDS if timeout is None else _KERNEL_SECONDS)
        if ready:
            return ready
        if timeout is None:
            raise AssertionError("everything waits for ever")
        self._true.awake += timeout
        self._turns = 0
        return []


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop on simulated time, with real sockets."""

    def __init__(self, true: TrueTime) -> None:
        super().__init__(_Waiting(true))
        self._true = true

    def time(self) -> float:
        """What the timers go by."""
        return self._true.awake

    def run_in_executor(
        self,
        executor: object,  # noqa: ARG002 - the loop's own is meant by all who are here
        func: Callable[..., _T],
        *args: object,
    ) -> asyncio.Future[_T]:
        """In a thread, but wait for it: else the time would move on while it works.

        To the next timer, that is, and the stand-ins' next one closes a connection in an hour.
        """
        done: asyncio.Future[_T] = self.create_future()
        with ThreadPoolExecutor(max_workers=1) as pool:
            working = pool.submit(func, *args)
            if error := working.exception():
                done.set_exception(error)
            else:
                done.set_result(working.result())
        return done
