"""Hot keys of the whole app: pressed while another program has the keyboard."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from Xlib import XK, X
from Xlib.display import Display

from tests.app.conftest import (
    TITLE,
    RunCommand,
    StartApp,
    agree,
    entries_of,
    menu_offer,
    work_before,
)
from tests.conftest import StartProcess
from tests.support.bus import SessionBus
from tests.support.desktop import Desktop
from tests.support.midday import midday_zone, zone_name
from tests.support.notifications import NotificationService
from tests.support.portal import Person, Portal
from tests.support.process import Process
from tests.support.services import Services
from tests.support.tools import tool
from tests.support.tray_host import TrayItem
from tests.support.whole_app import WholeApp

U = "37+64+30"
"""Ctrl+Alt+U by keycodes: where the layout has no U, xdotool would make one."""


def bound(app: WholeApp, keys: str = "Ctrl+Alt+U") -> None:
    """Wait until the desktop gave the app its keys."""
    app.process.wait_line(f"hot keys.*{re.escape(repr(keys))}")


def hotkey(command: RunCommand) -> dict[str, Any]:
    """What `doctor` says of hot keys."""
    (row,) = [row for row in json.loads(command("doctor", "--json")[1]) if row["part"] == "hotkey"]
    assert isinstance(row, dict)
    return row


@pytest.fixture
def other(
    desktop: Desktop, desktop_environment: Mapping[str, str], start_process: StartProcess
) -> Process:
    """Another program; it has the keyboard, and prints what is typed."""
    command = [tool("stdbuf"), "-oL", tool("xev"), "-event", "keyboard"]
    program = start_process(command, env=desktop_environment)
    window = desktop.wait_window()  # it gives its window no title that we could read
    desktop.click(window.centre)
    desktop.wait_active(window)
    return program


@pytest.fixture
def taken(desktop: Desktop) -> Iterator[None]:
    """Another program has Ctrl+Alt+U."""
    display = Display(desktop.display)
    keycode = display.keysym_to_keycode(XK.XK_u)
    display.screen().root.grab_key(
        keycode, X.ControlMask | X.Mod1Mask, False, X.GrabModeAsync, X.GrabModeAsync
    )
    display.sync()
    yield
    display.close()


@pytest.mark.parametrize("state", ["as usual", "Num_Lock", "Caps_Lock", "ru", "us,ru"])
def test_a_key_starts_and_stops_while_another_window_has_the_keyboard(
    app: WholeApp, item: TrayItem, services: Services, desktop: Desktop, other: Process, state: str
) -> None:
    work_before(app, services)
    bound(app)
    if state.endswith("Lock"):
        desktop.key(state)
    elif state != "as usual":
        desktop.layout(state)
    if state == "us,ru":
        desktop.key("ISO_Next_Group")
    try:
        desktop.key(U)
        item.wait_tooltip(TITLE)
        desktop.key(U)
        item.wait_tooltip("Nothing is running")
    finally:
        if state.endswith("Lock"):
            desktop.key(state)
    assert [entry["source"] for entry in entries_of(app)] == ["manual", "hotkey"]
    desktop.layout("us")
    desktop.key("z")
    other.wait_line("keysym 0x7a, z")  # it has had the keyboard all along, and not our key
    assert "keycode 30 " not in other.stdout
    assert app.sync() == 0
    agree(app, services)


def test_a_key_that_is_taken_is_named_and_another_is_taken_without_a_restart(
    taken: None, app: WholeApp, item: TrayItem, services: Services, desktop: Desktop,
    command: RunCommand,
) -> None:  # fmt: skip
    del taken
    work_before(app, services)
    app.process.wait_line("hot keys: .*Taken")
    row = hotkey(command)
    assert row["verdict"] == "note"
    assert "toggle: Ctrl+Alt+U is taken by another program" in row["detail"]
    assert "timer-app toggle" in row["remedy"]
    assert command("config", "set", "hotkeys.toggle", "Ctrl+Alt+Y")[0] == 0
    bound(app, "Ctrl+Alt+Y")
    desktop.key("ctrl+alt+y")
    item.wait_tooltip(TITLE)
    row = hotkey(command)
    assert (row["verdict"], row["detail"]) == ("ok", "toggle: Bound to Ctrl+Alt+Y.")


def test_keys_chosen_in_the_settings_window_work_at_once(
    app: WholeApp, item: TrayItem, services: Services, desktop: Desktop
) -> None:
    work_before(app, services)
    bound(app)
    item.click("Settings")
    window = desktop.wait_window("Settings", pid=app.pid)
    desktop.wait_active(window)
    desktop.layout("ru")
    desktop.key("Down", "Down", "Down", "Tab", "37+64+29")  # Ctrl+Alt+Y of a US keyboard
    bound(app, "Ctrl+Alt+Y")
    assert 'toggle = "Ctrl+Alt+Y"' in (app.home / "settings.toml").read_text()
    desktop.key("37+64+29")  # it is in the field: nothing starts
    desktop.key("Escape", "Tab", "37+64+29")
    item.wait_tooltip(TITLE)
    assert len(entries_of(app)) == 2


def test_a_key_opens_the_panel(
    app: WholeApp, desktop: Desktop, other: Process, command: RunCommand
) -> None:
    bound(app)
    for key, keys in (("open", "Super+O"), ("manual", "F9")):
        assert command("config", "set", f"hotkeys.{key}", keys)[0] == 0
        bound(app, keys)
    for keys, title in (("super+o", "Timer App"), ("F9", "Add time")):
        desktop.key(keys)
        window = desktop.wait_window(title, pid=app.pid)
        desktop.wait_active(window)
        desktop.key("Escape")
        desktop.wait_gone(window)
    assert other.running


@pytest.fixture
def portal(session_bus: SessionBus) -> Iterator[Portal]:
    """The portal, on the bus."""
    with Portal(session_bus.address) as portal:
        portal.start()
        yield portal


@pytest.fixture
def app_environment(
    request: pytest.FixtureRequest, desktop_environment: Mapping[str, str], app_home: Path
) -> Mapping[str, str]:
    """As elsewhere; with a portal the session is one of Wayland."""
    kind = "wayland" if "portal" in request.fixturenames else "x11"
    return {
        **desktop_environment, "XDG_SESSION_TYPE": kind,
        "TIMER_APP_HOME": str(app_home), "TIMER_APP_LOG": "debug",
        "TZ": zone_name(midday_zone()),
    }  # fmt: skip


def test_a_key_of_the_portal(
    portal: Portal, app: WholeApp, item: TrayItem, services: Services, command: RunCommand
) -> None:
    portal.keys = {"toggle": "Press Ctrl+Alt+U"}
    work_before(app, services)
    bound(app, "Press Ctrl+Alt+U")
    assert portal.wait_call("Register").values == ["io.github.timer_app", {}]
    portal.activate("toggle", 5000)
    item.wait_tooltip(TITLE)
    assert entries_of(app)[-1]["source"] == "hotkey"
    assert hotkey(command)["detail"] == "toggle: Bound to Press Ctrl+Alt+U."
    portal.stop()
    app.process.wait_line("hot keys.*LOST")
    assert "lost" in hotkey(command)["detail"]
    portal.start()
    bound(app, "Press Ctrl+Alt+U")
    portal.activate("toggle", 5500)
    item.wait_tooltip("Nothing is running")
    app.quit()
    assert portal.wait_call("Close").path.startswith("/org/freedesktop/portal/desktop/session/")


@pytest.mark.usefixtures("signed_in", "tray_host")
def test_keys_that_the_desktop_keeps_are_changed_in_its_settings(
    portal: Portal, start_app: StartApp, command: RunCommand
) -> None:
    """Plasma keeps what was bound: it is not asked again, and other keys are chosen there."""
    portal.listed_keys = {"toggle": "Meta+T"}
    app = start_app()
    bound(app, "Meta+T")
    assert "BindShortcuts" not in portal.members()
    row = hotkey(command)
    assert row["verdict"] == "ok"
    assert row["remedy"].startswith("Choose the keys in your desktop's own keyboard settings (KDE")
    app.quit()


@pytest.mark.usefixtures("secret_service", "tray_host")
def test_the_portal_does_not_ask_over_the_first_steps(
    portal: Portal, desktop: Desktop, app_home: Path, start_app: StartApp, command: RunCommand
) -> None:
    (app_home / "settings.toml").unlink()
    app = start_app()
    steps = desktop.wait_window("First steps", pid=app.pid)
    desktop.wait_active(steps)
    portal.wait_call("ListShortcuts")
    assert "may ask you in a window of its own" in hotkey(command)["detail"]
    assert "BindShortcuts" not in portal.members()
    desktop.key("Escape")
    desktop.wait_gone(steps)
    bound(app, "CTRL+ALT+U")
    app.quit()


@pytest.mark.usefixtures("signed_in", "tray_host")
def test_the_portals_window_holds_up_nothing(
    portal: Portal, start_app: StartApp, command: RunCommand
) -> None:
    portal.person = Person.LEAVES_IT_OPEN
    app = start_app()
    portal.wait_call("BindShortcuts")
    assert app.status()["state"] == "idle"
    assert "may ask you in a window of its own" in hotkey(command)["detail"]
    app.quit()
    assert portal.wait_call("Close").path.startswith("/org/freedesktop/portal/desktop/request/")


@pytest.mark.usefixtures("signed_in", "tray_host")
def test_no_portal_on_the_desktop(portal: Portal, start_app: StartApp, command: RunCommand) -> None:
    portal.stop()
    app = start_app()
    app.process.wait_line("hot keys.*NO_PORTAL")
    row = hotkey(command)
    assert row["detail"] == "toggle: This desktop has no portal that binds keys for programs."
    assert row["remedy"] == (
        "Bind this command to a key in your desktop's settings: timer-app toggle"
    )
    app.quit()


@pytest.mark.usefixtures("signed_in", "tray_host")
def test_who_has_no_menu_entry_is_offered_one_once_and_then_has_keys(
    portal: Portal, session_bus: SessionBus, app_home: Path, start_app: StartApp,
    command: RunCommand,
) -> None:  # fmt: skip
    """A portal knows a program by its desktop file, and looks once for each connection."""
    menu_offer(app_home).unlink()
    portal.installed = False
    with NotificationService(session_bus.address) as service:
        service.start()
        app = start_app()
        service.wait("Timer App")
        app.process.wait_line("hot keys.*An app id is required")
        portal.installed = True
        service.press("Add to the menu")
        bound(app, "CTRL+ALT+U")
        assert json.loads(command("desktop", "status", "--json")[1])["state"] == "on"
        app.quit()
        command("desktop", "remove")
        app = start_app()
        bound(app, "CTRL+ALT+U")
        assert len(service.told) == 1
        app.quit()
