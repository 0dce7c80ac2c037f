"""Sentences of ours that are no errors, and parts of sentences.

Apart from errors.py, which every command imports, and which therefore needs no dataclasses.
"""

from __future__ import annotations

from dataclasses import dataclass

from timer_app.domain.errors import Reason


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that is no error, or a part of one; a value can be a part by itself."""

    kind: Reason
    values: tuple[str | Said, ...] = ()

    def __str__(self) -> str:
        """In English, for the command line and for reports; windows translate the kind."""
        return str(self.kind.value).format(*self.values)


def said(kind: Reason, *values: object) -> Said:
    """What is said, with its values as they are shown."""
    return Said(kind, tuple(each if isinstance(each, Said) else str(each) for each in values))
