"""What a person names to work on in a command: a card in any form, or a title -> a task."""

from __future__ import annotations

from dataclasses import dataclass

from timer_app.domain.delivery.outcomes import call_problem_message
from timer_app.domain.entries.card import Card, CardKey, is_address, parse_card
from timer_app.domain.entries.task import Task, task_with_title
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import CommandMessageId, TaskMessageId
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.card_lookup import CardRefused, find_card
from timer_app.services.entries.ports import CardDirectory, EntryRepository

ResolverNotes = tuple[str, ...]


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
            found = await find_card(card_ref, self.card_book, self.journal.task, timeout_seconds)
        except ServiceCallError as problem:
            raise _refusal(card_ref, problem) from None
        notes: ResolverNotes = ()
        if found.problem is not None:
            notes = (f"The card's title could not be read: {found.problem.outcome.reason}",)
        elif found.info is not None and found.info.archived:
            notes = (f"The card {found.info.card.url} is archived.",)
        return found.task if title is None else task_with_title(title, found.task.card), notes


def _refusal(card_ref: Card | CardKey, problem: ServiceCallError) -> CardRefused:
    said = call_problem_message(problem.outcome, "Kaiten")
    if isinstance(card_ref, CardKey):
        return CardRefused(TaskMessageId.KEY_UNKNOWN, card_ref.key, said)
    return CardRefused(TaskMessageId.CARD_HIDDEN, card_ref.url, said)
