"""The command line's end of the socket. Imports little: an answer takes 20 ms."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys

from timer_app.adapters.setup.ipc import MAX_ANSWER_BYTES, MAX_SOCKET_PATH_BYTES, VERSION
from timer_app.domain.errors import DomainError, error_message

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping
    from types import TracebackType
    from typing import BinaryIO

    from timer_app.domain.user_message import UserMessage

MAX_EXIT_CODE = 5
_AFTER_SENDING = ("UNUSABLE_ANSWER", "NO_ANSWER", "EXITED")
APP_TIMEOUT = 60.0
"""Seconds the app may take for what it does at once, a call to a service included."""


class AppNotRunning(Exception):
    """Nobody listens: the app does not run."""


class AppError(DomainError):
    """Somebody listens, but gives no answer that can be used. The text says what to do."""

    @property
    def is_outcome_unknown(self) -> bool:
        """Whether the request was sent, and may have been carried out."""
        return self.message_id.name in _AFTER_SENDING


class AppExited(AppError):
    """It ended before it answered."""


class reading_answer:  # noqa: N801 - reads as the context manager it is; contextlib costs 3 ms
    """`with reading_answer():` what an answer lacks is an AppError, not a traceback."""

    def __enter__(self) -> None: ...

    def __exit__(
        self, _: object, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if isinstance(error, LookupError | TypeError | ValueError | AttributeError):
            raise app_error("UNUSABLE_ANSWER") from error


def app_error(name: str, *values: str | UserMessage) -> AppError:
    """The error with the member of that name of AppMessageId."""
    from timer_app.domain.messages import AppMessageId  # an answer must not wait for it

    message_id = AppMessageId[name]
    return (
        AppExited(message_id)
        if message_id is AppMessageId.EXITED
        else AppError(message_id, *values)
    )


def send_request(
    path: str, command: str, words: Mapping[str, str], timeout: float
) -> dict[str, object]:
    """Send one request and return the answer. Raises AppNotRunning or AppError.

    `timeout` is in seconds. A request that was sent and not answered may have been carried out.
    """
    try:
        answer = _exchange(path, _request_line(command, words), timeout)
    except TimeoutError:
        raise app_error("NO_ANSWER", f"{timeout:.0f}") from None
    except ConnectionError:
        answer = b""
    return _parse_response(answer)


class RequestStream:
    """A request that is answered again and again, until the app ends.

    Raises AppNotRunning or AppError.
    """

    def __init__(self, path: str, command: str) -> None:
        self._pipe = _open_stream(path, _request_line(command, {}))

    def fileno(self) -> int:
        """What becomes readable with an answer."""
        return self._pipe.fileno()

    def read(self) -> dict[str, object]:
        """The next answer; waits for it. Raises AppError, AppExited once the app has ended."""
        try:
            return _parse_response(self._pipe.readline(MAX_ANSWER_BYTES))
        except ConnectionError:
            return _parse_response(b"")

    def close(self) -> None:
        """Ask no more."""
        self._pipe.close()


def _request_line(command: str, words: Mapping[str, str]) -> bytes:
    request = {"version": VERSION, "command": command, "words": dict(words)}
    return json.dumps(request, ensure_ascii=False).encode() + b"\n"


if sys.platform == "win32":

    def _open_stream(path: str, line: bytes) -> BinaryIO:
        del path, line
        raise AppNotRunning  # it is not waited for together with something else: see `watch`

    def _exchange(path: str, line: bytes, timeout: float) -> bytes:
        from timer_app.adapters.setup.ipc import pipe

        try:
            return pipe.exchange(path, line, timeout)
        except pipe.PipeNotFound:
            raise AppNotRunning from None
        except pipe.PipeBusy:
            raise app_error("BUSY") from None
        except pipe.PipeFailed as error:
            raise app_error("UNUSABLE_PIPE", path, str(error)) from error

else:

    def _open_stream(path: str, line: bytes) -> BinaryIO:
        with _connect(path, APP_TIMEOUT) as connection:
            connection.sendall(line)
            connection.settimeout(None)
            return connection.makefile("rb")

    def _exchange(path: str, line: bytes, timeout: float) -> bytes:
        with _connect(path, timeout) as connection:
            connection.sendall(line)
            with connection.makefile("rb") as answers:
                return answers.readline(MAX_ANSWER_BYTES)

    def _connect(path: str, timeout: float) -> socket.socket:
        _check_owner(path)
        import socket

        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(timeout)
            try:
                with short_path(path) as short:
                    connection.connect(short)
            except (FileNotFoundError, ConnectionRefusedError):
                raise AppNotRunning from None
            except BlockingIOError:
                raise app_error("BUSY") from None
            except PermissionError as error:
                raise app_error("ANOTHER_USERS", path) from error
            except OSError as error:
                raise app_error("NOT_CONNECTED", path, error_message(error)) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _check_owner(path: str) -> None:
        """What is sent is for the user's own app alone. Raises AppNotRunning or AppError."""
        try:
            folder, file = os.stat(os.path.dirname(path)), os.stat(path)
        except OSError as error:
            if error.errno in (
                errno.ENOENT,
                errno.ENOTDIR,
                errno.ENAMETOOLONG,
            ):  # none can be there
                raise AppNotRunning from None
            raise app_error("UNUSABLE", path, error_message(error)) from error
        for place, status in ((os.path.dirname(path), folder), (path, file)):
            if status.st_uid != os.geteuid():
                raise app_error("ANOTHER_USERS", place)
        if folder.st_mode & 0o022:
            raise app_error("SHARED", os.path.dirname(path))
        if not stat.S_ISSOCK(file.st_mode):
            raise app_error("IN_THE_WAY", path)


def _parse_response(line: bytes) -> dict[str, object]:
    if not line.endswith(b"\n"):
        raise app_error("EXITED")
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        raise app_error("UNUSABLE_ANSWER") from None
    if not isinstance(answer, dict) or answer.get("version") != VERSION:
        raise app_error("OTHER_VERSION")
    code, messages = answer.get("exit"), answer.get("messages")
    if (
        type(code) is not int
        or not 0 <= code <= MAX_EXIT_CODE
        or not isinstance(messages, list)
        or not all(isinstance(each, str) for each in messages)
        or "document" not in answer
    ):
        raise app_error("UNUSABLE_ANSWER")
    return answer


class short_path:  # noqa: N801 - reads as the context manager it is; contextlib costs 3 ms
    """`with short_path(path) as it`: one that fits a socket, to the same place (Linux)."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._folder: int | None = None

    def __enter__(self) -> str:
        path = self._path
        if len(os.fsencode(path)) <= MAX_SOCKET_PATH_BYTES or not os.path.isdir("/proc/self/fd"):
            return path
        self._folder = os.open(os.path.dirname(path), os.O_RDONLY)
        return f"/proc/self/fd/{self._folder}/{os.path.basename(path)}"

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            os.close(self._folder)
