"""What every command has: the services it calls, and how it ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from timer_app.domain.delivery.outbox import (
    OPEN,
    Delivery,
    LoggedEntry,
)
from timer_app.domain.delivery.remote_history import HistoryImport
from timer_app.domain.delivery.service_messages import LogTime
from timer_app.domain.entries.route import Route
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.entries.timer import Running, Transition
from timer_app.domain.errors import BadInput, NotPossible
from timer_app.domain.messages import CommandMessageId, RouteMessageId
from timer_app.domain.setup.local_time import format_clock, is_passed_twice
from timer_app.services.absence.ports import AbsenceJournal
from timer_app.services.absence.resolver import AbsenceResolver
from timer_app.services.command_words import CommandArgs, typed_number, wait_seconds
from timer_app.services.delivery.problem_resolver import ProblemResolver
from timer_app.services.entries.documents import Document, entry_document
from timer_app.services.entries.editor import Editor
from timer_app.services.entries.listing import EntryListing
from timer_app.services.entries.ports import CardDirectory, Clock, TaskDirectory
from timer_app.services.entries.route_lists import RouteLists
from timer_app.services.entries.route_words import RouteWords, read_route
from timer_app.services.entries.task_resolver import TaskResolver, TaskWords
from timer_app.services.entries.timer_service import TimerService
from timer_app.services.exit_codes import ExitCode
from timer_app.services.reminders.notices import Notices

if TYPE_CHECKING:
    # For its type alone: it is imported when an audit is wanted.
    from timer_app.services.audit.auditor import Auditor

QUESTION = "You were away while an entry ran. Say what the time was: timer-app away"
_WAITS = "Saved on this computer. Deliveries are waiting: timer-app status"
_PAUSED = "Saved on this computer. Delivery is paused: choose Resume in the menu or the panel."
PROBLEM = "Something needs your attention: timer-app problems"
UNDO = "To undo: timer-app undo"
ENTRIES_PER_STEP = 100
TITLE_SHARE = 0.5
"""How much of --wait may be spent on a card's title; the rest is for deliveries."""


@dataclass(frozen=True, slots=True)
class CommandReply:
    """How a command ended; `messages` are for people, `document` for scripts."""

    exit_code: ExitCode
    document: object = None
    messages: tuple[str, ...] = ()


StatusSource = Callable[[], Document]
Deliver = Callable[[float], Awaitable[None]]


class Sync(Protocol):
    """Asks what other devices did, reads what they recorded, and delivers."""

    async def __call__(self, seconds: float, first: date | None, /) -> HistoryImport | None:
        """Deliver within so many seconds; with a date, return what was imported since then.

        Raises NotPossible where TimeCrowd could not be asked for that.
        """
        ...


class CommandJournal(AbsenceJournal, EntryListing, Protocol):
    """The journal as commands use it."""


def _no_lists() -> RouteLists:
    raise NotPossible(RouteMessageId.NOT_SET_UP)


@dataclass(frozen=True, slots=True)
class CommandContext:
    """What commands work on, and how one ends.

    `deliver(seconds)` sends what it can within that time, `poll(seconds)` first asks what other
    devices did, `sync(seconds, first)` also reads what they recorded, from a date on if given;
    `status` makes the document of `status`; `card_directory` is None while Kaiten is not set up and
    `task_directory` while TimeCrowd is not; `paused` says whether a person has paused delivering.
    """

    timer: TimerService
    editor: Editor
    journal: CommandJournal
    problems: ProblemResolver
    clock: Clock
    deliver: Deliver
    poll: Deliver
    sync: Sync
    status: StatusSource
    origin: Callable[[], str]
    card_directory: Callable[[], CardDirectory | None]
    notices: Notices
    auditor: Callable[[], Auditor]
    absence_resolver: AbsenceResolver
    paused: Callable[[], bool]
    task_directory: Callable[[], TaskDirectory | None]
    route_lists: Callable[[], RouteLists] = _no_lists

    async def deliver_transition(
        self, transition: Transition, args: CommandArgs, notes: tuple[str, ...] = ()
    ) -> CommandReply:
        """Wait until the deliveries of an event are done, and report how far they came."""
        touched = [transition.ended.finished.entry.id] if transition.ended else []
        touched += [transition.cancelled.id] if transition.cancelled else []
        if isinstance(transition.state, Running):
            touched.append(transition.state.entry.id)
        return await self.deliver_edit(touched, args, (*notes, *self._no_minute_notes(transition)))

    async def deliver_edit(
        self, entry_ids: list[str], args: CommandArgs, notes: tuple[str, ...]
    ) -> CommandReply:
        """Wait until the deliveries of these entries are done, and report how far they came."""
        await self.deliver(wait_seconds(args))
        touched = [logged for each in dict.fromkeys(entry_ids)
                   if (logged := self.journal.entry(each))]  # fmt: skip
        deliveries = [delivery for logged in touched for delivery in logged.deliveries]
        ended, message = self.delivery_outcome(deliveries)
        if ended is not ExitCode.DONE and any(self.journal.is_on_hold(each) for each in entry_ids):
            ended, message = ExitCode.NEEDS_PERSON, (QUESTION,)
        document = self.status() | {"entries": self.documents(touched)}
        return CommandReply(ended, document, (*notes, *message))

    def _no_minute_notes(self, transition: Transition) -> tuple[str, ...]:
        """Say it where an entry adds no whole minute to its card's day, and so has no log."""
        ended = transition.ended
        if ended is None or ended.finished.entry.task.card is None or not self.origin():
            return ()
        logged = {effect.message.for_date for effect in transition.effects
                  if isinstance(effect.message, LogTime)}  # fmt: skip
        return tuple(
            f"{segment.seconds} s on {segment.for_date} add no minute yet: Kaiten gets them with"
            " the card's next entry of that day."
            for segment in ended.segments
            if segment.for_date not in logged
        )

    def delivery_outcome(self, deliveries: list[Delivery]) -> tuple[ExitCode, tuple[str, ...]]:
        """How a command ends after which its deliveries are like this, and what it says."""
        if any(delivery.needs_user for delivery in deliveries):
            return ExitCode.NEEDS_PERSON, (PROBLEM,)
        if any(delivery.state in OPEN for delivery in deliveries):
            return ExitCode.STILL_WAITING, (self.waiting_note(),)
        return ExitCode.DONE, ()

    def waiting_note(self) -> str:
        """Say that something still waits, and why."""
        return _PAUSED if self.paused() else _WAITS

    def question_notes(self) -> tuple[str, ...]:
        """Say that an answer is waited for, if it is."""
        return (QUESTION,) if self.absence_resolver.unresolved() else ()

    def ambiguous_time_notes(self, *instants: datetime | None) -> tuple[str, ...]:
        """Say which of two instants a time was read as, where the clocks pass it twice."""
        zone = self.clock.zone()
        ambiguous = [each for each in instants if each is not None and is_passed_twice(each, zone)]
        return tuple(
            f"That night passes this time twice: it is taken as {format_clock(each, zone)}."
            for each in ambiguous
        )

    def overlap_notes(
        self, started_at: datetime, stopped_at: datetime, leaving_out: str = ""
    ) -> tuple[str, ...]:
        """Say which other entries have time in a span."""
        titles = [other.entry.task.title for other in
                  self.journal.overlapping(started_at, stopped_at)
                  if other.entry.id != leaving_out]  # fmt: skip
        return (f"This shares time with: {', '.join(dict.fromkeys(titles))}.",) if titles else ()

    def documents(self, found: list[LoggedEntry]) -> list[Document]:
        """Entries as they are now."""
        now, zone = self.timer.entry_now(), self.clock.zone()
        return [entry_document(logged, now, zone) for logged in found]

    async def route(self, args: CommandArgs, task: Task | None) -> Route | None:
        """The team and category that were typed, None if none were; see `read_route`."""
        words = RouteWords(args.get("team"), args.get("category"))
        if not words.is_typed or ("timecrowd_task" in args and words.category is None):
            return None  # the team says where that task is looked for
        task = task or next(iter(self.journal.recent_tasks(1)), None)
        if task is not None and task.timecrowd is not None:
            raise NotPossible(RouteMessageId.OWN_TASK)
        lists = self.route_lists()
        team_id = lists.shown(task).route.team_id if task is not None else None
        return await read_route(words, team_id, lists, wait_seconds(args) * TITLE_SHARE)

    async def task(self, args: CommandArgs) -> tuple[Task | None, tuple[str, ...]]:
        """The task of the arguments, if there is one, and notes about it."""
        resolver = TaskResolver(
            self.journal, self.origin(), self.card_directory(), self.task_directory()
        )
        timeout_seconds = wait_seconds(args) * TITLE_SHARE
        if "timecrowd_task" in args:
            return await resolver.resolve_timecrowd(_timecrowd_task(args), timeout_seconds)
        named = TaskWords(*map(args.get, ("card", "task", "linked_card", "room")))
        return await resolver.resolve(named, timeout_seconds)


def _timecrowd_task(args: CommandArgs) -> TimeCrowdTask:
    """The task of TimeCrowd's that was typed. Raises BadInput."""
    number = typed_number(args, "timecrowd_task")
    if not number:
        raise BadInput(CommandMessageId.NOT_A_TIMECROWD_TASK, args["timecrowd_task"])
    if not args.keys().isdisjoint(("card", "task", "linked_card", "room")):
        raise BadInput(CommandMessageId.TIMECROWD_TASK_ALONE)
    return TimeCrowdTask(number, typed_number(args, "team") if "team" in args else None)
