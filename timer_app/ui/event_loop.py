"""asyncio on Qt's event loop, with timers that are on time and die when they are cancelled.

qasync's own are coarse (5 % early or late), overflow past 24.8 days, are no TimerHandles, and
live on after they were cancelled: 402 of them after 200 requests.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import qasync
from PySide6.QtCore import QObject, QTimerEvent
from PySide6.QtWidgets import QApplication

if sys.platform == "win32":
    import _overlapped

    from timer_app.ui.completion_waiter import CompletionWaiter

if TYPE_CHECKING:
    from _typeshed import HasFileno

_LONGEST_WAIT_MS = 24 * 86400 * 1000
"""Milliseconds that Qt can wait at a time; a longer timer is set again."""


class _PreciseTimers(QObject):
    """Qt's timers by number, each with the handle that it runs."""

    def __init__(self, now: Callable[[], float]) -> None:
        super().__init__()
        self._now = now
        self._handles: dict[int, asyncio.TimerHandle] = {}
        self._ids: dict[int, int] = {}

    def add(self, handle: asyncio.TimerHandle) -> None:
        from PySide6.QtCore import Qt  # 15 ms the first time, which the tray icon need not wait for

        rest = max(0.0, handle.when() - self._now())
        wait = min(_LONGEST_WAIT_MS, -int(-rest * 1000 // 1))  # upwards: a timer is never early
        number = self.startTimer(wait, Qt.TimerType.PreciseTimer)
        self._handles[number] = handle
        self._ids[id(handle)] = number

    def remove(self, handle: asyncio.TimerHandle) -> None:
        number = self._ids.pop(id(handle), None)
        if number is not None:
            self.killTimer(number)
            del self._handles[number]

    def timerEvent(self, event: QTimerEvent) -> None:
        handle = self._handles.get(event.timerId())
        if handle is None:
            return
        self.remove(handle)
        if handle.when() - self._now() > 0.001:
            self.add(handle)
        else:
            handle._run()  # noqa: SLF001 - what an event loop is for

    def clear(self) -> None:
        for number in self._handles:
            self.killTimer(number)
        self._handles.clear()
        self._ids.clear()


class _PreciseTimerHandle(asyncio.TimerHandle):
    """A timer's handle that ends its timer when it is cancelled."""

    def __init__(
        self,
        when: float,
        callback: Callable[..., object],
        args: tuple[object, ...],
        loop: EventLoop,
        context: contextvars.Context | None,
    ) -> None:
        super().__init__(when, callback, args, loop, context)
        self._owner = loop

    def cancel(self) -> None:
        self._owner.discard_timer(self)
        super().cancel()


class EventLoop(qasync.QEventLoop):
    """The loop of the tray app: qasync's, with exact timers and two helper threads at most."""

    def __init__(self, application: QApplication) -> None:
        self._timers = _PreciseTimers(self.time)
        super().__init__(application)
        self.set_default_executor(qasync.QThreadExecutor(2))

    def call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: object,
        context: contextvars.Context | None = None,
    ) -> asyncio.TimerHandle:
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(
        self,
        when: float,
        callback: Callable[..., object],
        *args: object,
        context: contextvars.Context | None = None,
    ) -> asyncio.TimerHandle:
        handle = _PreciseTimerHandle(when, callback, args, self, context)
        self._timers.add(handle)
        return handle

    def call_soon(
        self,
        callback: Callable[..., object],
        *args: object,
        context: contextvars.Context | None = None,
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._add_callback(handle)
        return handle

    def add_writer(
        self, fd: int | HasFileno, callback: Callable[..., object], *args: object
    ) -> None:
        """See asyncio. Nobody waits for a socket that is closed already.

        dbus-fast 5.2 does, when the bus breaks while it writes (`_MessageWriter.schedule_write`
        goes on after `_finalize`); Qt complains of such a socket aloud.
        """
        if _is_open(fd):
            super().add_writer(fd, callback, *args)

    if sys.platform == "win32":

        def _before_run_forever(self) -> None:
            """In place of qasync's thread, which asks a hundred times a second."""
            self._waiter = CompletionWaiter(
                lambda: self._proactor.select(None), self._wake_waiter, self._process_events
            )
            self._waiter.start()
            # Ctrl-C is written to asyncio's own pipe, so the loop runs, and Python sees the signal.
            self.call_soon(self._loop_self_reading)

        def _after_run_forever(self) -> None:
            if self._self_reading_future is not None:
                self._self_reading_future.cancel()
                self._self_reading_future = None
            self._waiter.stop()

        def _wake_waiter(self) -> None:
            """Post a result of no operation: 1 is no address of any, 0 is taken for an error."""
            port = self._proactor._iocp  # noqa: SLF001 - which nobody else tells
            _overlapped.PostQueuedCompletionStatus(port, 0, 0, 1)

    def discard_timer(self, handle: asyncio.TimerHandle) -> None:
        """A handle was cancelled: its timer must not wake anybody."""
        self._timers.remove(handle)

    def close(self) -> None:
        self._timers.clear()
        super().close()


def _is_open(fd: int | HasFileno) -> bool:
    try:
        os.fstat(fd if isinstance(fd, int) else fd.fileno())
    except OSError:
        return False
    return True
