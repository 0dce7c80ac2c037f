"""Hot keys that a test presses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from timer_app.domain.hotkeys import Action, Combination
from timer_app.services.ports import Binding, Bound


@dataclass
class FakeHotKeys:
    """Binds whatever is wanted, until the test says otherwise in `told`."""

    pressed: Callable[[Action], None]
    changed: Callable[[], None]
    told: dict[Action, Binding] = field(default_factory=dict)
    asked: list[dict[Action, Combination]] = field(default_factory=list)
    closed: bool = False

    @property
    def bindings(self) -> Mapping[Action, Binding]:
        """See HotKeys."""
        wanted = self.asked[-1] if self.asked else {}
        return {action: self.told.get(action, Bound(str(each))) for action, each in wanted.items()}

    def bind(self, wanted: Mapping[Action, Combination]) -> None:
        """See HotKeys."""
        self.asked.append(dict(wanted))

    def tell(self, action: Action, binding: Binding) -> None:
        """The desktop says how a key is now."""
        self.told[action] = binding
        self.changed()

    async def close(self) -> None:
        """See HotKeys."""
        self.closed = True
