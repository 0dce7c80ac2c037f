"""The newest version asked of a real server: what it is sent, and answers that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.adapters.http.support import answering, http, serving
from tests.support.certificates import Authority
from timer_app.adapters.http.proxies import Proxies
from timer_app.adapters.http.trust import make_ssl_context
from timer_app.adapters.setup.releases import fetch_newest_version, read_version
from timer_app.services.setup.updates import ReleaseFeedError


def _latest(tag: object) -> bytes:
    return json.dumps({"tag_name": tag, "html_url": "https://forge.example/r"}).encode()


async def test_one_question_without_a_token() -> None:
    async with serving(answering(http(200, _latest("v0.2.0")))) as server:
        assert (
            await fetch_newest_version(f"{server.origin}/latest?a=b", make_ssl_context, Proxies())
            == "0.2.0"
        )
    (heard,) = server.heard
    assert heard.startswith(b"GET /latest?a=b HTTP/1.1\r\n")
    assert b"authorization" not in heard.lower()
    assert b"cookie" not in heard.lower()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (http(200, b"<html>"), "not JSON"),
        (http(200, b"[" * 100_000), "not JSON"),
        (http(200, b"[]"), "names no version"),
        (http(200, _latest(None)), "names no version"),
        (http(200, _latest("0.2.0; rm -rf /")), "names no version"),
        (http(404, _latest("0.2.0")), "HTTP 404"),
        (http(302, b"", "Location: http://127.0.0.1:9/elsewhere"), "HTTP 302"),
        (b"garbage\r\n\r\n", "RemoteProtocolError"),
    ],
)
async def test_what_is_no_answer(answer: bytes, words: str) -> None:
    async with serving(answering(answer)) as server:
        with pytest.raises(ReleaseFeedError, match=words):
            await fetch_newest_version(server.origin, make_ssl_context, Proxies())


async def test_nobody_there() -> None:
    async with serving(answering()) as server:
        gone = server.origin
    with pytest.raises(ReleaseFeedError, match="cannot be reached"):
        await fetch_newest_version(gone, make_ssl_context, Proxies())


async def test_a_certificate_that_is_not_in_order_is_not_waved_through(tmp_path: Path) -> None:
    context = Authority(tmp_path).issue("127.0.0.1")
    async with serving(answering(http(200, _latest("0.2.0"))), context) as server:
        with pytest.raises(ReleaseFeedError, match="cannot be reached"):
            await fetch_newest_version(
                server.origin.replace("http", "https"), make_ssl_context, Proxies()
            )


def test_a_version_is_numbers_alone() -> None:
    assert read_version(_latest(" v1.2 ")) == "1.2"
