"""Asks what the time was while nobody was there: opens the window, carries out the answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from timer_app.domain.absence import AbsenceResolution, UnresolvedAbsence
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.services.absence.resolver import AbsenceResolver
from timer_app.ui import messages
from timer_app.ui.absence.prompt import AbsencePrompt
from timer_app.ui.entries.task_search_source import TaskSearchSource
from timer_app.ui.view import View


class AbsenceController:
    """Implements `AbsenceIntents`.

    A question comes up once by itself; put away, it waits in the tray's menu and the panel.
    """

    def __init__(
        self,
        resolver: AbsenceResolver,
        undo_answer: Callable[[int], object],
        search: TaskSearchSource,
        now: Callable[[], datetime],
        report_journal_error: Callable[[JournalError | None], None],
    ) -> None:
        self._resolver = resolver
        self._undo_answer = undo_answer
        self._report_journal_error = report_journal_error
        self._shown_ids: set[int] = set()
        self._is_answering = False
        self._window = AbsencePrompt(self, search, now)

    def show_view(self, view: View) -> None:
        """Show the present state; open a new question.

        A window whose question was answered elsewhere goes: there is nothing left to say in it.
        """
        new = {question.id for question in view.questions} - self._shown_ids
        self._shown_ids |= new
        if new or self._window.isVisible():
            self._window.show_questions(view.questions)
        if not view.questions and not self._is_answering and not self._window.has_answer:
            self._window.close()
        if new:
            self._window.show_prompt()

    def open(self, view: View) -> None:
        """Come up because the person wants to answer, unless that was done elsewhere meanwhile."""
        if view.questions or self._window.has_answer:
            self._window.show_questions(view.questions)
            self._window.show_prompt()

    def close(self) -> None:
        """Put the window away for good."""
        self._window.close()
        self._window.deleteLater()

    # Intents of the window

    def answer(self, question: UnresolvedAbsence, answer: AbsenceResolution) -> None:
        """See AbsenceIntents."""
        if self._try_action(partial(self._resolver.resolve, question.id, answer)):
            self._window.show_answered(question, answer)

    def undo_answer(self, question: UnresolvedAbsence) -> None:
        """See AbsenceIntents."""
        if self._try_action(partial(self._undo_answer, question.id)):
            self._window.show_answer_undone()

    def _try_action(self, act: Callable[[], object]) -> bool:
        self._is_answering = True
        try:
            act()
        except NotPossible as error:
            self._window.show_message(messages.error_text(error))
        except JournalError as error:
            self._window.show_message(messages.error_text(error))
            self._report_journal_error(error)
        else:
            self._report_journal_error(None)
            return True
        finally:
            self._is_answering = False
        return False
