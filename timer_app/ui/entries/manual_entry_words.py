"""What the Add time window says: values in, translated sentences out."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QCoreApplication

from timer_app.domain.entries.task import Task
from timer_app.domain.setup.span_input import BadSpan, SpanField, TimeSpan
from timer_app.domain.user_message import fill
from timer_app.services.entries.manual_entry import EntryPreview, PlannedLog
from timer_app.ui import messages
from timer_app.ui.wording import (
    format_hm,
    format_hms,
    format_number,
    format_time,
    short_date,
    tr,
)


def preview_lines(of: EntryPreview, zone: tzinfo) -> list[str]:
    """What each service will receive, and what to look at before; or what is still missing."""
    translate = QCoreApplication.translate
    if of.error is not None:
        return [span_error(of.error)]
    if of.span is None or of.task is None:
        return [translate("ManualEntry", "Choose a card or a task.")]
    lines = [_timecrowd_line(of.task, of.span, zone)] if of.to_timecrowd else []
    lines += [kaiten_line(each) for each in of.to_kaiten]
    lines = lines or [no_service()]
    if of.overlaps:
        titles = ", ".join(each.title for each in of.overlaps)
        lines.append(fill(translate("ManualEntry", "This shares time with: %1."), titles))
    return lines


def no_service() -> str:
    """That an entry stays where it is."""
    return QCoreApplication.translate("ManualEntry", "Kept here; no service is set up for it.")


def comment_room(remaining: int) -> str:
    """How much longer the comment may be."""
    if remaining < 0:
        return tr("The comment is %Ln character(s) too long for Kaiten.", "", -remaining)
    return tr("Room for %Ln character(s)", "", remaining)


def derived_fields(span: TimeSpan, zone: tzinfo) -> dict[SpanField, str]:
    """What each field would say for the stretch."""
    seconds = int(span.length.total_seconds())
    return {
        SpanField.BEGIN: format_time(span.started_at, zone),
        SpanField.END: format_time(span.stopped_at, zone),
        SpanField.LENGTH: format_hms(seconds) if seconds % 60 else format_hm(seconds),
    }


def _timecrowd_line(task: Task, span: TimeSpan, zone: tzinfo) -> str:
    said = QCoreApplication.translate("ManualEntry", "TimeCrowd: %1, %2 – %3 (%4)")
    began, ended = span.started_at.astimezone(zone), span.stopped_at.astimezone(zone)
    begin = f"{short_date(began.date())} {format_time(span.started_at, zone)}"
    end = format_time(span.stopped_at, zone)
    if ended.date() != began.date():
        end = f"{short_date(ended.date())} {end}"
    return fill(said, task.title, begin, end, derived_fields(span, zone)[SpanField.LENGTH])


def kaiten_line(of: PlannedLog) -> str:
    """What Kaiten gets for a date."""
    date = short_date(of.segment.for_date)
    if of.minutes:
        said = QCoreApplication.translate("ManualEntry", "Kaiten: %1, %2 min")
        return fill(said, date, format_number(of.minutes))
    said = QCoreApplication.translate(
        "ManualEntry",
        "Kaiten: %1, no minute yet: %2 s come with the card's next entry of that day",
    )
    return fill(said, date, format_number(of.segment.seconds))


def span_error(of: BadSpan) -> str:
    """What is wrong with what was typed."""
    return messages.error_text(of.error)
