"""The sandbox's values as plain JSON values. Tokens never come out of here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .kaiten_state import KaitenState
    from .stage import AnySite, Stage
    from .timecrowd_state import TimeCrowdState


def plain(value: object) -> object:
    """Dataclasses become objects, instants ISO 8601, enums their values, collections lists."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return plain(value.value)
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, set | frozenset):
        return sorted((plain(each) for each in value), key=str)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(each) for each in value]
    return value


def state_of(stage: Stage) -> dict[str, object]:
    """What both services hold: the answer of GET /_sandbox/state."""
    return {
        "now": plain(stage.clock()),
        "planned": plain(stage.other_devices.planned),
        "offset_seconds": stage.clock.offset.total_seconds(),
        "timecrowd": {
            **_site(stage.timecrowd),
            **_timecrowd(stage.timecrowd.state, stage.timecrowd.user_id),
        },
        "kaiten": {
            **_site(stage.kaiten),
            **_kaiten(stage.kaiten.state),
            "rate_limited": stage.rate.refused,
        },
        "elsewhere": {"visits": plain(stage.visits)},
    }


def _site(site: AnySite) -> dict[str, object]:
    return {
        "url": site.url,
        "clock": plain(site.clock()),
        "user_id": site.user_id,
        "token_accepted": site.token in site.state.tokens,
        "held_back": site.held_back,
        "waiting": site.waiting,
        "faults": plain(site.faults.active),
        "requests": len(site.requests.records),
    }


def _timecrowd(state: TimeCrowdState, user_id: int) -> dict[str, object]:
    tasks = list(state.tasks.values())
    return {
        "users": plain(state.users.values()),
        "teams": plain(state.teams.values()),
        "categories": plain([task for task in tasks if task.is_category]),
        "tasks": plain([task for task in tasks if not task.is_category]),
        "entries": plain(state.entries.values()),
        "running": plain(state.running(user_id)),
        "entries_without_task": plain(state.entries_without_task),
        "switches": plain(state.switches),
    }


def _kaiten(state: KaitenState) -> dict[str, object]:
    cards = [
        {**_object(card), "time_spent_sum": state.minutes_on(card)} for card in state.cards.values()
    ]
    return {
        "people": plain(state.people.values()),
        "roles": plain(state.roles),
        "spaces": plain(state.spaces.values()),
        "cards": cards,
        "logs": plain(state.logs.values()),
        "forbidden_card_ids": plain(state.forbidden_card_ids),
        "locked_card_ids": plain(state.locked_card_ids),
        "switches": plain(state.switches),
    }


def _object(value: object) -> dict[str, object]:
    shown = plain(value)
    return shown if isinstance(shown, dict) else {}
