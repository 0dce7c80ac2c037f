"""What Kaiten's refusals say: its own words, and what a status without words means.

Source: the official page "Add time log" (tests/seeds) lists the statuses, most without a text.
"""

from __future__ import annotations

from timer_app.adapters.http.exchange import Response, refusal_messages
from timer_app.domain.messages import RefusalMessageId

_STATUS_MESSAGES = {
    402: RefusalMessageId.NOT_IN_PLAN.value,
    403: RefusalMessageId.NO_ACCESS.value,
    404: RefusalMessageId.NOT_THERE.value,
}


def read_refusal(response: Response) -> tuple[str, ...]:
    """Kaiten's words in a refusal and, since it often has none, what the status means."""
    plain = _STATUS_MESSAGES.get(response.status)
    own = refusal_messages(response)
    return own if plain is None else (*own, plain)
