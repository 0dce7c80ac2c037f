"""Programs under test are awaited by what they do, and never outlive their test."""

from __future__ import annotations

import os
import select
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.limits import TIME_LIMIT, TimeLimitError
from tests.support.process import Process, ProcessEndedError

if TYPE_CHECKING:
    from tests.conftest import StartProcess
    from tests.support.environment import Home

ECHO = "import sys\nfor line in sys.stdin: print('got', line.strip(), flush=True)"
WAIT = "import signal; print('ready', flush=True); signal.pause()"


def python(code: str) -> list[str]:
    """A command that runs this code."""
    return [sys.executable, "-c", code]


def test_lines_are_awaited_in_turn(home: Home, start_process: StartProcess) -> None:
    process = start_process(python(ECHO), env=home.environment(), stdin=b"a\nb\n")
    assert process.wait_line("got (.)")[1] == "a"
    assert process.wait_line("got (.)")[1] == "b"
    assert process.wait() == 0
    assert process.stdout == "got a\ngot b\n"


def test_streams_are_kept_apart(home: Home, start_process: StartProcess) -> None:
    code = "import sys; print('x out'); print('x err', file=sys.stderr)"
    process = start_process(python(code), env=home.environment())
    assert process.wait_line("x .*", stream="stderr").group() == "x err"
    assert process.wait() == 0
    assert (process.stdout, process.stderr) == ("x out\n", "x err\n")


def test_an_end_before_the_line_is_reported_at_once(
    home: Home, start_process: StartProcess
) -> None:
    process = start_process(python("print('nothing more')"), env=home.environment())
    with pytest.raises(ProcessEndedError, match="nothing more"):
        process.wait_line("never printed")


def test_a_wait_has_its_limit(home: Home, start_process: StartProcess) -> None:
    process = start_process(python(WAIT), env=home.environment())
    process.wait_line("ready")
    with pytest.raises(TimeLimitError, match=r"(?s)never printed.*stdout\| ready"):
        process.wait_line("never printed", limit=0.05)
    with pytest.raises(TimeLimitError, match="the end of"):
        process.wait(limit=0.05)
    assert process.running


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_signals_end_it(home: Home, start_process: StartProcess, number: signal.Signals) -> None:
    process = start_process(python(WAIT), env=home.environment())
    process.wait_line("ready")
    process.send(number)
    assert process.wait() == -number
    assert not process.running


def test_close_ends_the_programs_it_started(home: Home) -> None:
    child = "import os, signal; print(os.getpid(), flush=True); signal.pause()"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    with Process(python(code), env=home.environment()) as process:
        child_fd = os.pidfd_open(int(process.wait_line("[0-9]+").group()))
    ended = select.poll()
    ended.register(child_fd, select.POLLIN)
    assert ended.poll(TIME_LIMIT * 1000)
    os.close(child_fd)


def test_nothing_of_the_users_is_inherited(
    home: Home, start_process: StartProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMER_APP_HOME", "/somewhere")
    code = "import os; print(os.environ.get('TIMER_APP_HOME'), os.environ['HOME'])"
    process = start_process(python(code), env=home.environment())
    assert process.wait() == 0
    assert process.stdout == f"None {home.path}\n"
    assert home.runtime.stat().st_mode & 0o777 == 0o700
