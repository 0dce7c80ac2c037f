"""Kaiten cards: a pasted address -> a card, or the reason why not.

Source of the accepted and refused forms: the section "Card addresses" of Kaiten's API notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from timer_app.domain.entries.route import CardPlace
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import TaskMessageId
from timer_app.domain.setup.addresses import (
    USUAL_PORTS,
    ascii_host,
    is_host_name,
    shown_host,
    shown_origin,
    split_address,
)
from timer_app.domain.setup.typed_text import normalize_typed

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*-[0-9]+")
_NUMBER = re.compile(r"#?([1-9][0-9]{0,17})")
_ABOUT_THE_TEXT = (TaskMessageId.NOT_A_CARD, TaskMessageId.NOT_AN_ADDRESS)
_CLOSING = dict(
    zip("<(\"'`[{«‹“„‚‘「『【《〈〔", [*">)\"'`]}»›”", "”“", "‘’", *"’」』】》〉〕"], strict=True)
)
"""Behind each sign that opens, those that may close it: „so“ and „so”."""
_NUMBER_SIGN = re.compile(r"^#\s+(?=[0-9])")
_MARKDOWN_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?(?P<address>[^\s)>]+)>?(?:\s[^)]*)?\)")
_HTML_LINK = re.compile(r"""<a\s[^>]*href=["']?(?P<address>[^"'\s>]+)[^>]*>.*""", re.IGNORECASE)
_NAMED_LINK = re.compile(r"<?(?P<address>[a-z]+://[^|\s]+)\|[^\s]*", re.IGNORECASE)
_ADDRESS = re.compile(r"""[A-Za-z]+://[^\s<>"|\])]+""")
_WHOLE_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_HOST_AND_PATH = re.compile(r"(?P<host>[A-Za-z0-9.\-]+\.[A-Za-z0-9\-]+)(?::[0-9]+)?/.*")
_PUBLIC_HOST = re.compile(r"(?:[a-z0-9-]+\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)\.?", re.IGNORECASE)
_IP_ADDRESS = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\.(?!$)|$)){4}")
_CARD_PATHS = (
    re.compile(r"/(?P<card>[^/]+)"),
    re.compile(r"/c/(?P<card>[^/]+)"),
    re.compile(r"/space/[^/]+/card/(?P<card>[^/]+)"),
    re.compile(r"/space/[^/]+/boards/card/(?P<card>[^/]+)"),
    re.compile(r"/space/[^/]+/boards/[^/]+/cards?/(?P<card>[^/]+)"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A Kaiten card by the origin it lives at (`https://acme.kaiten.ru`) and its number."""

    origin: str
    id: int

    @property
    def url(self) -> str:
        """The canonical address, `{origin}/{id}`."""
        return f"{self.origin}/{self.id}"


@dataclass(frozen=True, slots=True)
class CardKey:
    """A card named by its key (`ABC-12`): a card only once Kaiten answers to it."""

    origin: str
    key: str


CardsByKey = Mapping[CardKey, Card]
"""The cards whose keys Kaiten was asked for."""


def parse_card(text: str, origin: str) -> Card | CardKey:
    """A pasted card address, number or key of the Kaiten at `origin`. Raises BadInput.

    It may be pasted in brackets or quotes, as a Markdown link, with a full stop, or beside words.
    """
    typed, text = text, unwrap(text)
    try:
        return _address_among_words(text, origin) if " " in text else _parse(text, origin)
    except BadInput as error:
        if error.message_id in _ABOUT_THE_TEXT:  # say it of what was pasted
            raise BadInput(error.message_id, typed) from None
        raise


def _address_among_words(text: str, origin: str) -> Card | CardKey:
    """The one card of ours that an address among words names. Raises BadInput."""
    found = _addresses(text, origin)
    if len(found) != 1:
        raise BadInput(TaskMessageId.NOT_A_CARD, text)
    return found[0]


def _addresses(text: str, origin: str) -> list[Card | CardKey]:
    """The cards of ours whose addresses stand among words, each once."""
    found: list[Card | CardKey] = []
    for address in _ADDRESS.findall(text):
        try:
            found.append(_parse(unwrap(address), origin))
        except BadInput:
            continue
    return list(dict.fromkeys(found))


def _parse(text: str, origin: str) -> Card | CardKey:
    if number := _NUMBER.fullmatch(text):
        return Card(origin, int(number[1]))
    if _KEY.fullmatch(text):
        return CardKey(origin, text.upper())
    if "://" not in text and not _names_host(text, origin):
        raise BadInput(TaskMessageId.NOT_A_CARD, text)
    parts = split_address(text if "://" in text else f"{_scheme(origin)}://{text}", text)
    _require_same_host(parts, origin, text)
    return _card_at(parts.path, text, origin)


def _names_host(text: str, origin: str = "") -> bool:
    """Whether a text without a scheme is an address: of our host, or a host with a path.

    7.0/2 and v2.1/x are none, and without a path a text may be anything: 7.0, Node.js.
    """
    ours = origin.partition("://")[2]  # that of an own network may be a single word
    if ours and re.fullmatch(rf"{re.escape(ours)}(?:[:/?#].*)?", text, re.IGNORECASE):
        return True
    match = _HOST_AND_PATH.fullmatch(text)
    return match is not None and any(
        each.fullmatch(match["host"]) for each in (_PUBLIC_HOST, _IP_ADDRESS)
    )


def card_of_address(address: str, origin: str) -> Card | CardKey | None:
    """What a stored address names: a card or a card's key of the Kaiten at `origin`, else None.

    The scheme may be missing, the host may not: a number alone may be anything.
    """
    host = origin.partition("://")[2]
    is_address = "://" in address or address.casefold().startswith(f"{host}/")
    if not origin or not is_address:
        return None
    try:
        return parse_card(address, origin)
    except BadInput:
        return None


def is_address_of(card: Card, address: str, cards: CardsByKey) -> bool:
    """Whether the address is one of the forms that the card's address has.

    `cards` are those whose keys are known.
    """
    if address == card.url:
        return True
    named = card_of_address(address, card.origin)
    return (cards.get(named) if isinstance(named, CardKey) else named) == card


def looks_like_card(text: str, origin: str = "") -> bool:
    """Whether `text` is meant as a card's address, number or key rather than as words.

    Among words it is one where it is an address of a card at `origin`, and the only one.
    """
    text = unwrap(text)
    if " " in text:
        return bool(origin) and len(_addresses(text, origin)) == 1
    is_one_word = bool(_NUMBER.fullmatch(text) or _KEY.fullmatch(text))
    return is_one_word or is_address(text) or _names_host(text)


def is_address(text: str) -> bool:
    """Whether the whole text is an address with its scheme, and nothing beside it."""
    return bool(_WHOLE_ADDRESS.fullmatch(unwrap(text)))


def unwrap(text: str) -> str:
    """What was pasted, without what chats and documents put around an address."""
    text, before = _NUMBER_SIGN.sub("#", normalize_typed(text.replace("№", "#"))), None
    while text != before:
        before = text
        if link := _MARKDOWN_LINK.fullmatch(text) or _HTML_LINK.fullmatch(text):
            text = link["address"]
        text = text.strip().rstrip(".,;:!?。、").strip("*~_")
        openers = [begin for begin, close in _CLOSING.items() if text and text[-1] in close]
        if len(text) > 1 and openers and not any(each in text for each in openers):
            text = text[:-1]  # the end of a sentence in brackets, of which the rest was not copied
        if len(text) > 2 and text[-1] in _CLOSING.get(text[0], ""):
            text = text[1:-1].strip()
        if " " not in text and (link := _NAMED_LINK.fullmatch(text)):
            text = link["address"]
    return text


def _scheme(origin: str) -> str:
    return origin.partition("://")[0]


def _require_same_host(parts: SplitResult, origin: str, text: str) -> None:
    host = (parts.hostname or "").lower().removesuffix(".")
    if parts.scheme not in ("http", "https") or not host:
        raise BadInput(TaskMessageId.NOT_AN_ADDRESS, text)
    if host.isascii() and not is_host_name(host):
        raise BadInput(TaskMessageId.NOT_A_CARD, text)
    if not is_at_origin(parts, origin):
        raise BadInput(TaskMessageId.OTHER_KAITEN, shown_host(host), shown_origin(origin))


def is_at_origin(parts: SplitResult, origin: str) -> bool:
    """Whether an address in parts is one of the site at `origin`, by http or https.

    A host of another script is the same in its own letters and in punycode.
    """
    host, ours = (parts.hostname or "").removesuffix("."), urlsplit(origin)
    if not origin or ascii_host(host) != ascii_host(ours.hostname or ""):
        return False
    usual = USUAL_PORTS[ours.scheme]
    is_usual = parts.port in (None, USUAL_PORTS.get(parts.scheme))
    return (usual if is_usual else parts.port) == (ours.port or usual)


def _card_at(path: str, text: str, origin: str) -> Card | CardKey:
    path = path.rstrip("/")
    for pattern in _CARD_PATHS:
        if not (match := pattern.fullmatch(path)):
            continue
        if number := _NUMBER.fullmatch(match["card"]):
            return Card(origin, int(number[1]))
        if _KEY.fullmatch(match["card"]):
            return CardKey(origin, match["card"].upper())
    raise BadInput(_rejection(path), text)


def _rejection(path: str) -> TaskMessageId:
    if path.startswith("/document"):
        return TaskMessageId.DOCUMENT
    if re.fullmatch(r"/space/[^/]+", path):
        return TaskMessageId.SPACE
    if re.fullmatch(r"/space/[^/]+/boards?(/[^/]+)?", path):
        return TaskMessageId.BOARD
    return TaskMessageId.NAMES_NO_CARD


@dataclass(frozen=True, slots=True)
class CardInfo:
    """A Kaiten card as it is shown to be chosen; `minutes` is all time logged on it.

    `key` is "" for a card that has none, None where Kaiten does not say. The same goes for where
    it lies: a title is "" and a number or an instant None where Kaiten does not say.
    """

    card: Card
    title: str
    archived: bool
    board: str
    column: str
    minutes: int
    key: str | None = None
    space: str = ""
    space_id: int | None = None
    board_id: int | None = None
    updated: datetime | None = None

    @property
    def place(self) -> CardPlace:
        """Where rules look for the card."""
        return CardPlace(self.board_id, self.space_id)
