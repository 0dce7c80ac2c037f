"""What a person decides in the problems window, carried out as the commands do it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from timer_app.domain.delivery.outbox import Delivery, LoggedEntry
from timer_app.domain.entries.route import Route
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.services.background_tasks import Spawn
from timer_app.services.delivery.ports import Journal
from timer_app.services.delivery.problem_resolver import ProblemResolver
from timer_app.services.delivery.problems import Problem, Resolution, read_in_steps
from timer_app.services.entries.editor import Editor, EntryEdit

_DELIVERIES_PER_STEP = 25


class ProblemController:
    """Every method answers "", or a sentence that says why nothing has changed."""

    def __init__(
        self,
        problems: ProblemResolver,
        editor: Editor,
        journal: Journal,
        edit: Callable[[str], None],
        spawn: Spawn,
        explain: Callable[[Exception], str] = str,
    ) -> None:
        self._problems = problems
        self._editor = editor
        self._journal = journal
        self._edit = edit
        self._spawn = spawn
        self._explain = explain
        self._dropped: tuple[LoggedEntry, tuple[Delivery, ...]] | None = None

    def resolve(self, problem: Problem, resolution: Resolution) -> str:
        """Go this way out; `edit` is called with the entry's id where it is to be edited."""
        return self._run(lambda: self._resolve(problem, resolution))

    def choose_route(self, problem: Problem, route: Route) -> str:
        """Make its task in another team or category, and try again."""
        number = problem.delivery.id

        def retry() -> None:
            self._problems.retry_elsewhere(number, route)

        return self._run(retry)

    def retry_all(self) -> str:
        """Send everything again that was refused; unknown deliveries are matched."""
        return self._run(self._retry_all)

    def undo_drop(self) -> str:
        """Take the latest drop back."""
        latest, self._dropped = self._dropped, None
        if latest is None:
            return ""
        before, dropped = latest
        return self._run(lambda: self._problems.restore_dropped(dropped, before))

    def _resolve(self, problem: Problem, resolution: Resolution) -> None:
        delivery, entry_id = problem.delivery, problem.logged.entry.id
        if resolution is Resolution.TAKE_REMOTE_STOP:
            remote = problem.logged.remote
            self._editor.edit(entry_id, EntryEdit(stopped_at=remote.stopped_at if remote else None))
        elif resolution.is_edit:
            self._edit(entry_id)
        elif resolution.is_drop:
            self._dropped = problem.logged, self._problems.drop(delivery.id)
        else:
            self._problems.retry(delivery.id)

    def _retry_all(self) -> None:
        """The first ones at once; the rest in steps, while the window shows how many are left."""
        some = self._journal.ids_needing_user(most=_DELIVERIES_PER_STEP + 1)
        steps = read_in_steps(self._journal, _DELIVERIES_PER_STEP)
        self._retry_next(steps)
        if len(some) > _DELIVERIES_PER_STEP:
            self._spawn(partial(self._retry_rest, steps))

    async def _retry_rest(self, steps: Iterator[Sequence[LoggedEntry]]) -> None:
        more = True
        while more:
            await asyncio.sleep(0)
            more = self._retry_next(steps)

    def _retry_next(self, steps: Iterator[Sequence[LoggedEntry]]) -> bool:
        """One commit, after which all is tried again once; whether there may be more."""
        with self._journal.transaction():
            step = next(steps, None)
            for logged in step or ():
                for delivery in logged.deliveries:
                    if Resolution.SEND_AGAIN in Problem.for_delivery(logged, delivery).resolutions:
                        self._problems.retry(delivery.id)
        return step is not None

    def _run(self, act: Callable[[], None]) -> str:
        try:
            act()
        except (NotPossible, JournalError) as error:
            return self._explain(error)
        return ""
