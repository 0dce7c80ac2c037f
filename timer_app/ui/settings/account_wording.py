"""What is said of a service's account while it is set up, as translated sentences."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from timer_app.domain.delivery import Service
from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.services.checking import Check
from timer_app.services.ports import KeyringTrouble
from timer_app.ui.settings import network_wording
from timer_app.ui.wording import filled, joined, service_name

translate = QCoreApplication.translate  # by this name lupdate finds the texts

_AT_ADDRESS = (
    Trouble.NAME_NOT_FOUND,
    Trouble.NOT_THE_SERVICE,
    Trouble.SENT_ELSEWHERE,
    Trouble.CERTIFICATE_OF_ANOTHER_NAME,
)
_BY_ITSELF = (Trouble.ASKS_TO_WAIT, Trouble.SERVICE_FAILED, Trouble.SERVICE_REFUSES)


def found(check: Check) -> str:
    """What a check found, and what to do about it on this page."""
    sentence, remedy = network_wording.found(check)
    if check.obstacle is not None:
        remedy = _remedy(check.obstacle, remedy)
    return joined(sentence, remedy)


def _remedy(obstacle: Obstacle, of_network: str) -> str:
    if obstacle.trouble in (Trouble.TOKEN_REFUSED, Trouble.TOKEN_UNAVAILABLE):
        return translate("Account", "Enter a new one.")
    if obstacle.trouble is Trouble.NOT_SET_UP:
        return translate("Account", "Enter the address.")
    if obstacle.trouble in _BY_ITSELF or (
        obstacle.trouble in _AT_ADDRESS and not obstacle.at_proxy
    ):
        return of_network
    return translate("Account", "The page “Network” of the settings helps to find the cause.")


def kept(state: KeyringTrouble | None) -> str:
    """Whether the token is kept: None for yes."""
    match state:
        case None:
            return translate("Account", "A token is kept in the keyring. It is never shown.")
        case KeyringTrouble.EMPTY:
            return translate("Account", "No token is kept yet.")
        case KeyringTrouble.LOCKED:
            return translate("Account", "The keyring is locked. Unlock it, then check again.")
        case KeyringTrouble.ABSENT:
            return translate(
                "Account",
                "This computer has no keyring, and a token is kept nowhere else. Install one"
                " (GNOME Keyring, KWallet, KeePassXC). What you record meanwhile is safe.",
            )
        case KeyringTrouble.SILENT:
            return translate(
                "Account",
                "The keyring does not answer. Perhaps its window waits for your password.",
            )
        case KeyringTrouble.FAILED:
            return translate("Account", "The keyring failed. Try again.")


def asking(service: Service) -> str:
    """Nobody has answered yet."""
    return filled(translate("Account", "Asking %1…"), service_name(service))


def not_kept() -> str:
    """What became of a token that the service refuses."""
    return translate("Account", "The token was not kept.")


def kept_unchecked() -> str:
    """What became of a token that could not be tried."""
    return translate("Account", "The token is kept all the same, and is tried when that is mended.")


def no_list() -> str:
    """A list could not be had."""
    return translate("Account", "The list could not be had. You can type the number.")


def how(service: Service, address: str) -> str:
    """The way to a token, as rich text with a link to the page for it; "" without an address."""
    if not address:
        return ""
    match service:
        case Service.TIMECROWD:
            said = translate(
                "Account",
                "Make an application on the page %1, with the redirect URI %2. Open it, press %3"
                " and then %4, and copy the access token.",
            )
            page, uri = f"{address}/oauth/applications", "urn:ietf:wg:oauth:2.0:oob"
            # What TimeCrowd itself writes on the buttons, in every language.
            return filled(escape(said), _link(page), uri, "「新しいトークン」", "「発行」")
        case Service.KAITEN:
            said = translate("Account", "Make a key on the page %1 of your profile, and copy it.")
            return filled(escape(said), _link(f"{address}/profile/api-key"))


def _link(address: str) -> str:
    shown = escape(address)
    return f'<a href="{shown}">{shown}</a>'
