"""Hot keys that a test presses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from timer_app.domain.hotkeys import HotKeyAction, HotKeyBinding, HotKeyBound, KeyCombination


@dataclass
class FakeHotKeys:
    """Binds whatever is wanted, until the test says otherwise in `reported`."""

    pressed: Callable[[HotKeyAction], None]
    changed: Callable[[], None]
    reported: dict[HotKeyAction, HotKeyBinding] = field(default_factory=dict)
    asked: list[dict[HotKeyAction, KeyCombination]] = field(default_factory=list)
    closed: bool = False

    @property
    def bindings(self) -> Mapping[HotKeyAction, HotKeyBinding]:
        """See HotKeyBackEnd."""
        wanted = self.asked[-1] if self.asked else {}
        return {
            action: self.reported.get(action, HotKeyBound(str(each)))
            for action, each in wanted.items()
        }

    def bind(self, wanted: Mapping[HotKeyAction, KeyCombination]) -> None:
        """See HotKeyBackEnd."""
        self.asked.append(dict(wanted))

    def tell(self, action: HotKeyAction, binding: HotKeyBinding) -> None:
        """The desktop says how a key is now."""
        self.reported[action] = binding
        self.changed()

    async def close(self) -> None:
        """See HotKeyBackEnd."""
        self.closed = True
