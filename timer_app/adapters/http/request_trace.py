"""The progress of one call, as httpcore reports it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

_TLS_WITH_SERVICE_STARTED = ("proxy.start_tls.started", "socks.start_tls.started")


class RequestTrace:
    """One call on its way to `service`, perhaps through `proxy`; both are hosts.

    `peer` is who is dealt with at the moment, and `at_proxy` whether that is the proxy.
    `sent` says whether a byte of the request itself may have left; `proxy_status` is the status a
    proxy answered CONNECT with. `on_send` is called right before that first byte.
    """

    def __init__(
        self, service: str, proxy: str = "", on_send: Callable[[], None] = lambda: None
    ) -> None:
        self._service = service
        self._on_send = on_send
        self.peer = proxy or service
        self.at_proxy = bool(proxy)
        self.sent = False
        self.proxy_status: int | None = None
        self._close_connection: Callable[[], Awaitable[None]] | None = None

    async def on_event(self, event: str, info: Mapping[str, object]) -> None:
        """The trace extension, as httpcore calls it."""
        if event.endswith("connect_tcp.complete"):
            self._close_connection = getattr(info.get("return_value"), "aclose", None)
        elif event.endswith("send_request_headers.started"):
            method = getattr(info.get("request"), "method", b"")
            if not self.sent and method != b"CONNECT":
                self._on_send()
                self.sent = True
        elif event.endswith("receive_response_headers.complete") and not self.sent:
            answer = info.get("return_value")
            self.proxy_status = answer[1] if isinstance(answer, tuple) else None
        elif event in _TLS_WITH_SERVICE_STARTED:
            self.peer, self.at_proxy = self._service, False

    async def __aenter__(self) -> None: ...

    async def __aexit__(self, _: object, error: BaseException | None, __: object) -> None:
        """Close what httpcore leaves open when it is cancelled, or breaks, before the request."""
        if error is not None and self._close_connection is not None and not self.sent:
            await self._close_connection()
