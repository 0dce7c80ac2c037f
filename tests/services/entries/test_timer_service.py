"""Start, stop and the rest on the real journal: one event, one commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.fakes import NOW
from tests.services.world import BOTH, CARD, TASK, WORDS, World
from timer_app.adapters.entries.journal.sqlite_errors import JournalBug
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    DeleteEntry,
    Destinations,
    FindCard,
    LogTime,
    RecordEntry,
    StartEntry,
    StopEntry,
)
from timer_app.domain.entries.card import CardKey
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.minutes import CardDayTotals, Rounding
from timer_app.domain.entries.route import PLAIN, CardPlace, Route, Routing, RoutingRule
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.entries.timer import Idle, Running
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.services.entries.logging_context import LoggingRules

OTHER = Task("Other")
W = DeliveryState.WAITING
DAY = date(2026, 11, 22)
HOUR = timedelta(hours=1)


def test_start_and_stop(world: World) -> None:
    world.timer.start(TASK, Source.CLICK, comment=" first ")
    entry = Entry("e1", TASK, NOW, Source.CLICK, "first")
    assert world.state() == Running(entry)
    start = Delivery(1, "e1", StartEntry(TASK, NOW), W)
    assert world.journal.entry("e1") == LoggedEntry(entry, None, (start,))

    stop = world.clock.move(minutes=61)
    world.timer.stop()
    assert world.state() == Idle()
    assert world.journal.entry("e1") == LoggedEntry(
        entry,
        stop,
        (
            start,
            Delivery(2, "e1", StopEntry(stop), W),
            Delivery(3, "e1", LogTime(CARD, DAY, 61, "first"), W, minutes=61),
        ),
        zone="Europe/Moscow",
    )
    assert world.journal.seconds_on(DAY) == 3660
    assert world.journal.card_day_totals(CARD, DAY, DAY) == {DAY: CardDayTotals(3660, 61)}


def test_a_switch_is_one_commit(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=5)
    commits: list[str] = []
    world.journal.connection.set_trace_callback(
        lambda sql: commits.append(sql) if sql.startswith(("BEGIN", "COMMIT")) else None
    )
    world.timer.start(WORDS, Source.HOTKEY)
    world.journal.connection.set_trace_callback(None)
    assert commits == ["BEGIN IMMEDIATE", "COMMIT"]
    assert world.state() == Running(Entry("e2", WORDS, NOW + timedelta(minutes=5), Source.HOTKEY))
    assert world.rows() == [
        "e1 start waiting", "e1 stop waiting", "e1 log waiting", "e2 start waiting",
    ]  # fmt: skip


def test_a_switch_that_breaks_halfway_changes_nothing(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=5)
    world.journal.connection.execute(
        "CREATE TEMP TRIGGER breaks BEFORE INSERT ON delivery WHEN new.kind = 'start'"
        " BEGIN SELECT RAISE (ABORT, 'out of luck'); END"
    )
    before = world.dump()
    with pytest.raises(JournalBug, match="out of luck"):
        world.timer.start(WORDS, Source.CLICK)
    assert world.dump() == before
    assert world.state() == Running(Entry("e1", TASK, NOW, Source.CLICK))


def test_a_cancel_that_breaks_halfway_changes_nothing(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.journal.connection.execute(
        "CREATE TEMP TRIGGER breaks BEFORE UPDATE OF cancelled ON entry"
        " BEGIN SELECT RAISE (ABORT, 'out of luck'); END"
    )
    before = world.dump()
    with pytest.raises(JournalBug, match="out of luck"):
        world.timer.cancel()
    assert world.dump() == before


def test_an_unwritable_journal_changes_nothing_and_says_so(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    seen: list[int] = []
    world.timer.observe(lambda: seen.append(1))
    before = world.dump()
    world.make_unwritable()
    with pytest.raises(JournalError, match="Nothing was changed"):
        world.timer.stop()
    assert (world.dump(), seen) == (before, [])
    world.make_unwritable(unwritable=False)
    world.timer.stop()
    assert seen == [1]


def test_the_state_is_the_journals(world: World) -> None:
    """App and command line are two processes: what one commits, the other sees at once."""
    world.timer.start(TASK, Source.CLICK)
    other = World(world.folder, world.clock)
    other.timer.stop()
    assert world.state() == Idle()
    other.journal.close()


def test_toggle(world: World) -> None:
    with pytest.raises(NotPossible) as refused:
        world.timer.toggle(Source.CLICK)
    assert str(refused.value) == "There is no last task yet. Choose a card or a task to start."
    world.timer.start(WORDS, Source.CLICK)
    world.clock.move(minutes=1)
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=1)
    world.timer.toggle(Source.HOTKEY)
    assert world.state() == Idle()
    world.clock.move(minutes=1)
    world.timer.toggle(Source.HOTKEY)
    assert world.state() == Running(Entry("e4", TASK, NOW + timedelta(minutes=3), Source.HOTKEY))


def test_microseconds_are_left_out(world: World) -> None:
    world.clock.move(milliseconds=999)
    world.timer.start(TASK, Source.CLICK)
    assert world.state() == Running(Entry("e1", TASK, NOW, Source.CLICK))


def test_annotate(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.timer.annotate(" better ")
    entry = Entry("e1", TASK, NOW, Source.CLICK, "better")
    assert world.state() == Running(entry)
    stop = world.clock.move(minutes=1)
    world.timer.stop(comment="best")
    assert world.delivery(3).message == LogTime(CARD, DAY, 1, "best")
    logged = world.journal.entry("e1")
    assert logged
    assert (logged.entry, logged.stopped_at) == (replace(entry, comment="best"), stop)


def test_another_start_of_what_runs_reaches_both_services(world: World) -> None:
    """TimeCrowd at once, Kaiten when it ends."""
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    earlier = NOW - timedelta(minutes=20)
    world.timer.correct_start(earlier + timedelta(milliseconds=300))
    assert world.state() == Running(Entry("e1", TASK, earlier, Source.CLICK))
    world.drain()
    assert world.tc.told == [StartEntry(TASK, NOW), CorrectTimes(earlier, None)]
    world.clock.move(minutes=10)
    world.timer.stop()
    world.drain()
    (log,) = world.kt.told
    assert isinstance(log, LogTime)
    assert log.minutes == 30


def test_a_start_that_was_not_sent_is_sent_as_it_was_corrected(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    earlier = NOW - timedelta(minutes=20)
    world.timer.correct_start(earlier)
    world.drain()
    assert world.tc.told == [StartEntry(TASK, earlier)]


def test_a_start_cannot_be_to_come_and_nothing_has_changed_then(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    before = world.dump()
    with pytest.raises(NotPossible, match="is in the future"):
        world.timer.correct_start(NOW + timedelta(seconds=2))
    assert world.dump() == before


def test_a_start_that_timecrowd_never_gets_needs_no_correction(world: World) -> None:
    """It began before TimeCrowd was set up."""
    world.rules = replace(world.rules, destinations=Destinations(timecrowd=False, kaiten=True))
    world.timer.start(TASK, Source.CLICK)
    world.rules = replace(world.rules, destinations=Destinations(timecrowd=True, kaiten=True))
    world.timer.correct_start(NOW - timedelta(minutes=20))
    assert world.rows() == []


def test_add_while_something_runs(world: World) -> None:
    world.timer.start(WORDS, Source.CLICK)
    begin, end = NOW - 2 * HOUR, NOW - HOUR
    world.timer.add(TASK, Source.MANUAL, begin, end, comment="by hand")
    assert world.state() == Running(Entry("e1", WORDS, NOW, Source.CLICK))
    assert world.journal.entry("e2") == LoggedEntry(
        Entry("e2", TASK, begin, Source.MANUAL, "by hand"),
        end,
        (
            Delivery(2, "e2", RecordEntry(TASK, begin, end), W),
            Delivery(3, "e2", LogTime(CARD, DAY, 60, "by hand"), W, minutes=60),
        ),
        zone="Europe/Moscow",
    )
    assert world.journal.recent_tasks(5) == [WORDS, TASK]  # an older entry is not a later use


def test_what_was_just_stopped_is_what_starts_next(world: World) -> None:
    """Within one second, told of an hour ago, beside what was recorded meanwhile or before."""
    for task in (TASK, WORDS, TASK):
        world.timer.start(task, Source.CLICK)
    world.timer.stop()
    assert world.journal.recent_tasks(2) == [TASK, WORDS]
    world.clock.move(minutes=60)
    world.timer.add(TASK, Source.MANUAL, NOW + timedelta(minutes=30), NOW + timedelta(minutes=40))
    world.timer.start(WORDS, Source.CLI, at=NOW + timedelta(minutes=10))
    assert world.journal.recent_tasks(2) == [WORDS, TASK]
    world.clock.move(minutes=10)
    world.timer.stop(at=NOW + timedelta(minutes=20))
    assert world.journal.recent_tasks(2) == [WORDS, TASK]
    world.timer.toggle(Source.CLICK)
    assert isinstance(running := world.state(), Running)
    assert running.entry.task == WORDS


def test_time_recorded_before_the_latest_stop_is_not_the_latest_use(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=60)
    world.timer.stop()
    world.timer.add(WORDS, Source.MANUAL, NOW + timedelta(minutes=45), NOW + timedelta(minutes=50))
    assert world.journal.recent_tasks(2) == [TASK, WORDS]


LATER = NOW + timedelta(seconds=1)
TO_COME = "2026-11-22 12:00:01 is in the future."
LIES_BEFORE = (
    "The stop (2026-11-22 11:29:59) is before the start (2026-11-22 11:30:00) of the running entry."
)
EARLY = NOW - timedelta(minutes=30, seconds=1)
LAST_YEAR, LONG_AGO = datetime(2025, 11, 20, 9, tzinfo=UTC), datetime(2008, 2, 29, 9, tzinfo=UTC)


@pytest.mark.parametrize("name", ["stop", "cancel"])
def test_nothing_to_end_is_said_though_another_program_holds_the_journal(
    world: World, name: str
) -> None:
    path = world.folder / "journal.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotPossible, match="Nothing is running"):
            getattr(world.timer, name)()
        with pytest.raises(JournalError, match="Another program"):
            world.timer.start(TASK, Source.CLICK)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda timer: timer.start(WORDS, Source.CLI, at=LATER), TO_COME),
        (lambda timer: timer.stop(at=LATER), TO_COME),
        (lambda timer: timer.add(WORDS, Source.CLI, NOW, LATER), TO_COME),
        (
            lambda timer: timer.start(WORDS, Source.CLI, at=LAST_YEAR),
            "2025-11-20 12:00 is more than a year ago. Did you mean 2026-11-20 12:00?",
        ),
        (
            lambda timer: timer.correct_start(LAST_YEAR),
            "2025-11-20 12:00 is more than a year ago. Did you mean 2026-11-20 12:00?",
        ),
        (
            lambda timer: timer.add(WORDS, Source.CLI, LONG_AGO, LONG_AGO + HOUR),
            "2008-02-29 12:00 is more than 10 years ago. Did you mean 2024-02-29 12:00?",
        ),
        (lambda timer: timer.stop(at=EARLY), LIES_BEFORE),
        (lambda timer: timer.start(WORDS, Source.CLI, at=EARLY), LIES_BEFORE),
        (
            lambda timer: timer.add(WORDS, Source.CLI, NOW, NOW),
            "The end must be later than the start.",
        ),
    ],
)
def test_refused_and_nothing_changed(
    world: World, act: Callable[[object], object], why: str
) -> None:
    world.timer.start(TASK, Source.CLICK, at=NOW - timedelta(minutes=30))
    seen: list[int] = []
    world.timer.observe(lambda: seen.append(1))
    before = world.dump()
    with pytest.raises(NotPossible) as refused:
        act(world.timer)
    assert (str(refused.value), world.dump(), seen) == (why, before, [])


@pytest.mark.parametrize("name", ["stop", "cancel"])
def test_nothing_to_end(world: World, name: str) -> None:
    with pytest.raises(NotPossible, match="Nothing is running"):
        getattr(world.timer, name)()


def test_at_earlier_instants(world: World) -> None:
    world.timer.start(TASK, Source.CLI, at=NOW - HOUR)
    world.timer.start(WORDS, Source.CLI, at=NOW - HOUR / 2)
    world.timer.stop(at=NOW - HOUR / 4)
    entries = [world.journal.entry(f"e{n}") for n in (1, 2)]
    assert [(e.entry.started_at, e.stopped_at) for e in entries if e] == [
        (NOW - HOUR, NOW - HOUR / 2),
        (NOW - HOUR / 2, NOW - HOUR / 4),
    ]


# -- cancel, whatever became of the start


def _with_start(world: World, state: DeliveryState) -> None:
    world.timer.start(TASK, Source.CLICK)
    if state is DeliveryState.DONE:
        world.drain()
    elif state is not W:
        world.journal.set_state(1, state)


@pytest.mark.parametrize(
    ("state", "rows"),
    [
        (DeliveryState.WAITING, ["e1 start dropped"]),
        (DeliveryState.BLOCKED, ["e1 start dropped"]),
        (DeliveryState.DROPPED, ["e1 start dropped"]),
        (DeliveryState.SENDING, ["e1 start sending", "e1 delete waiting"]),
        (DeliveryState.UNKNOWN, ["e1 start unknown", "e1 delete waiting"]),
        (DeliveryState.DONE, ["e1 start done", "e1 delete waiting"]),
    ],
)
def test_cancel(world: World, state: DeliveryState, rows: list[str]) -> None:
    _with_start(world, state)
    world.clock.move(minutes=5)
    world.timer.cancel()
    assert (world.state(), world.rows()) == (Idle(), rows)
    assert world.journal.seconds_on(DAY) == 0
    assert list(world.journal.entries(DAY, DAY)) == []


def test_cancelled_and_known_it_is_deleted_by_its_id(world: World) -> None:
    _with_start(world, DeliveryState.DONE)
    world.timer.cancel()
    world.drain()
    assert world.tc.told == [StartEntry(TASK, NOW), DeleteEntry()]
    assert world.tc.dues[-1].remote == RemoteEntry("101", "task-1", NOW, None)
    assert world.rows() == ["e1 start done", "e1 delete done"]
    assert world.delivery(2).remote_id == "101"
    assert world.kt.told == []


# -- what stop says, given what TimeCrowd was told


def test_an_entry_begun_before_timecrowd_was_set_up_is_sent_whole(world: World) -> None:
    world.rules = replace(world.rules, destinations=Destinations(timecrowd=False, kaiten=True))
    world.timer.start(TASK, Source.CLICK)
    world.rules = replace(world.rules, destinations=BOTH)
    stop = world.clock.move(minutes=3)
    world.timer.stop()
    assert world.delivery(1).message == RecordEntry(TASK, NOW, stop)
    assert world.rows() == ["e1 entry waiting", "e1 log waiting"]


def test_the_stop_of_an_entry_whose_start_was_dropped_is_not_sent(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.problems.drop(1)
    world.clock.move(minutes=3)
    world.timer.stop()
    assert world.rows() == ["e1 start dropped", "e1 log waiting"]


# -- minutes


def test_carry_over_entries(world: World) -> None:
    for seconds in (20, 20, 20, 30, 89):
        world.timer.start(TASK, Source.CLICK)
        world.clock.move(seconds=seconds)
        world.timer.stop()
    asked = "SELECT minutes FROM delivery WHERE kind = 'log'"
    assert world.journal.connection.execute(asked).fetchall() == [(1,), (1,), (1,)]
    assert world.journal.card_day_totals(CARD, DAY, DAY) == {DAY: CardDayTotals(179, 3)}


def test_carry_over_midnight(world: World) -> None:
    midnight = datetime(2026, 11, 22, 21, tzinfo=UTC)
    world.clock.begin = midnight + HOUR
    world.timer.add(TASK, Source.CLI, midnight - timedelta(seconds=40), midnight)
    world.timer.start(TASK, Source.CLI, at=midnight - timedelta(seconds=80))
    world.timer.stop(at=midnight + timedelta(seconds=100))
    tomorrow = DAY + timedelta(days=1)
    assert world.journal.card_day_totals(CARD, DAY, tomorrow) == {
        DAY: CardDayTotals(120, 2),
        tomorrow: CardDayTotals(100, 2),
    }
    logged = world.journal.entry("e2")
    assert logged
    assert [d.message for d in logged.deliveries if isinstance(d.message, LogTime)] == [
        LogTime(CARD, DAY, 1, ""),
        LogTime(CARD, tomorrow, 2, ""),
    ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 3 * 86400), st.integers(1, 40000)), min_size=1, max_size=8),
    st.sampled_from([time(0), time(4, 30)]),
)
def test_carry_for_any_entries(
    world: World, entries: list[tuple[int, int]], day_start: time
) -> None:
    """Rule 9 through the journal: each date's logs hold max(1, half-up(its seconds / 60))."""
    query = world.journal.connection.execute
    for table in ("stretch", "delivery", "entry"):
        query(f"DELETE FROM {table}")  # noqa: S608 - hypothesis runs many times on one journal
    world.rules = LoggingRules(BOTH, Rounding.CARRY, day_start)
    for ago, seconds in entries:
        end = NOW - timedelta(seconds=ago)
        world.timer.add(TASK, Source.CLI, end - timedelta(seconds=seconds), end)
    days = world.journal.card_day_totals(CARD, date(2026, 1, 1), date(2026, 12, 31))
    assert sum(day.seconds for day in days.values()) == sum(seconds for _, seconds in entries)
    for day in days.values():
        assert day.minutes == max(1, (day.seconds + 30) // 60)


def test_today_is_the_users(world: World) -> None:
    world.clock.begin = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)  # 00:30 in Moscow
    assert world.timer.today() == date(2026, 11, 23)
    world.rules = replace(world.rules, day_start=time(4))
    assert world.timer.today() == DAY


def test_the_date_is_taken_in_the_zone_of_the_stop(world: World) -> None:
    world.clock.begin = datetime(2026, 11, 22, 20, tzinfo=UTC)  # 23:00 in Moscow
    world.timer.start(TASK, Source.CLICK)
    world.clock.in_zone = UTC  # the laptop travels
    world.clock.move(minutes=90)
    world.timer.stop()
    assert world.journal.card_day_totals(CARD, DAY, DAY + timedelta(days=1)) == {
        DAY: CardDayTotals(5400, 90)
    }


def test_only_one_entry_can_run(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    with pytest.raises(JournalBug, match="UNIQUE"):
        world.journal.connection.execute(
            "INSERT INTO entry (id, task_id, comment, source, started_at)"
            " VALUES ('x', 1, '', 'cli', 0)"
        )


def test_a_title_that_was_an_address_does_not_hide_the_card(world: World) -> None:
    world.timer.start(Task(CARD.url), Source.CLI, at=NOW - timedelta(minutes=9))
    world.timer.stop(at=NOW - timedelta(minutes=6))
    world.timer.start(TASK, Source.CLI, at=NOW - timedelta(minutes=5))
    assert world.timer.state == Running(Entry("e2", TASK, NOW - timedelta(minutes=5), Source.CLI))
    world.timer.stop()
    assert "e2 log waiting" in world.rows()


def test_what_is_being_typed_is_kept_before_an_entry_ends(world: World) -> None:
    world.timer.start(TASK, Source.CLI)

    def keep() -> None:
        world.timer.annotate("half a sent")

    world.timer.on_before_change(keep)
    transition = world.timer.stop()
    assert transition.ended is not None
    assert transition.ended.finished.entry.comment == "half a sent"


def test_a_draft_that_is_kept_within_a_larger_commit_is_heard_of_after_it(world: World) -> None:
    """What observers show then is committed: an undone commit would have been shown too."""
    world.timer.start(TASK, Source.CLICK)

    def keep() -> None:
        world.timer.annotate("typed")

    world.timer.on_before_change(keep)
    within: list[bool] = []
    world.timer.observe(lambda: within.append(world.journal.connection.in_transaction))
    with world.journal.transaction():
        world.timer.stop()
        assert within == []
    assert within == [False]


# -- going on with an entry


PLAIN_TEAM, OTHER_TEAM = 1, 2
ROOM = Task("A message", address="https://www.chatwork.com/#!rid123456-7", room_name="The room")
TASKS = {
    "card": TASK,
    "title": WORDS,
    "address": Task("A page", address="https://example.org/x?y=1"),
    "address with a card": Task("A page", CARD, "https://example.org/x?y=1"),
    "room": ROOM,
    "room with a card": replace(ROOM, card=CARD),
    "chosen in TimeCrowd": Task("Chosen", timecrowd=TimeCrowdTask(9, OTHER_TEAM)),
    "chosen, on a card": Task("Chosen", CARD, timecrowd=TimeCrowdTask(9, OTHER_TEAM)),
}
CHOICES = [PLAIN, Route(OTHER_TEAM, 20)]


def in_teams(world: World, *rules: RoutingRule) -> None:
    world.rules = replace(world.rules, routing=Routing(rules, PLAIN_TEAM))


def logged_of(world: World, entry_id: str) -> LoggedEntry:
    logged = world.journal.entry(entry_id)
    assert logged
    return logged


def running(world: World) -> Entry:
    state = world.state()
    assert isinstance(state, Running)
    return state.entry


@pytest.mark.parametrize("choice", CHOICES, ids=["plain", "chosen route"])
@pytest.mark.parametrize("kind", TASKS)
def test_an_entry_begun_again_is_what_it_was(world: World, kind: str, choice: Route) -> None:
    in_teams(world)
    world.timer.start(TASKS[kind], Source.CLICK, route=choice)
    before = running(world)
    world.clock.move(minutes=5)
    world.timer.start(OTHER, Source.CLICK)
    began = world.clock.move(minutes=5)
    world.timer.start_again("e1", Source.CLICK)
    assert running(world) == replace(before, id="e3", started_at=began)
    sent = [each.message for each in logged_of(world, "e3").deliveries]
    assert sent == [StartEntry(before.task, began, before.route)]


def adopt(world: World, task: Task, task_id: str = "77", team_id: int = OTHER_TEAM) -> Entry:
    """What another device ran in a team for five minutes."""
    remote = RemoteEntry("500", task_id, NOW - HOUR, NOW - HOUR / 2)
    tracked = TrackedEntry(remote, task.title, (task.url,), team_id)
    world.timer.adopt_finished([tracked], CARD.origin)
    (logged,) = world.journal.entries(DAY, DAY)
    return logged.entry


@pytest.mark.parametrize("kind", ["card", "address"])
def test_what_another_device_began_goes_on_in_its_team(world: World, kind: str) -> None:
    in_teams(world, RoutingRule(board_id=5, team_id=3))
    world.timer.start(TASKS[kind], Source.CLICK)  # it is known here, in another team
    world.timer.cancel()
    before = adopt(world, TASKS[kind])
    world.timer.start_again(before.id, Source.CLICK)
    again = running(world)
    assert again.task == before.task == TASKS[kind]
    assert again.route.team_id == OTHER_TEAM
    assert world.journal.chosen_route(again.task) == PLAIN  # nobody chose anything


@pytest.mark.parametrize("team_id", [PLAIN_TEAM, OTHER_TEAM])
def test_its_task_without_an_address_goes_on_by_its_number(world: World, team_id: int) -> None:
    in_teams(world)
    before = adopt(world, WORDS, team_id=team_id)
    world.timer.start_again(before.id, Source.CLICK)
    assert running(world).task == replace(WORDS, timecrowd=TimeCrowdTask(77, team_id))


@pytest.mark.parametrize("task_id", ["", "task-9", "0", str(2**63)])
def test_a_task_whose_number_cannot_be_kept_goes_on_by_its_title(
    world: World, task_id: str
) -> None:
    in_teams(world)
    before = adopt(world, WORDS, task_id)
    world.timer.start_again(before.id, Source.CLICK)
    assert running(world).task == WORDS


@pytest.mark.parametrize("kind", ["title", "address", "room"])
def test_a_task_that_is_new_here_is_begun_in_the_team_it_was_seen_in(
    world: World, kind: str
) -> None:
    in_teams(world)
    before = adopt(world, replace(TASKS[kind], room_name=""))
    world.timer.start(before.task, Source.CLICK)  # from the panel, the menu or the command line
    assert running(world).route == Route(OTHER_TEAM)


def test_a_task_of_ours_stays_where_it_is_begun_here(world: World) -> None:
    in_teams(world)
    world.timer.start(WORDS, Source.CLICK)
    world.timer.cancel()
    adopt(world, WORDS)
    world.timer.start(WORDS, Source.CLICK)
    assert running(world).route == PLAIN


def test_the_card_of_what_goes_on_is_searched_again(world: World) -> None:
    """Kaiten has not said yet which card the address of its task names."""
    in_teams(world)
    url = f"{CARD.origin}/space/5/boards/card/ABC-12"
    remote = RemoteEntry("500", "77", NOW - HOUR, NOW - HOUR / 2)
    tracked = TrackedEntry(remote, "Theirs", (url,), OTHER_TEAM)
    (adopted,) = world.timer.adopt_finished([tracked], CARD.origin)
    world.timer.start_again(adopted, Source.CLICK)
    searches = [
        [each.message for each in logged_of(world, entry_id).deliveries
         if isinstance(each.message, FindCard)]
        for entry_id in (adopted, running(world).id)
    ]  # fmt: skip
    assert searches == [[FindCard(CardKey(CARD.origin, "ABC-12"))]] * 2


def test_a_title_that_was_begun_here_goes_on_by_its_title(world: World) -> None:
    in_teams(world)
    before = adopt(world, WORDS)
    world.timer.start(WORDS, Source.CLICK)
    world.timer.stop()
    world.drain()
    world.timer.start_again(before.id, Source.CLICK)
    assert running(world).task == WORDS


def test_what_runs_may_be_moved_to_a_task_of_another_team_that_looks_alike(world: World) -> None:
    in_teams(world)
    world.timer.start(WORDS, Source.CLICK)
    world.drain()
    remote = logged_of(world, "e1").remote
    assert remote
    moved = replace(remote, task_id="another")
    world.timer.follow_running(TrackedEntry(moved, WORDS.title, team_id=OTHER_TEAM), CARD.origin)
    assert (running(world).task, running(world).route) == (WORDS, Route(OTHER_TEAM))


def test_a_choice_since_then_counts_when_it_goes_on(world: World) -> None:
    in_teams(world)
    before = adopt(world, TASK)
    world.timer.choose_route(TASK, Route(PLAIN_TEAM, 10))
    world.timer.start_again(before.id, Source.CLICK)
    assert running(world).route == Route(PLAIN_TEAM, 10)


def test_a_rule_since_then_counts_when_it_goes_on(world: World) -> None:
    in_teams(world)
    world.journal.save_card_place(CARD, CardPlace(5, 1))
    world.timer.start(TASK, Source.CLICK)
    world.timer.stop()
    in_teams(world, RoutingRule(board_id=5, category_id=30, role_id=4))
    world.timer.start_again("e1", Source.CLICK)
    assert running(world).route == Route(None, 30, 4)


def test_what_is_not_there_does_not_go_on(world: World) -> None:
    with pytest.raises(NotPossible, match=r"There is no such entry\. ID: e9"):
        world.timer.start_again("e9", Source.CLICK)
    assert world.state() == Idle()
