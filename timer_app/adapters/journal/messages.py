"""Deliveries' messages as the JSON of their rows, and back. Pure.

Instants are unix seconds, dates ISO 8601. A message holds all it needs: nothing is looked up
in an entry that may have changed since.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from timer_app.domain.card import Card
from timer_app.domain.delivery import (
    CorrectTimes,
    DeleteEntry,
    Kind,
    LogTime,
    Message,
    RecordEntry,
    StartEntry,
    StopEntry,
)
from timer_app.domain.task import Task


def to_json(message: Message) -> str:
    """The message's JSON."""
    return json.dumps(_fields(message), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: str, text: str) -> Message:
    """The message of a row. Raises ValueError or KeyError for a row no version wrote."""
    fields = json.loads(text)
    match Kind(kind):
        case Kind.START:
            return StartEntry(_task(fields), instant(fields["started_at"]))
        case Kind.STOP:
            return StopEntry(instant(fields["stopped_at"]))
        case Kind.ENTRY:
            times = instant(fields["started_at"]), instant(fields["stopped_at"])
            return RecordEntry(_task(fields), *times)
        case Kind.TIMES:
            stopped_at = fields["stopped_at"]
            return CorrectTimes(instant(fields["started_at"]), maybe_instant(stopped_at))
        case Kind.LOG:
            card = Card(fields["card_origin"], fields["card_id"])
            day = date.fromisoformat(fields["for_date"])
            return LogTime(card, day, fields["minutes"], fields["comment"])
        case Kind.DELETE:
            return DeleteEntry()


def unix(moment: datetime) -> int:
    """An instant as the journal holds it."""
    return int(moment.timestamp())


def maybe_unix(moment: datetime | None) -> int | None:
    """The same for an instant that may be missing."""
    return None if moment is None else unix(moment)


def instant(seconds: int) -> datetime:
    """What the journal holds, as an aware UTC instant."""
    return datetime.fromtimestamp(seconds, UTC)


def maybe_instant(seconds: int | None) -> datetime | None:
    """The same for an instant that may be missing."""
    return None if seconds is None else instant(seconds)


def _fields(message: Message) -> dict[str, Any]:
    match message:
        case StartEntry(task, started_at):
            return {**_of_task(task), "started_at": unix(started_at)}
        case StopEntry(stopped_at):
            return {"stopped_at": unix(stopped_at)}
        case RecordEntry(task, started_at, stopped_at):
            times = {"started_at": unix(started_at), "stopped_at": unix(stopped_at)}
            return {**_of_task(task), **times}
        case CorrectTimes(started_at, stopped):
            return {"started_at": unix(started_at), "stopped_at": maybe_unix(stopped)}
        case LogTime(card, for_date, minutes, comment):
            where = {"card_origin": card.origin, "card_id": card.id}
            what = {"for_date": for_date.isoformat(), "minutes": minutes, "comment": comment}
            return where | what
        case DeleteEntry():
            return {}


def _of_task(task: Task) -> dict[str, Any]:
    card = task.card
    return {
        "title": task.title,
        "card_origin": card.origin if card else None,
        "card_id": card.id if card else None,
    }


def _task(fields: dict[str, Any]) -> Task:
    return task_of(fields["title"], fields["card_origin"], fields["card_id"])


def task_of(title: str, card_origin: str | None, card_id: int | None) -> Task:
    """A task from its three columns."""
    if card_origin is None or card_id is None:
        return Task(title)
    return Task(title, Card(card_origin, card_id))
