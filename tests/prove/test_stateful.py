"""The short draw of the stateful proof; `make prove` plays the long one."""

from __future__ import annotations

import pytest

from tests.prove import stateful
from tests.support.logs import LogGuard

EXPECTED_LINES = (
    "deliveries=[0-9]+ were being sent when a process ended",
    "journal unwritable: ",
    "not tried again: ",
    "delivering ended: the journal cannot be written",
    "remote change not applied",
)


@pytest.mark.slow
def test_whatever_happens_each_entry_is_in_each_service_exactly_once(logs: LogGuard) -> None:
    for line in EXPECTED_LINES:
        logs.allow(line)
    counts = stateful.play(long=False)
    assert (counts.lost, counts.doubled, counts.wrong) == (0, 0, 0)
    assert counts.faults > 50
    assert counts.kills > 0
