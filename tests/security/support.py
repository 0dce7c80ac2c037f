"""What the tests of all promises share."""

from __future__ import annotations

from collections.abc import Callable


def refusal(work: Callable[[], object], error: type[Exception]) -> str:
    """Why `work` was refused, "" if it was not; any other error than `error` is raised."""
    why: str | None = None
    try:
        work()
    except error as refused:
        why = str(refused)
    assert why != "", f"{error.__name__} says nothing"
    return why or ""
