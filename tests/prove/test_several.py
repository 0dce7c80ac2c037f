"""A short form of the proof with several computers; `make prove` plays it by the thousand."""

from __future__ import annotations

import pytest

from tests.prove.several import play
from tests.support.logs import LogGuard


@pytest.mark.parametrize(
    ("seed", "computers", "with_harm"),
    [
        (1, 1, False),
        (4, 2, False),
        (3, 3, False),
        (61, 3, True),
        (100, 2, True),
        (116, 2, True),
    ],
)
def test_nothing_is_lost_doubled_or_wrong(
    logs: LogGuard, seed: int, computers: int, *, with_harm: bool
) -> None:
    logs.allow("were being sent when a process ended")
    scene = play(seed, computers, 14, with_cards=True, with_harm=with_harm)
    try:
        assert (scene.lost(), scene.doubled(), scene.wrong()) == ([], [], [])
        assert scene.counts.entries > 1
    finally:
        scene.close()
