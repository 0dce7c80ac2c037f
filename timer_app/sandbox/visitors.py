"""Who may talk to a stand-in: programs of this computer, and no web page but its own.

A page in a browser can send requests to a loopback port: by a form, by a script, or by a name of
its own that it has made to mean 127.0.0.1. Each is told by what the browser adds or cannot change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_LOOPBACK_HOSTS = frozenset(("127.0.0.1", "localhost", "::1"))
_FORM_TYPES = frozenset(("application/x-www-form-urlencoded", "multipart/form-data", "text/plain"))
"""What a form of a page can send anywhere without being asked."""


@web.middleware
async def refuse_foreign_pages(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """403 for a foreign Host or Origin, 415 for what a form sends; nothing is done then."""
    if not _is_loopback(request.headers.getall("Host", [])):
        raise web.HTTPForbidden(text="This Host is not that of the stand-in.")
    if not _is_own_origin(request):
        raise web.HTTPForbidden(text="Pages of other origins are not served.")
    if request.method == "POST" and request.content_type in _FORM_TYPES:
        raise web.HTTPUnsupportedMediaType(text="Forms are not taken: send JSON.")
    return await handler(request)


def _is_loopback(hosts: list[str]) -> bool:
    """Whether the request names this computer, by whatever port it was reached."""
    return len(hosts) == 1 and _host_of(f"//{hosts[0]}") in _LOOPBACK_HOSTS


def _is_own_origin(request: web.Request) -> bool:
    """Whether no page sends it, or the stand-in's own. A browser names the page's origin."""
    origins = request.headers.getall("Origin", [])
    return all(origin.lower() == f"http://{request.host.lower()}" for origin in origins)


def _host_of(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    more = parts.username is not None or parts.path or parts.query or parts.fragment
    return "" if more else host
