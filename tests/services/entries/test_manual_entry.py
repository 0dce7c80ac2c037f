"""Adding by hand: the preview says exactly what the services then receive."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.fakes import MOSCOW, NOW
from tests.services.world import CARD, TASK, WORDS, World
from timer_app.domain.delivery.service_messages import (
    Destinations,
    LogTime,
    RecordEntry,
)
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.minutes import DaySegment, Rounding
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import TimeMessageId
from timer_app.domain.setup.span_input import TypedSpan
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.manual_entry import EntryDraft, ManualEntry, PlannedLog

TODAY = date(2026, 11, 22)
BOTH = LoggingRules(Destinations(timecrowd=True, kaiten=True), Rounding.CARRY, time(0))


@pytest.fixture
def manual(world: World) -> ManualEntry:
    """Adds to the world's journal."""
    return ManualEntry(world.timer, world.journal, world.clock)


def draft(
    when: str, task: Task | None = TASK, *, day: date = TODAY, comment: str = ""
) -> EntryDraft:
    return EntryDraft(task, TypedSpan(day, when), comment)


def test_it_is_what_they_receive(world: World, manual: ManualEntry) -> None:
    wanted = draft("23-1:30", day=date(2026, 11, 20), comment="done ")
    preview = manual.preview(wanted, BOTH)
    assert preview.is_complete
    assert preview.to_timecrowd
    assert preview.to_kaiten == (
        PlannedLog(DaySegment(date(2026, 11, 20), 3600), 60),
        PlannedLog(DaySegment(date(2026, 11, 21), 5400), 90),
    )
    assert world.rows() == []
    assert preview.span
    manual.add(wanted, preview.span)
    world.drain()
    assert world.tc.told == [RecordEntry(TASK, preview.span.started_at, preview.span.stopped_at)]
    assert world.kt.told == [
        LogTime(CARD, date(2026, 11, 20), 60, "done"),
        LogTime(CARD, date(2026, 11, 21), 90, "done"),
    ]
    logged = world.journal.entry("e1")
    assert logged
    assert logged.entry.source is Source.MANUAL


def test_an_entry_that_adds_no_minute_says_so(world: World, manual: ManualEntry) -> None:
    begin = NOW - timedelta(hours=3)
    world.timer.add(TASK, Source.CLI, begin, begin + timedelta(seconds=70))
    for typed in (TypedSpan(TODAY, "9:30", length="10s"), TypedSpan(TODAY, "9:30-9:30:10")):
        (day,) = manual.preview(EntryDraft(TASK, typed), BOTH).to_kaiten
        assert day == PlannedLog(DaySegment(TODAY, 10), 0)


def test_a_task_without_a_card_goes_to_timecrowd_alone(manual: ManualEntry) -> None:
    preview = manual.preview(draft("9-10", WORDS), BOTH)
    assert (preview.to_timecrowd, preview.to_kaiten, preview.is_complete) == (True, (), True)


def test_what_is_not_set_up_receives_nothing(manual: ManualEntry) -> None:
    neither = LoggingRules(Destinations(timecrowd=False, kaiten=False), Rounding.CARRY, time(0))
    preview = manual.preview(draft("9-10"), neither)
    assert (preview.to_timecrowd, preview.to_kaiten, preview.is_complete) == (False, (), True)


def test_what_it_shares_time_with(world: World, manual: ManualEntry) -> None:
    world.timer.add(WORDS, Source.CLI, NOW - timedelta(hours=3), NOW - timedelta(hours=2))
    world.timer.start(TASK, Source.CLICK, at=NOW - timedelta(hours=1))
    assert manual.preview(draft("9:30-11:30"), BOTH).overlaps == (WORDS, TASK)
    assert manual.preview(draft("8-9"), BOTH).overlaps == ()


def test_nothing_is_complete_without_a_task_or_a_time(manual: ManualEntry) -> None:
    assert not manual.preview(draft("9-10", None), BOTH).is_complete
    preview = manual.preview(draft(""), BOTH)
    assert not preview.is_complete
    assert preview.error
    assert preview.error.error.message_id is TimeMessageId.SPAN_MISSING


@pytest.mark.parametrize(("comment", "left"), [("", 4096), ("😀", 4094), ("x" * 4097, -1)])
def test_how_much_longer_the_comment_may_be(manual: ManualEntry, comment: str, left: int) -> None:
    preview = manual.preview(draft("9-10", comment=comment), BOTH)
    assert preview.comment_units_left == left
    assert preview.is_complete is (left >= 0)


def test_the_day_is_the_one_here(manual: ManualEntry, world: World) -> None:
    assert manual.today() == TODAY
    world.clock.move(hours=13)
    assert manual.today() == TODAY + timedelta(days=1)
    assert NOW.astimezone(MOSCOW).date() == TODAY


def test_what_cannot_be_added_changes_nothing(world: World, manual: ManualEntry) -> None:
    wanted = draft("9-10")
    preview = manual.preview(wanted, BOTH)
    assert preview.span
    world.clock.move(hours=-10)
    with pytest.raises(NotPossible, match="in the future"):
        manual.add(wanted, preview.span)
    assert world.rows() == []


@given(begin=st.integers(0, 23 * 60), length=st.integers(1, 59), rounding=st.sampled_from(Rounding))
def test_the_preview_is_true_under_every_rounding(
    tmp_path_factory: pytest.TempPathFactory, begin: int, length: int, rounding: Rounding
) -> None:
    world = World(tmp_path_factory.mktemp("world"))
    world.rules = LoggingRules(Destinations(timecrowd=True, kaiten=True), rounding, time(0))
    manual = ManualEntry(world.timer, world.journal, world.clock)
    typed = TypedSpan(date(2026, 11, 20), f"{begin // 60}:{begin % 60:02}", length=f"{length}m")
    wanted = EntryDraft(TASK, typed)
    preview = manual.preview(wanted, world.rules)
    assert preview.span
    manual.add(wanted, preview.span)
    world.drain()
    assert [
        (each.for_date, each.minutes) for each in world.kt.told if isinstance(each, LogTime)
    ] == [(each.segment.for_date, each.minutes) for each in preview.to_kaiten if each.minutes]
    world.journal.close()
