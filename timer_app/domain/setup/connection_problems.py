"""What can stand between us and a service, and what a person can do about it."""

from __future__ import annotations

from dataclasses import dataclass

from timer_app.domain.messages import (
    ConnectionMessageId,
    ConnectionProblemKind,
    RemedyMessageId,
)
from timer_app.domain.user_message import UserMessage


@dataclass(frozen=True, slots=True)
class ConnectionProblem:
    """One thing in the way.

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
    def message(self) -> UserMessage:
        """What is the case."""
        named = self.at_proxy and self.kind not in _NAME_THE_PROXY
        who = UserMessage(ConnectionMessageId.PROXY, self.place) if named else self.place
        return UserMessage(self.kind, who, self.detail or _NO_DETAIL)

    @property
    def remedy_message(self) -> UserMessage | None:
        """What to do; None where the message says it or nothing can be done."""
        at_proxy = _PROXY_REMEDIES.get(self.kind) if self.at_proxy else None
        remedy = at_proxy or _REMEDIES.get(self.kind)
        return UserMessage(remedy, self.place) if remedy else None

    @property
    def sentence(self) -> str:
        """The message in English."""
        return str(self.message)

    @property
    def remedy(self) -> str:
        """The remedy in English, "" for none."""
        return str(self.remedy_message or "")

    @property
    def needs_user(self) -> bool:
        """Whether waiting does not help: a person has to do something."""
        return self.kind in _NEEDS_USER

    @property
    def reason(self) -> str:
        """For the journal and the tray: the sentence, and the remedy where waiting is none."""
        return f"{self.sentence} {self.remedy}".strip() if self.needs_user else self.sentence


_NO_DETAIL = UserMessage(ConnectionMessageId.NO_DETAIL)
_NAME_THE_PROXY = {
    ConnectionProblemKind.PROXY_PASSWORD,
    ConnectionProblemKind.PROXY_WANTS_LOGIN,
    ConnectionProblemKind.PROXY_REFUSES_LOGIN,
    ConnectionProblemKind.PROXY_REFUSES_CONNECTION,
    ConnectionProblemKind.NOT_A_PROXY,
}
"""Their texts say by themselves that the place is a proxy."""
_REMEDIES = {
    ConnectionProblemKind.CA_FILE: RemedyMessageId.CA_FILE,
    ConnectionProblemKind.PROXY_ADDRESS: RemedyMessageId.PROXY_ADDRESS,
    ConnectionProblemKind.NAME_NOT_FOUND: RemedyMessageId.CHECK_NAME,
    ConnectionProblemKind.NO_ROUTE: RemedyMessageId.CHECK_NETWORK,
    ConnectionProblemKind.CONNECTION_REFUSED: RemedyMessageId.SET_PROXY,
    ConnectionProblemKind.NO_ANSWER: RemedyMessageId.SET_PROXY,
    ConnectionProblemKind.BROKEN: RemedyMessageId.SET_PROXY,
    ConnectionProblemKind.PROXY_WANTS_LOGIN: RemedyMessageId.PROXY_LOGIN,
    ConnectionProblemKind.PROXY_REFUSES_LOGIN: RemedyMessageId.PROXY_LOGIN_AGAIN,
    ConnectionProblemKind.PROXY_REFUSES_CONNECTION: RemedyMessageId.ASK_PROXY,
    ConnectionProblemKind.NOT_A_PROXY: RemedyMessageId.CHECK_PROXY,
    ConnectionProblemKind.TLS: RemedyMessageId.CHECK_PORT,
    ConnectionProblemKind.CERTIFICATE_EXPIRED: RemedyMessageId.RENEW,
    ConnectionProblemKind.CERTIFICATE_NOT_YET_VALID: RemedyMessageId.CHECK_CLOCK,
    ConnectionProblemKind.CERTIFICATE_NAME_MISMATCH: RemedyMessageId.LOGIN_PAGE,
    ConnectionProblemKind.CERTIFICATE_UNKNOWN_AUTHORITY: RemedyMessageId.COMPANY_CA,
    ConnectionProblemKind.CERTIFICATE_REVOKED: RemedyMessageId.REVOKED,
    ConnectionProblemKind.CERTIFICATE_INVALID: RemedyMessageId.BAD_CERTIFICATE,
    ConnectionProblemKind.REDIRECTED: RemedyMessageId.LOGIN_PAGE,
    ConnectionProblemKind.UNEXPECTED_SERVER: RemedyMessageId.LOGIN_PAGE,
    ConnectionProblemKind.TOKEN_REFUSED: RemedyMessageId.NEW_TOKEN,
    ConnectionProblemKind.SERVICE_FAILED: RemedyMessageId.NOTHING,
    ConnectionProblemKind.ASKED_TO_WAIT: RemedyMessageId.NOTHING,
    ConnectionProblemKind.SERVICE_REFUSES: RemedyMessageId.CHECK_RIGHTS,
}
_PROXY_REMEDIES = {
    ConnectionProblemKind.NAME_NOT_FOUND: RemedyMessageId.CHECK_PROXY,
    ConnectionProblemKind.CONNECTION_REFUSED: RemedyMessageId.CHECK_PROXY,
    ConnectionProblemKind.NO_ANSWER: RemedyMessageId.CHECK_PROXY,
    ConnectionProblemKind.BROKEN: RemedyMessageId.CHECK_PROXY,
    ConnectionProblemKind.TLS: RemedyMessageId.CHECK_PROXY,
    ConnectionProblemKind.CERTIFICATE_NAME_MISMATCH: RemedyMessageId.CHECK_PROXY,
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
