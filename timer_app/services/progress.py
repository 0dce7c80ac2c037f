"""How far a long delivery has come: from counts alone, so that nothing has to be kept in step.

Pure: what waits, what was ever delivered and the time come in as values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MANY = 20
"""With fewer waiting there is nothing to watch: they are gone before anybody looks."""

_ENOUGH = 20  # delivered ones that tell how fast it goes


@dataclass(frozen=True, slots=True)
class Progress:
    """So many of so many are delivered; `left` is about how long the rest takes, if known."""

    done: int
    total: int
    left: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Burst:
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
        """What to show of it."""
        done = self.delivered - self.before
        return Progress(done, done + self.waiting, self._left())

    def _left(self) -> timedelta | None:
        """At the pace it has kept: a person who paused it, or a service away, do not count."""
        done = self.delivered - self.delivered_then
        if self.since is None or done < _ENOUGH or self.now <= self.since:
            return None
        return (self.now - self.since) * self.waiting / done


def follow(
    burst: Burst | None, waiting: int, delivered: int, now: datetime, *, moving: bool
) -> Burst | None:
    """The burst as it is now, None if there is none. `moving`: something is being delivered.

    A few that cannot be delivered at the moment are no burst, though they are what is left of one.
    """
    if not waiting or (waiting < MANY and not (burst and moving)):
        return None
    before = burst.before if burst else delivered
    if not moving:
        return Burst(before, waiting, delivered, now, None, delivered)
    if burst is None or burst.since is None:
        return Burst(before, waiting, delivered, now, now, delivered)
    return Burst(before, waiting, delivered, now, burst.since, burst.delivered_then)
