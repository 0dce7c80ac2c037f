"""The status as one line, for panels and scripts: `--format '{task} {elapsed}'`."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
FIELDS = (
    "task", "card", "elapsed", "elapsed_seconds", "today", "state", "waiting", "problems",
)  # fmt: skip


class BadFormat(Exception):
    """The text of `--format` cannot be filled in. The text says what is wrong, and where."""


def check_format(text: str) -> str:
    """The text of `--format`, if it can be filled in. Raises BadFormat."""
    for part in _PART.finditer(text):
        name = part[1]
        if name is None and part[0] in "{}":
            raise BadFormat(
                f"{part[0]!r} at character {part.start() + 1} has no other brace; a brace itself"
                f" is written {part[0] * 2}"
            )
        if name is not None and name not in FIELDS:
            known = ", ".join(f"{{{field}}}" for field in FIELDS)
            raise BadFormat(
                f"there is no {{{name}}} (character {part.start() + 1}); known: {known}"
            )
    return text


def format_status(text: str, document: Mapping[str, Any]) -> str:
    """The document of `status --json` as the line that `text` asks for."""
    entry = document["entry"] or {}
    deliveries = document["deliveries"]
    values = {
        "task": entry.get("task") or "",
        "card": entry.get("card_id") or "",
        "elapsed": _hours_and_minutes(document["elapsed_seconds"]),
        "elapsed_seconds": document["elapsed_seconds"],
        "today": _hours_and_minutes(document["today_seconds"]),
        "state": document["state"],
        "waiting": deliveries["waiting"],
        "problems": deliveries["blocked"],
    }

    def fill(part: re.Match[str]) -> str:
        return part[0][0] if part[1] is None else str(values[part[1]])

    return " ".join(_PART.sub(fill, text).splitlines())


def plain_line(document: Mapping[str, Any]) -> str:
    """The line without a format."""
    if document["entry"]:
        return format_status("{task}  {elapsed}  Today {today}", document)
    return format_status("Nothing is running.  Today {today}", document)


def _hours_and_minutes(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"
