"""What a command makes of times and comments that are typed; it is noon, 22 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.services.test_commands import Desk
from tests.services.world import World
from timer_app.domain.delivery.log_reference import MAX_UNITS_WITH_REFERENCE
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.comment import MAX_COMMENT_UNITS
from timer_app.domain.entries.timer import Running
from timer_app.services.command_context import CommandReply
from timer_app.services.exit_codes import ExitCode

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def desk(world: World) -> Desk:
    """The commands of somebody in Berlin, where the clocks went back on 25 October."""
    world.clock.in_zone = BERLIN
    return Desk(world)


def add(desk: Desk, begin: str, end: str) -> str:
    """Add an entry, and return its id."""
    before = {each.entry.id for each in entries(desk)}
    reply = desk.run("add", task="T", from_=begin, to=end)
    assert reply.exit_code in (ExitCode.DONE, ExitCode.STILL_WAITING), reply
    (new,) = {each.entry.id for each in entries(desk)} - before
    return new


def entries(desk: Desk) -> list[LoggedEntry]:
    """All that the journal has."""
    return list(desk.world.journal.entries(date(2026, 1, 1), date(2027, 1, 1)))


def span(desk: Desk, entry_id: str) -> tuple[datetime, timedelta]:
    """When an entry began, and how long it is."""
    logged = desk.world.journal.entry(entry_id)
    assert logged
    assert logged.stopped_at
    return logged.entry.started_at, logged.stopped_at - logged.entry.started_at


def test_an_end_in_the_second_pass_is_the_first_after_the_start(desk: Desk) -> None:
    entry_id = add(desk, "2026-10-25 02:50", "02:10")
    assert span(desk, entry_id) == (
        datetime(2026, 10, 25, 0, 50, tzinfo=UTC),
        timedelta(minutes=20),
    )
    reply = desk.run("add", task="T", from_="2026-10-25 02:50", to="02:10")
    said = "\n".join(reply.messages)
    assert "taken as 02:50 CEST" in said
    assert "taken as 02:10 CET" in said


def test_an_edit_of_the_end_leaves_the_start_in_its_pass(desk: Desk) -> None:
    entry_id = add(desk, "2026-10-25 02:30 CET", "02:40 CET")
    desk.run("edit", entry=entry_id, to="02:50")
    assert span(desk, entry_id) == (
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        timedelta(minutes=20),
    )


def test_a_split_in_the_second_pass(desk: Desk) -> None:
    entry_id = add(desk, "2026-10-25 02:30 CEST", "02:50 CET")
    reply = desk.run("split", entry=entry_id, at="02:10")
    assert span(desk, entry_id)[1] == timedelta(minutes=40)
    assert "taken as 02:10 CET" in "\n".join(reply.messages)


def test_a_split_after_midnight_needs_no_date(desk: Desk) -> None:
    entry_id = add(desk, "2026-11-20 22:00", "02:00")
    desk.run("split", entry=entry_id, at="01:00")
    assert span(desk, entry_id)[1] == timedelta(hours=3)


@pytest.mark.parametrize("end", ["08:50", "9:00", "0:30", "8.50", "８：５０", "850"])
def test_a_mistyped_end_changes_nothing(desk: Desk, end: str) -> None:
    entry_id = add(desk, "2026-11-20 09:00", "09:30")
    reply = desk.run("edit", entry=entry_id, to=end)
    assert reply.exit_code is ExitCode.REFUSED
    assert "2026-11-20" in reply.messages[-1]
    assert "2026-11-21" in reply.messages[-1]
    assert span(desk, entry_id)[1] == timedelta(minutes=30)


def test_an_entry_that_ends_on_the_next_date_already_may_end_there_again(desk: Desk) -> None:
    entry_id = add(desk, "2026-11-20 09:00", "2026-11-21 01:00")
    desk.run("edit", entry=entry_id, to="01:30")
    assert span(desk, entry_id)[1] == timedelta(hours=16, minutes=30)


@pytest.mark.parametrize("end", ["23:40", "23", "14:00"])
def test_a_mistyped_end_of_a_night_changes_nothing(desk: Desk, end: str) -> None:
    """It ends on the next date, but nobody works from midnight to midnight."""
    entry_id = add(desk, "2026-11-19 23:50", "00:20")
    reply = desk.run("edit", entry=entry_id, to=end)
    assert reply.exit_code is ExitCode.REFUSED
    assert "2026-11-19" in reply.messages[-1]
    assert "2026-11-20" in reply.messages[-1]
    assert span(desk, entry_id)[1] == timedelta(minutes=30)
    desk.run("edit", entry=entry_id, to="0:50")
    assert span(desk, entry_id)[1] == timedelta(hours=1)


def test_a_range_needs_no_other_word(desk: Desk) -> None:
    desk.run("add", task="T", from_="8:00–9:30")
    (logged,) = entries(desk)
    assert span(desk, logged.entry.id)[1] == timedelta(minutes=90)


def test_a_stop_is_the_latest_such_time_that_is_over(desk: Desk) -> None:
    desk.run("start", task="T", at="-12h")
    desk.world.clock.move(hours=14, minutes=10)  # 00:10
    desk.run("stop", at="23:50")
    (logged,) = entries(desk)
    assert logged.stopped_at == datetime(2026, 11, 22, 22, 50, tzinfo=UTC)


LONG = "😀" * (MAX_COMMENT_UNITS // 2) + "x"


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: desk.run("start", task="U", comment=LONG),
        lambda desk: desk.run("stop", comment=LONG),
        lambda desk: desk.run("add", task="U", from_="7", to="8", comment=LONG),
        lambda desk: desk.run("edit", entry="e1", comment=LONG),
    ],
    ids=["start", "stop", "add", "edit"],
)
def test_a_comment_that_is_too_long_is_refused_before_anything_happens(
    desk: Desk, act: Callable[[Desk], CommandReply]
) -> None:
    add(desk, "9", "10")
    desk.run("start", task="T", comment="as it was")
    state, before = desk.world.timer.state, entries(desk)
    reply = act(desk)
    assert reply.exit_code is ExitCode.REFUSED
    assert "4097" in reply.messages[0]
    assert "4096" in reply.messages[0]
    assert isinstance(state, Running)
    assert desk.world.timer.state == state
    assert entries(desk) == before


def test_control_characters_stay_out_of_a_comment(desk: Desk) -> None:
    desk.run("start", task="T", comment="\x1b[31ma\x00\r\nb\x85")
    state = desk.world.timer.state
    assert isinstance(state, Running)
    assert state.entry.comment == "[31ma\nb"


def test_a_title_may_hold_an_address_and_is_none_alone(desk: Desk) -> None:
    title = "Review https://forge.example/pull/5"
    desk.run("start", task=title)
    state = desk.world.timer.state
    assert isinstance(state, Running)
    assert state.entry.task.title == title
    for alone in ("https://forge.example/pull/5", " <https://forge.example/pull/5> "):
        assert desk.run("start", task=alone).exit_code is ExitCode.REFUSED


@pytest.mark.parametrize("command", ["log", "audit"])
@pytest.mark.parametrize(
    ("first", "last"), [("0001-01-01", "9999-12-31"), ("0001-01-01", "0001-01-01"), ("1.1.01", "")]
)
def test_everything_since_the_calendar_began(
    desk: Desk, command: str, first: str, last: str
) -> None:
    add(desk, "9:00", "9:30")
    words = {"from_": first} | ({"to": last} if last else {})
    reply = desk.run(command, **words)
    assert reply.exit_code in (ExitCode.DONE, ExitCode.STILL_WAITING, ExitCode.NEEDS_PERSON), reply


def test_work_before_1970_keeps_its_times(desk: Desk) -> None:
    desk.world.clock.move(days=-20_000)
    before = desk.run("add", task="T", from_="1969-12-31T23:00", to="1969-12-31T23:30")
    assert before.exit_code is ExitCode.DONE
    (entry,) = desk.world.journal.entries(date(1969, 12, 1), date(1970, 1, 2))
    assert entry.entry.started_at == datetime(1969, 12, 31, 22, tzinfo=UTC)


NAMED = "x" * (MAX_UNITS_WITH_REFERENCE + 1)


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: desk.run("start", card="7", task="U", comment=NAMED),
        lambda desk: desk.run("stop", comment=NAMED),
        lambda desk: desk.run("add", card="7", task="U", from_="7", to="8", comment=NAMED),
        lambda desk: desk.run("edit", entry="e1", comment=NAMED),
    ],
    ids=["start", "stop", "add", "edit"],
)
def test_a_comment_that_leaves_no_room_for_the_name_of_its_log_is_refused(
    desk: Desk, act: Callable[[Desk], CommandReply]
) -> None:
    desk.world.rules = replace(desk.world.rules, kaiten="https://acme.kaiten.ru")
    desk.run("add", card="7", task="T", from_="9", to="10")
    desk.run("start", card="7", task="T")
    desk.world.rules = replace(desk.world.rules, has_references=True)
    state, before = desk.world.timer.state, entries(desk)
    reply = act(desk)
    assert reply.exit_code is ExitCode.REFUSED, reply
    assert f"{MAX_UNITS_WITH_REFERENCE} fit" in reply.messages[0]
    assert desk.world.timer.state == state
    assert entries(desk) == before
    desk.world.rules = replace(desk.world.rules, has_references=False)
    assert act(desk).exit_code is not ExitCode.REFUSED


def test_a_long_comment_gets_no_card_whose_log_it_leaves_without_a_name(desk: Desk) -> None:
    desk.world.rules = replace(desk.world.rules, has_references=True)
    desk.run("add", task="T", from_="9", to="10", comment=NAMED)
    (logged,) = entries(desk)
    reply = desk.run("edit", entry=logged.entry.id, card="7", task="U")
    assert reply.exit_code is ExitCode.REFUSED, reply
    assert entries(desk) == [logged]
