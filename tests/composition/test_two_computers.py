"""Two computers of one person, two journals and two senders, one TimeCrowd and one Kaiten.

Whatever each of them does, Kaiten holds one log for each entry, under its name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.composition.whole_core import set_up_settings, tokens_of
from tests.services.fakes import FakeClock
from timer_app.adapters.http.rate_limiter import RateLimiter
from timer_app.adapters.paths import Paths
from timer_app.bootstrap.core import Core, make_core
from timer_app.domain.delivery.log_reference import split_comment
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.service import Service
from timer_app.sandbox import Fault, FaultKind, Sandbox
from timer_app.sandbox.other_devices import Deed, DeedKind
from timer_app.services.delivery import backoff
from timer_app.services.exit_codes import ExitCode
from timer_app.services.retry import RetryReason

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

CARD = "63258149"
BEFORE_OTHERS = timedelta(minutes=1)
AFTER_TURN = timedelta(minutes=3)


@dataclass
class Computer:
    """One with Timer App on it; `chance` is what it draws for its turn."""

    core: Core
    is_online: bool = True

    async def run(self, command: str, **words: str) -> None:
        reply = await self.core.commands(self._deliver).run(command, {"wait": "5", **words})
        assert reply.exit_code in (ExitCode.DONE, ExitCode.STILL_WAITING), reply

    async def sync(self) -> None:
        """Look what other devices did, and deliver what is due."""
        if self.is_online:
            self.core.remote_sync.request()
            self.core.sender.wake()
            self.core.retry.now(RetryReason.STARTED_OR_WOKE)
            for _ in range(2):  # what was seen at TimeCrowd may give Kaiten something to do
                await self.core.sender.drain(timedelta(seconds=5))

    async def _deliver(self, seconds: float) -> None:
        if self.is_online:
            self.core.retry.now(RetryReason.USER_ACTED)
            await self.core.sender.drain(timedelta(seconds=seconds))


@dataclass
class Desk:
    """Two computers and the services."""

    sandbox: Sandbox
    clock: FakeClock
    one: Computer
    two: Computer

    def __post_init__(self) -> None:
        self.before = set(self.sandbox.timecrowd.state.entries)

    @property
    def entries(self) -> list[int]:
        """The entries of the user that were made since, as TimeCrowd numbers them."""
        held = self.sandbox.timecrowd.state.entries
        return sorted(
            each for each, entry in held.items()
            if each not in self.before and entry.deleted_at is None
        )  # fmt: skip

    @property
    def logs(self) -> list[tuple[int, str]]:
        """Minutes and comment of every log in Kaiten, by id."""
        held = self.sandbox.kaiten.state.logs
        return [(held[each].time_spent, held[each].comment or "") for each in sorted(held)]

    async def pass_time(self, by: timedelta) -> None:
        """Let time pass; each computer looks once more."""
        self.clock.move(seconds=by.total_seconds())
        await self.one.sync()
        await self.two.sync()

    async def settle(self) -> None:
        """Let every turn come, and every late check be made."""
        for minutes in (3, 3, 5, 20, 60, 61):
            await self.pass_time(timedelta(minutes=minutes))

    def on_the_web(self, kind: DeedKind, at: datetime | None = None) -> None:
        """Something the user does elsewhere on the card, now or at another instant."""
        url = f"{self.sandbox.kaiten_url}/{CARD}"
        deed = Deed(kind, at or self.clock.now(), title="Web work", url=url)
        assert self.sandbox.other_devices.do(deed) is not None

    def check(self) -> None:
        """Each entry of TimeCrowd has one log, under its name; the minutes add up."""
        held = self.sandbox.timecrowd.state.entries.values()
        mine = [each for each in held if each.id in self.entries]
        names = Counter(split_comment(comment)[1] for _, comment in self.logs)
        assert set(names.values()) <= {1}, self.logs
        assert set(names) <= {f"TimeCrowd {each.id}" for each in mine}
        seconds = sum((each.stopped_at - each.started_at).total_seconds()
                      for each in mine if each.stopped_at)  # fmt: skip
        assert sum(minutes for minutes, _ in self.logs) == max(1, int(seconds + 30) // 60)
        for computer in (self.one, self.two):
            journal = computer.core.journal
            today = computer.core.timer.today()
            states = {each.state for entry in journal.entries(today, today)
                      for each in entry.deliveries}  # fmt: skip
            assert states <= {DeliveryState.DONE, DeliveryState.DROPPED}


def _computer(folder: Path, sandbox: Sandbox, clock: FakeClock, chance: float) -> Computer:
    paths = Paths(
        *(str(folder / name) for name in ("settings.toml", "journal.sqlite3", "log", "run"))
    )
    set_up_settings(paths, sandbox)
    core = make_core(
        paths, tokens_of(sandbox), clock=clock, seconds=lambda: clock.seconds,
        jitter=lambda: chance,
    )  # fmt: skip
    for service in Service:  # the services here are asked as fast as they answer
        core.connections.rate_limiters[service] = RateLimiter(1000)
    return Computer(core)


@pytest_asyncio.fixture
async def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setattr(backoff, "INITIAL_BACKOFF", timedelta(milliseconds=20))
    clock = FakeClock()
    async with Sandbox(clock=clock.now, monotonic=count().__next__) as sandbox:
        one = _computer(tmp_path / "one", sandbox, clock, 0.25)
        two = _computer(tmp_path / "two", sandbox, clock, 0.75)
        yield Desk(sandbox, clock, one, two)
        await one.core.close()
        await two.core.close()


async def test_begun_and_stopped_here_goes_out_at_once_without_a_look(desk: Desk) -> None:
    await desk.one.run("start", card=CARD, comment="Review")
    desk.clock.move(minutes=10)
    await desk.one.run("stop")
    (entry,) = desk.entries
    assert desk.logs == [(10, f"Review · TimeCrowd {entry}")]
    asked = desk.sandbox.kaiten.requests.matching(path="time-logs")
    assert [each.method for each in asked] == ["POST"]


async def test_one_starts_and_two_stops(desk: Desk) -> None:
    await desk.one.run("start", card=CARD, comment="Review")
    await desk.pass_time(timedelta(minutes=10))
    await desk.two.run("stop")
    await desk.pass_time(BEFORE_OTHERS)
    (entry,) = desk.entries
    assert desk.logs == [(10, f"Review · TimeCrowd {entry}")]
    await desk.settle()
    assert len(desk.logs) == 1
    desk.check()


async def test_one_starts_and_two_switches(desk: Desk) -> None:
    await desk.one.run("start", card=CARD)
    await desk.pass_time(timedelta(minutes=10))
    await desk.two.run("start", card=CARD, comment="Other")
    await desk.pass_time(timedelta(minutes=10, seconds=20))
    await desk.two.run("stop")
    await desk.settle()
    assert len(desk.logs) == 2
    desk.check()


async def test_the_web_starts_and_both_follow(desk: Desk) -> None:
    desk.on_the_web(DeedKind.START)
    await desk.pass_time(timedelta(minutes=10))
    desk.on_the_web(DeedKind.STOP)
    await desk.pass_time(BEFORE_OTHERS)
    assert desk.logs == []
    await desk.settle()
    assert len(desk.logs) == 1
    desk.check()


@pytest.mark.parametrize("first", [0, 1])
async def test_two_logs_of_one_moment_become_one(desk: Desk, first: int) -> None:
    """Both looked before either had logged: the lower id stays, and nobody is asked."""
    desk.on_the_web(DeedKind.START)
    await desk.pass_time(timedelta(minutes=10))
    desk.on_the_web(DeedKind.STOP)
    await desk.pass_time(BEFORE_OTHERS)
    desk.clock.move(minutes=2)
    held = desk.sandbox.kaiten.state.logs
    await (desk.one, desk.two)[first].sync()
    ((number, log),) = held.items()
    held[number] = replace(log, user_id=log.user_id + 1)  # the other one does not see it yet
    await (desk.one, desk.two)[1 - first].sync()
    held[number] = log
    assert len(desk.logs) == 2
    await desk.settle()
    assert list(held) == [number]
    desk.check()


async def test_the_other_one_logs_for_an_owner_that_is_off(desk: Desk) -> None:
    """The owner comes late: it claims the log and adds the comment that only it knows."""
    await desk.one.run("start", card=CARD, comment="Review")
    await desk.pass_time(timedelta(minutes=10))
    desk.one.is_online = False
    await desk.two.run("stop")
    await desk.pass_time(AFTER_TURN)
    (entry,) = desk.entries
    assert desk.logs == [(10, f"TimeCrowd {entry}")]
    desk.one.is_online = True
    await desk.settle()
    assert desk.logs == [(10, f"Review · TimeCrowd {entry}")]
    desk.check()


async def test_an_entry_too_short_for_a_log_gets_one_when_an_earlier_entry_is_found(
    desk: Desk,
) -> None:
    """Its share of the day was 0 minutes and becomes 1; it was begun on no computer of ours."""
    await desk.one.run("start", card=CARD)
    await desk.pass_time(timedelta(minutes=9))
    await desk.one.run("stop")
    between = desk.clock.now() + timedelta(minutes=1)
    desk.clock.move(minutes=2)
    desk.on_the_web(DeedKind.START)
    await desk.pass_time(timedelta(seconds=20))
    desk.on_the_web(DeedKind.STOP)
    await desk.settle()
    assert [minutes for minutes, _ in desk.logs] == [9]
    desk.on_the_web(DeedKind.START, between)
    desk.on_the_web(DeedKind.STOP, between + timedelta(seconds=20))
    await desk.settle()
    desk.check()
    assert [minutes for minutes, _ in desk.logs] == [9, 1]


async def test_a_log_is_renamed_once_timecrowd_knows_its_entry(desk: Desk) -> None:
    desk.sandbox.timecrowd.faults.add(
        Fault(FaultKind.CLOSE_BEFORE_COMMIT, method="POST", path="/time_entries$", times=2)
    )
    await desk.one.run("start", card=CARD)
    desk.clock.move(minutes=10)
    await desk.one.run("stop")
    ((_, own_name),) = desk.logs
    assert split_comment(own_name) == ("", own_name)
    desk.sandbox.timecrowd.faults.clear()
    await desk.one.sync()
    (entry,) = desk.entries
    assert desk.logs == [(10, f"TimeCrowd {entry}")]
    desk.check()
