"""The team and the category that were typed in a command, read into a route.

With TimeCrowd at hand both must be there; without it a number is taken as it is, and a title is
looked for among what was seen last.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from timer_app.domain.delivery.outcomes import call_problem_message
from timer_app.domain.entries.route import PLAIN, Route
from timer_app.domain.errors import BadInput, NotPossible
from timer_app.domain.messages import RouteMessageId
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.settings_schema import LARGEST_ID
from timer_app.domain.setup.typed_text import fold_for_search, normalize_typed
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.route_lists import RouteLists

_NUMBER = re.compile(r"#?([1-9][0-9]{0,18})", re.ASCII)
_MOST_NAMED = 10
_SEPARATOR = "/"


@dataclass(frozen=True, slots=True)
class RouteWords:
    """What was typed; None for what was not, "" takes an earlier choice back."""

    team: str | None = None
    category: str | None = None

    @property
    def is_typed(self) -> bool:
        """Whether anything was."""
        return self.team is not None or self.category is not None


@dataclass(frozen=True, slots=True)
class _List:
    """A list, and why TimeCrowd did not show it now, "" where it did."""

    rows: Sequence[Choice]
    problem: str = ""


async def read_route(
    words: RouteWords, usual_team_id: int | None, lists: RouteLists, timeout_seconds: float
) -> Route:
    """The route that was typed; `usual_team_id` is the team without one that is typed.

    TimeCrowd may take `timeout_seconds` to answer each question, for 0 it is not asked. Raises
    BadInput for what is no number of a team, NotPossible for what TimeCrowd does not have.
    """
    team_typed, typed = normalize_typed(words.team or ""), normalize_typed(words.category or "")
    if not team_typed and not typed:
        return PLAIN
    if lists.plain.team_id is None:
        raise NotPossible(RouteMessageId.NOT_SET_UP)
    team_id = await _team(team_typed, lists, timeout_seconds) if team_typed else usual_team_id
    if not typed:
        return Route(team_id)
    if team_id is None:
        team_id = lists.plain.team_id
    found = await _shown(
        lambda: lists.categories(team_id), lists.known_categories(team_id), timeout_seconds
    )
    return Route(team_id, _category(typed, team_id, found))


async def _team(typed: str, lists: RouteLists, timeout_seconds: float) -> int:
    number = _number(typed)
    if number is None:
        raise BadInput(RouteMessageId.NOT_A_TEAM, typed)
    mine = await _shown(lists.teams, (), timeout_seconds)
    if not mine.problem and number not in {each.id for each in mine.rows}:
        raise NotPossible(RouteMessageId.NOT_MY_TEAM, str(number), _named(mine.rows))
    return number


def _category(typed: str, team_id: int, found: _List) -> int:
    number = _number(typed)
    if number is not None and (found.problem or number in {each.id for each in found.rows}):
        return number
    fitting = _by_title(typed, found.rows)
    if len(fitting) > 1:
        raise NotPossible(RouteMessageId.AMBIGUOUS_CATEGORY, typed, _named(fitting))
    if fitting:
        return fitting[0].id
    if found.problem and not found.rows:
        raise NotPossible(RouteMessageId.NO_LISTS, found.problem)
    raise NotPossible(RouteMessageId.NO_CATEGORY, str(team_id), typed, _named(found.rows))


def _by_title(typed: str, rows: Sequence[Choice]) -> Sequence[Choice]:
    """Those of the whole path, else those whose own title it is."""
    wanted = _parts(typed)
    whole = [each for each in rows if _parts(each.name) == wanted]
    return whole or [each for each in rows if _parts(each.name)[-len(wanted) :] == wanted]


def _parts(name: str) -> list[str]:
    return [" ".join(fold_for_search(part).split()) for part in name.split(_SEPARATOR)]


def _number(typed: str) -> int | None:
    match = _NUMBER.fullmatch(typed)
    number = int(match[1]) if match else 0
    return number if 0 < number <= LARGEST_ID else None


def _named(rows: Sequence[Choice]) -> str:
    """The first of them, by number and name."""
    named = [f"{each.id} ({each.name})" for each in rows[:_MOST_NAMED]]
    return ", ".join([*named, "…"] if len(rows) > _MOST_NAMED else named) or "–"


async def _shown(
    ask: Callable[[], Awaitable[Sequence[Choice]]],
    known: Sequence[Choice],
    timeout_seconds: float,
) -> _List:
    """What TimeCrowd shows, or what it showed last and why it does not now."""
    if timeout_seconds == 0:
        return _List(known, "TimeCrowd was not asked.")
    try:
        async with asyncio.timeout(timeout_seconds):
            return _List(await ask())
    except TimeoutError:
        return _List(known, f"TimeCrowd did not answer within {timeout_seconds:g} s.")
    except ServiceCallError as problem:
        return _List(known, str(call_problem_message(problem.outcome, "TimeCrowd")))
