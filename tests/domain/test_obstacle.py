"""Every obstacle has a sentence, and what a person must mend has a remedy."""

from __future__ import annotations

import re

import pytest

from timer_app.domain.obstacle import Obstacle, Trouble

SAID_BY_OTHERS = {Trouble.NOT_SET_UP, Trouble.TOKEN_UNAVAILABLE, Trouble.TOKEN_REFUSED,
                  Trouble.PROXY_PASSWORD}  # fmt: skip
"""What is to be done is in the detail, or depends on the service."""


@pytest.mark.parametrize("at_proxy", [False, True])
@pytest.mark.parametrize("trouble", Trouble)
def test_a_sentence_and_a_remedy(trouble: Trouble, at_proxy: bool) -> None:  # noqa: FBT001
    obstacle = Obstacle(trouble, "a.example", at_proxy=at_proxy, detail="5 seconds")
    assert obstacle.sentence
    assert bool(obstacle.remedy) or trouble in SAID_BY_OTHERS
    assert not re.search(r"[{}]", obstacle.sentence + obstacle.remedy)
    assert obstacle.reason in (obstacle.sentence, f"{obstacle.sentence} {obstacle.remedy}")


def test_a_place_with_braces_is_left_as_it_is() -> None:
    """The path of a file may hold anything."""
    obstacle = Obstacle(Trouble.CA_FILE, "/tmp/{x}.pem", detail="it is {empty}")
    assert obstacle.sentence == "The certificates in /tmp/{x}.pem cannot be used: it is {empty}."
    assert obstacle.remedy in obstacle.reason
