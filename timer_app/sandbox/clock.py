"""The sandbox's clock: a value passed in, moved by tests and by the control page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timezone

Clock = Callable[[], datetime]
"""Answers an aware instant; the sandbox turns it into UTC."""


def real_clock() -> datetime:
    """The computer's own clock, aware UTC."""
    return datetime.now(UTC)


class ShiftedClock:
    """A clock and an offset to it. Calling it answers ``base() + offset`` in UTC."""

    def __init__(self, base: Clock = real_clock) -> None:
        self._base = base
        self.offset = timedelta()

    def __call__(self) -> datetime:
        """The instant now, aware UTC. Raises ValueError if the base answers a naive one."""
        return self._utc() + self.offset

    def set_to(self, instant: datetime) -> None:
        """Choose the offset so that it is `instant` now; from there the base's time goes on."""
        self.offset = instant - self._utc()

    def _utc(self) -> datetime:
        instant = self._base()
        if instant.tzinfo is None:
            raise ValueError("the sandbox's clock must answer an aware datetime")
        return instant.astimezone(UTC)


def whole_second(instant: datetime) -> datetime:
    """The instant without its fraction: what TimeCrowd stores (its milliseconds are all .000)."""
    return instant.replace(microsecond=0)


def iso_milliseconds(instant: datetime, zone: timezone = UTC) -> str:
    """ISO 8601 with milliseconds: ``2024-12-17T00:27:08.000Z``, or ``+09:00`` in another zone."""
    text = instant.astimezone(zone).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z") if zone == UTC else text


def http_date(instant: datetime) -> str:
    """The text of a ``Date`` header: ``Tue, 17 Dec 2024 00:27:08 GMT``."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)
