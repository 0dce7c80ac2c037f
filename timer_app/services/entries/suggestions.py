"""What a search field offers, and where each suggestion comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from timer_app.domain.entries.card import CardInfo
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo
from timer_app.domain.errors import BadInput
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.card_lookup import CardRefused


class SuggestionSource(Enum):
    """Where a suggestion comes from, in the order in which they are offered."""

    RECENT = "recent"
    MY_CARDS = "my_cards"
    KAITEN = "kaiten"
    TIMECROWD = "timecrowd"
    WORDS = "words"
    ADDRESS = "address"
    """The address of another site was pasted: its task needs a title."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A task that could be started.

    `info` is what Kaiten says of its card, `remote` what TimeCrowd says of the task; one that
    `is_old` was shown by a service that does not answer now. `same_keys` are the keys of tasks
    (`Task.key`) that are the same one in TimeCrowd.
    """

    task: Task
    origin: SuggestionSource
    info: CardInfo | None = None
    pinned: bool = False
    remote: TimeCrowdTaskInfo | None = None
    is_old: bool = False
    same_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TaskSearchResult:
    """What one source answered: suggestions, and why it could not be asked, if so."""

    suggestions: tuple[Suggestion, ...] = ()
    error: BadInput | CardRefused | ServiceCallError | None = None
    source: SuggestionSource = SuggestionSource.KAITEN
