"""The app's end of the socket, or of the named pipe on Windows: requests and their answers."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from timer_app.adapters.setup.ipc import MAX_LINE_BYTES, VERSION
from timer_app.adapters.setup.ipc.connection import Connection
from timer_app.domain.entries.document import without_running_seconds
from timer_app.services.background_tasks import Spawn

if sys.platform == "win32":
    from timer_app.adapters.setup.ipc.pipe_server import PipeServer as Listener
else:
    from timer_app.adapters.setup.ipc.unix_server import UnixServer as Listener

_log = logging.getLogger(__name__)

_ITEMS_PER_STEP = 500
"""Items of a list that are made JSON at a time: a few milliseconds."""

Response = dict[str, object]
RequestHandler = Callable[[str, Mapping[str, str]], Awaitable[Response]]


class IpcServer:
    """Answers requests; `handle` runs a command, `spawn` owns the task that it runs in."""

    def __init__(self, handle: RequestHandler, spawn: Spawn) -> None:
        self._handle = handle
        self._spawn = spawn
        self._watchers: dict[Connection, object] = {}
        self._is_pushing = False
        self._listener = Listener(self)

    async def listen(self, path: str) -> None:
        """Let clients of the same user find us at `path`. Raises OSError.

        The caller holds the app's lock.
        """
        await self._listener.listen(path)

    def close(self) -> None:
        """Take no more requests; who watches notices it."""
        self._listener.close()
        for connection in tuple(self._watchers):
            connection.close()

    def push_status(self) -> None:
        """Send the present status to watching clients if it differs from the one sent before."""
        if self._watchers and not self._is_pushing:
            self._is_pushing = True
            self._spawn(self._push)

    async def _push(self) -> None:
        self._is_pushing = False
        answer = await self._handle("status", {})
        line = _line(answer)
        comparable = _comparable(answer["document"])
        for connection, last_pushed in tuple(self._watchers.items()):
            if connection.unsent_bytes > MAX_LINE_BYTES:
                connection.abort()  # it reads nothing
            elif comparable != last_pushed:
                self._watchers[connection] = comparable
                connection.write(line)

    async def _watch(self, connection: Connection) -> None:
        """Answer with the present status, and again whenever it changes."""
        answer = await self._handle("status", {})
        if connection.is_disconnected:
            _log.debug("the command line left before its answer")
            return
        connection.on_disconnected(lambda: self._watchers.pop(connection, None))
        connection.write(_line(answer))
        self._watchers[connection] = _comparable(answer["document"])

    def on_request(self, connection: Connection, line: bytes) -> None:
        """See Clients."""
        if self._spawn(partial(self._answer, connection, line)) is None:
            connection.close()  # quitting

    def on_too_long(self, connection: Connection) -> None:
        """See Clients. Not closed from here: who still sends would lose the answer by that."""
        connection.write(_line(_error_response("Too long a request.")))

    async def _answer(self, connection: Connection, line: bytes) -> None:
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
        except _ClientDisconnected:
            answer = b""
        except InvalidRequest as error:
            answer = _line(_error_response(str(error)))
        except asyncio.CancelledError:
            answer = _line(_error_response(_ENDING, 1))
            raise
        finally:
            if answer:
                _send_and_finish(connection, answer)


class _ClientDisconnected(Exception):
    """The person broke the command off."""


@contextmanager
def _cancelled_when_left(
    connection: Connection, command: str, words: Mapping[str, str]
) -> Iterator[None]:
    """Break off a command that reads a long list as soon as its client leaves (Ctrl+C).

    What it committed stays. Every other command is carried out to its end. Raises
    _ClientDisconnected.
    """
    task = asyncio.current_task()
    if task is None or command != "sync" or "from" not in words:
        yield
        return
    is_disconnected = False

    def break_off() -> None:
        nonlocal is_disconnected
        is_disconnected = True
        task.cancel()

    stop = connection.on_disconnected(break_off)
    try:
        yield
    except asyncio.CancelledError:
        if is_disconnected and task.uncancel() == 0:
            raise _ClientDisconnected from None
        raise
    finally:
        stop()


_ENDING = "Timer App is ending. `timer-app status` and `timer-app log` tell what was carried out."


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


def _send_and_finish(connection: Connection, line: bytes) -> None:
    if connection.is_disconnected:
        _log.debug("the command line left before its answer")
    connection.write(line)
    connection.finish()


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
