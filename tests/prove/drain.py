"""A long time offline, delivered for real: as fast as is allowed, nothing turned away, each once.

    python -m tests.prove.drain [--long]

The whole core runs (journal, sender, HTTP) against the stand-ins in a process of their own. To
end in a minute or two, the stand-in's limit and our pace are raised alike.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from tests.prove.counts import Counts
from tests.support.environment import ROOT
from tests.support.whole_app import settings_text
from timer_app.adapters.http.rate_limiter import RateLimiter
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.bootstrap.core import Core, make_core
from timer_app.domain.delivery.log_reference import split_comment
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.service_messages import LogTime
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service
from timer_app.sandbox import Sandbox

LEAST = 0.95
WORK = timedelta(minutes=3)
ROWS = 4  # of each entry: its start, its stop, its comment, its log
EACH_ENTRY_HAS_A_LOG = '[time]\nrounding = "up"\n'


@dataclass(frozen=True)
class Size:
    """So many waiting deliveries, and so many requests a second to each service."""

    deliveries: int
    rate: int


SHORT, LONG = Size(300, 20), Size(10_000, 30)


@dataclass(frozen=True)
class Heard:
    """What a service heard: how many requests, at which rate, how many in its fullest second."""

    requests: int
    rate: float
    fullest: int


@dataclass(frozen=True)
class Measured:
    """What came of it."""

    size: Size
    seconds: float
    heard: dict[Service, Heard]
    turned_away: int
    faults: tuple[str, ...]

    @property
    def good(self) -> bool:
        """At 95 to 100 % of the rate, in no second more, nothing turned away, each once."""
        rate = self.size.rate
        kept = all(
            LEAST * rate <= heard.rate <= rate and heard.fullest <= rate
            for heard in self.heard.values()
        )
        return kept and not self.turned_away and not self.faults

    def lines(self) -> list[str]:
        """For people."""
        rate = self.size.rate
        reached = [
            f"{service.value}: {heard.requests} requests, {heard.rate:.2f} a second of {rate}"
            f" allowed ({heard.rate / rate:.1%}), {heard.fullest} in its fullest second"
            for service, heard in self.heard.items()
        ]
        return [
            f"{self.size.deliveries} waiting deliveries drained in {self.seconds:.1f} s",
            *reached,
            f"turned away (429): {self.turned_away}",
            *(self.faults or ("both services hold each entry exactly once",)),
        ]


def measure(size: Size) -> Measured:
    """Fill a journal offline, go online, deliver all of it, and ask both services."""
    with TemporaryDirectory(prefix="timer-app-drain-") as home, _stand_ins(size.rate) as service:
        return asyncio.run(_drain(size, home, service))


async def _drain(size: Size, home: str, service: _StandIns) -> Measured:
    core = _core(home, service, size.rate)
    try:
        _work_offline(core, service, size)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await core.sender.drain(timedelta(hours=1))
        seconds = loop.time() - began
        held = service.held()
        heard = {each: _heard(held["heard"][each.value], size.rate) for each in Service}
        faults = tuple(_faults(core, held, size))
        return Measured(size, seconds, heard, held["turned_away"], faults)
    finally:
        await core.close()


def _core(home: str, service: _StandIns, rate: int) -> Core:
    names = ("settings.toml", "journal.sqlite3", "log", "run")
    where = Paths(*(f"{home}/{name}" for name in names))
    known = service.known
    text = settings_text(known["timecrowd_url"], known["kaiten_url"], EACH_ENTRY_HAS_A_LOG)
    Path(where.settings).write_text(text, encoding="utf-8")
    core = make_core(where, FixedSecrets({each: known[each.value] for each in Service}))
    core.connections.rate_limiters.update((each, RateLimiter(rate)) for each in Service)
    return core


def _work_offline(core: Core, service: _StandIns, size: Size) -> None:
    """Every entry has a minute and a comment of its own, so that each can be told apart."""
    task = Task("Ship the tray timer", Card(service.known["kaiten_url"], service.known["card"]))
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=60)
    with core.journal.transaction():
        for number in range(_entries(size)):
            core.timer.start(task, Source.CLI, comment=f"entry {number}", at=at)
            at += WORK
            core.timer.stop(at=at)


def _entries(size: Size) -> int:
    return -(-size.deliveries // ROWS)


def _heard(times: Sequence[float], allowed: int) -> Heard:
    """From the instants at which a service heard requests.

    The rate is that of the middle: as many requests as are allowed in a second, in the time that
    lies between one and the one so many places later. How a drain begins and ends is no rate.
    """
    lasted = [later - at for at, later in zip(times, times[allowed:], strict=False)]
    rate = allowed / mean(lasted) if lasted else 0.0
    fullest, first = 0, 0
    for last, at in enumerate(times):
        while at - times[first] >= 1:
            first += 1
        fullest = max(fullest, last - first + 1)
    return Heard(len(times), rate, fullest)


def _faults(core: Core, held: dict[str, Any], size: Size) -> Iterator[str]:
    """What is not as it should be, in words."""
    for state, number in core.journal.counts().items():
        if number and state is not DeliveryState.DONE:
            yield f"{number} deliveries are {state.value} in the journal"
    today = core.timer.today()
    logged = list(core.journal.entries(today - timedelta(days=90), today))
    if len(logged) != _entries(size):
        yield f"the journal has {len(logged)} entries"
    spans = Counter(
        (one.entry.started_at.timestamp(), one.stopped_at.timestamp())
        for one in logged
        if one.stopped_at
    )
    if spans != Counter(map(tuple, held["entries"])):
        yield f"TimeCrowd holds {len(held['entries'])} entries, and not those of the journal"
    logs = Counter(
        each.message.comment
        for one in logged
        for each in one.deliveries
        if isinstance(each.message, LogTime)
    )
    if logs != Counter(split_comment(each)[0] for each in held["logs"]):
        yield f"Kaiten holds {len(held['logs'])} logs, and not those of the journal"


# -- the stand-ins, in a process of their own


class _StandIns:
    """The other process: says where it serves, and once what it heard and holds."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.known: dict[str, Any] = self._told()

    def held(self) -> dict[str, Any]:
        """What it heard and holds."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._told()

    def _told(self) -> dict[str, Any]:
        assert self._process.stdout
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


@contextmanager
def _stand_ins(rate: int) -> Iterator[_StandIns]:
    command = [sys.executable, "-m", "tests.prove.drain", "--serve", str(rate)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as process:
        yield _StandIns(process)


async def _serve(rate: int) -> None:
    """Both stand-ins, until stdin ends."""
    async with Sandbox() as sandbox:
        sandbox.rate.limit = rate
        _tell(
            timecrowd_url=sandbox.timecrowd_url,
            kaiten_url=sandbox.kaiten_url,
            timecrowd=sandbox.timecrowd_token,
            kaiten=sandbox.kaiten_token,
            card=sandbox.world.card_ids[0],
        )
        await asyncio.to_thread(sys.stdin.readline)
        entries = sandbox.timecrowd.state.entries_of(sandbox.timecrowd.user_id)
        _tell(
            heard={
                "timecrowd": [each.at.timestamp() for each in sandbox.timecrowd.requests.records],
                "kaiten": [each.at.timestamp() for each in sandbox.kaiten.requests.records],
            },
            turned_away=sandbox.rate.refused,
            entries=[
                (entry.started_at.timestamp(), entry.stopped_at and entry.stopped_at.timestamp())
                for entry in entries
            ],
            logs=[log.comment for log in sandbox.kaiten.state.logs.values()],
        )
        await asyncio.to_thread(sys.stdin.readline)


def _tell(**known: object) -> None:
    print(json.dumps(known), flush=True)


def prove(*, long: bool) -> Counts:
    """The same as a part of the proof: a rate that is not kept is wrong."""
    measured = measure(LONG if long else SHORT)
    print(*(f"  {line}" for line in measured.lines()), sep="\n")
    wrong = len(measured.faults) or int(not measured.good)
    return Counts(entries=_entries(measured.size), wrong=wrong)


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print; 0 if all is as promised."""
    parser = argparse.ArgumentParser(prog="python -m tests.prove.drain")
    parser.add_argument("--long", action="store_true", help="ten thousand waiting deliveries")
    parser.add_argument("--serve", type=int, metavar="RATE", help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.serve:
        asyncio.run(_serve(options.serve))
        return 0
    measured = measure(LONG if options.long else SHORT)
    print(*measured.lines(), sep="\n")
    return 0 if measured.good else 1


if __name__ == "__main__":
    sys.exit(main())
