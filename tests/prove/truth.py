"""The journal held against both services, after everything has been mended.

A difference is something lost (it is not there), doubled (once more than it should be) or wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from timer_app.bootstrap.core import Core
from timer_app.domain.delivery.log_reference import split_comment
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
    creating_delivery,
)
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    DeleteEntry,
    StopEntry,
    is_same_instant,
)
from timer_app.domain.entries.edits import ledger_logs
from timer_app.domain.entries.minutes import CardDayTotals, Rounding, minutes_to_log
from timer_app.sandbox import Sandbox, TimeEntry, TimeLog
from timer_app.sandbox.kaiten_state import EMPLOYEE


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a service does not hold what it should."""

    kind: str
    what: str


@dataclass
class Others:
    """What somebody else put into the services: another device, a hand."""

    entries: set[int] = field(default_factory=set)
    logs: dict[int, TimeLog] = field(default_factory=dict)


@dataclass
class Truth:
    """The journal beside what the services hold."""

    core: Core
    sandbox: Sandbox
    others: Others
    rounding: Rounding

    def entries(self) -> list[LoggedEntry]:
        """The entries that are there, running ones too."""
        return [each for each in self._everything() if not each.is_deleted]

    def _everything(self) -> list[LoggedEntry]:
        rows = self.core.journal.connection.execute("SELECT id FROM entry ORDER BY started_at")
        found = (self.core.journal.entry(number) for (number,) in rows.fetchall())
        return [each for each in found if each is not None]

    def differences(self) -> list[Difference]:
        """Everything that is not as it should be."""
        services = (*self._in_timecrowd(), *self._comments(), *self._in_kaiten())
        return [*self._open(), *services, *self._by_hand()]

    def _open(self) -> Iterator[Difference]:
        for logged in self._everything():
            for each in logged.deliveries:
                if each.state not in (DeliveryState.DONE, DeliveryState.DROPPED):
                    yield Difference("lost", f"never settled: {_row(each)}")

    # -- TimeCrowd

    def _in_timecrowd(self) -> Iterator[Difference]:
        state, user = self.sandbox.timecrowd.state, self.sandbox.world.timecrowd_user_id
        held = {str(each.id): each for each in state.entries_of(user)}
        for logged in self.entries():
            begun = creating_delivery(logged.deliveries)
            if begun is None or begun.state is DeliveryState.DROPPED:
                yield Difference("lost", f"never told: {_shown(logged)}")
                continue
            remote = held.pop(logged.remote.id, None) if logged.remote else None
            if remote is None:
                yield Difference("lost", f"not in TimeCrowd: {_shown(logged)}")
            else:
                yield from self._differs(logged, remote)
        for extra in held.values():
            if extra.id not in self.others.entries:
                yield Difference("doubled", f"extra in TimeCrowd: {extra}")

    def _differs(self, logged: LoggedEntry, remote: TimeEntry) -> Iterator[Difference]:
        task = self.sandbox.timecrowd.state.tasks[remote.task_id]
        entry = logged.entry
        address = entry.task.address or (entry.task.card.url if entry.task.card else "")
        ours = address or entry.task.title
        if entry.task.timecrowd is not None:
            if entry.task.timecrowd.id != task.id:
                yield Difference("wrong", f"on task {task.id}: {_shown(logged)}")
        elif ours not in (task.key, task.url) and (address or task.title != ours):
            yield Difference("wrong", f"on task {task.key}: {_shown(logged)}")
        elif task.team_id != (entry.route.team_id or self.sandbox.world.team_id):
            yield Difference("wrong", f"in team {task.team_id}: {_shown(logged)}")
        if not is_same_instant(entry.started_at, remote.started_at) and not _lies_behind(
            logged, remote
        ):
            yield Difference("wrong", f"starts {remote.started_at}: {_shown(logged)}")
        if _keeps_their_stop(logged):
            return
        if (logged.stopped_at is None) != (remote.stopped_at is None) or (
            logged.stopped_at
            and remote.stopped_at
            and not is_same_instant(logged.stopped_at, remote.stopped_at)
        ):
            yield Difference("wrong", f"stops {remote.stopped_at}: {_shown(logged)}")

    def _comments(self) -> Iterator[Difference]:
        """TimeCrowd got each comment once: whether a second one is added is not known."""
        posts = self.sandbox.timecrowd.state.comment_posts
        for number, count in Counter(number for number, _ in posts).items():
            if count > 1:
                yield Difference("doubled", f"the comment of TimeCrowd's {number}: {posts}")
        for logged in self.entries():
            told = {each.id: each.message.comment for each in logged.deliveries
                    if isinstance(each.message, CommentEntry)}  # fmt: skip
            if logged.entry.comment and logged.stopped_at and not told:
                yield Difference("lost", f"its comment was never told: {_shown(logged)}")
            for each in logged.deliveries:
                sent = (int(each.remote_id or 0), told.get(each.id))
                if each.id in told and each.state is DeliveryState.DONE and sent not in posts:
                    yield Difference("lost", f"not in TimeCrowd: {_row(each)}")

    # -- Kaiten

    def _in_kaiten(self) -> Iterator[Difference]:
        logs = self.sandbox.kaiten.state.logs
        ours = {number: log for number, log in logs.items() if number not in self.others.logs}
        wanted = self._wanted_minutes()
        found: dict[tuple[int, date], list[TimeLog]] = defaultdict(list)
        for log in ours.values():
            found[log.card_id, log.for_date].append(log)
        for where in sorted({*wanted, *found}):
            minutes, total = wanted.get(where, 0), sum(log.time_spent for log in found[where])
            if total != minutes:
                kind = "lost" if total < minutes else "doubled"
                yield Difference(
                    kind, f"{where[0]} on {where[1]}: {total} min, not {minutes}: {found[where]}"
                )
        yield from self._log_by_log(dict(ours))

    def _wanted_minutes(self) -> dict[tuple[int, date], int]:
        wanted: dict[tuple[int, date], int] = {}
        rows = self.core.journal.connection.execute(
            "SELECT task.card_id, for_date, group_concat(seconds) FROM stretch"
            " JOIN entry ON entry.id = entry_id JOIN task ON task.id = entry.task_id"
            " WHERE NOT cancelled AND task.card_id IS NOT NULL GROUP BY task.card_id, for_date"
        )
        for card_id, day, texts in rows.fetchall():
            seconds = [int(each) for each in texts.split(",")]
            if self.rounding is Rounding.CARRY:
                seconds = [sum(seconds)]
            minutes = [minutes_to_log(self.rounding, each, CardDayTotals()) for each in seconds]
            wanted[card_id, date.fromisoformat(day)] = sum(minutes)
        return wanted

    def _log_by_log(self, ours: dict[int, TimeLog]) -> Iterator[Difference]:
        for logged in self._everything():
            for promise in ledger_logs(logged.deliveries):
                if promise.delivery.state is not DeliveryState.DONE:
                    continue
                held = ours.pop(int(promise.delivery.remote_id or 0), None)
                if held is None:
                    yield Difference("lost", f"not in Kaiten: {_row(promise.delivery)}")
                    continue
                wanted = (promise.minutes, promise.comment)
                if (held.time_spent, split_comment(held.comment or "")[0]) != wanted:
                    yield Difference("wrong", f"{held}, not {wanted}")
                if held.role_id != (logged.entry.route.role_id or EMPLOYEE):
                    yield Difference("wrong", f"role {held.role_id}: {_shown(logged)}")
                if promise.comment != logged.entry.comment:
                    yield Difference("wrong", f"the comment of {_shown(logged)}: {held}")
        for extra in ours.values():
            yield Difference("doubled", f"extra in Kaiten: {extra}")

    def _by_hand(self) -> Iterator[Difference]:
        for number, log in self.others.logs.items():
            if self.sandbox.kaiten.state.logs.get(number) != log:
                yield Difference("wrong", f"written by hand: {log}")
        for number in self.others.entries:
            if self.sandbox.timecrowd.state.entries[number].deleted_at and not self._forgot(number):
                yield Difference("wrong", f"another device's was deleted: {number}")

    def _forgot(self, number: int) -> bool:
        """Whether a person deleted it here, after it had been adopted; perhaps it was undone."""
        return any(
            delivery.remote_id == str(number)
            for each in self._everything()
            for delivery in each.deliveries
            if each.is_deleted or isinstance(delivery.message, DeleteEntry)
        )


def _lies_behind(logged: LoggedEntry, remote: TimeEntry) -> bool:
    """Whether the true start cannot be told: it is not before the stop that was left there."""
    there = remote.stopped_at
    return _keeps_their_stop(logged) and there is not None and there <= logged.entry.started_at


def _keeps_their_stop(logged: LoggedEntry) -> bool:
    """Whether a person said that TimeCrowd's other stop is to be left as it is."""
    stops = [each for each in logged.deliveries if isinstance(each.message, StopEntry)]
    return any(each.state is DeliveryState.DROPPED for each in stops)


def _shown(logged: LoggedEntry) -> str:
    rows = "\n    ".join(_row(each) for each in logged.deliveries)
    entry = logged.entry
    return (
        f"{entry.id} {entry.task.key} {entry.started_at} {logged.stopped_at} {entry.source.value}"
        f" remote={logged.remote}\n    {rows}"
    )


def _row(delivery: Delivery) -> str:
    return (
        f"{delivery.id} {delivery.state.value} {delivery.message} remote={delivery.remote_id}"
        f" minutes={delivery.minutes} attempts={delivery.attempts} {delivery.error!r}"
    )
