"""The answers to what became of the time in which nobody was there, and taking them back.

One commit holds what the entry falls into, what the services must be told of it, and that the
question is answered: from then on what was held is due.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from timer_app.domain.amending import Act, Amendment
from timer_app.domain.away import Answer, Continue, Cut, Drop, Give, Keep, Question, Span, cut
from timer_app.domain.delivery import is_told
from timer_app.domain.entry import Entry, FinishedEntry, Source, whole_second
from timer_app.domain.errors import NotPossible
from timer_app.domain.timer import Running
from timer_app.services.ports import AbsenceBook, Clock
from timer_app.services.rewriting import Rewriter
from timer_app.services.terms import Rules
from timer_app.services.timer_service import TimerService


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer came to: the question as it was, and the entries that it touched."""

    question: Question
    answer: Answer
    entry_ids: tuple[str, ...]


_NAMES: dict[type[Answer], str] = {
    Keep: "keep", Drop: "drop", Continue: "continue", Give: "give",
}  # fmt: skip


class Answers:
    """Answers questions. Raises NotPossible or JournalUnwritable; then nothing has changed."""

    def __init__(
        self,
        journal: AbsenceBook,
        clock: Clock,
        rules: Callable[[], Rules],
        new_id: Callable[[], str],
        timer: TimerService,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._timer = timer
        self._rewriter = Rewriter(journal, clock, rules, new_id)

    def open(self) -> Sequence[Question]:
        """What waits for an answer, the earliest first."""
        return self._journal.questions(self._clock.now())

    def answer(self, question_id: int | None, answer: Answer) -> Answered:
        """Answer a question, the earliest unless told which.

        Who answers is there: an absence that nobody came back from ends now.
        """
        with self._journal.transaction():
            now = whole_second(self._clock.now())
            self._journal.end_absence(now)
            question = self._question(question_id)
            logged = self._journal.entry(question.entry.id)
            told = logged is not None and is_told(logged.deliveries)
            pieces = self._carry_out(question, answer)
            self._journal.mark_answered(question.id, _NAMES[type(answer)])
            self._journal.remember(
                Amendment(
                    Act.ANSWER, question.entry, question.stopped_at, told,
                    pieces=pieces, question=question.id,
                )
            )  # fmt: skip
        self._timer.changed()
        return Answered(question, answer, (question.entry.id, *(pieces or ())))

    def _question(self, question_id: int | None) -> Question:
        found = self.open()
        if not found:
            raise NotPossible("No question waits for an answer.")
        for question in found:
            if question_id in (None, question.id):
                return question
        raise NotPossible(f"There is no open question {question_id}. `away` shows them.")

    def _carry_out(self, question: Question, answer: Answer) -> tuple[str, ...] | None:
        """The entries that were made; None where the entry was left whole."""
        gap, entry = question.gap, question.entry
        if isinstance(answer, Give) and answer.task.key == entry.task.key:
            raise NotPossible("That is the task it is on already: keep it.")
        if gap.ended is None:
            raise NotPossible("Nobody is back yet.")
        whole = Span(entry.started_at, question.stopped_at)
        parts = cut(whole, gap.began, gap.ended, answer)
        if isinstance(answer, Keep):
            return None
        if question.stopped_at is None:
            return self._cut_running(entry, parts, answer)
        return self._cut_finished(FinishedEntry(entry, question.stopped_at), parts, answer)

    def _cut_running(self, entry: Entry, parts: Cut, answer: Answer) -> tuple[str, ...]:
        if parts.before is not None:
            self._timer.stop(at=parts.before.ended)
        else:
            self._timer.changing()
            self._rewriter.take_out_running(entry)
        pieces = self._given(parts.given, answer)
        if parts.after is not None:
            comment = self._comment_now(entry)
            began = parts.after.began
            self._timer.start(entry.task, entry.source, comment=comment, at=began)
            again = self._journal.state()
            if isinstance(again, Running):
                pieces += (again.entry.id,)
                self._journal.move_questions(entry.id, again.entry.id, began)
        return pieces

    def _comment_now(self, entry: Entry) -> str:
        """What was typed until now: the panel commits it when the entry ends."""
        logged = self._journal.entry(entry.id)
        return logged.entry.comment if logged else entry.comment

    def _cut_finished(self, before: FinishedEntry, parts: Cut, answer: Answer) -> tuple[str, ...]:
        entry = before.entry
        logged, _ = self._rewriter.finished(entry.id)
        zone = self._rewriter.zone(logged)
        pieces: tuple[str, ...] = ()
        first, second = parts.before, parts.after
        if first is None:
            first, second = second, None
        if first is None or first.ended is None:
            self._rewriter.remove(logged, before)
        else:
            shorter = replace(entry, started_at=first.began)
            self._rewriter.amend(logged, before, FinishedEntry(shorter, first.ended))
        pieces += self._given(parts.given, answer)
        if second is not None and second.ended is not None:
            again = replace(entry, id=self._rewriter.new_id(), started_at=second.began)
            self._rewriter.add(FinishedEntry(again, second.ended), zone)
            self._journal.move_questions(entry.id, again.id, second.began)
            pieces += (again.id,)
        return pieces

    def _given(self, span: Span | None, answer: Answer) -> tuple[str, ...]:
        """The time in question as an entry of the other task; its comment is not this one's."""
        if not isinstance(answer, Give) or span is None or span.ended is None:
            return ()
        given = Entry(self._rewriter.new_id(), answer.task, span.began, Source.MANUAL)
        self._rewriter.add(FinishedEntry(given, span.ended), self._clock.zone())
        return (given.id,)


def take_back_answer(journal: AbsenceBook, rewriter: Rewriter, last: Amendment) -> tuple[str, ...]:
    """Make one entry again of what an answer made of it, and ask again. Raises NotPossible.

    TimeCrowd cannot let an entry run that it has stopped: where nothing ended the entry since, it
    goes on as a new one with the old start.
    """
    entry_id = last.before.id
    if last.pieces is not None:
        ended = last.stopped_at or _ended_since(journal, last.pieces)
        for piece in last.pieces:
            _take_out(journal, rewriter, piece)
            journal.move_questions(piece, entry_id)
        if ended is None:
            comment = _take_out(journal, rewriter, entry_id)
            entry_id = rewriter.run_again(replace(last.before, comment=comment))
        else:
            _make_whole(journal, rewriter, last, ended)
    if last.question is not None:
        journal.ask_again(last.question, entry_id)
    return tuple(dict.fromkeys((last.before.id, entry_id, *(last.pieces or ()))))


def _ended_since(journal: AbsenceBook, pieces: Sequence[str]) -> datetime | None:
    """When what went on after the answer was ended, None if it runs or if nothing went on."""
    logged = journal.entry(pieces[-1]) if pieces else None
    return logged.stopped_at if logged else None


def _take_out(journal: AbsenceBook, rewriter: Rewriter, entry_id: str) -> str:
    """Remove an entry, if it is there; the comment that it had."""
    logged = journal.entry(entry_id)
    if logged is None:
        return ""
    if logged.forgotten:
        return logged.entry.comment
    if logged.stopped_at is None:
        rewriter.take_out_running(logged.entry)
    else:
        rewriter.remove(*rewriter.finished(entry_id))
    return logged.entry.comment


def _make_whole(journal: AbsenceBook, rewriter: Rewriter, last: Amendment, ended: datetime) -> None:
    logged = journal.entry(last.before.id)
    if logged is not None and logged.forgotten:
        rewriter.bring_back(last, ended)
    else:
        logged, now = rewriter.finished(last.before.id)
        rewriter.amend(logged, now, FinishedEntry(last.before, ended))
