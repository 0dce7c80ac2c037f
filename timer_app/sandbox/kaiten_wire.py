"""Kaiten on the wire: requests are checked into values, records become JSON. Pure.

The texts of a 400 are validator English, as in the service; nobody should branch on them.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from .clock import iso_milliseconds
from .kaiten_state import CardQuery, LogForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .kaiten_state import Card, KaitenState, Person, Place, Role, Space, TimeLog

Json = dict[str, object]
COMMENT_UNITS = 4096
"""How long a comment may be, in UTF-16 units."""
ORDERS = ("id", "title", "created", "updated")


class InvalidError(Exception):
    """The request does not fit the schema: 400 with the text as `message`."""


# -- requests


def log_form(body: object, *, required: bool) -> LogForm:
    """The body of a time-log POST (`required`) or PATCH, checked. Raises InvalidError."""
    if not isinstance(body, dict):
        raise InvalidError("data should be object")
    for name in ("role_id", "time_spent", "for_date"):
        if required and name not in body:
            raise InvalidError(f"data should have required property '{name}'")
    return LogForm(
        role_id=_integer(body, "role_id"),
        time_spent=_integer(body, "time_spent", minimum=1),
        for_date=for_date(body["for_date"]) if "for_date" in body else None,
        comment=_comment(body["comment"]) if "comment" in body else None,
    )


def for_date(value: object) -> date:
    """A date sent as ``YYYY-MM-DD``, and nothing else. Raises InvalidError."""
    if not isinstance(value, str):
        raise InvalidError("data.for_date should be string")
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise InvalidError('data.for_date should match format "date"')


def card_query(query: Mapping[str, str]) -> CardQuery:
    """The parameters of GET cards. Raises InvalidError, also for a limit over 100."""
    order_by = query.get("order_by", "id")
    direction = query.get("order_direction", "asc")
    if order_by not in ORDERS:
        raise InvalidError("data.order_by should be equal to one of the allowed values")
    if direction not in ("asc", "desc"):
        raise InvalidError("data.order_direction should be equal to one of the allowed values")
    return CardQuery(
        text=query.get("query", ""),
        member_ids=_integers(query, "member_ids"),
        responsible_ids=_integers(query, "responsible_ids"),
        states=_integers(query, "states"),
        archived=flag(query, "archived"),
        order_by=order_by,
        descending=direction == "desc",
        limit=_bounded(query, "limit", default=100, least=1, most=100),
        offset=_bounded(query, "offset", default=0, least=0, most=2**31),
    )


def on_page(logs: list[TimeLog], query: Mapping[str, str]) -> list[TimeLog]:
    """The logs that `limit` and `offset` ask for, all without them. Raises InvalidError."""
    offset = _bounded(query, "offset", default=0, least=0, most=2**31)
    if "limit" not in query:
        return logs[offset:]
    return logs[offset : offset + _bounded(query, "limit", default=100, least=1, most=100)]


def flag(query: Mapping[str, str], name: str) -> bool | None:
    """``true`` or ``false`` in a query, None without the parameter. Raises InvalidError."""
    text = query.get(name)
    if text not in (None, "true", "false"):
        raise InvalidError(f"data.{name} should be boolean")
    return None if text is None else text == "true"


def _integer(body: Mapping[str, object], name: str, minimum: int | None = None) -> int | None:
    if name not in body:
        return None
    value = body[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidError(f"data.{name} should be integer")
    if minimum is not None and value < minimum:
        raise InvalidError(f"data.{name} should be >= {minimum}")
    return value


def _comment(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidError("data.comment should be string")
    if len(value.encode("utf-16-le", "surrogatepass")) // 2 > COMMENT_UNITS:
        raise InvalidError(f"data.comment should NOT be longer than {COMMENT_UNITS} characters")
    return value


def _integers(query: Mapping[str, str], name: str) -> frozenset[int]:
    parts = [part for part in query.get(name, "").split(",") if part]
    if not all(re.fullmatch(r"\d{1,18}", part) for part in parts):
        raise InvalidError(f"data.{name} should be a list of integers")
    return frozenset(int(part) for part in parts)


def _bounded(query: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    text = query.get(name, str(default))
    if not re.fullmatch(r"\d{1,10}", text):
        raise InvalidError(f"data.{name} should be integer")
    if not least <= int(text) <= most:
        bound = f"<= {most}" if int(text) > most else f">= {least}"
        raise InvalidError(f"data.{name} should be {bound}")
    return int(text)


# -- answers


def log_json(log: TimeLog) -> Json:
    """A log as POST and PATCH answer it: `for_date` as ``2026-08-20T00:00:00.000Z``."""
    return {
        "updated": iso_milliseconds(log.updated),
        "created": iso_milliseconds(log.created),
        "id": log.id,
        "card_id": log.card_id,
        "user_id": log.user_id,
        "role_id": log.role_id,
        "author_id": log.author_id,
        "updater_id": log.updater_id,
        "time_spent": log.time_spent,
        "for_date": f"{log.for_date.isoformat()}T00:00:00.000Z",
        "comment": log.comment,
    }


def listed_log_json(log: TimeLog) -> Json:
    """A log as GET lists it: `for_date` as ``2026-08-20``."""
    return {**log_json(log), "for_date": log.for_date.isoformat()}


def card_json(card: Card, state: KaitenState) -> Json:
    """A card. `condition` is 1 live, 2 archived; `time_spent_sum` is minutes."""
    owner = card.responsible_id
    members = [state.people[person] for person in card.member_ids]
    path = {"path_data": _path(card, state)} if state.switches.tells_path else {}
    return {
        "id": card.id,
        "title": card.title,
        "key": card.key,
        "archived": card.archived,
        "condition": 2 if card.archived else 1,
        "state": card.state,
        "time_spent_sum": state.minutes_on(card),
        "board_id": card.board.id,
        "column_id": card.column.id,
        "board": place_json(card.board),
        "column": {**place_json(card.column), "type": card.state},
        "owner_id": owner,
        "members": [{**person_json(each), "type": _member_type(each, owner)} for each in members],
        "created": iso_milliseconds(card.created),
        "updated": iso_milliseconds(card.updated),
        **path,
    }


def place_json(place: Place | Space) -> Json:
    """A space, a board or a column by its number and its title."""
    return {"id": place.id, "title": place.title}


def person_json(person: Person) -> Json:
    """A person."""
    return {
        "id": person.id,
        "full_name": person.full_name,
        "email": person.email,
        "username": person.username,
        "timezone": person.timezone,
    }


def role_json(role: Role) -> Json:
    """A role: id, name, company_id."""
    return {"id": role.id, "name": role.name, "company_id": role.company_id}


def _path(card: Card, state: KaitenState) -> Json:
    """Where a card lies, as clients of 2025 and 2026 read it from a card and from lists."""
    space = state.space_of(card.board)
    return {
        "space": space and place_json(space),
        "board": place_json(card.board),
        "column": place_json(card.column),
    }


def _member_type(person: Person, responsible_id: int | None) -> int:
    """1 is a member, 2 the responsible one."""
    return 2 if person.id == responsible_id else 1
