"""Choosing a category and making rules in the windows, down to what both services get."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtWidgets import QComboBox

from tests.composition.whole_core import core_for
from timer_app.bootstrap.core import Core
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.route import PLAIN, Route
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Running
from timer_app.domain.setup.edited_rule import EditedRule
from timer_app.sandbox import Fault, FaultKind, Sandbox, add_teams
from timer_app.sandbox.world import SECOND_CATEGORY_ID, SECOND_TEAM_ID, SPACE_ID
from timer_app.tray.controllers.routes import RouteController
from timer_app.tray.controllers.rules import RulesController

pytestmark = pytest.mark.qasync
CLIENTS = Route(SECOND_TEAM_ID, SECOND_CATEGORY_ID)
TASK = Task("Call")


def spawn(work: Callable[[], Coroutine[object, object, None]]) -> asyncio.Task[None]:
    """Own a task until the test is over."""
    return asyncio.get_running_loop().create_task(work())


@dataclass
class World:
    """The stand-ins with two teams of the user's, and a core."""

    sandbox: Sandbox
    core: Core

    async def deliver(self) -> None:
        await self.core.sender.drain(timedelta(seconds=10))

    def started(self) -> list[tuple[str, str | None]]:
        """Team and category of every start that was told."""
        sent = self.sandbox.timecrowd.requests.matching("POST", "/time_entries$")
        bodies = [json.loads(each.body) for each in sent]
        tasks = [each["task"] for each in bodies if "task" in each]
        return [(each["team_id"], each.get("parent_id")) for each in tasks]


@pytest_asyncio.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    async with Sandbox() as sandbox:
        add_teams(sandbox.world, sandbox.clock())
        core = core_for(sandbox)
        yield World(sandbox, core)
        await core.close()


async def _loaded(routes: RouteController) -> str:
    answered: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    assert routes.load(answered.set_result)
    return await answered


async def test_a_choice_before_the_start_decides_where_the_task_is_made(world: World) -> None:
    routes = RouteController(world.core, spawn)
    assert await _loaded(routes) == ""
    assert [each.team.id for each in routes.choices()] == [11609, SECOND_TEAM_ID]
    assert not routes.load(lambda _: None)  # they were read just now
    assert routes.choose(TASK, CLIENTS) == ""
    shown = routes.shown(TASK, None)
    assert shown
    assert shown.category
    assert (shown.category.name, shown.is_chosen) == ("Clients", True)
    world.core.timer.start(TASK, Source.CLICK)
    await world.deliver()
    assert world.started() == [(str(SECOND_TEAM_ID), str(SECOND_CATEGORY_ID))]


async def test_what_runs_is_moved_only_while_timecrowd_knows_nothing_of_it(world: World) -> None:
    routes = RouteController(world.core, spawn)
    world.core.timer.start(TASK, Source.CLICK)
    assert routes.choose(TASK, CLIENTS) == ""
    await world.deliver()
    assert world.started() == [(str(SECOND_TEAM_ID), str(SECOND_CATEGORY_ID))]
    assert "counts from the next start" in routes.choose(TASK, PLAIN)
    state = world.core.timer.state
    assert isinstance(state, Running)
    assert state.entry.route == CLIENTS
    world.core.timer.start(Task("Other"), Source.CLICK)
    await world.deliver()
    world.core.timer.start(TASK, Source.CLICK)
    await world.deliver()
    assert world.started()[-1][0] == "11609"


async def test_why_timecrowd_shows_no_lists_is_said(world: World) -> None:
    away = Fault(FaultKind.CLOSE_BEFORE_COMMIT, "GET", "/teams", times=None)
    world.sandbox.timecrowd.faults.add(away)
    routes = RouteController(world.core, spawn)
    assert "TimeCrowd" in await _loaded(routes)
    assert routes.choices() == ()


async def test_the_rules_page_is_named_by_both_services_and_writes_the_file(world: World) -> None:
    applied: list[str] = []

    def apply() -> None:
        applied.append(world.core.settings.reload().text)

    work: list[asyncio.Task[None]] = []

    def noted(job: Callable[[], Coroutine[object, object, None]]) -> asyncio.Task[None]:
        work.append(spawn(job))
        return work[-1]

    rules = RulesController(world.core, noted, apply)
    rules.page.show_values(world.core.settings.value.all())
    rules.load()
    await work[0]
    boxes = {each.objectName(): each for each in rules.page.findChildren(QComboBox)}
    assert boxes["rules.space"].findText("Маркетинг (6002)") > 0
    assert boxes["rules.board"].findText("Timer App (7001)") > 0
    assert boxes["rules.team_id"].findText("Client projects (11710)") > 0
    assert boxes["rules.role_id"].findText("Дизайнер (102)") > 0
    assert rules.save((), [EditedRule({"space": SPACE_ID, "team_id": SECOND_TEAM_ID})]) == ""
    assert "[[rules]]" in applied[0]
    assert world.core.settings.value.rules == ({"space": SPACE_ID, "team_id": SECOND_TEAM_ID},)
    assert "were changed meanwhile" in rules.save((), [])
