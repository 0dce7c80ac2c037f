"""What a person changed, as rows. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from timer_app.adapters.entries.journal.message_json import (
    DamagedRow,
    Fields,
    field,
    instant_of,
    json_object,
    of_route,
    optional_field,
    optional_instant_of,
    optional_to_unix,
    route_of,
    task_fields,
    task_of,
    unix,
    word_of,
)
from timer_app.domain.entries.edits import EditKind, UndoRecord
from timer_app.domain.entries.entry import Entry, Source


def undo_record_to_row(undo_record: UndoRecord) -> tuple[str, str, str]:
    """entry_id, kind and what was before, as JSON."""
    entry = undo_record.before
    before: dict[str, object] = {
        **task_fields(entry.task),
        "comment": entry.comment,
        "source": entry.source.value,
        "started_at": unix(entry.started_at),
        "stopped_at": optional_to_unix(undo_record.stopped_at),
        "told": undo_record.was_enqueued,
        "made": undo_record.second_half_id,
        **of_route(entry.route),
    }
    if undo_record.absence_id is not None:
        before |= {"question": undo_record.absence_id, "pieces": undo_record.piece_ids}
    return entry.id, undo_record.kind.value, json.dumps(before, ensure_ascii=False)


def undo_record_from_row(row: Sequence[object]) -> UndoRecord:
    """An amendment: id, entry_id, kind, before. Raises DamagedRow."""
    number, entry_id, act, text = row
    before = json_object(str(text))
    source = word_of(Source, before.get("source"))
    begun, comment = instant_of(before, "started_at"), field(before, "comment", str)
    entry = Entry(str(entry_id), task_of(before), begun, source, comment, route_of(before))
    return UndoRecord(
        word_of(EditKind, act),
        entry,
        optional_instant_of(before, "stopped_at"),
        field(before, "told", bool),
        optional_field(before, "made", str),
        int(str(number)),
        _pieces(before),
        None if before.get("question") is None else field(before, "question", int),
    )


def _pieces(before: Fields) -> tuple[str, ...] | None:
    if before.get("pieces") is None:
        return None
    pieces = field(before, "pieces", list)
    if not all(isinstance(each, str) for each in pieces):
        raise DamagedRow("pieces")
    return tuple(pieces)
