"""What the core says no to. Each error names what was wrong and where, in one plain sentence."""

from __future__ import annotations


class BadInput(ValueError):
    """Something a person typed or pasted cannot be used; the text says what and why."""


class NotPossible(Exception):
    """The request makes sense, but not now; nothing has changed. The text says why."""
