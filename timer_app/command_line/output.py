"""How a command's end reaches the terminal: the document on stdout, sentences on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable

from timer_app.command_line.parser import WrongUsage
from timer_app.command_line.render import text_of

_WRONG_USAGE = 2
_NOT_TOLD = 1
_TAKES_CONTROL = {
    code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"
}


def show(command: str, document: object, *, as_json: bool) -> int:
    """Print a command's document; returns 0, or 1 if it could not be written."""
    return put(as_json_text(document) if as_json else harmless(text_of(command, document)))


def harmless(text: str) -> str:
    """A text for a terminal: the title of somebody's card must not move its cursor or colour it."""
    return text.translate(_TAKES_CONTROL)


def as_json_text(document: object) -> str:
    """A document as one line of JSON, in letters that stdout can hold."""
    encoding = sys.stdout.encoding.lower().replace("-", "")
    return json.dumps(document, ensure_ascii=encoding != "utf8")


def put(text: str) -> int:
    """Print on stdout; returns 0, or 1 if it could not be written.

    A reader that has gone (`timer-app log | head`) has had enough: that is no failure.
    """
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _discard_stdout()
    except OSError as error:
        _discard_stdout()
        say([f"The answer could not be written: {error.strerror}."])
        return _NOT_TOLD
    return 0


def say(messages: Iterable[str]) -> None:
    """Tell people something, without disturbing the document."""
    try:
        for message in messages:
            print(f"timer-app: {harmless(message)}", file=sys.stderr, flush=True)
    except OSError:  # nobody listens, and there is nowhere else to say it
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def refuse(exit_code: int, message: str, *, as_json: bool) -> int:
    """Say why a command did nothing, on stdout too where a script reads it."""
    if as_json:
        put(as_json_text({"error": message, "exit": int(exit_code)}))
    say([message])
    return exit_code


def misused(wrong: WrongUsage, *, as_json: bool) -> int:
    """Say what was wrong with the words, and which ones there are."""
    refuse(_WRONG_USAGE, str(wrong), as_json=as_json)
    say([wrong.usage])
    return _WRONG_USAGE


def _discard_stdout() -> None:
    """Let what is still buffered go nowhere: Python would complain of it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
