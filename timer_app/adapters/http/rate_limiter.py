"""How fast a service may be asked: so many requests a second, in any second as it sees them.

Spacing by our own clock cannot promise that: two requests sent 0.2 s apart may arrive together.
What can be known is that a request was handled before its answer came back. So there are as many
places as requests are allowed, a request takes one, and the place is free again only one second
after the answer. Two requests of one place are then handled more than a second apart, whatever
the way between us does, and no second can hold more requests than there are places.

Short bursts go at once. The price is the time between request and answer: a service that takes
50 ms to answer is asked 4.76 times a second instead of 5. A request that ended without an answer
(our time limit, a broken line) may still be handled later; nobody can know when.

A clock that ticks sixteen milliseconds apart, as Windows' does, tells times that are up to a tick
too early: a place is free a tick later there.
"""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import timedelta


class RateLimiter:
    """`async with pace:` around each request. Waits first come, first served.

    Reads the time of the loop it is used in, and wakes nobody while no request waits. `tick` is by
    how many seconds that time may be early.
    """

    def __init__(
        self, max_requests: int = 5, period: timedelta = timedelta(seconds=1), tick: float = 0.0
    ) -> None:
        self._period = period.total_seconds() + tick
        # When each place that is not taken may be taken, the soonest first: time only grows.
        self._free_at = deque([float("-inf")] * max_requests)
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> None:
        """Return when the request may go."""
        ticket = asyncio.get_running_loop().create_future()
        self._waiting.append(ticket)
        self._admit()
        if ticket.done():
            return
        try:
            await ticket
        except asyncio.CancelledError:
            if ticket.cancelled():
                self._waiting = deque(each for each in self._waiting if each is not ticket)
            else:  # let in at the very moment when it gave up: the place was not used
                self._free_at.appendleft(float("-inf"))
            self._admit()
            raise

    async def __aexit__(self, *_: object) -> None:
        """The request was answered, or ended without an answer."""
        self._free_at.append(asyncio.get_running_loop().time() + self._period)
        self._admit()

    def _admit(self) -> None:
        """Let in the calls that may go now, and wake up for the next one."""
        loop = asyncio.get_running_loop()
        while self._waiting and self._free_at and self._free_at[0] <= loop.time():
            ticket = self._waiting.popleft()
            if not ticket.done():  # else it was cancelled, and has not run since
                self._free_at.popleft()
                ticket.set_result(None)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting and self._free_at:
            self._timer = loop.call_at(self._free_at[0], self._admit)
