"""The real `timer-app`, killed by SIGKILL at a boundary that is counted, never timed.

    python tests/prove/victim.py BOUNDARY NUMBER REPORT [WORDS...]

runs `timer-app WORDS` in this process and kills it as it comes to that boundary for the NUMBER-th
time. With 0 it only counts: REPORT then holds, as JSON, how often it came to each boundary.

The app knows nothing of this. Commits are seen where every statement to SQLite passes, requests
where httpx hands them to httpcore, which tells how far each has come.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import httpx


class Boundary(StrEnum):
    """Where a process may die so that what it leaves behind differs."""

    BEFORE_COMMIT = "before-commit"  # all is prepared, and nothing of it is kept
    AFTER_COMMIT = "after-commit"  # all is kept, and nobody was told
    BEFORE_REQUEST = "before-request"  # it is about to be sent, and not a byte has left
    CARRIED_OUT = "carried-out"  # the service did it and answers: what it says is not read yet
    ANSWERED = "answered"  # the answer is read to its end, and nothing of it is kept


_OF_REQUEST = {
    "http11.send_request_headers.started": Boundary.BEFORE_REQUEST,
    "http11.receive_response_headers.complete": Boundary.CARRIED_OUT,
    "http11.receive_response_body.complete": Boundary.ANSWERED,
}


class Fate:
    """Counts boundaries, and ends this process at the one that was chosen."""

    def __init__(self, boundary: Boundary, number: int) -> None:
        self.met: Counter[Boundary] = Counter()
        self._boundary = boundary
        self._number = number

    def meet(self, boundary: Boundary) -> None:
        """Be at a boundary."""
        self.met[boundary] += 1
        if boundary is self._boundary and self.met[boundary] == self._number:
            os.kill(os.getpid(), signal.SIGKILL)


def watch_commits(fate: Fate, stack: ExitStack) -> None:
    """Meet the boundaries of every commit to the journal."""
    from timer_app.adapters.entries.journal.connection import _JournalConnection

    plain = _JournalConnection.execute

    def execute(self: _JournalConnection, *query: Any) -> Any:  # noqa: ANN401 - as sqlite3 has it
        if query[0] != "COMMIT":
            return plain(self, *query)
        fate.meet(Boundary.BEFORE_COMMIT)
        done = plain(self, *query)
        fate.meet(Boundary.AFTER_COMMIT)
        return done

    stack.enter_context(patch.object(_JournalConnection, "execute", execute))


def watch_requests(fate: Fate, stack: ExitStack) -> None:
    """Meet the boundaries of every request. Whoever else follows a request goes on doing so."""
    import httpx

    plain = httpx.AsyncHTTPTransport.handle_async_request

    async def handle(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        follow = request.extensions.get("trace")

        async def trace(event: str, info: Mapping[str, object]) -> None:
            if follow is not None:
                await follow(event, info)
            if event in _OF_REQUEST:
                fate.meet(_OF_REQUEST[event])

        request.extensions = {**request.extensions, "trace": trace}
        return await plain(self, request)

    stack.enter_context(patch.object(httpx.AsyncHTTPTransport, "handle_async_request", handle))


def main(arguments: Sequence[str]) -> int:
    """Run `timer-app`; returns its exit code, if it lives to tell."""
    boundary, number, report, *words = arguments
    sys.path.pop(0)  # this folder: its modules must not stand in for anybody else's
    sys.argv = ["timer-app", *words]
    fate = Fate(Boundary(boundary), int(number))
    from timer_app.cli import main as cli

    with ExitStack() as stack:
        watch_commits(fate, stack)
        watch_requests(fate, stack)
        code = cli.main(words)
    Path(report).write_text(json.dumps(fate.met), encoding="ascii")
    return code


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
