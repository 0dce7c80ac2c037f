"""TimeCrowd as the sender and the windows see it: which calls, in which order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from timer_app.adapters.http.client import ServiceClient
from timer_app.adapters.http.exchange import Request, Response, Unreadable, nothing_changed
from timer_app.adapters.timecrowd import wire
from timer_app.domain.delivery import (
    CorrectTimes,
    DeleteEntry,
    Due,
    RecordEntry,
    RemoveDoubleEntry,
    StartEntry,
    StopEntry,
    ToTimeCrowd,
    holds,
)
from timer_app.domain.following import TrackedEntry
from timer_app.domain.looking import MARGIN, Looked, SafeToRepeat, Sighting
from timer_app.domain.outcome import (
    Done,
    NothingToRemove,
    Outcome,
    Refused,
    RemoteEntry,
    Removed,
)
from timer_app.services.ports import Account, Choice, ServiceProblem

if TYPE_CHECKING:
    from timer_app.domain.task import Task

MOST_PAGES = 20


class TimeCrowdGateway:
    """A `Gateway` to one team's time entries, and the questions around them.

    `category_id` is where new tasks are made, None for no category. Kept in memory only: the
    token owner's id and the ids of tasks met so far; `account` reads the former anew, to be
    called after a new token.
    """

    def __init__(self, client: ServiceClient, team_id: int, category_id: int | None) -> None:
        self._client = client
        self._team_id = team_id
        self._category_id = category_id
        self._user_id: int | None = None
        self._task_ids: dict[str, str] = {}

    # -- deliveries

    async def deliver(self, due: Due) -> Outcome:
        """Tell TimeCrowd; every way this can end is an Outcome, nothing is raised."""
        message = due.delivery.message
        if not isinstance(message, ToTimeCrowd):
            return Refused(None, ("A time log belongs to Kaiten, not to TimeCrowd.",))
        try:
            return await self._deliver(due, message)
        except ServiceProblem as problem:  # of a question that comes before the change
            return nothing_changed(problem.outcome)

    async def _deliver(self, due: Due, message: ToTimeCrowd) -> Outcome:
        match message:
            case StartEntry(task):
                return await self._start(task)
            case RecordEntry():
                return await self._record(message)
            case StopEntry():
                return await self._stop(due.remote)
            case CorrectTimes():
                return await self._correct(due.remote, message)
            case DeleteEntry():
                return await self._delete(due.remote)
            case RemoveDoubleEntry():
                return await self._remove_double(message, due.remote)

    async def _start(self, task: Task) -> Outcome:
        outcome = await self._client.tell(wire.start(self._form(task)), wire.entry, wire.words)
        self._remember(task, outcome)
        return outcome

    async def _record(self, message: RecordEntry) -> Outcome:
        """A closed entry on the task, which is found or made first.

        Nothing that goes wrong before the entry itself is sent leaves its outcome unknown: a
        task that may have been made is looked for by the next attempt.
        """
        task_id = await self._task_id(message.task)
        form = wire.TimesForm(message.started_at, message.stopped_at, task_id)
        outcome = await self._client.tell(wire.record(form), wire.entry, wire.words)
        if isinstance(outcome, Refused):
            self._task_ids.pop(message.task.key, None)  # the task may be gone: look again
        return outcome

    async def _stop(self, remote: RemoteEntry | None) -> Outcome:
        """Stop it if it runs. What /stop does to any other entry is not known: look first.

        Of one that is stopped already its stop is the answer, whoever made it.
        """
        if remote is None:
            return _no_id("stopped")
        held = await self._look_for(remote)
        if held is None:
            return Refused(None, (_nowhere(remote.id),))
        if held.stopped_at is not None:
            return Done(held, self._client.server_now())

        def stopped(response: Response) -> RemoteEntry:
            answer = _same(wire.entry(response), remote.id)
            if answer.stopped_at is None:
                raise Unreadable("it shows the entry as running still")
            return answer

        return await self._client.tell(wire.stop(remote.id), stopped, wire.words)

    async def _correct(self, remote: RemoteEntry | None, message: CorrectTimes) -> Outcome:
        if remote is None:
            return _no_id("corrected")
        task_id = await self._task_id(message.task) if message.task else remote.task_id
        form = wire.TimesForm(message.started_at, message.stopped_at, task_id)

        def corrected(response: Response) -> RemoteEntry:
            return _same(wire.entry(response), remote.id)

        outcome = await self._client.tell(wire.correct(remote.id, form), corrected, wire.words)
        if isinstance(outcome, Refused) and message.task:
            self._task_ids.pop(message.task.key, None)  # as in `_record`
        if not isinstance(outcome, Done) or not isinstance(outcome.answer, RemoteEntry):
            return outcome
        if holds(outcome.answer, message.started_at, message.stopped_at):
            return outcome
        asked = _span(message.started_at, message.stopped_at)
        kept = _span(outcome.answer.started_at, outcome.answer.stopped_at)
        return Refused(None, (f"TimeCrowd was asked for {asked} and holds {kept}.",))

    async def _delete(self, remote: RemoteEntry | None) -> Outcome:
        if remote is None:
            return _no_id("deleted")
        outcome = await self._client.tell(wire.delete(remote.id), wire.removed, wire.words)
        # What is answered for an entry that is gone is not known, and a no, 404 too, may be a
        # gateway's word: what is nowhere is deleted.
        if isinstance(outcome, Refused) and await self._look_for(remote) is None:
            return Done(Removed())
        return outcome

    async def _remove_double(
        self, message: RemoveDoubleEntry, remote: RemoteEntry | None
    ) -> Outcome:
        """Remove ours of two, while both are there."""
        other = await self._look_for(message.kept)
        if other is None:
            return Done(NothingToRemove())
        if message.removed is None:
            words = f"Remove entry {message.kept.id} in TimeCrowd, then try again."
            return Refused(None, (words,))
        if remote is None or remote.id != message.removed:
            remote = replace(message.kept, id=message.removed)
        return await self._delete(remote)

    # -- tasks

    def _form(self, task: Task) -> wire.TaskForm:
        return wire.task_form(task, self._team_id, self._category_id)

    def _remember(self, task: Task, outcome: Outcome) -> None:
        if isinstance(outcome, Done) and isinstance(outcome.answer, RemoteEntry):
            self._task_ids[task.key] = outcome.answer.task_id

    async def _task_id(self, task: Task) -> str:
        """The task's id in TimeCrowd, which is made there if it is not found. ServiceProblem."""
        if (known := self._task_ids.get(task.key)) is not None:
            return known
        found = await self._known_task(task)
        if found is None:
            request = wire.create_task(self._form(task))
            found = await self._client.ask(request, wire.created_task, wire.words)
        self._task_ids[task.key] = found.id
        return found.id

    async def _known_task(self, task: Task) -> wire.HeldTask | None:
        """The task as TimeCrowd holds it, None if it has none. Raises ServiceProblem."""
        found = await self._find_task(wire.search_tasks(task.title), task)
        return found or await self._find_task(wire.team_tasks(str(self._team_id)), task)

    async def _find_task(self, request: Request, task: Task) -> wire.HeldTask | None:
        tasks = await self._client.ask(request, wire.tasks, wire.words)
        fitting = [
            held
            for held in tasks
            if held.stands_for(task)
            and held.team_id in ("", str(self._team_id))
            and not held.deleted
        ]
        # The key identifies a task; of several with the same title it names the one we made.
        fitting.sort(key=lambda held: held.key != task.key)
        return fitting[0] if fitting else None

    # -- looking

    async def look(self, due: Due, ago: timedelta) -> Looked | SafeToRepeat:
        """What may be the entry that was begun or recorded. Raises ServiceProblem.

        A stop looks by itself before it sends; times and removal go to one id and may repeat.
        """
        message = due.delivery.message
        if isinstance(message, StartEntry):
            found = await self._look_for_start(message.task, ago)
        elif isinstance(message, RecordEntry):
            found = await self._look_for_record(message)
        else:
            return SafeToRepeat()
        return Looked(tuple(found), self._client.skew)

    async def _look_for_start(self, task: Task, ago: timedelta) -> list[Sighting]:
        """Entries on the task since then. The server stamps a start when it makes the entry."""
        held = {each.remote.id: each for each in await self._working()}
        since = self._client.server_now() - ago - MARGIN  # its clock is known from an answer only
        async for each in self._entries(None):
            if each.remote.started_at < since:
                break
            held.setdefault(each.remote.id, each)
        return [
            Sighting(each.remote, each.created_at or each.remote.started_at)
            for each in held.values()
            if each.task.stands_for(task)
        ]

    async def _look_for_record(self, message: RecordEntry) -> list[Sighting]:
        """Entries on the task with exactly these times."""
        task_id = self._task_ids.get(message.task.key)
        if task_id is None:
            task = await self._known_task(message.task)
            if task is None:
                return []
            task_id = task.id
        return [
            Sighting(each.remote, each.created_at, unmistakable=True)
            async for each in self._entries(task_id)
            if holds(each.remote, message.started_at, message.stopped_at)
            and each.remote.stopped_at is not None
        ]

    async def _entries(self, task_id: str | None) -> AsyncIterator[wire.HeldEntry]:
        """The owner's entries, page by page, each once. Raises ServiceProblem.

        More pages than MOST_PAGES are a problem too: what is not read cannot be ruled out.
        """
        seen: set[str] = set()
        for page in range(1, MOST_PAGES + 1):
            fresh = [
                held for held in await self.my_entries(task_id, page) if held.remote.id not in seen
            ]
            if not fresh:  # past the end, or a service that does not turn pages
                return
            for held in fresh:
                seen.add(held.remote.id)
                yield held
        raise ServiceProblem(Refused(None, ("TimeCrowd holds more entries than can be read.",)))

    async def _look_for(self, remote: RemoteEntry) -> RemoteEntry | None:
        """What TimeCrowd holds of our entry now; None if it is nowhere. Raises ServiceProblem."""
        for held in await self._working():
            if held.remote.id == remote.id:
                return held.remote
        async for held in self._entries(remote.task_id):
            if held.remote.id == remote.id:
                return held.remote
        return None

    async def _working(self) -> tuple[wire.HeldEntry, ...]:
        user_id = self._user_id if self._user_id is not None else (await self.account()).id

        def mine(response: Response) -> tuple[wire.HeldEntry, ...]:
            return wire.working_now(response, user_id)

        return await self._client.ask(wire.working_users(), mine, wire.words)

    async def holds(self, due: Due) -> CorrectTimes | None:
        """The times that TimeCrowd holds for the entry. Raises ServiceProblem."""
        if due.remote is None or not isinstance(due.delivery.message, CorrectTimes):
            return None
        held = await self._look_for(due.remote)
        return None if held is None else CorrectTimes(held.started_at, held.stopped_at)

    # -- other devices

    async def running(self) -> TrackedEntry | None:
        """See the port `TimeTracker`."""
        working = await self._working()
        return _tracked(working[0]) if working else None

    async def held(self, remote: RemoteEntry) -> RemoteEntry | None:
        """See the port `TimeTracker`."""
        return await self._look_for(remote)

    async def since(self, instant: datetime) -> tuple[TrackedEntry, ...]:
        """See the port `TimeTracker`."""
        found = {each.remote.id: each for each in await self._working()}
        async for each in self._entries(None):
            if each.remote.started_at < instant:
                break
            found.setdefault(each.remote.id, each)
        return tuple(_tracked(each) for each in found.values())

    async def my_entries(self, task_id: str | None, page: int) -> tuple[wire.HeldEntry, ...]:
        """The owner's entries, of one task or (None) of all; pages from 1. ServiceProblem."""
        return await self._client.ask(wire.my_entries(task_id, page), wire.entries, wire.words)

    # -- settings

    async def account(self) -> Account:
        """Whose token it is. Raises ServiceProblem."""
        account = await self._client.ask(wire.me(), wire.account, wire.words)
        self._user_id = account.id
        return account

    async def teams(self) -> tuple[Choice, ...]:
        """The teams of the token's owner. Raises ServiceProblem."""
        return await self._client.ask(wire.teams(), wire.team_choices, wire.words)

    async def categories(self, team_id: int) -> tuple[Choice, ...]:
        """A team's categories, named by their path. Raises ServiceProblem."""

        def of_team(response: Response) -> tuple[Choice, ...]:
            return wire.category_choices(response, team_id)

        try:
            return await self._client.ask(wire.team_categories(str(team_id)), of_team, wire.words)
        except ServiceProblem as problem:
            if not (isinstance(problem.outcome, Refused) and problem.outcome.status == 404):
                raise
        return await self._client.ask(wire.all_categories(), of_team, wire.words)


def _tracked(held: wire.HeldEntry) -> TrackedEntry:
    return TrackedEntry(held.remote, held.task.title, (held.task.url, held.task.key))


def _same(answer: RemoteEntry, entry_id: str) -> RemoteEntry:
    if answer.id != entry_id:
        raise Unreadable("it is about another entry")
    return answer


def _no_id(what: str) -> Refused:
    return Refused(None, (f"The entry cannot be {what}: its number in TimeCrowd is not known.",))


def _nowhere(entry_id: str) -> str:
    return (
        f"TimeCrowd shows no entry {entry_id} among yours on this task: it was deleted there,"
        f" moved to another task, or lies further back than {MOST_PAGES} pages."
    )


def _span(started_at: datetime, stopped_at: datetime | None) -> str:
    stop = "now" if stopped_at is None else _shown(stopped_at)
    return f"{_shown(started_at)} to {stop}"


def _shown(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
