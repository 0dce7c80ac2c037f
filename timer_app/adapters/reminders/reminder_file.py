"""What was reminded of, in a small file of its own: losing it costs one repeated reminder."""

from __future__ import annotations

import json
import logging
import os
from datetime import date, datetime

from timer_app.adapters.replacing import replace_file
from timer_app.domain.reminders.schedule import ReminderRecord

_YEARS = range(1970, 9999)
"""Times are counted on from these: at the calendar's ends they would leave it."""

_log = logging.getLogger(__name__)


class ReminderFile:
    """Implements the port `ReminderStore` on a file that is the owner's alone."""

    def __init__(self, path: str) -> None:
        self._path = path

    def load(self) -> ReminderRecord:
        """See the port. A file that cannot be read counts as none."""
        try:
            with open(self._path, encoding="utf-8") as file:
                return _from_json(json.load(file))
        except FileNotFoundError:
            return ReminderRecord()
        except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
            _log.info("what was reminded of is forgotten: %s", error)
            return ReminderRecord()

    def save(self, record: ReminderRecord) -> None:
        """See the port. Written beside and renamed."""
        temporary_path = f"{self._path}.new"
        try:
            handle = os.open(temporary_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(_to_json(record), file)
            replace_file(temporary_path, self._path)
        except OSError as error:
            _log.info("what was reminded of cannot be kept: %s", error)


def _to_json(record: ReminderRecord) -> dict[str, str | None]:
    idle_since, day = record.idle_since, record.day
    return {
        "entry_id": record.entry_id,
        "spoken_at": record.reminded_at.isoformat(),
        "idle_since": idle_since.isoformat() if idle_since else None,
        "day": day.isoformat() if day else None,
    }


def _from_json(values: dict[str, str | None]) -> ReminderRecord:
    idle_since, day, entry_id = values["idle_since"], values["day"], values["entry_id"]
    if not isinstance(entry_id, str):
        raise TypeError(f"{entry_id!r} is no entry.")
    reminded_at = datetime.fromisoformat(values["spoken_at"] or "")
    return ReminderRecord(
        entry_id,
        _aware(reminded_at),
        _aware(datetime.fromisoformat(idle_since)) if idle_since else None,
        date.fromisoformat(day) if day else None,
    )


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None or instant.year not in _YEARS:
        raise ValueError(f"{instant} has no zone, or is no time of work.")
    return instant
