"""TimeCrowd's teams and categories to choose from: as it shows them, or as they were last seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from timer_app.domain.delivery.outcomes import NotSent, NotSentCause
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.route import PLAIN, Route, effective_category
from timer_app.domain.entries.task import Task
from timer_app.domain.setup.accounts import Choice
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import EntryRepository
from timer_app.services.entries.routing import route_for_task

_TEAMS = "teams"


class TeamDirectory(Protocol):
    """TimeCrowd's lists. Every call raises ServiceCallError."""

    async def teams(self) -> Sequence[Choice]:
        """The teams one belongs to."""
        ...

    async def categories(self, team_id: int) -> Sequence[Choice]:
        """A team's categories that take tasks, named by their path."""
        ...


@dataclass(frozen=True, slots=True)
class PlainRoute:
    """The team and the category of the plain settings."""

    team_id: int | None
    category_id: int | None


@dataclass(frozen=True, slots=True)
class ShownRoute:
    """Where an entry of a task goes, with the names that were seen; "" for what has none.

    `is_open`: a rule decides once Kaiten shows the card; `is_chosen`: a person chose it for the
    task.
    """

    route: Route
    team: Choice | None = None
    category: Choice | None = None
    is_open: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class TeamChoices:
    """A team and its categories to choose from."""

    team: Choice
    categories: tuple[Choice, ...]


class RouteLists:
    """Asks TimeCrowd and remembers what it showed. `directory` is None while it is not set up."""

    def __init__(
        self,
        journal: EntryRepository,
        directory: Callable[[], TeamDirectory | None],
        plain: Callable[[], PlainRoute],
        rules: Callable[[], LoggingRules],
    ) -> None:
        self._journal = journal
        self._directory = directory
        self._plain = plain
        self._rules = rules

    @property
    def plain(self) -> PlainRoute:
        """What the plain settings say."""
        return self._plain()

    async def teams(self) -> Sequence[Choice]:
        """The teams as TimeCrowd shows them now. Raises ServiceCallError."""
        found = await self._asked().teams()
        self._journal.save_list(_TEAMS, found)
        return found

    async def categories(self, team_id: int) -> Sequence[Choice]:
        """A team's categories as TimeCrowd shows them now. Raises ServiceCallError."""
        found = await self._asked().categories(team_id)
        self._journal.save_list(_name(team_id), found)
        return found

    def _asked(self) -> TeamDirectory:
        directory = self._directory()
        if directory is None:
            raise ServiceCallError(NotSent(NotSentCause.OFFLINE, "TimeCrowd is not set up."))
        return directory

    def known_teams(self) -> Sequence[Choice]:
        """The teams as they were last seen."""
        return self._journal.listed(_TEAMS)

    def known_categories(self, team_id: int) -> Sequence[Choice]:
        """A team's categories as they were last seen."""
        return self._journal.listed(_name(team_id))

    def known_choices(self) -> tuple[TeamChoices, ...]:
        """All that was seen, the team of the plain settings first."""
        teams = sorted(self.known_teams(), key=lambda each: each.id != self.plain.team_id)
        return tuple(TeamChoices(each, tuple(self.known_categories(each.id))) for each in teams)

    async def load(self) -> None:
        """Ask for the teams and all their categories. Raises ServiceCallError."""
        for team in await self.teams():
            await self.categories(team.id)

    def shown(self, task: Task, entry: Entry | None = None) -> ShownRoute:
        """Where the entry goes, or without one an entry of the task that would begin now."""
        chosen = self._journal.chosen_route(task)
        route = entry.route if entry else route_for_task(task, self._rules(), self._journal)
        plain = self.plain
        team_id = plain.team_id if route.team_id is None else route.team_id
        category_id = effective_category(route, plain.team_id, plain.category_id)
        if entry is not None and entry.source is Source.ADOPTED:
            category_id = None  # its task is where another device put it
        categories = () if team_id is None else self.known_categories(team_id)
        return ShownRoute(
            route,
            _choice(self.known_teams(), team_id),
            _choice(categories, category_id),
            is_open=route.is_open,
            is_chosen=chosen != PLAIN,
        )


def _name(team_id: int) -> str:
    return f"categories {team_id}"


def _choice(known: Sequence[Choice], number: int | None) -> Choice | None:
    """The choice of that number; one that was never seen has no name."""
    if number is None:
        return None
    return next((each for each in known if each.id == number), Choice(number, ""))
