"""The history's acts end in the journal rows of their commands; audits and exports go by slices."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.fakes import NOW, FakeTracker, run
from tests.services.test_commands import INFO, Desk
from tests.services.world import CARD, TASK, WORDS, World
from tests.support.loop_hold import MAX_HOLD_MS, loop_hold
from tests.support.many_entries import journal_of
from timer_app.adapters.entries.export_file import ExportFile
from timer_app.domain.audit.rows import AuditVerdict
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import FinishedEntry, Source
from timer_app.domain.entries.goals import NO_GOALS, week_goals
from timer_app.domain.entries.task import Task
from timer_app.domain.messages import TimeMessageId
from timer_app.domain.setup.span_input import BadSpan, SpanField, TypedSpan
from timer_app.services.audit.auditor import Audit, RepairResult
from timer_app.services.background_tasks import Spawn, TaskFactory
from timer_app.services.entries.edit_form import EditForm, midpoint
from timer_app.services.entries.editor import EntryEdit
from timer_app.services.entries.export import ExportFormat
from timer_app.services.entries.history import Scope
from timer_app.services.entries.listing import EntryFilter
from timer_app.tray.controllers.history import (
    ENTRIES_PER_STEP,
    EXPORT_BATCH_SIZE,
    HistoryController,
)
from timer_app.ui.entries.history.intents import UndoableEdits

HOUR = timedelta(hours=1)
SUNDAY = date(2026, 11, 22)
OTHER = Task("Other", Card(CARD.origin, 8))
TWO_ENTRIES = [(-5 * HOUR, -4 * HOUR, TASK), (-3 * HOUR, -1 * HOUR, WORDS)]


@dataclass
class Spawned:
    """Starts what the desk wants, once there is a loop."""

    works: list[Coroutine[object, object, None]] = field(default_factory=list)

    def __call__(
        self, work: Callable[[], Coroutine[object, object, None]]
    ) -> asyncio.Task[None] | None:
        self.works.append(work())
        return None

    def finish(self, world: World) -> None:
        """Run it to its end."""
        works, self.works = self.works, []
        for work in works:
            run(work, world.clock)


@dataclass
class Edits:
    """Implements `EditListener`: keeps what can be undone, and how it ended."""

    undoable: list[UndoableEdits] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    def on_deleted(self, undoable: UndoableEdits) -> None:
        self.undoable.append(undoable)

    def on_undone(self, undoable: UndoableEdits) -> None:
        self.undoable.remove(undoable)

    def on_ended(self, why: str) -> None:
        self.ended.append(why)


def delete(desk: HistoryController, *ids: str) -> str:
    """Delete a few; "" or why not."""
    edits = Edits()
    desk.delete(ids, edits)
    (why,) = edits.ended
    return why


def undo(desk: HistoryController, *undoable: UndoableEdits) -> str:
    """Take these back; "" or why not."""
    edits = Edits(list(undoable))
    desk.undo(undoable, edits)
    (why,) = edits.ended
    return why


@dataclass
class Told:
    """Implements `AuditListener` and `ExportListener`: notes what it is told."""

    audits: list[tuple[Audit, RepairResult | None]] = field(default_factory=list)
    asks: list[tuple[int, int]] = field(default_factory=list)
    repairs: list[tuple[int, int]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    writes: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)

    def on_audit_progress(self, done: int, total: int) -> None:
        self.asks.append((done, total))

    def on_repair_progress(self, done: int, total: int) -> None:
        self.repairs.append((done, total))

    def on_audited(self, audit: Audit, repaired: RepairResult | None) -> None:
        self.audits.append((audit, repaired))

    def on_refused(self, why: str) -> None:
        self.refusals.append(why)

    def on_export_progress(self, entries: int) -> None:
        self.writes.append(entries)

    def on_exported(self, entries: int) -> None:
        self.whole.append(entries)


def desk_of(world: World, spawned: Spawn | None = None) -> HistoryController:
    """The desk on a world."""
    return HistoryController(
        world.journal, world.clock, lambda: world.rules, world.timer, world.editor,
        lambda: week_goals(8 * 3600, "", range(5)), lambda: world.auditor,
        lambda path, form: ExportFile(path, for_spreadsheets=form is ExportFormat.CSV),
        spawned or Spawned(), world.sender.retry,
    )  # fmt: skip


@pytest.fixture
def twins(tmp_path: Path) -> tuple[World, World]:
    """Two computers with the same two entries, all delivered."""
    worlds = []
    for name in ("window", "command"):
        (tmp_path / name).mkdir()
        world = World(tmp_path / name)
        for began, ended, task in TWO_ENTRIES:
            world.timer.add(task, Source.MANUAL, NOW + began, NOW + ended, comment="said")
        world.drain()
        worlds.append(world)
    return worlds[0], worlds[1]


def rows(world: World) -> dict[str, list[object]]:
    """All that the journal holds, once everything is delivered."""
    world.drain()
    return world.dump()


# -- each act ends as its command


def edit_by_fields(
    desk: HistoryController, typed: TypedSpan | None, task: Task, comment: str
) -> str:
    """What Save in the window does."""
    outlook = desk.preview_edit(EditForm("e1", typed, task, comment))
    assert outlook.edit
    return desk.edit("e1", outlook.edit)


SEVEN = TypedSpan(SUNDAY, "7", "7:45")
ACTS: dict[str, tuple[Callable[[HistoryController], str], tuple[dict[str, str], ...]]] = {
    "times": (
        lambda desk: edit_by_fields(desk, SEVEN, TASK, "said"),
        ({"name": "edit", "entry": "e1", "from": "07:00", "to": "07:45"},),
    ),
    "a comment": (
        lambda desk: edit_by_fields(desk, None, TASK, " other "),
        ({"name": "edit", "entry": "e1", "comment": "other"},),
    ),
    "another card": (
        lambda desk: edit_by_fields(desk, None, OTHER, "said"),
        ({"name": "edit", "entry": "e1", "card": OTHER.key, "task": "Other"},),
    ),
    "nothing": (
        lambda desk: edit_by_fields(desk, None, TASK, "said"),
        ({"name": "edit", "entry": "e1"},),
    ),
    "delete": (lambda desk: delete(desk, "e1"), ({"name": "delete", "entry": "e1"},)),
    "delete both": (
        lambda desk: delete(desk, "e1", "e2"),
        ({"name": "delete", "entry": "e1"}, {"name": "delete", "entry": "e2"}),
    ),
    "split": (
        lambda desk: desk.split("e1", NOW - 4 * HOUR - HOUR / 2),
        ({"name": "split", "entry": "e1", "at": "07:30"},),
    ),
}  # fmt: skip


def unordered(rows: dict[str, list[object]]) -> dict[str, list[object]]:
    """The rows without the deliveries' numbers: acts at once change the logs after the entries."""
    deliveries = [each[1:] for each in rows["delivery"] if isinstance(each, tuple)]
    return rows | {"delivery": sorted(deliveries, key=repr)}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_ends_in_the_rows_of_its_command(twins: tuple[World, World], name: str) -> None:
    in_window, in_terminal = twins
    act, commands = ACTS[name]
    before = in_window.dump()
    assert act(desk_of(in_window)) == ""
    for words in commands:
        reply = Desk(in_terminal).run(**words)
        assert reply.exit_code == 0, reply
    assert unordered(rows(in_window)) == unordered(rows(in_terminal))
    assert name == "nothing" or in_window.dump() != before


@pytest.mark.parametrize("number", [1, 2])
def test_one_undo_takes_back_what_was_deleted_at_once(
    twins: tuple[World, World], number: int
) -> None:
    in_window, in_terminal = twins
    desk, ids = desk_of(in_window), ["e1", "e2"][:number]
    assert delete(desk, *ids) == ""
    in_window.drain()
    assert undo(desk, UndoableEdits(number, desk.latest_undo_id())) == ""
    for words in ({"name": "delete", "entry": each} for each in ids):
        assert Desk(in_terminal).run(**words).exit_code == 0
    for _ in ids:
        assert Desk(in_terminal).run("undo", wait="0").exit_code in (0, 3)
    assert unordered(rows(in_window)) == unordered(rows(in_terminal))
    assert {*in_window.journal.entries_by_id(ids)} == {*ids}


def test_continue_starts_the_same_task_as_a_click(twins: tuple[World, World]) -> None:
    in_window, in_terminal = twins
    assert desk_of(in_window).resume("e1") == ""
    assert Desk(in_terminal, origin=CARD.origin).run("start", card=CARD.url).exit_code == 0
    ours, theirs = rows(in_window), rows(in_terminal)
    assert [str(row).replace("'click'", "'cli'") for row in ours["entry"]] == [
        str(row) for row in theirs["entry"]
    ]
    assert ours["delivery"] == theirs["delivery"]
    assert INFO.title == TASK.title


# -- thousands at once


def spawn(work: TaskFactory) -> asyncio.Task[None]:
    """As the app owns a task."""

    async def go() -> None:
        await work()

    return asyncio.get_running_loop().create_task(go())


@pytest.mark.parametrize("journal", ["years", "one card on one day"])
async def test_many_are_deleted_and_brought_back_in_steps(tmp_path: Path, journal: str) -> None:
    if journal == "years":
        journal_of(tmp_path, 300, NOW.date()).close()
    world = World(tmp_path)
    if journal != "years":
        world.journal.connection.execute("PRAGMA synchronous = OFF")
        for number in range(150):
            began = NOW - timedelta(seconds=100 * (number + 1))
            world.timer.add(TASK, Source.MANUAL, began, began + timedelta(seconds=90))
    ids = world.journal.page(EntryFilter(), None, 1_000).ids
    desk, edits = desk_of(world, spawn), Edits()
    async with loop_hold() as deletion:
        work = desk.delete(ids, edits)
        assert isinstance(work, asyncio.Task)
        assert len(edits.undoable) == 1  # the first of them at once
        await work
    assert (edits.ended, world.journal.entries_by_id(ids)) == ([""], {})
    assert len(edits.undoable) == len(ids) // ENTRIES_PER_STEP
    async with loop_hold() as taken_back:
        work = desk.undo(tuple(edits.undoable), edits)
        assert isinstance(work, asyncio.Task)
        await work
    assert (edits.ended, edits.undoable) == (["", ""], [])
    assert {*world.journal.entries_by_id(ids)} == {*ids}
    assert deletion.longest_ms < MAX_HOLD_MS
    assert taken_back.longest_ms < MAX_HOLD_MS


async def test_what_is_done_of_many_stays_when_the_rest_is_cancelled(tmp_path: Path) -> None:
    journal_of(tmp_path, 100, NOW.date()).close()
    world = World(tmp_path)
    ids = world.journal.page(EntryFilter(), None, 100).ids
    edits = Edits()
    work = desk_of(world, spawn).delete(ids, edits)
    assert isinstance(work, asyncio.Task)
    work.cancel()
    await asyncio.wait([work])
    assert edits.ended == []
    assert sum(each.count for each in edits.undoable) == ENTRIES_PER_STEP
    assert len(world.journal.entries_by_id(ids)) == 100 - ENTRIES_PER_STEP


async def test_an_act_between_two_steps_is_not_taken_back(tmp_path: Path) -> None:
    """Undo takes back its own steps alone, and says where it came upon somebody else's."""
    journal_of(tmp_path, 30, NOW.date()).close()
    world = World(tmp_path)
    *ids, foreign = world.journal.page(EntryFilter(), None, 30).ids
    desk, edits = desk_of(world, spawn), Edits()
    work = desk.delete(ids, edits)
    world.editor.delete(foreign)
    assert isinstance(work, asyncio.Task)
    await work
    work = desk.undo(tuple(edits.undoable), edits)
    assert isinstance(work, asyncio.Task)
    await work
    assert "Something else was changed since" in edits.ended[-1]
    assert len(edits.undoable) == 1
    assert len(world.journal.entries_by_id(ids)) == len(ids) - ENTRIES_PER_STEP
    assert foreign not in world.journal.entries_by_id([foreign])


# -- what it refuses


def test_what_was_changed_since_is_not_undone_instead(twins: tuple[World, World]) -> None:
    world, _ = twins
    desk = desk_of(world)
    delete(desk, "e1")
    undoable = UndoableEdits(1, desk.latest_undo_id())
    Desk(world).run("delete", entry="e2")
    before = world.dump()
    assert "Something else was changed since" in undo(desk, undoable)
    assert world.dump() == before


def test_of_several_all_are_deleted_or_none(twins: tuple[World, World]) -> None:
    world, _ = twins
    before = world.dump()
    assert "There is no such entry. ID: nobody." in delete(desk_of(world), "e1", "nobody")
    assert world.dump() == before


def test_a_journal_that_cannot_be_written_is_a_sentence(twins: tuple[World, World]) -> None:
    world, _ = twins
    world.make_unwritable()
    refused = desk_of(world).edit("e1", EntryEdit(comment="x"))
    assert "is read-only" in refused


def test_outlook_says_what_is_wrong_and_what_it_shares_time_with(
    twins: tuple[World, World],
) -> None:
    desk = desk_of(twins[0])
    wrong = desk.preview_edit(EditForm("e1", TypedSpan(SUNDAY, "soon", "11"), TASK, ""))
    assert wrong.error is not None
    assert (wrong.error.field, wrong.error.error.message_id, wrong.edit) == (
        SpanField.BEGIN, TimeMessageId.NOT_A_TIME, None,
    )  # fmt: skip
    shared = desk.preview_edit(EditForm("e1", TypedSpan(SUNDAY, "7", "10"), TASK, ""))
    assert shared.overlaps == (WORDS,)
    assert desk.preview_edit(EditForm("e1", None, TASK, "x" * 4097)).edit is None


@pytest.mark.parametrize(
    ("typed", "hours"), [("7:30", -4.5), ("730", -4.5), ("2026-11-22 07:30", -4.5)]
)
def test_where_to_split_is_typed_forgivingly(
    twins: tuple[World, World], typed: str, hours: float
) -> None:
    desk = desk_of(twins[0])
    assert desk.parse_split_instant(first_of(twins[0]), typed) == NOW + hours * HOUR


def test_a_split_outside_is_refused_while_it_is_typed(twins: tuple[World, World]) -> None:
    desk = desk_of(twins[0])
    with pytest.raises(BadSpan) as wrong:
        desk.parse_split_instant(first_of(twins[0]), "11:00")
    assert wrong.value.error.message_id is TimeMessageId.OUTSIDE


def test_after_midnight_a_split_is_on_the_second_date(world: World) -> None:
    began = datetime.fromisoformat("2026-11-21T23:00:00+03:00")
    world.timer.add(WORDS, Source.MANUAL, began, began + 3 * HOUR)
    at = desk_of(world).parse_split_instant(first_of(world), "0:30")
    assert at == began + 1.5 * HOUR


def first_of(world: World) -> FinishedEntry:
    """The first entry."""
    logged = world.journal.entry("e1")
    assert logged
    assert logged.stopped_at
    return FinishedEntry(logged.entry, logged.stopped_at)


def test_the_middle_is_a_whole_minute_within(world: World) -> None:
    world.timer.add(WORDS, Source.MANUAL, NOW - HOUR, NOW - timedelta(seconds=7))
    assert midpoint(first_of(world)) == NOW - HOUR / 2 - timedelta(minutes=1)
    world.timer.add(WORDS, Source.MANUAL, NOW - timedelta(seconds=20), NOW)
    short = world.journal.entry("e2")
    assert short
    assert midpoint(FinishedEntry(short.entry, NOW)) == NOW - timedelta(seconds=10)


# -- what it reads


def test_day_and_bars_agree_with_the_total_of_the_tray(twins: tuple[World, World]) -> None:
    world, _ = twins
    desk = desk_of(world)
    world.timer.start(WORDS, Source.CLICK)
    world.clock.move(minutes=10)
    day = desk.day(desk.today())
    bars = desk.bars(Scope.WEEK, desk.today())
    assert day.seconds == bars.bars[-1].seconds == bars.seconds == 3 * 3600 + 600
    assert [block.running for block in day.blocks] == [False, False, True]


def test_what_runs_is_listed_among_its_dates_alone(world: World) -> None:
    desk = desk_of(world)
    world.timer.start(WORDS, Source.CLICK)
    world.clock.move(hours=30)

    def listed(first: int | None, last: int | None) -> int:
        days = [None if n is None else SUNDAY + timedelta(days=n) for n in (first, last)]
        return len(desk.page(EntryFilter(first=days[0], last=days[1]), None, 10).ids)

    assert [listed(None, None), listed(0, 0), listed(1, 1), listed(1, None)] == [1, 1, 1, 1]
    assert [listed(None, -1), listed(2, 5)] == [0, 0]


# -- audit


def test_an_audit_and_a_repair(twins: tuple[World, World]) -> None:
    world, _ = twins
    held = RemoteEntry("999", "1", NOW - 8 * HOUR, NOW - 7 * HOUR)
    world.tracker = FakeTracker(TrackedEntry(held, "Made elsewhere"))
    spawned, listener = Spawned(), Told()
    desk = desk_of(world, spawned)
    before = world.dump()
    desk.audit(SUNDAY, SUNDAY, listener)
    spawned.finish(world)
    assert world.dump() == before
    (audit, repaired), *_ = listener.audits
    assert repaired is None
    (extra,) = [row for row in audit.rows if row.verdict is AuditVerdict.EXTRA]
    desk.repair(SUNDAY, SUNDAY, [extra], listener)
    spawned.finish(world)
    assert listener.repairs == [(1, 1)]
    _, repaired = listener.audits[-1]
    assert repaired is not None
    assert [row.key for row in repaired.rows] == [extra.key]
    assert world.journal.entry("e3") is not None
    desk.repair(SUNDAY, SUNDAY, [extra], listener)
    spawned.finish(world)
    assert len(listener.refusals) == 1


# -- export


def add_many(world: World, number: int) -> None:
    """Entries of a minute, without any delivery."""
    with world.journal.transaction():
        world.journal.connection.executemany(
            "INSERT INTO entry (id, task_id, comment, source, started_at, stopped_at)"
            " VALUES (?, 1, '', 'cli', ?, ?)",
            ((f"many{n}", n * 60, n * 60 + 60) for n in range(number)),
        )


def test_an_export_goes_by_slices_and_is_whole(twins: tuple[World, World], tmp_path: Path) -> None:
    world, _ = twins
    add_many(world, 2 * EXPORT_BATCH_SIZE)
    spawned, listener, path = Spawned(), Told(), tmp_path / "all.json"
    desk_of(world, spawned).export(EntryFilter(), ExportFormat.JSON, str(path), listener)
    spawned.finish(world)
    assert listener.writes == [EXPORT_BATCH_SIZE, 2 * EXPORT_BATCH_SIZE, 2 * EXPORT_BATCH_SIZE + 2]
    assert listener.whole == [2 * EXPORT_BATCH_SIZE + 2]
    exported = json.loads(path.read_text("utf-8"))
    assert [each["id"] for each in exported][-3:] == [
        f"many{2 * EXPORT_BATCH_SIZE - 1}",
        "e1",
        "e2",
    ]
    assert exported[-2:] == Desk(world).run("log").document
    assert path.stat().st_mode & 0o777 == 0o600


def test_only_what_matches_the_filter_is_exported(
    twins: tuple[World, World], tmp_path: Path
) -> None:
    spawned, listener, path = Spawned(), Told(), tmp_path / "some.csv"
    desk_of(twins[0], spawned).export(EntryFilter("mail"), ExportFormat.CSV, str(path), listener)
    spawned.finish(twins[0])
    text = path.read_text("utf-8")
    assert text.startswith("\ufeffid,task,")
    assert "Read mail" in text
    assert "Ship it" not in text


def test_a_cancelled_export_leaves_the_file_as_it_was(
    twins: tuple[World, World], tmp_path: Path
) -> None:
    world, _ = twins
    add_many(world, 3 * EXPORT_BATCH_SIZE)
    path = tmp_path / "all.csv"
    path.write_text("before")
    listener = Told()

    async def export_and_cancel() -> None:
        tasks: list[asyncio.Task[None]] = []

        def spawn(
            work: Callable[[], Coroutine[object, object, None]],
        ) -> asyncio.Task[None] | None:
            tasks.append(asyncio.get_running_loop().create_task(work()))
            return tasks[-1]

        desk = HistoryController(
            world.journal, world.clock, lambda: world.rules, world.timer, world.editor,
            lambda: NO_GOALS,
            lambda: world.auditor, lambda path, _: ExportFile(path, for_spreadsheets=False), spawn,
            world.sender.retry,
        )  # fmt: skip
        work = desk.export(EntryFilter(), ExportFormat.CSV, str(path), listener)
        assert work is not None
        await asyncio.sleep(0)
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await tasks[0]

    run(export_and_cancel(), world.clock)
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["all.csv"]
    assert (listener.whole, listener.refusals) == ([], [])


def test_a_folder_that_is_not_there_is_a_sentence(
    twins: tuple[World, World], tmp_path: Path
) -> None:
    spawned, listener = Spawned(), Told()
    path = str(tmp_path / "nowhere" / "all.csv")
    desk_of(twins[0], spawned).export(EntryFilter(), ExportFormat.CSV, path, listener)
    spawned.finish(twins[0])
    assert listener.refusals == [
        f"{path} could not be written. Nothing was changed there. (there is no such file or folder)"
    ]


def test_a_full_disk_is_a_sentence(twins: tuple[World, World]) -> None:
    spawned, listener = Spawned(), Told()

    class Full:
        dropped = False

        def write(self, text: str) -> None:
            raise OSError(28, "No space left on device", text[:0])

        def commit(self) -> None:
            raise AssertionError

        def discard(self) -> None:
            Full.dropped = True

    world, _ = twins
    desk = HistoryController(
        world.journal, world.clock, lambda: world.rules, world.timer, world.editor,
            lambda: NO_GOALS,
        lambda: world.auditor, lambda _path, _form: Full(), spawned, world.sender.retry,
    )  # fmt: skip
    desk.export(EntryFilter(), ExportFormat.JSON, "a.json", listener)
    spawned.finish(world)
    assert Full.dropped
    assert "the disk is full" in listener.refusals[0]


async def test_an_export_of_many_holds_the_loop_for_no_longer_than_a_click_may_wait(
    tmp_path: Path,
) -> None:
    journal_of(tmp_path, 3_000, NOW.date()).close()
    world, listener = World(tmp_path), Told()
    path = str(tmp_path / "all.csv")
    async with loop_hold() as hold:
        work = desk_of(world, spawn).export(EntryFilter(), ExportFormat.CSV, path, listener)
        assert isinstance(work, asyncio.Task)
        await work
    assert listener.whole == [3_000]
    assert hold.longest_ms < MAX_HOLD_MS
