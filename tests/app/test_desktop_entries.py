"""The desktop file and autostart with the whole app: opened by the desktop, mended by the app."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.app.conftest import RunCommand, StartApp, card_address
from tests.conftest import StartProcess
from tests.support.desktop import Desktop
from tests.support.environment import Home
from tests.support.limits import TIME_LIMIT
from tests.support.services import Services
from tests.support.tools import tool
from tests.support.tray_host import TrayHost
from tests.support.whole_app import WholeApp
from timer_app.adapters.setup.desktop_entry.xdg_dirs import DESKTOP_FILE

QUESTION = "Timer App: a link"


@pytest.mark.parametrize("opener", [("gio", "open"), ("xdg-open",)])
def test_a_link_is_opened_by_the_desktop(
    app: WholeApp,
    desktop: Desktop,
    services: Services,
    command: RunCommand,
    app_environment: Mapping[str, str],
    opener: tuple[str, ...],
) -> None:
    assert command("desktop", "install")[0] == 0
    program, *words = opener
    link = f"timer-app://start?card={card_address(services)}&comment=it%20is%20100%25"
    subprocess.run(
        [tool(program), *words, link], env=dict(app_environment), check=True, timeout=TIME_LIMIT
    )
    window = desktop.wait_window(QUESTION, pid=app.pid)
    desktop.wait_active(window)
    app.process.wait_line("the card of a link was asked for: found=True")
    desktop.key("alt+s")
    desktop.wait_gone(window)
    assert app.status()["entry"]["comment"] == "it is 100%"


def test_the_login_starts_it(
    signed_in: object,
    tray_host: TrayHost,
    command: RunCommand,
    home: Home,
    app_environment: Mapping[str, str],
    start_process: StartProcess,
) -> None:
    """By the entry's own line, as a session manager starts it."""
    assert signed_in
    assert command("autostart", "on")[0] == 0
    entry = home.config / "autostart" / DESKTOP_FILE
    start_process([tool("gio"), "launch", str(entry)], env=app_environment)
    item = tray_host.wait_item()
    assert item.pid
    assert command("quit")[0] == 0
    tray_host.wait_no_item()


def test_what_starts_a_program_that_is_gone_is_mended(
    signed_in: object, tray_host: object, home: Home, command: RunCommand, start_app: StartApp
) -> None:
    assert signed_in
    assert tray_host
    assert command("autostart", "on")[0] == 0
    assert command("desktop", "install")[0] == 0
    autostart = home.config / "autostart" / DESKTOP_FILE
    entry = home.data / "applications" / DESKTOP_FILE
    texts = {path: path.read_text() for path in (autostart, entry)}
    for path, text in texts.items():
        path.write_text(text.replace("Exec=", "Exec=/moved"))
    app = start_app()
    for _ in texts:
        app.process.wait_line("mended .*: its program was gone")
    for path, text in texts.items():
        assert path.read_text() == text


def test_what_nobody_asked_for_is_not_installed(
    app: WholeApp, home: Home, command: RunCommand
) -> None:
    assert app.status()["state"] == "idle"
    assert command("doctor")[0] in (0, 4)
    for folder in (home.config / "autostart", home.data / "applications"):
        assert not Path(folder).exists()
