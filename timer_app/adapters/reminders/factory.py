"""Which notifier this platform has. Light: what it needs is imported when it is made."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from timer_app.adapters.reminders.notification_queue import NotificationFallback
from timer_app.domain.reminders.notification import NotifierState
from timer_app.services.reminders.ports import Notifier

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus


def make_notifier(
    session_bus: Callable[[], Bus],
    icon: str,
    fallback: NotificationFallback,
    platform: str = sys.platform,
) -> Notifier:
    """The platform's notifier. `icon` is a file; `fallback` gets what it could not show.

    `session_bus` is asked for on Linux only.
    """
    if platform == "linux":
        from timer_app.adapters.reminders.freedesktop import FreedesktopNotifier

        return FreedesktopNotifier(session_bus(), icon, fallback)
    from timer_app.adapters.reminders.native import NativeNotifier

    return NativeNotifier(icon, fallback)


async def probe_notifier(platform: str = sys.platform) -> NotifierState:
    """How the platform's notification service is at this moment. Shows nothing."""
    if platform == "linux":
        from timer_app.adapters.reminders.freedesktop import probe_freedesktop

        return await probe_freedesktop()
    from timer_app.adapters.reminders.native import probe_native

    return await probe_native()
