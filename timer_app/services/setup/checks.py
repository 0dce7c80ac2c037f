"""Whether each service can be reached and takes the token: asked by `login`, `doctor`, settings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from timer_app.domain.service import Service
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.setup.secrets import KeyringProblem

MAX_CLOCK_SKEW = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class ServiceCheck:
    """The result of checking one service. Without a connection problem it accepted the token.

    `skew` is this computer's clock less the service's, None where the service did not send its own;
    `proxy` is the host of the proxy; `keyring` says why there was no token.
    """

    service: Service
    connection_problem: ConnectionProblem | None = None
    account: str = ""
    skew: timedelta | None = None
    proxy: str = ""
    keyring: KeyringProblem | None = None

    @property
    def is_clock_off(self) -> bool:
        """Whether this computer's clock is too far from the service's."""
        return self.skew is not None and abs(self.skew) > MAX_CLOCK_SKEW


class ServiceChecker(Protocol):
    """Asks a service who we are. Changes nothing there."""

    async def check(self, service: Service) -> ServiceCheck:
        """One question to the service.

        every way it can end is a ServiceCheck, nothing is raised.
        """
        ...


async def check_all(
    checker: ServiceChecker, services: Iterable[Service], on_result: Callable[[ServiceCheck], None]
) -> None:
    """Check them side by side, and report each as soon as it is known. May be cancelled."""

    async def one(service: Service) -> None:
        on_result(await checker.check(service))

    async with asyncio.TaskGroup() as tasks:
        for service in services:
            tasks.create_task(one(service))
