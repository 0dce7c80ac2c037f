"""Somebody who notes what a page of the settings wants."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest


@dataclass
class Changes:
    """Implements SettingsIntents: notes each change, and refuses with `reason` if it has one."""

    reason: str = ""
    wanted: list[tuple[str, str]] = field(default_factory=list)

    def change(self, key: str, typed: str) -> str:
        """See SettingsIntents."""
        self.wanted.append((key, typed))
        return self.reason


@pytest.fixture
def changes() -> Changes:
    """Who notes what is wanted."""
    return Changes()
