"""The question about being away: when, on what, why, and the answers; then a line with Undo.

It comes up on return and takes no key that was meant for another window: until the person tabs to
an answer or uses its letter with Alt, Enter and the space bar answer nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QCommandLinkButton,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QVBoxLayout,
)

from timer_app.domain.away import Answer, Continue, Drop, Give, Keep, Question
from timer_app.ui import wording
from timer_app.ui.task_search import Search, TaskSearch
from timer_app.ui.window import EDGE, SPACE, Sentences, Window

_WIDTH = 440


class AwayIntents(Protocol):
    """What a person can want of the question. Nothing is raised: what went wrong is said."""

    def answer(self, question: Question, answer: Answer) -> None:
        """Say what the time was."""
        ...

    def take_back(self, question: Question) -> None:
        """Take the answer back."""
        ...


class AwayWindow(Window):
    """Shows the earliest question, and what the latest answer came to."""

    def __init__(self, intents: AwayIntents, search: Search, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._intents = intents
        self._now = now
        self._question: Question | None = None
        self._answered: Question | None = None
        self._number = 0
        self._done = Sentences()
        self._undo = QPushButton()
        self._when = Sentences()
        self._what = Sentences()
        self._keep = QCommandLinkButton()
        self._drop = QCommandLinkButton()
        self._continue = QCommandLinkButton()
        self._give = QCommandLinkButton()
        self._answers = (self._keep, self._continue, self._drop, self._give)
        self._other = TaskSearch(search, keeps=False)
        self._said = Sentences()
        self._hint = Sentences()
        self._close = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()

    # What it shows

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show the earliest question; without one what the latest answer came to stays."""
        before, self._question = self._question, questions[0] if questions else None
        self._number = len(questions)
        question = self._question
        if question is None or before is None or question.id != before.id:
            self._show_giving(shown=False)
            self.say("")
        if question is not None:
            self._show_question(question)
        for widget in (self._when, self._what, self._hint, *self._answers):
            widget.setVisible(question is not None)
        if question is not None and question.stopped_at is not None:
            self._continue.setVisible(False)  # dropping it leaves what came after as it is
        self._fit()

    def show_answered(self, question: Question, answer: Answer) -> None:
        """Say in a line what was answered, with the way back."""
        self._answered = question
        self._done.setText(_answered(question, answer))
        self._show_done(shown=True)
        self.setFocus()

    def show_taken_back(self) -> None:
        """The answer is taken back: the question is there again."""
        self._answered = None
        self._show_done(shown=False)

    def say(self, sentence: str) -> None:
        """Tell why what was wanted could not be done."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        self._fit()

    def come_up(self) -> None:
        """Come to the front, with no answer chosen."""
        self.come_to_front()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._fit()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle(self.tr("You were away") + " – Timer App")
        self._undo.setText(self.tr("&Undo"))
        self._undo.setAccessibleName(self.tr("Undo the answer"))
        self._close.setText(self.tr("Cl&ose"))
        self._keep.setText(self.tr("&Keep it"))
        self._continue.setText(self.tr("Drop it and &continue"))
        self._drop.setText(self.tr("&Drop it"))
        self._give.setText(self.tr("&Give it to another task…"))
        self._other.retranslate()
        self._hint.setText(
            self.tr("Escape: answer later. Nothing of this time is reported before you answer.")
        )
        if self._question is not None:
            self._show_question(self._question)

    # Making

    def _lay_out(self) -> None:
        bold = QFont(self.font())
        bold.setPointSizeF(bold.pointSizeF() * 1.3)
        self._when.setFont(bold)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        done = QHBoxLayout()
        done.addWidget(self._done, 1)
        done.addWidget(self._undo)
        done.addWidget(self._close)
        column.addLayout(done)
        for widget in (self._when, self._what, *self._answers, self._other, self._said, self._hint):
            column.addWidget(widget)
        column.addStretch(1)
        self._show_done(shown=False)
        self._said.setVisible(False)
        self._colour_arrows()
        self.resize(_WIDTH, self.sizeHint().height())

    def _connect(self) -> None:
        self._keep.clicked.connect(lambda: self._answer(Keep()))
        self._drop.clicked.connect(lambda: self._answer(Drop()))
        self._continue.clicked.connect(lambda: self._answer(Continue()))
        self._give.clicked.connect(self._begin_giving)
        self._undo.clicked.connect(self._take_back)
        self._close.clicked.connect(self.close)
        self._other.chosen.connect(self._give_to_chosen)
        self._other.grew.connect(self._fit)

    # What is typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the question unanswered; while a task is sought it ends that first."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._other.isVisible():
            self._show_giving(shown=False)
            self._give.setFocus()
            self._fit()
        else:
            self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower text is higher."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """The arrows of the answers are as dark or as light as their text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._colour_arrows()

    def _colour_arrows(self) -> None:
        """The platform's own picture is black, also on a dark window."""
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        own = self.style().standardIcon(QStyle.StandardPixmap.SP_CommandLink)
        picture = own.pixmap(QSize(20, 20), self.devicePixelRatio())
        painter = QPainter(picture)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(picture.rect(), colour)
        painter.end()
        for button in self._answers:
            button.setIcon(QIcon(picture))

    def _answer(self, answer: Answer) -> None:
        if self._question is not None:
            self._intents.answer(self._question, answer)

    def _take_back(self) -> None:
        if self._answered is not None:
            self._intents.take_back(self._answered)

    def _begin_giving(self) -> None:
        self._show_giving(shown=True)
        self._other.open()
        self._fit()

    def _give_to_chosen(self) -> None:
        task = self._other.task
        if task is None or self._question is None:
            return
        self._other.clear()
        own = task.key == self._question.entry.task.key
        self._answer(Keep() if own else Give(task))

    # Parts of what is shown

    def _show_question(self, question: Question) -> None:
        gap = question.gap
        length = wording.short(_seconds(question))
        when = wording.filled(self.tr("%1 (%2)"), wording.away(gap), length)
        more = wording.filled(self.tr("  –  1 of %1"), wording.number(self._number))
        self._when.setText(when + (more if self._number > 1 else ""))
        what = self.tr("“%1” was running, but %2. What was this time?")
        self._what.setText(
            wording.filled(what, question.entry.task.title, wording.causes(gap.causes))
        )
        began, ended = wording.ends(gap)
        self._keep.setDescription(self.tr("I was working on this."))
        self._continue.setDescription(
            wording.filled(
                self.tr("I was not. The entry ends at %1 and begins again at %2."), began, ended
            )
        )
        self._drop.setDescription(self._about_drop(question))
        self._give.setDescription(self.tr("I was working on something else."))
        for button in self._answers:
            button.setAccessibleDescription(button.description())

    def _about_drop(self, question: Question) -> str:
        """What goes, exactly: also what was recorded between the return and the answer."""
        began, ended = wording.ends(question.gap)
        if question.stopped_at is not None:
            return wording.filled(self.tr("I was not. %1–%2 is taken out."), began, ended)
        said = wording.filled(self.tr("I was not. The entry ends at %1, nothing runs."), began)
        since = int((self._now() - (question.gap.ended or self._now())).total_seconds())
        if since < 60:
            return said
        more = self.tr("The %1 since you came back go as well.")
        return wording.joined(said, wording.filled(more, wording.short(since)))

    def _show_done(self, *, shown: bool) -> None:
        for widget in (self._done, self._undo, self._close):
            widget.setVisible(shown)
        self._fit()  # the question may have gone before its answer was told

    def _show_giving(self, *, shown: bool) -> None:
        self._other.setVisible(shown)
        if not shown:
            self._other.clear()

    def _fit(self) -> None:
        """Be as high as the sentences need: a layout of wrapped labels does not see to it."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wraps = layout.hasHeightForWidth()
            height = (
                layout.totalMinimumHeightForWidth(self.width())
                if wraps
                else layout.totalMinimumSize().height()
            )
            self.setMinimumHeight(height)
            if self.height() != height:
                self.resize(self.width(), height)


def _seconds(question: Question) -> int:
    gap = question.gap
    return int(((gap.ended or gap.began) - gap.began).total_seconds())


def _answered(question: Question, answer: Answer) -> str:
    translate = QCoreApplication.translate
    began, ended = wording.ends(question.gap)
    match answer:
        case Keep():
            return wording.filled(translate("Away", "Kept %1–%2."), began, ended)
        case Drop() | Continue():
            return wording.filled(translate("Away", "Dropped %1–%2."), began, ended)
        case Give(task):
            said = translate("Away", "Gave %1–%2 to “%3”.")
            return wording.filled(said, began, ended, task.title)
