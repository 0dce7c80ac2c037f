"""Which notifier this platform has. Light: what it needs is imported when it is made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from timer_app.adapters.notify.orders import Untold
from timer_app.domain.notification import NotifierState
from timer_app.services.ports import Notifier

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus


def make_notifier(
    session_bus: Callable[[], Bus], icon: str, untold: Untold, platform: str = sys.platform
) -> Notifier:
    """The platform's notifier. `icon` is a file; `untold` gets what it could not show.

    `session_bus` is asked for on Linux only.
    """
    if platform == "linux":
        from timer_app.adapters.notify.desktop import DesktopNotifications

        return DesktopNotifications(session_bus(), icon, untold)
    from timer_app.adapters.notify.library import LibraryNotifications

    return LibraryNotifications(icon, untold)


async def probe(platform: str = sys.platform) -> NotifierState:
    """How the platform's notification service is at this moment. Shows nothing."""
    if platform == "linux":
        from timer_app.adapters.notify.desktop import probe_service

        return await probe_service()
    from timer_app.adapters.notify.library import probe_library

    return await probe_library()
