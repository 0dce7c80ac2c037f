"""The panel: what runs, and the one field in which the next task is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QFont, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.delivery import Service
from timer_app.domain.entry import Entry
from timer_app.services.service_status import Health
from timer_app.services.surroundings import KeyringState
from timer_app.ui import wording
from timer_app.ui.intents import Intents
from timer_app.ui.task_search import Search, TaskSearch
from timer_app.ui.view import View
from timer_app.ui.window import EDGE, SPACE, Sentences, Window
from timer_app.ui.wording import Goal

_WIDTH = 420
_LONGEST_COMMENT = 4096
_PROBLEMS = "problems"


class Panel(Window):
    """Shows a View; tells what the person wants. Seconds tick while it is seen."""

    def __init__(self, intents: Intents, search: Search, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._intents = intents
        self._now = now
        self._view: View | None = None
        self._elapsed = QLabel()
        self._task = Sentences()
        self._comment = QLineEdit()
        self._stop = QPushButton()
        self._what = TaskSearch(search, keeps=False)
        self._said = Sentences()
        self._start = QPushButton()
        self._today = QLabel()
        self._bar = QProgressBar()
        self._pause = QPushButton()
        self._pace = Sentences()
        self._away = QPushButton()
        self._notices = Sentences()
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._tick)
        self._lay_out()
        self._connect()
        self.retranslate()

    # What it shows

    def show_view(self, view: View) -> None:
        """Show what is the case now."""
        before, self._view = self._view, view
        running = view.running
        self._show_running(before.running if before else None, running)
        self._start.setText(self.tr("&Switch") if running else self.tr("&Start"))
        self._notices.setText(self._needs_you(view) + "".join(_sentences(view)))
        self._notices.setVisible(bool(self._notices.text()))
        self._away.setVisible(bool(view.questions))
        self._show_delivery(view)
        self._tick()
        self._set_ticking()
        self.fit_height()

    def say(self, sentence: str) -> None:
        """Tell why what was wanted could not be done."""
        self._said.setText(sentence)
        self.fit_height()

    def open_at(self, place: tuple[int, int] | None) -> None:
        """Come to the front, ready to be typed into; near the tray where that is known."""
        if place is not None and not self.isVisible():
            self.move(self._beside(QPoint(*place)))
        self.come_to_front()
        self._said.clear()
        self._what.open()

    def keep_comment(self) -> None:
        """Commit what was typed for the entry that runs, before anything ends it."""
        running = self._view.running if self._view else None
        if running is not None and self._comment.text().strip() != running.comment:
            self._intents.annotate(self._comment.text())

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle("Timer App")
        self._comment.setPlaceholderText(self.tr("Comment"))
        self._comment.setAccessibleName(self.tr("Comment of the running entry"))
        self._what.retranslate()
        self._elapsed.setAccessibleName(self.tr("Elapsed time"))
        self._bar.setAccessibleName(self.tr("Delivery"))
        self._away.setText(self.tr("You were &away: what was this time?"))
        self._stop.setText(self.tr("S&top"))
        self._start.setText(self.tr("&Start"))
        if self._view is not None:
            self.show_view(self._view)

    # Making

    def _lay_out(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 2.2)
        font.setFeature(QFont.Tag("tnum"), 1)
        self._elapsed.setFont(font)
        self._task.setOpenExternalLinks(True)
        self._task.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._notices.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._notices.linkActivated.connect(self._follow)
        self._task.setTextFormat(Qt.TextFormat.RichText)  # titles are escaped
        self._notices.setTextFormat(Qt.TextFormat.RichText)  # so are sentences
        self._today.setTextFormat(Qt.TextFormat.PlainText)
        self._comment.setMaxLength(_LONGEST_COMMENT)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addLayout(_row(self._elapsed, self._stop))
        for widget in (self._task, self._comment, _line(), self._what):
            column.addWidget(widget)
        column.addLayout(_row(self._said, self._start))
        for widget in (_line(), self._today):
            column.addWidget(widget)
        column.addLayout(self._delivery_row())
        column.addWidget(self._away)
        column.addWidget(self._notices)
        column.setStretchFactor(self._what, 1)
        self.resize(_WIDTH, self.sizeHint().height())

    def _delivery_row(self) -> QHBoxLayout:
        """The bar with its sentence below it; the sentence alone stands beside the button."""
        said = QVBoxLayout()
        said.setSpacing(SPACE // 2)
        said.addWidget(self._bar)
        said.addWidget(self._pace)
        row = QHBoxLayout()
        row.addLayout(said, 1)
        row.addWidget(self._pause, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _connect(self) -> None:
        self._stop.clicked.connect(self._intents.stop)
        self._start.clicked.connect(self._what.take)
        self._away.clicked.connect(self._intents.open_question)
        self._pause.clicked.connect(self._pause_or_resume)
        self._what.chosen.connect(self._chosen)
        self._what.grew.connect(self.fit_height)
        self._comment.editingFinished.connect(self.keep_comment)

    # What is typed

    def showEvent(self, event: QShowEvent) -> None:
        """Seconds tick from now on."""
        super().showEvent(event)
        self._tick()
        self._set_ticking()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees seconds tick any more."""
        super().hideEvent(event)
        self.keep_comment()  # the taskbar's own button hides it before it tells us
        self._seconds.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed is kept before the window goes: by then it must be certain."""
        self.keep_comment()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Put into the taskbar, or taken from there."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._tick()
            self._set_ticking()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower text is higher."""
        super().resizeEvent(event)
        self.fit_height()

    def _chosen(self) -> None:
        task = self._what.task
        if task is None:
            return
        running = self._view is not None and self._view.running is not None
        comment = "" if running else self._comment.text()
        self._said.clear()
        self._intents.start(task, comment)
        self._what.clear()  # the list folds away, and the window with it
        self._comment.setFocus()

    def _follow(self, link: str) -> None:
        if link == _PROBLEMS:
            self._intents.open_problems()
            return
        goal, _, name = link.partition("/")
        match Goal(goal):
            case Goal.SET_UP:
                self._intents.open_first_run(Service(name))
            case Goal.ACCESS:
                self._intents.open_settings(Service(name))
            case Goal.KEYRING:
                self._intents.ask_for_keyring()

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
            self._bar.setMaximum(progress.total)
            self._bar.setValue(progress.done)
            self._bar.setFormat(wording.delivered(progress))
        if view.paused:
            self._pace.setText(wording.paused(view.waiting))
        else:
            left = progress.left if progress else None
            self._pace.setText(wording.left(left) if left else "")
        self._pause.setText(self.tr("&Resume") if view.paused else self.tr("&Pause"))
        self._pause.setAccessibleName(
            self.tr("Resume delivery") if view.paused else self.tr("Pause delivery")
        )
        self._bar.setVisible(progress is not None)
        for widget in (self._pause, self._pace):
            widget.setVisible(view.paused or progress is not None)

    def _show_running(self, before: Entry | None, running: Entry | None) -> None:
        self._stop.setEnabled(running is not None)
        if running is None:
            self._task.setText(escape(self.tr("Nothing is running")))
            if before is not None:
                self._comment.clear()
            return
        card = running.task.card
        title = escape(running.task.title)
        self._task.setText(f'<a href="{escape(card.url)}">{title}</a>' if card else title)
        typed_before_it_began = before is None and self._comment.text() and not running.comment
        if (before is None or before.id != running.id) and not typed_before_it_began:
            self._comment.setText(running.comment)

    def _needs_you(self, view: View) -> str:
        """A link to what needs a person."""
        if not view.problems:
            return ""
        return _paragraph(wording.problems(view.problems), _PROBLEMS)

    def _tick(self) -> None:
        if self._view is None:
            return
        now = self._now()
        self._elapsed.setText(wording.clock(self._view.elapsed(now)))
        self._today.setText(wording.today_of(self._view.today(now), self._view.goal))

    def _set_ticking(self) -> None:
        running = self._view is not None and self._view.running is not None
        if running and self.isVisible() and not self.isMinimized():
            self._seconds.start()
        else:
            self._seconds.stop()

    def _beside(self, place: QPoint) -> QPoint:
        """Next to the tray icon, and wholly on its screen."""
        screen = self.screen().availableGeometry().adjusted(SPACE, SPACE, -SPACE, -SPACE)
        x = min(max(screen.left(), place.x() - self.width() // 2), screen.right() - self.width())
        below = place.y() + self.height() < screen.bottom()
        y = place.y() if below else max(screen.top(), place.y() - self.height() - 64)
        return QPoint(x, y)


def _row(wide: QWidget, narrow: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(wide, 1)
    row.addWidget(narrow, 0)
    return row


def _sentences(view: View) -> list[str]:
    """A paragraph for each thing that is not as it should be, with the way out."""
    said = [_paragraph(view.trouble)] if view.trouble else []
    for line in view.services:
        sentence = wording.joined(wording.how_it_is(line), wording.remedy(line))
        token = line.health is Health.UNAUTHORIZED and not line.keyring
        way = _way(Goal.ACCESS, line.service) if token else ""
        said.append(_paragraph(sentence, way=way))
    said += map(_paragraph, wording.surroundings(view.surroundings))
    if view.surroundings.keyring is KeyringState.LOCKED:
        said.append(_paragraph("", way=_way(Goal.KEYRING)))
    return said + [
        _paragraph(wording.not_set_up(each), way=_way(Goal.SET_UP, each)) for each in view.unset
    ]


def _paragraph(sentence: str, link: str = "", way: str = "") -> str:
    """Rich text of a sentence, itself a link or with the `way` after it, which is rich text."""
    text = escape(sentence)
    text = f'<a href="{link}">{text}</a>' if link else text
    text = f"{text} {way}".strip()
    return f'<p style="margin: 0 0 {SPACE // 2}px 0">{text}</p>'


def _way(goal: Goal, service: Service | None = None) -> str:
    name = f"/{service.value}" if service else ""
    return f'<a href="{goal.value}{name}">{escape(wording.ways()[goal])}</a>'


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line
