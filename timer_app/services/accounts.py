"""Setting a service up: is the token accepted, and what can be chosen there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from timer_app.domain.delivery import Service
from timer_app.services.checking import Check, Checker
from timer_app.services.ports import Choice


class Accounts(Checker, Protocol):
    """Both services as they are set up now. The lists raise ServiceProblem."""

    async def check_token(self, service: Service, token: str) -> Check:
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
