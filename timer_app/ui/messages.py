"""Messages of the catalogue (`domain/messages.py`) and errors, in the windows' language."""

from __future__ import annotations

from timer_app.domain.audit.rows import AuditRow
from timer_app.domain.delivery.outbox import Delivery, DeliveryState
from timer_app.domain.delivery.outcomes import call_problem_message
from timer_app.domain.delivery.own_messages import find_own_message
from timer_app.domain.delivery.service_messages import DeleteLog, LogTime
from timer_app.domain.errors import DomainError
from timer_app.domain.messages import DeliveryMessageId, SettingMessageId
from timer_app.domain.service import Service
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.ui.wording import join_sentences, message_text, service_name


def error_text(error: Exception, service: Service = Service.KAITEN) -> str:
    """Why; in English where it is nothing that a window can meet.

    `service` is the one that was asked, if one was.
    """
    if isinstance(error, ServiceCallError):
        return message_text(call_problem_message(error.outcome, service_name(service)))
    return message_text(error.message) if isinstance(error, DomainError) else str(error)


def delivery_error_text(delivery: Delivery) -> str:
    """Why it is held up: in the service's own words where it said any, else in ours."""
    match delivery.message:
        case LogTime(similar_log=log_id) if log_id:
            return message_text(UserMessage(DeliveryMessageId.SIMILAR_LOG, log_id))
        case DeleteLog(asks=True) if delivery.state is DeliveryState.BLOCKED:
            return message_text(UserMessage(DeliveryMessageId.DELETED_ELSEWHERE))
        case _:
            pass
    if delivery.state is DeliveryState.UNKNOWN:
        return message_text(UserMessage(DeliveryMessageId.MAYBE_ARRIVED))
    return _error_words(delivery)


def _error_words(delivery: Delivery) -> str:
    if (own := find_own_message(delivery.error)) is not None:
        return message_text(own)
    if delivery.refused_status is None:
        return message_text(UserMessage(DeliveryMessageId.NOT_SENT)) if delivery.error else ""
    if delivery.is_refused_without_message:
        return message_text(UserMessage(DeliveryMessageId.NO_REASON, delivery.refused_status))
    return delivery.error


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
