"""Looks up the task of a card, for commands, search fields and links.

Kaiten is queried for the card's title. A refusal is final. Without an answer the known title, or
the number, is used.
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
    """Time cannot be logged on this card; nothing has changed."""

    @classmethod
    def of(cls, error: DomainError) -> CardRefused:
        """The same refusal, with the exit code of this one."""
        return cls(error.message.id, *error.message.values)


@dataclass(frozen=True, slots=True)
class LookedUpCard:
    """A card's task; `info` is Kaiten's answer, `problem` why there is none."""

    task: Task
    info: CardInfo | None = None
    problem: ServiceCallError | None = None


async def find_card(
    card_ref: Card | CardKey,
    card_directory: CardDirectory | None,
    known_task: Callable[[str], Task | None],
    timeout_seconds: float | None = None,
) -> LookedUpCard:
    """The task of a card; `known_task` returns the task of a card's address.

    Kaiten has `timeout_seconds` seconds to answer; for 0 it is not queried. Raises CardRefused
    without Kaiten, and ServiceCallError for a refused card or a key that could not be looked up.
    """
    if card_directory is None:
        raise CardRefused(TaskMessageId.KAITEN_NOT_SET_UP)
    try:
        info = await _query_kaiten(card_ref, card_directory, timeout_seconds)
    except ServiceCallError as problem:
        if isinstance(card_ref, CardKey) or isinstance(problem.outcome, Refused):
            raise
        task = known_task(card_ref.url) or task_for_card(card_ref, "")
        return LookedUpCard(task, problem=problem)
    return LookedUpCard(task_for_card(info.card, info.title), info)


async def _query_kaiten(
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
