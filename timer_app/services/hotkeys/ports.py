"""What hot keys need from the world: a back end that grabs keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from timer_app.domain.hotkeys import HotKeyAction, HotKeyBinding, KeyCombination


class HotKeyBackEnd(Protocol):
    """Keys that work wherever the keyboard is. What they do and who is told is its maker's."""

    def bind(self, wanted: Mapping[HotKeyAction, KeyCombination]) -> None:
        """Have these and no others from now on; returns at once."""
        ...

    @property
    def bindings(self) -> Mapping[HotKeyAction, HotKeyBinding]:
        """How each wanted one is now."""
        ...

    async def close(self) -> None:
        """Give every key back; waits for no person."""
        ...
