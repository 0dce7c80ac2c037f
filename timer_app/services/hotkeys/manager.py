"""The hot keys of the app: the wanted ones, their bindings, and what a press does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from timer_app.domain.hotkeys import (
    HotKeyAction,
    HotKeyBinding,
    HotKeyBound,
    HotKeyPending,
    HotKeyProblem,
    HotKeyTaken,
    HotKeyUnavailable,
    KeyCombination,
    binding_message,
    can_be_chosen,
    is_chosen_by_desktop,
)
from timer_app.services.entries.ports import Observer
from timer_app.services.hotkeys.ports import HotKeyBackEnd

HotKeyHandler = Callable[[HotKeyAction], None]
MakeHotKeyBackEnd = Callable[[HotKeyHandler, Observer], HotKeyBackEnd]
"""Makes the back end, given what to call when a key is pressed, and when a binding changed."""


class HotKeyManager:
    """Binds the wanted keys, reports their bindings, and acts on a press.

    While presses are diverted they go to that handler: keys that are being chosen or tried must not
    start the timer.
    """

    def __init__(self, handlers: Mapping[HotKeyAction, Callable[[], None]]) -> None:
        self._handlers = handlers
        self._back_end: HotKeyBackEnd | None = None
        self._requested: dict[HotKeyAction, KeyCombination] = {}
        self._interceptor: HotKeyHandler | None = None
        self._observers: list[Observer] = []
        self._closed = False

    def start(self, make: MakeHotKeyBackEnd) -> None:
        """Start binding; binds nothing after it was closed."""
        if self._closed:
            return
        self._back_end = make(self._pressed, self._changed)
        self.rebind()

    async def restart(self, make: MakeHotKeyBackEnd) -> None:
        """Bind all of them by a new back end: the desktop knows more of the app now."""
        back_end, self._back_end = self._back_end, None
        if back_end is not None:
            await back_end.close()
        self.start(make)

    @property
    def requested(self) -> Mapping[HotKeyAction, KeyCombination]:
        """The keys of the settings."""
        return self._requested

    @property
    def bindings(self) -> Mapping[HotKeyAction, HotKeyBinding]:
        """The binding of each wanted key; empty before `start`."""
        return {} if self._back_end is None else self._back_end.bindings

    def set_keys(self, requested: Mapping[HotKeyAction, KeyCombination]) -> None:
        """Bind these keys, if they differ from the present ones."""
        if requested != self._requested:
            self._requested = dict(requested)
            self.rebind()

    def retry(self) -> None:
        """Bind again where that may help; keys that a person declined are not asked for again."""
        if any(_may_work_now(each) for each in self.bindings.values()):
            self.rebind()

    def rebind(self) -> None:
        """Bind again because a person asked for it, even if the desktop asks them once more."""
        if self._back_end is not None:
            self._back_end.bind(self._requested)
            self._changed()

    def intercept(self, handler: HotKeyHandler | None) -> None:
        """Divert presses to `handler`, until None is given."""
        self._interceptor = handler

    def observe(self, observer: Observer) -> None:
        """Call it when a binding has changed."""
        self._observers.append(observer)

    def to_json(self) -> list[dict[str, str]]:
        """Each wanted key for `doctor`: action, keys, state (`bound`, `taken`, …), detail.

        `chosen_in` says where a person chooses other keys: in the `app` or in the `desktop`, or
        `nowhere`.
        """
        return [
            {
                "action": action.value,
                "keys": str(keys := self._requested[action]),
                "state": _STATES[type(binding)],
                "detail": str(binding_message(binding, keys)),
                "chosen_in": _place_of_choice(binding, keys),
            }
            for action, binding in self.bindings.items()
        ]

    async def close(self) -> None:
        """Release every key."""
        self._closed = True
        self._observers.clear()
        back_end, self._back_end = self._back_end, None
        if back_end is not None:
            await back_end.close()

    def _pressed(self, action: HotKeyAction) -> None:
        if self._interceptor is not None:
            self._interceptor(action)
        else:
            self._handlers[action]()

    def _changed(self) -> None:
        for observer in list(self._observers):
            observer()


def _may_work_now(binding: HotKeyBinding) -> bool:
    match binding:
        case HotKeyBound() | HotKeyPending():
            return False
        case HotKeyTaken():
            return True
        case HotKeyUnavailable(problem):
            return problem not in (
                HotKeyProblem.DECLINED,
                HotKeyProblem.NO_SUCH_KEY,
                HotKeyProblem.NO_BACK_END,
            )


def _place_of_choice(binding: HotKeyBinding, keys: KeyCombination) -> str:
    if not can_be_chosen(binding):
        return "nowhere"
    return "desktop" if is_chosen_by_desktop(binding, keys) else "app"


_STATES = {
    HotKeyBound: "bound",
    HotKeyTaken: "taken",
    HotKeyPending: "asking",
    HotKeyUnavailable: "cannot_run",
}
