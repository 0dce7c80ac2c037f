"""What both services offer that a rule may name, as they show it or as it was last seen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.ports import EntryRepository
from timer_app.services.entries.route_lists import RouteLists

_SPACES, _ROLES = "spaces", "roles"


class KaitenLists(Protocol):
    """Kaiten's lists. Every call raises ServiceCallError."""

    async def spaces(self) -> Sequence[Choice]:
        """The spaces that one sees."""
        ...

    async def boards(self, space_id: int) -> Sequence[Choice]:
        """The boards of a space."""
        ...

    async def roles(self) -> Sequence[Choice]:
        """The roles under which time can be logged."""
        ...


@dataclass(frozen=True, slots=True)
class RuleLists:
    """All of it; boards by their space, categories by their team."""

    spaces: tuple[Choice, ...] = ()
    boards: Mapping[int, tuple[Choice, ...]] = field(default_factory=dict)
    teams: tuple[Choice, ...] = ()
    categories: Mapping[int, tuple[Choice, ...]] = field(default_factory=dict)
    roles: tuple[Choice, ...] = ()

    def boards_of(self, space_id: int | None) -> tuple[Choice, ...]:
        """The boards of a space, or each board of all spaces once."""
        if space_id is not None:
            return self.boards.get(space_id, ())
        found = {each.id: each for boards in self.boards.values() for each in boards}
        return tuple(found.values())


class RuleListReader:
    """Reads the lists. `kaiten` is None while it is not set up."""

    def __init__(
        self,
        journal: EntryRepository,
        routes: RouteLists,
        kaiten: Callable[[], KaitenLists | None],
    ) -> None:
        self._journal = journal
        self._routes = routes
        self._kaiten = kaiten

    def known(self) -> RuleLists:
        """What was last seen."""
        spaces = tuple(self._journal.listed(_SPACES))
        teams = tuple(self._routes.known_teams())
        return RuleLists(
            spaces,
            {each.id: tuple(self._journal.listed(_boards(each.id))) for each in spaces},
            teams,
            {each.id: tuple(self._routes.known_categories(each.id)) for each in teams},
            tuple(self._journal.listed(_ROLES)),
        )

    async def read(self) -> AsyncIterator[tuple[RuleLists, Service, ServiceCallError | None]]:
        """Ask both services; what is known after each, and why that one did not answer."""
        steps = {Service.TIMECROWD: self._read_timecrowd, Service.KAITEN: self._read_kaiten}
        for service, step in steps.items():
            try:
                await step()
            except ServiceCallError as problem:
                yield self.known(), service, problem
            else:
                yield self.known(), service, None

    async def _read_timecrowd(self) -> None:
        if self._routes.plain.team_id is not None:
            await self._routes.load()

    async def _read_kaiten(self) -> None:
        kaiten = self._kaiten()
        if kaiten is None:
            return
        spaces = await kaiten.spaces()
        self._journal.save_list(_ROLES, await kaiten.roles())
        for each in spaces:
            self._journal.save_list(_boards(each.id), await kaiten.boards(each.id))
        self._journal.save_list(_SPACES, spaces)


def _boards(space_id: int) -> str:
    return f"boards {space_id}"
