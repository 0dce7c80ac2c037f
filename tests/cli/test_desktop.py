"""`autostart` and `desktop`: the app's entries in the desktop, and what doctor says of them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.tools import tool
from timer_app.adapters.setup.desktop_entry.xdg_dirs import DESKTOP_FILE

if TYPE_CHECKING:
    from tests.cli.support import TimerApp

KIND = "x-scheme-handler/timer-app"


def autostart_file(app: TimerApp) -> Path:
    """Where the entry is."""
    return Path(app.environment["XDG_CONFIG_HOME"]) / "autostart" / DESKTOP_FILE


def desktop_file(app: TimerApp) -> Path:
    """Where the desktop file is."""
    return Path(app.environment["XDG_DATA_HOME"]) / "applications" / DESKTOP_FILE


def test_autostart(bare_app: TimerApp) -> None:
    assert bare_app.json("autostart", "status")["state"] == "off"
    ended = bare_app.run("autostart", "on")
    assert (ended.out, "starts when you log in" in ended.err) == ("", True)
    status = bare_app.json("autostart", "status")
    assert (status["state"], status["where"]) == ("on", str(autostart_file(bare_app)))
    assert Path(status["starts"]).name == "timer-app"
    assert "starts when you log in" in bare_app.run("autostart", "status").out
    assert bare_app.json("autostart", "off")["state"] == "off"
    assert not autostart_file(bare_app).exists()
    assert not bare_app.home.exists()  # no settings, no journal: the desktop's entry is the truth


@pytest.mark.parametrize("command", [("autostart", "on"), ("desktop", "install")])
def test_what_cannot_be_written_is_refused(
    bare_app: TimerApp, tmp_path: Path, command: tuple[str, str]
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    bare_app.environment |= {"XDG_CONFIG_HOME": str(in_the_way), "XDG_DATA_HOME": str(in_the_way)}
    ended = bare_app.run(*command, "--json", code=1)
    assert "could not be" in ended.document["error"]


def test_the_menu_entry_opens_links(bare_app: TimerApp) -> None:
    """As gio and xdg-mime see it, which browsers ask."""
    assert bare_app.json("desktop", "status")["state"] == "off"
    bare_app.run("desktop", "install")
    assert bare_app.json("desktop", "status")["state"] == "on"
    subprocess.run([tool("desktop-file-validate"), str(desktop_file(bare_app))], check=True)
    for words in ((tool("gio"), "mime", KIND), (tool("xdg-mime"), "query", "default", KIND)):
        asked = subprocess.run(
            words, env=bare_app.environment, capture_output=True, text=True, check=True
        )
        assert DESKTOP_FILE in asked.stdout, words
    bare_app.run("desktop", "remove")
    assert bare_app.json("desktop", "status")["state"] == "off"
    asked = subprocess.run(
        [tool("gio"), "mime", KIND], env=bare_app.environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert DESKTOP_FILE not in asked.stdout


def test_doctor_names_both_and_the_remedy(bare_app: TimerApp) -> None:
    def rows(code: int) -> dict[str, dict[str, str]]:
        return {row["part"]: row for row in bare_app.json("doctor", code=code)}

    found = rows(0)
    assert (found["links"]["verdict"], found["links"]["remedy"]) == (
        "note", "timer-app desktop install",
    )  # fmt: skip
    bare_app.run("desktop", "install")
    bare_app.run("autostart", "on")
    found = rows(0)
    assert [found[part]["verdict"] for part in ("autostart", "links")] == ["ok", "ok"]
    for path in (autostart_file(bare_app), desktop_file(bare_app)):
        path.write_text(path.read_text().replace("Exec=", "Exec=/gone"))
    found = rows(4)
    for part in ("autostart", "links"):
        assert found[part]["verdict"] == "problem"
        assert "not there: /gone" in found[part]["detail"]
        assert found[part]["remedy"].startswith("timer-app ")


def test_wrong_usage(bare_app: TimerApp) -> None:
    bare_app.run("autostart", code=2)
    bare_app.run("autostart", "maybe", code=2)
    bare_app.run("desktop", code=2)
    ended = bare_app.run("timer-app://stop", "--at", "09:00", code=2)
    assert "takes no other words" in ended.err
    assert shutil.which("timer-app")
