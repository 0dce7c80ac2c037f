"""Asks what the time was while nobody was there: opens the window, carries out the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial

from timer_app.domain.away import Answer, Question
from timer_app.domain.errors import NotPossible
from timer_app.services.answering import Answers
from timer_app.services.finder import Finder
from timer_app.services.ports import JournalUnwritable
from timer_app.ui import reasons
from timer_app.ui.away import AwayWindow
from timer_app.ui.view import View

_TYPING_PAUSE = timedelta(milliseconds=250)

Spawn = Callable[[Callable[[], Coroutine[object, object, None]]], asyncio.Task[None] | None]


class Asking:
    """Implements `AwayIntents`.

    A question comes up once by itself; put away, it waits in the tray's menu and the panel.
    """

    def __init__(
        self,
        answers: Answers,
        take_back: Callable[[int], object],
        finder: Finder,
        spawn: Spawn,
        now: Callable[[], datetime],
        trouble: Callable[[JournalUnwritable | None], None],
    ) -> None:
        self._answers = answers
        self._take_back = take_back
        self._finder = finder
        self._spawn = spawn
        self._trouble = trouble
        self._seen: set[int] = set()
        self._searching: asyncio.Task[None] | None = None
        self._window = AwayWindow(self, now)

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
        if self._searching:
            self._searching.cancel()
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

    def find(self, words: str) -> None:
        """See AwayIntents."""
        self._window.show_known(self._finder.known(words))
        if self._searching:
            self._searching.cancel()
        self._searching = self._spawn(partial(self._ask_kaiten, words))

    async def _ask_kaiten(self, words: str) -> None:
        await asyncio.sleep(_TYPING_PAUSE.total_seconds())
        self._window.show_found(await self._finder.ask(words))

    def _done(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except NotPossible as error:
            self._window.say(reasons.of(error))
        except JournalUnwritable as error:
            self._window.say(reasons.of(error))
            self._trouble(error)
        else:
            self._trouble(None)
            return True
        return False
