"""The audit: what both services hold, asked and held against the journal; and its repairs.

Asking changes nothing, here or there. What is judged is the journal as of after the answers;
what changed in it while they were on their way has rows, but none that could be repaired. A
repair is a commit to the journal, which the sender then delivers like everything else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from timer_app.domain import auditing_kaiten, auditing_timecrowd
from timer_app.domain.amending import Change, DayOfCard, Drop, Promise, Tell
from timer_app.domain.auditing import (
    Booked,
    CardDate,
    GiveTimes,
    GiveValues,
    HeldLog,
    Help,
    LogAgain,
    Owned,
    Owners,
    Recognize,
    RecordAgain,
    RemoveEntry,
    RemoveFormer,
    RemoveLog,
    Repair,
    Row,
    Span,
    TakeIn,
    Verdict,
    in_motion,
)
from timer_app.domain.delivery import CorrectTimes, DeleteEntry, RemoveDoubleEntry, Service
from timer_app.domain.entry import FinishedEntry, whole_second
from timer_app.domain.errors import NotPossible
from timer_app.domain.following import TrackedEntry, adopted_entry, task_of_tracked
from timer_app.domain.minutes import beginning_of, date_of
from timer_app.domain.outcome import NotSent, Refused
from timer_app.domain.reasons import OfAudit
from timer_app.domain.timer import AddHeld, Running, step
from timer_app.services.ports import (
    AuditBook,
    CardBook,
    CardLogs,
    Clock,
    LoggedEntry,
    ServiceProblem,
    TimeTracker,
)
from timer_app.services.terms import Rules, terms_for

_DAY = timedelta(days=1)
_LONGEST_WAIT = timedelta(seconds=30)
_MOST_TIMES = 5
_K = TypeVar("_K")
_V = TypeVar("_V")
_T = TypeVar("_T")

Asked = Callable[[int, int], None]
"""How many of how many cards and dates Kaiten was asked for."""


class LogsAndCards(CardLogs, CardBook, Protocol):
    """Kaiten as it is audited: its logs, and whether it shows a card at all."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The rows of the dates from `first` to `last`; `gaps` says what could not be asked."""

    first: date
    last: date
    rows: tuple[Row, ...]
    gaps: tuple[NotPossible, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything could be asked."""
        return not self.gaps

    @property
    def repairable(self) -> tuple[Row, ...]:
        """The rows that have a repair."""
        return tuple(row for row in self.rows if row.repair is not None)

    @property
    def needs_person(self) -> bool:
        """Whether there is something that a person may put right."""
        return any(_needs_person(row) for row in self.rows)

    @property
    def waits(self) -> bool:
        """Whether something is expected to come right by itself."""
        return any(row.help is Help.WAITS for row in self.rows)


def _needs_person(row: Row) -> bool:
    """Not so what comes right by itself, nor a log that somebody else wrote."""
    if row.verdict is Verdict.MATCHED or row.help is Help.WAITS:
        return False
    left_alone = row.repair is None and row.help is Help.NONE and row.verdict is Verdict.EXTRA
    return not left_alone


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was committed: the rows, and the entries that they touched; `changed` were not."""

    rows: tuple[Row, ...] = ()
    entry_ids: tuple[str, ...] = ()
    changed: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The part of the journal that is compared."""

    entries: Mapping[str, LoggedEntry]
    days: Mapping[CardDate, DayOfCard]


@dataclass
class _Answers:
    """What the services said. A service that is not in it could not be asked, or is not set up."""

    entries: tuple[TrackedEntry, ...] | None = None
    logs: dict[CardDate, tuple[HeldLog, ...]] = field(default_factory=dict)
    gaps: list[NotPossible] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Answers, and what of the journal changed while they came."""

    answers: _Answers
    moved_entries: frozenset[str] = frozenset()
    moved_days: frozenset[CardDate] = frozenset()


class Auditor:
    """Compares, and repairs what it is told to.

    `tracker` and `cards` are None for a service that is not set up; `kaiten` is Kaiten's address,
    "" without it; `changed` is called after a repair. JournalUnwritable comes from `repair` alone.
    """

    def __init__(
        self,
        journal: AuditBook,
        clock: Clock,
        rules: Callable[[], Rules],
        new_id: Callable[[], str],
        *,
        tracker: Callable[[], TimeTracker | None],
        cards: Callable[[], LogsAndCards | None],
        kaiten: Callable[[], str],
        changed: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._rules = rules
        self._new_id = new_id
        self._tracker = tracker
        self._cards = cards
        self._kaiten = kaiten
        self._changed = changed

    async def audit(self, first: date, last: date, asked: Asked = lambda *_: None) -> Audit:
        """The rows of the dates, both included. Nothing is raised or written.

        `asked` is told how far it has come.
        """
        audit, _ = await self._audit(first, last, asked)
        return audit

    async def repair(self, first: date, last: date, keys: Sequence[str] | None) -> Repaired:
        """Repair the rows of these keys, or (None) all that have a repair.

        Each row is judged anew for it. Raises NotPossible for a key without a row, or a row
        without a repair, and JournalUnwritable; then that repair has not changed anything.
        """
        audit, asked = await self._audit(first, last)
        wanted = audit.repairable if keys is None else tuple(_chosen(audit, keys))
        done: list[Row] = []
        touched: list[str] = []
        changed: list[Row] = []
        for row in wanted:
            entry_id = self._repair_if_still_so(row, audit, asked)
            if entry_id is None:
                changed.append(row)
            else:
                done.append(row)
                touched.append(entry_id)
        if done:
            self._changed()
        return Repaired(tuple(done), tuple(dict.fromkeys(touched)), tuple(changed))

    # -- asking

    async def _audit(
        self, first: date, last: date, progress: Asked = lambda *_: None
    ) -> tuple[Audit, _Asked]:
        asked = await self._ask(first, last, progress)
        rows = self._judge(first, last, asked)
        gaps = list(asked.answers.gaps)
        if asked.moved_entries or asked.moved_days:
            gaps.append(NotPossible(OfAudit.DELIVERED_MEANWHILE))
        return Audit(first, last, rows, tuple(gaps)), asked

    async def _ask(self, first: date, last: date, progress: Asked) -> _Asked:
        """Ask both, and once more if the journal changed under it."""
        before, answers, after = await self._ask_once(first, last, progress)
        if after != before:
            before, answers, after = await self._ask_once(first, last, progress)
        return _Asked(
            answers,
            frozenset(_differing(before.entries, after.entries)),
            frozenset(_differing(before.days, after.days)),
        )

    async def _ask_once(
        self, first: date, last: date, progress: Asked
    ) -> tuple[_Snapshot, _Answers, _Snapshot]:
        before, answers = self._snapshot(first, last), _Answers()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ask_timecrowd(before, first, answers))
            group.create_task(self._ask_kaiten(before, answers, progress))
        return before, answers, self._snapshot(first, last)

    async def _ask_timecrowd(self, here: _Snapshot, first: date, answers: _Answers) -> None:
        tracker = self._tracker()
        if tracker is None:
            return
        began = [each.entry.started_at for each in here.entries.values()]
        since = min([self._begins(first), *began]) - _DAY
        try:
            found = {
                each.remote.id: each for each in await _patiently(partial(tracker.since, since))
            }
            for logged in here.entries.values():
                remote = logged.remote
                if remote is None or remote.id in found:
                    continue
                # It may have been moved far back: only what is nowhere is missing.
                held = await _patiently(partial(tracker.held, remote))
                if held is not None:
                    found[remote.id] = TrackedEntry(held, logged.entry.task.title)
        except ServiceProblem as problem:
            answers.gaps.append(NotPossible(OfAudit.NO_TIMECROWD, str(problem)))
        else:
            answers.entries = tuple(found.values())

    async def _ask_kaiten(self, here: _Snapshot, answers: _Answers, progress: Asked) -> None:
        """Card by card; where Kaiten does not show a card its empty list means nothing."""
        cards = self._cards()
        if cards is None:
            return
        hidden: set[str] = set()
        for done, ((card, for_date), day) in enumerate(here.days.items()):
            progress(done, len(here.days))
            if card.url in hidden:
                continue
            try:
                held = [
                    HeldLog(each.id, each.minutes, each.comment)
                    for each in await _patiently(partial(cards.logs, card, for_date))
                ]
                ids = {each.id for each in held}
                if any(log.delivery.remote_id and log.delivery.remote_id not in ids
                       for log in day.logs):  # fmt: skip
                    await _patiently(partial(cards.card, card))
            except ServiceProblem as problem:
                if not isinstance(problem.outcome, Refused):
                    answers.gaps.append(NotPossible(OfAudit.NO_KAITEN, str(problem)))
                    return
                hidden.add(card.url)
                answers.gaps.append(NotPossible(OfAudit.CARD_HIDDEN, card.url, str(problem)))
            else:
                answers.logs[card, for_date] = tuple(held)

    # -- judging: no answer is awaited from here on

    def _judge(self, first: date, last: date, asked: _Asked) -> tuple[Row, ...]:
        here = self._snapshot(first, last)
        rows = self._judge_timecrowd(first, last, here, asked)
        return rows + self._judge_kaiten(here, asked)

    def _judge_timecrowd(
        self, first: date, last: date, here: _Snapshot, asked: _Asked
    ) -> tuple[Row, ...]:
        held = asked.answers.entries
        if held is None:
            return ()
        span = Span(first, last, self._begins(first), self._begins(last + _DAY))
        kaiten = self._kaiten()
        tasks = [task_of_tracked(each, kaiten) for each in held]
        known = auditing_timecrowd.Here(
            [_booked(each) for each in here.entries.values()],
            self._owners(Service.TIMECROWD, (each.remote.id for each in held)),
            [_booked(each) for each in self._journal.in_doubt(Service.TIMECROWD)],
            {task.key for task in tasks if self._journal.is_in_doubt(task)},
            kaiten,
        )
        rows = auditing_timecrowd.rows(known, held, span, self._clock.zone())
        return tuple(in_motion(row) if row.entry_id in asked.moved_entries else row for row in rows)

    def _judge_kaiten(self, here: _Snapshot, asked: _Asked) -> tuple[Row, ...]:
        logs = asked.answers.logs
        ids = {each for day in here.days.values() for each in _entries_of(day)}
        known = auditing_kaiten.Here(
            tuple(here.days.values()),
            {each: booked for each in sorted(ids) if (booked := self._entry(each))},
            self._rules().rounding,
            self._owners(Service.KAITEN, (log.id for held in logs.values() for log in held)),
        )
        days = [day for each in asked.moved_days if (day := here.days.get(each))]
        moved = {each for day in days for each in _entries_of(day)}
        rows = auditing_kaiten.rows(known, logs, self._clock.zone())
        return tuple(in_motion(row) if row.entry_id in moved else row for row in rows)

    def _snapshot(self, first: date, last: date) -> _Snapshot:
        entries = {each.entry.id: each for each in self._journal.entries(first, last)}
        state = self._journal.state()
        today = date_of(self._clock.now(), self._clock.zone(), self._rules().day_start)
        if isinstance(state, Running) and first <= today <= last:
            running = self._journal.entry(state.entry.id)
            entries |= {running.entry.id: running} if running else {}
        days = {each: self._journal.day_of_card(*each)
                for each in self._journal.card_dates(first, last)}  # fmt: skip
        return _Snapshot(entries, days)

    def _owners(self, service: Service, remote_ids: Iterable[str]) -> Owners:
        owners = {}
        for remote_id in remote_ids:
            deliveries = tuple(self._journal.owners(service, remote_id))
            if deliveries:
                ids = sorted({each.entry_id for each in deliveries})
                entries = {each: booked for each in ids if (booked := self._entry(each))}
                owners[remote_id] = Owned(deliveries, entries)
        return owners

    def _entry(self, entry_id: str) -> Booked | None:
        logged = self._journal.entry(entry_id)
        return _booked(logged) if logged else None

    def _begins(self, day: date) -> datetime:
        return beginning_of(day, self._clock.zone(), self._rules().day_start)

    # -- repairing

    def _repair_if_still_so(self, row: Row, audit: Audit, asked: _Asked) -> str | None:
        """Commit the repair, unless the journal says otherwise by now; the entry it touched."""
        with self._journal.transaction():
            now = self._judge(audit.first, audit.last, asked)
            if row not in now or row.repair is None:
                return None
            return self._commit(row.repair)

    def _commit(self, repair: Repair) -> str:
        if isinstance(repair, TakeIn):
            return self._take_in(repair.held)
        match repair:
            case GiveTimes(entry_id, held, started_at, stopped_at):
                # Else what TimeCrowd last said would make the correction look needless.
                self._journal.keep_remote(entry_id, held)
                self._journal.tell(entry_id, CorrectTimes(started_at, stopped_at))
            case RecordAgain(entry_id, message, pointless):
                self._journal.keep_remote(entry_id, None)
                self._journal.change([*map(Drop, pointless), Tell(entry_id, message)])
            case Recognize(entry_id, message, held):
                number = self._journal.tell(entry_id, message)
                self._journal.complete(number, held.id)
                self._journal.keep_remote(entry_id, held)
            case RemoveEntry(entry_id, held):
                self._journal.keep_remote(entry_id, held)
                self._journal.tell(entry_id, DeleteEntry())
            case RemoveFormer(entry_id, about, former, kept):
                self._journal.tell(entry_id, RemoveDoubleEntry(about, former, kept))
            case GiveValues(entry_id, change):
                self._journal.tell(entry_id, change)
            case LogAgain(entry_id):
                self._journal.change(_log_again(repair))
            case RemoveLog(entry_id, removal):
                self._journal.tell(entry_id, removal)
        return repair.entry_id

    def _take_in(self, tracked: TrackedEntry) -> str:
        remote = tracked.remote
        if remote.stopped_at is None:
            raise NotPossible("It runs still.")
        entry = adopted_entry(tracked, self._new_id(), self._kaiten())
        finished = FinishedEntry(entry, max(entry.started_at, whole_second(remote.stopped_at)))
        terms = terms_for(finished, self._rules(), self._clock.zone(), self._journal)
        state = self._journal.state()
        self._journal.apply(step(state, AddHeld(finished, remote), terms))
        return entry.id


async def _patiently(ask: Callable[[], Awaitable[_T]]) -> _T:
    """Ask again when the service wants to be: another process of ours may have asked just now.

    A long audit is not thrown away for a second's wait. Raises ServiceProblem.
    """
    for _ in range(_MOST_TIMES - 1):
        try:
            return await ask()
        except ServiceProblem as problem:
            outcome = problem.outcome
            wait = outcome.retry_after if isinstance(outcome, NotSent) else None
            if wait is None or wait > _LONGEST_WAIT:
                raise
            await asyncio.sleep(wait.total_seconds())
    return await ask()


def _chosen(audit: Audit, keys: Sequence[str]) -> Iterable[Row]:
    by_key = {row.key: row for row in audit.rows}
    for key in dict.fromkeys(keys):
        row = by_key.get(key)
        if row is None:
            gaps = "".join(f" {gap}" for gap in audit.gaps)
            raise NotPossible(f"The audit of {_dates(audit)} has no row {key!r}.{gaps}")
        if row.repair is None:
            raise NotPossible(f"There is nothing to repair at {key}: {row.detail}")
        yield row


def _dates(audit: Audit) -> str:
    if audit.first == audit.last:
        return str(audit.first)
    return f"{audit.first} to {audit.last}"


def _log_again(repair: LogAgain) -> list[Change]:
    changes: list[Change] = [*map(Drop, repair.pointless)]
    changes.append(Tell(repair.entry_id, repair.message))
    if repair.removal is not None:
        changes.append(Tell(repair.entry_id, repair.removal))
    if repair.instead_of is not None:
        changes.append(Promise(repair.instead_of, 0))
    return changes


def _entries_of(day: DayOfCard) -> Iterable[str]:
    """The ids of all entries with time or logs on that day of a card."""
    return (*day.seconds, *(log.delivery.entry_id for log in day.logs))


def _booked(logged: LoggedEntry) -> Booked:
    return Booked(
        logged.entry, logged.stopped_at, logged.deliveries, logged.remote, logged.forgotten
    )


def _differing(before: Mapping[_K, _V], after: Mapping[_K, _V]) -> Iterable[_K]:
    """The keys with another value, or with none on one side."""
    return (key for key in {*before, *after} if before.get(key) != after.get(key))
