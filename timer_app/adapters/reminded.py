"""What was reminded of, in a small file of its own: losing it costs one repeated reminder."""

from __future__ import annotations

import json
import logging
import os
from datetime import date, datetime

from timer_app.domain.reminding import Reminded

_log = logging.getLogger(__name__)


class ReminderFile:
    """Implements the port `ReminderMemory` on a file that is the owner's alone."""

    def __init__(self, path: str) -> None:
        self._path = path

    def recall(self) -> Reminded:
        """See the port. A file that cannot be read counts as none."""
        try:
            with open(self._path, encoding="utf-8") as file:
                return _reminded(json.load(file))
        except FileNotFoundError:
            return Reminded()
        except (OSError, ValueError, LookupError, TypeError) as error:
            _log.info("what was reminded of is forgotten: %s", error)
            return Reminded()

    def keep(self, reminded: Reminded) -> None:
        """See the port. Written beside and renamed."""
        beside = f"{self._path}.new"
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(_document(reminded), file)
            os.replace(beside, self._path)
        except OSError as error:
            _log.info("what was reminded of cannot be kept: %s", error)


def _document(reminded: Reminded) -> dict[str, str | None]:
    idle_since, day = reminded.idle_since, reminded.day
    return {
        "entry_id": reminded.entry_id,
        "spoken_at": reminded.spoken_at.isoformat(),
        "idle_since": idle_since.isoformat() if idle_since else None,
        "day": day.isoformat() if day else None,
    }


def _reminded(document: dict[str, str | None]) -> Reminded:
    idle_since, day = document["idle_since"], document["day"]
    spoken_at = datetime.fromisoformat(document["spoken_at"] or "")
    return Reminded(
        document["entry_id"] or "",
        _aware(spoken_at),
        _aware(datetime.fromisoformat(idle_since)) if idle_since else None,
        date.fromisoformat(day) if day else None,
    )


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no zone.")
    return instant
