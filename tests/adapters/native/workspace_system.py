"""The workspace of macOS, played: a notification is a call."""

from __future__ import annotations

from collections.abc import Callable

from timer_app.adapters.native.workspace import SCREEN_LOCKED, SCREEN_UNLOCKED

_DISTRIBUTED = {SCREEN_LOCKED, SCREEN_UNLOCKED}


class PlayedWorkspace:
    """Implements `WorkspaceRuntime`; `post` is what the system does."""

    def __init__(self) -> None:
        self.observed: dict[int, tuple[str, Callable[[], None]]] = {}
        self._next = 0

    def observe(self, name: str, callback: Callable[[], None], *, distributed: bool) -> int:
        assert distributed is (name in _DISTRIBUTED)
        self._next += 1
        self.observed[self._next] = (name, callback)
        return self._next

    def forget(self, observer: int, *, distributed: bool) -> None:
        name, _ = self.observed.pop(observer)
        assert distributed is (name in _DISTRIBUTED)

    def post(self, name: str) -> None:
        """Post a notification of that name."""
        for each, callback in list(self.observed.values()):
            if each == name:
                callback()
