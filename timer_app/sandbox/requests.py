"""What arrived at a service and how it ended, with a way to await it instead of sleeping."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from .exchange import Call
    from .faults import FaultKind

KEPT = 5_000
"""How many requests a log remembers; older ones are forgotten, and no longer counted."""
_BODY_KEPT = 4_000
_HIDDEN_NAMES = "(?:access_token|refresh_token|token|client_secret|secret|password|authorization)"
_SECRET_VALUE = re.compile(
    rf'("{_HIDDEN_NAMES}"\s*:\s*")[^"]+|((?:^|&){_HIDDEN_NAMES}=)[^&]+', re.IGNORECASE
)
_HIDDEN = "[hidden]"


@dataclass(frozen=True, slots=True)
class Record:
    """One request. `number` counts from 1 within the service; `body` and `query` hold no secrets.

    fault: what it met, if anything. decided: the status the service itself came to (None while it
    has not carried the request out). sent: the status put on the wire (None if none was). ended:
    the instant it was over, answered or dropped. user_agent, client and client_version: the headers
    by which a program names itself, "" for one that is missing.
    """

    number: int
    method: str
    path: str
    query: str
    body: str
    at: datetime
    fault: FaultKind | None = None
    decided: int | None = None
    sent: int | None = None
    ended: datetime | None = None
    user_agent: str = ""
    client: str = ""
    client_version: str = ""

    def matches(self, method: str = "*", path: str = "") -> bool:
        """Whether method (``*``: any) and path (a regular expression, searched) fit."""
        return method.upper() in ("*", self.method) and re.search(path, self.path) is not None


class LogClosedError(Exception):
    """The sandbox was closed while someone waited for a request."""


class RequestLog:
    """The requests of one service, oldest first."""

    def __init__(self) -> None:
        self._records: dict[int, Record] = {}
        self._last = 0
        self._changed = asyncio.Event()
        self._closed = False

    @property
    def records(self) -> tuple[Record, ...]:
        """All remembered requests, oldest first."""
        return tuple(self._records.values())

    def matching(self, method: str = "*", path: str = "") -> list[Record]:
        """The requests that fit, oldest first."""
        return [record for record in self._records.values() if record.matches(method, path)]

    def count(self, method: str = "*", path: str = "") -> int:
        """How many requests fit."""
        return len(self.matching(method, path))

    async def arrived(self, method: str = "*", path: str = "", count: int = 1) -> Record:
        """The `count`-th request that fits, as soon as it has arrived.

        Waits without a limit of its own. Raises LogClosedError if the sandbox closes meanwhile.
        """
        return await self._until(lambda: self._nth(self.matching(method, path), count))

    async def answered(self, method: str = "*", path: str = "", count: int = 1) -> Record:
        """The `count`-th request that fits and is over: its answer is sent, or it was dropped."""

        def over() -> Record | None:
            ended = [each for each in self.matching(method, path) if each.ended]
            return self._nth(ended, count)

        return await self._until(over)

    async def decided(self, number: int) -> Record:
        """The request of this number, once it is carried out or refused, answered or not."""
        return await self._until(
            lambda: next((r for r in self.records if r.number == number and r.decided), None)
        )

    def close(self) -> None:
        """Wake whoever still waits, with LogClosedError."""
        self._closed = True
        self._tell()

    def arrive(
        self, call: Call, at: datetime, fault: FaultKind | None, secrets: Iterable[str]
    ) -> int:
        """Remember a request; answers its number."""
        self._last += 1
        hide = _hider([*secrets, call.token or ""])
        self._records[self._last] = Record(
            number=self._last,
            method=call.method,
            path=hide(call.path),
            query=hide("&".join(f"{name}={value}" for name, value in call.query.items())),
            body=hide(call.body.decode(errors="replace"))[:_BODY_KEPT],
            user_agent=call.user_agent,
            client=call.client,
            client_version=call.client_version,
            at=at,
            fault=fault,
        )
        self._records.pop(self._last - KEPT, None)
        self._tell()
        return self._last

    def decide(self, number: int, status: int | None) -> None:
        """The service carried the request out and came to that status."""
        self._change(number, lambda record: replace(record, decided=status))

    def send(self, number: int, status: int) -> None:
        """That status went on the wire."""
        self._change(number, lambda record: replace(record, sent=status))

    def end(self, number: int, at: datetime) -> None:
        """The request is over."""
        self._change(number, lambda record: replace(record, ended=at))

    def _change(self, number: int, change: Callable[[Record], Record]) -> None:
        if number in self._records:
            self._records[number] = change(self._records[number])
            self._tell()

    def _tell(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def _until(self, look: Callable[[], Record | None]) -> Record:
        while (found := look()) is None:
            if self._closed:
                raise LogClosedError
            await self._changed.wait()
        return found

    @staticmethod
    def _nth(records: list[Record], count: int) -> Record | None:
        return records[count - 1] if len(records) >= count else None


def _hider(secrets: Iterable[str]) -> Callable[[str], str]:
    known = [secret for secret in secrets if secret]

    def hide(text: str) -> str:
        for secret in known:
            text = text.replace(secret, _HIDDEN)
        return _SECRET_VALUE.sub(rf"\1\2{_HIDDEN}", text)

    return hide
