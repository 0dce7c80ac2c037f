"""The status of a service after the last call to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from timer_app.domain.setup.connection_problems import ConnectionProblem


class Health(Enum):
    """The health of a service."""

    OK = "ok"
    OFFLINE = "offline"
    UNAUTHORIZED = "unauthorized"
    RATE_LIMITED = "rate_limited"
    NOT_CONFIGURED = "not_configured"


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """A service's health with a sentence for people.

    While `not_before` lies ahead nothing is sent; `failures` counts tries in a row that were
    not sent. The deliveries of an UNAUTHORIZED service wait for a new token or a retry by the user.
    `connection_problem` is the problem that `detail` describes, if this process met it.
    """

    health: Health = Health.OK
    detail: str = ""
    not_before: datetime | None = None
    failures: int = 0
    connection_problem: ConnectionProblem | None = None
