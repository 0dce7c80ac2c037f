"""Messages as the JSON of their rows, and back. Pure.

Instants are unix seconds, dates ISO 8601. A message holds everything it needs: nothing is read from
an entry that may have changed since.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from timer_app.domain.delivery.outbox import (
    CorrectTimes,
    DeleteEntry,
    DeleteLog,
    KaitenMessage,
    LogTime,
    Message,
    MessageKind,
    RecordEntry,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    StartEntry,
    StopEntry,
    TimeCrowdMessage,
    UpdateLog,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.task import Task

Fields = dict[str, Any]


def message_to_json(message: Message) -> str:
    """The message's JSON."""
    return json.dumps(_fields(message), ensure_ascii=False, separators=(",", ":"))


def message_from_json(kind: str, text: str) -> Message:
    """The message of a row. Raises ValueError or KeyError for a row no version wrote."""
    fields = json.loads(text)
    match MessageKind(kind):
        case MessageKind.START:
            return StartEntry(_task(fields), instant(fields["started_at"]))
        case MessageKind.STOP:
            return StopEntry(instant(fields["stopped_at"]))
        case MessageKind.ENTRY:
            times = instant(fields["started_at"]), instant(fields["stopped_at"])
            return RecordEntry(_task(fields), *times)
        case MessageKind.TIMES:
            return _change_of_log(fields) if "about" in fields else _correction(fields)
        case MessageKind.LOG:
            card, for_date = _on_card(fields)
            return LogTime(card, for_date, *_log_values(fields))
        case MessageKind.DELETE:
            return _removal(fields)


def _correction(fields: Fields) -> CorrectTimes:
    times = instant(fields["started_at"]), optional_from_unix(fields["stopped_at"])
    return CorrectTimes(*times, _task(fields) if "title" in fields else None)


def _change_of_log(fields: Fields) -> UpdateLog:
    card, for_date = _on_card(fields)
    return UpdateLog(fields["about"], card, for_date, *_log_values(fields))


def _log_values(fields: Fields) -> tuple[int, str, str]:
    """Minutes, comment and reference; an older version wrote no reference."""
    return fields["minutes"], fields["comment"], fields.get("reference", "")


def _removal(fields: Fields) -> DeleteEntry | DeleteLog | RemoveDuplicateEntry | RemoveDuplicateLog:
    match fields:
        case {"about": about, "removed": removed, "kept": str() as kept}:
            return RemoveDuplicateLog(about, *_on_card(fields), removed, kept)
        case {"about": about, "removed": removed, "kept": kept}:
            return RemoveDuplicateEntry(about, removed, _remote(kept))
        case {"about": about}:
            return DeleteLog(about, *_on_card(fields))
        case _:
            return DeleteEntry()


def unix(moment: datetime) -> int:
    """An instant as the journal holds it."""
    return int(moment.timestamp())


def optional_to_unix(moment: datetime | None) -> int | None:
    """The same for an instant that may be missing."""
    return None if moment is None else unix(moment)


def instant(seconds: int) -> datetime:
    """What the journal holds, as an aware UTC instant."""
    return datetime.fromtimestamp(seconds, UTC)


def optional_from_unix(seconds: int | None) -> datetime | None:
    """The same for an instant that may be missing."""
    return None if seconds is None else instant(seconds)


def _fields(message: Message) -> Fields:
    return _to_kaiten(message) if isinstance(message, KaitenMessage) else _to_timecrowd(message)


def _to_timecrowd(message: TimeCrowdMessage) -> Fields:
    fields: Fields = {}
    match message:
        case StartEntry(task, started_at):
            fields = {**_of_task(task), "started_at": unix(started_at)}
        case StopEntry(stopped_at):
            fields = {"stopped_at": unix(stopped_at)}
        case RecordEntry(task, started_at, stopped_at):
            times = {"started_at": unix(started_at), "stopped_at": unix(stopped_at)}
            fields = {**_of_task(task), **times}
        case CorrectTimes(started_at, stopped, moved):
            fields = {"started_at": unix(started_at), "stopped_at": optional_to_unix(stopped)}
            fields |= _of_task(moved) if moved else {}
        case RemoveDuplicateEntry(about, removed, kept):
            fields = {"about": about, "removed": removed, "kept": _of_remote(kept)}
        case DeleteEntry():
            pass
    return fields


def _to_kaiten(message: KaitenMessage) -> Fields:
    fields = _of_card(message.card, message.for_date)
    match message:
        case LogTime(minutes=minutes, comment=comment, reference=reference):
            fields |= {"minutes": minutes, "comment": comment}
            fields |= {"reference": reference} if reference else {}
        case UpdateLog(about, minutes=minutes, comment=comment, reference=reference):
            fields |= {"about": about, "minutes": minutes, "comment": comment}
            fields |= {"reference": reference} if reference else {}
        case DeleteLog(about):
            fields |= {"about": about}
        case RemoveDuplicateLog(about, removed=removed, kept=kept):
            fields |= {"about": about, "removed": removed, "kept": kept}
    return fields


def _of_card(card: Card, for_date: date) -> Fields:
    where = {"card_origin": card.origin, "card_id": card.id}
    return {**where, "for_date": for_date.isoformat()}


def _on_card(fields: Fields) -> tuple[Card, date]:
    card = Card(fields["card_origin"], fields["card_id"])
    return card, date.fromisoformat(fields["for_date"])


def _of_remote(remote: RemoteEntry) -> Fields:
    times = {
        "started_at": unix(remote.started_at),
        "stopped_at": optional_to_unix(remote.stopped_at),
    }
    return {"id": remote.id, "task_id": remote.task_id, **times}


def _remote(fields: Fields) -> RemoteEntry:
    times = instant(fields["started_at"]), optional_from_unix(fields["stopped_at"])
    return RemoteEntry(fields["id"], fields["task_id"], *times)


def _of_task(task: Task) -> Fields:
    card = task.card
    return {
        "title": task.title,
        "card_origin": card.origin if card else None,
        "card_id": card.id if card else None,
    }


def _task(fields: Fields) -> Task:
    return task_from_columns(fields["title"], fields["card_origin"], fields["card_id"])


def task_from_columns(title: str, card_origin: str | None, card_id: int | None) -> Task:
    """A task from its three columns."""
    if card_origin is None or card_id is None:
        return Task(title)
    return Task(title, Card(card_origin, card_id))
