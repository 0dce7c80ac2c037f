"""The journal beside what the services hold: pure, with what is tampered with made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.audit.kaiten import KaitenLocalState, compare_kaiten_logs
from timer_app.domain.audit.rows import (
    AuditEntry,
    AuditPeriod,
    AuditRepair,
    AuditRow,
    AuditVerdict,
    CardDate,
    CorrectEntryTimes,
    CorrectLogValues,
    DeleteFormerEntry,
    DeleteRemoteEntry,
    DeleteRemoteLog,
    ImportEntry,
    KaitenLog,
    KnownRemote,
    KnownRemotes,
    LinkRemoteEntry,
    LogTimeAgain,
    NextStep,
    RecordEntryAgain,
    as_changed_meanwhile,
    pending_reason,
)
from timer_app.domain.audit.timecrowd import TimeCrowdLocalState, compare_timecrowd_entries
from timer_app.domain.delivery.outbox import Delivery, DeliveryState
from timer_app.domain.delivery.outcomes import Refused, RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry, task_from_tracked
from timer_app.domain.delivery.service_messages import (
    DeleteEntry,
    LogTime,
    RecordEntry,
    StartEntry,
    StopEntry,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.comment import truncate_comment
from timer_app.domain.entries.edits import CardDayLedger, ledger_logs
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.minutes import CardDayTotals, Rounding, minutes_to_log, start_of_day
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service

TODAY = date(2026, 11, 22)
MOSCOW = ZoneInfo("Europe/Moscow")
ORIGIN = "https://acme.kaiten.ru"
CARDS = (Card(ORIGIN, 7), Card(ORIGIN, 8))
SPAN = AuditPeriod(
    TODAY, TODAY,
    start_of_day(TODAY, MOSCOW, time(0)), start_of_day(TODAY + timedelta(days=1), MOSCOW, time(0)),
)  # fmt: skip
DAWN = SPAN.begins
DONE = DeliveryState.DONE


@dataclass
class Books:
    """What all three hold, changed by hand: the journal's entries, TimeCrowd's, Kaiten's logs."""

    entries: dict[str, AuditEntry] = field(default_factory=dict)
    tracked: dict[str, TrackedEntry] = field(default_factory=dict)
    logs: dict[str, tuple[CardDate, KaitenLog]] = field(default_factory=dict)
    rounding: Rounding = Rounding.UP
    number: int = 0

    def next(self) -> int:
        """A number that was not used before."""
        self.number += 1
        return self.number

    # -- making

    def work(self, task: Task, began: datetime, seconds: int | None, comment: str = "") -> str:
        """An entry that both services have; of None seconds: it runs."""
        entry_id = f"e{self.next()}"
        entry = Entry(entry_id, task, began, Source.CLICK, comment)
        stopped_at = None if seconds is None else began + timedelta(seconds=seconds)
        remote = RemoteEntry(f"t{self.next()}", "task", began, stopped_at)
        self.hold(task, remote)
        message = (
            StartEntry(task, began) if stopped_at is None else RecordEntry(task, began, stopped_at)
        )
        start = Delivery(self.next(), entry_id, message, DONE, remote_id=remote.id)
        self.entries[entry_id] = AuditEntry(entry, stopped_at, (start,), remote)
        if task.card and seconds is not None:
            minutes = minutes_to_log(Rounding.UP, seconds, CardDayTotals())
            self.log(entry_id, task.card, minutes, comment)
        return entry_id

    def hold(self, task: Task, remote: RemoteEntry) -> None:
        """TimeCrowd has an entry."""
        addresses = (task.card.url,) if task.card else ()
        self.tracked[remote.id] = TrackedEntry(remote, task.title, addresses)

    def log(self, entry_id: str, card: Card, minutes: int, comment: str) -> None:
        """Kaiten was told of minutes, and has them."""
        log_id = f"k{self.next()}"
        message = LogTime(card, TODAY, minutes, comment)
        delivery = Delivery(self.next(), entry_id, message, DONE, remote_id=log_id, minutes=minutes)
        self.logs[log_id] = ((card, TODAY), KaitenLog(log_id, minutes, truncate_comment(comment)))
        audit_entry = self.entries[entry_id]
        self.entries[entry_id] = replace(
            audit_entry, deliveries=(*audit_entry.deliveries, delivery)
        )

    def forget(self, entry_id: str) -> None:
        """The entry is deleted, here and in both services."""
        audit_entry = self.entries[entry_id]
        assert audit_entry.remote
        del self.tracked[audit_entry.remote.id]
        gone = Delivery(self.next(), entry_id, DeleteEntry(), DONE, remote_id=audit_entry.remote.id)
        rest = [replace(each, minutes=0) if isinstance(each.message, LogTime) else each
                for each in audit_entry.deliveries]  # fmt: skip
        for each in rest:
            self.logs.pop(each.remote_id or "", None)
        self.entries[entry_id] = replace(
            audit_entry, deliveries=(*rest, gone), remote=None, is_deleted=True
        )

    # -- auditing

    def rows(self) -> tuple[AuditRow, ...]:
        """The audit of both."""
        here = TimeCrowdLocalState(
            [each for each in self.entries.values() if not each.is_deleted],
            self._known_remotes(Service.TIMECROWD),
            kaiten=ORIGIN,
        )
        held = list(self.tracked.values())
        return (
            *compare_timecrowd_entries(here, held, SPAN, MOSCOW),
            *compare_kaiten_logs(self._kaiten(), self._held_logs(), MOSCOW),
        )

    def _kaiten(self) -> KaitenLocalState:
        days = []
        told = [each for audit_entry in self.entries.values() for each in audit_entry.deliveries]
        for card in CARDS:
            live = [each for each in self.entries.values()
                    if each.stopped_at and not each.is_deleted]  # fmt: skip
            seconds = {each.entry.id: _seconds(each) for each in live
                       if each.entry.task.card == card}  # fmt: skip
            days.append(CardDayLedger(card, TODAY, seconds, ledger_logs(_on(card, told))))
        known_remotes = self._known_remotes(Service.KAITEN)
        return KaitenLocalState(days, self.entries, self.rounding, known_remotes)

    def _held_logs(self) -> dict[CardDate, list[KaitenLog]]:
        held: dict[CardDate, list[KaitenLog]] = {(card, TODAY): [] for card in CARDS}
        for where, log in self.logs.values():
            held.setdefault(where, []).append(log)
        return held

    def _known_remotes(self, service: Service) -> KnownRemotes:
        del service  # ids are of one service each
        found: dict[str, list[Delivery]] = {}
        for audit_entry in self.entries.values():
            for each in audit_entry.deliveries:
                if each.remote_id:
                    found.setdefault(each.remote_id, []).append(each)
        return {key: KnownRemote(tuple(each), self.entries) for key, each in found.items()}

    # -- repairing: what the journal and the senders would do

    def perform(self, repair: AuditRepair) -> None:
        """Do what the repair says, in all three."""
        match repair:
            case CorrectEntryTimes(_, held, started_at, stopped_at):
                remote = replace(held, started_at=started_at, stopped_at=stopped_at)
                self.tracked[held.id] = replace(self.tracked[held.id], remote=remote)
            case RecordEntryAgain(entry_id, message):
                audit_entry = self.entries[entry_id]
                ended = message.stopped_at if isinstance(message, RecordEntry) else None
                remote = RemoteEntry(f"t{self.next()}", "task", message.started_at, ended)
                self.hold(message.task, remote)
                self._own(audit_entry, message, remote)
            case LinkRemoteEntry(entry_id, message, held):
                self._own(self.entries[entry_id], message, held)
            case ImportEntry(held):
                self._take_in(held)
            case DeleteRemoteEntry(_, held):
                del self.tracked[held.id]
            case DeleteFormerEntry(_, _, former, _):
                del self.tracked[former]
            case CorrectLogValues() | LogTimeAgain() | DeleteRemoteLog():
                self._perform_in_kaiten(repair)

    def _own(
        self, audit_entry: AuditEntry, message: StartEntry | RecordEntry, held: RemoteEntry
    ) -> None:
        told = Delivery(self.next(), audit_entry.entry.id, message, DONE, remote_id=held.id)
        deliveries = (*audit_entry.deliveries, told)
        self.entries[audit_entry.entry.id] = replace(
            audit_entry, deliveries=deliveries, remote=held
        )

    def _take_in(self, held: TrackedEntry) -> None:
        del self.tracked[held.remote.id]
        assert held.remote.stopped_at
        took = held.remote.stopped_at - held.remote.started_at
        task = task_from_tracked(held, ORIGIN, {})
        self.work(task, held.remote.started_at, int(took.total_seconds()))

    def _perform_in_kaiten(self, repair: CorrectLogValues | LogTimeAgain | DeleteRemoteLog) -> None:
        match repair:
            case CorrectLogValues(_, change):
                for audit_entry in self.entries.values():
                    for each in audit_entry.deliveries:
                        if each.id == change.about and each.remote_id:
                            held = KaitenLog(
                                each.remote_id, change.minutes, truncate_comment(change.comment)
                            )
                            self.logs[held.id] = ((change.card, change.for_date), held)
            case LogTimeAgain(entry_id, message, replaces, removal):
                audit_entry = self.entries[entry_id]
                kept = [replace(each, minutes=0) if each == replaces else each
                        for each in audit_entry.deliveries]  # fmt: skip
                self.entries[entry_id] = replace(audit_entry, deliveries=tuple(kept))
                if removal and replaces:
                    del self.logs[replaces.remote_id or ""]
                self.log(entry_id, message.card, message.minutes, message.comment)
            case DeleteRemoteLog(entry_id, removal):
                for each in self.entries[entry_id].deliveries:
                    if each.id == removal.about:
                        del self.logs[each.remote_id or ""]


def _seconds(audit_entry: AuditEntry) -> int:
    assert audit_entry.stopped_at
    return int((audit_entry.stopped_at - audit_entry.entry.started_at).total_seconds())


def _on(card: Card, told: list[Delivery]) -> list[Delivery]:
    """Without the logs of other cards."""
    return [each for each in told
            if not isinstance(each.message, LogTime) or each.message.card == card]  # fmt: skip


def _apart(books: Books) -> list[AuditRow]:
    return [row for row in books.rows() if row.verdict is not AuditVerdict.MATCHED]


# -- any day's work, and one thing that is tampered with

tasks = st.sampled_from(
    [Task("Ship it", CARDS[0]), Task("Mend it", CARDS[1]), Task("Read mail"), Task("Call")]
)
comments = st.sampled_from(["", "  ", "done", "б" * 5000, "\U0001f600" * 3000, "line\nline"])


@st.composite
def days(draw: st.DrawFn) -> Books:
    """Entries one after another on a day, both services in agreement."""
    books = Books()
    began = DAWN
    for _ in range(draw(st.integers(1, 5))):
        began += timedelta(seconds=draw(st.integers(1, 4000)))
        seconds = draw(st.integers(0, 7000))
        books.work(draw(tasks), began, seconds, draw(comments))
        began += timedelta(seconds=seconds)
    if draw(st.booleans()):
        books.work(draw(tasks), began + timedelta(seconds=1), None)
    return books


Tamper = Callable[[Books, st.DataObject], tuple[str, AuditVerdict] | None]


def _any(books: Books, data: st.DataObject, *, over: bool = False) -> AuditEntry:
    fitting = [each for each in books.entries.values() if each.stopped_at or not over]
    return data.draw(st.sampled_from(fitting))


def _lose_entry(books: Books, data: st.DataObject) -> tuple[str, AuditVerdict]:
    remote = _any(books, data).remote
    assert remote
    del books.tracked[remote.id]
    return f"timecrowd:{remote.id}", AuditVerdict.MISSING


def _move_entry(books: Books, data: st.DataObject) -> tuple[str, AuditVerdict]:
    remote = _any(books, data).remote
    assert remote
    by = timedelta(seconds=data.draw(st.integers(2, 90_000)) * data.draw(st.sampled_from([-1, 1])))
    side = data.draw(st.sampled_from(["started_at", "stopped_at"])) if remote.stopped_at else (
        "started_at"
    )  # fmt: skip
    before = getattr(remote, side)
    changed = RemoteEntry(
        remote.id, "task",
        before + by if side == "started_at" else remote.started_at,
        before + by if side == "stopped_at" else remote.stopped_at,
    )  # fmt: skip
    books.tracked[remote.id] = replace(books.tracked[remote.id], remote=changed)
    return f"timecrowd:{remote.id}", AuditVerdict.DIFFERENT


def _let_run(books: Books, data: st.DataObject) -> tuple[str, AuditVerdict]:
    remote = _any(books, data, over=True).remote
    assert remote
    running = replace(remote, stopped_at=None)
    books.tracked[remote.id] = replace(books.tracked[remote.id], remote=running)
    return f"timecrowd:{remote.id}", AuditVerdict.DIFFERENT


def _add_entry(books: Books, data: st.DataObject) -> tuple[str, AuditVerdict]:
    began = DAWN + timedelta(seconds=data.draw(st.integers(-3000, 86_000)))
    least = max(0, int((DAWN - began).total_seconds()) + 1)
    ended = began + timedelta(seconds=data.draw(st.integers(least, least + 5000)))
    books.hold(data.draw(tasks), RemoteEntry("x", "task", began, ended))
    return "timecrowd:x", AuditVerdict.EXTRA


def _bring_back_entry(books: Books, data: st.DataObject) -> tuple[str, AuditVerdict]:
    audit_entry = _any(books, data, over=True)
    assert audit_entry.remote
    held = books.tracked[audit_entry.remote.id]
    books.forget(audit_entry.entry.id)
    books.tracked[held.remote.id] = held
    return f"timecrowd:{held.remote.id}", AuditVerdict.EXTRA


def _bring_back_log(books: Books, data: st.DataObject) -> tuple[str, AuditVerdict] | None:
    if not books.logs:
        return None
    log_id = data.draw(st.sampled_from(sorted(books.logs)))
    held = books.logs[log_id]
    (owner,) = [
        each.entry_id
        for audit_entry in books.entries.values()
        for each in audit_entry.deliveries
        if each.remote_id == log_id
    ]
    books.forget(owner)
    books.logs[log_id] = held
    return f"kaiten:{log_id}", AuditVerdict.EXTRA


def _lose_log(books: Books, data: st.DataObject) -> tuple[str, AuditVerdict] | None:
    if not books.logs:
        return None
    log_id = data.draw(st.sampled_from(sorted(books.logs)))
    del books.logs[log_id]
    return f"kaiten:{log_id}", AuditVerdict.MISSING


def _change_log(books: Books, data: st.DataObject) -> tuple[str, AuditVerdict] | None:
    if not books.logs:
        return None
    log_id = data.draw(st.sampled_from(sorted(books.logs)))
    where, held = books.logs[log_id]
    other = [
        replace(held, minutes=held.minutes + 1),
        replace(held, comment=held.comment + "x"),
        replace(held, comment=""),
    ]
    changed = data.draw(st.sampled_from([each for each in other if each != held]))
    books.logs[log_id] = (where, changed)
    return f"kaiten:{log_id}", AuditVerdict.DIFFERENT


def _move_log(books: Books, data: st.DataObject) -> tuple[str, AuditVerdict] | None:
    if not books.logs:
        return None
    log_id = data.draw(st.sampled_from(sorted(books.logs)))
    (card, _), held = books.logs[log_id]
    other = CARDS[1] if card == CARDS[0] else CARDS[0]
    books.logs[log_id] = ((other, TODAY), held)
    return f"kaiten:{log_id}", AuditVerdict.DIFFERENT


TAMPERINGS: list[Tamper] = [
    _lose_entry, _move_entry, _let_run, _add_entry, _bring_back_entry,
    _bring_back_log, _lose_log, _change_log, _move_log,
]  # fmt: skip


@given(days())
def test_a_clean_day_matches_entirely(books: Books) -> None:
    rows = books.rows()
    assert {row.verdict for row in rows} == {AuditVerdict.MATCHED}
    assert {row.remote_id for row in rows} == {*books.tracked, *books.logs}
    assert [row.repair for row in rows if row.repair] == []
    assert len({row.key for row in rows}) == len(rows)


@pytest.mark.parametrize("tamper", TAMPERINGS)
@given(days(), st.data())
def test_one_tampering_is_one_row_and_its_repair_undoes_it(
    tamper: Tamper, books: Books, data: st.DataObject
) -> None:
    expected = tamper(books, data)
    if expected is None:
        return
    (row,) = _apart(books)
    assert (row.key, row.verdict) == expected
    assert row.repair
    assert row.next_step is NextStep.NONE
    books.perform(row.repair)
    assert _apart(books) == []


@given(days(), st.data(), st.integers(1, 500))
def test_a_log_of_somebody_else_has_no_repair(
    books: Books, data: st.DataObject, minutes: int
) -> None:
    card = data.draw(st.sampled_from(CARDS))
    books.logs["x"] = ((card, TODAY), KaitenLog("x", minutes, "by hand"))
    (row,) = _apart(books)
    assert (row.key, row.verdict, row.repair, row.next_step) == (
        "kaiten:x", AuditVerdict.EXTRA, None, NextStep.NONE,
    )  # fmt: skip


@given(days(), st.data(), st.integers(-1, 1), st.integers(-1, 1))
def test_a_second_makes_no_difference(
    books: Books, data: st.DataObject, begin: int, end: int
) -> None:
    remote = _any(books, data).remote
    assert remote
    ended = remote.stopped_at and remote.stopped_at + timedelta(seconds=end)
    near = RemoteEntry(remote.id, "t", remote.started_at + timedelta(seconds=begin), ended)
    books.tracked[remote.id] = replace(books.tracked[remote.id], remote=near)
    assert _apart(books) == []


# -- the table of what is open, and what is no more


def _delivery(state: DeliveryState, **more: object) -> Delivery:
    message = StopEntry(DAWN)
    return replace(Delivery(4, "e1", message, state), **more)  # type: ignore[arg-type] # a field's


@pytest.mark.parametrize(
    ("waiting", "says", "way"),
    [
        (
            [_delivery(DeliveryState.WAITING)],
            "It is waiting to be sent. Delivery 4.",
            NextStep.WAITS,
        ),
        (
            [_delivery(DeliveryState.WAITING, error="No network.")],
            "It is waiting to be sent again. Delivery 4: No network.",
            NextStep.WAITS,
        ),
        (
            [_delivery(DeliveryState.WAITING), _delivery(DeliveryState.SENDING, id=5)],
            "It is being sent or checked. Delivery 5.",
            NextStep.WAITS,
        ),
        (
            [_delivery(DeliveryState.UNKNOWN)],
            "It is being sent or checked. Delivery 4.",
            NextStep.WAITS,
        ),
        (
            [_delivery(DeliveryState.UNKNOWN, left_to_user=True)],
            "It needs your attention: it may or may not have arrived. Delivery 4.",
            NextStep.PERSON,
        ),
        (
            [
                _delivery(DeliveryState.WAITING),
                _delivery(DeliveryState.BLOCKED, error="No.", refused_status=422),
            ],
            "It needs your attention: No. (Delivery 4.)",
            NextStep.PERSON,
        ),
        (
            [_delivery(DeliveryState.BLOCKED, error=Refused(422, ()).reason, refused_status=422)],
            "It needs your attention: no reason was given (HTTP 422). Delivery 4.",
            NextStep.PERSON,
        ),
    ],
)
def test_what_it_waits_for(waiting: list[Delivery], says: str, way: NextStep) -> None:
    why, helps = pending_reason(waiting)
    assert (str(why), helps) == (says, way)


def test_details_tell_both_sides_in_local_time() -> None:
    books = Books()
    books.work(Task("Ship it", CARDS[0]), datetime(2026, 11, 22, 6, tzinfo=UTC), 3600, "done")
    ((number, tracked),) = books.tracked.items()
    ended = datetime(2026, 11, 22, 22, tzinfo=UTC)
    books.tracked[number] = replace(tracked, remote=replace(tracked.remote, stopped_at=ended))
    ((log_id, (where, held)),) = books.logs.items()
    books.logs[log_id] = (where, replace(held, minutes=61))
    assert [row.detail for row in books.rows()] == [
        (
            "Ship it, 2026-11-22 09:00:00–10:00:00. In TimeCrowd:"
            " 2026-11-22 09:00:00–2026-11-23 01:00:00."
        ),
        (
            "Ship it, 2026-11-22 09:00:00–10:00:00: 60 min “done” for 2026-11-22 on"
            " https://acme.kaiten.ru/7. In Kaiten: 61 min “done”."
        ),
    ]


def test_what_is_in_motion_has_no_repair() -> None:
    books = Books()
    books.work(Task("Call"), DAWN, 60)
    (row,) = books.rows()
    assert as_changed_meanwhile(row) == row
    books.tracked.clear()
    (row,) = books.rows()
    assert row.repair
    moving = as_changed_meanwhile(row)
    assert (moving.repair, moving.next_step, moving.verdict) == (
        None,
        NextStep.WAITS,
        AuditVerdict.MISSING,
    )
