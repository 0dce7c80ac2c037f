"""What is worked on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from timer_app.domain.entries.card import Card
from timer_app.domain.entries.web_address import room_of
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import TaskMessageId
from timer_app.domain.setup.typed_text import compose, is_blank

MAX_TITLE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class TimeCrowdTask:
    """A task that TimeCrowd holds, by its number; `team_id` is None while that is not known."""

    id: int
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A title, and perhaps what it stands for: a Kaiten card, a web address, or both.

    A task with a card is that card, whatever its title says today, one with an address is that
    address; one without either is its title. With both, TimeCrowd knows the address, and the card
    gets the time logs. `room_name` is what the person calls the chat room of the address; it is ""
    where the address has none, or the room has no name yet. One that was chosen among TimeCrowd's
    own tasks is that one, whatever its title, address and card are.
    """

    title: str
    card: Card | None = None
    address: str = ""
    room_name: str = ""
    timecrowd: TimeCrowdTask | None = None

    @property
    def key(self) -> str:
        """What identifies the task here: an address with a card is another one than without."""
        if self.timecrowd:
            return f"timecrowd:{self.timecrowd.id}"
        if self.address and self.card:
            return f"{self.address} {self.card.url}"
        return self.timecrowd_key

    @property
    def timecrowd_key(self) -> str:
        """What identifies the task in TimeCrowd, its `task.key`.

        An accented letter of a title is the same, whether it is one character or two.
        """
        if self.url:
            return self.url
        is_clean = self.title.isprintable() and unicodedata.is_normalized("NFC", self.title)
        return self.title if is_clean else clean_title(self.title) or self.title

    def is_same_in_timecrowd(self, other: Task) -> bool:
        """Whether TimeCrowd's entries of both belong to one task, as far as the two tell."""
        if self.timecrowd is None or other.timecrowd is None:
            return self.timecrowd is other.timecrowd and self.timecrowd_key == other.timecrowd_key
        return self.timecrowd.id == other.timecrowd.id

    @property
    def url(self) -> str:
        """The address that opens the task, "" for one that is a title alone."""
        return self.address or (self.card.url if self.card else "")


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


def task_at_address(
    address: str, title: str, card: Card | None = None, room_name: str = ""
) -> Task:
    """The task of a web address, which `parse_web_address` has checked. Raises BadInput.

    `room_name` is taken for the address of a chat message alone.
    """
    named = task_with_title(title, card)
    name = clean_title(room_name)
    if len(name) > MAX_TITLE_LENGTH:
        raise BadInput(TaskMessageId.ROOM_NAME_TOO_LONG, str(len(name)), str(MAX_TITLE_LENGTH))
    return replace(named, address=address, room_name=name if room_of(address) else "")


def with_other_card(before: Task, chosen: Task) -> Task:
    """What another card makes of a task: one at an address stays there, any other is the card's.

    A task that was chosen in TimeCrowd stays that task if it is the card's already.
    """
    is_card_alone = chosen.card and not chosen.address and chosen.timecrowd is None
    if before.timecrowd is not None and is_card_alone and before.card == chosen.card:
        return before
    if before.address and before.timecrowd is None and is_card_alone:
        return replace(before, card=chosen.card)
    return chosen


def clean_title(title: str) -> str:
    """The title in one line, composed (NFC), without control characters; "" if none is seen."""
    line = " ".join(title.split())
    clean = "".join(each for each in line if unicodedata.category(each) not in ("Cc", "Cs"))
    clean = compose(" ".join(clean.split()))
    return "" if is_blank(clean) else clean
