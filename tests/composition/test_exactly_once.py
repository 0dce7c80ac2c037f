"""Both services on loopback, every fault at every request that changes something: exactly once.

The whole core runs: journal, sender, reconciler, HTTP. Only the front end is left out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.composition.whole_core import WholeCore, core_for
from timer_app.adapters.setup.settings.writer import change
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.service_messages import is_same_instant
from timer_app.domain.service import Service
from timer_app.sandbox import Fault, FaultKind, Sandbox
from timer_app.services.delivery import backoff
from timer_app.services.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

BREAKS = (
    FaultKind.CLOSE_BEFORE_COMMIT,
    FaultKind.CLOSE_AFTER_COMMIT,
    FaultKind.GARBAGE,
    FaultKind.TRUNCATED,
    FaultKind.HTML,
)
REQUESTS = (
    (Service.TIMECROWD, "POST", "/time_entries$"),
    (Service.TIMECROWD, "PATCH", "/time_entries/[0-9]+$"),
    (Service.TIMECROWD, "PATCH", "/stop$"),
    (Service.KAITEN, "POST", "/time-logs$"),
)


class World(WholeCore):
    """The stand-ins and the core that delivers to them."""

    def fail(self, service: Service, fault: Fault) -> None:
        """Plan a fault."""
        site = self.sandbox.timecrowd if service is Service.TIMECROWD else self.sandbox.kaiten
        site.faults.add(fault)

    def check(self) -> None:
        """Hold what the services have against the journal: each once, at the true times."""
        today = self.core.timer.today()
        logged = list(self.core.journal.entries(today - timedelta(days=2), today))
        held = sorted(self.sandbox.timecrowd.state.entries.values(), key=lambda e: e.started_at)
        assert len(held) == len(logged)
        for entry, remote in zip(logged, held, strict=True):
            assert entry.stopped_at is not None
            assert remote.stopped_at is not None
            assert is_same_instant(remote.started_at, entry.entry.started_at)
            assert is_same_instant(remote.stopped_at, entry.stopped_at)
        minutes = sum(log.time_spent for log in self.sandbox.kaiten.state.logs.values())
        seconds = sum((e.stopped_at - e.entry.started_at).seconds for e in logged if e.stopped_at)
        assert minutes == max(1, (seconds + 30) // 60)
        states = {each.state for entry in logged for each in entry.deliveries}
        assert states == {DeliveryState.DONE}


@pytest_asyncio.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    monkeypatch.setattr(backoff, "INITIAL_BACKOFF", timedelta(milliseconds=20))
    async with Sandbox() as sandbox:
        core = core_for(sandbox)
        yield World(sandbox, core)
        await core.close()


@pytest.mark.parametrize("kind", BREAKS)
@pytest.mark.parametrize(("service", "method", "path"), REQUESTS)
async def test_a_break_at_any_request_ends_in_exactly_one(
    world: World, service: Service, method: str, path: str, kind: FaultKind
) -> None:
    card = str(world.sandbox.world.card_ids[0])
    world.fail(service, Fault(kind, method, path))
    started = await world.run("start", card=card, at="-90m")
    stopped = await world.run("stop", at="-30m")
    assert (started.exit_code, stopped.exit_code) == (ExitCode.DONE, ExitCode.DONE)
    world.check()


@pytest.mark.parametrize("kind", BREAKS)
async def test_a_finished_entry_is_recorded_exactly_once(world: World, kind: FaultKind) -> None:
    card = str(world.sandbox.world.card_ids[0])
    world.fail(Service.TIMECROWD, Fault(kind, "POST", "/time_entries$"))
    added = await world.run("add", card=card, **{"from": "-2h", "to": "-1h"})
    assert added.exit_code is ExitCode.DONE
    world.check()


@pytest.mark.parametrize("kind", [*BREAKS, FaultKind.STATUS, FaultKind.STATUS_AFTER_COMMIT])
async def test_a_comment_is_never_posted_twice(world: World, kind: FaultKind) -> None:
    """It is shown that nobody knows; whatever is done then, the comment is not sent again."""
    world.fail(Service.TIMECROWD, Fault(kind, "POST", "/comments$"))
    added = await world.run("add", task="Mail", comment="one", **{"from": "-2h", "to": "-1h"})
    assert added.exit_code is ExitCode.NEEDS_PERSON
    shown = (await world.run("problems")).document
    assert isinstance(shown, list)
    (row,) = shown
    assert (row["kind"], row["state"]) == ("comment", "unknown")
    assert [way["command"] for way in row["ways"]] == [f"timer-app drop {row['id']}"]
    again = await world.run("retry", delivery=str(row["id"]))
    assert again.exit_code is ExitCode.REFUSED
    assert any("not sent again" in each for each in again.messages)
    edited = await world.run("edit", entry=row["entry"], comment="two")
    assert any("keeps the comment" in each for each in edited.messages)
    assert (await world.run("drop", delivery=str(row["id"]))).exit_code is ExitCode.DONE
    assert (await world.run("sync")).exit_code is ExitCode.DONE
    asked = world.sandbox.timecrowd.requests.matching("POST", "/comments$")
    assert len(asked) == 1


async def test_a_comment_reaches_timecrowd_and_an_edit_keeps_the_first(world: World) -> None:
    added = await world.run("add", task="Mail", comment="one", **{"from": "-2h", "to": "-1h"})
    assert added.exit_code is ExitCode.DONE
    document = added.document
    assert isinstance(document, dict)
    (entry,) = document["entries"]
    edited = await world.run("edit", entry=entry["id"], comment="two")
    assert edited.exit_code is ExitCode.DONE
    assert any("keeps the comment" in each for each in edited.messages)
    again = await world.run("edit", entry=entry["id"], to="-50m")
    assert again.messages == ()
    (held,) = world.sandbox.timecrowd.state.entries.values()
    assert held.comment == "one"
    assert world.sandbox.timecrowd.state.comment_posts == [(held.id, "one")]


async def test_with_comments_off_timecrowd_gets_none(world: World) -> None:
    change(world.core.paths.settings, "timecrowd.comments", "false")
    world.core.settings.reload()
    card = str(world.sandbox.world.card_ids[0])
    await world.run("add", card=card, comment="one", **{"from": "-2h", "to": "-1h"})
    assert world.sandbox.timecrowd.state.comment_posts == []
    world.check()


async def test_two_equal_logs_stay_two_when_both_are_unknown(world: World) -> None:
    card = str(world.sandbox.world.card_ids[0])
    for kind in (FaultKind.CLOSE_AFTER_COMMIT, FaultKind.CLOSE_BEFORE_COMMIT):
        world.fail(Service.KAITEN, Fault(kind, "POST", "/time-logs$"))
    await world.run("add", card=card, wait="0", **{"from": "-3h", "for": "30m"})
    await world.run("add", card=card, wait="0", **{"from": "-2h", "for": "30m"})
    assert (await world.run("sync")).exit_code is ExitCode.DONE
    logs = [log.time_spent for log in world.sandbox.kaiten.state.logs.values()]
    assert logs == [30, 30]
    world.check()


async def test_a_log_written_by_hand_is_not_taken_for_ours(world: World) -> None:
    """It is as long and on the same day, but it was there before we sent anything."""
    card_id = world.sandbox.world.card_ids[0]
    await world.run("add", card=str(card_id), **{"from": "-5h", "for": "30m"})
    (first,) = world.sandbox.kaiten.state.logs.values()
    world.sandbox.clock.offset += timedelta(hours=1)  # the service's clock, not ours
    world.fail(Service.KAITEN, Fault(FaultKind.CLOSE_BEFORE_COMMIT, "POST", "/time-logs$"))
    await world.run("add", card=str(card_id), **{"from": "-2h", "for": "30m"})
    logs = list(world.sandbox.kaiten.state.logs.values())
    assert [log.time_spent for log in logs] == [30, 30]
    assert logs[0] == first
