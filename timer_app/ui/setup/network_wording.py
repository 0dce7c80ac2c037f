"""What a check of a service found, and how the keyring is, for the pages of the settings."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication

from timer_app.domain.messages import KeyringMessageId, absent_keyring
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.domain.user_message import UserMessage, fill
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.desktop_status import KeyringState
from timer_app.ui.view import ServiceLine
from timer_app.ui.wording import (
    join_sentences,
    keyring_remedy,
    message_text,
    service_name,
    service_status_sentence,
)

translate = QCoreApplication.translate  # by this name lupdate finds the texts


def check_result(check: ServiceCheck) -> tuple[str, str]:
    """What a check found, and what to do about it ("" for nothing)."""
    name, problem = service_name(check.service), check.connection_problem
    if problem is None:
        fine = fill(_accepted(check), name, check.account, check.proxy)
        off = (join_sentences(fine, _clock(check)), _clock_remedy())
        return off if check.is_clock_off else (fine, "")
    sentence = fill(translate("Network", "%1: %2"), name, message_text(problem.message))
    return sentence, message_text(problem.remedy_message or "")


def _accepted(check: ServiceCheck) -> str:
    if check.proxy:
        return translate(
            "Network", "%1 accepts the token of %2. The connection goes through the proxy %3."
        )
    return translate("Network", "%1 accepts the token of %2.")


def _clock(check: ServiceCheck) -> str:
    seconds = round(abs(check.skew.total_seconds())) if check.skew else 0
    text = translate(
        "Network", "But this computer's clock differs from the service's by %1 min %2 s."
    )
    return fill(text, str(seconds // 60), str(seconds % 60))


def _clock_remedy() -> str:
    return translate("Network", "Let this computer set its clock by itself.")


def service_status_with_problem(line: ServiceLine) -> str:
    """The status as a sentence, with the connection problem where one is known."""
    status = service_status_sentence(line)
    if line.connection_problem is None or line.keyring:
        return status
    return join_sentences(status, message_text(line.connection_problem.message))


def password_status(state: KeyringProblem | None) -> str:
    """Whether the proxy's password is kept: None for yes."""
    if state is None:
        return translate("Network", "A password is kept in the keyring.")
    if state is KeyringProblem.EMPTY:
        return translate("Network", "No password is kept.")
    return keyring_problem_text(state)


def keyring_problem_text(problem: KeyringProblem) -> str:
    """Why the keyring cannot be asked, and what to do."""
    if problem is KeyringProblem.UNSAFE:  # the message of the command line names what chose it
        return keyring_remedy(KeyringState.UNSAFE)
    message_id = {
        KeyringProblem.LOCKED: KeyringMessageId.LOCKED,
        KeyringProblem.DISMISSED: KeyringMessageId.DISMISSED,
        KeyringProblem.ABSENT: absent_keyring(sys.platform),
        KeyringProblem.SILENT: KeyringMessageId.PROMPTING,
        KeyringProblem.OUTSIDE_SESSION: KeyringMessageId.OUTSIDE_SESSION,
    }.get(problem, KeyringMessageId.BROKEN)
    return message_text(UserMessage(message_id))
