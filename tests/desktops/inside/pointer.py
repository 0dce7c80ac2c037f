"""A mouse for a wlroots desktop that has none: the seat has a pointer while this runs.

Source: wayland.xml and wlr-virtual-pointer-unstable-v1.xml. A message is the id of an object, its
size with its opcode, and its arguments. sway itself moves the pointer and presses its buttons.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
from pathlib import Path

_DISPLAY, _REGISTRY, _MANAGER, _POINTER = 1, 2, 3, 4
_GET_REGISTRY, _BIND, _CREATE = 1, 0, 0
_GLOBAL = 0
_MANAGER_NAME = "zwlr_virtual_pointer_manager_v1"


def _text(value: str) -> bytes:
    data = value.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + bytes(-len(data) % 4)


def _send(wire: socket.socket, target: int, opcode: int, body: bytes) -> None:
    wire.sendall(struct.pack("=II", target, (8 + len(body)) << 16 | opcode) + body)


def _exactly(wire: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += wire.recv(size - len(data)) or b"\0" * size
    return data


def main() -> None:
    """Take the manager as soon as it is announced, make a pointer, and stay."""
    wire = socket.socket(socket.AF_UNIX)
    wire.connect(str(Path(os.environ["XDG_RUNTIME_DIR"]) / os.environ["WAYLAND_DISPLAY"]))
    _send(wire, _DISPLAY, _GET_REGISTRY, struct.pack("=I", _REGISTRY))
    while True:
        target, word = struct.unpack("=II", _exactly(wire, 8))
        body = _exactly(wire, (word >> 16) - 8)
        if target == _REGISTRY and word & 0xFFFF == _GLOBAL and _MANAGER_NAME.encode() in body:
            bind = body[:4] + _text(_MANAGER_NAME) + struct.pack("=II", 1, _MANAGER)
            _send(wire, _REGISTRY, _BIND, bind)
            _send(wire, _MANAGER, _CREATE, struct.pack("=II", 0, _POINTER))
            break
    signal.pause()


if __name__ == "__main__":
    main()
