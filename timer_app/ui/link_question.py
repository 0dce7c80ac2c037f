"""The question about a link: what would be started or stopped, and nothing happens without a yes.

No is the answer to Enter and Escape, so that a window which comes up under somebody's typing
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.entry import Entry
from timer_app.services.links import Asked, Question
from timer_app.ui import reasons
from timer_app.ui.front import bring_to_front
from timer_app.ui.window import EDGE, SPACE
from timer_app.ui.wording import filled, time_and_day

_WIDTH = 440
_COMMENT_LINES = 5


class _Part(Enum):
    """A row of the question."""

    TASK = "task"
    CARD = "card"
    COMMENT = "comment"
    STOPS = "stops"


class Answers(Protocol):
    """What the person says."""

    def accept(self) -> None:
        """Yes."""
        ...

    def dismiss(self) -> None:
        """No, or I have read it."""
        ...


class LinkQuestion(QDialog):
    """Shows one question; implements `Asker`."""

    def __init__(
        self, answers: Answers, now: Callable[[], datetime], zone: Callable[[], tzinfo]
    ) -> None:
        super().__init__()
        self._answers = answers
        self._now = now
        self._zone = zone
        self._question: Question | None = None
        self._heading = _label()
        self._note = _label()
        self._comment = QPlainTextEdit()
        self._parts: dict[_Part, tuple[QLabel, QWidget]] = {
            part: (_label(), self._comment if part is _Part.COMMENT else _label()) for part in _Part
        }
        self._yes = QPushButton()
        self._no = QPushButton()
        self._lay_out()
        self._yes.clicked.connect(self._said_yes)
        self._no.clicked.connect(self.reject)
        self.retranslate()

    # What it shows

    def ask(self, question: Question) -> None:
        """Show a new question, in front."""
        self.show_question(question)
        bring_to_front(self)
        self._no.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_question(self, question: Question) -> None:
        """Show what changed in the open one."""
        self._question = question
        self._heading.setText(self._heading_of(question.asked))
        starts = question.asked is Asked.START
        self._show(_Part.TASK, question.task.title if starts and question.task else "")
        self._show(_Part.CARD, question.card)
        self._show(_Part.COMMENT, question.comment)
        self._show(_Part.STOPS, self._stopped(question.running) if question.running else "")
        said = self._notes(question)
        self._note.setText("\n".join(said))
        self._note.setVisible(bool(said))
        self._yes.setText(self.tr("&Start") if starts else self.tr("&Stop"))
        self._yes.setVisible(question.asked is not Asked.NOTHING)
        self._yes.setEnabled(question.possible)
        closes = question.asked is Asked.NOTHING or not (question.possible or question.asking)
        self._no.setText(self.tr("&Close") if closes else self.tr("&Cancel"))
        self._no.setDefault(True)
        self._grow()

    def put_away(self) -> None:
        """Show nothing any more."""
        self.hide()

    def reject(self) -> None:
        """Escape, Cancel and the window's own cross mean no."""
        self._answers.dismiss()

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
            if self._question is not None:
                self.show_question(self._question)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle(self.tr("Timer App: a link"))
        for part, name in (
            (_Part.TASK, self.tr("Task")),
            (_Part.CARD, self.tr("Card")),
            (_Part.COMMENT, self.tr("Comment")),
            (_Part.STOPS, self.tr("Stops")),
        ):
            label, shown = self._parts[part]
            label.setText(name)
            shown.setAccessibleName(name)

    # Parts

    def _heading_of(self, asked: Asked) -> str:
        match asked:
            case Asked.START:
                return self.tr("A link wants to start an entry.")
            case Asked.STOP:
                return self.tr("A link wants to stop what runs.")
            case Asked.NOTHING:
                return self.tr("A link was opened that cannot be used.")

    def _stopped(self, entry: Entry) -> str:
        began = time_and_day(entry.started_at, self._now(), self._zone())
        return filled(self.tr("%1, running since %2"), entry.task.title, began)

    def _notes(self, question: Question) -> list[str]:
        said = [reasons.of(question.note)] if question.note else []
        if question.asking:
            said.append(self.tr("Asking Kaiten for the card…"))
        elif question.asked is Asked.STOP and question.running is None:
            said.append(self.tr("Nothing is running."))
        if question.another_came:
            said.append(
                self.tr(
                    "Another link was opened meanwhile and was not taken."
                    " Answer this one, then open it again."
                )
            )
        return said

    def _show(self, part: _Part, text: str) -> None:
        label, shown = self._parts[part]
        for widget in (label, shown):
            widget.setVisible(bool(text))
        if isinstance(shown, QLabel):
            shown.setText(text)
        elif self._comment.toPlainText() != text:
            self._comment.setPlainText(text)

    def _said_yes(self) -> None:
        self._answers.accept()

    # Making

    def _lay_out(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self._heading.setFont(font)
        self._comment.setReadOnly(True)
        self._comment.setTabChangesFocus(True)
        rows = QGridLayout()
        rows.setHorizontalSpacing(EDGE)
        rows.setVerticalSpacing(SPACE)
        rows.setColumnStretch(1, 1)
        for number, (label, shown) in enumerate(self._parts.values()):
            rows.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            rows.addWidget(shown, number, 1)
        buttons = QDialogButtonBox()
        buttons.addButton(self._yes, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self._no, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        for widget in (self._heading, self._note):
            column.addWidget(widget)
        column.insertLayout(1, rows)
        column.addStretch(1)
        column.addWidget(buttons)
        self.resize(_WIDTH, 0)

    def _grow(self) -> None:
        """Be as high as the text needs: a layout of wrapped labels does not see to it."""
        self._fit_comment()
        layout = self.layout()
        if layout is not None:
            layout.activate()
            width = max(_WIDTH, self.width())
            height = layout.totalHeightForWidth(width)
            self.setMinimumSize(_WIDTH, height)
            self.resize(width, height)

    def _fit_comment(self) -> None:
        """A short comment takes a line, a long one is scrolled."""
        letters = self._comment.fontMetrics()
        fit = max(1, (_WIDTH * 2 // 3) // letters.averageCharWidth())
        lines = min(_COMMENT_LINES, 1 + len(self._comment.toPlainText()) // fit)
        margins = 2 * (self._comment.frameWidth() + int(self._comment.document().documentMargin()))
        rest = SPACE // 2  # of the last line, or a scroll bar would appear for it
        self._comment.setFixedHeight(lines * letters.lineSpacing() + margins + rest)


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)  # what it shows was written by anybody
    label.setWordWrap(True)
    return label
