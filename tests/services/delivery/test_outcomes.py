"""How a service is after a call, and how long it is left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.fakes import NOW
from timer_app.domain.delivery.outcomes import (
    Done,
    NotSent,
    NotSentCause,
    Outcome,
    OutcomeUnknown,
    Refused,
    RemoteLog,
    Unauthorized,
)
from timer_app.services.delivery.backoff import (
    INITIAL_BACKOFF,
    MAX_BACKOFF,
    backoff,
    status_after,
)
from timer_app.services.delivery.service_status import Health, ServiceStatus

TIRED = ServiceStatus(Health.OFFLINE, "before", NOW, 3)
IN_12_S = NOW + timedelta(seconds=12)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Done(RemoteLog("1")), ServiceStatus()),
        (Refused(403, ()), ServiceStatus()),
        (Unauthorized("no"), ServiceStatus(Health.UNAUTHORIZED, "no")),
        (
            NotSent(NotSentCause.OFFLINE, "off"),
            ServiceStatus(Health.OFFLINE, "off", IN_12_S, 4),
        ),
        (
            NotSent(NotSentCause.RATE_LIMITED, "slow down", timedelta(seconds=7)),
            ServiceStatus(Health.RATE_LIMITED, "slow down", NOW + timedelta(seconds=7), 4),
        ),
        (
            NotSent(NotSentCause.RATE_LIMITED, "slow down"),
            ServiceStatus(Health.RATE_LIMITED, "slow down", IN_12_S, 4),
        ),
        (NotSent(NotSentCause.QUIT, "quit"), TIRED),
        (OutcomeUnknown("?"), ServiceStatus(Health.OFFLINE, "?", IN_12_S, 4)),
    ],
)
def test_status_after(outcome: Outcome, status: ServiceStatus) -> None:
    assert status_after(outcome, TIRED, NOW, lambda: 0.5) == status


@given(st.integers(0, 10**6), st.floats(0, 1))
def test_backoff_is_bounded(failures: int, chance: float) -> None:
    wait = backoff(failures, lambda: chance)
    assert INITIAL_BACKOFF / 2 <= wait <= MAX_BACKOFF
    assert wait <= backoff(failures + 1, lambda: chance)


def test_backoff_by_value() -> None:
    assert [backoff(n, lambda: 1).total_seconds() for n in range(9)] == [
        2, 4, 8, 16, 32, 64, 128, 256, 300,
    ]  # fmt: skip
    assert backoff(0, lambda: 0) == timedelta(seconds=1)
