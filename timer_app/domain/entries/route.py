"""Where an entry's time goes: TimeCrowd's team and category, and Kaiten's role.

What a person chose for the task comes first, then the first rule that fits the card's space and
board, then the plain settings. An entry keeps what was found when it began: rules that change later
alter nothing that has begun.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class CardPlace:
    """The board of a Kaiten card and its space, None where Kaiten does not show it."""

    board_id: int | None = None
    space_id: int | None = None


UNKNOWN_PLACE = CardPlace()
"""Nowhere that a rule may be about."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where an entry goes; None is what the plain settings say when it is sent.

    `is_open`: team and category wait until Kaiten has shown the card, and are what a person chose
    until then; `is_role_open` says the same of the role.
    """

    team_id: int | None = None
    category_id: int | None = None
    role_id: int | None = None
    is_open: bool = False
    is_role_open: bool = False


PLAIN = Route()
"""Where an entry goes that neither a person nor a rule says anything about."""


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """One `[[rules]]` of the settings: cards of this space and board go there."""

    space_id: int | None = None
    board_id: int | None = None
    team_id: int | None = None
    category_id: int | None = None
    role_id: int | None = None

    def fits(self, place: CardPlace) -> bool:
        """Whether a card at that place is one of the rule's."""
        return self.space_id in (None, place.space_id) and self.board_id in (None, place.board_id)


@dataclass(frozen=True, slots=True)
class Routing:
    """The rules in their order, and the team of the plain settings."""

    rules: tuple[RoutingRule, ...] = ()
    team_id: int | None = None

    def begin(self, choice: Route, place: CardPlace | None) -> Route:
        """The route of an entry of a card that begins; `choice` is a person's.

        What the rules agree on is decided even where the card's `place` is not known.
        """
        if place is not None and self.is_enough(place):
            return self.decide(replace(choice, is_open=True, is_role_open=True), place)
        found = [self._merged(choice, each) for each in (None, *self.rules)]
        first = found[0]
        is_open = any(
            (each.team_id, each.category_id) != (first.team_id, first.category_id) for each in found
        )
        is_role_open = any(each.role_id != first.role_id for each in found)
        return replace(choice, is_open=is_open, is_role_open=is_role_open)

    def is_enough(self, place: CardPlace) -> bool:
        """Whether all is known of the place that rules ask for."""
        return place.space_id is not None or not self.space_ids()

    def space_ids(self) -> tuple[int, ...]:
        """The spaces that rules are about, each once."""
        found = (each.space_id for each in self.rules if each.space_id is not None)
        return tuple(dict.fromkeys(found))

    def decide(self, route: Route, place: CardPlace) -> Route:
        """The route, with what was open in it decided for a card at that place."""
        fitting = next((each for each in self.rules if each.fits(place)), None)
        merged = self._merged(route, fitting)
        if not route.is_open:
            merged = replace(merged, team_id=route.team_id, category_id=route.category_id)
        return merged if route.is_role_open else replace(merged, role_id=route.role_id)

    def _merged(self, choice: Route, rule: RoutingRule | None) -> Route:
        """A rule's category counts within its own team alone."""
        if rule is None:
            return Route(choice.team_id, choice.category_id)
        team_id = rule.team_id if choice.team_id is None else choice.team_id
        is_same_team = (team_id or self.team_id) == (rule.team_id or self.team_id)
        category_id = choice.category_id
        if category_id is None and is_same_team:
            category_id = rule.category_id
        return Route(team_id, category_id, rule.role_id)


def effective_category(route: Route, team_id: int | None, category_id: int | None) -> int | None:
    """The category of the route's new tasks; `team_id` and `category_id` are the plain settings.

    The plain category belongs to the plain team: another team gets none.
    """
    if route.category_id is not None:
        return route.category_id
    return category_id if route.team_id in (None, team_id) else None
