"""What one question tells about a service: of servers that are it, and of others."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.adapters.http.support import CANARY, NOW, answering, calling, http, serving
from timer_app.adapters.http.checking import check
from timer_app.adapters.http.client import ServiceClient
from timer_app.adapters.kaiten import wire
from timer_app.domain.delivery import Service
from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.services.checking import Check
from timer_app.services.ports import KeyringTrouble, TokenUnavailable

KT = Service.KAITEN
ME = json.dumps({"id": 7, "full_name": "Dana Demo"}).encode()
PAGE = b"<!doctype html><title>Welcome to the hotel</title>"
HTML = "Content-Type: text/html; charset=utf-8"


async def _checked(client: ServiceClient) -> Check:
    found = await check(client, KT, wire.current_user(), wire.account)
    assert CANARY not in repr(found)
    if found.obstacle:
        assert CANARY not in found.obstacle.sentence + found.obstacle.remedy
    return found


async def test_the_service_and_its_clock() -> None:
    late = "Date: Sun, 22 Nov 2026 09:10:00 GMT"
    for header, skew in (("X-None: 1", None), (late, timedelta(minutes=-10))):
        async with (
            serving(answering(http(200, ME, header))) as server,
            calling(server.origin, name="Kaiten") as client,
        ):
            found = await _checked(client)
        assert found == Check(KT, account="Dana Demo", skew=skew)
        assert found.clock_is_off is bool(skew)
    assert NOW.hour == 9  # the test's "now"


@pytest.mark.parametrize(
    ("answer", "trouble", "words"),
    [
        (http(200, PAGE, HTML), Trouble.NOT_THE_SERVICE, "it sent a web page"),
        (http(200, PAGE), Trouble.NOT_THE_SERVICE, "it sent a web page"),
        (http(200, b"[]"), Trouble.NOT_THE_SERVICE, ""),
        (http(200, b'{"ok": true}'), Trouble.NOT_THE_SERVICE, ""),
        (http(404, PAGE, HTML), Trouble.NOT_THE_SERVICE, "HTTP 404"),
        (http(404, b'{"message": "no such route"}'), Trouble.NOT_THE_SERVICE, "HTTP 404"),
        (http(302, b"", "Location: http://portal.hotel/login?to=x"), Trouble.SENT_ELSEWHERE,
         "portal.hotel"),
        (http(307, b"", f"Location: https://{CANARY}.example/"), Trouble.SENT_ELSEWHERE, "***"),
        (http(301, b"", "Location: //[broken"), Trouble.SENT_ELSEWHERE, "another address"),
        (http(401), Trouble.TOKEN_REFUSED, "does not accept the token"),
        (http(403, b'{"message": "not for you"}'), Trouble.SERVICE_REFUSES, "not for you"),
        (http(429, b"", "Retry-After: 3"), Trouble.ASKS_TO_WAIT, "fewer requests"),
        (http(503, PAGE, HTML), Trouble.SERVICE_FAILED, "HTTP 503"),
        (b"what?\r\n\r\n", Trouble.SERVICE_FAILED, "broke"),
    ],
)  # fmt: skip
async def test_another_server_a_login_page_or_a_no(
    answer: bytes, trouble: Trouble, words: str
) -> None:
    async with (
        serving(answering(answer)) as server,
        calling(server.origin, name="Kaiten") as client,
    ):
        found = await _checked(client)
    assert found.obstacle is not None
    assert (found.obstacle.trouble, found.obstacle.place) == (trouble, "127.0.0.1")
    assert words in found.obstacle.sentence
    assert found.account == ""
    assert len(server.heard) == 1  # nothing was followed or repeated


async def test_nobody_there() -> None:
    async with calling("http://127.0.0.1:1", name="Kaiten") as client:
        found = await _checked(client)
    assert found == Check(KT, Obstacle(Trouble.CONNECTION_REFUSED, "127.0.0.1"))


async def test_without_a_token_the_service_is_not_asked() -> None:
    async def none() -> str:
        raise TokenUnavailable("There is no token for Kaiten yet.", KeyringTrouble.EMPTY)

    async with serving(answering(http(200, ME))) as server:
        client = ServiceClient("Kaiten", server.origin, none, now=lambda: NOW)
        found = await check(client, KT, wire.current_user(), wire.account)
        await client.close()
    assert found.keyring is KeyringTrouble.EMPTY
    assert found.obstacle is not None
    assert found.obstacle.trouble is Trouble.TOKEN_UNAVAILABLE
    assert found.obstacle.sentence == "There is no token for Kaiten yet."
    assert server.heard == []
