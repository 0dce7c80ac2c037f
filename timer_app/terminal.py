"""Sentences for people on a terminal. Nothing in them moves its cursor or colours it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

_CONTROL_ESCAPES = {
    code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"
}


def escape_control_characters(text: str) -> str:
    """A text for a terminal: the title of somebody's card must not move its cursor or colour it."""
    return text.translate(_CONTROL_ESCAPES)


def print_messages(messages: Iterable[str]) -> None:
    """Tell people something on stderr, without disturbing the document on stdout."""
    try:
        for message in messages:
            print(f"timer-app: {escape_control_characters(message)}", file=sys.stderr, flush=True)
    except OSError:  # nobody listens, and there is nowhere else to say it
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
