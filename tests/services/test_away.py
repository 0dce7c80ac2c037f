"""Rule: every second of a running entry is kept, dropped or given away exactly once.

Whatever the order of leaving, coming back, switching, stopping, answering and undoing; and of an
entry that is over nothing is told while a question about it is open. Both services have memory.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.services.fakes import NOW
from tests.services.holding import let_them_hold
from tests.services.world import TASK, WORDS, World
from timer_app.domain.away import (
    Answer,
    Away,
    Back,
    Cause,
    Continue,
    Drop,
    Gap,
    Give,
    Here,
    Keep,
    Left,
    Question,
    Seen,
    Sign,
)
from timer_app.domain.card import Card
from timer_app.domain.delivery import CorrectTimes, LogTime, RecordEntry, Service, StopEntry
from timer_app.domain.entry import Source
from timer_app.domain.errors import NotPossible
from timer_app.domain.task import Task
from timer_app.domain.timer import Idle, Running
from timer_app.services.ports import LoggedEntry
from timer_app.services.presence import Presence

TEN = timedelta(minutes=10)
OTHER = Task("Meeting", Card("https://acme.kaiten.ru", 8))
TASKS = (TASK, WORDS, OTHER)
MINUTE = timedelta(minutes=1)
ENDED = (StopEntry, RecordEntry, LogTime)


def presence_of(world: World, *, idle_after: timedelta | None = TEN) -> Presence:
    """Somebody who takes signs, with no source but the test."""
    return Presence(
        world.journal, world.timer, world.clock, (),
        idle_after=lambda: idle_after, awake=lambda: world.clock.seconds,
        changed=lambda: None, woke=lambda: None, trouble=world.troubles.append,
    )  # fmt: skip


def minutes_of(world: World) -> dict[int, str]:
    """Who has each minute since NOW, by the key of a task; no minute is had twice."""
    found: dict[int, str] = {}
    rows = world.journal.connection.execute(
        "SELECT started_at, stopped_at, key FROM entry JOIN task ON task.id = entry.task_id"
        " WHERE cancelled = 0"
    )
    now = int(world.clock.now().timestamp())
    for began, ended, key in rows:
        span = range(_minute(began), _minute(now if ended is None else ended))
        assert not set(span) & set(found), "a minute is counted twice"
        found |= dict.fromkeys(span, key)
    return found


def _minute(unix: int) -> int:
    return (unix - int(NOW.timestamp())) // 60


def _minutes(question: Question) -> range:
    began, ended = question.gap.began, question.gap.ended
    if ended is None:
        return range(0)
    return range(_minute(int(began.timestamp())), _minute(int(ended.timestamp())))


@dataclass
class Undone:
    """What a person would have before an answer."""

    question: int
    minutes: dict[int, str]
    running: str | None
    at: int
    asked: set[int]


class Days(RuleBasedStateMachine):
    """Days at a computer. Time goes in minutes, and somebody else keeps the books."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="timer-app-"))
        self.world = World(self.folder)
        self.timecrowd, self.kaiten = let_them_hold(self.world)
        self.presence = presence_of(self.world)
        self.books: dict[int, str] = {}
        self.running: str | None = None
        self.undo: Undone | None = None
        self.told = 0
        self.asked_again: set[str] = set()

    def _now(self) -> int:
        return int(self.world.clock.seconds) // 60

    @rule(minutes=st.sampled_from([1, 2, 5, 9, 10, 11, 25, 60]))
    def time_passes(self, minutes: int) -> None:
        if self.running:
            self.books |= dict.fromkeys(range(self._now(), self._now() + minutes), self.running)
        self.world.clock.move(minutes=minutes)

    @rule(task=st.sampled_from(TASKS))
    def start(self, task: Task) -> None:
        if self.running and isinstance(self.world.timer.state, Running) and self._just_started():
            return
        self.world.timer.start(task, Source.CLI)
        self.running, self.undo = task.key, None

    def _just_started(self) -> bool:
        state = self.world.timer.state
        return isinstance(state, Running) and state.entry.started_at == self.world.clock.now()

    @precondition(lambda self: self.running)
    @rule()
    def stop(self) -> None:
        self.world.timer.stop()
        self.running, self.undo = None, None

    @rule(cause=st.sampled_from(Cause), ago=st.integers(0, 12))
    def leaves(self, cause: Cause, ago: int) -> None:
        since = max(NOW, self.world.clock.now() - ago * MINUTE)
        self.presence.notice(Left(cause, since))

    @rule(cause=st.sampled_from(Cause))
    def comes_back(self, cause: Cause) -> None:
        self.presence.notice(Back(cause, self.world.clock.now()))

    @rule()
    def is_seen(self) -> None:
        self.presence.here()

    @rule()
    def restarts(self) -> None:
        """The app is killed, and started by somebody who is there."""
        self.presence = presence_of(self.world)
        lasting = self.world.journal.lasting_absence()
        if lasting:
            self.world.journal.end_absence(self.world.clock.now())

    @rule()
    def delivers(self) -> None:
        self.world.drain()

    @precondition(lambda self: self.world.answers.open())
    @rule(
        answer=st.sampled_from([Keep(), Drop(), Continue(), Give(WORDS), Give(OTHER)]),
        which=st.integers(0, 3),
    )
    def answers(self, answer: Answer, which: int) -> None:
        self.world.journal.end_absence(self.world.clock.now())
        found = self.world.answers.open()
        if not found:
            return
        question = found[which % len(found)]
        asked = self._asked()
        before = Undone(question.id, dict(self.books), self.running, self._now(), asked)
        try:
            self.world.answers.answer(question.id, answer)
        except NotPossible:
            assert isinstance(answer, Give)
            assert answer.task.key == question.entry.task.key
            return
        self.undo = before
        self._book(question, answer)
        settled = _minutes(question)
        if isinstance(answer, Drop) and question.stopped_at is None:
            settled = range(settled.start, self._now())
        assert self._asked() == asked - set(settled)

    def _asked(self) -> set[int]:
        """The minutes that wait for an answer."""
        return {minute for each in self.world.answers.open() for minute in _minutes(each)}

    def _book(self, question: Question, answer: Answer) -> None:
        goes = _minutes(question)
        match answer:
            case Keep():
                return
            case Give(task):
                self.books |= dict.fromkeys(goes, task.key)
                return
            case Drop() if question.stopped_at is None:
                goes, self.running = range(goes.start, self._now()), None
            case _:
                pass
        for minute in goes:
            self.books.pop(minute, None)

    @precondition(lambda self: self.undo is not None)
    @rule()
    def takes_back(self) -> None:
        before, self.undo = self.undo, None
        assert before is not None
        touched = self.world.editor.undo(answer_to=before.question)
        self.asked_again |= set(touched)
        self.books, self.running = before.minutes, before.running
        if self.running:
            self.books |= dict.fromkeys(range(before.at, self._now()), self.running)
        assert self._asked() >= before.asked

    @invariant()
    def every_minute_once(self) -> None:
        assert minutes_of(self.world) == self.books
        state = self.world.timer.state
        assert (state.entry.task.key if isinstance(state, Running) else None) == self.running

    @invariant()
    def nothing_in_question_is_told(self) -> None:
        over = {each.entry.id for each in self.world.answers.open() if each.stopped_at}
        dues = self.timecrowd.dues + self.kaiten.dues
        for due in dues:
            if due.delivery.entry_id in over - self.asked_again:
                message = due.delivery.message
                ends = isinstance(message, CorrectTimes) and message.stopped_at is not None
                assert not isinstance(message, ENDED), (message, over)
                assert not ends

    def teardown(self) -> None:
        try:
            self._all_is_there_in_the_end()
        finally:
            self.world.journal.close()
            shutil.rmtree(self.folder)

    def _all_is_there_in_the_end(self) -> None:
        """Everything else goes on; once all is answered both services hold what the books say."""
        self.world.journal.end_absence(self.world.clock.now())
        self.world.drain()
        held = {each.entry.id for each in self.world.answers.open() if each.stopped_at}
        waits = {row.split()[0] for row in self.world.rows() if row.endswith("waiting")}
        assert waits <= held
        while found := self.world.answers.open():
            self.world.answers.answer(found[0].id, Keep())
        self.world.drain()
        assert {row.split()[2] for row in self.world.rows()} <= {"done", "dropped"}
        assert self.world.journal.held() == {}
        entries = {
            (each.title, each.remote.started_at, each.remote.stopped_at)
            for each in self.timecrowd.kept.values()
        }
        assert entries == {
            (title, started_at, stopped_at)
            for title, started_at, stopped_at in _entries(self.world)
        }  # fmt: skip
        assert len(self.timecrowd.kept) == len(list(_entries(self.world)))


def _all(world: World) -> list[LoggedEntry]:
    rows = world.journal.connection.execute("SELECT id FROM entry WHERE cancelled = 0").fetchall()
    found = (world.journal.entry(number) for (number,) in rows)
    return [each for each in found if each]


def _entries(world: World) -> list[tuple[str, datetime, datetime | None]]:
    return [(each.entry.task.title, each.entry.started_at, each.stopped_at) for each in _all(world)]


TestDays = Days.TestCase
TestDays.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)


# -------------------------------------------------------------------- one thing at a time


@pytest.fixture
def presence(world: World) -> Presence:
    """Nobody has left."""
    let_them_hold(world)
    return presence_of(world)


def away(presence: Presence, world: World, minutes: int = 30) -> Question:
    """Nine o'clock: work. Half past nine: nobody there, for so long."""
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=40)
    presence.notice(Left(Cause.IDLE, NOW + timedelta(minutes=30)))
    world.clock.move(minutes=minutes - 10)
    presence.notice(Back(Cause.IDLE, world.clock.now()))
    (question,) = world.answers.open()
    return question


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_a_gap_begins_at_the_last_input(world: World, presence: Presence) -> None:
    question = away(presence, world)
    assert question.gap == Gap(at(30), at(60), frozenset({Cause.IDLE}))
    assert question.stopped_at is None
    assert isinstance(presence.state, Here)


def test_one_shorter_than_the_setting_is_none(world: World, presence: Presence) -> None:
    world.timer.start(TASK, Source.CLICK)
    presence.notice(Left(Cause.LOCKED, NOW))
    world.clock.move(minutes=9, seconds=59)
    presence.notice(Back(Cause.LOCKED, world.clock.now()))
    assert world.answers.open() == []
    assert world.dump()["away"] == []


def test_nothing_runs_nothing_is_asked(world: World, presence: Presence) -> None:
    presence.notice(Left(Cause.ASLEEP, NOW))
    world.clock.move(hours=8)
    presence.notice(Back(Cause.ASLEEP, world.clock.now()))
    assert world.dump()["away"] == []


def test_overlapping_causes_are_one_gap(world: World, presence: Presence) -> None:
    world.timer.start(TASK, Source.CLICK)
    signs: list[Callable[[], Sign]] = [
        lambda: Left(Cause.IDLE, NOW),
        lambda: Left(Cause.LOCKED, world.clock.now()),
        lambda: Left(Cause.ASLEEP, world.clock.now()),
        lambda: Back(Cause.ASLEEP, world.clock.now()),
        lambda: Back(Cause.IDLE, world.clock.now()),
        lambda: Back(Cause.LOCKED, world.clock.now()),
    ]
    for sign in signs:
        world.clock.move(minutes=10)
        presence.notice(sign())
    (question,) = world.answers.open()
    causes = frozenset({Cause.IDLE, Cause.LOCKED, Cause.ASLEEP})
    assert question.gap == Gap(NOW, at(60), causes)


def test_a_stop_elsewhere_meanwhile_ends_the_question(world: World, presence: Presence) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    world.clock.move(minutes=40)
    presence.notice(Left(Cause.IDLE, at(30)))
    world.timer.stop()
    world.clock.move(minutes=60)
    world.drain()
    assert world.rows() == ["e1 start done", "e1 stop waiting", "e1 log waiting"]
    presence.notice(Back(Cause.IDLE, world.clock.now()))
    (question,) = world.answers.open()
    assert (question.gap.began, question.gap.ended) == (at(30), at(40))
    world.answers.answer(None, Drop())
    world.drain()
    assert world.rows()[1:] == ["e1 stop done", "e1 log done"]
    assert _entries(world) == [("Ship it", NOW, at(30))]


def test_what_is_begun_meanwhile_is_asked_about_too(world: World, presence: Presence) -> None:
    world.timer.start(TASK, Source.CLICK)
    presence.notice(Left(Cause.IDLE, NOW))
    world.clock.move(minutes=20)
    world.timer.start(WORDS, Source.CLI)
    world.clock.move(minutes=5)
    world.timer.start(OTHER, Source.CLI)
    world.clock.move(minutes=15)
    presence.notice(Back(Cause.IDLE, world.clock.now()))
    assert [(each.entry.task, each.gap.began, each.gap.ended) for each in world.answers.open()] == [
        (TASK, NOW, at(20)), (OTHER, at(25), at(40)),
    ]  # fmt: skip
    world.drain()
    told = [row for row in world.rows() if row.startswith("e2")]
    assert told == ["e2 entry done", "e2 stop done"]  # five minutes are not asked about


def test_what_is_begun_and_over_meanwhile_is_held(world: World, presence: Presence) -> None:
    presence.notice(Left(Cause.IDLE, NOW))
    world.timer.start(WORDS, Source.CLI)
    world.clock.move(minutes=15)
    world.timer.stop()
    world.drain()
    assert world.rows() == ["e1 start waiting", "e1 stop waiting"]
    assert world.journal.held() == {Service.TIMECROWD: 2}


ANSWERS: list[tuple[Answer, list[tuple[str, int, int | None]]]] = [
    (Keep(), [("Ship it", 0, None)]),
    (Drop(), [("Ship it", 0, 30)]),
    (Continue(), [("Ship it", 0, 30), ("Ship it", 60, None)]),
    (Give(OTHER), [("Ship it", 0, 30), ("Meeting", 30, 60), ("Ship it", 60, None)]),
]


@pytest.mark.parametrize(("answer", "then"), ANSWERS, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("told", [True, False])
def test_answers_while_it_runs_and_their_undoing(
    world: World, presence: Presence, answer: Answer,
    then: list[tuple[str, int, int | None]], *, told: bool,
) -> None:  # fmt: skip
    question = away(presence, world)
    world.timer.annotate("as it was")
    if told:
        world.drain()
    world.clock.move(minutes=5)
    world.answers.answer(question.id, answer)
    assert sorted(_entries(world), key=lambda each: each[1]) == [
        (title, at(began), None if ended is None else at(ended)) for title, began, ended in then
    ]
    assert world.answers.open() == []
    if told:
        world.drain()
    world.editor.undo()
    assert _entries(world) == [("Ship it", NOW, None)]
    state = world.timer.state
    assert isinstance(state, Running)
    assert state.entry.comment == "as it was"
    (again,) = world.answers.open()
    assert (again.id, again.gap) == (question.id, question.gap)
    world.timer.stop()
    world.drain()
    assert world.journal.is_held(state.entry.id)
    world.answers.answer(None, Keep())
    world.drain()
    timecrowd, kaiten = world.timecrowd, world.kaiten
    assert [each.remote.stopped_at for each in timecrowd.kept.values()] == [at(65)]  # type: ignore[union-attr]
    assert [log.minutes for _, log in kaiten.kept.values()] == [65]  # type: ignore[union-attr]


def test_an_answer_that_was_taken_back_after_the_stop(world: World, presence: Presence) -> None:
    away(presence, world)
    world.answers.answer(None, Give(OTHER))
    world.clock.move(minutes=30)
    world.timer.stop()
    world.drain()
    world.editor.undo()
    world.drain()
    assert _entries(world) == [("Ship it", NOW, at(90))]
    (question,) = world.answers.open()
    assert question.gap.ended == at(60)


def test_the_answer_alone_is_taken_back_by_its_question(world: World, presence: Presence) -> None:
    question = away(presence, world)
    world.answers.answer(None, Drop())
    world.timer.add(WORDS, Source.MANUAL, at(40), at(50))
    entry = next(each for each in _all(world) if each.entry.task == WORDS)
    world.editor.delete(entry.entry.id)
    with pytest.raises(NotPossible, match="Something else was changed since"):
        world.editor.undo(answer_to=question.id)
    world.editor.undo()
    world.editor.undo(answer_to=question.id)
    assert [each.id for each in world.answers.open()] == [question.id]


def test_a_cancelled_entry_has_no_question_until_it_is_undone(
    world: World, presence: Presence
) -> None:
    question = away(presence, world)
    world.timer.cancel()
    assert world.answers.open() == []
    world.editor.undo()
    (again,) = world.answers.open()
    assert (again.id, again.gap) == (question.id, question.gap)


def test_a_split_in_the_middle_asks_about_both_halves(world: World, presence: Presence) -> None:
    question = away(presence, world)
    world.timer.stop()
    world.editor.split(question.entry.id, at(45))
    assert [(each.gap.began, each.gap.ended) for each in world.answers.open()] == [
        (at(30), at(45)), (at(45), at(60)),
    ]  # fmt: skip
    world.drain()
    assert not any("log done" in row for row in world.rows())


def test_two_gaps_are_asked_one_after_the_other(world: World, presence: Presence) -> None:
    first = away(presence, world)
    presence.notice(Left(Cause.LOCKED, world.clock.now()))
    world.clock.move(minutes=20)
    presence.notice(Back(Cause.LOCKED, world.clock.now()))
    assert [each.gap.began for each in world.answers.open()] == [at(30), at(60)]
    world.answers.answer(first.id, Continue())
    (second,) = world.answers.open()
    assert second.gap == Gap(at(60), at(80), frozenset({Cause.LOCKED}))
    world.answers.answer(second.id, Give(OTHER))
    assert sorted(_entries(world), key=lambda each: each[1]) == [
        ("Ship it", NOW, at(30)), ("Meeting", at(60), at(80)), ("Ship it", at(80), None),
    ]  # fmt: skip


@pytest.mark.parametrize("stopped", [True, False])
def test_of_two_gaps_one_answer_leaves_the_other_and_so_does_its_undoing(
    world: World, presence: Presence, *, stopped: bool
) -> None:
    first = away(presence, world)
    presence.notice(Left(Cause.LOCKED, world.clock.now()))
    world.clock.move(minutes=20)
    presence.notice(Back(Cause.LOCKED, world.clock.now()))
    if stopped:
        world.timer.stop()
    world.answers.answer(first.id, Continue())
    assert [each.gap.began for each in world.answers.open()] == [at(60)]
    world.editor.undo()
    assert [each.gap.began for each in world.answers.open()] == [at(30), at(60)]
    assert len({each.entry.id for each in world.answers.open()}) == 1


def test_what_it_was_on_already_is_not_given(world: World, presence: Presence) -> None:
    away(presence, world)
    before = world.dump()
    with pytest.raises(NotPossible, match="the task it is on already"):
        world.answers.answer(None, Give(TASK))
    assert world.dump() == before
    with pytest.raises(NotPossible, match="There is no open question 99"):
        world.answers.answer(99, Keep())


def test_a_kill_forgets_nothing(world: World, presence: Presence) -> None:
    world.timer.start(TASK, Source.CLICK)
    presence.notice(Left(Cause.ASLEEP, NOW))
    world.clock.move(hours=1)
    again = presence_of(world)
    assert isinstance(again.state, Here)
    assert world.journal.lasting_absence() == Gap(NOW, None, frozenset({Cause.ASLEEP}))


def test_a_sleep_that_nobody_told_of(world: World) -> None:
    slept = 0.0
    presence = Presence(
        world.journal, world.timer, world.clock, (),
        idle_after=lambda: TEN, awake=lambda: world.clock.seconds - slept,
        changed=lambda: None, woke=lambda: None, trouble=world.troubles.append,
    )  # fmt: skip
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=30)
    presence.look()
    assert world.answers.open() == []
    world.clock.move(hours=1)
    slept = 3600
    presence.look()
    (question,) = world.answers.open()
    assert question.gap == Gap(at(30), at(90), frozenset({Cause.ASLEEP}))
    presence.look()
    assert len(world.answers.open()) == 1


def test_off_ends_the_idle_part_and_not_the_rest(world: World) -> None:
    presence = presence_of(world, idle_after=None)
    world.timer.start(TASK, Source.CLICK)
    presence.notice(Left(Cause.ASLEEP, NOW))
    world.clock.move(minutes=10)
    presence.notice(Back(Cause.ASLEEP, world.clock.now()))
    assert len(world.answers.open()) == 1


def test_a_full_disk_is_said_and_the_state_goes_on(world: World, presence: Presence) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.make_unwritable()
    presence.notice(Left(Cause.IDLE, NOW))
    assert isinstance(presence.state, Away)
    assert world.troubles[-1]
    world.make_unwritable(unwritable=False)
    world.clock.move(minutes=30)
    presence.notice(Seen(world.clock.now()))
    assert len(world.answers.open()) == 1


def test_nothing_is_open_no_answer_is_taken(world: World) -> None:
    with pytest.raises(NotPossible, match="No question waits"):
        world.answers.answer(None, Keep())
    assert isinstance(world.timer.state, Idle)
