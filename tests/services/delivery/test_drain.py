"""Thousands of waiting deliveries: in order, as fast as is allowed, on a clock that is moved.

`make prove` drains ten thousand.
"""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import timedelta

import pytest

from tests.services.fakes import FakeGateway
from tests.services.world import TASK, World
from timer_app.adapters.http.rate_limiter import RateLimiter
from timer_app.domain.delivery.outbox import DueDelivery
from timer_app.domain.delivery.outcomes import Done, Outcome, RemoteEntry
from timer_app.domain.delivery.service_messages import RecordEntry, StopEntry
from timer_app.domain.entries.entry import Source
from timer_app.services.delivery.ports import OnSend

WAITING = 3_000
RATE = 5
LATENCY = 0.005


class PacedGateway(FakeGateway):
    """Answers in a few milliseconds at the pace of the real client, every tenth time wrongly.

    A wrong stop has to be told once more, so that entries have calls that must keep their order.
    """

    def __init__(self, world: World) -> None:
        super().__init__(world.clock, takes=LATENCY)
        self._pace = RateLimiter(tick=time.get_clock_info("monotonic").resolution)

    async def deliver(self, due: DueDelivery, on_send: OnSend) -> Outcome:
        async with self._pace:
            outcome = await super().deliver(due, on_send)
        message = due.delivery.message
        if isinstance(message, RecordEntry) and len(self.told) % 10 == 0:
            wrong = message.stopped_at + timedelta(minutes=5)
            return Done(RemoteEntry(str(len(self.told)), "task-1", message.started_at, wrong))
        return outcome


def long_offline(world: World) -> None:
    """So many deliveries wait, three of each entry."""
    with world.journal.transaction():
        for _ in range(-(-WAITING // 3)):
            world.timer.start(TASK, Source.CLICK)
            world.clock.move(minutes=7)
            world.timer.stop()
            world.clock.move(minutes=1)
    world.clock.begin, world.clock.seconds = world.clock.now(), 0


@pytest.mark.slow
def test_thousands_drain_in_order_at_the_allowed_rate(world: World) -> None:
    world.journal.connection.execute("PRAGMA synchronous = OFF")  # the disk is not the subject
    world.timecrowd, world.kaiten = PacedGateway(world), PacedGateway(world)
    long_offline(world)
    assert sum(world.journal.open_counts().values()) >= WAITING

    world.drain(seconds=86400)

    assert {row.split()[2] for row in world.rows()} == {"done"}
    for gateway in (world.tc, world.kt):
        at_the_rate(gateway)
        in_order(gateway)
    assert sum(isinstance(message, StopEntry) for message in world.tc.told) > 50


def at_the_rate(gateway: FakeGateway) -> None:
    """At least 95 % of what is allowed, and in no second more."""
    times = gateway.told_at
    lasted = times[-1] - times[0] + 1  # the last ones have their second, too
    assert 0.95 * RATE <= len(times) / lasted <= RATE
    assert all(sixth - first > 1 for first, sixth in zip(times, times[RATE:], strict=False))


def in_order(gateway: FakeGateway) -> None:
    """The calls of each entry in the order of its deliveries, each once; the oldest entry first."""
    of_entry = defaultdict(list)
    for due in gateway.dues:
        of_entry[due.delivery.entry_id].append(due.delivery.id)
    assert len(of_entry) == -(-WAITING // 3)
    assert all(numbers == sorted(set(numbers)) for numbers in of_entry.values())
    first = [numbers[0] for numbers in of_entry.values()]
    assert first == sorted(first)
