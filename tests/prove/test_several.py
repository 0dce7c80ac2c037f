"""A short form of the proof with several computers; `make prove` plays it by the thousand."""

from __future__ import annotations

import pytest

from tests.prove.several import play


@pytest.mark.parametrize(
    ("seed", "computers", "with_cards"), [(1, 1, True), (3, 1, True), (2, 2, False), (4, 2, False)]
)
def test_nothing_is_lost_doubled_or_wrong(seed: int, computers: int, *, with_cards: bool) -> None:
    scene = play(seed, computers, 10, with_cards=with_cards, with_harm=False)
    try:
        assert (scene.lost(), scene.doubled(), scene.wrong()) == ([], [], [])
        assert scene.counts.entries > 2
    finally:
        scene.close()
