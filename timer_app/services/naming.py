"""What a person names to work on: a card in any form, or a title -> a task.

Kaiten is asked for a card's title. Its no is final; its silence is not.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from timer_app.domain.card import Card, CardKey, parse_card
from timer_app.domain.errors import BadInput, Refusal
from timer_app.domain.outcome import NotSent, NotSentCause, Refused
from timer_app.domain.reasons import OfTask
from timer_app.domain.task import Task, task_of_card, task_titled
from timer_app.services.ports import CardBook, CardInfo, EntryBook, ServiceProblem

Notes = tuple[str, ...]


class CardRefused(Refusal):
    """What was named is no card that time can be logged on; nothing has changed."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Finds tasks by what was typed; `origin` is "" and `card_book` None without Kaiten."""

    journal: EntryBook
    origin: str
    card_book: CardBook | None

    async def task(
        self, typed: str | None, title: str | None, patience: float
    ) -> tuple[Task | None, Notes]:
        """The task that was named, if one was, and what there is to say about it.

        Kaiten may take `patience` seconds to answer. Raises BadInput or CardRefused.
        """
        if typed is None:
            if title is not None and "://" in title:
                raise CardRefused(f"{title} is an address, not a title: give it without --task.")
            return (None if title is None else task_titled(title)), ()
        if not self.origin:
            raise CardRefused(OfTask.KAITEN_NOT_SET_UP)
        try:
            where = parse_card(typed, self.origin)
        except BadInput as error:
            raise CardRefused(str(error)) from None
        return await self._task_of_card(where, title, patience)

    async def _task_of_card(
        self, where: Card | CardKey, title: str | None, patience: float
    ) -> tuple[Task, Notes]:
        if isinstance(where, Card) and title is not None:
            return task_titled(title, where), ()
        try:
            info = await self._ask_kaiten(where, patience)
        except ServiceProblem as problem:
            return self._without_kaiten(where, problem)
        notes = (f"The card {info.card.url} is archived.",) if info.archived else ()
        if title is not None:
            return task_titled(title, info.card), notes
        return task_of_card(info.card, info.title), notes

    async def _ask_kaiten(self, where: Card | CardKey, patience: float) -> CardInfo:
        """What Kaiten says of a card within `patience` seconds, or ServiceProblem."""
        if self.card_book is None:
            raise CardRefused(OfTask.KAITEN_NOT_SET_UP)
        if not patience:
            raise ServiceProblem(NotSent(NotSentCause.OFFLINE, "Kaiten was not asked."))
        try:
            async with asyncio.timeout(patience):
                return await self.card_book.card(where)
        except TimeoutError:
            reason = f"Kaiten did not answer within {patience:g} s."
            raise ServiceProblem(NotSent(NotSentCause.OFFLINE, reason)) from None

    def _without_kaiten(self, where: Card | CardKey, problem: ServiceProblem) -> tuple[Task, Notes]:
        """Kaiten's no is final; its silence is not: work goes on with the number alone."""
        if isinstance(where, CardKey):
            raise CardRefused(
                f"Kaiten could not be asked which card {where.key} is: {problem.outcome.reason}"
            )
        if isinstance(problem.outcome, Refused):
            raise CardRefused(f"Kaiten does not show the card {where.url}: {problem}")
        known = self.journal.task(where.url)
        note = f"The card's title could not be read: {problem.outcome.reason}"
        return known or Task(f"#{where.id}", where), (note,)
