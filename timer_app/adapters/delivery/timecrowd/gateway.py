"""TimeCrowd as the sender and the windows see it: which calls, in which order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from timer_app.adapters.delivery.timecrowd import wire
from timer_app.adapters.delivery.timecrowd.refusals import read_refusal
from timer_app.adapters.http.client import ServiceClient
from timer_app.adapters.http.exchange import Response, as_not_sent
from timer_app.adapters.http.json_reader import UnreadableResponse
from timer_app.domain.delivery.matching import CLOCK_MARGIN, Candidate, LookupResult, SafeToRepeat
from timer_app.domain.delivery.outbox import DueDelivery
from timer_app.domain.delivery.outcomes import (
    Commented,
    Done,
    NothingToRemove,
    Outcome,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    Removed,
)
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DeleteEntry,
    RecordEntry,
    RemoveDuplicateEntry,
    StartEntry,
    StopEntry,
    TimeCrowdMessage,
    times_match,
)
from timer_app.domain.entries.route import effective_category
from timer_app.domain.messages import OutcomeMessageId
from timer_app.domain.setup.accounts import Account, Choice
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.ports import OnPages, OnSend, ServiceCallError

if TYPE_CHECKING:
    from timer_app.domain.entries.card import CardsByKey
    from timer_app.domain.entries.route import Route
    from timer_app.domain.entries.task import Task, TimeCrowdTask
    from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo

MAX_PAGES = 200
"""Of one's own entries or of a team's tasks. More are reported to people."""
_MOVED_BY = timedelta(days=7)
"""How far from its start an entry is still looked for that was given other times elsewhere."""
MAX_USED_TASKS = 25
_ORDER_PROOF = 10
"""So many rows, each older than the one before, prove that a list has the newest first."""


class TimeCrowdGateway:
    """A `Gateway` to one's own time entries, and the queries around them.

    `team_id` and `category_id` (None for none) are those of new tasks whose entry has no others;
    `cards` are those whose keys are known. Kept in memory only: the id of the token's owner and the
    ids of tasks met so far; `account` reads the owner again, to be called after a new token.
    """

    def __init__(
        self,
        client: ServiceClient,
        team_id: int,
        category_id: int | None,
        *,
        cards: Callable[[], CardsByKey] = dict,
    ) -> None:
        self._client = client
        self._team_id = team_id
        self._category_id = category_id
        self._cards = cards
        self._user_id: int | None = None
        self._task_ids: dict[tuple[int, str], str] = {}
        """The ids of tasks in TimeCrowd, by team and our key."""
        self._task_keys: dict[tuple[int, str], str] = {}
        """The keys of tasks in TimeCrowd, likewise: a card's may be another form of its address."""

    async def query_time(self) -> None:
        """See the port."""
        await self._client.query(wire.me(), wire.account, read_refusal)

    # -- deliveries

    async def deliver(self, due: DueDelivery, on_send: OnSend) -> Outcome:
        """See the port."""
        message = due.delivery.message
        if not isinstance(message, TimeCrowdMessage):
            return Refused(None, ("A time log belongs to Kaiten, not to TimeCrowd.",))
        try:
            return await self._deliver(due, message, on_send)
        except ServiceCallError as problem:  # of a question that comes before the change
            return as_not_sent(problem.outcome)

    async def _deliver(  # noqa: PLR0911 - a call for each message
        self, due: DueDelivery, message: TimeCrowdMessage, on_send: OnSend
    ) -> Outcome:
        match message:
            case StartEntry(task, _, route):
                return await self._start(task, route, on_send)
            case RecordEntry():
                return await self._record(message, on_send)
            case StopEntry():
                return await self._stop(due.remote)
            case CorrectTimes():
                return await self._correct(due.remote, message)
            case CommentEntry(comment):
                return await self._comment(due.remote, comment, on_send)
            case DeleteEntry():
                return await self._delete(due.remote)
            case RemoveDuplicateEntry():
                return await self._remove_duplicate(message, due.remote)

    async def _start(self, task: Task, route: Route, on_send: OnSend) -> Outcome:
        if task.timecrowd is not None:
            return await self._start_chosen(task.timecrowd, on_send)
        team_id = self._team_of(route)
        known = await self._task_of_other_address(task, team_id)
        if known is not None:
            request = replace(wire.start_task(str(team_id), known), on_send=on_send)
            outcome = await self._client.send(request, wire.entry, read_refusal)
            if not (isinstance(outcome, Refused) and outcome.status in (403, 404)):
                return outcome
            self._forget_task(task, team_id)  # it is gone: make it again
        request = replace(wire.start(self._form(task, route)), on_send=on_send)
        outcome = await self._client.send(request, wire.entry, read_refusal)
        self._cache_task_id(task, team_id, outcome)
        return outcome

    async def _start_chosen(self, task: TimeCrowdTask, on_send: OnSend) -> Outcome:
        """Start a task that was chosen among TimeCrowd's own: no other one takes its place."""
        team_id = task.team_id
        if team_id is None:
            found = await self.find_task(task)
            if found is None or found.task.team_id is None:
                return _refused(OutcomeMessageId.TASK_NOT_SHOWN, task.id)
            team_id = found.task.team_id
        request = replace(wire.start_task(str(team_id), str(task.id)), on_send=on_send)
        outcome = await self._client.send(request, wire.entry, read_refusal)
        if isinstance(outcome, Refused) and outcome.status in (403, 404):
            words = UserMessage(OutcomeMessageId.TASK_GONE, task.id)
            return replace(outcome, messages=(*outcome.messages, str(words)))
        return outcome

    async def _task_of_other_address(self, task: Task, team_id: int) -> str | None:
        """The id of the task if it has another form of its card's or its own address as its key.

        TimeCrowd would find only the key that we send, and make a second task for it. Raises
        ServiceCallError; lists that are not shown to this user do not hinder a start.
        """
        where = team_id, task.timecrowd_key
        if not task.url or self._task_keys.get(where) == task.timecrowd_key:
            return None
        if where not in self._task_keys:
            try:
                await self._find_existing_task(task, team_id)
            except ServiceCallError as problem:
                if not isinstance(problem.outcome, Refused):
                    raise
        key = self._task_keys.setdefault(where, task.timecrowd_key)
        return self._task_ids.get(where) if key != task.timecrowd_key else None

    def _forget_task(self, task: Task, team_id: int) -> None:
        """Forget the task's id, so that it is searched again; a chosen task keeps its number."""
        if task.timecrowd is not None:
            return
        where = team_id, task.timecrowd_key
        self._task_ids.pop(where, None)
        self._task_keys[where] = task.timecrowd_key

    async def _record(self, message: RecordEntry, on_send: OnSend) -> Outcome:
        """Record a finished entry on its task, which is found or made first.

        Nothing that goes wrong before the entry itself is sent leaves its outcome unknown: the next
        attempt finds a task that may have been made.
        """
        task_id = await self._task_id(message.task, message.route)
        form = wire.TimesForm(message.started_at, message.stopped_at, task_id)
        request = replace(wire.record(form), on_send=on_send)
        outcome = await self._client.send(request, wire.entry, read_refusal)
        if isinstance(outcome, Refused):
            # It may be gone: look again.
            self._forget_task(message.task, self._team_of(message.route))
        return outcome

    async def _stop(self, remote: RemoteEntry | None) -> Outcome:
        """Stop the entry if it runs. What /stop does to any other entry is not known: ask first.

        If the entry has already stopped, that stop is the answer, also one made elsewhere.
        """
        if remote is None:
            return _refused(OutcomeMessageId.ENTRY_NUMBER_UNKNOWN)
        remote_item = await self._find_entry(remote)
        if remote_item is None:
            return _refused(OutcomeMessageId.ENTRY_NOT_SHOWN, remote.id, MAX_PAGES)
        if remote_item.stopped_at is not None:
            return Done(remote_item, self._client.server_now(), found=True)

        def stopped(response: Response) -> RemoteEntry:
            answer = _require_same_id(wire.entry(response), remote.id)
            if answer.stopped_at is None:
                raise UnreadableResponse("it shows the entry as running still")
            return answer

        return await self._client.send(wire.stop(remote.id), stopped, read_refusal)

    async def _correct(self, remote: RemoteEntry | None, message: CorrectTimes) -> Outcome:
        if remote is None:
            return _refused(OutcomeMessageId.ENTRY_NUMBER_UNKNOWN)
        if message.task:
            task_id = await self._task_id(message.task, message.route)
        else:  # the task is sent as well: one that was given elsewhere must not be taken back
            remote_item = await self._find_entry(remote)
            task_id = remote_item.task_id if remote_item else remote.task_id
        form = wire.TimesForm(message.started_at, message.stopped_at, task_id)

        def corrected(response: Response) -> RemoteEntry:
            return _require_same_id(wire.entry(response), remote.id)

        outcome = await self._client.send(wire.correct(remote.id, form), corrected, read_refusal)
        if isinstance(outcome, Refused) and message.task:
            self._forget_task(message.task, self._team_of(message.route))  # as in `_record`
        if not isinstance(outcome, Done) or not isinstance(outcome.answer, RemoteEntry):
            return outcome
        if times_match(outcome.answer, message.started_at, message.stopped_at):
            return outcome
        requested = _span(message.started_at, message.stopped_at)
        kept = _span(outcome.answer.started_at, outcome.answer.stopped_at)
        return _refused(OutcomeMessageId.OTHER_TIMES, requested, kept)

    async def _comment(self, remote: RemoteEntry | None, comment: str, on_send: OnSend) -> Outcome:
        """Give the entry its comment. Whether a second one is added or replaces it is not known."""
        if remote is None:
            return _refused(OutcomeMessageId.ENTRY_NUMBER_UNKNOWN)

        def commented(response: Response) -> Commented:
            if wire.entry_id(response) != remote.id:
                raise UnreadableResponse("it is about another entry")
            return Commented(remote.id)

        request = replace(wire.comment(remote.id, comment), on_send=on_send)
        return await self._client.send(request, commented, read_refusal)

    async def _delete(self, remote: RemoteEntry | None) -> Outcome:
        if remote is None:
            return _refused(OutcomeMessageId.ENTRY_NUMBER_UNKNOWN)
        outcome = await self._client.send(wire.delete(remote.id), wire.removed, read_refusal)
        # The answer for a deleted entry is not known, and a refusal, 404 too, may come from a
        # gateway in between: an entry that is not found counts as deleted.
        if isinstance(outcome, Refused) and await self._find_entry(remote) is None:
            return Done(Removed())
        return outcome

    async def _remove_duplicate(
        self, message: RemoveDuplicateEntry, remote: RemoteEntry | None
    ) -> Outcome:
        """Remove our record of a duplicate pair, if both exist."""
        other = await self._find_entry(message.kept)
        if other is None:
            return Done(NothingToRemove())
        if message.removed is None:
            return _refused(OutcomeMessageId.REMOVE_ENTRY, message.kept.id)
        if remote is None or remote.id != message.removed:
            remote = replace(message.kept, id=message.removed)
        return await self._delete(remote)

    # -- tasks

    def _team_of(self, route: Route) -> int:
        return self._team_id if route.team_id is None else route.team_id

    def _form(self, task: Task, route: Route) -> wire.TaskForm:
        category_id = effective_category(route, self._team_id, self._category_id)
        return wire.task_form(task, self._team_of(route), category_id)

    def _cache_task_id(self, task: Task, team_id: int, outcome: Outcome) -> None:
        if isinstance(outcome, Done) and isinstance(outcome.answer, RemoteEntry):
            self._task_ids[team_id, task.timecrowd_key] = outcome.answer.task_id

    async def _task_id(self, task: Task, route: Route) -> str:
        """The task's id in TimeCrowd, which is made there if it is not found. ServiceCallError."""
        if task.timecrowd is not None:
            return str(task.timecrowd.id)
        team_id = self._team_of(route)
        if (known := self._task_ids.get((team_id, task.timecrowd_key))) is not None:
            return known
        found = await self._find_existing_task(task, team_id)
        if found is None:
            request = wire.create_task(self._form(task, route))
            found = await self._client.query(request, wire.created_task, read_refusal)
            self._task_ids[team_id, task.timecrowd_key] = found.id
        return found.id

    async def _find_existing_task(self, task: Task, team_id: int) -> wire.RemoteTask | None:
        """The team's task as TimeCrowd holds it, None if it has none. Raises ServiceCallError.

        Every page of the team's tasks is read before one counts as not there.
        """
        request = wire.search_tasks(task.title)
        rows = await self._client.query(request, wire.tasks, read_refusal)
        found = self._pick(rows, task, team_id)
        if found is None or (task.url and found.key != task.timecrowd_key):
            found = self._pick(await self._team_tasks(str(team_id)), task, team_id) or found
        if found is not None:
            self._task_ids[team_id, task.timecrowd_key] = found.id
            self._task_keys[team_id, task.timecrowd_key] = found.key or task.timecrowd_key
        return found

    async def _team_tasks(self, team_id: str) -> list[wire.RemoteTask]:
        """All tasks of a team. Raises ServiceCallError."""
        found: dict[str, wire.RemoteTask] = {}
        for number in range(1, MAX_PAGES + 1):
            request = wire.team_tasks(team_id, number)
            page = await self._client.query(request, wire.task_page, read_refusal)
            fresh = [each for each in page.tasks if each.id not in found]
            found.update((each.id, each) for each in fresh)
            if page.is_last or not fresh:  # past the end, or a service that does not turn pages
                return list(found.values())
        raise ServiceCallError(_refused(OutcomeMessageId.MANY_TASKS))

    def _pick(
        self, tasks: Sequence[wire.RemoteTask], task: Task, team_id: int
    ) -> wire.RemoteTask | None:
        cards = self._cards()
        matching = [
            remote_item
            for remote_item in tasks
            if remote_item.is_same_task(task, cards)
            and remote_item.team_id in ("", str(team_id))
            and not remote_item.deleted
        ]
        # The key identifies a task; of several that fit it names the one we made.
        matching.sort(key=lambda remote_item: remote_item.key != task.timecrowd_key)
        return matching[0] if matching else None

    # -- matching

    async def find_candidates(
        self, due: DueDelivery, ago: timedelta
    ) -> LookupResult | SafeToRepeat:
        """Candidates for a started or recorded entry. Raises ServiceCallError.

        A stop queries before it sends; times and removals name one id and may be repeated.
        """
        message = due.delivery.message
        if isinstance(message, StartEntry):
            found = await self._find_starts(message, ago)
        elif isinstance(message, RecordEntry):
            found = await self._find_records(message)
        else:
            return SafeToRepeat()
        return LookupResult(tuple(found), self._client.skew)

    async def _find_starts(self, message: StartEntry, ago: timedelta) -> list[Candidate]:
        """Entries on the task since then. The server stamps a start when it makes the entry.

        Those of another team are others; where the settings decide the team, they may have changed.
        """
        task, team_id = message.task, message.route.team_id
        teams = None if team_id is None else ("", str(team_id))
        remote_item = {each.remote.id: each for each in await self._running_entries()}
        since = (
            self._client.server_now() - ago - CLOCK_MARGIN
        )  # its clock is known from an answer only
        for each in await self._entries_since(since):
            remote_item.setdefault(each.remote.id, each)
        cards = self._cards()
        return [
            Candidate(each.remote, each.created_at or each.remote.started_at)
            for each in remote_item.values()
            if each.task.is_same_task(task, cards) and (teams is None or each.task.team_id in teams)
        ] + [
            Candidate(each.remote, None)  # shown without a task: it may be this one
            for each in remote_item.values()
            if not each.task.id
        ]

    async def _find_records(self, message: RecordEntry) -> list[Candidate]:
        """Entries on the task with exactly these times."""
        team_id, chosen = self._team_of(message.route), message.task.timecrowd
        known = self._task_ids.get((team_id, message.task.timecrowd_key))
        task_id = str(chosen.id) if chosen else known
        if task_id is None:
            task = await self._find_existing_task(message.task, team_id)
            if task is None:
                return []
            task_id = task.id
        return [
            Candidate(each.remote, each.created_at, is_exact=True)
            async for each in self._entries(task_id)
            if times_match(each.remote, message.started_at, message.stopped_at)
            and each.remote.stopped_at is not None
        ]

    async def _entries(
        self,
        task_id: str | None,
        since: datetime | None = None,
        on_progress: OnPages = lambda _: None,
    ) -> AsyncIterator[wire.RemoteEntryDetails]:
        """The owner's entries, page by page, each once. Raises ServiceCallError.

        Their order is not known: `since` ends the reading only where the rows themselves prove that
        nothing later can follow. More pages than MAX_PAGES are a problem too: what is not read
        cannot be ruled out.
        """
        seen: set[str] = set()
        pages: list[frozenset[str]] = []
        order = _Order()
        for page in range(1, MAX_PAGES + 1):
            rows = await self.my_entries(task_id, page)
            on_progress(page)
            ids = frozenset(row.remote.id for row in rows)
            if not rows or ids in pages:  # past the end, or a service that does not turn pages
                return
            pages.append(ids)
            for row in rows:
                order.add(row.remote.started_at)
                if row.remote.id not in seen:
                    seen.add(row.remote.id)
                    yield row
            if since is not None and order.is_past(since):
                return
        raise ServiceCallError(_refused(OutcomeMessageId.MANY_ENTRIES))

    async def _entries_since(self, since: datetime) -> list[wire.RemoteEntryDetails]:
        """The owner's entries that began at `since` or later. Raises ServiceCallError."""
        return [
            each async for each in self._entries(None, since) if each.remote.started_at >= since
        ]

    async def _find_entry(self, remote: RemoteEntry) -> RemoteEntry | None:
        """What TimeCrowd holds of our entry now; None if it is nowhere. Raises ServiceCallError."""
        for remote_item in await self._running_entries():
            if remote_item.remote.id == remote.id:
                return remote_item.remote
        async for remote_item in self._entries_of_task_first(remote):
            if remote_item.remote.id == remote.id:
                task_id = remote_item.remote.task_id or remote.task_id
                return replace(remote_item.remote, task_id=task_id)
        return None

    async def _entries_of_task_first(
        self, remote: RemoteEntry
    ) -> AsyncIterator[wire.RemoteEntryDetails]:
        """Those of the entry's task, then all around its start: it may have another task now."""
        if remote.task_id:
            async for each in self._entries(remote.task_id):
                yield each
        async for each in self._entries(None, remote.started_at - _MOVED_BY):
            yield each

    async def _running_entries(self) -> tuple[wire.RemoteEntryDetails, ...]:
        user_id = self._user_id if self._user_id is not None else (await self.account()).id

        def read_own(response: Response) -> tuple[wire.RemoteEntryDetails, ...]:
            return wire.working_now(response, user_id)

        return await self._client.query(wire.working_users(), read_own, read_refusal)

    async def fetch_remote_version(self, due: DueDelivery) -> CorrectTimes | None:
        """The times that TimeCrowd holds for the entry. Raises ServiceCallError."""
        if due.remote is None or not isinstance(due.delivery.message, CorrectTimes):
            return None
        remote_item = await self._find_entry(due.remote)
        return (
            None
            if remote_item is None
            else CorrectTimes(remote_item.started_at, remote_item.stopped_at)
        )

    # -- other devices

    async def running_entry(self) -> TrackedEntry | None:
        """See the port `TimeTracker`."""
        working = await self._running_entries()
        return _tracked(working[0]) if working else None

    async def find_entry(self, remote: RemoteEntry) -> RemoteEntry | None:
        """See the port `TimeTracker`."""
        return await self._find_entry(remote)

    async def entries_since(self, instant: datetime) -> tuple[TrackedEntry, ...]:
        """See the port `TimeTracker`."""
        found = {each.remote.id: each for each in await self._running_entries()}
        for each in await self._entries_since(instant):
            found.setdefault(each.remote.id, each)
        return tuple(_tracked(each) for each in found.values())

    async def listed_since(
        self, instant: datetime, on_progress: OnPages = lambda _: None
    ) -> tuple[TrackedEntry, ...]:
        """See the port `TimeTracker`."""
        found = self._entries(None, instant, on_progress)
        return tuple([_tracked(each) async for each in found if each.remote.started_at >= instant])

    async def account_name(self) -> str:
        """See the port `TimeTracker`. The number is asked for once."""
        user_id = self._user_id if self._user_id is not None else (await self.account()).id
        return f"{self._client.origin} {user_id}"

    async def my_entries(
        self, task_id: str | None, page: int
    ) -> tuple[wire.RemoteEntryDetails, ...]:
        """The owner's entries, of one task or (None) of all; pages from 1. ServiceCallError."""
        return await self._client.query(wire.my_entries(task_id, page), wire.entries, read_refusal)

    # -- tasks to choose from

    async def search_tasks(self, words: str) -> tuple[TimeCrowdTaskInfo, ...]:
        """See the port `TaskDirectory`."""
        request = wire.search_tasks(words)
        return await self._client.query(request, wire.task_infos, read_refusal)

    async def most_used_tasks(self, most: int) -> tuple[TimeCrowdTaskInfo, ...]:
        """See the port `TaskDirectory`."""
        request = wire.most_used_tasks(most)
        return await self._client.query(request, wire.task_infos, read_refusal)

    async def find_task(self, task: TimeCrowdTask) -> TimeCrowdTaskInfo | None:
        """See the port `TaskDirectory`. No call that answers with one task is known."""
        for each in await self._most_used_or_none():
            if each.task.id == task.id and task.team_id in (None, each.task.team_id):
                return each
        known = task.team_id
        for team_id in [known] if known else [each.id for each in await self.teams()]:
            for found in await self._team_tasks(str(team_id)):
                if found.id == str(task.id) and not found.deleted:
                    return wire.task_info(replace(found, team_id=found.team_id or str(team_id)))
        return None

    async def _most_used_or_none(self) -> tuple[TimeCrowdTaskInfo, ...]:
        """The tasks that one uses most, none where the server does not tell them."""
        try:
            return await self.most_used_tasks(MAX_USED_TASKS)
        except ServiceCallError as problem:
            if isinstance(problem.outcome, Refused | OutcomeUnknown):
                return ()
            raise

    # -- settings

    async def account(self) -> Account:
        """Whose token it is. Raises ServiceCallError."""
        account = await self._client.query(wire.me(), wire.account, read_refusal)
        self._user_id = account.id
        return account

    async def teams(self) -> tuple[Choice, ...]:
        """The teams of the token's owner. Raises ServiceCallError."""
        return await self._client.query(wire.teams(), wire.team_choices, read_refusal)

    async def categories(self, team_id: int) -> tuple[Choice, ...]:
        """A team's categories, named by their path. Raises ServiceCallError."""

        def of_team(response: Response) -> tuple[Choice, ...]:
            return wire.category_choices(response, team_id)

        try:
            return await self._client.query(
                wire.team_categories(str(team_id)), of_team, read_refusal
            )
        except ServiceCallError as problem:
            if not (isinstance(problem.outcome, Refused) and problem.outcome.status == 404):
                raise
        return await self._client.query(wire.all_categories(), of_team, read_refusal)


class _Order:
    """Whether a list has proved to have the newest first."""

    def __init__(self) -> None:
        self._count = 0
        self._oldest: datetime | None = None
        self._is_newest_first = True

    def add(self, started_at: datetime) -> None:
        """One more row of the list."""
        if self._oldest is not None and started_at > self._oldest:
            self._is_newest_first = False
        if self._oldest is None or started_at < self._oldest:
            self._count += 1
            self._oldest = started_at

    def is_past(self, since: datetime) -> bool:
        """Whether only older rows than `since` can follow."""
        proved = self._is_newest_first and self._count >= _ORDER_PROOF
        return proved and self._oldest is not None and self._oldest < since


def _tracked(remote_item: wire.RemoteEntryDetails) -> TrackedEntry:
    task = remote_item.task
    team_id = int(task.team_id) if task.team_id.isascii() and task.team_id.isdecimal() else None
    return TrackedEntry(remote_item.remote, task.title, (task.url, task.key), team_id)


def _require_same_id(answer: RemoteEntry, entry_id: str) -> RemoteEntry:
    if answer.id != entry_id:
        raise UnreadableResponse("it is about another entry")
    return answer


def _refused(message_id: OutcomeMessageId, *values: object) -> Refused:
    """What we ourselves refuse, before or after TimeCrowd was asked."""
    return Refused(None, (str(UserMessage(message_id, *values)),))


def _span(started_at: datetime, stopped_at: datetime | None) -> str:
    stop = "now" if stopped_at is None else _shown(stopped_at)
    return f"{_shown(started_at)} to {stop}"


def _shown(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
