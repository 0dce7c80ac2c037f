"""What waited offline is counted by what both services hold of it."""

from __future__ import annotations

from tests.prove.drain import Size, measure

A_FEW = Size(deliveries=24, rate=20)


def test_each_entry_is_counted_once_in_both_services() -> None:
    measured = measure(A_FEW)
    assert (measured.faults, measured.turned_away) == ((), 0)
