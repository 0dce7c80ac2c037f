"""How the desktop around the app is: keyring, tray and buses, each with the ways it can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class KeyringState(Enum):
    """How the keyring was when it was last asked. Each way has a way out of its own."""

    UNASKED = "unasked"
    WORKS = "works"
    ABSENT = "absent"
    OUTSIDE_SESSION = "outside of the session"
    UNSAFE = "unsafe"
    LOCKED = "locked"
    DISMISSED = "prompt dismissed"
    PROMPTING = "prompting"
    SLOW = "slow"
    BROKEN = "broken"

    @property
    def is_unavailable(self) -> bool:
        """Whether tokens cannot be had because of it."""
        return self not in (KeyringState.UNASKED, KeyringState.WORKS)


class TrayState(Enum):
    """Whether the icon can be seen. GONE: there was a tray, and it went."""

    SHOWN = "shown"
    NOT_AVAILABLE = "none here"
    GONE = "gone"


class BusState(Enum):
    """A message bus. NONE: there was none so far; SILENT: it takes connections, and no more."""

    CONNECTED = "connected"
    NONE = "none"
    SILENT = "silent"
    LOST = "lost"


class DesktopKind(Enum):
    """Desktops whose way out differs."""

    GNOME = "gnome"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DesktopStatus:
    """All of it at one moment. A bus that this platform does not have is None."""

    keyring: KeyringState = KeyringState.UNASKED
    tray: TrayState = TrayState.SHOWN
    session_bus: BusState | None = None
    system_bus: BusState | None = None
    desktop: DesktopKind = DesktopKind.OTHER

    def __post_init__(self) -> None:
        """Whether the keyring is unknown: behind an unreachable bus it may be fine."""
        unheard = self.session_bus in (BusState.SILENT, BusState.LOST)
        if unheard and self.keyring is KeyringState.ABSENT:
            object.__setattr__(self, "keyring", KeyringState.SLOW)


def desktop_status_to_json(status: DesktopStatus) -> dict[str, object]:
    """The form in which the app sends it to the command line."""
    return {
        "keyring": status.keyring.value,
        "tray": status.tray.value,
        "session_bus": status.session_bus and status.session_bus.value,
        "system_bus": status.system_bus and status.system_bus.value,
        "desktop": status.desktop.value,
    }


def desktop_status_from_json(document: object) -> DesktopStatus | None:
    """The inverse; None if it is not such a document (an app of another version)."""
    match document:
        case {"keyring": str(keyring), "tray": str(tray), "session_bus": session,
              "system_bus": system, "desktop": str(desktop)}:  # fmt: skip
            try:
                return DesktopStatus(
                    KeyringState(keyring), TrayState(tray), _bus_state(session), _bus_state(system),
                    DesktopKind(desktop),
                )  # fmt: skip
            except ValueError:
                return None
        case _:
            return None


def _bus_state(value: object) -> BusState | None:
    return None if value is None else BusState(value)
