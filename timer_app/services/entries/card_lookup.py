"""Which task a named card is: the one question of commands, search fields and links.

Kaiten is asked for the card's title. Its no is final; its silence is not: work goes on with the
title that is known, or with the number alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from timer_app.domain.delivery.outcomes import NotSent, NotSentCause, Refused
from timer_app.domain.entries.card import Card, CardInfo, CardKey
from timer_app.domain.entries.task import Task, task_for_card
from timer_app.domain.errors import DomainError
from timer_app.domain.messages import TaskMessageId
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.ports import CardDirectory


class CardRefused(DomainError):
    """What was named is no card that time can be logged on; nothing has changed."""

    @classmethod
    def of(cls, error: DomainError) -> CardRefused:
        """The same refusal, with the exit code of this one."""
        return cls(error.message.id, *error.message.values)


@dataclass(frozen=True, slots=True)
class LookedUpCard:
    """A card's task; `info` is what Kaiten says of it, `problem` why Kaiten said nothing."""

    task: Task
    info: CardInfo | None = None
    problem: ServiceCallError | None = None


async def find_card(
    card_ref: Card | CardKey,
    card_directory: CardDirectory | None,
    known_task: Callable[[str], Task | None],
    timeout_seconds: float | None = None,
) -> LookedUpCard:
    """The task of a card; `known_task` answers the one of a card's address.

    Kaiten may take `timeout_seconds` seconds to answer, for 0 it is not asked. Raises CardRefused
    without Kaiten, and ServiceCallError for a refused card or a key that nobody could look up.
    """
    if card_directory is None:
        raise CardRefused(TaskMessageId.KAITEN_NOT_SET_UP)
    try:
        info = await _ask_kaiten(card_ref, card_directory, timeout_seconds)
    except ServiceCallError as problem:
        if isinstance(card_ref, CardKey) or isinstance(problem.outcome, Refused):
            raise
        task = known_task(card_ref.url) or task_for_card(card_ref, "")
        return LookedUpCard(task, problem=problem)
    return LookedUpCard(task_for_card(info.card, info.title), info)


async def _ask_kaiten(
    card_ref: Card | CardKey, card_directory: CardDirectory, timeout_seconds: float | None
) -> CardInfo:
    if timeout_seconds == 0:
        raise _no_answer(0)
    try:
        async with asyncio.timeout(timeout_seconds):
            return await card_directory.card(card_ref)
    except TimeoutError:
        raise _no_answer(timeout_seconds or 0) from None


def _no_answer(seconds: float) -> ServiceCallError:
    reason = f"Kaiten did not answer within {seconds:g} s."
    return ServiceCallError(NotSent(NotSentCause.OFFLINE, reason))
