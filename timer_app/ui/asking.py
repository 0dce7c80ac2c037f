"""Asks what the time was while nobody was there: opens the window, carries out the answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from timer_app.domain.away import Answer, Question
from timer_app.domain.errors import NotPossible
from timer_app.services.answering import Answers
from timer_app.services.ports import JournalUnwritable
from timer_app.ui.away import AwayWindow
from timer_app.ui.task_search import Search
from timer_app.ui.view import View


class Asking:
    """Implements `AwayIntents`.

    A question comes up once by itself; put away, it waits in the tray's menu and the panel.
    """

    def __init__(
        self,
        answers: Answers,
        take_back: Callable[[int], object],
        search: Search,
        now: Callable[[], datetime],
        trouble: Callable[[str | None], None],
    ) -> None:
        self._answers = answers
        self._take_back = take_back
        self._trouble = trouble
        self._seen: set[int] = set()
        self._window = AwayWindow(self, search, now)

    def show_view(self, view: View) -> None:
        """Show what is the case now; come up with a question that is new."""
        new = {question.id for question in view.questions} - self._seen
        self._seen |= new
        if new or self._window.isVisible():
            self._window.show_questions(view.questions)
        if new:
            self._window.come_up()

    def open(self, view: View) -> None:
        """Come up because the person wants to answer."""
        self._window.show_questions(view.questions)
        self._window.come_up()

    def close(self) -> None:
        """Put the window away for good."""
        self._window.close()
        self._window.deleteLater()

    # Intents of the window

    def answer(self, question: Question, answer: Answer) -> None:
        """See AwayIntents."""
        if self._done(partial(self._answers.answer, question.id, answer)):
            self._window.show_answered(question, answer)

    def take_back(self, question: Question) -> None:
        """See AwayIntents."""
        if self._done(partial(self._take_back, question.id)):
            self._window.show_taken_back()

    def _done(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except NotPossible as error:
            self._window.say(str(error))
        except JournalUnwritable as error:
            self._window.say(str(error))
            self._trouble(str(error))
        else:
            self._trouble(None)
            return True
        return False
