"""Where the session bus is."""

from __future__ import annotations

import os

ADDRESS_VARIABLE = "DBUS_SESSION_BUS_ADDRESS"


def session_address() -> str:
    """The address of this session's bus, "" if it has none."""
    return os.environ.get(ADDRESS_VARIABLE) or _default_address(must_exist=True)


def expected_session_address() -> str:
    """Where it would be if it were there."""
    return os.environ.get(ADDRESS_VARIABLE) or _default_address(must_exist=False)


def remove_bus_guid() -> None:
    """Let libdbus take another bus at the same address: it compares their ids, if one is named."""
    address = os.environ.get(ADDRESS_VARIABLE)
    if address:
        os.environ[ADDRESS_VARIABLE] = ";".join(map(_without_id, address.split(";")))


def _without_id(address: str) -> str:
    transport, _, rest = address.partition(":")
    kept = [pair for pair in rest.split(",") if not pair.startswith("guid=")]
    return f"{transport}:{','.join(kept)}"


def socket_path(address: str) -> str:
    """The path of the first socket in a D-Bus address, "" if it has none."""
    for one in address.split(";"):
        transport, _, rest = one.partition(":")
        keys = dict(pair.partition("=")[::2] for pair in rest.split(","))
        if transport == "unix" and "path" in keys:
            from urllib.parse import unquote  # bytes of a path are escaped as in URLs

            return unquote(keys["path"])
    return ""


def _default_address(*, must_exist: bool) -> str:
    """Where systemd and its like put the bus when nobody named it."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    path = os.path.join(folder, "bus")
    return f"unix:path={path}" if folder and (os.path.exists(path) or not must_exist) else ""
