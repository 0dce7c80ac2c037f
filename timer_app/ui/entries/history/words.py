"""What the history says: values in, translated sentences out."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from timer_app.domain.audit.rows import (
    AuditRepair,
    AuditRow,
    AuditVerdict,
    CorrectEntryTimes,
    CorrectLogValues,
    DeleteFormerEntry,
    DeleteRemoteEntry,
    DeleteRemoteLog,
    ImportEntry,
    LinkRemoteEntry,
    LogTimeAgain,
    NextStep,
    RecordEntryAgain,
)
from timer_app.domain.delivery.outbox import LoggedEntry, StartEntry
from timer_app.domain.entries.entry import FinishedEntry, Source
from timer_app.domain.messages import DeliveryMessageId
from timer_app.domain.service import Service
from timer_app.domain.setup.span_input import BadSpan, TimeSpan
from timer_app.domain.user_message import UserMessage, fill
from timer_app.services.audit.auditor import Audit, RepairResult
from timer_app.services.entries.edit_form import EditPreview
from timer_app.services.entries.editor import EditedEntry
from timer_app.services.entries.export import ExportFormat
from timer_app.services.entries.history import (
    Bar,
    BarChart,
    Block,
    CardTotal,
    DayTimeline,
    Scope,
    ServiceDeliveryStatus,
    TaskTotal,
    duration_seconds,
)
from timer_app.services.entries.listing import DeliveryStatus
from timer_app.ui.entries import manual_entry_words
from timer_app.ui.wording import (
    format_hm,
    format_hms,
    format_minute,
    format_number,
    format_range,
    format_time,
    join_sentences,
    message_text,
    service_name,
    short_date,
    tr,
)

translate = QCoreApplication.translate
_MOST_TOLD = 40
"""Entries that a sentence tells one by one: nobody listens to more."""


def duration(seconds: int) -> str:
    """A length: h:mm, with seconds where it is less than a minute."""
    return format_hm(seconds) if seconds >= 60 or seconds == 0 else format_hms(seconds)


# -------------------------------------------------------------------- the table


def entry_times(logged: LoggedEntry, zone: tzinfo) -> str:
    """From when to when: "09:00 – 10:30"; with the date where it ends on another."""
    if logged.stopped_at is None:
        return range_until_now(logged.entry.started_at, zone)
    return time_range(logged.entry.started_at, logged.stopped_at, zone)


def range_until_now(started_at: datetime, zone: tzinfo) -> str:
    """From when on: "09:00 – now"."""
    return fill(translate("History", "%1 – now"), format_minute(started_at, zone))


def time_range(started_at: datetime, stopped_at: datetime, zone: tzinfo) -> str:
    """Two times of day, to the minute; "00:45 +1" is one of the next day."""
    days = (_date(stopped_at, zone) - _date(started_at, zone)).days
    later = f" +{days}" if days else ""
    return format_range(
        format_minute(started_at, zone), f"{format_minute(stopped_at, zone)}{later}"
    )


def exact_time_range(started_at: datetime, stopped_at: datetime, zone: tzinfo) -> str:
    """Two times of day, with the seconds that they have, and the date where it is another."""
    began, ended = format_time(started_at, zone), format_time(stopped_at, zone)
    last = _date(stopped_at, zone)
    if last != _date(started_at, zone):
        ended = f"{short_date(last)} {ended}"
    return format_range(began, ended)


def _date(instant: datetime, zone: tzinfo) -> date:
    return instant.astimezone(zone).date()


def start_date(logged: LoggedEntry, now: datetime, zone: tzinfo) -> str:
    """The date of its start; with the year where that is another than this one."""
    began = logged.entry.started_at.astimezone(zone).date()
    return short_date(began) if began.year == now.astimezone(zone).year else full_date(began)


def full_date(of: date) -> str:
    """A date with its weekday and year."""
    return _formatted(of, translate("History", "ddd d MMM yyyy", "a date, in Qt's letters"))


def task_title(logged: LoggedEntry) -> str:
    """The card's number and the title."""
    of = logged.entry.task
    return f"#{of.card.id}  {of.title}" if of.card else of.title


def source_name(of: Source) -> str:
    """What made the entry."""
    return {
        Source.CLICK: translate("History", "Click"),
        Source.HOTKEY: translate("History", "Hot key"),
        Source.MANUAL: translate("History", "By hand"),
        Source.CLI: translate("History", "Command line"),
        Source.ADOPTED: translate("History", "Other device"),
        Source.UNKNOWN: translate("History", "Unknown"),
    }[of]


def delivery_status(of: DeliveryStatus) -> str:
    """How far an entry has come."""
    return {
        DeliveryStatus.NOT_TOLD: translate("History", "Not sent"),
        DeliveryStatus.DELIVERED: translate("History", "Delivered"),
        DeliveryStatus.WAITING: translate("History", "Waiting"),
        DeliveryStatus.NEEDS_PERSON: translate("History", "Needs your attention"),
    }[of]


def service_status(of: ServiceDeliveryStatus) -> str:
    """How an entry stands with a service, and its id there."""
    if of.is_covered:
        return in_earlier_log()
    said = (
        "–"
        if of.delivery_status is DeliveryStatus.NOT_TOLD
        else delivery_status(of.delivery_status)
    )
    return f"{said}  {of.remote_id}" if of.remote_id else said


def service_mark(logged: LoggedEntry, service: Service, of: ServiceDeliveryStatus) -> str:
    """How an entry stands with a service, in few words beside a mark; "" for not at all."""
    is_running, card = logged.stopped_at is None, logged.entry.task.card
    match of.delivery_status:
        case DeliveryStatus.NOT_TOLD:
            waits_for_stop = is_running and service is Service.KAITEN and card is not None
            return _at_stop(service) if waits_for_stop else ""
        case DeliveryStatus.DELIVERED if is_running:
            return _runs(service)
        case DeliveryStatus.DELIVERED:
            name = service_name(service)
            return in_earlier_log() if of.is_covered else f"{name} {of.remote_id}".strip()
        case DeliveryStatus.WAITING:
            return _waits(service)
        case DeliveryStatus.NEEDS_PERSON:
            return needs_attention(service)


def longest_marks(service: Service) -> tuple[str, ...]:
    """The texts of `service_mark` that a column must have room for."""
    only = _at_stop if service is Service.KAITEN else _runs
    return needs_attention(service), _waits(service), only(service)


def _at_stop(service: Service) -> str:
    return fill(translate("History", "%1 at stop"), service_name(service))


def _runs(service: Service) -> str:
    return fill(translate("History", "%1: running"), service_name(service))


def _waits(service: Service) -> str:
    return fill(translate("History", "%1 waiting"), service_name(service))


def needs_attention(service: Service) -> str:
    """That a service waits for a person."""
    return fill(translate("History", "%1 needs attention"), service_name(service))


def in_earlier_log() -> str:
    """That Kaiten has the entry's minutes, in a log of an earlier entry on the card."""
    return translate("History", "In an earlier log")


def selection_total(entries: list[LoggedEntry], now: datetime) -> str:
    """How many are selected, and how long they took."""
    total = sum(duration_seconds(each, now) for each in entries)
    return fill(
        translate("History", "Selected: %1, %2"), format_number(len(entries)), duration(total)
    )


def row_count(rows: int, *, finished: bool, searching: bool) -> str:
    """How many entries the table has so far."""
    if searching:
        return fill(translate("History", "Found %1, still searching…"), format_number(rows))
    if finished:
        return fill(translate("History", "Entries: %1"), format_number(rows))
    return fill(translate("History", "Entries: %1, more as you scroll"), format_number(rows))


# -------------------------------------------------------------------- the pictures


def day_total_and_goal(of: DayTimeline) -> str:
    """The day's total against its goal."""
    total = duration(of.seconds)
    if not of.goal:
        return f"{short_date(of.date)}  ·  {total}"
    return fill(
        translate("History", "%1  ·  %2 of %3"), short_date(of.date), total, format_hm(of.goal)
    )


def day_description(of: DayTimeline, zone: tzinfo) -> str:
    """A day in words, entry by entry."""
    if not of.blocks:
        return fill(translate("History", "%1: no entries."), short_date(of.date))
    blocks = sorted(of.blocks, key=lambda each: each.begins)
    told = "; ".join(block_description(each, zone) for each in blocks[:_MOST_TOLD])
    more = len(blocks) - _MOST_TOLD
    told += "; " + tr("and %Ln more", "history", more) if more > 0 else ""
    return f"{day_total_and_goal(of)}. {told}."


def block_description(of: Block, zone: tzinfo) -> str:
    """A block in words: "09:00 – 10:30, Ship it, 1:30"."""
    seconds = int((of.ends - of.begins).total_seconds())
    times = range_until_now(of.begins, zone) if of.running else time_range(of.begins, of.ends, zone)
    said = f"{times}, {of.entry.task.title}, {duration(seconds)}"
    return f"{said} ({in_earlier_log()})" if of.covered else said


def period_name(of: BarChart) -> str:
    """Which day, week or month: "16 – 22 November", "November 2026"."""
    match of.scope:
        case Scope.DAY:
            return full_date(of.first)
        case Scope.WEEK:
            return _week_name(of.first, of.last, of.today)
        case Scope.MONTH:
            month = QLocale().standaloneMonthName(of.first.month)
            return fill(translate("History", "%1 %2", "month and year"), month, str(of.first.year))


def _week_name(first: date, last: date, today: date) -> str:
    """The month once where it is one, the years where one is not this year."""
    begin = end = translate("History", "d MMMM", "a date, in Qt's letters")
    if first.year != today.year or last.year != today.year:
        begin = end = translate("History", "d MMMM yyyy", "a date, in Qt's letters")
    elif first.month == last.month:
        begin = translate("History", "d", "first date within a month, in Qt's letters")
        end = translate("History", "d MMMM", "last date within a month, in Qt's letters")
    return format_range(_formatted(first, begin), _formatted(last, end))


def _formatted(of: date, form: str) -> str:
    return QLocale().toString(QDate(of.year, of.month, of.day), form)


def period_goal(of: BarChart) -> str:
    """What the range's total is held against: "of 40:00 · goal reached on 2 days"."""
    if not of.goal:
        return ""
    said = fill(translate("History", "of %1", "a total, of a goal"), format_hm(of.goal))
    if not of.reached or of.scope is Scope.DAY:
        return said
    reached = tr("goal reached on %Ln day(s)", "history", of.reached)
    return f"{said} · {reached}"


def period_total(of: BarChart) -> str:
    """The range's total, and how often the goal was reached."""
    said = f"{period_name(of)}: {duration(of.seconds)}"
    goal = period_goal(of)
    return f"{said} {goal}" if goal else said


def task_total_name(of: TaskTotal) -> str:
    """The card's number and the title of a task."""
    if of.task is None:
        return translate("History", "Other tasks")
    return f"#{of.task.card.id}  {of.task.title}" if of.task.card else of.task.title


def card_total_name(of: CardTotal) -> str:
    """A card's number and the title of its task, or that there is none."""
    return f"#{of.card.id}  {of.title}" if of.card else translate("History", "Without a card")


def totals_line(of: BarChart, rows: int) -> str:
    """How many rows there are, and what they have together."""
    return fill(
        translate("History", "%1 in total, rows: %2"), duration(of.seconds), format_number(rows)
    )


def period_description(of: BarChart) -> str:
    """A week or month in words, date by date, without the empty ones."""
    told = "; ".join(bar_description(each) for each in of.bars if each.seconds)
    return (
        f"{period_total(of)}. {told}."
        if told
        else fill(translate("History", "%1: no entries."), period_total(of))
    )


def bar_description(of: Bar) -> str:
    """A bar in words."""
    said = f"{short_date(of.date)} {duration(of.seconds)}"
    return fill(translate("History", "%1, goal reached"), said) if of.has_reached_goal else said


# -------------------------------------------------------------------- acts


def deleted_message(entries: int, title: str) -> str:
    """What was deleted: so many, or the one of that title."""
    if entries == 1:
        return fill(translate("History", "Deleted here and in both services: %1"), title)
    return tr("%Ln entries are deleted here and in both services", "history", entries)


def edited_message(logged: LoggedEntry) -> str:
    """That an entry was changed."""
    return fill(translate("History", "Changed: %1"), logged.entry.task.title)


def split_message(logged: LoggedEntry) -> str:
    """That an entry was split."""
    return fill(translate("History", "Split: %1"), logged.entry.task.title)


def resumed_message(logged: LoggedEntry) -> str:
    """That its task runs now."""
    return fill(translate("History", "Started: %1"), logged.entry.task.title)


def undone_message() -> str:
    """That it was taken back."""
    return fill(translate("History", "Undone."))


def delete_progress(done: int, total: int) -> str:
    """How far a deletion has come."""
    return _of_total(translate("History", "Deleting entries: %1 of %2"), done, total)


def delete_stopped(done: int, total: int) -> str:
    """That a deletion ended before its end."""
    return _of_total(translate("History", "Deleted: %1 of %2 entries."), done, total)


def undo_progress(done: int, total: int) -> str:
    """How far an undo has come."""
    return _of_total(translate("History", "Undoing: %1 of %2"), done, total)


def undo_stopped(done: int, total: int) -> str:
    """That an undo ended before its end."""
    return _of_total(translate("History", "Undone: %1 of %2."), done, total)


def _of_total(text: str, done: int, total: int) -> str:
    return fill(text, format_number(done), format_number(total))


def edit_preview(of: EditPreview, zone: tzinfo) -> list[str]:
    """What saving an edit does; or what is wrong with it."""
    if of.error is not None:
        return [span_error(of.error)]
    lines = []
    if of.result is not None:
        lines += _service_lines(of.result, zone)
    if of.overlaps:
        titles = ", ".join(each.title for each in of.overlaps)
        lines.append(fill(translate("History", "This shares time with: %1."), titles))
    if of.comment_units_left < 0:
        lines.append(manual_entry_words.comment_room(of.comment_units_left))
    return lines


def _service_lines(of: EditedEntry, zone: tzinfo) -> list[str]:
    """What each service holds of an entry once it is edited."""
    entry, span = of.finished.entry, TimeSpan(of.finished.entry.started_at, of.finished.stopped_at)
    date = full_date(span.started_at.astimezone(zone).date())
    times = f"{date} {_with_length(span, zone)}"
    to_kaiten = [manual_entry_words.kaiten_line(each) for each in of.to_kaiten]
    if of.to_timecrowd:
        said = fill(translate("History", "TimeCrowd: %1, %2"), entry.task.title, times)
        kept = [message_text(UserMessage(DeliveryMessageId.COMMENT_KEPT))]
        return [said, *(kept if of.keeps_first_comment else ()), *to_kaiten]
    return [times, *(to_kaiten or [manual_entry_words.no_service()])]


def span_error(of: BadSpan) -> str:
    """What is wrong with what was typed."""
    return manual_entry_words.span_error(of)


def split_preview(finished: FinishedEntry, at: datetime, zone: tzinfo) -> str:
    """What a split makes."""
    first, second = TimeSpan(finished.entry.started_at, at), TimeSpan(at, finished.stopped_at)
    return fill(
        translate("History", "%1 and %2"), *(_with_length(each, zone) for each in (first, second))
    )


def _with_length(of: TimeSpan, zone: tzinfo) -> str:
    seconds = of.length // timedelta(seconds=1)
    return f"{exact_time_range(of.started_at, of.stopped_at, zone)} ({duration(seconds)})"


def export_progress(entries: int) -> str:
    """How far an export has come."""
    return tr("Exporting: %Ln entries", "history", entries)


def export_finished(entries: int) -> str:
    """That it is whole."""
    return tr("Exported: %Ln entries", "history", entries)


def format_name(of: ExportFormat) -> str:
    """What a file of that kind is called."""
    return {
        ExportFormat.CSV: translate("History", "Table for spreadsheets (*.csv)"),
        ExportFormat.CSV_SEMICOLONS: translate(
            "History", "Table for spreadsheets, with semicolons (*.csv)"
        ),
        ExportFormat.JSON: translate("History", "JSON for programs (*.json)"),
        ExportFormat.CALENDAR: translate("History", "Calendar (*.ics)"),
    }[of]


# -------------------------------------------------------------------- audit


def verdict_name(of: AuditVerdict) -> str:
    """How the journal stands to a service."""
    return {
        AuditVerdict.MATCHED: translate("History", "Matched"),
        AuditVerdict.MISSING: translate("History", "Missing"),
        AuditVerdict.EXTRA: translate("History", "Extra"),
        AuditVerdict.DIFFERENT: translate("History", "Different"),
    }[of]


def verdict_counts(of: Audit) -> str:
    """How many rows of each kind, or that all agree, or that there is nothing."""
    kinds = [each.verdict for each in of.rows]
    if not kinds:
        return translate("History", "There is nothing to compare.") if of.is_complete else ""
    if of.is_complete and set(kinds) == {AuditVerdict.MATCHED}:
        return fill(translate("History", "All %1 agree."), format_number(len(kinds)))
    return ", ".join(
        f"{verdict_name(each)}: {format_number(kinds.count(each))}" for each in AuditVerdict
    )


def audit_progress(done: int, total: int) -> str:
    """How far the asking has come."""
    return fill(
        translate("History", "Asking the services… Kaiten: %1 of %2"),
        format_number(done),
        format_number(total),
    )


def repair_progress(done: int, total: int) -> str:
    """How far a repair has come."""
    return _of_total(translate("History", "Repairing: %1 of %2"), done, total)


def repair_stopped(done: int, total: int) -> str:
    """What was repaired before it was cancelled."""
    return _of_total(translate("History", "Repaired: %1 of %2."), done, total)


def repair_result(of: RepairResult) -> str:
    """What was repaired, and what not."""
    said = fill(translate("History", "Repaired: %1."), format_number(len(of.rows)))
    if of.changed:
        changed = format_number(len(of.changed))
        not_repaired = translate("History", "Not repaired, since it has changed meanwhile: %1.")
        said = join_sentences(said, fill(not_repaired, changed))
    return said


def row_help(row: AuditRow) -> str:
    """What brings a row right where no repair does."""
    return {
        NextStep.NONE: "",
        NextStep.WAITS: translate("History", "Corrected automatically"),
        NextStep.PERSON: translate("History", "See Problems"),
    }[row.next_step]


def repair_label(of: AuditRepair) -> str:  # noqa: C901, PLR0911 - a sentence for each repair
    """What a repair does, short enough for a button."""
    match of:
        case CorrectEntryTimes():
            return translate("History", "Correct the times in TimeCrowd")
        case RecordEntryAgain(message=StartEntry()):
            return translate("History", "Start it in TimeCrowd")
        case RecordEntryAgain():
            return translate("History", "Record it in TimeCrowd")
        case LinkRemoteEntry():
            return translate("History", "Take TimeCrowd's entry for this one")
        case ImportEntry():
            return translate("History", "Take it into the journal")
        case DeleteRemoteEntry() | DeleteFormerEntry():
            return translate("History", "Delete it in TimeCrowd")
        case CorrectLogValues():
            return translate("History", "Correct the log in Kaiten")
        case LogTimeAgain(removal=None):
            return translate("History", "Log it in Kaiten")
        case LogTimeAgain():
            return translate("History", "Log it again in Kaiten")
        case DeleteRemoteLog():
            return translate("History", "Delete it in Kaiten")
