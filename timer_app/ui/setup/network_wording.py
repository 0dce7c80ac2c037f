"""What was found about the way to a service, as translated sentences. Types come in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from timer_app.domain.setup.connection_problems import ConnectionProblem, ConnectionProblemKind
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.domain.user_message import fill
from timer_app.services.setup.checks import ServiceCheck
from timer_app.ui.view import ServiceLine
from timer_app.ui.wording import join_sentences, message_text, service_name, service_status_sentence

translate = QCoreApplication.translate  # by this name lupdate finds the texts


def check_result(check: ServiceCheck) -> tuple[str, str]:
    """What a check found, and what to do about it ("" for nothing)."""
    name = service_name(check.service)
    if check.connection_problem is None:
        fine = fill(_accepted(check), name, check.account, check.proxy)
        off = (join_sentences(fine, _clock(check)), _clock_remedy())
        return off if check.is_clock_off else (fine, "")
    sentence = _sentence(check.connection_problem, check.keyring)
    return fill(translate("Network", "%1: %2"), name, sentence), _remedy(check.connection_problem)


def _accepted(check: ServiceCheck) -> str:
    if check.proxy:
        return translate(
            "Network", "%1 accepts the token of %2. The way leads through the proxy %3."
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


def _sentence(connection_problem: ConnectionProblem, keyring: KeyringProblem | None) -> str:
    if connection_problem.kind is ConnectionProblemKind.TOKEN_UNAVAILABLE:
        return _no_token(keyring)
    who = (
        fill(translate("Network", "the proxy %1"), connection_problem.place)
        if connection_problem.at_proxy
        else connection_problem.place
    )
    return fill(_sentences(connection_problem.kind), who, message_text(connection_problem.detail))


def obstacle_sentence(connection_problem: ConnectionProblem) -> str:
    """What keeps us from a service, to follow its name."""
    return _sentence(connection_problem, None)


def service_status_with_obstacle(line: ServiceLine) -> str:
    """The same as a sentence, with what stands in the way where that is known."""
    said = service_status_sentence(line)
    if line.connection_problem is None or line.keyring:
        return said
    reason = obstacle_sentence(line.connection_problem)
    if not reason.startswith(line.connection_problem.place):  # a host's name is written small
        reason = reason[:1].upper() + reason[1:]
    return join_sentences(said, reason)


def _no_token(trouble: KeyringProblem | None) -> str:  # noqa: PLR0911 - one for each case
    match trouble:
        case KeyringProblem.EMPTY:
            return translate("Network", "There is no token yet.")
        case KeyringProblem.OUTSIDE_SESSION:
            return translate(
                "Network",
                "This program runs outside of the desktop's session, so the keyring cannot be"
                " reached. Start it from the desktop.",
            )
        case KeyringProblem.UNSAFE:
            return translate(
                "Network",
                "The keyring that is chosen here does not protect secrets, so nothing is kept in"
                " it. timer-app doctor names what chose it.",
            )
        case KeyringProblem.LOCKED:
            return translate("Network", "The keyring that holds the token is locked.")
        case KeyringProblem.ABSENT:
            return translate("Network", "This computer has no keyring that could hold the token.")
        case KeyringProblem.SILENT:
            return translate(
                "Network",
                "The keyring does not answer. Perhaps its window waits for your password.",
            )
        case KeyringProblem.FAILED | None:
            return translate("Network", "The keyring failed.")


def password_status(state: KeyringProblem | None) -> str:  # noqa: PLR0911 - one for each case
    """Whether the proxy's password is kept: None for yes."""
    match state:
        case None:
            return translate("Network", "A password is kept in the keyring.")
        case KeyringProblem.EMPTY:
            return translate("Network", "No password is kept.")
        case KeyringProblem.OUTSIDE_SESSION:
            return translate(
                "Network",
                "This program runs outside of the desktop's session, so the keyring cannot be"
                " reached. Start it from the desktop.",
            )
        case KeyringProblem.UNSAFE:
            return translate(
                "Network",
                "The keyring that is chosen here does not protect secrets, so nothing is kept in"
                " it. timer-app doctor names what chose it.",
            )
        case KeyringProblem.LOCKED:
            return translate(
                "Network", "The keyring is locked. Unlock it and open this page again."
            )
        case KeyringProblem.ABSENT:
            return translate(
                "Network",
                "This computer has no keyring, and a password is kept nowhere else. Install one"
                " (GNOME Keyring, KWallet, KeePassXC).",
            )
        case KeyringProblem.SILENT:
            return translate(
                "Network",
                "The keyring does not answer. Perhaps its window waits for your password.",
            )
        case KeyringProblem.FAILED:
            return translate("Network", "The keyring failed. Try again.")


def _sentences(trouble: ConnectionProblemKind) -> str:
    return {
        ConnectionProblemKind.NOT_SET_UP: translate("Network", "not set up."),
        ConnectionProblemKind.TOKEN_UNAVAILABLE: translate("Network", "There is no token yet."),
        ConnectionProblemKind.CA_FILE: translate(
            "Network", "the certificates in %1 cannot be used (%2)."
        ),
        ConnectionProblemKind.PROXY_ADDRESS: translate(
            "Network", "the address of the proxy cannot be used (%2)."
        ),
        ConnectionProblemKind.PROXY_PASSWORD: translate(
            "Network", "%1 wants a password, and none could be had from the keyring."
        ),
        ConnectionProblemKind.NAME_NOT_FOUND: translate("Network", "the name of %1 was not found."),
        ConnectionProblemKind.NO_ROUTE: translate("Network", "the network does not lead to %1."),
        ConnectionProblemKind.CONNECTION_REFUSED: translate(
            "Network", "%1 refused the connection."
        ),
        ConnectionProblemKind.NO_ANSWER: translate("Network", "%1 did not answer in time."),
        ConnectionProblemKind.BROKEN: translate(
            "Network", "the connection to %1 broke before anything was sent."
        ),
        ConnectionProblemKind.PROXY_WANTS_LOGIN: translate(
            "Network", "%1 wants a user name and a password."
        ),
        ConnectionProblemKind.PROXY_REFUSES_LOGIN: translate(
            "Network", "%1 does not accept the user name and password."
        ),
        ConnectionProblemKind.PROXY_REFUSES_CONNECTION: translate(
            "Network", "%1 does not lead there (%2)."
        ),
        ConnectionProblemKind.NOT_A_PROXY: translate(
            "Network", "what answers at %1 does not work as this kind of proxy."
        ),
        ConnectionProblemKind.TLS: translate(
            "Network", "no secure connection to %1 came about (%2)."
        ),
        ConnectionProblemKind.CERTIFICATE_EXPIRED: translate(
            "Network", "the certificate of %1 has expired."
        ),
        ConnectionProblemKind.CERTIFICATE_NOT_YET_VALID: translate(
            "Network", "the certificate of %1 is not valid yet."
        ),
        ConnectionProblemKind.CERTIFICATE_NAME_MISMATCH: translate(
            "Network", "the certificate of %1 is for another name."
        ),
        ConnectionProblemKind.CERTIFICATE_UNKNOWN_AUTHORITY: translate(
            "Network", "nobody whom this computer trusts vouches for the certificate of %1."
        ),
        ConnectionProblemKind.CERTIFICATE_REVOKED: translate(
            "Network", "the certificate of %1 was revoked."
        ),
        ConnectionProblemKind.CERTIFICATE_INVALID: translate(
            "Network", "the certificate of %1 is not sound (%2)."
        ),
        ConnectionProblemKind.REDIRECTED: translate(
            "Network", "%1 sends everybody on to %2. The token did not follow."
        ),
        ConnectionProblemKind.UNEXPECTED_SERVER: translate(
            "Network", "what answers at %1 is another server or a login page."
        ),
        ConnectionProblemKind.TOKEN_REFUSED: translate("Network", "%1 does not accept the token."),
        ConnectionProblemKind.ASKED_TO_WAIT: translate("Network", "%1 asks for fewer requests."),
        ConnectionProblemKind.SERVICE_FAILED: translate(
            "Network", "%1 answers, but has trouble of its own."
        ),
        ConnectionProblemKind.SERVICE_REFUSES: translate("Network", "%1 says no: %2"),
    }[trouble]


def _remedy(connection_problem: ConnectionProblem) -> str:
    if connection_problem.at_proxy:
        at_proxy = {
            ConnectionProblemKind.NAME_NOT_FOUND: translate(
                "Network", "Check the proxy's address above."
            ),
            ConnectionProblemKind.CONNECTION_REFUSED: translate(
                "Network", "Check the proxy's address and port above."
            ),
            ConnectionProblemKind.NO_ANSWER: translate(
                "Network", "Check the proxy's address and port above."
            ),
            ConnectionProblemKind.BROKEN: translate(
                "Network", "Check the proxy's address and kind above."
            ),
            ConnectionProblemKind.TLS: translate(
                "Network", "Check the proxy's address and kind above."
            ),
        }.get(connection_problem.kind)
        if at_proxy:
            return at_proxy
    return _remedies().get(connection_problem.kind, "")


def _remedies() -> dict[ConnectionProblemKind, str]:
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
        ConnectionProblemKind.TOKEN_UNAVAILABLE: translate(
            "Network", "Enter it in the service's settings."
        ),
        ConnectionProblemKind.CA_FILE: translate("Network", "Choose another file above, or none."),
        ConnectionProblemKind.PROXY_ADDRESS: translate(
            "Network", "Write it as proxy.example:3128 above."
        ),
        ConnectionProblemKind.PROXY_PASSWORD: translate(
            "Network", "Enter the proxy's password above."
        ),
        ConnectionProblemKind.NAME_NOT_FOUND: translate(
            "Network", "Check the service's address, and that this computer is on the network."
        ),
        ConnectionProblemKind.NO_ROUTE: translate(
            "Network", "Check the cable, the Wi-Fi or the VPN."
        ),
        ConnectionProblemKind.CONNECTION_REFUSED: name_a_proxy,
        ConnectionProblemKind.NO_ANSWER: name_a_proxy,
        ConnectionProblemKind.BROKEN: name_a_proxy,
        ConnectionProblemKind.PROXY_WANTS_LOGIN: translate("Network", "Enter both above."),
        ConnectionProblemKind.PROXY_REFUSES_LOGIN: translate("Network", "Enter both again above."),
        ConnectionProblemKind.PROXY_REFUSES_CONNECTION: translate(
            "Network", "Ask whoever runs the proxy whether it lets you out."
        ),
        ConnectionProblemKind.NOT_A_PROXY: translate(
            "Network", "Choose another kind of proxy above, or check its port."
        ),
        ConnectionProblemKind.TLS: translate("Network", "Check the service's address and port."),
        ConnectionProblemKind.CERTIFICATE_EXPIRED: clock,
        ConnectionProblemKind.CERTIFICATE_NOT_YET_VALID: clock,
        ConnectionProblemKind.CERTIFICATE_NAME_MISMATCH: login_page,
        ConnectionProblemKind.CERTIFICATE_UNKNOWN_AUTHORITY: translate(
            "Network",
            "If your company inspects connections, ask it for its CA certificate (a PEM file) and"
            " choose that above.",
        ),
        ConnectionProblemKind.CERTIFICATE_REVOKED: translate(
            "Network", "Do not go on; tell whoever runs the service."
        ),
        ConnectionProblemKind.CERTIFICATE_INVALID: translate(
            "Network", "Tell whoever runs the service."
        ),
        ConnectionProblemKind.REDIRECTED: login_page,
        ConnectionProblemKind.UNEXPECTED_SERVER: login_page,
        ConnectionProblemKind.TOKEN_REFUSED: translate(
            "Network", "Enter a new one in the service's settings."
        ),
        ConnectionProblemKind.ASKED_TO_WAIT: translate(
            "Network", "Nothing to do: it is tried again by itself."
        ),
        ConnectionProblemKind.SERVICE_FAILED: translate(
            "Network", "Nothing to do: it is tried again by itself."
        ),
        ConnectionProblemKind.SERVICE_REFUSES: translate("Network", "Check what the token may do."),
    }
