"""What is worked on."""

from __future__ import annotations

from dataclasses import dataclass

from timer_app.domain.card import Card
from timer_app.domain.errors import BadInput

LONGEST_TITLE = 500


@dataclass(frozen=True, slots=True)
class Task:
    """A title and perhaps the Kaiten card it stands for.

    A task with a card is that card, whatever its title says today; one without is its title.
    """

    title: str
    card: Card | None = None

    @property
    def key(self) -> str:
        """What identifies the task, here and as TimeCrowd's `task.key`."""
        return self.card.url if self.card else self.title


def task_of_card(card: Card, title: str) -> Task:
    """The task that stands for a card; Kaiten's title is cut to what fits, or its number used."""
    clean = " ".join(title.split())
    if len(clean) > LONGEST_TITLE:
        clean = f"{clean[: LONGEST_TITLE - 1]}…"
    return Task(clean or f"#{card.id}", card)


def task_titled(title: str, card: Card | None = None) -> Task:
    """A task with a cleaned title: one line, no outer blanks. Raises BadInput."""
    clean = " ".join(title.split())
    if not clean:
        raise BadInput("The task needs a title.")
    if len(clean) > LONGEST_TITLE:
        raise BadInput(f"The title is {len(clean)} characters long; at most {LONGEST_TITLE} fit.")
    return Task(clean, card)
