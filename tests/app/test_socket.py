"""The socket of the running app, as the command line and as strangers use it."""

from __future__ import annotations

import json
import socket
import stat
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.conftest import RunCommand, agree, card_address, set_up
from tests.conftest import StartProcess
from tests.support.limits import TIME_LIMIT
from tests.support.services import Services
from tests.support.tray_host import TrayHost
from tests.support.whole_app import WholeApp
from timer_app.sandbox.world import CATEGORY_ID, TEAM_ID, USER_ID


def test_only_the_owner_can_reach_it(app: WholeApp) -> None:
    assert stat.S_IMODE(app.socket.stat().st_mode) == 0o600
    assert stat.S_IMODE(app.socket.parent.stat().st_mode) == 0o700
    others = {
        str(path.relative_to(app.home)): oct(stat.S_IMODE(path.stat().st_mode))
        for path in app.home.rglob("*")
        if path.stat().st_mode & 0o077 and path.name != "settings.toml"
    }
    assert others == {}


def test_the_command_line_of_a_running_app(
    app: WholeApp, services: Services, command: RunCommand
) -> None:
    address = card_address(services)
    assert command("start", address, "--comment", "by hand")[0] == 0
    code, out = command("status", "--json")
    status = json.loads(out)
    assert (code, status["state"], status["entry"]["comment"]) == (0, "running", "by hand")
    assert command("stop")[0] == 0
    assert command("stop")[0] == 1
    code, out = command("log", "--json")
    assert (code, [entry["source"] for entry in json.loads(out)]) == (0, ["cli"])
    agree(app, services)
    _work_elsewhere(services)
    code, out = command("sync", "--from", "2026-01-01", "--json")
    assert (code, json.loads(out)["taken_in"]["added"]) == (0, 1)
    assert command("sync", "--from", "2999-01-01")[0] == 2
    assert command("quit")[0] == 0
    assert app.process.wait() == 0
    code, out = command("status", "--json")
    assert (code, json.loads(out)["state"]) == (0, "idle")


def _work_elsewhere(services: Services) -> None:
    """An entry of another device that is long over, from before the app was set up."""

    def work() -> None:
        state, now = services.sandbox.timecrowd.state, services.sandbox.clock()
        began = now - timedelta(days=2)
        task = state.add_task(TEAM_ID, "Mail", "https://example.com/mail", CATEGORY_ID, began)
        state.add_entry(USER_ID, task.id, began, began + timedelta(minutes=9), began)

    services.do(work)


class Line:
    """A raw connection to the socket."""

    def __init__(self, app: WholeApp) -> None:
        self.connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.connection.settimeout(TIME_LIMIT)
        self.connection.connect(str(app.socket))

    def say(self, data: bytes) -> dict[str, object]:
        """Send bytes; the answer."""
        self.connection.sendall(data)
        return self.answer()

    def answer(self) -> dict[str, object]:
        """The line that comes."""
        with self.connection.makefile("rb") as lines:
            answer = json.loads(lines.readline())
        assert isinstance(answer, dict)
        return answer


@pytest.fixture
def line(app: WholeApp) -> Iterator[Line]:
    """A connection to the app."""
    line = Line(app)
    yield line
    line.connection.close()


WRONG_VERSION = json.dumps({"version": 99, "command": "status"}).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"what?\n", "not a line of JSON"),
        (b"\xff\xfe\x00\n", "not a line of JSON"),
        (b"[" * 100_000 + b"\n", "not a line of JSON"),
        (b"\n", "not a line of JSON"),
        (WRONG_VERSION + b"\n", "speaks version 1"),
        (b'{"version": 1}\n', "names no command"),
        (b'{"version": 1, "command": "status", "words": {"a": 1}}\n', "are text"),
        (b'{"version": 1, "command": "fly"}\n', "no command 'fly'"),
        (b"x" * 20_000_000, "Too long"),
    ],
    ids=["words", "bytes", "deep", "empty", "version", "nothing", "numbers", "unknown", "long"],
)
def test_what_makes_no_sense_is_answered_and_the_app_lives(
    app: WholeApp, line: Line, data: bytes, words: str
) -> None:
    answer = line.say(data)
    assert words in str(answer["messages"])
    assert (answer["version"], answer["exit"]) == (1, 2)
    assert app.status()["state"] == "idle"
    app.quit()
    assert "a task ended by a bug" not in app.process.stderr


def test_a_request_in_pieces(line: Line) -> None:
    request = json.dumps({"version": 1, "command": "status", "words": {}}).encode() + b"\n"
    line.connection.sendall(request[:10])
    assert line.say(request[10:])["exit"] == 0


def test_who_leaves_before_the_answer_harms_nobody(app: WholeApp, services: Services) -> None:
    for _ in range(3):
        line = Line(app)
        request = {"version": 1, "command": "start", "words": {"task": "Gone"}}
        line.connection.sendall(json.dumps(request).encode() + b"\n")
        line.connection.close()
    silent = Line(app)  # never says anything
    app.process.wait_line("command=start")
    assert app.sync() == 0
    agree(app, services)
    app.quit()
    silent.connection.close()
    assert "bug" not in app.process.stderr
    assert "Traceback" not in app.process.stderr


def test_many_at_once(app: WholeApp) -> None:
    lines = [Line(app) for _ in range(100)]
    request = json.dumps({"version": 1, "command": "status"}).encode() + b"\n"
    for line in lines:
        line.connection.sendall(request)
    assert [line.answer()["exit"] for line in lines] == [0] * 100
    for line in lines:
        line.connection.close()


@pytest.mark.usefixtures("signed_in")
def test_a_home_too_deep_for_a_socket(
    tmp_path: Path,
    tray_host: TrayHost,
    services: Services,
    start_process: StartProcess,
    app_environment: dict[str, str],
) -> None:
    """A socket's path may have 107 bytes; this one has twice as many, and a space and an ä."""
    deep = set_up(tmp_path.joinpath("ä deep" * 12, "b" * 100), services)
    environment = {**app_environment, "TIMER_APP_HOME": str(deep)}
    app = WholeApp(start_process(["timer-app"], env=environment), deep)
    app.wait_started()
    tray_host.wait_item(app.pid)
    assert len(str(app.socket)) > 108
    assert app.status()["state"] == "idle"
    assert stat.S_IMODE(app.socket.stat().st_mode) == 0o600
    second = start_process(["timer-app"], env=environment)
    assert second.wait() == 0
    app.quit()
    assert not app.socket.exists()


def test_a_socket_that_a_dead_app_left_is_replaced(
    app: WholeApp, tray_host: TrayHost, start_process: StartProcess, app_environment: dict[str, str]
) -> None:
    app.process.kill()
    assert app.socket.exists()
    again = WholeApp(start_process(["timer-app"], env=app_environment), app.home)
    again.wait_started()
    tray_host.wait_item(again.pid)
    assert again.status()["state"] == "idle"


def test_a_log_shows_no_token(app: WholeApp, services: Services) -> None:
    app.ask("start", card=card_address(services))
    app.ask("stop")
    app.quit()
    logged = (app.home / "log" / "app.log").read_text() + app.process.stderr
    for token in (services.sandbox.timecrowd_token, services.sandbox.kaiten_token):
        assert token not in logged
    everything = b"".join(path.read_bytes() for path in app.home.rglob("*") if path.is_file())
    assert services.sandbox.timecrowd_token.encode() not in everything


def test_a_watching_client_gets_each_change_until_the_app_ends(
    app: WholeApp, start_process: StartProcess, command: RunCommand,
    app_environment: Mapping[str, str],
) -> None:  # fmt: skip
    line = ["timer-app", "watch", "--format", "{state} {task}|"]
    watching = start_process(line, env=app_environment)
    watching.wait_line(r"idle \|", stream="stdout")
    assert command("start", "--task", "Inbox", "--wait", "0")[0] in (0, 3)
    watching.wait_line(r"running Inbox\|", stream="stdout")
    assert command("stop", "--wait", "0")[0] in (0, 3)
    watching.wait_line(r"idle \|", stream="stdout")
    assert "command=watch from the command line" in app.process.stderr
    app.quit()
    assert command("start", "--task", "Later", "--wait", "0")[0] in (0, 3)  # without the app
    watching.wait_line(r"running Later\|", stream="stdout")
