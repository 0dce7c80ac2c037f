"""Kaiten's API on the wire: requests from values, values from answers. Pure.

Source: the official page "Add time log" (tests/seeds) for that call; the notes gathered from
public pages for all else. Every reader raises Unreadable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from timer_app.adapters.http.exchange import (
    Request,
    Response,
    program_version,
)
from timer_app.adapters.http.json_reader import (
    UnreadableResponse,
    id_or_empty,
    instant_or_none,
    int_or_none,
    read_date,
    read_id,
    read_int,
    read_object,
    read_rows,
    text_or_empty,
)
from timer_app.domain.delivery.log_reference import comment_with_reference
from timer_app.domain.delivery.outcomes import RemoteLog, Removed
from timer_app.domain.entries import comment as comments
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.setup.accounts import Account, Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_COMMENT_UNITS = comments.MAX_COMMENT_UNITS
truncate_comment = comments.truncate_comment
MAX_FOUND = 100
EMPLOYEE = Choice(-1, "Employee")
"""The predefined role, which every Kaiten has whether it lists it or not."""

_API = "/api/latest"
_NOT_DONE, _IN_PROGRESS = "1,2", "2"
"""The states of cards that are asked for: 1 is queued, 2 in progress, 3 done."""
_ARCHIVED = 2


# -- requests


@dataclass(frozen=True, slots=True)
class LogForm:
    """A time log to be made; `minutes` at least 1."""

    role_id: int
    minutes: int
    for_date: date
    comment: str
    reference: str = ""

    def as_json(self) -> Mapping[str, object]:
        """The body. An empty comment is left out, never null; a long one is cut."""
        form: dict[str, object] = {
            "role_id": self.role_id,
            "time_spent": self.minutes,
            "for_date": self.for_date.isoformat(),
        }
        if comment := named_comment(self.comment, self.reference):
            form["comment"] = comment
        return form


@dataclass(frozen=True, slots=True)
class LogUpdate:
    """The changed fields of a log; None leaves a field, an empty comment clears it."""

    minutes: int | None = None
    for_date: date | None = None
    comment: str | None = None
    reference: str = ""

    def as_json(self) -> Mapping[str, object]:
        """The body: only what changes."""
        fields: dict[str, object | None] = {
            "time_spent": self.minutes,
            "for_date": self.for_date and self.for_date.isoformat(),
            "comment": None
            if self.comment is None
            else named_comment(self.comment, self.reference),
        }
        return {name: value for name, value in fields.items() if value is not None}


def client_headers() -> Mapping[str, str]:
    """Who calls, as Kaiten's own clients say it."""
    return {"X-kaiten-Client": "timer-app", "X-kaiten-Client-Version": program_version()}


def named_comment(comment: str, reference: str) -> str:
    """The comment as it is sent: with the log's name, and within what Kaiten holds."""
    return comment_with_reference(truncate_comment(comment), reference)


def add_log(card_id: int, form: LogForm) -> Request:
    """Log time on a card; answered with the log."""
    return Request("POST", _logs(card_id), body=form.as_json())


def update_log(card_id: int, log_id: str, change: LogUpdate) -> Request:
    """Change a log; answered with the log."""
    return Request("PATCH", f"{_logs(card_id)}/{_checked(log_id)}", body=change.as_json())


def delete_log(card_id: int, log_id: str) -> Request:
    """Remove a log. Kaiten looks at the log's id alone: use only one our own POST returned."""
    return Request("DELETE", f"{_logs(card_id)}/{_checked(log_id)}")


def list_logs(card_id: int, for_date: date, offset: int = 0) -> Request:
    """One's own logs on a card for a date, from `offset` on; at most MAX_FOUND.

    An empty list proves nothing about the card. Older servers ignore limit and offset.
    """
    query = {"for_date": for_date.isoformat(), "personal": "true", "limit": str(MAX_FOUND)}
    if offset:
        query["offset"] = str(offset)
    return Request("GET", _logs(card_id), query)


def card(reference: int | str) -> Request:
    """A card by its number or its key (`ABC-12`)."""
    return Request("GET", f"{_API}/cards/{_checked(str(reference))}")


def search(words: str, most: int) -> Request:
    """Live cards that are not done and match the words, the latest first; at most 100."""
    return _latest_cards({"query": words}, _NOT_DONE, min(max(most, 1), MAX_FOUND))


def cards_of_member(user_id: int) -> Request:
    """The live cards in progress that a user is a member of, the latest first; at most 100."""
    return _latest_cards({"member_ids": str(user_id)}, _IN_PROGRESS, MAX_FOUND)


def cards_of_responsible(user_id: int) -> Request:
    """The same for those that the user is responsible for."""
    return _latest_cards({"responsible_ids": str(user_id)}, _IN_PROGRESS, MAX_FOUND)


def _latest_cards(which: Mapping[str, str], states: str, most: int) -> Request:
    order = {"order_by": "updated", "order_direction": "desc"}
    page = {"limit": str(most), "offset": "0"}
    return Request(
        "GET", f"{_API}/cards", {**which, "states": states, "archived": "false", **order, **page}
    )


def current_user() -> Request:
    """Whose token it is."""
    return Request("GET", f"{_API}/users/current")


def user_roles() -> Request:
    """The roles under which time can be logged."""
    return Request("GET", f"{_API}/user-roles")


def spaces() -> Request:
    """The spaces that one sees."""
    return Request("GET", f"{_API}/spaces")


def boards(space_id: int) -> Request:
    """The boards of a space."""
    return Request("GET", f"{_API}/spaces/{space_id}/boards")


def _logs(card_id: int) -> str:
    return f"{_API}/cards/{card_id}/time-logs"


def _checked(segment: str) -> str:
    if not id_or_empty(segment):
        raise ValueError("an id that cannot stand in a path")
    return segment


# -- answers


@dataclass(frozen=True, slots=True)
class RemoteLogDetails:
    """A time log as Kaiten lists it."""

    id: str
    minutes: int
    for_date: date
    comment: str
    role_id: int | None
    created: datetime | None


def created_log(response: Response, card_id: int, form: LogForm | LogUpdate) -> RemoteLog:
    """The log that a POST or PATCH answers with. Only `id` must be there.

    What else is there must be what was asked, else it is not known what was logged.
    """
    fields = read_object(response.json(), "a time log")
    asked = {
        "card_id": (card_id, read_int),
        "time_spent": (form.minutes, read_int),
        "for_date": (form.for_date, read_date),
    }
    for name, (value, read) in asked.items():
        answered = fields.get(name)
        if None not in (value, answered) and read(answered, f"the log's {name}") != value:
            raise UnreadableResponse(f"its {name} is not the one that was asked for")
    return RemoteLog(read_id(fields.get("id"), "the log's id"))


def remote_logs(response: Response) -> tuple[RemoteLogDetails, ...]:
    """The logs of a list.

    One that cannot be read makes all of it UnreadableResponse: it may be ours.
    """
    return tuple(_remote_log(row) for row in read_rows(response.json()))


def comment_of_log(response: Response) -> str:
    """The comment that a log has after a change."""
    return text_or_empty(read_object(response.json(), "a time log").get("comment"))


def removed(response: Response) -> Removed:
    """The answer to a removal: empty or any JSON. A page in its place says nothing."""
    if response.status != 204 and response.text.strip():
        response.json()
    return Removed()


def card_info(value: object, origin: str) -> CardInfo:
    """A card: needs its id and its title."""
    fields = read_object(value, "a card")
    title = fields.get("title")
    if not isinstance(title, str):
        raise UnreadableResponse("the card's title is missing")
    number = read_int(fields.get("id"), "the card's id")
    if number <= 0:
        raise UnreadableResponse("the card's id is not above 0")
    path = fields.get("path_data")
    space = path.get("space") if isinstance(path, dict) else None
    board = fields.get("board")
    return CardInfo(
        Card(origin, number),
        title,
        fields.get("archived") is True or fields.get("condition") == _ARCHIVED,
        _title(board),
        _title(fields.get("column")),
        int_or_none(fields.get("time_spent_sum")) or 0,
        text_or_empty(fields["key"]).upper() if "key" in fields else None,
        space=_title(space),
        space_id=_number(space),
        board_id=_number(board) or int_or_none(fields.get("board_id")),
        updated=instant_or_none(fields.get("updated")),
    )


def choices(response: Response) -> tuple[Choice, ...]:
    """Spaces or boards, without those that are archived."""
    rows = (read_object(row, "a row") for row in read_rows(response.json()))
    return tuple(_choice(row) for row in rows if row.get("archived") is not True)


def _choice(value: object) -> Choice:
    fields = read_object(value, "a row")
    return Choice(read_int(fields.get("id"), "its id"), text_or_empty(fields.get("title")) or "?")


def requested_card(response: Response, reference: int | str, origin: str) -> CardInfo:
    """The card that was asked for by its number or key."""
    info = card_info(response.json(), origin)
    if isinstance(reference, int) and info.card.id != reference:
        raise UnreadableResponse("it is about another card")
    return info


def cards(response: Response, origin: str) -> tuple[CardInfo, ...]:
    """The cards of a search."""
    return tuple(card_info(row, origin) for row in read_rows(response.json()))


def account(response: Response) -> Account:
    """Whose token it is."""
    person = read_object(response.json(), "a user")
    names = (person.get(name) for name in ("full_name", "username", "email"))
    name = next((each for each in names if isinstance(each, str) and each.strip()), "?")
    return Account(read_int(person.get("id"), "the user's id"), name)


def roles(response: Response) -> tuple[Choice, ...]:
    """The roles, Employee (-1) first if the service does not list it."""
    listed = tuple(
        Choice(read_int(role.get("id"), "the role's id"), text_or_empty(role.get("name")) or "?")
        for role in (read_object(row, "a role") for row in read_rows(response.json()))
    )
    return listed if any(role.id == EMPLOYEE.id for role in listed) else (EMPLOYEE, *listed)


def _remote_log(value: object) -> RemoteLogDetails:
    fields = read_object(value, "a time log")
    return RemoteLogDetails(
        read_id(fields.get("id"), "the log's id"),
        read_int(fields.get("time_spent"), "the log's minutes"),
        read_date(fields.get("for_date"), "the log's date"),
        text_or_empty(fields.get("comment")),
        int_or_none(fields.get("role_id")),
        instant_or_none(fields.get("created")),
    )


def _number(value: object) -> int | None:
    return int_or_none(value.get("id")) if isinstance(value, dict) else None


def _title(value: object) -> str:
    return text_or_empty(value.get("title")) if isinstance(value, dict) else ""
