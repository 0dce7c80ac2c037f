"""The icon in the tray before there is anything behind it: nothing but Qt is needed for it.

What a person does to it meanwhile is kept for Tray, which takes the icon over.
"""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from timer_app.ui.icon_state import TrayBadge, TrayMark
from timer_app.ui.icons import Icons

_TITLE = "Timer App"


class EarlyTrayIcon:
    """An icon that Tray takes over. One that no tray is there for stays unseen for ever.

    Its menu is never empty: GNOME's tray reads a menu when the icon comes, and again each time it
    is opened, but an empty one it does not open.
    """

    def __init__(self) -> None:
        self.icons = Icons()
        self.tray_was_available = QSystemTrayIcon.isSystemTrayAvailable()
        self.shown_state: tuple[TrayMark, TrayBadge] | None = None
        self.menu = QMenu()
        self.menu.addAction(_TITLE).setEnabled(False)
        self.icon = QSystemTrayIcon()
        self.icon.setContextMenu(self.menu)
        self.clicks: list[QSystemTrayIcon.ActivationReason] = []
        self.icon.activated.connect(self.clicks.append)

    def show(self, mark: TrayMark, badge: TrayBadge) -> None:
        """Put it into the tray."""
        self.shown_state = mark, badge
        self.icon.setIcon(self.icons.tray(mark, badge))
        self.icon.show()

    def detach(self) -> list[QSystemTrayIcon.ActivationReason]:
        """Note no more clicks; returns those there were."""
        self.icon.activated.disconnect(self.clicks.append)
        return self.clicks
