"""How far a long delivery has come, computed from counts.

Pure: what waits, what was ever delivered and the time are given as values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

BACKLOG_MINIMUM = 20
"""With fewer waiting no progress is shown: they are delivered before anybody looks."""

_MIN_SAMPLE = 20  # deliveries needed to estimate the speed


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` are delivered; `remaining` estimates the time for the others."""

    done: int
    total: int
    remaining: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """A burst of deliveries: from when many waited until none does.

    `before` and `delivered` count all that was ever delivered, when it began and now. It has been
    under way without a break since `since`, when `delivered_then` were.
    """

    before: int
    waiting: int
    delivered: int
    now: datetime
    since: datetime | None
    delivered_then: int

    @property
    def progress(self) -> Progress:
        """The progress to show."""
        done = self.delivered - self.before
        return Progress(done, done + self.waiting, self._remaining())

    def _remaining(self) -> timedelta | None:
        """Estimate by the speed so far, without the time when delivery was paused or offline."""
        done = self.delivered - self.delivered_then
        if self.since is None or done < _MIN_SAMPLE or self.now <= self.since:
            return None
        return (self.now - self.since) * self.waiting / done


def updated_backlog(
    backlog: Backlog | None, waiting: int, delivered: int, now: datetime, *, is_moving: bool
) -> Backlog | None:
    """The present backlog, None if there is none. `is_moving`: something is being delivered.

    A few deliveries that cannot be sent now are no backlog, even if they are the rest of one.
    """
    if not waiting or (waiting < BACKLOG_MINIMUM and not (backlog and is_moving)):
        return None
    before = backlog.before if backlog else delivered
    if not is_moving:
        return Backlog(before, waiting, delivered, now, None, delivered)
    if backlog is None or backlog.since is None:
        return Backlog(before, waiting, delivered, now, now, delivered)
    return Backlog(before, waiting, delivered, now, backlog.since, backlog.delivered_then)
