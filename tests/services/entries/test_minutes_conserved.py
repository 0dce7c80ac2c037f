"""Rule: with `carry` a card's logs of a date hold max(1, half_up(all seconds / 60)), always.

Whatever is added, edited, split, deleted and undone in whatever order, and however deliveries end:
once everything is delivered, the stand-in of Kaiten holds exactly that, and of the other roundings
what each entry asks for.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.services.fakes import NOW, FakeClock, FakeGateway, run
from tests.services.world import BOTH, World
from timer_app.domain.delivery.matching import Candidate, LookupResult, SafeToRepeat
from timer_app.domain.delivery.outbox import (
    OPEN,
    DueDelivery,
    LoggedEntry,
)
from timer_app.domain.delivery.outcomes import (
    Done,
    NotSent,
    NotSentCause,
    Outcome,
    OutcomeUnknown,
    Refused,
    RemoteLog,
    Removed,
)
from timer_app.domain.delivery.service_messages import (
    DeleteLog,
    LogTime,
    Message,
    UpdateLog,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.minutes import CardDayTotals, Rounding, minutes_to_log
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import NotPossible
from timer_app.services.delivery.ports import OnSend
from timer_app.services.entries.editor import EntryEdit
from timer_app.services.entries.logging_context import LoggingRules

TASKS = [
    Task("One", Card("https://acme.kaiten.ru", 1)),
    Task("Two", Card("https://acme.kaiten.ru", 2)),
    Task("No card"),
]
DAYS_BACK = 3
spans = st.tuples(st.integers(0, DAYS_BACK * 86400 - 1), st.integers(1, 30000))
some = st.integers(0, 10**6)


@dataclass
class Kaiten(FakeGateway):
    """Holds logs. Ends calls as its moods say, and looks truthfully."""

    logs: dict[str, LogTime] = field(default_factory=dict)
    made: dict[str, datetime] = field(default_factory=dict)
    moods: list[str] = field(default_factory=list)

    async def deliver(self, due: DueDelivery, on_send: OnSend) -> Outcome:
        on_send()
        await asyncio.sleep(0.1)
        mood = self.moods.pop(0) if self.moods else "fine"
        if mood == "offline":
            return NotSent(NotSentCause.OFFLINE, "no net")
        if mood == "refused":
            return Refused(403, ("no",))
        if mood == "lost":
            return OutcomeUnknown("broke before")
        answer = self._act(due)
        return OutcomeUnknown("broke after") if mood == "unheard" else Done(answer)

    def _act(self, due: DueDelivery) -> RemoteLog | Removed:
        message: Message = due.delivery.message
        match message:
            case LogTime():
                log_id = self._new_id()
                self.logs[log_id], self.made[log_id] = message, self.clock.now()
                return RemoteLog(log_id)
            case UpdateLog(_, card, for_date, minutes, comment):
                assert due.log_id
                assert (self.logs[due.log_id].card, self.logs[due.log_id].for_date) == (
                    card, for_date,
                )  # fmt: skip
                self.logs[due.log_id] = LogTime(card, for_date, minutes, comment)
                return RemoteLog(due.log_id)
            case DeleteLog():
                assert due.log_id
                self.logs.pop(due.log_id, None)
                return Removed()
            case _:
                raise AssertionError(message)

    async def find_candidates(
        self, due: DueDelivery, ago: timedelta
    ) -> LookupResult | SafeToRepeat:
        del ago
        message = due.delivery.message
        if not isinstance(message, LogTime):
            return SafeToRepeat()
        alike = [key for key, log in self.logs.items() if log == message]
        return LookupResult(
            tuple(Candidate(RemoteLog(key), self.made[key]) for key in alike), timedelta(0)
        )


class Bookkeeping(RuleBasedStateMachine):
    """A person who changes their mind, beside plain sums."""

    rounding = Rounding.CARRY

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="minutes-"))
        self.world = World(self.folder, FakeClock(NOW))
        self.world.journal.connection.execute("PRAGMA synchronous = OFF")
        self.kaiten = Kaiten(self.world.clock)
        self.world.kaiten = self.kaiten
        self.world.rules = LoggingRules(BOTH, self.rounding, self.world.rules.day_start)
        self.ids: list[str] = []

    def _span(self, span: tuple[int, int]) -> tuple[datetime, datetime]:
        began = NOW - timedelta(days=DAYS_BACK) + timedelta(seconds=span[0])
        return began, min(NOW, began + timedelta(seconds=span[1]))

    @rule(task=st.sampled_from(TASKS), span=spans, comment=st.sampled_from(["", "a", "b"]))
    def add(self, task: Task, span: tuple[int, int], comment: str) -> None:
        done = self.world.timer.add(task, Source.MANUAL, *self._span(span), comment=comment)
        assert done.ended
        self.ids.append(done.ended.finished.entry.id)

    @precondition(lambda self: self.ids)
    @rule(
        which=some,
        span=st.none() | spans,
        comment=st.sampled_from([None, "", "a", "c"]),
        task=st.none() | st.sampled_from(TASKS),
    )
    def edit(
        self, which: int, span: tuple[int, int] | None, comment: str | None, task: Task | None
    ) -> None:
        began, ended = self._span(span) if span else (None, None)
        self._try(
            lambda: self.world.editor.edit(self._id(which), EntryEdit(began, ended, comment, task))
        )

    @precondition(lambda self: self.ids)
    @rule(which=some)
    def delete(self, which: int) -> None:
        self._try(lambda: self.world.editor.delete(self._id(which)))

    @precondition(lambda self: self.ids)
    @rule(which=some, part=st.floats(0.01, 0.99))
    def split(self, which: int, part: float) -> None:
        logged = self.world.journal.entry(self._id(which))
        assert logged
        assert logged.stopped_at
        at = logged.entry.started_at + (logged.stopped_at - logged.entry.started_at) * part
        touched = self._try(lambda: self.world.editor.split(self._id(which), at))
        self.ids += touched[1:]

    @rule()
    def undo(self) -> None:
        self._try(self.world.editor.undo)

    @rule(
        moods=st.lists(
            st.sampled_from(["fine", "offline", "lost", "unheard", "refused"]), max_size=4
        )
    )
    def deliver(self, moods: list[str]) -> None:
        self.kaiten.moods = moods
        self.world.drain(1)
        self.kaiten.moods = []

    def _try(self, act: object) -> tuple[str, ...]:
        assert callable(act)
        try:
            touched: tuple[str, ...] = act()
        except NotPossible:
            return ()
        return touched

    def _id(self, which: int) -> str:
        return self.ids[which % len(self.ids)]

    def _deliver_all(self) -> None:
        for _ in range(20):
            for logged in self.world.journal.needing_user(self.world.journal.ids_needing_user()):
                for each in logged.deliveries:
                    self.world.problems.retry(each.id)
            self.world.sender.retry()
            run(self.world.sender.drain(timedelta(seconds=600)), self.world.clock)
            if not self.world.journal.open_counts():
                return
        raise AssertionError(self.world.rows())

    @invariant()
    def the_promise_is_what_the_rule_says(self) -> None:
        for (card, day), seconds in self._seconds().items():
            promised = self.world.journal.card_day_ledger(card, day)
            assert sum(log.minutes for log in promised.logs) == self._wanted(seconds)

    def teardown(self) -> None:
        try:
            self._deliver_all()
            self._check()
        finally:
            self.world.journal.close()
            shutil.rmtree(self.folder)

    def _check(self) -> None:
        held: dict[tuple[Card, date], int] = defaultdict(int)
        for log in self.kaiten.logs.values():
            held[log.card, log.for_date] += log.minutes
        wanted = {key: self._wanted(seconds) for key, seconds in self._seconds().items()}
        assert held == wanted
        for logged in self._alive():
            assert not [each for each in logged.deliveries if each.state in OPEN]
            own = {each.remote_id for each in logged.deliveries if each.minutes}
            comments = {self.kaiten.logs[each].comment for each in own if each}
            assert comments <= {logged.entry.comment}

    def _alive(self) -> list[LoggedEntry]:
        found = (self.world.journal.entry(each) for each in self.ids)
        return [logged for logged in found if logged and not logged.is_deleted]

    def _seconds(self) -> dict[tuple[Card, date], list[int]]:
        seconds: dict[tuple[Card, date], list[int]] = defaultdict(list)
        rows = self.world.journal.connection.execute(
            "SELECT card_origin, card_id, for_date, seconds FROM stretch"
            " JOIN entry ON entry.id = entry_id JOIN task ON task.id = task_id"
            " WHERE card_id IS NOT NULL"
        )
        for origin, number, day, each in rows:
            seconds[Card(origin, number), date.fromisoformat(day)].append(each)
        return seconds

    def _wanted(self, seconds: list[int]) -> int:
        if self.rounding is Rounding.CARRY:
            return max(1, (sum(seconds) + 30) // 60)
        return sum(minutes_to_log(self.rounding, each, CardDayTotals()) for each in seconds)


class EachAlone(Bookkeeping):
    """The same with each entry rounded by itself."""

    rounding = Rounding.UP


@pytest.mark.parametrize("machine", [Bookkeeping, EachAlone])
def test_minutes_are_conserved(machine: type[Bookkeeping]) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=40, stateful_step_count=25, deadline=None),
    )
