"""How a command's end reaches the terminal: the document on stdout, sentences on stderr."""

from __future__ import annotations

import json
import os
import sys

from timer_app.cli.render import render
from timer_app.terminal import (
    escape_control_characters,
    escape_json_controls,
    print_messages,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_WRONG_USAGE = 2
_WRITE_FAILED = 1


def print_document(command: str, document: object, *, as_json: bool) -> int:
    """Print a command's document; returns 0, or 1 if it could not be written."""
    return print_text(
        as_json_text(document) if as_json else escape_control_characters(render(command, document))
    )


def as_json_text(document: object) -> str:
    """A document as one line of JSON, in letters that stdout can hold."""
    encoding = sys.stdout.encoding.lower().replace("-", "")
    return escape_json_controls(json.dumps(document, ensure_ascii=encoding != "utf8"))


def print_file(text: str) -> int:
    """Print what is a file for other programs: in UTF-8, whatever the terminal's encoding is.

    Returns 0, or 1 if it could not be written. A terminal gets its control characters escaped.
    """
    if sys.stdout.isatty():
        lines = escape_control_characters(text.replace("\r\n", "\n"))
        return print_text(lines.removesuffix("\n"))

    def write() -> None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()

    return _write_to_stdout(write)


def print_text(text: str) -> int:
    """Print on stdout; returns 0, or 1 if it could not be written.

    A reader that has gone (`timer-app log | head`) has had enough: that is no failure.
    """
    return _write_to_stdout(lambda: print(text, flush=True))


def try_print_line(text: str) -> bool:
    """Print one line on stdout; returns whether somebody still reads there."""
    try:
        print(text, flush=True)
    except OSError:
        _discard_stdout()
        return False
    return True


def _write_to_stdout(write: Callable[[], None]) -> int:
    try:
        write()
    except BrokenPipeError:
        _discard_stdout()
    except OSError as error:
        _discard_stdout()
        from timer_app.domain.file_problems import file_problem  # and with it all messages

        print_messages([f"The answer could not be written: {file_problem(error)}."])
        return _WRITE_FAILED
    return 0


def print_error(exit_code: int, message: str, *, as_json: bool) -> int:
    """Say why a command did nothing, on stdout too where a script reads it."""
    if as_json:
        print_text(as_json_text({"error": message, "exit": int(exit_code)}))
    print_messages([message])
    return exit_code


def print_usage_error(message: str, usage: str, *, as_json: bool) -> int:
    """Say what was wrong with the words, and which ones there are."""
    print_error(_WRONG_USAGE, message, as_json=as_json)
    print_messages([usage])
    return _WRONG_USAGE


def _discard_stdout() -> None:
    """Discard what is still buffered: Python would complain of it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
