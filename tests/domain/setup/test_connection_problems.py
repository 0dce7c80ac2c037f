"""Every obstacle has a sentence, and what a person must mend has a remedy."""

from __future__ import annotations

import re

import pytest

from timer_app.domain.messages import ConnectionProblemKind
from timer_app.domain.setup.connection_problems import ConnectionProblem

SAID_BY_OTHERS = {
    ConnectionProblemKind.NOT_SET_UP,
    ConnectionProblemKind.TOKEN_UNAVAILABLE,
    ConnectionProblemKind.TOKEN_REFUSED,
    ConnectionProblemKind.PROXY_PASSWORD,
}
"""What is to be done is in the detail, or depends on the service."""


@pytest.mark.parametrize("at_proxy", [False, True])
@pytest.mark.parametrize("trouble", ConnectionProblemKind)
def test_a_sentence_and_a_remedy(trouble: ConnectionProblemKind, at_proxy: bool) -> None:  # noqa: FBT001
    connection_problem = ConnectionProblem(
        trouble, "a.example", at_proxy=at_proxy, detail="5 seconds"
    )
    assert connection_problem.sentence
    assert bool(connection_problem.remedy) or trouble in SAID_BY_OTHERS
    assert not re.search(r"[{}]", connection_problem.sentence + connection_problem.remedy)
    assert connection_problem.reason in (
        connection_problem.sentence,
        f"{connection_problem.sentence} {connection_problem.remedy}",
    )


def test_a_place_with_braces_is_left_as_it_is() -> None:
    """The path of a file may hold anything."""
    connection_problem = ConnectionProblem(
        ConnectionProblemKind.CA_FILE, "/tmp/{x}.pem", detail="it is {empty}"
    )
    assert (
        connection_problem.sentence
        == "The certificates in /tmp/{x}.pem cannot be used: it is {empty}."
    )
    assert connection_problem.remedy in connection_problem.reason
