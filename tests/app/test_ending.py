"""However the app ends, nothing is lost and nothing is told twice."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tests.app.conftest import TITLE, StartApp, agree, card_address, entries_of, work_before
from tests.conftest import StartProcess
from tests.support.process import Process
from tests.support.services import LOG, START, STOP, Services
from tests.support.tray_host import TrayHost, TrayItem
from tests.support.whole_app import Row, WholeApp, journal_rows
from timer_app.sandbox import FaultKind

PATIENCE = 3.0  # what the app gives a call under way when it quits
SLACK = 5.0  # seconds that starting and ending a process may take on a busy machine
NOT_WAITED_FOR = "the delivery under way is not waited for any longer"


def quit_by_menu(process: object, item: TrayItem) -> None:
    """Choose Quit."""
    assert process
    item.click("Quit")


def quit_by_sigterm(process: Process, item: object) -> None:
    """As a session's end does it."""
    assert item
    process.send(signal.SIGTERM)


def quit_by_sigint(process: Process, item: object) -> None:
    """As Ctrl+C does it."""
    assert item
    process.send(signal.SIGINT)


def quit_by_sighup(process: Process, item: object) -> None:
    """As a terminal or an X session's end does it."""
    assert item
    process.send(signal.SIGHUP)


WAYS = [quit_by_menu, quit_by_sigterm, quit_by_sigint, quit_by_sighup]


@pytest.mark.parametrize("end", WAYS)
def test_it_ends_well_and_goes_on_where_it_was(
    app: WholeApp, item: TrayItem, start_app: StartApp, services: Services, end: object
) -> None:
    assert callable(end)
    work_before(app, services)
    item.activate()
    item.wait_tooltip(TITLE)
    end(app.process, item)
    assert app.process.wait() == 0
    assert not app.socket.exists()
    again = start_app()
    assert again.status()["state"] == "running"
    again.ask("stop")
    assert again.sync() == 0
    agree(again, services)


@pytest.mark.parametrize("end", [quit_by_menu, quit_by_sigterm])
def test_it_ends_in_time_while_a_call_hangs(
    app: WholeApp, item: TrayItem, start_app: StartApp, services: Services, end: object
) -> None:
    assert callable(end)
    services.plan(FaultKind.HANG_BEFORE_COMMIT, START)
    app.ask("start", task="Hang", wait="0")
    services.arrived(START)
    before = time.monotonic()
    end(app.process, item)
    assert app.process.wait() == 0
    assert time.monotonic() - before < PATIENCE + SLACK
    app.process.wait_line(NOT_WAITED_FOR)
    again = start_app()
    assert again.status()["state"] == "running"
    again.process.wait_line("deliveries=1 were being sent when a process ended: unknown now")
    assert again.sync() == 0
    agree(again, services)


@pytest.mark.parametrize(
    ("command", "question", "exit_code"),
    [("audit", ("GET", "/user/time_entries"), 1), ("sync", ("GET", "/working_users"), 0)],
    ids=["audit", "sync"],
)
@pytest.mark.parametrize("end", [quit_by_menu, quit_by_sigterm])
def test_a_question_that_hangs_does_not_hold_up_the_end(
    app: WholeApp,
    item: TrayItem,
    services: Services,
    command: str,
    question: tuple[str, str],
    exit_code: int,
    end: object,
) -> None:
    """It changes nothing, so it is broken off; whoever asked is told."""
    assert callable(end)
    work_before(app, services)
    asked_before = services.count(question)
    services.plan(FaultKind.HANG_BEFORE_COMMIT, question)
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(app.ask, command, wait="30")
        services.arrived(question, asked_before + 1)
        end(app.process, item)
        app.process.wait_line("timer_app.tray.lifecycle quitting")
        assert app.process.wait() == 0
        assert NOT_WAITED_FOR not in app.process.stderr  # as a call that hangs is
        assert asked.result()["exit"] == exit_code


def test_a_call_that_ends_in_time_is_waited_for(
    app: WholeApp, item: TrayItem, start_app: StartApp, services: Services
) -> None:
    services.plan(FaultKind.PAUSE, START)
    app.ask("start", task="Pause", wait="0")
    services.arrived(START)
    item.click("Quit")
    app.process.wait_line("timer_app.tray.lifecycle quitting")
    services.release()
    assert app.process.wait() == 0
    first, *others = journal_rows(app.home)
    assert first == Row("timecrowd", "start", "done")
    # TimeCrowd's own clock has the start. One that arrived a second after the click, as on a busy
    # machine, is owed the click's true time: told now or when the app is there again.
    assert [(row.service, row.kind) for row in others] in ([], [("timecrowd", "times")])
    assert {row.state for row in others} <= {"waiting", "done"}
    assert services.count(START) == 1
    again = start_app()
    again.ask("stop")
    agree(again, services)


def test_a_power_cut_while_an_entry_runs(
    app: WholeApp, start_app: StartApp, tray_host: TrayHost, services: Services
) -> None:
    app.ask("start", card=card_address(services), at="-2m")
    before = app.status()["entry"]
    app.process.kill()
    again = start_app()
    tray_host.wait_item(again.pid).wait_tooltip(f"{TITLE}  0:02")
    assert again.status()["entry"] == before
    again.ask("stop")
    assert again.sync() == 0
    agree(again, services)
    assert [log.minutes for log in services.logs()] in ([2], [3])


@pytest.mark.parametrize("kind", [FaultKind.HANG_BEFORE_COMMIT, FaultKind.HANG_AFTER_COMMIT])
@pytest.mark.parametrize(
    ("request_", "name"), [(START, "start"), (STOP, "stop"), (LOG, "log")], ids=str
)
def test_a_power_cut_while_a_call_is_under_way(
    app: WholeApp,
    start_app: StartApp,
    services: Services,
    kind: FaultKind,
    request_: tuple[str, str],
    name: str,
) -> None:
    """Killed between the sending and the answer: looked for, and only then sent again."""
    services.plan(kind, request_)
    begin(app, services, name)
    services.arrived(request_)
    app.process.kill()
    service = "kaiten" if name == "log" else "timecrowd"
    others = [row for row in journal_rows(app.home) if row.kind != name]
    assert Row(service, name, "sending") in journal_rows(app.home)
    assert {row.state for row in others} <= {"done"}
    again = start_app()
    again.process.wait_line("deliveries=1 were being sent when a process ended: unknown now")
    assert again.sync() == 0
    agree(again, services)
    if kind is FaultKind.HANG_AFTER_COMMIT:
        assert services.count(request_) == 1
    else:
        assert services.looked_before(request_)


def begin(app: WholeApp, services: Services, name: str) -> None:
    """Do what makes that delivery, with all others delivered before."""
    match name:
        case "start":
            app.ask("start", task="A task", wait="0")
        case "stop":
            app.ask("start", task="A task")
            app.ask("stop", wait="0")
        case _:
            app.ask("start", card=card_address(services))
            app.ask("stop", wait="0")
            app.process.wait_line("kind=stop .* outcome=Done")
            app.status()  # by its answer the outcome is committed


def test_a_power_cut_after_the_answer_was_kept(
    app: WholeApp, start_app: StartApp, services: Services
) -> None:
    app.ask("start", card=card_address(services))
    app.ask("stop")
    assert app.sync() == 0
    app.process.kill()
    again = start_app()
    assert again.sync() == 0
    assert [services.count(each) for each in (START, STOP, LOG)] == [1, 1, 1]
    agree(again, services)


def test_many_power_cuts_at_any_moment(
    app: WholeApp, start_app: StartApp, services: Services
) -> None:
    """Killed right after a command was answered, five times over: nothing committed is lost."""
    work_before(app, services)
    for number in range(5):
        app.ask("toggle", wait="0")
        app.process.kill()
        app = start_app()
        assert app.status()["state"] == ("running" if number % 2 == 0 else "idle")
    assert len(entries_of(app)) == 4
    held = [(entry.task, entry.started_at) for entry in services.entries()]
    assert len(held) == len(set(held))


@pytest.mark.usefixtures("signed_in")
def test_asked_to_end_while_it_starts(
    start_process: StartProcess,
    app_environment: dict[str, str],
    tray_host: TrayHost,
    start_app: StartApp,
) -> None:
    process = start_process(["timer-app"], env=app_environment)
    tray_host.wait_item(process.pid)  # the icon is up before the loop runs
    process.send(signal.SIGTERM)
    assert process.wait() in (0, -signal.SIGTERM)
    tray_host.wait_no_item()
    assert start_app().status()["state"] == "idle"


def test_a_second_start_raises_the_first(
    app: WholeApp, start_process: StartProcess, app_environment: dict[str, str]
) -> None:
    second = start_process(["timer-app"], env=app_environment)
    assert second.wait() == 0, second.transcript()
    app.process.wait_line("command=raise")
    app.quit()


@pytest.mark.usefixtures("signed_in")
def test_of_two_that_start_at_once_one_stays(
    tray_host: TrayHost,
    start_process: StartProcess,
    app_environment: dict[str, str],
) -> None:
    both = [start_process(["timer-app"], env=app_environment) for _ in range(2)]
    item = tray_host.wait_item()
    (first,) = [process for process in both if process.pid == item.pid]
    (second,) = [process for process in both if process is not first]
    assert second.wait() == 0, second.transcript()
    assert first.running
    assert [each.pid for each in tray_host.items()] == [first.pid]


def test_the_icon_is_gone_with_the_app(
    app: WholeApp, tray_host: TrayHost, services: Services
) -> None:
    before = datetime.now(UTC)
    app.ask("start", card=card_address(services))
    after = datetime.now(UTC)
    app.quit()
    tray_host.wait_no_item()
    (entry,) = services.entries()
    assert entry.stopped_at is None
    assert before - timedelta(seconds=2) < entry.started_at <= after
