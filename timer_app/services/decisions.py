"""What a person decides in the problems window, carried out as the commands do it."""

from __future__ import annotations

from collections.abc import Callable

from timer_app.domain.delivery import Delivery
from timer_app.domain.errors import NotPossible
from timer_app.services.editing import Edit, Editor
from timer_app.services.ports import JournalUnwritable, LoggedEntry, Outbox
from timer_app.services.problem_list import Problem
from timer_app.services.problems import Problems
from timer_app.services.ways import Way


class Decisions:
    """Every method answers "", or a sentence that says why nothing has changed."""

    def __init__(
        self,
        problems: Problems,
        editor: Editor,
        journal: Outbox,
        change: Callable[[str], None],
        explain: Callable[[Exception], str] = str,
    ) -> None:
        self._problems = problems
        self._editor = editor
        self._journal = journal
        self._change = change
        self._explain = explain
        self._dropped: tuple[LoggedEntry, tuple[Delivery, ...]] | None = None

    def take(self, problem: Problem, way: Way) -> str:
        """Go this way out; `change` is called with the entry's id where it is to be edited."""
        return self._carried_out(lambda: self._take(problem, way))

    def retry_all(self) -> str:
        """Send everything again that was refused, and only that: unknown ones are looked at."""
        return self._carried_out(self._retry_all)

    def undo_drop(self) -> str:
        """Take the latest drop back."""
        latest, self._dropped = self._dropped, None
        if latest is None:
            return ""
        before, dropped = latest
        return self._carried_out(lambda: self._problems.take_back(dropped, before))

    def _take(self, problem: Problem, way: Way) -> None:
        delivery, entry_id = problem.delivery, problem.logged.entry.id
        if way is Way.TAKE_THEIRS:
            remote = problem.logged.remote
            self._editor.edit(entry_id, Edit(stopped_at=remote.stopped_at if remote else None))
        elif way.is_edit:
            self._change(entry_id)
        elif way.is_drop:
            self._dropped = problem.logged, self._problems.drop(delivery.id)
        else:
            self._problems.retry(delivery.id)

    def _retry_all(self) -> None:
        for logged in self._journal.needing_person():
            for delivery in logged.deliveries:
                if Way.SEND_AGAIN in Problem.of(logged, delivery).ways:
                    self._problems.retry(delivery.id)

    def _carried_out(self, act: Callable[[], None]) -> str:
        try:
            act()
        except (NotPossible, JournalUnwritable) as error:
            return self._explain(error)
        return ""
