"""It is midday for whole cores: no entry of a few hours meets midnight, whenever tests run."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.support.midday import midday_zone, zone_name


@pytest.fixture(autouse=True)
def at_midday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """For the C library, too."""
    monkeypatch.setenv("TZ", zone_name(midday_zone()))
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
