"""CSV, JSON and iCalendar: read back by others' readers, they say what the entries say."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.services.entries.export import EntryDocument, ExportFormat, export_text, new_exporter

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ENTRY: EntryDocument = {
    "id": "e1",
    "task": "Ship it",
    "card_id": 7,
    "card_url": "https://acme.kaiten.ru/7",
    "comment": "первая; вторая, третья\nещё",
    "started_at": "2026-11-22T09:00:00+03:00",
    "stopped_at": "2026-11-22T10:30:00+03:00",
    "seconds": 5400,
    "source": "manual",
    "deliveries": [
        {"service": "timecrowd", "remote_id": "6131"},
        {"service": "timecrowd", "remote_id": "6131"},
        {"service": "kaiten", "remote_id": "77"},
        {"service": "kaiten", "remote_id": None},
        {"service": "kaiten", "remote_id": "78", "minutes": 0},  # a log that was deleted
    ],
}
RUNNING: EntryDocument = {**ENTRY, "id": "e2", "card_id": None, "card_url": None, "comment": "",
                  "stopped_at": None, "deliveries": []}  # fmt: skip
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]))


def rows(text: str) -> list[dict[str, str]]:
    """What another program reads."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv() -> None:
    found = rows(export_text(ExportFormat.CSV, [ENTRY, RUNNING], NOW))
    assert found[0] == {
        "id": "e1", "task": "Ship it", "card_id": "7", "card_url": "https://acme.kaiten.ru/7",
        "comment": "первая; вторая, третья\nещё", "started_at": "2026-11-22T09:00:00+03:00",
        "stopped_at": "2026-11-22T10:30:00+03:00", "seconds": "5400", "source": "manual",
        "timecrowd_ids": "6131", "kaiten_ids": "77",
    }  # fmt: skip
    assert (found[1]["stopped_at"], found[1]["card_id"], found[1]["kaiten_ids"]) == ("", "", "")


def test_a_spreadsheet_takes_no_title_for_a_formula() -> None:
    entry = {**ENTRY, "task": '=HYPERLINK("https://evil.example")', "comment": "-1"}
    found = rows(export_text(ExportFormat.CSV, [entry], NOW))
    assert found[0]["task"] == "'" + str(entry["task"])
    assert found[0]["comment"] == "'-1"


@pytest.mark.parametrize("sign", "=+-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b")
@pytest.mark.parametrize(
    "before", ["", " ", "\u3000", "\u2003", "a;", "a\t", "a\n", "a,", "\t", "\r", ";"]
)
@pytest.mark.parametrize("form", [ExportFormat.CSV, ExportFormat.CSV_SEMICOLONS], ids=str)
def test_no_cell_of_any_separator_begins_a_formula(
    form: ExportFormat, before: str, sign: str
) -> None:
    entry = {**ENTRY, "task": f"{before}{sign}cmd|'/C calc'!A0", "comment": f"{before}{sign}1"}
    text = export_text(form, [entry], NOW)
    for separator in ",;\t":
        for quoted in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            lines = io.StringIO(text, newline="")
            for row in csv.reader(lines, delimiter=separator, quoting=quoted):
                assert not [cell for cell in row if cell.lstrip().startswith(sign)]


def test_a_table_for_languages_that_write_1_5_is_separated_by_semicolons() -> None:
    text = export_text(ExportFormat.CSV_SEMICOLONS, [ENTRY], NOW)
    (row,) = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    assert (row["task"], row["comment"]) == (ENTRY["task"], ENTRY["comment"])
    assert ExportFormat.CSV_SEMICOLONS.suffix == "csv"


@given(st.text(), st.text())
def test_no_file_holds_control_characters(title: str, comment: str) -> None:
    entry = {**ENTRY, "task": title + "\0\x1b[2J\x9b", "comment": comment + "\x7f\x00"}
    for form in ExportFormat:
        text = export_text(form, [entry], NOW)
        allowed = "\t\r\n" if form is not ExportFormat.JSON else "\n\x7f"
        control = {letter for letter in text if ord(letter) < 32 or letter == "\x7f"}
        assert control <= set(allowed)


def test_json_is_the_list_of_the_command_line() -> None:
    assert json.loads(export_text(ExportFormat.JSON, [ENTRY, RUNNING], NOW)) == [ENTRY, RUNNING]
    assert json.loads(export_text(ExportFormat.JSON, [], NOW)) == []


def test_a_calendar() -> None:
    assert export_text(ExportFormat.CALENDAR, [ENTRY, RUNNING], NOW).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//timer-app//Timer App//EN",
        "BEGIN:VEVENT",
        "UID:e1@timer-app",
        "DTSTAMP:20261122T090000Z",
        "DTSTART:20261122T060000Z",
        "DTEND:20261122T073000Z",
        "SUMMARY:Ship it",
        "DESCRIPTION:первая\\; вторая\\, третья\\nещё",
        "URL:https://acme.kaiten.ru/7",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:e2@timer-app",
        "DTSTAMP:20261122T090000Z",
        "DTSTART:20261122T060000Z",
        "DTEND:20261122T090000Z",
        "SUMMARY:Ship it",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(TEXT, TEXT)
def test_a_calendar_is_folded_and_unfolds_to_what_it_was(title: str, comment: str) -> None:
    entry = {**ENTRY, "task": title, "comment": comment}
    text = export_text(ExportFormat.CALENDAR, [entry], NOW)
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    (summary,) = [line for line in unfolded if line.startswith("SUMMARY:")]
    plain = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1],
                   summary.removeprefix("SUMMARY:"))  # fmt: skip
    assert plain == re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "", "\n".join(title.splitlines()))


@given(st.lists(TEXT, max_size=5), TEXT)
def test_in_pieces_it_is_the_same_as_at_once(comments: list[str], title: str) -> None:
    entries: list[EntryDocument] = [{**ENTRY, "comment": each, "task": title} for each in comments]
    for form in ExportFormat:
        of = new_exporter(form, NOW)
        text = of.head() + "".join(of.entries([each]) for each in entries) + of.tail()
        assert text == export_text(form, entries, NOW)
    found = rows(export_text(ExportFormat.CSV, entries, NOW))
    assert [row["id"] for row in found] == ["e1"] * len(entries)
    assert all(one["task"] == other["task"] for one, other in pairwise(found))
