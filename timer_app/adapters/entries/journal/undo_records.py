"""What a person changed, as rows. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from timer_app.adapters.entries.journal.message_json import (
    instant,
    optional_from_unix,
    optional_to_unix,
    task_from_columns,
    unix,
)
from timer_app.domain.entries.edits import EditKind, UndoRecord
from timer_app.domain.entries.entry import Entry, Source


def undo_record_to_row(undo_record: UndoRecord) -> tuple[str, str, str]:
    """entry_id, kind and what was before, as JSON."""
    entry, card = undo_record.before, undo_record.before.task.card
    before: dict[str, object] = {
        "title": entry.task.title,
        "card_origin": card.origin if card else None,
        "card_id": card.id if card else None,
        "comment": entry.comment,
        "source": entry.source.value,
        "started_at": unix(entry.started_at),
        "stopped_at": optional_to_unix(undo_record.stopped_at),
        "told": undo_record.was_enqueued,
        "made": undo_record.second_half_id,
    }
    if undo_record.absence_id is not None:
        before |= {"question": undo_record.absence_id, "pieces": undo_record.piece_ids}
    return entry.id, undo_record.kind.value, json.dumps(before, ensure_ascii=False)


def undo_record_from_row(row: Sequence[object]) -> UndoRecord:
    """An amendment: id, entry_id, kind, before."""
    number, entry_id, act, text = row
    before = json.loads(str(text))
    task = task_from_columns(before["title"], before["card_origin"], before["card_id"])
    source = Source(before["source"])
    entry = Entry(str(entry_id), task, instant(before["started_at"]), source, before["comment"])
    return UndoRecord(
        EditKind(act),
        entry,
        optional_from_unix(before["stopped_at"]),
        before["told"],
        before["made"],
        int(str(number)),
        None if before.get("pieces") is None else tuple(before["pieces"]),
        before.get("question"),
    )
