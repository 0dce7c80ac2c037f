"""Everything a person can do to 10,000 entries at once: how long each holds the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.budgets import Figure
from tests.bench.taking_turns import NotMeasuredError
from tests.services.audit.test_auditor import later_stops
from tests.services.fakes import NOW
from tests.services.world import World
from tests.support.loop_hold import loop_hold
from tests.support.many_entries import journal_of
from timer_app.adapters.entries.export_file import ExportFile
from timer_app.adapters.entries.journal.store import open_reader
from timer_app.domain.audit.rows import AuditRow
from timer_app.domain.entries.goals import NO_GOALS
from timer_app.services.audit.auditor import Audit, Auditor, RepairResult
from timer_app.services.background_tasks import TaskFactory
from timer_app.services.entries.export import ExportFormat
from timer_app.services.entries.listing import EntryFilter
from timer_app.tray.controllers.history import HistoryController
from timer_app.ui.entries.history.intents import UndoableEdits

ENTRIES = 10_000
_FIRST, _LAST = date(2025, 1, 1), NOW.date()


class _Listener:
    """Implements all listeners of the history; notes what it needs for the next act."""

    def __init__(self) -> None:
        self.undoable: list[UndoableEdits] = []
        self.rows: tuple[AuditRow, ...] = ()
        self.refused: list[str] = []

    def on_deleted(self, undoable: UndoableEdits) -> None:
        self.undoable.append(undoable)

    def on_undone(self, undoable: UndoableEdits) -> None:
        self.undoable.remove(undoable)

    def on_ended(self, why: str) -> None:
        self.refused += [why] if why else []

    def on_audit_progress(self, done: int, total: int) -> None:
        """Nobody looks."""

    def on_repair_progress(self, done: int, total: int) -> None:
        """Nobody looks."""

    def on_audited(self, audit: Audit, repaired: RepairResult | None) -> None:
        del repaired
        self.rows = audit.repairable_rows

    def on_refused(self, why: str) -> None:
        self.refused.append(why)

    def on_export_progress(self, entries: int) -> None:
        """Nobody looks."""

    def on_exported(self, entries: int) -> None:
        """Nobody looks."""


def long_acts(entries: int = ENTRIES) -> dict[str, Figure]:
    """The longest hold of each act, in milliseconds of CPU."""
    with TemporaryDirectory(prefix="timer-app-bench-") as name:
        return asyncio.run(_long_acts(Path(name), entries))


async def _long_acts(folder: Path, entries: int) -> dict[str, Figure]:
    journal_of(folder, entries, _LAST).close()
    world, listener = World(folder), _Listener()
    ids = world.journal.page(EntryFilter(), None, entries, scan_limit=entries).ids
    world.tracker = later_stops(world.journal)
    desk = _desk_on(world, folder)
    acts: dict[str, Callable[[], object]] = {
        "hold-export": lambda: desk.export(
            EntryFilter(), ExportFormat.CSV, str(folder / "all.csv"), listener
        ),
        "hold-audit": lambda: desk.audit(_FIRST, _LAST, listener),
        "hold-repair": lambda: desk.repair(_FIRST, _LAST, listener.rows, listener),
        "hold-delete": lambda: desk.delete(ids, listener),
        "hold-undo": lambda: desk.undo(tuple(listener.undoable), listener),
    }
    figures = {}
    for name, act in acts.items():
        async with loop_hold() as hold:
            work = act()
            if isinstance(work, asyncio.Task):
                await work
        figures[name] = Figure(hold.longest_ms)
    if listener.refused or listener.undoable or len(world.journal.entries_by_id(ids)) != entries:
        raise NotMeasuredError(f"not everything was done: {listener.refused[:1]}")
    world.journal.close()
    return figures


def _desk_on(world: World, folder: Path) -> HistoryController:
    def spawn(work: TaskFactory) -> asyncio.Task[None]:
        async def go() -> None:
            await work()

        return asyncio.get_running_loop().create_task(go())

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
        spawn, lambda: None,
    )  # fmt: skip
