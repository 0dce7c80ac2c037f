"""Windows' completion port, waited for without waking while nothing completes.

qasync's own thread asks a hundred times a second. This one sleeps in the system until an
operation ends or somebody wakes it, and hands the results to the loop's thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot


class CompletionWaiter(QObject):
    """`select` waits for results, `wake` makes it return; `process` gets them on this thread."""

    _completed = Signal(list)

    def __init__(
        self,
        select: Callable[[], Sequence[object]],
        wake: Callable[[], None],
        process: Callable[[Sequence[object]], None],
    ) -> None:
        super().__init__()
        self._select = select
        self._wake = wake
        self._process = process
        self._is_over = False
        self._thread: threading.Thread | None = None
        self._completed.connect(self._on_completed, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Wait from now on."""
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="completions", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Wait no more; the thread has ended on return."""
        if self._thread is not None:
            self._is_over = True
            self._wake()
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while not self._is_over:
            results = self._select()
            if results:
                self._completed.emit(list(results))

    @Slot(list)
    def _on_completed(self, results: list[object]) -> None:
        self._process(results)
