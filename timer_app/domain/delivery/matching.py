"""Matching: decide from what a service holds whether an unconfirmed attempt arrived.

Neither service has an idempotency key. So its records are compared with what was sent: the same
values, not claimed by another delivery, and created while the attempt was under way.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from timer_app.domain.delivery.outcomes import CardLog, RemoteEntry, RemoteLog

MAX_CALL_DURATION = timedelta(seconds=15)
"""A request is given up after this long; it creates nothing much later."""

CLOCK_MARGIN = timedelta(seconds=15)
"""How far corrected clocks may differ, and how long a request may linger on its way."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of a service with the values that were sent.

    `created_at` is when it was created by the service's clock, None if the service does not show
    it. One that is `is_exact` is ours whenever it was created: nobody else works on the same task
    to the same seconds, and a log with the reference of our entry belongs to it. The log may be one
    that another computer made.
    """

    answer: RemoteEntry | RemoteLog
    created_at: datetime | None
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class LookupResult:
    """The result of a lookup; `skew` is the service's clock less ours at that moment.

    `logs` are all logs of the card and date, where logs were looked up. Where a log was sent with a
    reference, `unreferenced` are those with its values but without one: not made by our requests.
    """

    candidates: tuple[Candidate, ...]
    skew: timedelta
    logs: tuple[CardLog, ...] = ()
    unreferenced: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class SafeToRepeat:
    """No lookup is needed: a repeat changes nothing that the first attempt did not."""


@dataclass(frozen=True, slots=True)
class AttemptWindow:
    """When an attempt can have created something, by the service's clock."""

    since: datetime
    until: datetime

    def contains(self, instant: datetime) -> bool:
        """Whether the instant lies within, both ends included."""
        return self.since <= instant <= self.until


@dataclass(frozen=True, slots=True)
class Match:
    """The attempt arrived: this is its record, with the values that were sent then."""

    answer: RemoteEntry | RemoteLog


@dataclass(frozen=True, slots=True)
class NoMatch:
    """The attempt has certainly not arrived so far."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A record may be ours or somebody else's; a person must decide."""

    reason: str


MatchResult = Match | NoMatch | Ambiguous


def attempt_window(ago: timedelta, server_now: datetime) -> AttemptWindow:
    """The window of an attempt that began `ago`, now that the service's clock shows `server_now`.

    `ago` is measured by the boot time, so neither a wrong wall clock nor one that was set in
    between moves the window.
    """
    begun = server_now - ago
    return AttemptWindow(begun - CLOCK_MARGIN, begun + MAX_CALL_DURATION + CLOCK_MARGIN)


def match_candidates(
    candidates: Collection[Candidate],
    claimed: Collection[str],
    windows: Sequence[AttemptWindow],
    *,
    is_clock_trusted: bool = True,
    worked_until: datetime | None = None,
) -> MatchResult:
    """Match candidates with the attempts of a delivery, each with its window, the first first.

    `claimed` are ids that belong to other deliveries. Of several that fit, the first one created is
    ours; the others are somebody else's or duplicates. One created later may be ours all the same,
    delayed on its way; one created before the first attempt cannot be. Unless the clock is not
    trusted (`is_clock_trusted`): the computer was restarted since, and its clock may have been set.

    An entry that began on the same task later, but before `worked_until`, is ours too, whichever
    device began it: the person worked on the task all the time, and TimeCrowd has one entry for
    that.
    """
    free = [candidate for candidate in candidates if candidate.answer.id not in claimed]
    if exact := [candidate for candidate in free if candidate.is_exact]:
        return Match(min(exact, key=lambda each: id_order(each.answer.id)).answer)
    dated = [(s.created_at, s.answer.id, s) for s in free if s.created_at is not None]
    fitting = sorted(each for each in dated if any(window.contains(each[0]) for window in windows))
    if fitting:
        return Match(fitting[0][2].answer)
    later = sorted(each for each in dated if each[0] > windows[0].since)
    is_certain = is_clock_trusted and len(dated) == len(free)
    if later and is_certain and worked_until is not None and later[0][0] < worked_until:
        return Match(later[0][2].answer)
    reason = _why_ambiguous(free, dated=len(dated), later=len(later), trusted=is_clock_trusted)
    return Ambiguous(reason) if reason else NoMatch()


def _why_ambiguous(
    free: Sequence[Candidate], *, dated: int, later: int, trusted: bool
) -> str | None:
    """Why a free candidate may be ours or somebody else's; None: it is not ours."""
    if dated < len(free):
        return "The service holds one like it and does not show when it was made."
    if later:
        return "The service holds one like it that was made later: perhaps by hand."
    if dated and not trusted:
        return "The service holds one like it, and when ours was sent is not certain."
    return None


def id_order(remote_id: str) -> tuple[int, str]:
    """The order of ids, which are numbers: of two logs with one reference the lower id is kept."""
    return len(remote_id), remote_id


def duplicate_candidates(
    candidates: Collection[Candidate],
    claimed: Collection[str],
    own: str | None,
    window: AttemptWindow,
) -> tuple[Candidate, ...]:
    """Possible duplicates: records that a request may have created after a lookup found nothing.

    `own` is the record that the delivery has already; `window` is that of its first unconfirmed
    attempt.
    """
    return tuple(
        candidate
        for candidate in candidates
        if candidate.answer.id not in (own, *claimed)
        and (candidate.created_at is None or candidate.created_at >= window.since)
    )
