"""Fakes of the ports to the outside, and a loop whose time is moved instead of waited for.

The journal is not faked: tests of services run on the real one.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from timer_app.domain.clock import BootTime, ClockReading
from timer_app.domain.delivery.matching import LookupResult, SafeToRepeat
from timer_app.domain.delivery.outbox import DueDelivery
from timer_app.domain.delivery.outcomes import (
    Commented,
    Done,
    FoundCard,
    NotSent,
    Outcome,
    Refused,
    RemoteEntry,
    RemoteLog,
    Removed,
    ServiceAnswer,
)
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DeleteLog,
    FindCard,
    KaitenMessage,
    LogTime,
    Message,
    RecordEntry,
    RemoveDuplicateLog,
    StartEntry,
    StopEntry,
    UpdateLog,
)
from timer_app.domain.entries.card import Card, CardInfo, CardKey
from timer_app.domain.entries.task import TimeCrowdTask
from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo
from timer_app.services.delivery.ports import OnSend, ServiceCallError

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)  # Sunday, noon in Moscow
MOSCOW = ZoneInfo("Europe/Moscow")
CANNOT_TELL = Refused(None, ("It cannot be told.",))
_T = TypeVar("_T")


class FakeClock:
    """The port `Clock`. It stands still until it is moved, by a test or by a loop that waits."""

    def __init__(self, begin: datetime = NOW, zone: tzinfo = MOSCOW) -> None:
        self.begin = begin
        self.seconds = 0.0
        self.wall_set = timedelta(0)
        self.boot = "this boot"
        self.in_zone = zone

    def now(self) -> datetime:
        return self.begin + self.wall_set + timedelta(seconds=self.seconds)

    def reading(self) -> ClockReading:
        """Both clocks; `wall_set` is how far the wall clock was set."""
        return ClockReading(self.now(), BootTime(self.boot, self.seconds))

    def zone(self) -> tzinfo:
        return self.in_zone

    def zone_named(self, name: str) -> tzinfo:
        return ZoneInfo(name)

    def move(self, **by: float) -> datetime:
        """Let time pass; what the clock shows then."""
        self.seconds += timedelta(**by).total_seconds()
        return self.now()


class _Waiting(selectors.SelectSelector):
    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise AssertionError("everything waits for ever")
        self._clock.seconds += max(0.0, timeout)
        return super().select(0)


class FakeLoop(asyncio.SelectorEventLoop):
    """An event loop on a fake clock: where it would wait, it moves the clock."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(_Waiting(clock))
        self._clock = clock
        # Of the clock that is played, and not of the system's: Windows' stands still for 16 ms.
        self._clock_resolution = 1e-9

    def time(self) -> float:
        return self._clock.seconds


def run(main: Coroutine[Any, Any, _T], clock: FakeClock) -> _T:
    """Run a coroutine to its end on a loop that waits for nothing."""
    with asyncio.Runner(loop_factory=lambda: FakeLoop(clock)) as runner:
        return runner.run(main)


@dataclass
class FakeGateway:
    """The port `Gateway`: ends calls as its script says, then tells the truth.

    `takes` is how many seconds a call takes, `late` by how much TimeCrowd's stamps are off.
    A look finds what `looks` says, and else cannot tell.
    """

    clock: FakeClock
    script: list[Outcome] = field(default_factory=list)
    takes: float = 0.0
    late: timedelta = timedelta(0)
    told: list[Message] = field(default_factory=list)
    told_at: list[float] = field(default_factory=list)
    dues: list[DueDelivery] = field(default_factory=list)
    queued: float = 0
    """Seconds that a request waits here before it leaves."""
    ended: int = 0
    called: asyncio.Event = field(default_factory=asyncio.Event)
    looks: list[LookupResult | SafeToRepeat | ServiceCallError] = field(default_factory=list)
    looked_for: list[Message] = field(default_factory=list)
    held: Message | None = None
    keys: dict[CardKey, Card] = field(default_factory=dict)
    told_or_asked: list[Message | str] = field(default_factory=list)
    time_problems: list[NotSent | Refused] = field(default_factory=list)
    """How questions for the time end that are not answered."""
    _ids: int = 100

    async def query_time(self) -> None:
        self.told_or_asked.append("the time")
        if self.time_problems:
            raise ServiceCallError(self.time_problems.pop(0))

    async def fetch_remote_version(self, due: DueDelivery) -> Message | None:
        del due
        return self.held

    async def find_candidates(
        self, due: DueDelivery, ago: timedelta
    ) -> LookupResult | SafeToRepeat:
        del ago
        self.looked_for.append(due.delivery.message)
        self.told_or_asked.append("a look")
        found = self.looks.pop(0) if self.looks else ServiceCallError(CANNOT_TELL)
        if isinstance(found, Exception):
            raise found
        return found

    async def deliver(self, due: DueDelivery, on_send: OnSend) -> Outcome:
        self.dues.append(due)
        self.told.append(due.delivery.message)
        self.told_or_asked.append(due.delivery.message)
        self.told_at.append(self.clock.seconds)
        self.called.set()
        if self.queued:
            await asyncio.sleep(self.queued)
        on_send()
        if self.takes:
            await asyncio.sleep(self.takes)
        self.ended += 1
        return self.script.pop(0) if self.script else Done(self._answer(due))

    def answer_to_record(self, started_at: datetime, stopped_at: datetime) -> Done:
        """The answer to an entry that is over."""
        return Done(RemoteEntry(self._new_id(), "task-1", started_at, stopped_at))

    def _answer(self, due: DueDelivery) -> ServiceAnswer:
        message = due.delivery.message
        return (
            self._kaiten(message, due) if isinstance(message, KaitenMessage) else self._crowd(due)
        )

    def _crowd(self, due: DueDelivery) -> ServiceAnswer:
        match due.delivery.message:
            case StartEntry(_, started_at):
                return RemoteEntry(self._new_id(), "task-1", started_at + self.late, None)
            case RecordEntry(_, started_at, stopped_at):
                return RemoteEntry(self._new_id(), "task-1", started_at, stopped_at)
            case StopEntry(stopped_at):
                assert due.remote, "TimeCrowd is told to stop what it never heard of"
                return replace(due.remote, stopped_at=stopped_at + self.late)
            case CorrectTimes(started_at, stopped):
                assert due.remote, "TimeCrowd is told to correct what it never heard of"
                return replace(due.remote, started_at=started_at, stopped_at=stopped)
            case CommentEntry():
                assert due.remote, "TimeCrowd is told a comment of what it never heard of"
                return Commented(due.remote.id)
            case _:
                return Removed()

    def _kaiten(self, message: KaitenMessage, due: DueDelivery) -> ServiceAnswer:
        match message:
            case LogTime():
                return RemoteLog(self._new_id())
            case UpdateLog():
                assert due.log_id, "Kaiten is told to change a log that it never heard of"
                return RemoteLog(due.log_id)
            case DeleteLog() | RemoveDuplicateLog():
                return Removed()
            case FindCard(key):
                return FoundCard(self.keys[key])

    def _new_id(self) -> str:
        self._ids += 1
        return str(self._ids)


@dataclass
class FakeTracker:
    """The port `TimeTracker`: what TimeCrowd shows, and how often it was asked."""

    shows: TrackedEntry | None = None
    holds: dict[str, RemoteEntry] = field(default_factory=dict)
    problem: ServiceCallError | None = None
    asked: int = 0

    async def running_entry(self) -> TrackedEntry | None:
        self.asked += 1
        if self.problem:
            raise self.problem
        return self.shows

    async def find_entry(self, remote: RemoteEntry) -> RemoteEntry | None:
        return self.holds.get(remote.id)

    async def entries_since(self, instant: datetime) -> Sequence[TrackedEntry]:
        del instant
        return [self.shows] if self.shows else []

    async def listed_since(
        self, instant: datetime, on_progress: Callable[[int], None] = lambda _: None
    ) -> Sequence[TrackedEntry]:
        if self.problem:
            raise self.problem
        on_progress(1)
        return await self.entries_since(instant)

    async def account_name(self) -> str:
        return "https://timecrowd.test 1"


@dataclass
class FakeTaskDirectory:
    """The port `TaskDirectory`."""

    tasks: Sequence[TimeCrowdTaskInfo] = ()
    most_used: Sequence[TimeCrowdTaskInfo] = ()
    problem: ServiceCallError | None = None
    asked: list[str | int | TimeCrowdTask] = field(default_factory=list)

    def _answer(
        self, question: str | int | TimeCrowdTask, found: Sequence[TimeCrowdTaskInfo]
    ) -> Sequence[TimeCrowdTaskInfo]:
        self.asked.append(question)
        if self.problem:
            raise self.problem
        return found

    async def search_tasks(self, words: str) -> Sequence[TimeCrowdTaskInfo]:
        return self._answer(words, self.tasks)

    async def most_used_tasks(self, most: int) -> Sequence[TimeCrowdTaskInfo]:
        return self._answer(most, self.most_used)

    async def find_task(self, task: TimeCrowdTask) -> TimeCrowdTaskInfo | None:
        found = self._answer(task, self.tasks)
        teams = [task.team_id] if task.team_id else [each.task.team_id for each in found]
        return next(
            (each for each in found if each.task.id == task.id and each.task.team_id in teams),
            None,
        )


@dataclass
class FakeCardDirectory:
    """The port `CardDirectory`."""

    cards: Sequence[CardInfo] = ()
    keys: dict[str, CardInfo] = field(default_factory=dict)
    problem: ServiceCallError | None = None
    searched: list[tuple[str, int]] = field(default_factory=list)
    my_cards_asked: int = 0

    async def card(self, card: Card | CardKey) -> CardInfo:
        if self.problem:
            raise self.problem
        if isinstance(card, CardKey):
            return self.keys[card.key]
        return next(info for info in self.cards if info.card == card)

    async def search(self, words: str, most: int) -> Sequence[CardInfo]:
        if self.problem:
            raise self.problem
        self.searched.append((words, most))
        return self.cards

    async def my_cards(self) -> Sequence[CardInfo]:
        self.my_cards_asked += 1
        if self.problem:
            raise self.problem
        return self.cards
