"""Teams and categories to choose from, for tests and pictures of windows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.route import PLAIN, Route
from timer_app.domain.entries.task import Task
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.edited_rule import EditedRule
from timer_app.services.entries.route_lists import ShownRoute, TeamChoices
from timer_app.services.setup.rule_lists import RuleLists

TEAM, OTHER_TEAM = Choice(11609, "Demo team"), Choice(11710, "R&D <Client>")
CATEGORY, OTHER = Choice(36544, "Development / Timer App"), Choice(41001, "Clients")
CHOICES = (TeamChoices(TEAM, (CATEGORY,)), TeamChoices(OTHER_TEAM, (OTHER,)))

SPACE, OTHER_SPACE = Choice(6001, "Product"), Choice(6002, "Маркетинг")
BOARDS = {6001: (Choice(7001, "Timer App"),), 6002: (Choice(7002, "Сайт компании"),)}
RULE_LISTS = RuleLists(
    (SPACE, OTHER_SPACE),
    BOARDS,
    (TEAM, OTHER_TEAM),
    {TEAM.id: (CATEGORY,), OTHER_TEAM.id: (OTHER,)},
    (Choice(-1, "Employee"), Choice(102, "Дизайнер")),
)


@dataclass
class NoRules:
    """Implements `RulesIntents`: notes what is wanted; `error` is why it is not kept."""

    error: str = ""
    saved: list[list[dict[str, int]]] = field(default_factory=list)
    origins: list[list[int | None]] = field(default_factory=list)

    def save(self, seen: tuple[Mapping[str, int], ...], wanted: Sequence[EditedRule]) -> str:
        del seen
        if not self.error:
            self.saved.append([dict(each.rule) for each in wanted])
            self.origins.append([each.origin for each in wanted])
        return self.error


@dataclass
class FakeRoutes:
    """A `RouteSource` that knows two teams; `error` is why a choice is not kept."""

    known: tuple[TeamChoices, ...] = CHOICES
    error: str = ""
    is_open: bool = False
    chosen: dict[str, Route] = field(default_factory=dict)
    answered: Callable[[str], None] | None = None

    def shown(self, task: Task, entry: Entry | None) -> ShownRoute | None:
        del entry
        route = self.chosen.get(task.key, PLAIN)
        if self.is_open:
            return ShownRoute(route, TEAM, is_open=True)
        if route.team_id == OTHER_TEAM.id:
            category = OTHER if route.category_id else None
            return ShownRoute(route, OTHER_TEAM, category, is_chosen=True)
        return ShownRoute(route, TEAM, CATEGORY, is_chosen=route != PLAIN)

    def choices(self) -> tuple[TeamChoices, ...]:
        return self.known

    def load(self, answered: Callable[[str], None]) -> bool:
        self.answered = answered
        return True

    def choose(self, task: Task, route: Route) -> str:
        if not self.error:
            self.chosen[task.key] = route
        return self.error
