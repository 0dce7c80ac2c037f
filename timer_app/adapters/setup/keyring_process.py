"""Asks the keyring in a process of its own, which ends with its answer.

The libraries of the keyring take more memory than all else that a token is needed for, and a
prompt that nobody answers can be ended only with the process that shows it. The request and the
answer go through pipes, so that no secret is in arguments or in the environment. The process also
ends when its stdin is closed: the app that asked is gone then.

`python -m timer_app.adapters.setup.keyring_process` is that process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from io import RawIOBase

from timer_app.adapters.setup.keyring_items import FoundSecret
from timer_app.adapters.setup.keyring_questions import (
    InProcessQuestion,
    KeyringAct,
    KeyringAnswer,
    KeyringFailed,
    KeyringRequest,
)
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import ProxySecret, SecretName, SecretUse
from timer_app.services.setup.desktop_status import KeyringState

_MODULE = "timer_app.adapters.setup.keyring_process"
_QUESTION_BEGINS = b"asking\n"
"""The line that the process writes when its libraries are imported and the question begins."""
_CHUNK = 65536


class SubprocessQuestion:
    """Implements KeyringQuestion."""

    def __init__(self, request: KeyringRequest) -> None:
        self._request = request
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ended = False

    def answer(self, on_asking: Callable[[], None]) -> KeyringAnswer:
        """See KeyringQuestion."""
        try:
            with self._start() as process:
                answer = _exchange(process, _request_line(self._request), on_asking)
        except OSError as error:
            raise KeyringFailed(KeyringState.BROKEN, [type(error).__name__]) from None
        return _read_answer(answer)

    def end(self) -> None:
        """See KeyringQuestion. The keyring takes a prompt back whose process ends."""
        with self._lock:
            self._is_ended = True
            if self._process is not None:
                self._process.terminate()

    def _start(self) -> subprocess.Popen[bytes]:
        """Raises OSError."""
        with self._lock:
            if self._is_ended:
                raise InterruptedError
            self._process = _start_process()
            return self._process


def _start_process() -> subprocess.Popen[bytes]:
    """Raises OSError."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    return subprocess.Popen(
        _command(),
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=flags,
    )


def _command() -> list[str]:
    """A bundle answers to `-m` itself, and has no folder in which it could find another module."""
    is_bundle = getattr(sys, "frozen", False)
    return [sys.executable, *([] if is_bundle else ["-P"]), "-m", _MODULE]


def _exchange(
    process: subprocess.Popen[bytes], request: bytes, on_asking: Callable[[], None]
) -> bytes:
    """The line that is answered, b"" for none. Its stdin stays open until then. Raises OSError."""
    if process.stdin is None or process.stdout is None:  # for mypy: both are pipes
        return b""
    with suppress(BrokenPipeError):  # it has ended, and answers nothing
        process.stdin.write(request)
    line = process.stdout.readline()
    if line == _QUESTION_BEGINS:
        on_asking()
        line = process.stdout.readline()
    return line


def _request_line(request: KeyringRequest) -> bytes:
    words = [request.act.value, request.name.value, request.use.origin, request.use.home]
    return json.dumps([*words, request.secret]).encode() + b"\n"


def _read_request(line: bytes) -> KeyringRequest:
    act, name, origin, home, secret = json.loads(line)
    return KeyringRequest(KeyringAct(act), _secret_name(name), SecretUse(origin, home), secret)


def _secret_name(value: str) -> SecretName:
    return ProxySecret(value) if value == ProxySecret.PROXY.value else Service(value)


def _answer_line(answer: KeyringAnswer | KeyringFailed) -> bytes:
    document: dict[str, object]
    if isinstance(answer, KeyringFailed):
        document = {"failed": answer.state.value}
        document.update(detail=answer.detail, may_pass=answer.may_pass)
    else:
        found = answer.found and (answer.found.secret, answer.found.other_origin)
        document = {"found": found, "was_there": answer.was_there}
    return json.dumps(document).encode() + b"\n"


def _read_answer(line: bytes) -> KeyringAnswer:
    """Raises KeyringFailed."""
    try:
        document = json.loads(line)
    except ValueError:
        raise KeyringFailed(KeyringState.BROKEN, ["KeyringProcessEnded"]) from None
    if "failed" in document:
        state = KeyringState(document["failed"])
        raise KeyringFailed(state, document["detail"], may_pass=document["may_pass"])
    found = document["found"]
    return KeyringAnswer(found and FoundSecret(*found), was_there=document["was_there"])


def main() -> int:
    """Answer the one request that comes through stdin."""
    answers = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)  # what a library prints is no answer
    line = b""
    while not line.endswith(b"\n"):
        chunk = os.read(0, _CHUNK)
        if not chunk:
            return 1
        line += chunk
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    answer: KeyringAnswer | KeyringFailed
    with os.fdopen(answers, "wb", buffering=0) as file:
        try:
            answer = InProcessQuestion(_read_request(line)).answer(
                lambda: _write_all(file, _QUESTION_BEGINS)
            )
        except KeyringFailed as failed:
            answer = failed
        _write_all(file, _answer_line(answer))
    # Not by way of Python's own end, which waits for threads and may abort among Rust's.
    os._exit(0)


def _write_all(file: RawIOBase, line: bytes) -> None:
    while line:
        line = line[file.write(line) or 0 :]


def _end_with_stdin() -> None:
    while os.read(0, _CHUNK):
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
