"""The command line's end of Windows' pipe, on a pipe that is played: busy, hung, gone, refused."""

from __future__ import annotations

import errno
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.windows_files import windows_error
from timer_app.adapters.setup import ipc

GOOD = b'{"version": 1, "exit": 0, "document": {}, "messages": []}\n'
NAME = "\\\\.\\pipe\\timer-app-0123"
BUSY, TIMED_OUT, ACCESS_DENIED, BROKEN = 231, 121, 5, 109
PENDING, SIGNALLED, NOT_IN_TIME = 997, 0, 258


class PlayedCall:
    """A call under way, which moves `content`."""

    event = 7

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.is_cancelled = False

    def GetOverlappedResult(self, _wait: object) -> tuple[int, int]:  # noqa: N802 - its name
        return len(self.content), 0

    def getbuffer(self) -> bytes:
        return self.content

    def cancel(self) -> None:
        self.is_cancelled = True


class PlayedPipe(ModuleType):
    """`_winapi`, with the calls that a client makes. `answers` are what is read, piece by piece.

    `opening` and `waiting` say how the next calls end: an error to raise, or None for success.
    """

    GENERIC_READ, GENERIC_WRITE, NULL, OPEN_EXISTING, FILE_FLAG_OVERLAPPED = 1, 2, 0, 3, 4
    ERROR_IO_PENDING, WAIT_OBJECT_0 = PENDING, SIGNALLED

    def __init__(self) -> None:
        super().__init__("_winapi")
        self.opening: list[OSError | None] = []
        self.waiting: list[OSError | None] = []
        self.answers: list[bytes | OSError] = [GOOD]
        self.is_hung = False
        self.waits: list[int] = []
        self.heard = b""
        self.calls: list[PlayedCall] = []
        self.open_handles = 0

    def CreateFile(self, name: str, *_: object) -> int:  # noqa: N802 - its name
        assert name == NAME
        if self.opening and (error := self.opening.pop(0)):
            raise error
        self.open_handles += 1
        return 5

    def WaitNamedPipe(self, name: str, milliseconds: int) -> None:  # noqa: N802 - its name
        assert name == NAME
        assert milliseconds > 0  # none would be the server's own time
        self.waits.append(milliseconds)
        if self.waiting and (error := self.waiting.pop(0)):
            raise error

    def WriteFile(self, _handle: int, content: bytes, **_: object) -> tuple[PlayedCall, int]:  # noqa: N802 - its name
        self.heard += content[:16]  # a pipe may take a part
        return self._call(content[:16]), PENDING

    def ReadFile(self, _handle: int, _count: int, **_: object) -> tuple[PlayedCall, int]:  # noqa: N802 - its name
        answer = self.answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return self._call(answer), PENDING

    def WaitForMultipleObjects(self, _: object, _all: object, milliseconds: int) -> int:  # noqa: N802 - its name
        self.waits.append(milliseconds)
        return NOT_IN_TIME if self.is_hung else SIGNALLED

    def CloseHandle(self, _handle: int) -> None:  # noqa: N802 - its name
        self.open_handles -= 1

    def _call(self, content: bytes) -> PlayedCall:
        self.calls.append(PlayedCall(content))
        return self.calls[-1]


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[PlayedPipe]:
    """The pipe; nothing may be left open on it."""
    played = PlayedPipe()
    monkeypatch.setitem(sys.modules, "_winapi", played)
    yield played
    assert played.open_handles == 0


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The client as Windows has it: which calls it makes is decided when it is imported."""
    for name in ("client", "pipe"):
        importlib.import_module(f"{ipc.__name__}.{name}")  # what takes its place again afterwards
        monkeypatch.delattr(ipc, name)
        monkeypatch.delitem(sys.modules, f"{ipc.__name__}.{name}")
    monkeypatch.setattr(sys, "platform", "win32")
    return importlib.import_module(f"{ipc.__name__}.client")


@pytest.fixture
def name_file(tmp_path: Path) -> Path:
    """The file that tells the pipe's name."""
    path = tmp_path / "app.sock"
    path.write_text(NAME, encoding="ascii")
    return path


def ask(client: ModuleType, path: Path) -> dict[str, object]:
    answer: dict[str, object] = client.send_request(str(path), "status", {}, 2.0)
    return answer


def test_an_answer_in_pieces(client: ModuleType, pipe: PlayedPipe, name_file: Path) -> None:
    pipe.answers = [GOOD[:9], GOOD[9:]]
    assert ask(client, name_file)["exit"] == 0
    assert pipe.heard.endswith(b"}\n")
    assert b'"command": "status"' in pipe.heard
    assert all(0 < each <= 2000 for each in pipe.waits)


def test_a_busy_pipe_is_waited_for(client: ModuleType, pipe: PlayedPipe, name_file: Path) -> None:
    pipe.opening = [windows_error(BUSY), windows_error(BUSY), None]
    assert ask(client, name_file)["exit"] == 0


def test_a_pipe_that_stays_busy(client: ModuleType, pipe: PlayedPipe, name_file: Path) -> None:
    pipe.opening = [windows_error(BUSY)]
    pipe.waiting = [windows_error(TIMED_OUT)]
    with pytest.raises(client.AppError, match="is busy"):
        ask(client, name_file)


def test_a_pipe_that_others_take_each_time(
    client: ModuleType, pipe: PlayedPipe, name_file: Path
) -> None:
    pipe.opening = [windows_error(BUSY)] * 50_000
    with pytest.raises(client.AppError, match="is busy"):
        client.send_request(str(name_file), "status", {}, 0.05)


def test_a_hung_app(client: ModuleType, pipe: PlayedPipe, name_file: Path) -> None:
    pipe.is_hung = True
    with pytest.raises(client.AppError, match="did not answer within 2 s"):
        ask(client, name_file)
    assert [call.is_cancelled for call in pipe.calls] == [True]


@pytest.mark.parametrize("number", [BROKEN, 232, 233])
def test_an_app_that_ends_meanwhile(
    client: ModuleType, pipe: PlayedPipe, name_file: Path, number: int
) -> None:
    pipe.answers = [GOOD[:9], windows_error(number, errno.EPIPE)]
    with pytest.raises(client.AppExited, match="ended before it answered"):
        ask(client, name_file)


def test_a_pipe_that_may_not_be_opened(
    client: ModuleType, pipe: PlayedPipe, name_file: Path
) -> None:
    pipe.opening = [windows_error(ACCESS_DENIED, errno.EACCES)]
    with pytest.raises(client.AppError, match=r"app\.sock cannot be used: you have no permission"):
        ask(client, name_file)


@pytest.mark.usefixtures("pipe")
@pytest.mark.parametrize("content", [None, "", "C:\\elsewhere"])
def test_no_pipe_is_named(client: ModuleType, name_file: Path, content: str | None) -> None:
    name_file.unlink() if content is None else name_file.write_text(content, encoding="ascii")
    with pytest.raises(client.AppNotRunning):
        ask(client, name_file)


@pytest.mark.parametrize("while_waiting", [False, True])
def test_a_pipe_that_is_gone(
    client: ModuleType, pipe: PlayedPipe, name_file: Path, *, while_waiting: bool
) -> None:
    gone = windows_error(2, errno.ENOENT)
    pipe.opening = [windows_error(BUSY) if while_waiting else gone]
    pipe.waiting = [gone]
    with pytest.raises(client.AppNotRunning):
        ask(client, name_file)
