"""Whose turn it is to log an entry that several computers know.

begun and stopped here, sent soon   at once, without a look
stopped elsewhere, or late          look, then send: the others may have taken their turn
begun elsewhere                     after two minutes and a random part of thirty seconds: look,
                                    claim what is there, log only what is missing
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from timer_app.domain.delivery.matching import CLOCK_MARGIN, MAX_CALL_DURATION
from timer_app.domain.entries.entry import Source

OTHERS_WAIT = timedelta(minutes=2)
"""How long the other computers leave an entry to the one that began it."""
RANDOM_WAIT = timedelta(seconds=30)
LATE_AFTER = OTHERS_WAIT - MAX_CALL_DURATION - CLOCK_MARGIN
"""A request that leaves by then is over before another computer looks."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether to look before sending, and not before when; None: at once."""

    look_first: bool
    not_before: datetime | None = None


def turn_of(
    source: Source,
    stopped_at: datetime,
    now: datetime,
    chance: float,
    *,
    stopped_elsewhere: bool,
    is_shared_day: bool,
) -> Turn:
    """The turn of a log that is sent at `now`; `chance` is a random number from 0 to 1.

    On a day that is shared with other computers the minutes of their logs are read as well.
    """
    if source is Source.ADOPTED:
        return _turn_of_others(stopped_at, chance)
    is_late = now - stopped_at > LATE_AFTER
    return Turn(look_first=stopped_elsewhere or is_late or is_shared_day)


def follow_turn(now: datetime, chance: float, *, is_own: bool) -> Turn:
    """The turn of a log that follows what was changed elsewhere, as was seen at `now`.

    The computer whose log it is looks and changes it; the others leave it the time for that.
    """
    return Turn(look_first=True) if is_own else _turn_of_others(now, chance)


def _turn_of_others(since: datetime, chance: float) -> Turn:
    return Turn(look_first=True, not_before=since + OTHERS_WAIT + RANDOM_WAIT * chance)
