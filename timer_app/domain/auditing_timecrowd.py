"""The journal's entries beside TimeCrowd's.

here                             TimeCrowd                       row
an entry                         its id, the same times          matched
                                 its id, other times             different: give it the times
delivered                        nothing                         missing: record it again
not delivered                    -                               missing: waits, or needs a person
dropped, or never told           nothing                         missing: tell it now
                                 one just like it, not ours      different: it is this one
deleted, or another id of it     the id                          extra: delete it
nothing                          an entry that is over           extra: take it in
                                 one that runs                   extra: it is followed
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial

from timer_app.domain.auditing import (
    Booked,
    GiveTimes,
    Help,
    Owned,
    Owners,
    Recognize,
    RecordAgain,
    RemoveEntry,
    RemoveFormer,
    Row,
    Span,
    TakeIn,
    Verdict,
    key_of,
    opened,
    shown_entry,
    shown_span,
    what_waits,
)
from timer_app.domain.delivery import (
    OPEN,
    DeleteEntry,
    Delivery,
    DeliveryState,
    RecordEntry,
    RemoveDoubleEntry,
    Service,
    StartEntry,
    last_beginning,
    near,
    service_of,
)
from timer_app.domain.following import TrackedEntry, task_of_tracked
from timer_app.domain.outcome import RemoteEntry
from timer_app.domain.reasons import OfRow
from timer_app.domain.saying import Said, said

_key = partial(key_of, Service.TIMECROWD)


@dataclass(frozen=True, slots=True)
class Here:
    """What the journal knows.

    `entries` are those of the audited dates, none of them forgotten; `owners` says of every id
    that TimeCrowd holds whose it is, or was; `in_doubt` are entries of which TimeCrowd may know
    without our knowing its id; `watched` are keys of tasks on which a late request may still make
    one. `kaiten` is Kaiten's address, "" without it.
    """

    entries: Sequence[Booked]
    owners: Owners = field(default_factory=dict)
    in_doubt: Sequence[Booked] = ()
    watched: Collection[str] = ()
    kaiten: str = ""


def rows(here: Here, held: Sequence[TrackedEntry], span: Span, zone: tzinfo) -> tuple[Row, ...]:
    """A row for each entry of the dates, then one for each that TimeCrowd holds beside them."""
    by_id = {each.remote.id: each for each in held}
    own = {each.remote.id for each in here.entries if each.remote}
    others = [each for each in held if each.remote.id not in own and _within(each.remote, span)]
    strangers = [each for each in others if not _owned(here, each).deliveries]
    found = [_entry(booked, by_id, _Strangers(strangers, here.kaiten), zone)
             for booked in here.entries]  # fmt: skip
    recognized = {row.repair.held.id for row in found if isinstance(row.repair, Recognize)}
    extras = (_extra(each, here, zone) for each in others if each.remote.id not in recognized)
    return (*found, *(row for row in extras if row is not None))


def _within(held: RemoteEntry, span: Span) -> bool:
    """Whether any of it lies on the dates; one that took no time counts too."""
    if held.started_at >= span.ends:
        return False
    ended = held.stopped_at
    return held.started_at >= span.begins or ended is None or ended > span.begins


def _owned(here: Here, held: TrackedEntry) -> Owned:
    """What is known of an id; a double that the person keeps belongs to nobody."""
    return here.owners.get(held.remote.id, Owned())


# -------------------------------------------------------------------- entries of the journal


@dataclass(frozen=True, slots=True)
class _Strangers:
    """What TimeCrowd holds and the journal does not know; `kaiten` tells which task is a card."""

    held: Sequence[TrackedEntry]
    kaiten: str

    def just_like(self, booked: Booked) -> RemoteEntry | None:
        """One of the same task and times."""
        for each in self.held:
            task = task_of_tracked(each, self.kaiten)
            same = task.key == booked.entry.task.key
            if same and _agree(booked, each.remote):
                return each.remote
        return None


def _entry(
    booked: Booked, by_id: Mapping[str, TrackedEntry], strangers: _Strangers, zone: tzinfo
) -> Row:
    told = [
        each
        for each in booked.deliveries
        if service_of(each.message) is Service.TIMECROWD
        and not isinstance(each.message, RemoveDoubleEntry)
    ]
    begun = last_beginning(tuple(told))
    held = by_id.get(booked.remote.id) if booked.remote else None
    if held is None or (begun is not None and begun.state in OPEN):
        return _not_held(booked, begun, opened(told), strangers, zone)
    return _held(booked, held.remote, opened(told), zone)


def _held(booked: Booked, held: RemoteEntry, waiting: list[Delivery], zone: tzinfo) -> Row:
    entry = booked.entry
    if _agree(booked, held):
        return _row(booked, Verdict.MATCHED, said(OfRow.MATCHES, _here(booked, zone)))
    there = shown_span(held.started_at, held.stopped_at, zone)
    detail = said(OfRow.OTHER_TIMES, _here(booked, zone), there)
    if waiting:
        why, way = what_waits(waiting)
        return _row(booked, Verdict.DIFFERENT, detail, why, help=way)
    if booked.stopped_at is None and held.stopped_at is not None:
        followed = said(OfRow.STOPPED_ELSEWHERE)
        return _row(booked, Verdict.DIFFERENT, detail, followed, help=Help.WAITS)
    repair = GiveTimes(entry.id, held, entry.started_at, booked.stopped_at)
    return _row(booked, Verdict.DIFFERENT, detail, repair=repair)


def _not_held(
    booked: Booked,
    begun: Delivery | None,
    waiting: list[Delivery],
    strangers: _Strangers,
    zone: tzinfo,
) -> Row:
    shown = _here(booked, zone)
    gone = booked.remote is not None and (begun is None or begun.state not in OPEN)
    refused = all(each.state is DeliveryState.BLOCKED for each in waiting)
    if waiting and not (gone and refused):
        why, way = what_waits(waiting)
        missing = said(OfRow.NOT_IN_TIMECROWD, shown)
        return _row(booked, Verdict.MISSING, missing, why, help=way)
    message = _as_new(booked)
    like = strangers.just_like(booked)
    if like is not None:
        detail = said(OfRow.JUST_LIKE, shown)
        repair = Recognize(booked.entry.id, message, like)
        return _row(booked, Verdict.DIFFERENT, detail, repair=repair, remote_id=like.id)
    why = _why_not(shown, gone=gone, begun=begun)
    again = RecordAgain(booked.entry.id, message, tuple(waiting))
    return _row(booked, Verdict.MISSING, why, repair=again)


def _why_not(shown: str | Said, *, gone: bool, begun: Delivery | None) -> Said:
    if gone:
        return said(OfRow.ENTRY_GONE, shown)
    if begun is not None and begun.state is DeliveryState.DROPPED:
        return said(OfRow.ENTRY_DROPPED, shown, begun.id)
    return said(OfRow.ENTRY_NEVER_TOLD, shown)


def _as_new(booked: Booked) -> StartEntry | RecordEntry:
    entry = booked.entry
    if booked.stopped_at is None:
        return StartEntry(entry.task, entry.started_at)
    return RecordEntry(entry.task, entry.started_at, booked.stopped_at)


def _agree(booked: Booked, held: RemoteEntry) -> bool:
    """Whether both have the same times within a second; what runs must run in both."""
    if not near(booked.entry.started_at, held.started_at):
        return False
    if booked.stopped_at is None or held.stopped_at is None:
        return booked.stopped_at is held.stopped_at
    return near(booked.stopped_at, held.stopped_at)


def _here(booked: Booked, zone: tzinfo) -> str | Said:
    entry = booked.entry
    return shown_entry(entry.task.title, entry.started_at, booked.stopped_at, zone)


def _row(
    booked: Booked,
    verdict: Verdict,
    *sentences: Said,
    repair: GiveTimes | RecordAgain | Recognize | None = None,
    help: Help = Help.NONE,  # noqa: A002 - the row's own word
    remote_id: str | None = None,
) -> Row:
    known = booked.remote.id if booked.remote else None
    key = _key(known or booked.entry.id)
    shown = remote_id or known
    return Row(key, Service.TIMECROWD, verdict, sentences, booked.entry.id, shown, repair, help)


# -------------------------------------------------------------------- what is held beside them


def _extra(held: TrackedEntry, here: Here, zone: tzinfo) -> Row | None:
    """The row of an entry that is in no row yet; None if it belongs to other dates."""
    owned = _owned(here, held)
    for delivery in owned.deliveries:
        message = delivery.message
        if isinstance(message, RemoveDoubleEntry) and message.kept.id == held.remote.id:
            row = _double(held, delivery, zone)
            if row is not None:
                return row
    for delivery in reversed(owned.deliveries):
        booked = owned.entry(delivery)
        if booked is not None:
            return _known(held, booked, zone)
    return _stranger(held, here, zone)


def _double(held: TrackedEntry, delivery: Delivery, zone: tzinfo) -> Row | None:
    shown = _there(held, zone)
    if delivery.state in OPEN:
        why, _ = what_waits([delivery])
        return _extra_row(held, (shown, why), delivery.entry_id, help=Help.PERSON)
    if delivery.state is DeliveryState.DROPPED:
        return _extra_row(held, (shown, said(OfRow.ENTRY_KEPT)))
    return None


def _known(held: TrackedEntry, booked: Booked, zone: tzinfo) -> Row | None:
    entry, remote = booked.entry, booked.remote
    if not booked.forgotten and remote is not None and remote.id == held.remote.id:
        return None
    shown = _there(held, zone)
    told = [each for each in booked.deliveries if service_of(each.message) is Service.TIMECROWD]
    begun = last_beginning(tuple(told))
    removals = [each for each in told if isinstance(each.message, DeleteEntry | RemoveDoubleEntry)]
    if waiting := opened(removals):
        why, way = what_waits(waiting)
        to_go = said(OfRow.TO_BE_DELETED)
        return _extra_row(held, (shown, to_go, why), entry.id, help=way)
    if booked.forgotten:
        detail = (shown, said(OfRow.DELETED))
        return _extra_row(held, detail, entry.id, repair=RemoveEntry(entry.id, held.remote))
    if begun is None or begun.state is not DeliveryState.DONE or remote is None:
        detail = (shown, said(OfRow.DELETED_AND_ANEW))
        return _extra_row(held, detail, entry.id, help=Help.WAITS)
    detail = (shown, said(OfRow.DELETED_AND_OTHER, remote.id))
    repair = RemoveFormer(entry.id, begun.id, held.remote.id, remote)
    return _extra_row(held, detail, entry.id, repair=repair)


def _stranger(held: TrackedEntry, here: Here, zone: tzinfo) -> Row:
    shown = _there(held, zone)
    task = task_of_tracked(held, here.kaiten)
    doubtful = [
        begun
        for each in here.in_doubt
        if (begun := _in_doubt(each))
        and (each.entry.task.key == task.key or _agree(each, held.remote))
    ]
    if doubtful:
        why, way = what_waits(doubtful)
        return _extra_row(held, (shown, said(OfRow.MAYBE_OURS), why), help=way)
    if task.key in here.watched:
        return _extra_row(held, (shown, said(OfRow.MAYBE_LATE)), help=Help.WAITS)
    if held.remote.stopped_at is None:
        return _extra_row(held, (shown, said(OfRow.RUNS_ELSEWHERE)), help=Help.WAITS)
    return _extra_row(held, (shown, said(OfRow.IN_NO_ENTRY)), repair=TakeIn(held))


def _in_doubt(booked: Booked) -> Delivery | None:
    """What may have made the entry in TimeCrowd, if nobody knows whether it did."""
    begun = last_beginning(booked.deliveries)
    doubtful = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
    return begun if begun is not None and begun.state in doubtful else None


def _there(held: TrackedEntry, zone: tzinfo) -> Said:
    shown = shown_entry(held.title, held.remote.started_at, held.remote.stopped_at, zone)
    return said(OfRow.IN_TIMECROWD, shown)


def _extra_row(
    held: TrackedEntry,
    sentences: tuple[Said, ...],
    entry_id: str | None = None,
    *,
    repair: TakeIn | RemoveEntry | RemoveFormer | None = None,
    help: Help = Help.NONE,  # noqa: A002 - the row's own word
) -> Row:
    number = held.remote.id
    key = _key(number)
    return Row(key, Service.TIMECROWD, Verdict.EXTRA, sentences, entry_id, number, repair, help)
