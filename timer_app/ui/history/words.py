"""What the history says: values in, translated sentences out."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from timer_app.domain.auditing import (
    GiveTimes,
    GiveValues,
    Help,
    LogAgain,
    Recognize,
    RecordAgain,
    RemoveEntry,
    RemoveFormer,
    RemoveLog,
    Repair,
    Row,
    TakeIn,
    Verdict,
)
from timer_app.domain.delivery import StartEntry
from timer_app.domain.entry import FinishedEntry, Source
from timer_app.domain.span_input import BadSpan, Span
from timer_app.services.audit import Audit, Repaired
from timer_app.services.exporting import Format
from timer_app.services.history import Bar, Bars, Block, Day, Scope, ServiceMark, length
from timer_app.services.history_desk import Outlook
from timer_app.services.listing import Standing
from timer_app.services.ports import LoggedEntry
from timer_app.ui import manual_entry_words
from timer_app.ui.wording import clock, filled, from_to, joined, number, short, time_of_day, tr
from timer_app.ui.wording import day as short_day

translate = QCoreApplication.translate
_MOST_TOLD = 40
"""Entries that a sentence tells one by one: nobody listens to more."""


def lasted(seconds: int) -> str:
    """A length: h:mm, with seconds where it is less than a minute."""
    return short(seconds) if seconds >= 60 or seconds == 0 else clock(seconds)


# -------------------------------------------------------------------- the table


def when(logged: LoggedEntry, zone: tzinfo) -> str:
    """From when to when: "09:00 – 10:30"; with the date where it ends on another."""
    if logged.stopped_at is None:
        return until_now(logged.entry.started_at, zone)
    return span(logged.entry.started_at, logged.stopped_at, zone)


def until_now(started_at: datetime, zone: tzinfo) -> str:
    """From when on: "09:00 – now"."""
    return filled(translate("History", "%1 – now"), _minute(started_at, zone))


def span(started_at: datetime, stopped_at: datetime, zone: tzinfo) -> str:
    """Two times of day, to the minute; "00:45 +1" is one of the next day."""
    days = (_date(stopped_at, zone) - _date(started_at, zone)).days
    later = f" +{days}" if days else ""
    return from_to(_minute(started_at, zone), f"{_minute(stopped_at, zone)}{later}")


def exact_span(started_at: datetime, stopped_at: datetime, zone: tzinfo) -> str:
    """Two times of day, with the seconds that they have, and the date where it is another."""
    began, ended = time_of_day(started_at, zone), time_of_day(stopped_at, zone)
    last = _date(stopped_at, zone)
    if last != _date(started_at, zone):
        ended = f"{short_day(last)} {ended}"
    return from_to(began, ended)


def _date(instant: datetime, zone: tzinfo) -> date:
    return instant.astimezone(zone).date()


def _minute(instant: datetime, zone: tzinfo) -> str:
    return f"{instant.astimezone(zone):%H:%M}"


def date_of(logged: LoggedEntry, now: datetime, zone: tzinfo) -> str:
    """The date of its start; with the year where that is another than this one."""
    began = logged.entry.started_at.astimezone(zone).date()
    return short_day(began) if began.year == now.astimezone(zone).year else whole_date(began)


def whole_date(of: date) -> str:
    """A date with its weekday and year."""
    form = translate("History", "ddd d MMM yyyy", "a date, in Qt's letters")
    return QLocale().toString(QDate(of.year, of.month, of.day), form)


def task(logged: LoggedEntry) -> str:
    """The card's number and the title."""
    of = logged.entry.task
    return f"#{of.card.id}  {of.title}" if of.card else of.title


def source(of: Source) -> str:
    """What made the entry."""
    return {
        Source.CLICK: translate("History", "Click"),
        Source.HOTKEY: translate("History", "Hot key"),
        Source.MANUAL: translate("History", "By hand"),
        Source.CLI: translate("History", "Command line"),
        Source.ADOPTED: translate("History", "Other device"),
    }[of]


def standing(of: Standing) -> str:
    """How far an entry has come."""
    return {
        Standing.NOT_TOLD: translate("History", "Not told"),
        Standing.DELIVERED: translate("History", "Delivered"),
        Standing.WAITING: translate("History", "Waiting"),
        Standing.NEEDS_PERSON: translate("History", "Needs you"),
    }[of]


def mark(of: ServiceMark) -> str:
    """How an entry stands with a service, and its id there."""
    said = "–" if of.standing is Standing.NOT_TOLD else standing(of.standing)
    return f"{said}  {of.remote_id}" if of.remote_id else said


def selected(entries: list[LoggedEntry], now: datetime) -> str:
    """How many are selected, and how long they took."""
    total = sum(length(each, now) for each in entries)
    return filled(translate("History", "Selected: %1, %2"), number(len(entries)), lasted(total))


def listed(rows: int, *, finished: bool, searching: bool) -> str:
    """How many entries the table has so far."""
    if searching:
        return filled(translate("History", "Found %1, still searching…"), number(rows))
    if finished:
        return filled(translate("History", "Entries: %1"), number(rows))
    return filled(translate("History", "Entries: %1, more as you scroll"), number(rows))


# -------------------------------------------------------------------- the pictures


def day_total(of: Day) -> str:
    """The day's total against its goal."""
    total = lasted(of.seconds)
    if not of.goal:
        return f"{short_day(of.date)}  ·  {total}"
    return filled(
        translate("History", "%1  ·  %2 of %3"), short_day(of.date), total, short(of.goal)
    )


def day_sentence(of: Day, zone: tzinfo) -> str:
    """A day in words, entry by entry."""
    if not of.blocks:
        return filled(translate("History", "%1: no entries."), short_day(of.date))
    blocks = sorted(of.blocks, key=lambda each: each.begins)
    told = "; ".join(block(each, zone) for each in blocks[:_MOST_TOLD])
    more = len(blocks) - _MOST_TOLD
    told += "; " + tr("and %Ln more", "history", more) if more > 0 else ""
    return f"{day_total(of)}. {told}."


def block(of: Block, zone: tzinfo) -> str:
    """A block in words: "09:00 – 10:30, Ship it, 1:30"."""
    seconds = int((of.ends - of.begins).total_seconds())
    times = until_now(of.begins, zone) if of.running else span(of.begins, of.ends, zone)
    return f"{times}, {of.entry.task.title}, {lasted(seconds)}"


def bars_total(of: Bars) -> str:
    """The week's or month's total, and how often the goal was reached."""
    dates = from_to(short_day(of.first), short_day(of.last))
    if of.scope is Scope.MONTH:
        month = QLocale().standaloneMonthName(of.first.month)
        dates = filled(translate("History", "%1 %2", "month and year"), month, str(of.first.year))
    said = f"{dates}  ·  {lasted(of.seconds)}"
    if not of.goal:
        return said
    reached = tr("goal reached on %Ln day(s)", "history", of.reached)
    return f"{said}  ·  {reached}"


def bars_sentence(of: Bars) -> str:
    """A week or month in words, date by date, without the empty ones."""
    told = "; ".join(bar(each, of.goal) for each in of.bars if each.seconds)
    return (
        f"{bars_total(of)}. {told}."
        if told
        else filled(translate("History", "%1: no entries."), bars_total(of))
    )


def bar(of: Bar, goal: int) -> str:
    """A bar in words."""
    said = f"{short_day(of.date)} {lasted(of.seconds)}"
    return (
        filled(translate("History", "%1, goal reached"), said)
        if goal and of.seconds >= goal
        else said
    )


# -------------------------------------------------------------------- acts


def deleted(entries: list[LoggedEntry]) -> str:
    """What was deleted."""
    if len(entries) == 1:
        return filled(
            translate("History", "Deleted here and in both services: %1"),
            entries[0].entry.task.title,
        )
    return tr("%Ln entries are deleted here and in both services", "history", len(entries))


def edited(logged: LoggedEntry) -> str:
    """That an entry was changed."""
    return filled(translate("History", "Changed: %1"), logged.entry.task.title)


def split(logged: LoggedEntry) -> str:
    """That an entry was split."""
    return filled(translate("History", "Split: %1"), logged.entry.task.title)


def resumed(logged: LoggedEntry) -> str:
    """That its task runs now."""
    return filled(translate("History", "Started: %1"), logged.entry.task.title)


def undone() -> str:
    """That it was taken back."""
    return filled(translate("History", "Taken back."))


def outlook(of: Outlook, zone: tzinfo) -> list[str]:
    """What saving an edit does; or what is wrong with it."""
    if of.wrong is not None:
        return [wrong(of.wrong)]
    lines = []
    if of.span is not None:
        seconds = int(of.span.length.total_seconds())
        times = exact_span(of.span.started_at, of.span.stopped_at, zone)
        lines.append(f"{whole_date(of.span.started_at.astimezone(zone).date())} {times}"
                     f" ({lasted(seconds)})")  # fmt: skip
    if of.overlaps:
        titles = ", ".join(each.title for each in of.overlaps)
        lines.append(filled(translate("History", "This shares time with: %1."), titles))
    if of.comment_left < 0:
        lines.append(manual_entry_words.room(of.comment_left))
    return lines or [filled(translate("History", "Both services follow what you save here."))]


def wrong(of: BadSpan) -> str:
    """What is wrong with what was typed."""
    return manual_entry_words.wrong(of)


def halves(finished: FinishedEntry, at: datetime, zone: tzinfo) -> str:
    """What a split makes."""
    first, second = Span(finished.entry.started_at, at), Span(at, finished.stopped_at)
    return filled(
        translate("History", "%1 and %2"), *(_with_length(each, zone) for each in (first, second))
    )


def _with_length(of: Span, zone: tzinfo) -> str:
    seconds = of.length // timedelta(seconds=1)
    return f"{exact_span(of.started_at, of.stopped_at, zone)} ({lasted(seconds)})"


def exporting(entries: int) -> str:
    """How far an export has come."""
    return tr("Exporting: %Ln entries", "history", entries)


def exported(entries: int) -> str:
    """That it is whole."""
    return tr("Exported: %Ln entries", "history", entries)


def format_name(of: Format) -> str:
    """What a file of that kind is called."""
    return {
        Format.CSV: translate("History", "Table for spreadsheets (*.csv)"),
        Format.JSON: translate("History", "JSON for programs (*.json)"),
        Format.CALENDAR: translate("History", "Calendar (*.ics)"),
    }[of]


# -------------------------------------------------------------------- audit


def verdict(of: Verdict) -> str:
    """How the journal stands to a service."""
    return {
        Verdict.MATCHED: translate("History", "Matched"),
        Verdict.MISSING: translate("History", "Missing"),
        Verdict.EXTRA: translate("History", "Extra"),
        Verdict.DIFFERENT: translate("History", "Different"),
    }[of]


def counts(of: Audit) -> str:
    """How many rows of each kind."""
    kinds = [each.verdict for each in of.rows]
    return ", ".join(f"{verdict(each)}: {number(kinds.count(each))}" for each in Verdict)


def asking(done: int, total: int) -> str:
    """How far the asking has come."""
    return filled(
        translate("History", "Asking the services… Kaiten: %1 of %2"), number(done), number(total)
    )


def repaired(of: Repaired) -> str:
    """What was repaired, and what not."""
    said = filled(translate("History", "Repaired: %1."), number(len(of.rows)))
    if of.changed:
        changed = number(len(of.changed))
        not_repaired = translate("History", "Not repaired, since it has changed meanwhile: %1.")
        said = joined(said, filled(not_repaired, changed))
    return said


def help_with(row: Row) -> str:
    """What brings a row right where no repair does."""
    return {
        Help.NONE: "",
        Help.WAITS: translate("History", "Comes right by itself"),
        Help.PERSON: translate("History", "See Problems"),
    }[row.help]


def repair(of: Repair) -> str:  # noqa: C901, PLR0911 - a sentence for each repair
    """What a repair does, short enough for a button."""
    match of:
        case GiveTimes():
            return translate("History", "Correct the times in TimeCrowd")
        case RecordAgain(message=StartEntry()):
            return translate("History", "Start it in TimeCrowd")
        case RecordAgain():
            return translate("History", "Record it in TimeCrowd")
        case Recognize():
            return translate("History", "Take TimeCrowd's entry for this one")
        case TakeIn():
            return translate("History", "Take it into the journal")
        case RemoveEntry() | RemoveFormer():
            return translate("History", "Delete it in TimeCrowd")
        case GiveValues():
            return translate("History", "Correct the log in Kaiten")
        case LogAgain(removal=None):
            return translate("History", "Log it in Kaiten")
        case LogAgain():
            return translate("History", "Log it anew in Kaiten")
        case RemoveLog():
            return translate("History", "Delete it in Kaiten")
