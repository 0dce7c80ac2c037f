"""The logs of the journal beside Kaiten's, by card and date.

journal                     Kaiten                              row
a delivered log             its id, the same values             matched
                            its id, other values                different: correct the values
                            its id, on another date or card     different: log it again
                            nothing                             missing: log it again
an undelivered log          -                                   missing: waits, or needs a person
a dropped log               nothing                             missing: log it now
no log: no minute yet       -                                   matched, with that note
no log, minutes are missing -                                   missing: log it now
a removed log               its id                              extra: delete it
nothing                     a log                               extra: left alone, it is not ours

An entry that adds no minute yet has a row, so that every entry on a card has one and a script need
not know about carrying.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial

from timer_app.domain.audit.rows import (
    AuditEntry,
    AuditRow,
    AuditVerdict,
    CardDate,
    CorrectLogValues,
    DeleteRemoteLog,
    KaitenLog,
    KaitenLogs,
    KnownRemote,
    KnownRemotes,
    LogTimeAgain,
    NextStep,
    format_entry,
    open_deliveries,
    pending_reason,
    row_key,
)
from timer_app.domain.delivery.outbox import Delivery, DeliveryState
from timer_app.domain.delivery.service_messages import (
    DamagedMessage,
    DeleteLog,
    LogTime,
    RemoveDuplicateLog,
    UpdateLog,
    about_of,
)
from timer_app.domain.entries.comment import truncate_comment
from timer_app.domain.entries.edits import CardDayLedger, LedgerLog, allocate_minutes
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.messages import AuditRowMessageId
from timer_app.domain.service import Service
from timer_app.domain.user_message import UserMessage

_UNCONFIRMED = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
_key = partial(row_key, Service.KAITEN)


@dataclass(frozen=True, slots=True)
class KaitenLocalState:
    """What the journal knows.

    `days` are the cards and dates that are audited, `entries` those with time or logs there, by
    id; `known_remotes` says of every id that Kaiten holds whose it is, or was.
    """

    days: Sequence[CardDayLedger]
    entries: Mapping[str, AuditEntry]
    rounding: Rounding
    known_remotes: KnownRemotes = field(default_factory=dict)


def compare_kaiten_logs(
    local: KaitenLocalState, remote_log: KaitenLogs, zone: tzinfo
) -> tuple[AuditRow, ...]:
    """The rows of every card and date that Kaiten was asked about, those without time too."""
    logs_by_id = {
        log.id: (card_date, log) for card_date, logs in remote_log.items() for log in logs
    }
    ours = {log.delivery.remote_id for day in local.days for log in day.logs}
    found: list[AuditRow] = []
    for day in local.days:
        logs = remote_log.get((day.card, day.for_date))
        if logs is None:  # Kaiten could not be asked
            continue
        unknown_logs = [
            each
            for each in logs
            if each.id not in ours
            and not local.known_remotes.get(each.id, KnownRemote()).deliveries
        ]
        judge = _Day(local, day, logs_by_id, unknown_logs, zone)
        found += [judge.expected_row(log) for log in day.logs]
        found += judge.rows_without_log()
        found += [
            row for each in logs if each.id not in ours and (row := judge.extra_log_row(each))
        ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Day:
    """One card and date.

    `logs_by_id` are all logs that Kaiten holds, `unknown_logs` those of this day that are none of
    ours.
    """

    local: KaitenLocalState
    day: CardDayLedger
    logs_by_id: Mapping[str, tuple[CardDate, KaitenLog]]
    unknown_logs: Sequence[KaitenLog]
    zone: tzinfo

    # -- logs that the journal counts on

    def expected_row(self, log: LedgerLog) -> AuditRow:
        """The row of a log that counts for something."""
        listed = self.logs_by_id.get(log.delivery.remote_id or "")
        waiting = open_deliveries(_without_duplicate_removals((log.delivery, *log.about)))
        if listed is None:
            return self._missing_row(log, waiting)
        card_date, remote_log = listed
        local = (self.day.card, self.day.for_date)
        same = remote_log.minutes == log.minutes and remote_log.comment == truncate_comment(
            log.comment
        )
        if card_date == local and same:
            return self._row(log, AuditVerdict.MATCHED)
        other = UserMessage(AuditRowMessageId.OTHER_VALUES, _format_log(remote_log))
        if card_date != local:
            card, for_date = card_date
            other = UserMessage(
                AuditRowMessageId.OTHER_PLACE, _format_log(remote_log), card.url, for_date
            )
        if waiting:
            reason, step = pending_reason(waiting)
            return self._row(log, AuditVerdict.DIFFERENT, other, reason, next_step=step)
        return self._row(log, AuditVerdict.DIFFERENT, other, repair=self._correction(log, listed))

    def _correction(
        self, log: LedgerLog, listed: tuple[CardDate, KaitenLog]
    ) -> CorrectLogValues | LogTimeAgain:
        """A change keeps the log's card and date, and cannot make its comment empty."""
        (card, for_date), remote_log = listed
        delivery, comment = log.delivery, truncate_comment(log.comment)
        local = (card, for_date) == (self.day.card, self.day.for_date)
        if local and (comment or not remote_log.comment):
            change = UpdateLog(
                delivery.id, self.day.card, self.day.for_date, log.minutes, log.comment
            )
            return CorrectLogValues(delivery.entry_id, change)
        removal = DeleteLog(delivery.id, card, for_date)
        return LogTimeAgain(
            delivery.entry_id, self._log_message(log.minutes, log.comment), delivery, removal
        )

    def _missing_row(self, log: LedgerLog, waiting: list[Delivery]) -> AuditRow:
        delivery = log.delivery
        gone = delivery.state is DeliveryState.DONE
        refused = all(each.state is DeliveryState.BLOCKED for each in waiting)
        if waiting and not (gone and refused):
            reason, step = pending_reason(waiting)
            missing = UserMessage(AuditRowMessageId.NOT_IN_KAITEN)
            return self._row(log, AuditVerdict.MISSING, missing, reason, next_step=step)
        reason = (
            UserMessage(AuditRowMessageId.LOG_GONE)
            if gone
            else UserMessage(AuditRowMessageId.LOG_DROPPED, delivery.id)
        )
        for each in self.unknown_logs:
            if (each.minutes, each.comment) == (log.minutes, truncate_comment(log.comment)):
                like = UserMessage(AuditRowMessageId.LOG_JUST_LIKE, each.id)
                return self._row(log, AuditVerdict.MISSING, reason, like)
        message = self._log_message(log.minutes, log.comment)
        again = LogTimeAgain(delivery.entry_id, message, delivery, obsolete=tuple(waiting))
        return self._row(log, AuditVerdict.MISSING, reason, repair=again)

    # -- entries without a log

    def rows_without_log(self) -> list[AuditRow]:
        """The rows of entries that no log of the day is about."""
        logged = {log.delivery.entry_id for log in self.day.logs}
        missing = self._unlogged_minutes()
        rows = []
        for entry_id, seconds in self.day.seconds.items():
            if entry_id in logged and entry_id not in missing:
                continue
            shown = self._title(entry_id), seconds, self.day.for_date
            key = _key(entry_id, self.day.for_date)
            if minutes := missing.get(entry_id):
                unlogged = UserMessage(AuditRowMessageId.LOG_NEVER_TOLD, *shown, minutes)
                audit_entry = self.local.entries.get(entry_id)
                message = self._log_message(
                    minutes, audit_entry.entry.comment if audit_entry else ""
                )
                repair = LogTimeAgain(entry_id, message)
                rows.append(
                    AuditRow(
                        key,
                        Service.KAITEN,
                        AuditVerdict.MISSING,
                        (unlogged,),
                        entry_id,
                        None,
                        repair,
                    )
                )
            else:
                none = UserMessage(AuditRowMessageId.NO_MINUTE, *shown)
                rows.append(AuditRow(key, Service.KAITEN, AuditVerdict.MATCHED, (none,), entry_id))
        return rows

    def _unlogged_minutes(self) -> Mapping[str, int]:
        """Minutes by entry that ended while Kaiten was not set up.

        The day's logs are then short of its time, whatever the rounding was. With `carry` what
        is short is counted once, and belongs to the last of these entries.
        """
        unlogged = [each for each in self.day.seconds if not self._has_log_message(each)]
        if not unlogged or allocate_minutes(Rounding.CARRY, self.day, unlogged[-1]).new is None:
            return {}
        rounding = self.local.rounding
        several = unlogged if rounding is not Rounding.CARRY else unlogged[-1:]
        news = (allocate_minutes(rounding, self.day, each).new for each in several)
        return dict(new for new in news if new is not None)

    def _has_log_message(self, entry_id: str) -> bool:
        """Whether a log for the card and date was ever made of the entry, even of no minutes."""
        audit_entry = self.local.entries.get(entry_id)
        return audit_entry is None or any(
            isinstance(each.message, LogTime | DamagedMessage)
            and (each.message.card, each.message.for_date) == (self.day.card, self.day.for_date)
            for each in audit_entry.deliveries
        )

    # -- what is held beside them

    def extra_log_row(self, remote_log: KaitenLog) -> AuditRow | None:
        """The row of a log that nothing here counts on; None if it belongs to other dates."""
        known_remote = self.local.known_remotes.get(remote_log.id, KnownRemote())
        shown = UserMessage(
            AuditRowMessageId.IN_KAITEN,
            _format_log(remote_log),
            self.day.card.url,
            self.day.for_date,
        )
        for delivery in known_remote.deliveries:
            message = delivery.message
            if isinstance(message, RemoveDuplicateLog) and message.kept == remote_log.id:
                if open_deliveries([delivery]):
                    reason, _ = pending_reason([delivery])
                    return self._extra(
                        remote_log, (shown, reason), delivery, next_step=NextStep.PERSON
                    )
                if delivery.state is DeliveryState.DROPPED:
                    return self._extra(remote_log, (shown, UserMessage(AuditRowMessageId.LOG_KEPT)))
        for delivery in reversed(known_remote.deliveries):
            if isinstance(delivery.message, LogTime | RemoveDuplicateLog):
                return self._removed_log_row(
                    remote_log, shown, delivery, known_remote.entry(delivery)
                )
        unconfirmed = [log.delivery for log in self.day.logs if log.delivery.state in _UNCONFIRMED]
        if unconfirmed:
            reason, step = pending_reason(unconfirmed)
            return self._extra(
                remote_log,
                (shown, UserMessage(AuditRowMessageId.MAYBE_OURS), reason),
                next_step=step,
            )
        return self._extra(remote_log, (shown, UserMessage(AuditRowMessageId.NOT_OURS)))

    def _removed_log_row(
        self,
        remote_log: KaitenLog,
        shown: UserMessage,
        delivery: Delivery,
        audit_entry: AuditEntry | None,
    ) -> AuditRow | None:
        """`delivery` is one that had this id, so that its removal removes this one."""
        if isinstance(delivery.message, LogTime) and delivery.minutes:
            return None  # a log of other dates, which counts there
        siblings = audit_entry.deliveries if audit_entry else ()
        about = {delivery.id, about_of(delivery.message)}
        waiting = open_deliveries([each for each in siblings
                          if isinstance(each.message, DeleteLog | RemoveDuplicateLog)
                          and about_of(each.message) in about])  # fmt: skip
        if waiting:
            reason, step = pending_reason(waiting)
            to_go = UserMessage(AuditRowMessageId.TO_BE_DELETED)
            return self._extra(remote_log, (shown, to_go, reason), delivery, next_step=step)
        removal = DeleteLog(delivery.id, self.day.card, self.day.for_date)
        repair = DeleteRemoteLog(delivery.entry_id, removal)
        return self._extra(
            remote_log, (shown, UserMessage(AuditRowMessageId.REMOVED)), delivery, repair
        )

    # -- parts of a row

    def _row(
        self,
        log: LedgerLog,
        verdict: AuditVerdict,
        *more: UserMessage,
        repair: CorrectLogValues | LogTimeAgain | None = None,
        next_step: NextStep = NextStep.NONE,
    ) -> AuditRow:
        delivery = log.delivery
        remote_id = delivery.remote_id or None
        named = (remote_id,) if remote_id else (delivery.entry_id, self.day.for_date, delivery.id)
        sentences = (self._format_expected(log), *more)
        return AuditRow(
            _key(*named), Service.KAITEN, verdict, sentences, delivery.entry_id,
            remote_id, repair, next_step,
        )  # fmt: skip

    def _extra(
        self,
        remote_log: KaitenLog,
        sentences: tuple[UserMessage, ...],
        delivery: Delivery | None = None,
        repair: DeleteRemoteLog | None = None,
        *,
        next_step: NextStep = NextStep.NONE,
    ) -> AuditRow:
        entry_id = delivery.entry_id if delivery else None
        key = _key(remote_log.id)
        return AuditRow(
            key,
            Service.KAITEN,
            AuditVerdict.EXTRA,
            sentences,
            entry_id,
            remote_log.id,
            repair,
            next_step,
        )

    def _format_expected(self, log: LedgerLog) -> UserMessage:
        title = self._title(log.delivery.entry_id)
        values = _format_minutes(log.minutes, log.comment)
        return UserMessage(
            AuditRowMessageId.LOG, title, values, self.day.for_date, self.day.card.url
        )

    def _title(self, entry_id: str) -> str | UserMessage:
        audit_entry = self.local.entries.get(entry_id)
        if audit_entry is None:
            return entry_id
        entry = audit_entry.entry
        return format_entry(entry.task.title, entry.started_at, audit_entry.stopped_at, self.zone)

    def _log_message(self, minutes: int, comment: str) -> LogTime:
        return LogTime(self.day.card, self.day.for_date, minutes, comment)


def _without_duplicate_removals(deliveries: Collection[Delivery]) -> list[Delivery]:
    """The deliveries without those about a duplicate of it."""
    return [each for each in deliveries if not isinstance(each.message, RemoveDuplicateLog)]


def _format_log(remote_log: KaitenLog) -> UserMessage:
    return _format_minutes(remote_log.minutes, remote_log.comment)


def _format_minutes(minutes: int, comment: str) -> UserMessage:
    if comment:
        return UserMessage(AuditRowMessageId.MINUTES_AND_COMMENT, minutes, _shorten(comment))
    return UserMessage(AuditRowMessageId.MINUTES, minutes)


def _shorten(comment: str) -> str:
    line = " ".join(comment.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
