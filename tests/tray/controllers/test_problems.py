"""What is decided in the window ends as the commands do it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.delivery.test_sender import REFUSED, UNKNOWN, worked
from tests.services.delivery.test_stop_conflicts import THERE, ask_about_stops
from tests.services.fakes import NOW
from tests.services.world import CARD, TASK, World
from tests.support.loop_hold import MAX_HOLD_MS, loop_hold
from tests.support.many_entries import journal_of, refuse_all
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task
from timer_app.services.background_tasks import TaskFactory
from timer_app.services.delivery.problems import Resolution, list_problems, read_in_steps
from timer_app.services.entries.editor import EntryEdit
from timer_app.tray.controllers.problems import ProblemController


@pytest.fixture
def changed() -> list[str]:
    """The entries that are to be edited."""
    return []


def spawn(work: TaskFactory) -> asyncio.Task[None]:
    """As the app owns a task."""

    async def run() -> None:
        await work()

    return asyncio.get_running_loop().create_task(run())


@pytest.fixture
def decisions(world: World, changed: list[str]) -> ProblemController:
    """On the world's journal."""
    return ProblemController(world.problems, world.editor, world.journal, changed.append, spawn)


def refused(world: World, *, times: int = 1) -> None:
    for _ in range(times):
        worked(world)
        world.kt.script = [REFUSED]
        world.drain()


def test_send_again_and_never_send_with_undo(world: World, decisions: ProblemController) -> None:
    refused(world)
    (problem,) = list_problems(world.journal)
    assert problem.resolutions == (
        Resolution.SEND_AGAIN,
        Resolution.CHANGE_CARD,
        Resolution.NEVER_SEND,
    )
    assert decisions.resolve(problem, Resolution.NEVER_SEND) == ""
    assert world.delivery(3).state is DeliveryState.DROPPED
    assert decisions.undo_drop() == ""
    assert world.delivery(3) == problem.delivery
    assert decisions.resolve(problem, Resolution.SEND_AGAIN) == ""
    world.drain()
    assert world.delivery(3).state is DeliveryState.DONE


def test_what_was_decided_since_is_not_taken_back(
    world: World, decisions: ProblemController
) -> None:
    refused(world)
    (problem,) = list_problems(world.journal)
    decisions.resolve(problem, Resolution.NEVER_SEND)
    decisions.undo_drop()
    world.drain()
    assert decisions.undo_drop() == ""
    assert world.delivery(3).state is DeliveryState.BLOCKED


@pytest.mark.parametrize("act", ["delete", "edit", "another card"])
def test_of_an_entry_that_was_changed_since_nothing_is_taken_back(
    world: World, decisions: ProblemController, act: str
) -> None:
    """What was dropped would come on top of what Kaiten was told of the entry since."""
    refused(world)
    (problem,) = list_problems(world.journal)
    decisions.resolve(problem, Resolution.NEVER_SEND)
    match act:
        case "delete":
            world.editor.delete("e1")
        case "edit":
            world.editor.edit("e1", EntryEdit(stopped_at=NOW + timedelta(minutes=10)))
        case _:
            world.editor.edit("e1", EntryEdit(task=Task("Other", Card(CARD.origin, 8))))
    world.drain()
    assert decisions.undo_drop() != ""
    assert world.delivery(3).state is DeliveryState.DROPPED


def test_what_ended_since_is_taken_back_all_the_same(
    world: World, decisions: ProblemController
) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.tc.script = [REFUSED]
    world.drain()
    (problem,) = list_problems(world.journal)
    decisions.resolve(problem, Resolution.NEVER_SEND)
    world.clock.move(minutes=10)
    world.timer.stop()
    assert decisions.undo_drop() == ""
    assert world.delivery(1).state is DeliveryState.BLOCKED


def test_a_beginning_comes_back_with_what_needs_it(
    world: World, decisions: ProblemController
) -> None:
    worked(world)
    world.tc.script = [REFUSED]
    world.drain()
    (problem,) = list_problems(world.journal)
    decisions.resolve(problem, Resolution.NEVER_SEND)
    assert world.rows()[:2] == ["e1 entry dropped", "e1 stop dropped"]
    decisions.undo_drop()
    assert world.rows()[:2] == ["e1 entry blocked", "e1 stop waiting"]


def test_an_unknown_one_comes_back_as_the_persons(
    world: World, decisions: ProblemController
) -> None:
    worked(world)
    world.kt.script = [UNKNOWN]
    world.drain()
    (problem,) = list_problems(world.journal)
    assert problem.resolutions == (Resolution.SEND_IF_MISSING, Resolution.NEVER_SEND)
    decisions.resolve(problem, Resolution.NEVER_SEND)
    decisions.undo_drop()
    assert world.delivery(3) == problem.delivery
    assert list_problems(world.journal) == (problem,)


def test_their_stop_is_taken(world: World, decisions: ProblemController) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    world.clock.move(minutes=30)
    world.timer.stop()
    world.drain()
    ask_about_stops(world)
    (problem,) = list_problems(world.journal)
    assert problem.resolutions == (
        Resolution.TAKE_REMOTE_STOP,
        Resolution.KEEP_LOCAL_STOP,
        Resolution.LEAVE_BOTH_STOPS,
    )
    assert decisions.resolve(problem, Resolution.TAKE_REMOTE_STOP) == ""
    logged = world.journal.entry("e1")
    assert logged
    assert logged.stopped_at == THERE


def test_another_card_is_chosen_elsewhere(
    world: World, decisions: ProblemController, changed: list[str]
) -> None:
    refused(world)
    (problem,) = list_problems(world.journal)
    assert decisions.resolve(problem, Resolution.CHANGE_CARD) == ""
    assert changed == ["e1"]
    assert list_problems(world.journal) == (problem,)


def test_all_that_were_refused_and_no_others(world: World, decisions: ProblemController) -> None:
    refused(world, times=2)
    worked(world)
    world.kt.script = [UNKNOWN]
    world.drain()
    assert decisions.retry_all() == ""
    world.drain()
    assert [each.delivery.state for each in list_problems(world.journal)] == [DeliveryState.UNKNOWN]


def test_what_is_no_longer_a_problem_says_so(world: World, decisions: ProblemController) -> None:
    refused(world)
    (problem,) = list_problems(world.journal)
    decisions.resolve(problem, Resolution.SEND_AGAIN)
    world.drain()
    assert (
        decisions.resolve(problem, Resolution.NEVER_SEND)
        == "This delivery needs no decision. Delivery 3 is done."
    )


def test_only_the_oldest_are_shown(world: World) -> None:
    refused(world, times=3)
    assert [each.delivery.id for each in list_problems(world.journal, 2)] == [3, 6]


def test_an_entry_comes_once_with_all_of_its_problems(world: World) -> None:
    refused(world, times=2)
    world.journal.set_state(1, DeliveryState.BLOCKED)
    steps = read_in_steps(world.journal, 1)
    asked = [[each.id for logged in step for each in logged.deliveries] for step in steps]
    assert [step for step in asked if step] == [[1, 3], [6]]


def test_what_is_decided_between_two_steps_comes_no_more(world: World) -> None:
    refused(world, times=3)
    steps = read_in_steps(world.journal, 1)
    assert [each.entry.id for each in next(steps)] == ["e1"]
    world.problems.drop(6)
    assert [each.entry.id for each in next(steps)] == ["e3"]
    assert next(steps, None) is None


async def test_thousands_are_tried_again_in_steps(tmp_path: Path) -> None:
    journal_of(tmp_path, 3_000, NOW.date()).close()
    world = World(tmp_path)
    refuse_all(world.journal)
    decisions = ProblemController(
        world.problems, world.editor, world.journal, lambda _: None, spawn
    )
    assert len(list_problems(world.journal)) == 50
    async with loop_hold() as hold:
        assert decisions.retry_all() == ""
        async with asyncio.timeout(60):
            while world.journal.ids_needing_user():  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0)
    assert hold.longest_ms < MAX_HOLD_MS
    assert world.journal.counts()[DeliveryState.WAITING] == 3_000
