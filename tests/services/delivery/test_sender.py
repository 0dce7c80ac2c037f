"""The sender on the real journal: how each call ends, what is committed, what comes next.

Time is moved by the loop itself (fakes.py), so rests of minutes are exact and cost nothing.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.services.fakes import NOW, FakeGateway, FakeTracker, run
from tests.services.world import CARD, TASK, WORDS, World
from tests.support.logs import LogGuard
from timer_app.adapters.entries.journal.connection import connect
from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.matching import LookupResult
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    DueDelivery,
)
from timer_app.domain.delivery.outcomes import (
    NotSent,
    NotSentCause,
    Outcome,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    Unauthorized,
)
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    LogTime,
    RecordEntry,
    StartEntry,
    StopEntry,
)
from timer_app.domain.entries.entry import Source
from timer_app.domain.errors import JournalError
from timer_app.domain.messages import JournalMessageId
from timer_app.domain.service import Service
from timer_app.services.delivery.backoff import MAX_BACKOFF
from timer_app.services.delivery.ports import OnSend, ServiceCallError
from timer_app.services.delivery.service_status import Health, ServiceStatus
from timer_app.services.delivery.stopping import Quitting
from timer_app.services.entries.editor import EntryEdit

DAY = date(2026, 11, 22)
S = DeliveryState
OFFLINE = NotSent(NotSentCause.OFFLINE, "No network.")
LIMITED = NotSent(NotSentCause.RATE_LIMITED, "Too many.", timedelta(seconds=30))
UNKNOWN = OutcomeUnknown("No answer in 15 s.")
UNAUTHORIZED = Unauthorized("The token is not accepted.")
REFUSED = Refused(422, ("Category is already deleted.",))


def started(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)


def worked(world: World, minutes: int = 60) -> datetime:
    """An entry of some minutes that nobody was told of yet; when it stopped."""
    started(world)
    world.clock.move(minutes=minutes)
    world.timer.stop()
    return world.clock.now()


def at(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


# -- the five outcomes, and what is committed for each


def test_done(world: World) -> None:
    started(world)
    world.drain()
    assert world.delivery(1) == Delivery(
        1, "e1", StartEntry(TASK, NOW), S.DONE, 1, "101", sent_at=NOW
    )
    assert world.journal.service_status(Service.TIMECROWD) == ServiceStatus()
    stop = world.clock.move(minutes=60)
    world.timer.stop()
    world.drain()
    assert world.tc.told == [StartEntry(TASK, NOW), StopEntry(stop)]
    assert world.tc.dues[1].remote == RemoteEntry("101", "task-1", NOW, None)
    assert world.kt.told == [LogTime(CARD, DAY, 60, "")]
    assert world.delivery(2) == Delivery(2, "e1", StopEntry(stop), S.DONE, 1, "101", sent_at=stop)
    assert world.rows() == ["e1 start done", "e1 stop done", "e1 log done"]


@pytest.mark.parametrize(
    ("outcome", "state", "error", "status"),
    [
        (OFFLINE, S.WAITING, "No network.", ServiceStatus(Health.OFFLINE, "No network.", at(2), 1)),
        (
            LIMITED, S.WAITING, "Too many.",
            ServiceStatus(Health.RATE_LIMITED, "Too many.", at(30), 1),
        ),
        (
            UNKNOWN, S.UNKNOWN, "No answer in 15 s.",
            ServiceStatus(Health.OFFLINE, "No answer in 15 s.", at(2), 1),
        ),
        (
            UNAUTHORIZED, S.WAITING, "The token is not accepted.",
            ServiceStatus(Health.UNAUTHORIZED, "The token is not accepted."),
        ),
        (REFUSED, S.BLOCKED, "Category is already deleted. (HTTP 422)", ServiceStatus()),
    ],
    ids=["offline", "rate limited", "unknown", "unauthorized", "refused"],
)  # fmt: skip
def test_what_is_committed(
    world: World, outcome: Outcome, state: DeliveryState, error: str, status: ServiceStatus
) -> None:
    started(world)
    world.tc.script = [outcome]
    world.drain(seconds=1)
    refused = outcome.status if isinstance(outcome, Refused) else None
    assert world.delivery(1) == Delivery(
        1, "e1", StartEntry(TASK, NOW), state, 1, None, error, NOW, refused_status=refused
    )
    assert world.journal.service_status(Service.TIMECROWD) == status
    assert len(world.tc.told) == 1
    world.journal.close()
    world.journal = World(world.folder, world.clock).journal  # it is on the disk
    assert world.delivery(1).state is state


def test_an_attempt_is_stamped_when_its_request_leaves(world: World) -> None:
    """Not before queue and keyring: what was made after a long wait would look like somebody's."""
    started(world)
    world.tc.queued, world.tc.takes = 40, 3
    world.tc.script = [OutcomeUnknown("lost")]
    world.tc.looks = [ServiceCallError(NotSent(NotSentCause.OFFLINE, "down"))]
    world.drain(seconds=60)
    (attempt,) = world.journal.unconfirmed_attempts(1)
    assert attempt.began.wall == NOW + timedelta(seconds=40)
    assert world.delivery(1).sent_at == NOW + timedelta(seconds=40)


def test_it_is_committed_as_being_sent_before_it_is_sent(world: World) -> None:
    started(world)
    seen: list[Delivery] = []

    class Looks(FakeGateway):
        async def deliver(self, due: object, on_send: OnSend) -> Outcome:
            del due, on_send
            seen.append(world.delivery(1))
            other = connect(str(world.folder / "journal.sqlite3"))
            seen.append(other.execute("SELECT state, attempts FROM delivery").fetchone())
            other.close()
            return REFUSED

    world.timecrowd = Looks(world.clock)
    world.drain()
    assert seen == [
        Delivery(1, "e1", StartEntry(TASK, NOW), S.SENDING, 1, sent_at=NOW),
        ("sending", 1),
    ]


# -- what comes next


def test_offline_it_rests_longer_and_longer_and_then_delivers(world: World) -> None:
    """2 s doubled, at most 5 min, three quarters of it by chance, in whole seconds rounded up."""
    started(world)
    world.tc.script = [OFFLINE] * 10
    world.serve(seconds=3600)
    rests = [2, 3, 6, 12, 24, 48, 96, 192, 225, 225]
    assert world.tc.told_at == [sum(rests[:n]) for n in range(11)]
    assert world.tc.told == [StartEntry(TASK, NOW)] * 11
    assert world.rows() == ["e1 start done"]
    assert world.delivery(1).attempts == 11
    assert world.journal.service_status(Service.TIMECROWD) == ServiceStatus()


def test_retry_after_is_kept_to(world: World) -> None:
    started(world)
    world.tc.script = [LIMITED, LIMITED]
    world.serve(seconds=120)
    assert world.tc.told_at == [0, 30, 60]


def test_a_rest_is_kept_to_even_if_woken(world: World) -> None:
    worked(world)
    world.kt.script = [LIMITED]
    world.clock.seconds = 0
    world.drain(seconds=1)
    started(world)  # wakes it, as every commit does
    world.drain(seconds=1)
    assert len(world.kt.told) == 1
    world.clock.move(seconds=30)
    world.drain(seconds=1)
    assert len(world.kt.told) == 2


def test_the_clock_set_back_by_a_year_does_not_hold_anything_for_a_year(world: World) -> None:
    started(world)
    world.tc.script = [OFFLINE]
    world.drain(seconds=1)
    world.clock.begin -= timedelta(days=365)
    world.drain(seconds=1)
    assert world.rows() == ["e1 start done"]


def test_the_longest_rest_is_a_rest(world: World) -> None:
    """Rounded up to the journal's second it must not pass for a clock that was set back."""
    started(world)
    until = world.clock.now() + MAX_BACKOFF + timedelta(milliseconds=400)
    world.journal.save_service_status(
        Service.TIMECROWD, ServiceStatus(Health.OFFLINE, "x", until, 9)
    )
    world.drain(seconds=1)
    assert world.tc.told == []


def test_unknown_is_never_sent_again_by_itself(world: World) -> None:
    worked(world)
    world.kt.script = [UNKNOWN]
    world.serve(seconds=86400)
    world.drain()
    assert world.kt.told == [LogTime(CARD, DAY, 60, "")]
    assert world.rows() == ["e1 entry done", "e1 stop done", "e1 log unknown"]


def test_a_refusal_does_not_hold_up_the_next_entry(world: World) -> None:
    worked(world)
    worked(world)
    world.kt.script = [REFUSED]
    world.drain()
    assert world.rows() == [
        "e1 entry done", "e1 stop done", "e1 log blocked",
        "e2 entry done", "e2 stop done", "e2 log done",
    ]  # fmt: skip


def test_unauthorized_holds_the_service_until_a_person_did_something(world: World) -> None:
    worked(world)
    worked(world)
    world.kt.script = [UNAUTHORIZED]
    world.serve(seconds=86400)
    assert len(world.kt.told) == 1
    assert [row for row in world.rows() if "log" in row] == ["e1 log waiting", "e2 log waiting"]
    world.sender.retry()
    world.drain()
    assert [row for row in world.rows() if "log" in row] == ["e1 log done", "e2 log done"]


@pytest.mark.parametrize("outcome", [OFFLINE, LIMITED, UNKNOWN, UNAUTHORIZED, REFUSED])
def test_kaitens_trouble_never_holds_timecrowd(world: World, outcome: Outcome) -> None:
    for _ in range(3):
        worked(world)
    world.kt.script = [outcome] * 3
    world.drain(seconds=1)
    timecrowd = [row for row in world.rows() if row.split()[1] != "log"]
    assert timecrowd == [f"e{n} {kind} done" for n in (1, 2, 3) for kind in ("entry", "stop")]


def test_timecrowds_trouble_never_holds_kaiten(world: World) -> None:
    worked(world)
    world.tc.script = [REFUSED]
    world.drain(seconds=1)
    assert world.rows() == ["e1 entry blocked", "e1 stop waiting", "e1 log done"]


@pytest.mark.parametrize("outcome", [OFFLINE, UNKNOWN, UNAUTHORIZED, REFUSED])
def test_rows_of_one_entry_go_in_order(world: World, outcome: Outcome) -> None:
    """The stop is not told before TimeCrowd has taken the start, however that ended."""
    started(world)
    world.tc.script = [outcome]
    world.drain(seconds=1)
    world.clock.move(seconds=1)
    world.timer.stop()
    world.drain(seconds=0.5)
    assert world.tc.told == [StartEntry(TASK, NOW)]
    assert world.rows()[1] == "e1 stop waiting"


def test_entries_do_not_wait_for_each_other(world: World) -> None:
    started(world)
    world.tc.script = [REFUSED]
    world.drain()
    world.clock.move(minutes=1)
    world.timer.start(WORDS, Source.CLICK)
    world.drain()
    assert world.rows() == [
        "e1 start blocked", "e1 stop waiting", "e1 log done", "e2 start done",
    ]  # fmt: skip


def test_both_services_are_sent_to_at_the_same_time(world: World) -> None:
    worked(world)
    world.tc.takes = world.kt.takes = 10
    before = world.clock.seconds
    world.drain()
    assert world.tc.told_at[0] == world.kt.told_at[0] == before
    assert world.clock.seconds == before + 10  # the stop needed no call of its own


# -- late delivery tells the true times


def test_a_start_that_waited_until_after_its_stop_is_sent_as_a_closed_entry(world: World) -> None:
    started(world)
    world.tc.script = [OFFLINE]
    world.drain(seconds=1)
    stop = world.clock.move(minutes=30)
    world.timer.stop()
    world.drain()
    assert world.tc.told == [StartEntry(TASK, NOW), RecordEntry(TASK, NOW, stop)]
    assert world.rows() == ["e1 entry done", "e1 stop done", "e1 log done"]
    assert world.delivery(2) == Delivery(2, "e1", StopEntry(stop), S.DONE, 0, "101")


def test_what_another_process_changed_since_it_was_read_is_sent_as_it_is_now(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that works on the journal itself commits just before the row is taken in hand."""
    worked(world, minutes=20)
    read = world.journal.next_due
    edits = [EntryEdit(stopped_at=NOW + timedelta(minutes=10))]

    def read_then_edited(service: Service, now: datetime) -> DueDelivery | None:
        due = read(service, now)
        if service is Service.KAITEN and due and edits:
            world.editor.edit("e1", edits.pop())
        return due

    monkeypatch.setattr(world.journal, "next_due", read_then_edited)
    world.drain()
    assert world.kt.told == [LogTime(CARD, DAY, 10, "")]


def test_a_late_stamp_of_the_start_is_corrected(world: World) -> None:
    started(world)
    world.tc.late = timedelta(seconds=90)
    world.drain()
    assert world.tc.told == [StartEntry(TASK, NOW), CorrectTimes(NOW, None)]
    assert world.rows() == ["e1 start done", "e1 times done"]
    assert world.delivery(2) == Delivery(
        2, "e1", CorrectTimes(NOW, None), S.DONE, 1, "101", sent_at=NOW
    )


def test_a_late_stamp_of_the_stop_is_corrected(world: World) -> None:
    started(world)
    world.drain()
    stop = world.clock.move(minutes=5)
    world.timer.stop()
    world.tc.late = timedelta(seconds=90)
    world.drain()
    assert world.tc.told[1:] == [StopEntry(stop), CorrectTimes(NOW, stop)]
    assert world.rows() == ["e1 start done", "e1 stop done", "e1 log done", "e1 times done"]


def test_a_correction_that_time_made_true_needs_no_call(world: World) -> None:
    started(world)
    world.tc.late = timedelta(seconds=90)
    world.tc.script = []
    world.drain(seconds=0)  # nothing is begun
    assert world.tc.told == []
    world.drain()
    world.journal.enqueue("e1", CorrectTimes(NOW, None))
    world.drain()
    assert len(world.tc.told) == 2
    assert world.rows() == ["e1 start done", "e1 times done", "e1 times done"]


def test_stopped_while_the_start_was_on_its_way(world: World) -> None:
    """The start's answer shows it running still: the stop decides, then the times are true."""
    started(world)
    world.tc.takes, world.tc.late = 10, timedelta(seconds=5)

    async def stop_meanwhile() -> None:
        sending = asyncio.create_task(world.sender.drain(timedelta(seconds=60)))
        await world.tc.called.wait()
        await asyncio.sleep(3)
        world.timer.stop()
        await sending

    run(stop_meanwhile(), world.clock)
    stop = NOW + timedelta(seconds=3)
    assert world.tc.told == [StartEntry(TASK, NOW), StopEntry(stop), CorrectTimes(NOW, stop)]
    assert world.rows() == ["e1 start done", "e1 stop done", "e1 log done", "e1 times done"]


# -- cancelling what is on its way


def cancelled_while_sending(world: World, outcome: list[Outcome]) -> None:
    started(world)
    world.tc.takes, world.tc.script = 10, outcome

    async def cancel_meanwhile() -> None:
        sending = asyncio.create_task(world.sender.drain(timedelta(seconds=60)))
        await world.tc.called.wait()
        world.timer.cancel()
        await sending

    run(cancel_meanwhile(), world.clock)


def test_cancelled_while_being_sent_it_is_deleted(world: World) -> None:
    cancelled_while_sending(world, [])
    assert world.rows() == ["e1 start done", "e1 delete done"]


@pytest.mark.parametrize("outcome", [OFFLINE, LIMITED, UNAUTHORIZED, REFUSED])
def test_cancelled_while_being_sent_and_not_taken_it_is_never_sent_again(
    world: World, outcome: Outcome
) -> None:
    """It would start in TimeCrowd what nobody wants, and end what runs there by then."""
    cancelled_while_sending(world, [outcome])
    assert world.rows() == ["e1 start dropped", "e1 delete dropped"]
    world.sender.retry()
    world.serve(seconds=3600)
    assert world.tc.told == [StartEntry(TASK, NOW)]


def test_cancelled_while_being_sent_and_unknown_a_person_decides(world: World) -> None:
    cancelled_while_sending(world, [UNKNOWN])
    assert world.rows() == ["e1 start unknown", "e1 delete waiting"]


def test_a_cancelled_entry_is_not_corrected(world: World) -> None:
    world.tc.late = timedelta(seconds=90)
    cancelled_while_sending(world, [])
    assert world.rows() == ["e1 start done", "e1 delete done"]


# -- begin and end


def test_found_being_sent_it_is_unknown(world: World, logs: LogGuard) -> None:
    logs.expect("deliveries=1 were being sent when a process ended: unknown now")
    started(world)
    world.journal.lease(1, ClockReading(NOW))
    world.drain()
    assert world.tc.told == []
    assert world.delivery(1) == Delivery(
        1, "e1", StartEntry(TASK, NOW), S.UNKNOWN, 1, None, "It cannot be told.", NOW,
        left_to_user=True,
    )  # fmt: skip


def test_waiting_for_idleness_ends_with_it(world: World) -> None:
    """Woken and ended at one instant: the app would wait for its own sender for ever."""

    async def woken_and_ended() -> None:
        until = asyncio.Event()
        running = asyncio.create_task(world.sender.run(until))
        await world.sender.wait_until_idle()
        world.sender.wake()
        until.set()
        waiting = asyncio.create_task(world.sender.wait_until_idle())
        await running
        world.sender.wake()  # a person's last act
        async with asyncio.timeout(60):
            await waiting

    run(woken_and_ended(), world.clock)


def test_drain_begins_nothing_after_the_deadline_but_finishes_what_began(world: World) -> None:
    for _ in range(3):
        worked(world)
    world.clock.begin, world.clock.seconds = world.clock.now(), 0
    world.tc.takes = world.kt.takes = 3
    world.drain(seconds=5)
    assert (world.tc.told_at, world.tc.ended) == ([0, 3], 2)
    assert world.clock.seconds == 6
    assert world.rows() == [
        "e1 entry done", "e1 stop done", "e1 log done",
        "e2 entry done", "e2 stop waiting", "e2 log done",
        "e3 start waiting", "e3 stop waiting", "e3 log waiting",
    ]  # fmt: skip


def test_drain_does_not_wait_for_a_service_that_rests(world: World) -> None:
    started(world)
    world.tc.script = [OFFLINE]
    world.drain(seconds=60)
    assert world.clock.seconds == 0


def test_run_ends_when_asked_to_and_awaits_what_is_under_way(world: World) -> None:
    worked(world)
    world.clock.seconds = 0
    world.tc.takes = world.kt.takes = 30
    world.serve(seconds=10)
    assert (world.clock.seconds, world.tc.ended, world.kt.ended) == (30, 1, 1)
    assert world.rows() == ["e1 entry done", "e1 stop waiting", "e1 log done"]


def test_run_ends_at_once_when_nothing_is_under_way(world: World) -> None:
    world.serve(seconds=10)
    assert world.clock.seconds == 10


def test_a_commit_wakes_it(world: World) -> None:
    world.timer.observe(world.sender.wake)

    async def start_later() -> None:
        until = asyncio.Event()
        running = asyncio.create_task(world.sender.run(until))
        await asyncio.sleep(1000)
        started(world)
        await world.sender.wait_until_idle()
        assert world.rows() == ["e1 start done"]
        until.set()
        await running

    run(start_later(), world.clock)
    assert world.tc.told_at == [1000]
    assert world.changes == 2  # taken in hand, settled


def test_what_is_for_a_service_that_is_not_set_up_waits_without_a_stir(world: World) -> None:
    worked(world)
    world.kt.script = [OFFLINE]
    world.drain(seconds=1)
    world.kaiten = None
    looked: list[str] = []
    world.journal.connection.set_trace_callback(looked.append)
    world.serve(seconds=86400)
    assert world.rows() == ["e1 entry done", "e1 stop done", "e1 log waiting"]
    assert len(looked) < 30


@pytest.mark.parametrize("within", [0, 0.0])
def test_drain_of_no_time_sends_nothing(world: World, within: float) -> None:
    worked(world)
    world.drain(seconds=within)
    assert (world.tc.told, world.kt.told) == ([], [])


# -- a person pauses it


def paused_from(world: World, seconds: float, until: float, serve: float) -> None:
    """The app's way, for so long: paused at one moment, resumed at another."""

    async def play() -> None:
        done, loop = asyncio.Event(), asyncio.get_running_loop()
        loop.call_later(seconds, world.sender.pause)
        loop.call_later(until, world.sender.resume)
        loop.call_later(serve, done.set)
        await world.sender.run(done)

    run(play(), world.clock)


def begun_again(world: World) -> None:
    """Let the loop's time begin at 0 without the clock going back."""
    world.clock.begin, world.clock.seconds = world.clock.now(), 0


def test_paused_nothing_new_is_begun_and_what_is_under_way_ends(world: World) -> None:
    for _ in range(3):
        worked(world)
    begun_again(world)
    world.tc.takes = world.kt.takes = 10
    paused_from(world, 13, until=1000, serve=2000)
    assert world.tc.told_at == world.kt.told_at == [0, 10, 1000]
    assert {row.split()[2] for row in world.rows()} == {"done"}


def test_paused_nothing_is_looked_for(world: World) -> None:
    worked(world)
    begun_again(world)
    world.kt.script = [UNKNOWN]
    world.kt.takes = 10
    paused_from(world, 5, until=1000, serve=900)
    assert world.kt.looked_for == []


def test_paused_it_stays_paused_whatever_is_started(world: World) -> None:
    world.timer.observe(world.sender.wake)

    async def play() -> None:
        until = asyncio.Event()
        running = asyncio.create_task(world.sender.run(until))
        world.sender.pause()
        assert world.sender.paused
        started(world)
        world.sender.retry()
        await asyncio.sleep(1000)
        await world.sender.wait_until_idle()  # who waits for it waits for nothing
        assert world.tc.told == []
        world.sender.resume()
        await world.sender.wait_until_idle()
        assert world.tc.told == [StartEntry(TASK, NOW)]
        until.set()
        await running

    run(play(), world.clock)


def test_paused_it_wakes_nobody(world: World) -> None:
    """Not even the rest of a service that was not reached is waited for."""
    started(world)
    world.tc.script = [OFFLINE]

    async def play() -> list[asyncio.TimerHandle]:
        until, loop = asyncio.Event(), asyncio.get_running_loop()
        running = loop.create_task(world.sender.run(until))
        await asyncio.sleep(1)
        world.sender.pause()
        await asyncio.sleep(0.1)
        timers: list[asyncio.TimerHandle] = loop._scheduled  # type: ignore[attr-defined]
        waking = [timer for timer in timers if not timer.cancelled()]
        until.set()
        await running
        return waking

    assert run(play(), world.clock) == []


def test_paused_it_can_be_ended(world: World) -> None:
    worked(world)
    begun_again(world)
    world.sender.pause()
    world.serve(seconds=10)
    assert world.clock.seconds == 10
    assert world.tc.told == []


def test_paused_while_the_disk_is_full_it_stays_paused(world: World, logs: LogGuard) -> None:
    logs.expect("journal unwritable")
    for _ in range(2):
        world.timer.start(WORDS, Source.CLICK)
        world.clock.move(minutes=1)
    world.timer.stop()
    begun_again(world)

    def settled() -> None:
        if world.changes == 3:  # the first is done, its stop too; the second has not begun
            world.make_unwritable()

    world.on_change = settled

    async def play() -> None:
        until, loop = asyncio.Event(), asyncio.get_running_loop()
        loop.call_later(1, world.sender.pause)
        loop.call_later(5, lambda: world.make_unwritable(unwritable=False))
        loop.call_later(600, until.set)
        await world.sender.run(until)

    run(play(), world.clock)
    assert world.journal_errors[-1] is None
    assert world.rows()[-2:] == ["e2 start waiting", "e2 stop waiting"]


def test_rows_that_need_no_call_do_not_hold_up_the_loop(world: World) -> None:
    """A stop that the service has by then is settled without a call: there may be thousands."""
    started(world)
    world.drain()
    for _ in range(50):
        world.journal.enqueue("e1", CorrectTimes(NOW, None))
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0)

    async def play() -> None:
        ticking = asyncio.create_task(tick())
        await world.sender.drain(timedelta(seconds=60))
        ticking.cancel()
        await asyncio.wait([ticking])

    run(play(), world.clock)
    assert world.journal.next_due(Service.TIMECROWD) is None
    assert ticks >= 50


# -- the journal cannot be written


def while_unwritable(
    world: World, when: Callable[[], Coroutine[object, object, object]], seconds: float
) -> None:
    """The journal becomes unwritable during a call, and writable again later."""

    async def play() -> None:
        loop = asyncio.get_running_loop()
        until = asyncio.Event()
        running = asyncio.create_task(world.sender.run(until))
        await when()
        world.make_unwritable()
        loop.call_later(seconds, lambda: world.make_unwritable(unwritable=False))
        loop.call_later(seconds + 600, until.set)
        await running

    run(play(), world.clock)


def test_an_outcome_outlasts_a_full_disk(world: World, logs: LogGuard) -> None:
    logs.expect("journal unwritable: The journal or its folder is read-only")
    started(world)
    world.tc.takes = 5
    while_unwritable(world, world.tc.called.wait, seconds=300)
    assert world.delivery(1) == Delivery(
        1, "e1", StartEntry(TASK, NOW), S.DONE, 1, "101", sent_at=NOW
    )
    assert len(world.tc.told) == 1
    assert world.journal_errors[-1] is None
    assert world.journal_errors[0] is not None
    assert str(world.journal_errors[0]).startswith("The journal or its folder is read-only")


def test_nothing_is_sent_that_could_not_be_committed_before(world: World, logs: LogGuard) -> None:
    logs.expect("journal unwritable")
    started(world)
    world.make_unwritable()
    world.drain(seconds=10)
    assert (world.tc.told, world.rows()) == ([], ["e1 start waiting"])
    world.make_unwritable(unwritable=False)
    world.drain()
    assert len(world.tc.told) == 1


def test_drain_begins_nothing_after_the_deadline_when_the_disk_was_full(
    world: World, logs: LogGuard
) -> None:
    logs.expect("journal unwritable")
    for _ in range(2):
        world.timer.start(WORDS, Source.CLICK)
        world.clock.move(minutes=1)
    world.timer.stop()
    world.tc.takes = 0.5
    made = world.make_unwritable

    def settled() -> None:
        if world.changes == 2:  # the first is done, the next has not begun
            made()

    world.on_change = settled

    async def play() -> None:
        asyncio.get_running_loop().call_later(1.2, lambda: made(unwritable=False))
        await world.sender.drain(timedelta(seconds=1))

    run(play(), world.clock)
    assert len(world.tc.told) == 1
    assert world.rows()[:2] == ["e1 entry done", "e1 stop waiting"]


def test_an_outcome_is_committed_whole_or_not_at_all(
    world: World, logs: LogGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.expect("journal unwritable: The disk is full")
    started(world)
    world.tc.late = timedelta(seconds=90)

    def full(*_: object) -> None:
        raise JournalError(JournalMessageId.FULL)

    monkeypatch.setattr(world.journal, "save_service_status", full)
    seen: list[list[str]] = []

    def mend() -> None:
        seen.append(world.rows())
        monkeypatch.undo()

    async def play() -> None:
        asyncio.get_running_loop().call_later(1, mend)
        await world.sender.drain(timedelta(seconds=60))

    run(play(), world.clock)
    assert seen == [["e1 start sending"]]
    assert world.rows() == ["e1 start done", "e1 times done"]


def test_ending_while_unwritable_does_not_break_off_the_other_service(
    world: World, logs: LogGuard
) -> None:
    """TimeCrowd's answer cannot be kept at the deadline; Kaiten's call goes on to its end."""
    logs.expect("journal unwritable")
    logs.expect("delivering ended: the journal cannot be written")
    worked(world)
    world.tc.takes, world.kt.takes = 2, 20

    async def play() -> None:
        call_later = asyncio.get_running_loop().call_later
        call_later(1, world.make_unwritable)
        call_later(10, lambda: world.make_unwritable(unwritable=False))
        await world.sender.drain(timedelta(seconds=1))

    run(play(), world.clock)
    assert world.kt.ended == 1
    assert world.rows() == ["e1 entry sending", "e1 stop waiting", "e1 log done"]


def test_quitting_while_unwritable_ends_cleanly(world: World, logs: LogGuard) -> None:
    logs.expect("journal unwritable")
    logs.expect("delivering ended: the journal cannot be written")
    started(world)
    world.tc.takes = 20

    async def play() -> None:
        until = asyncio.Event()
        running = asyncio.create_task(world.sender.run(until))
        await world.tc.called.wait()
        world.make_unwritable()
        until.set()
        await running

    run(play(), world.clock)
    assert world.rows() == ["e1 start sending"]


def test_beginning_while_unwritable(world: World, logs: LogGuard) -> None:
    logs.expect("journal unwritable")
    logs.expect("deliveries=1 were being sent when a process ended")
    started(world)
    world.journal.lease(1, ClockReading(NOW))
    world.make_unwritable()

    async def play() -> None:
        until = asyncio.Event()
        call_later = asyncio.get_running_loop().call_later
        call_later(60, lambda: world.make_unwritable(unwritable=False))
        call_later(600, until.set)
        world.sender.retry()
        await world.sender.run(until)

    run(play(), world.clock)
    assert world.rows() == ["e1 start unknown"]


@pytest.mark.parametrize("held", [4, 8])
def test_a_journal_that_another_process_holds_is_waited_for(
    world: World, logs: LogGuard, held: int
) -> None:
    """Without a word for five seconds: usually it is a moment."""
    if held > 5:
        logs.expect("journal unwritable: Another program is using the journal")
    started(world)
    other = sqlite3.connect(world.folder / "journal.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def play() -> None:
        asyncio.get_running_loop().call_later(held, lambda: other.execute("ROLLBACK"))
        await world.sender.drain(timedelta(seconds=60))

    run(play(), world.clock)
    other.close()
    assert world.rows() == ["e1 start done"]


def test_dates_are_those_of_the_stop_however_late_it_is_sent(world: World) -> None:
    worked(world)
    world.kt.script = [OFFLINE]
    world.drain(seconds=1)
    world.clock.move(days=3)
    world.drain()
    assert world.kt.told == [LogTime(CARD, DAY, 60, "")] * 2
    assert world.clock.now() > datetime(2026, 11, 25, tzinfo=UTC)


def test_a_service_that_is_too_busy_is_waited_for(world: World) -> None:
    """A command delivers what it can within its time: a second's rest is within."""
    busy = NotSent(NotSentCause.RATE_LIMITED, "slow down", timedelta(seconds=1))
    world.timer.add(TASK, Source.MANUAL, NOW - timedelta(hours=2), NOW - timedelta(hours=1))
    world.kt.script = [busy, busy]
    world.drain(5)
    assert world.rows() == ["e1 entry done", "e1 log done"]
    world.timer.add(TASK, Source.MANUAL, NOW - timedelta(hours=1), NOW)
    world.kt.script = [NotSent(NotSentCause.RATE_LIMITED, "slow down", timedelta(seconds=9))]
    world.drain(5)
    assert world.rows()[-1] == "e2 log waiting"


# -- a bug of ours stops what it is about, and nothing else


class _BuggyGateway(FakeGateway):
    """Raises for the first delivery it is given: in the call, or by an answer that has no home."""

    def __init__(self, world: World, bug: Exception | Outcome) -> None:
        super().__init__(world.clock)
        self._bug: Exception | Outcome | None = bug

    async def deliver(self, due: DueDelivery, on_send: Callable[[], None]) -> Outcome:
        bug, self._bug = self._bug, None
        if isinstance(bug, Exception):
            self.told.append(due.delivery.message)
            on_send()
            raise bug
        if bug is not None:
            self.script.insert(0, bug)
        return await super().deliver(due, on_send)


@pytest.mark.parametrize(
    "bug",
    [
        RuntimeError("a bug"),
        UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
        Refused(400, ("No \ud800.",)),
        OutcomeUnknown("\udfff"),
        ExceptionGroup("several", [ValueError("one")]),
    ],
    ids=["call", "encoding", "refusal", "unknown", "group"],
)
@pytest.mark.parametrize("how", ["drain", "serve"])
def test_a_bug_leaves_one_delivery_to_the_user_and_the_sender_goes_on(
    world: World, logs: LogGuard, bug: Exception | Outcome, how: str
) -> None:
    logs.expect("delivery=1 is left to the user: a bug")
    worked(world)
    worked(world)
    gateway = world.timecrowd = _BuggyGateway(world, bug)
    _deliver(world, how)
    delivered = len(gateway.told)
    assert world.delivery(1).state is S.UNKNOWN  # whether it was sent is not known
    assert world.delivery(1).left_to_user
    assert "error in Timer App itself" in world.delivery(1).error
    assert [
        each.id
        for found in world.journal.needing_user(world.journal.ids_needing_user())
        for each in found.deliveries
    ] == [1]
    assert "e2 entry done" in world.rows()
    assert world.kt.told  # the other service has its log
    if how == "drain":
        _deliver(world, how)
        assert len(gateway.told) == delivered  # and nothing is told twice


def _deliver(world: World, how: str) -> None:
    if how == "drain":
        world.drain()
    else:
        world.serve(30)


def test_a_bug_before_sending_blocks_the_delivery(
    world: World, logs: LogGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.expect("is left to the user: a bug")
    worked(world)

    def broken(*_: object) -> bool:
        raise RuntimeError("a bug")

    monkeypatch.setattr("timer_app.services.delivery.attempt.drop_if_superseded", broken)
    world.kaiten = None
    world.drain()
    assert world.delivery(1).state is S.BLOCKED
    assert world.tc.told == []


def test_a_bug_that_belongs_to_no_delivery_rests_one_service_and_the_other_goes_on(
    world: World, logs: LogGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.expect("service=timecrowd backs off: a bug")
    worked(world)
    next_due = world.journal.next_due

    def broken(service: Service, now: datetime) -> DueDelivery | None:
        if service is Service.TIMECROWD and world.clock.now() < until:
            raise ValueError("a row that cannot be read")
        return next_due(service, now)

    def note_status() -> None:
        details.add(world.journal.service_status(Service.TIMECROWD).detail)

    until, details = world.clock.now() + timedelta(minutes=1), set[str]()
    world.on_change = note_status
    monkeypatch.setattr(world.journal, "next_due", broken)
    world.serve(MAX_BACKOFF.total_seconds() + 5)
    assert world.kt.told_at[0] < world.tc.told_at[0]
    assert any("error in Timer App itself" in detail for detail in details)
    assert world.delivery(1).state is S.DONE


def test_a_bug_in_following_other_devices_holds_up_no_delivery(
    world: World, logs: LogGuard
) -> None:
    logs.expect("remote sync failed: a bug")
    world.tracker = FakeTracker()
    world.tracker.problem = KeyError("a bug")  # type: ignore[assignment]  # what no tracker may do
    started(world)
    world.drain()
    assert world.delivery(1).state is S.DONE


def test_a_bug_in_a_late_check_puts_it_off_and_says_so(world: World, logs: LogGuard) -> None:
    logs.expect("delivery=1 is left to the user: a bug")
    started(world)
    world.tc.script = [UNKNOWN]
    world.tc.looks = [LookupResult((), timedelta(0)), KeyError("a bug")]  # type: ignore[list-item]  # see FakeGateway
    world.serve(300)
    assert world.delivery(1).state is S.DONE
    assert world.tc.looks == []


@pytest.mark.parametrize("turns", range(4))
async def test_a_query_may_be_answered_as_it_is_time_to_stop(turns: int) -> None:
    """In whichever turn of the loop the answer comes, nothing is broken off that is over."""
    stopping = asyncio.Event()
    with suppress(TimeoutError):
        async with Quitting(stopping).query_limit():
            await asyncio.sleep(0)
            stopping.set()
            for _ in range(turns):
                await asyncio.sleep(0)
    await asyncio.sleep(0)


# -- what the time is


def test_the_time_is_asked_once_before_a_finished_entry_and_a_log(world: World) -> None:
    world.is_time_known = False
    worked(world)
    world.drain()
    assert [type(each) for each in world.tc.told_or_asked] == [str, RecordEntry]
    assert [type(each) for each in world.kt.told_or_asked] == [str, LogTime]
    worked(world)
    world.drain()
    assert world.tc.told_or_asked.count("the time") == 1


def test_a_start_says_the_time_by_its_answer(world: World) -> None:
    world.is_time_known = False
    started(world)
    world.drain()
    assert [type(each) for each in world.tc.told_or_asked] == [StartEntry]


def test_the_time_is_asked_before_a_look(world: World) -> None:
    worked(world)
    world.tc.script.append(UNKNOWN)
    world.drain(seconds=1)
    world.is_time_known = False
    world.clock.move(minutes=10)
    world.drain()
    assert world.tc.told_or_asked[1:3] == ["the time", "a look"]


def test_nothing_is_sent_before_a_service_says_the_time(world: World) -> None:
    world.is_time_known = False
    worked(world)
    world.tc.time_problems.append(OFFLINE)
    world.drain(seconds=1)
    assert world.tc.told == []
    assert world.journal.service_status(Service.TIMECROWD).health is Health.OFFLINE
    world.clock.move(minutes=10)
    world.drain()
    assert len(world.tc.told) == 1


def test_a_service_that_refuses_the_question_is_reported_all_the_same(world: World) -> None:
    world.is_time_known = False
    worked(world)
    world.tc.time_problems.append(REFUSED)
    world.drain()
    assert len(world.tc.told) == 1
