"""When a sender is to stop, and queries to the services that are cancelled then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

_T = TypeVar("_T")
_DEADLINE_GRACE_SECONDS = 0.5
"""The keyring is awaited until the deadline too; after it, the message names the keyring."""


class ShouldStop(Protocol):
    """Whether to stop: nothing new is started then."""

    def __call__(self) -> bool:
        """Whether it is time."""
        ...

    def query_limit(self) -> AbstractAsyncContextManager[object]:
        """Cancel what runs within it when it is time to stop, by TimeoutError."""
        ...


@dataclass(frozen=True, slots=True)
class Deadline:
    """Stop at an instant of the loop's clock."""

    at: float

    def __call__(self) -> bool:
        return asyncio.get_running_loop().time() >= self.at

    def query_limit(self) -> asyncio.Timeout:
        return asyncio.timeout_at(self.at + _DEADLINE_GRACE_SECONDS)


@dataclass(frozen=True, slots=True)
class Quitting:
    """Stop when the event is set."""

    event: asyncio.Event

    def __call__(self) -> bool:
        return self.event.is_set()

    @asynccontextmanager
    async def query_limit(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        answered = False
        async with asyncio.timeout(None) as limit:
            stopping = loop.create_task(self.event.wait())

            def cancel_query(_: asyncio.Task[bool]) -> None:
                if not answered:  # an answer that comes at the same moment counts
                    limit.reschedule(loop.time())

            stopping.add_done_callback(cancel_query)
            try:
                yield
            finally:
                answered = True
                stopping.cancel()


async def query(call: Coroutine[Any, Any, _T], should_stop: ShouldStop) -> _T | None:
    """The answer of a service to a query, or None if it is time to stop first.

    A query changes nothing, so it is cancelled.
    """
    try:
        async with should_stop.query_limit():
            return await call
    except TimeoutError:
        return None
