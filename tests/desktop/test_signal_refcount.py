"""Guards the pin on PySide6.

PySide6 6.12.0 on Python 3.11 loses a reference to True on every Signal.emit, and the interpreter
aborts after some 590 of them.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal

EMITS = 2_000
NOISE = 50  # other code holds and lets go of True meanwhile


class Emitter(QObject):
    """One signal of the kind every widget has."""

    happened = Signal(bool)


def test_emitting_loses_no_reference_to_true() -> None:
    emitter = Emitter()
    emits = 0

    def count(_on: bool) -> None:  # noqa: FBT001  # what the signal carries; it must not be kept
        nonlocal emits
        emits += 1

    emitter.happened.connect(count)
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        emitter.happened.emit(True)
    assert emits == EMITS
    assert sys.getrefcount(True) > before - NOISE
