"""What a person names to work on: a card in any form, or a title -> a task.

Kaiten is asked for a card's title. Its no is final; its silence is not.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from timer_app.domain.delivery.outcomes import NotSent, NotSentCause, Refused
from timer_app.domain.entries.card import Card, CardInfo, CardKey, is_address, parse_card
from timer_app.domain.entries.task import Task, task_for_card, task_with_title
from timer_app.domain.errors import BadInput, DomainError
from timer_app.domain.messages import CommandMessageId, TaskMessageId
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.ports import CardDirectory, EntryRepository

ResolverNotes = tuple[str, ...]


class CardRefused(DomainError):
    """What was named is no card that time can be logged on; nothing has changed."""

    @classmethod
    def of(cls, error: DomainError) -> CardRefused:
        """The same refusal, with the exit code of this one."""
        return cls(error.message.id, *error.message.values)


@dataclass(frozen=True, slots=True)
class TaskResolver:
    """Finds tasks by what was typed; `origin` is "" and `card_book` None without Kaiten."""

    journal: EntryRepository
    origin: str
    card_book: CardDirectory | None

    async def resolve(
        self, typed: str | None, title: str | None, timeout_seconds: float
    ) -> tuple[Task | None, ResolverNotes]:
        """The task that was named, if one was, and what there is to say about it.

        Kaiten may take `timeout_seconds` seconds to answer. Raises BadInput or CardRefused.
        """
        if typed is None:
            if title is not None and is_address(title):
                raise CardRefused(CommandMessageId.ADDRESS_AS_TITLE, title)
            return (None if title is None else task_with_title(title)), ()
        if not self.origin:
            raise CardRefused(TaskMessageId.KAITEN_NOT_SET_UP)
        try:
            card_ref = parse_card(typed, self.origin)
        except BadInput as error:
            raise CardRefused.of(error) from None
        return await self._task_of_card(card_ref, title, timeout_seconds)

    async def _task_of_card(
        self, card_ref: Card | CardKey, title: str | None, timeout_seconds: float
    ) -> tuple[Task, ResolverNotes]:
        if isinstance(card_ref, Card) and title is not None:
            return task_with_title(title, card_ref), ()
        try:
            info = await self._ask_kaiten(card_ref, timeout_seconds)
        except ServiceCallError as problem:
            return self._resolve_offline(card_ref, problem)
        notes = (f"The card {info.card.url} is archived.",) if info.archived else ()
        if title is not None:
            return task_with_title(title, info.card), notes
        return task_for_card(info.card, info.title), notes

    async def _ask_kaiten(self, card_ref: Card | CardKey, timeout_seconds: float) -> CardInfo:
        """What Kaiten says of a card within `timeout_seconds` seconds, or ServiceCallError."""
        if self.card_book is None:
            raise CardRefused(TaskMessageId.KAITEN_NOT_SET_UP)
        if not timeout_seconds:
            raise ServiceCallError(NotSent(NotSentCause.OFFLINE, "Kaiten was not asked."))
        try:
            async with asyncio.timeout(timeout_seconds):
                return await self.card_book.card(card_ref)
        except TimeoutError:
            reason = f"Kaiten did not answer within {timeout_seconds:g} s."
            raise ServiceCallError(NotSent(NotSentCause.OFFLINE, reason)) from None

    def _resolve_offline(
        self, card_ref: Card | CardKey, problem: ServiceCallError
    ) -> tuple[Task, ResolverNotes]:
        """Kaiten's no is final; its silence is not: work goes on with the number alone."""
        if isinstance(card_ref, CardKey):
            raise CardRefused(TaskMessageId.KEY_UNKNOWN, card_ref.key, problem.outcome.reason)
        if isinstance(problem.outcome, Refused):
            raise CardRefused(TaskMessageId.CARD_HIDDEN, card_ref.url, problem.outcome.reason)
        known = self.journal.task(card_ref.url)
        note = f"The card's title could not be read: {problem.outcome.reason}"
        return known or Task(f"#{card_ref.id}", card_ref), (note,)
