"""A world for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The services on a fresh journal."""
    world = World(tmp_path)
    yield world
    world.journal.close()
