"""What the core says no to. Each error carries a message: what was wrong and where."""

from __future__ import annotations

from timer_app.domain.user_message import MessageId, UserMessage, visible

_MOST_SHOWN = 500


class DomainError(Exception):
    """A refusal. `message` is the text for people; windows translate it.

    Values are shown so that invisible letters in them are seen.
    """

    def __init__(self, message_id: MessageId, *values: str | UserMessage) -> None:
        shown = (_shown(each) if isinstance(each, str) else each for each in values)
        self.message = UserMessage(message_id, *shown)
        super().__init__(str(self.message))

    @property
    def message_id(self) -> MessageId:
        """The message's id, which code uses to tell errors apart."""
        return self.message.id


def _shown(value: str) -> str:
    """What was typed, or a name: nobody reads a sentence of thousands of letters."""
    text = visible(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


class BadInput(DomainError, ValueError):
    """Something a person typed or pasted cannot be used; the text says what and why."""


class NotPossible(DomainError):
    """The request makes sense, but not now; nothing has changed. The text says why."""


class JournalError(DomainError):
    """The journal could not be read or written; nothing has changed. The text says why."""


def error_message(error: Exception) -> str | UserMessage:
    """What an error says, as a value for another message; of another library's its kind alone."""
    if isinstance(error, DomainError):
        return error.message
    if isinstance(error, OSError):
        from timer_app.domain.file_problems import file_problem  # an answer must not wait for it

        return file_problem(error)
    return type(error).__name__
