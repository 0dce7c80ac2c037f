"""Messages as the JSON of their rows, and back. Pure.

Instants are unix seconds, dates ISO 8601. A message holds everything it needs: nothing is read from
an entry that may have changed since.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DamagedMessage,
    DeleteEntry,
    DeleteLog,
    FindCard,
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
from timer_app.domain.elapsed import EARLIEST, LATEST
from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.entries.route import PLAIN, Route
from timer_app.domain.entries.task import Task, TimeCrowdTask

Fields = dict[str, Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ROUTE_IDS = ("team_id", "category_id", "role_id")
_T = TypeVar("_T")
_E = TypeVar("_E", bound=Enum)


def message_to_json(message: Message) -> str:
    """The message's JSON."""
    return json.dumps(_fields(message), ensure_ascii=False, separators=(",", ":"))


class DamagedRow(ValueError):
    """The row holds what no version of this program wrote."""


def json_object(text: str) -> Fields:
    """The object that a column holds as JSON. Raises DamagedRow."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DamagedRow(text[:80]) from error
    if not isinstance(fields, dict):
        raise DamagedRow(text[:80])
    return fields


def message_from_json(kind: str, text: str) -> Message:  # noqa: PLR0911 - one for each kind
    """The message of a row. Raises DamagedRow."""
    fields = json_object(text)
    match word_of(MessageKind, kind):
        case MessageKind.START:
            return StartEntry(task_of(fields), instant_of(fields, "started_at"), route_of(fields))
        case MessageKind.STOP:
            return StopEntry(instant_of(fields, "stopped_at"))
        case MessageKind.ENTRY:
            times = instant_of(fields, "started_at"), instant_of(fields, "stopped_at")
            return RecordEntry(task_of(fields), *times, route_of(fields))
        case MessageKind.TIMES:
            return _change_of_log(fields) if "about" in fields else _correction(fields)
        case MessageKind.COMMENT:
            return CommentEntry(field(fields, "comment", str))
        case MessageKind.LOG:
            return _log_or_search(fields)
        case MessageKind.DELETE:
            return _removal(fields)


def _log_or_search(fields: Fields) -> LogTime | FindCard:
    if "card_key" in fields:
        return FindCard(CardKey(field(fields, "card_origin", str), field(fields, "card_key", str)))
    (card, for_date), values = _on_card(fields), _log_values(fields)
    similar_log = field(fields, "similar_log", str) if "similar_log" in fields else ""
    return LogTime(card, for_date, *values, similar_log)


def _correction(fields: Fields) -> CorrectTimes:
    times = instant_of(fields, "started_at"), optional_instant_of(fields, "stopped_at")
    task = task_of(fields) if "title" in fields else None
    return CorrectTimes(*times, task, route_of(fields))


def _change_of_log(fields: Fields) -> UpdateLog:
    about, (card, for_date) = field(fields, "about", int), _on_card(fields)
    return UpdateLog(about, card, for_date, *_log_values(fields))


def _log_values(fields: Fields) -> tuple[int, str, str]:
    """Minutes, comment and reference; an older version wrote no reference."""
    reference = field(fields, "reference", str) if "reference" in fields else ""
    return field(fields, "minutes", int), field(fields, "comment", str), reference


def _removal(fields: Fields) -> DeleteEntry | DeleteLog | RemoveDuplicateEntry | RemoveDuplicateLog:
    if "about" not in fields:
        if fields:  # what is to be removed is not known
            raise DamagedRow(str(sorted(fields)))
        return DeleteEntry()
    about = field(fields, "about", int)
    if "kept" not in fields:
        asks = field(fields, "asks", bool) if "asks" in fields else False
        return DeleteLog(about, *_on_card(fields), asks)
    removed = optional_field(fields, "removed", str)
    if isinstance(fields["kept"], str):
        return RemoveDuplicateLog(about, *_on_card(fields), removed, fields["kept"])
    return RemoveDuplicateEntry(about, removed, _remote(field(fields, "kept", dict)))


def field(fields: Fields, name: str, kind: type[_T]) -> _T:
    """A field of that type. Raises DamagedRow."""
    value = fields.get(name)
    if type(value) is not kind:  # True is an int, too
        raise DamagedRow(f"{name}: {type(value).__name__}")
    return value


def optional_field(fields: Fields, name: str, kind: type[_T]) -> _T | None:
    """The same for one that may be null; it is missing where the row is damaged."""
    if name not in fields:
        raise DamagedRow(name)
    return None if fields[name] is None else field(fields, name, kind)


def instant_of(fields: Fields, name: str) -> datetime:
    """An instant. Raises DamagedRow."""
    seconds = field(fields, name, int)
    if not EARLIEST <= seconds <= LATEST:
        raise DamagedRow(f"{name}: {seconds}"[:80])
    return instant(seconds)


def optional_instant_of(fields: Fields, name: str) -> datetime | None:
    """The same for one that may be null."""
    return None if optional_field(fields, name, int) is None else instant_of(fields, name)


def word_of(kind: type[_E], word: object) -> _E:
    """The member of an Enum that a column names. Raises DamagedRow."""
    try:
        return kind(word)
    except ValueError as error:
        raise DamagedRow(str(word)[:80]) from error


def date_of(text: object) -> date:
    """The date that a column or field holds. Raises DamagedRow."""
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise DamagedRow(str(text)[:80]) from error


def optional_date_of(text: object) -> date | None:
    """The same, None for a damaged one."""
    try:
        return date_of(text)
    except DamagedRow:
        return None


def unix(moment: datetime) -> int:
    """An instant as the journal holds it."""
    return int(moment.timestamp())


def optional_to_unix(moment: datetime | None) -> int | None:
    """The same for an instant that may be missing."""
    return None if moment is None else unix(moment)


def instant(seconds: float) -> datetime:
    """What the journal holds, as an aware UTC instant; a damaged one as the nearest there is."""
    known = min(max(seconds, EARLIEST), LATEST)
    return _EPOCH + timedelta(seconds=known)  # Windows' own function knows none before 1970


def optional_from_unix(seconds: int | None) -> datetime | None:
    """The same for an instant that may be missing."""
    return None if seconds is None else instant(seconds)


def _fields(message: Message) -> Fields:
    if isinstance(message, DamagedMessage):  # the row keeps what is left of it
        raise TypeError("a damaged message is not written")
    return _to_kaiten(message) if isinstance(message, KaitenMessage) else _to_timecrowd(message)


def _to_timecrowd(message: TimeCrowdMessage) -> Fields:
    fields: Fields = {}
    match message:
        case StartEntry(task, started_at, route):
            fields = {**task_fields(task), "started_at": unix(started_at), **of_route(route)}
        case StopEntry(stopped_at):
            fields = {"stopped_at": unix(stopped_at)}
        case RecordEntry(task, started_at, stopped_at, route):
            times = {"started_at": unix(started_at), "stopped_at": unix(stopped_at)}
            fields = {**task_fields(task), **times, **of_route(route)}
        case CorrectTimes(started_at, stopped, moved, route):
            fields = {"started_at": unix(started_at), "stopped_at": optional_to_unix(stopped)}
            fields |= task_fields(moved) if moved else {}
            fields |= of_route(route)
        case RemoveDuplicateEntry(about, removed, kept):
            fields = {"about": about, "removed": removed, "kept": _of_remote(kept)}
        case CommentEntry(comment):
            fields = {"comment": comment}
        case DeleteEntry():
            pass
    return fields


def _to_kaiten(message: KaitenMessage) -> Fields:
    if isinstance(message, FindCard):
        return {"card_origin": message.card_key.origin, "card_key": message.card_key.key}
    fields = _of_card(message.card, message.for_date)
    match message:
        case LogTime(minutes=minutes, comment=comment, reference=reference, similar_log=similar):
            fields |= {"minutes": minutes, "comment": comment}
            fields |= {"reference": reference} if reference else {}
            fields |= {"similar_log": similar} if similar else {}
        case UpdateLog(about, minutes=minutes, comment=comment, reference=reference):
            fields |= {"about": about, "minutes": minutes, "comment": comment}
            fields |= {"reference": reference} if reference else {}
        case DeleteLog(about, asks=asks):
            fields |= {"about": about, "asks": True} if asks else {"about": about}
        case RemoveDuplicateLog(about, removed=removed, kept=kept):
            fields |= {"about": about, "removed": removed, "kept": kept}
    return fields


def _of_card(card: Card, for_date: date) -> Fields:
    where = {"card_origin": card.origin, "card_id": card.id}
    return {**where, "for_date": for_date.isoformat()}


def _on_card(fields: Fields) -> tuple[Card, date]:
    card = Card(field(fields, "card_origin", str), field(fields, "card_id", int))
    return card, date_of(field(fields, "for_date", str))


def _of_remote(remote: RemoteEntry) -> Fields:
    times = {
        "started_at": unix(remote.started_at),
        "stopped_at": optional_to_unix(remote.stopped_at),
    }
    return {"id": remote.id, "task_id": remote.task_id, **times}


def _remote(fields: Fields) -> RemoteEntry:
    times = instant_of(fields, "started_at"), optional_instant_of(fields, "stopped_at")
    return RemoteEntry(field(fields, "id", str), field(fields, "task_id", str), *times)


def task_fields(task: Task) -> Fields:
    """A task in a message or an undo record. Its address is left out where it has none."""
    card = task.card
    fields: Fields = {
        "title": task.title,
        "card_origin": card.origin if card else None,
        "card_id": card.id if card else None,
    }
    fields |= {"address": task.address} if task.address else {}
    fields |= {"room": task.room_name} if task.room_name else {}
    if task.timecrowd:
        fields |= {"timecrowd_task": task.timecrowd.id, "timecrowd_team": task.timecrowd.team_id}
    return fields


def task_of(fields: Fields) -> Task:
    """The task of a message or an undo record. Raises DamagedRow.

    An older version wrote no address.
    """
    card = optional_field(fields, "card_origin", str), optional_field(fields, "card_id", int)
    address, room = (
        field(fields, each, str) if each in fields else None for each in ("address", "room")
    )
    number = field(fields, "timecrowd_task", int) if "timecrowd_task" in fields else None
    team_id = optional_field(fields, "timecrowd_team", int) if number is not None else None
    return task_from_columns(field(fields, "title", str), *card, address, room, number, team_id)


def of_route(route: Route) -> Fields:
    """The field of a route; none for one that the plain settings decide."""
    text = route_to_text(route)
    return {} if text is None else {"route": json.loads(text)}


def route_of(fields: Fields) -> Route:
    """The route of a message or an undo record; an older version wrote none. DamagedRow."""
    if "route" not in fields:
        return PLAIN
    written = field(fields, "route", dict)
    numbers = {name: field(written, name, int) for name in _ROUTE_IDS if name in written}
    return Route(**numbers, is_open="open" in written, is_role_open="role_open" in written)


def route_to_text(route: Route) -> str | None:
    """A route as its column, None for one that the plain settings decide."""
    if route == PLAIN:
        return None
    numbers = ((name, getattr(route, name)) for name in _ROUTE_IDS)
    written: Fields = {name: number for name, number in numbers if number is not None}
    written |= {"open": True} if route.is_open else {}
    written |= {"role_open": True} if route.is_role_open else {}
    return json.dumps(written, separators=(",", ":"))


def route_from_text(text: str | None) -> Route:
    """The route of a column. A damaged one is that of the plain settings."""
    try:
        return PLAIN if text is None else route_of({"route": json_object(text)})
    except DamagedRow:
        return PLAIN


def task_from_columns(
    title: str,
    card_origin: str | None,
    card_id: int | None,
    address: str | None,
    room_name: str | None,
    timecrowd_task: int | None,
    timecrowd_team: int | None,
) -> Task:
    """A task from its columns. An address that is the card's own adds nothing to the card."""
    is_card = card_origin is not None and card_id is not None
    card = Card(card_origin or "", card_id or 0) if is_card else None
    known = None if timecrowd_task is None else TimeCrowdTask(timecrowd_task, timecrowd_team)
    if not address or (card is not None and address == card.url):
        return Task(title, card, timecrowd=known)
    return Task(title, card, address, room_name or "", known)
