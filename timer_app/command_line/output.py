"""How a command's end reaches the terminal: the document on stdout, sentences on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from timer_app.command_line.render import text_of


def show(command: str, document: object, *, as_json: bool) -> None:
    """Print a command's document."""
    print(json.dumps(document, ensure_ascii=False) if as_json else text_of(command, document))


def say(messages: Iterable[str]) -> None:
    """Tell people something, without disturbing the document."""
    for message in messages:
        print(f"timer-app: {message}", file=sys.stderr)


def refuse(exit_code: int, message: str, *, as_json: bool) -> int:
    """Say why a command did nothing, on stdout too where a script reads it."""
    if as_json:
        print(json.dumps({"error": message, "exit": exit_code}, ensure_ascii=False))
    say([message])
    return exit_code
