"""How a call to a service can end. None of the outcomes is called "failed".

| what happened                                                   | outcome        |
| could not connect, failure before the request left, 429         | NotSent        |
| break or timeout after sending began, any 5xx, unreadable 2xx   | OutcomeUnknown |
| 401, or no token that could be sent                             | Unauthorized   |
| 400 402 403 404 422, a redirect                                 | Refused        |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from timer_app.domain.delivery.own_messages import find_own_message
from timer_app.domain.entries.card import Card
from timer_app.domain.messages import CallMessageId, OutcomeMessageId, RefusalMessageId
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.user_message import UserMessage


@dataclass(frozen=True, slots=True)
class RemoteEntry:
    """A TimeCrowd time entry as its answers show it; instants are aware UTC."""

    id: str
    task_id: str
    started_at: datetime
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class RemoteLog:
    """A Kaiten time log; `minutes` and `comment` where it was read from a list."""

    id: str
    minutes: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """The service confirms that the record is gone."""


@dataclass(frozen=True, slots=True)
class NothingToRemove:
    """The suspected duplicate exists only once: nothing was removed."""


@dataclass(frozen=True, slots=True)
class FoundCard:
    """Kaiten shows the card that a key names."""

    card: Card


@dataclass(frozen=True, slots=True)
class Commented:
    """TimeCrowd took the comment of that entry."""

    entry_id: str


ServiceAnswer = RemoteEntry | RemoteLog | Removed | NothingToRemove | FoundCard | Commented


class NotSentCause(Enum):
    """Why a request was not sent."""

    OFFLINE = "offline"
    RATE_LIMITED = "rate_limited"
    QUIT = "quit"
    """The app was quit before the keyring answered; says nothing about the service."""


@dataclass(frozen=True, slots=True)
class Done:
    """The service answered; `server_time` is its clock from the Date header, if it sent one.

    `found`: the service held it already, nothing had to be sent.
    """

    answer: ServiceAnswer
    server_time: datetime | None = None
    found: bool = False


@dataclass(frozen=True, slots=True)
class NotSent:
    """The service certainly did not act: safe to repeat after `retry_after`.

    `connection_problem` is the cause, if it is known.
    """

    cause: NotSentCause
    reason: str
    retry_after: timedelta | None = None
    connection_problem: ConnectionProblem | None = None


@dataclass(frozen=True, slots=True)
class OutcomeUnknown:
    """The service may or may not have acted: match before repeating."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unauthorized:
    """The service does not accept the token, or there is none to send."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The service refused.

    `messages` are its own, as they came; `status` is None for a refusal of ours. `redirect_host`
    is the host of a redirect, "" if there was none.
    """

    status: int | None
    messages: tuple[str, ...]
    redirect_host: str = ""

    @property
    def reason(self) -> str:
        """The refusal in one line."""
        text = " ".join(self.messages) or "without a word"
        return f"{text} (HTTP {self.status})" if self.status is not None else text


_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", ",", "。", "！", "？")


def call_problem_message(  # noqa: PLR0911 - one for each outcome
    outcome: NotSent | OutcomeUnknown | Unauthorized | Refused, service_name: str
) -> UserMessage:
    """The message for a call without an answer. A service's own messages are not changed."""
    match outcome:
        case NotSent(connection_problem=ConnectionProblem() as problem):
            return UserMessage(CallMessageId.CONNECTION_PROBLEM, service_name, problem.message)
        case NotSent(NotSentCause.RATE_LIMITED, reason):
            own = find_own_message(reason)
            if own is not None and own.id is OutcomeMessageId.FEWER_REQUESTS:
                return own  # it is the same message
            return UserMessage(CallMessageId.RATE_LIMITED, service_name, reason)
        case NotSent(reason=reason):
            return UserMessage(CallMessageId.NO_ANSWER, service_name, reason)
        case OutcomeUnknown(reason):
            return _unanswered_query(reason, service_name)
        case Unauthorized(reason):
            return UserMessage(CallMessageId.UNAUTHORIZED, service_name, reason)
        case Refused():
            return _refusal_message(outcome, service_name)


_QUERY_MESSAGES = {
    OutcomeMessageId.NO_ANSWER: CallMessageId.TOO_SLOW,
    OutcomeMessageId.TOO_LARGE: CallMessageId.TOO_LARGE,
    OutcomeMessageId.BROKE: CallMessageId.BROKE,
    OutcomeMessageId.FAILED: CallMessageId.FAILED,
}
"""The messages for queries, which change nothing: it does not matter whether they arrived."""


def _unanswered_query(reason: str, service_name: str) -> UserMessage:
    own = find_own_message(reason)
    if own is None:
        return UserMessage(CallMessageId.NO_ANSWER, service_name, reason)
    message_id = own.id
    if isinstance(message_id, OutcomeMessageId):
        return UserMessage(_QUERY_MESSAGES.get(message_id, message_id), *own.values)
    return own


def _joined(messages: tuple[str, ...]) -> str:
    """Sentences in one line: one that has no end gets a full stop before the next."""
    ended = [
        each if each.rstrip().endswith(_SENTENCE_ENDS) else f"{each.rstrip()}."
        for each in messages[:-1]
    ]
    return " ".join([*ended, *messages[-1:]])


def _refusal_message(refused: Refused, service_name: str) -> UserMessage:
    status, words = refused.status, _joined(refused.messages)
    if status is None:
        return find_own_message(words) or UserMessage(
            CallMessageId.CONNECTION_PROBLEM, service_name, words
        )
    own = find_own_message(words)
    if own is not None and not isinstance(own.id, RefusalMessageId):
        return own
    if not words:
        return UserMessage(CallMessageId.REFUSED_WORDLESS, service_name, status)
    return UserMessage(CallMessageId.REFUSED, service_name, own or words, status)


Outcome = Done | NotSent | OutcomeUnknown | Unauthorized | Refused


@dataclass(frozen=True, slots=True)
class CardLog:
    """A time log as Kaiten lists it; `reference` is that of its entry, "" for none.

    `created_at` is by Kaiten's clock, None if it is not shown.
    """

    id: str
    minutes: int
    for_date: date
    comment: str
    reference: str = ""
    created_at: datetime | None = None
