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
from timer_app.domain.absence import (
    Absence,
    AbsenceCause,
    AbsenceResolution,
    AbsenceSignal,
    Absent,
    CauseBegan,
    CauseEnded,
    DropAndContinue,
    DropTime,
    KeepTime,
    Present,
    ReassignTime,
    UnresolvedAbsence,
    UserActive,
)
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import RemoteState, TrackedEntry
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    LogTime,
    RecordEntry,
    StopEntry,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.entries.timer import Idle, Running
from timer_app.domain.errors import NotPossible
from timer_app.domain.service import Service
from timer_app.services.absence.tracker import AbsenceTracker
from timer_app.services.absence.wake import WakeHandler
from timer_app.services.retry import Retry

TEN = timedelta(minutes=10)
OTHER = Task("Meeting", Card("https://acme.kaiten.ru", 8))
TASKS = (TASK, WORDS, OTHER)
MINUTE = timedelta(minutes=1)
ENDED = (StopEntry, RecordEntry, LogTime)


def _wake_handler(world: World, awake_seconds: Callable[[], float]) -> WakeHandler:
    retry = Retry(world.journal_errors.append)
    return WakeHandler(world.clock, awake_seconds, retry, lambda: None)


def tracker_of(world: World, *, idle_after: timedelta | None = TEN) -> AbsenceTracker:
    """A tracker without sensors: the test hands it its signals."""
    return AbsenceTracker(
        world.journal, world.timer, world.clock, (),
        idle_after=lambda: idle_after, wake=_wake_handler(world, lambda: world.clock.seconds),
        changed=lambda: None, on_error=world.journal_errors.append,
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


def _minutes(question: UnresolvedAbsence) -> range:
    began, ended = question.absence.began, question.absence.ended
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


def test_an_answer_that_was_taken_back_asks_about_each_minute_once(world: World) -> None:
    """The answer ended the absence in the journal, and no sensor knew of that."""
    tracker = tracker_of(world)
    tracker.handle(CauseBegan(AbsenceCause.IDLE, world.clock.now()))
    world.timer.start(TASKS[0], Source.CLI)
    world.clock.move(minutes=10)
    world.absence_resolver.resolve(None, KeepTime())
    world.editor.undo()
    tracker.handle(CauseEnded(AbsenceCause.IDLE, world.clock.now()))
    (question,) = world.absence_resolver.unresolved()
    world.absence_resolver.resolve(question.id, KeepTime())
    assert not world.absence_resolver.unresolved()


class Days(RuleBasedStateMachine):
    """Days at a computer. Time goes in minutes, and somebody else keeps the books."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="timer-app-"))
        self.world = World(self.folder)
        self.timecrowd, self.kaiten = let_them_hold(self.world)
        self.tracker = tracker_of(self.world)
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

    @rule(cause=st.sampled_from(AbsenceCause), ago=st.integers(0, 12))
    def leaves(self, cause: AbsenceCause, ago: int) -> None:
        since = max(NOW, self.world.clock.now() - ago * MINUTE)
        self.tracker.handle(CauseBegan(cause, since))

    @rule(cause=st.sampled_from(AbsenceCause))
    def comes_back(self, cause: AbsenceCause) -> None:
        self.tracker.handle(CauseEnded(cause, self.world.clock.now()))

    @rule()
    def is_seen(self) -> None:
        self.tracker.user_active()

    @rule()
    def restarts(self) -> None:
        """The app is killed, and started by somebody who is there."""
        self.tracker = tracker_of(self.world)
        lasting = self.world.journal.ongoing_absence()
        if lasting:
            self.world.journal.end_absence(self.world.clock.now())

    @rule()
    def delivers(self) -> None:
        self.world.drain()

    @precondition(lambda self: self.world.absence_resolver.unresolved())
    @rule(
        answer=st.sampled_from(
            [KeepTime(), DropTime(), DropAndContinue(), ReassignTime(WORDS), ReassignTime(OTHER)]
        ),
        which=st.integers(0, 3),
    )
    def absence_resolver(self, answer: AbsenceResolution, which: int) -> None:
        self.world.journal.end_absence(self.world.clock.now())
        found = self.world.absence_resolver.unresolved()
        if not found:
            return
        question = found[which % len(found)]
        asked = self._asked()
        before = Undone(question.id, dict(self.books), self.running, self._now(), asked)
        try:
            self.world.absence_resolver.resolve(question.id, answer)
        except NotPossible:
            assert isinstance(answer, ReassignTime)
            assert answer.task.key == question.entry.task.key
            return
        self.undo = before
        self._book(question, answer)
        settled = _minutes(question)
        if isinstance(answer, DropTime) and question.stopped_at is None:
            settled = range(settled.start, self._now())
        assert self._asked() == asked - set(settled)

    def _asked(self) -> set[int]:
        """The minutes that wait for an answer."""
        return {
            minute for each in self.world.absence_resolver.unresolved() for minute in _minutes(each)
        }

    def _book(self, question: UnresolvedAbsence, answer: AbsenceResolution) -> None:
        goes = _minutes(question)
        match answer:
            case KeepTime():
                return
            case ReassignTime(task):
                self.books |= dict.fromkeys(goes, task.key)
                return
            case DropTime() if question.stopped_at is None:
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
        touched = self.world.editor.undo(expected_question_id=before.question)
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
        over = {
            each.entry.id for each in self.world.absence_resolver.unresolved() if each.stopped_at
        }
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
        held = {
            each.entry.id for each in self.world.absence_resolver.unresolved() if each.stopped_at
        }
        waits = {row.split()[0] for row in self.world.rows() if row.endswith("waiting")}
        assert waits <= held
        while found := self.world.absence_resolver.unresolved():
            self.world.absence_resolver.resolve(found[0].id, KeepTime())
        self.world.drain()
        assert {row.split()[2] for row in self.world.rows()} <= {"done", "dropped"}
        assert self.world.journal.on_hold_counts() == {}
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


def test_time_before_somebody_was_seen_is_not_asked_about_again() -> None:
    """Found by `Days`: an idle sign reaches back into an absence that is a question already."""
    days = Days()
    try:
        days.start(TASK)
        days.leaves(AbsenceCause.IDLE, 0)
        days.time_passes(10)
        days.is_seen()
        days.leaves(AbsenceCause.IDLE, 8)
        days.time_passes(2)
        days.absence_resolver(KeepTime(), 0)
        days.every_minute_once()
    finally:
        days.teardown()


def test_a_sleep_that_no_sensor_reported_is_asked_about_after_a_click(world: World) -> None:
    slept = 0.0
    tracker = AbsenceTracker(
        world.journal, world.timer, world.clock, (),
        idle_after=lambda: TEN, wake=_wake_handler(world, lambda: world.clock.seconds - slept),
        changed=lambda: None, on_error=world.journal_errors.append,
    )  # fmt: skip
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=60)
    slept = 3600
    tracker.user_active()
    (question,) = world.absence_resolver.unresolved()
    assert question.absence == Absence(at(0), at(60), frozenset({AbsenceCause.ASLEEP}))


TestDays = Days.TestCase
TestDays.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


# -------------------------------------------------------------------- one thing at a time


@pytest.fixture
def tracker(world: World) -> AbsenceTracker:
    """Nobody has left."""
    let_them_hold(world)
    return tracker_of(world)


def away(tracker: AbsenceTracker, world: World, minutes: int = 30) -> UnresolvedAbsence:
    """Nine o'clock: work. Half past nine: nobody there, for so long."""
    world.timer.start(TASK, Source.CLICK)
    return leave(tracker, world, minutes)


def leave(tracker: AbsenceTracker, world: World, minutes: int = 30) -> UnresolvedAbsence:
    """Half an hour later nobody is there, for so long."""
    world.clock.move(minutes=40)
    tracker.handle(CauseBegan(AbsenceCause.IDLE, NOW + timedelta(minutes=30)))
    world.clock.move(minutes=minutes - 10)
    tracker.handle(CauseEnded(AbsenceCause.IDLE, world.clock.now()))
    (question,) = world.absence_resolver.unresolved()
    return question


def at(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_a_gap_begins_at_the_last_input(world: World, tracker: AbsenceTracker) -> None:
    question = away(tracker, world)
    assert question.absence == Absence(at(30), at(60), frozenset({AbsenceCause.IDLE}))
    assert question.stopped_at is None
    assert isinstance(tracker.state, Present)


def test_one_shorter_than_the_setting_is_none(world: World, tracker: AbsenceTracker) -> None:
    world.timer.start(TASK, Source.CLICK)
    tracker.handle(CauseBegan(AbsenceCause.LOCKED, NOW))
    world.clock.move(minutes=9, seconds=59)
    tracker.handle(CauseEnded(AbsenceCause.LOCKED, world.clock.now()))
    assert world.absence_resolver.unresolved() == []
    assert world.dump()["away"] == []


def test_nothing_runs_nothing_is_asked(world: World, tracker: AbsenceTracker) -> None:
    tracker.handle(CauseBegan(AbsenceCause.ASLEEP, NOW))
    world.clock.move(hours=8)
    tracker.handle(CauseEnded(AbsenceCause.ASLEEP, world.clock.now()))
    assert world.dump()["away"] == []


def test_overlapping_causes_are_one_gap(world: World, tracker: AbsenceTracker) -> None:
    world.timer.start(TASK, Source.CLICK)
    signals: list[Callable[[], AbsenceSignal]] = [
        lambda: CauseBegan(AbsenceCause.IDLE, NOW),
        lambda: CauseBegan(AbsenceCause.LOCKED, world.clock.now()),
        lambda: CauseBegan(AbsenceCause.ASLEEP, world.clock.now()),
        lambda: CauseEnded(AbsenceCause.ASLEEP, world.clock.now()),
        lambda: CauseEnded(AbsenceCause.IDLE, world.clock.now()),
        lambda: CauseEnded(AbsenceCause.LOCKED, world.clock.now()),
    ]
    for signal in signals:
        world.clock.move(minutes=10)
        tracker.handle(signal())
    (question,) = world.absence_resolver.unresolved()
    causes = frozenset({AbsenceCause.IDLE, AbsenceCause.LOCKED, AbsenceCause.ASLEEP})
    assert question.absence == Absence(NOW, at(60), causes)


def test_a_stop_elsewhere_meanwhile_ends_the_question(
    world: World, tracker: AbsenceTracker
) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    world.clock.move(minutes=40)
    tracker.handle(CauseBegan(AbsenceCause.IDLE, at(30)))
    world.timer.stop()
    world.clock.move(minutes=60)
    world.drain()
    assert world.rows() == ["e1 start done", "e1 stop waiting", "e1 log waiting"]
    tracker.handle(CauseEnded(AbsenceCause.IDLE, world.clock.now()))
    (question,) = world.absence_resolver.unresolved()
    assert (question.absence.began, question.absence.ended) == (at(30), at(40))
    world.absence_resolver.resolve(None, DropTime())
    world.drain()
    assert world.rows()[1:] == ["e1 stop done", "e1 log done"]
    assert _entries(world) == [("Ship it", NOW, at(30))]


def test_what_is_begun_meanwhile_is_asked_about_too(world: World, tracker: AbsenceTracker) -> None:
    world.timer.start(TASK, Source.CLICK)
    tracker.handle(CauseBegan(AbsenceCause.IDLE, NOW))
    world.clock.move(minutes=20)
    world.timer.start(WORDS, Source.CLI)
    world.clock.move(minutes=5)
    world.timer.start(OTHER, Source.CLI)
    world.clock.move(minutes=15)
    tracker.handle(CauseEnded(AbsenceCause.IDLE, world.clock.now()))
    assert [
        (each.entry.task, each.absence.began, each.absence.ended)
        for each in world.absence_resolver.unresolved()
    ] == [
        (TASK, NOW, at(20)),
        (OTHER, at(25), at(40)),
    ]
    world.drain()
    told = [row for row in world.rows() if row.startswith("e2")]
    assert told == ["e2 entry done", "e2 stop done"]  # five minutes are not asked about


def test_what_is_begun_and_over_meanwhile_is_held(world: World, tracker: AbsenceTracker) -> None:
    tracker.handle(CauseBegan(AbsenceCause.IDLE, NOW))
    world.timer.start(WORDS, Source.CLI)
    world.clock.move(minutes=15)
    world.timer.stop()
    world.drain()
    assert world.rows() == ["e1 start waiting", "e1 stop waiting"]
    assert world.journal.on_hold_counts() == {Service.TIMECROWD: 2}


ANSWERS: list[tuple[AbsenceResolution, list[tuple[str, int, int | None]]]] = [
    (KeepTime(), [("Ship it", 0, None)]),
    (DropTime(), [("Ship it", 0, 30)]),
    (DropAndContinue(), [("Ship it", 0, 30), ("Ship it", 60, None)]),
    (ReassignTime(OTHER), [("Ship it", 0, 30), ("Meeting", 30, 60), ("Ship it", 60, None)]),
]


@pytest.mark.parametrize(("answer", "then"), ANSWERS, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("told", [True, False])
def test_answers_while_it_runs_and_their_undoing(
    world: World, tracker: AbsenceTracker, answer: AbsenceResolution,
    then: list[tuple[str, int, int | None]], *, told: bool,
) -> None:  # fmt: skip
    question = away(tracker, world)
    world.timer.annotate("as it was")
    if told:
        world.drain()
    world.clock.move(minutes=5)
    world.absence_resolver.resolve(question.id, answer)
    assert sorted(_entries(world), key=lambda each: each[1]) == [
        (title, at(began), None if ended is None else at(ended)) for title, began, ended in then
    ]
    assert world.absence_resolver.unresolved() == []
    if told:
        world.drain()
    world.editor.undo()
    assert _entries(world) == [("Ship it", NOW, None)]
    state = world.timer.state
    assert isinstance(state, Running)
    assert state.entry.comment == "as it was"
    (again,) = world.absence_resolver.unresolved()
    assert (again.id, again.absence) == (question.id, question.absence)
    world.timer.stop()
    world.drain()
    assert world.journal.is_on_hold(state.entry.id)
    world.absence_resolver.resolve(None, KeepTime())
    world.drain()
    timecrowd, kaiten = world.timecrowd, world.kaiten
    assert [each.remote.stopped_at for each in timecrowd.kept.values()] == [at(65)]  # type: ignore[union-attr]
    assert [log.minutes for _, log in kaiten.kept.values()] == [65]  # type: ignore[union-attr]


def test_an_answer_that_was_taken_back_after_the_stop(
    world: World, tracker: AbsenceTracker
) -> None:
    away(tracker, world)
    world.absence_resolver.resolve(None, ReassignTime(OTHER))
    world.clock.move(minutes=30)
    world.timer.stop()
    world.drain()
    world.editor.undo()
    world.drain()
    assert _entries(world) == [("Ship it", NOW, at(90))]
    (question,) = world.absence_resolver.unresolved()
    assert question.absence.ended == at(60)


def test_the_answer_alone_is_taken_back_by_its_question(
    world: World, tracker: AbsenceTracker
) -> None:
    question = away(tracker, world)
    world.absence_resolver.resolve(None, DropTime())
    world.timer.add(WORDS, Source.MANUAL, at(40), at(50))
    entry = next(each for each in _all(world) if each.entry.task == WORDS)
    world.editor.delete(entry.entry.id)
    with pytest.raises(NotPossible, match="Something else was changed since"):
        world.editor.undo(expected_question_id=question.id)
    world.editor.undo()
    world.editor.undo(expected_question_id=question.id)
    assert [each.id for each in world.absence_resolver.unresolved()] == [question.id]


def test_a_cancelled_entry_has_no_question_until_it_is_undone(
    world: World, tracker: AbsenceTracker
) -> None:
    question = away(tracker, world)
    world.timer.cancel()
    assert world.absence_resolver.unresolved() == []
    world.editor.undo()
    (again,) = world.absence_resolver.unresolved()
    assert (again.id, again.absence) == (question.id, question.absence)


def test_a_split_in_the_middle_asks_about_both_halves(
    world: World, tracker: AbsenceTracker
) -> None:
    question = away(tracker, world)
    world.timer.stop()
    world.editor.split(question.entry.id, at(45))
    assert [
        (each.absence.began, each.absence.ended) for each in world.absence_resolver.unresolved()
    ] == [
        (at(30), at(45)),
        (at(45), at(60)),
    ]
    world.drain()
    assert not any("log done" in row for row in world.rows())


def test_two_gaps_are_asked_one_after_the_other(world: World, tracker: AbsenceTracker) -> None:
    first = away(tracker, world)
    tracker.handle(CauseBegan(AbsenceCause.LOCKED, world.clock.now()))
    world.clock.move(minutes=20)
    tracker.handle(CauseEnded(AbsenceCause.LOCKED, world.clock.now()))
    assert [each.absence.began for each in world.absence_resolver.unresolved()] == [at(30), at(60)]
    world.absence_resolver.resolve(first.id, DropAndContinue())
    (second,) = world.absence_resolver.unresolved()
    assert second.absence == Absence(at(60), at(80), frozenset({AbsenceCause.LOCKED}))
    world.absence_resolver.resolve(second.id, ReassignTime(OTHER))
    assert sorted(_entries(world), key=lambda each: each[1]) == [
        ("Ship it", NOW, at(30)), ("Meeting", at(60), at(80)), ("Ship it", at(80), None),
    ]  # fmt: skip


@pytest.mark.parametrize("stopped", [True, False])
def test_of_two_gaps_one_answer_leaves_the_other_and_so_does_its_undoing(
    world: World, tracker: AbsenceTracker, *, stopped: bool
) -> None:
    first = away(tracker, world)
    tracker.handle(CauseBegan(AbsenceCause.LOCKED, world.clock.now()))
    world.clock.move(minutes=20)
    tracker.handle(CauseEnded(AbsenceCause.LOCKED, world.clock.now()))
    if stopped:
        world.timer.stop()
    world.absence_resolver.resolve(first.id, DropAndContinue())
    assert [each.absence.began for each in world.absence_resolver.unresolved()] == [at(60)]
    world.editor.undo()
    assert [each.absence.began for each in world.absence_resolver.unresolved()] == [at(30), at(60)]
    assert len({each.entry.id for each in world.absence_resolver.unresolved()}) == 1


def test_what_goes_on_after_an_absence_stays_in_its_team(
    world: World, tracker: AbsenceTracker
) -> None:
    """Another device began it in a team that the settings do not name."""
    remote = RemoteEntry("500", "77", NOW, None)
    seen = RemoteState(TrackedEntry(remote, "Theirs", team_id=2))
    world.timer.apply_remote_changes(seen, None, OTHER.url)
    question = leave(tracker, world)
    world.absence_resolver.resolve(question.id, DropAndContinue())
    state = world.state()
    assert isinstance(state, Running)
    assert state.entry.task == Task("Theirs", timecrowd=TimeCrowdTask(77, 2))


def test_what_it_was_on_already_is_not_given(world: World, tracker: AbsenceTracker) -> None:
    away(tracker, world)
    before = world.dump()
    with pytest.raises(NotPossible, match="already on this task"):
        world.absence_resolver.resolve(None, ReassignTime(TASK))
    assert world.dump() == before
    with pytest.raises(NotPossible, match=r"This question is not open\. Number: 99"):
        world.absence_resolver.resolve(99, KeepTime())


def test_a_kill_forgets_nothing(world: World, tracker: AbsenceTracker) -> None:
    world.timer.start(TASK, Source.CLICK)
    tracker.handle(CauseBegan(AbsenceCause.ASLEEP, NOW))
    world.clock.move(hours=1)
    again = tracker_of(world)
    assert isinstance(again.state, Present)
    assert world.journal.ongoing_absence() == Absence(NOW, None, frozenset({AbsenceCause.ASLEEP}))


def test_a_sleep_that_no_sensor_reported(world: World) -> None:
    slept = 0.0
    tracker = AbsenceTracker(
        world.journal, world.timer, world.clock, (),
        idle_after=lambda: TEN, wake=_wake_handler(world, lambda: world.clock.seconds - slept),
        changed=lambda: None, on_error=world.journal_errors.append,
    )  # fmt: skip
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=30)
    tracker.detect_sleep()
    assert world.absence_resolver.unresolved() == []
    world.clock.move(hours=1)
    slept = 3600
    tracker.detect_sleep()
    (question,) = world.absence_resolver.unresolved()
    assert question.absence == Absence(at(30), at(90), frozenset({AbsenceCause.ASLEEP}))
    tracker.detect_sleep()
    assert len(world.absence_resolver.unresolved()) == 1


def test_off_ends_the_idle_part_and_not_the_rest(world: World) -> None:
    tracker = tracker_of(world, idle_after=None)
    world.timer.start(TASK, Source.CLICK)
    tracker.handle(CauseBegan(AbsenceCause.ASLEEP, NOW))
    world.clock.move(minutes=10)
    tracker.handle(CauseEnded(AbsenceCause.ASLEEP, world.clock.now()))
    assert len(world.absence_resolver.unresolved()) == 1


def test_a_full_disk_is_said_and_the_state_goes_on(world: World, tracker: AbsenceTracker) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.make_unwritable()
    tracker.handle(CauseBegan(AbsenceCause.IDLE, NOW))
    assert isinstance(tracker.state, Absent)
    assert world.journal_errors[-1]
    world.make_unwritable(unwritable=False)
    world.clock.move(minutes=30)
    tracker.handle(UserActive(world.clock.now()))
    assert len(world.absence_resolver.unresolved()) == 1


def test_nothing_is_open_no_answer_is_taken(world: World) -> None:
    with pytest.raises(NotPossible, match="No question is open"):
        world.absence_resolver.resolve(None, KeepTime())
    assert isinstance(world.timer.state, Idle)
