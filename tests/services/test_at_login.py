"""Both entries together: changed one by one, and only what starts nothing is mended."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from timer_app.services.at_login import (
    AUTOSTART,
    LINKS,
    EntryState,
    EntryStatus,
    Integration,
    NotChanged,
)


@dataclass
class Fake:
    """Implements `DesktopEntry`."""

    state: EntryState = EntryState.OFF
    refuses: bool = False

    def status(self) -> EntryStatus:
        """See DesktopEntry."""
        return EntryStatus(self.state, "/where")

    def turn_on(self) -> None:
        """See DesktopEntry."""
        self._become(EntryState.ON)

    def turn_off(self) -> None:
        """See DesktopEntry."""
        self._become(EntryState.OFF)

    def _become(self, state: EntryState) -> None:
        if self.refuses:
            raise NotChanged("It is read-only.")
        self.state = state


def test_each_is_changed_by_its_name() -> None:
    desktop = Integration(Fake(), Fake())
    desktop.change(LINKS, "on")
    states = {key: status.state for key, status in desktop.values().items()}
    assert states == {AUTOSTART: EntryState.OFF, LINKS: EntryState.ON}
    desktop.change(LINKS, "off")
    assert desktop.values()[LINKS].state is EntryState.OFF


@pytest.mark.parametrize("typed", ["on", "off"])
def test_a_refusal_is_told(typed: str) -> None:
    desktop = Integration(Fake(refuses=True), Fake())
    with pytest.raises(NotChanged, match="read-only"):
        desktop.change(AUTOSTART, typed)


@pytest.mark.parametrize("state", EntryState)
def test_only_what_starts_nothing_is_mended(state: EntryState) -> None:
    entry = Fake(state)
    mended = Integration(entry, Fake()).mend()
    assert mended == (["/where"] if state is EntryState.BROKEN else [])
    assert entry.state is (EntryState.ON if mended else state)
