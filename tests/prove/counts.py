"""What a part of the proof comes to."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was done to the app, and what it did to the entries. The last three must stay 0.

    asked: questions that nothing but a person can answer. scenes, computers and devices count those
    scenes in which several took part.

    lost: acknowledged or in the journal, and missing in a service. doubled: more of it than there
    should be, or something that should not be there at all. wrong: other times or minutes, an
    unsound journal, or a person needed for nothing.
    """

    scenes: int = 0
    computers: int = 0
    devices: int = 0
    kills: int = 0
    faults: int = 0
    entries: int = 0
    asked: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        names = [field.name for field in fields(self)]
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in names})

    def __str__(self) -> str:
        """As one line."""
        return "  ".join(f"{field.name} {getattr(self, field.name)}" for field in fields(self))

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled or wrong."""
        return not (self.lost or self.doubled or self.wrong)
