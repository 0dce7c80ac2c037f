"""httpx's clients: how they connect, whom they trust, which connections they keep."""

from __future__ import annotations

import logging
import ssl
import sys
from collections.abc import Mapping
from datetime import timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from typing import TYPE_CHECKING

from timer_app.adapters.http.exchange import (
    Request,
    program_version,
)
from timer_app.adapters.http.proxies import Proxy
from timer_app.adapters.http.request_trace import RequestTrace
from timer_app.adapters.http.response_body import (
    MAX_ERROR_BYTES,
    MAX_RESPONSE_BYTES,
    UnreadableContent,
    read_content,
)

if TYPE_CHECKING:
    import httpx

# Below the 5 s after which Node, the most impatient of the usual servers, hangs up.
KEEPALIVE = timedelta(seconds=4)


def make_http_client(
    context: ssl.SSLContext, proxy: Proxy | None, connect_limit: timedelta, *, kept: int
) -> httpx.AsyncClient:
    """An httpx client that goes one way and trusts one context; `kept` connections stay open."""
    import httpx

    # Their own lines hold addresses with a search's words, and headers of answers.
    for library in ("httpx", "httpcore"):
        logging.getLogger(library).setLevel(logging.WARNING)
    return httpx.AsyncClient(
        verify=context,
        proxy=None if proxy is None else _for_httpx(proxy, context),
        trust_env=False,  # what the environment says is in `proxy` by now
        follow_redirects=False,
        headers={
            "Accept": "application/json",
            "Accept-Encoding": "gzip",  # what read_content can inflate within bounds
            "User-Agent": f"timer-app/{program_version()}",
        },
        cookies=_no_cookies(),
        timeout=httpx.Timeout(None, connect=connect_limit.total_seconds()),
        limits=httpx.Limits(
            max_keepalive_connections=kept, keepalive_expiry=KEEPALIVE.total_seconds()
        ),
    )


class HttpClients:
    """httpx's clients: one for questions, and one that keeps no connection."""

    def __init__(
        self, context: ssl.SSLContext, proxy: Proxy | None, connect_limit: timedelta
    ) -> None:
        self.proxy = proxy
        self.users = 0
        """Calls under way."""
        self.is_stale = False
        """Whether a call found no connection by them."""
        self.queries = make_http_client(context, proxy, connect_limit, kept=2)
        self.mutations = make_http_client(context, proxy, connect_limit, kept=0)

    async def ask(
        self,
        origin: str,
        request: Request,
        token: str,
        trace: RequestTrace,
        own_headers: Mapping[str, str],
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by names in small letters, and body: b"" for an unreadable error.

        Raises httpx's errors and UnreadableContent.
        """
        client = self.mutations if request.is_mutating else self.queries
        headers = {**own_headers, "Authorization": f"Bearer {token}"}
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        async with client.stream(
            request.method,
            origin + request.path,
            params=dict(request.query) or None,
            content=request.content,
            headers=headers,
            extensions={"trace": trace.on_event},
        ) as answer:
            limit = MAX_RESPONSE_BYTES if answer.is_success else MAX_ERROR_BYTES
            try:
                content = await read_content(answer, limit)
            except UnreadableContent:
                if answer.is_success:
                    raise
                content = b""
        kept = {name.lower(): value for name, value in answer.headers.items()}
        return answer.status_code, kept, content

    async def close(self) -> None:
        """Close every connection; calls under way break."""
        await self.queries.aclose()
        await self.mutations.aclose()


def _for_httpx(proxy: Proxy, context: ssl.SSLContext) -> httpx.Proxy:
    """A proxy reached over TLS is trusted like a service, and not by httpx's own list."""
    import httpx

    return httpx.Proxy(
        proxy.address,
        ssl_context=context if proxy.address.startswith("https:") else None,
        auth=(proxy.user, proxy.password or "") if proxy.user else None,
    )


def import_libraries() -> None:
    """In a thread: it takes a fifth of a second, in which the tray would not answer a click."""
    import urllib.request  # what proxies.py reads the environment by

    # httpx's own command line would bring click and rich, 3 MB, where some other program has them.
    sys.modules["httpx._main"] = None  # type: ignore[assignment]  # "none" to Python
    import anyio
    import httpcore
    import httpx
    import socksio
    import truststore

    if find_spec("sniffio") is None:
        # httpcore looks for it at each of its steps: half a ms of CPU, six times a call.
        sys.modules["sniffio"] = None  # type: ignore[assignment]  # "none" to Python
    program_version()  # every request names it
    del httpcore, httpx, socksio, truststore, urllib
    anyio.run(anyio.sleep, 0)  # brings what httpx's first request would have to import


def _no_cookies() -> CookieJar:
    """A jar that keeps no cookies: the token alone identifies the account."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))
