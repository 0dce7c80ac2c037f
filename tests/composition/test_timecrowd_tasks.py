"""Tasks that TimeCrowd has already: from a person's act to the bytes that each service gets."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.composition.whole_core import WholeCore, core_for
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import TimeCrowdTask
from timer_app.domain.entries.timer import Running
from timer_app.sandbox import Fault, FaultKind, Record, Sandbox, TimeEntry, add_teams
from timer_app.sandbox.world import (
    CALL_TASK_ID,
    CARD_ID,
    CARD_KEY,
    FOREIGN_TASK_ID,
    INVOICE_TASK_ID,
    KEYED_CARD_ID,
    SECOND_CATEGORY_ID,
    SECOND_TEAM_ID,
    TEAM_ID,
)
from timer_app.services.delivery import backoff
from timer_app.services.entries.editor import EntryEdit
from timer_app.services.entries.suggestions import SuggestionSource
from timer_app.services.exit_codes import ExitCode

CALL = f"/api/v1/teams/{SECOND_TEAM_ID}/tasks/{CALL_TASK_ID}/start"
INVOICE = f"/api/v1/teams/{SECOND_TEAM_ID}/tasks/{INVOICE_TASK_ID}/start"


class World(WholeCore):
    """The stand-ins with a second team of the user's, and a core."""

    async def start(self, task_id: int | str, **words: str) -> ExitCode:
        """The command; its exit code."""
        return (await self.run("start", timecrowd_task=str(task_id), **words)).exit_code

    async def restart(self) -> None:
        """The program ends and starts again."""
        await self.core.close()
        self.core = core_for(self.sandbox)

    async def offline(self) -> None:
        """Nobody listens at TimeCrowd's address."""
        site = self.sandbox.timecrowd
        site.port = int(site.url.rpartition(":")[2])
        await site.close()

    def add_task(self, title: str, url: str) -> int:
        """One more task of the second team."""
        now, state = self.sandbox.clock(), self.sandbox.timecrowd.state
        return state.add_task(SECOND_TEAM_ID, title, url, SECOND_CATEGORY_ID, now).id

    def changes(self) -> list[Record]:
        """What TimeCrowd was asked to change."""
        return [each for each in self.sandbox.timecrowd.requests.records if each.method != "GET"]

    def posts(self) -> list[str]:
        """What TimeCrowd was asked to make."""
        return [each.path for each in self.changes() if each.method == "POST"]

    def entries(self) -> list[TimeEntry]:
        """The user's entries that are not deleted."""
        return [e for e in self.sandbox.timecrowd.state.entries.values() if e.deleted_at is None]

    def running_title(self) -> str:
        """What runs here."""
        state = self.core.timer.state
        assert isinstance(state, Running)
        return state.entry.task.title


@pytest_asyncio.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    monkeypatch.setattr(backoff, "INITIAL_BACKOFF", timedelta(milliseconds=20))
    async with Sandbox() as sandbox:
        add_teams(sandbox.world, sandbox.clock())
        sandbox.timecrowd.state.entries.clear()
        world = World(sandbox, core_for(sandbox))
        yield world
        await world.core.close()


async def test_one_starts_in_its_own_team_and_stays_that_one(world: World) -> None:
    assert await world.start(CALL_TASK_ID) is ExitCode.DONE
    assert world.running_title() == "Weekly call with Acme"
    request = world.changes()[0]  # its times are corrected where that took a second
    assert (request.method, request.path, request.body) == ("POST", CALL, "{}")
    await world.restart()
    assert (await world.run("stop")).exit_code is ExitCode.DONE
    (entry,) = world.entries()
    assert (entry.task_id, entry.stopped_at is None) == (CALL_TASK_ID, False)
    assert (await world.run("start")).exit_code is ExitCode.DONE
    assert world.posts() == [CALL, CALL], "the last task is that one still"
    assert world.sandbox.kaiten.state.logs == {}


@pytest.mark.parametrize(
    ("path", "card_id"),
    [
        ("/{}", CARD_ID),
        ("/space/1/boards/card/{}?filter=x", CARD_ID),
        (f"/space/1/boards/card/{CARD_KEY}", KEYED_CARD_ID),
    ],
)
async def test_one_that_is_a_card_of_ours_gets_its_log(
    world: World, path: str, card_id: int
) -> None:
    task_id = world.add_task("Ship it", world.sandbox.kaiten_url + path.format(card_id))
    await world.start(task_id, at="-10m")
    await world.run("stop")
    await world.run("sync")
    (log,) = world.sandbox.kaiten.state.logs.values()
    assert (log.card_id, log.time_spent) == (card_id, 10)
    (posted,) = world.sandbox.kaiten.requests.matching("POST", "/time-logs$")
    assert json.loads(posted.body)["time_spent"] == 10
    assert {each.task_id for each in world.entries()} == {task_id}
    audit: Any = (await world.run("audit")).document
    assert {row["verdict"] for row in audit["rows"]} == {"matched"}


async def test_what_is_typed_wrongly_is_said_and_changes_nothing(world: World) -> None:
    said: list[str] = []
    for typed, words, code in (
        ("x1", {}, ExitCode.USAGE),
        ("0", {}, ExitCode.USAGE),
        ("４１００３", {}, ExitCode.USAGE),
        (str(CALL_TASK_ID), {"task": "Call"}, ExitCode.USAGE),
        (str(CALL_TASK_ID), {"card": str(CARD_ID)}, ExitCode.USAGE),
        (str(CALL_TASK_ID), {"team": "x"}, ExitCode.USAGE),
        ("999999", {}, ExitCode.REFUSED),
        (str(FOREIGN_TASK_ID), {}, ExitCode.REFUSED),
        (str(SECOND_CATEGORY_ID), {}, ExitCode.REFUSED),
        (str(CALL_TASK_ID), {"team": str(TEAM_ID)}, ExitCode.REFUSED),
        (str(CALL_TASK_ID), {"category": "Clients"}, ExitCode.REFUSED),
    ):
        reply = await world.run("start", timecrowd_task=typed, **words)
        assert (reply.exit_code, reply.document) == (code, None), typed
        said += reply.messages
    assert said[0].startswith("“x1” is not the number of a task in TimeCrowd.")
    assert said[3].startswith("The task in TimeCrowd says what is worked on.")
    assert said[6] == "TimeCrowd shows no task 999999 in your teams."
    assert said[9] == f"TimeCrowd shows no task {CALL_TASK_ID} in the team {TEAM_ID}."
    assert (world.changes(), world.core.journal.recent_tasks(9)) == ([], [])


async def test_offline_what_is_known_is_delivered_later_and_so_is_a_number(world: World) -> None:
    await world.start(CALL_TASK_ID)
    await world.run("cancel")
    await world.offline()
    assert await world.start(CALL_TASK_ID, at="-10m", wait="1") is ExitCode.STILL_WAITING
    assert world.running_title() == "Weekly call with Acme"
    await world.run("stop", at="-5m", wait="1")
    assert await world.start(INVOICE_TASK_ID, at="-4m", wait="1") is ExitCode.STILL_WAITING
    assert world.running_title() == f"TimeCrowd {INVOICE_TASK_ID}"
    await world.restart()
    await world.sandbox.timecrowd.start()
    assert (await world.run("sync")).exit_code is ExitCode.DONE
    assert world.running_title() == world.sandbox.timecrowd.state.tasks[INVOICE_TASK_ID].title
    call, invoice = world.entries()
    assert (call.task_id, invoice.task_id) == (CALL_TASK_ID, INVOICE_TASK_ID)
    assert (call.stopped_at is None, invoice.stopped_at is None) == (False, True)
    posts = [each for each in world.changes() if each.method == "POST"]
    assert [each.path for each in posts] == [CALL, "/api/v1/time_entries", INVOICE]
    assert json.loads(posts[1].body)["time_entry"]["time_trackable_id"] == str(CALL_TASK_ID)


@pytest.mark.parametrize(
    ("path", "card_id", "more"),
    [
        ("/{}", CARD_ID, False),
        ("/{}", CARD_ID, True),
        (f"/space/1/boards/card/{CARD_KEY}", KEYED_CARD_ID, False),
        ("/ticket/5", None, False),
    ],
)
async def test_what_a_number_is_that_was_started_offline_is_learned_later(
    world: World, path: str, card_id: int | None, *, more: bool
) -> None:
    """The title, the address and the card; with `more` another entry brings them first."""
    url = world.sandbox.kaiten_url + path.format(card_id)
    task_id = world.add_task("Ship it", url)
    await world.offline()
    await world.start(task_id, at="-30m", wait="1")
    await world.run("stop", at="-20m", wait="1")
    await world.run("start", task="Something else", at="-15m", wait="1")
    await world.start(task_id, at="-5m", wait="1")
    assert world.running_title() == f"TimeCrowd {task_id}"
    await world.restart()
    await world.sandbox.timecrowd.start()
    if more:
        await world.start(task_id, at="-1m", wait="20")
    await world.run("sync")
    assert world.running_title() == "Ship it"
    await world.run("stop", wait="20")
    await world.run("sync")
    logs = world.sandbox.kaiten.state.logs.values()
    logged: Any = (await world.run("log")).document
    mine = [each for each in logged if each["task"] == "Ship it"]
    assert len(mine) == (3 if more else 2)
    assert {each["card_id"] for each in mine} == {card_id}
    if card_id is None:
        assert ({each["address"] for each in mine}, list(logs)) == ({url}, [])
    else:
        assert {each.card_id for each in logs} == {card_id}
        assert sum(each.time_spent for each in logs) == 15
    assert [each.task_id for each in world.entries()].count(task_id) == len(mine)
    audit: Any = (await world.run("audit")).document
    assert {row["verdict"] for row in audit["rows"]} == {"matched"}


@pytest.mark.parametrize(
    ("kind", "status", "times"),
    [
        (FaultKind.TRUNCATED, 200, 6),
        (FaultKind.GARBAGE, 200, 6),
        (FaultKind.STATUS, 502, 6),
        (FaultKind.STATUS, 403, None),
    ],
)
async def test_what_a_number_is_is_learned_though_the_question_failed(
    world: World, kind: FaultKind, status: int, times: int | None
) -> None:
    task_id = world.add_task("Ship it", f"{world.sandbox.kaiten_url}/{CARD_ID}")
    faults = world.sandbox.timecrowd.faults
    faults.add(Fault(kind, "GET", "/tasks", times=times, status=status))
    await world.run(
        "start", timecrowd_task=str(task_id), team=str(SECOND_TEAM_ID), at="-5m", wait="0"
    )
    await world.run("sync", wait="60")
    faults.clear()
    await world.run("stop", wait="60")
    await world.run("sync", wait="60")
    (log,) = world.sandbox.kaiten.state.logs.values()
    assert (log.card_id, log.time_spent) == (CARD_ID, 5)


async def test_a_start_whose_answer_was_lost_is_looked_for_and_not_repeated(world: World) -> None:
    world.sandbox.timecrowd.faults.add(Fault(FaultKind.CLOSE_AFTER_COMMIT, "POST", "/start$"))
    await world.start(CALL_TASK_ID)
    await world.run("sync")
    assert (await world.run("stop")).exit_code is ExitCode.DONE
    (entry,) = world.sandbox.timecrowd.state.entries.values()
    assert entry.task_id == CALL_TASK_ID
    assert [each.path for each in world.changes()].count(CALL) == 1


@pytest.mark.parametrize("starts_before", [0, 1])
async def test_one_that_is_gone_needs_a_person_and_no_other_takes_its_place(
    world: World, starts_before: int
) -> None:
    for _ in range(starts_before):
        await world.start(INVOICE_TASK_ID)
        await world.run("cancel")
    await world.offline()
    await world.start(INVOICE_TASK_ID, wait="1")
    world.sandbox.timecrowd.state.tasks.pop(INVOICE_TASK_ID)
    world.sandbox.timecrowd.state.entries.clear()
    await world.sandbox.timecrowd.start()
    assert (await world.run("sync")).exit_code is ExitCode.NEEDS_PERSON
    problems: Any = (await world.run("problems")).document
    assert [str(INVOICE_TASK_ID) in each["error"] for each in problems] == [True]
    assert world.entries() == []


@pytest.mark.parametrize(
    ("url", "offline"),
    [("", False), ("https://example.com/page", True), (f"{{kaiten}}/{CARD_ID}", False)],
)
async def test_an_edit_moves_an_entry_between_tasks_that_look_alike(
    world: World, url: str, *, offline: bool
) -> None:
    """Chosen, chosen in another team, and not chosen: of one address, card or title."""
    address = url.format(kaiten=world.sandbox.kaiten_url)
    first, second = (world.add_task(title, address) for title in ("Call", "Call"))
    await world.start(first, at="-10m")
    await world.run("stop", at="-5m")
    document: Any = (await world.run("log")).document
    logged = world.core.journal.entry(document[0]["id"])
    assert logged is not None
    task = logged.entry.task
    plain = replace(task, timecrowd=None)
    other = replace(task, timecrowd=TimeCrowdTask(second, SECOND_TEAM_ID))
    for task in (other, plain, other):
        if offline:
            await world.offline()
        world.core.editor.edit(logged.entry.id, EntryEdit(task=task))
        if offline:
            await world.sandbox.timecrowd.start()
        await world.run("sync")
        (held,) = world.entries()
        if task.timecrowd is None:
            assert world.sandbox.timecrowd.state.tasks[held.task_id].team_id == TEAM_ID
        else:
            assert held.task_id == task.timecrowd.id
    world.core.editor.undo()
    await world.run("sync")
    (held,) = world.entries()
    assert world.sandbox.timecrowd.state.tasks[held.task_id].team_id == TEAM_ID


async def test_one_that_was_found_in_the_search_starts_by_its_number(world: World) -> None:
    found = await world.core.finder().ask(SuggestionSource.TIMECROWD, "請求書")
    (suggestion,) = found.suggestions
    assert suggestion.remote is not None
    assert (suggestion.remote.team, suggestion.remote.category) == ("Client projects", "Clients")
    world.core.timer.start(suggestion.task, Source.CLICK)
    await world.run("sync")
    assert world.posts() == [INVOICE]


@pytest.mark.parametrize(
    ("task_id", "title"),
    [(CALL_TASK_ID, "Weekly call with Acme"), (INVOICE_TASK_ID, "請求書の確認")],
)
async def test_another_device_that_starts_it_is_followed(
    world: World, task_id: int, title: str
) -> None:
    state, user_id = world.sandbox.timecrowd.state, world.sandbox.world.timecrowd_user_id
    now, tasks = world.sandbox.clock(), set(state.tasks)
    if not state.tasks[task_id].url:  # else it is found by that
        state.tasks[task_id] = replace(state.tasks[task_id], key="as it was called once")
    await world.start(task_id, at="-10m")
    await world.run("stop")
    state.start(user_id, task_id, now)
    await world.run("sync")
    assert world.running_title() == title
    await world.run("stop")
    await world.run("start")  # the last task is that one, whoever began it
    assert [each.task_id for each in world.entries()] == [task_id] * 3
    assert set(state.tasks) == tasks, "no second task was made"


async def test_what_another_device_began_on_one_goes_on_there(world: World) -> None:
    """Nothing of it is known here but its title, and TimeCrowd knows it by another key."""
    state, user_id = world.sandbox.timecrowd.state, world.sandbox.world.timecrowd_user_id
    began, tasks = world.sandbox.clock() - timedelta(minutes=10), set(state.tasks)
    state.start(user_id, INVOICE_TASK_ID, began)
    await world.run("sync")
    await world.run("stop")
    document: Any = (await world.run("log")).document
    world.core.timer.start_again(document[0]["id"], Source.CLICK)
    await world.run("sync")
    assert world.posts() == [INVOICE]
    assert set(state.tasks) == tasks, "no second task was made"


async def test_what_the_lists_showed_last_is_there_after_a_restart(world: World) -> None:
    for source in (SuggestionSource.MY_CARDS, SuggestionSource.TIMECROWD):
        await world.core.finder().ask(source, "")
    cards = [each.task for each in world.core.task_memory.my_cards]
    await world.restart()
    assert cards
    assert [each.task for each in world.core.task_memory.my_cards] == cards
    assert {each.is_old for each in world.core.task_memory.my_cards} == {True}
    offered = world.core.finder().local_suggestions("")
    assert [each.task.title for each in offered if each.is_old and each.remote]
