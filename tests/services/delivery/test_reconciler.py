"""Looking before repeating: what becomes of an unknown delivery, by what a look finds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.fakes import NOW, FakeGateway
from tests.services.world import CARD, TASK, World
from timer_app.domain.delivery.matching import Candidate, LookupResult, SafeToRepeat
from timer_app.domain.delivery.outbox import DeliveryState, DueDelivery
from timer_app.domain.delivery.outcomes import (
    NotSent,
    NotSentCause,
    OutcomeUnknown,
    RemoteEntry,
    RemoteLog,
    Unauthorized,
)
from timer_app.domain.delivery.service_messages import LogTime, StartEntry
from timer_app.domain.entries.entry import Source
from timer_app.domain.service import Service
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.delivery.service_status import Health

UNKNOWN = OutcomeUnknown("broke")
NOTHING = LookupResult((), timedelta(0))
LOG = LogTime(CARD, NOW.date(), 60, "")


def add(world: World, hours_ago: int = 2, length: int = 1) -> None:
    begin = NOW - timedelta(hours=hours_ago)
    world.timer.add(TASK, Source.MANUAL, begin, begin + timedelta(hours=length))


def logs_seen(*numbers: int, after: float = 1) -> LookupResult:
    created_at = NOW + timedelta(seconds=after)
    found = (Candidate(RemoteLog(str(number)), created_at) for number in numbers)
    return LookupResult(tuple(found), timedelta(0))


def test_what_arrived_is_claimed_and_not_sent_again(world: World) -> None:
    add(world)
    world.kt.script, world.kt.looks = [UNKNOWN], [logs_seen(7)]
    world.drain()
    assert world.kt.told == [LOG]
    assert world.kt.looked_for == [LOG]
    assert world.rows() == ["e1 entry done", "e1 log done"]
    assert world.delivery(2).remote_id == "7"


def test_what_is_certainly_not_there_is_sent_again(world: World) -> None:
    add(world)
    world.kt.script, world.kt.looks = [UNKNOWN], [NOTHING]
    world.drain()
    assert world.kt.told == [LOG, LOG]
    assert world.delivery(2).state is DeliveryState.DONE
    assert world.delivery(2).attempts == 2


def test_it_is_looked_for_before_each_repetition(world: World) -> None:
    add(world)
    world.kt.script, world.kt.looks = [UNKNOWN, UNKNOWN], [NOTHING, NOTHING]
    world.drain()
    assert world.kt.told == [LOG] * 3
    assert world.kt.looked_for == [LOG] * 2


def test_two_unknown_ones_never_claim_the_same(world: World) -> None:
    add(world, hours_ago=4)
    add(world, hours_ago=2)
    world.kt.script = [UNKNOWN, UNKNOWN]
    world.kt.looks = [logs_seen(7), logs_seen(7)]
    world.drain(600)
    assert [world.delivery(number).remote_id for number in (2, 4)] == ["7", "101"]
    assert len(world.kt.told) == 3


def test_an_ambiguous_one_waits_for_a_person_and_says_why(world: World) -> None:
    add(world)
    world.kt.script = [UNKNOWN]
    world.kt.looks = [LookupResult((Candidate(RemoteLog("7"), None),), timedelta(0))]
    world.serve(seconds=86400)
    assert world.kt.told == [LOG]
    assert len(world.kt.looked_for) == 1
    row = world.delivery(2)
    assert row.state is DeliveryState.UNKNOWN
    assert "does not show when it was made" in row.error


def test_a_persons_act_looks_once_more(world: World) -> None:
    add(world)
    world.kt.script, world.kt.looks = [UNKNOWN], []
    world.drain()
    assert world.delivery(2).state is DeliveryState.UNKNOWN
    world.kt.looks = [logs_seen(7)]
    world.sender.retry()
    world.drain()
    assert world.delivery(2).state is DeliveryState.DONE


@pytest.mark.parametrize(
    ("outcome", "health"),
    [
        (NotSent(NotSentCause.OFFLINE, "no name"), Health.OFFLINE),
        (OutcomeUnknown("broke"), Health.OFFLINE),
        (NotSent(NotSentCause.RATE_LIMITED, "slow"), Health.RATE_LIMITED),
    ],
)
def test_a_look_that_fails_is_repeated_and_nothing_is_sent(
    world: World, outcome: NotSent | OutcomeUnknown, health: Health
) -> None:
    add(world)
    world.kt.script = [UNKNOWN]
    world.kt.looks = [ServiceCallError(outcome)]
    world.drain(4)
    assert world.kt.told == [LOG]
    assert world.journal.service_status(Service.KAITEN).health is health
    world.kt.looks = [logs_seen(7)]
    world.drain(600)
    assert world.kt.told == [LOG]
    assert world.delivery(2).state is DeliveryState.DONE


def test_a_look_without_a_token_holds_the_service(world: World) -> None:
    add(world)
    world.kt.script = [UNKNOWN]
    world.kt.looks = [ServiceCallError(Unauthorized("no token"))]
    world.drain(600)
    assert world.journal.service_status(Service.KAITEN).health is Health.UNAUTHORIZED
    assert world.delivery(2).state is DeliveryState.UNKNOWN


def test_a_claimed_start_is_stopped_and_corrected_like_any(world: World) -> None:
    started = NOW - timedelta(minutes=10)
    world.timer.start(TASK, Source.CLICK, at=started)
    world.tc.script = [UNKNOWN]
    held = RemoteEntry("501", "task-1", NOW, None)
    world.tc.looks = [LookupResult((Candidate(held, NOW),), timedelta(0))]
    world.drain()
    assert world.rows() == ["e1 start done", "e1 times done"]
    world.timer.stop()
    world.drain()
    assert {world.delivery(number).remote_id for number in (1, 2, 3)} == {"501"}


def test_a_start_that_did_not_arrive_and_is_over_is_recorded(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.tc.script = [UNKNOWN]
    world.drain(0.5)
    world.clock.move(minutes=30)
    world.timer.stop()
    world.tc.looks = [NOTHING]
    world.drain()
    assert [type(message).__name__ for message in world.tc.told] == ["StartEntry", "RecordEntry"]
    assert world.rows() == ["e1 entry done", "e1 stop done", "e1 log done"]


def test_what_goes_to_one_id_is_repeated_without_a_look_of_its_own(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    world.timer.stop()
    world.tc.script, world.tc.looks = [UNKNOWN], [SafeToRepeat()]
    world.drain()
    assert world.rows()[:2] == ["e1 start done", "e1 stop done"]
    assert len(world.tc.told) == 3


def test_a_person_who_decided_during_the_look_is_right(world: World) -> None:
    add(world)
    world.kt.script = [UNKNOWN]
    looked_at = world.delivery

    class Dropping(FakeGateway):
        async def find_candidates(self, due: DueDelivery, ago: timedelta) -> LookupResult:
            del due, ago
            world.problems.drop(2)
            return logs_seen(7)

    world.kaiten = Dropping(world.clock, script=[UNKNOWN])
    world.drain()
    assert looked_at(2).state is DeliveryState.DROPPED
    assert looked_at(2).remote_id is None


def test_an_unknown_start_holds_only_its_own_entry(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.tc.script = [UNKNOWN]
    world.drain(0.5)
    add(world)
    world.drain(600)
    assert world.rows() == ["e1 start unknown", "e2 entry done", "e2 log done"]
    assert isinstance(world.tc.told[0], StartEntry)


def test_a_cancelled_start_that_did_not_arrive_is_never_sent_again(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.tc.script = [UNKNOWN]
    world.drain(0.5)
    world.timer.cancel()
    world.tc.looks = [NOTHING]
    world.drain()
    assert len(world.tc.told) == 1
    assert world.rows() == ["e1 start dropped", "e1 delete dropped"]


def test_a_cancelled_start_that_arrived_is_deleted(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.tc.script = [UNKNOWN]
    world.drain(0.5)
    world.timer.cancel()
    held = RemoteEntry("501", "task-1", NOW, None)
    world.tc.looks = [LookupResult((Candidate(held, NOW),), timedelta(0))]
    world.drain()
    assert world.rows() == ["e1 start done", "e1 delete done"]
    assert world.delivery(2).remote_id == "501"
