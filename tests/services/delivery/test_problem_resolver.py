"""What needs a person, and the person's answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.delivery.test_sender import REFUSED, UNAUTHORIZED, UNKNOWN, worked
from tests.services.world import TASK, World
from timer_app.domain.delivery.matching import Candidate, LookupResult
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.delivery.outcomes import Outcome, RemoteLog
from timer_app.domain.delivery.service_messages import DeleteLog, LogTime
from timer_app.domain.entries.entry import Source
from timer_app.domain.errors import JournalError, NotPossible


@pytest.mark.parametrize("outcome", [UNKNOWN, REFUSED, UNAUTHORIZED])
def test_retry_sends_it_once_more(world: World, outcome: Outcome) -> None:
    worked(world)
    world.kt.script = [outcome]
    world.drain()
    assert world.problems.retry(3).entry.id == "e1"
    world.drain()
    assert world.rows() == ["e1 entry done", "e1 stop done", "e1 log done"]
    assert (len(world.kt.told), world.delivery(3).attempts) == (2, 2)


def test_drop_never_sends_it(world: World) -> None:
    worked(world)
    world.kt.script = [REFUSED]
    world.drain()
    blocked = world.delivery(3)
    assert world.problems.drop(3) == (blocked,)
    world.serve(seconds=86400)
    assert len(world.kt.told) == 1
    assert world.delivery(3).state is DeliveryState.DROPPED
    assert world.delivery(3).error == "Category is already deleted. (HTTP 422)"


def test_the_minutes_of_a_dropped_log_are_not_made_up_for_later(world: World) -> None:
    worked(world, minutes=60)
    world.problems.drop(3)
    worked(world, minutes=10)
    message = world.delivery(6).message
    assert isinstance(message, LogTime)
    assert message.minutes == 10


def test_dropping_the_beginning_takes_what_needs_it_along(world: World) -> None:
    worked(world)
    world.tc.script = [REFUSED]
    world.drain()
    assert [delivery.id for delivery in world.problems.drop(1)] == [1, 2]
    assert world.rows() == ["e1 entry dropped", "e1 stop dropped", "e1 log done"]


def test_what_waited_behind_a_dropped_delivery_goes_on(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.drain()
    world.clock.move(minutes=1)
    world.timer.stop()
    world.tc.script = [REFUSED]
    world.drain()
    world.problems.drop(2)
    world.journal.enqueue("e1", world.delivery(1).message)
    world.drain()
    assert world.rows()[-1] == "e1 entry done"


@pytest.mark.parametrize("name", ["retry", "drop"])
@pytest.mark.parametrize(
    ("state", "why"),
    [
        (DeliveryState.SENDING, "This delivery needs no decision. Delivery 1 is sending."),
        (DeliveryState.DONE, "This delivery needs no decision. Delivery 1 is done."),
        (DeliveryState.DROPPED, "This delivery needs no decision. Delivery 1 is dropped."),
    ],
)
def test_states_in_which_nothing_is_to_decide(
    world: World, name: str, state: DeliveryState, why: str
) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.journal.set_state(1, state)
    before = world.dump()
    with pytest.raises(NotPossible) as refused:
        getattr(world.problems, name)(1)
    assert (str(refused.value), world.dump()) == (why, before)


@pytest.mark.parametrize("name", ["retry", "drop"])
def test_a_delivery_that_is_not_there(world: World, name: str) -> None:
    with pytest.raises(NotPossible) as refused:
        getattr(world.problems, name)(5)
    assert (
        str(refused.value)
        == "There is no such delivery. Number: 5. `timer-app problems` shows the numbers."
    )


def test_unwritable_and_nothing_changed(world: World) -> None:
    worked(world)
    before = world.dump()
    world.make_unwritable()
    with pytest.raises(JournalError):
        world.problems.drop(1)
    assert world.dump() == before


def test_what_can_still_be_looked_for_is_looked_for_and_not_sent_blindly(world: World) -> None:
    """The service holds it: obeying a hasty `retry` must not make a double."""
    worked(world)
    world.kt.script = [UNKNOWN]
    world.drain(0.5)
    assert not world.delivery(3).needs_user
    assert world.journal.needing_user(world.journal.ids_needing_user()) == []
    created_at = world.clock.now()
    world.kt.looks = [LookupResult((Candidate(RemoteLog("7"), created_at),), timedelta(0))]
    world.problems.retry(3)
    world.drain()
    assert len(world.kt.told) == 1
    assert (world.delivery(3).state, world.delivery(3).remote_id) == (DeliveryState.DONE, "7")


def test_a_similar_log_is_the_entrys_and_that_can_be_taken_back(world: World) -> None:
    worked(world)
    log = world.delivery(3)
    assert isinstance(log.message, LogTime)
    world.journal.replace_message(log, replace(log.message, similar_log="9004"))
    world.journal.set_state(3, DeliveryState.BLOCKED, "asked")
    before = world.journal.entry("e1")
    assert before
    dropped = world.problems.drop(3)
    claimed = world.delivery(3)
    assert (claimed.state, claimed.remote_id, claimed.claimed) == (DeliveryState.DONE, "9004", True)
    world.problems.restore_dropped(dropped, before)
    asked = world.delivery(3)
    assert (asked.state, asked.remote_id, asked.claimed) == (DeliveryState.BLOCKED, None, False)
    assert asked.error == "asked"
    world.problems.retry(3)
    world.drain()
    assert world.delivery(3).state is DeliveryState.DONE
    assert len(world.kt.told) == 1


def test_a_removal_that_asks_is_sent_once_it_is_answered(world: World) -> None:
    worked(world)
    world.drain()
    message = world.delivery(3).message
    assert isinstance(message, LogTime)
    number = world.journal.enqueue("e1", DeleteLog(3, message.card, message.for_date, asks=True))
    world.journal.set_state(number, DeliveryState.BLOCKED, "asked")
    world.drain()
    assert world.delivery(number).state is DeliveryState.BLOCKED
    world.problems.retry(number)
    world.drain()
    assert world.kt.told[-1] == DeleteLog(3, message.card, message.for_date)
