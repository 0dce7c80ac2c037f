"""How a service is, as last seen by a call to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from timer_app.domain.setup.connection_problems import ConnectionProblem


class Health(Enum):
    """The five ways a service can be."""

    OK = "ok"
    OFFLINE = "offline"
    UNAUTHORIZED = "unauthorized"
    RATE_LIMITED = "rate_limited"
    NOT_CONFIGURED = "not_configured"


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """A service's health with a sentence for people.

    While `not_before` lies ahead nothing is sent; `failures` counts tries in a row that were
    not sent. A service that is UNAUTHORIZED is held until a new token or the user's word.
    `connection_problem` is what `detail` says, where this process met it.
    """

    health: Health = Health.OK
    detail: str = ""
    not_before: datetime | None = None
    failures: int = 0
    connection_problem: ConnectionProblem | None = None
