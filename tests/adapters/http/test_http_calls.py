"""Calls over real sockets: what was sent, what was not, and that the token stays where it is."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import gzip
import ipaddress
import logging
import socket
import ssl
import struct
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.http.support import (
    CANARY,
    NOW,
    SOON,
    Options,
    RawServer,
    answering,
    calling,
    http,
    request_of,
    serving,
)
from tests.support.environment import ROOT
from tests.support.loop_hold import MAX_HOLD_MS, loop_hold
from tests.support.names import know_localhost
from timer_app.adapters.delivery.timecrowd import wire
from timer_app.adapters.http.client import ServiceClient
from timer_app.adapters.http.exchange import Request, Response, program_version
from timer_app.adapters.http.proxies import Proxies
from timer_app.adapters.http.rate_limiter import RateLimiter
from timer_app.adapters.http.response_body import MAX_RESPONSE_BYTES
from timer_app.adapters.http.trust import make_ssl_context
from timer_app.domain.delivery.outcomes import (
    Done,
    NotSent,
    NotSentCause,
    Outcome,
    OutcomeUnknown,
    Refused,
    Removed,
    Unauthorized,
)
from timer_app.domain.messages import KeyringMessageId
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.sandbox import Fault, FaultKind, Sandbox
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.setup.ports import SecretUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timer_app.adapters.http.exchange import CallProblem

ASK = Request("GET", "/api/thing", {"title": "private words"})
TELL = Request("POST", "/api/thing", body={"comment": "private words"})


@pytest.fixture(autouse=True)
def _canary(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """In every test here: neither token nor contents ever reach a log, at any level."""
    caplog.set_level(logging.DEBUG)
    yield
    loops = ("asyncio", "qasync")
    logged = [record for record in caplog.records if not record.name.startswith(loops)]
    assert {record.name for record in logged} <= {"timer_app.adapters.http.client"}
    for record in logged:
        assert CANARY not in record.getMessage()
        assert "private" not in record.getMessage()


async def _outcome(
    origin: str, request: Request = TELL, *, token: str = CANARY, **options: Unpack[Options]
) -> Response | CallProblem:
    async with calling(origin, token=token, **options) as client:
        outcome = await client.call(request)
    for secret in filter(None, (token.strip(), CANARY)):
        assert secret not in repr(outcome)
        assert secret not in repr(client)
    return outcome


def _offline(outcome: object, *words: str) -> None:
    assert isinstance(outcome, NotSent)
    assert outcome.cause is NotSentCause.OFFLINE
    for word in words:
        assert word in outcome.reason


# -- when it leaves


async def test_a_request_says_when_it_leaves_and_only_then() -> None:
    left: list[str] = []
    request = replace(TELL, on_send=lambda: left.append("left"))

    class Queue:
        async def __aenter__(self) -> None:
            left.append("queued")

        async def __aexit__(self, *_: object) -> None:
            left.append("answered")

    async with serving(answering(http(200, b"{}"))) as server:
        await _outcome(server.origin, request, limiter=Queue())
    assert left == ["queued", "left", "answered"]
    left.clear()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        await _outcome(f"http://127.0.0.1:{unused.getsockname()[1]}", request)
    assert left == []


# -- never sent


async def test_a_refused_connection_was_not_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        outcome = await _outcome(f"http://127.0.0.1:{port}")
    _offline(outcome, "127.0.0.1", "refused")


async def test_a_name_that_is_not_found_was_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", nobody)
    _offline(await _outcome("https://nowhere.invalid"), "nowhere.invalid", "not found")


async def test_a_name_that_cannot_be_one_was_not_sent() -> None:
    _offline(await _outcome(f"https://{'a' * 70}.example"))


async def test_a_server_that_never_shakes_hands_was_not_sent() -> None:
    async def silent(_: RawServer, reader: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        await reader.read()

    async with serving(silent) as server:
        outcome = await _outcome(f"https://127.0.0.1:{server.port}", time_limit=SOON)
        _offline(outcome, "127.0.0.1", f"{SOON.total_seconds():g} s")
        outcome = await _outcome(f"https://127.0.0.1:{server.port}", connect_limit=SOON)
        _offline(outcome, "127.0.0.1", f"{SOON.total_seconds():g} s")


async def test_a_server_that_hangs_up_instead_of_shaking_hands_was_not_sent() -> None:
    async def hangs_up(raw: RawServer, *_: object) -> None:
        raw.heard.append(b"")

    async with serving(hangs_up) as server:
        _offline(await _outcome(f"https://127.0.0.1:{server.port}"))


async def test_waiting_for_its_turn_too_long_was_not_sent() -> None:
    pace = RateLimiter(1)
    async with pace, serving(answering(http(200))) as server:
        outcome = await _outcome(server.origin, limiter=pace, queue_limit=SOON)
    assert isinstance(outcome, NotSent)
    assert outcome.cause is NotSentCause.RATE_LIMITED
    assert server.heard == []


async def test_waiting_for_its_turn_is_no_part_of_the_time_limit() -> None:
    """A long queue in front of a call must not make it end as one that was not answered."""
    pace = RateLimiter(1, period=3 * SOON)
    async with pace:
        pass
    async with serving(answering(http(200))) as server:
        outcome = await _outcome(server.origin, limiter=pace, time_limit=SOON)
    assert isinstance(outcome, Response)


async def test_a_call_keeps_its_place_until_it_is_answered() -> None:
    seen: list[str] = []

    class Noting:
        async def __aenter__(self) -> None:
            seen.append("may go")

        async def __aexit__(self, *_: object) -> None:
            seen.append("is over")

    async def noting(
        _: RawServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await request_of(reader)
        seen.append("is answered")
        writer.write(http(200))
        await writer.drain()

    async with serving(noting) as server:
        assert isinstance(await _outcome(server.origin, limiter=Noting()), Response)
    assert seen == ["may go", "is answered", "is over"]


@pytest.mark.parametrize(
    "options",
    [
        {"trust": lambda: make_ssl_context("/nowhere/ca.pem")},
        {"trust": lambda: make_ssl_context(__file__)},
        {"proxies": Proxies("gopher://user:canary-9f3b7c51e2@proxy.example")},
        {"proxies": Proxies("http://proxy.example:canary-9f3b7c51e2")},
    ],
)
async def test_settings_that_cannot_work_are_said_and_nothing_is_sent(
    options: Options,
) -> None:
    _offline(await _outcome("https://service.example", **options), "cannot be used")


async def test_a_ca_file_that_is_not_there_is_named() -> None:
    outcome = await _outcome(
        "https://service.example", trust=lambda: make_ssl_context("/nowhere/ca.pem")
    )
    _offline(outcome, "/nowhere/ca.pem", "no such file")


# -- no token, no request


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "ключ", "\x00"])
async def test_what_cannot_be_a_token_is_never_sent(token: str) -> None:
    async with serving(answering(http(200))) as server:
        outcome = await _outcome(server.origin, token=token)
    assert outcome == Unauthorized("The token for TimeCrowd has characters that no token has.")
    assert server.heard == []


async def test_without_a_token_nothing_is_sent() -> None:
    async def locked() -> str:
        raise SecretUnavailable(KeyringMessageId.LOCKED)

    async with serving(answering(http(200))) as server:
        client = ServiceClient("Kaiten", server.origin, locked, now=lambda: NOW)
        assert await client.call(TELL) == Unauthorized(
            "The keyring is locked. Unlock it and try again. To be asked for its password:"
            " timer-app sync"
        )
        await client.close()
    assert server.heard == []


async def test_an_app_that_was_quit_says_nothing_of_the_token() -> None:
    async def quit_meanwhile() -> str:
        raise SecretUnavailable(KeyringMessageId.QUIT, problem=KeyringProblem.QUIT)

    client = ServiceClient("Kaiten", "http://127.0.0.1:9", quit_meanwhile, now=lambda: NOW)
    said = "Timer App was quit before the keyring answered."
    assert await client.call(TELL) == NotSent(NotSentCause.QUIT, said)
    await client.close()


async def test_a_token_pasted_with_a_line_break_is_sent_without_it() -> None:
    async with serving(answering(http(200))) as server:
        assert isinstance(await _outcome(server.origin, token=f"{CANARY}\n"), Response)
    assert f"authorization: bearer {CANARY}\r\n" in server.heard[0].decode().lower()


# -- sent, outcome unknown


async def _reads_and_closes(
    raw: RawServer, reader: asyncio.StreamReader, _: asyncio.StreamWriter
) -> None:
    raw.heard.append(await request_of(reader))


async def _reads_and_resets(
    raw: RawServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    raw.heard.append(await request_of(reader))
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _closes_unread(raw: RawServer, reader: asyncio.StreamReader, _: object) -> None:
    raw.heard.append(await reader.read(1))


async def _reads_and_hangs(
    raw: RawServer, reader: asyncio.StreamReader, _: asyncio.StreamWriter
) -> None:
    raw.heard.append(await request_of(reader))
    await reader.read()


@pytest.mark.parametrize(
    "answer",
    [
        _reads_and_closes,
        _reads_and_resets,
        _closes_unread,
        _reads_and_hangs,
        answering(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
        answering(b"what is this\r\n\r\n"),
        answering(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"),
        answering(http(500)),
        answering(http(503, b"<html>")),
    ],
)
async def test_what_was_sent_and_not_answered_is_unknown(answer: object) -> None:
    async with serving(answer) as server:  # type: ignore[arg-type]  # each is a way to answer
        outcome = await _outcome(server.origin, time_limit=SOON)
    assert isinstance(outcome, OutcomeUnknown)
    assert "TimeCrowd" in outcome.reason
    assert len(server.heard) == 1  # and nothing was repeated


async def test_a_body_that_drips_ends_at_our_time_limit() -> None:
    async with Sandbox() as sandbox:
        # More than 1/64 s: a timer of Windows' loop that is due sooner is due at once.
        sandbox.timecrowd.faults.add(Fault(FaultKind.DRIP, drip_seconds=0.05))
        outcome = await _outcome(
            sandbox.timecrowd_url,
            Request("GET", "/api/v1/user"),
            token=sandbox.timecrowd_token,
            time_limit=SOON,
        )
    assert isinstance(outcome, OutcomeUnknown)


async def test_a_question_that_breaks_is_unknown_too() -> None:
    async with serving(_reads_and_closes) as server:
        assert isinstance(await _outcome(server.origin, ASK), OutcomeUnknown)


# -- TLS, over a certificate of our own


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for 127.0.0.1 and service.example, with its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "service.example")])
    names = x509.SubjectAlternativeName(
        [
            x509.DNSName("service.example"),
            x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
        ]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=3650))
        .not_valid_after(NOW + timedelta(days=3650))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path_factory.mktemp("tls") / "service.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return pem


def _serving_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


async def test_an_untrusted_certificate_was_not_sent_and_says_why(certificate: Path) -> None:
    async with serving(_reads_and_closes, _serving_tls(certificate)) as server:
        outcome = await _outcome(f"https://127.0.0.1:{server.port}")
    _offline(outcome, "certificate of 127.0.0.1", "unknown authority", "self-signed")
    assert server.heard == []


async def test_a_certificate_for_another_name_was_not_sent(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_localhost(monkeypatch)
    async with serving(_reads_and_closes, _serving_tls(certificate)) as server:
        outcome = await _outcome(
            f"https://localhost:{server.port}", trust=lambda: make_ssl_context(str(certificate))
        )
    _offline(outcome, "certificate of localhost", "another name")
    assert server.heard == []


async def test_a_ca_file_is_added_to_the_systems_trust(certificate: Path) -> None:
    async with serving(answering(http(200, b"{}")), _serving_tls(certificate)) as server:
        outcome = await _outcome(
            f"https://127.0.0.1:{server.port}", trust=lambda: make_ssl_context(str(certificate))
        )
    assert isinstance(outcome, Response)
    assert outcome.text == "{}"


async def test_a_break_inside_tls_after_sending_is_unknown(certificate: Path) -> None:
    async with serving(_reads_and_closes, _serving_tls(certificate)) as server:
        outcome = await _outcome(
            f"https://127.0.0.1:{server.port}", trust=lambda: make_ssl_context(str(certificate))
        )
    assert isinstance(outcome, OutcomeUnknown)


# -- proxies


async def _through(
    answer: object, certificate: Path | None = None, user: str = ""
) -> tuple[Response | CallProblem, RawServer]:
    async with serving(answer) as proxy:  # type: ignore[arg-type]  # each is a way to answer
        outcome = await _outcome(
            "https://service.example",
            proxies=Proxies(f"http://{user}127.0.0.1:{proxy.port}"),
            time_limit=timedelta(seconds=5) if certificate else SOON,
            trust=lambda: make_ssl_context(str(certificate or "")),
        )
    return outcome, proxy


@pytest.mark.parametrize(
    "answer",
    [
        answering(http(407)),
        answering(http(502)),
        _reads_and_closes,
        _reads_and_hangs,
        answering(b"HTTP/1.1 200 OK\r\n\r\n"),
        answering(b"HTTP/1.1 200 OK\r\n\r\nnot TLS at all"),
    ],
)
async def test_what_a_proxy_did_not_pass_on_was_not_sent(answer: object) -> None:
    outcome, proxy = await _through(answer, user="me:canary-9f3b7c51e2@")
    _offline(outcome)
    (heard,) = proxy.heard
    assert heard.startswith(b"CONNECT service.example:443 ")
    assert b"bearer" not in heard.lower()


async def test_a_proxys_own_refusal_is_reported_in_plain_words() -> None:
    outcome, _ = await _through(answering(http(407)))
    _offline(outcome, "proxy 127.0.0.1 requires a user name")
    outcome, _ = await _through(answering(http(502)))
    _offline(outcome, "proxy 127.0.0.1 refused to connect. (502 Said)")


async def test_what_went_through_a_proxy_and_broke_is_unknown(certificate: Path) -> None:
    async def tunnel(
        raw: RawServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        raw.heard.append(await request_of(reader))
        writer.write(http(200))
        await writer.start_tls(_serving_tls(certificate))
        raw.heard.append(await request_of(reader))

    outcome, proxy = await _through(tunnel, certificate)
    assert isinstance(outcome, OutcomeUnknown)
    assert proxy.heard[1].startswith(b"POST /api/thing ")


async def test_this_computer_is_never_asked_through_a_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with serving(answering(http(200))) as server:
        assert isinstance(await _outcome(server.origin), Response)
        assert isinstance(
            await _outcome(server.origin, proxies=Proxies("http://127.0.0.1:1")), Response
        )


async def test_the_systems_proxy_is_used_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(answering(http(407))) as proxy:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        _offline(await _outcome("https://service.example"), "requires a user name")


# -- connections


async def test_a_change_never_travels_on_a_connection_that_may_be_dead() -> None:
    """The server ends each connection after its first answer, without having said so."""
    async with serving(answering(http(200, b"{}"))) as server, calling(server.origin) as client:
        for _ in range(20):
            assert isinstance(await client.call(TELL), Response)
    assert len(server.heard) == 20


async def test_questions_share_a_connection_and_changes_do_not() -> None:
    ok = http(200, b"{}")
    async with serving(answering(*[ok] * 9)) as server, calling(server.origin) as client:
        for request in (ASK, ASK, TELL, ASK, TELL):
            assert isinstance(await client.call(request), Response)
        await client.close()
    methods = [
        [line[:4] for line in heard.split(b"\r\n") if b" HTTP/1.1" in line]
        for heard in server.heard
    ]
    assert methods == [[b"GET ", b"GET ", b"GET "], [b"POST"], [b"POST"]]


async def test_cookies_are_not_kept() -> None:
    ok = http(200, b"{}", "Set-Cookie: session=1; Path=/")
    async with serving(answering(ok, ok)) as server, calling(server.origin) as client:
        await client.call(ASK)
        await client.call(ASK)
    assert b"cookie" not in server.heard[0].lower()


async def test_a_call_can_be_cancelled() -> None:
    arrived = asyncio.Event()

    async def hangs(_: RawServer, reader: asyncio.StreamReader, __: object) -> None:
        await request_of(reader)
        arrived.set()
        await reader.read()

    async with serving(hangs) as server, calling(server.origin) as client:
        call = asyncio.create_task(client.call(TELL))
        await arrived.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call


# -- what is sent, what is logged


async def test_the_request_as_the_service_hears_it() -> None:
    async with serving(answering(http(200))) as server:
        await _outcome(server.origin)
        await _outcome(server.origin, ASK)
    head, _, body = server.heard[0].decode().partition("\r\n\r\n")
    lines = {line.lower() for line in head.split("\r\n")}
    assert "post /api/thing http/1.1" in lines
    assert {
        "accept: application/json",
        "content-type: application/json",
        f"user-agent: timer-app/{program_version()}",
        f"authorization: bearer {CANARY}",
    } <= lines
    assert body == '{"comment":"private words"}'
    asked = server.heard[1].decode().lower()
    assert asked.startswith("get /api/thing?title=private+words ")
    assert "content-type" not in asked


async def test_one_line_is_logged_for_each_call(caplog: pytest.LogCaptureFixture) -> None:
    async with serving(answering(http(200), http(429))) as server, calling(server.origin) as client:
        await client.call(ASK)
        await client.call(ASK)
    assert [
        record.getMessage().rpartition(" in ")[0]
        for record in caplog.records
        if record.name.startswith("timer_app")
    ] == [
        "TimeCrowd GET /api/thing -> 200",
        "TimeCrowd GET /api/thing -> NotSent",
    ]


async def _asked_of_a_busy_service(*answers: bytes) -> tuple[object, list[float], int]:
    """What a question ends with, the pauses before it was asked again, and the requests."""
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with (
        serving(answering(*answers)) as server,
        calling(server.origin, pause=pause) as client,
    ):
        try:
            ended: object = await client.query(ASK, lambda response: response.text)
        except ServiceCallError as fault:
            ended = fault.outcome
        return ended, pauses, b"".join(server.heard).count(b"GET /api/thing")


async def test_a_question_waits_where_several_programs_ask_too_often() -> None:
    wait = http(429, b"", "Retry-After: 1")
    assert await _asked_of_a_busy_service(wait, wait, http(200, b"yes")) == ("yes", [1, 1], 3)
    ended, pauses, requests = await _asked_of_a_busy_service(wait, wait, wait, http(200, b"yes"))
    assert isinstance(ended, NotSent)
    assert ended.cause is NotSentCause.RATE_LIMITED
    assert (pauses, requests) == ([1, 1], 3)


@pytest.mark.parametrize("header", ["Retry-After: 3", "X-Other: 1"])
async def test_a_question_does_not_wait_long(header: str) -> None:
    ended, pauses, requests = await _asked_of_a_busy_service(http(429, b"", header), http(200))
    assert isinstance(ended, NotSent)
    assert (pauses, requests) == ([], 1)


async def test_what_changes_something_is_not_repeated_by_the_client() -> None:
    async with (
        serving(answering(http(429, b"", "Retry-After: 1"), http(200))) as server,
        calling(server.origin) as client,
    ):
        assert isinstance(await client.send(TELL, lambda _: Removed()), NotSent)
    assert len(server.heard) == 1


async def test_an_error_that_quotes_the_token_does_not_carry_it_on() -> None:
    body = f'{{"message": "{CANARY} is not allowed"}}'.encode()
    async with serving(answering(http(403, body))) as server:
        assert await _outcome(server.origin) == Refused(403, ("*** is not allowed",))
    location = f"Location: https://{CANARY}.example/"
    async with serving(answering(http(302, b"", location))) as server:
        assert isinstance(await _outcome(server.origin), Refused)


async def test_a_redirect_is_not_followed_and_the_token_stays() -> None:
    async with Sandbox() as sandbox:
        for status in (301, 302, 303, 307, 308):
            sandbox.timecrowd.faults.add(Fault(FaultKind.REDIRECT, status=status))
            outcome = await _outcome(
                sandbox.timecrowd_url,
                Request("GET", "/api/v1/user"),
                token=sandbox.timecrowd_token,
            )
            assert isinstance(outcome, Refused)
            assert outcome.status == status
        assert sandbox.visits == []


async def test_a_compressed_answer_is_read() -> None:
    body = gzip.compress(b'{"a": 1}')
    async with serving(answering(http(200, body, "Content-Encoding: gzip"))) as server:
        outcome = await _outcome(server.origin)
    assert isinstance(outcome, Response)
    assert outcome.json() == {"a": 1}


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("identity, GZIP", gzip.compress(b'{"a": 1}')),
        ("x-gzip", gzip.compress(b'{"a"') + gzip.compress(b": 1}")),
        ("gzip", gzip.compress(b'{"a": 1}') + b"\0" * 512),
        ("Identity", b'{"a": 1}'),
    ],
    ids=["listed", "in members", "filled up", "identity"],
)
async def test_a_compressed_answer_is_read_in_each_form_that_it_may_have(
    encoding: str, body: bytes
) -> None:
    async with serving(answering(http(200, body, f"Content-Encoding: {encoding}"))) as server:
        outcome = await _outcome(server.origin)
    assert isinstance(outcome, Response)
    assert outcome.json() == {"a": 1}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "compressed"])
async def test_an_answer_without_end_does_not_fill_the_memory(*, packed: bool) -> None:
    body = b" " * (MAX_RESPONSE_BYTES + 1)
    headers = ["Content-Encoding: gzip"] if packed else []
    answer = http(200, gzip.compress(body, 1) if packed else body, *headers)
    async with serving(answering(answer)) as server:
        outcome = await _outcome(server.origin)
    assert isinstance(outcome, OutcomeUnknown)
    assert "larger than any it should give" in outcome.reason


async def test_an_answer_of_empty_members_does_not_hold_the_loop() -> None:
    bomb = gzip.compress(b"") * 20_000
    answer = answering(http(200, bomb, "Content-Encoding: gzip"))
    async with serving(answer) as server, loop_hold() as hold:
        outcome = await _outcome(server.origin)
    assert isinstance(outcome, OutcomeUnknown)
    assert hold.longest_ms < MAX_HOLD_MS


@pytest.mark.qasync
async def test_an_answer_that_is_broken_off_leaves_nothing_to_the_garbage_collector() -> None:
    """Qt's loop has no hooks for async generators: one left suspended complains at its end."""
    async with serving(answering(http(200, b" " * (MAX_RESPONSE_BYTES + 1)))) as server:
        assert isinstance(await _outcome(server.origin), OutcomeUnknown)
    gc.collect()


def _packed_thrice() -> bytes:
    """A few hundred bytes that are gigabytes in the end."""
    packed = gzip.compress(b"\0" * (MAX_RESPONSE_BYTES + 1))
    return gzip.compress(gzip.compress(packed))


@pytest.mark.parametrize(
    "encoding", ["gzip, gzip, gzip", "GZIP,gzip", "br", "zstd", "deflate", "gzip, br"]
)
async def test_only_what_was_asked_for_is_inflated(encoding: str) -> None:
    answer = http(200, _packed_thrice(), f"Content-Encoding: {encoding}")
    async with serving(answering(answer)) as server:
        assert isinstance(await _outcome(server.origin), OutcomeUnknown)
    assert b"Accept-Encoding: gzip\r\n" in server.heard[0]


@pytest.mark.parametrize("status", [400, 422, 302, 401])
async def test_an_error_is_recognised_by_its_status_whatever_its_body(status: int) -> None:
    bodies = (
        http(status, b" " * (MAX_RESPONSE_BYTES + 1)),
        http(status, _packed_thrice(), "Content-Encoding: gzip, gzip, gzip"),
        http(status, b"nope", "Content-Encoding: gzip"),
    )
    for body in bodies:
        async with serving(answering(body)) as server:
            outcome = await _outcome(server.origin)
        assert isinstance(outcome, Unauthorized if status == 401 else Refused)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * MAX_RESPONSE_BYTES,
        b"[" + b"[]," * (MAX_RESPONSE_BYTES // 3 - 1) + b"[]]",
        b"[" + b'{"id":1},' * 30_000 + b"{}]",
        b'"' + b"\\ud800" * (MAX_RESPONSE_BYTES // 6 - 1) + b'"',
    ],
    ids=["deep", "wide", "rows", "surrogates"],
)
async def test_reading_the_largest_answer_leaves_the_loop_free(body: bytes) -> None:
    """A large answer is read in another thread: the loop's own thread never reads it."""
    threads = set()

    def read(response: Response) -> object:
        threads.add(threading.get_ident())
        return response.json()

    async with (
        serving(answering(http(200, body))) as server,
        calling(server.origin, time_limit=timedelta(seconds=60)) as client,
    ):
        with contextlib.suppress(ServiceCallError):
            await client.query(Request("GET", "/api/v1/user"), read)
    assert threads
    assert threading.get_ident() not in threads


BODIES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([
        b"", b"{}", b"null", b'{"message": "\\ud800"}', b'{"id": "\\udfff"}', b'"\\u0000"',
        b"[" * 5_000, gzip.compress(b"{}"), b"\xff\xfe{\x00}\x00", b"<html>",
        b'{"errors": [[["\\ud83d"]]]}', b"1e999", b"NaN",
    ]),
)  # fmt: skip
HEADER_LINES = st.lists(
    st.one_of(
        st.binary(max_size=40).map(lambda it: it.replace(b"\r", b"").replace(b"\n", b"")),
        st.sampled_from([
            b"Date: Fri, 31 Dec 9999 23:59:59 GMT", b"Date: \xff", b"Retry-After: 1e9",
            b"Location: https://[", b"Location: \xed\xa0\x80", b"Content-Encoding: gzip",
            b"Content-Encoding: gzip, gzip", b"Content-Type: text/html; charset=utf-16",
            b"Content-Type: \xf0\x9f", b"X-RateLimit-Reset: 999999999999",
            b"Transfer-Encoding: chunked", b"Content-Length: 3", b"Set-Cookie: a=b",
        ]),
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(status=st.integers(100, 999), lines=HEADER_LINES, body=BODIES, is_framed=st.booleans())
def test_whatever_bytes_a_service_sends_a_call_ends_in_one_of_the_outcomes(
    status: int, lines: list[bytes], body: bytes, *, is_framed: bool
) -> None:
    frame = [b"Content-Length: %d" % len(body)] if is_framed else []
    head = b"\r\n".join([b"HTTP/1.1 %d Said" % status, *frame, *lines, b"", b""])

    async def deliver() -> Outcome:
        async with serving(answering(head + body)) as server, calling(server.origin) as client:
            return await client.send(TELL, wire.removed)

    outcome = asyncio.run(deliver())
    assert isinstance(outcome, Done | NotSent | OutcomeUnknown | Unauthorized | Refused)
    if isinstance(outcome, Refused):
        outcome.reason.encode()  # it can be stored


@pytest.mark.qasync
async def test_it_is_the_same_on_qts_loop() -> None:
    async with serving(answering(http(200, b"{}"))) as server:
        assert isinstance(await _outcome(server.origin), Response)
    async with serving(_reads_and_hangs) as server:
        assert isinstance(await _outcome(server.origin, time_limit=SOON), OutcomeUnknown)
        secure = server.origin.replace("http:", "https:")
        _offline(await _outcome(secure, time_limit=SOON), "127.0.0.1")


def test_nothing_is_imported_before_it_is_needed() -> None:
    """Start-up stays light: neither httpx nor what it brings comes with the modules."""
    program = (
        "import sys\n"
        "from timer_app.adapters.http import client as calls\n"
        "from timer_app.adapters.delivery.kaiten import gateway, wire\n"
        "from timer_app.adapters.delivery.timecrowd import gateway as other, wire as other_wire\n"
        "heavy = {'httpx', 'httpcore', 'anyio', 'truststore', 'h11', 'PySide6'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert run.stdout == "[]\n"


def test_what_a_call_needs_is_imported_beside_the_loop() -> None:
    """In a thread and whole: a fifth of a second would be felt in the tray.

    What is not there is not looked for again either: httpcore asked for sniffio six times a call.
    """
    program = (
        "import asyncio, sys, threading\n"
        "from datetime import UTC, datetime\n"
        "from timer_app.adapters.http import client as calls\n"
        "from timer_app.adapters.http.exchange import Request\n"
        "bring, names = calls.import_libraries, []\n"
        "def noting():\n"
        "    print(threading.current_thread() is threading.main_thread())\n"
        "    bring()\n"
        "    names.extend([] if names else sys.modules)\n"
        "calls.import_libraries = noting\n"
        "class Looked:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        print('looked for', name)\n"
        "async def token():\n"
        "    return 'x'\n"
        "async def main():\n"
        "    clock = lambda: datetime.now(UTC)\n"
        "    for origin in ('http://127.0.0.1:9', 'https://127.0.0.1:9'):\n"
        "        if names:\n"
        "            sys.meta_path.insert(0, Looked())\n"
        "        client = calls.ServiceClient('A', origin, token, now=clock)\n"
        "        await client.call(Request('GET', '/'))\n"
        "        await client.close()\n"
        "asyncio.run(main())\n"
        "print(sorted({name.partition('.')[0] for name in set(sys.modules) - set(names)}))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert run.stdout == "False\nFalse\n[]\n"


@pytest.mark.qasync  # its loop closes no generators by itself
async def test_a_call_that_is_broken_off_between_two_pieces_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def break_off(_content: object, _limit: int) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr("timer_app.adapters.http.response_body._check_size", break_off)
    async with serving(answering(http(200, b"half"))) as server, calling(server.origin) as client:
        tasks = [asyncio.create_task(client.call(ASK))]
        await asyncio.wait(tasks)
        assert tasks[0].cancelled()
        # Outside of any task: what is left would end here, and complain.
        asyncio.get_running_loop().call_soon(tasks.clear)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
