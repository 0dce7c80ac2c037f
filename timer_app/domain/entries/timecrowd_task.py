"""Tasks that TimeCrowd holds already, whoever made them."""

from __future__ import annotations

from dataclasses import dataclass

from timer_app.domain.entries.card import Card, CardKey, CardsByKey, card_of_address
from timer_app.domain.entries.task import MAX_TITLE_LENGTH, Task, clean_title


@dataclass(frozen=True, slots=True)
class TimeCrowdTask:
    """A task by its number in TimeCrowd; `team_id` is None while its team is not known."""

    id: int
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class TimeCrowdTaskInfo:
    """A task of TimeCrowd's as it is shown to be chosen; what TimeCrowd does not say is "".

    `team` and `category` are names, `address` is the task's url.
    """

    task: TimeCrowdTask
    title: str
    key: str = ""
    address: str = ""
    team: str = ""
    category: str = ""


def task_from_timecrowd(info: TimeCrowdTaskInfo, kaiten: str, cards: CardsByKey) -> Task:
    """The task to work on; its card, if its address is one of the Kaiten at `kaiten`."""
    named = (card_of_address(each, kaiten) for each in (info.address, info.key))
    found = (cards.get(each) if isinstance(each, CardKey) else each for each in named)
    title = clean_title(info.title)[:MAX_TITLE_LENGTH] or f"TimeCrowd {info.task.id}"
    return Task(title, next((each for each in found if isinstance(each, Card)), None))
