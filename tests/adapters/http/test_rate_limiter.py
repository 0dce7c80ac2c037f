"""The pace: for every pattern of calls on a clock that is moved, then against the stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.adapters.http.support import Options, calling
from tests.services.fakes import FakeClock, FakeLoop, run
from timer_app.adapters.http.exchange import Request
from timer_app.adapters.http.rate_limiter import RateLimiter
from timer_app.sandbox import Sandbox

MOST = 5
SECOND = 1.0
ME = Request("GET", "/api/latest/users/current")

moments = st.floats(0, 4).map(lambda seconds: round(seconds, 3))


class Call(NamedTuple):
    """When somebody wants to call, how long that takes, and how long they wait for their turn."""

    wanted: float
    takes: float
    patience: float


class Span(NamedTuple):
    """A call that was made: the service handled it at an instant from one to the other."""

    number: int
    sent: float
    answered: float


calls = st.lists(
    st.builds(Call, moments, moments, st.one_of(st.just(1e6), moments)), min_size=1, max_size=60
)


async def made(pace: RateLimiter, plan: Sequence[Call]) -> list[Span]:
    """Play the plan; the calls that were made, in the order in which they were let in."""
    spans: list[Span] = []
    loop = asyncio.get_running_loop()

    async def one(number: int, call: Call) -> None:
        await asyncio.sleep(call.wanted)
        giving_up = loop.call_later(call.patience, tasks[number].cancel)
        async with pace:
            giving_up.cancel()
            sent = loop.time()
            place = len(spans)
            spans.append(Span(number, sent, sent))
            await asyncio.sleep(call.takes)
            spans[place] = Span(number, sent, loop.time())

    tasks = [loop.create_task(one(number, call)) for number, call in enumerate(plan)]
    await asyncio.wait(tasks)
    return spans


def most_handled(spans: Sequence[Span]) -> int:
    """How many calls a second can hold at worst, wherever between request and answer each falls."""
    return max(
        sum(begin <= span.answered and span.sent < begin + SECOND for span in spans)
        for begin in (span.answered for span in spans)
    )


def wakers(loop: asyncio.AbstractEventLoop) -> list[asyncio.TimerHandle]:
    """What would wake the process by itself."""
    assert isinstance(loop, FakeLoop)
    scheduled: list[asyncio.TimerHandle] = loop._scheduled  # type: ignore[attr-defined]
    return [handle for handle in scheduled if not handle.cancelled()]


@given(calls)
def test_no_second_ever_holds_more_than_five(plan: list[Call]) -> None:
    async def play() -> None:
        pace = RateLimiter()
        spans = await made(pace, plan)
        if spans:
            assert most_handled(spans) <= MOST
        assert wakers(asyncio.get_running_loop()) == []
        await asyncio.sleep(SECOND)
        # Whoever gave up left no place behind: the whole burst is there again, and not more.
        after = await made(pace, [Call(0, 0.01 * n, 1e6) for n in range(MOST + 1)])
        assert len({span.sent for span in after}) == 2

    run(play(), FakeClock())


@given(calls)
def test_nobody_waits_longer_than_needed_and_the_first_comes_first(plan: list[Call]) -> None:
    """Who waits is let in the very instant a place is free: one second after an earlier answer."""
    patient = [call._replace(patience=1e6) for call in plan]
    spans = run(made(RateLimiter(), patient), FakeClock())
    assert len(spans) == len(patient)
    free = {span.answered + SECOND for span in spans}
    served = sorted((span.sent, patient[span.number].wanted) for span in spans)
    assert [wanted for _, wanted in served] == sorted(wanted for _, wanted in served)
    for sent, wanted in served:
        assert sent in free or sent == pytest.approx(wanted)


def test_five_go_at_once_and_the_sixth_a_second_after_the_first_answer() -> None:
    async def play() -> list[Span]:
        return await made(RateLimiter(), [Call(0, 0.1 + n / 100, 1e6) for n in range(7)])

    spans = run(play(), FakeClock())
    assert [span.sent for span in spans] == pytest.approx([0, 0, 0, 0, 0, 1.1, 1.11])


def test_ten_thousand_one_after_the_other_come_within_a_twentieth_of_the_rate() -> None:
    async def play() -> float:
        pace, loop = RateLimiter(), asyncio.get_running_loop()
        for _ in range(10_000):
            async with pace:
                await asyncio.sleep(0.005)
        return 10_000 / loop.time()

    assert 0.95 * MOST <= run(play(), FakeClock()) <= 1.001 * MOST  # the first five go at once


def test_a_timer_that_is_early_lets_nobody_in_early() -> None:
    """Qt's timers may be a millisecond early."""

    class Early(FakeLoop):
        def call_at(self, when: float, *args: object, **how: object) -> asyncio.TimerHandle:
            if when - self.time() > 0.001:
                when -= 0.001
            return super().call_at(when, *args, **how)  # type: ignore[arg-type]

    async def play() -> list[Span]:
        return await made(RateLimiter(1), [Call(0, 0.25, 1e6), Call(0, 0.5, 1e6)])

    with asyncio.Runner(loop_factory=lambda: Early(FakeClock())) as runner:
        first, second = runner.run(play())
    assert second.sent >= first.answered + SECOND


def test_a_clock_that_ticks_seldom_lets_nobody_in_early() -> None:
    """Windows' clock stands still for 16 ms at a time: what it tells may be that much too early."""
    tick = 1 / 64

    class Coarse(FakeLoop):
        def time(self) -> float:
            return super().time() // tick * tick

    async def play(clock: FakeClock) -> tuple[float, float]:
        pace = RateLimiter(1, tick=tick)
        async with pace:
            await asyncio.sleep(0.2)
            clock.seconds = 0.999 * tick + 13 * tick  # just before a tick
            answered = clock.seconds
        async with pace:
            return answered, clock.seconds

    clock = FakeClock()
    with asyncio.Runner(loop_factory=lambda: Coarse(clock)) as runner:
        answered, sent = runner.run(play(clock))
    assert sent - answered >= SECOND


def test_who_gives_up_the_moment_they_are_let_in_takes_no_place() -> None:
    async def play() -> None:
        pace = RateLimiter(1, period=timedelta(0))
        async with pace:
            leaving, staying = (asyncio.create_task(pace.__aenter__()) for _ in range(2))
            await asyncio.sleep(0)  # both wait
        leaving.cancel()  # it was let in, and does not know yet
        await asyncio.wait([leaving])
        assert leaving.cancelled()
        await staying

    run(play(), FakeClock())


def test_nobody_is_woken_when_nobody_waits() -> None:
    async def play() -> None:
        pace, loop = RateLimiter(1), asyncio.get_running_loop()
        async with pace:
            pass
        assert wakers(loop) == []
        waiting = asyncio.create_task(pace.__aenter__())
        await asyncio.sleep(0)
        assert [handle.when() for handle in wakers(loop)] == [SECOND]
        waiting.cancel()
        await asyncio.wait([waiting])
        assert wakers(loop) == []

    run(play(), FakeClock())


def test_an_error_gives_the_place_back() -> None:
    async def fails(pace: RateLimiter) -> None:
        async with pace:
            raise KeyError

    async def play() -> float:
        pace = RateLimiter(1)
        for _ in range(3):
            with pytest.raises(KeyError):
                await fails(pace)
        return asyncio.get_running_loop().time()

    assert run(play(), FakeClock()) == 2 * SECOND


# -- against the stand-in, with its limit as strict as Kaiten's


async def refused(number: int, pace: RateLimiter | None, limit: int = 5, seconds: float = 1) -> int:
    """How many of so many calls at once the stand-in turned away."""
    options: Options = {"limiter": pace} if pace else {}
    async with Sandbox() as sandbox:
        sandbox.rate.limit, sandbox.rate.seconds = limit, seconds
        async with calling(sandbox.kaiten_url, token=sandbox.kaiten_token, **options) as client:
            await asyncio.gather(*(client.call(ME) for _ in range(number)))
        return sandbox.rate.refused


async def test_the_stand_in_turns_away_who_keeps_no_pace() -> None:
    assert await refused(12, None) > 0


@pytest.mark.slow
async def test_at_full_speed_the_services_own_limit_is_never_met() -> None:
    assert await refused(22, RateLimiter()) == 0


async def test_nor_is_that_of_a_service_that_allows_more() -> None:
    assert await refused(120, RateLimiter(30, timedelta(seconds=0.1)), 30, 0.1) == 0
