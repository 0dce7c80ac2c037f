"""The fault plan: which requests go wrong, and how. Pure; site.py carries it out.

"Stored" below means: the service carried the request out against its state, as if all were well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import TYPE_CHECKING

from .exchange import HTML

if TYPE_CHECKING:
    from .exchange import Headers


class FaultKind(Enum):
    """What happens to a request. The values are the names used over HTTP."""

    CLOSE_BEFORE_COMMIT = "close_before_commit"
    """The request is read and the connection dropped; nothing is stored."""
    CLOSE_AFTER_COMMIT = "close_after_commit"
    """Stored; the connection is dropped before any answer."""
    HANG_BEFORE_COMMIT = "hang_before_commit"
    """Never answered, nothing stored; a release drops the connection."""
    HANG_AFTER_COMMIT = "hang_after_commit"
    """Stored and never answered; a release drops the connection."""
    PAUSE = "pause"
    """Waits for a release, then is stored and answered as if nothing had been."""
    HELD_BACK = "held_back"
    """The connection is dropped at once; a release stores the request, later."""
    STATUS = "status"
    """Any status, body and headers; nothing is stored."""
    STATUS_AFTER_COMMIT = "status_after_commit"
    """Stored, and yet answered with that status (502 and a gateway's page by default)."""
    GARBAGE = "garbage"
    """Stored; 200 with a body that claims to be JSON and cannot be read."""
    HTML = "html"
    """200 with an html page (a proxy's login page); nothing is stored."""
    TRUNCATED = "truncated"
    """Stored; half the body that Content-Length promised, then the connection is closed."""
    DRIP = "drip"
    """Stored; the body comes one byte at a time, `drip_seconds` apart; a release sends the rest."""
    RATE_LIMITED = "rate_limited"
    """429 html with Retry-After; nothing is stored. Not counted as the client's excess."""
    REDIRECT = "redirect"
    """302 to another origin of the sandbox, which records whether a token came with it."""


STORING = frozenset(
    {
        FaultKind.CLOSE_AFTER_COMMIT,
        FaultKind.HANG_AFTER_COMMIT,
        FaultKind.STATUS_AFTER_COMMIT,
        FaultKind.GARBAGE,
        FaultKind.TRUNCATED,
        FaultKind.DRIP,
    }
)
"""The kinds that store the request before they go wrong."""

_STATUSES = {
    FaultKind.STATUS: 500,
    FaultKind.STATUS_AFTER_COMMIT: 502,
    FaultKind.REDIRECT: 302,
    FaultKind.RATE_LIMITED: 429,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: which requests, how often, and what it looks like.

    method: a method name, or ``*`` for any. path: a regular expression searched in the path
    (without the query). nth: fires from the nth matching request on, counted from 1 since the
    fault was added; None is the first. times: how many matching requests it hits, None for all
    until removed. status, body, content_type, headers: the answer of STATUS,
    STATUS_AFTER_COMMIT, HTML and REDIRECT where it is their own to choose; an empty body becomes
    a small page with the status. retry_after: seconds, for RATE_LIMITED. reset: dropped connections
    are reset (RST) instead of ended (FIN). Raises ValueError for values that make no sense.
    """

    kind: FaultKind
    method: str = "*"
    path: str = ""
    nth: int | None = None
    times: int | None = 1
    status: int | None = None
    body: str = ""
    content_type: str = HTML
    headers: Headers = ()
    retry_after: int = 1
    reset: bool = False
    drip_seconds: float = 1.0

    def __post_init__(self) -> None:
        for name in ("nth", "times"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise ValueError(f"{name} must be at least 1, or null")
        if self.status is not None and not 200 <= self.status <= 599:
            raise ValueError("status must be between 200 and 599")
        if self.retry_after < 0 or self.drip_seconds < 0:
            raise ValueError("retry_after and drip_seconds must not be negative")
        texts = (self.content_type, *(part for pair in self.headers for part in pair))
        if any(character in text for text in texts for character in "\r\n\0"):
            raise ValueError("content_type and headers must each be one line")
        try:
            re.compile(self.path)
        except re.error as fault:
            raise ValueError(f"path is not a regular expression: {fault}") from fault

    @property
    def stores(self) -> bool:
        """Whether the request is carried out before it goes wrong."""
        return self.kind in STORING

    @property
    def answered_status(self) -> int:
        """The status of the fault's own answer; 200 where the kind has none to choose."""
        return self.status or _STATUSES.get(self.kind, 200)

    def page(self) -> str:
        """The fault's own body, or a small html page that names its status."""
        return self.body or small_page(self.answered_status)

    def matches(self, method: str, path: str) -> bool:
        """Whether it concerns such a request (its turn aside)."""
        return self.method.upper() in ("*", method) and re.search(self.path, path) is not None


def small_page(status: int) -> str:
    """An html page as gateways make them; for 200 a login page."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    title = "Sign in to the network" if status == 200 else f"{status} {phrase}"
    return f"<!doctype html><html><head><title>{title}</title></head><body>{title}</body></html>"


@dataclass
class _Armed:
    fault: Fault
    seen: int = 0
    fired: int = 0

    def due(self) -> bool:
        return self.seen >= (self.fault.nth or 1) and not self.spent()

    def spent(self) -> bool:
        return self.fault.times is not None and self.fired >= self.fault.times


class FaultPlan:
    """The faults one service has in store, in the order they were added."""

    def __init__(self) -> None:
        self._armed: list[_Armed] = []

    @property
    def active(self) -> tuple[Fault, ...]:
        """The faults that can still fire."""
        return tuple(armed.fault for armed in self._armed)

    def add(self, fault: Fault) -> None:
        """Plan one more fault. Its count of matching requests begins here."""
        self._armed.append(_Armed(fault))

    def clear(self) -> None:
        """Plan nothing; what has fired goes on (a hang hangs until released)."""
        self._armed.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault this request meets, or None. Every fault it matches counts it."""
        concerned = [armed for armed in self._armed if armed.fault.matches(method, path)]
        for armed in concerned:
            armed.seen += 1
        chosen = next((armed for armed in concerned if armed.due()), None)
        if chosen is None:
            return None
        chosen.fired += 1
        self._armed = [armed for armed in self._armed if not armed.spent()]
        return chosen.fault
