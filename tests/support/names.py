"""Names of computers, known without the system: not every /etc/hosts knows even `localhost`."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest


def know_localhost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process find `localhost` at 127.0.0.1; all else is looked up as ever."""
    look_up = socket.getaddrinfo

    def answer(host: bytes | str | None, *rest: Any, **named: Any) -> object:  # noqa: ANN401
        return look_up("127.0.0.1" if host in ("localhost", b"localhost") else host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
