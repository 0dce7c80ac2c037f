"""How every document shows an entry. Light on purpose: `status` imports it."""

from __future__ import annotations


def entry_fields(
    entry_id: str, task: str, card: tuple[int, str] | None, comment: str, started_at: str
) -> dict[str, object]:
    """What every document says of an entry first; `card` is the id and the URL of its card."""
    card_id, card_url = card or (None, None)
    return {
        "id": entry_id,
        "task": task,
        "card_id": card_id,
        "card_url": card_url,
        "comment": comment,
        "started_at": started_at,
    }
