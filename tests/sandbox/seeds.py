"""The recorded examples of the official pages, parsed from tests/seeds."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"


@dataclass(frozen=True)
class Example:
    """One recorded request to TimeCrowd, its status and its answer."""

    request: dict[str, dict[str, str]]
    status: int
    answer: dict[str, object]


def timecrowd_examples() -> list[Example]:
    """The recorded POST /api/v1/time_entries, in the order of the page."""
    text = (SEEDS / "timecrowd-create-time-entry.txt").read_text(encoding="utf-8")
    decoder = json.JSONDecoder()
    found = []
    for start in re.finditer(r"POST /api/v1/time_entries (?=\{)", text):
        request, end = decoder.raw_decode(text, start.end())
        status = re.compile(r" (\d{3}) ").match(text, end)
        assert status is not None
        answer, _ = decoder.raw_decode(text, status.end())
        found.append(Example(request, int(status[1]), answer))
    return found


def kaiten_attributes() -> tuple[set[str], set[str]]:
    """The request's and the 200 answer's attributes, as Kaiten's page names them."""
    text = (SEEDS / "kaiten-add-time-log.txt").read_text(encoding="utf-8")
    asked = text[text.index("Attributes\nschema") : text.index("Responses\n")]
    answered = text[text.index("Response Attributes") : text.index("\n400\n")]
    name = re.compile(r"^([a-z_]+)\n(?:required\n)?(?=\n?(?:integer|string|null))", re.MULTILINE)
    return set(name.findall(asked)), set(name.findall(answered))
