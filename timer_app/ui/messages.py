"""Messages of the catalogue (`domain/messages.py`) and errors, in the windows' language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timer_app.domain.audit.rows import AuditRow
from timer_app.domain.delivery.outbox import Delivery, Service
from timer_app.domain.delivery.outcomes import (
    NotSent,
    NotSentCause,
    OutcomeUnknown,
    Refused,
    Unauthorized,
)
from timer_app.domain.errors import DomainError
from timer_app.domain.messages import SettingMessageId
from timer_app.domain.user_message import UserMessage, fill
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.ui.wording import join_sentences, message_text, service_name

translate = QCoreApplication.translate  # by this name lupdate finds the texts


def error_text(error: Exception) -> str:
    """Why; in English where it is nothing that a window can meet."""
    if isinstance(error, ServiceCallError):
        return _of_kaiten(error.outcome)
    return message_text(error.message) if isinstance(error, DomainError) else str(error)


def delivery_error_text(delivery: Delivery) -> str:
    """Why it is held up: in the service's own words, or that it had none."""
    if not delivery.is_refused_without_message:
        return delivery.error
    said = translate("Reasons", "No reason was given (HTTP %1).")
    return fill(said, str(delivery.refused_status))


def audit_row_text(row: AuditRow) -> str:
    """What an audit says of a row."""
    return join_sentences(*map(message_text, row.sentences))


def setting_error_text(error: Exception) -> str:
    """Why a setting was not taken, without the key: the field that it is said below names that."""
    cause = error.__cause__
    return error_text(cause if isinstance(cause, DomainError) else error)


def settings_file_error_text(error: DomainError) -> str:
    """The settings file cannot be used: what is wrong, and where."""
    return message_text(UserMessage(SettingMessageId.IN_FORCE, error.message))


def _of_kaiten(outcome: NotSent | OutcomeUnknown | Unauthorized | Refused) -> str:
    """A window asks Kaiten alone. What it says itself is left in its own words."""
    name = service_name(Service.KAITEN)
    match outcome:
        case NotSent(connection_problem=connection_problem) if connection_problem is not None:
            return fill(
                translate("Reasons", "%1: %2"), name, message_text(connection_problem.message)
            )
        case NotSent(cause=NotSentCause.RATE_LIMITED):
            return fill(translate("Reasons", "%1 asks for fewer requests."), name)
        case NotSent() | OutcomeUnknown():
            return fill(translate("Reasons", "%1 did not answer."), name)
        case Unauthorized():
            return fill(translate("Reasons", "%1 has no token, or does not accept it."), name)
        case Refused():
            return _refused(outcome, name)


def _refused(outcome: Refused, name: str) -> str:
    said = " ".join(outcome.messages)
    if outcome.status is None:
        return fill(translate("Reasons", "%1: %2"), name, said)
    status = str(outcome.status)
    if said:
        return fill(translate("Reasons", "%1: %2 (HTTP %3)"), name, said, status)
    return fill(translate("Reasons", "%1 refused without a word (HTTP %2)."), name, status)
