"""Windows and macOS, by fakes of what they offer: not run there."""

from __future__ import annotations

import plistlib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.adapters.setup.desktop_entry.support import program_at
from tests.support.environment import ROOT
from timer_app.adapters.setup.autostart.macos import MacosAutostart
from timer_app.adapters.setup.autostart.windows import APPROVED, NAME, RUN, WindowsAutostart
from timer_app.adapters.setup.desktop_entry.windows_links import (
    COMMAND,
    SCHEME,
    WindowsLinks,
)
from timer_app.services.setup.desktop_integration import DesktopEntryError, DesktopEntryState


@dataclass
class MemoryRegistry:
    """Implements `Registry`."""

    values: dict[tuple[str, str], str | bytes] = field(default_factory=dict)
    refuses: bool = False

    def get(self, key: str, name: str) -> str | bytes | None:
        """See Registry."""
        self._must_allow()
        return self.values.get((key, name))

    def set(self, key: str, name: str, value: str) -> None:
        """See Registry."""
        self._must_allow()
        self.values[key, name] = value

    def remove(self, key: str, name: str) -> None:
        """See Registry."""
        self._must_allow()
        self.values.pop((key, name), None)

    def remove_key(self, key: str) -> None:
        """See Registry."""
        self._must_allow()
        for found in list(self.values):
            if found[0] == key or found[0].startswith(f"{key}\\"):
                del self.values[found]

    def _must_allow(self) -> None:
        if self.refuses:
            raise PermissionError(13, "you have no permission")


def test_windows(tmp_path: Path) -> None:
    registry = MemoryRegistry()
    command = (*program_at(tmp_path / "Program Files" / "pythonw.exe"), "-m", "timer_app")
    autostart = WindowsAutostart(command, registry)
    assert autostart.status().state is DesktopEntryState.OFF
    autostart.turn_on()
    assert registry.values == {(RUN, NAME): f'"{command[0]}" -m timer_app'}
    assert autostart.status().state is DesktopEntryState.ON
    registry.values[APPROVED, NAME] = bytes([3, *[0] * 11])
    assert autostart.status().state is DesktopEntryState.SWITCHED_OFF
    registry.values[APPROVED, NAME] = bytes([2, *[0] * 11])
    assert autostart.status().state is DesktopEntryState.ON
    autostart.turn_on()
    assert list(registry.values) == [(RUN, NAME)]
    registry.values[RUN, NAME] = f'"{command[0]}" -m other'
    assert autostart.status().state is DesktopEntryState.OTHER
    registry.values[RUN, NAME] = "C:\\gone.exe -x"
    assert autostart.status().state is DesktopEntryState.BROKEN
    autostart.turn_off()
    assert registry.values == {}
    registry.refuses = True
    assert autostart.status().state is DesktopEntryState.BROKEN
    for change in (autostart.turn_on, autostart.turn_off):
        with pytest.raises(DesktopEntryError, match="you have no permission"):
            change()


def test_windows_links(tmp_path: Path) -> None:
    registry = MemoryRegistry({(RUN, "another's"): "x"})
    command = (*program_at(tmp_path / "Program Files" / "pythonw.exe"), "-m", "timer_app")
    links = WindowsLinks(command, registry)
    assert links.status().state is DesktopEntryState.OFF
    links.turn_on()
    assert links.status().state is DesktopEntryState.ON
    assert registry.values[COMMAND, ""] == f'"{command[0]}" -m timer_app "%1"'
    assert registry.values[SCHEME, "URL Protocol"] == ""
    assert registry.values[SCHEME, ""] == "URL:Timer App"
    registry.remove(SCHEME, "URL Protocol")
    assert links.status().state is DesktopEntryState.SWITCHED_OFF
    links.turn_on()
    registry.values[COMMAND, ""] = f'"{command[0]}" "%1"'
    assert links.status().state is DesktopEntryState.OTHER
    registry.values[COMMAND, ""] = '"C:\\gone.exe" "%1"'
    assert links.status().state is DesktopEntryState.BROKEN
    links.turn_off()
    assert registry.values == {(RUN, "another's"): "x"}
    registry.refuses = True
    assert links.status().state is DesktopEntryState.BROKEN
    for change in (links.turn_on, links.turn_off):
        with pytest.raises(DesktopEntryError, match="you have no permission"):
            change()


def test_the_installers_links_are_those_of_the_bundle(tmp_path: Path) -> None:
    """It writes the keys itself; the app then finds them to be its own."""
    script = (ROOT / "packaging" / "windows" / "timer-app.iss").read_text(encoding="utf-8")
    registry = MemoryRegistry()
    links = WindowsLinks(program_at(tmp_path / "timer-app-tray.exe"), registry)
    links.turn_on()
    line = str(registry.values[COMMAND, ""]).replace(str(tmp_path) + "/", "{app}\\")
    assert 'ValueData: "{}"'.format(line.replace('"', '""')) in script


def test_macos(tmp_path: Path) -> None:
    folder = tmp_path / "LaunchAgents"
    command = (*program_at(tmp_path / "timer-app"), "--x y")
    agent = MacosAutostart(command, str(folder))
    file = folder / "io.github.timer_app.plist"
    assert agent.status().state is DesktopEntryState.OFF
    agent.turn_on()
    assert agent.status().state is DesktopEntryState.ON
    found = plistlib.loads(file.read_bytes())
    assert found["ProgramArguments"] == list(command)
    assert [each.name for each in folder.iterdir()] == [file.name]
    file.write_bytes(plistlib.dumps({**found, "Disabled": True}))
    assert agent.status().state is DesktopEntryState.SWITCHED_OFF
    file.write_bytes(plistlib.dumps({**found, "ProgramArguments": ["/bin/sh"]}))
    assert agent.status().state is DesktopEntryState.OTHER
    file.write_bytes(plistlib.dumps({**found, "ProgramArguments": ["/gone"]}))
    assert agent.status().state is DesktopEntryState.BROKEN
    file.write_bytes(b"rubbish")
    assert agent.status().state is DesktopEntryState.BROKEN
    agent.turn_on()
    assert agent.status().state is DesktopEntryState.ON
    agent.turn_off()
    agent.turn_off()
    assert agent.status().state is DesktopEntryState.OFF
    folder.rmdir()
    folder.write_text("a file is in the way")
    with pytest.raises(DesktopEntryError, match="could not be written"):
        agent.turn_on()
