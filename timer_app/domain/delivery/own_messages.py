"""Recognizes our own messages in texts of the journal, so that windows can translate them.

The journal and `--json` have the messages about deliveries in English. A service's own messages
are shown unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from timer_app.domain.messages import (
    DeliveryMessageId,
    KeyringMessageId,
    OutcomeMessageId,
    RefusalMessageId,
)
from timer_app.domain.user_message import MessageId, UserMessage

_SUBJECTS: tuple[type[MessageId], ...] = (
    OutcomeMessageId,
    RefusalMessageId,
    DeliveryMessageId,
    KeyringMessageId,
)
_STATUS = re.compile(r" \(HTTP [0-9]{3}\)")
_LONGEST = 2_000
"""Characters; a longer text is a service's own."""


def find_own_message(text: str) -> UserMessage | None:
    """The message of ours that the text is, perhaps with an HTTP status, or None."""
    if len(text) > _LONGEST:
        return None
    status = _STATUS.search(text, max(0, len(text) - len(" (HTTP 000)")))
    for each in (text, text[: status.start()] if status else ""):
        for message_id, pattern in _patterns():
            if each and (match := pattern.fullmatch(each)):
                return UserMessage(message_id, *_values(match))
    return None


def _values(match: re.Match[str]) -> Iterator[str]:
    found = match.groupdict()
    for number in range(1, max((int(name[1:]) for name in found), default=0) + 1):
        yield found.get(f"v{number}") or ""


@cache
def _patterns() -> tuple[tuple[MessageId, re.Pattern[str]], ...]:
    """Each message as the journal has it, with its hint; the longest texts first."""
    found = [(each, f"{each.value} {each.hint}".strip()) for ids in _SUBJECTS for each in ids]
    found.sort(key=lambda pair: -len(pair[1]))
    return tuple((each, _pattern(text)) for each, text in found)


def _pattern(text: str) -> re.Pattern[str]:
    """The English text, in which any value may stand; a value that comes twice is the same."""
    head, *parts = re.split(r"%([1-9])", text)
    pattern, seen = re.escape(head), set[str]()
    for number, literal in zip(parts[::2], parts[1::2], strict=True):
        pattern += f"(?P=v{number})" if number in seen else f"(?P<v{number}>.+?)"
        pattern += re.escape(literal)
        seen.add(number)
    return re.compile(pattern, re.DOTALL)
