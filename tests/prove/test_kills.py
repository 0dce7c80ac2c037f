"""A few of the kills of `make prove`, for every run of the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.prove.kills import SHORT_CASES, kill_everywhere

if TYPE_CHECKING:
    from tests.support.logs import LogGuard


@pytest.mark.slow
@pytest.mark.desktop
def test_whatever_is_killed_each_entry_is_delivered_once(logs: LogGuard) -> None:
    """What is not as promised is printed, and stands in the captured output."""
    logs.allow("aiohttp.server: Error handling request")  # its client was killed while it spoke
    counts = kill_everywhere(long=False)
    assert counts.clean, counts
    assert counts.kills >= SHORT_CASES, counts
    assert counts.entries, counts
