"""The question about being away: when, on what, why, and the answers; then a line with Undo.

It comes up on return and takes no key that was meant for another window: until the person tabs to
an answer or uses its letter with Alt, Enter and the space bar answer nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QVBoxLayout

from timer_app.domain.absence import (
    AbsenceResolution,
    DropAndContinue,
    DropTime,
    KeepTime,
    ReassignTime,
    UnresolvedAbsence,
)
from timer_app.domain.user_message import fill
from timer_app.ui import wording
from timer_app.ui.design.day_strip import BlockKind, DayStrip, StripBlock
from timer_app.ui.design.surfaces import ChoiceCard
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import QUESTION_WIDTH, Scale, width_for_letters
from timer_app.ui.entries.task_search import TaskSearch
from timer_app.ui.entries.task_search_source import TaskSearchSource
from timer_app.ui.plain_text import spoken
from timer_app.ui.reminders.notifications import format_duration
from timer_app.ui.window import EDGE, SPACE, AppWindow

_LEAST_AROUND = timedelta(minutes=5)
"""As much of the entry is shown beside the time in question, where there is so much."""
_WIDENED_BY = 40
"""Pixels by which the window grows to the side at once."""


class AbsenceIntents(Protocol):
    """What a person can want of the question. Nothing is raised: what went wrong is said."""

    def answer(self, question: UnresolvedAbsence, answer: AbsenceResolution) -> None:
        """Say what the time was."""
        ...

    def undo_answer(self, question: UnresolvedAbsence) -> None:
        """Take the answer back."""
        ...


class AbsencePrompt(AppWindow):
    """Shows the earliest question, and what the latest answer came to."""

    def __init__(
        self, intents: AbsenceIntents, search: TaskSearchSource, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._intents = intents
        self._now = now
        self._question: UnresolvedAbsence | None = None
        self._last_answered: tuple[UnresolvedAbsence, AbsenceResolution] | None = None
        self._question_count = 0
        self._is_fitting = False
        self._answer_line = spoken(Text(semibold=True))
        self._undo = QPushButton()
        self._when_label = Text(Scale.HEADING)
        self._activity_label = Text(tone=Tone.MUTED)
        self._strip = DayStrip(has_hours=False)
        self._keep = ChoiceCard()
        self._drop = ChoiceCard()
        self._continue = ChoiceCard()
        self._give = ChoiceCard()
        self._answers = (self._keep, self._continue, self._drop, self._give)
        self._task_search = TaskSearch(search, shows_choice=False)
        self._message = spoken(Text(tone=Tone.DANGER))
        self._hint = Text(Scale.SMALL, Tone.MUTED)
        self._close = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()

    # What it shows

    def show_questions(self, questions: Sequence[UnresolvedAbsence]) -> None:
        """Show the earliest question; without one what the latest answer came to stays."""
        before, self._question = self._question, questions[0] if questions else None
        self._question_count = len(questions)
        question = self._question
        if question is None or before is None or question.id != before.id:
            self._show_task_search(shown=False)
            self.show_message("")
        if question is not None:
            self._show_question(question)
        shown = (self._when_label, self._activity_label, self._strip, self._hint)
        for widget in (*shown, *self._answers):
            widget.setVisible(question is not None)
        if question is not None and question.stopped_at is not None:
            self._continue.setVisible(False)  # dropping it leaves what came after as it is
        self._fit()

    @property
    def has_answer(self) -> bool:
        """Whether it says what was answered in it, with the way back."""
        return self._last_answered is not None

    def show_answered(self, question: UnresolvedAbsence, answer: AbsenceResolution) -> None:
        """Say in a line what was answered, with the way back."""
        self._last_answered = question, answer
        self._answer_line.setText(_answered_text(question, answer))
        self._show_done(shown=True)
        self.setFocus()

    def show_answer_undone(self) -> None:
        """The answer is taken back: the question is there again."""
        self._last_answered = None
        self._show_done(shown=False)

    def show_message(self, sentence: str) -> None:
        """Tell why what was wanted could not be done."""
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        self._fit()

    def show_prompt(self) -> None:
        """Come to the front, with no answer chosen."""
        self.show_in_front()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._fit()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle(self.tr("You were away") + " – Timer App")
        self._undo.setText(self.tr("&Undo"))
        self._undo.setAccessibleName(self.tr("Undo the answer"))
        self._close.setText(self.tr("Cl&ose"))
        self._keep.setText(self.tr("&Keep it"))
        self._continue.setText(self.tr("Remove it and &continue"))
        self._give.setText(self.tr("It was another &task…"))
        self._task_search.retranslate()
        self._strip.setAccessibleName(self.tr("The time in question"))
        self._hint.setText(
            self.tr(
                "Alt and a letter answers, Esc decides later: nothing of this time is reported"
                " before. Every answer can be undone."
            )
        )
        self.show_message("")
        if self._question is not None:
            self._show_question(self._question)
        if self._last_answered is not None:
            self._answer_line.setText(_answered_text(*self._last_answered))

    # Making

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        done = QHBoxLayout()
        done.addWidget(self._answer_line, 1)
        done.addWidget(self._undo)
        done.addWidget(self._close)
        column.addLayout(done)
        for widget in (
            self._when_label,
            self._activity_label,
            self._strip,
            *self._answers,
            self._task_search,
            self._message,
            self._hint,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self._show_done(shown=False)
        self._message.setVisible(False)
        wide = width_for_letters(QUESTION_WIDTH, self.font())
        self.resize(wide, self.sizeHint().height())

    def _connect(self) -> None:
        self._keep.clicked.connect(lambda: self._answer(KeepTime()))
        self._drop.clicked.connect(lambda: self._answer(DropTime()))
        self._continue.clicked.connect(lambda: self._answer(DropAndContinue()))
        self._give.clicked.connect(self._start_task_search)
        self._undo.clicked.connect(self._undo_answer)
        self._close.clicked.connect(self.close)
        self._task_search.chosen.connect(self._assign_to_chosen_task)
        self._task_search.height_changed.connect(self._fit)

    # What is typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the question unanswered; while a task is sought it ends that first."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._task_search.isVisible():
            self._show_task_search(shown=False)
            self._give.setFocus()
            self._fit()
        else:
            self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was answered in it before is said no more when it comes up again."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.show_answer_undone()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower text is higher."""
        super().resizeEvent(event)
        self._fit()

    def _answer(self, answer: AbsenceResolution) -> None:
        if self._question is not None:
            self._intents.answer(self._question, answer)

    def _undo_answer(self) -> None:
        if self._last_answered is not None:
            self._intents.undo_answer(self._last_answered[0])

    def _start_task_search(self) -> None:
        self._show_task_search(shown=True)
        self._task_search.open()
        self._fit()

    def _assign_to_chosen_task(self) -> None:
        task = self._task_search.task
        if task is None or self._question is None:
            return
        self._task_search.clear()
        own = task.key == self._question.entry.task.key
        self._answer(KeepTime() if own else ReassignTime(task))

    # Parts of what is shown

    def _show_question(self, question: UnresolvedAbsence) -> None:
        absence = question.absence
        length = format_duration(timedelta(seconds=_gap_seconds(question)))
        when = fill(self.tr("You were away for %1"), length)
        more = fill(self.tr(" (1 of %1)"), wording.format_number(self._question_count))
        self._when_label.setText(when + (more if self._question_count > 1 else ""))
        began, ended = wording.absence_bounds(absence)
        what = self.tr("%1 · “%2” kept running. Why: %3.")
        causes = wording.absence_causes(absence.causes)
        times = wording.format_range(began, ended)
        self._activity_label.setText(fill(what, times, question.entry.task.title, causes))
        self._show_strip(question)
        self._keep.set_detail(self.tr("I was working on this."))
        self._continue.set_detail(fill(self.tr("Ends at %1, starts again at %2."), began, ended))
        is_running = question.stopped_at is None
        self._drop.setText(self.tr("Remove it and &stop") if is_running else self.tr("&Remove it"))
        self._drop.set_detail(self._drop_description(question))
        self._give.set_detail(fill(self.tr("Give these %1 to it."), length))

    def _show_strip(self, question: UnresolvedAbsence) -> None:
        """The entry around the time in question, as much on each side as the time itself."""
        absence, entry = question.absence, question.entry
        over = question.stopped_at or max(self._now(), absence.began)
        ended = min(absence.ended or over, over)
        around = max(ended - absence.began, _LEAST_AROUND)
        first = max(entry.started_at, absence.began - around)
        last = min(over, ended + around)
        zone = absence.began.astimezone().tzinfo or UTC
        until = fill(self.tr("until %1"), wording.format_minute(absence.began, zone))
        after = self.tr("now") if question.stopped_at is None else ""
        parts = [
            StripBlock(first, absence.began, (until,), entry.task),
            StripBlock(
                absence.began, ended, (self.tr("away"),), kind=BlockKind.OPEN,
                description=wording.absence_range(absence),
            ),
            StripBlock(ended, last, (after,) if after else (), entry.task),
        ]  # fmt: skip
        shown = [each for each in parts if each.begins < each.ends]
        self._strip.show_time(first, max(last, first + _LEAST_AROUND), zone, shown)

    def _drop_description(self, question: UnresolvedAbsence) -> str:
        """What goes, exactly: also what was recorded between the return and the answer."""
        began, ended = wording.absence_bounds(question.absence)
        if question.stopped_at is not None:
            return fill(self.tr("%1–%2 is taken out."), began, ended)
        sentence = fill(self.tr("Ends at %1. Nothing runs."), began)
        since = int((self._now() - (question.absence.ended or self._now())).total_seconds())
        if since < 60:
            return sentence
        more = self.tr("The %1 since you came back are removed as well.")
        return wording.join_sentences(sentence, fill(more, wording.format_hm(since)))

    def _show_done(self, *, shown: bool) -> None:
        for widget in (self._answer_line, self._undo, self._close):
            widget.setVisible(shown)
        self._fit()  # the question may have gone before its answer was told

    def _show_task_search(self, *, shown: bool) -> None:
        self._task_search.setVisible(shown)
        if not shown:
            self._task_search.clear()

    def _fit(self) -> None:
        """Be as high as the sentences need, and wider where the screen is not that high.

        Where that is not enough either, the answers have the room of the hint and the picture.
        """
        if self._is_fitting:  # each width that is tried comes back as a resize event
            return
        self._is_fitting = True
        self._strip.setVisible(self._question is not None)
        self._hint.setVisible(self._question is not None)
        while (
            self.isVisible()  # what is hidden lays out nothing at another width
            and self._needed_height() > self.highest()
            and self.width() < self._widest()
        ):
            self.resize(min(self.width() + _WIDENED_BY, self._widest()), self.height())
        for spared in (self._hint, self._strip):
            if self.isVisible() and self._needed_height() > self.highest():
                spared.setVisible(False)
        height = min(self._needed_height(), self.highest())
        self.setMinimumHeight(height)
        if self.height() != height:
            self.resize(self.width(), height)
        self._is_fitting = False

    def _needed_height(self) -> int:
        """How high all is at this width, in pixels: a layout of wrapped labels is not that high."""
        layout = self.layout()
        if layout is None:
            return 0
        for _ in range(2):  # what has got its width may need another height
            for inner in reversed(self.findChildren(QLayout)):
                inner.activate()
            for answer in self._answers:  # what has changed in it, it is told in an event
                QCoreApplication.sendPostedEvents(answer, QEvent.Type.LayoutRequest.value)
            layout.activate()
        if layout.hasHeightForWidth():
            return layout.totalMinimumHeightForWidth(self.width())
        return layout.totalMinimumSize().height()

    def _widest(self) -> int:
        return self.screen().availableGeometry().width() - self.frame_size().width()


def _gap_seconds(question: UnresolvedAbsence) -> int:
    absence = question.absence
    return int(((absence.ended or absence.began) - absence.began).total_seconds())


def _answered_text(question: UnresolvedAbsence, answer: AbsenceResolution) -> str:
    translate = QCoreApplication.translate
    began, ended = wording.absence_bounds(question.absence)
    match answer:
        case KeepTime():
            return fill(translate("Away", "Kept %1–%2."), began, ended)
        case DropTime() | DropAndContinue():
            return fill(translate("Away", "Removed %1–%2."), began, ended)
        case ReassignTime(task):
            template = translate("Away", "Moved %1–%2 to “%3”.")
            return fill(template, began, ended, task.title)
