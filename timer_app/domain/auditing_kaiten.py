"""The logs that the journal counts on beside Kaiten's, card by card and date by date.

here                        Kaiten                              row
a log that is delivered     its id, the same values             matched
                            its id, other values                different: give it the values
                            its id, on another date or card     different: log it anew
                            nothing                             missing: log it again
a log that is not           -                                   missing: waits, or needs a person
a log that was dropped      nothing                             missing: log it now
no log: no minute yet       -                                   matched, and says so
no log, though minutes lack -                                   missing: log it now
a log that was removed      its id                              extra: delete it
nothing                     a log                               extra: left alone, it is not ours

An entry that adds no minute yet has a row, so that every entry on a card has one and a script
need not know about carrying.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial

from timer_app.domain.amending import DayOfCard, PromisedLog, balance
from timer_app.domain.auditing import (
    Booked,
    CardDate,
    GiveValues,
    HeldLog,
    HeldLogs,
    Help,
    LogAgain,
    Owned,
    Owners,
    RemoveLog,
    Row,
    Verdict,
    key_of,
    opened,
    shown_entry,
    what_waits,
)
from timer_app.domain.comment import cut
from timer_app.domain.delivery import (
    ChangeLog,
    DeleteLog,
    Delivery,
    DeliveryState,
    LogTime,
    RemoveDoubleLog,
    Service,
    about_of,
)
from timer_app.domain.minutes import Rounding
from timer_app.domain.reasons import OfRow
from timer_app.domain.saying import Said, said

_IN_DOUBT = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
_key = partial(key_of, Service.KAITEN)


@dataclass(frozen=True, slots=True)
class Here:
    """What the journal knows.

    `days` are the cards and dates that are audited, `entries` those with time or logs there, by
    id; `owners` says of every id that Kaiten holds whose it is, or was.
    """

    days: Sequence[DayOfCard]
    entries: Mapping[str, Booked]
    rounding: Rounding
    owners: Owners = field(default_factory=dict)


def rows(here: Here, held: HeldLogs, zone: tzinfo) -> tuple[Row, ...]:
    """The rows of every card and date that Kaiten was asked about, those without time too."""
    where = {log.id: (card_date, log) for card_date, logs in held.items() for log in logs}
    ours = {log.delivery.remote_id for day in here.days for log in day.logs}
    found: list[Row] = []
    for day in here.days:
        logs = held.get((day.card, day.for_date))
        if logs is None:  # Kaiten could not be asked
            continue
        strangers = [each for each in logs if each.id not in ours
                     and not here.owners.get(each.id, Owned()).deliveries]  # fmt: skip
        judge = _Day(here, day, where, strangers, zone)
        found += [judge.promised(log) for log in day.logs]
        found += judge.without_log()
        found += [row for each in logs if each.id not in ours and (row := judge.beside(each))]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Day:
    """One card and date.

    `where` are all logs that Kaiten holds, `strangers` those of this day that are none of ours.
    """

    here: Here
    day: DayOfCard
    where: Mapping[str, tuple[CardDate, HeldLog]]
    strangers: Sequence[HeldLog]
    zone: tzinfo

    # -- logs that the journal counts on

    def promised(self, log: PromisedLog) -> Row:
        """The row of a log that counts for something."""
        there = self.where.get(log.delivery.remote_id or "")
        waiting = opened(_own((log.delivery, *log.about)))
        if there is None:
            return self._not_held(log, waiting)
        card_date, held = there
        here = (self.day.card, self.day.for_date)
        same = held.minutes == log.minutes and held.comment == cut(log.comment)
        if card_date == here and same:
            return self._row(log, Verdict.MATCHED)
        other = said(OfRow.OTHER_VALUES, _values(held))
        if card_date != here:
            card, for_date = card_date
            other = said(OfRow.OTHER_PLACE, _values(held), card.url, for_date)
        if waiting:
            why, way = what_waits(waiting)
            return self._row(log, Verdict.DIFFERENT, other, why, help=way)
        return self._row(log, Verdict.DIFFERENT, other, repair=self._mend(log, there))

    def _mend(self, log: PromisedLog, there: tuple[CardDate, HeldLog]) -> GiveValues | LogAgain:
        """A change keeps the log's card and date, and cannot make its comment empty."""
        (card, for_date), held = there
        delivery, comment = log.delivery, cut(log.comment)
        here = (card, for_date) == (self.day.card, self.day.for_date)
        if here and (comment or not held.comment):
            change = ChangeLog(
                delivery.id, self.day.card, self.day.for_date, log.minutes, log.comment
            )
            return GiveValues(delivery.entry_id, change)
        removal = DeleteLog(delivery.id, card, for_date)
        return LogAgain(delivery.entry_id, self._log(log.minutes, log.comment), delivery, removal)

    def _not_held(self, log: PromisedLog, waiting: list[Delivery]) -> Row:
        delivery = log.delivery
        gone = delivery.state is DeliveryState.DONE
        refused = all(each.state is DeliveryState.BLOCKED for each in waiting)
        if waiting and not (gone and refused):
            why, way = what_waits(waiting)
            missing = said(OfRow.NOT_IN_KAITEN)
            return self._row(log, Verdict.MISSING, missing, why, help=way)
        why = said(OfRow.LOG_GONE) if gone else said(OfRow.LOG_DROPPED, delivery.id)
        for each in self.strangers:
            if (each.minutes, each.comment) == (log.minutes, cut(log.comment)):
                like = said(OfRow.LOG_JUST_LIKE, each.id)
                return self._row(log, Verdict.MISSING, why, like)
        message = self._log(log.minutes, log.comment)
        again = LogAgain(delivery.entry_id, message, delivery, pointless=tuple(waiting))
        return self._row(log, Verdict.MISSING, why, repair=again)

    # -- entries without a log

    def without_log(self) -> list[Row]:
        """The rows of entries that no log of the day is about."""
        logged = {log.delivery.entry_id for log in self.day.logs}
        missing = self._never_told()
        rows = []
        for entry_id, seconds in self.day.seconds.items():
            if entry_id in logged and entry_id not in missing:
                continue
            shown = self._title(entry_id), seconds, self.day.for_date
            key = _key(entry_id, self.day.for_date)
            if minutes := missing.get(entry_id):
                untold = said(OfRow.LOG_NEVER_TOLD, *shown, minutes)
                booked = self.here.entries.get(entry_id)
                message = self._log(minutes, booked.entry.comment if booked else "")
                repair = LogAgain(entry_id, message)
                rows.append(Row(key, Service.KAITEN, Verdict.MISSING, (untold,), entry_id, None,
                                repair))  # fmt: skip
            else:
                none = said(OfRow.NO_MINUTE, *shown)
                rows.append(Row(key, Service.KAITEN, Verdict.MATCHED, (none,), entry_id))
        return rows

    def _never_told(self) -> Mapping[str, int]:
        """Minutes by entry that ended while Kaiten was not set up.

        The day's logs are then short of its time, whatever the rounding was. With `carry` what
        is short is counted once, and belongs to the last of these entries.
        """
        untold = [each for each in self.day.seconds if not self._was_logged(each)]
        if not untold or balance(Rounding.CARRY, self.day, untold[-1]).new is None:
            return {}
        rounding = self.here.rounding
        several = untold if rounding is not Rounding.CARRY else untold[-1:]
        news = (balance(rounding, self.day, each).new for each in several)
        return dict(new for new in news if new is not None)

    def _was_logged(self, entry_id: str) -> bool:
        """Whether a log for the card and date was ever made of the entry, be it of no minutes."""
        booked = self.here.entries.get(entry_id)
        return booked is None or any(
            isinstance(each.message, LogTime)
            and (each.message.card, each.message.for_date) == (self.day.card, self.day.for_date)
            for each in booked.deliveries
        )

    # -- what is held beside them

    def beside(self, held: HeldLog) -> Row | None:
        """The row of a log that nothing here counts on; None if it belongs to other dates."""
        owned = self.here.owners.get(held.id, Owned())
        shown = said(OfRow.IN_KAITEN, _values(held), self.day.card.url, self.day.for_date)
        for delivery in owned.deliveries:
            message = delivery.message
            if isinstance(message, RemoveDoubleLog) and message.kept == held.id:
                if opened([delivery]):
                    why, _ = what_waits([delivery])
                    return self._extra(held, (shown, why), delivery, help=Help.PERSON)
                if delivery.state is DeliveryState.DROPPED:
                    return self._extra(held, (shown, said(OfRow.LOG_KEPT)))
        for delivery in reversed(owned.deliveries):
            if isinstance(delivery.message, LogTime | RemoveDoubleLog):
                return self._removed_here(held, shown, delivery, owned.entry(delivery))
        doubtful = [log.delivery for log in self.day.logs if log.delivery.state in _IN_DOUBT]
        if doubtful:
            why, way = what_waits(doubtful)
            return self._extra(held, (shown, said(OfRow.MAYBE_OURS), why), help=way)
        return self._extra(held, (shown, said(OfRow.NOT_OURS)))

    def _removed_here(
        self, held: HeldLog, shown: Said, delivery: Delivery, booked: Booked | None
    ) -> Row | None:
        """`delivery` is one that had this id, so that its removal removes this one."""
        if isinstance(delivery.message, LogTime) and delivery.minutes:
            return None  # a log of other dates, which counts there
        siblings = booked.deliveries if booked else ()
        about = {delivery.id, about_of(delivery.message)}
        waiting = opened([each for each in siblings
                          if isinstance(each.message, DeleteLog | RemoveDoubleLog)
                          and about_of(each.message) in about])  # fmt: skip
        if waiting:
            why, way = what_waits(waiting)
            to_go = said(OfRow.TO_BE_DELETED)
            return self._extra(held, (shown, to_go, why), delivery, help=way)
        removal = DeleteLog(delivery.id, self.day.card, self.day.for_date)
        repair = RemoveLog(delivery.entry_id, removal)
        return self._extra(held, (shown, said(OfRow.REMOVED)), delivery, repair)

    # -- parts of a row

    def _row(
        self,
        log: PromisedLog,
        verdict: Verdict,
        *more: Said,
        repair: GiveValues | LogAgain | None = None,
        help: Help = Help.NONE,  # noqa: A002 - the row's own word
    ) -> Row:
        delivery = log.delivery
        remote_id = delivery.remote_id or None
        named = (remote_id,) if remote_id else (delivery.entry_id, self.day.for_date, delivery.id)
        sentences = (self._shown(log), *more)
        return Row(
            _key(*named), Service.KAITEN, verdict, sentences, delivery.entry_id,
            remote_id, repair, help,
        )  # fmt: skip

    def _extra(
        self,
        held: HeldLog,
        sentences: tuple[Said, ...],
        delivery: Delivery | None = None,
        repair: RemoveLog | None = None,
        *,
        help: Help = Help.NONE,  # noqa: A002 - the row's own word
    ) -> Row:
        entry_id = delivery.entry_id if delivery else None
        key = _key(held.id)
        return Row(key, Service.KAITEN, Verdict.EXTRA, sentences, entry_id, held.id, repair, help)

    def _shown(self, log: PromisedLog) -> Said:
        title = self._title(log.delivery.entry_id)
        values = _minutes(log.minutes, log.comment)
        return said(OfRow.LOG, title, values, self.day.for_date, self.day.card.url)

    def _title(self, entry_id: str) -> str | Said:
        booked = self.here.entries.get(entry_id)
        if booked is None:
            return entry_id
        entry = booked.entry
        return shown_entry(entry.task.title, entry.started_at, booked.stopped_at, self.zone)

    def _log(self, minutes: int, comment: str) -> LogTime:
        return LogTime(self.day.card, self.day.for_date, minutes, comment)


def _own(deliveries: Collection[Delivery]) -> list[Delivery]:
    """Without those that are about a double of it."""
    return [each for each in deliveries if not isinstance(each.message, RemoveDoubleLog)]


def _values(held: HeldLog) -> Said:
    return _minutes(held.minutes, held.comment)


def _minutes(minutes: int, comment: str) -> Said:
    if comment:
        return said(OfRow.MINUTES_AND_COMMENT, minutes, _short(comment))
    return said(OfRow.MINUTES, minutes)


def _short(comment: str) -> str:
    line = " ".join(comment.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
