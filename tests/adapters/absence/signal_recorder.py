"""Somebody who takes signs, and waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from timer_app.domain.absence import AbsenceSignal


class SignalRecorder:
    """Implements `AbsenceSignalHandler`."""

    def __init__(self) -> None:
        self.signals: asyncio.Queue[AbsenceSignal] = asyncio.Queue()

    def __call__(
        self, signal: AbsenceSignal, on_committed: Callable[[], None] | None = None
    ) -> None:
        self.signals.put_nowait(signal)
        if on_committed is not None:
            on_committed()

    async def next(self) -> AbsenceSignal:
        """The next one."""
        return await asyncio.wait_for(self.signals.get(), 20)
