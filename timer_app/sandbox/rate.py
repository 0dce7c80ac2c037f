"""The rate limit Kaiten states officially: 5 requests a second."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class RateLimit:
    """At most `limit` requests in a window of `seconds`; the first request opens the window.

    `monotonic` answers seconds and is read at each request. `refused` counts what was turned away
    (so a test sees that a client kept the limit), `admitted` what was let in.
    """

    def __init__(
        self, limit: int = 5, seconds: float = 1.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.limit = limit
        self.seconds = seconds
        self.refused = 0
        self.admitted = 0
        self._monotonic = monotonic
        self._opened: float | None = None
        self._used = 0

    def take(self) -> bool:
        """Count one request; False if it is over the limit."""
        if self.seconds_left() == 0.0:
            self._opened, self._used = self._monotonic(), 0
        if self._used >= self.limit:
            self.refused += 1
            return False
        self._used += 1
        self.admitted += 1
        return True

    def remaining(self) -> int:
        """How many more requests this window lets in."""
        return self.limit if self.seconds_left() == 0.0 else self.limit - self._used

    def seconds_left(self) -> float:
        """How long this window still lasts, 0.0 when none is open."""
        if self._opened is None:
            return 0.0
        return max(0.0, self._opened + self.seconds - self._monotonic())
