"""Whether the session bus answers, asked before Qt is: Qt would wait for it, and wait again.

On a bus that takes connections and says nothing (its daemon is stopped, or out of memory) each
of Qt's questions blocks for 25 seconds, the first of them before there is an icon or a window.
Standard library only: it takes a third of a millisecond of every start.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from timer_app.adapters.dbus.address import ADDRESS_VARIABLE, session_address, socket_path

_TIMEOUT_SECONDS = 1.0
_NO_BUS = "disabled:"


@contextmanager
def hidden_session_bus() -> Iterator[None]:
    """Let nobody in this process find the session bus meanwhile."""
    before = os.environ.get(ADDRESS_VARIABLE)
    os.environ[ADDRESS_VARIABLE] = _NO_BUS
    try:
        yield
    finally:
        os.environ.pop(ADDRESS_VARIABLE)
        if before is not None:
            os.environ[ADDRESS_VARIABLE] = before


def is_session_bus_responsive() -> bool:
    """See `is_responsive`."""
    return is_responsive(session_address())


def is_responsive(address: str, timeout: float = _TIMEOUT_SECONDS) -> bool:
    """False if a bus listens there but does not answer the first line of the handshake.

    Addresses that cannot be reached, or are no socket with a path, count as responsive.
    """
    path = socket_path(address)
    if not path:
        return True
    if sys.platform == "linux":
        user = str(os.getuid()).encode().hex()
        with socket.socket(socket.AF_UNIX) as bus:
            bus.settimeout(timeout)
            try:
                bus.connect(path)
                bus.sendall(b"\0AUTH EXTERNAL " + user.encode() + b"\r\n")
                bus.recv(64)
            except TimeoutError:
                return False
            except OSError:
                return True
    return True
