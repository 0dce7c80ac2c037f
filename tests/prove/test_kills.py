"""A few of the kills of `make prove`, for every run of the tests."""

from __future__ import annotations

import pytest

from tests.prove.kills import SHORT_CASES, kill_everywhere


@pytest.mark.slow
@pytest.mark.desktop
def test_whatever_is_killed_each_entry_is_delivered_once() -> None:
    """What is not as promised is printed, and stands in the captured output."""
    counts = kill_everywhere(long=False)
    assert counts.clean, counts
    assert counts.kills >= SHORT_CASES, counts
    assert counts.entries, counts
