"""What was found about the way to a service, as translated sentences. Types come in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.services.checking import Check
from timer_app.services.ports import KeyringTrouble
from timer_app.ui import reasons
from timer_app.ui.wording import filled, joined, service_name

translate = QCoreApplication.translate  # by this name lupdate finds the texts


def found(check: Check) -> tuple[str, str]:
    """What a check found, and what to do about it ("" for nothing)."""
    name = service_name(check.service)
    if check.obstacle is None:
        fine = filled(_accepted(check), name, check.account, check.proxy)
        off = (joined(fine, _clock(check)), _clock_remedy())
        return off if check.clock_is_off else (fine, "")
    sentence = _sentence(check.obstacle, check.keyring)
    return filled(translate("Network", "%1: %2"), name, sentence), _remedy(check.obstacle)


def _accepted(check: Check) -> str:
    if check.proxy:
        return translate(
            "Network", "%1 accepts the token of %2. The way leads through the proxy %3."
        )
    return translate("Network", "%1 accepts the token of %2.")


def _clock(check: Check) -> str:
    seconds = round(abs(check.skew.total_seconds())) if check.skew else 0
    text = translate(
        "Network", "But this computer's clock differs from the service's by %1 min %2 s."
    )
    return filled(text, str(seconds // 60), str(seconds % 60))


def _clock_remedy() -> str:
    return translate("Network", "Let this computer set its clock by itself.")


def _sentence(obstacle: Obstacle, keyring: KeyringTrouble | None) -> str:
    if obstacle.trouble is Trouble.TOKEN_UNAVAILABLE:
        return _no_token(keyring)
    who = (
        filled(translate("Network", "the proxy %1"), obstacle.place)
        if obstacle.at_proxy
        else obstacle.place
    )
    return filled(_sentences(obstacle.trouble), who, reasons.said(obstacle.detail))


def in_the_way(obstacle: Obstacle) -> str:
    """What keeps us from a service, to follow its name."""
    return _sentence(obstacle, None)


def _no_token(trouble: KeyringTrouble | None) -> str:
    match trouble:
        case KeyringTrouble.EMPTY:
            return translate("Network", "There is no token yet.")
        case KeyringTrouble.LOCKED:
            return translate("Network", "The keyring that holds the token is locked.")
        case KeyringTrouble.ABSENT:
            return translate("Network", "This computer has no keyring that could hold the token.")
        case KeyringTrouble.SILENT:
            return translate(
                "Network",
                "The keyring does not answer. Perhaps its window waits for your password.",
            )
        case KeyringTrouble.FAILED | None:
            return translate("Network", "The keyring failed.")


def kept(state: KeyringTrouble | None) -> str:
    """Whether the proxy's password is kept: None for yes."""
    match state:
        case None:
            return translate("Network", "A password is kept in the keyring.")
        case KeyringTrouble.EMPTY:
            return translate("Network", "No password is kept.")
        case KeyringTrouble.LOCKED:
            return translate(
                "Network", "The keyring is locked. Unlock it and open this page again."
            )
        case KeyringTrouble.ABSENT:
            return translate(
                "Network",
                "This computer has no keyring, and a password is kept nowhere else. Install one"
                " (GNOME Keyring, KWallet, KeePassXC).",
            )
        case KeyringTrouble.SILENT:
            return translate(
                "Network",
                "The keyring does not answer. Perhaps its window waits for your password.",
            )
        case KeyringTrouble.FAILED:
            return translate("Network", "The keyring failed. Try again.")


def _sentences(trouble: Trouble) -> str:
    return {
        Trouble.NOT_SET_UP: translate("Network", "not set up."),
        Trouble.TOKEN_UNAVAILABLE: translate("Network", "There is no token yet."),
        Trouble.CA_FILE: translate("Network", "the certificates in %1 cannot be used (%2)."),
        Trouble.PROXY_ADDRESS: translate(
            "Network", "the address of the proxy cannot be used (%2)."
        ),
        Trouble.PROXY_PASSWORD: translate(
            "Network", "%1 wants a password, and none could be had from the keyring."
        ),
        Trouble.NAME_NOT_FOUND: translate("Network", "the name of %1 was not found."),
        Trouble.NO_ROUTE: translate("Network", "the network does not lead to %1."),
        Trouble.CONNECTION_REFUSED: translate("Network", "%1 refused the connection."),
        Trouble.NO_ANSWER: translate("Network", "%1 did not answer in time."),
        Trouble.BROKEN: translate(
            "Network", "the connection to %1 broke before anything was sent."
        ),
        Trouble.PROXY_WANTS_LOGIN: translate("Network", "%1 wants a user name and a password."),
        Trouble.PROXY_REFUSES_LOGIN: translate(
            "Network", "%1 does not accept the user name and password."
        ),
        Trouble.PROXY_DECLINES: translate("Network", "%1 does not lead there (%2)."),
        Trouble.NOT_A_PROXY: translate(
            "Network", "what answers at %1 does not work as this kind of proxy."
        ),
        Trouble.TLS: translate("Network", "no secure connection to %1 came about (%2)."),
        Trouble.CERTIFICATE_EXPIRED: translate("Network", "the certificate of %1 has expired."),
        Trouble.CERTIFICATE_NOT_YET_VALID: translate(
            "Network", "the certificate of %1 is not valid yet."
        ),
        Trouble.CERTIFICATE_OF_ANOTHER_NAME: translate(
            "Network", "the certificate of %1 is for another name."
        ),
        Trouble.CERTIFICATE_UNKNOWN_AUTHORITY: translate(
            "Network", "nobody whom this computer trusts vouches for the certificate of %1."
        ),
        Trouble.CERTIFICATE_REVOKED: translate("Network", "the certificate of %1 was revoked."),
        Trouble.CERTIFICATE_UNSOUND: translate(
            "Network", "the certificate of %1 is not sound (%2)."
        ),
        Trouble.SENT_ELSEWHERE: translate(
            "Network", "%1 sends everybody on to %2. The token did not follow."
        ),
        Trouble.NOT_THE_SERVICE: translate(
            "Network", "what answers at %1 is another server or a login page."
        ),
        Trouble.TOKEN_REFUSED: translate("Network", "%1 does not accept the token."),
        Trouble.ASKS_TO_WAIT: translate("Network", "%1 asks for fewer requests."),
        Trouble.SERVICE_FAILED: translate("Network", "%1 answers, but has trouble of its own."),
        Trouble.SERVICE_REFUSES: translate("Network", "%1 says no: %2"),
    }[trouble]


def _remedy(obstacle: Obstacle) -> str:
    if obstacle.at_proxy:
        at_proxy = {
            Trouble.NAME_NOT_FOUND: translate("Network", "Check the proxy's address above."),
            Trouble.CONNECTION_REFUSED: translate(
                "Network", "Check the proxy's address and port above."
            ),
            Trouble.NO_ANSWER: translate("Network", "Check the proxy's address and port above."),
            Trouble.BROKEN: translate("Network", "Check the proxy's address and kind above."),
            Trouble.TLS: translate("Network", "Check the proxy's address and kind above."),
        }.get(obstacle.trouble)
        if at_proxy:
            return at_proxy
    return _remedies().get(obstacle.trouble, "")


def _remedies() -> dict[Trouble, str]:
    login_page = translate(
        "Network",
        "Check the service's address. On a network with a login page (a hotel, a train), open any"
        " web page in a browser and log in there first.",
    )
    name_a_proxy = translate(
        "Network", "Check the network. Where only a proxy leads outside, name it above."
    )
    clock = translate("Network", "Check this computer's clock, and let it set itself.")
    return {
        Trouble.TOKEN_UNAVAILABLE: translate("Network", "Enter it in the service's settings."),
        Trouble.CA_FILE: translate("Network", "Choose another file above, or none."),
        Trouble.PROXY_ADDRESS: translate("Network", "Write it as proxy.example:3128 above."),
        Trouble.PROXY_PASSWORD: translate("Network", "Enter the proxy's password above."),
        Trouble.NAME_NOT_FOUND: translate(
            "Network", "Check the service's address, and that this computer is on the network."
        ),
        Trouble.NO_ROUTE: translate("Network", "Check the cable, the Wi-Fi or the VPN."),
        Trouble.CONNECTION_REFUSED: name_a_proxy,
        Trouble.NO_ANSWER: name_a_proxy,
        Trouble.BROKEN: name_a_proxy,
        Trouble.PROXY_WANTS_LOGIN: translate("Network", "Enter both above."),
        Trouble.PROXY_REFUSES_LOGIN: translate("Network", "Enter both again above."),
        Trouble.PROXY_DECLINES: translate(
            "Network", "Ask whoever runs the proxy whether it lets you out."
        ),
        Trouble.NOT_A_PROXY: translate(
            "Network", "Choose another kind of proxy above, or check its port."
        ),
        Trouble.TLS: translate("Network", "Check the service's address and port."),
        Trouble.CERTIFICATE_EXPIRED: clock,
        Trouble.CERTIFICATE_NOT_YET_VALID: clock,
        Trouble.CERTIFICATE_OF_ANOTHER_NAME: login_page,
        Trouble.CERTIFICATE_UNKNOWN_AUTHORITY: translate(
            "Network",
            "If your company inspects connections, ask it for its CA certificate (a PEM file) and"
            " choose that above.",
        ),
        Trouble.CERTIFICATE_REVOKED: translate(
            "Network", "Do not go on; tell whoever runs the service."
        ),
        Trouble.CERTIFICATE_UNSOUND: translate("Network", "Tell whoever runs the service."),
        Trouble.SENT_ELSEWHERE: login_page,
        Trouble.NOT_THE_SERVICE: login_page,
        Trouble.TOKEN_REFUSED: translate("Network", "Enter a new one in the service's settings."),
        Trouble.ASKS_TO_WAIT: translate("Network", "Nothing to do: it is tried again by itself."),
        Trouble.SERVICE_FAILED: translate("Network", "Nothing to do: it is tried again by itself."),
        Trouble.SERVICE_REFUSES: translate("Network", "Check what the token may do."),
    }
