"""Somebody who takes signs, and waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from timer_app.domain.away import Sign


class Told:
    """Implements `TellSign`."""

    def __init__(self) -> None:
        self.signs: asyncio.Queue[Sign] = asyncio.Queue()

    def __call__(self, sign: Sign, then: Callable[[], None] | None = None) -> None:
        self.signs.put_nowait(sign)
        if then is not None:
            then()

    async def next(self) -> Sign:
        """The next one."""
        return await asyncio.wait_for(self.signs.get(), 20)
