"""What can stand between us and a service, and what a person can do about it.

An `Obstacle` is a type with the place where it lies; `sentence` and `remedy` are its English for
the command line, the journal and the log. Windows translate from the types.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from timer_app.domain.saying import Said


class Trouble(Enum):
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
    PROXY_DECLINES = auto()
    NOT_A_PROXY = auto()
    TLS = auto()
    CERTIFICATE_EXPIRED = auto()
    CERTIFICATE_NOT_YET_VALID = auto()
    CERTIFICATE_OF_ANOTHER_NAME = auto()
    CERTIFICATE_UNKNOWN_AUTHORITY = auto()
    CERTIFICATE_REVOKED = auto()
    CERTIFICATE_UNSOUND = auto()
    SENT_ELSEWHERE = auto()
    NOT_THE_SERVICE = auto()
    TOKEN_REFUSED = auto()
    ASKS_TO_WAIT = auto()
    SERVICE_FAILED = auto()
    SERVICE_REFUSES = auto()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One obstacle.

    `place` is the host, or for CA_FILE the file, that it is about; `at_proxy` says that this host
    is the proxy on the way and not the service. `detail` is what the other side or the operating
    system said, in its own words and language, never with a secret; "" where nothing was said.
    What we ourselves found is `Said`, for windows to translate.
    """

    trouble: Trouble
    place: str
    at_proxy: bool = False
    detail: str | Said = ""

    @property
    def sentence(self) -> str:
        """What is the case, in English."""
        return _SENTENCES[self.trouble].format(
            who=f"the proxy {self.place}" if self.at_proxy else self.place,
            Who=f"The proxy {self.place}" if self.at_proxy else self.place,
            place=self.place,
            detail=self.detail or "it says no more",
        )

    @property
    def remedy(self) -> str:
        """What to do, in English; "" where the sentence says it or nothing can be done."""
        at_proxy = _AT_PROXY.get(self.trouble) if self.at_proxy else None
        return (at_proxy or _REMEDIES.get(self.trouble, "")).format(place=self.place)

    @property
    def lasting(self) -> bool:
        """Whether waiting does not help: a person has to do something."""
        return self.trouble in _LASTING

    @property
    def reason(self) -> str:
        """For the journal and the tray: the sentence, and the remedy where waiting is none."""
        return f"{self.sentence} {self.remedy}" if self.lasting else self.sentence


_SENTENCES = {
    Trouble.NOT_SET_UP: "Not set up.",
    Trouble.TOKEN_UNAVAILABLE: "{detail}",
    Trouble.CA_FILE: "The certificates in {place} cannot be used: {detail}.",
    Trouble.PROXY_ADDRESS: "The address of the proxy cannot be used: {detail}.",
    Trouble.PROXY_PASSWORD: "The proxy {place} wants a password: {detail}",
    Trouble.NAME_NOT_FOUND: "The name of {who} was not found.",
    Trouble.NO_ROUTE: "No connection to {who}: the network does not lead there ({detail}).",
    Trouble.CONNECTION_REFUSED: "{Who} refused the connection.",
    Trouble.NO_ANSWER: "{Who} did not answer within {detail}.",
    Trouble.BROKEN: "The connection to {who} broke before anything was sent ({detail}).",
    Trouble.PROXY_WANTS_LOGIN: "The proxy {place} wants a login.",
    Trouble.PROXY_REFUSES_LOGIN: "The proxy {place} does not accept the user name and password.",
    Trouble.PROXY_DECLINES: "The proxy {place} does not connect ({detail}).",
    Trouble.NOT_A_PROXY: "What answers at {place} is not such a proxy.",
    Trouble.TLS: "No secure connection to {who}: {detail}.",
    Trouble.CERTIFICATE_EXPIRED: "The certificate of {who} is not trusted: it has expired.",
    Trouble.CERTIFICATE_NOT_YET_VALID: (
        "The certificate of {who} is not trusted: it is not valid yet."
    ),
    Trouble.CERTIFICATE_OF_ANOTHER_NAME: (
        "The certificate of {who} is not trusted: it was made for another name."
    ),
    Trouble.CERTIFICATE_UNKNOWN_AUTHORITY: (
        "The certificate of {who} is not trusted: nobody this computer knows vouches for it"
        " ({detail})."
    ),
    Trouble.CERTIFICATE_REVOKED: "The certificate of {who} is not trusted: it was revoked.",
    Trouble.CERTIFICATE_UNSOUND: "The certificate of {who} is not trusted: {detail}.",
    Trouble.SENT_ELSEWHERE: "{place} sends requests on to {detail}; the token did not follow.",
    Trouble.NOT_THE_SERVICE: "What answers at {place} is not this service ({detail}).",
    Trouble.TOKEN_REFUSED: "{detail}",
    Trouble.ASKS_TO_WAIT: "{detail}",
    Trouble.SERVICE_FAILED: "{detail}",
    Trouble.SERVICE_REFUSES: "{place} says no: {detail}.",
}

_CLOCK = "Check this computer's clock and let it be set by itself."
_NAME_A_PROXY = "timer-app config set network.proxy http://HOST:PORT"
_CHECK_PROXY = f"Check the proxy's address ({_NAME_A_PROXY}), or use none: network.proxy none"
_LOGIN_PAGE = (
    "Check the address. On a network that wants a login first (a hotel, a train), open any web"
    " page in a browser and log in there."
)
_REMEDIES = {
    Trouble.CA_FILE: (
        "Name a file with PEM certificates, or none:"
        " timer-app config set network.ca_file FILE (or '')"
    ),
    Trouble.PROXY_ADDRESS: f"{_NAME_A_PROXY} (or the environment: https_proxy, all_proxy)",
    Trouble.NAME_NOT_FOUND: "Check the address, and that this computer is on the network.",
    Trouble.NO_ROUTE: "Check the network: cable, Wi-Fi, VPN.",
    Trouble.CONNECTION_REFUSED: (
        f"Check the address. Where only a proxy leads outside, name it: {_NAME_A_PROXY}"
    ),
    Trouble.NO_ANSWER: (
        f"Check the network. Where only a proxy leads outside, name it: {_NAME_A_PROXY}"
    ),
    Trouble.BROKEN: (f"Try again. Where only a proxy leads outside, name it: {_NAME_A_PROXY}"),
    Trouble.PROXY_WANTS_LOGIN: (
        "Put the user name into its address (timer-app config set network.proxy"
        " http://USER@HOST:PORT), then keep the password: timer-app login proxy"
    ),
    Trouble.PROXY_REFUSES_LOGIN: (
        "Check the user name in network.proxy and enter the password again: timer-app login proxy"
    ),
    Trouble.PROXY_DECLINES: "Ask whoever runs the proxy whether it lets this computer out.",
    Trouble.NOT_A_PROXY: f"Check its kind (http, https, socks5) and port: {_NAME_A_PROXY}",
    Trouble.TLS: (
        "Check the address and its port; ask whoever runs the network if something filters there."
    ),
    Trouble.CERTIFICATE_EXPIRED: (
        f"{_CLOCK} If it is right, whoever runs {{place}} must renew the certificate."
    ),
    Trouble.CERTIFICATE_NOT_YET_VALID: f"{_CLOCK}",
    Trouble.CERTIFICATE_OF_ANOTHER_NAME: _LOGIN_PAGE,
    Trouble.CERTIFICATE_UNKNOWN_AUTHORITY: (
        "If your company inspects connections, ask it for its CA certificate as a PEM file and"
        " name that: timer-app config set network.ca_file FILE"
    ),
    Trouble.CERTIFICATE_REVOKED: "Do not go on. Whoever runs {place} must get a new certificate.",
    Trouble.CERTIFICATE_UNSOUND: "Whoever runs {place} must mend its certificate.",
    Trouble.SENT_ELSEWHERE: _LOGIN_PAGE,
    Trouble.NOT_THE_SERVICE: _LOGIN_PAGE,
    Trouble.SERVICE_FAILED: "Nothing to do: it is tried again by itself.",
    Trouble.ASKS_TO_WAIT: "Nothing to do: it is tried again by itself.",
    Trouble.SERVICE_REFUSES: "Check the address and what the token may do.",
}
_AT_PROXY = {
    Trouble.NAME_NOT_FOUND: _CHECK_PROXY,
    Trouble.CONNECTION_REFUSED: _CHECK_PROXY,
    Trouble.NO_ANSWER: _CHECK_PROXY,
    Trouble.BROKEN: _CHECK_PROXY,
    Trouble.TLS: _CHECK_PROXY,
    Trouble.CERTIFICATE_OF_ANOTHER_NAME: _CHECK_PROXY,
}
_LASTING = {
    Trouble.CA_FILE,
    Trouble.PROXY_ADDRESS,
    Trouble.PROXY_WANTS_LOGIN,
    Trouble.PROXY_REFUSES_LOGIN,
    Trouble.NOT_A_PROXY,
    Trouble.CERTIFICATE_EXPIRED,
    Trouble.CERTIFICATE_NOT_YET_VALID,
    Trouble.CERTIFICATE_UNKNOWN_AUTHORITY,
}
