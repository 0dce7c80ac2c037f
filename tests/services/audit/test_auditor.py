"""The audit on a real journal, beside services with memory: what was tampered with is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.delivery.test_sender import REFUSED, UNKNOWN
from tests.services.fakes import NOW, FakeTracker, run
from tests.services.holding import (
    HoldingCards,
    HoldingKaiten,
    HoldingTimeCrowd,
    HoldingTracker,
    let_them_hold,
)
from tests.services.world import CARD, TASK, WORDS, World
from tests.support.loop_hold import MAX_HOLD_MS, loop_hold
from tests.support.many_entries import journal_of
from timer_app.adapters.entries.journal.store import SqliteJournal, open_reader
from timer_app.domain.audit.rows import AuditRow, AuditVerdict, NextStep
from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.outcomes import CardLog, NotSent, NotSentCause, Refused, RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import (
    Destinations,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    kind_of,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.domain.service import Service
from timer_app.services.audit.auditor import Audit, Auditor, _AuditInput
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.editor import EntryEdit

TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)
HOUR = timedelta(hours=1)
OFFLINE = ServiceCallError(NotSent(NotSentCause.OFFLINE, "No network."))
MISSING, EXTRA, DIFFERENT = AuditVerdict.MISSING, AuditVerdict.EXTRA, AuditVerdict.DIFFERENT


@dataclass
class Desk:
    """A world whose services remember, with two delivered entries: e1 on a card, e2 on none."""

    world: World
    timecrowd: HoldingTimeCrowd
    kaiten: HoldingKaiten

    def add(self, *, on_card: bool = True, hours_ago: float = 3, minutes: int = 60) -> None:
        """A finished entry, not delivered."""
        self.add_on(TASK if on_card else WORDS, hours_ago=hours_ago, minutes=minutes)

    def add_on(self, task: Task, *, hours_ago: float = 3, minutes: int = 60) -> None:
        """The same on any task."""
        began = NOW - timedelta(hours=hours_ago)
        self.world.timer.add(
            task, Source.CLI, began, began + timedelta(minutes=minutes), comment="done"
        )

    def audit(self, first: date = TODAY, last: date = TODAY) -> Audit:
        """Ask and compare."""
        return run(self.world.auditor.audit(first, last), self.world.clock)

    def apart(self, first: date = TODAY, last: date = TODAY) -> tuple[AuditRow, ...]:
        """The rows that do not match."""
        return tuple(row for row in self.audit(first, last).rows
                     if row.verdict is not AuditVerdict.MATCHED)  # fmt: skip

    def repair(self, *keys: str, first: date = TODAY, last: date = TODAY) -> None:
        """Repair rows (none named: all) and deliver it."""
        before = len(self.rows())
        done = run(self.world.auditor.repair(first, last, keys or None), self.world.clock)
        assert done.changed == ()
        assert len(self.rows()) > before
        self.world.drain()

    def rows(self) -> list[str]:
        return self.world.rows()

    def log(self) -> CardLog:
        """The only log."""
        ((_, log),) = self.kaiten.kept.values()
        return log


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    world = World(tmp_path)
    desk = Desk(world, *let_them_hold(world))
    desk.add()
    desk.add(on_card=False, hours_ago=1, minutes=30)
    world.drain()
    yield desk
    world.journal.close()


def test_it_tells_how_far_it_has_come(desk: Desk) -> None:
    desk.add(hours_ago=30)
    desk.world.drain()
    told: list[tuple[int, int]] = []
    auditor = desk.world.auditor
    run(auditor.audit(YESTERDAY, TODAY, lambda *how_far: told.append(how_far)), desk.world.clock)
    assert told == [(0, 2), (1, 2)]


def test_all_is_as_it_should_be(desk: Desk) -> None:
    before = desk.world.dump()
    audit = desk.audit()
    assert [(row.key, row.verdict, row.entry_id, row.remote_id) for row in audit.rows] == [
        ("timecrowd:101", AuditVerdict.MATCHED, "e1", "101"),
        ("timecrowd:102", AuditVerdict.MATCHED, "e2", "102"),
        ("kaiten:9001", AuditVerdict.MATCHED, "e1", "9001"),
    ]
    assert (audit.is_complete, audit.needs_user, audit.has_waiting_rows, audit.repairable_rows) == (
        True, False, False, (),
    )  # fmt: skip
    assert desk.world.dump() == before


# -- one thing is tampered with: one row, and its repair brings all right


def _lose_entry(desk: Desk) -> None:
    del desk.timecrowd.kept["101"]


def _change_times(desk: Desk) -> None:
    desk.timecrowd.change("101", started_at=NOW - 3 * HOUR + timedelta(seconds=2))


def _let_it_run(desk: Desk) -> None:
    desk.timecrowd.change("102", stopped_at=None)


def _add_entry(desk: Desk) -> None:
    desk.timecrowd.put(TASK, RemoteEntry("77", "task-1", NOW - 5 * HOUR, NOW - 4 * HOUR))


def _bring_back_deleted(desk: Desk) -> None:
    held = desk.timecrowd.kept["102"]
    desk.world.editor.delete("e2")
    desk.world.drain()
    desk.timecrowd.kept["102"] = held


def _bring_back_former(desk: Desk) -> None:
    held = desk.timecrowd.kept.pop("102")
    desk.repair()
    desk.timecrowd.kept["102"] = held


def _lose_log(desk: Desk) -> None:
    del desk.kaiten.kept["9001"]


def _change_minutes(desk: Desk) -> None:
    desk.kaiten.change("9001", minutes=61)


def _change_comment(desk: Desk) -> None:
    desk.kaiten.change("9001", comment="other")


def _comment_where_none_is(desk: Desk) -> None:
    desk.world.editor.edit("e1", EntryEdit(comment=""))
    desk.world.drain()
    (number,) = desk.kaiten.kept
    desk.kaiten.change(number, comment="other")


def _bring_back_log(desk: Desk) -> None:
    card, log = desk.kaiten.kept["9001"]
    desk.world.editor.delete("e1")
    desk.world.drain()
    assert desk.kaiten.kept == {}
    desk.kaiten.put(card, log)


def _drop_entry(desk: Desk) -> None:
    desk.add(on_card=False, hours_ago=8)
    number = desk.world.journal.entry("e3")
    assert number
    desk.world.problems.drop(number.deliveries[0].id)


def _drop_log(desk: Desk) -> None:
    desk.world.kt.script = [REFUSED]
    desk.add(hours_ago=8)
    desk.world.drain()
    logged = desk.world.journal.entry("e3")
    assert logged
    desk.world.problems.drop(logged.deliveries[1].id)


def _drop_then_found(desk: Desk) -> None:
    _drop_entry(desk)
    desk.timecrowd.put(WORDS, RemoteEntry("88", "task-1", NOW - 8 * HOUR, NOW - 7 * HOUR))


def _times_refused_since_it_is_gone(desk: Desk) -> None:
    del desk.timecrowd.kept["102"]
    desk.world.tc.script = [REFUSED]
    desk.world.editor.edit("e2", EntryEdit(stopped_at=NOW - timedelta(minutes=40)))
    desk.world.drain()


def _change_refused_since_it_is_gone(desk: Desk) -> None:
    del desk.kaiten.kept["9001"]
    desk.world.kt.script = [REFUSED]
    desk.world.editor.edit("e1", EntryEdit(comment="more"))
    desk.world.drain()


TAMPERINGS: list[tuple[Callable[[Desk], None], str, AuditVerdict, str]] = [
    (_lose_entry, "timecrowd:101", MISSING, "Record it in TimeCrowd."),
    (_change_times, "timecrowd:101", DIFFERENT, "Give TimeCrowd the journal's times."),
    (_let_it_run, "timecrowd:102", DIFFERENT, "Give TimeCrowd the journal's times."),
    (
        _add_entry,
        "timecrowd:77",
        EXTRA,
        "Take it into the journal; if its task is a card, Kaiten gets its log.",
    ),
    (_bring_back_deleted, "timecrowd:102", EXTRA, "Delete it in TimeCrowd."),
    (_bring_back_former, "timecrowd:102", EXTRA, "Delete it in TimeCrowd."),
    (_lose_log, "kaiten:9001", MISSING, "Log it in Kaiten."),
    (
        _change_minutes,
        "kaiten:9001",
        DIFFERENT,
        "Give Kaiten's log the journal's minutes and comment.",
    ),
    (
        _change_comment,
        "kaiten:9001",
        DIFFERENT,
        "Give Kaiten's log the journal's minutes and comment.",
    ),
    (
        _comment_where_none_is,
        "kaiten:9001",
        DIFFERENT,
        "Log it again in Kaiten, and delete the log that is wrong.",
    ),
    (_bring_back_log, "kaiten:9001", EXTRA, "Delete it in Kaiten."),
    (_drop_entry, "timecrowd:e3", MISSING, "Record it in TimeCrowd."),
    (_drop_log, "kaiten:e3:2026-11-22:5", MISSING, "Log it in Kaiten."),
    (
        _drop_then_found,
        "timecrowd:e3",
        DIFFERENT,
        "Take TimeCrowd's entry 88 for this one; nothing is sent.",
    ),
    (_times_refused_since_it_is_gone, "timecrowd:102", MISSING, "Record it in TimeCrowd."),
    (_change_refused_since_it_is_gone, "kaiten:9001", MISSING, "Log it in Kaiten."),
]


@pytest.mark.parametrize(("tamper", "key", "verdict", "does"), TAMPERINGS)
def test_one_row_and_its_repair(
    desk: Desk, tamper: Callable[[Desk], None], key: str, verdict: AuditVerdict, does: str
) -> None:
    tamper(desk)
    before = desk.world.dump()
    told = len(desk.world.tc.told) + len(desk.world.kt.told)
    (row,) = desk.apart()
    assert (row.key, row.verdict, row.repair and row.repair.sentence) == (key, verdict, does)
    assert desk.world.dump() == before
    assert len(desk.world.tc.told) + len(desk.world.kt.told) == told
    assert desk.audit().needs_user
    desk.repair(key)
    assert desk.apart() == ()
    assert desk.audit().is_complete
    minutes = sum(log.minutes for _, log in desk.kaiten.kept.values())
    assert minutes == 60 * len({row.entry_id for row in desk.audit().rows
                                if row.service is Service.KAITEN})  # fmt: skip


def test_what_is_not_named_is_not_repaired(desk: Desk) -> None:
    _lose_entry(desk)
    _lose_log(desk)
    _add_entry(desk)
    assert len(desk.apart()) == 3
    desk.repair("kaiten:9001")
    assert [row.key for row in desk.apart()] == ["timecrowd:101", "timecrowd:77"]
    desk.repair()
    assert desk.apart() == ()


def test_what_is_taken_in_is_an_adopted_entry_that_kaiten_hears_of(desk: Desk) -> None:
    _add_entry(desk)
    desk.repair("timecrowd:77")
    logged = desk.world.journal.entry("e3")
    assert logged
    assert (logged.entry.source, logged.entry.task) == (Source.ADOPTED, TASK)
    assert logged.stopped_at == NOW - 4 * HOUR
    assert [kind_of(each.message).value for each in logged.deliveries] == ["start", "stop", "log"]
    assert sorted(log.minutes for _, log in desk.kaiten.kept.values()) == [60, 60]
    assert "77" in desk.timecrowd.kept
    assert len(desk.world.tc.told) == 2  # TimeCrowd is told nothing of what it has


def test_what_is_taken_in_adds_only_the_minutes_that_its_day_lacks(desk: Desk) -> None:
    began = NOW - 5 * HOUR
    desk.timecrowd.put(TASK, RemoteEntry("77", "task-1", began, began + timedelta(seconds=10)))
    desk.repair()
    assert desk.apart() == ()
    assert desk.log().minutes == 60


def test_until_it_is_recorded_again_nothing_is_known_of_it(desk: Desk) -> None:
    _lose_entry(desk)
    run(desk.world.auditor.repair(TODAY, TODAY, ["timecrowd:101"]), desk.world.clock)
    logged = desk.world.journal.entry("e1")
    assert logged
    assert logged.remote is None
    (row,) = desk.apart()
    assert (row.key, row.verdict, row.next_step) == ("timecrowd:e1", MISSING, NextStep.WAITS)


# -- what is not to be repaired


def test_a_log_written_by_hand_is_left_alone(desk: Desk) -> None:
    desk.kaiten.put(CARD, CardLog("5", 15, TODAY, "by hand"))
    (row,) = desk.apart()
    assert (row.key, row.verdict, row.repair, row.next_step) == (
        "kaiten:5",
        EXTRA,
        None,
        NextStep.NONE,
    )
    assert "stays as it is" in row.detail
    assert not desk.audit().needs_user
    with pytest.raises(NotPossible, match="kaiten:5 needs no repair"):
        run(desk.world.auditor.repair(TODAY, TODAY, ["kaiten:5"]), desk.world.clock)


def test_a_log_is_not_made_anew_beside_one_just_like_it(desk: Desk) -> None:
    _lose_log(desk)
    desk.kaiten.put(CARD, CardLog("5", 60, TODAY, "done"))
    missing, extra = desk.apart()
    assert (missing.verdict, missing.repair, extra.verdict) == (MISSING, None, EXTRA)
    assert "Log 5 is just like it" in missing.detail
    assert desk.audit().needs_user


def test_what_waits_or_needs_a_person_is_not_repaired(desk: Desk) -> None:
    desk.add(hours_ago=8)
    waits, log = desk.apart()
    assert (waits.key, log.key) == ("timecrowd:e3", "kaiten:e3:2026-11-22:5")
    assert {(row.verdict, row.repair, row.next_step) for row in (waits, log)} == {
        (MISSING, None, NextStep.WAITS)
    }
    assert (desk.audit().has_waiting_rows, desk.audit().needs_user) == (True, False)
    desk.world.tc.script, desk.world.kt.script = [UNKNOWN], [REFUSED]
    desk.world.drain()
    unknown, refused = desk.apart()
    assert {(row.verdict, row.repair, row.next_step) for row in (unknown, refused)} == {
        (MISSING, None, NextStep.PERSON)
    }
    assert "It needs your attention" in refused.detail
    assert desk.audit().needs_user


def test_an_entry_that_may_be_ours_is_not_taken_in(desk: Desk) -> None:
    desk.world.tc.script = [UNKNOWN]
    desk.add(hours_ago=8)
    desk.world.drain()
    desk.timecrowd.put(TASK, RemoteEntry("66", "task-1", NOW - 8 * HOUR, NOW - 7 * HOUR))
    extra = next(row for row in desk.apart() if row.key == "timecrowd:66")
    assert (extra.verdict, extra.repair, extra.next_step) == (EXTRA, None, NextStep.PERSON)


def test_an_entry_that_a_late_request_may_have_made_is_not_taken_in(desk: Desk) -> None:
    logged = desk.world.journal.entry("e1")
    assert logged
    desk.world.journal.schedule_late_check(logged.deliveries[0], ClockReading(NOW), NOW)
    desk.timecrowd.put(TASK, RemoteEntry("66", "task-1", NOW - 8 * HOUR, NOW - 7 * HOUR))
    (extra,) = desk.apart()
    assert (extra.verdict, extra.repair, extra.next_step) == (EXTRA, None, NextStep.WAITS)


@pytest.mark.parametrize(
    ("task_id", "title", "next_step"),
    [
        pytest.param("9", "As it is called now", NextStep.WAITS, id="renamed"),
        pytest.param("10", "As it was called", NextStep.NONE, id="looks alike"),
    ],
)
def test_an_entry_on_a_chosen_task_is_known_by_its_number(
    desk: Desk, task_id: str, title: str, next_step: NextStep
) -> None:
    chosen = Task("As it was called", timecrowd=TimeCrowdTask(9, 1))
    desk.add_on(chosen, hours_ago=8)
    desk.world.drain()
    logged = desk.world.journal.entry("e3")
    assert logged
    desk.world.journal.schedule_late_check(logged.deliveries[0], ClockReading(NOW), NOW)
    held = RemoteEntry("66", task_id, NOW - 8 * HOUR, NOW - 7 * HOUR)
    desk.timecrowd.put(Task(title), held)
    extra = next(row for row in desk.apart() if row.key == "timecrowd:66")
    assert extra.next_step is next_step
    assert (extra.repair is None) == (next_step is NextStep.WAITS)


def test_a_log_that_may_be_ours_is_not_called_a_strangers(desk: Desk) -> None:
    desk.world.kt.script = [UNKNOWN]
    desk.add(hours_ago=8)
    desk.world.drain()
    desk.kaiten.put(CARD, CardLog("66", 60, TODAY, "done"))
    extra = next(row for row in desk.apart() if row.key == "kaiten:66")
    assert (extra.verdict, extra.repair, extra.next_step) == (EXTRA, None, NextStep.PERSON)
    assert "may be one of ours" in extra.detail


def test_a_removal_that_waits(desk: Desk) -> None:
    desk.world.editor.delete("e1")
    entry, log = desk.apart()
    assert [(row.key, row.verdict, row.repair, row.next_step) for row in (entry, log)] == [
        ("timecrowd:101", EXTRA, None, NextStep.WAITS),
        ("kaiten:9001", EXTRA, None, NextStep.WAITS),
    ]
    desk.world.drain()
    assert desk.apart() == ()


def test_what_runs_elsewhere_is_followed_and_not_taken_in(desk: Desk) -> None:
    desk.timecrowd.put(WORDS, RemoteEntry("55", "task-1", NOW - HOUR / 4, None))
    (row,) = desk.apart()
    assert (row.key, row.verdict, row.repair, row.next_step) == (
        "timecrowd:55", EXTRA, None, NextStep.WAITS,
    )  # fmt: skip
    desk.world.remote_sync.request()
    desk.world.drain()
    assert desk.apart() == ()


def test_an_entry_that_runs(desk: Desk) -> None:
    desk.world.timer.start(TASK, Source.CLICK)
    desk.world.drain()
    desk.world.clock.move(minutes=5)
    running = next(row for row in desk.audit().rows if row.entry_id == "e3")
    assert running.verdict is AuditVerdict.MATCHED
    assert desk.apart() == ()
    stopped = desk.world.clock.move(minutes=5)
    desk.timecrowd.change("103", stopped_at=stopped)
    (row,) = desk.apart()
    assert (row.verdict, row.repair, row.next_step) == (DIFFERENT, None, NextStep.WAITS)
    del desk.timecrowd.kept["103"]
    (row,) = desk.apart()
    assert row.repair
    assert row.repair.sentence == "Start it in TimeCrowd."
    desk.repair()
    assert desk.apart() == ()
    assert desk.timecrowd.kept["104"].remote.started_at == NOW


def test_an_entry_of_no_minute_is_matched_and_says_so(desk: Desk) -> None:
    began = NOW - 5 * HOUR
    desk.world.timer.add(TASK, Source.CLI, began, began + timedelta(seconds=10))
    desk.world.drain()
    row = next(row for row in desk.audit().rows
               if (row.service, row.entry_id) == (Service.KAITEN, "e3"))  # fmt: skip
    assert (row.key, row.verdict, row.remote_id) == (
        "kaiten:e3:2026-11-22", AuditVerdict.MATCHED, None,
    )  # fmt: skip
    assert "an earlier log covers it" in row.detail


def test_another_rounding_since_then_makes_nothing_missing(desk: Desk) -> None:
    began = NOW - 5 * HOUR
    desk.world.timer.add(TASK, Source.CLI, began, began + timedelta(seconds=10))
    desk.world.drain()
    for rounding in Rounding:
        desk.world.rules = replace(desk.world.rules, rounding=rounding)
        assert desk.apart() == ()


@pytest.mark.parametrize("rounding", list(Rounding))
def test_an_entry_from_before_kaiten_was_set_up(desk: Desk, rounding: Rounding) -> None:
    both = desk.world.rules
    desk.world.rules = replace(both, destinations=Destinations(timecrowd=True, kaiten=False))
    desk.add(hours_ago=8, minutes=20)
    desk.world.drain()
    desk.world.rules = replace(both, rounding=rounding)
    (row,) = desk.apart()
    assert (row.key, row.verdict, row.entry_id) == ("kaiten:e3:2026-11-22", MISSING, "e3")
    desk.repair()
    assert desk.apart() == ()
    assert sorted(log.minutes for _, log in desk.kaiten.kept.values()) == [20, 60]


def test_an_entry_from_before_timecrowd_was_set_up(desk: Desk) -> None:
    both = desk.world.rules
    desk.world.rules = replace(both, destinations=Destinations(timecrowd=False, kaiten=True))
    desk.add(hours_ago=8)
    desk.world.drain()
    desk.world.rules = both
    (row,) = desk.apart()
    assert (row.key, row.verdict) == ("timecrowd:e3", MISSING)
    assert "not set up then" in row.detail
    desk.repair()
    assert desk.apart() == ()


# -- doubles


def test_an_open_double_points_to_the_problems(desk: Desk) -> None:
    journal, kept = desk.world.journal, RemoteEntry("44", "task-1", NOW - 3 * HOUR, NOW - 2 * HOUR)
    desk.timecrowd.put(TASK, kept)
    desk.kaiten.put(CARD, CardLog("9", 60, TODAY, "done"))
    for message, held in (
        (RemoveDuplicateEntry(1, "101", kept), "44"),
        (RemoveDuplicateLog(2, CARD, TODAY, "9001", "9"), "9"),
    ):
        number = journal.enqueue("e1", message)
        journal.claim_remote_id(number, held)
        journal.set_state(number, DeliveryState.BLOCKED, "There are two.")
    assert [(row.key, row.verdict, row.repair, row.next_step) for row in desk.apart()] == [
        ("timecrowd:44", EXTRA, None, NextStep.PERSON),
        ("kaiten:9", EXTRA, None, NextStep.PERSON),
    ]
    assert "deleted" not in " ".join(row.detail for row in desk.apart())
    removed = desk.timecrowd.kept["101"], desk.kaiten.kept["9001"]
    _change_times(desk)
    _change_minutes(desk)  # what is ours can be mended, whatever becomes of the other
    assert {row.key for row in desk.audit().repairable_rows} == {"timecrowd:101", "kaiten:9001"}
    desk.timecrowd.kept["101"], desk.kaiten.kept["9001"] = removed
    for logged in journal.needing_user(journal.ids_needing_user()):
        for each in logged.deliveries:
            desk.world.problems.retry(each.id)
    desk.world.drain()
    assert desk.apart() == ()
    desk.timecrowd.kept["101"], desk.kaiten.kept["9001"] = removed  # and there they are again
    assert [row.key for row in desk.apart()] == ["timecrowd:101", "kaiten:9001"]
    desk.repair()
    assert desk.apart() == ()
    assert (set(desk.timecrowd.kept), set(desk.kaiten.kept)) == ({"44", "102"}, {"9"})


def test_a_double_that_is_kept_is_left_alone(desk: Desk) -> None:
    journal, kept = desk.world.journal, RemoteEntry("44", "task-1", NOW - 3 * HOUR, NOW - 2 * HOUR)
    desk.timecrowd.put(TASK, kept)
    desk.kaiten.put(CARD, CardLog("9", 60, TODAY, "done"))
    for message, held in (
        (RemoveDuplicateEntry(1, "101", kept), "44"),
        (RemoveDuplicateLog(2, CARD, TODAY, "9001", "9"), "9"),
    ):
        number = journal.enqueue("e1", message)
        journal.claim_remote_id(number, held)
        journal.set_state(number, DeliveryState.DROPPED)
    assert [(row.key, row.verdict, row.repair, row.next_step) for row in desk.apart()] == [
        ("timecrowd:44", EXTRA, None, NextStep.NONE),
        ("kaiten:9", EXTRA, None, NextStep.NONE),
    ]


# -- which dates


def test_only_what_belongs_to_the_dates(desk: Desk) -> None:
    desk.add(hours_ago=24)
    desk.world.drain()
    day_before = NOW - timedelta(days=2)
    desk.timecrowd.put(WORDS, RemoteEntry("33", "t", day_before, day_before + HOUR))
    assert desk.apart() == ()
    assert {row.entry_id for row in desk.audit().rows} == {"e1", "e2"}
    assert {row.entry_id for row in desk.audit(YESTERDAY, YESTERDAY).rows} == {"e3"}
    (extra,) = desk.apart(YESTERDAY - timedelta(days=1))
    assert extra.key == "timecrowd:33"
    desk.timecrowd.put(WORDS, RemoteEntry("35", "t", NOW - 7 * HOUR, NOW - 6 * HOUR))
    assert desk.apart(YESTERDAY, YESTERDAY) == ()


def test_over_midnight(desk: Desk) -> None:
    """An entry of both dates is in each, and so is what another device made."""
    midnight = NOW.replace(hour=21) - timedelta(days=1)  # in Moscow
    desk.world.timer.add(TASK, Source.CLI, midnight - HOUR, midnight + HOUR)
    desk.world.drain()
    desk.timecrowd.put(WORDS, RemoteEntry("33", "t", midnight - HOUR / 2, midnight + HOUR / 2))
    for day in (YESTERDAY, TODAY):
        (extra,) = desk.apart(day, day)
        assert extra.key == "timecrowd:33"
        assert "e3" in {row.entry_id for row in desk.audit(day, day).rows}
    ends = RemoteEntry("34", "t", midnight - HOUR, midnight)
    desk.timecrowd.put(WORDS, ends)
    assert [row.key for row in desk.apart()] == ["timecrowd:33"]


def test_an_entry_that_was_moved_far_back_is_not_taken_for_lost(desk: Desk) -> None:
    long_ago = NOW - timedelta(days=9)
    desk.timecrowd.change("101", started_at=long_ago, stopped_at=long_ago + HOUR)
    (row,) = desk.apart()
    assert (row.key, row.verdict) == ("timecrowd:101", DIFFERENT)
    desk.repair()
    assert desk.apart() == ()


def test_a_log_that_was_moved_to_another_date(desk: Desk) -> None:
    desk.add(hours_ago=24)
    desk.world.drain()
    desk.kaiten.change("9001", for_date=YESTERDAY)
    (row,) = desk.apart(YESTERDAY)
    assert (row.key, row.verdict) == ("kaiten:9001", DIFFERENT)
    desk.repair(first=YESTERDAY)
    assert desk.apart(YESTERDAY) == ()
    assert sorted(log.for_date for _, log in desk.kaiten.kept.values()) == [YESTERDAY, TODAY]


def test_a_log_that_counts_on_another_date_is_no_extra_of_this_one(desk: Desk) -> None:
    desk.add(hours_ago=24)
    desk.world.drain()
    desk.kaiten.change("9002", for_date=TODAY)
    assert desk.apart() == ()
    (row,) = desk.apart(YESTERDAY)
    assert (row.key, row.verdict) == ("kaiten:9002", DIFFERENT)


# -- a service that cannot be asked, or is not set up


def test_one_service_cannot_be_asked(desk: Desk) -> None:
    tracker, cards = desk.world.tracker, desk.world.cards
    assert isinstance(tracker, HoldingTracker)
    assert isinstance(cards, HoldingCards)
    tracker.problem = ServiceCallError(
        Refused(None, ("TimeCrowd holds more entries than can be read.",))
    )
    audit = desk.audit()
    assert {row.service for row in audit.rows} == {Service.KAITEN}
    assert tuple(map(str, audit.failures)) == (
        "TimeCrowd was not compared. TimeCrowd holds more entries than can be read.",
    )
    tracker.problem, cards.problem = None, OFFLINE
    audit = desk.audit()
    assert {row.service for row in audit.rows} == {Service.TIMECROWD}
    assert tuple(map(str, audit.failures)) == (
        "Kaiten was not compared. Kaiten did not answer. (No network.)",
    )


class _Busy(HoldingCards):
    """Kaiten that asks for fewer requests, some times."""

    times = 0
    wait = timedelta(seconds=2)

    async def logs(self, card: Card, for_date: date) -> Sequence[CardLog]:
        self.times -= 1
        if self.times >= 0:
            cause, reason = NotSentCause.RATE_LIMITED, "Kaiten asks for fewer requests."
            raise ServiceCallError(NotSent(cause, reason, self.wait))
        return await super().logs(card, for_date)


@pytest.mark.parametrize(
    ("times", "wait", "waited", "complete"),
    [(1, 2, 2, True), (4, 2, 8, True), (5, 2, 8, False), (1, 31, 0, False)],
)
def test_it_waits_for_a_service_that_is_asked_too_often(
    desk: Desk,
    times: int,
    wait: int,
    waited: int,
    complete: bool,  # noqa: FBT001 - a parameter
) -> None:
    busy = _Busy(of=desk.kaiten)
    busy.times, busy.wait = times, timedelta(seconds=wait)
    desk.world.cards = busy
    before = desk.world.clock.seconds
    assert desk.audit().is_complete is complete
    assert desk.world.clock.seconds - before == pytest.approx(waited)


def test_a_card_that_kaiten_does_not_show_has_no_missing_logs(desk: Desk) -> None:
    """It lists no logs for one, as for a card without any."""
    cards = desk.world.cards
    assert isinstance(cards, HoldingCards)
    _lose_log(desk)
    cards.hidden = ServiceCallError(Refused(403, ("Forbidden.",)))
    audit = desk.audit()
    assert {row.service for row in audit.rows} == {Service.TIMECROWD}
    assert tuple(map(str, audit.failures)) == (
        f"Kaiten does not show the card {CARD.url}. Kaiten: Forbidden. (HTTP 403)",
    )


def test_services_that_are_not_set_up_have_no_rows(desk: Desk) -> None:
    desk.world.tracker = desk.world.cards = None
    assert desk.audit() == Audit(TODAY, TODAY, ())


# -- while something is delivered


@dataclass
class _Meanwhile(HoldingTracker):
    """A TimeCrowd that answers, and before that is heard something else happens."""

    happens: Callable[[], None] = lambda: None

    async def entries_since(self, instant: datetime) -> Sequence[TrackedEntry]:
        answer = await super().entries_since(instant)
        self.happens()
        return answer


def test_what_was_delivered_meanwhile_is_asked_for_again(desk: Desk) -> None:
    desk.add(hours_ago=8)
    tracker = _Meanwhile(of=desk.timecrowd)
    happened: list[int] = []

    def deliver() -> None:
        if not happened:
            happened.append(1)
            remote = RemoteEntry("301", "task-1", NOW - 8 * HOUR, NOW - 7 * HOUR)
            desk.timecrowd.put(TASK, remote)
            desk.world.journal.complete(4, "301")
            desk.world.journal.save_remote("e3", remote)

    tracker.happens = deliver
    desk.world.tracker = tracker
    audit = desk.audit()
    row = next(row for row in audit.rows if row.key == "timecrowd:301")
    assert (row.verdict, audit.is_complete) == (AuditVerdict.MATCHED, True)


def test_what_never_rests_is_not_repaired(desk: Desk) -> None:
    _lose_entry(desk)
    tracker = _Meanwhile(of=desk.timecrowd)
    notes = iter(range(9))

    def touch() -> None:
        desk.world.journal.set_state(1, DeliveryState.DONE, f"{next(notes)}")

    tracker.happens = touch
    desk.world.tracker = tracker
    audit = desk.audit()
    (row,) = [row for row in audit.rows if row.entry_id == "e1" and row.verdict is MISSING]
    assert (row.repair, row.next_step, audit.is_complete) == (None, NextStep.WAITS, False)
    with pytest.raises(NotPossible):
        run(desk.world.auditor.repair(TODAY, TODAY, ["timecrowd:101"]), desk.world.clock)


def test_a_log_that_never_rests_is_not_made_anew(desk: Desk) -> None:
    @dataclass
    class Restless(HoldingCards):
        async def logs(self, card: Card, for_date: date) -> Sequence[CardLog]:
            desk.world.journal.set_state(2, DeliveryState.DONE, f"{len(self.asked)}")
            return await super().logs(card, for_date)

    _lose_log(desk)
    desk.world.cards = Restless(of=desk.kaiten)
    audit = desk.audit()
    (row,) = [row for row in audit.rows if row.key == "kaiten:9001"]
    assert (row.verdict, row.repair, row.next_step, audit.is_complete) == (
        MISSING, None, NextStep.WAITS, False,
    )  # fmt: skip


def test_a_row_that_is_no_more_is_not_repaired(desk: Desk) -> None:
    _change_times(desk)
    (row,) = desk.apart()
    desk.repair(row.key)
    with pytest.raises(NotPossible, match="needs no repair"):
        run(desk.world.auditor.repair(TODAY, TODAY, [row.key]), desk.world.clock)
    with pytest.raises(NotPossible, match="no row “timecrowd:999”"):
        run(desk.world.auditor.repair(TODAY, TODAY, ["timecrowd:999"]), desk.world.clock)


def test_a_row_that_another_process_changed_is_not_repaired(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the answers and the commit somebody edits the entry."""
    _change_times(desk)
    journal, auditor = desk.world.journal, desk.world.auditor
    judge = Auditor._compare
    calls: list[int] = []

    def meanwhile(auditor: Auditor, asked: _AuditInput) -> tuple[AuditRow, ...]:
        rows = judge(auditor, asked)
        calls.append(1)
        if len(calls) == 1:
            journal.enqueue("e1", RemoveDuplicateEntry(1, None, desk.timecrowd.kept["101"].remote))
            journal.set_state(1, DeliveryState.BLOCKED, "changed")
        return rows

    monkeypatch.setattr(Auditor, "_compare", meanwhile)
    done = run(auditor.repair(TODAY, TODAY, ["timecrowd:101"]), desk.world.clock)
    assert (done.rows, [row.key for row in done.changed]) == ((), ["timecrowd:101"])


def test_a_journal_that_cannot_be_written_repairs_nothing(desk: Desk) -> None:
    _change_times(desk)
    before = desk.world.dump()
    desk.world.make_unwritable()
    assert len(desk.apart()) == 1
    with pytest.raises(JournalError):
        run(desk.world.auditor.repair(TODAY, TODAY, None), desk.world.clock)
    desk.world.make_unwritable(unwritable=False)
    assert desk.world.dump() == before


def test_a_card_is_asked_for_once_a_date(desk: Desk) -> None:
    cards = desk.world.cards
    assert isinstance(cards, HoldingCards)
    other = Card(CARD.origin, 8)
    desk.add(hours_ago=24)
    desk.add(hours_ago=7)
    desk.world.timer.add(replace(TASK, card=other), Source.CLI, NOW - 2 * HOUR, NOW - HOUR)
    desk.world.drain()
    desk.audit(YESTERDAY)
    assert cards.asked == [(CARD, YESTERDAY), (CARD, TODAY), (other, TODAY)]


@dataclass
class LaterStops(FakeTracker):
    """A TimeCrowd in which every entry ends a minute later than here."""

    held: list[TrackedEntry] = field(default_factory=list)

    async def entries_since(self, instant: datetime) -> Sequence[TrackedEntry]:
        del instant
        return self.held


def later_stops(journal: SqliteJournal, first: date = date(2020, 1, 1)) -> LaterStops:
    """TimeCrowd beside that journal, from a date on."""
    tracker = LaterStops()
    for logged in journal.entries(first, TODAY):
        assert logged.remote
        assert logged.stopped_at
        remote = replace(logged.remote, stopped_at=logged.stopped_at + timedelta(minutes=1))
        tracker.held.append(TrackedEntry(remote, logged.entry.task.title))
    return tracker


async def test_thousands_of_rows_are_judged_once_and_repaired_in_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each row was judged beside all others again: 400 took 21 seconds, in one freeze."""
    journal_of(tmp_path, 3_000, TODAY).close()
    world = World(tmp_path)
    world.tracker = later_stops(world.journal)
    judged: list[int] = []
    compare = Auditor._compare

    def counted(auditor: Auditor, asked: _AuditInput) -> tuple[AuditRow, ...]:
        judged.append(1)
        return compare(auditor, asked)

    monkeypatch.setattr(Auditor, "_compare", counted)
    auditor = Auditor(
        world.journal, world.clock, lambda: world.rules, lambda: "new",
        tracker=lambda: world.tracker, cards=lambda: None, kaiten=lambda: CARD.origin,
        changed=world.timer.notify_observers,
        open_reader=lambda: open_reader(str(tmp_path / "journal.sqlite3")),
    )  # fmt: skip
    progress: list[int] = []
    async with loop_hold() as hold:
        done = await auditor.repair(
            date(2020, 1, 1), TODAY, None, lambda number, _: progress.append(number)
        )
    assert (len(done.rows), done.changed) == (3_000, ())
    assert len(judged) == 1
    assert progress[-1] == 3_000
    assert len(progress) > 30
    assert hold.longest_ms < MAX_HOLD_MS
    world.journal.close()
