"""Entries as text for other programs: JSON, CSV (RFC 4180), iCalendar (RFC 5545). Pure.

An exporter makes a file of many pieces, so that a million entries need not be held at once. Its
entries are documents of `log --json`, with aware local times.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Protocol

EntryDocument = Mapping[str, object]


class ExportFormat(Enum):
    """The format of an export."""

    CSV = "csv"
    CSV_SEMICOLONS = "csv;"
    JSON = "json"
    CALENDAR = "ics"

    @property
    def suffix(self) -> str:
        """The suffix of the file's name."""
        return self.value.rstrip(";")

    @property
    def is_table(self) -> bool:
        """Whether it is a table for spreadsheets."""
        return self in (ExportFormat.CSV, ExportFormat.CSV_SEMICOLONS)


class Exporter(Protocol):
    """Makes text in pieces: a head, entries any number of times, a tail."""

    def head(self) -> str:
        """The text before the entries."""
        ...

    def entries(self, entries: Iterable[EntryDocument]) -> str:
        """The text of these entries."""
        ...

    def tail(self) -> str:
        """The text after the entries."""
        ...


class ExportSink(Protocol):
    """The file of an export. `write` and `commit` raise OSError."""

    def write(self, text: str) -> None:
        """Add a piece."""
        ...

    def commit(self) -> None:
        """Finish the file."""
        ...

    def discard(self) -> None:
        """Remove the unfinished file."""
        ...


def new_exporter(form: ExportFormat, now: datetime) -> Exporter:
    """A new exporter; `now` is when the export is made, and the end of a running entry in it."""
    match form:
        case ExportFormat.CSV:
            return _Csv(",")
        case ExportFormat.CSV_SEMICOLONS:
            return _Csv(";")
        case ExportFormat.JSON:
            return _Json()
        case ExportFormat.CALENDAR:
            return _Calendar(now)


def export_text(form: ExportFormat, entries: Iterable[EntryDocument], now: datetime) -> str:
    """The whole export as one text."""
    exporter = new_exporter(form, now)
    return exporter.head() + exporter.entries(entries) + exporter.tail()


# -------------------------------------------------------------------- JSON


class _Json:
    """One list, an entry a line."""

    def __init__(self) -> None:
        self._has_entries = False

    def head(self) -> str:
        return "["

    def entries(self, entries: Iterable[EntryDocument]) -> str:
        pieces = []
        for entry in entries:
            pieces.append(",\n" if self._has_entries else "\n")
            pieces.append(json.dumps(entry, ensure_ascii=False))
            self._has_entries = True
        return "".join(pieces)

    def tail(self) -> str:
        return "\n]\n"


# -------------------------------------------------------------------- CSV


_COLUMNS = (
    "id", "task", "card_id", "card_url", "comment", "started_at", "stopped_at", "seconds", "source",
    "timecrowd_ids", "kaiten_ids",
)  # fmt: skip
_FORMULA_START = re.compile(
    r"(\A[^\S\t\r\n]*|[;,\t\r\n])"
    r"(?=[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff1d\uff0b\uff0d\uff20])|\A(?=[\t\r])"
)
"""Where a spreadsheet would begin a formula: at the beginning of a cell, and where it takes another
separator, or does not know quotes, at the beginning of what it takes for one."""
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters but tab and line breaks; no table and no calendar may hold them."""


class _Csv:
    """A line for each entry, with a heading; a service's ids stand in one column."""

    def __init__(self, separator: str) -> None:
        self._separator = separator

    def head(self) -> str:
        return self._line(_COLUMNS)

    def entries(self, entries: Iterable[EntryDocument]) -> str:
        return "".join(map(self._entry, entries))

    def tail(self) -> str:
        return ""

    def _entry(self, entry: EntryDocument) -> str:
        ids = {each: _remote_ids(entry, each) for each in ("timecrowd", "kaiten")}
        more = {f"{service}_ids": " ".join(found) for service, found in ids.items()}
        return self._line([_cell({**entry, **more}.get(name)) for name in _COLUMNS])

    def _line(self, cells: Sequence[str]) -> str:
        line = io.StringIO()
        csv.writer(line, delimiter=self._separator).writerow(cells)
        return line.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, str):
        return spreadsheet_text(value)
    return "" if value is None else str(value)


def spreadsheet_text(text: str) -> str:
    """The text of a cell that is no formula: one could act, and a card's title is others' text."""
    return _FORMULA_START.sub(lambda match: f"{match[1] or ''}'", _NOT_TEXT.sub("", text))


def _remote_ids(entry: EntryDocument, service: str) -> list[str]:
    found = entry.get("deliveries")
    deliveries = found if isinstance(found, list) else []
    ids = (
        each["remote_id"]
        for each in deliveries
        if each["service"] == service and each.get("minutes") != 0  # a deleted log has 0
    )
    return list(dict.fromkeys(str(each) for each in ids if each))


# -------------------------------------------------------------------- iCalendar


_OCTETS = 75


class _Calendar:
    """An event for each entry."""

    def __init__(self, now: datetime) -> None:
        self._now = _utc(now)

    def head(self) -> str:
        lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//timer-app//Timer App//EN")
        return "".join(map(_content_line, lines))

    def entries(self, entries: Iterable[EntryDocument]) -> str:
        return "".join(_content_line(line) for entry in entries for line in self._event(entry))

    def tail(self) -> str:
        return _content_line("END:VCALENDAR")

    def _event(self, entry: EntryDocument) -> Iterable[str]:
        stopped_at = entry["stopped_at"]
        yield "BEGIN:VEVENT"
        yield f"UID:{_escaped(entry['id'])}@timer-app"
        yield f"DTSTAMP:{self._now}"
        yield f"DTSTART:{_utc_of(entry['started_at'])}"
        yield f"DTEND:{_utc_of(stopped_at) if stopped_at else self._now}"
        yield f"SUMMARY:{_escaped(entry['task'])}"
        if entry["comment"]:
            yield f"DESCRIPTION:{_escaped(entry['comment'])}"
        if url := entry["card_url"] or entry.get("address"):
            yield f"URL:{_NOT_TEXT.sub('', str(url))}"
        yield "END:VEVENT"


def _utc_of(text: object) -> str:
    return _utc(datetime.fromisoformat(str(text)))


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: object) -> str:
    """RFC 5545, 3.3.11."""
    escaped = _NOT_TEXT.sub("", "\n".join(str(text).splitlines()))
    for letter in ("\\", ";", ","):
        escaped = escaped.replace(letter, f"\\{letter}")
    return escaped.replace("\n", "\\n")


def _content_line(line: str) -> str:
    """RFC 5545, 3.1: at most 75 octets, folded between letters."""
    folded, octets = [], 0
    for letter in line:
        size = len(letter.encode("utf-8", "surrogatepass"))
        if octets + size > _OCTETS:
            folded.append("\r\n ")
            octets = 1
        folded.append(letter)
        octets += size
    return "".join(folded) + "\r\n"
