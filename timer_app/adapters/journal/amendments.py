"""What a person changed, as rows. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from timer_app.adapters.journal.messages import instant, maybe_instant, maybe_unix, task_of, unix
from timer_app.domain.amending import Act, Amendment
from timer_app.domain.entry import Entry, Source


def to_row(amendment: Amendment) -> tuple[str, str, str]:
    """entry_id, kind and what was before, as JSON."""
    entry, card = amendment.before, amendment.before.task.card
    before: dict[str, object] = {
        "title": entry.task.title,
        "card_origin": card.origin if card else None,
        "card_id": card.id if card else None,
        "comment": entry.comment,
        "source": entry.source.value,
        "started_at": unix(entry.started_at),
        "stopped_at": maybe_unix(amendment.stopped_at),
        "told": amendment.told,
        "made": amendment.made,
    }
    if amendment.question is not None:
        before |= {"question": amendment.question, "pieces": amendment.pieces}
    return entry.id, amendment.act.value, json.dumps(before, ensure_ascii=False)


def from_row(row: Sequence[object]) -> Amendment:
    """An amendment: id, entry_id, kind, before."""
    number, entry_id, act, text = row
    before = json.loads(str(text))
    task = task_of(before["title"], before["card_origin"], before["card_id"])
    source = Source(before["source"])
    entry = Entry(str(entry_id), task, instant(before["started_at"]), source, before["comment"])
    return Amendment(
        Act(act),
        entry,
        maybe_instant(before["stopped_at"]),
        before["told"],
        before["made"],
        int(str(number)),
        None if before.get("pieces") is None else tuple(before["pieces"]),
        before.get("question"),
    )
