"""What a service offers to choose from, and whose token it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list a service offers: a team, a category, a role."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Account:
    """Whose token it is."""

    id: int
    name: str
