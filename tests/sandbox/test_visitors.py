"""Web pages get nothing done at a stand-in, whatever they send; programs do."""

from __future__ import annotations

import httpx
import pytest

from timer_app.sandbox import Sandbox

FAULT = {"service": "timecrowd", "kind": "status", "status": 503}


@pytest.fixture(params=["timecrowd", "kaiten"])
def url(request: pytest.FixtureRequest, sandbox: Sandbox) -> str:
    """Each stand-in's origin."""
    return sandbox.timecrowd_url if request.param == "timecrowd" else sandbox.kaiten_url


async def _ask(url: str, method: str = "GET", path: str = "/_sandbox/state", **more: object) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.request(method, url + path, **more)).status_code  # type: ignore[arg-type]  # headers, content


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "192.0.2.1", "", "[::2]",
             "localhost@evil.example", "127.0.0.1/evil", "127.1", "localhost.", "0",
             "2130706433", "127.0.0.1, evil.example", "[::ffff:127.0.0.1]"],
)  # fmt: skip
async def test_a_foreign_host_is_refused(url: str, host: str) -> None:
    for path in ("/", "/_sandbox/state", "/api/v1/user", "/api/latest/users/current"):
        assert await _ask(url, path=path, headers={"Host": host}) in (400, 403)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1234", "LOCALHOST", "[::1]:8000"])
async def test_every_name_of_this_computer_is_served(url: str, host: str) -> None:
    assert await _ask(url, headers={"Host": host}) == 200


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://localhost:1",
        "http://127.0.0.1",
        "",
        "file://",
        "http://localhost.evil.example",
        "chrome-extension://abc",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PATCH", "OPTIONS"])
async def test_a_page_of_another_origin_is_refused(
    url: str, sandbox: Sandbox, origin: str, method: str
) -> None:
    assert await _ask(url, method, "/_sandbox/faults", headers={"Origin": origin}) == 403
    assert not sandbox.timecrowd.faults.active


async def test_the_stand_ins_own_page_is_served(url: str) -> None:
    assert await _ask(url, headers={"Origin": url}) == 200


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "TEXT/PLAIN; charset=utf-8",
    ],
)
async def test_a_form_gets_nothing_done(url: str, sandbox: Sandbox, kind: str) -> None:
    for path in ("/_sandbox/faults", "/_sandbox/state", "/api/v1/time_entries"):
        headers = {"Content-Type": kind, "Authorization": f"Bearer {sandbox.timecrowd_token}"}
        body = b'{"service": "timecrowd", "kind": "status", "status": 503}'
        assert await _ask(url, "POST", path, headers=headers, content=body) == 415
    assert not sandbox.timecrowd.faults.active
    assert not sandbox.timecrowd.state.entries


async def test_programs_are_served(url: str, sandbox: Sandbox) -> None:
    assert await _ask(url, "POST", "/_sandbox/faults", json=FAULT) == 201
    assert sandbox.timecrowd.faults.active
