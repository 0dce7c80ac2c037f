"""When each of several computers that know an entry may log it.

started and stopped here, sent soon   at once, without a lookup
stopped elsewhere, or late            after a lookup: another computer may have logged it
started elsewhere                     after two minutes and a random part of thirty seconds, and
                                      after a lookup: a log that exists is claimed, only a
                                      missing one is sent
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from timer_app.domain.delivery.matching import CLOCK_MARGIN, MAX_CALL_DURATION
from timer_app.domain.entries.entry import Source

OTHERS_WAIT = timedelta(minutes=2)
"""How long the other computers leave an entry to the one that started it."""
RANDOM_WAIT = timedelta(seconds=30)
LATE_AFTER = OTHERS_WAIT - MAX_CALL_DURATION - CLOCK_MARGIN
"""A request that leaves by then is over before another computer looks the log up."""


@dataclass(frozen=True, slots=True)
class LogTiming:
    """Whether to look a log up before it is sent, and not before when; None: at once."""

    lookup_first: bool
    not_before: datetime | None = None


def log_timing(
    source: Source,
    stopped_at: datetime,
    now: datetime,
    chance: float,
    *,
    stopped_elsewhere: bool,
    is_shared_day: bool,
) -> LogTiming:
    """The timing of a log that is sent at `now`; `chance` is a random number from 0 to 1.

    On a day that is shared with other computers the minutes of their logs are read as well.
    """
    if source is Source.ADOPTED:
        return _timing_of_others(stopped_at, chance)
    is_late = now - stopped_at > LATE_AFTER
    return LogTiming(lookup_first=stopped_elsewhere or is_late or is_shared_day)


def follow_up_timing(now: datetime, chance: float, *, is_own: bool) -> LogTiming:
    """The timing of a log that follows what was changed elsewhere, as was seen at `now`.

    The computer that made the log looks it up and changes it; the others give it time to do so.
    """
    return LogTiming(lookup_first=True) if is_own else _timing_of_others(now, chance)


def _timing_of_others(since: datetime, chance: float) -> LogTiming:
    return LogTiming(lookup_first=True, not_before=since + OTHERS_WAIT + RANDOM_WAIT * chance)
