"""The app's end of the socket: Qt's local server, which is a named pipe on Windows."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from secrets import token_hex

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from timer_app.adapters.replacing import replace_file
from timer_app.adapters.setup.ipc import MAX_LINE_BYTES, VERSION
from timer_app.adapters.setup.ipc.client import short_path
from timer_app.adapters.setup.ipc.pipe import PREFIX
from timer_app.domain.entries.document import without_running_seconds
from timer_app.services.background_tasks import Spawn

_log = logging.getLogger(__name__)

_ITEMS_PER_STEP = 500
"""Items of a list that are made JSON at a time: a few milliseconds."""

Response = dict[str, object]
RequestHandler = Callable[[str, Mapping[str, str]], Awaitable[Response]]


class IpcServer(QObject):
    """Answers requests; `handle` runs a command, `spawn` owns the task that it runs in."""

    def __init__(self, handle: RequestHandler, spawn: Spawn) -> None:
        super().__init__()
        self._handle = handle
        self._spawn = spawn
        self._watchers: dict[QLocalSocket, object] = {}
        self._is_pushing = False
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._on_connection)

    def listen(self, path: str) -> None:
        """Open the socket, readable by the same user only. Raises OSError.

        The caller holds the app's lock, so a socket file that is there is a dead one's.
        """
        if sys.platform == "win32":
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
            opened = self._server.listen(_announce_pipe(path))
        else:
            opened = self._server.listen(_private_socket(path))
        if not opened:
            raise OSError(self._server.errorString())

    def close(self) -> None:
        """Take no more requests; who watches notices it."""
        self._server.close()
        for connection in tuple(self._watchers):
            connection.disconnectFromServer()

    def push_status(self) -> None:
        """Tell whoever watches the present status, if it is another one; once for all that came."""
        if self._watchers and not self._is_pushing:
            self._is_pushing = True
            self._spawn(self._push)

    async def _push(self) -> None:
        self._is_pushing = False
        answer = await self._handle("status", {})
        line = _line(answer)
        comparable = _comparable(answer["document"])
        for connection, told in tuple(self._watchers.items()):
            if connection.bytesToWrite() > MAX_LINE_BYTES:
                connection.abort()  # it reads nothing
            elif comparable != told:
                self._watchers[connection] = comparable
                connection.write(line)

    async def _watch(self, connection: QLocalSocket) -> None:
        """Answer with the present status, and again whenever it changes."""
        answer = await self._handle("status", {})
        try:
            connection.disconnected.connect(lambda: self._watchers.pop(connection, None))
            connection.write(_line(answer))
        except RuntimeError:
            _log.debug("the command line left before its answer")
        else:
            self._watchers[connection] = _comparable(answer["document"])

    def _on_connection(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.readyRead.connect(lambda it=connection: self._read_request(it))
            connection.disconnected.connect(connection.deleteLater)
            self._read_request(connection)

    def _read_request(self, connection: QLocalSocket) -> None:
        """Take one request; whatever comes after it is read and forgotten."""
        if connection.canReadLine():
            line = bytes(connection.readLine(MAX_LINE_BYTES).data())
            _discard_rest(connection)
            if self._spawn(partial(self._answer, connection, line)) is None:
                connection.disconnectFromServer()  # quitting
        elif connection.bytesAvailable() >= MAX_LINE_BYTES:
            _discard_rest(connection)
            # Not closed from here: who still sends would lose the answer by that.
            connection.write(_line(_error_response("Too long a request.")))

    async def _answer(self, connection: QLocalSocket, line: bytes) -> None:
        answer = _line(
            _error_response("Something went wrong inside Timer App. Its log says what.", 1)
        )
        try:
            command, words = _parse_request(line)
            _log.info("command=%s from the command line", command)
            if command == "watch":
                answer = b""
                await self._watch(connection)
                return
            with _cancelled_when_left(connection, command, words):
                answer = await _line_in_steps(await self._handle(command, words))
        except _ClientLeft:
            answer = b""
        except InvalidRequest as error:
            answer = _line(_error_response(str(error)))
        except asyncio.CancelledError:
            answer = _line(_error_response(_ENDING, 1))
            raise
        finally:
            if answer:
                _send_and_close(connection, answer)


class _ClientLeft(Exception):
    """The person broke the command off."""


@contextmanager
def _cancelled_when_left(
    connection: QLocalSocket, command: str, words: Mapping[str, str]
) -> Iterator[None]:
    """Break off a command that reads a long list as soon as its client leaves (Ctrl+C).

    What it committed stays. Every other command is carried out, whoever listens. Raises
    _ClientLeft.
    """
    task = asyncio.current_task()
    if task is None or command != "sync" or "from" not in words:
        yield
        return
    has_left = False

    def break_off() -> None:
        nonlocal has_left
        has_left = True
        task.cancel()

    link = connection.disconnected.connect(break_off)
    try:
        yield
    except asyncio.CancelledError:
        if has_left and task.uncancel() == 0:
            raise _ClientLeft from None
        raise
    finally:
        with suppress(RuntimeError):  # who has left may be deleted by now
            connection.disconnected.disconnect(link)


_ENDING = "Timer App is ending. `timer-app status` tells whether the command was carried out."


class InvalidRequest(Exception):
    """What came is not a request. The text says why."""


def _parse_request(line: bytes) -> tuple[str, dict[str, str]]:
    """The command and its words. Raises InvalidRequest."""
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        raise InvalidRequest("The request is not a line of JSON.") from None
    version = request.get("version") if isinstance(request, dict) else None
    if not isinstance(request, dict) or isinstance(version, bool) or version != VERSION:
        raise InvalidRequest(f"The running Timer App speaks version {VERSION}: restart it.")
    command, words = request.get("command"), request.get("words", {})
    if not isinstance(command, str) or not isinstance(words, dict):
        raise InvalidRequest("The request names no command.")
    if not all(isinstance(word, str) for word in words.values()):
        raise InvalidRequest("The words of a request are text.")
    return command, words


def _comparable(document: object) -> object:
    """A status as it is compared with the one before; anything else as it is."""
    return without_running_seconds(document) if isinstance(document, dict) else document


def _error_response(message: str, code: int = 2) -> Response:
    return {"exit": code, "document": None, "messages": [message]}


def _discard_rest(connection: QLocalSocket) -> None:
    connection.readyRead.disconnect()
    connection.readAll()
    connection.readyRead.connect(lambda it=connection: it.readAll())


def _send_and_close(connection: QLocalSocket, line: bytes) -> None:
    try:
        connection.write(line)
        if sys.platform != "win32":  # there the client leaves: it would lose what it has not read
            connection.disconnectFromServer()  # once everything is written
    except RuntimeError:
        _log.debug("the command line left before its answer")


def _line(answer: Response) -> bytes:
    return _json({"version": VERSION, **answer}) + b"\n"


async def _line_in_steps(answer: Response) -> bytes:
    """The same; a list of thousands is written out while the loop goes on."""
    document = answer["document"]
    if not isinstance(document, list) or len(document) <= _ITEMS_PER_STEP:
        return _line(answer)
    rest = {name: value for name, value in answer.items() if name != "document"}
    line = bytearray(_json({"version": VERSION, **rest})[:-1] + b', "document": ')
    for begin in range(0, len(document), _ITEMS_PER_STEP):
        items = _json(document[begin : begin + _ITEMS_PER_STEP])[1:-1]
        line += (b", " if begin else b"[") + items
        await asyncio.sleep(0)
    return bytes(line + b"]}\n")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


if sys.platform == "win32":

    def _announce_pipe(path: str) -> str:
        """A pipe's name that nobody knew before; the file at `path` tells it to the same user."""
        name = PREFIX + token_hex(16)
        with open(f"{path}.new", "w", encoding="ascii") as file:
            file.write(name)
        replace_file(f"{path}.new", path)
        return name

else:

    def _private_socket(path: str) -> int:
        """A listening socket at `path` with mode 0600; Qt takes the descriptor over."""
        if os.path.lexists(path):
            os.unlink(path)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            with short_path(path) as short:
                listening.bind(short)
        finally:
            os.umask(before)
        listening.listen(socket.SOMAXCONN)
        return listening.detach()
