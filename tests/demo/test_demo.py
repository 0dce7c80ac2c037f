"""`timer-app demo --headless` as a newcomer runs it: one command, nothing set up, nothing left."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import ProxyHandler, Request, build_opener

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import StartProcess
    from tests.support.environment import Home
    from tests.support.process import Process

DEMO = (Path(sys.executable).with_name("timer-app"), "demo", "--headless")
CARD = "63258149"


class Demo:
    """A demo that runs in a folder for temporary files of its own."""

    def __init__(self, home: Home, start_process: StartProcess) -> None:
        self.temporary = home.path / "tmp"
        self.temporary.mkdir()
        self.home = home.path
        self.environment = home.environment(TMPDIR=str(self.temporary))
        self._start = start_process

    def start(self) -> Process:
        """Begin."""
        return self._start(DEMO, env=self.environment, cwd=Path("/"))

    def left(self) -> list[Path]:
        """What is still there: temporary files, and the processes of the stand-ins."""
        processes = [
            path.parent
            for path in Path("/proc").glob("[0-9]*/environ")
            if str(self.temporary).encode() in _read(path)
        ]
        return [*self.temporary.iterdir(), *processes]


@pytest.fixture
def demo(home: Home, start_process: StartProcess) -> Demo:
    """A demo to start."""
    return Demo(home, start_process)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def _addresses(process: Process) -> tuple[str, str]:
    return (
        process.wait_line(r"TimeCrowd.*(http://\S+)", stream="stdout")[1],
        process.wait_line(r"Kaiten.*(http://\S+)", stream="stdout")[1],
    )


def _post(url: str, body: Mapping[str, Any]) -> None:
    headers = {"Content-Type": "application/json"}
    request = Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - to the stand-in
    with build_opener(ProxyHandler({})).open(request, timeout=10) as answer:
        assert answer.status in (200, 201)


def test_it_shows_what_both_services_hold(demo: Demo) -> None:
    before = _files(demo.home)
    process = demo.start()
    assert process.wait() == 0, process.transcript()
    out = process.stdout
    for part in ("timer-app start", "timer-app stop", "TimeCrowd holds:", "Kaiten holds:",
                 f"card {CARD}", "1 min", "each exactly once"):  # fmt: skip
        assert part in out
    assert process.stderr == ""
    assert demo.left() == []
    assert _files(demo.home) == before  # no settings, no keyring, no caches


@pytest.mark.slow
def test_it_needs_nothing_of_the_user(demo: Demo) -> None:
    mine = demo.home / "mine"
    mine.mkdir()
    (mine / "settings.toml").write_text("broken [")
    for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                 "XDG_CACHE_HOME", "LANG", "PATH"):  # fmt: skip
        del demo.environment[name]
    demo.environment |= {
        "TIMER_APP_HOME": str(mine),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/no/such",
        "PYTHON_KEYRING_BACKEND": "no.such.Backend",
        "HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9",
        "ALL_PROXY": "http://127.0.0.1:9", "LC_ALL": "C",
    }  # fmt: skip
    process = demo.start()
    assert process.wait() == 0, process.transcript()
    assert [path.name for path in mine.iterdir()] == ["settings.toml"]
    assert demo.left() == []


_A_LOG_THAT_IS_NOT_KEPT = json.dumps({
    "id": 1, "card_id": int(CARD), "time_spent": 1, "comment": "Played by the demo",
})  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("service", "fault"),
    [
        ("kaiten", {"kind": "status", "method": "POST", "status": 500}),
        ("kaiten", {"kind": "status", "method": "POST", "status": 200,
                    "body": _A_LOG_THAT_IS_NOT_KEPT, "content_type": "application/json"}),
        ("timecrowd", {"kind": "status", "method": "PATCH", "status": 422}),
        ("timecrowd", {"kind": "close_before_commit", "method": "PATCH"}),
    ],
    ids=["log fails", "log not kept", "stop refused", "stop lost"],
)  # fmt: skip
def test_it_fails_when_a_service_does_not_hold_it(
    demo: Demo, service: str, fault: dict[str, Any]
) -> None:
    process = demo.start()
    timecrowd, _ = _addresses(process)
    process.wait_line("seconds of work")
    _post(f"{timecrowd}/_sandbox/faults", {"service": service, "times": None, **fault})
    assert process.wait() not in (0, None), process.transcript()
    assert "FAILED" in process.stderr
    assert "exactly once" not in process.stdout
    assert "Traceback" not in process.stderr
    assert demo.left() == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("line", ["Kaiten's stand-in", "seconds of work"])
def test_a_signal_leaves_nothing_behind(demo: Demo, number: signal.Signals, line: str) -> None:
    process = demo.start()
    process.wait_line(line)
    process.send(number)
    assert process.wait() == 128 + number, process.transcript()
    if line == "seconds of work":  # earlier it may meet asyncio while that sets itself up
        assert process.stderr == "", process.transcript()
    assert demo.left() == []


def test_killed_it_leaves_no_process(demo: Demo) -> None:
    process = demo.start()
    process.wait_line("seconds of work")
    stand_ins = [path for path in demo.left() if path.parent == Path("/proc")
                 and path.name != str(process.pid)]  # fmt: skip
    watched = [os.pidfd_open(int(path.name)) for path in stand_ins]
    assert watched
    process.kill()
    for descriptor in watched:
        with os.fdopen(descriptor) as life:
            _wait_readable(life.fileno())


def _wait_readable(descriptor: int) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    assert poll.poll(30_000), "the stand-ins go on without the demo"
