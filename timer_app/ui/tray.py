"""The icon in the tray: its look, its tooltip, its menu and its clicks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from timer_app.services.setup.desktop_status import TrayState
from timer_app.ui import wording
from timer_app.ui.early_tray_icon import EarlyTrayIcon
from timer_app.ui.icon_state import TrayBadge
from timer_app.ui.intents import Intents
from timer_app.ui.menu_text import dbus_menu_text, native_menu_text
from timer_app.ui.plain_text import without_markup
from timer_app.ui.tray_menu import TrayMenu
from timer_app.ui.view import View

if TYPE_CHECKING:
    from timer_app.domain.reminders.notification import Notification, Topic

_MINUTE = 60


class Tray(QObject):
    """Shows a View; made again when a tray appears after the app did.

    An icon made before its tray is there never appears, and showing it again does not help. One
    that was in a tray comes back by itself when that is restarted.
    """

    def __init__(
        self,
        first: EarlyTrayIcon,
        intents: Intents,
        click_opens: Callable[[], bool],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        shows_time: Callable[[], bool] = lambda: False,
        on_minute: Callable[[], None] = lambda: None,
    ) -> None:
        """`shows_time`: whether the icon tells how many minutes what runs has taken.

        `on_minute` is called when another one is full, as the app is awake for the tooltip then.
        """
        super().__init__()
        self._now = now
        self._icons = first.icons
        self._shown = first.shown_state
        self._intents = intents
        self._click_opens_panel = click_opens
        self._shows_time = shows_time
        self._on_full_minute = on_minute
        self._shown_minutes: int | None = None
        self._view: View | None = None
        self._menu = first.menu
        self._lines = TrayMenu(
            first.menu, intents, now, self._menu_text, open_panel=self._open_panel_from_menu
        )
        self._minute_timer = QTimer(self)
        self._minute_timer.setSingleShot(True)
        self._minute_timer.setTimerType(Qt.TimerType.PreciseTimer)  # others end before the minute
        self._minute_timer.timeout.connect(self._on_minute)
        self._is_available = first.tray_was_available
        self._icon_is_stale = not self._is_available
        self._was_available = self._is_available
        self._click_position: tuple[int, int] | None = None
        self._told_topic: Topic | None = None
        self._icon = self._take_over_icon(first.icon)
        for reason in first.detach():
            QTimer.singleShot(0, self, partial(self._activated, reason))  # once the loop runs

    def show(self, view: View) -> None:
        """Show what is the case now."""
        before, self._view = self._view, view
        self._show_icon(view)
        if not self._icon.isVisible():
            self._icon.show()
        self._refresh_tooltip()
        if view.running is None:
            self._minute_timer.stop()
        else:
            self._wait_for_minute(view)
        if before is None:
            self._is_available = (
                self._is_available and self.icon_position() is None
            )  # one with a place needs no word
        self._lines.show(view)

    def retranslate(self) -> None:
        """Write every text in the language of the moment."""
        self._refresh_tooltip()
        self._lines.fill()

    def show_notification(self, notification: Notification) -> None:
        """Say what no notification service took; without its buttons."""
        from timer_app.domain.reminders.notification import Urgency

        icons = QSystemTrayIcon.MessageIcon
        icon = icons.Warning if notification.urgency is Urgency.CRITICAL else icons.Information
        self._told_topic = notification.topic
        self._icon.showMessage(notification.title, without_markup(notification.text), icon)

    @property
    def state(self) -> TrayState:
        """Whether the icon can be seen. An older tray (XEmbed) is known by the icon's place."""
        if self._is_available or self.icon_position() is not None:
            self._was_available = True
            return TrayState.SHOWN
        return TrayState.GONE if self._was_available else TrayState.NOT_AVAILABLE

    def icon_position(self) -> tuple[int, int] | None:
        """Where the icon is on the screen, if the tray tells."""
        where = self._icon.geometry()
        return None if where.isEmpty() else (where.center().x(), where.bottom())

    def panel_position(self) -> tuple[int, int] | None:
        """Where the panel opens: at the icon, or where the pointer was when that was clicked.

        A StatusNotifierItem is told no place, and who clicks it has the pointer on it.
        """
        return self.icon_position() or self._click_position

    def on_watcher_changed(self, *, is_available: bool) -> None:
        """Who draws icons on this desktop came or went (StatusNotifierWatcher, on the bus)."""
        self._is_available = is_available
        if is_available and self._icon_is_stale:
            # Not within somebody's callback: hiding an icon in one of Qt's own crashes it.
            QTimer.singleShot(0, self, self._recreate_icon)

    def close(self) -> None:
        """Leave the tray."""
        self._minute_timer.stop()
        self._icon.hide()
        self._menu.deleteLater()

    def _wait_for_minute(self, view: View) -> None:
        """Wake when another minute of what runs is full, and not a moment before."""
        self._minute_timer.start((_MINUTE - view.elapsed(self._now()) % _MINUTE) * 1_000)

    def _on_minute(self) -> None:
        self._intents.refresh()
        self._on_full_minute()
        if self._view is not None and not self._minute_timer.isActive():
            self._wait_for_minute(self._view)  # nothing was shown

    def _show_icon(self, view: View) -> None:
        """Set the icon where it is another one: a tray draws it again each time."""
        minutes = None
        if view.running is not None and view.badge is TrayBadge.NONE and self._shows_time():
            minutes = view.elapsed(self._now()) // _MINUTE
        if self._shown == (view.mark, view.badge) and self._shown_minutes == minutes:
            return
        self._shown, self._shown_minutes = (view.mark, view.badge), minutes
        if minutes is None:
            self._icon.setIcon(self._icons.tray(view.mark, view.badge))
        else:
            self._icon.setIcon(self._icons.running_for(minutes))

    def _recreate_icon(self) -> None:
        if not self._icon_is_stale:
            return
        self._icon_is_stale = False
        before, view = self._icon, self._view
        self._icon = self._take_over_icon(QSystemTrayIcon())
        before.hide()
        before.deleteLater()
        self._view = self._shown = self._click_position = None
        if view is not None:
            self.show(view)

    def _take_over_icon(self, icon: QSystemTrayIcon) -> QSystemTrayIcon:
        icon.setParent(self)
        icon.setContextMenu(self._menu)
        icon.activated.connect(self._activated)
        icon.messageClicked.connect(self._on_message_clicked)
        return icon

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        match reason:
            case QSystemTrayIcon.ActivationReason.Trigger:
                self._click_position = _pointer_position()
                self._clicked()
            case QSystemTrayIcon.ActivationReason.MiddleClick:
                self._click_position = _pointer_position()
                self._intents.open_panel()
            case _:
                return

    def _on_message_clicked(self) -> None:
        """What a notification was about is opened, as a click on it does elsewhere."""
        from timer_app.domain.reminders.notification import Topic

        if self._told_topic is Topic.NEEDS_PERSON:
            self._intents.open_problems()
        else:
            self._intents.open_panel()

    def _clicked(self) -> None:
        view = self._view
        nothing_to_start = view is not None and view.running is None and not view.recents
        if self._click_opens_panel() or nothing_to_start:
            self._intents.open_panel()
        else:
            self._intents.toggle()

    def _open_panel_from_menu(self) -> None:
        """The menu hangs at the icon: near enough where no click has told the icon's place."""
        self._click_position = self._click_position or _pointer_position()
        self._intents.open_panel()

    def _refresh_tooltip(self) -> None:
        if self._view is not None:
            self._icon.setToolTip(without_markup(wording.tooltip(self._view, self._now())))

    def _menu_text(self, text: str) -> str:
        """A StatusNotifierItem has no place, and its host draws the menu; else Qt or the system."""
        is_drawn_by_host = sys.platform == "linux" and self.icon_position() is None
        return dbus_menu_text(text) if is_drawn_by_host else native_menu_text(text)


def _pointer_position() -> tuple[int, int] | None:
    """Where the pointer is; a Wayland client does not learn it, nor may it place a window."""
    if QGuiApplication.platformName().startswith("wayland"):
        return None
    return QCursor.pos().toTuple()
