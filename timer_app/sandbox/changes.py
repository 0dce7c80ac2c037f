"""Changes of the services' states asked for over HTTP: checked as a whole, then made.

The body is ``{"timecrowd": {...}, "kaiten": {...}}``, each part optional. Keys for both:
``token``: ``"revoke"``, ``"accept"`` or ``"renew"``; ``switches``: an object of the names in
TimeCrowdSwitches or KaitenSwitches. TimeCrowd: ``tasks_readonly`` (bool, for all teams),
``delete_category`` and ``restore_category`` (id), ``hide_task`` and ``show_task`` (of the entry
with that id), ``other_devices`` (a list of a Deed's fields by name; without ``at`` now). Kaiten:
``forbid_card``, ``allow_card``, ``lock_card``, ``unlock_card``, ``archive_card``
and ``unarchive_card`` (id).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from .kaiten_state import KaitenSwitches
from .other_devices import Deed, DeedKind
from .timecrowd_model import TimeCrowdSwitches

if TYPE_CHECKING:
    from .kaiten_state import KaitenState
    from .stage import AnySite, Stage
    from .timecrowd_state import TimeCrowdState

_INSTANTS = ("at", "started_at", "stopped_at")
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
        case "other_devices":
            return partial(_play, stage, _deeds(value, stage))
        case "hide_task":
            return partial(state.entries_without_task.add, _entry(state, name, value))
        case "show_task":
            return partial(state.entries_without_task.discard, _entry(state, name, value))
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
        case "lock_card":
            return partial(state.locked_card_ids.add, _card(state, name, value))
        case "unlock_card":
            return partial(state.locked_card_ids.discard, _card(state, name, value))
        case "archive_card" | "unarchive_card":
            card_id = _card(state, name, value)
            return partial(_set_archived, state, card_id, archived=name == "archive_card")
        case _:
            raise BadInputError(f"unknown change {name!r} of kaiten")


def _play(stage: Stage, deeds: list[Deed]) -> None:
    stage.other_devices.plan(deeds)
    stage.other_devices.catch_up(stage.timecrowd.clock())


def _deeds(value: object, stage: Stage) -> list[Deed]:
    if not isinstance(value, list):
        raise BadInputError("other_devices must be a list")
    return [_deed(each, stage) for each in value]


def _deed(value: object, stage: Stage) -> Deed:
    if not isinstance(value, dict):
        raise BadInputError("other_devices must hold objects")
    known = {each.name for each in fields(Deed)}
    if unknown := set(value) - known:
        raise BadInputError(
            f"other_devices: unknown {min(unknown)!r}; known: {', '.join(sorted(known))}"
        )
    try:
        kind = DeedKind(value.get("kind"))
        instants = {name: _instant(name, value[name]) for name in _INSTANTS if name in value}
        return Deed(**{"at": stage.timecrowd.clock(), **value, **instants, "kind": kind})
    except (TypeError, ValueError) as fault:
        raise BadInputError(f"other_devices: {fault}") from fault


def _instant(name: str, value: object) -> datetime:
    instant = datetime.fromisoformat(str(value))
    if instant.tzinfo is None:
        raise ValueError(f"{name} must say its offset, such as Z or +03:00")
    return instant


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
    if isinstance(value, str):
        return "a text"
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


def _entry(state: TimeCrowdState, name: str, value: object) -> int:
    if _integer(name, value) not in state.entries:
        raise BadInputError(f"{name}: there is no entry {value}")
    return _integer(name, value)


def _card(state: KaitenState, name: str, value: object) -> int:
    if _integer(name, value) not in state.cards:
        raise BadInputError(f"{name}: there is no card {value}")
    return _integer(name, value)


def _integer(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInputError(f"{name} must be a whole number")
    return value
