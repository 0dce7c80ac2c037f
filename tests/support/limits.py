"""Time limits: how long a wait may take, and what it says when it took longer."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Far above what anything here takes (mostly milliseconds), also on two loaded cores. It is paid
# only by a test that fails anyway.
TIME_LIMIT = 30.0


class TimeLimitError(AssertionError):
    """Something awaited did not happen in time. The message says what, and what was seen."""


@dataclass(frozen=True)
class Deadline:
    """The moment at which a wait gives up."""

    seconds: float
    what: str
    _start: float = field(default_factory=time.monotonic)

    def left(self, seen: Callable[[], str] | None = None) -> float:
        """Seconds left. With none left it raises, saying what was awaited and what was seen.

        `seen` is called only then: looking may itself take up the event that is awaited.
        """
        left = self._start + self.seconds - time.monotonic()
        if left <= 0:
            facts = f"\n--- seen instead ---\n{seen()}" if seen else ""
            raise TimeLimitError(f"waited {self.seconds:g} s for {self.what}{facts}")
        return left
