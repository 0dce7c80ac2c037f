"""The desktop file: installed, taken away, noticed when it starts nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.adapters.setup.desktop_entry.support import program_at, xdg_dirs_below
from tests.support.environment import ROOT
from tests.support.tools import tool
from timer_app.adapters.setup.desktop_entry.keyfile import MAIN, exec_words, read
from timer_app.adapters.setup.desktop_entry.url_handler import MIME_TYPE, XdgUrlHandler
from timer_app.adapters.setup.desktop_entry.xdg_dirs import DESKTOP_FILE
from timer_app.services.setup.desktop_integration import DesktopEntryError, DesktopEntryState

RESOURCE = ROOT / "resources" / DESKTOP_FILE


class Place:
    """A user's folders with our entries in them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.command = program_at(root / "my apps" / "timer-app")
        self.ran: list[Sequence[str]] = []
        self.links = self.of(self.command)
        self.file = root / "data" / "applications" / DESKTOP_FILE
        self.icon = root / "data/icons/hicolor/scalable/apps/io.github.timer_app.svg"
        self.list = root / "config" / "mimeapps.list"

    def of(self, command: tuple[str, ...]) -> XdgUrlHandler:
        """What another installation sees."""
        return XdgUrlHandler(command, xdg_dirs_below(self.root, "gnome"), self.ran.append)

    def state(self) -> DesktopEntryState:
        """The state of it."""
        return self.links.status().state

    def files(self) -> dict[str, bytes]:
        """All that is there."""
        return {str(p): p.read_bytes() for p in self.root.rglob("*") if p.is_file()}

    def package(self, exec_: str) -> Path:
        """A package of the distribution brings its desktop file."""
        path = self.root / "share" / "applications" / DESKTOP_FILE
        path.parent.mkdir(parents=True)
        path.write_text(RESOURCE.read_text().replace("Exec=timer-app %u", f"Exec={exec_} %u"))
        (path.parent / "mimeinfo.cache").write_text(f"[MIME Cache]\n{MIME_TYPE}={DESKTOP_FILE};\n")
        return path


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Nothing is installed."""
    return Place(tmp_path)


def test_the_file_is_valid() -> None:
    subprocess.run([tool("desktop-file-validate"), str(RESOURCE)], check=True)


def test_every_action_and_language_is_there() -> None:
    entries = read(str(RESOURCE))
    assert entries
    actions = (entries.get(MAIN, "Actions") or "").split(";")
    assert actions == ["Start", "Stop", "AddTime", ""]
    for language in ("", "[ru]", "[ja]"):
        for key in ("Name", "GenericName", "Comment", "Keywords"):
            assert entries.get(MAIN, key + language)
        for action in actions[:-1]:
            assert entries.get(f"Desktop Action {action}", f"Name{language}")


def test_installed_and_taken_away(place: Place) -> None:
    assert place.state() is DesktopEntryState.OFF
    before = place.files()
    place.links.turn_on()
    assert place.state() is DesktopEntryState.ON
    entries = read(str(place.file))
    assert entries
    subprocess.run([tool("desktop-file-validate"), str(place.file)], check=True)
    started = {
        group: exec_words(entries.get(group, "Exec") or "")
        for group in (MAIN, "Desktop Action Start", "Desktop Action Stop", "Desktop Action AddTime")
    }
    assert started == {
        MAIN: place.command,
        "Desktop Action Start": (*place.command, "desktop", "start"),
        "Desktop Action Stop": (*place.command, "desktop", "stop"),
        "Desktop Action AddTime": (*place.command, "manual"),
    }
    assert place.icon.read_bytes() == (ROOT / "resources/icons/timer-app.svg").read_bytes()
    assert [command[0] for command in place.ran] == ["update-desktop-database"]
    installed = place.files()
    place.links.turn_on()
    assert place.files() == installed
    place.links.turn_off()
    assert place.state() is DesktopEntryState.OFF
    left = place.files()
    left.pop(str(place.list))
    assert left == before
    place.links.turn_off()


def test_what_the_user_chose_for_other_kinds_stays(place: Place) -> None:
    place.list.parent.mkdir()
    mine = f"# mine\n[Default Applications]\ntext/html=firefox.desktop;\n{MIME_TYPE}=old.desktop;\n"
    place.list.write_text(mine)
    place.links.turn_on()
    assert f"{MIME_TYPE}={DESKTOP_FILE};old.desktop;" in place.list.read_text()
    assert place.state() is DesktopEntryState.ON
    place.links.turn_off()
    assert place.list.read_text() == mine


def test_another_app_opens_the_links(place: Place) -> None:
    place.links.turn_on()
    (place.file.parent / "other.desktop").write_text("[Desktop Entry]\n")
    (place.list.parent / "gnome-mimeapps.list").write_text(
        f"[Default Applications]\n{MIME_TYPE}=gone.desktop;other.desktop;\n"
    )
    status = place.links.status()
    assert (status.state, status.starts) == (DesktopEntryState.OTHER, "other.desktop")


def test_the_program_is_gone(place: Place) -> None:
    place.links.turn_on()
    moved = place.of(program_at(place.root / "new" / "timer-app"))
    assert moved.status().state is DesktopEntryState.OTHER
    Path(place.command[0]).unlink()
    status = moved.status()
    assert (status.state, status.where) == (DesktopEntryState.BROKEN, str(place.file))
    assert status.starts == place.command[0]
    moved.turn_on()
    assert moved.status().state is DesktopEntryState.ON


def test_hidden_by_an_editor_of_menus(place: Place) -> None:
    place.links.turn_on()
    text = place.file.read_text()
    place.file.write_text(text.replace("Type=Application\n", "Type=Application\nHidden=true\n"))
    assert place.state() is DesktopEntryState.SWITCHED_OFF
    place.links.turn_on()
    assert place.state() is DesktopEntryState.ON


def test_a_package_brought_it(place: Place) -> None:
    place.package(program_at(place.root / "bin" / "timer-app")[0])
    assert place.state() is DesktopEntryState.ON
    place.links.turn_on()
    assert not place.file.exists()
    place.links.turn_off()
    assert place.state() is DesktopEntryState.SWITCHED_OFF
    place.links.turn_on()
    assert place.state() is DesktopEntryState.ON


def test_a_package_whose_program_is_gone(place: Place) -> None:
    place.package("/gone/timer-app")
    assert place.state() is DesktopEntryState.BROKEN
    place.links.turn_on()
    assert place.file.exists()
    assert place.state() is DesktopEntryState.ON


def test_a_folder_that_cannot_be_written(place: Place) -> None:
    (place.root / "data").write_text("a file is in the way")
    with pytest.raises(DesktopEntryError, match="could not be written"):
        place.links.turn_on()


def test_without_update_desktop_database(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(place.root))
    place.links.turn_on()
    assert place.ran == []
    assert place.state() is DesktopEntryState.ON
