"""Tasks that TimeCrowd holds already, whoever made them."""

from __future__ import annotations

from dataclasses import dataclass

from timer_app.domain.entries.card import Card, CardKey, CardsByKey, card_of_address
from timer_app.domain.entries.task import MAX_TITLE_LENGTH, Task, TimeCrowdTask, clean_title
from timer_app.domain.entries.web_address import stored_address


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
    """The task to work on; its card, if its address is one of the Kaiten at `kaiten`.

    `cards` are the cards whose keys are known. An address that names one by another key stays the
    task's own until Kaiten was asked.
    """
    addresses = info.address, info.key
    named = (card_of_address(each, kaiten) for each in addresses)
    found = (cards.get(each) if isinstance(each, CardKey) else each for each in named)
    title = clean_title(info.title)[:MAX_TITLE_LENGTH] or f"TimeCrowd {info.task.id}"
    if card := next((each for each in found if isinstance(each, Card)), None):
        return Task(title, card, timecrowd=info.task)
    address = next(filter(None, map(stored_address, addresses)), "")
    return Task(title, address=address, timecrowd=info.task)


def unnamed_timecrowd_task(task: TimeCrowdTask) -> Task:
    """The task of a number of which nothing else is known yet."""
    return Task(f"TimeCrowd {task.id}", timecrowd=task)


def is_unnamed(task: Task) -> bool:
    """Whether nothing but the number of a task of TimeCrowd's is known."""
    return task.timecrowd is not None and task == unnamed_timecrowd_task(task.timecrowd)


def key_of_task(task: Task, kaiten: str) -> CardKey | None:
    """The key by which alone the task's address names a card of the Kaiten at `kaiten`."""
    if task.card is not None or not task.address:
        return None
    named = card_of_address(task.address, kaiten)
    return named if isinstance(named, CardKey) else None
