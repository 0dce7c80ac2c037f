"""Keyring, tray and session bus that are absent, late, locked, silent or restarted.

Each is driven from outside, with real daemons; nobody clicks to have the app go on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.conftest import agree, work_before
from tests.app.session import Session
from tests.app.test_ending import PATIENCE, SLACK
from tests.conftest import StartProcess
from tests.support.desktop import Desktop, Trayer
from tests.support.environment import Home
from tests.support.prepared import PreparedInterpreter
from tests.support.process import Process
from tests.support.services import START, Services
from tests.support.whole_app import WholeApp


@pytest.fixture
def session(
    home: Home,
    desktop: Desktop,
    app_home: Path,
    services: Services,
    start_process: StartProcess,
    prepared: PreparedInterpreter,
) -> Iterator[Session]:
    """A session with a bus and nothing else; both tokens are in the keyring that is to come."""
    with Session(home, desktop, services, app_home, start_process, prepared) as session:
        session.sign_in()
        yield session


def states(app: WholeApp) -> dict[str, str]:
    """How the app sees keyring, tray and buses."""
    document = app.ask("surroundings")["document"]
    assert isinstance(document, dict)
    return document


def examined(doctor: Process) -> dict[str, dict[str, str]]:
    """What `doctor --json` found, by part."""
    doctor.wait()
    return {row["part"]: row for row in json.loads(doctor.stdout)}


def all_is_told(app: WholeApp, services: Services) -> None:
    """With the stop, a start that was told late has its true time."""
    app.ask("stop", wait="0")
    assert app.sync() == 0
    agree(app, services)


def quit_in_time(app: WholeApp) -> None:
    """It ends as asked, whatever hangs, and without a complaint."""
    before = time.monotonic()
    assert app.process.terminate() == 0, app.process.transcript()
    assert time.monotonic() - before < PATIENCE + SLACK
    assert not app.complaints(), app.process.transcript()


# -------------------------------------------------------------------- the keyring


def test_a_keyring_that_comes_late_is_found_by_itself(session: Session, services: Services) -> None:
    host = session.begin_tray()
    app = session.start_app()
    item = host.wait_item(app.pid)
    app.ask("start", task="Early", wait="0")
    item.wait_tooltip("TimeCrowd: there is no keyring, 1 waiting")
    row = examined(session.command("doctor", "--json"))["keyring"]
    assert (row["verdict"], "Secret Service" in row["remedy"]) == ("problem", True)
    session.begin_keyring()
    services.answered(START)
    item.wait(lambda facts: "keyring" not in facts.tooltip, "the trouble to be over")
    assert states(app)["keyring"] == "works"
    all_is_told(app, services)
    quit_in_time(app)


def test_a_keyring_that_is_unlocked_is_asked_by_itself(
    session: Session, services: Services
) -> None:
    host, keyring = session.begin_tray(), session.begin_keyring()
    keyring.lock()
    app = session.start_app()
    item = host.wait_item(app.pid)
    app.ask("start", task="Locked out", wait="0")
    item.wait_tooltip("TimeCrowd: the keyring is locked, 1 waiting")
    assert examined(session.command("doctor", "--json"))["keyring"]["detail"] == "It is locked."
    assert services.count(START) == 0
    keyring.unlock()
    services.answered(START)
    item.wait(lambda facts: "keyring" not in facts.tooltip, "the trouble to be over")
    all_is_told(app, services)
    quit_in_time(app)


def test_a_prompt_that_is_put_away_does_not_come_back_at_each_click(
    session: Session, desktop: Desktop, services: Services
) -> None:
    host, keyring = session.begin_tray(), session.begin_keyring()
    keyring.lock()
    keyring.allow_prompts()
    app = session.start_app()
    item = host.wait_item(app.pid)
    app.ask("start", task="Prompted", wait="0")
    prompt = desktop.wait_window("Unlock")
    item.wait_tooltip("TimeCrowd: the keyring waits for its password")
    assert states(app)["keyring"] == "prompting"
    desktop.key("Escape")
    item.wait_tooltip("TimeCrowd: the prompt for the keyring's password was dismissed")
    desktop.wait_gone(prompt)
    for _ in range(3):
        item.activate()
    # The entry or a question before it was tried, and nobody was asked: the prompt took seconds.
    app.process.wait_line("outcome=Unauthorized|-> Unauthorized in [0-9]{1,3} ms")
    assert not [window for window in desktop.windows() if "Unlock" in window.title]
    sync = session.command("sync", "--wait", "20")  # who says so is asked
    desktop.wait_window("Unlock")
    desktop.type("a password for tests")
    desktop.key("Return")
    assert sync.wait() == 0, sync.transcript()
    all_is_told(app, services)
    quit_in_time(app)


def test_a_keyring_is_unlocked_beside_the_prompt_of_the_app(
    session: Session, desktop: Desktop, services: Services
) -> None:
    """By another program: nobody answers the prompt, and what waits is delivered all the same."""
    keyring = session.begin_keyring()
    keyring.lock()
    keyring.allow_prompts()
    app = session.start_app()
    app.ask("start", task="Beside", wait="0")
    desktop.wait_window("Unlock")
    keyring.unlock()
    services.answered(START)
    quit_in_time(app)


def test_a_keyring_that_hangs_holds_nothing_up_and_another_one_is_asked(
    session: Session, services: Services
) -> None:
    host, keyring = session.begin_tray(), session.begin_keyring()
    keyring.hang()
    app = session.start_app()
    item = host.wait_item(app.pid)
    app.ask("start", task="Hung", wait="0")
    item.wait_tooltip("Hung  0:00")
    assert states(app)["keyring"] == "unasked"  # that is: before it was given up
    item.wait_tooltip("TimeCrowd: the keyring does not answer, 1 waiting")
    before = time.monotonic()
    found = examined(session.command("doctor", "--json"))
    assert (found["keyring"]["verdict"], found["session bus"]["verdict"]) == ("problem", "ok")
    assert time.monotonic() - before < SLACK
    keyring.close()
    session.begin_keyring()
    services.answered(START)
    item.wait(lambda facts: "keyring" not in facts.tooltip, "the trouble to be over")
    all_is_told(app, services)
    quit_in_time(app)


def test_a_keyring_that_hangs_does_not_hold_up_quitting(session: Session) -> None:
    host, keyring = session.begin_tray(), session.begin_keyring()
    keyring.hang()
    app = session.start_app()
    host.wait_item(app.pid)
    app.ask("start", task="Hung", wait="0")
    quit_in_time(app)


def test_the_keyring_is_killed_under_its_prompt(
    session: Session, desktop: Desktop, services: Services
) -> None:
    """Who asked it would wait for ever: whoever comes after it is asked all the same."""
    host, keyring = session.begin_tray(), session.begin_keyring()
    keyring.lock()
    keyring.allow_prompts()
    app = session.start_app()
    item = host.wait_item(app.pid)
    app.ask("start", task="Killed", wait="0")
    desktop.wait_window("Unlock")
    item.wait_tooltip("TimeCrowd: the keyring waits for its password")
    keyring.close()
    item.wait_tooltip("TimeCrowd: there is no keyring")
    session.begin_keyring()
    services.answered(START)
    all_is_told(app, services)
    quit_in_time(app)


@pytest.mark.parametrize("trouble", ["absent", "locked", "hangs", "bus hangs"])
def test_a_command_without_the_app_keeps_to_its_wait(session: Session, trouble: str) -> None:
    if trouble in ("locked", "hangs"):
        keyring = session.begin_keyring()
        keyring.lock() if trouble == "locked" else keyring.hang()
    if trouble == "bus hangs":
        session.bus.hang()
    before = time.monotonic()
    start = session.command("start", "--task", "Alone", "--wait", "4")
    assert start.wait() == 3, start.transcript()
    assert time.monotonic() - before < 4 + SLACK
    said = {"absent": "There is no keyring", "locked": "is locked"}
    assert said.get(trouble, "keyring does not answer") in start.transcript()
    assert "Saved on this computer" in start.stderr


# -------------------------------------------------------------------- the session bus


def test_a_bus_that_is_restarted_brings_the_icon_back(session: Session, services: Services) -> None:
    host = session.begin_tray()
    session.begin_keyring()
    app = session.start_app()
    host.wait_item(app.pid)
    app.ask("start", task="Before")
    session.bus.close()
    app.process.wait_line("session bus=lost")
    assert (states(app)["session_bus"], states(app)["tray"]) == ("lost", "gone")
    app.ask("start", task="Meanwhile", wait="0")
    session.begin_bus()
    session.begin_keyring()
    item = session.begin_tray().wait_item(app.pid)  # the same process
    item.wait_tooltip("Meanwhile  0:00")
    assert app.wait_started()
    assert (states(app)["session_bus"], states(app)["tray"]) == ("connected", "shown")
    item.click("Stop")
    item.wait_tooltip("Nothing is running")
    all_is_told(app, services)
    quit_in_time(app)


def test_without_a_tray_a_bus_that_is_restarted_is_listened_to_again(
    session: Session, services: Services
) -> None:
    app = session.start_app()
    app.process.wait_line("keyring and tray are watched")
    session.bus.close()
    app.process.wait_line("session bus=lost")
    app.ask("start", task="Early", wait="0")
    app.process.wait_line("keyring=absent")
    session.begin_bus()
    session.begin_keyring()
    services.answered(START)
    assert states(app)["session_bus"] == "connected"
    assert not app.process.stderr.count("restarting")
    quit_in_time(app)


def test_a_bus_that_is_silent_at_the_start(session: Session, desktop: Desktop) -> None:
    """Qt alone would wait for it for minutes, with neither icon nor window."""
    host = session.begin_tray()
    session.bus.hang()
    before = time.monotonic()
    app = session.start_app(own_interpreter=True)
    assert time.monotonic() - before < 2 * SLACK
    desktop.wait_window("Timer App", pid=app.pid)
    assert app.ask("start", task="Silence", wait="0")["exit"] == 3
    assert (states(app)["session_bus"], states(app)["tray"]) == ("silent", "none here")
    session.bus.go_on()
    item = host.wait_item(app.pid)
    item.wait_tooltip("Silence  0:00")
    app.wait_started()
    quit_in_time(app)


def test_a_bus_that_falls_silent_holds_nothing_up(session: Session) -> None:
    host = session.begin_tray()
    app = session.start_app()
    host.wait_item(app.pid)
    session.bus.hang()
    before = time.monotonic()
    for _ in range(10):
        app.ask("toggle", task="Silence", wait="0")
        app.ask("raise")
    assert time.monotonic() - before < SLACK
    assert states(app)["session_bus"] == "silent"
    quit_in_time(app)


# -------------------------------------------------------------------- the tray


def test_a_tray_that_hangs_holds_nothing_up(session: Session) -> None:
    host = session.begin_tray()
    with host.hanging():
        app = session.start_app()
        before = time.monotonic()
        for _ in range(10):
            app.ask("toggle", task="Hanging", wait="0")
        assert time.monotonic() - before < SLACK
    item = host.wait_item(app.pid)
    with host.hanging():
        quit_in_time(app)
    assert item.service


def test_a_tray_that_goes_is_said_and_comes_back(session: Session) -> None:
    host = session.begin_tray()
    app = session.start_app()
    host.wait_item(app.pid)
    host.stop()
    app.process.wait_line("tray=gone")
    assert "comes back" in examined(session.command("doctor", "--json"))["tray"]["detail"]
    host.start()
    host.wait_item(app.pid)
    assert states(app)["tray"] == "shown"
    quit_in_time(app)


def test_an_older_tray_that_comes_late_and_is_restarted(
    session: Session, desktop: Desktop, services: Services
) -> None:
    session.begin_keyring()
    app = session.start_app()
    work_before(app, services)
    assert states(app)["tray"] == "none here"
    with Trayer(desktop):
        desktop.wait_tray_icon(pid=app.pid)
        assert states(app)["tray"] == "shown"
    with Trayer(desktop):
        icon = desktop.wait_tray_icon(pid=app.pid)
        desktop.click(icon.centre)
        services.answered(START, 2)
    quit_in_time(app)
