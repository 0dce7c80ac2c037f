"""Autostart: what the next login will do, and what a person wrote stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adapters.setup.desktop_entry.support import program_at, xdg_dirs_below
from timer_app.adapters.setup.autostart.xdg import XdgAutostart
from timer_app.services.setup.desktop_integration import DesktopEntryError, DesktopEntryState

NAME = "io.github.timer_app.desktop"


class Place:
    """A user's folders, on GNOME."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.command = program_at(root / "my apps" / "timer-app")
        self.folders = xdg_dirs_below(root, "ubuntu", "gnome")
        self.autostart = XdgAutostart(self.command, self.folders)
        self.file = root / "config" / "autostart" / NAME
        self.packaged = root / "etc" / "autostart" / NAME

    def state(self) -> DesktopEntryState:
        """What the next login will do."""
        return self.autostart.status().state

    def by_hand(self, text: str) -> None:
        """A person or a tool writes the file."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(text)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Nothing is started at login."""
    return Place(tmp_path)


def test_on_and_off(place: Place) -> None:
    assert place.state() is DesktopEntryState.OFF
    place.autostart.turn_on()
    assert place.state() is DesktopEntryState.ON
    assert f'Exec="{place.command[0]}"\n' in place.file.read_text()
    text = place.file.read_text()
    place.autostart.turn_on()
    assert place.file.read_text() == text
    place.autostart.turn_off()
    assert place.state() is DesktopEntryState.OFF
    assert not place.file.exists()
    place.autostart.turn_off()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_switched_off_by_a_tool_and_on_again(place: Place, line: str) -> None:
    place.autostart.turn_on()
    place.by_hand(f"{place.file.read_text()}X-GNOME-Autostart-Delay=5\n{line}\n")
    assert place.state() is DesktopEntryState.SWITCHED_OFF
    place.autostart.turn_on()
    assert place.state() is DesktopEntryState.ON
    assert "X-GNOME-Autostart-Delay=5\n" in place.file.read_text()


def test_edited_by_hand(place: Place) -> None:
    place.by_hand('# mine\n[Desktop Entry]\nType=Application\nExec=sh -c "sleep 5; timer-app"\n')
    status = place.autostart.status()
    assert (status.state, status.starts) == (DesktopEntryState.OTHER, "sh -c sleep 5; timer-app")
    place.autostart.turn_on()
    assert place.state() is DesktopEntryState.ON
    assert place.file.read_text().startswith("# mine\n")


@pytest.mark.parametrize("exec_", ["/gone/timer-app", '"unclosed', ""])
def test_it_starts_nothing_any_more(place: Place, exec_: str) -> None:
    place.by_hand(f"[Desktop Entry]\nType=Application\nX-Mine=1\nExec={exec_}\n")
    assert place.state() is DesktopEntryState.BROKEN
    place.autostart.turn_on()
    assert place.state() is DesktopEntryState.ON
    assert "X-Mine=1\n" in place.file.read_text()


@pytest.mark.parametrize("text", ["", "rubbish\0\xff\n", "[Desktop Entry]\nExec=x\n"])
def test_a_file_that_says_nothing_is_written_anew(place: Place, text: str) -> None:
    place.by_hand(text)
    assert place.state() is DesktopEntryState.BROKEN
    place.autostart.turn_on()
    assert place.state() is DesktopEntryState.ON


@pytest.mark.parametrize("line", ["OnlyShowIn=KDE;", "NotShowIn=XFCE;GNOME;"])
def test_meant_for_another_desktop(place: Place, line: str) -> None:
    place.autostart.turn_on()
    place.by_hand(f"{place.file.read_text()}{line}\n")
    assert place.state() is DesktopEntryState.OTHER
    place.autostart.turn_on()
    assert place.state() is DesktopEntryState.ON


def test_meant_for_this_desktop(place: Place) -> None:
    place.autostart.turn_on()
    place.by_hand(f"{place.file.read_text()}OnlyShowIn=GNOME;KDE;\n")
    assert place.state() is DesktopEntryState.ON


def test_a_package_starts_it(place: Place) -> None:
    place.packaged.parent.mkdir(parents=True)
    program = program_at(place.root / "bin" / "timer-app")[0]
    place.packaged.write_text(f"[Desktop Entry]\nType=Application\nExec={program}\n")
    assert place.state() is DesktopEntryState.ON
    place.autostart.turn_on()
    assert not place.file.exists()
    place.autostart.turn_off()
    assert place.state() is DesktopEntryState.SWITCHED_OFF
    assert "Hidden=true\n" in place.file.read_text()
    place.autostart.turn_on()
    assert place.state() is DesktopEntryState.ON


def test_a_folder_that_cannot_be_written(place: Place) -> None:
    (place.root / "config").write_text("a file is in the way")
    assert place.state() is DesktopEntryState.BROKEN
    with pytest.raises(DesktopEntryError, match="could not be changed"):
        place.autostart.turn_on()
    with pytest.raises(DesktopEntryError, match="could not be changed"):
        place.autostart.turn_off()
