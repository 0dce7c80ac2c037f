"""Cards and tasks to choose from, as the services showed them last: rows of `service_list`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TypeVar

from timer_app.adapters.entries.journal.base import JournalPart
from timer_app.adapters.entries.journal.message_json import (
    DamagedRow,
    Fields,
    field,
    json_object,
    optional_field,
    optional_instant_of,
    optional_to_unix,
)
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.entries.task import TimeCrowdTask
from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo

_CARDS, _TASKS = "seen cards", "seen tasks"
_T = TypeVar("_T")


class SeenListRows(JournalPart):
    """The port `SeenLists`."""

    def seen_cards(self) -> Sequence[CardInfo]:
        """See the port."""
        return self._seen(_CARDS, _card_info)

    def save_seen_cards(self, cards: Sequence[CardInfo]) -> None:
        """See the port."""
        self._save_seen(_CARDS, [_card_fields(each) for each in cards])

    def seen_tasks(self) -> Sequence[TimeCrowdTaskInfo]:
        """See the port."""
        return self._seen(_TASKS, _task_info)

    def save_seen_tasks(self, tasks: Sequence[TimeCrowdTaskInfo]) -> None:
        """See the port."""
        self._save_seen(_TASKS, [_task_fields(each) for each in tasks])

    def _seen(self, name: str, read: Callable[[Fields], _T]) -> Sequence[_T]:
        """The rows of a list; one that is damaged was never seen."""
        row = self._db.execute(
            "SELECT content FROM service_list WHERE name = ?", (name,)
        ).fetchone()
        if row is None:
            return ()
        try:
            rows = field(json_object(row[0]), "rows", list)
            return tuple(read(each) for each in rows if isinstance(each, dict))
        except DamagedRow:
            return ()

    def _save_seen(self, name: str, rows: list[Fields]) -> None:
        content = json.dumps({"rows": rows}, ensure_ascii=False)
        self._write("INSERT OR REPLACE INTO service_list VALUES (?, ?)", (name, content))


def _card_fields(info: CardInfo) -> Fields:
    return {
        "origin": info.card.origin,
        "id": info.card.id,
        "title": info.title,
        "archived": info.archived,
        "board": info.board,
        "column": info.column,
        "minutes": info.minutes,
        "key": info.key,
        "space": info.space,
        "space_id": info.space_id,
        "board_id": info.board_id,
        "updated": optional_to_unix(info.updated),
    }


def _card_info(fields: Fields) -> CardInfo:
    return CardInfo(
        Card(field(fields, "origin", str), field(fields, "id", int)),
        field(fields, "title", str),
        archived=field(fields, "archived", bool),
        board=field(fields, "board", str),
        column=field(fields, "column", str),
        minutes=field(fields, "minutes", int),
        key=optional_field(fields, "key", str),
        space=field(fields, "space", str),
        space_id=optional_field(fields, "space_id", int),
        board_id=optional_field(fields, "board_id", int),
        updated=optional_instant_of(fields, "updated"),
    )


def _task_fields(info: TimeCrowdTaskInfo) -> Fields:
    return {
        "id": info.task.id,
        "team_id": info.task.team_id,
        "title": info.title,
        "key": info.key,
        "address": info.address,
        "team": info.team,
        "category": info.category,
    }


def _task_info(fields: Fields) -> TimeCrowdTaskInfo:
    task = TimeCrowdTask(field(fields, "id", int), optional_field(fields, "team_id", int))
    texts = (field(fields, each, str) for each in ("title", "key", "address", "team", "category"))
    return TimeCrowdTaskInfo(task, *texts)
