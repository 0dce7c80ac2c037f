"""What a report may show of a text. Pure.

Secrets cannot be listed, so nothing is searched for them. A word is shown if its form says that the
program wrote it; the rest becomes `…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

HIDDEN = "…"

_LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ \d+) ([\w.]+) (.*)")
"""As logs.py lays a line out: when, how bad, whose process; which module; what it says."""
_FRAME_BEGINS = re.compile(r'\s*File "')
_FRAME_ENDS = re.compile(r"(\d+), in ([\w<>]+)")
_CODE_FOLDER = re.compile(r"timer_app|site-packages|python3[\d.]*")
_CODE_PATH = re.compile(r"[\w./\\-]+")
_EXCEPTION = re.compile(
    r"((?:[a-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Group|Exit|Interrupt)?)\b:?"
)
_OWN = "timer_app."
_FINDING = re.compile(r"(delivery=\d+ (?:matching|late check|log lookup): [A-Z][A-Za-z]{1,24})")
"""The only lines with something of ours behind the colon: the name of a class."""
_PLAIN_WORD = re.compile(r"[A-Za-z]{1,16}(?:['-][a-z]{1,12})?[.,;:]?|->|\d{1,9}[.,]?")
_PAIR = re.compile(
    r"[a-z_]{1,24}=(?:-?\d{1,12}|[A-Za-z_]{1,24}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})"
)
_QUOTES = {"'": "'", '"': '"', "“": "”", "«": "»", "「": "」", "(": ")"}
_QUOTE_BEGINS = re.compile("['\"“«「(]")


def redact_log(lines: Iterable[str]) -> Iterator[str]:
    """The log without what is the user's: titles, comments, addresses, paths, what services said.

    A line of another program's making (a traceback, a service's many-lined answer) is left out but
    for the places of our code and the kind of exception.
    """
    hidden = 0
    for line in lines:
        shown = _log_line(line.rstrip("\n"))
        if shown is None:
            hidden += 1
            continue
        if hidden:
            yield f"    {HIDDEN} {hidden} lines left out"
            hidden = 0
        yield shown
    if hidden:
        yield f"    {HIDDEN} {hidden} lines left out"


def redact_sentence(text: str) -> str:
    """A sentence of the program, without what is quoted, addresses, paths, and odd words."""
    words = _without_quoted(text).split()
    return " ".join(word if _PLAIN_WORD.fullmatch(word) else HIDDEN for word in words)


def _without_quoted(text: str) -> str:
    """Each quoted part as HIDDEN. Each kind of end is sought once where there is none: linear."""
    shown, at, unclosed = [], 0, set()
    begins = _QUOTE_BEGINS.search(text)
    while begins is not None:
        kind, after = begins[0], begins.end()
        ends = -1 if kind in unclosed else text.find(_QUOTES[kind], after)
        if ends < 0:
            unclosed.add(kind)
        else:
            shown += [text[at : begins.start()], HIDDEN]
            at = after = ends + 1
        begins = _QUOTE_BEGINS.search(text, after)
    return "".join(shown) + text[at:]


def _log_line(line: str) -> str | None:
    if match := _LINE.fullmatch(line):
        when, module, message = match.groups()
        return f"{when} {module} {_redact_message(message) if module.startswith(_OWN) else HIDDEN}"
    if frame := _frame(line):
        return frame
    match = _EXCEPTION.match(line)
    return f"    {match[1]}" if match and match[1] in _EXCEPTION_NAMES else None


def _frame(line: str) -> str | None:
    """A place of a traceback in our code or a library's: without what the path says before that."""
    begins = _FRAME_BEGINS.match(line)
    path, found, rest = line.rpartition('", line ')
    place = _FRAME_ENDS.match(rest)
    if begins is None or not found or place is None:
        return None
    parts = re.split(r"[\\/]", path[begins.end() :])
    codes = [n for n, part in enumerate(parts) if n and _CODE_FOLDER.fullmatch(part)]
    where = path[-len("/".join(parts[codes[-1] :])) :] if codes else ""
    if not where.endswith(".py") or not _CODE_PATH.fullmatch(where):
        return None
    return f"    {where}:{place[1]} {place[2]}"


def _redact_message(message: str) -> str:
    """What the program says before the first colon is its own: a test holds it to that."""
    if _FINDING.fullmatch(message):
        return message
    own, colon, _ = message.partition(": ")
    words = " ".join(word if _is_program_word(word) else HIDDEN for word in own.split())
    return f"{words}: {HIDDEN}" if colon else words


def _is_program_word(word: str) -> bool:
    return bool(_PLAIN_WORD.fullmatch(word) or _PAIR.fullmatch(word))


_EXCEPTION_NAMES = frozenset(
    ["Traceback", "ExceptionGroup", "BaseExceptionGroup"]
    + [name for name, kind in vars(__import__("builtins")).items() if isinstance(kind, type)]
)
