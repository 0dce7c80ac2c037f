"""The format of desktop files: changes leave the rest of a person's file as it is.

Source: the Desktop Entry Specification 1.5 (values, the Exec key). A library would read the values
and lose comments and order when it writes, and both files that are changed here are the user's.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence

from timer_app.adapters.folders import make_folder
from timer_app.adapters.replacing import remove_file, replace_file

MAIN = "Desktop Entry"
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_IN_QUOTES = re.compile(r'(["`$\\])')
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_@:.,/+-]+")
_SH_WRAPPER = ("sh", "-c", 'exec "$0" "$@"')
_PIECE = r""""(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\]"""
"""A word: in double quotes, in single ones (a shell's, which GLib accepts too), or bare."""
_WORD = re.compile(f"(?:{_PIECE})+", re.DOTALL)
_WORDS = re.compile(rf"(?:\s|{_PIECE})*", re.DOTALL)
_FIELD_CODE = re.compile(r"%[a-zA-Z]")


class KeyFile:
    """The lines of a file of groups and keys, as desktop files and mimeapps.list are."""

    def __init__(self, text: str = "") -> None:
        self._lines = text.removesuffix("\n").split("\n") if text else []

    def __str__(self) -> str:
        """The file's text."""
        return "".join(f"{line}\n" for line in self._lines)

    def get(self, group: str, key: str) -> str | None:
        """A value, unescaped; None if it is not there."""
        for number in self._group_lines(group):
            name, equals, value = self._lines[number].partition("=")
            if equals and name.strip() == key:
                return _unescape(value.strip())
        return None

    def set(self, group: str, key: str, value: str) -> None:
        """Give a key a value, in its place or at the end of its group."""
        line = f"{key}={_escape(value)}"
        within = self._group_lines(group)
        for number in within:
            if self._is_key(number, key):
                self._lines[number] = line
                return
        if within is _NO_LINES:
            self._lines += [*([""] if self._lines else []), f"[{group}]", line]
            return
        end = within.stop
        while end > within.start and not self._lines[end - 1].strip():
            end -= 1
        self._lines.insert(end, line)

    def remove(self, group: str, key: str) -> None:
        """Take a key out, if it is there."""
        for number in self._group_lines(group):
            if self._is_key(number, key):
                del self._lines[number]
                return

    def _is_key(self, number: int, key: str) -> bool:
        name, equals, _ = self._lines[number].partition("=")
        return bool(equals) and name.strip() == key

    def _group_lines(self, group: str) -> range:
        """The numbers of the group's lines after its header."""
        for number, line in enumerate(self._lines):
            if line.strip() == f"[{group}]":
                end = number + 1
                while end < len(self._lines) and not self._lines[end].startswith("["):
                    end += 1
                return range(number + 1, end)
        return _NO_LINES


_NO_LINES = range(0)


def exec_line(command: Sequence[str], *field_codes: str) -> str:
    """The value of Exec (before escaping) that starts `command`; `field_codes` such as %u.

    A program's path with % or = is started through sh: GLib looks for the path before it reads
    %% as %, and the specification forbids = there.
    """
    program = command[0]
    if "%" in program or "=" in program:
        command = (*_SH_WRAPPER, *command)
    return " ".join([*map(_quote, command), *field_codes])


def exec_words(value: str) -> tuple[str, ...]:
    """The words that an Exec value starts, without field codes; () if it cannot be read."""
    if not _WORDS.fullmatch(value):
        return ()
    words = [_unquote(word) for word in _WORD.findall(value)]
    if tuple(words[: len(_SH_WRAPPER)]) == _SH_WRAPPER:
        words = words[len(_SH_WRAPPER) :]
    return tuple(word.replace("%%", "%") for word in words if not _FIELD_CODE.fullmatch(word))


def read(path: str) -> KeyFile | None:
    """The file at `path`, None if there is none. Raises OSError."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return KeyFile(file.read())
    except FileNotFoundError:
        return None


def write(path: str, content: str | bytes) -> None:
    """Put a file at `path` at once as a whole, its folder too. Raises OSError."""
    folder = os.path.dirname(path)
    make_folder(folder)
    # Where the file is a link into somebody's collection of settings, that one is written.
    path = os.path.realpath(path)
    data = content.encode(errors="surrogateescape") if isinstance(content, str) else content
    handle, draft = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".timer-app-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        replace_file(draft, path)
    except BaseException:
        remove_file(draft)
        raise


def remove(path: str) -> None:
    """Remove a file, if it is there. Raises OSError."""
    remove_file(path)


def _quote(word: str) -> str:
    word = word.replace("%", "%%")
    if _PLAIN_WORD.fullmatch(word.replace("%", "")):
        return word
    return '"' + _IN_QUOTES.sub(r"\\\1", word) + '"'


def _unquote(word: str) -> str:
    pieces = re.findall(_PIECE, word, re.DOTALL)
    return "".join(
        piece[1:-1] if piece[0] == "'"
        else re.sub(r"\\(.)", r"\1", piece[1:-1] if piece[0] == '"' else piece, flags=re.DOTALL)
        for piece in pieces
    )  # fmt: skip


def _escape(value: str) -> str:
    value = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    value = value.replace("\r", "\\r")
    return f"\\s{value[1:]}" if value.startswith(" ") else value


def _unescape(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), value, flags=re.DOTALL)
