"""What the core says no to. Each error names what was wrong and where, in one plain sentence."""

from __future__ import annotations

from enum import Enum


class MessageId(Enum):
    """A kind of no. A member's value is its sentence in English, with {} where its values go.

    So the command line and the log say it; windows translate the member. All are in `reasons`.
    """


class DomainError(Exception):
    """A no. A plain sentence in place of a Reason is for what only the command line can meet."""

    def __init__(self, reason: MessageId | str, *values: str) -> None:
        self.reason = reason if isinstance(reason, MessageId) else None
        self.values = values
        said = reason.value.format(*values) if isinstance(reason, MessageId) else reason
        super().__init__(said)


class BadInput(DomainError, ValueError):
    """Something a person typed or pasted cannot be used; the text says what and why."""


class NotPossible(DomainError):
    """The request makes sense, but not now; nothing has changed. The text says why."""


class JournalError(DomainError):
    """The journal could not be read or written; nothing has changed. The text says why."""
