"""What can stand between us and a service, and what a person can do about it.

An `ConnectionProblem` is a type with the place where it lies; `sentence` and `remedy` are its
English for the command line, the journal and the log. Windows translate from the types.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from timer_app.domain.user_message import UserMessage


class ConnectionProblemKind(Enum):
    """Kinds of obstacles, from the nearest to the farthest."""

    NOT_SET_UP = auto()
    TOKEN_UNAVAILABLE = auto()
    CA_FILE = auto()
    PROXY_ADDRESS = auto()
    PROXY_PASSWORD = auto()
    NAME_NOT_FOUND = auto()
    NO_ROUTE = auto()
    CONNECTION_REFUSED = auto()
    NO_ANSWER = auto()
    BROKEN = auto()
    PROXY_WANTS_LOGIN = auto()
    PROXY_REFUSES_LOGIN = auto()
    PROXY_REFUSES_CONNECTION = auto()
    NOT_A_PROXY = auto()
    TLS = auto()
    CERTIFICATE_EXPIRED = auto()
    CERTIFICATE_NOT_YET_VALID = auto()
    CERTIFICATE_NAME_MISMATCH = auto()
    CERTIFICATE_UNKNOWN_AUTHORITY = auto()
    CERTIFICATE_REVOKED = auto()
    CERTIFICATE_INVALID = auto()
    REDIRECTED = auto()
    UNEXPECTED_SERVER = auto()
    TOKEN_REFUSED = auto()
    ASKED_TO_WAIT = auto()
    SERVICE_FAILED = auto()
    SERVICE_REFUSES = auto()


@dataclass(frozen=True, slots=True)
class ConnectionProblem:
    """One obstacle.

    `place` is the host, or for CA_FILE the file, that it is about; `at_proxy` says that this host
    is the proxy on the way and not the service. `detail` is what the other side or the operating
    system said, in its own words and language, never with a secret; "" where nothing was said.
    What we ourselves found is `UserMessage`, for windows to translate.
    """

    kind: ConnectionProblemKind
    place: str
    at_proxy: bool = False
    detail: str | UserMessage = ""

    @property
    def sentence(self) -> str:
        """What is the case, in English."""
        return _SENTENCES[self.kind].format(
            who=f"the proxy {self.place}" if self.at_proxy else self.place,
            Who=f"The proxy {self.place}" if self.at_proxy else self.place,
            place=self.place,
            detail=self.detail or "it says no more",
        )

    @property
    def remedy(self) -> str:
        """What to do, in English; "" where the sentence says it or nothing can be done."""
        at_proxy = _PROXY_REMEDIES.get(self.kind) if self.at_proxy else None
        return (at_proxy or _REMEDIES.get(self.kind, "")).format(place=self.place)

    @property
    def needs_user(self) -> bool:
        """Whether waiting does not help: a person has to do something."""
        return self.kind in _NEEDS_USER

    @property
    def reason(self) -> str:
        """For the journal and the tray: the sentence, and the remedy where waiting is none."""
        return f"{self.sentence} {self.remedy}" if self.needs_user else self.sentence


_SENTENCES = {
    ConnectionProblemKind.NOT_SET_UP: "Not set up.",
    ConnectionProblemKind.TOKEN_UNAVAILABLE: "{detail}",
    ConnectionProblemKind.CA_FILE: "The certificates in {place} cannot be used: {detail}.",
    ConnectionProblemKind.PROXY_ADDRESS: "The address of the proxy cannot be used: {detail}.",
    ConnectionProblemKind.PROXY_PASSWORD: "The proxy {place} wants a password: {detail}",
    ConnectionProblemKind.NAME_NOT_FOUND: "The name of {who} was not found.",
    ConnectionProblemKind.NO_ROUTE: (
        "No connection to {who}: the network does not lead there ({detail})."
    ),
    ConnectionProblemKind.CONNECTION_REFUSED: "{Who} refused the connection.",
    ConnectionProblemKind.NO_ANSWER: "{Who} did not answer within {detail}.",
    ConnectionProblemKind.BROKEN: (
        "The connection to {who} broke before anything was sent ({detail})."
    ),
    ConnectionProblemKind.PROXY_WANTS_LOGIN: "The proxy {place} wants a login.",
    ConnectionProblemKind.PROXY_REFUSES_LOGIN: (
        "The proxy {place} does not accept the user name and password."
    ),
    ConnectionProblemKind.PROXY_REFUSES_CONNECTION: (
        "The proxy {place} does not connect ({detail})."
    ),
    ConnectionProblemKind.NOT_A_PROXY: "What answers at {place} is not such a proxy.",
    ConnectionProblemKind.TLS: "No secure connection to {who}: {detail}.",
    ConnectionProblemKind.CERTIFICATE_EXPIRED: (
        "The certificate of {who} is not trusted: it has expired."
    ),
    ConnectionProblemKind.CERTIFICATE_NOT_YET_VALID: (
        "The certificate of {who} is not trusted: it is not valid yet."
    ),
    ConnectionProblemKind.CERTIFICATE_NAME_MISMATCH: (
        "The certificate of {who} is not trusted: it was made for another name."
    ),
    ConnectionProblemKind.CERTIFICATE_UNKNOWN_AUTHORITY: (
        "The certificate of {who} is not trusted: nobody this computer knows vouches for it"
        " ({detail})."
    ),
    ConnectionProblemKind.CERTIFICATE_REVOKED: (
        "The certificate of {who} is not trusted: it was revoked."
    ),
    ConnectionProblemKind.CERTIFICATE_INVALID: "The certificate of {who} is not trusted: {detail}.",
    ConnectionProblemKind.REDIRECTED: (
        "{place} sends requests on to {detail}; the token did not follow."
    ),
    ConnectionProblemKind.UNEXPECTED_SERVER: (
        "What answers at {place} is not this service ({detail})."
    ),
    ConnectionProblemKind.TOKEN_REFUSED: "{detail}",
    ConnectionProblemKind.ASKED_TO_WAIT: "{detail}",
    ConnectionProblemKind.SERVICE_FAILED: "{detail}",
    ConnectionProblemKind.SERVICE_REFUSES: "{place} says no: {detail}.",
}

_CLOCK = "Check this computer's clock and let it be set by itself."
_NAME_A_PROXY = "timer-app config set network.proxy http://HOST:PORT"
_CHECK_PROXY = f"Check the proxy's address ({_NAME_A_PROXY}), or use none: network.proxy none"
_LOGIN_PAGE = (
    "Check the address. On a network that wants a login first (a hotel, a train), open any web"
    " page in a browser and log in there."
)
_REMEDIES = {
    ConnectionProblemKind.CA_FILE: (
        "Name a file with PEM certificates, or none:"
        " timer-app config set network.ca_file FILE (or '')"
    ),
    ConnectionProblemKind.PROXY_ADDRESS: (
        f"{_NAME_A_PROXY} (or the environment: https_proxy, all_proxy)"
    ),
    ConnectionProblemKind.NAME_NOT_FOUND: (
        "Check the address, and that this computer is on the network."
    ),
    ConnectionProblemKind.NO_ROUTE: "Check the network: cable, Wi-Fi, VPN.",
    ConnectionProblemKind.CONNECTION_REFUSED: (
        f"Check the address. Where only a proxy leads outside, name it: {_NAME_A_PROXY}"
    ),
    ConnectionProblemKind.NO_ANSWER: (
        f"Check the network. Where only a proxy leads outside, name it: {_NAME_A_PROXY}"
    ),
    ConnectionProblemKind.BROKEN: (
        f"Try again. Where only a proxy leads outside, name it: {_NAME_A_PROXY}"
    ),
    ConnectionProblemKind.PROXY_WANTS_LOGIN: (
        "Put the user name into its address (timer-app config set network.proxy"
        " http://USER@HOST:PORT), then keep the password: timer-app login proxy"
    ),
    ConnectionProblemKind.PROXY_REFUSES_LOGIN: (
        "Check the user name in network.proxy and enter the password again: timer-app login proxy"
    ),
    ConnectionProblemKind.PROXY_REFUSES_CONNECTION: (
        "Ask whoever runs the proxy whether it lets this computer out."
    ),
    ConnectionProblemKind.NOT_A_PROXY: (
        f"Check its kind (http, https, socks5) and port: {_NAME_A_PROXY}"
    ),
    ConnectionProblemKind.TLS: (
        "Check the address and its port; ask whoever runs the network if something filters there."
    ),
    ConnectionProblemKind.CERTIFICATE_EXPIRED: (
        f"{_CLOCK} If it is right, whoever runs {{place}} must renew the certificate."
    ),
    ConnectionProblemKind.CERTIFICATE_NOT_YET_VALID: f"{_CLOCK}",
    ConnectionProblemKind.CERTIFICATE_NAME_MISMATCH: _LOGIN_PAGE,
    ConnectionProblemKind.CERTIFICATE_UNKNOWN_AUTHORITY: (
        "If your company inspects connections, ask it for its CA certificate as a PEM file and"
        " name that: timer-app config set network.ca_file FILE"
    ),
    ConnectionProblemKind.CERTIFICATE_REVOKED: (
        "Do not go on. Whoever runs {place} must get a new certificate."
    ),
    ConnectionProblemKind.CERTIFICATE_INVALID: "Whoever runs {place} must mend its certificate.",
    ConnectionProblemKind.REDIRECTED: _LOGIN_PAGE,
    ConnectionProblemKind.UNEXPECTED_SERVER: _LOGIN_PAGE,
    ConnectionProblemKind.SERVICE_FAILED: "Nothing to do: it is tried again by itself.",
    ConnectionProblemKind.ASKED_TO_WAIT: "Nothing to do: it is tried again by itself.",
    ConnectionProblemKind.SERVICE_REFUSES: "Check the address and what the token may do.",
}
_PROXY_REMEDIES = {
    ConnectionProblemKind.NAME_NOT_FOUND: _CHECK_PROXY,
    ConnectionProblemKind.CONNECTION_REFUSED: _CHECK_PROXY,
    ConnectionProblemKind.NO_ANSWER: _CHECK_PROXY,
    ConnectionProblemKind.BROKEN: _CHECK_PROXY,
    ConnectionProblemKind.TLS: _CHECK_PROXY,
    ConnectionProblemKind.CERTIFICATE_NAME_MISMATCH: _CHECK_PROXY,
}
_NEEDS_USER = {
    ConnectionProblemKind.CA_FILE,
    ConnectionProblemKind.PROXY_ADDRESS,
    ConnectionProblemKind.PROXY_WANTS_LOGIN,
    ConnectionProblemKind.PROXY_REFUSES_LOGIN,
    ConnectionProblemKind.NOT_A_PROXY,
    ConnectionProblemKind.CERTIFICATE_EXPIRED,
    ConnectionProblemKind.CERTIFICATE_NOT_YET_VALID,
    ConnectionProblemKind.CERTIFICATE_UNKNOWN_AUTHORITY,
}
