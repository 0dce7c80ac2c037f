"""TimeCrowd's calls: which request does what to the state, and what it answers.

Source: tests/seeds/timecrowd-create-time-entry.txt and shared/api/timecrowd.md. Choices of this
stand-in where those are silent: an unknown path and an unreadable or incomplete body answer as a
Rails API does (404, 400, each ``{"status", "error"}``); /tasks and /search/tasks answer
``{"tasks": [...]}`` as /teams/:id/tasks does; nested categories lie under ``children``; an instant
that is not unix seconds (int or digits) is a 422; a comment without words is a 422 too.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .exchange import (
    Answer,
    NoAnswer,
    Route,
    as_id,
    as_object,
    as_text,
    find_route,
    json_answer,
)
from .timecrowd_model import NotHeldError, TaskForm, UnprocessableError
from .timecrowd_shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    from .clock import Clock
    from .exchange import (
        Call,
        Headers,
        Reply,
    )
    from .timecrowd_model import Task, TimeEntry
    from .timecrowd_state import TimeCrowdState

_ID = r"(\d+)"


class TimeCrowd:
    """The stand-in of TimeCrowd's API v1 on a state; a `Service`."""

    def __init__(self, state: TimeCrowdState, clock: Clock, origin: Callable[[], str]) -> None:
        self.state = state
        self._clock = clock
        self._origin = origin
        self._routes = (
            Route("POST", "/api/v1/time_entries", self._create_entry),
            Route("GET", "/api/v1/time_entries", self._everyones_entries),
            Route("PATCH", f"/api/v1/time_entries/{_ID}/stop", self._stop),
            Route("PATCH", f"/api/v1/time_entries/{_ID}", self._change),
            Route("PUT", f"/api/v1/time_entries/{_ID}", self._change),
            Route("DELETE", f"/api/v1/time_entries/{_ID}", self._delete),
            Route("POST", f"/api/v1/time_entries/{_ID}/comments", self._comment),
            Route("POST", f"/api/v1/teams/{_ID}/tasks/{_ID}/start", self._start),
            Route("POST", f"/api/v1/teams/{_ID}/tasks", self._create_task),
            Route("GET", f"/api/v1/teams/{_ID}/tasks", self._team_tasks),
            Route("GET", f"/api/v1/teams/{_ID}/categories", self._team_categories),
            Route("GET", "/api/v1/teams", self._teams),
            Route("GET", "/api/v1/categories", self._categories),
            Route("GET", "/api/v1/tasks", self._tasks),
            Route("GET", "/api/v1/search/tasks", self._search),
            Route("GET", "/api/v1/user", self._me),
            Route("GET", "/api/v1/user/working_users", self._working_users),
            Route("GET", "/api/v1/user/time_entries", self._own_entries),
        )

    def admit(self) -> None:
        """TimeCrowd's rate limits are unknown: everything is let in."""

    def headers(self) -> Headers:
        """Nothing is known to be added."""
        return ()

    def answer(self, call: Call) -> Reply:
        """Carry the call out: 401 with an empty body, 404, 400 and 422 as the module says."""
        user_id = self.state.tokens.get(call.token or "")
        if user_id is None:
            return Answer(401)
        found = find_route(self._routes, call)
        if found is None:
            return _rails_error(404)
        handler, ids = found
        try:
            return handler(call, user_id, *(int(each) for each in ids))
        except NotHeldError:
            return _rails_error(self.state.switches.missing_status)
        except UnprocessableError as refusal:
            return json_answer({"messages": list(refusal.messages)}, 422)
        except ValueError:
            return _rails_error(400)

    # -- entries

    def _create_entry(self, call: Call, user_id: int) -> Reply:
        body = call.json_object()
        now = self._clock()
        if form := as_object(body.get("task")):
            made = _task_form(form, as_object(body.get("parent")))
            task = self.state.find_or_create_task(user_id, made, now)
            return self._entry_answer(self.state.start(user_id, task.id, now).id)
        form = as_object(body.get("time_entry"))
        if not form:
            return _rails_error(400)
        started_at, stopped_at = _instant(form, "started_at"), _instant(form, "stopped_at")
        if started_at is None or stopped_at is None:
            field = "Started at" if started_at is None else "Stopped at"
            raise UnprocessableError.record("TimeEntry", f"{field} can't be blank")
        task = self.state.task_of(user_id, as_id(form.get("time_trackable_id")))
        entry = self.state.add_entry(user_id, task.id, started_at, stopped_at, now)
        return self._entry_answer(entry.id)

    def _start(self, _call: Call, user_id: int, team_id: int, task_id: int) -> Reply:
        task = self.state.task_of(user_id, task_id)
        if task.team_id != team_id:
            raise NotHeldError
        return self._entry_answer(self.state.start(user_id, task.id, self._clock()).id)

    def _stop(self, _call: Call, user_id: int, entry_id: int) -> Reply:
        return self._entry_answer(self.state.stop(user_id, entry_id, self._clock()).id)

    def _change(self, call: Call, user_id: int, entry_id: int) -> Reply:
        """Correct an entry; the trap: without a `time_entry` a running one is stopped."""
        form = as_object(call.json_object().get("time_entry"))
        now = self._clock()
        if not form:
            if self.state.entry_of(user_id, entry_id).stopped_at is None:
                self.state.stop(user_id, entry_id, now)
            return self._entry_answer(entry_id)
        task_id = self._task_id(form, user_id)
        started_at, stopped_at = _instant(form, "started_at"), _instant(form, "stopped_at")
        self.state.change(
            user_id, entry_id, now, started_at=started_at, stopped_at=stopped_at, task_id=task_id
        )
        return self._entry_answer(entry_id)

    def _delete(self, _call: Call, user_id: int, entry_id: int) -> Reply:
        self.state.delete(user_id, entry_id, self._clock())
        status = self.state.switches.delete_status
        return Answer(204) if status == 204 else self._entry_answer(entry_id)

    def _comment(self, call: Call, user_id: int, entry_id: int) -> Reply:
        content = as_text(as_object(call.json_object().get("comment")).get("content"))
        if content is None:
            raise UnprocessableError.record("Comment", "Content can't be blank")
        return self._entry_answer(self.state.comment(user_id, entry_id, content, self._clock()).id)

    def _task_id(self, form: dict[str, object], user_id: int) -> int | None:
        if "time_trackable_id" not in form:
            return None
        return self.state.task_of(user_id, as_id(form["time_trackable_id"])).id

    def _everyones_entries(self, call: Call, user_id: int) -> Reply:
        if call.query.get("stopped_at") == "0":
            return NoAnswer()
        rows = self.state.in_order(self.state.entries_seen_by(user_id))
        return json_answer([self._shapes().entry(row) for row in self._page(rows, call)])

    def _own_entries(self, call: Call, user_id: int) -> Reply:
        rows = self.state.in_order(self.state.entries_of(user_id))
        if "task_id" in call.query:
            rows = [row for row in rows if row.task_id == as_id(call.query["task_id"])]
        return json_answer([self._shapes().own_entry(row) for row in self._page(rows, call)])

    def _working_users(self, _call: Call, user_id: int) -> Reply:
        people = {each for team in self.state.teams_of(user_id) for each in team.member_ids}
        running = (self.state.running(person) for person in sorted(people))
        shapes = self._shapes()
        return json_answer([shapes.working_user(row, user_id) for row in running if row])

    # -- tasks, categories, teams, the user

    def _create_task(self, call: Call, user_id: int, team_id: int) -> Reply:
        form = as_object(call.json_object().get("task"))
        if not form:
            return _rails_error(400)
        made = _task_form({**form, "team_id": team_id}, {})
        task = self.state.find_or_create_task(user_id, made, self._clock())
        return json_answer(self._shapes().task(task))

    def _team_tasks(self, call: Call, user_id: int, team_id: int) -> Reply:
        """A page of the team's tasks, and whether it is the last one."""
        team = self.state.team_of(user_id, team_id)
        rows = self.state.listed(team.id, categories=False)
        size, page = self.state.switches.task_page_size, _page_number(call)
        shown = [self._shapes().task(task) for task in rows[(page - 1) * size : page * size]]
        return json_answer({"tasks": shown, "is_last_page": page * size >= len(rows)})

    def _tasks(self, call: Call, user_id: int) -> Reply:
        rows = self._rows_of_teams(user_id, categories=False)
        if call.query.get("sort") == "user_usage":
            recent = [entry.task_id for entry in self.state.entries_of(user_id)]
            place = {task_id: index for index, task_id in reversed(list(enumerate(recent)))}
            rows.sort(key=lambda task: place.get(task.id, len(recent)))
        return self._tasks_answer(rows[: as_id(call.query.get("limit")) or 25])

    def _search(self, call: Call, user_id: int) -> Reply:
        wanted = call.query.get("title", "").casefold()
        rows = self._rows_of_teams(user_id, categories=False)
        return self._tasks_answer([task for task in rows if wanted in task.title.casefold()])

    def _team_categories(self, _call: Call, user_id: int, team_id: int) -> Reply:
        rows = self.state.listed(self.state.team_of(user_id, team_id).id, categories=True)
        return json_answer(self._shapes().category_tree(rows))

    def _categories(self, _call: Call, user_id: int) -> Reply:
        rows = self._rows_of_teams(user_id, categories=True)
        return json_answer([self._shapes().category(row) for row in rows])

    def _teams(self, _call: Call, user_id: int) -> Reply:
        return json_answer([self._shapes().team(team) for team in self.state.teams_of(user_id)])

    def _me(self, _call: Call, user_id: int) -> Reply:
        return json_answer(self._shapes().me(self.state.users[user_id]))

    # -- helpers

    def _rows_of_teams(self, user_id: int, *, categories: bool) -> list[Task]:
        teams = self.state.teams_of(user_id)
        return [row for team in teams for row in self.state.listed(team.id, categories=categories)]

    def _page(self, rows: list[TimeEntry], call: Call) -> list[TimeEntry]:
        size, page = self.state.switches.page_size, _page_number(call)
        return rows[(page - 1) * size : page * size]

    def _tasks_answer(self, rows: list[Task]) -> Answer:
        return json_answer({"tasks": [self._shapes().task(task) for task in rows]})

    def _entry_answer(self, entry_id: int) -> Answer:
        return json_answer(self._shapes().entry(self.state.entries[entry_id]))

    def _shapes(self) -> Shapes:
        return Shapes(self.state, self._clock(), self._origin())


def _page_number(call: Call) -> int:
    return max(1, as_id(call.query.get("page")) or 1)


def _task_form(task: dict[str, object], parent: dict[str, object]) -> TaskForm:
    title, url = as_text(parent.get("title")), as_text(parent.get("url"))
    return TaskForm(
        team_id=as_id(task.get("team_id")),
        key=as_text(task.get("key")),
        title=as_text(task.get("title")),
        url=as_text(task.get("url")),
        parent_id=as_id(task.get("parent_id")),
        parent=(title, url) if title and url else None,
    )


def _instant(form: dict[str, object], name: str) -> datetime | None:
    """The unix seconds under `name`, None if the key is missing. Raises UnprocessableError."""
    if name not in form:
        return None
    value = form[name]
    text = "" if isinstance(value, bool) else str(value)
    if not re.fullmatch(r"\d{1,11}", text):
        raise UnprocessableError.record(
            "TimeEntry", f"{name.replace('_', ' ').capitalize()} is invalid"
        )
    return datetime.fromtimestamp(int(text), UTC)


def _rails_error(status: int) -> Answer:
    words = {400: "Bad Request", 403: "Forbidden", 404: "Not Found"}
    return json_answer({"status": status, "error": words.get(status, "Error")}, status)
