"""Trying again is one concept: a reason reaches every part that it concerns."""

from __future__ import annotations

from tests.services.delivery.test_sender import UNAUTHORIZED, started
from tests.services.world import World
from tests.support.logs import LogGuard
from timer_app.domain.errors import JournalError
from timer_app.services.retry import Retry, RetryReason


def test_a_reason_reaches_the_parts_that_it_concerns_in_their_order() -> None:
    tried: list[str] = []
    retry = Retry(lambda _error: None)
    retry.register(lambda: tried.append("keyring"))
    retry.register(lambda: tried.append("hot keys"), RetryReason.STARTED_OR_WOKE)
    retry.register(lambda: tried.append("sender"))
    retry.now(RetryReason.USER_ACTED)
    assert tried == ["keyring", "sender"]
    tried.clear()
    retry.now(RetryReason.STARTED_OR_WOKE)
    assert tried == ["keyring", "hot keys", "sender"]


def test_a_journal_that_cannot_be_written_is_reported_and_the_others_go_on(
    world: World, logs: LogGuard
) -> None:
    logs.expect("not tried again: ")
    logs.allow("journal unwritable")
    started(world)
    world.tc.script = [UNAUTHORIZED]
    world.drain()
    world.make_unwritable()
    told: list[JournalError | None] = []
    tried: list[str] = []
    retry = Retry(told.append)
    retry.register(world.sender.retry)
    retry.register(lambda: tried.append("hot keys"))
    retry.now(RetryReason.USER_ACTED)
    assert len(told) == 1
    assert tried == ["hot keys"]
