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
    shown_span,
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
            return self._row(log, Verdict.MATCHED, self._shown(log.minutes, log.comment))
        detail = f"{self._shown(log.minutes, log.comment)} In Kaiten {_values(held)}"
        if card_date != here:
            detail += f", on {card_date[0].url} for {card_date[1]}"
        if waiting:
            why, way = what_waits(waiting)
            return self._row(log, Verdict.DIFFERENT, f"{detail}. {why}", help=way)
        return self._row(log, Verdict.DIFFERENT, f"{detail}.", self._mend(log, there))

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
        shown = self._shown(log.minutes, log.comment)
        gone = delivery.state is DeliveryState.DONE
        refused = all(each.state is DeliveryState.BLOCKED for each in waiting)
        if waiting and not (gone and refused):
            why, way = what_waits(waiting)
            return self._row(log, Verdict.MISSING, f"{shown} Not in Kaiten. {why}", help=way)
        why = "Kaiten had it and has it no more." if gone else (
            f"Kaiten was never told: delivery {delivery.id} was dropped."
        )  # fmt: skip
        for each in self.strangers:
            if (each.minutes, each.comment) == (log.minutes, cut(log.comment)):
                like = f"Log {each.id} is just like it; should it not be this one, remove it there."
                return self._row(log, Verdict.MISSING, f"{shown} {why} {like}")
        message = self._log(log.minutes, log.comment)
        again = LogAgain(delivery.entry_id, message, delivery, pointless=tuple(waiting))
        return self._row(log, Verdict.MISSING, f"{shown} {why}", again)

    # -- entries without a log

    def without_log(self) -> list[Row]:
        """The rows of entries that no log of the day is about."""
        logged = {log.delivery.entry_id for log in self.day.logs}
        missing = self._never_told()
        rows = []
        for entry_id, seconds in self.day.seconds.items():
            if entry_id in logged and entry_id not in missing:
                continue
            shown = f"{self._title(entry_id)}, {seconds} s on {self.day.for_date}"
            key = _key(entry_id, self.day.for_date)
            if minutes := missing.get(entry_id):
                detail = f"{shown}: Kaiten was never told of {minutes} min."
                booked = self.here.entries.get(entry_id)
                message = self._log(minutes, booked.entry.comment if booked else "")
                repair = LogAgain(entry_id, message)
                rows.append(Row(key, Service.KAITEN, Verdict.MISSING, detail, entry_id, None,
                                repair))  # fmt: skip
            else:
                detail = f"{shown}: it adds no minute to the day's logs."
                rows.append(Row(key, Service.KAITEN, Verdict.MATCHED, detail, entry_id))
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
        shown = f"{_values(held)} on {self.day.card.url} for {self.day.for_date} in Kaiten."
        for delivery in owned.deliveries:
            message = delivery.message
            if isinstance(message, RemoveDoubleLog) and message.kept == held.id:
                if opened([delivery]):
                    why, _ = what_waits([delivery])
                    return self._extra(held, f"{shown} {why}", delivery, help=Help.PERSON)
                if delivery.state is DeliveryState.DROPPED:
                    return self._extra(held, f"{shown} You chose to keep it beside the one it is"
                                             " like.")  # fmt: skip
        for delivery in reversed(owned.deliveries):
            if isinstance(delivery.message, LogTime | RemoveDoubleLog):
                return self._removed_here(held, shown, delivery, owned.entry(delivery))
        doubtful = [log.delivery for log in self.day.logs if log.delivery.state in _IN_DOUBT]
        if doubtful:
            why, way = what_waits(doubtful)
            return self._extra(held, f"{shown} It may be one of ours. {why}", help=way)
        return self._extra(held, f"{shown} Not made by Timer App: left alone.")

    def _removed_here(
        self, held: HeldLog, shown: str, delivery: Delivery, booked: Booked | None
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
            return self._extra(held, f"{shown} It is to be deleted. {why}", delivery, help=way)
        removal = DeleteLog(delivery.id, self.day.card, self.day.for_date)
        repair = RemoveLog(delivery.entry_id, removal)
        return self._extra(held, f"{shown} It was removed here.", delivery, repair)

    # -- parts of a row

    def _row(
        self,
        log: PromisedLog,
        verdict: Verdict,
        detail: str,
        repair: GiveValues | LogAgain | None = None,
        *,
        help: Help = Help.NONE,  # noqa: A002 - the row's own word
    ) -> Row:
        delivery = log.delivery
        remote_id = delivery.remote_id or None
        named = (remote_id,) if remote_id else (delivery.entry_id, self.day.for_date, delivery.id)
        title = self._title(delivery.entry_id)
        return Row(
            _key(*named), Service.KAITEN, verdict, f"{title}: {detail}", delivery.entry_id,
            remote_id, repair, help,
        )  # fmt: skip

    def _extra(
        self,
        held: HeldLog,
        detail: str,
        delivery: Delivery | None = None,
        repair: RemoveLog | None = None,
        *,
        help: Help = Help.NONE,  # noqa: A002 - the row's own word
    ) -> Row:
        entry_id = delivery.entry_id if delivery else None
        key = _key(held.id)
        return Row(key, Service.KAITEN, Verdict.EXTRA, detail, entry_id, held.id, repair, help)

    def _shown(self, minutes: int, comment: str) -> str:
        said = f" “{_short(comment)}”" if comment else ""
        return f"{minutes} min{said} for {self.day.for_date} on {self.day.card.url}."

    def _title(self, entry_id: str) -> str:
        booked = self.here.entries.get(entry_id)
        if booked is None:
            return entry_id
        span = shown_span(booked.entry.started_at, booked.stopped_at, self.zone)
        return f"{booked.entry.task.title}, {span}"

    def _log(self, minutes: int, comment: str) -> LogTime:
        return LogTime(self.day.card, self.day.for_date, minutes, comment)


def _own(deliveries: Collection[Delivery]) -> list[Delivery]:
    """Without those that are about a double of it."""
    return [each for each in deliveries if not isinstance(each.message, RemoveDoubleLog)]


def _values(held: HeldLog) -> str:
    return f"{held.minutes} min" + (f" “{_short(held.comment)}”" if held.comment else "")


def _short(comment: str) -> str:
    line = " ".join(comment.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
