"""Where entries go: choices, rules, the plain settings."""

from __future__ import annotations

import pytest

from timer_app.domain.entries.route import (
    PLAIN,
    CardPlace,
    Route,
    Routing,
    RoutingRule,
    effective_category,
)

TEAM, OTHER = 1, 2
PLACE = CardPlace(board_id=5, space_id=12)


def _routing(*rules: RoutingRule) -> Routing:
    return Routing(rules, TEAM)


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (RoutingRule(space_id=12), True),
        (RoutingRule(board_id=5), True),
        (RoutingRule(space_id=12, board_id=5), True),
        (RoutingRule(space_id=12, board_id=6), False),
        (RoutingRule(space_id=13, board_id=5), False),
        (RoutingRule(space_id=13), False),
    ],
)
def test_a_rule_fits_by_all_that_it_names(rule: RoutingRule, *, fits: bool) -> None:
    assert rule.fits(PLACE) is fits


def test_the_first_rule_that_fits_wins() -> None:
    routing = _routing(
        RoutingRule(space_id=13, team_id=9),
        RoutingRule(board_id=5, team_id=OTHER, category_id=20),
        RoutingRule(space_id=12, team_id=TEAM, role_id=7),
    )
    assert routing.begin(PLAIN, PLACE) == Route(OTHER, 20)
    assert routing.begin(PLAIN, CardPlace(6, 12)) == Route(TEAM, None, 7)
    assert routing.begin(PLAIN, CardPlace(6, 14)) == PLAIN


def test_a_rule_that_says_nothing_is_an_exception() -> None:
    routing = _routing(RoutingRule(board_id=5), RoutingRule(space_id=12, team_id=OTHER))
    assert routing.begin(PLAIN, PLACE) == PLAIN


def test_a_choice_comes_before_the_rule_whose_role_counts_still() -> None:
    routing = _routing(RoutingRule(space_id=12, team_id=OTHER, category_id=20, role_id=7))
    assert routing.begin(Route(TEAM, 30), PLACE) == Route(TEAM, 30, 7)
    assert routing.begin(Route(TEAM), PLACE) == Route(TEAM, None, 7)  # 20 is another team's
    assert routing.begin(Route(OTHER), PLACE) == Route(OTHER, 20, 7)


def test_what_all_rules_agree_on_does_not_wait_for_the_card() -> None:
    role = _routing(RoutingRule(space_id=12, role_id=7))
    assert role.begin(PLAIN, None) == Route(is_role_open=True)
    team = _routing(RoutingRule(space_id=12, team_id=OTHER))
    assert team.begin(PLAIN, None) == Route(is_open=True)
    assert team.begin(Route(TEAM, 30), None) == Route(TEAM, 30)
    assert _routing().begin(PLAIN, None) == PLAIN


def test_a_place_without_a_space_is_not_enough_for_a_rule_of_one() -> None:
    routing = _routing(RoutingRule(space_id=12, team_id=OTHER))
    assert routing.begin(PLAIN, CardPlace(5)).is_open
    boards = _routing(RoutingRule(board_id=5, team_id=OTHER))
    assert boards.begin(PLAIN, CardPlace(5)) == Route(OTHER)


def test_only_what_is_open_is_decided() -> None:
    routing = _routing(RoutingRule(space_id=12, team_id=OTHER, category_id=20, role_id=7))
    assert routing.decide(Route(is_open=True, is_role_open=True), PLACE) == Route(OTHER, 20, 7)
    assert routing.decide(Route(TEAM, is_role_open=True), PLACE) == Route(TEAM, None, 7)
    assert routing.decide(Route(role_id=3, is_open=True), PLACE) == Route(OTHER, 20, 3)


@pytest.mark.parametrize(
    ("route", "category"),
    [(PLAIN, 10), (Route(TEAM), 10), (Route(OTHER), None), (Route(OTHER, 20), 20)],
)
def test_the_plain_category_is_the_plain_teams(route: Route, category: int | None) -> None:
    assert effective_category(route, TEAM, 10) == category
