"""A few of the kills of `make prove`, for every run of the tests."""

from __future__ import annotations

import pytest

from tests.prove.kills import kill_here_and_there
from tests.prove.stories import SHORT_DRAW, Story
from tests.prove.victim import Boundary


@pytest.mark.slow
@pytest.mark.desktop
@pytest.mark.parametrize("story", SHORT_DRAW, ids=[story.name for story in SHORT_DRAW])
def test_whatever_is_killed_each_entry_is_delivered_once(story: Story) -> None:
    """What is not as promised is printed, and stands in the captured output."""
    counts = kill_here_and_there(story)
    assert counts.clean, counts
    assert counts.kills >= len(Boundary), counts
    assert counts.entries, counts
