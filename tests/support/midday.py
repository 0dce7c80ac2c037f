"""A zone in which it is midday now, so that what took two hours today was all today."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

NOON_HOUR = 12


def midday_zone() -> timezone:
    """A zone in which it is between 12:00 and 13:00 now: no test meets midnight."""
    return timezone(timedelta(hours=NOON_HOUR - datetime.now(UTC).hour))


def zone_name(zone: timezone) -> str:
    """Its name for TZ. The sign of these names is turned round."""
    hours = int(zone.utcoffset(None).total_seconds() // 3600)
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"
