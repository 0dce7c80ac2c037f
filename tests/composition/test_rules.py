"""Rules of the settings: from a person's act to the bytes that each service gets."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.composition.whole_core import WholeCore, set_up_settings, tokens_of
from timer_app.adapters.paths import app_paths
from timer_app.adapters.setup.settings.writer import change
from timer_app.bootstrap.core import make_core
from timer_app.domain.delivery import log_timing
from timer_app.domain.entries.timer import Running
from timer_app.sandbox import Fault, FaultKind, Sandbox, Site, Task, TimeEntry, add_teams
from timer_app.sandbox.world import (
    CARD_ID,
    DESIGNER,
    SECOND_CATEGORY_ID,
    SECOND_SPACE_ID,
    SECOND_TEAM_ID,
    SPACE_ID,
)
from timer_app.services.delivery import backoff, routes
from timer_app.services.exit_codes import ExitCode

SITE_CARD_ID, SITE_BOARD_ID = 63258152, 7002
RULES = f"""
[[rules]]  # the site is a client's
space = {SECOND_SPACE_ID}
board = {SITE_BOARD_ID}
team_id = {SECOND_TEAM_ID}
category_id = {SECOND_CATEGORY_ID}
role_id = {DESIGNER}

[[rules]]
space = {SPACE_ID}
category_id = 36544
"""
CARD_QUESTION = ("GET", "/cards/[0-9]+$")


class World(WholeCore):
    """The stand-ins with several teams, and a core with rules."""

    def write_rules(self, text: str) -> None:
        path = Path(self.core.paths.settings)
        path.write_text(path.read_text() + text)
        self.core.settings.reload()

    def replace_in_rules(self, old: str, new: str) -> None:
        path = Path(self.core.paths.settings)
        path.write_text(path.read_text().replace(old, new))
        self.core.settings.reload()

    def bodies(self, site: Site[Any], path: str) -> list[Any]:
        """What was posted to addresses that end so."""
        sent = site.requests.records
        return [json.loads(each.body) for each in sent
                if each.method == "POST" and each.path.endswith(path)]  # fmt: skip

    def started(self) -> list[Any]:
        return [each["task"] for each in self.bodies(self.sandbox.timecrowd, "/time_entries")
                if "task" in each]  # fmt: skip

    def made_tasks(self, team_id: int) -> list[Any]:
        sent = self.bodies(self.sandbox.timecrowd, f"/teams/{team_id}/tasks")
        return [each["task"] for each in sent]

    def tasks_of_card(self) -> list[Task]:
        tasks = self.sandbox.timecrowd.state.tasks.values()
        return [each for each in tasks if each.url and each.url.endswith(str(SITE_CARD_ID))]

    def entries_of(self, task_id: int) -> list[TimeEntry]:
        entries = self.sandbox.timecrowd.state.entries.values()
        return [each for each in entries if each.task_id == task_id]

    def roles(self) -> list[int]:
        return [each["role_id"] for each in self.bodies(self.sandbox.kaiten, "/time-logs")]

    def asked_for_card(self) -> int:
        return self.sandbox.kaiten.requests.count(*CARD_QUESTION)

    async def act(self, command: str, code: ExitCode = ExitCode.DONE, **words: str) -> Any:  # noqa: ANN401
        reply = await self.run(command, **words)
        assert reply.exit_code is code, reply
        return reply.document


@pytest_asyncio.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    monkeypatch.setattr(backoff, "INITIAL_BACKOFF", timedelta(milliseconds=20))
    monkeypatch.setattr(log_timing, "OTHERS_WAIT", timedelta(seconds=-2))
    monkeypatch.setattr(log_timing, "RANDOM_WAIT", timedelta(0))
    monkeypatch.setattr(routes, "PAUSE", timedelta(seconds=-2))
    async with Sandbox() as sandbox:
        add_teams(sandbox.world, sandbox.clock())
        paths = app_paths()
        set_up_settings(paths, sandbox)
        change(paths.settings, "timecrowd.category_id", str(sandbox.world.category_id))
        world = World(sandbox, make_core(paths, tokens_of(sandbox)))
        world.write_rules(RULES)
        yield world
        await world.core.close()


async def test_the_first_rule_that_fits_decides_team_category_and_role(world: World) -> None:
    await world.act("start", card=str(SITE_CARD_ID), at="-10m")
    await world.act("stop")
    address = f"{world.sandbox.kaiten_url}/{SITE_CARD_ID}"
    assert world.started() == [
        {
            "key": address,
            "parent_id": str(SECOND_CATEGORY_ID),
            "team_id": str(SECOND_TEAM_ID),
            "title": "Ошибка: отчёт за месяц пуст, если нет команды",
            "url": address,
        }
    ]
    assert world.roles() == [DESIGNER]


async def test_a_finished_entry_makes_its_task_where_the_rule_says(world: World) -> None:
    reply = await world.run("add", **{"card": str(SITE_CARD_ID), "from": "-60m", "for": "20m"})
    assert reply.exit_code is ExitCode.DONE
    [task] = world.made_tasks(SECOND_TEAM_ID)
    assert task["parent_id"] == str(SECOND_CATEGORY_ID)
    assert world.roles() == [DESIGNER]


async def test_a_rule_of_a_space_alone_keeps_the_plain_team_and_role(world: World) -> None:
    await world.act("start", card=str(CARD_ID), at="-10m")
    await world.act("stop")
    [task] = world.started()
    assert (task["team_id"], task["parent_id"]) == (str(world.sandbox.world.team_id), "36544")
    assert world.roles() == [-1]


async def test_a_task_without_a_card_goes_by_the_plain_settings(world: World) -> None:
    await world.act("start", task="Read mail")
    [task] = world.started()
    ids = world.sandbox.world
    assert (task["team_id"], task["parent_id"]) == (str(ids.team_id), str(ids.category_id))


async def test_rules_that_change_later_alter_nothing_that_has_begun(world: World) -> None:
    await world.act("start", card=str(SITE_CARD_ID), at="-10m")
    world.replace_in_rules(f"role_id = {DESIGNER}", "role_id = 101")
    await world.act("stop")
    assert world.roles() == [DESIGNER]
    await world.act("start", card=str(SITE_CARD_ID), at="-5m")
    await world.act("stop")
    assert world.roles() == [DESIGNER, 101]


@pytest.mark.parametrize("tells_path", [True, False])
async def test_a_card_that_was_never_seen_is_read_before_anything_is_sent(
    world: World, *, tells_path: bool
) -> None:
    """With its title typed, nobody asks Kaiten for the card at the start."""
    state = world.sandbox.kaiten.state
    state.switches = type(state.switches)(tells_path=tells_path)
    away = Fault(FaultKind.CLOSE_BEFORE_COMMIT, *CARD_QUESTION, times=1)
    world.sandbox.kaiten.faults.add(away)
    words = {"card": str(SITE_CARD_ID), "task": "Report", "at": "-10m", "wait": "0"}
    await world.act("start", ExitCode.STILL_WAITING, **words)
    assert not world.started()
    assert world.asked_for_card() == 0
    started = world.core.timer.state
    assert isinstance(started, Running)
    assert started.entry.route.is_open
    await world.act("sync")
    await world.act("stop")
    assert world.roles() == [DESIGNER]
    assert [(each.team_id, each.parent_id) for each in world.tasks_of_card()] == [
        (SECOND_TEAM_ID, SECOND_CATEGORY_ID)
    ]


async def test_a_card_that_kaiten_refuses_goes_by_the_plain_settings(world: World) -> None:
    world.sandbox.kaiten.state.forbidden_card_ids.add(SITE_CARD_ID)
    await world.act("start", card=str(SITE_CARD_ID), task="Report")
    [task] = world.started()
    assert task["team_id"] == str(world.sandbox.world.team_id)


async def test_a_lost_answer_is_found_in_its_own_team_alone(world: World) -> None:
    """The same card has an entry of another team, begun by another device at that moment."""
    state, now = world.sandbox.timecrowd.state, world.sandbox.clock()
    url = f"{world.sandbox.kaiten_url}/{SITE_CARD_ID}"
    other = state.add_task(11609, "Report", url, 36543, now)
    state.add_entry(world.sandbox.world.timecrowd_user_id, other.id, now, now, now)
    lost = Fault(FaultKind.CLOSE_AFTER_COMMIT, "POST", "/time_entries$", times=1)
    world.sandbox.timecrowd.faults.add(lost)
    await world.act("start", card=str(SITE_CARD_ID))
    assert len(world.started()) == 1
    entries = world.sandbox.timecrowd.state.entries.values()
    tasks = world.sandbox.timecrowd.state.tasks
    mine = [each for each in entries if each.user_id == world.sandbox.world.timecrowd_user_id]
    assert [tasks[each.task_id].team_id for each in mine if each.stopped_at is None] == [
        SECOND_TEAM_ID
    ]


async def test_a_decided_team_stays_whatever_the_rules_say_at_the_next_attempt(
    world: World,
) -> None:
    """The answer to the first attempt is lost, and the rules change before the second."""
    faults = world.sandbox.timecrowd.faults
    faults.add(Fault(FaultKind.CLOSE_AFTER_COMMIT, "POST", "/time_entries$", times=1))
    faults.add(Fault(FaultKind.CLOSE_BEFORE_COMMIT, "GET", "/user/time_entries$", times=None))
    words = {"card": str(SITE_CARD_ID), "task": "Report", "at": "-10m", "wait": "1.5"}
    await world.act("start", ExitCode.STILL_WAITING, **words)
    assert len(world.started()) == 1
    faults.clear()
    world.replace_in_rules(f"team_id = {SECOND_TEAM_ID}\ncategory_id", "category_id")
    world.replace_in_rules(f"category_id = {SECOND_CATEGORY_ID}", "category_id = 36544")
    await world.act("sync")
    assert {each["team_id"] for each in world.started()} == {str(SECOND_TEAM_ID)}
    assert len([each for each in world.tasks_of_card() for _ in world.entries_of(each.id)]) == 1


async def test_what_another_device_began_keeps_its_team(world: World) -> None:
    state, user = world.sandbox.timecrowd.state, world.sandbox.world.timecrowd_user_id
    began = world.sandbox.clock() - timedelta(minutes=30)
    url = f"{world.sandbox.kaiten_url}/{CARD_ID}"
    task = state.add_task(SECOND_TEAM_ID, "Ship", url, SECOND_CATEGORY_ID, began)
    state.start(user, task.id, began)
    await world.act("sync")
    running = world.core.timer.state
    assert isinstance(running, Running)
    assert running.entry.route.team_id == SECOND_TEAM_ID
    await world.act("stop")
    assert not world.made_tasks(world.sandbox.world.team_id)


async def test_a_category_and_a_team_are_typed_by_number_or_title(world: World) -> None:
    second = str(SECOND_TEAM_ID)
    for words, team, category in (
        ({"category": "36544"}, world.sandbox.world.team_id, 36544),
        ({"category": "timer app"}, world.sandbox.world.team_id, 36544),
        ({"category": "Development / Timer App"}, world.sandbox.world.team_id, 36544),
        ({"category": " development/TIMER app "}, world.sandbox.world.team_id, 36544),
        ({"team": second, "category": "Clients"}, SECOND_TEAM_ID, SECOND_CATEGORY_ID),
        ({"team": second}, SECOND_TEAM_ID, None),
    ):
        reply = await world.run("start", task=f"Task {words}", **words)
        assert reply.exit_code is ExitCode.DONE
        task = world.started()[-1]
        assert (task["team_id"], task.get("parent_id")) == (str(team), category and str(category))


async def test_a_choice_is_remembered_for_the_task_until_it_is_taken_back(world: World) -> None:
    await world.act("start", card=str(SITE_CARD_ID), team=str(world.sandbox.world.team_id))
    await world.act("start", task="Other")
    await world.act("start", card=str(SITE_CARD_ID))
    teams = [each["team_id"] for each in world.started()]
    assert teams == [str(world.sandbox.world.team_id)] * 3
    await world.act("start", task="Other")
    await world.act("start", card=str(SITE_CARD_ID), category="")
    assert world.started()[-1]["team_id"] == str(SECOND_TEAM_ID)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ({"team": "abc"}, ExitCode.USAGE, "“abc” is not the number of a team"),
        ({"team": "-3"}, ExitCode.USAGE, "“-3” is not the number of a team"),
        ({"team": "9" * 19}, ExitCode.USAGE, "is not the number of a team"),
        ({"team": "11711"}, ExitCode.REFUSED, "You are not a member of team 11711. Your teams:"),
        ({"team": "5"}, ExitCode.REFUSED, "Your teams: 11609 (Demo team), 11710"),
        ({"category": "Nowhere"}, ExitCode.REFUSED, "Team 11609 has no category “Nowhere”."),
        ({"category": "41001"}, ExitCode.REFUSED, "Team 11609 has no category “41001”."),
        ({"category": "Twice"}, ExitCode.REFUSED, "“Twice” may be any of these categories:"),
    ],
)
@pytest.mark.parametrize("command", ["start", "add"])
async def test_what_timecrowd_does_not_have_is_refused_and_nothing_changes(
    world: World, command: str, words: dict[str, str], code: ExitCode, said: str
) -> None:
    state = world.sandbox.timecrowd.state
    for parent in (36543, 36546):
        state.add_category(11609, "Twice", world.sandbox.clock(), parent_id=parent)
    times = {"from": "-60m", "for": "5m"} if command == "add" else {}
    reply = await world.run(command, task="Ship", **times, **words)
    assert reply.exit_code is code
    assert said in reply.messages[0]
    assert not world.started()
    assert not isinstance(world.core.timer.state, Running)
    assert not world.core.journal.recent_tasks(5)


async def test_offline_a_number_is_taken_and_a_title_only_if_it_was_seen(world: World) -> None:
    away = Fault(FaultKind.CLOSE_BEFORE_COMMIT, "*", "/api/", times=None)
    world.sandbox.timecrowd.faults.add(away)
    reply = await world.run("start", task="A", category="Clients", team="11710", wait="0.5")
    assert reply.exit_code is ExitCode.REFUSED
    assert "its categories were never seen here" in reply.messages[0]
    await world.act("start", ExitCode.STILL_WAITING, task="A", category="41001", team="11710",
                    wait="0.5")  # fmt: skip
    world.sandbox.timecrowd.faults.clear()
    await world.act("sync")
    assert (world.started()[-1]["team_id"], world.started()[-1]["parent_id"]) == ("11710", "41001")
    await world.act("start", task="B", category="clients", team="11710")
    world.sandbox.timecrowd.faults.add(away)
    await world.act("start", ExitCode.STILL_WAITING, task="C", category="clients", team="11710",
                    wait="0.5")  # fmt: skip


async def test_a_deleted_category_is_refused_and_another_one_is_chosen(world: World) -> None:
    world.sandbox.timecrowd.state.set_category_deleted(36544, world.sandbox.clock())
    document = await world.act("start", ExitCode.NEEDS_PERSON, card=str(CARD_ID))
    [delivery] = document["entries"][0]["deliveries"]
    assert "Category is already deleted." in delivery["error"]
    [problem] = await world.act("problems", ExitCode.NEEDS_PERSON)
    ways = [each["command"] for each in problem["ways"]]
    number = str(delivery["id"])
    assert ways[0] == f"timer-app retry {number} --category CATEGORY"
    refused = await world.run("retry", delivery=number, category="Timer App")
    assert refused.exit_code is ExitCode.REFUSED  # it is not offered any more
    await world.act("retry", delivery=number, category="社内業務")
    assert world.started()[-1]["parent_id"] == "36546"
    await world.act("stop")
    # It is remembered: the rule's own category is not tried again.
    await world.act("start", card=str(CARD_ID))
    assert world.started()[-1]["parent_id"] == "36546"


async def test_a_delivery_that_makes_no_task_has_no_category_to_change(world: World) -> None:
    world.sandbox.kaiten.state.locked_card_ids.add(CARD_ID)
    await world.act("start", card=str(CARD_ID), at="-10m")
    await world.act("stop", ExitCode.NEEDS_PERSON)
    [problem] = await world.act("problems", ExitCode.NEEDS_PERSON)
    reply = await world.run("retry", delivery=str(problem["id"]), category="36544")
    assert reply.exit_code is ExitCode.REFUSED
    assert "makes no task in TimeCrowd" in reply.messages[0]


async def test_entries_of_several_teams_stand_side_by_side(world: World) -> None:
    """A switch from team to team, a lost stop, an edit to a card of the other team: all fits."""
    await world.act("start", card=str(CARD_ID), at="-50m")
    lost = Fault(FaultKind.CLOSE_AFTER_COMMIT, "PATCH", "/stop$", times=1)
    world.sandbox.timecrowd.faults.add(lost)
    await world.act("start", card=str(SITE_CARD_ID), at="-30m")
    await world.act("stop", at="-10m")
    reply = await world.run("add", **{"card": str(CARD_ID), "from": "-90m", "for": "20m"})
    assert isinstance(reply.document, dict)
    moved = reply.document["entries"][0]["id"]
    await world.act("edit", entry=moved, card=str(SITE_CARD_ID))
    state = world.sandbox.timecrowd.state
    new = world.sandbox.clock() - timedelta(minutes=5)
    held = [each for each in state.entries.values() if each.stopped_at and each.created_at > new]
    teams = sorted(state.tasks[each.task_id].team_id for each in held)
    assert teams == [11609, SECOND_TEAM_ID, SECOND_TEAM_ID]
    assert len(world.tasks_of_card()) == 1
    assert sorted(world.roles()) == [-1, -1, DESIGNER, DESIGNER]
    audit = await world.act("audit")
    assert {row["verdict"] for row in audit["rows"]} == {"matched"}


@pytest.mark.parametrize("offline", [False, True])
async def test_another_card_of_an_address_leaves_its_task_where_it_is(
    world: World, *, offline: bool
) -> None:
    """The rule of the card decides the role of its log, and moves nothing in TimeCrowd."""
    page = "https://example.com/page"
    span = {"from": "-20m", "to": "-10m"}
    made = await world.act("add", ExitCode.DONE, card=page, task="Read it", **span)
    (entry,) = made["entries"]
    if offline:
        site = world.sandbox.timecrowd
        site.port = int(site.url.rpartition(":")[2])
        await site.close()
    await world.act("edit", entry=entry["id"], card=str(SITE_CARD_ID))
    if offline:
        await world.sandbox.timecrowd.start()
    await world.act("sync")
    assert world.roles() == [DESIGNER]
    logged = world.core.journal.entry(entry["id"])
    assert logged is not None
    assert logged.remote is not None
    task = world.sandbox.timecrowd.state.tasks[int(logged.remote.task_id)]
    assert (task.team_id, logged.entry.route.team_id) == (world.sandbox.world.team_id, None)
    await world.act("edit", entry=entry["id"], card=str(CARD_ID))
    await world.act("sync")
    (log,) = world.sandbox.kaiten.state.logs.values()
    assert (log.card_id, log.role_id) == (CARD_ID, -1)
