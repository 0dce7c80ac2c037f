"""The proxy of a Linux desktop, from the portal's ProxyResolver.

The portal asks GLib, which knows the settings of GNOME and KDE and runs a proxy script (PAC) in a
process of its own: nothing here blocks, whatever that script does. It reports no changes, so it is
asked whenever connections are made. Qt is no help on Linux: PySide6's build has no libproxy, and
its systemProxyForQuery knows the environment only.

Source:
https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.ProxyResolver.html
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from dbus_fast import BusType

from timer_app.adapters.dbus.bus import Bus, BusError

_PORTAL = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_RESOLVER = "org.freedesktop.portal.ProxyResolver"
_TIMEOUT_SECONDS = 3.0

_log = logging.getLogger(__name__)


async def resolve_proxy(origin: str) -> Sequence[str]:
    """The addresses the desktop offers for `origin`, the best first, `direct://` for no proxy.

    None at all where nobody answers: no session bus, no portal, or a slow one.
    """
    bus = Bus(BusType.SESSION)
    try:
        answer = await bus.call(
            _PORTAL, _PATH, _RESOLVER, "Lookup", "s", f"{origin}/", time_limit=_TIMEOUT_SECONDS
        )
    except BusError as problem:
        _log.debug("the desktop names no proxy: %s", problem)
        return ()
    finally:
        await bus.close()
    offered = answer[0] if answer else []
    return [str(each) for each in offered] if isinstance(offered, list) else []
