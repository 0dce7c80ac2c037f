"""What is said of a service's account while it is set up, as translated sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timer_app.domain.markup import escape
from timer_app.domain.messages import ConnectionProblemKind
from timer_app.domain.service import Service
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.domain.user_message import fill
from timer_app.services.setup.checks import ServiceCheck
from timer_app.ui.setup import network_wording
from timer_app.ui.wording import join_sentences, service_name

translate = QCoreApplication.translate  # by this name lupdate finds the texts

_AT_ADDRESS = (
    ConnectionProblemKind.NAME_NOT_FOUND,
    ConnectionProblemKind.UNEXPECTED_SERVER,
    ConnectionProblemKind.REDIRECTED,
    ConnectionProblemKind.CERTIFICATE_NAME_MISMATCH,
)
_BY_ITSELF = (
    ConnectionProblemKind.TOKEN_REFUSED,
    ConnectionProblemKind.ASKED_TO_WAIT,
    ConnectionProblemKind.SERVICE_FAILED,
    ConnectionProblemKind.SERVICE_REFUSES,
)

REDIRECT_URI = "urn:ietf:wg:oauth:2.0:oob"
"""What TimeCrowd asks for when an application is made whose token is copied by hand."""


def check_result(check: ServiceCheck) -> str:
    """What a check found, and what to do about it on this page."""
    if check.connection_problem is None and not (check.proxy or check.is_clock_off):
        return fill(translate("Account", "Connected as %1."), check.account)
    sentence, remedy = network_wording.check_result(check)
    if check.connection_problem is not None:
        remedy = _remedy(check.connection_problem, remedy)
    return join_sentences(sentence, remedy)


def _remedy(connection_problem: ConnectionProblem, of_network: str) -> str:
    if connection_problem.kind is ConnectionProblemKind.TOKEN_UNAVAILABLE:
        return ""
    if connection_problem.kind is ConnectionProblemKind.NOT_SET_UP:
        return translate("Account", "Enter the address.")
    if connection_problem.kind in _BY_ITSELF or (
        connection_problem.kind in _AT_ADDRESS and not connection_problem.at_proxy
    ):
        return of_network
    return translate("Account", "The page “Network” of the settings helps to find the cause.")


def token_status(state: KeyringProblem | None) -> str:
    """Whether the token is kept: None for yes."""
    if state is None:
        return translate("Account", "A token is kept in the keyring. It is never shown.")
    if state is KeyringProblem.EMPTY:
        return translate("Account", "No token is kept yet.")
    return network_wording.keyring_problem_text(state)


def asking_service(service: Service) -> str:
    """Nobody has answered yet."""
    return fill(translate("Account", "Asking %1…"), service_name(service))


def token_not_saved() -> str:
    """What became of a token that the service refuses."""
    return translate("Account", "The token was not kept.")


def token_saved_unchecked() -> str:
    """What became of a token that could not be tried."""
    return translate("Account", "The token is kept, and is tried again once this is fixed.")


def list_unavailable() -> str:
    """A list could not be had."""
    return translate("Account", "The list could not be loaded. You can type the number.")


def token_instructions(service: Service, address: str) -> str:
    """The way to a token, as rich text with a link to the page for it; "" without an address."""
    if not address:
        return ""
    match service:
        case Service.TIMECROWD:
            template = translate(
                "Account",
                "Make an application on the page %1, with the redirect URI %2. Open it, press %3"
                " and then %4, and copy the access token.",
            )
            page, uri = token_page(service, address), REDIRECT_URI
            # What TimeCrowd itself writes on the buttons, in every language.
            return fill(escape(template), _link(page), uri, "「新しいトークン」", "「発行」")
        case Service.KAITEN:
            template = translate(
                "Account", "Make a key on the page %1 of your profile, and copy it."
            )
            return fill(escape(template), _link(token_page(service, address)))


def token_page(service: Service, address: str) -> str:
    """Where a token is made."""
    match service:
        case Service.TIMECROWD:
            return f"{address}/oauth/applications"
        case Service.KAITEN:
            return f"{address}/profile/api-key"


def _link(address: str) -> str:
    shown = escape(address)
    return f'<a href="{shown}">{shown}</a>'
