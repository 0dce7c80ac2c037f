"""Changes of the services' states asked for over HTTP: checked as a whole, then made.

The body is ``{"timecrowd": {...}, "kaiten": {...}}``, each part optional. Keys for both:
``token``: ``"revoke"``, ``"accept"`` or ``"renew"``; ``switches``: an object of the names in
TimeCrowdSwitches or KaitenSwitches. TimeCrowd: ``tasks_readonly`` (bool, for all teams),
``delete_category`` and ``restore_category`` (id). Kaiten: ``forbid_card``, ``allow_card``,
``archive_card`` and ``unarchive_card`` (id).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from .kaiten_state import KaitenSwitches
from .timecrowd_model import TimeCrowdSwitches

if TYPE_CHECKING:
    from .kaiten_state import KaitenState
    from .stage import AnySite, Stage
    from .timecrowd_state import TimeCrowdState

Change = Callable[[], object]
Switches = TypeVar("Switches", TimeCrowdSwitches, KaitenSwitches)


class BadInputError(ValueError):
    """A control request that makes no sense; the text says why and goes out with a 400."""


def changes(body: dict[str, object], stage: Stage) -> list[Change]:
    """The changes `body` asks for, each checked and none made yet. Raises BadInputError."""
    found: list[Change] = []
    for service, part in body.items():
        if service not in stage.sites:
            raise BadInputError(f"unknown service {service!r}: use 'timecrowd' or 'kaiten'")
        if not isinstance(part, dict):
            raise BadInputError(f"{service} must be an object")
        for name, value in part.items():
            found.append(_change(service, name, value, stage))
    return found


def _change(service: str, name: str, value: object, stage: Stage) -> Change:
    site = stage.sites[service]
    if name == "token":
        return _token(site, value)
    if service == "timecrowd":
        return _timecrowd(stage.timecrowd.state, name, value, stage)
    return _kaiten(stage.kaiten.state, name, value)


def _token(site: AnySite, value: object) -> Change:
    match value:
        case "revoke":
            return site.revoke_token
        case "accept":
            return site.accept_token
        case "renew":
            return site.renew_token
        case _:
            raise BadInputError("token must be 'revoke', 'accept' or 'renew'")


def _timecrowd(state: TimeCrowdState, name: str, value: object, stage: Stage) -> Change:
    match name:
        case "switches":
            return partial(setattr, state, "switches", _switched(state.switches, value))
        case "tasks_readonly":
            return partial(_set_readonly, state, readonly=_boolean(name, value))
        case "delete_category" | "restore_category":
            category_id = _category(state, name, value)
            instant = stage.clock() if name == "delete_category" else None
            return partial(state.set_category_deleted, category_id, instant)
        case _:
            raise BadInputError(f"unknown change {name!r} of timecrowd")


def _kaiten(state: KaitenState, name: str, value: object) -> Change:
    match name:
        case "switches":
            return partial(setattr, state, "switches", _switched(state.switches, value))
        case "forbid_card":
            return partial(state.forbidden_card_ids.add, _card(state, name, value))
        case "allow_card":
            return partial(state.forbidden_card_ids.discard, _card(state, name, value))
        case "archive_card" | "unarchive_card":
            card_id = _card(state, name, value)
            return partial(_set_archived, state, card_id, archived=name == "archive_card")
        case _:
            raise BadInputError(f"unknown change {name!r} of kaiten")


def _set_readonly(state: TimeCrowdState, *, readonly: bool) -> None:
    for team in list(state.teams.values()):
        state.teams[team.id] = replace(team, tasks_readonly=readonly)


def _set_archived(state: KaitenState, card_id: int, *, archived: bool) -> None:
    state.cards[card_id] = replace(state.cards[card_id], archived=archived)


def _switched(switches: Switches, value: object) -> Switches:
    if not isinstance(value, dict):
        raise BadInputError("switches must be an object")
    known = {each.name: getattr(switches, each.name) for each in fields(switches)}
    for name, wanted in value.items():
        if name not in known:
            raise BadInputError(f"unknown switch {name!r}; known: {', '.join(known)}")
        if type(wanted) is not type(known[name]):
            raise BadInputError(f"switch {name} must be {_word(known[name])}")
    try:
        return replace(switches, **value)
    except ValueError as fault:
        raise BadInputError(str(fault)) from fault


def _word(value: object) -> str:
    return "true or false" if isinstance(value, bool) else "a whole number"


def _boolean(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadInputError(f"{name} must be true or false")
    return value


def _category(state: TimeCrowdState, name: str, value: object) -> int:
    task = state.tasks.get(_integer(name, value))
    if task is None or not task.is_category:
        raise BadInputError(f"{name}: there is no category {value}")
    return task.id


def _card(state: KaitenState, name: str, value: object) -> int:
    if _integer(name, value) not in state.cards:
        raise BadInputError(f"{name}: there is no card {value}")
    return _integer(name, value)


def _integer(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInputError(f"{name} must be a whole number")
    return value
