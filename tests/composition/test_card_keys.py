"""Another device's entry whose task names its card by a key: Kaiten is asked which card that is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.composition.whole_core import WholeCore, core_for
from timer_app.domain.delivery import log_timing
from timer_app.domain.entries.timer import Running
from timer_app.sandbox import Fault, FaultKind, Sandbox
from timer_app.sandbox.world import CARD_KEY, KEYED_CARD_ID
from timer_app.services.command_context import CommandReply
from timer_app.services.delivery import backoff
from timer_app.services.exit_codes import ExitCode

FORMS = ("/{}", "/c/{}", "/space/5/card/{}", "/space/5/boards/card/{}?filter=x")
CARD_QUESTION = "/cards/[A-Z]+-[0-9]+$"


class World(WholeCore):
    """The stand-ins, a phone, and the core that follows it."""

    def start_elsewhere(self, path: str, minutes_ago: int = 30, minutes: int = 0) -> int:
        """Work on the task at that address of Kaiten; it runs if it took no `minutes`."""
        state, world = self.sandbox.timecrowd.state, self.sandbox.world
        began = self.sandbox.clock() - timedelta(minutes=minutes_ago)
        url = f"{self.sandbox.kaiten_url}{path}"
        task = next((each for each in state.tasks.values() if each.url == url), None)
        task = task or state.add_task(world.team_id, "Drops", url, world.category_id, began)
        if not minutes:
            return state.start(world.timecrowd_user_id, task.id, began).id
        ended = began + timedelta(minutes=minutes)
        return state.add_entry(world.timecrowd_user_id, task.id, began, ended, ended).id

    def logged(self) -> list[tuple[int, int]]:
        """The logs that Kaiten holds: card and minutes."""
        logs = self.sandbox.kaiten.state.logs.values()
        return [(log.card_id, log.time_spent) for log in logs]

    def key_questions(self) -> int:
        """How often Kaiten was asked for a key."""
        asked = self.sandbox.kaiten.requests.records
        return sum(each.path.endswith(CARD_KEY) for each in asked)

    def task_addresses(self) -> list[str | None]:
        """The addresses of TimeCrowd's tasks."""
        tasks = self.sandbox.timecrowd.state.tasks.values()
        return [each.url for each in tasks if each.url]


@pytest_asyncio.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    monkeypatch.setattr(backoff, "INITIAL_BACKOFF", timedelta(milliseconds=20))
    # The journal rounds a turn up to whole seconds; no other computer is played here.
    monkeypatch.setattr(log_timing, "OTHERS_WAIT", timedelta(seconds=-2))
    monkeypatch.setattr(log_timing, "RANDOM_WAIT", timedelta(0))
    async with Sandbox() as sandbox:
        world = World(sandbox, core_for(sandbox))
        yield world
        await world.core.close()


def _deliveries(reply: CommandReply) -> list[dict[str, Any]]:
    document = reply.document
    assert isinstance(document, dict), reply
    return [each for entry in document["entries"] for each in entry["deliveries"]]


@pytest.mark.parametrize("form", FORMS)
async def test_the_card_of_a_key_gets_the_log(world: World, form: str) -> None:
    world.start_elsewhere(form.format(CARD_KEY))
    assert (await world.run("sync")).exit_code is ExitCode.DONE
    state = world.core.timer.state
    assert isinstance(state, Running)
    assert state.entry.task.card
    assert state.entry.task.card.id == KEYED_CARD_ID
    stopped = await world.run("stop")
    assert stopped.exit_code is ExitCode.DONE
    assert world.logged() == [(KEYED_CARD_ID, 30)]
    kinds = [(each["kind"], each["minutes"]) for each in _deliveries(stopped)]
    assert kinds == [("start", None), ("stop", None), ("log", 30)]
    # The next one on that task is known; one begun here is on TimeCrowd's task, not on a second.
    world.start_elsewhere(form.format(CARD_KEY), 10)
    assert (await world.run("stop")).exit_code is ExitCode.DONE
    assert (await world.run("start", at="-5m")).exit_code is ExitCode.DONE
    assert (await world.run("stop")).exit_code is ExitCode.DONE
    assert world.logged() == [(KEYED_CARD_ID, minutes) for minutes in (30, 10, 5)]
    assert world.key_questions() == 1
    assert len(world.task_addresses()) == 1


async def test_a_lower_case_key_is_the_same(world: World) -> None:
    world.start_elsewhere(f"/{CARD_KEY.lower()}")
    assert (await world.run("stop")).exit_code is ExitCode.DONE
    assert world.logged() == [(KEYED_CARD_ID, 30)]


async def test_while_kaiten_is_away_the_log_waits(world: World) -> None:
    away = Fault(FaultKind.CLOSE_BEFORE_COMMIT, "GET", CARD_QUESTION, times=None)
    world.sandbox.kaiten.faults.add(away)
    world.start_elsewhere(f"/space/5/card/{CARD_KEY}")
    assert (await world.run("sync", wait="1")).exit_code is ExitCode.STILL_WAITING
    stopped = await world.run("stop", wait="1")
    assert stopped.exit_code is ExitCode.STILL_WAITING
    assert [each["state"] for each in _deliveries(stopped)] == ["done", "waiting", "done"]
    assert world.logged() == []
    world.sandbox.kaiten.faults.clear()
    assert (await world.run("sync")).exit_code is ExitCode.DONE
    assert world.logged() == [(KEYED_CARD_ID, 30)]


@pytest.mark.parametrize("key", ["NONE-1", "DEMO-999"])
async def test_a_key_without_a_card_is_reported_and_the_entry_goes_on(
    world: World, key: str
) -> None:
    world.start_elsewhere(f"/space/5/card/{key}")
    assert (await world.run("sync")).exit_code is ExitCode.NEEDS_PERSON
    assert isinstance(world.core.timer.state, Running)
    assert (await world.run("stop")).exit_code is ExitCode.NEEDS_PERSON
    assert world.logged() == []
    reply = await world.run("problems")
    rows = reply.document
    assert isinstance(rows, list)
    (row,) = rows
    assert f"TimeCrowd names the card {key}" in row["error"]
    assert "are safe" in row["error"]
    assert [way["command"].split()[1] for way in row["ways"]] == ["edit", "retry", "drop"]
    # Its card by hand is the answer: one log, on that card, and the question is gone.
    card = str(world.sandbox.world.card_ids[0])
    assert (await world.run("edit", entry=row["entry"], card=card)).exit_code is ExitCode.DONE
    assert world.logged() == [(int(card), 30)]
    assert (await world.run("problems")).exit_code is ExitCode.DONE


async def test_another_card_in_the_answer_gets_no_log(world: World) -> None:
    """Kaiten may answer to a key that the card no longer has: that is not the card's word."""
    cards = world.sandbox.kaiten.state.cards
    world.sandbox.kaiten.state.former_keys["OLD-5"] = KEYED_CARD_ID
    world.start_elsewhere("/OLD-5")
    assert (await world.run("stop")).exit_code is ExitCode.NEEDS_PERSON
    assert world.logged() == []
    assert cards[KEYED_CARD_ID].key == CARD_KEY


async def test_the_audit_finds_the_card_of_a_key(world: World) -> None:
    number = world.start_elsewhere(f"/space/5/card/{CARD_KEY}", minutes_ago=60, minutes=20)
    lost = world.start_elsewhere("/NONE-1", minutes_ago=30, minutes=10)
    reply = await world.run("audit")
    document = reply.document
    assert isinstance(document, dict)
    assert not document["complete"]  # NONE-1 is a card that Kaiten does not show
    assert any("NONE-1" in each for each in reply.messages)
    key = next(row["key"] for row in document["rows"] if row["remote_id"] == str(number))
    assert (await world.run("audit", repair=key)).exit_code is not ExitCode.REFUSED
    await world.run("sync")
    assert world.logged() == [(KEYED_CARD_ID, 20)]
    assert lost
