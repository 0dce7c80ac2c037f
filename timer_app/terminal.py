"""Sentences for people on a terminal. Nothing in them moves its cursor or colours it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

_BIDI_CONTROLS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070))
"""Unicode's Bidi_Control, and the deprecated ones behind it: they show text in another order."""
_LINE_SEPARATORS = (0x2028, 0x2029)
_CONTROLS = (*range(32), *range(127, 160), *_BIDI_CONTROLS, *_LINE_SEPARATORS)
_ESCAPES = {
    chr(code): f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
    for code in _CONTROLS
    if chr(code) not in "\t\n"
}
_JSON_ESCAPES = {chr(code): f"\\u{code:04x}" for code in _CONTROLS if code >= 127}


def escape_control_characters(text: str) -> str:
    """A text for a terminal: nothing in it moves its cursor, colours it or turns its order."""
    return _replaced(text, _ESCAPES)


def escape_json_controls(text: str) -> str:
    """The same JSON, without what a terminal acts on; JSON itself escapes only what is below 32.

    Such characters stand within strings alone, where an escape means the same.
    """
    return _replaced(text, _JSON_ESCAPES)


def _replaced(text: str, escapes: dict[str, str]) -> str:
    """Each of a few rare characters is looked for: str.translate looks at each letter."""
    for character, escape in escapes.items():
        if character in text:
            text = text.replace(character, escape)
    return text


def print_messages(messages: Iterable[str]) -> None:
    """Tell people something on stderr, without disturbing the document on stdout."""
    try:
        for message in messages:
            print(f"timer-app: {escape_control_characters(message)}", file=sys.stderr, flush=True)
    except OSError:  # nobody listens, and there is nowhere else to say it
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
