"""What happens when the computer wakes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.services.world import World
from timer_app.domain.absence import AbsenceCause, CauseBegan, CauseEnded, UserActive
from timer_app.domain.entries.entry import whole_second
from timer_app.services.absence.tracker import AbsenceTracker
from timer_app.services.absence.wake import WakeHandler
from timer_app.services.retry import Retry, RetryReason


class Laptop:
    """A computer that can sleep, and what was done when it woke."""

    def __init__(self, world: World) -> None:
        self.slept = 0.0
        self.done: list[str] = []
        retry = Retry(world.journal_errors.append)
        retry.register(lambda: self.done.append("tried again"), RetryReason.STARTED_OR_WOKE)
        retry.register(lambda: self.done.append("a person acted"), RetryReason.USER_ACTED)
        self.wake = WakeHandler(
            world.clock,
            lambda: world.clock.seconds - self.slept,
            retry,
            lambda: self.done.append("shown"),
        )


@pytest.fixture
def laptop(world: World) -> Laptop:
    return Laptop(world)


def test_the_end_of_a_sleep_tries_everything_again_and_its_beginning_nothing(
    world: World, laptop: Laptop
) -> None:
    tracker = AbsenceTracker(
        world.journal, world.timer, world.clock, (), idle_after=lambda: None, wake=laptop.wake,
        changed=lambda: None, on_error=world.journal_errors.append,
    )  # fmt: skip
    now = whole_second(world.clock.now())
    tracker.handle(CauseBegan(AbsenceCause.ASLEEP, now))
    tracker.handle(CauseEnded(AbsenceCause.LOCKED, now))
    tracker.handle(UserActive(now))
    assert laptop.done == []
    tracker.handle(CauseEnded(AbsenceCause.ASLEEP, now))
    assert laptop.done == ["tried again", "shown"]


def test_a_sleep_that_was_reported_is_not_found_again(world: World, laptop: Laptop) -> None:
    world.clock.move(hours=1)
    laptop.slept = 3600
    laptop.wake.handle()
    assert laptop.wake.unreported_sleep() == timedelta()
    world.clock.move(minutes=30)
    laptop.slept += 1200
    assert laptop.wake.unreported_sleep() == timedelta(minutes=20)
    assert laptop.wake.unreported_sleep() == timedelta()
