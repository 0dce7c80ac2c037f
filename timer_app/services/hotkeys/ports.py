"""What hot keys need from the world: a back end that grabs keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from timer_app.domain.hotkeys import HotKeyAction, HotKeyBinding, KeyCombination


class HotKeyBackEnd(Protocol):
    """Global hot keys. Who makes it decides what they do."""

    def bind(self, wanted: Mapping[HotKeyAction, KeyCombination]) -> None:
        """Bind these keys and no others from now on; returns at once."""
        ...

    @property
    def bindings(self) -> Mapping[HotKeyAction, HotKeyBinding]:
        """The binding of each wanted key."""
        ...

    async def close(self) -> None:
        """Release every key; waits for no person."""
        ...
