"""How every document shows an entry. Light on purpose: `status` imports it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def entry_fields(
    entry_id: str,
    task: str,
    card: tuple[int, str] | None,
    comment: str,
    started_at: str,
    address: str = "",
) -> dict[str, object]:
    """What every document says of an entry first; `card` is the id and the URL of its card.

    The address of a task is there only where it has one that is not its card's.
    """
    card_id, card_url = card or (None, None)
    fields: dict[str, object] = {
        "id": entry_id,
        "task": task,
        "card_id": card_id,
        "card_url": card_url,
        "comment": comment,
        "started_at": started_at,
    }
    return fields | {"address": address} if address else fields


def without_running_seconds(status: Mapping[str, Any]) -> Mapping[str, Any]:
    """A status without what changes each second: two equal ones show no change."""
    finished = status["today_seconds"] - status["elapsed_seconds"]
    return {**status, "elapsed_seconds": 0, "today_seconds": finished}
