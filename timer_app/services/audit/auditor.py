"""The audit: compares the journal with what both services hold, and repairs differences.

Queries change nothing. The journal is compared as it is after the answers; entries that changed
during the queries have rows without a repair. A repair is a commit to the journal, which the
sender then delivers like every other one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar

from timer_app.domain.audit.kaiten import KaitenLocalState, compare_kaiten_logs
from timer_app.domain.audit.rows import (
    AuditEntry,
    AuditPeriod,
    AuditRow,
    AuditVerdict,
    CardDate,
    CorrectLogValues,
    DeleteRemoteLog,
    ImportEntry,
    KnownRemote,
    KnownRemotes,
    LogTimeAgain,
    NextStep,
    as_changed_meanwhile,
)
from timer_app.domain.audit.timecrowd import TimeCrowdLocalState, compare_timecrowd_entries
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.delivery.remote_changes import (
    task_from_tracked,
)
from timer_app.domain.entries.card import CardsByKey
from timer_app.domain.entries.edits import (
    CardDayLedger,
)
from timer_app.domain.entries.minutes import local_date, start_of_day
from timer_app.domain.entries.timer import Running
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import AuditMessageId
from timer_app.domain.service import Service
from timer_app.services.audit.ports import AuditJournal, ChangeMark
from timer_app.services.audit.remote_reader import (
    AuditProgress,
    KaitenReader,
    RemoteReader,
    RemoteState,
    Snapshot,
)
from timer_app.services.audit.repair_writer import RepairWriter
from timer_app.services.delivery.ports import TimeTracker
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import Clock

_DAY = timedelta(days=1)
_ROWS_PER_STEP = 25
"""Repairs that are committed at once: some ten milliseconds."""
_MAX_STALE = 2
"""How often a judgement may be overtaken by changes before it is made within a commit."""
_K = TypeVar("_K")
_V = TypeVar("_V")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Audit:
    """The rows of the dates from `first` to `last`; `failures` says which queries failed."""

    first: date
    last: date
    rows: tuple[AuditRow, ...]
    failures: tuple[NotPossible, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether all queries were answered."""
        return not self.failures

    @property
    def repairable_rows(self) -> tuple[AuditRow, ...]:
        """The rows that have a repair."""
        return tuple(row for row in self.rows if row.repair is not None)

    @property
    def needs_user(self) -> bool:
        """Whether there is something that a person may correct."""
        return any(_needs_person(row) for row in self.rows)

    @property
    def has_waiting_rows(self) -> bool:
        """Whether a difference is expected to resolve itself."""
        return any(row.next_step is NextStep.WAITS for row in self.rows)


def _needs_person(row: AuditRow) -> bool:
    """Whether a row needs a person: not one that resolves itself, nor somebody else's log."""
    if row.verdict is AuditVerdict.MATCHED or row.next_step is NextStep.WAITS:
        return False
    is_foreign = (
        row.repair is None and row.next_step is NextStep.NONE and row.verdict is AuditVerdict.EXTRA
    )
    return not is_foreign


@dataclass(frozen=True, slots=True)
class RepairResult:
    """What was committed: the rows, and the entries that they touched; `changed` were not."""

    rows: tuple[AuditRow, ...] = ()
    entry_ids: tuple[str, ...] = ()
    changed: tuple[AuditRow, ...] = ()


@dataclass(frozen=True, slots=True)
class _AuditInput:
    """The answers, and what changed in the journal during the queries."""

    first: date
    last: date
    remote_state: RemoteState
    changed_entries: frozenset[str] = frozenset()
    changed_days: frozenset[CardDate] = frozenset()


@dataclass
class _Judgement:
    """The rows as they are while the journal shows `mark`, and what was repaired since.

    A repair may change other rows of the same entry, record or card. Such a row is judged again
    before it is repaired.
    """

    rows: Mapping[str, AuditRow]
    mark: ChangeMark
    cards: CardsByKey = field(default_factory=dict)
    touched: set[object] = field(default_factory=set)

    def concerns(self, row: AuditRow, kaiten: str) -> bool:
        """Whether a repair since then may have changed the row."""
        touching, disturbed = _touched_by(row, kaiten, self.cards)
        return bool((touching | disturbed) & self.touched)

    def note(self, row: AuditRow, kaiten: str) -> None:
        """The row was repaired."""
        self.touched |= _touched_by(row, kaiten, self.cards)[0]


@dataclass
class _Repairs:
    """The results of the rows so far."""

    done: list[AuditRow] = field(default_factory=list)
    entry_ids: list[str] = field(default_factory=list)
    changed: list[AuditRow] = field(default_factory=list)


class Auditor:
    """Compares the journal with both services, and repairs chosen rows. Raises JournalError.

    `tracker` and `cards` return None for a service that is not set up; `kaiten` returns Kaiten's
    address, "" without it; `changed` is called after repairs. With `open_reader`, which opens the
    journal once more, it reads and judges in a thread: a year takes seconds.
    """

    def __init__(
        self,
        journal: AuditJournal,
        clock: Clock,
        rules: Callable[[], LoggingRules],
        new_id: Callable[[], str],
        *,
        tracker: Callable[[], TimeTracker | None],
        cards: Callable[[], KaitenReader | None],
        kaiten: Callable[[], str],
        changed: Callable[[], None],
        open_reader: Callable[[], AbstractContextManager[AuditJournal]] | None = None,
    ) -> None:
        self._open_reader = open_reader
        self._journal = journal
        self._clock = clock
        self._rules = rules
        self._new_id = new_id
        self._tracker = tracker
        self._cards = cards
        self._kaiten = kaiten
        self._changed = changed
        self._remote_reader = RemoteReader(journal, tracker, cards, kaiten)
        self._repair_writer = RepairWriter(journal, clock, rules, new_id, kaiten)

    async def audit(
        self, first: date, last: date, on_progress: AuditProgress = lambda *_: None
    ) -> Audit:
        """The rows of the dates, both included. Writes nothing.

        `on_progress` is called as it proceeds.
        """
        audit, _, _ = await self._audit(first, last, on_progress)
        return audit

    async def repair(
        self,
        first: date,
        last: date,
        keys: Sequence[str] | None,
        on_progress: AuditProgress = lambda *_: None,
    ) -> RepairResult:
        """Repair the rows of these keys, or (None) all that have a repair.

        They are committed some at a time, each only if it is still what the audit showed; what was
        committed stays when this is cancelled. Raises NotPossible for a key without a row, or a
        row without a repair, and JournalError; then those repairs have not changed anything.
        """
        audit, audit_input, mark = await self._audit(first, last)
        wanted = audit.repairable_rows if keys is None else tuple(_selected_rows(audit, keys))
        repairs = _Repairs()
        judgement = _judgement(audit.rows, mark, self._cards_by_key(audit_input))
        try:
            await self._repair_in_steps(wanted, audit_input, judgement, repairs, on_progress)
        finally:
            if repairs.done:
                self._journal.after_commit(self._changed)
        return RepairResult(
            tuple(repairs.done), tuple(dict.fromkeys(repairs.entry_ids)), tuple(repairs.changed)
        )

    async def _repair_in_steps(
        self,
        wanted: Sequence[AuditRow],
        audit_input: _AuditInput,
        judgement: _Judgement,
        repairs: _Repairs,
        on_progress: AuditProgress,
    ) -> None:
        pending, deferred, stale = list(wanted), list[AuditRow](), 0
        while pending or deferred:
            if not pending:  # a repair concerns every row that is left
                pending, deferred = deferred, []
                judgement = await self._judge(audit_input)
            with self._journal.transaction():
                if judgement.mark != self._journal.change_mark() and stale >= _MAX_STALE:
                    judgement = self._judge_now(audit_input)
                is_stale = judgement.mark != self._journal.change_mark()
                if not is_stale:
                    step, pending = pending[:_ROWS_PER_STEP], pending[_ROWS_PER_STEP:]
                    deferred += [row for row in step if not self._repair(row, judgement, repairs)]
                    judgement.mark = self._journal.change_mark()
            if is_stale:
                stale, judgement = stale + 1, await self._judge(audit_input)
                continue
            stale = 0
            on_progress(len(wanted) - len(pending) - len(deferred), len(wanted))
            await asyncio.sleep(0)

    # -- querying the services

    async def _audit(
        self, first: date, last: date, progress: AuditProgress = lambda *_: None
    ) -> tuple[Audit, _AuditInput, ChangeMark]:
        audit_input = await self._query(first, last, progress)
        mark = self._journal.change_mark()
        rows = await self._read(lambda reader: Auditor._compare(reader, audit_input))
        failures = list(audit_input.remote_state.failures)
        if audit_input.changed_entries or audit_input.changed_days:
            failures.append(NotPossible(AuditMessageId.DELIVERED_MEANWHILE))
        return Audit(first, last, rows, tuple(failures)), audit_input, mark

    async def _read(self, work: Callable[[Auditor], _T]) -> _T:
        """Have an auditor read and judge, in a thread where the journal can be opened again."""
        open_reader = self._open_reader
        if open_reader is None:
            return work(self)

        def read() -> _T:
            with open_reader() as journal:
                return work(self._on(journal))

        return await asyncio.to_thread(read)

    async def _compute(self, work: Callable[[], _T]) -> _T:
        """Values from values, in a thread where reading is done in one."""
        return work() if self._open_reader is None else await asyncio.to_thread(work)

    def _on(self, journal: AuditJournal) -> Auditor:
        """The same auditor on another connection."""
        return Auditor(
            journal,
            self._clock,
            self._rules,
            self._new_id,
            tracker=self._tracker,
            cards=self._cards,
            kaiten=self._kaiten,
            changed=self._changed,
        )

    async def _query(self, first: date, last: date, progress: AuditProgress) -> _AuditInput:
        """Query both services, and once more if the journal changed during it."""
        before, remote_state, after = await self._query_once(first, last, progress)
        changes = await self._compute(partial(_changes, before, after))
        if any(changes):
            before, remote_state, after = await self._query_once(first, last, progress)
            changes = await self._compute(partial(_changes, before, after))
        return _AuditInput(first, last, remote_state, *changes)

    async def _query_once(
        self, first: date, last: date, progress: AuditProgress
    ) -> tuple[Snapshot, RemoteState, Snapshot]:
        before = await self._read(lambda reader: Auditor._snapshot(reader, first, last))
        remote_state = await self._remote_reader.read(
            before, self._start_of_day(first) - _DAY, progress
        )
        after = await self._read(lambda reader: Auditor._snapshot(reader, first, last))
        return before, remote_state, after

    def _cards_by_key(self, audit_input: _AuditInput) -> CardsByKey:
        """The cards whose keys are known by now."""
        return {**self._journal.cards_by_key(), **audit_input.remote_state.cards}

    # -- judging: no service is queried from here on

    async def _judge(self, audit_input: _AuditInput) -> _Judgement:
        mark = self._journal.change_mark()
        rows = await self._read(lambda reader: Auditor._compare(reader, audit_input))
        return _judgement(rows, mark, self._cards_by_key(audit_input))

    def _judge_now(self, audit_input: _AuditInput) -> _Judgement:
        """The same at once, in a transaction, where others change the journal all the time."""
        rows, mark = self._compare(audit_input), self._journal.change_mark()
        return _judgement(rows, mark, self._cards_by_key(audit_input))

    def _compare(self, audit_input: _AuditInput) -> tuple[AuditRow, ...]:
        first, last = audit_input.first, audit_input.last
        local = self._snapshot(first, last)
        rows = self._compare_timecrowd(first, last, local, audit_input)
        return rows + self._compare_kaiten(local, audit_input)

    def _compare_timecrowd(
        self, first: date, last: date, local: Snapshot, audit_input: _AuditInput
    ) -> tuple[AuditRow, ...]:
        remote_entries = audit_input.remote_state.entries
        if remote_entries is None:
            return ()
        span = AuditPeriod(first, last, self._start_of_day(first), self._start_of_day(last + _DAY))
        kaiten, cards = self._kaiten(), self._cards_by_key(audit_input)
        known = TimeCrowdLocalState(
            [_audit_entry(each) for each in local.entries.values()],
            self._known_remotes(Service.TIMECROWD, (each.remote.id for each in remote_entries)),
            [_audit_entry(each) for each in self._journal.unconfirmed_entries(Service.TIMECROWD)],
            self._journal.unconfirmed_tasks(),
            kaiten,
            cards,
        )
        rows = compare_timecrowd_entries(known, remote_entries, span, self._clock.zone())
        return tuple(
            as_changed_meanwhile(row) if row.entry_id in audit_input.changed_entries else row
            for row in rows
        )

    def _compare_kaiten(self, local: Snapshot, audit_input: _AuditInput) -> tuple[AuditRow, ...]:
        logs = audit_input.remote_state.logs
        ids = {each for day in local.days.values() for each in _entry_ids(day)}
        known = KaitenLocalState(
            tuple(local.days.values()),
            {each: audit_entry for each in sorted(ids) if (audit_entry := self._entry(each))},
            self._rules().rounding,
            self._known_remotes(
                Service.KAITEN, (log.id for day_logs in logs.values() for log in day_logs)
            ),
        )
        days = [day for each in audit_input.changed_days if (day := local.days.get(each))]
        moved = {each for day in days for each in _entry_ids(day)}
        rows = compare_kaiten_logs(known, logs, self._clock.zone())
        return tuple(as_changed_meanwhile(row) if row.entry_id in moved else row for row in rows)

    def _snapshot(self, first: date, last: date) -> Snapshot:
        entries = {each.entry.id: each for each in self._journal.entries(first, last)}
        state = self._journal.state()
        today = local_date(self._clock.now(), self._clock.zone(), self._rules().day_start)
        if isinstance(state, Running) and first <= today <= last:
            running = self._journal.entry(state.entry.id)
            entries |= {running.entry.id: running} if running else {}
        days = {each: self._journal.card_day_ledger(*each)
                for each in self._journal.card_dates(first, last)}  # fmt: skip
        return Snapshot(entries, days)

    def _known_remotes(self, service: Service, remote_ids: Iterable[str]) -> KnownRemotes:
        known_remotes = {}
        for remote_id in remote_ids:
            deliveries = tuple(self._journal.deliveries_for_remote(service, remote_id))
            if deliveries:
                ids = sorted({each.entry_id for each in deliveries})
                entries = {each: audit_entry for each in ids if (audit_entry := self._entry(each))}
                known_remotes[remote_id] = KnownRemote(deliveries, entries)
        return known_remotes

    def _entry(self, entry_id: str) -> AuditEntry | None:
        logged = self._journal.entry(entry_id)
        return _audit_entry(logged) if logged else None

    def _start_of_day(self, day: date) -> datetime:
        return start_of_day(day, self._clock.zone(), self._rules().day_start)

    # -- repairing

    def _repair(self, row: AuditRow, judgement: _Judgement, repairs: _Repairs) -> bool:
        """Commit the repair if the row is what it was; False if it must be judged again first."""
        kaiten = self._kaiten()
        if judgement.concerns(row, kaiten):
            return False
        if judgement.rows.get(row.key) != row or row.repair is None:
            repairs.changed.append(row)
            return True
        repairs.entry_ids.append(self._repair_writer.commit(row.repair, judgement.cards))
        repairs.done.append(row)
        judgement.note(row, kaiten)
        return True


def _judgement(rows: Iterable[AuditRow], mark: ChangeMark, cards: CardsByKey) -> _Judgement:
    return _Judgement({row.key: row for row in rows}, mark, cards)


def _touched_by(row: AuditRow, kaiten: str, cards: CardsByKey) -> tuple[set[object], set[object]]:
    """What a repair of the row changes, and what else would change the row."""
    touching: set[object] = {(row.service, row.remote_id)} if row.remote_id else set()
    touching |= {row.entry_id} if row.entry_id else set()
    match row.repair:
        case ImportEntry(tracked):
            imported = task_from_tracked(tracked, kaiten, cards).card
            return touching | {("imported", imported)}, {("logged", imported)}
        case LogTimeAgain(entry_id, message):
            card = message.card
        case CorrectLogValues(entry_id, change):
            card = change.card
        case DeleteRemoteLog(entry_id, removal):
            card = removal.card
        case None:
            return touching, set()
        case other:
            return touching | {other.entry_id}, set()
    return touching | {entry_id, ("logged", card)}, {("imported", card)}


def _selected_rows(audit: Audit, keys: Sequence[str]) -> Iterable[AuditRow]:
    by_key = {row.key: row for row in audit.rows}
    for key in dict.fromkeys(keys):
        row = by_key.get(key)
        if row is None:
            failures = "".join(f" {gap}" for gap in audit.failures)
            raise NotPossible(AuditMessageId.NO_ROW, key, _dates(audit), failures)
        if row.repair is None:
            raise NotPossible(AuditMessageId.NO_REPAIR, key, row.detail)
        yield row


def _dates(audit: Audit) -> str:
    if audit.first == audit.last:
        return str(audit.first)
    return f"{audit.first} to {audit.last}"


def _entry_ids(day: CardDayLedger) -> Iterable[str]:
    """The ids of all entries with time or logs on that day of a card."""
    return (*day.seconds, *(log.delivery.entry_id for log in day.logs))


def _audit_entry(logged: LoggedEntry) -> AuditEntry:
    return AuditEntry(
        logged.entry, logged.stopped_at, logged.deliveries, logged.remote, logged.is_deleted
    )


def _changes(before: Snapshot, after: Snapshot) -> tuple[frozenset[str], frozenset[CardDate]]:
    """The entries, and the dates of cards, that are not what they were."""
    return (
        frozenset(_changed_keys(before.entries, after.entries)),
        frozenset(_changed_keys(before.days, after.days)),
    )


def _changed_keys(before: Mapping[_K, _V], after: Mapping[_K, _V]) -> Iterable[_K]:
    """The keys with another value, or with none on one side."""
    return (key for key in {*before, *after} if before.get(key) != after.get(key))
