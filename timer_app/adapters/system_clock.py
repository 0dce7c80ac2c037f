"""The computer's clock and time zone."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


class SystemClock:
    """Implements the port `Clock`."""

    def now(self) -> datetime:
        """See the port."""
        return datetime.now(UTC)

    def zone(self) -> tzinfo:
        """The zone in force at this moment; a zone without a name becomes its fixed offset.

        Asked anew each time, since a laptop travels. `TZ` is honoured.
        """
        import tzlocal

        try:
            return tzlocal.reload_localzone()
        except (LookupError, ValueError, OSError):
            fixed = datetime.now().astimezone().tzinfo
            return fixed or UTC
