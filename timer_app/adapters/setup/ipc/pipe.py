"""The command line's end of the app's named pipe (Windows). Standard library only.

The pipe has a new name at each start, which no other user can take beforehand; the file that is a
socket elsewhere holds it. The calls are those that multiprocessing.connection makes.

Source: https://learn.microsoft.com/windows/win32/ipc/named-pipes
"""

from __future__ import annotations

import sys

from timer_app.adapters.setup.ipc import MAX_ANSWER_BYTES
from timer_app.domain.errors import error_message

PREFIX = "\\\\.\\pipe\\timer-app-"
_ERROR_SEM_TIMEOUT = 121
_ERROR_BROKEN_PIPE = 109
_ERROR_PIPE_BUSY = 231
_ERROR_NO_DATA = 232
_ERROR_PIPE_NOT_CONNECTED = 233
_BYTES_AT_A_TIME = 1 << 16


class PipeNotFound(Exception):
    """Nobody listens."""


class PipeBusy(Exception):
    """Somebody listens, and others are before us for as long as we wait."""


class PipeFailed(Exception):
    """The system does not let us talk with it. The text says why."""


if sys.platform == "win32":
    import _winapi
    import time

    def exchange(path: str, line: bytes, timeout: float) -> bytes:
        """Send `line` to the pipe that the file at `path` names, and return the line it answers.

        `timeout` is in seconds. Raises PipeNotFound, PipeBusy, PipeFailed, TimeoutError, and
        ConnectionError for an app that ended meanwhile.
        """
        deadline = time.monotonic() + timeout
        handle = _open(_pipe_name(path), deadline)
        try:
            _write(handle, line, deadline)
            return _read_line(handle, deadline)
        except TimeoutError:
            raise
        except OSError as error:
            if error.winerror in (_ERROR_BROKEN_PIPE, _ERROR_NO_DATA, _ERROR_PIPE_NOT_CONNECTED):
                raise ConnectionResetError from error
            raise
        finally:
            _winapi.CloseHandle(handle)

    def _pipe_name(path: str) -> str:
        try:
            with open(path, encoding="ascii") as file:
                name = file.read()
        except FileNotFoundError:
            raise PipeNotFound from None
        except (OSError, UnicodeDecodeError) as error:
            raise PipeFailed(str(error_message(error))) from error
        if not name.startswith(PREFIX):
            raise PipeNotFound
        return name

    def _open(name: str, deadline: float) -> int:
        while True:
            try:
                return _winapi.CreateFile(
                    name, _winapi.GENERIC_READ | _winapi.GENERIC_WRITE, 0, _winapi.NULL,
                    _winapi.OPEN_EXISTING, _winapi.FILE_FLAG_OVERLAPPED, _winapi.NULL,
                )  # fmt: skip
            except FileNotFoundError:
                raise PipeNotFound from None
            except OSError as error:
                if error.winerror != _ERROR_PIPE_BUSY:
                    raise PipeFailed(str(error_message(error))) from error
            left = _milliseconds(deadline)
            if not left:
                raise PipeBusy  # another client was faster each time
            try:
                _winapi.WaitNamedPipe(name, left)
            except FileNotFoundError:
                raise PipeNotFound from None
            except OSError as error:
                if error.winerror == _ERROR_SEM_TIMEOUT:
                    raise PipeBusy from None
                raise PipeFailed(str(error_message(error))) from error

    def _write(handle: int, line: bytes, deadline: float) -> None:
        rest = line
        while rest:
            pending, status = _winapi.WriteFile(handle, rest, overlapped=True)
            rest = rest[_finish(pending, status, deadline) :]

    def _read_line(handle: int, deadline: float) -> bytes:
        answer = bytearray()
        while not answer.endswith(b"\n") and len(answer) < MAX_ANSWER_BYTES:
            pending, status = _winapi.ReadFile(handle, _BYTES_AT_A_TIME, overlapped=True)
            count = _finish(pending, status, deadline)
            answer += (pending.getbuffer() or b"")[:count]
        return bytes(answer)

    def _finish(pending: _winapi.Overlapped, status: int, deadline: float) -> int:
        """Wait for a call under way; how many bytes it moved. Raises TimeoutError and OSError."""
        if status == _winapi.ERROR_IO_PENDING:
            done = _winapi.WaitForMultipleObjects([pending.event], False, _milliseconds(deadline))
            if done != _winapi.WAIT_OBJECT_0:
                pending.cancel()
                raise TimeoutError
        count, _ = pending.GetOverlappedResult(True)
        return count

    def _milliseconds(deadline: float) -> int:
        return max(0, int((deadline - time.monotonic()) * 1000))
