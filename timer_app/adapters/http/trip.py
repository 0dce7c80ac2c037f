"""How far one call has come, by what httpcore reports of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

_STARTS_TLS_WITH_SERVICE = ("proxy.start_tls.started", "socks.start_tls.started")


class Trip:
    """One call on its way to `service`, perhaps through `proxy`; both are hosts.

    `peer` is who is dealt with at the moment, and `at_proxy` whether that is the proxy.
    `sent` says whether a byte of the request itself may have left; `proxy_said` is the status a
    proxy answered CONNECT with.
    """

    def __init__(self, service: str, proxy: str = "") -> None:
        self._service = service
        self.peer = proxy or service
        self.at_proxy = bool(proxy)
        self.sent = False
        self.proxy_said: int | None = None
        self._hang_up: Callable[[], Awaitable[None]] | None = None

    async def trace(self, event: str, info: Mapping[str, object]) -> None:
        """The trace extension, as httpcore calls it."""
        if event.endswith("connect_tcp.complete"):
            self._hang_up = getattr(info.get("return_value"), "aclose", None)
        elif event.endswith("send_request_headers.started"):
            method = getattr(info.get("request"), "method", b"")
            self.sent = self.sent or method != b"CONNECT"
        elif event.endswith("receive_response_headers.complete") and not self.sent:
            answer = info.get("return_value")
            self.proxy_said = answer[1] if isinstance(answer, tuple) else None
        elif event in _STARTS_TLS_WITH_SERVICE:
            self.peer, self.at_proxy = self._service, False

    async def give_up(self) -> None:
        """Close what httpcore leaves open when it is cancelled, or breaks, before the request."""
        if self._hang_up is not None and not self.sent:
            await self._hang_up()
