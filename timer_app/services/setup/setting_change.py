"""How a change of a setting ended, for the widget that asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SettingKept:
    """It is in force; `value` is what is kept, in the form in which it is typed."""

    value: str


@dataclass(frozen=True, slots=True)
class SettingRefused:
    """It is as it was. `reason` is a sentence in the language of the windows."""

    reason: str


SettingChange = SettingKept | SettingRefused


class ChangeSetting(Protocol):
    """Sets a key to what was typed, effective at once."""

    def __call__(self, key: str, typed: str) -> SettingChange:
        """Set it."""
        ...
