"""What `doctor` finds: parts, how each is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How a part is."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class DoctorFinding:
    """One part, how it is, and what to do about it.

    `plain` says the same without anything that is the user's, for a report to others; "" where
    `detail` is the program's own sentence and may be shown word by word.
    """

    part: str
    severity: Severity
    detail: str
    remedy: str = ""
    plain: str = ""

    @property
    def row(self) -> dict[str, str]:
        """As `doctor --json` has it."""
        return {
            "part": self.part,
            "verdict": self.severity.value,
            "detail": self.detail,
            "remedy": self.remedy,
        }
