"""Both entries together: changed one by one, and only what starts nothing is mended."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from timer_app.domain.messages import DesktopEntryMessageId
from timer_app.services.setup.desktop_integration import (
    AUTOSTART,
    LINKS,
    DesktopEntryError,
    DesktopEntryState,
    DesktopEntryStatus,
    DesktopIntegration,
)


@dataclass
class Fake:
    """Implements `DesktopEntry`."""

    state: DesktopEntryState = DesktopEntryState.OFF
    refuses: bool = False

    def status(self) -> DesktopEntryStatus:
        """See DesktopEntry."""
        return DesktopEntryStatus(self.state, "/where")

    def turn_on(self) -> None:
        """See DesktopEntry."""
        self._become(DesktopEntryState.ON)

    def turn_off(self) -> None:
        """See DesktopEntry."""
        self._become(DesktopEntryState.OFF)

    def _become(self, state: DesktopEntryState) -> None:
        if self.refuses:
            raise DesktopEntryError(DesktopEntryMessageId.REGISTRY, "It is read-only.")
        self.state = state


def test_each_is_changed_by_its_name() -> None:
    desktop = DesktopIntegration(Fake(), Fake())
    desktop.change(LINKS, "on")
    states = {key: status.state for key, status in desktop.values().items()}
    assert states == {AUTOSTART: DesktopEntryState.OFF, LINKS: DesktopEntryState.ON}
    desktop.change(LINKS, "off")
    assert desktop.values()[LINKS].state is DesktopEntryState.OFF


@pytest.mark.parametrize("typed", ["on", "off"])
def test_a_refusal_is_reported(typed: str) -> None:
    desktop = DesktopIntegration(Fake(refuses=True), Fake())
    with pytest.raises(DesktopEntryError, match="read-only"):
        desktop.change(AUTOSTART, typed)


@pytest.mark.parametrize("state", DesktopEntryState)
def test_only_what_starts_nothing_is_mended(state: DesktopEntryState) -> None:
    entry = Fake(state)
    mended = DesktopIntegration(entry, Fake()).repair()
    assert mended == (["/where"] if state is DesktopEntryState.BROKEN else [])
    assert entry.state is (DesktopEntryState.ON if mended else state)
