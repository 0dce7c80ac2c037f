"""What a person names to work on in a command: a card, an address or a title -> a task."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace

from timer_app.domain.delivery.outcomes import (
    NotSent,
    NotSentCause,
    Refused,
    call_problem_message,
)
from timer_app.domain.entries.card import Card, CardKey, is_address, looks_like_card, parse_card
from timer_app.domain.entries.task import (
    Task,
    TimeCrowdTask,
    clean_title,
    task_at_address,
    task_with_title,
)
from timer_app.domain.entries.timecrowd_task import (
    TimeCrowdTaskInfo,
    task_from_timecrowd,
    unnamed_timecrowd_task,
)
from timer_app.domain.entries.web_address import is_foreign_address, parse_web_address, room_of
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import AddressMessageId, CommandMessageId, TaskMessageId
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.card_lookup import CardRefused, find_card
from timer_app.services.entries.ports import CardDirectory, EntryRepository, TaskDirectory

ResolverNotes = tuple[str, ...]
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
UNKNOWN_TASK_TIMEOUT = 10.0
"""Seconds: a number alone says little of what was worked on, and names no card."""


@dataclass(frozen=True, slots=True)
class TaskWords:
    """What was typed of a task: a card or an address, a title, a card to link, a room's name."""

    place: str | None = None
    title: str | None = None
    linked_card: str | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class TaskResolver:
    """Finds tasks by what was typed.

    `origin` is "" and `card_directory` None without Kaiten, `task_directory` None without
    TimeCrowd.
    """

    journal: EntryRepository
    origin: str
    card_directory: CardDirectory | None
    task_directory: TaskDirectory | None = None

    async def resolve(
        self, words: TaskWords, timeout_seconds: float
    ) -> tuple[Task | None, ResolverNotes]:
        """The task that was named, if one was, and what there is to say about it.

        Kaiten may take `timeout_seconds` seconds to answer. Raises BadInput or CardRefused.
        """
        if words.place is not None and is_foreign_address(words.place, self.origin):
            return await self._task_at_address(words.place, words, timeout_seconds)
        if words.room is not None:
            raise BadInput(*_no_room(words.place))
        if words.place is not None and words.linked_card is not None:
            raise BadInput(CommandMessageId.TWO_CARDS, words.place, words.linked_card)
        if words.place is not None:
            card_ref = self._place_ref(words.place)
        elif words.linked_card is not None:
            card_ref = self._card_ref(words.linked_card)
        else:
            _refuse_address(words.title)
            return (None if words.title is None else task_with_title(words.title)), ()
        return await self._task_of_card(card_ref, words.title, timeout_seconds)

    async def resolve_timecrowd(
        self, wanted: TimeCrowdTask, timeout_seconds: float
    ) -> tuple[Task, ResolverNotes]:
        """A task that TimeCrowd has, in its team if that is named, and what there is to say.

        What is known of it counts while TimeCrowd does not answer within `timeout_seconds`, its
        number alone if nothing is: then TimeCrowd gets UNKNOWN_TASK_TIMEOUT at least, unless
        nobody waits. Raises CardRefused where TimeCrowd shows no such task.
        """
        if self.task_directory is None:
            raise CardRefused(TaskMessageId.TIMECROWD_NOT_SET_UP)
        known = self.journal.task(Task("", timecrowd=wanted).key)
        if known is None and timeout_seconds:
            timeout_seconds = max(timeout_seconds, UNKNOWN_TASK_TIMEOUT)
        try:
            info = await self._ask_timecrowd(self.task_directory, wanted, timeout_seconds)
        except ServiceCallError as problem:
            if isinstance(problem.outcome, Refused):
                message = call_problem_message(problem.outcome, "TimeCrowd")
                raise CardRefused(
                    TaskMessageId.TIMECROWD_TASK_HIDDEN, str(wanted.id), message
                ) from None
            if known is not None and _is_elsewhere(known, wanted):
                raise _not_in_team(wanted) from None
            note = f"The task's title could not be read: {problem.outcome.reason}"
            return known or unnamed_timecrowd_task(wanted), () if known else (note,)
        if info is None:
            raise _not_in_team(wanted)
        return task_from_timecrowd(info, self.origin, self.journal.cards_by_key()), ()

    @staticmethod
    async def _ask_timecrowd(
        book: TaskDirectory, wanted: TimeCrowdTask, timeout_seconds: float
    ) -> TimeCrowdTaskInfo | None:
        """Ask TimeCrowd, for 0 seconds not at all: the keyring would be asked for its token."""
        reason = f"TimeCrowd did not answer within {timeout_seconds:g} s."
        unanswered = ServiceCallError(NotSent(NotSentCause.OFFLINE, reason))
        if timeout_seconds == 0:
            raise unanswered
        try:
            async with asyncio.timeout(timeout_seconds):
                return await book.find_task(wanted)
        except TimeoutError:
            raise unanswered from None

    async def _task_at_address(
        self, typed: str, words: TaskWords, timeout_seconds: float
    ) -> tuple[Task, ResolverNotes]:
        """The task of an address that is not one of our Kaiten."""
        try:
            address = parse_web_address(typed)
        except BadInput as error:
            raise CardRefused.of(error) from None
        if words.title is None:
            raise BadInput(TaskMessageId.ADDRESS_NEEDS_TITLE, address)
        _refuse_address(words.title)
        task = task_at_address(address, words.title, room_name=self._room_name(address, words))
        if words.linked_card is None:
            return task, ()
        card_ref = self._card_ref(words.linked_card)
        # The title is the address's: of the card it is to be known whether it is there.
        linked, notes = await self._task_of_card(card_ref, None, timeout_seconds)
        return replace(task, card=linked.card), notes

    def _room_name(self, address: str, words: TaskWords) -> str:
        """What its chat room is called: as was typed now or earlier, "" without a room."""
        room = room_of(address)
        if words.room is None:
            return self.journal.room_name(room) if room else ""
        if room is None:
            raise BadInput(CommandMessageId.NO_ROOM, address)
        if not clean_title(words.room):
            raise BadInput(TaskMessageId.ROOM_NEEDS_NAME)
        return words.room

    def _place_ref(self, typed: str) -> Card | CardKey:
        """The card that was named where an address may stand as well. Raises CardRefused."""
        try:
            return self._card_ref(typed)
        except CardRefused:
            # mailto:, javascript:, or an address with a blank in it
            if _SCHEME.match(typed.strip()) and not looks_like_card(typed, self.origin):
                raise CardRefused(AddressMessageId.NOT_ONE, typed) from None
            raise

    def _card_ref(self, typed: str) -> Card | CardKey:
        if not self.origin:
            raise CardRefused(TaskMessageId.KAITEN_NOT_SET_UP)
        try:
            return parse_card(typed, self.origin)
        except BadInput as error:
            raise CardRefused.of(error) from None

    async def _task_of_card(
        self, card_ref: Card | CardKey, title: str | None, timeout_seconds: float
    ) -> tuple[Task, ResolverNotes]:
        if isinstance(card_ref, Card) and title is not None:
            return task_with_title(title, card_ref), ()
        try:
            found = await find_card(
                card_ref, self.card_directory, self.journal.task, timeout_seconds
            )
        except ServiceCallError as problem:
            raise _refusal(card_ref, problem) from None
        notes: ResolverNotes = ()
        if found.problem is not None:
            notes = (f"The card's title could not be read: {found.problem.outcome.reason}",)
        elif found.info is not None and found.info.archived:
            notes = (f"The card {found.info.card.url} is archived.",)
        return found.task if title is None else task_with_title(title, found.task.card), notes


def _refuse_address(title: str | None) -> None:
    if title is not None and is_address(title):
        raise CardRefused(CommandMessageId.ADDRESS_AS_TITLE, title)


def _is_elsewhere(known: Task, wanted: TimeCrowdTask) -> bool:
    """Whether the task is known to be in another team than the wanted one."""
    team_id = known.timecrowd.team_id if known.timecrowd else None
    return None not in (team_id, wanted.team_id) and team_id != wanted.team_id


def _not_in_team(wanted: TimeCrowdTask) -> CardRefused:
    number, team_id = str(wanted.id), wanted.team_id
    if team_id is None:
        return CardRefused(TaskMessageId.TIMECROWD_TASK_UNKNOWN, number)
    return CardRefused(TaskMessageId.TIMECROWD_TASK_NOT_IN_TEAM, number, str(team_id))


def _no_room(place: str | None) -> tuple[CommandMessageId, str]:
    return (CommandMessageId.NO_ROOM, place) if place else (CommandMessageId.NO_ADDRESS_OF_ROOM, "")


def _refusal(card_ref: Card | CardKey, problem: ServiceCallError) -> CardRefused:
    message = call_problem_message(problem.outcome, "Kaiten")
    if isinstance(card_ref, CardKey):
        return CardRefused(TaskMessageId.KEY_UNKNOWN, card_ref.key, message)
    return CardRefused(TaskMessageId.CARD_HIDDEN, card_ref.url, message)
