"""A command of a prepared interpreter is what the same command is as a program of its own."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from timer_app.sandbox import FaultKind

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (("--version",), None),
        (("status", "--json"), None),
        (("stop",), None),  # nothing runs: exit code and stderr
        (("start", "--no-such-option"), None),
        (("login", "kaiten"), b"not a token\n"),
        (("config", "get", "--json"), None),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_it_says_and_ends_the_same(
    app: TimerApp, words: tuple[str, ...], stdin: bytes | None
) -> None:
    as_prepared = app.run(*words, code=None, stdin=stdin)
    app.prepared = None
    assert app.run(*words, code=None, stdin=stdin) == as_prepared


def test_it_has_its_own_folder_streams_and_session(app: TimerApp, services: Services) -> None:
    services.fault("timecrowd", FaultKind.PAUSE, "POST")
    processes = [app.start("start", "--task", "T", "--wait", "20")]
    services.arrived("timecrowd", "POST")
    app.prepared, app.environment["TIMER_APP_HOME"] = None, str(app.home.parent / "second")
    app.home = app.home.parent / "second"
    app.configure(services.settings())
    services.fault("timecrowd", FaultKind.PAUSE, "POST")
    processes.append(app.start("start", "--task", "T", "--wait", "20"))
    services.arrived("timecrowd", "POST", count=2)
    first, second = (_seen_from_outside(each.pid) for each in processes)
    assert first == second
    services.release()
    assert [each.wait() for each in processes] == [0, 0]


def _seen_from_outside(pid: int) -> tuple[object, ...]:
    """Folder, open streams' kinds, and whether it leads its session and process group."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    group, session = int(fields[2]), int(fields[3])
    streams = [Path(f"/proc/{pid}/fd/{number}").readlink().name.split(":")[0] for number in (0, 1)]
    return (Path(f"/proc/{pid}/cwd").readlink(), streams, group == pid, session == pid)


def test_a_kill_is_its_end(app: TimerApp, services: Services) -> None:
    services.fault("timecrowd", FaultKind.PAUSE, "POST")
    process = app.start("start", "--task", "T", "--wait", "20")
    services.arrived("timecrowd", "POST")
    assert process.kill() == -signal.SIGKILL
    services.release()
