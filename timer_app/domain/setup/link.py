"""`timer-app://` links: what a page or a note asks for, or why it is refused.

timer-app://start?card=CARD[&comment=TEXT][&task=TITLE] timer-app://stop

Anybody can write one, so nothing is guessed: an unknown part is an error. CARD is any form of a
card that can be pasted elsewhere, of the configured Kaiten and of no other host. Values are
percent-encoded UTF-8, a plus is a space (as browsers write form values).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

from timer_app.domain.delivery.log_reference import MAX_UNITS_WITH_REFERENCE
from timer_app.domain.entries.card import Card, CardKey, parse_card
from timer_app.domain.entries.comment import comment_units
from timer_app.domain.entries.task import task_with_title
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import LinkMessageId

SCHEME = "timer-app"
MAX_LINK_LENGTH = 32_768
"""Characters. Holds the longest comment in a script of two bytes a letter, percent-encoded."""
_MAX_CARD_LENGTH = 2_000
_START_PARAMETERS = ("card", "comment", "task")
_BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""They can make a text read as another one than it is."""
_FORBIDDEN_CATEGORIES = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class StartLink:
    """Start an entry on a card; `title` is "" where the card's own is meant."""

    card: Card | CardKey
    comment: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class StopLink:
    """Stop what runs."""


Link = StartLink | StopLink


def is_link(text: str) -> bool:
    """Whether `text` is meant as a link, right or wrong."""
    return text[: len(SCHEME) + 1].lower() == f"{SCHEME}:"


def parse_link(text: str, origin: str) -> Link:
    """What a link asks for, at the Kaiten at `origin` ("" if none is set up). Raises BadInput."""
    if len(text) > MAX_LINK_LENGTH:
        raise BadInput(LinkMessageId.TOO_LONG, str(MAX_LINK_LENGTH))
    _require_printable(text)
    parts = _split_link(text)
    match parts.netloc.lower():
        case "start":
            return _start_link(_parse_values(parts.query), origin)
        case "stop":
            if _parse_values(parts.query):
                raise BadInput(LinkMessageId.STOP_WITH_MORE)
            return StopLink()
        case other:
            raise BadInput(LinkMessageId.UNKNOWN, other)


def _split_link(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
    except ValueError:
        raise BadInput(LinkMessageId.UNREADABLE) from None
    if parts.scheme != SCHEME or not parts.netloc:
        raise BadInput(LinkMessageId.NOT_ONE)
    if parts.path not in ("", "/") or parts.fragment:
        extra = parts.path.strip("/") or f"#{parts.fragment}"
        raise BadInput(LinkMessageId.UNKNOWN_PART, extra)
    return parts


def _parse_values(query: str) -> dict[str, str]:
    """The values by their names, each once."""
    if not query:
        return {}
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=100
        )
    except ValueError:
        raise BadInput(LinkMessageId.UNREADABLE_VALUES) from None
    values: dict[str, str] = {}
    for name, value in pairs:
        _require_printable(name)
        _require_printable(value, name)
        if name in values:
            raise BadInput(LinkMessageId.TWICE, name)
        values[name] = value
    return values


def _start_link(values: dict[str, str], origin: str) -> StartLink:
    for name in values:
        if name not in _START_PARAMETERS:
            raise BadInput(LinkMessageId.UNKNOWN_VALUE, name)
    typed = values.get("card", "").strip()
    if not typed:
        raise BadInput(LinkMessageId.NO_CARD)
    if len(typed) > _MAX_CARD_LENGTH:
        raise BadInput(LinkMessageId.CARD_TOO_LONG, str(_MAX_CARD_LENGTH))
    if not origin:
        raise BadInput(LinkMessageId.NO_KAITEN)
    title = values.get("task", "")
    return StartLink(
        parse_card(typed, origin),
        _checked_comment(values.get("comment", "")),
        task_with_title(title).title if title else "",
    )


def _checked_comment(text: str) -> str:
    """The comment, if it fits: cutting it would log other words than the question shows."""
    units = comment_units(text)
    if units > MAX_UNITS_WITH_REFERENCE:  # a link always names a card, whose log has a reference
        raise BadInput(LinkMessageId.COMMENT_TOO_LONG, str(units), str(MAX_UNITS_WITH_REFERENCE))
    return text.strip()


def _require_printable(text: str, value: str = "") -> None:
    """`value` is its name where it is one of the link's values."""
    for letter in text:
        if unicodedata.category(letter) in _FORBIDDEN_CATEGORIES or letter in _BIDI_CONTROLS:
            code = f"U+{ord(letter):04X}"
            if value:
                raise BadInput(LinkMessageId.NO_TEXT_IN_VALUE, value, code)
            raise BadInput(LinkMessageId.NO_TEXT, code)
