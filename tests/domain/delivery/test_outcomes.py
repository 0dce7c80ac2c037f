"""A refusal in one line: what the service said, and that it said it."""

from __future__ import annotations

import pytest

from timer_app.domain.delivery.outcomes import Refused


@pytest.mark.parametrize(
    ("refused", "line"),
    [
        (Refused(422, ("It is deleted.",)), "It is deleted. (HTTP 422)"),
        (Refused(422, ("One.", "Two.")), "One. Two. (HTTP 422)"),
        (Refused(403, ()), "without a word (HTTP 403)"),
        (Refused(None, ("No id is known.",)), "No id is known."),
        (Refused(None, ()), "without a word"),
    ],
)
def test_the_reason(refused: Refused, line: str) -> None:
    assert refused.reason == line
