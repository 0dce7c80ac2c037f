"""Which back end can bind keys on this desktop; where none can, why not."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from timer_app.domain.hotkeys import (
    HotKeyAction,
    HotKeyBinding,
    HotKeyProblem,
    HotKeyUnavailable,
    KeyCombination,
)
from timer_app.services.hotkeys.ports import HotKeyBackEnd

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus
    from timer_app.services.background_tasks import Spawn

_SANDBOX_MARK = "/.flatpak-info"


class BackEndKind(Enum):
    """Who binds keys."""

    X11 = "X11"
    PORTAL = "portal"
    WINDOWS = "Windows"
    MACOS = "macOS"


def choose_back_end(
    platform: str, environment: Mapping[str, str], *, sandboxed: bool
) -> BackEndKind | HotKeyProblem:
    """The back end for a desktop; `platform` is `sys.platform`.

    On Wayland XGrabKey would see keys only while a window of X11 has the keyboard.
    """
    if platform == "win32":
        return BackEndKind.WINDOWS
    if platform == "darwin":
        return BackEndKind.MACOS
    if platform != "linux":
        return HotKeyProblem.NO_BACK_END
    wayland = environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland"
    if wayland:
        return BackEndKind.PORTAL
    if not environment.get("DISPLAY"):
        return HotKeyProblem.NO_SCREEN
    return BackEndKind.PORTAL if sandboxed else BackEndKind.X11


@dataclass(frozen=True, slots=True)
class HotKeyFactory:
    """What a back end is made with.

    `describe` says what an action does, for a desktop that asks the person; `spawn` owns tasks;
    `before_asking` is awaited before the desktop may ask.
    """

    bus: Callable[[], Bus]
    application_id: str
    describe: Callable[[HotKeyAction], str]
    spawn: Spawn
    before_asking: Callable[[], Awaitable[object]] | None = None

    @property
    def asks_portal(self) -> bool:
        """Whether the keys are bound by the desktop's portal, which knows programs by their ids."""
        return _suitable_back_end() is BackEndKind.PORTAL

    def make_back_end(
        self, pressed: Callable[[HotKeyAction], None], changed: Callable[[], None]
    ) -> HotKeyBackEnd:
        """The hot keys of this desktop."""
        kind = _suitable_back_end()
        match kind:
            case HotKeyProblem():
                return UnavailableHotKeys(kind)
            case BackEndKind.X11:
                from timer_app.adapters.hotkeys.x11 import X11HotKeys

                return X11HotKeys(pressed, changed)
            case BackEndKind.PORTAL:
                from timer_app.adapters.hotkeys.portal import PortalHotKeys

                return PortalHotKeys(
                    self.bus(), self.application_id, self.describe, pressed, changed, self.spawn,
                    before_asking=self.before_asking,
                )  # fmt: skip
            case BackEndKind.WINDOWS | BackEndKind.MACOS:
                return _make_registered(pressed)


def import_back_end() -> None:
    """In a thread, beforehand: it takes longer than a start or stop may be held up."""
    match _suitable_back_end():
        case BackEndKind.X11:
            import timer_app.adapters.hotkeys.x11
        case BackEndKind.PORTAL:
            import timer_app.adapters.hotkeys.portal  # noqa: F401 - to have it, not to use it
        case _:
            return


def _suitable_back_end() -> BackEndKind | HotKeyProblem:
    return choose_back_end(sys.platform, os.environ, sandboxed=_is_sandboxed())


def _is_sandboxed() -> bool:
    return os.path.exists(_SANDBOX_MARK) or "SNAP" in os.environ


def _make_registered(pressed: Callable[[HotKeyAction], None]) -> HotKeyBackEnd:
    from timer_app.adapters.hotkeys.registered import RegisteredHotKeys

    if sys.platform == "win32":
        from timer_app.adapters.hotkeys.windows import make_windows_registrar

        return RegisteredHotKeys(make_windows_registrar(), pressed)
    else:  # noqa: RET505 - mypy checks the branch of one platform at a time
        from timer_app.adapters.hotkeys.macos import make_mac_registrar

        try:
            return RegisteredHotKeys(make_mac_registrar(), pressed)
        except OSError as error:
            return UnavailableHotKeys(HotKeyProblem.FAILED, str(error))


@dataclass
class UnavailableHotKeys:
    """Hot keys where there can be none: each says why."""

    problem: HotKeyProblem
    detail: str = ""
    _bindings: dict[HotKeyAction, HotKeyBinding] = field(default_factory=dict)

    @property
    def bindings(self) -> Mapping[HotKeyAction, HotKeyBinding]:
        """See HotKeyBackEnd."""
        return self._bindings

    def bind(self, wanted: Mapping[HotKeyAction, KeyCombination]) -> None:
        """See HotKeyBackEnd."""
        self._bindings = dict.fromkeys(wanted, HotKeyUnavailable(self.problem, self.detail))

    async def close(self) -> None:
        """See HotKeyBackEnd."""
