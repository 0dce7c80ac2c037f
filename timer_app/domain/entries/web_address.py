"""Web addresses that are worked on: what was typed -> the address that names a task.

Nothing is ever fetched from such an address. Source of the rooms: the third and fourth example of
TimeCrowd's page, whose tasks are messages of Chatwork and of KDDI's edition of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from timer_app.domain.entries.card import is_at_origin, unwrap
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import AddressMessageId, TaskMessageId
from timer_app.domain.setup.addresses import ascii_host, checked_host, origin_of, split_address
from timer_app.domain.setup.typed_text import strip_invisible

MAX_ADDRESS_LENGTH = 2048
_HTTP = re.compile(r"https?://", re.IGNORECASE)
# Addresses without a host, which browsers open; a title has a blank after its colon.
_HOSTLESS = re.compile(
    r"(?:javascript|vbscript|view-source|about|blob):\S.*|mailto:\S+@\S+|data:[^\s,]*,.*",
    re.IGNORECASE,
)
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_SENTENCE_END = ".,;。、"
_ROOM_ADDRESS = re.compile(r"https?://(www\.chatwork\.com|kcw\.kddi\.ne\.jp)/?(#!rid.*)")
_ESCAPE = re.compile("%[0-9a-fA-F]{2}")
_ROOM_HOSTS = ("https://www.chatwork.com/#!", "https://kcw.kddi.ne.jp/#!")
_ROOM = re.compile(r"rid([1-9][0-9]{0,17})(?:-[0-9]{1,30})?")


@dataclass(frozen=True, slots=True)
class ChatRoom:
    """A chat room: TimeCrowd keeps the tasks of its messages below a category with its address."""

    address: str
    number: str

    @property
    def default_name(self) -> str:
        """The name of the room until a person gives it another."""
        return f"Chatwork {self.number}"


def is_http_address(text: str) -> bool:
    """Whether the text is meant as an address of the web: with its scheme, and nothing beside."""
    bare = _bare(text)
    return bool(_HTTP.match(bare)) and " " not in bare


def is_foreign_address(text: str, origin: str) -> bool:
    """Whether the text is meant as an address of the web, and not of the site at `origin`.

    So is what browsers would run or show, `javascript:` for example: no title is meant by it.
    """
    if not is_http_address(text):
        return bool(_HOSTLESS.fullmatch(_bare(text)))
    try:
        return not is_at_origin(split_address(_bare(text), text), origin)
    except BadInput:
        return True


def parse_web_address(text: str) -> str:
    """The address that names a task: as typed, without its fragment unless that begins with `#!`.

    Raises BadInput for what is no http(s) address, holds a login, is longer than
    MAX_ADDRESS_LENGTH, or holds characters that look like others or like nothing.
    """
    if len(text) > MAX_ADDRESS_LENGTH:
        values = str(len(text)), str(MAX_ADDRESS_LENGTH)
        raise BadInput(TaskMessageId.ADDRESS_TOO_LONG, *values)
    _check_letters(text)
    bare = _bare(text)
    if not _HTTP.match(bare) or " " in bare:
        raise BadInput(AddressMessageId.NOT_ONE, text)
    parts = split_address(bare, text)
    host = checked_host(parts, text)
    _, _, rest = bare.partition("://")
    rest, _, fragment = rest[len(parts.netloc) :].partition("#")
    kept = f"#{fragment}" if fragment.startswith("!") else ""
    address = f"{origin_of(parts, host)}{rest}{kept}"
    address = _ROOM_ADDRESS.sub(r"https://\1/\2", address)  # as the chats write it themselves
    _check_room(address, text)
    return address


def stored_address(text: str) -> str:
    """The web address that a task's url or key in TimeCrowd is, "" for any other text."""
    if not is_http_address(text):
        return ""
    try:
        return parse_web_address(text)
    except BadInput:
        return ""


def same_address(address: str, other: str) -> bool:
    """Whether a stored address is that of a task, `other`, however it is written.

    Browsers hand over letters of other scripts as they are, or in punycode and escapes.
    """
    if address == other:
        return True
    try:
        return _in_ascii(parse_web_address(address)) == _in_ascii(other)
    except BadInput:
        return False


def _in_ascii(address: str) -> str:
    """A sound address with the host in punycode, and other scripts' letters as escapes."""
    parts = urlsplit(address)
    host, (before, _, rest) = parts.hostname or "", address.partition(parts.netloc)
    netloc = parts.netloc.replace(host, ascii_host(host), 1)
    escaped = quote(rest, safe=_ASCII)
    return f"{before}{netloc}{_ESCAPE.sub(lambda escape: escape[0].upper(), escaped)}"


def room_of(address: str) -> ChatRoom | None:
    """The room of a message's address, None for any other address."""
    for host in _ROOM_HOSTS:
        if address.startswith(host) and (named := _ROOM.fullmatch(address[len(host) :])):
            return ChatRoom(f"{host}rid{named[1]}", named[1])
    return None


def _check_room(address: str, typed: str) -> None:
    names_room = any(address.startswith(f"{host}rid") for host in _ROOM_HOSTS)
    if names_room and room_of(address) is None:
        raise BadInput(TaskMessageId.NOT_A_ROOM, typed)


def _check_letters(text: str) -> None:
    text = text.strip(" ")
    if not text.isprintable() or strip_invisible(text) != text:
        raise BadInput(TaskMessageId.ADDRESS_HIDES, text)
    other = next((each for each in text if each.isdigit() and not each.isascii()), None)
    if other is not None:
        raise BadInput(TaskMessageId.ADDRESS_DIGITS, text, other)


def _bare(text: str) -> str:
    """The address as typed, or out of what chats and documents put around it."""
    text = text.strip(" ")
    return text.rstrip(_SENTENCE_END) if _HTTP.match(text) else unwrap(text)
