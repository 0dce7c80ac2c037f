"""Networks of companies: certificates, proxies and login pages, over real sockets."""

from __future__ import annotations

import asyncio
import base64
import errno
import logging
import os
import socket
import ssl
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import httpx
import pytest

from tests.adapters.http.support import (
    CANARY,
    SOON,
    Options,
    RawServer,
    answering,
    calling,
    http,
    serving,
)
from tests.support.certificates import EXPIRED, NOT_YET_VALID, Authority, Span
from tests.support.limits import TIME_LIMIT
from tests.support.names import know_localhost
from tests.support.proxies import HttpProxy, SocksProxy
from timer_app.adapters.http.certificate_dates import read_validity
from timer_app.adapters.http.client import ServiceClient
from timer_app.adapters.http.connection_problems import connection_problem_from
from timer_app.adapters.http.exchange import Request, Response
from timer_app.adapters.http.proxies import (
    LOGIN_RETRY_DELAY,
    ConnectionSetupError,
    Proxies,
    bypasses_proxy,
    read_proxy,
)
from timer_app.adapters.http.request_trace import RequestTrace
from timer_app.adapters.http.trust import CaFileError, check_ca_file, make_ssl_context
from timer_app.domain.delivery.outcomes import NotSent
from timer_app.domain.messages import ConnectionProblemKind, KeyringMessageId
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.services.setup.ports import SecretUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timer_app.adapters.http.exchange import CallProblem

TELL = Request("POST", "/api/thing", body={"a": "b"})
PASSWORD = "canary proxy pass:wörd @%"
AUTHORITY_UNKNOWN = ConnectionProblemKind.CERTIFICATE_UNKNOWN_AUTHORITY


@pytest.fixture(autouse=True)
def _canary(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No password and no token reaches a log, at any level."""
    caplog.set_level(logging.DEBUG)
    yield
    basic = base64.b64encode(f"me:{PASSWORD}".encode()).decode()
    for record in caplog.records:
        for secret in (PASSWORD, CANARY, basic):
            assert secret not in record.getMessage()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A company's own."""
    return Authority(tmp_path_factory.mktemp("authority"))


async def _outcome(origin: str, **options: Unpack[Options]) -> Response | CallProblem:
    async with calling(origin, **options) as client:
        outcome = await client.call(TELL)
    for secret in (PASSWORD, CANARY):
        assert secret not in repr(outcome) + repr(client)
    return outcome


def _obstacle(outcome: object) -> ConnectionProblem:
    assert isinstance(outcome, NotSent), outcome
    assert outcome.connection_problem is not None
    assert outcome.reason.startswith(outcome.connection_problem.sentence)
    return outcome.connection_problem


def _proxies(address: str, password: str | None = None) -> Proxies:
    if password is None:
        return Proxies(address)

    async def ask(_address: str) -> str:
        return password

    return Proxies(address, ask)


# -- certificates


@pytest.mark.parametrize(
    ("hosts", "span", "trusted", "trouble"),
    [
        (("127.0.0.1",), Span(), True, None),
        (("127.0.0.1",), Span(), False, AUTHORITY_UNKNOWN),
        (("127.0.0.1",), EXPIRED, True, ConnectionProblemKind.CERTIFICATE_EXPIRED),
        (("127.0.0.1",), NOT_YET_VALID, True, ConnectionProblemKind.CERTIFICATE_NOT_YET_VALID),
        (("other.example",), Span(), True, ConnectionProblemKind.CERTIFICATE_NAME_MISMATCH),
    ],
)
async def test_a_certificate_that_is_not_trusted_is_reported_with_its_reason(
    authority: Authority,
    hosts: tuple[str, ...],
    span: Span,
    trusted: bool,  # noqa: FBT001 - a column of the table
    trouble: ConnectionProblemKind | None,
) -> None:
    ca_file = str(authority.pem) if trusted else ""
    context = authority.issue(*hosts, span=span)
    async with serving(answering(http(200, b"{}")), context) as server:
        outcome = await _outcome(
            f"https://127.0.0.1:{server.port}", trust=lambda: make_ssl_context(ca_file)
        )
    if trouble is None:
        assert isinstance(outcome, Response)
        return
    found = _obstacle(outcome)
    assert (found.kind, found.place, found.at_proxy) == (trouble, "127.0.0.1", False)
    assert found.remedy
    assert server.heard == []  # not one byte of the request


@pytest.mark.parametrize("is_asked_twice", [False, True])
@pytest.mark.parametrize(
    ("span", "trouble"),
    [
        (EXPIRED, ConnectionProblemKind.CERTIFICATE_EXPIRED),
        (NOT_YET_VALID, ConnectionProblemKind.CERTIFICATE_NOT_YET_VALID),
    ],
)
async def test_where_the_system_has_one_code_for_both_the_certificates_dates_tell(
    authority: Authority,
    span: Span,
    trouble: ConnectionProblemKind,
    is_asked_twice: bool,  # noqa: FBT001 - a column of the table
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As Windows refuses a certificate outside its dates; it may fail when asked once more."""

    def refuse(_connection: object, server_hostname: str | None) -> None:
        error = ssl.SSLCertVerificationError(f"{server_hostname} is not within its dates")
        error.verify_code = 0x800B0101
        try:
            raise error
        finally:
            if is_asked_twice:
                raise OSError(22, "Invalid parameter.")

    def trust_no_one() -> ssl.SSLContext:
        context = make_ssl_context(str(authority.pem))
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # OpenSSL itself lets it pass
        return context

    make_ssl_context()  # loads the library, which hides the module
    monkeypatch.setattr(sys.modules["truststore._api"], "_verify_peercerts", refuse)
    async with serving(answering(http(200, b"{}")), authority.issue("127.0.0.1", span=span)) as it:
        outcome = await _outcome(f"https://127.0.0.1:{it.port}", trust=trust_no_one)
    assert _obstacle(outcome).kind is trouble


@pytest.mark.parametrize("cut", [0, 1, 3, 10, 40])
def test_what_is_no_certificate_has_no_dates(authority: Authority, cut: int) -> None:
    whole = ssl.PEM_cert_to_DER_cert(authority.pem.read_text(encoding="ascii"))
    found = read_validity(whole)
    assert (found.ends - found.begins).days == 60
    with pytest.raises(ValueError, match=r"cut off|no "):
        read_validity(whole[:cut])


async def test_a_name_is_compared_as_well_as_an_address(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_localhost(monkeypatch)
    context = authority.issue("other.example")
    async with serving(answering(http(200, b"{}")), context) as server:
        outcome = await _outcome(
            f"https://localhost:{server.port}", trust=lambda: make_ssl_context(str(authority.pem))
        )
    assert _obstacle(outcome).kind is ConnectionProblemKind.CERTIFICATE_NAME_MISMATCH


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (23, ConnectionProblemKind.CERTIFICATE_REVOKED),
        (0x80092010, ConnectionProblemKind.CERTIFICATE_REVOKED),
        (0x800B0101, ConnectionProblemKind.CERTIFICATE_EXPIRED),
        (-67843, AUTHORITY_UNKNOWN),
        (9999, ConnectionProblemKind.CERTIFICATE_INVALID),
    ],
)
def test_what_openssl_windows_and_macos_say(code: int, trouble: ConnectionProblemKind) -> None:
    """The tables of Windows and macOS were not run there."""
    fault = ssl.SSLCertVerificationError("no")
    fault.verify_code, fault.verify_message = code, "in its words"
    found = connection_problem_from(fault, RequestTrace("service.example"), SOON)
    assert found.kind is trouble
    assert "in its words" not in found.sentence


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (18, "signed by an unknown authority. (it is self-signed)"),
        (20, "signed by an unknown authority. (its issuer is not known to this computer)"),
        (7, "signed by an unknown authority. (its signature is wrong)"),
        (66, "cannot be trusted. (its key or its signature is too weak)"),
        (26, "cannot be trusted. (it is not for servers)"),
        (92, "cannot be trusted. (code 92)"),
    ],
)
def test_what_is_wrong_with_a_certificate(code: int, words: str) -> None:
    fault = ssl.SSLCertVerificationError("no")
    fault.verify_code, fault.verify_message = code, "in its words"
    found = connection_problem_from(fault, RequestTrace("service.example"), SOON)
    assert found.sentence == f"The certificate of service.example is {words}".replace(
        "is cannot", "cannot"
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("WRONG_VERSION_NUMBER", "it does not speak TLS"),
        ("TLSV1_ALERT_PROTOCOL_VERSION", "it has no version of TLS that is safe today"),
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", "it requires a client certificate"),
        ("SSLV3_ALERT_HANDSHAKE_FAILURE", "it has no cipher in common with this computer"),
        ("TLSV1_UNRECOGNIZED_NAME", "it does not know this name"),
        ("DH_KEY_TOO_SMALL", "its key or its signature is too weak"),
        ("SOMETHING_NEW", "the handshake failed"),
        (None, "the handshake failed"),
    ],
)
def test_openssls_words_are_for_the_log(reason: str | None, words: str) -> None:
    fault = ssl.SSLError(1, f"[SSL: {reason}] openssl's words (_ssl.c:992)")
    if reason is not None:
        fault.reason = reason
    found = connection_problem_from(fault, RequestTrace("service.example"), SOON)
    assert found.sentence == f"A secure connection to service.example was not possible. ({words})"


@pytest.mark.parametrize("kind", [httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError])
def test_httpxs_words_are_for_the_log(kind: type[httpx.TransportError]) -> None:
    found = connection_problem_from(kind("httpx's words"), RequestTrace("service.example"), SOON)
    assert kind.__name__ not in found.sentence
    assert "words" not in found.sentence


def test_an_extra_authority_adds_to_the_systems(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are trusted side by side: by a handshake with a server of each."""
    system = Authority(tmp_path, "The system's")
    monkeypatch.setenv("SSL_CERT_FILE", str(system.pem))

    async def call() -> list[bool]:
        good = []
        for issuer in (system, authority, Authority(tmp_path, "Neither")):
            context = issuer.issue("127.0.0.1")
            async with serving(answering(http(200, b"{}")), context) as server:
                outcome = await _outcome(
                    f"https://127.0.0.1:{server.port}",
                    trust=lambda: make_ssl_context(str(authority.pem)),
                )
            good.append(isinstance(outcome, Response))
        return good

    assert asyncio.run(call()) == [True, True, False]


# -- the file of extra certificates


def _broken(authority: Authority) -> bytes:
    lines = authority.pem.read_bytes().splitlines()
    return b"\n".join([*lines[:2], b"!!!!", *lines[3:]])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda _: None, "there is no such file"),
        (lambda _: b"", "it is empty"),
        (lambda _: b"\n \n", "it is empty"),
        (lambda _: b"just some words", "it has no PEM text"),
        (lambda _: b"\x30\x82\x01\x0a\x00\xff", "it has no PEM text"),
        (lambda _: b"-----BEGIN NOTHING-----\n-----END NOTHING-----\n", "it has no certificate"),
        (_broken, "a certificate in it is broken"),
    ],
    ids=["missing", "empty", "blank", "words", "der", "no certificate", "broken"],
)
async def test_a_file_that_adds_nobody_is_named_with_the_reason(
    authority: Authority,
    tmp_path: Path,
    content: Callable[[Authority], bytes | None],
    reason: str,
) -> None:
    path = tmp_path / "company.pem"
    if (written := content(authority)) is not None:
        path.write_bytes(written)
    with pytest.raises(CaFileError, match=reason):
        check_ca_file(str(path))
    found = _obstacle(
        await _outcome("https://service.example", trust=lambda: make_ssl_context(str(path)))
    )
    assert found.kind is ConnectionProblemKind.CA_FILE
    assert str(path) in found.sentence
    assert reason in found.sentence
    assert "network.ca_file" in found.remedy


def test_a_folder_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    places = [tmp_path]
    if sys.platform != "win32":
        places.append(tmp_path / "pipe")
        os.mkfifo(places[-1])
    for path in places:
        with pytest.raises(CaFileError, match="it is not a file"):
            check_ca_file(str(path))


async def test_a_file_that_comes_back_counts_without_a_restart(
    authority: Authority, tmp_path: Path
) -> None:
    path = tmp_path / "company.pem"
    context = authority.issue("127.0.0.1")
    async with (
        serving(answering(http(200, b"{}")), context) as server,
        calling(
            f"https://127.0.0.1:{server.port}", trust=lambda: make_ssl_context(str(path))
        ) as client,
    ):
        assert _obstacle(await client.call(TELL)).kind is ConnectionProblemKind.CA_FILE
        Authority(tmp_path).pem.rename(path)  # another company's
        assert _obstacle(await client.call(TELL)).kind is AUTHORITY_UNKNOWN
        path.write_bytes(authority.pem.read_bytes())
        assert isinstance(await client.call(TELL), Response)


# -- who is not there


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (OSError(errno.ENETUNREACH, "Network is unreachable"), ConnectionProblemKind.NO_ROUTE),
        (OSError(errno.EHOSTUNREACH, "No route to host"), ConnectionProblemKind.NO_ROUTE),
        (OSError(errno.ECONNRESET, "Connection reset by peer"), ConnectionProblemKind.BROKEN),
        (OSError(errno.ETIMEDOUT, "Connection timed out"), ConnectionProblemKind.NO_ANSWER),
        (
            ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"),
            ConnectionProblemKind.TLS,
        ),
        (
            socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
            ConnectionProblemKind.NAME_NOT_FOUND,
        ),
    ],
)
async def test_in_which_way_it_is_missing_is_reported(
    monkeypatch: pytest.MonkeyPatch, fault: OSError, trouble: ConnectionProblemKind
) -> None:
    async def fails(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", fails)
    found = _obstacle(await _outcome("https://192.0.2.1"))
    assert (found.kind, found.place) == (trouble, "192.0.2.1")
    assert found.remedy
    assert "no details" not in found.sentence


def test_of_several_addresses_the_one_that_came_nearest_tells() -> None:
    both = OSError("All connection attempts failed")
    both.__cause__ = ExceptionGroup(
        "", [OSError(errno.ENETUNREACH, "no IPv6"), ConnectionRefusedError(111, "refused")]
    )
    found = connection_problem_from(both, RequestTrace("service.example"), SOON)
    assert found.kind is ConnectionProblemKind.CONNECTION_REFUSED


async def test_a_server_without_tls_is_named() -> None:
    async with serving(answering(http(200))) as server:
        found = _obstacle(await _outcome(f"https://127.0.0.1:{server.port}", time_limit=SOON * 20))
    assert found.kind in (ConnectionProblemKind.TLS, ConnectionProblemKind.NO_ANSWER)


# -- proxies


@pytest.mark.parametrize("kind", ["http", "socks5", "socks5h"])
@pytest.mark.parametrize("password", [None, PASSWORD])
async def test_through_a_proxy_with_and_without_a_login(
    authority: Authority, kind: str, password: str | None
) -> None:
    context = authority.issue("service.example")
    login = f"m\\e@corp:{password}" if password else ""
    make = HttpProxy if kind == "http" else SocksProxy
    async with (
        serving(answering(http(200, b"{}")), context) as server,
        make({"service.example": server.port}, login) as proxy,
    ):
        user = "m%5Ce%40corp@" if password else ""
        outcome = await _outcome(
            "https://service.example",
            proxies=_proxies(f"{kind}://{user}127.0.0.1:{proxy.port}", password),
            trust=lambda: make_ssl_context(str(authority.pem)),
        )
    assert isinstance(outcome, Response), outcome
    assert server.heard[0].startswith(b"POST /api/thing ")
    assert b"proxy-authorization" not in server.heard[0].lower()
    # What the proxy could read is where to, and its own login: all else is TLS.
    assert len(proxy.seen.asked) == 1
    assert proxy.seen.passed
    for secret in (CANARY, "/api/thing"):
        assert secret.encode() not in b"".join(proxy.seen.asked) + proxy.seen.passed
    assert PASSWORD.encode() not in proxy.seen.passed


async def test_a_proxy_over_tls_is_trusted_like_a_service(authority: Authority) -> None:
    context, own = authority.issue("service.example"), authority.issue("127.0.0.1")
    async with serving(answering(http(200, b"{}")), context) as server:
        proxy = await HttpProxy({"service.example": server.port}, f"me:{PASSWORD}").start(own)
        find = _proxies(f"https://me@127.0.0.1:{proxy.port}", PASSWORD)
        outcome = await _outcome(
            "https://service.example",
            proxies=find,
            trust=lambda: make_ssl_context(str(authority.pem)),
        )
        assert isinstance(outcome, Response), outcome
        found = _obstacle(await _outcome("https://service.example", proxies=find))
        assert (found.kind, found.at_proxy) == (AUTHORITY_UNKNOWN, True)
        assert len(proxy.seen.asked) == 1  # no password goes to whom we do not trust
        await proxy.close()


async def test_the_certificate_behind_a_proxy_is_the_services(authority: Authority) -> None:
    async with (
        serving(answering(http(200)), authority.issue("service.example")) as server,
        HttpProxy({"service.example": server.port}) as proxy,
        SocksProxy({"service.example": server.port}) as socks,
    ):
        for address in (f"http://127.0.0.1:{proxy.port}", f"socks5://127.0.0.1:{socks.port}"):
            outcome = await _outcome("https://service.example", proxies=Proxies(address))
            found = _obstacle(outcome)
            assert (found.kind, found.place) == (AUTHORITY_UNKNOWN, "service.example")
            assert not found.at_proxy
    assert server.heard == []


@pytest.mark.parametrize("kind", ["http", "socks5"])
@pytest.mark.parametrize(
    ("user", "trouble"),
    [
        ("", ConnectionProblemKind.PROXY_WANTS_LOGIN),
        ("me@", ConnectionProblemKind.PROXY_REFUSES_LOGIN),
    ],
)
async def test_a_proxy_that_wants_another_login(
    kind: str, user: str, trouble: ConnectionProblemKind
) -> None:
    make = HttpProxy if kind == "http" else SocksProxy
    async with make({}, "me:right") as proxy:
        outcome = await _outcome(
            "https://service.example",
            proxies=_proxies(f"{kind}://{user}127.0.0.1:{proxy.port}", PASSWORD),
        )
    found = _obstacle(outcome)
    assert (found.kind, found.at_proxy, found.place) == (trouble, True, "127.0.0.1")
    assert "login proxy" in found.remedy


@pytest.mark.parametrize("kind", ["http", "socks5"])
async def test_a_proxy_that_does_not_lead_there(kind: str) -> None:
    make = HttpProxy if kind == "http" else SocksProxy
    async with make({}) as proxy:
        outcome = await _outcome(
            "https://service.example",
            proxies=Proxies(f"{kind}://127.0.0.1:{proxy.port}"),
        )
    assert _obstacle(outcome).kind is ConnectionProblemKind.PROXY_REFUSES_CONNECTION


@pytest.mark.parametrize("kind", ["http", "socks5", "https"])
async def test_a_proxy_that_hangs_refuses_or_is_something_else(kind: str) -> None:
    async def silent(_: RawServer, reader: asyncio.StreamReader, __: object) -> None:
        await reader.read()

    async def outcome(port: int) -> ConnectionProblem:
        find = Proxies(f"{kind}://127.0.0.1:{port}")
        found = _obstacle(
            await _outcome("https://service.example", proxies=find, time_limit=SOON * 3)
        )
        assert (found.at_proxy, found.place) == (True, "127.0.0.1")
        assert found.remedy
        return found

    async with serving(silent) as server:
        unanswered = await outcome(server.port)
    assert unanswered.kind is ConnectionProblemKind.NO_ANSWER
    assert "no details" not in unanswered.sentence
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        refused = await outcome(unused.getsockname()[1])
    assert refused.kind is ConnectionProblemKind.CONNECTION_REFUSED
    assert refused.sentence == "The connection was refused by the proxy 127.0.0.1."
    for words in (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", b"\x05", b"", b"\x00" * 12):
        async with serving(_saying(words)) as server:
            found = await outcome(server.port)
        assert found.kind in (
            ConnectionProblemKind.NOT_A_PROXY,
            ConnectionProblemKind.BROKEN,
            ConnectionProblemKind.TLS,
            ConnectionProblemKind.PROXY_REFUSES_CONNECTION,
            ConnectionProblemKind.PROXY_WANTS_LOGIN,
            ConnectionProblemKind.NO_ANSWER,
        ), words


def _saying(words: bytes) -> Callable[..., Awaitable[None]]:
    async def say(_: RawServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(words)
        await writer.drain()
        await reader.read(1000)

    return say


async def test_the_name_of_a_proxy_that_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", nobody)
    found = _obstacle(
        await _outcome("https://service.example", proxies=Proxies("http://proxy.example:3128"))
    )
    assert found == ConnectionProblem(
        ConnectionProblemKind.NAME_NOT_FOUND, "proxy.example", at_proxy=True
    )
    assert found.sentence == "The name of the proxy proxy.example was not found."


async def test_without_its_password_a_proxy_is_not_asked() -> None:
    async def locked(_address: str) -> str:
        raise SecretUnavailable(KeyringMessageId.LOCKED)

    async with HttpProxy({}, "me:right") as proxy:
        find = Proxies(f"http://me@127.0.0.1:{proxy.port}", locked)
        found = _obstacle(await _outcome("https://service.example", proxies=find))
        assert found.kind is ConnectionProblemKind.PROXY_PASSWORD
        assert "The keyring is locked." in found.sentence
        assert proxy.seen.asked == []


async def test_a_right_password_counts_without_a_restart(authority: Authority) -> None:
    kept = ["wrong"]

    async def ask(_address: str) -> str:
        return kept[0]

    async with (
        serving(answering(http(200, b"{}")), authority.issue("service.example")) as server,
        HttpProxy({"service.example": server.port}, "me:right") as proxy,
        calling(
            "https://service.example",
            proxies=Proxies(f"http://me@127.0.0.1:{proxy.port}", ask),
            trust=lambda: make_ssl_context(str(authority.pem)),
        ) as client,
    ):
        assert _obstacle(await client.call(TELL)).kind is ConnectionProblemKind.PROXY_REFUSES_LOGIN
        kept[0] = "right"
        assert isinstance(await client.call(TELL), Response)


async def test_a_refused_login_is_not_tried_until_the_account_is_locked() -> None:
    kept, now = ["wrong"], [1000.0]

    async def ask(_address: str) -> str:
        return kept[0]

    async with HttpProxy({}, "me:right") as proxy:
        address = f"http://me@127.0.0.1:{proxy.port}"
        proxies = Proxies(address, ask, seconds=lambda: now[0])
        async with (
            calling("https://one.example", proxies=proxies) as one,
            calling("https://two.example", proxies=proxies) as two,
        ):
            for client in (one, one, two, two):
                found = _obstacle(await client.call(TELL))
                assert found.kind is ConnectionProblemKind.PROXY_REFUSES_LOGIN
            assert len(proxy.seen.asked) == 1
            kept[0] = "wrong too"
            assert _obstacle(await two.call(TELL)).kind is ConnectionProblemKind.PROXY_REFUSES_LOGIN
            assert len(proxy.seen.asked) == 2
            now[0] += LOGIN_RETRY_DELAY.total_seconds()
            await two.call(TELL)
            await two.call(TELL)
            assert len(proxy.seen.asked) == 3
            kept[0] = "right"
            assert (
                _obstacle(await one.call(TELL)).kind
                is ConnectionProblemKind.PROXY_REFUSES_CONNECTION
            )


async def test_a_call_under_way_is_not_broken_by_one_that_found_nobody() -> None:
    """Connections are made anew then; those of before are closed when their last call ended."""
    going, may_go, closed = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow(
        _: RawServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await reader.readuntil(b"\r\n\r\n")
        going.set()
        await may_go.wait()
        writer.write(http(200, b"{}"))
        await writer.drain()
        assert await reader.read() == b""
        closed.set()

    async with serving(slow) as server, calling(server.origin) as client:
        first = asyncio.create_task(client.call(Request("GET", "/slow")))
        await going.wait()
        client.origin = "http://127.0.0.1:1"
        assert _obstacle(await client.call(TELL)).kind is ConnectionProblemKind.CONNECTION_REFUSED
        may_go.set()
        assert isinstance(await first, Response)
        async with asyncio.timeout(TIME_LIMIT):
            await closed.wait()


# -- which proxy


CLEARED = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without proxies."""
    for name in CLEARED:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("variables", "setting", "host"),
    [
        ({}, "", None),
        ({"https_proxy": "http://one:1"}, "", "one"),
        ({"HTTPS_PROXY": "http://one:1"}, "", "one"),
        ({"https_proxy": "one:1"}, "", "one"),
        ({"ALL_PROXY": "socks5://one:1"}, "", "one"),
        ({"all_proxy": "http://other:1", "https_proxy": "http://one:1"}, "", "one"),
        ({"http_proxy": "http://one:1"}, "", None),
        ({"https_proxy": "http://one:1", "no_proxy": "localhost,.service.example"}, "", None),
        ({"https_proxy": "http://one:1", "NO_PROXY": "service.example"}, "", None),
        ({"https_proxy": "http://one:1", "no_proxy": "*"}, "", None),
        ({"https_proxy": "http://one:1", "no_proxy": "vice.example"}, "", "one"),
        ({"https_proxy": "http://one:1"}, "none", None),
        ({"https_proxy": "http://one:1", "no_proxy": "*"}, "http://two:2", "two"),
        ({}, "http://[2001:db8::1]:3128", "2001:db8::1"),
    ],
)
async def test_setting_and_environment(
    environment: pytest.MonkeyPatch, variables: dict[str, str], setting: str, host: str | None
) -> None:
    for name, value in variables.items():
        environment.setenv(name, value)
    found = await Proxies(setting).proxy_for("https://a.service.example")
    assert (found.host if found else None) == host


@pytest.mark.parametrize(
    ("offered", "address"),
    [
        ([], None),
        (["direct://"], None),
        (["http://desk:3128", "direct://"], "http://desk:3128"),
        (["socks4://old:1", "socks://desk:1080"], "socks5://desk:1080"),
        (["direct://", "http://desk:3128"], None),
        (["quic://desk:1"], None),
    ],
)
async def test_the_desktop_is_asked_where_the_environment_says_nothing(
    environment: pytest.MonkeyPatch, offered: list[str], address: str | None
) -> None:
    asked = []

    async def desktop(origin: str) -> list[str]:
        asked.append(origin)
        return offered

    proxies = Proxies("", desktop=desktop)
    found = await proxies.proxy_for("https://service.example")
    assert (found.address if found else None) == address
    assert asked == ["https://service.example"]
    await proxies.proxy_for("https://127.0.0.1")
    environment.setenv("https_proxy", "http://one:1")
    await proxies.proxy_for("https://service.example")
    await Proxies("none", desktop=desktop).proxy_for("https://service.example")
    assert len(asked) == 1


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8", "http://localhost", "https://[::1]:9"])
async def test_this_computer_never(origin: str) -> None:
    assert await Proxies("http://proxy.example:3128").proxy_for(origin) is None


@pytest.mark.parametrize(
    "address",
    ["ftp://me:canary-77@proxy", "http://", "http://proxy:canary-77", "http://[canary-77", "://x"],
)
def test_an_address_that_is_none_is_not_quoted(address: str) -> None:
    with pytest.raises(ConnectionSetupError) as no_way:
        read_proxy(address)
    assert no_way.value.connection_problem.kind is ConnectionProblemKind.PROXY_ADDRESS
    assert "canary" not in repr(no_way.value) + str(no_way.value) + repr(
        no_way.value.connection_problem
    )


def test_a_proxy_does_not_show_its_password() -> None:
    proxy = read_proxy("http://me:canary%2077@proxy.example")
    assert (proxy.address, proxy.user, proxy.password) == (
        "http://proxy.example:80", "me", "canary 77",
    )  # fmt: skip
    assert "canary" not in repr(proxy)
    assert read_proxy("socks5://proxy.example").address == "socks5://proxy.example:1080"
    assert read_proxy("http://me@proxy.example").password is None


def test_there_is_no_way_to_wave_a_certificate_through() -> None:
    """No line of the app turns verification off."""
    import timer_app

    (root,) = timer_app.__path__
    for path in Path(root).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for word in ("verify=False", "CERT_NONE", "CERT_OPTIONAL", "check_hostname = False",
                     "_create_unverified_context"):  # fmt: skip
            assert word not in text, (path, word)


def test_the_client_says_which_proxy_it_went_through() -> None:
    client = ServiceClient("A", "https://a.example", _held, now=lambda: None)  # type: ignore[arg-type,return-value]
    assert (client.host, client.proxy_host) == ("a.example", "")


async def _held(_address: str) -> str:
    return CANARY


@pytest.mark.parametrize(
    ("no_proxy", "bypassed", "asked"),
    [
        ("10.0.0.0/8", ["10.1.2.3", "10.255.0.1"], ["11.0.0.1", "ten.example"]),
        ("192.168.0.5", ["192.168.0.5"], ["192.168.0.50"]),
        ("fd00::/8, ::1", ["fd00::5", "fdff::1"], ["fe80::1"]),
        ("[fd00::5]", ["fd00::5"], ["fd00::6"]),
        ("[fd00::5]:443", ["fd00::5"], ["fd00::6"]),
        ("[fd00::5]:8443 [fd00::]/64:1", [], ["fd00::5"]),
        ("*.corp.example", ["a.corp.example", "a.b.corp.example"], ["corp.example"]),
        ("*.corp.example", [], ["xcorp.example", "corp.example.org"]),
        (".corp.example", ["a.corp.example", "corp.example"], ["xcorp.example"]),
        ("corp.example.", ["corp.example", "a.corp.example."], ["corp.example.org"]),
        ("CORP.example", ["Corp.Example"], []),
        ("corp.example:443", ["corp.example"], []),
        ("corp.example:8443", [], ["corp.example"]),
        ("one.example  two.example,\tthree.example", ["two.example", "three.example"], ["example"]),
        ("one.example, *", ["anything.example", "10.0.0.1"], []),
        (", ,.,*.", [], ["corp.example", "10.0.0.1"]),
        ("10.0.0.0/99, 1.2.3", [], ["10.0.0.1", "1.2.3.4"]),
        ("::ffff:10.0.0.0/104", [], ["11.0.0.1"]),
    ],
)  # fmt: skip
def test_no_proxy_as_curl_and_go_read_it(
    no_proxy: str, bypassed: list[str], asked: list[str]
) -> None:
    assert [host for host in bypassed if not bypasses_proxy(no_proxy, host, 443)] == []
    assert [host for host in asked if bypasses_proxy(no_proxy, host, 443)] == []


@pytest.mark.parametrize("word", ["socks", "SOCKS", "socks5", "socks5h"])
async def test_socks_in_the_environment(environment: pytest.MonkeyPatch, word: str) -> None:
    environment.setenv("all_proxy", f" {word}://proxy.example:1080/ ")
    proxy = await Proxies().proxy_for("https://service.example")
    assert proxy is not None
    assert proxy.address in ("socks5://proxy.example:1080", "socks5h://proxy.example:1080")


@pytest.mark.parametrize(
    "address",
    [
        "http://user:123#x@proxy.example:3128",  # its host would be the user
        "http://user:12/34@proxy.example:3128", "http://user:12?4@proxy.example:3128",
        "http://proxy.example:0", "http=a:1;https=b:2", "http://proxy.example:３１２８",
    ],
)  # fmt: skip
def test_a_proxy_whose_address_leads_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(ConnectionSetupError) as refused:
        read_proxy(address)
    assert "is not an address" in str(refused.value)
    assert "123" not in str(refused.value)


@pytest.mark.parametrize(
    ("no_proxy", "host"),
    [
        ("пример.рф", "a.xn--e1afmkfd.xn--p1ai"), ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
        ("a.example;b.example", "b.example"), ("corp.example:0443", "corp.example"),
        ("*:443", "a.example"), ("10.0.0.0/255.0.0.0", "10.1.2.3"), ("[fd00::/8]:443", "fd00::5"),
    ],
)  # fmt: skip
def test_no_proxy_as_others_write_it(no_proxy: str, host: str) -> None:
    assert bypasses_proxy(no_proxy, host, 443)


@pytest.mark.parametrize(
    ("no_proxy", "host"),
    [
        ("http://corp.example", "corp.example"), ("corp.example:８０", "corp.example"),
        ("corp.example:" + "9" * 5000, "corp.example"), ("*corp.example", "acorp.example"),
        ("010.0.0.1", "10.0.0.1"), ("ы" * 64, "a.example"),
        ("10.0.0.0/33", "10.0.0.1"),
    ],
)  # fmt: skip
def test_what_is_no_entry_of_no_proxy_names_nobody(no_proxy: str, host: str) -> None:
    assert not bypasses_proxy(no_proxy, host, 443)
