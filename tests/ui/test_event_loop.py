"""The loop keeps time, and a timer that is cancelled is gone."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from timer_app.ui.event_loop import EventLoop

pytestmark = pytest.mark.qasync

LATE = 10.0  # seconds that a loaded machine may add (2.5 were seen under Wine)


def the_loop() -> EventLoop:
    """The loop that runs the test."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, EventLoop)
    return loop


def pending(loop: EventLoop) -> int:
    """How many timers of Qt's the loop has."""
    return len(loop._timers._handles)


@pytest.mark.parametrize("seconds", [0.001, 0.03, 0.11])
async def test_it_sleeps_long_enough_and_not_longer(seconds: float) -> None:
    loop = the_loop()
    for _ in range(3):
        before = loop.time()
        await asyncio.sleep(seconds)
        assert seconds - 0.001 <= loop.time() - before < seconds + LATE


async def test_call_at_runs_at_its_time_and_tells_it() -> None:
    loop = the_loop()
    when = loop.time() + 0.05
    ran: asyncio.Future[float] = loop.create_future()
    handle = loop.call_at(when, lambda: ran.set_result(loop.time()))
    assert isinstance(handle, asyncio.TimerHandle)
    assert handle.when() == when
    assert not handle.cancelled()
    assert when - 0.001 <= await ran < when + LATE
    assert pending(loop) == 0


async def test_timers_run_in_the_order_of_their_times() -> None:
    loop = the_loop()
    ran: list[int] = []
    for number in (3, 1, 2):
        loop.call_later(number * 0.02, ran.append, number)
    await asyncio.sleep(0.08)
    assert ran == [1, 2, 3]


async def test_a_time_that_has_passed_is_now() -> None:
    loop = the_loop()
    ran = asyncio.Event()
    loop.call_at(loop.time() - 100, ran.set)
    async with asyncio.timeout(LATE):
        await ran.wait()


async def test_a_cancelled_timer_is_gone_at_once() -> None:
    loop = the_loop()
    ran: list[int] = []
    handles = [loop.call_later(0.001, ran.append, number) for number in range(500)]
    assert pending(loop) == 500
    for handle in handles:
        handle.cancel()
        handle.cancel()  # twice is once
    assert pending(loop) == 0
    await asyncio.sleep(0.02)
    assert ran == []


async def test_timeouts_leave_nothing_behind() -> None:
    loop = the_loop()
    for _ in range(200):
        async with asyncio.timeout(3600):
            await asyncio.sleep(0)
    assert pending(loop) == 0


@pytest.mark.parametrize("days", [24.8, 25, 400, 100_000])
async def test_a_timer_of_weeks_neither_runs_at_once_nor_breaks(days: float) -> None:
    """Qt counts milliseconds in 32 bits: 24.8 days."""
    loop = the_loop()
    ran: list[int] = []
    handle = loop.call_later(days * 86_400, ran.append, 1)
    await asyncio.sleep(0.02)
    assert (ran, pending(loop)) == ([], 1)
    handle.cancel()
    assert pending(loop) == 0


async def test_a_long_timer_is_set_again_until_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timer_app.ui.event_loop._LONGEST_WAIT_MS", 10)
    loop = the_loop()
    before = loop.time()
    await asyncio.sleep(0.055)
    assert 0.054 <= loop.time() - before < 0.055 + LATE
    assert pending(loop) == 0


async def test_a_callback_that_fails_does_not_stop_the_others() -> None:
    loop = the_loop()
    told: list[dict[str, object]] = []
    loop.set_exception_handler(lambda _loop, context: told.append(context))
    ran = asyncio.Event()
    loop.call_later(0.001, lambda: 1 / 0)
    loop.call_later(0.01, ran.set)
    async with asyncio.timeout(LATE + 1):
        await ran.wait()
    assert [type(context["exception"]) for context in told] == [ZeroDivisionError]


async def test_a_cancelled_call_soon_does_not_run() -> None:
    loop = the_loop()
    ran: list[int] = []
    loop.call_soon(ran.append, 1).cancel()
    loop.call_soon(ran.append, 2)
    await asyncio.sleep(0.01)
    assert ran == [2]


async def test_a_thread_wakes_it() -> None:
    loop = the_loop()
    woken = asyncio.Event()
    threading.Thread(target=lambda: loop.call_soon_threadsafe(woken.set)).start()
    async with asyncio.timeout(LATE + 1):
        await woken.wait()
    assert await asyncio.to_thread(threading.current_thread) is not threading.main_thread()


class _Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """An HTTP server on a thread."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Hello) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


async def test_requests_work_and_leave_no_timers(address: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(20):
            assert (await client.get(address)).text == "hello"
        assert pending(the_loop()) == 0


async def test_a_request_is_broken_off_in_time() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Hello) as silent:  # accepts and never answers
        loop = the_loop()
        # Made before the time counts: it reads all certificates, for half a second somewhere.
        async with httpx.AsyncClient(trust_env=False, timeout=None) as client:  # noqa: S113
            before = loop.time()
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await client.get(f"http://127.0.0.1:{silent.server_port}")
            assert loop.time() - before < 0.05 + LATE


@pytest.mark.skipif(sys.platform == "win32", reason="no loop of asyncio's waits so there")
async def test_nobody_waits_for_a_socket_that_is_closed() -> None:
    """Qt would complain, and that fails the test."""
    ours, theirs = socket.socketpair()
    number = ours.fileno()
    ours.close()
    theirs.close()
    the_loop().add_writer(number, lambda: None)
    assert not the_loop().remove_writer(number)
