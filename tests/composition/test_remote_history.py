"""What began and ended elsewhere, or was changed there: found by two computers of one person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.composition import test_two_computers as two_computers
from tests.composition.test_two_computers import CARD, Computer, Desk
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.timer import Idle
from timer_app.domain.reminders.notice import RemoteDeletionNotice
from timer_app.sandbox import Fault, FaultKind
from timer_app.sandbox.kaiten_state import LogForm
from timer_app.sandbox.other_devices import Deed, DeedKind
from timer_app.services.delivery.problems import Problem, Resolution, list_problems

if TYPE_CHECKING:
    from timer_app.domain.delivery.outbox import LoggedEntry
    from timer_app.sandbox import TimeLog

desk = two_computers.desk
MINUTE = timedelta(minutes=1)
OTHER_CARD = "63258152"


async def set_up(desk: Desk) -> None:
    """Both computers have asked TimeCrowd once."""
    await desk.pass_time(MINUTE)


async def work_elsewhere(desk: Desk, minutes: int) -> int:
    """The web starts and stops, and nobody asks meanwhile; TimeCrowd's number of it."""
    desk.on_the_web(DeedKind.START)
    desk.clock.move(minutes=minutes)
    desk.on_the_web(DeedKind.STOP)
    return desk.sandbox.other_devices.started[-1]


def by_hand(desk: Desk, minutes: int, comment: str | None = None) -> TimeLog:
    """A log that the user makes in Kaiten, on the card and today."""
    form = LogForm(-1, minutes, desk.one.core.timer.today(), comment)
    world = desk.sandbox.world
    return world.kaiten.add_log(world.kaiten_user_id, int(CARD), form, desk.clock.now())


def known(computer: Computer) -> list[LoggedEntry]:
    """The finished entries of the last month."""
    today = computer.core.timer.today()
    return list(computer.core.journal.entries(today - timedelta(days=31), today))


def problems(computer: Computer) -> list[Problem]:
    return list(list_problems(computer.core.journal))


async def answer(computer: Computer, command: str) -> tuple[str, ...]:
    """Answer the one problem by a command; what is said then."""

    async def deliver(seconds: float) -> None:
        del seconds
        await computer.sync()

    (problem,) = problems(computer)
    reply = await computer.core.commands(deliver).run(
        command, {"delivery": str(problem.delivery.id)}
    )
    return reply.messages


def asked_for_list(desk: Desk) -> int:
    """How often TimeCrowd was asked for its list of entries."""
    return len(desk.sandbox.timecrowd.requests.matching(path="user/time_entries"))


async def test_what_began_and_ended_between_two_polls_is_logged_once(desk: Desk) -> None:
    await set_up(desk)
    number = await work_elsewhere(desk, 10)
    await desk.settle()
    assert desk.logs == [(10, f"TimeCrowd {number}")]
    desk.check()
    for computer in (desk.one, desk.two):
        (logged,) = known(computer)
        assert logged.entry.source is Source.ADOPTED
        assert logged.remote is not None
        assert logged.remote.id == str(number)


async def test_what_one_switched_to_and_ended_offline_of_the_other(desk: Desk) -> None:
    """One works on and off while two is off; two has it all when it is on again."""
    await set_up(desk)
    desk.two.is_online = False
    for minutes in (10, 20):
        await desk.one.run("start", card=CARD, comment="Review")
        desk.clock.move(minutes=minutes)
        await desk.one.run("stop")
    desk.two.is_online = True
    await desk.settle()
    assert sorted(minutes for minutes, _ in desk.logs) == [10, 20]
    desk.check()
    assert [each.entry.source for each in known(desk.two)] == [Source.ADOPTED] * 2


async def test_both_off_while_the_web_works(desk: Desk) -> None:
    await set_up(desk)
    numbers = [await work_elsewhere(desk, minutes) for minutes in (10, 5)]
    desk.clock.move(days=2)
    await desk.settle()
    assert sorted(desk.logs) == sorted(
        (minutes, f"TimeCrowd {number}") for minutes, number in zip((10, 5), numbers, strict=True)
    )
    desk.check()


async def test_nothing_from_before_the_app_was_set_up(desk: Desk) -> None:
    await work_elsewhere(desk, 10)
    desk.clock.move(minutes=1)
    await desk.settle()
    assert desk.logs == []
    assert known(desk.one) == known(desk.two) == []


async def test_nothing_from_more_than_seven_days_ago(desk: Desk) -> None:
    await set_up(desk)
    await work_elsewhere(desk, 10)
    desk.clock.move(days=7)
    number = await work_elsewhere(desk, 20)
    await desk.settle()
    assert desk.logs == [(20, f"TimeCrowd {number}")]


async def test_what_was_deleted_here_does_not_come_back(desk: Desk) -> None:
    """The deletion cannot be delivered yet: TimeCrowd still lists the entry."""
    await set_up(desk)
    await desk.one.run("start", card=CARD)
    desk.clock.move(minutes=10)
    await desk.one.run("stop")
    (logged,) = known(desk.one)
    desk.one.is_online = False
    await desk.one.run("delete", entry=logged.entry.id)
    desk.one.is_online = True
    await desk.one.sync()  # the list is read before the deletion is sent
    assert known(desk.one) == []
    assert desk.entries == []
    desk.clock.move(hours=1)
    await desk.one.sync()
    assert known(desk.one) == []


@pytest.mark.parametrize("kind", [FaultKind.CLOSE_AFTER_COMMIT, FaultKind.CLOSE_BEFORE_COMMIT])
async def test_a_start_without_an_answer_is_matched_and_not_adopted(
    desk: Desk, kind: FaultKind
) -> None:
    """Offline since: the entry has been stopped on the web before our start could be looked for."""
    await set_up(desk)
    desk.sandbox.timecrowd.faults.add(Fault(kind, method="POST", path="/time_entries$", times=1))
    looking = Fault(FaultKind.CLOSE_BEFORE_COMMIT, method="GET", path="/user/time_entries", times=9)
    desk.sandbox.timecrowd.faults.add(looking)
    await desk.one.run("start", card=CARD, wait="0.5")
    desk.clock.move(minutes=10)
    desk.sandbox.other_devices.do(Deed(DeedKind.STOP, desk.clock.now()))
    desk.sandbox.timecrowd.faults.clear()
    desk.clock.move(minutes=5)
    await desk.one.sync()
    if desk.one.core.timer.state != Idle():
        await desk.one.run("stop")
    await desk.settle()
    (entry,) = desk.entries
    assert [each.remote.id for each in known(desk.one) if each.remote] == [str(entry)]
    assert len(desk.logs) == 1


async def test_a_log_by_hand_asks_once_and_is_the_entrys(desk: Desk) -> None:
    await set_up(desk)
    await work_elsewhere(desk, 10)
    log = by_hand(desk, 10, "By hand")
    await desk.settle()
    (problem,) = problems(desk.one)
    assert problem.resolutions == (Resolution.CLAIM_LOG, Resolution.LOG_THIS_TOO)
    for computer in (desk.one, desk.two):
        assert f"Log {log.id} in Kaiten is this entry's." in await answer(computer, "drop")
    await desk.settle()
    assert desk.logs == [(10, "By hand")]
    assert set(desk.sandbox.kaiten.state.logs) == {log.id}
    for computer in (desk.one, desk.two):
        assert problems(computer) == []
        (logged,) = known(computer)
        assert logged.deliveries[-1].remote_id == str(log.id)


async def test_a_log_by_hand_asks_once_and_is_another_ones(desk: Desk) -> None:
    await set_up(desk)
    number = await work_elsewhere(desk, 10)
    by_hand(desk, 10, "By hand")
    await desk.settle()
    for computer in (desk.one, desk.two):
        (problem,) = problems(computer)
        await computer.run("retry", delivery=str(problem.delivery.id))
        await computer.sync()
    await desk.settle()
    assert sorted(desk.logs) == [(10, "By hand"), (10, f"TimeCrowd {number}")]
    assert problems(desk.one) == problems(desk.two) == []


async def test_of_two_entries_and_one_log_by_hand_one_is_asked_about(desk: Desk) -> None:
    """The log can be of one of them only."""
    await set_up(desk)
    desk.two.is_online = False
    for _ in range(2):
        await work_elsewhere(desk, 10)
        desk.clock.move(minutes=1)
    by_hand(desk, 10)
    await desk.settle()
    assert len(problems(desk.one)) == 1
    assert len(desk.logs) == 2


async def test_polling_costs_one_request(desk: Desk) -> None:
    """The list is read at the start, once an hour, and when a poll shows a change."""
    await set_up(desk)
    await desk.one.sync()
    one = desk.one.core
    began = len(desk.sandbox.timecrowd.requests.matching())
    listed = asked_for_list(desk)
    for _ in range(11):  # every five minutes
        desk.clock.move(minutes=5)
        await one.sender.drain(timedelta(seconds=5))
    assert len(desk.sandbox.timecrowd.requests.matching()) - began == 11
    assert asked_for_list(desk) == listed
    desk.clock.move(minutes=5)
    await one.sender.drain(timedelta(seconds=5))
    assert asked_for_list(desk) > listed
    listed = asked_for_list(desk)
    desk.on_the_web(DeedKind.START)
    desk.clock.move(minutes=5)
    await one.sender.drain(timedelta(seconds=5))
    assert asked_for_list(desk) > listed


def change_elsewhere(desk: Desk, kind: DeedKind, number: int, **values: Any) -> None:  # noqa: ANN401 - of a Deed
    deed = Deed(kind, desk.clock.now(), entry_id=number, **values)
    assert desk.sandbox.other_devices.do(deed) is not None


async def work_on_one(desk: Desk, minutes: int = 10, comment: str = "Review") -> int:
    """One starts and stops, and two knows of it; TimeCrowd's number of it."""
    await desk.one.run("start", card=CARD, comment=comment)
    await desk.pass_time(timedelta(minutes=minutes))
    await desk.one.run("stop")
    await desk.settle()
    return desk.entries[-1]


async def test_times_that_were_changed_on_the_web(desk: Desk) -> None:
    await set_up(desk)
    number = await work_on_one(desk)
    began = desk.sandbox.timecrowd.state.entries[number].started_at
    change_elsewhere(desk, DeedKind.TIMES, number, stopped_at=began + timedelta(minutes=25))
    patches = desk.sandbox.kaiten.requests.count("PATCH")
    await desk.settle()
    assert desk.logs == [(25, f"Review · TimeCrowd {number}")]
    assert desk.sandbox.kaiten.requests.count("PATCH") == patches + 1  # the others look only
    for computer in (desk.one, desk.two):
        (logged,) = known(computer)
        assert logged.stopped_at == began + timedelta(minutes=25)
    desk.check()


async def test_the_others_change_the_log_while_its_computer_is_off(desk: Desk) -> None:
    await set_up(desk)
    number = await work_on_one(desk)
    desk.one.is_online = False
    began = desk.sandbox.timecrowd.state.entries[number].started_at
    change_elsewhere(desk, DeedKind.TIMES, number, stopped_at=began + timedelta(minutes=25))
    await desk.two.sync()
    assert desk.logs == [(10, f"Review · TimeCrowd {number}")]  # it is left the time to do it
    await desk.settle()
    assert desk.logs == [(25, f"Review · TimeCrowd {number}")]
    desk.one.is_online = True
    await desk.settle()
    desk.check()


async def test_moved_to_another_card_on_the_web(desk: Desk) -> None:
    await set_up(desk)
    number = await work_on_one(desk)
    url = f"{desk.sandbox.kaiten_url}/{OTHER_CARD}"
    change_elsewhere(desk, DeedKind.MOVE, number, title="Other", url=url)
    await desk.settle()
    held = desk.sandbox.kaiten.state.logs.values()
    assert [(each.card_id, each.time_spent) for each in held] == [(int(OTHER_CARD), 10)]
    for computer in (desk.one, desk.two):
        (logged,) = known(computer)
        assert logged.entry.task.card is not None
        assert str(logged.entry.task.card.id) == OTHER_CARD
    desk.check()


async def test_what_was_edited_on_the_other_computer(desk: Desk) -> None:
    """Its new comment stays, though the log is one's own."""
    await set_up(desk)
    number = await work_on_one(desk)
    (logged,) = known(desk.two)
    to = (logged.entry.started_at + timedelta(minutes=5)).isoformat()
    await desk.two.run("edit", entry=logged.entry.id, to=to, comment="Better")
    await desk.settle()
    assert logged_minutes(desk, number) == 5
    assert desk.logs == [(5, f"Better · TimeCrowd {number}")]
    desk.check()


def logged_minutes(desk: Desk, number: int) -> int:
    """The minutes of an entry as TimeCrowd holds it."""
    entry = desk.sandbox.timecrowd.state.entries[number]
    assert entry.stopped_at is not None
    return round((entry.stopped_at - entry.started_at).total_seconds() / 60)


@pytest.mark.parametrize("command", ["retry", "drop"])
async def test_a_deletion_asks_once_whether_the_log_goes_too(desk: Desk, command: str) -> None:
    await set_up(desk)
    number = await work_on_one(desk)
    change_elsewhere(desk, DeedKind.DELETE, number)
    await desk.settle()
    assert len(desk.logs) == 1  # nothing is lost meanwhile
    assert known(desk.one) == known(desk.two) == []
    (problem,) = problems(desk.one)
    assert problem.resolutions == (Resolution.REMOVE_LOG, Resolution.KEEP_LOG)
    assert problems(desk.two) == []
    await desk.one.run(command, delivery=str(problem.delivery.id))
    await desk.settle()
    assert len(desk.logs) == (0 if command == "retry" else 1)
    assert problems(desk.one) == []
    assert desk.entries == []


async def test_what_the_other_computer_deleted_asks_nobody(desk: Desk) -> None:
    """It removed the log as well."""
    await set_up(desk)
    await work_on_one(desk)
    (logged,) = known(desk.two)
    await desk.two.run("delete", entry=logged.entry.id)
    await desk.settle()
    assert desk.logs == []
    assert known(desk.one) == []
    assert problems(desk.one) == problems(desk.two) == []


async def test_what_still_waits_here_wins(desk: Desk) -> None:
    await set_up(desk)
    number = await work_on_one(desk)
    began = desk.sandbox.timecrowd.state.entries[number].started_at
    change_elsewhere(desk, DeedKind.TIMES, number, stopped_at=began + timedelta(minutes=25))
    desk.one.is_online = False
    (logged,) = known(desk.one)
    to = (logged.entry.started_at + timedelta(minutes=40)).isoformat()
    await desk.one.run("edit", entry=logged.entry.id, to=to)
    desk.one.is_online = True
    await desk.one.sync()
    (logged,) = known(desk.one)
    assert logged.stopped_at == logged.entry.started_at + timedelta(minutes=40)
    await desk.settle()
    assert logged_minutes(desk, number) == 40
    assert [minutes for minutes, _ in desk.logs] == [40]
    desk.check()


async def test_a_log_that_is_kept_leaves_the_day_to_the_others(desk: Desk) -> None:
    """Its minutes count for nothing any more."""
    await set_up(desk)
    first = await work_on_one(desk, 10)
    await work_on_one(desk, 20, "More")
    change_elsewhere(desk, DeedKind.DELETE, first)
    await desk.settle()
    (problem,) = problems(desk.one)
    await desk.one.run("drop", delivery=str(problem.delivery.id))
    await desk.settle()
    assert sorted(minutes for minutes, _ in desk.logs) == [10, 20]


async def test_what_runs_was_given_another_start_and_task(desk: Desk) -> None:
    """Polling shows it: the stop does not move it back."""
    await set_up(desk)
    await desk.one.run("start", card=CARD, comment="Review")
    await desk.pass_time(timedelta(minutes=10))
    (number,) = desk.entries
    began = desk.sandbox.timecrowd.state.entries[number].started_at
    change_elsewhere(desk, DeedKind.TIMES, number, started_at=began - timedelta(minutes=15))
    url = f"{desk.sandbox.kaiten_url}/{OTHER_CARD}"
    change_elsewhere(desk, DeedKind.MOVE, number, title="Other", url=url)
    await desk.pass_time(timedelta(minutes=10))
    await desk.one.run("stop")
    await desk.settle()
    held = desk.sandbox.kaiten.state.logs.values()
    assert [(each.card_id, each.time_spent) for each in held] == [(int(OTHER_CARD), 35)]
    assert logged_minutes(desk, number) == 35
    desk.check()


async def test_what_runs_was_stopped_and_given_another_task(desk: Desk) -> None:
    """Both between two polls: it is not taken for deleted, and its log is on the other card."""
    await set_up(desk)
    await desk.one.run("start", card=CARD, comment="Review")
    await desk.pass_time(timedelta(minutes=10))
    (number,) = desk.entries
    desk.on_the_web(DeedKind.STOP)
    url = f"{desk.sandbox.kaiten_url}/{OTHER_CARD}"
    change_elsewhere(desk, DeedKind.MOVE, number, title="Other", url=url)
    await desk.settle()
    held = desk.sandbox.kaiten.state.logs.values()
    assert [(each.card_id, each.time_spent) for each in held] == [(int(OTHER_CARD), 10)]
    assert desk.entries == [number]
    assert desk.one.core.timer.state == Idle()
    desk.check()


async def test_what_runs_was_cancelled_on_the_other_computer(desk: Desk) -> None:
    """Seen twice, it is forgotten here as well; a person can have it back."""
    await set_up(desk)
    await desk.one.run("start", card=CARD)
    await desk.pass_time(timedelta(minutes=5))
    await desk.two.run("cancel")
    await desk.one.sync()
    assert desk.one.core.timer.state != Idle()
    with desk.one.core.notices.capture() as heard:
        await desk.pass_time(timedelta(minutes=2))
    assert desk.one.core.timer.state == Idle()
    assert [type(each) for each in heard] == [RemoteDeletionNotice]
    await desk.settle()
    deleted = desk.sandbox.timecrowd.requests.matching(method="DELETE")
    assert len(deleted) == 1  # by who cancelled it; who follows sends none
    assert desk.logs == []
    assert desk.entries == []
    assert problems(desk.one) == problems(desk.two) == []


async def test_another_account_is_not_taken_for_deletions(desk: Desk) -> None:
    """Each account has its own beginning."""
    journal, now = desk.one.core.journal, desk.clock.now()
    first = journal.account_use("https://timecrowd.test 1", now)
    later = now + timedelta(days=1)
    second = journal.account_use("https://timecrowd.test 2", later)
    assert (first.first_used_at, second.first_used_at) == (now, later)
    again = journal.account_use("https://timecrowd.test 1", later + timedelta(days=1))
    assert (again.first_used_at, again.used_since) == (now, later + timedelta(days=1))
    assert journal.account_use("https://timecrowd.test 1", later + timedelta(days=9)) == again
