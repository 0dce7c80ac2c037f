"""What is worked on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from timer_app.domain.entries.card import Card
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import TaskMessageId
from timer_app.domain.setup.typed_text import compose, is_blank

MAX_TITLE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Task:
    """A title, and perhaps the Kaiten card it stands for.

    A task with a card is that card, whatever its title says today; one without is its title.
    """

    title: str
    card: Card | None = None

    @property
    def key(self) -> str:
        """What identifies the task, here and as TimeCrowd's `task.key`.

        An accented letter is the same, whether it is one character or two.
        """
        if self.card:
            return self.card.url
        is_clean = self.title.isprintable() and unicodedata.is_normalized("NFC", self.title)
        return self.title if is_clean else clean_title(self.title) or self.title


def task_for_card(card: Card, title: str) -> Task:
    """The task that stands for a card; Kaiten's title is cut to what fits, or its number used."""
    clean = clean_title(title)
    if len(clean) > MAX_TITLE_LENGTH:
        clean = f"{clean[: MAX_TITLE_LENGTH - 1]}…"
    return Task(clean or f"#{card.id}", card)


def task_with_title(title: str, card: Card | None = None) -> Task:
    """A task with a cleaned title: one line, no outer blanks. Raises BadInput without a title."""
    clean = clean_title(title)
    if not clean:
        raise BadInput(TaskMessageId.NO_TITLE)
    if len(clean) > MAX_TITLE_LENGTH:
        raise BadInput(TaskMessageId.TITLE_TOO_LONG, str(len(clean)), str(MAX_TITLE_LENGTH))
    return Task(clean, card)


def clean_title(title: str) -> str:
    """The title in one line, composed (NFC), without control characters; "" if none is seen."""
    line = " ".join(title.split())
    clean = "".join(each for each in line if unicodedata.category(each) not in ("Cc", "Cs"))
    clean = compose(" ".join(clean.split()))
    return "" if is_blank(clean) else clean
