"""Programs under test: started, read while they run, awaited, and certain to be gone afterwards."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Self

from tests.support.environment import ROOT
from tests.support.limits import TIME_LIMIT, Deadline
from tests.support.tools import tool

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from tests.support.prepared import PreparedInterpreter, PreparedProcess


class ProcessEndedError(AssertionError):
    """A program ended while something was still expected of it."""


@dataclass(frozen=True)
class Line:
    """One line of output, without its end, and the stream it came from."""

    stream: str
    text: str


class Process:
    """A running program and its output.

    Threads read both streams as they come, so a chatty program never blocks on a full pipe. The
    program leads a process group of its own: `close` ends whatever it started too, and the kernel
    kills it should the tests themselves be killed.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        cwd: Path = ROOT,
        stdin: bytes | None = None,
        pass_fds: Collection[int] = (),
        prepared: PreparedInterpreter | None = None,
    ) -> None:
        self.command = [str(word) for word in command]
        self._popen: subprocess.Popen[bytes] | PreparedProcess
        if prepared is not None and not pass_fds and prepared.fits(command, env):
            self._popen = prepared.start(self.command, env, cwd, has_stdin=stdin is not None)
        else:
            self._popen = subprocess.Popen(
                [tool("setpriv"), "--pdeathsig", "KILL", "--", *self.command],
                env=dict(env),
                cwd=cwd,
                stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                pass_fds=pass_fds,
            )
        self._pidfd = os.pidfd_open(self._popen.pid)
        self._lines: list[Line] = []
        self._taken = 0
        self._closed = False
        self._changed = threading.Condition()
        self._reading = 2
        self._readers = [
            self._start_reader("stdout", self._popen.stdout),
            self._start_reader("stderr", self._popen.stderr),
        ]
        if stdin is not None:
            self._feed(stdin)

    def _start_reader(self, stream: str, pipe: IO[bytes] | None) -> threading.Thread:
        assert pipe is not None
        reader = threading.Thread(target=self._read, args=(stream, pipe), daemon=True)
        reader.start()
        return reader

    def _read(self, stream: str, pipe: IO[bytes]) -> None:
        with pipe:
            for raw in pipe:
                line = Line(stream, raw.decode(errors="replace").removesuffix("\n"))
                with self._changed:
                    self._lines.append(line)
                    self._changed.notify_all()
        with self._changed:
            self._reading -= 1
            self._changed.notify_all()

    def _feed(self, data: bytes) -> None:
        pipe = self._popen.stdin
        assert pipe is not None
        with suppress(BrokenPipeError), pipe:
            pipe.write(data)

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._popen.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return not self._ended(0)

    @property
    def stdout(self) -> str:
        """All it wrote to stdout so far."""
        return self._text("stdout")

    @property
    def stderr(self) -> str:
        """All it wrote to stderr so far."""
        return self._text("stderr")

    def _text(self, stream: str) -> str:
        with self._changed:
            return "".join(f"{line.text}\n" for line in self._lines if line.stream == stream)

    def transcript(self) -> str:
        """Both streams in the order they were read, for messages."""
        with self._changed:
            lines = [f"{line.stream}| {line.text}" for line in self._lines]
        return "\n".join([f"$ {' '.join(self.command)}", *lines])

    def wait_line(
        self, pattern: str, *, stream: str | None = None, limit: float = TIME_LIMIT
    ) -> re.Match[str]:
        """The first line matching `pattern` (re.search) among those no earlier wait has passed.

        Like a conversation: a second `wait_line("clicked")` waits for a second click.
        """
        expression = re.compile(pattern)
        deadline = Deadline(limit, f"a line matching {pattern!r}")
        with self._changed:
            while (match := self._take(expression, stream)) is None:
                self._must_go_on(deadline.what)
                self._changed.wait(deadline.left(self.transcript))
        return match

    def _take(self, expression: re.Pattern[str], stream: str | None) -> re.Match[str] | None:
        for number in range(self._taken, len(self._lines)):
            line = self._lines[number]
            if stream in (None, line.stream) and (match := expression.search(line.text)):
                self._taken = number + 1
                return match
        return None

    def _must_go_on(self, what: str) -> None:
        if not self._reading:
            raise ProcessEndedError(f"it ended before {what}\n{self.transcript()}")

    def wait(self, limit: float = TIME_LIMIT) -> int:
        """Its exit code (negative: the signal that ended it), with all output read."""
        deadline = Deadline(limit, f"the end of {self.command[0]}")
        if not self._ended(limit):
            deadline.left(self.transcript)
        code = self._popen.wait()
        for reader in self._readers:
            reader.join(max(0.1, deadline.left(self.transcript)))
        return code

    def _ended(self, seconds: float) -> bool:
        if self._popen.returncode is not None:
            return True
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program itself, not to what it started."""
        signal.pidfd_send_signal(self._pidfd, number)

    def terminate(self, limit: float = TIME_LIMIT) -> int:
        """Ask it to end (SIGTERM); its exit code."""
        self.send(signal.SIGTERM)
        return self.wait(limit)

    def kill(self, limit: float = TIME_LIMIT) -> int:
        """End it as a power cut would (SIGKILL); its exit code."""
        self.send(signal.SIGKILL)
        return self.wait(limit)

    def close(self) -> None:
        """End it and all it started, whatever state it is in. May be called twice."""
        if self._closed:
            return
        self._closed = True
        with suppress(ProcessLookupError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        try:
            self.wait()
        finally:
            os.close(self._pidfd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
