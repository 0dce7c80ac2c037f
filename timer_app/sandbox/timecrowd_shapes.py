"""TimeCrowd's answers: a record becomes the JSON of the official page, field by field.

Source: tests/seeds/timecrowd-create-time-entry.txt for entries, tasks, categories, teams and
users; shared/api/timecrowd.md for working_users and user/time_entries. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone
from hashlib import md5
from typing import TYPE_CHECKING

from .clock import iso_milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .timecrowd_model import Task, Team, TimeEntry, User
    from .timecrowd_state import TimeCrowdState

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Turns records of `state` into JSON, as seen at the instant `now` on the site `origin`."""

    state: TimeCrowdState
    now: datetime
    origin: str

    def entry(self, entry: TimeEntry) -> Json:
        """A whole time entry. `duration` is seconds and grows while the entry runs."""
        task = self.state.tasks[entry.task_id]
        return {
            "id": entry.id,
            "started_at": self._time(entry.started_at),
            "stopped_at": self._time(entry.stopped_at),
            "time_trackable_id": task.id,
            "time_trackable_type": "Task",
            "time_tracker_id": entry.user_id,
            "time_tracker_type": "User",
            **self._stamps(entry),
            "duration": self._seconds(entry),
            "amount": 0,
            "team_id": task.team_id,
            "input_type": "realtime",
            "stopped_at_seconds": _unix(entry.stopped_at),
            "deleted_at_seconds": _unix(entry.deleted_at),
            "formatted_duration": _hours_minutes(self._seconds(entry)),
            "html_url": f"{self.origin}/app/mytasks/{task.id}/edit",
            "user": self.user(self.state.users[entry.user_id]),
            "task": self.task(task),
            "comment": entry.comment,
            "team": self.team(self.state.teams[task.team_id]),
            "category": self._category_of(task),
        }

    def own_entry(self, entry: TimeEntry) -> Json:
        """One row of user/time_entries: whole seconds, and a task whose `category` is False."""
        task = {**self.task(self.state.tasks[entry.task_id]), "category": False}
        return {
            "id": entry.id,
            "started_at": self._time(entry.started_at),
            "stopped_at": self._time(entry.stopped_at),
            "duration": int(self._seconds(entry)),
            "task": None if entry.id in self.state.entries_without_task else task,
        }

    def working_user(self, entry: TimeEntry, viewer_id: int) -> Json:
        """One row of working_users: the person, the running entry, and what is worked on."""
        task = self.state.tasks[entry.task_id]
        return {
            **self.user(self.state.users[entry.user_id]),
            "time_entry": {
                "id": entry.id,
                "started_at": self._time(entry.started_at),
                "duration": self._seconds(entry),
                "comment": entry.comment,
                "can_stop": entry.user_id == viewer_id,
            },
            "task": {
                "id": task.id,
                "key": task.key,
                "title": task.title,
                "url": task.url,
                "team_id": task.team_id,
                "parent_id": task.parent_id,
            },
        }

    def task(self, task: Task) -> Json:
        """A task with its category (an object, or None without one) and its team."""
        return {
            **self._trackable(task),
            "category": self._category_of(task),
            "team": self.team(self.state.teams[task.team_id]),
        }

    def category(self, category: Task) -> Json:
        """A category: the fields of a task, `category` True, and no team."""
        return {**self._trackable(category), "category": True}

    def category_tree(self, categories: Iterable[Task], parent_id: int | None = None) -> list[Json]:
        """The categories below `parent_id`, each with its own below it as `children`."""
        rows = list(categories)
        return [
            {**self.category(row), "children": self.category_tree(rows, row.id)}
            for row in rows
            if row.parent_id == parent_id
        ]

    def team(self, team: Team) -> Json:
        """A team."""
        return {
            "id": team.id,
            "name": team.name,
            "created_at": self._time(team.created_at),
            "updated_at": self._time(team.created_at),
            "deleted_at": None,
            "time_limit": 0,
            "avatar": None,
            "personal": False,
            "premium": False,
            "ancestry": None,
            "rounding": "floor",
            "capacity": None,
            "hierarchized": False,
            "default_duration": 15,
            "tasks_readonly_role": "member" if team.tasks_readonly else "none",
            "workspaces_workspace_id": team.workspace_id,
            "tasks_readonly": team.tasks_readonly,
        }

    def me(self, user: User) -> Json:
        """GET user: the person's fields and the address, which no other answer holds."""
        return {**self.user(user), "email": user.email}

    def user(self, user: User) -> Json:
        """A person."""
        image = f"{self.origin}/avatars/{user.id}.png"
        return {
            "id": user.id,
            "nickname": user.nickname,
            "image": image,
            "created_at": self._time(user.created_at),
            "updated_at": self._time(user.created_at),
            "deleted_at": None,
            "avatar": None,
            "daily": True,
            "daily_time": "2000-01-01T08:00:00.000Z",
            "weekly": True,
            "time_zone": user.time_zone,
            "locale": user.locale,
            "domain": "timecrowd.net",
            "reset_password_sent_at": None,
            "remember_created_at": None,
            "sign_in_count": 0,
            "current_sign_in_at": None,
            "last_sign_in_at": None,
            "confirmed_at": self._time(user.created_at),
            "confirmation_sent_at": None,
            "deactivated_at": None,
            "calendar_zoom_rate": 1,
            "avatar_url": image,
        }

    def _trackable(self, task: Task) -> Json:
        ancestors = self._ancestors(task)
        return {
            "id": task.id,
            "key": task.key,
            "title": task.title,
            "url": task.url,
            "team_id": task.team_id,
            **self._stamps(task),
            "description": None,
            "sequential_id": None,
            "state": "open",
            "bill": 0,
            "ancestry": "/".join(str(ancestor) for ancestor in ancestors) or None,
            "ancestry_depth": len(ancestors),
            "closed_at": None,
            "color": 1,
            "position": task.position,
            "deleted_at_seconds": _unix(task.deleted_at),
            "key_md5": md5(task.key.encode(), usedforsecurity=False).hexdigest(),
            "archived": False,
        }

    def _category_of(self, task: Task) -> Json | None:
        return None if task.parent_id is None else self.category(self.state.tasks[task.parent_id])

    def _ancestors(self, task: Task) -> list[int]:
        if task.parent_id is None:
            return []
        return [*self._ancestors(self.state.tasks[task.parent_id]), task.parent_id]

    def _stamps(self, record: Task | TimeEntry) -> Json:
        return {
            "created_at": self._time(record.created_at),
            "updated_at": self._time(record.updated_at),
            "deleted_at": self._time(record.deleted_at),
        }

    def _time(self, instant: datetime | None) -> str | None:
        offset = timedelta(minutes=self.state.switches.utc_offset_minutes)
        return None if instant is None else iso_milliseconds(instant, timezone(offset))

    def _seconds(self, entry: TimeEntry) -> float:
        end = self.now if entry.stopped_at is None else entry.stopped_at
        return max(0.0, (end - entry.started_at).total_seconds())


def _unix(instant: datetime | None) -> int:
    return 0 if instant is None else int(instant.timestamp())


def _hours_minutes(seconds: float) -> str:
    """HH:MM, the hours not wrapping at 24."""
    minutes = int(seconds) // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
