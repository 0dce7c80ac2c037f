"""Everything a person can do to 10,000 entries at once, in a journal of a million.

Measured are the longest hold of the loop, and whether each act is linear: what it takes for each
of 10,000 entries, beside each of 2,500 in the same journal.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.budgets import Figure
from tests.bench.core import core_in
from tests.bench.taking_turns import NotMeasuredError
from tests.services.audit.test_auditor import later_stops
from tests.services.fakes import NOW
from tests.services.world import World
from tests.support.loop_hold import loop_hold
from tests.support.many_entries import A_DAY, journal_of, refuse_all
from timer_app.adapters.entries.export_file import ExportFile
from timer_app.adapters.entries.journal.store import SqliteJournal, open_reader
from timer_app.domain.audit.rows import AuditRow
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.entries.goals import NO_GOALS
from timer_app.services.audit.auditor import Audit, Auditor, RepairResult
from timer_app.services.background_tasks import TaskFactory
from timer_app.services.entries.export import ExportFormat
from timer_app.services.entries.listing import EntryFilter
from timer_app.tray.controllers.history import HistoryController
from timer_app.tray.controllers.problems import ProblemController
from timer_app.ui.entries.history.intents import UndoableEdits

ENTRIES, AMONG = 10_000, 1_000_000
FEW = 2_500
_LAST = NOW.date()


class _Listener:
    """Implements all listeners of the history; notes what it needs for the next act."""

    def __init__(self) -> None:
        self.undoable: list[UndoableEdits] = []
        self.rows: tuple[AuditRow, ...] = ()
        self.refused: list[str] = []
        self.shown: list[int] = []

    def on_deleted(self, undoable: UndoableEdits) -> None:
        self.undoable.append(undoable)

    def on_undone(self, undoable: UndoableEdits) -> None:
        self.undoable.remove(undoable)

    def on_ended(self, why: str) -> None:
        self.refused += [why] if why else []

    def on_audit_progress(self, done: int, total: int) -> None:
        del total
        self.shown.append(done)

    def on_repair_progress(self, done: int, total: int) -> None:
        del total
        self.shown.append(done)

    def on_audited(self, audit: Audit, repaired: RepairResult | None) -> None:
        del repaired
        self.rows = audit.repairable_rows

    def on_refused(self, why: str) -> None:
        self.refused.append(why)

    def on_export_progress(self, entries: int) -> None:
        self.shown.append(entries)

    def on_exported(self, entries: int) -> None:
        """All are in the file."""


@dataclass(frozen=True)
class _Cost:
    """What an act took."""

    hold_ms: float
    """Its longest hold of the loop, CPU time."""
    each_us: float
    """All its CPU time, for each entry."""
    hold_instructions: int
    """The most instructions of SQLite in one hold."""


_Costs = dict[str, _Cost]
_Act = Callable[[], object]


def long_acts(entries: int = ENTRIES, among: int = AMONG, few: int = FEW) -> dict[str, Figure]:
    """The longest hold of each act, and the least linear of them."""
    with _folder() as made, _folder() as other:
        journal_of(made, among, _LAST).close()
        shutil.copytree(made, other, dirs_exist_ok=True)
        os.sync()  # else the kernel writes them out beside what is measured
        beside, costs = _in_turns((other, few), (made, entries))
    figures = {f"hold-{name}": Figure(cost.hold_ms) for name, cost in costs.items()}
    worst = max(costs, key=lambda name: costs[name].each_us / beside[name].each_us)
    figures["acts-linear"] = Figure(costs[worst].each_us, beside[worst].each_us, f"in {worst}")
    return figures


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="timer-app-bench-") as name:
        yield Path(name)


def costs_of(folder: Path, entries: int) -> _Costs:
    """Of every act on the latest `entries` of a journal."""
    (costs,) = _in_turns((folder, entries))
    return costs


def _in_turns(*journals: tuple[Path, int]) -> tuple[_Costs, ...]:
    """Some acts on each, then the next acts: whatever else the machine does meets both."""
    costs: tuple[_Costs, ...] = tuple({} for _ in journals)
    for acts in (_in_history, _over_the_socket, _try_again):
        for found, (folder, entries) in zip(costs, journals, strict=True):
            found.update(asyncio.run(acts(folder, entries)))
    return costs


def _first_of(entries: int) -> date:
    """The date of the oldest of the latest so many."""
    return _LAST - timedelta(days=-(-entries // A_DAY) - 1)


async def _in_history(folder: Path, entries: int) -> _Costs:
    """Export, audit, repair, delete and undo; all deliveries are blocked after them."""
    world, listener, first = World(folder), _Listener(), _first_of(entries)
    ids = world.journal.page(EntryFilter(), None, entries, scan_limit=entries).ids
    world.tracker = later_stops(world.journal, first)
    desk = _desk_on(world, folder)
    acts: dict[str, _Act] = {
        "export": lambda: desk.export(
            EntryFilter(first=first, last=_LAST), ExportFormat.CSV, str(folder / "all.csv"),
            listener,
        ),
        "audit": lambda: desk.audit(first, _LAST, listener),
        "repair": lambda: desk.repair(first, _LAST, listener.rows, listener),
        "delete": lambda: desk.delete(ids, listener),
        "undo": lambda: desk.undo(tuple(listener.undoable), listener),
    }  # fmt: skip
    costs = {name: await _cost_of(act, entries, world.journal) for name, act in acts.items()}
    if listener.refused or listener.undoable or len(world.journal.entries_by_id(ids)) != entries:
        raise NotMeasuredError(f"not everything was done: {listener.refused[:1]}")
    if not listener.shown:
        raise NotMeasuredError("no progress was shown")
    refuse_all(world.journal, ids)
    world.journal.close()
    return costs


async def _over_the_socket(folder: Path, entries: int) -> _Costs:
    """What the running app does for `problems` and `log`."""

    async def nobody(_seconds: float) -> None:
        """Nothing is delivered."""

    costs = {}
    with core_in(folder) as core:
        for name, words in (
            ("problems", {}),
            ("log", {"from": _first_of(entries).isoformat(), "to": _LAST.isoformat()}),
        ):
            found: list[object] = []

            async def ask(name: str, words: dict[str, str], found: list[object]) -> None:
                document = (await core.commands(nobody).run(name, words)).document
                found += document if isinstance(document, list) else []

            costs[name] = await _cost_of(partial(ask, name, words, found), entries, core.journal)
            if len(found) < entries:
                raise NotMeasuredError(f"{name} told of {len(found)} entries, not of {entries}")
    return costs


async def _try_again(folder: Path, entries: int) -> _Costs:
    """Try all again in the window of problems."""
    world, begun = World(folder), list[asyncio.Task[None]]()
    desk = ProblemController(
        world.problems, world.editor, world.journal, lambda _: None,
        lambda work: _noted(begun, _spawn(work)),
    )  # fmt: skip

    async def again() -> None:
        if refused := desk.retry_all():
            raise NotMeasuredError(refused)
        await asyncio.gather(*begun)

    cost = await _cost_of(again, entries, world.journal)
    if world.journal.ids_needing_user() or world.journal.counts()[DeliveryState.BLOCKED]:
        raise NotMeasuredError("not everything is tried again")
    world.journal.close()
    return {"again": cost}


async def _cost_of(act: _Act, entries: int, journal: SqliteJournal) -> _Cost:
    async with loop_hold(journal.connection) as hold:
        began = time.thread_time()
        work = act()
        if isinstance(work, Awaitable):
            await work
        spent = time.thread_time() - began
    return _Cost(hold.longest_ms, spent * 1e6 / entries, hold.most_instructions)


def _spawn(work: TaskFactory) -> asyncio.Task[None]:
    async def go() -> None:
        await work()

    return asyncio.get_running_loop().create_task(go())


def _noted(begun: list[asyncio.Task[None]], task: asyncio.Task[None]) -> asyncio.Task[None]:
    begun.append(task)
    return task


def _desk_on(world: World, folder: Path) -> HistoryController:
    def auditor() -> Auditor:
        return Auditor(
            world.journal, world.clock, lambda: world.rules, lambda: "new",
            tracker=lambda: world.tracker, cards=lambda: None, kaiten=lambda: "",
            changed=world.timer.notify_observers,
            open_reader=lambda: open_reader(str(folder / "journal.sqlite3")),
        )  # fmt: skip

    return HistoryController(
        world.journal, world.clock, lambda: world.rules, world.timer, world.editor,
        lambda: NO_GOALS,
        auditor, lambda path, form: ExportFile(path, for_spreadsheets=form.is_table),
        _spawn, lambda: None,
    )  # fmt: skip
