"""No act on many entries reads more at a time because they are more.

Counted in SQLite's instructions, which are the same on every machine; their time, and what a
million entries beside them add to it, is measured by `make bench`.
"""

from __future__ import annotations

from pathlib import Path

from tests.bench.long_acts import costs_of
from tests.services.fakes import NOW
from tests.support.many_entries import journal_of

FEW, MANY = 150, 450
"""Both are more than an act takes in one step."""
TOLERANCE = 1.1
"""A deeper index adds a little; a list that is read at once would add two thirds and more."""


def test_no_act_holds_the_loop_longer_for_more_entries(tmp_path: Path) -> None:
    holds = []
    for entries in (FEW, MANY):
        folder = tmp_path / str(entries)
        folder.mkdir()
        journal_of(folder, entries, NOW.date()).close()
        costs = costs_of(folder, entries)
        holds.append({name: cost.hold_instructions for name, cost in costs.items()})
    few, many = holds
    longer = {name: (few[name], many[name]) for name in few if many[name] > few[name] * TOLERANCE}
    assert not longer
    assert few.pop("audit") == 0  # a thread of its own reads for it
    assert all(few.values())
