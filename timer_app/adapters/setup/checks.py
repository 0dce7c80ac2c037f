"""One query to a service, and what its answer says about the connection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from timer_app.adapters.http.client import ServiceClient
from timer_app.adapters.http.exchange import CallProblem, Request, Response
from timer_app.adapters.http.json_reader import UnreadableResponse
from timer_app.domain.delivery.outcomes import (
    NotSent,
    OutcomeUnknown,
    Refused,
    Unauthorized,
    call_problem_message,
)
from timer_app.domain.messages import ConnectionMessageId, ConnectionProblemKind
from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Account
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.user_message import UserMessage
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.ports import SecretUnavailable

_PAGE_IS_ELSEWHERE = (404, 405, 410)
"""A service always has its own "who am I": a server without one is another server."""


async def check(
    client: ServiceClient,
    service: Service,
    request: Request,
    read: Callable[[Response], Account],
    wall_clock: Callable[[], datetime],
) -> ServiceCheck:
    """Ask `request`, which must be "whose token is this"; `read` takes the account from it.

    The service's time is compared with `wall_clock`.
    """
    try:
        await client.token()
    except SecretUnavailable as reason:
        missing = ConnectionProblem(
            ConnectionProblemKind.TOKEN_UNAVAILABLE, client.host, detail=reason.message
        )
        return ServiceCheck(service, missing, keyring=reason.problem)
    answer = await client.call(request)
    if not isinstance(answer, Response):
        return ServiceCheck(
            service, _problem_from_outcome(answer, client.host), proxy=client.proxy_host
        )
    try:
        account = read(answer)
    except UnreadableResponse:
        other = ConnectionProblem(
            ConnectionProblemKind.UNEXPECTED_SERVER,
            client.host,
            detail=_unexpected_answer(answer),
        )
        return ServiceCheck(service, other, proxy=client.proxy_host)
    skew = None if answer.server_time is None else wall_clock() - answer.server_time
    return ServiceCheck(service, account=account.name, skew=skew, proxy=client.proxy_host)


def _unexpected_answer(answer: Response) -> UserMessage:
    is_page = answer.is_html
    return UserMessage(
        ConnectionMessageId.WEB_PAGE if is_page else ConnectionMessageId.UNREADABLE_ANSWER
    )


def _problem_from_outcome(problem: CallProblem, host: str) -> ConnectionProblem:
    match problem:
        case NotSent(connection_problem=ConnectionProblem() as connection_problem):
            return connection_problem
        case NotSent(reason=reason):
            return ConnectionProblem(ConnectionProblemKind.ASKED_TO_WAIT, host, detail=reason)
        case OutcomeUnknown():
            detail = call_problem_message(problem, host)
            return ConnectionProblem(ConnectionProblemKind.SERVICE_FAILED, host, detail=detail)
        case Unauthorized(reason):
            return ConnectionProblem(ConnectionProblemKind.TOKEN_REFUSED, host, detail=reason)
        case Refused():
            return _refusal_problem(problem, host)


def _refusal_problem(refused: Refused, host: str) -> ConnectionProblem:
    status = refused.status or 0
    if 300 <= status < 400:
        elsewhere = refused.redirect_host or UserMessage(ConnectionMessageId.ADDRESS_OF_ITS_OWN)
        return ConnectionProblem(ConnectionProblemKind.REDIRECTED, host, detail=elsewhere)
    if status in _PAGE_IS_ELSEWHERE:
        return ConnectionProblem(
            ConnectionProblemKind.UNEXPECTED_SERVER, host, detail=f"HTTP {status}"
        )
    if refused.messages or refused.status is None:
        return ConnectionProblem(ConnectionProblemKind.SERVICE_REFUSES, host, detail=refused.reason)
    return ConnectionProblem(
        ConnectionProblemKind.SERVICE_REFUSES,
        host,
        detail=UserMessage(ConnectionMessageId.WORDLESS, status),
    )
