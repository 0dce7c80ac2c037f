"""A message to people: its id, with the values that belong in it.

Light on purpose: every command imports it, so it needs no dataclasses.
"""

from __future__ import annotations

from enum import Enum
from unicodedata import category

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self  # takes 2 ms to import, and `status` needs this module


class MessageId(Enum):
    """Identifies a message. All members are in `messages`, the one catalogue.

    A member's value is its text in English, with %1, %2 … where its values go. Logs and the
    command line format it; windows translate it (`ui/messages.py`). `hint` is what only the
    command line adds: what to type next, or a number to type.
    """

    _value_: str
    hint: str

    def __new__(cls, text: str, hint: str = "") -> Self:
        """A member is written as its text, or as its text and its hint."""
        member = object.__new__(cls)
        member._value_ = text
        member.hint = hint
        return member


class UserMessage:
    """A sentence for people, or a part of one. A value can be a message too."""

    __slots__ = ("id", "values")

    def __init__(self, message_id: MessageId, *values: object) -> None:
        self.id = message_id
        self.values = tuple(each if isinstance(each, UserMessage) else str(each) for each in values)

    def __str__(self) -> str:
        """The English text with its hint, for the command line and for reports."""
        text = f"{self.id.value} {self.id.hint}" if self.id.hint else self.id.value
        return fill(text, *map(str, self.values))

    def __repr__(self) -> str:
        return f"UserMessage({self.id}, {', '.join(map(repr, self.values))})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, UserMessage):
            return NotImplemented
        return (self.id, self.values) == (other.id, other.values)

    def __hash__(self) -> int:
        return hash((self.id, self.values))


def fill(text: str, *values: str) -> str:
    """The text with %1 to %9 replaced; a % within a value, and %26, are left as they are."""
    head, *parts = text.split("%")
    filled = [head]
    for part in parts:
        place = part[:1]
        is_place = place.isdecimal() and not part[1:2].isdecimal()
        if is_place and 0 < int(place) <= len(values):
            filled.append(values[int(place) - 1] + part[1:])
        else:
            filled.append("%" + part)
    return "".join(filled)


def visible(text: str) -> str:
    """The text with letters that nobody sees (controls, half characters) as their escapes."""
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() or category(each) == "Zs" else repr(each)[1:-1] for each in text
    )
