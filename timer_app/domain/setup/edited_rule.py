"""A rule of the settings as a person has changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditedRule:
    """A rule as it is to be; `origin` is its place in the file now, from 0, None for a new one."""

    rule: Mapping[str, int]
    origin: int | None = None
