"""The list in pages: together they are exactly what is sought, and none of them reads the whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.entries.journal.support import CARD, TASK, WORDS, open_journal
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.service_messages import RecordEntry
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source
from timer_app.domain.entries.minutes import split_by_day
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Effect, Idle, Running, SegmentedEntry, Transition
from timer_app.services.entries.listing import DeliveryStatus, EntryCursor, EntryFilter

MOSCOW = ZoneInfo("Europe/Moscow")
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
RUSSIAN = Task("Перенести справку", Card("https://acme.kaiten.ru", 8))
TASKS = (TASK, WORDS, RUSSIAN)
NUMBERS = count(1)


@dataclass(frozen=True)
class Made:
    """An entry that a test made, and how its deliveries stand."""

    entry: Entry
    stopped_at: datetime | None
    states: tuple[DeliveryState, ...]

    @property
    def dates(self) -> set[date]:
        """On which dates it has time."""
        if self.stopped_at is None:
            return set()
        parts = split_by_day(self.entry.started_at, self.stopped_at, MOSCOW, time(4))
        return {part.for_date for part in parts}

    @property
    def delivery_status(self) -> DeliveryStatus:
        """Told plainly, by its states alone."""
        if DeliveryState.BLOCKED in self.states:
            return DeliveryStatus.NEEDS_PERSON
        if {DeliveryState.WAITING, DeliveryState.UNKNOWN} & set(self.states):
            return DeliveryStatus.WAITING
        return (
            DeliveryStatus.DELIVERED
            if DeliveryState.DONE in self.states
            else DeliveryStatus.NOT_SENT
        )

    def is_sought(self, entry_filter: EntryFilter) -> bool:
        """The port's words, said plainly."""
        first, last = entry_filter.first or date.min, entry_filter.last or date.max
        dated = entry_filter.first is not None or entry_filter.last is not None
        if self.stopped_at is None:
            on_dates = entry_filter.running
        else:
            on_dates = not dated or any(first <= each <= last for each in self.dates)
        entry = self.entry
        text = f"{entry.task.title} {entry.comment} {entry.task.key}".casefold()
        return (
            on_dates
            and entry_filter.delivery_status in (None, self.delivery_status)
            and all(word in text for word in entry_filter.words.casefold().split())
        )


def keep(journal: SqliteJournal, made: Made) -> None:
    """Put it into the journal."""
    entry = made.entry
    if made.stopped_at is None:
        journal.apply_transition(Transition(Running(entry)))
        return
    ended = SegmentedEntry(
        FinishedEntry(entry, made.stopped_at),
        split_by_day(entry.started_at, made.stopped_at, MOSCOW, time(4)),
    )
    message = RecordEntry(entry.task, entry.started_at, made.stopped_at)
    journal.apply_transition(Transition(Idle(), ended, effects=tuple(Effect(entry.id, message)
                                                       for _ in made.states)))  # fmt: skip
    logged = journal.entry(entry.id)
    assert logged
    for delivery, state in zip(logged.deliveries, made.states, strict=True):
        journal.set_state(delivery.id, state)


STATES = st.sampled_from([
    DeliveryState.DONE, DeliveryState.WAITING, DeliveryState.UNKNOWN, DeliveryState.BLOCKED,
    DeliveryState.DROPPED,
])  # fmt: skip
MINUTES = st.integers(0, 8 * 24 * 60)


@st.composite
def finished(draw: st.DrawFn) -> Made:
    """An entry that is over; some share their start, some last for days, some for nothing."""
    began = MONDAY + timedelta(minutes=draw(MINUTES) // 60 * 60)
    lasted = timedelta(minutes=draw(st.sampled_from([0, 1, 90, 26 * 60, 70 * 60])))
    task, comment = draw(st.sampled_from(TASKS)), draw(st.sampled_from(["", "Созвон", "review"]))
    entry = Entry(f"e{next(NUMBERS)}", task, began, Source.CLI, comment)
    return Made(entry, began + lasted, tuple(draw(st.lists(STATES, max_size=2))))


@st.composite
def running(draw: st.DrawFn) -> Made:
    """What runs."""
    began = MONDAY + timedelta(minutes=draw(MINUTES))
    return Made(Entry(f"r{next(NUMBERS)}", WORDS, began, Source.CLICK), None, ())


DATES = st.none() | st.dates(date(2026, 11, 14), date(2026, 11, 27))
SOUGHT = st.builds(
    EntryFilter,
    words=st.sampled_from(["", "созвон", "REVIEW ship", "справку 8", "nothing has this"]),
    delivery_status=st.none() | st.sampled_from(DeliveryStatus),
    first=DATES,
    last=DATES,
    running=st.booleans(),
)


def all_pages(
    journal: SqliteJournal,
    entry_filter: EntryFilter,
    most: int,
    scan_limit: int,
    *,
    oldest_first: bool = False,
) -> Iterator[tuple[str, ...]]:
    """Page after page."""
    place: EntryCursor | None = None
    while True:
        page = journal.page(
            entry_filter, place, most, scan_limit=scan_limit, oldest_first=oldest_first
        )
        assert len(page.ids) <= most
        yield page.ids
        if page.next_cursor is None:
            return
        assert page.next_cursor != place, "it does not come forward"
        place = page.next_cursor


def in_order(found: list[Made]) -> list[str]:
    """The newest first; of one start the later made first."""
    newest = sorted(enumerate(found), key=lambda each: (each[1].entry.started_at, each[0]))
    return [each.entry.id for _, each in reversed(newest)]


@settings(max_examples=60)
@given(
    st.lists(finished(), max_size=12), st.none() | running(), SOUGHT,
    st.integers(1, 5), st.integers(1, 5), st.sampled_from(["newest", "oldest"]),
)  # fmt: skip
def test_the_pages_together_are_what_matches_the_filter(
    made: list[Made],
    runs: Made | None,
    entry_filter: EntryFilter,
    most: int,
    scan_limit: int,
    first: str,
) -> None:
    oldest = first == "oldest"
    everything = [*made, *([runs] if runs else [])]
    with TemporaryDirectory() as folder:
        journal = open_journal(Path(folder))
        for each in everything:
            keep(journal, each)
        pages = all_pages(journal, entry_filter, most, scan_limit, oldest_first=oldest)
        found = [entry_id for page in pages for entry_id in page]
        journal.close()
    wanted = in_order([each for each in everything if each.is_sought(entry_filter)])
    assert found == (wanted[::-1] if oldest else wanted)


@settings(max_examples=40)
@given(st.lists(finished(), min_size=3, max_size=10), st.lists(finished(), max_size=6), SOUGHT)
def test_what_comes_or_goes_meanwhile_neither_hides_nor_doubles(
    made: list[Made], coming: list[Made], entry_filter: EntryFilter
) -> None:
    with TemporaryDirectory() as folder:
        journal = open_journal(Path(folder))
        for each in made:
            keep(journal, each)
        found: list[str] = []
        gone: set[str] = set()
        for number, page in enumerate(all_pages(journal, entry_filter, 2, 3)):
            found += page
            if number < len(coming):
                keep(journal, coming[number])
            if number == 1:
                gone.add(made[0].entry.id)
                journal.mark_deleted(made[0].entry.id)
        journal.close()
    assert len(found) == len(set(found))
    stayed = [each for each in made if each.entry.id not in gone]
    wanted = in_order([each for each in stayed if each.is_sought(entry_filter)])
    came = {each.entry.id for each in coming}
    assert [each for each in found if each not in came | gone] == wanted


def test_some_are_found_and_those_that_are_gone_are_not(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    made = [Made(Entry(f"s{n}", TASK, MONDAY, Source.CLI), MONDAY, ()) for n in range(3)]
    for each in made:
        keep(journal, each)
    journal.mark_deleted("s1")
    assert {*journal.entries_by_id(["s0", "s1", "s2", "nobody"])} == {"s0", "s2"}
    journal.close()


# -- what it costs


SOUGHTS = {
    "all": EntryFilter(),
    "words": EntryFilter("wanted"),
    "delivered": EntryFilter(delivery_status=DeliveryStatus.DELIVERED),
    "not told": EntryFilter(delivery_status=DeliveryStatus.NOT_SENT),
    "waiting": EntryFilter(delivery_status=DeliveryStatus.WAITING),
    "needs a person": EntryFilter(delivery_status=DeliveryStatus.NEEDS_PERSON),
    "a week": EntryFilter(first=date(2026, 11, 16), last=date(2026, 11, 22)),
    "since": EntryFilter(first=date(2026, 11, 16)),
    "until": EntryFilter(last=date(2026, 11, 22)),
}


@pytest.mark.parametrize("name", SOUGHTS)
def test_no_page_scans_a_table(tmp_path: Path, name: str) -> None:
    journal = open_journal(tmp_path)
    place = EntryCursor(MONDAY, 7)
    for after in (None, place):
        for oldest in (False, True):
            asked = asked_of(journal, entry_filter=SOUGHTS[name], after=after, oldest=oldest)
            assert asked
            for query in asked:
                assert not scans(journal.connection, query), query
    journal.close()


def test_no_sum_and_no_overlap_scans_a_table(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    said: list[str] = []
    journal.connection.set_trace_callback(said.append)
    journal.seconds_by_day(date(2026, 11, 1), date(2026, 11, 30))
    journal.overlapping(MONDAY, MONDAY + timedelta(hours=1))
    journal.entries_by_id(["a", "b"])
    list(journal.entries(date(2026, 11, 1), date(2026, 11, 1)))
    journal.connection.set_trace_callback(None)
    assert len(said) >= 4
    for query in said:
        assert not scans(journal.connection, query), query
    journal.close()


def asked_of(
    journal: SqliteJournal, *, entry_filter: EntryFilter, after: EntryCursor | None, oldest: bool
) -> list[str]:
    """What SQLite is asked for a page."""
    said: list[str] = []
    journal.connection.set_trace_callback(said.append)
    journal.page(entry_filter, after, 10, oldest_first=oldest)
    journal.connection.set_trace_callback(None)
    return said


def scans(connection: sqlite3.Connection, query: str) -> list[str]:
    """The steps that read a whole table or index of entries, stretches, deliveries or tasks.

    The index of what is open is as short as what it holds, and an index read in order is left as
    soon as there is enough: it is allowed where the number of rows is bounded.
    """
    plan = connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
    steps = [str(row[3]) for row in plan]
    allowed = ("SCAN delivery USING INDEX delivery_open", "SCAN opened", "SCAN json_each",
               "SCAN delivery USING COVERING INDEX delivery_open",
               "SCAN entry USING COVERING INDEX entry_running",
               "SCAN entry USING INDEX entry_running", "SCAN CONSTANT ROW")  # fmt: skip
    return [step for step in steps if step.startswith("SCAN") and not step.startswith(allowed)]


def test_a_rare_word_costs_no_more_than_what_is_examined(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    with journal.transaction():
        journal.connection.execute(
            "INSERT INTO task (id, key, title, used_at) VALUES (1,'t','t',1)"
        )
        journal.connection.executemany(
            "INSERT INTO entry (id, task_id, comment, source, started_at, stopped_at)"
            " VALUES (?, 1, '', 'cli', ?, ?)",
            ((f"n{n}", n, n + 60) for n in range(5_000)),
        )
    page = journal.page(EntryFilter("nowhere"), None, 10, scan_limit=100)
    assert page.ids == ()
    assert page.next_cursor == EntryCursor(datetime.fromtimestamp(4_900, UTC), 4_901)
    journal.close()


def test_totals_of_dates(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    for hours in (3, 30):
        end = MONDAY + timedelta(hours=hours)
        keep(journal, Made(Entry(f"h{hours}", TASK, MONDAY, Source.CLI), end, ()))
    totals = journal.seconds_by_day(date(2026, 11, 15), date(2026, 11, 17))
    # In Moscow it is three in the morning: the day that begins at four is Sunday's.
    assert totals == {date(2026, 11, 15): 2 * 3600, date(2026, 11, 16): 2 * 3600 + 24 * 3600,
                      date(2026, 11, 17): 5 * 3600}  # fmt: skip
    by_task = journal.task_seconds_by_day(date(2026, 11, 15), date(2026, 11, 17))
    assert by_task == [(day, TASK, seconds) for day, seconds in totals.items()]
    journal.close()


def test_tasks_are_numbered_in_the_order_of_their_first_use(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    assert journal.task_number(TASK.key) == 1
    for hours, task in enumerate((TASK, RUSSIAN, TASK), start=1):
        began = MONDAY + timedelta(hours=hours)
        keep(journal, Made(Entry(f"n{hours}", task, began, Source.CLI), began, ()))
    found = [journal.task_number(key) for key in (TASK.key, RUSSIAN.key, "not yet", "\udcff")]
    assert found == [1, 2, 3, 3]
    journal.close()


def test_a_card_found_by_its_number(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    keep(journal, Made(Entry("c", RUSSIAN, MONDAY, Source.CLI), MONDAY + timedelta(hours=1), ()))
    assert journal.page(EntryFilter("kaiten.ru/8"), None, 10).ids == ("c",)
    assert journal.page(replace(EntryFilter(), words=CARD.url), None, 10).ids == ()
    journal.close()


def test_an_entry_of_many_days_is_on_each_of_them(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    long = Entry("long", TASK, MONDAY, Source.CLI)
    keep(journal, Made(long, MONDAY + timedelta(days=9), ()))
    after = Entry("after", TASK, MONDAY + timedelta(days=3), Source.CLI)
    keep(journal, Made(after, MONDAY + timedelta(days=3, hours=1), ()))
    last = (MONDAY + timedelta(days=8)).date()
    assert journal.page(EntryFilter(first=last, last=last), None, 10).ids == ("long",)
    journal.close()
