"""A second start at bad moments, and that the window it brings up really is in front."""

from __future__ import annotations

import json
import signal
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.app.conftest import TITLE, RunCommand, StartApp, work_before
from tests.conftest import StartProcess
from tests.support.desktop import Desktop, Window
from tests.support.limits import TIME_LIMIT
from tests.support.services import START, Services
from tests.support.tray_host import TrayHost
from tests.support.whole_app import WholeApp
from timer_app.adapters.file_lock import acquire_file_lock
from timer_app.sandbox import FaultKind


@pytest.mark.parametrize("before", ["closed", "behind", "minimised"])
def test_the_window_comes_to_the_front_with_the_keyboard(
    app: WholeApp, desktop: Desktop, other_window: Window, command: RunCommand, before: str
) -> None:
    """By the time of now: a window manager refuses a request older than the person's last key."""
    opened = desktop.server_time()
    app.ask("raise")
    panel = desktop.wait_window("Timer App", pid=app.pid)
    desktop.wait_active(panel)
    desktop.wait(lambda: desktop.windows() and desktop.user_time(panel) >= opened, "it to be up")
    if before == "closed":
        desktop.key("Escape")
        desktop.wait_gone(panel)
    elif before == "minimised":
        desktop.minimise(panel)
    desktop.click(other_window.centre)
    desktop.wait_active(other_window)
    desktop.type("words")
    now = desktop.server_time()
    assert command()[0] == 0
    panel = desktop.wait_window("Timer App", pid=app.pid)
    desktop.wait_active(panel)
    desktop.wait(lambda: desktop.windows() and desktop.user_time(panel) >= now, "the time of now")
    desktop.type("typed at once")
    app.process.wait_line("Kaiten GET .*cards -> 200")  # the search field has the keyboard


def test_a_second_start_loads_no_qt(
    app: WholeApp, start_process: StartProcess, app_environment: Mapping[str, str]
) -> None:
    words = ["python", "-X", "importtime", "-m", "timer_app"]
    second = start_process(words, env=app_environment)
    assert second.wait() == 0
    assert "timer_app.tray.launch" in second.stderr
    assert "PySide6" not in second.stderr
    assert app.process.running


@pytest.mark.usefixtures("signed_in")
def test_of_many_that_start_at_once_one_stays(
    tray_host: TrayHost,
    start_process: StartProcess,
    app_environment: Mapping[str, str],
    app_home: Path,
) -> None:
    """With the socket of a dead one lying about."""
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(app_home / "run" / "app.sock"))
    all_ = [start_process(["timer-app"], env=app_environment) for _ in range(5)]
    item = tray_host.wait_item()
    (first,) = [process for process in all_ if process.pid == item.pid]
    for process in all_:
        if process is not first:
            assert process.wait() == 0, process.transcript()
    assert first.running
    assert [each.pid for each in tray_host.items()] == [first.pid]


def test_a_start_while_the_first_is_quitting_becomes_the_app(
    app: WholeApp,
    tray_host: TrayHost,
    services: Services,
    start_process: StartProcess,
    app_environment: Mapping[str, str],
) -> None:
    services.plan(FaultKind.PAUSE, START)
    app.ask("start", task="Pause", wait="0")
    services.arrived(START)
    app.process.send(signal.SIGTERM)
    app.process.wait_line("timer_app.tray.lifecycle quitting")
    second = WholeApp(start_process(["timer-app"], env=app_environment), app.home)
    services.release()
    assert app.process.wait() == 0
    second.wait_started()
    tray_host.wait_item(second.pid)
    assert second.status()["entry"]["task"] == "Pause"


@pytest.mark.usefixtures("signed_in", "tray_host")
def test_a_request_that_the_first_one_took_and_did_not_answer(
    start_process: StartProcess, app_environment: Mapping[str, str], app_home: Path
) -> None:
    """It ended in between; whoever starts then is the app."""
    run = app_home / "run"
    lock = acquire_file_lock(str(run / "app.lock"))
    assert lock
    with socket.socket(socket.AF_UNIX) as listening:
        listening.settimeout(TIME_LIMIT)
        listening.bind(str(run / "app.sock"))
        listening.listen()
        environment = {**app_environment, "XDG_ACTIVATION_TOKEN": "token-1"}
        second = WholeApp(start_process(["timer-app"], env=environment), app_home)
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as lines:
            asked = json.loads(lines.readline())
    lock.release()
    assert (asked["command"], asked["words"]) == ("raise", {"activation": "token-1"})
    second.wait_started()
    assert second.status()["state"] == "idle"


@pytest.mark.slow
def test_a_first_one_that_hangs_is_named(
    app: WholeApp,
    start_process: StartProcess,
    app_environment: Mapping[str, str],
    tray_host: TrayHost,
) -> None:
    app.process.send(signal.SIGSTOP)
    second = start_process(["timer-app"], env=app_environment)
    assert second.wait() == 1
    assert "did not answer" in second.stderr
    app.process.send(signal.SIGCONT)
    assert app.status()["state"] == "idle"
    assert [each.pid for each in tray_host.items()] == [app.pid]


@pytest.mark.parametrize(
    ("words", "title"),
    [(("desktop", "start"), "Timer App"), (("desktop", "stop"), "Timer App"),
     (("manual",), "Add time")],
)  # fmt: skip
def test_the_desktop_files_actions_in_a_running_app(
    app: WholeApp, desktop: Desktop, command: RunCommand, words: tuple[str, ...], title: str
) -> None:
    """With nothing to start, and nothing to stop, the panel comes up and says so."""
    assert command(*words)[0] == 0
    desktop.wait_active(desktop.wait_window(title, pid=app.pid))
    assert app.status()["state"] == "idle"


def test_start_and_stop_from_the_desktop_file(
    app: WholeApp, desktop: Desktop, services: Services, command: RunCommand
) -> None:
    work_before(app, services)
    assert command("desktop", "start")[0] == 0
    entry = app.status()["entry"]
    assert entry["task"] == TITLE
    assert command("desktop", "start")[0] == 0  # it runs already: shown, and not begun anew
    desktop.wait_window("Timer App", pid=app.pid)
    assert app.status()["entry"] == entry
    assert command("desktop", "stop")[0] == 0
    assert app.status()["state"] == "idle"
    assert app.sync() == 0
    assert len(services.entries()) == 2


def test_the_actions_start_the_app(
    app: WholeApp,
    tray_host: TrayHost,
    services: Services,
    start_process: StartProcess,
    app_environment: Mapping[str, str],
    start_app: StartApp,
) -> None:
    work_before(app, services)
    app.quit()
    for action, state in (("start", "running"), ("stop", "idle")):
        words = ["timer-app", "desktop", action]
        again = WholeApp(start_process(words, env=app_environment), app.home)
        again.wait_started()
        tray_host.wait_item(again.pid)
        assert again.status()["state"] == state
        again.quit()
    assert start_app().status()["state"] == "idle"
