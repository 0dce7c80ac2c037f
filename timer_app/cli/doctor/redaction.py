"""What a report may show of a text. Pure.

Nothing is looked for that must be hidden, since nobody can list that. A word is shown if its form
says that the program wrote it; the rest becomes `…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

HIDDEN = "…"

_LINE = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ \d+) ([\w.]+) (.*)")
"""As logs.py lays a line out: when, how bad, whose process; which module; what it says."""
_FRAME = re.compile(
    r'\s*File ".*[\\/]((?:timer_app|site-packages|python3[\d.]*)[\\/][\w./\\-]+\.py)",'
    r" line (\d+), in ([\w<>]+)"
)
_EXCEPTION = re.compile(
    r"((?:[a-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Group|Exit|Interrupt)?)\b:?"
)
_OWN = "timer_app."
_FINDING = re.compile(r"(delivery=\d+ (?:looked for|watched): [A-Z][A-Za-z]{1,24})")
"""The only lines with something of ours behind the colon: the name of a class."""
_PLAIN_WORD = re.compile(r"[A-Za-z]{1,16}(?:['-][a-z]{1,12})?[.,;:]?|->|\d{1,9}[.,]?")
_PAIR = re.compile(
    r"[a-z_]{1,24}=(?:-?\d{1,12}|[A-Za-z_]{1,24}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})"
)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|«[^»]*»|「[^」]*」|\([^)]*\)")


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
    words = _QUOTED.sub(HIDDEN, text).split()
    return " ".join(word if _PLAIN_WORD.fullmatch(word) else HIDDEN for word in words)


def _log_line(line: str) -> str | None:
    if match := _LINE.fullmatch(line):
        when, module, said = match.groups()
        return f"{when} {module} {_redact_message(said) if module.startswith(_OWN) else HIDDEN}"
    if match := _FRAME.match(line):
        where, number, function = match.groups()
        return f"    {where}:{number} {function}"
    match = _EXCEPTION.match(line)
    return f"    {match[1]}" if match and match[1] in _EXCEPTION_NAMES else None


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
