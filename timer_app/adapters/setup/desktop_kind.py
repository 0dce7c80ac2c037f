"""Which desktop this is, where the way out differs.

Source: XDG_CURRENT_DESKTOP, names between colons (Desktop Entry Specification, `OnlyShowIn`).
"""

from __future__ import annotations

import os

from timer_app.services.setup.desktop_status import DesktopKind


def desktop_kind() -> DesktopKind:
    """By what the session says of itself. Ubuntu's GNOME ships the extension for tray icons."""
    names = os.environ.get("XDG_CURRENT_DESKTOP", "").casefold().split(":")
    return DesktopKind.GNOME if "gnome" in names and "ubuntu" not in names else DesktopKind.OTHER
