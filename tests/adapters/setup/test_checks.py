"""What one question tells about a service: of servers that are it, and of others."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.adapters.http.support import CANARY, NOW, answering, calling, http, serving
from timer_app.adapters.delivery.kaiten import wire
from timer_app.adapters.http.client import ServiceClient
from timer_app.adapters.setup.checks import check
from timer_app.domain.messages import ConnectionProblemKind, KeyringMessageId
from timer_app.domain.service import Service
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.ports import SecretUnavailable

KT = Service.KAITEN
ME = json.dumps({"id": 7, "full_name": "Dana Demo"}).encode()
PAGE = b"<!doctype html><title>Welcome to the hotel</title>"
HTML = "Content-Type: text/html; charset=utf-8"


async def _checked(client: ServiceClient) -> ServiceCheck:
    found = await check(client, KT, wire.current_user(), wire.account, lambda: NOW)
    assert CANARY not in repr(found)
    if found.connection_problem:
        assert CANARY not in found.connection_problem.sentence + found.connection_problem.remedy
    return found


async def test_the_service_and_its_clock() -> None:
    late = "Date: Sun, 22 Nov 2026 09:10:00 GMT"
    for header, skew in (("X-None: 1", None), (late, timedelta(minutes=-10))):
        async with (
            serving(answering(http(200, ME, header))) as server,
            calling(server.origin, name="Kaiten") as client,
        ):
            found = await _checked(client)
        assert found == ServiceCheck(KT, account="Dana Demo", skew=skew)
        assert found.is_clock_off is bool(skew)
    assert NOW.hour == 9  # the test's "now"


@pytest.mark.parametrize(
    ("answer", "trouble", "words"),
    [
        (http(200, PAGE, HTML), ConnectionProblemKind.UNEXPECTED_SERVER, "it sent a web page"),
        (http(200, PAGE), ConnectionProblemKind.UNEXPECTED_SERVER, "it sent a web page"),
        (http(200, b"[]"), ConnectionProblemKind.UNEXPECTED_SERVER, ""),
        (http(200, b'{"ok": true}'), ConnectionProblemKind.UNEXPECTED_SERVER, ""),
        (http(404, PAGE, HTML), ConnectionProblemKind.UNEXPECTED_SERVER, "HTTP 404"),
        (
            http(404, b'{"message": "no such route"}'),
            ConnectionProblemKind.UNEXPECTED_SERVER,
            "HTTP 404",
        ),
        (
            http(302, b"", "Location: http://portal.hotel/login?to=x"),
            ConnectionProblemKind.REDIRECTED,
            "portal.hotel",
        ),
        (
            http(307, b"", f"Location: https://{CANARY}.example/"),
            ConnectionProblemKind.REDIRECTED,
            "***",
        ),
        (
            http(301, b"", "Location: //[broken"),
            ConnectionProblemKind.REDIRECTED,
            "another address",
        ),
        (http(401), ConnectionProblemKind.TOKEN_REFUSED, "does not accept the token"),
        (
            http(403, b'{"message": "not for you"}'),
            ConnectionProblemKind.SERVICE_REFUSES,
            "not for you",
        ),
        (http(429, b"", "Retry-After: 3"), ConnectionProblemKind.ASKED_TO_WAIT, "fewer requests"),
        (http(503, PAGE, HTML), ConnectionProblemKind.SERVICE_FAILED, "problems of its own"),
        (b"what?\r\n\r\n", ConnectionProblemKind.SERVICE_FAILED, "problems of its own"),
    ],
)
async def test_another_server_a_login_page_or_a_no(
    answer: bytes, trouble: ConnectionProblemKind, words: str
) -> None:
    async with (
        serving(answering(answer)) as server,
        calling(server.origin, name="Kaiten") as client,
    ):
        found = await _checked(client)
    assert found.connection_problem is not None
    assert (found.connection_problem.kind, found.connection_problem.place) == (trouble, "127.0.0.1")
    assert words in found.connection_problem.sentence
    assert "is not known" not in found.connection_problem.sentence  # nothing was to be done
    assert found.account == ""
    assert len(server.heard) == 1  # nothing was followed or repeated


async def test_nobody_there() -> None:
    async with calling("http://127.0.0.1:1", name="Kaiten") as client:
        found = await _checked(client)
    assert found == ServiceCheck(
        KT, ConnectionProblem(ConnectionProblemKind.CONNECTION_REFUSED, "127.0.0.1")
    )


async def test_without_a_token_the_service_is_not_asked() -> None:
    async def none() -> str:
        raise SecretUnavailable(KeyringMessageId.NO_KAITEN_TOKEN, problem=KeyringProblem.EMPTY)

    async with serving(answering(http(200, ME))) as server:
        client = ServiceClient("Kaiten", server.origin, none, now=lambda: NOW)
        found = await check(client, KT, wire.current_user(), wire.account, lambda: NOW)
        await client.close()
    assert found.keyring is KeyringProblem.EMPTY
    assert found.connection_problem is not None
    assert found.connection_problem.kind is ConnectionProblemKind.TOKEN_UNAVAILABLE
    assert found.connection_problem.sentence == (
        "There is no token for Kaiten yet. Enter one: timer-app login kaiten"
    )
    assert server.heard == []
