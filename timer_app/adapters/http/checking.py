"""One question to a service, and what its answer tells about the way there."""

from __future__ import annotations

from collections.abc import Callable

from timer_app.adapters.http.client import ServiceClient
from timer_app.adapters.http.exchange import Problem, Request, Response, Unreadable
from timer_app.domain.delivery import Service
from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.domain.outcome import NotSent, OutcomeUnknown, Refused, Unauthorized
from timer_app.domain.reasons import OfWay
from timer_app.domain.saying import said
from timer_app.services.checking import Check
from timer_app.services.ports import Account, TokenUnavailable

_PAGE_IS_ELSEWHERE = (404, 405, 410)
"""A service always knows the address of its own "who am I": whoever does not is another server."""


async def check(
    client: ServiceClient,
    service: Service,
    request: Request,
    read: Callable[[Response], Account],
) -> Check:
    """Ask `request`, which must be "whose token is this"; `read` takes the account from it."""
    try:
        await client.token()
    except TokenUnavailable as reason:
        missing = Obstacle(Trouble.TOKEN_UNAVAILABLE, client.host, detail=str(reason))
        return Check(service, missing, keyring=reason.trouble)
    answer = await client.call(request)
    if not isinstance(answer, Response):
        return Check(service, _obstacle(answer, client.host), proxy=client.proxy_host)
    try:
        account = read(answer)
    except Unreadable as fault:
        other = Obstacle(Trouble.NOT_THE_SERVICE, client.host, detail=_other(answer, fault))
        return Check(service, other, proxy=client.proxy_host)
    skew = None if answer.server_time is None else -client.skew
    return Check(service, account=account.name, skew=skew, proxy=client.proxy_host)


def _other(answer: Response, fault: Unreadable) -> str:
    return "it sent a web page" if answer.is_page else str(fault)


def _obstacle(problem: Problem, host: str) -> Obstacle:
    match problem:
        case NotSent(obstacle=Obstacle() as obstacle):
            return obstacle
        case NotSent(reason=reason):
            return Obstacle(Trouble.ASKS_TO_WAIT, host, detail=reason)
        case OutcomeUnknown(reason):
            return Obstacle(Trouble.SERVICE_FAILED, host, detail=reason)
        case Unauthorized(reason):
            return Obstacle(Trouble.TOKEN_REFUSED, host, detail=reason)
        case Refused():
            return _refusal(problem, host)


def _refusal(refused: Refused, host: str) -> Obstacle:
    status = refused.status or 0
    if 300 <= status < 400:
        elsewhere = refused.sent_to or said(OfWay.ADDRESS_OF_ITS_OWN)
        return Obstacle(Trouble.SENT_ELSEWHERE, host, detail=elsewhere)
    if status in _PAGE_IS_ELSEWHERE:
        return Obstacle(Trouble.NOT_THE_SERVICE, host, detail=f"HTTP {status}")
    if refused.words or refused.status is None:
        return Obstacle(Trouble.SERVICE_REFUSES, host, detail=refused.reason)
    return Obstacle(Trouble.SERVICE_REFUSES, host, detail=said(OfWay.WORDLESS, status))
