"""The panel: what runs, what needs a person, and the one field in which the next task is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRect, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QScreen,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout

from timer_app.domain.user_message import fill
from timer_app.services.entries.history import DayTimeline
from timer_app.ui.accessibility import announce
from timer_app.ui.design.buttons import ButtonKind, set_kind
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import MEDIUM, PANEL_WIDTH, SMALL
from timer_app.ui.entries.panel_banners import Banners, Notice, Remedy
from timer_app.ui.entries.panel_foot import ADD_TIME, HISTORY, SETTINGS, PanelFoot
from timer_app.ui.entries.route_chip import RouteChip, RouteSource
from timer_app.ui.entries.running_surface import RunningSurface
from timer_app.ui.entries.task_search import TaskSearch
from timer_app.ui.entries.task_search_source import TaskSearchSource
from timer_app.ui.intents import Intents
from timer_app.ui.plain_text import spoken
from timer_app.ui.view import View
from timer_app.ui.window import SPACE, AppWindow, named

_LOWEST_BAR, _HIGHEST_BAR = 32, 96
"""Pixels that a desktop's bar takes, where it is not known how many."""


class Panel(AppWindow):
    """Shows a View and emits what the person wants. Seconds tick while it is visible."""

    def __init__(
        self,
        intents: Intents,
        search: TaskSearchSource,
        now: Callable[[], datetime],
        routes: RouteSource | None = None,
        today: Callable[[], DayTimeline | None] = lambda: None,
    ) -> None:
        """Without `routes` no category is shown. `today` is None if it cannot be read."""
        super().__init__()
        self._intents = intents
        self._now = now
        self._today = today
        self._view: View | None = None
        self._running = RunningSurface(now, routes)
        self._message = spoken(named(Text(tone=Tone.DANGER), "message"))
        self._banners = Banners(self._act, self._running.comment)
        self._task_search = TaskSearch(search, shows_choice=False)
        self._next_route = named(RouteChip(routes), "next-route")
        self._foot = PanelFoot()
        self._second_timer = named(QTimer(self), "second")
        self._second_timer.setInterval(1000)
        self._second_timer.timeout.connect(self._update_times)
        self._lay_out()
        self._connect()
        self.retranslate()

    # What it shows

    def show_view(self, view: View) -> None:
        """Show what is the case now."""
        before, self._view = self._view, view
        self._speak_change(before, view)
        self._running.show_view(view)
        self._task_search.set_running(view.running.task if view.running else None)
        if before is not None and (before.recents, before.pins) != (view.recents, view.pins):
            self._task_search.refresh_known()
        self._show_place(view)
        self._banners.show_view(view)
        self._foot.show_view(view)
        self._show_next_route()
        self._show_today()
        self._update_times()
        self._update_timer()
        self.fit_height()

    def show_message(self, sentence: str) -> None:
        """Tell why what was wanted could not be done."""
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        self.fit_height()

    def open_at(self, position: tuple[int, int] | None) -> None:
        """Come to the front, ready to be typed into; near the tray where that is known."""
        icon = QPoint(*position) if position is not None and not self.isVisible() else None
        if icon is not None:
            self.move(self._position_near(icon))
        self.show_in_front()
        self.show_message("")
        self._task_search.open()
        if not self._running.look_up_name():
            self._next_route.look_up_name()
        if icon is not None:
            self.move(self._position_near(icon))  # it may be higher now

    def save_comment(self) -> None:
        """Commit what was typed for the entry that runs, before anything ends it."""
        running = self._view.running if self._view else None
        typed = self._running.comment.text()
        if running is not None and typed.strip() != running.comment:
            self._intents.annotate(typed)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle("Timer App")
        self.show_message("")
        for part in (self._running, self._task_search, self._foot):
            part.retranslate()
        self._show_next_route()
        if self._view is not None:
            self.show_view(self._view)

    def fit_height(self) -> None:
        """Be high enough for all of it; on a low screen the banners scroll."""
        if not self._banners.isHidden():
            wanted = self._banners.wanted_height()
            self._banners.fit(wanted)
            super().fit_height()
            layout = self.layout()
            needed = layout.totalMinimumHeightForWidth(self.width()) if layout else 0
            if needed > self.highest():
                self._banners.fit(wanted - (needed - self.highest()))
        super().fit_height()

    # Making

    def _lay_out(self) -> None:
        self._message.setVisible(False)
        body = QVBoxLayout()
        body.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, SMALL)
        body.setSpacing(SMALL)
        for widget in (self._running, self._message, self._banners, self._task_search):
            body.addWidget(widget)
        body.setStretchFactor(self._task_search, 1)
        set_kind(self._next_route, ButtonKind.CHIP)
        self._task_search.add_beside_details(self._next_route)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(self._foot)
        self.resize(PANEL_WIDTH, self.sizeHint().height())

    def _connect(self) -> None:
        self._running.toggled.connect(self._toggle)
        self._running.start_corrected.connect(self._intents.correct_start)
        self._running.correction_undone.connect(self._intents.undo_start_correction)
        self._running.comment_finished.connect(self.save_comment)
        self._running.height_changed.connect(self.fit_height)
        self._running.address_opened.connect(self._intents.open_address)
        self._running.refused.connect(self.show_message)
        self._next_route.message_ready.connect(self.show_message)
        self._task_search.highlighted.connect(self._show_next_route)
        self._task_search.chosen.connect(self._on_task_chosen)
        self._task_search.height_changed.connect(self._on_search_changed)
        self._foot.pause_or_resume.connect(self._pause_or_resume)
        self._foot.entry_wanted.connect(self._intents.open_history)
        for signal, key, opens in (
            (self._foot.add_time, ADD_TIME, self._intents.open_manual_entry),
            (self._foot.history, HISTORY, self._open_history),
            (self._foot.settings, SETTINGS, self._open_settings),
        ):
            signal.connect(opens)
            QShortcut(QKeySequence(key), self).activated.connect(opens)

    # What is typed

    def showEvent(self, event: QShowEvent) -> None:
        """Seconds tick from now on."""
        super().showEvent(event)
        self._show_today()
        self._update_times()
        self._update_timer()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees seconds tick any more."""
        super().hideEvent(event)
        self.save_comment()  # the taskbar's own button hides it before the window hears of it
        self._running.forget_correction()
        self._second_timer.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed is kept before the window goes: by then it must be certain."""
        self.save_comment()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Put into the taskbar, or taken from there."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._update_times()
            self._update_timer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower text is higher."""
        super().resizeEvent(event)
        self.fit_height()

    def _toggle(self) -> None:
        """The round button: stop what runs, or go on with the last task."""
        if self._view is None:
            return
        if self._view.running is not None:
            self._intents.stop()
        elif self._view.recents:
            self.show_message("")
            self._intents.start(self._view.recents[0], self._running.comment.text())

    def _on_search_changed(self) -> None:
        """Another answer may say where the running card lies."""
        if self._view is not None:
            self._show_place(self._view)
        self.fit_height()

    def _on_task_chosen(self) -> None:
        task = self._task_search.task
        if task is None:
            return
        is_running = self._view is not None and self._view.running is not None
        comment = "" if is_running else self._running.comment.text()
        self.show_message("")
        self._intents.start(task, comment)
        self._task_search.clear()  # the list folds away, and the window with it
        self._running.comment.setFocus()

    def _act(self, notice: Notice) -> None:
        """Do what the button of a banner says."""
        match notice.remedy:
            case Remedy.CLOSE_ALERT:
                self._intents.close_alert()
            case Remedy.ANSWER_ABSENCE:
                self._intents.open_absence_prompt()
            case Remedy.SHOW_PROBLEMS:
                self._intents.open_problems()
            case Remedy.NEW_TOKEN:
                self._intents.open_settings(notice.service)
            case Remedy.SETTINGS:
                self._open_settings()
            case Remedy.UNLOCK_KEYRING:
                self._intents.unlock_keyring()
            case Remedy.SET_UP:
                self._intents.open_first_run(notice.service)
            case None:
                pass

    def _open_history(self) -> None:
        self._intents.open_history("")

    def _open_settings(self) -> None:
        self._intents.open_settings(None)

    def _pause_or_resume(self) -> None:
        if self._view is not None and self._view.paused:
            self._intents.resume_delivery()
        else:
            self._intents.pause_delivery()

    # Parts of what is shown

    def _speak_change(self, before: View | None, view: View) -> None:
        """Have screen readers say that another entry runs, or none any more."""
        if before is None or not self.isVisible():
            return
        was, running = before.running, view.running
        if running is not None and (was is None or was.id != running.id):
            announce(self, fill(self.tr("“%1” runs."), running.task.title))
        elif running is None and was is not None:
            announce(self, self.tr("Stopped."))

    def _show_place(self, view: View) -> None:
        """Where the running task's card lies, as far as the search has seen it."""
        place = self._task_search.place_of(view.running.task) if view.running else ""
        self._running.set_place(place)

    def _show_today(self) -> None:
        """Today's entries, which are read only while they are seen."""
        day = self._today() if self.isVisible() else None
        if day is not None and self._view is not None:
            self._foot.show_day(day, self._view.zone)

    def _show_next_route(self) -> None:
        """Where the time of what Enter would start goes."""
        suggestion = self._task_search.current_suggestion
        self._next_route.show_task(suggestion.task if suggestion else None)

    def _update_times(self) -> None:
        if self._view is None:
            return
        self._running.update_elapsed()
        self._foot.show_today(self._view.today(self._now()), self._view.goal)

    def _update_timer(self) -> None:
        running = self._view is not None and self._view.running is not None
        if running and self.isVisible() and not self.isMinimized():
            self._second_timer.start()
        else:
            self._second_timer.stop()

    def _position_near(self, icon: QPoint) -> QPoint:
        """Next to the tray icon, and wholly within the work area of its screen."""
        screen = QGuiApplication.screenAt(icon) or self.screen()
        self.setScreen(screen)
        area = _area_beside_bar(screen, icon).adjusted(SPACE, SPACE, -SPACE, -SPACE)
        size = self.size() + self.frame_size()
        left = min(icon.x() - size.width() // 2, area.right() - size.width())
        fits_below = icon.y() + size.height() < area.bottom()
        top = icon.y() if fits_below else area.bottom() - size.height()
        return QPoint(max(area.left(), left), max(area.top(), top))


def _area_beside_bar(screen: QScreen, icon: QPoint) -> QRect:
    """The work area of a screen without the bar that the icon is in.

    Qt knows no bars where there are several X11 screens. What is pointed at is in the middle of a
    bar: its height is then assumed to be twice the icon's distance from the edge.
    """
    whole, area = screen.geometry(), screen.availableGeometry()
    above, below = icon.y() - whole.top(), whole.bottom() - icon.y()
    before, after = icon.x() - whole.left(), whole.right() - icon.x()
    if not area.contains(icon) or min(above, below, before, after) > _HIGHEST_BAR // 2:
        return area
    if min(above, below) <= _HIGHEST_BAR // 2:  # a corner belongs to a horizontal bar
        top, bottom = (_bar_height(above), 0) if above < below else (0, _bar_height(below))
        return area & whole.adjusted(0, top, 0, -bottom)
    left, right = (_bar_height(before), 0) if before < after else (0, _bar_height(after))
    return area & whole.adjusted(left, 0, -right, 0)


def _bar_height(distance: int) -> int:
    return max(_LOWEST_BAR, 2 * distance)
