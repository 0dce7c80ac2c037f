"""The question about being away: when, on what, why, and the answers; then a line with Undo.

It comes up on return and takes no key that was meant for another window: until the person tabs to
an answer or uses its letter with Alt, Enter and the space bar answer nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QCommandLinkButton,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.away import Answer, Continue, Drop, Give, Keep, Question
from timer_app.domain.task import Task
from timer_app.services.finder import Found, Suggestion
from timer_app.ui import reasons, wording
from timer_app.ui.suggestions import label, merged

_SPACE = 8
_EDGE = 16
_WIDTH = 440
_ITEM = Qt.ItemDataRole.UserRole


class AwayIntents(Protocol):
    """What a person can want of the question. Nothing is raised: what went wrong is said."""

    def answer(self, question: Question, answer: Answer) -> None:
        """Say what the time was."""
        ...

    def take_back(self, question: Question) -> None:
        """Take the answer back."""
        ...

    def find(self, words: str) -> None:
        """Offer tasks that the words may mean."""
        ...


class AwayWindow(QWidget):
    """Shows the earliest question, and what the latest answer came to."""

    def __init__(self, intents: AwayIntents, now: Callable[[], datetime]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._intents = intents
        self._now = now
        self._questions: tuple[Question, ...] = ()
        self._question: Question | None = None
        self._answered: Question | None = None
        self._known: tuple[Suggestion, ...] = ()
        self._found = Found()
        self._seeking = self._give_when_found = False
        self._done = QLabel()
        self._undo = QPushButton()
        self._when = QLabel()
        self._what = QLabel()
        self._keep = QCommandLinkButton()
        self._drop = QCommandLinkButton()
        self._continue = QCommandLinkButton()
        self._give = QCommandLinkButton()
        self._answers = (self._keep, self._continue, self._drop, self._give)
        self._search = QLineEdit()
        self._choices = QListWidget()
        self._said = QLabel()
        self._hint = QLabel()
        self._close = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()

    # What it shows

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show the earliest question; without one what the latest answer came to stays."""
        self._questions = tuple(questions)
        before, self._question = self._question, questions[0] if questions else None
        question = self._question
        if question is None or before is None or question.id != before.id:
            self._show_giving(shown=False)
            self.say("")
        if question is not None:
            self._show_question(question, len(questions))
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

    def show_known(self, known: Sequence[Suggestion]) -> None:
        """Offer what the words may mean without asking anybody."""
        self._known, self._found = tuple(known), Found()
        self._seeking, self._give_when_found = bool(self._search.text().strip()), False
        self._fill()

    def show_found(self, found: Found) -> None:
        """Add what Kaiten said."""
        self._found, self._seeking = found, False
        self._fill()
        if self._give_when_found:
            self._give_to_chosen()

    def say(self, sentence: str) -> None:
        """Tell why what was wanted could not be done."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        self._fit()

    def come_up(self) -> None:
        """Come to the front, with no answer chosen."""
        self.show()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
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
        self._search.setPlaceholderText(self.tr("Card address, number, or title"))
        self._search.setAccessibleName(self.tr("What the time was for"))
        self._choices.setAccessibleName(self.tr("Tasks to choose from"))
        self._hint.setText(
            self.tr("Escape: answer later. Nothing of this time is reported before you answer.")
        )

    # Making

    def _lay_out(self) -> None:
        bold = QFont(self.font())
        bold.setPointSizeF(bold.pointSizeF() * 1.3)
        self._when.setFont(bold)
        for text in (self._done, self._when, self._what, self._said, self._hint):
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._choices.setMinimumHeight(120)
        self._choices.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self._choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choices.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(_SPACE)
        done = QHBoxLayout()
        done.addWidget(self._done, 1)
        done.addWidget(self._undo)
        done.addWidget(self._close)
        column.addLayout(done)
        for widget in (self._when, self._what, *self._answers, self._search, self._choices,
                       self._said, self._hint):  # fmt: skip
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
        self._search.textChanged.connect(self._intents.find)
        self._search.returnPressed.connect(self._give_to_chosen)
        self._search.installEventFilter(self)
        self._choices.itemActivated.connect(self._give_to_chosen)

    # What is typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the question unanswered; while a task is sought it ends that first."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._search.isVisible():
            self._show_giving(shown=False)
            self._give.setFocus()
            self._fit()
        else:
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the search field choose in the list below it."""
        if watched is self._search and isinstance(event, QKeyEvent):
            keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
            if event.type() is QEvent.Type.KeyPress and event.key() in keys:
                self._choices.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower text is higher."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another language; and the answers' arrows are as dark or as light as their text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
            self.show_questions(self._questions)
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
        self._search.setFocus()
        self._intents.find(self._search.text())
        self._fit()

    def _give_to_chosen(self) -> None:
        """Enter may come before Kaiten's answer: it counts then."""
        task = self._chosen()
        self._give_when_found = task is None and self._seeking
        if task is not None:
            self._answer(Give(task))

    def _chosen(self) -> Task | None:
        row = self._choices.currentRow()
        if row < 0:
            return None
        suggestion: Suggestion = self._choices.item(row).data(_ITEM)
        return suggestion.task

    # Parts of what is shown

    def _show_question(self, question: Question, number: int) -> None:
        gap = question.gap
        length = wording.short(_seconds(question))
        when = wording.filled(self.tr("%1 (%2)"), wording.away(gap), length)
        more = wording.filled(self.tr("  –  1 of %1"), wording.number(number))
        self._when.setText(when + (more if number > 1 else ""))
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
        more = self.tr(" The %1 since you came back go as well.")
        return said + more.replace("%1", wording.short(since))

    def _show_done(self, *, shown: bool) -> None:
        for widget in (self._done, self._undo, self._close):
            widget.setVisible(shown)

    def _show_giving(self, *, shown: bool) -> None:
        self._search.setVisible(shown)
        self._choices.setVisible(shown)
        if not shown:
            self._search.clear()

    def _fill(self) -> None:
        self._choices.clear()
        running = self._question.entry.task.key if self._question else ""
        for suggestion in merged(self._known, self._found):
            if suggestion.task.key != running:
                item = QListWidgetItem(label(suggestion), self._choices)
                item.setData(_ITEM, suggestion)
                item.setToolTip(suggestion.task.title)
        if self._choices.count():
            self._choices.setCurrentRow(0)
        self.say(reasons.of(self._found.trouble) if self._found.trouble else "")

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
