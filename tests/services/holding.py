"""Fakes of both services that keep what they are told, so that it can be audited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tests.services.fakes import FakeCardDirectory, FakeClock, FakeGateway, FakeTracker
from tests.services.world import World
from timer_app.domain.delivery.outbox import DueDelivery
from timer_app.domain.delivery.outcomes import CardLog, Done, Outcome, RemoteEntry, RemoteLog
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import (
    DeleteEntry,
    DeleteLog,
    LogTime,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    UpdateLog,
)
from timer_app.domain.entries.card import Card, CardInfo, CardKey
from timer_app.domain.entries.comment import truncate_comment
from timer_app.domain.entries.task import Task
from timer_app.services.delivery.ports import OnSend, ServiceCallError


@dataclass
class HoldingTimeCrowd(FakeGateway):
    """TimeCrowd with memory."""

    kept: dict[str, TrackedEntry] = field(default_factory=dict)

    async def deliver(self, due: DueDelivery, on_send: OnSend) -> Outcome:
        outcome = await super().deliver(due, on_send)
        if isinstance(outcome, Done):
            self._keep(due, outcome)
        return outcome

    def _keep(self, due: DueDelivery, outcome: Done) -> None:
        answer = outcome.answer
        if isinstance(answer, RemoteEntry):
            self.put(due.entry.task, answer)
        match due.delivery.message:
            case DeleteEntry() if due.remote:
                self.kept.pop(due.remote.id, None)
            case RemoveDuplicateEntry(removed=str(removed)):
                self.kept.pop(removed, None)
            case _:
                pass

    def put(self, task: Task, remote: RemoteEntry) -> None:
        """Hold an entry."""
        addresses = (task.card.url, task.card.url) if task.card else ()
        self.kept[remote.id] = TrackedEntry(remote, task.title, addresses)

    def change(self, remote_id: str, **values: datetime | None) -> None:
        """Let somebody change an entry."""
        held = self.kept[remote_id]
        started_at = values.get("started_at", held.remote.started_at) or held.remote.started_at
        remote = replace(
            held.remote,
            started_at=started_at,
            stopped_at=values.get("stopped_at", held.remote.stopped_at),
        )
        self.kept[remote_id] = replace(held, remote=remote)


@dataclass
class HoldingTracker(FakeTracker):
    """What that TimeCrowd shows."""

    of: HoldingTimeCrowd = field(default_factory=lambda: HoldingTimeCrowd(FakeClock()))

    async def running_entry(self) -> TrackedEntry | None:
        return next((each for each in self.of.kept.values() if not each.remote.stopped_at), None)

    async def find_entry(self, remote: RemoteEntry) -> RemoteEntry | None:
        found = self.of.kept.get(remote.id)
        return found.remote if found else None

    async def entries_since(self, instant: datetime) -> Sequence[TrackedEntry]:
        if self.problem:
            raise self.problem
        return [each for each in self.of.kept.values()
                if each.remote.started_at >= instant or not each.remote.stopped_at]  # fmt: skip


@dataclass
class HoldingKaiten(FakeGateway):
    """Kaiten with memory: logs by id, each with its card."""

    kept: dict[str, tuple[Card, CardLog]] = field(default_factory=dict)

    async def deliver(self, due: DueDelivery, on_send: OnSend) -> Outcome:
        outcome = await super().deliver(due, on_send)
        if isinstance(outcome, Done):
            self._keep(due, outcome)
        return outcome

    def _keep(self, due: DueDelivery, outcome: Done) -> None:
        answer = outcome.answer
        match due.delivery.message:
            case LogTime(card, for_date, minutes, comment):
                assert isinstance(answer, RemoteLog)
                self.put(card, CardLog(answer.id, minutes, for_date, truncate_comment(comment)))
            case UpdateLog(_, card, for_date, minutes, comment) if due.log_id:
                self.put(card, CardLog(due.log_id, minutes, for_date, truncate_comment(comment)))
            case DeleteLog() if due.log_id:
                del self.kept[due.log_id]
            case RemoveDuplicateLog(removed=str(removed)):
                del self.kept[removed]
            case _:
                raise AssertionError(f"this is nothing for Kaiten: {due}")

    def put(self, card: Card, log: CardLog) -> None:
        """Hold a log."""
        self.kept[log.id] = (card, log)

    def change(
        self,
        log_id: str,
        *,
        minutes: int | None = None,
        comment: str | None = None,
        for_date: date | None = None,
    ) -> None:
        """Let somebody change a log."""
        card, log = self.kept[log_id]
        self.kept[log_id] = (
            card,
            replace(
                log,
                minutes=log.minutes if minutes is None else minutes,
                comment=log.comment if comment is None else comment,
                for_date=for_date or log.for_date,
            ),
        )


@dataclass
class HoldingCards(FakeCardDirectory):
    """What that Kaiten shows; of a card that is `hidden` nothing, and no logs either."""

    of: HoldingKaiten = field(default_factory=lambda: HoldingKaiten(FakeClock()))
    hidden: ServiceCallError | None = None
    asked: list[tuple[Card, date]] = field(default_factory=list)

    async def card(self, card: Card | CardKey) -> CardInfo:
        if self.hidden:
            raise self.hidden
        assert isinstance(card, Card)
        return CardInfo(card, "Ship it", archived=False, board="", column="", minutes=0)

    async def logs(self, card: Card, for_date: date) -> Sequence[CardLog]:
        self.asked.append((card, for_date))
        if self.problem:
            raise self.problem
        return [log for on, log in self.of.kept.values()
                if on == card and log.for_date == for_date]  # fmt: skip


def let_them_hold(world: World) -> tuple[HoldingTimeCrowd, HoldingKaiten]:
    """Give the world services with memory."""
    timecrowd, kaiten = HoldingTimeCrowd(world.clock), HoldingKaiten(world.clock, _ids=9000)
    world.timecrowd, world.kaiten = timecrowd, kaiten
    world.tracker, world.cards = HoldingTracker(of=timecrowd), HoldingCards(of=kaiten)
    return timecrowd, kaiten
