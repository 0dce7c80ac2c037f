"""What TimeCrowd's refusals say, in its own words."""

from __future__ import annotations

import re

from timer_app.adapters.http.exchange import Response, refusal_messages

_HEADING = re.compile(r"error.*prohibited this .* from being saved", re.IGNORECASE)


def read_refusal(response: Response) -> tuple[str, ...]:
    """TimeCrowd's words in a refusal, line by line, without Rails' heading above them."""
    lines = refusal_messages(response)
    return tuple(line for line in lines if not _HEADING.search(line)) or lines
