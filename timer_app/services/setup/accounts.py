"""Setting a service up: is the token accepted, and what can be chosen there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.services.setup.checks import ServiceCheck, ServiceChecker


class Accounts(ServiceChecker, Protocol):
    """Both services as they are set up now. The lists raise ServiceCallError."""

    async def check_token(self, service: Service, token: str) -> ServiceCheck:
        """The same as `check`, with a token that is not kept yet."""
        ...

    async def teams(self) -> Sequence[Choice]:
        """TimeCrowd's teams of the token's owner."""
        ...

    async def categories(self, team_id: int) -> Sequence[Choice]:
        """A team's categories in TimeCrowd, named by their path."""
        ...

    async def roles(self) -> Sequence[Choice]:
        """The roles in Kaiten under which time can be logged."""
        ...
