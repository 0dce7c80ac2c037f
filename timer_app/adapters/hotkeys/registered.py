"""Hot keys where the system takes them one by one under a number: Windows and macOS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from timer_app.domain.hotkeys import (
    HotKeyAction,
    HotKeyBinding,
    HotKeyBound,
    HotKeyProblem,
    HotKeyTaken,
    HotKeyUnavailable,
    KeyCombination,
)


class HotKeyRegistrar(Protocol):
    """The system's calls. It reports a press by its number to the handler of `listen`."""

    def listen(self, pressed: Callable[[int], None]) -> None:
        """Report presses to the handler. Raises OSError."""
        ...

    def register(self, number: int, wanted: KeyCombination) -> HotKeyBinding:
        """Take a combination: Bound, or why not."""
        ...

    def unregister(self, number: int) -> None:
        """Give one back that was bound."""
        ...

    def close(self) -> None:
        """Report nothing any more."""
        ...


class RegisteredHotKeys:
    """Calls `pressed` with the action of a key, once for each press."""

    def __init__(self, registrar: HotKeyRegistrar, pressed: Callable[[HotKeyAction], None]) -> None:
        self._registrar = registrar
        self._pressed = pressed
        self._actions = dict(enumerate(HotKeyAction, start=1))
        self._listening = False
        self._bindings: dict[HotKeyAction, HotKeyBinding] = {}

    @property
    def bindings(self) -> Mapping[HotKeyAction, HotKeyBinding]:
        """How each wanted one is now."""
        return self._bindings

    def bind(self, wanted: Mapping[HotKeyAction, KeyCombination]) -> None:
        """Register these and no others."""
        self._unregister_all()
        try:
            self._listen()
        except OSError as error:
            self._bindings = dict.fromkeys(
                wanted, HotKeyUnavailable(HotKeyProblem.FAILED, str(error))
            )
            return
        owners: dict[KeyCombination, HotKeyAction] = {}
        for number, action in self._actions.items():
            each = wanted.get(action)
            if each is None:
                continue
            owner = owners.setdefault(each, action)
            ours = owner is not action
            self._bindings[action] = (
                HotKeyTaken(str(each), owner) if ours else self._registrar.register(number, each)
            )

    async def close(self) -> None:
        """Give every key back."""
        self._unregister_all()
        if self._listening:
            self._registrar.close()

    def _listen(self) -> None:
        if not self._listening:
            self._registrar.listen(self._on_pressed)
            self._listening = True

    def _on_pressed(self, number: int) -> None:
        action = self._actions.get(number)
        if action in self._bindings:
            self._pressed(action)

    def _unregister_all(self) -> None:
        for number, action in self._actions.items():
            if isinstance(self._bindings.get(action), HotKeyBound):
                self._registrar.unregister(number)
        self._bindings = {}
