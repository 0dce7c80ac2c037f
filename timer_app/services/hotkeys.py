"""The hot keys of the app: what is wanted of the desktop, how it is, and what a press does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from timer_app.domain.hotkeys import Action, Combination
from timer_app.services.ports import (
    Asking,
    Binding,
    Bound,
    CannotRun,
    HotKeys,
    Observer,
    Obstacle,
    Taken,
)

Heard = Callable[[Action], None]
MakeHotKeys = Callable[[Heard, Observer], HotKeys]
"""Makes the back end, given what to call when a key is pressed, and when a binding changed."""


class HotKeyDesk:
    """Binds what the settings want; tells who looks how each is, and acts on a press.

    While somebody `diverts` presses they come there instead: keys of ours that are being chosen
    or tried must not start the timer.
    """

    def __init__(self, acts: Mapping[Action, Callable[[], None]]) -> None:
        self._acts = acts
        self._back_end: HotKeys | None = None
        self._wanted: dict[Action, Combination] = {}
        self._diverted: Heard | None = None
        self._observers: list[Observer] = []
        self._closed = False

    def begin(self, make: MakeHotKeys) -> None:
        """Bind what is wanted, from now on; nothing any more once it was closed."""
        if self._closed:
            return
        self._back_end = make(self._pressed, self._changed)
        self.bind_again()

    @property
    def wanted(self) -> Mapping[Action, Combination]:
        """What the settings want."""
        return self._wanted

    @property
    def bindings(self) -> Mapping[Action, Binding]:
        """How each wanted key is now; nothing is known before `begin`."""
        return {} if self._back_end is None else self._back_end.bindings

    def want(self, wanted: Mapping[Action, Combination]) -> None:
        """Bind these, if they are others than before."""
        if wanted != self._wanted:
            self._wanted = dict(wanted)
            self.bind_again()

    def try_again(self) -> None:
        """Bind anew where there is a reason to hope; what a person declined is not asked again."""
        if any(_may_have_mended(each) for each in self.bindings.values()):
            self.bind_again()

    def bind_again(self) -> None:
        """Bind anew: a person wants it, be they asked by the desktop once more."""
        if self._back_end is not None:
            self._back_end.bind(self._wanted)
            self._changed()

    def divert(self, heard: Heard | None) -> None:
        """Tell presses to `heard` and do nothing on them, until None is given."""
        self._diverted = heard

    def observe(self, observer: Observer) -> None:
        """Call it when a binding has changed."""
        self._observers.append(observer)

    def document(self) -> list[dict[str, str]]:
        """Each wanted key for `doctor`: action, keys, state (`bound`, `taken`, …), detail."""
        return [
            {"action": action.value, "keys": str(self._wanted[action])} | _row(binding)
            for action, binding in self.bindings.items()
        ]

    async def close(self) -> None:
        """Give every key back."""
        self._closed = True
        self._observers.clear()
        back_end, self._back_end = self._back_end, None
        if back_end is not None:
            await back_end.close()

    def _pressed(self, action: Action) -> None:
        if self._diverted is not None:
            self._diverted(action)
        else:
            self._acts[action]()

    def _changed(self) -> None:
        for observer in list(self._observers):
            observer()


def _may_have_mended(binding: Binding) -> bool:
    match binding:
        case Bound() | Asking():
            return False
        case Taken():
            return True
        case CannotRun(obstacle):
            return obstacle not in (Obstacle.DECLINED, Obstacle.NO_SUCH_KEY, Obstacle.NO_BACK_END)


def _row(binding: Binding) -> dict[str, str]:
    return {"state": _STATES[type(binding)], "detail": sentence(binding)}


_STATES = {Bound: "bound", Taken: "taken", Asking: "asking", CannotRun: "cannot_run"}


def sentence(binding: Binding) -> str:
    """How a key is, for the command line."""
    match binding:
        case Bound(keys):
            return f"Bound to {keys}."
        case Taken(keys, by):
            return f"{keys} is taken by {_owner(by)}."
        case Asking():
            return "The desktop has not answered yet. It may ask you in a window of its own."
        case CannotRun(obstacle, detail):
            said = _OBSTACLES[obstacle]
            return f"{said} ({detail.rstrip('.')})." if detail else f"{said}."


def _owner(by: Action | None) -> str:
    if by is None:
        return "another program or the desktop itself"
    return f"the hot key of {by.value!r}"


_OBSTACLES = {
    Obstacle.NO_SCREEN: "There is no screen here",
    Obstacle.NO_BACK_END: "Programs cannot bind keys on this system",
    Obstacle.NO_PORTAL: "This desktop has no portal that binds keys for programs",
    Obstacle.PORTAL_TOO_OLD: "The portal of this desktop cannot bind keys for programs",
    Obstacle.PORTAL_REFUSED: "The portal of this desktop refused",
    Obstacle.DECLINED: "The desktop bound no key to it",
    Obstacle.LOST: "The connection to the desktop was lost",
    Obstacle.NO_SUCH_KEY: "The keyboard has no such key",
    Obstacle.FAILED: "The system refused",
}
