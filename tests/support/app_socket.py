"""Somebody in the place of the running app: at its socket."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def answering(path: Path, line: bytes) -> Iterator[list[bytes]]:
    """Somebody at the socket who answers one request with `line`; what was heard."""
    heard: list[bytes] = []
    with _listening(path) as listening:

        def serve() -> None:
            with contextlib.suppress(OSError):
                connection, _ = listening.accept()
                with connection, connection.makefile("rb") as lines:
                    heard.append(lines.readline())
                    connection.sendall(line)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield heard
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


@contextlib.contextmanager
def hung(path: Path) -> Iterator[None]:
    """An app that hangs: the system takes requests for it, and nobody reads them."""
    with _listening(path):
        yield


@contextlib.contextmanager
def _listening(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        yield listening
    path.unlink()
