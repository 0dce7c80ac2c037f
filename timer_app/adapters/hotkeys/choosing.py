"""Which back end can bind keys on this desktop; where none can, why not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from timer_app.domain.hotkeys import Action, Combination
from timer_app.services.ports import Binding, CannotRun, HotKeys, Obstacle

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus
    from timer_app.services.tasks import Spawn

_SANDBOX_MARK = "/.flatpak-info"


class BackEnd(Enum):
    """Who binds keys."""

    X11 = "X11"
    PORTAL = "portal"
    WINDOWS = "Windows"
    MACOS = "macOS"


def choose(platform: str, environment: Mapping[str, str], *, sandboxed: bool) -> BackEnd | Obstacle:
    """The back end for a desktop; `platform` is `sys.platform`.

    On Wayland XGrabKey would see keys only while a window of X11 has the keyboard.
    """
    if platform == "win32":
        return BackEnd.WINDOWS
    if platform == "darwin":
        return BackEnd.MACOS
    if platform != "linux":
        return Obstacle.NO_BACK_END
    wayland = environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland"
    if wayland:
        return BackEnd.PORTAL
    if not environment.get("DISPLAY"):
        return Obstacle.NO_SCREEN
    return BackEnd.PORTAL if sandboxed else BackEnd.X11


@dataclass(frozen=True, slots=True)
class Desk:
    """What a back end is made with.

    `describe` says what an action does, for a desktop that asks the person; `spawn` owns tasks.
    """

    bus: Callable[[], Bus]
    application_id: str
    describe: Callable[[Action], str]
    spawn: Spawn

    def hot_keys(self, pressed: Callable[[Action], None], changed: Callable[[], None]) -> HotKeys:
        """The hot keys of this desktop."""
        chosen = _chosen()
        match chosen:
            case Obstacle():
                return NoHotKeys(chosen)
            case BackEnd.X11:
                from timer_app.adapters.hotkeys.x11 import X11HotKeys

                return X11HotKeys(pressed, changed)
            case BackEnd.PORTAL:
                from timer_app.adapters.hotkeys.portal import PortalHotKeys

                return PortalHotKeys(
                    self.bus(), self.application_id, self.describe, pressed, changed, self.spawn
                )
            case BackEnd.WINDOWS | BackEnd.MACOS:
                return _registered(pressed)


def import_back_end() -> None:
    """In a thread, beforehand: it takes longer than a start or stop may be held up."""
    match _chosen():
        case BackEnd.X11:
            import timer_app.adapters.hotkeys.x11
        case BackEnd.PORTAL:
            import timer_app.adapters.hotkeys.portal  # noqa: F401 - to have it, not to use it
        case _:
            return


def _chosen() -> BackEnd | Obstacle:
    return choose(sys.platform, os.environ, sandboxed=_is_sandboxed())


def _is_sandboxed() -> bool:
    return os.path.exists(_SANDBOX_MARK) or "SNAP" in os.environ


def _registered(pressed: Callable[[Action], None]) -> HotKeys:
    """Not run here."""
    from timer_app.adapters.hotkeys.registered import RegisteredHotKeys

    if sys.platform == "win32":
        from timer_app.adapters.hotkeys.windows import windows_keys

        return RegisteredHotKeys(windows_keys(), pressed)
    from timer_app.adapters.hotkeys.macos import mac_keys

    try:
        return RegisteredHotKeys(mac_keys(), pressed)
    except OSError as error:
        return NoHotKeys(Obstacle.FAILED, str(error))


@dataclass
class NoHotKeys:
    """Hot keys where there can be none: each says why."""

    obstacle: Obstacle
    detail: str = ""
    _bindings: dict[Action, Binding] = field(default_factory=dict)

    @property
    def bindings(self) -> Mapping[Action, Binding]:
        """See HotKeys."""
        return self._bindings

    def bind(self, wanted: Mapping[Action, Combination]) -> None:
        """See HotKeys."""
        self._bindings = dict.fromkeys(wanted, CannotRun(self.obstacle, self.detail))

    async def close(self) -> None:
        """See HotKeys."""
