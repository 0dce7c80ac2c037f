"""The icon in the tray: its look, its tooltip, its menu and its clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSystemTrayIcon

from timer_app.services.surroundings import TrayState
from timer_app.ui import wording
from timer_app.ui.first_icon import FirstIcon
from timer_app.ui.intents import Intents
from timer_app.ui.view import View

if TYPE_CHECKING:
    from timer_app.domain.notification import Notification

_MINUTE = 60_000
_LONGEST_LABEL = 60


class Tray(QObject):
    """Shows a View; made again when a tray appears after the app did.

    An icon made before its tray is there never appears, and showing it again does not help. One
    that was in a tray comes back by itself when that is restarted.
    """

    def __init__(self, first: FirstIcon, intents: Intents, click_opens: Callable[[], bool]) -> None:
        super().__init__()
        self._icons = first.icons
        self._shown = first.shows
        self._intents = intents
        self._click_opens = click_opens
        self._view: View | None = None
        self._menu = first.menu
        self._menu.aboutToShow.connect(self._menu_wanted)
        self._minutes = QTimer(self)
        self._minutes.setInterval(_MINUTE)
        self._minutes.timeout.connect(self._intents.refresh)
        self._there = first.tray_was_there
        self._icon_was_late = not self._there
        self._had_tray = self._there
        self._icon = self._adopt(first.icon)
        for reason in first.hand_over():
            QTimer.singleShot(0, self, partial(self._activated, reason))  # once the loop runs

    def show(self, view: View) -> None:
        """Show what is the case now."""
        before, self._view = self._view, view
        if self._shown != (view.mark, view.badge):
            self._shown = view.mark, view.badge
            self._icon.setIcon(self._icons.tray(view.mark, view.badge))
        if not self._icon.isVisible():
            self._icon.show()
        self._refresh_tooltip()
        if view.running is None:
            self._minutes.stop()
        elif not self._minutes.isActive():
            self._minutes.start()
        if before is None:
            self._there = self._there and self.place() is None  # one with a place needs no word
            self._fill_menu()

    def retranslate(self) -> None:
        """Write every text in the language of the moment."""
        self._refresh_tooltip()
        self._fill_menu()

    def tell(self, notification: Notification) -> None:
        """Say what no notification service took; without its buttons."""
        from timer_app.domain.notification import Urgency

        icons = QSystemTrayIcon.MessageIcon
        icon = icons.Warning if notification.urgency is Urgency.LOUD else icons.Information
        self._icon.showMessage(notification.title, notification.text, icon)

    @property
    def state(self) -> TrayState:
        """Whether the icon can be seen. An older tray (XEmbed) is known by the icon's place."""
        if self._there or self.place() is not None:
            self._had_tray = True
            return TrayState.SHOWN
        return TrayState.GONE if self._had_tray else TrayState.NONE_HERE

    def place(self) -> tuple[int, int] | None:
        """Where the icon is on the screen, if the tray tells."""
        where = self._icon.geometry()
        return None if where.isEmpty() else (where.center().x(), where.bottom())

    def watcher_turned(self, *, there: bool) -> None:
        """Who draws icons on this desktop came or went (StatusNotifierWatcher, on the bus)."""
        self._there = there
        if there and self._icon_was_late:
            # Not within somebody's callback: hiding an icon in one of Qt's own crashes it.
            QTimer.singleShot(0, self, self._make_again)

    def close(self) -> None:
        """Leave the tray."""
        self._minutes.stop()
        self._icon.hide()
        self._menu.deleteLater()

    def _make_again(self) -> None:
        if not self._icon_was_late:
            return
        self._icon_was_late = False
        before, view = self._icon, self._view
        self._icon = self._adopt(QSystemTrayIcon())
        before.hide()
        before.deleteLater()
        self._view = self._shown = None
        if view is not None:
            self.show(view)

    def _adopt(self, icon: QSystemTrayIcon) -> QSystemTrayIcon:
        icon.setParent(self)
        icon.setContextMenu(self._menu)
        icon.activated.connect(self._activated)
        return icon

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        match reason:
            case QSystemTrayIcon.ActivationReason.Trigger:
                self._clicked()
            case QSystemTrayIcon.ActivationReason.MiddleClick:
                self._intents.open_panel()
            case _:
                return

    def _clicked(self) -> None:
        view = self._view
        nothing_to_start = view is not None and view.running is None and not view.recents
        if self._click_opens() or nothing_to_start:
            self._intents.open_panel()
        else:
            self._intents.toggle()

    def _refresh_tooltip(self) -> None:
        if self._view is not None:
            self._icon.setToolTip(wording.tooltip(self._view, datetime.now(UTC)))

    # The menu, filled when it is about to be seen

    def _menu_wanted(self) -> None:
        self._intents.refresh()
        self._fill_menu()

    def _fill_menu(self) -> None:
        view = self._view
        if view is None:
            return
        self._menu.clear()
        self._add_state(view, datetime.now(UTC))
        self._menu.addSeparator()
        self._add_recents(view)
        if view.paused:
            self._add(self.tr("Resume delivery"), self._intents.resume_delivery)
        elif view.progress:
            self._add(self.tr("Pause delivery"), self._intents.pause_delivery)
        self._add(self.tr("Open…"), self._intents.open_panel)
        self._add(self.tr("Add time…"), self._intents.open_manual_entry)
        self._add(self.tr("History…"), self._intents.open_history)
        if view.problems:
            self._add(_problems(view.problems), self._intents.open_problems)
        self._add(self.tr("Settings…"), self._intents.open_settings)
        self._menu.addSeparator()
        self._add(self.tr("Quit"), self._intents.quit)

    def _add_state(self, view: View, now: datetime) -> None:
        if view.running is not None:
            title = f"{view.running.task.title}  {wording.clock(view.elapsed(now))}"
            self._add(wording.cut(title, _LONGEST_LABEL), None)
        self._add(wording.today(wording.short(view.today(now))), None)
        for line in view.services:
            self._add(wording.waiting(line), None)
        for said in wording.delivery(view):
            self._add(said, None)
        for question in view.questions[:1]:
            self._add(wording.away(question.gap) + "…", self._intents.open_question)
        if view.running is not None:
            self._add(self.tr("Stop"), self._intents.stop)
        elif view.recents:
            last = self.tr("Start “%1”").replace("%1", view.recents[0].title)
            self._add(wording.cut(last, _LONGEST_LABEL), self._intents.toggle)

    def _add_recents(self, view: View) -> None:
        running = view.running.task if view.running else None
        recents = (task for task in view.recents if task not in view.pins)
        others = [task for task in (*view.pins, *recents) if task != running]
        if not others:
            return
        for task in others:
            self._add(
                wording.cut(task.title, _LONGEST_LABEL), partial(self._intents.start, task, "")
            )
        self._menu.addSeparator()

    def _add(self, text: str, wanted: Callable[[], None] | None) -> QAction:
        action = self._menu.addAction(text.replace("&", "&&"))
        action.setEnabled(wanted is not None)
        if wanted is not None:
            action.triggered.connect(lambda _=False: wanted())
        return action


def _problems(count: int) -> str:
    text = QCoreApplication.translate("Tray", "Problems (%1)…")
    return text.replace("%1", wording.number(count))
