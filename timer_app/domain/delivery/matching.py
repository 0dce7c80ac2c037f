"""Whether something arrived whose outcome is unknown: what the service holds tells, or does not.

Neither service has an idempotency key. So what it holds is held against what was sent: the same
values, not claimed by another delivery, and made while the attempt was under way.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from timer_app.domain.delivery.outcomes import RemoteEntry, RemoteLog

MAX_CALL_DURATION = timedelta(seconds=15)
"""A call is given up after this long, so nothing of it is made much later."""

CLOCK_MARGIN = timedelta(seconds=15)
"""What clocks may differ by after correction, and how long a request may linger on its way."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something a service holds that has the values that were sent.

    `created_at` is when it was made by the service's clock, None if the service does not show it.
    One that is `is_exact` is ours whenever it was made: nobody else works on the same task
    to the same seconds.
    """

    answer: RemoteEntry | RemoteLog
    created_at: datetime | None
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What a look found; `skew` is the service's clock less ours at that moment."""

    candidates: tuple[Candidate, ...]
    skew: timedelta


@dataclass(frozen=True, slots=True)
class SafeToRepeat:
    """No look is needed: sending it again changes nothing that the first did not."""


@dataclass(frozen=True, slots=True)
class AttemptWindow:
    """When something of an attempt can have been made, by the service's clock."""

    since: datetime
    until: datetime

    def contains(self, instant: datetime) -> bool:
        """Whether the instant lies within, both ends included."""
        return self.since <= instant <= self.until


@dataclass(frozen=True, slots=True)
class Match:
    """It arrived: this is it, with the values that were sent then."""

    answer: RemoteEntry | RemoteLog


@dataclass(frozen=True, slots=True)
class NoMatch:
    """It has certainly not arrived so far."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """What is there may be ours or somebody's; a person has to say."""

    reason: str


MatchResult = Match | NoMatch | Ambiguous


def attempt_window(ago: timedelta, server_now: datetime) -> AttemptWindow:
    """The window of an attempt that began `ago`, now that the service's clock shows `server_now`.

    How long ago it was is measured on a clock that nobody sets, so neither a wrong clock nor one
    that was set in between moves the window.
    """
    begun = server_now - ago
    return AttemptWindow(begun - CLOCK_MARGIN, begun + MAX_CALL_DURATION + CLOCK_MARGIN)


def match_candidates(
    candidates: Collection[Candidate],
    claimed: Collection[str],
    windows: Sequence[AttemptWindow],
    *,
    is_clock_trusted: bool = True,
) -> MatchResult:
    """What the sightings say of a delivery's attempts, each with its window, the first first.

    `claimed` are ids that other deliveries have. Of several that fit, the first one made is ours;
    the others are somebody's or a double. One made later may be ours all the same, held up on its
    way; one made before the first attempt cannot be. Unless we are not `is_clock_trusted` when that
    was: the computer was started anew since, and its clock may have been set.
    """
    free = [candidate for candidate in candidates if candidate.answer.id not in claimed]
    for candidate in free:
        if candidate.is_exact:
            return Match(candidate.answer)
    dated = [(s.created_at, s.answer.id, s) for s in free if s.created_at is not None]
    fitting = sorted(each for each in dated if any(window.contains(each[0]) for window in windows))
    if fitting:
        return Match(fitting[0][2].answer)
    if len(dated) < len(free):
        return Ambiguous("The service holds one like it and does not show when it was made.")
    if any(created_at > windows[0].since for created_at, *_ in dated):
        return Ambiguous("The service holds one like it that was made later: perhaps by hand.")
    if dated and not is_clock_trusted:
        return Ambiguous("The service holds one like it, and when ours was sent is not certain.")
    return NoMatch()


def duplicate_candidates(
    candidates: Collection[Candidate],
    claimed: Collection[str],
    own: str | None,
    window: AttemptWindow,
) -> tuple[Candidate, ...]:
    """What may have been made by a request that arrived after a look had found nothing.

    `own` is what the delivery has already; `window` is that of its first attempt in doubt.
    """
    return tuple(
        candidate
        for candidate in candidates
        if candidate.answer.id not in (own, *claimed)
        and (candidate.created_at is None or candidate.created_at >= window.since)
    )
