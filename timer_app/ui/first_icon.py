"""The icon in the tray before there is anything behind it: nothing but Qt is needed for it.

What a person does to it meanwhile is kept for Tray, which takes the icon over.
"""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from timer_app.ui.icons import Icons
from timer_app.ui.marks import Badge, Mark


class FirstIcon:
    """An icon that Tray takes over. One that no tray is there for stays unseen for ever."""

    def __init__(self) -> None:
        self.icons = Icons()
        self.tray_was_there = QSystemTrayIcon.isSystemTrayAvailable()
        self.shows: tuple[Mark, Badge] | None = None
        self.menu = QMenu()
        self.icon = QSystemTrayIcon()
        self.icon.setContextMenu(self.menu)
        self.clicks: list[QSystemTrayIcon.ActivationReason] = []
        self.icon.activated.connect(self.clicks.append)

    def show(self, mark: Mark, badge: Badge) -> None:
        """Put it into the tray."""
        self.shows = mark, badge
        self.icon.setIcon(self.icons.tray(mark, badge))
        self.icon.show()

    def hand_over(self) -> list[QSystemTrayIcon.ActivationReason]:
        """Note no more clicks; returns those there were."""
        self.icon.activated.disconnect(self.clicks.append)
        return self.clicks
