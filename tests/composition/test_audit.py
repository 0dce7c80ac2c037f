"""The audit beside the real stand-ins: what is tampered with there is found, and put right."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.composition.whole_core import WholeCore, core_for
from timer_app.adapters.paths import app_paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.bootstrap.core import make_core
from timer_app.domain.service import Service
from timer_app.sandbox import Fault, FaultKind, Sandbox
from timer_app.sandbox.kaiten_state import LogForm
from timer_app.services.delivery import backoff
from timer_app.services.exit_codes import ExitCode

HOUR = timedelta(hours=1)
Row = dict[str, Any]


class World(WholeCore):
    """The stand-ins, and the core that audits them."""

    async def audit(self, **words: str) -> tuple[ExitCode, list[Row], bool]:
        """The exit code, the rows that do not match, and whether all could be asked."""
        reply = await self.run("audit", **{"from": "yesterday", **words})
        document = reply.document
        assert isinstance(document, dict), reply
        rows = [row for row in document["rows"] if row["verdict"] != "matched"]
        return reply.exit_code, rows, document["complete"]

    def held(self) -> object:
        """All that both services hold."""
        timecrowd, kaiten = self.sandbox.timecrowd.state, self.sandbox.kaiten.state
        return dict(timecrowd.entries), dict(timecrowd.tasks), dict(kaiten.logs)

    def changes(self) -> list[str]:
        """What was asked of them that is no question."""
        sites = (self.sandbox.timecrowd, self.sandbox.kaiten)
        records = [record for site in sites for record in site.requests.records]
        return [f"{each.method} {each.path}" for each in records if each.method != "GET"]


@pytest_asyncio.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """Two hours of yesterday are delivered: one on a card, one on none."""
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    monkeypatch.setattr(backoff, "INITIAL_BACKOFF", timedelta(milliseconds=20))
    async with Sandbox() as sandbox:
        world = World(sandbox, core_for(sandbox))
        for task in ({"card": str(sandbox.world.card_ids[0])}, {"task": "Read mail"}):
            at = {"from": "yesterday 10:00", "to": "yesterday 11:00", "comment": "done"}
            assert (await world.run("add", **at, **task)).exit_code is ExitCode.DONE
        yield world
        await world.core.close()


async def test_kaiten_alone_gets_its_client_header(world: World) -> None:
    """Each service learns the version from the usual header."""
    await world.run("start", card=str(world.sandbox.world.card_ids[0]))
    kaiten = world.sandbox.kaiten.requests.records
    timecrowd = world.sandbox.timecrowd.requests.records
    version = kaiten[0].client_version
    assert version
    assert {(each.client, each.client_version) for each in kaiten} == {("timer-app", version)}
    assert {(each.client, each.client_version) for each in timecrowd} == {("", "")}
    assert {each.user_agent for each in (*kaiten, *timecrowd)} == {f"timer-app/{version}"}


async def test_all_is_as_it_should_be_and_nothing_is_changed(world: World) -> None:
    held, changes = world.held(), world.changes()
    assert await world.audit() == (ExitCode.DONE, [], True)
    assert world.held() == held
    assert world.changes() == changes


def _lose_entry(world: World) -> None:
    state = world.sandbox.timecrowd.state
    state.delete(world.sandbox.timecrowd.user_id, 6131, world.sandbox.clock())


def _change_times(world: World) -> None:
    entries = world.sandbox.timecrowd.state.entries
    entries[6132] = replace(entries[6132], stopped_at=entries[6132].started_at + 3 * HOUR)


def _let_it_run(world: World) -> None:
    entries = world.sandbox.timecrowd.state.entries
    entries[6131] = replace(entries[6131], stopped_at=None)


def _add_entry(world: World) -> None:
    state = world.sandbox.timecrowd.state
    known = state.entries[6131]
    began = known.started_at - 2 * HOUR
    state.add_entry(known.user_id, known.task_id, began, began + HOUR, world.sandbox.clock())


def _lose_log(world: World) -> None:
    del world.sandbox.kaiten.state.logs[9001]


def _change_minutes(world: World) -> None:
    logs = world.sandbox.kaiten.state.logs
    logs[9001] = replace(logs[9001], time_spent=7)


def _change_comment(world: World) -> None:
    logs = world.sandbox.kaiten.state.logs
    logs[9001] = replace(logs[9001], comment=None)


TAMPERINGS: list[tuple[Callable[[World], None], str, str]] = [
    (_lose_entry, "timecrowd:6131", "missing"),
    (_change_times, "timecrowd:6132", "different"),
    (_let_it_run, "timecrowd:6131", "different"),
    (_add_entry, "timecrowd:6133", "extra"),
    (_lose_log, "kaiten:9001", "missing"),
    (_change_minutes, "kaiten:9001", "different"),
    (_change_comment, "kaiten:9001", "different"),
]


@pytest.mark.parametrize("named", ["by its key", "all"])
@pytest.mark.parametrize(("tamper", "key", "verdict"), TAMPERINGS)
async def test_what_was_tampered_with(
    world: World, tamper: Callable[[World], None], key: str, verdict: str, named: str
) -> None:
    tamper(world)
    held, changes = world.held(), world.changes()
    ended, rows, complete = await world.audit()
    assert (ended, complete) == (ExitCode.NEEDS_PERSON, True)
    assert [(row["key"], row["verdict"]) for row in rows] == [(key, verdict)]
    assert rows[0]["repair"]
    assert world.held() == held
    assert world.changes() == changes
    ended, rows, complete = await world.audit(repair="all" if named == "all" else key)
    assert (ended, rows, complete) == (ExitCode.DONE, [], True)
    assert await world.audit() == (ExitCode.DONE, [], True)
    # Each has one request that mends it; a new entry has its comment and its log's name, too.
    assert len(world.changes()) - len(changes) == (3 if tamper is _lose_entry else 1)


async def test_what_was_deleted_here_and_is_there_again(world: World) -> None:
    entry = next(iter(world.core.journal.entries(world.core.timer.today() - timedelta(days=1),
                                                 world.core.timer.today())))  # fmt: skip
    log = world.sandbox.kaiten.state.logs[9001]
    assert (await world.run("delete", entry=entry.entry.id)).exit_code is ExitCode.DONE
    held = world.sandbox.timecrowd.state.entries
    held[6131] = replace(held[6131], deleted_at=None)
    world.sandbox.kaiten.state.logs[9001] = log
    ended, rows, _ = await world.audit()
    assert ended is ExitCode.NEEDS_PERSON
    assert [(row["key"], row["verdict"], row["repair"]) for row in rows] == [
        ("timecrowd:6131", "extra", "Delete it in TimeCrowd."),
        ("kaiten:9001", "extra", "Delete it in Kaiten."),
    ]
    assert (await world.audit(repair="timecrowd:6131 kaiten:9001"))[:2] == (ExitCode.DONE, [])
    assert world.sandbox.kaiten.state.logs == {}
    assert held[6131].deleted_at


async def test_a_log_written_by_hand_stays(world: World) -> None:
    state, log = world.sandbox.kaiten.state, world.sandbox.kaiten.state.logs[9001]
    form = LogForm(log.role_id, 25, log.for_date, "by hand")
    by_hand = state.add_log(log.user_id, log.card_id, form, world.sandbox.clock())
    ended, (row,), complete = await world.audit()
    assert (ended, complete, row["verdict"], row["repair"]) == (ExitCode.DONE, True, "extra", None)
    assert "25 min “by hand”" in row["detail"]
    assert (await world.audit(repair="all"))[0] is ExitCode.DONE
    assert state.logs == {log.id: log, by_hand.id: by_hand}
    refused = await world.run("audit", repair=row["key"], **{"from": "yesterday"})
    assert (refused.exit_code, refused.document) == (ExitCode.REFUSED, None)


async def test_a_log_on_a_card_that_kaiten_shows_no_more(world: World) -> None:
    log = world.sandbox.kaiten.state.logs[9001]
    world.sandbox.kaiten.state.forbidden_card_ids.add(log.card_id)
    ended, rows, complete = await world.audit()
    assert (ended, rows, complete) == (ExitCode.STILL_WAITING, [], False)


@pytest.mark.parametrize("service", list(Service))
async def test_one_service_does_not_answer(world: World, service: Service) -> None:
    site = world.sandbox.kaiten if service is Service.KAITEN else world.sandbox.timecrowd
    site.faults.add(Fault(FaultKind.CLOSE_BEFORE_COMMIT, "GET", times=None))
    _lose_entry(world)
    _lose_log(world)
    ended, (row,), complete = await world.audit()
    assert (ended, complete) == (ExitCode.NEEDS_PERSON, False)
    assert row["service"] == ({"timecrowd", "kaiten"} - {service.value}).pop()
    before = world.core.journal.service_status(service)
    assert before.failures == 0  # a question that failed holds up no delivery


async def test_nothing_is_set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    core = make_core(app_paths(), FixedSecrets({}))
    audit = await core.auditor().audit(core.timer.today(), core.timer.today())
    assert (audit.rows, audit.is_complete) == ((), True)
    await core.close()
