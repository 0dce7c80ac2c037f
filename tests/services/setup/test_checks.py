"""Services are checked side by side, and each is told of when it is known."""

from __future__ import annotations

import asyncio

import pytest

from timer_app.domain.service import Service
from timer_app.services.setup.checks import ServiceCheck, check_all

TC, KT = Service.TIMECROWD, Service.KAITEN


class Slow:
    """A Checker that answers when it is let."""

    def __init__(self) -> None:
        self.let = {service: asyncio.Event() for service in Service}
        self.cancelled: list[Service] = []

    async def check(self, service: Service) -> ServiceCheck:
        """See the port."""
        try:
            await self.let[service].wait()
        except asyncio.CancelledError:
            self.cancelled.append(service)
            raise
        return ServiceCheck(service)


async def test_one_that_is_slow_does_not_hold_up_the_other() -> None:
    slow, told = Slow(), asyncio.Queue[ServiceCheck]()
    checking = asyncio.create_task(check_all(slow, Service, told.put_nowait))
    slow.let[KT].set()
    assert await told.get() == ServiceCheck(KT)
    assert not checking.done()
    slow.let[TC].set()
    assert await told.get() == ServiceCheck(TC)
    await checking


async def test_it_can_be_cancelled() -> None:
    slow, told = Slow(), list[ServiceCheck]()
    checking = asyncio.create_task(check_all(slow, Service, told.append))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    checking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await checking
    assert sorted(each.value for each in slow.cancelled) == ["kaiten", "timecrowd"]
    assert told == []
