"""Problems: what needs a person, each with its reason and its buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.entries.route import Route
from timer_app.domain.user_message import fill
from timer_app.services.delivery.problems import Problem, Resolution
from timer_app.ui.accessibility import set_role, set_tab_order
from timer_app.ui.delivery import problem_words
from timer_app.ui.design.buttons import ButtonKind, set_kind
from timer_app.ui.design.surfaces import EmptyState, Surface
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import MEDIUM, PROBLEMS_SIZE, TINY, Scale, size_for_letters
from timer_app.ui.entries.route_chip import RouteMenu, RouteSource
from timer_app.ui.flow_layout import FlowLayout
from timer_app.ui.plain_text import PlainLabel, spoken
from timer_app.ui.window import EDGE, SPACE, AppWindow, WrappedLabel
from timer_app.ui.wording import message_text


class ProblemIntents(Protocol):
    """What the window can want. Nothing of it raises: what went wrong is a sentence, else ""."""

    def resolve(self, problem: Problem, resolution: Resolution) -> str:
        """Go this way out."""
        ...

    def choose_route(self, problem: Problem, route: Route) -> str:
        """Make its task in another team or category, and try again."""
        ...

    def retry_all(self) -> str:
        """Send everything again that was refused."""
        ...

    def undo_drop(self) -> str:
        """Take the latest drop back."""
        ...


class ProblemsWindow(AppWindow):
    """Shows problems; what is decided goes away from it, and a drop can be taken back."""

    def __init__(
        self,
        intents: ProblemIntents,
        zone: Callable[[], tzinfo],
        routes: RouteSource | None = None,
    ) -> None:
        """Without `routes` no other category can be chosen here."""
        super().__init__()
        self._routes = routes
        self._intents = intents
        self._zone = zone
        self._problems: tuple[Problem, ...] | None = None
        self._not_shown = 0
        self._frames: list[QFrame] = []
        self._message = spoken(WrappedLabel())
        self._undo = QPushButton()
        self._retry_all_button = QPushButton()
        self._empty = EmptyState()
        self._more = PlainLabel()
        self._area = QScrollArea()
        self._column = QVBoxLayout()
        self._lay_out()
        self.retranslate()

    def show_problems(self, problems: Sequence[Problem], count: int) -> None:
        """Show these of `count`; what is shown already is left as it is, focus and all."""
        if tuple(problems) != self._problems:
            self._fill(tuple(problems))
        self._not_shown = count - len(problems)
        self._show_more()
        self._empty.setVisible(not problems)
        retried = sum(Resolution.SEND_AGAIN in each.resolutions for each in problems)
        self._retry_all_button.setVisible(retried > 1)

    def _show_more(self) -> None:
        self._more.setText(problem_words.more_count(self._not_shown))
        self._more.setVisible(self._not_shown > 0)

    def open(self) -> None:
        """Come to the front."""
        self.show_in_front()
        self._focus_first()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle(self.tr("Problems"))
        self._empty.show_words(self.tr("Nothing needs your attention."))
        self._undo.setText(self.tr("&Undo"))
        self._retry_all_button.setText(self.tr("Try &all again"))
        self._message.setVisible(False)  # words of before; what can be undone still can
        shown, self._problems = self._problems, None
        if shown is not None:
            self._fill(shown)
            self._show_more()

    # Making

    def _lay_out(self) -> None:
        inner = QWidget()
        self._column.setContentsMargins(0, 0, SPACE, 0)
        self._column.setSpacing(MEDIUM)
        self._column.addWidget(self._empty)
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        inner.setLayout(self._column)
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        inner.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have it, and scroll it
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._message.setVisible(False)
        self._undo.setVisible(False)
        self._retry_all_button.setVisible(False)
        foot = QHBoxLayout()
        foot.addWidget(self._message, 1)
        foot.addWidget(self._undo)
        foot.addWidget(self._retry_all_button, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        self._undo.clicked.connect(self._undo_drop)
        self._retry_all_button.clicked.connect(
            lambda: self._show_message(self._intents.retry_all())
        )
        self.resize(size_for_letters(PROBLEMS_SIZE, self.font()))

    def _fill(self, problems: tuple[Problem, ...]) -> None:
        had_focus = any(each.hasFocus() for each in self._area.findChildren(QPushButton))
        for frame in self._frames:
            self._column.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        self._frames = [self._problem_frame(each) for each in problems]
        for number, frame in enumerate(self._frames):
            self._column.insertWidget(number, frame)
        buttons = [each for frame in self._frames for each in frame.findChildren(QPushButton)]
        set_tab_order([*buttons, self._undo, self._retry_all_button])
        self._problems = problems
        bar = self._area.verticalScrollBar().sizeHint().width()
        wide = self._column.minimumSize().width()  # a long button is whole
        self._area.setMinimumWidth(wide + bar)
        if had_focus:
            self._focus_first()

    def _problem_frame(self, problem: Problem) -> QFrame:
        frame = Surface()
        set_role(frame, QAccessible.Role.Grouping)
        frame.setAccessibleName(problem.logged.entry.task.title)
        column = QVBoxLayout(frame)
        column.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(TINY)
        column.addWidget(_text(problem.logged.entry.task.title, Text(semibold=True)))
        when = problem_words.entry_times(problem.logged, self._zone())
        what = f"{problem_words.message_description(problem.delivery)}  ·  {when}"
        column.addWidget(_text(what, Text(Scale.SMALL, Tone.MUTED)))
        column.addWidget(_text(problem_words.explanation(problem, self._zone()), Text()))
        if theirs := problem_words.service_error(problem):
            quoted = fill(self.tr("“%1”"), theirs)
            column.addWidget(_text(quoted, Text(Scale.SMALL, Tone.MUTED)))
        column.addSpacing(TINY)
        column.addLayout(self._buttons(problem))
        return frame

    def _buttons(self, problem: Problem) -> FlowLayout:
        """The ways out, the best one first."""
        row = FlowLayout(SPACE)
        for number, resolution in enumerate(problem.resolutions):
            button = QPushButton(message_text(resolution.label))
            about = f"{button.text()}: {problem.logged.entry.task.title}"
            button.setAccessibleDescription(about)
            if number == 0:
                set_kind(button, ButtonKind.PRIMARY)
            elif resolution is Resolution.NEVER_SEND:
                set_kind(button, ButtonKind.QUIET)
            if resolution is Resolution.CHANGE_CATEGORY:
                button.setMenu(self._route_menu(problem))
            else:
                button.clicked.connect(partial(self._decide, problem, resolution))
            row.addWidget(button)
        return row

    def _route_menu(self, problem: Problem) -> RouteMenu:
        menu = RouteMenu(self._routes, self)
        entry = problem.logged.entry
        menu.set_task(entry.task, entry)
        menu.picked.connect(partial(self._choose_route, problem))
        return menu

    # What a person decides

    def _choose_route(self, problem: Problem, route: Route) -> None:
        self._show_message(self._intents.choose_route(problem, route))

    def _decide(self, problem: Problem, resolution: Resolution) -> None:
        refused = self._intents.resolve(problem, resolution)
        self._show_message(
            refused
            or (problem_words.dropped_message(problem.delivery) if resolution.is_drop else "")
        )
        self._undo.setVisible(resolution.is_drop and not refused)

    def _undo_drop(self) -> None:
        self._show_message(self._intents.undo_drop())
        self._undo.setVisible(False)
        self._focus_first()

    def _show_message(self, sentence: str) -> None:
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        self._undo.setVisible(False)

    def _focus_first(self) -> None:
        buttons = self._frames[0].findChildren(QPushButton) if self._frames else []
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus()


def _text(text: str, label: Text) -> Text:
    """The label with that text, which can be marked and copied."""
    label.setText(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
