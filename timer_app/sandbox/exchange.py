"""What goes in and out of a stand-in service, free of any HTTP library.

A service is a function from a `Call` to a `Reply`; the server (site.py) turns bytes into the one
and the other into bytes. So a request can also be carried out later, or without being answered.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

Headers = tuple[tuple[str, str], ...]
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived. `path` is without the query; `token` is the bearer's, if any."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    token: str | None = field(default=None, repr=False)
    content_type: str = ""
    body: bytes = b""
    user_agent: str = ""
    client: str = ""
    client_version: str = ""
    """The headers X-kaiten-Client and X-kaiten-Client-Version."""

    @property
    def names_client(self) -> bool:
        """Whether both headers of the client are there."""
        return bool(self.client and self.client_version)

    def json(self) -> object:
        """The body as JSON, or None if it is empty or its content type is not JSON.

        Raises ValueError if the body claims to be JSON and is not.
        """
        if not self.body or "json" not in self.content_type:
            return None
        try:
            return json.loads(self.body)
        except (UnicodeDecodeError, RecursionError) as fault:
            raise ValueError("the body is not JSON") from fault

    def json_object(self) -> dict[str, object]:
        """The body as a JSON object; anything else counts as ``{}``. Raises ValueError as json."""
        return as_object(self.json())


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. An empty `content_type` leaves the header to the server."""

    status: int
    body: bytes = b""
    content_type: str = ""
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The service takes the request and never answers (a documented hang, not a planned fault)."""


Reply = Answer | NoAnswer


class Service(Protocol):
    """One stand-in service."""

    def answer(self, call: Call) -> Reply:
        """Carry the call out against the state and say what is answered."""

    def admit(self) -> Answer | None:
        """Count one request: None lets it in, an Answer (429) turns it away unhandled."""

    def headers(self) -> Headers:
        """What this service adds to each of its own answers (rate limit), newest values."""


def new_token() -> str:
    """A token nobody has seen before."""
    return secrets.token_urlsafe(24)


def json_answer(value: object, status: int = 200) -> Answer:
    """`value` as a JSON answer, UTF-8."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status, body, "application/json; charset=utf-8")


def too_many_requests(retry_after: int, headers: Headers = ()) -> Answer:
    """429 as a gateway gives it: html, and Retry-After in seconds."""
    page = b"<html><head><title>429 Too Many Requests</title></head></html>"
    return Answer(429, page, HTML, (("Retry-After", str(retry_after)), *headers))


def as_object(value: object) -> dict[str, object]:
    """`value` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_id(value: object) -> int | None:
    """An id sent as an int or as a string of digits, else None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and re.fullmatch(r"\d{1,18}", value) else None


def as_text(value: object) -> str | None:
    """A string that holds more than white space, else None."""
    return value if isinstance(value, str) and value.strip() else None


Handler = Callable[..., Reply]


@dataclass(frozen=True, slots=True)
class Route:
    """A method, a pattern of the whole path, and who answers ``(call, user, *groups)``."""

    method: str
    pattern: str
    handler: Handler


def find_route(routes: tuple[Route, ...], call: Call) -> tuple[Handler, tuple[str, ...]] | None:
    """The first route that fits, with the groups of its pattern; None if there is none."""
    for route in routes:
        match = re.fullmatch(route.pattern, call.path)
        if match and route.method == call.method:
            return route.handler, match.groups()
    return None
