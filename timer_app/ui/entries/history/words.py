"""What the history says: values in, translated sentences out."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.entry import FinishedEntry, Source
from timer_app.domain.messages import DeliveryMessageId
from timer_app.domain.service import Service
from timer_app.domain.setup.span_input import BadSpan, TimeSpan
from timer_app.domain.user_message import UserMessage, fill
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
    message_text,
    service_name,
    short_date,
    tr,
)

translate = QCoreApplication.translate
_MOST_TOLD = 40
"""How many entries a sentence names one by one: more are too long to listen to."""


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


def full_date(on_date: date) -> str:
    """A date with its weekday and year."""
    return _formatted(on_date, translate("History", "ddd d MMM yyyy", "a date, in Qt's letters"))


def task_title(logged: LoggedEntry) -> str:
    """The card's number and the title."""
    of = logged.entry.task
    return f"#{of.card.id}  {of.title}" if of.card else of.title


def source_name(source: Source) -> str:
    """What made the entry."""
    return {
        Source.CLICK: translate("History", "Click"),
        Source.HOTKEY: translate("History", "Hot key"),
        Source.MANUAL: translate("History", "By hand"),
        Source.CLI: translate("History", "Command line"),
        Source.ADOPTED: translate("History", "Other device"),
        Source.UNKNOWN: translate("History", "Unknown"),
    }[source]


def delivery_status(status: DeliveryStatus) -> str:
    """The delivery status of an entry."""
    return {
        DeliveryStatus.NOT_SENT: translate("History", "Not sent"),
        DeliveryStatus.DELIVERED: translate("History", "Delivered"),
        DeliveryStatus.WAITING: translate("History", "Waiting"),
        DeliveryStatus.NEEDS_PERSON: translate("History", "Needs your attention"),
    }[status]


def service_status(status: ServiceDeliveryStatus) -> str:
    """How an entry stands with a service, and its id there."""
    if status.is_covered:
        return in_earlier_log()
    text = (
        "–"
        if status.delivery_status is DeliveryStatus.NOT_SENT
        else delivery_status(status.delivery_status)
    )
    return f"{text}  {status.remote_id}" if status.remote_id else text


def service_mark(logged: LoggedEntry, service: Service, status: ServiceDeliveryStatus) -> str:
    """How an entry stands with a service, in few words beside a mark; "" for not at all."""
    is_running, card = logged.stopped_at is None, logged.entry.task.card
    match status.delivery_status:
        case DeliveryStatus.NOT_SENT:
            waits_for_stop = is_running and service is Service.KAITEN and card is not None
            return _at_stop(service) if waits_for_stop else ""
        case DeliveryStatus.DELIVERED if is_running:
            return _runs(service)
        case DeliveryStatus.DELIVERED:
            name = service_name(service)
            return in_earlier_log() if status.is_covered else f"{name} {status.remote_id}".strip()
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


def day_total_and_goal(timeline: DayTimeline) -> str:
    """The day's total against its goal."""
    total = duration(timeline.seconds)
    if not timeline.goal:
        return f"{short_date(timeline.date)}  ·  {total}"
    return fill(
        translate("History", "%1  ·  %2 of %3"),
        short_date(timeline.date),
        total,
        format_hm(timeline.goal),
    )


def day_description(timeline: DayTimeline, zone: tzinfo) -> str:
    """A day in words, entry by entry."""
    if not timeline.blocks:
        return fill(translate("History", "%1: no entries."), short_date(timeline.date))
    blocks = sorted(timeline.blocks, key=lambda each: each.begins)
    details = "; ".join(block_description(each, zone) for each in blocks[:_MOST_TOLD])
    more = len(blocks) - _MOST_TOLD
    details += "; " + tr("and %Ln more", "history", more) if more > 0 else ""
    return f"{day_total_and_goal(timeline)}. {details}."


def block_description(block: Block, zone: tzinfo) -> str:
    """A block in words: "09:00 – 10:30, Ship it, 1:30"."""
    seconds = int((block.ends - block.begins).total_seconds())
    times = (
        range_until_now(block.begins, zone)
        if block.running
        else time_range(block.begins, block.ends, zone)
    )
    description = f"{times}, {block.entry.task.title}, {duration(seconds)}"
    return f"{description} ({in_earlier_log()})" if block.covered else description


def period_name(chart: BarChart) -> str:
    """Which day, week or month: "16 – 22 November", "November 2026"."""
    match chart.scope:
        case Scope.DAY:
            return full_date(chart.first)
        case Scope.WEEK:
            return _week_name(chart.first, chart.last, chart.today)
        case Scope.MONTH:
            month = QLocale().standaloneMonthName(chart.first.month)
            return fill(
                translate("History", "%1 %2", "month and year"), month, str(chart.first.year)
            )


def _week_name(first: date, last: date, today: date) -> str:
    """The month once where it is one, the years where one is not this year."""
    begin = end = translate("History", "d MMMM", "a date, in Qt's letters")
    if first.year != today.year or last.year != today.year:
        begin = end = translate("History", "d MMMM yyyy", "a date, in Qt's letters")
    elif first.month == last.month:
        begin = translate("History", "d", "first date within a month, in Qt's letters")
        end = translate("History", "d MMMM", "last date within a month, in Qt's letters")
    return format_range(_formatted(first, begin), _formatted(last, end))


def _formatted(on_date: date, form: str) -> str:
    return QLocale().toString(QDate(on_date.year, on_date.month, on_date.day), form)


def period_goal(chart: BarChart) -> str:
    """What the range's total is held against: "of 40:00 · goal reached on 2 days"."""
    if not chart.goal:
        return ""
    text = fill(translate("History", "of %1", "a total, of a goal"), format_hm(chart.goal))
    if not chart.reached or chart.scope is Scope.DAY:
        return text
    reached = tr("goal reached on %Ln day(s)", "history", chart.reached)
    return f"{text} · {reached}"


def period_total(chart: BarChart) -> str:
    """The range's total, and how often the goal was reached."""
    description = f"{period_name(chart)}: {duration(chart.seconds)}"
    goal = period_goal(chart)
    return f"{description} {goal}" if goal else description


def task_total_name(total: TaskTotal) -> str:
    """The card's number and the title of a task."""
    if total.task is None:
        return translate("History", "Other tasks")
    return f"#{total.task.card.id}  {total.task.title}" if total.task.card else total.task.title


def card_total_name(total: CardTotal) -> str:
    """A card's number and the title of its task, or that there is none."""
    return (
        f"#{total.card.id}  {total.title}" if total.card else translate("History", "Without a card")
    )


def totals_line(chart: BarChart, rows: int) -> str:
    """How many rows there are, and what they have together."""
    return fill(
        translate("History", "%1 in total, rows: %2"), duration(chart.seconds), format_number(rows)
    )


def period_description(chart: BarChart) -> str:
    """A week or month in words, date by date, without the empty ones."""
    details = "; ".join(bar_description(each) for each in chart.bars if each.seconds)
    return (
        f"{period_total(chart)}. {details}."
        if details
        else fill(translate("History", "%1: no entries."), period_total(chart))
    )


def bar_description(bar: Bar) -> str:
    """A bar in words."""
    total = f"{short_date(bar.date)} {duration(bar.seconds)}"
    return fill(translate("History", "%1, goal reached"), total) if bar.has_reached_goal else total


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
    """The progress of a deletion."""
    return _of_total(translate("History", "Deleting entries: %1 of %2"), done, total)


def delete_stopped(done: int, total: int) -> str:
    """That a deletion ended before its end."""
    return _of_total(translate("History", "Deleted: %1 of %2 entries."), done, total)


def undo_progress(done: int, total: int) -> str:
    """The progress of an undo."""
    return _of_total(translate("History", "Undoing: %1 of %2"), done, total)


def undo_stopped(done: int, total: int) -> str:
    """That an undo ended before its end."""
    return _of_total(translate("History", "Undone: %1 of %2."), done, total)


def _of_total(text: str, done: int, total: int) -> str:
    return fill(text, format_number(done), format_number(total))


def edit_preview(preview: EditPreview, zone: tzinfo) -> list[str]:
    """What saving an edit does; or what is wrong with it."""
    if preview.error is not None:
        return [span_error(preview.error)]
    lines = []
    if preview.result is not None:
        lines += _service_lines(preview.result, zone)
    if preview.overlaps:
        titles = ", ".join(each.title for each in preview.overlaps)
        lines.append(fill(translate("History", "This shares time with: %1."), titles))
    if preview.comment_units_left < 0:
        lines.append(manual_entry_words.comment_room(preview.comment_units_left))
    return lines


def _service_lines(edited: EditedEntry, zone: tzinfo) -> list[str]:
    """What each service holds of an entry once it is edited."""
    entry, span = (
        edited.finished.entry,
        TimeSpan(edited.finished.entry.started_at, edited.finished.stopped_at),
    )
    date = full_date(span.started_at.astimezone(zone).date())
    times = f"{date} {_with_length(span, zone)}"
    to_kaiten = [manual_entry_words.kaiten_line(each) for each in edited.to_kaiten]
    if edited.to_timecrowd:
        line = fill(translate("History", "TimeCrowd: %1, %2"), entry.task.title, times)
        kept = [message_text(UserMessage(DeliveryMessageId.COMMENT_KEPT))]
        return [line, *(kept if edited.keeps_first_comment else ()), *to_kaiten]
    return [times, *(to_kaiten or [manual_entry_words.no_service()])]


def span_error(span: BadSpan) -> str:
    """What is wrong with what was typed."""
    return manual_entry_words.span_error(span)


def split_preview(finished: FinishedEntry, at: datetime, zone: tzinfo) -> str:
    """What a split makes."""
    first, second = TimeSpan(finished.entry.started_at, at), TimeSpan(at, finished.stopped_at)
    return fill(
        translate("History", "%1 and %2"), *(_with_length(each, zone) for each in (first, second))
    )


def _with_length(span: TimeSpan, zone: tzinfo) -> str:
    seconds = span.length // timedelta(seconds=1)
    return f"{exact_time_range(span.started_at, span.stopped_at, zone)} ({duration(seconds)})"


def export_progress(entries: int) -> str:
    """The progress of an export."""
    return tr("Exporting: %Ln entries", "history", entries)


def export_finished(entries: int) -> str:
    """That it is whole."""
    return tr("Exported: %Ln entries", "history", entries)


def format_name(export_format: ExportFormat) -> str:
    """What a file of that kind is called."""
    return {
        ExportFormat.CSV: translate("History", "Table for spreadsheets (*.csv)"),
        ExportFormat.CSV_SEMICOLONS: translate(
            "History", "Table for spreadsheets, with semicolons (*.csv)"
        ),
        ExportFormat.JSON: translate("History", "JSON for programs (*.json)"),
        ExportFormat.CALENDAR: translate("History", "Calendar (*.ics)"),
    }[export_format]
