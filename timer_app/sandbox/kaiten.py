"""Kaiten's calls: which request does what to the state, and what it answers.

Source: tests/seeds/kaiten-add-time-log.txt and shared/api/kaiten.md. Choices of this stand-in
where those are silent: DELETE of a log answers 200 ``{"id"}``, and 404 for a log that is gone; an
unknown role is a 400; someone else's log is a 403; an unknown path is a 404 without a body. Spaces,
their boards and a card's ``path_data`` are as public clients read them; an unknown space is a 403.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from .exchange import (
    HTML,
    Answer,
    Route,
    find_route,
    json_answer,
    too_many_requests,
)
from .kaiten_state import RefusalError
from .kaiten_wire import (
    InvalidError,
    card_json,
    card_query,
    flag,
    for_date,
    listed_log_json,
    log_form,
    log_json,
    on_page,
    person_json,
    place_json,
    role_json,
)

if TYPE_CHECKING:
    from .clock import Clock
    from .exchange import (
        Call,
        Headers,
        Reply,
    )
    from .kaiten_state import KaitenState, LogForm
    from .rate import RateLimit

_API = "/api/latest"
_ID = r"(\d+)"


class Kaiten:
    """The stand-in of Kaiten's API on a state; a `Service`."""

    def __init__(self, state: KaitenState, clock: Clock, rate: RateLimit) -> None:
        self.state = state
        self.rate = rate
        self._clock = clock
        self._routes = (
            Route("GET", f"{_API}/users/current", self._me),
            Route("GET", f"{_API}/user-roles", self._roles),
            Route("GET", f"{_API}/spaces", self._spaces),
            Route("GET", f"{_API}/spaces/{_ID}/boards", self._boards),
            Route("GET", f"{_API}/cards", self._search),
            Route("GET", rf"{_API}/cards/(\d+|[A-Za-z]\w*-\d+)", self._card),
            Route("GET", f"{_API}/cards/{_ID}/time-logs", self._logs),
            Route("POST", f"{_API}/cards/{_ID}/time-logs", self._add_log),
            Route("PATCH", f"{_API}/cards/{_ID}/time-logs/{_ID}", self._change_log),
            Route("DELETE", f"{_API}/cards/{_ID}/time-logs/{_ID}", self._delete_log),
        )

    def admit(self) -> Answer | None:
        """Count a request; over the limit it is turned away with 429 html and Retry-After: 1."""
        if not self.state.switches.rate_limited or self.rate.take():
            return None
        return too_many_requests(1, self.headers())

    def headers(self) -> Headers:
        """X-RateLimit-Remaining and X-RateLimit-Reset (epoch, or seconds by a switch)."""
        if not self.state.switches.rate_limited:
            return ()
        left = self.rate.seconds_left()
        reset = ceil(left)
        if self.state.switches.rate_reset_is_epoch:
            reset = ceil((self._clock() + timedelta(seconds=left)).timestamp())
        return (
            ("X-RateLimit-Remaining", str(self.rate.remaining())),
            ("X-RateLimit-Reset", str(reset)),
        )

    def answer(self, call: Call) -> Reply:
        """Carry the call out: 401 a bare string, 402 and 400 ``{"message"}``, 403 and 404 empty."""
        user_id = self.state.tokens.get(call.token or "")
        if user_id is None:
            return Answer(401, b"Invalid token", HTML)
        found = find_route(self._routes, call)
        if found is None:
            return Answer(404)
        handler, parts = found
        if "time-logs" in call.path and not self.state.switches.time_logs_in_tariff:
            return json_answer({"message": "Feature is not supported by tariff"}, 402)
        try:
            self._check_client(call)
            return handler(call, user_id, *parts)
        except RefusalError as refusal:
            return Answer(refusal.status)
        except InvalidError as fault:
            return json_answer({"message": str(fault)}, 400)

    def _check_client(self, call: Call) -> None:
        if self.state.switches.client_required and not call.names_client:
            raise InvalidError("X-kaiten-Client is required")

    def _me(self, _call: Call, user_id: int) -> Reply:
        return json_answer(person_json(self.state.people[user_id]))

    def _roles(self, _call: Call, _user_id: int) -> Reply:
        return json_answer([role_json(role) for role in self.state.roles])

    def _spaces(self, _call: Call, _user_id: int) -> Reply:
        return json_answer([place_json(space) for space in self.state.spaces.values()])

    def _boards(self, _call: Call, _user_id: int, space_id: str) -> Reply:
        space = self.state.spaces.get(int(space_id))
        if space is None:
            raise RefusalError(403)
        return json_answer([place_json(board) for board in space.boards])

    def _search(self, call: Call, _user_id: int) -> Reply:
        cards = self.state.search(card_query(call.query))
        return json_answer([card_json(card, self.state) for card in cards])

    def _card(self, _call: Call, _user_id: int, reference: str) -> Reply:
        card = self.state.card(int(reference) if reference.isdigit() else reference)
        return json_answer(card_json(card, self.state))

    def _logs(self, call: Call, user_id: int, card_id: str) -> Reply:
        day = for_date(call.query["for_date"]) if "for_date" in call.query else None
        owner = user_id if flag(call.query, "personal") else None
        logs = self.state.logs_on(int(card_id), for_date=day, user_id=owner)
        if self.state.switches.logs_are_paged:
            logs = on_page(logs, call.query)
        return json_answer([listed_log_json(log) for log in logs])

    def _add_log(self, call: Call, user_id: int, card_id: str) -> Reply:
        form = self._form(call, required=True)
        return json_answer(log_json(self.state.add_log(user_id, int(card_id), form, self._clock())))

    def _change_log(self, call: Call, user_id: int, card_id: str, log_id: str) -> Reply:
        form = self._form(call, required=False)
        if form.comment == "" and not self.state.switches.empty_comment_clears:
            raise InvalidError("data.comment should NOT be shorter than 1 characters")
        changed = self.state.update_log(user_id, int(card_id), int(log_id), form, self._clock())
        return json_answer(log_json(changed))

    def _delete_log(self, _call: Call, user_id: int, _card_id: str, log_id: str) -> Reply:
        """The trap: the card in the path is not looked at."""
        self.state.delete_log(user_id, int(log_id))
        return json_answer({"id": int(log_id)})

    def _form(self, call: Call, *, required: bool) -> LogForm:
        try:
            body = call.json()
        except ValueError as fault:
            raise InvalidError("Unexpected token in JSON") from fault
        form = log_form(body, required=required)
        if form.role_id is not None and form.role_id not in {role.id for role in self.state.roles}:
            raise InvalidError("data.role_id should be the id of a role")
        return form
