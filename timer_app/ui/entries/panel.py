"""The panel: what runs, and the one field in which the next task is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QHideEvent,
    QResizeEvent,
    QScreen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.delivery.outbox import Service
from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.task import Task
from timer_app.services.delivery.service_status import Health
from timer_app.services.setup.desktop_status import KeyringState
from timer_app.ui import wording
from timer_app.ui.design.tokens import Scale, scaled_font, tabular_font
from timer_app.ui.entries.route_chip import RouteChip, RouteSource
from timer_app.ui.entries.task_search import TaskSearch, TaskSearchSource
from timer_app.ui.intents import Intents
from timer_app.ui.plain_text import PlainLabel
from timer_app.ui.setup.network_wording import service_status_with_obstacle
from timer_app.ui.view import View
from timer_app.ui.window import EDGE, SPACE, AppWindow, RichLabel, WrappedLabel, named
from timer_app.ui.wording import LinkTarget

_WIDTH = 420
_LONGEST_COMMENT = 4096
_LOWEST_BAR, _HIGHEST_BAR = 32, 96
"""Pixels that a desktop's bar takes, where it is not known how many."""
_PROBLEMS = "problems"


class Panel(AppWindow):
    """Shows a View; tells what the person wants. Seconds tick while it is seen."""

    def __init__(
        self,
        intents: Intents,
        search: TaskSearchSource,
        now: Callable[[], datetime],
        routes: RouteSource | None = None,
    ) -> None:
        """Without `routes` nothing is said of categories."""
        super().__init__()
        self._intents = intents
        self._now = now
        self._view: View | None = None
        self._elapsed = named(PlainLabel(), "elapsed")
        self._task = named(RichLabel(), "task")  # titles are escaped
        self._comment = named(QLineEdit(), "comment")
        self._stop = named(QPushButton(), "stop")
        self._task_search = TaskSearch(search, shows_choice=False)
        self._running_route = named(RouteChip(routes), "running-route")
        self._next_route = named(RouteChip(routes), "next-route")
        self._message = named(WrappedLabel(), "message")
        self._start = named(QPushButton(), "start")
        self._today = named(PlainLabel(), "today")
        self._progress_bar = named(QProgressBar(), "delivery-progress")
        self._pause = named(QPushButton(), "delivery-pause")
        self._delivery_label = named(WrappedLabel(), "delivery")
        self._absence_button = named(QPushButton(), "absence")
        self._notices_label = named(RichLabel(), "notices")  # so are sentences
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
        running = view.running
        self._show_running(before.running if before else None, running)
        self._task_search.set_running(running.task if running else None)
        if before is not None and (before.recents, before.pins) != (view.recents, view.pins):
            self._task_search.refresh_known()
        self._start.setText(self.tr("&Switch") if running else self.tr("&Start"))
        self._notices_label.setText(self._problems_link(view) + "".join(_sentences(view)))
        self._notices_label.setVisible(bool(self._notices_label.text()))
        self._absence_button.setVisible(bool(view.questions))
        self._show_delivery(view)
        self._show_routes()
        self._update_times()
        self._update_timer()
        self.fit_height()

    def show_message(self, sentence: str) -> None:
        """Tell why what was wanted could not be done."""
        self._message.setText(sentence)
        self.fit_height()

    def open_at(self, position: tuple[int, int] | None) -> None:
        """Come to the front, ready to be typed into; near the tray where that is known."""
        icon = QPoint(*position) if position is not None and not self.isVisible() else None
        if icon is not None:
            self.move(self._position_near(icon))
        self.show_in_front()
        self._message.clear()
        self._task_search.open()
        if icon is not None:
            self.move(self._position_near(icon))  # it may be higher now

    def save_comment(self) -> None:
        """Commit what was typed for the entry that runs, before anything ends it."""
        running = self._view.running if self._view else None
        if running is not None and self._comment.text().strip() != running.comment:
            self._intents.annotate(self._comment.text())

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle("Timer App")
        self._comment.setPlaceholderText(self.tr("Comment"))
        self._comment.setAccessibleName(self.tr("Comment of the running entry"))
        self._task_search.retranslate()
        self._show_routes()
        self._elapsed.setAccessibleDescription(self.tr("Elapsed time"))
        self._progress_bar.setAccessibleName(self.tr("Delivery"))
        self._absence_button.setText(self.tr("You were &away: what was this time?"))
        self._stop.setText(self.tr("S&top"))
        self._start.setText(self.tr("&Start"))
        if self._view is not None:
            self.show_view(self._view)

    # Making

    def _lay_out(self) -> None:
        self._elapsed.setFont(tabular_font(scaled_font(self.font(), Scale.CLOCK)))
        self._task.setOpenExternalLinks(True)
        self._task.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._notices_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._notices_label.linkActivated.connect(self._on_link_activated)
        self._comment.setMaxLength(_LONGEST_COMMENT)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addLayout(_row_of(self._elapsed, self._stop))
        for widget in (self._task, self._running_route, self._comment, _line(), self._task_search):
            column.addWidget(widget)
        start = _row_of(self._message, self._next_route)
        start.addWidget(self._start)
        column.addLayout(start)
        for widget in (_line(), self._today):
            column.addWidget(widget)
        column.addLayout(self._delivery_row())
        column.addWidget(self._absence_button)
        column.addWidget(self._notices_label)
        column.setStretchFactor(self._task_search, 1)
        self.resize(_WIDTH, self.sizeHint().height())

    def _delivery_row(self) -> QHBoxLayout:
        """The bar with its sentence below it; the sentence alone stands beside the button."""
        said = QVBoxLayout()
        said.setSpacing(SPACE // 2)
        said.addWidget(self._progress_bar)
        said.addWidget(self._delivery_label)
        row = QHBoxLayout()
        row.addLayout(said, 1)
        row.addWidget(self._pause, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _connect(self) -> None:
        self._stop.clicked.connect(self._intents.stop)
        self._start.clicked.connect(self._task_search.accept_suggestion)
        self._absence_button.clicked.connect(self._intents.open_absence_prompt)
        self._pause.clicked.connect(self._pause_or_resume)
        self._task_search.chosen.connect(self._on_task_chosen)
        self._task_search.height_changed.connect(self.fit_height)
        self._task_search.highlighted.connect(self._show_routes)
        for chip in (self._running_route, self._next_route):
            chip.refused.connect(self.show_message)
        self._comment.editingFinished.connect(self.save_comment)

    # What is typed

    def showEvent(self, event: QShowEvent) -> None:
        """Seconds tick from now on."""
        super().showEvent(event)
        self._update_times()
        self._update_timer()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees seconds tick any more."""
        super().hideEvent(event)
        self.save_comment()  # the taskbar's own button hides it before it tells us
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

    def _on_task_chosen(self) -> None:
        task = self._task_search.task
        if task is None:
            return
        running = self._view is not None and self._view.running is not None
        comment = "" if running else self._comment.text()
        self._message.clear()
        self._intents.start(task, comment)
        self._task_search.clear()  # the list folds away, and the window with it
        self._comment.setFocus()

    def _on_link_activated(self, link: str) -> None:
        if link == _PROBLEMS:
            self._intents.open_problems()
            return
        goal, _, name = link.partition("/")
        match LinkTarget(goal):
            case LinkTarget.SET_UP:
                self._intents.open_first_run(Service(name))
            case LinkTarget.ENTER_TOKEN:
                self._intents.open_settings(Service(name))
            case LinkTarget.KEYRING:
                self._intents.unlock_keyring()
            case LinkTarget.CLOSE_ALERT:
                self._intents.close_alert()

    def _pause_or_resume(self) -> None:
        if self._view is not None and self._view.paused:
            self._intents.resume_delivery()
        else:
            self._intents.pause_delivery()

    # Parts of what is shown

    def _show_delivery(self, view: View) -> None:
        """A long delivery and the way to pause it; nothing of it while there is none."""
        progress = view.progress
        if progress is not None:
            self._progress_bar.setMaximum(progress.total)
            self._progress_bar.setValue(progress.done)
            self._progress_bar.setFormat(wording.delivery_progress(progress))
        if view.paused:
            self._delivery_label.setText(wording.delivery_paused(view.waiting))
        else:
            left = progress.remaining if progress else None
            self._delivery_label.setText(wording.time_remaining(left) if left else "")
        self._pause.setText(self.tr("&Resume") if view.paused else self.tr("&Pause"))
        self._pause.setAccessibleName(
            self.tr("Resume delivery") if view.paused else self.tr("Pause delivery")
        )
        self._progress_bar.setVisible(progress is not None)
        for widget in (self._pause, self._delivery_label):
            widget.setVisible(view.paused or progress is not None)

    def _show_routes(self) -> None:
        """Where what runs goes, and what Enter would start."""
        running = self._view.running if self._view else None
        self._running_route.show_task(running.task if running else None, running)
        suggestion = self._task_search.current_suggestion
        self._next_route.show_task(suggestion.task if suggestion else None)

    def _show_running(self, before: Entry | None, running: Entry | None) -> None:
        self._stop.setEnabled(running is not None)
        if running is None:
            self._task.setText(escape(self.tr("Nothing is running")))
            if before is not None:
                self._comment.clear()
            return
        self._task.setText(_task_links(running.task))
        typed_before_it_began = before is None and self._comment.text() and not running.comment
        if (before is None or before.id != running.id) and not typed_before_it_began:
            self._comment.setText(running.comment)

    def _problems_link(self, view: View) -> str:
        """A link to what needs a person."""
        if not view.problems:
            return ""
        return _paragraph(wording.problem_count(view.problems), _PROBLEMS)

    def _update_times(self) -> None:
        if self._view is None:
            return
        now = self._now()
        self._elapsed.setText(wording.format_hms(self._view.elapsed(now)))
        self._today.setText(wording.today_total_and_goal(self._view.today(now), self._view.goal))

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
    bar: such a one is taken to be twice as high as the icon is away from the edge.
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


def _task_links(task: Task) -> str:
    """Rich text of a task: its title opens its address, a linked card's number the card."""
    title = escape(task.title)
    shown = _anchor(task.url, title) if task.url else title
    if task.address and task.card:
        shown += f"  {_anchor(task.card.url, f'#{task.card.id}')}"
    return shown


def _anchor(address: str, shown: str) -> str:
    return f'<a href="{escape(address)}">{shown}</a>'


def _row_of(wide: QWidget, narrow: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(wide, 1)
    row.addWidget(narrow, 0)
    return row


def _sentences(view: View) -> list[str]:
    """A paragraph for each thing that is not as it should be, with the way out."""
    said = [_paragraph(alert) for alert in view.alert.splitlines()]
    if view.is_alert_closable:
        said.append(_paragraph("", way=_link(LinkTarget.CLOSE_ALERT)))
    for line in view.services:
        sentence = wording.join_sentences(
            service_status_with_obstacle(line), wording.service_remedy(line)
        )
        token = line.health is Health.UNAUTHORIZED and not line.keyring
        way = _link(LinkTarget.ENTER_TOKEN, line.service) if token else ""
        said.append(_paragraph(sentence, way=way))
    said += map(_paragraph, wording.desktop_problems(view.desktop_status))
    if view.desktop_status.keyring in (KeyringState.LOCKED, KeyringState.DISMISSED):
        said.append(_paragraph("", way=_link(LinkTarget.KEYRING)))
    return said + [
        _paragraph(wording.service_not_set_up(each), way=_link(LinkTarget.SET_UP, each))
        for each in view.unconfigured
    ]


def _paragraph(sentence: str, link: str = "", way: str = "") -> str:
    """Rich text of a sentence, itself a link or with the `way` after it, which is rich text."""
    text = escape(sentence)
    text = f'<a href="{link}">{text}</a>' if link else text
    text = f"{text} {way}".strip()
    return f'<p style="margin: 0 0 {SPACE // 2}px 0">{text}</p>'


def _link(goal: LinkTarget, service: Service | None = None) -> str:
    name = f"/{service.value}" if service else ""
    return f'<a href="{goal.value}{name}">{escape(wording.link_labels()[goal])}</a>'


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line
