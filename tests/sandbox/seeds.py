"""The recorded examples of the official pages, parsed from tests/seeds."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from timer_app.sandbox import Task, Team, TimeCrowdState, User, World, plain_world

STAMP = datetime(2024, 12, 17, 0, 27, 8, tzinfo=UTC)
SEEDS = Path(__file__).parent.parent / "seeds"


@dataclass(frozen=True)
class Example:
    """One recorded request to TimeCrowd, its status and its answer."""

    request: dict[str, dict[str, str]]
    status: int
    answer: dict[str, object]


def timecrowd_examples() -> list[Example]:
    """The recorded POST /api/v1/time_entries, in the order of the page."""
    text = (SEEDS / "timecrowd-create-time-entry.txt").read_text(encoding="utf-8")
    decoder = json.JSONDecoder()
    found = []
    for start in re.finditer(r"POST /api/v1/time_entries (?=\{)", text):
        request, end = decoder.raw_decode(text, start.end())
        status = re.compile(r" (\d{3}) ").match(text, end)
        assert status is not None
        answer, _ = decoder.raw_decode(text, status.end())
        found.append(Example(request, int(status[1]), answer))
    return found


def kaiten_attributes() -> tuple[set[str], set[str]]:
    """The request's and the 200 answer's attributes, as Kaiten's page names them."""
    text = (SEEDS / "kaiten-add-time-log.txt").read_text(encoding="utf-8")
    asked = text[text.index("Attributes\nschema") : text.index("Responses\n")]
    answered = text[text.index("Response Attributes") : text.index("\n400\n")]
    name = re.compile(r"^([a-z_]+)\n(?:required\n)?(?=\n?(?:integer|string|null))", re.MULTILINE)
    return set(name.findall(asked)), set(name.findall(answered))


def _category(category_id: int, team_id: int, key: str, *, deleted: bool = False) -> Task:
    gone = STAMP if deleted else None
    return Task(
        category_id, team_id, key, key, None, STAMP, STAMP, None, True, position=2, deleted_at=gone
    )


def recorded_world(example: Example) -> World:
    """A world in which the recorded request was made: its user, team, categories, next ids."""
    world = plain_world(STAMP)
    answer: Any = example.answer
    asked: Any = example.request
    state = TimeCrowdState()
    user_id, team_id = 14381, int(asked.get("task", {}).get("team_id", answer.get("team_id", 0)))
    state.users = {user_id: User(user_id, "Recorded", "recorded@example.com", STAMP)}
    state.teams = {team_id: Team(team_id, "Recorded", STAMP, frozenset({user_id}))}
    if example.status == 200:
        _as_recorded(state, answer, asked)
        user_id = answer["user"]["id"]
    elif "parent_id" in asked["task"]:
        parent = int(asked["task"]["parent_id"])
        state.tasks[parent] = _category(parent, team_id, "gone", deleted=True)
    else:
        state.teams[team_id] = replace(state.teams[team_id], tasks_readonly=True)
    world.timecrowd, world.timecrowd_user_id, world.team_id = state, user_id, team_id
    return world


def _as_recorded(state: TimeCrowdState, answer: Any, asked: Any) -> None:  # noqa: ANN401
    user, team, task, category = (answer[name] for name in ("user", "team", "task", "category"))
    state.users = {user["id"]: User(user["id"], user["nickname"], "r@example.com", STAMP)}
    workspace = team["workspaces_workspace_id"]
    members = frozenset({user["id"]})
    state.teams = {team["id"]: Team(team["id"], team["name"], STAMP, members, workspace)}
    state.next_entry_id = answer["id"]
    if "time_entry" in asked:
        state.tasks[category["id"]] = _category(category["id"], team["id"], category["key"])
        state.tasks[task["id"]] = Task(
            task["id"], team["id"], task["key"], task["title"], task["url"], STAMP, STAMP,
            parent_id=category["id"],
        )  # fmt: skip
        return
    parent = int(asked["task"]["parent_id"])
    key = category["key"] if parent == category["id"] else "another"
    state.tasks[parent] = _category(parent, team["id"], key)
    state.next_task_id = task["id"] if parent == category["id"] else category["id"]
