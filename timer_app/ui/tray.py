"""The icon in the tray: its look, its tooltip, its menu and its clicks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSystemTrayIcon

from timer_app.services.setup.desktop_status import TrayState
from timer_app.ui import wording
from timer_app.ui.early_tray_icon import EarlyTrayIcon
from timer_app.ui.intents import Intents
from timer_app.ui.menu_text import dbus_menu_text, native_menu_text
from timer_app.ui.plain_text import without_markup
from timer_app.ui.view import View

if TYPE_CHECKING:
    from timer_app.domain.reminders.notification import Notification

_MINUTE = 60_000
_LONGEST_LABEL = 60


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
    ) -> None:
        super().__init__()
        self._now = now
        self._icons = first.icons
        self._shown = first.shown_state
        self._intents = intents
        self._click_opens_panel = click_opens
        self._view: View | None = None
        self._timed: list[tuple[QAction, Callable[[View, datetime], str]]] = []
        self._menu = first.menu
        self._menu.aboutToShow.connect(self._on_menu_about_to_show)
        self._menu.aboutToHide.connect(self._on_menu_about_to_hide)
        self._menu_is_stale = False
        self._open = self._add_fixed(intents.open_panel)
        self._manual_entry = self._add_fixed(intents.open_manual_entry)
        self._history = self._add_fixed(intents.open_history)
        self._problems = self._add_fixed(intents.open_problems)
        self._settings = self._add_fixed(intents.open_settings)
        separator = self._menu.addSeparator()
        self._quit = self._add_fixed(intents.quit)
        self._fixed = (
            self._open, self._manual_entry, self._history, self._problems, self._settings,
            separator, self._quit,
        )  # fmt: skip
        self._minute_timer = QTimer(self)
        self._minute_timer.setInterval(_MINUTE)
        self._minute_timer.timeout.connect(self._intents.refresh)
        self._is_available = first.tray_was_available
        self._icon_is_stale = not self._is_available
        self._was_available = self._is_available
        self._icon = self._take_over_icon(first.icon)
        for reason in first.detach():
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
            self._minute_timer.stop()
        elif not self._minute_timer.isActive():
            self._minute_timer.start()
        if before is None:
            self._is_available = (
                self._is_available and self.icon_position() is None
            )  # one with a place needs no word
        if before is not None and _untimed(view) == _untimed(before):
            self._update_times()
        elif self._menu.isVisible():  # a person is choosing in it
            self._menu_is_stale = True
        else:
            self._fill_menu()

    def retranslate(self) -> None:
        """Write every text in the language of the moment."""
        self._refresh_tooltip()
        self._fill_menu()

    def show_notification(self, notification: Notification) -> None:
        """Say what no notification service took; without its buttons."""
        from timer_app.domain.reminders.notification import Urgency

        icons = QSystemTrayIcon.MessageIcon
        icon = icons.Warning if notification.urgency is Urgency.CRITICAL else icons.Information
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

    def _recreate_icon(self) -> None:
        if not self._icon_is_stale:
            return
        self._icon_is_stale = False
        before, view = self._icon, self._view
        self._icon = self._take_over_icon(QSystemTrayIcon())
        before.hide()
        before.deleteLater()
        self._view = self._shown = None
        if view is not None:
            self.show(view)

    def _take_over_icon(self, icon: QSystemTrayIcon) -> QSystemTrayIcon:
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
        if self._click_opens_panel() or nothing_to_start:
            self._intents.open_panel()
        else:
            self._intents.toggle()

    def _refresh_tooltip(self) -> None:
        if self._view is not None:
            self._icon.setToolTip(without_markup(wording.tooltip(self._view, self._now())))

    # The menu, filled when something has changed: hosts draw it in the size that it had before it
    # is about to be seen, and cut or squash what came since.

    def _on_menu_about_to_show(self) -> None:
        self._intents.refresh()
        self._update_times()

    def _on_menu_about_to_hide(self) -> None:
        if self._menu_is_stale:
            self._menu_is_stale = False
            QTimer.singleShot(0, self, self._fill_menu)  # the entry chosen is still to be acted on

    def _update_times(self) -> None:
        """Write the present times into the entries that show some."""
        if self._view is not None:
            now = self._now()
            for action, text in self._timed:
                action.setText(self._menu_text(text(self._view, now)))

    def _fill_menu(self) -> None:
        view = self._view
        if view is None:
            return
        self._name_fixed()
        for action in self._menu.actions():
            if action not in self._fixed:
                self._menu.removeAction(action)
                action.deleteLater()
        self._timed.clear()
        self._add_state(view, self._now())
        self._add_separator()
        self._add_recents(view)
        if view.paused:
            self._add(self.tr("Resume delivery"), self._intents.resume_delivery)
        elif view.progress:
            self._add(self.tr("Pause delivery"), self._intents.pause_delivery)
        self._problems.setText(self._menu_text(_problems(view.problems)))
        if view.problems:
            self._menu.insertAction(self._settings, self._problems)
        else:
            self._menu.removeAction(self._problems)

    def _add_fixed(self, wanted: Callable[[], None]) -> QAction:
        """An entry that stays: a host's click on it counts, whatever has changed above it."""
        action = self._menu.addAction("")
        action.triggered.connect(lambda _=False: wanted())
        return action

    def _name_fixed(self) -> None:
        for action, name in (
            (self._open, self.tr("Open…")),
            (self._manual_entry, self.tr("Add time…")),
            (self._history, self.tr("History…")),
            (self._settings, self.tr("Settings…")),
            (self._quit, self.tr("Quit")),
        ):
            action.setText(self._menu_text(name))

    def _add_separator(self) -> None:
        self._menu.insertSeparator(self._open)

    def _add_state(self, view: View, now: datetime) -> None:
        timed = [_running_label] if view.running is not None else []
        for text in (*timed, _today_label):
            self._timed.append((self._add(text(view, now), None), text))
        for line in view.services:
            self._add(wording.service_status(line), None)
        for number, said in enumerate(wording.delivery_lines(view)):
            self._timed.append((self._add(said, None), partial(_delivery_line, number)))
        for question in view.questions[:1]:
            self._add(
                wording.absence_range(question.absence) + "…", self._intents.open_absence_prompt
            )
        if view.is_alert_closable:
            label = wording.link_labels()[wording.LinkTarget.CLOSE_ALERT]
            self._add(label, self._intents.close_alert)
        if view.running is not None:
            self._add(self.tr("Stop"), self._intents.stop)
        elif view.recents:
            last = self.tr("Start “%1”").replace("%1", view.recents[0].title)
            self._add(wording.elide(last, _LONGEST_LABEL), self._intents.toggle)

    def _add_recents(self, view: View) -> None:
        running = view.running.task if view.running else None
        recents = (task for task in view.recents if task not in view.pins)
        offered = running or next(iter(view.recents), None)  # the one to start is above
        others = [task for task in (*view.pins, *recents) if task != offered]
        if not others:
            return
        for task in others:
            self._add(
                wording.elide(task.title, _LONGEST_LABEL), partial(self._intents.start, task, "")
            )
        self._add_separator()

    def _add(self, text: str, wanted: Callable[[], None] | None) -> QAction:
        action = QAction(self._menu_text(text), self._menu)
        self._menu.insertAction(self._open, action)
        action.setEnabled(wanted is not None)
        if wanted is not None:
            action.triggered.connect(lambda _=False: wanted())
        return action

    def _menu_text(self, text: str) -> str:
        """A StatusNotifierItem has no place, and its host draws the menu; else Qt or the system."""
        is_drawn_by_host = sys.platform == "linux" and self.icon_position() is None
        return dbus_menu_text(text) if is_drawn_by_host else native_menu_text(text)


def _untimed(view: View) -> tuple[object, ...]:
    """What decides which entries the menu has, without times and counts that change all along."""
    lines = len(wording.delivery_lines(view)), view.progress is None
    return replace(view, seconds_before_running=0, progress=None, waiting=0), *lines


def _delivery_line(number: int, view: View, now: datetime) -> str:
    del now
    return wording.delivery_lines(view)[number]


def _running_label(view: View, now: datetime) -> str:
    """What runs, and for how long: a long title is cut before that."""
    elapsed = f"  {wording.format_hms(view.elapsed(now))}"
    title = view.running.task.title if view.running is not None else ""
    return wording.elide(title, _LONGEST_LABEL - len(elapsed)) + elapsed


def _today_label(view: View, now: datetime) -> str:
    return wording.today_total(wording.format_hm(view.today(now)))


def _problems(count: int) -> str:
    text = QCoreApplication.translate("Tray", "Problems (%1)…")
    return text.replace("%1", wording.format_number(count))
