"""Kaiten cards: a pasted address -> a card, or the reason why not.

Source of the accepted and refused forms: the section "Card addresses" of Kaiten's API notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from timer_app.domain.errors import BadInput
from timer_app.domain.messages import TaskMessageId
from timer_app.domain.setup.addresses import origin_of, split_address

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*-[0-9]+")
_NUMBER = re.compile(r"#?([1-9][0-9]{0,17})")
_HOST_AND_REST = re.compile(r"[A-Za-z0-9.\-]+\.[A-Za-z0-9\-]+(?::[0-9]+)?(?:[/?#].*)?")
_HOST_AND_PATH = re.compile(r"[A-Za-z0-9.\-]+\.[A-Za-z0-9\-]+(?::[0-9]+)?/.*")
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


def parse_card(text: str, origin: str) -> Card | CardKey:
    """A pasted card address, number or key of the Kaiten at `origin`. Raises BadInput."""
    text = text.strip()
    if number := _NUMBER.fullmatch(text):
        return Card(origin, int(number[1]))
    if _KEY.fullmatch(text):
        return CardKey(origin, text.upper())
    host = origin.partition("://")[2]  # that of an own network may be a single word
    address = text.casefold().startswith(f"{host}/") or _HOST_AND_REST.fullmatch(text)
    if "://" not in text and not address:
        raise BadInput(TaskMessageId.NOT_A_CARD, text)
    parts = split_address(text if "://" in text else f"{_scheme(origin)}://{text}", text)
    _require_same_host(parts, origin, text)
    return _card_at(parts.path, text, origin)


def looks_like_card(text: str) -> bool:
    """Whether `text` is meant as a card's address, number or key rather than as words."""
    text = text.strip()
    known = (_NUMBER, _KEY, _HOST_AND_PATH)  # without a path it may be words: Node.js
    return "://" in text or any(pattern.fullmatch(text) for pattern in known)


def _scheme(origin: str) -> str:
    return origin.partition("://")[0]


def _require_same_host(parts: SplitResult, origin: str, text: str) -> None:
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("http", "https") or not host:
        raise BadInput(TaskMessageId.NOT_AN_ADDRESS, text)
    ours = urlsplit(origin)
    theirs = SplitResult(ours.scheme, parts.netloc.rpartition("@")[2], "", "", "")
    if origin_of(theirs, host) != origin:
        raise BadInput(TaskMessageId.OTHER_KAITEN, host, origin)


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
    """A Kaiten card as it is shown to be chosen; `minutes` is all time logged on it."""

    card: Card
    title: str
    archived: bool
    board: str
    column: str
    minutes: int
