"""The progress of deleting entries and of undoing that, and what can be undone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.intents import (
    Cancellable,
    EditListener,
    HistoryIntents,
    UndoableEdits,
)
from timer_app.ui.entries.history.work_bar import WorkBar


@dataclass(frozen=True, slots=True)
class EditResult:
    """How it ended: the number of entries or acts that are done, of `total`.

    `why` says why the rest was not done, "" if nobody refused it; `undoable` is what can be taken
    back now, the oldest first.
    """

    done: int
    total: int
    why: str
    undoable: tuple[UndoableEdits, ...]


class EditBar(WorkBar):
    """Implements `EditListener`. It is seen while there is more than one step."""

    def __init__(self, intents: HistoryIntents) -> None:
        super().__init__("edit")
        self._intents = intents
        self._is_working = False
        self._done = self._total = 0
        self._undoable: list[UndoableEdits] = []
        self._say_progress: Callable[[int, int], str] = words.delete_progress
        self._ended: Callable[[EditResult], None] = lambda _: None

    @property
    def is_working(self) -> bool:
        """Whether something goes on: nothing else is deleted or taken back meanwhile."""
        return self._is_working

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        super().retranslate()
        self._progress.setAccessibleName(self.tr("Changing entries"))

    def delete(self, ids: Sequence[str], ended: Callable[[EditResult], None]) -> None:
        """Delete these entries; `ended` is called once."""
        self._undoable, self._say_progress = [], words.delete_progress
        self._begin(len(ids), ended, partial(self._intents.delete, ids))

    def undo(self, undoable: Sequence[UndoableEdits], ended: Callable[[EditResult], None]) -> None:
        """Take these acts back, the latest first; `ended` is called once."""
        self._undoable, self._say_progress = list(undoable), words.undo_progress
        total = sum(each.count for each in undoable)
        self._begin(total, ended, partial(self._intents.undo, undoable))

    def _begin(
        self,
        total: int,
        ended: Callable[[EditResult], None],
        begin: Callable[[EditListener], Cancellable | None],
    ) -> None:
        self._is_working, self._done, self._total, self._ended = True, 0, total, ended
        self._work = begin(self)
        if self._is_working:
            self._progress.setRange(0, total)
            self._show_progress()
            self._show_working(working=True)
        else:
            self._work = None

    def on_deleted(self, undoable: UndoableEdits) -> None:
        """See EditListener."""
        self._undoable.append(undoable)
        self._count(undoable)

    def on_undone(self, undoable: UndoableEdits) -> None:
        """See EditListener."""
        self._undoable.remove(undoable)
        self._count(undoable)

    def on_ended(self, why: str) -> None:
        """See EditListener."""
        self._work, self._is_working = None, False
        self.put_away()
        self._ended(EditResult(self._done, self._total, why, tuple(self._undoable)))

    def _on_cancelled(self) -> None:
        self.on_ended("")

    def _count(self, step: UndoableEdits) -> None:
        self._done += step.count
        if self._work is not None:
            self._show_progress()

    def _show_progress(self) -> None:
        self._progress.setValue(self._done)
        self._show_text(lambda: self._say_progress(self._done, self._total))
