"""What the desktop does with the app: start it at login, open its links with it.

The truth is the desktop's own entries: they are what really happens, and its own tools change
them too. A copy in the settings would one day say something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from timer_app.domain.errors import DomainError

AUTOSTART = "desktop.autostart"
LINKS = "desktop.links"


class DesktopEntryState(Enum):
    """How an entry of ours in the desktop is."""

    ON = "on"
    OFF = "off"
    SWITCHED_OFF = "switched off"
    """It is there, and a tool of the desktop or a person put it out of use."""
    OTHER = "other"
    """It starts something else than this app: edited by hand, or another installation."""
    BROKEN = "broken"
    """It starts a program that is not there any more, or cannot be read."""
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class DesktopEntryStatus:
    """An entry's state, where it is, and what it starts."""

    state: DesktopEntryState
    where: str = ""
    starts: str = ""


class DesktopEntryError(DomainError):
    """The entry could not be changed; it is as it was. The text says why."""


class DesktopEntry(Protocol):
    """One thing that the desktop does, or does not do, with the app."""

    def status(self) -> DesktopEntryStatus:
        """How it is now."""
        ...

    def turn_on(self) -> None:
        """Have it done, by this installation of the app. Raises DesktopEntryError."""
        ...

    def turn_off(self) -> None:
        """Have it done no more. Raises DesktopEntryError."""
        ...


@dataclass(frozen=True, slots=True)
class DesktopIntegration:
    """Both of them. `is_in_menu`: what opens links is the app's entry in the desktop's menu too."""

    autostart: DesktopEntry
    links: DesktopEntry
    is_in_menu: bool = False

    @property
    def entries(self) -> Mapping[str, DesktopEntry]:
        """Both by their names, AUTOSTART and LINKS."""
        return {AUTOSTART: self.autostart, LINKS: self.links}

    def values(self) -> dict[str, DesktopEntryStatus]:
        """How both are now."""
        return {key: entry.status() for key, entry in self.entries.items()}

    def change(self, key: str, typed: str) -> None:
        """Turn one "on" or "off". Raises DesktopEntryError."""
        entry = self.entries[key]
        if typed == "on":
            entry.turn_on()
        else:
            entry.turn_off()

    def repair(self) -> list[str]:
        """Point entries whose program is gone at this installation; returns their paths.

        Other changes are somebody's wish and stay. Raises DesktopEntryError.
        """
        repaired = []
        for each in self.entries.values():
            status = each.status()
            if status.state is DesktopEntryState.BROKEN:
                each.turn_on()
                repaired.append(status.where)
        return repaired
