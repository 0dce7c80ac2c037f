"""Windows' completion port is waited for in a thread that wakes for results alone."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from functools import partial

from pytestqt.qtbot import QtBot

from timer_app.ui.completion_waiter import CompletionWaiter


class PlayedPort:
    """A port: `select` sleeps until there is something."""

    def __init__(self) -> None:
        self._results: queue.Queue[Sequence[object]] = queue.Queue()
        self.selects = 0

    def complete(self, *results: object) -> None:
        """Let operations end; none wakes who waits."""
        self._results.put(results)

    def select(self) -> Sequence[object]:
        self.selects += 1
        return self._results.get()


def is_full(seen: list[tuple[object, bool]], count: int) -> bool:
    return len(seen) == count


def test_results_come_to_the_loops_thread_and_nothing_else_wakes(qtbot: QtBot) -> None:
    port = PlayedPort()
    seen: list[tuple[object, bool]] = []

    def process(results: Sequence[object]) -> None:
        here = threading.current_thread() is threading.main_thread()
        seen.extend((each, here) for each in results)

    waiter = CompletionWaiter(port.select, port.complete, process)
    for begin in (1, 3):  # the loop may run more than once
        waiter.start()
        port.complete(begin, begin + 1)
        qtbot.waitUntil(partial(is_full, seen, begin + 1))
        waiter.stop()
    assert seen == [(1, True), (2, True), (3, True), (4, True)]
    assert port.selects == 4  # each time the results, and the end
    assert "completions" not in {each.name for each in threading.enumerate()}
