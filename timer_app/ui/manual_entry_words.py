"""What the Add time window says: values in, translated sentences out."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QCoreApplication

from timer_app.domain.span_input import BadSpan, Fault, Field, Span
from timer_app.domain.task import Task
from timer_app.services.manual_entry import KaitenDay, Preview
from timer_app.ui.wording import clock, day, filled, number, short, time_of_day, tr


def preview(of: Preview, zone: tzinfo) -> list[str]:
    """What each service will receive, and what to look at before; or what is still missing."""
    translate = QCoreApplication.translate
    if of.wrong is not None:
        return [wrong(of.wrong)]
    if of.span is None or of.task is None:
        return [translate("ManualEntry", "Choose a card or a task.")]
    lines = [_to_timecrowd(of.task, of.span, zone)] if of.to_timecrowd else []
    lines += [_to_kaiten(each) for each in of.to_kaiten]
    if not lines:
        lines = [translate("ManualEntry", "Kept here; no service is set up for it.")]
    if of.overlaps:
        titles = ", ".join(each.title for each in of.overlaps)
        lines.append(filled(translate("ManualEntry", "This shares time with: %1."), titles))
    return lines


def room(left: int) -> str:
    """How much longer the comment may be."""
    if left < 0:
        return tr("The comment is %Ln character(s) too long for Kaiten.", "", -left)
    return tr("Room for %Ln character(s)", "", left)


def derived(span: Span, zone: tzinfo) -> dict[Field, str]:
    """What each field would say for the stretch."""
    seconds = int(span.length.total_seconds())
    return {
        Field.BEGIN: time_of_day(span.started_at, zone),
        Field.END: time_of_day(span.stopped_at, zone),
        Field.LENGTH: clock(seconds) if seconds % 60 else short(seconds),
    }


def _to_timecrowd(task: Task, span: Span, zone: tzinfo) -> str:
    said = QCoreApplication.translate("ManualEntry", "TimeCrowd: %1, %2 – %3 (%4)")
    began, ended = span.started_at.astimezone(zone), span.stopped_at.astimezone(zone)
    begin = f"{day(began.date())} {time_of_day(span.started_at, zone)}"
    end = time_of_day(span.stopped_at, zone)
    if ended.date() != began.date():
        end = f"{day(ended.date())} {end}"
    return filled(said, task.title, begin, end, derived(span, zone)[Field.LENGTH])


def _to_kaiten(of: KaitenDay) -> str:
    date = day(of.stretch.for_date)
    if of.minutes:
        said = QCoreApplication.translate("ManualEntry", "Kaiten: %1, %2 min")
        return filled(said, date, number(of.minutes))
    said = QCoreApplication.translate(
        "ManualEntry",
        "Kaiten: %1, no minute yet: %2 s come with the card's next entry of that day",
    )
    return filled(said, date, number(of.stretch.seconds))


def wrong(of: BadSpan) -> str:
    """What is wrong with what was typed."""
    translate = QCoreApplication.translate
    no_time = {
        Field.BEGIN: translate("ManualEntry", "“From” is not a time. Write 9:30, 930 or -15m."),
        Field.END: translate("ManualEntry", "“Until” is not a time. Write 10:30 or 1030."),
    }
    return {
        Fault.MISSING: translate(
            "ManualEntry", "Say from when to when, or how long: two are enough."
        ),
        Fault.NOT_A_TIME: no_time.get(of.field, ""),
        Fault.NOT_A_LENGTH: translate(
            "ManualEntry", "This is no length. Write 1h30m, 1:30, 90 or 1.5h."
        ),
        Fault.SKIPPED: translate(
            "ManualEntry", "That time does not exist: the clocks were set forward over it."
        ),
        Fault.DISAGREES: translate("ManualEntry", "The three do not agree: empty one of them."),
        Fault.ENDS_BEFORE: translate("ManualEntry", "The end must come after the beginning."),
        Fault.TOO_LONG: translate("ManualEntry", "That is longer than a month."),
        Fault.FUTURE: translate("ManualEntry", "That is still to come."),
        Fault.OUTSIDE: translate("ManualEntry", "That lies outside of the entry."),
    }[of.fault]
