"""Who may talk to a stand-in: programs of this computer, and no web page but its own.

A page in a browser can send requests to a loopback port: by a form, by a script, or by a name of
its own that it has made to mean 127.0.0.1. Each is told by what the browser adds or cannot change.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware

_LOOPBACK_HOSTS = frozenset(("127.0.0.1", "localhost", "::1"))
_FORM_TYPES = frozenset(("application/x-www-form-urlencoded", "multipart/form-data", "text/plain"))
"""What a form of a page can send anywhere without being asked."""


def refuse_foreign_pages(host_names: AbstractSet[str]) -> Middleware:
    """A middleware: 403 for a foreign Host or Origin, 415 for a form; nothing is done then.

    Hosts are loopback's own and those of `host_names`.
    """

    @web.middleware
    async def refuse(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not _is_own_host(request.headers.getall("Host", []), host_names):
            raise web.HTTPForbidden(text="This Host is not that of the stand-in.")
        if not _is_own_origin(request):
            raise web.HTTPForbidden(text="Pages of other origins are not served.")
        if request.method == "POST" and request.content_type in _FORM_TYPES:
            raise web.HTTPUnsupportedMediaType(text="Forms are not taken: send JSON.")
        return await handler(request)

    return refuse


def _is_own_host(hosts: list[str], host_names: AbstractSet[str]) -> bool:
    """Whether the request names the stand-in, by whatever port it was reached."""
    host = _host_of(f"//{hosts[0]}") if len(hosts) == 1 else ""
    return host in _LOOPBACK_HOSTS or host in host_names


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
