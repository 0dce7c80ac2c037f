"""What the Add time window says: values in, translated sentences out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from PySide6.QtCore import QCoreApplication

from timer_app.domain.setup.span_input import BadSpan, SpanField, TimeSpan
from timer_app.domain.user_message import fill
from timer_app.services.entries.manual_entry import EntryPreview, PlannedLog
from timer_app.ui import messages
from timer_app.ui.design.receipt import NOTHING_YET
from timer_app.ui.wording import (
    format_hm,
    format_hms,
    format_number,
    format_range,
    format_time,
    short_date,
    tr,
)


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """What a service will get."""

    heading: str
    amount: str
    details: tuple[str, ...] = ()


def hint(preview: EntryPreview) -> str:
    """What is still missing or wrong, or what to look at before; "" if there is nothing."""
    translate = QCoreApplication.translate
    if preview.error is not None:
        return span_error(preview.error)
    if preview.span is None or preview.task is None:
        return translate("ManualEntry", "Choose a card or a task.")
    lines = [] if preview.to_timecrowd or preview.to_kaiten else [no_service()]
    if preview.overlaps:
        titles = ", ".join(each.title for each in preview.overlaps)
        lines.append(fill(translate("ManualEntry", "Overlaps with: %1."), titles))
    return "\n".join(lines)


def span_times(span: TimeSpan, zone: tzinfo) -> str:
    """From when to when."""
    return format_range(format_time(span.started_at, zone), format_time(span.stopped_at, zone))


def timecrowd_receipt(preview: EntryPreview, zone: tzinfo) -> ReceiptWords:
    """What TimeCrowd gets: from when to when, on which date, how long."""
    heading = QCoreApplication.translate("ManualEntry", "TimeCrowd gets")
    if preview.span is None:
        return ReceiptWords(heading, NOTHING_YET)
    began = preview.span.started_at.astimezone(zone).date()
    ended = preview.span.stopped_at.astimezone(zone).date()
    dates = short_date(began)
    if ended != began:
        dates = format_range(dates, short_date(ended))
    length = derived_fields(preview.span, zone)[SpanField.LENGTH]
    return ReceiptWords(heading, span_times(preview.span, zone), (f"{dates} · {length}",))


def kaiten_receipt(preview: EntryPreview) -> ReceiptWords:
    """What Kaiten gets: minutes, and for which dates."""
    translate = QCoreApplication.translate
    heading = translate("ManualEntry", "Kaiten gets")
    if preview.span is None:
        return ReceiptWords(heading, NOTHING_YET)
    total = sum(each.minutes for each in preview.to_kaiten)
    amount = fill(translate("ManualEntry", "%1 min"), format_number(total))
    card = preview.task.card if preview.task else None
    number = f" · #{card.id}" if card else ""
    if len(preview.to_kaiten) == 1 and total:
        return ReceiptWords(
            heading, amount, (f"{short_date(preview.to_kaiten[0].segment.for_date)}{number}",)
        )
    return ReceiptWords(
        heading, amount if total else translate("ManualEntry", "No minute yet"),
        tuple(map(_log_detail, preview.to_kaiten)),
    )  # fmt: skip


def _log_detail(planned: PlannedLog) -> str:
    """The minutes of one of several dates, or why there are none."""
    date = short_date(planned.segment.for_date)
    if planned.minutes:
        template = QCoreApplication.translate("ManualEntry", "%1: %2 min")
        return fill(template, date, format_number(planned.minutes))
    template = QCoreApplication.translate(
        "ManualEntry", "%1: %2 s are added to the card's next entry that day"
    )
    return fill(template, date, format_number(planned.segment.seconds))


def no_service() -> str:
    """That an entry stays where it is."""
    return QCoreApplication.translate(
        "ManualEntry", "Saved on this computer; no service is set up for it."
    )


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


def kaiten_line(planned: PlannedLog) -> str:
    """What Kaiten gets for a date."""
    date = short_date(planned.segment.for_date)
    if planned.minutes:
        template = QCoreApplication.translate("ManualEntry", "Kaiten: %1, %2 min")
        return fill(template, date, format_number(planned.minutes))
    template = QCoreApplication.translate(
        "ManualEntry",
        "Kaiten: %1, no minute yet: %2 s are added to the card's next entry that day",
    )
    return fill(template, date, format_number(planned.segment.seconds))


def span_error(span: BadSpan) -> str:
    """What is wrong with what was typed."""
    return messages.error_text(span.error)
