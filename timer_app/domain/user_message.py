"""Sentences of ours that are no errors, and parts of sentences.

Apart from errors.py, which every command imports, and which therefore needs no dataclasses.
"""

from __future__ import annotations

from dataclasses import dataclass

from timer_app.domain.errors import MessageId


@dataclass(frozen=True, slots=True)
class UserMessage:
    """A sentence that is no error, or a part of one; a value can be a part by itself."""

    id: MessageId
    values: tuple[str | UserMessage, ...] = ()

    def __str__(self) -> str:
        """In English, for the command line and for reports; windows translate the kind."""
        return str(self.id.value).format(*self.values)


def user_message(kind: MessageId, *values: object) -> UserMessage:
    """What is said, with its values as they are shown."""
    return UserMessage(
        kind, tuple(each if isinstance(each, UserMessage) else str(each) for each in values)
    )
