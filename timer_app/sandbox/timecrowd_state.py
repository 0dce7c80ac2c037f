"""What TimeCrowd holds, in memory, and what may be done to it.

No HTTP and no clock: instants come in as values. The records are in timecrowd_model.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from .clock import whole_second
from .timecrowd_model import (
    READ_ONLY_TEAM,
    NotHeldError,
    Task,
    TimeCrowdSwitches,
    TimeEntry,
    UnprocessableError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .timecrowd_model import (
        TaskForm,
        Team,
        User,
    )

_KEYED_BY_URL = ("https://www.chatwork.com/", "https://kcw.kddi.ne.jp/")


@dataclass
class TimeCrowdState:
    """Everything the service holds, by id. `tokens` maps an accepted token to its user's id."""

    users: dict[int, User] = field(default_factory=dict)
    teams: dict[int, Team] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)
    entries: dict[int, TimeEntry] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict, repr=False)
    switches: TimeCrowdSwitches = field(default_factory=TimeCrowdSwitches)
    entries_without_task: set[int] = field(default_factory=set)
    """Ids of entries that user/time_entries shows with a `task` of null."""
    comment_posts: list[tuple[int, str]] = field(default_factory=list)
    """Every comment that was taken: its entry and its text, in order."""
    next_task_id: int = 36543
    next_entry_id: int = 6131

    # -- looking

    def running(self, user_id: int) -> TimeEntry | None:
        """The user's running entry, the newest if there are several."""
        return next((e for e in self.entries_of(user_id) if e.stopped_at is None), None)

    def entries_of(self, user_id: int) -> list[TimeEntry]:
        """The user's entries that are not deleted, newest start first."""
        return _newest(e for e in self.entries.values() if e.user_id == user_id)

    def in_order(self, entries: Iterable[TimeEntry]) -> list[TimeEntry]:
        """The entries as lists show them: the order is unknown, so a switch chooses it."""
        newest_first = sorted(entries, key=lambda each: (each.started_at, each.id), reverse=True)
        match self.switches.order:
            case "newest":
                return newest_first
            case "oldest":
                return newest_first[::-1]
            case _:  # the same for each page, or none could be read to its end
                seed = self.switches.order_seed
                return sorted(newest_first, key=lambda each: _shuffled(seed, each.id))

    def entries_seen_by(self, user_id: int) -> list[TimeEntry]:
        """Entries of everyone who shares a team with the user, newest start first."""
        seen = {team.id for team in self.teams_of(user_id)}
        return _newest(e for e in self.entries.values() if self.tasks[e.task_id].team_id in seen)

    def teams_of(self, user_id: int) -> list[Team]:
        """The teams the user is a member of, by id."""
        teams = sorted(self.teams.values(), key=lambda team: team.id)
        return [team for team in teams if user_id in team.member_ids]

    def team_of(self, user_id: int, team_id: int) -> Team:
        """That team. Raises NotHeldError if the user is no member of it."""
        team = self.teams.get(team_id)
        if team is None or user_id not in team.member_ids:
            raise NotHeldError
        return team

    def task_of(self, user_id: int, task_id: int | None) -> Task:
        """That task (no category), not deleted. Raises NotHeldError if the user cannot see it."""
        task = self.tasks.get(-1 if task_id is None else task_id)
        if task is None or task.is_category or task.deleted_at:
            raise NotHeldError
        self.team_of(user_id, task.team_id)
        return task

    def entry_of(self, user_id: int, entry_id: int) -> TimeEntry:
        """That entry of the user. Raises NotHeldError if it is gone or someone else's."""
        entry = self.entries.get(entry_id)
        if entry is None or entry.deleted_at or entry.user_id != user_id:
            raise NotHeldError
        return entry

    def listed(self, team_id: int, *, categories: bool) -> list[Task]:
        """The team's live categories, or its live tasks, by id."""
        rows = sorted(self.tasks.values(), key=lambda task: task.id)
        return [
            task
            for task in rows
            if task.team_id == team_id and task.is_category == categories and not task.deleted_at
        ]

    # -- tasks and categories

    def add_category(
        self,
        team_id: int,
        title: str,
        now: datetime,
        *,
        parent_id: int | None = None,
        key: str = "",
    ) -> Task:
        """Make a category, below another one if `parent_id` is given."""
        position = 1 + sum(t.is_category and t.team_id == team_id for t in self.tasks.values())
        category = self._new_task(team_id, key or title, title, None, parent_id=parent_id, now=now)
        return self._keep(replace(category, is_category=True, position=position))

    def add_task(
        self, team_id: int, title: str, url: str | None, parent_id: int, now: datetime
    ) -> Task:
        """Make a task keyed by its url, else by its title: for arranging a world."""
        key = url or _key_of_title(title)
        return self._keep(self._new_task(team_id, key, title, url, parent_id=parent_id, now=now))

    def find_or_create_task(self, user_id: int, form: TaskForm, now: datetime) -> Task:
        """The team's task of that key, else a new one.

        With a Chatwork or KDDI url the key is the url and `parent` (found or made by its url)
        is the category; any other url ignores `parent`. A task that is found stays as it is.
        Raises NotHeldError (team) or UnprocessableError.
        """
        if form.team_id is None:
            raise UnprocessableError.record("Task", "Team can't be blank")
        team = self.team_of(user_id, form.team_id)
        keyed_by_url = form.url is not None and form.url.startswith(_KEYED_BY_URL)
        key = form.url if keyed_by_url else form.key or self._given_key(form)
        known = self._by_key(team.id, key, is_category=False) if key else None
        if known is not None:
            return known
        if team.tasks_readonly:
            raise UnprocessableError(READ_ONLY_TEAM)
        if form.title is None:
            raise UnprocessableError.record("Task", "Title can't be blank")
        parent = form.parent if keyed_by_url else None
        parent_id = self._category_of(team.id, parent, now) if parent else form.parent_id
        self._check_category(team.id, parent_id)
        return self._keep(
            self._new_task(
                team.id, key or form.title, form.title, form.url, parent_id=parent_id, now=now
            )
        )

    def _given_key(self, form: TaskForm) -> str | None:
        """The key of a task whose client sent none."""
        if form.url is not None and self.switches.url_becomes_key:
            return form.url
        return form.title and _key_of_title(form.title)

    def set_category_deleted(self, category_id: int, instant: datetime | None) -> None:
        """Delete a category at an instant, or bring it back with None. Raises NotHeldError."""
        category = self.tasks.get(category_id)
        if category is None or not category.is_category:
            raise NotHeldError
        self._keep(replace(category, deleted_at=instant and whole_second(instant)))

    def _category_of(self, team_id: int, parent: tuple[str, str], now: datetime) -> int:
        title, url = parent
        known = self._by_key(team_id, url, is_category=True)
        return (known or self.add_category(team_id, title, now, key=url)).id

    def _check_category(self, team_id: int, category_id: int | None) -> None:
        if category_id is None:
            return
        category = self.tasks.get(category_id)
        if category is None or not category.is_category or category.team_id != team_id:
            raise UnprocessableError.record("Task", "Category must exist")
        if category.deleted_at:
            raise UnprocessableError.record("Task", "Category is already deleted.")

    def _by_key(self, team_id: int, key: str, *, is_category: bool) -> Task | None:
        rows = self.listed(team_id, categories=is_category)
        return next((task for task in rows if task.key == key), None)

    def _new_task(
        self,
        team_id: int,
        key: str,
        title: str,
        url: str | None,
        *,
        parent_id: int | None,
        now: datetime,
    ) -> Task:
        at = whole_second(now)
        return Task(self.next_task_id, team_id, key, title, url, at, at, parent_id)

    def _keep(self, task: Task) -> Task:
        self.tasks[task.id] = task
        self.next_task_id = max(self.next_task_id, task.id + 1)
        return task

    # -- entries

    def start(self, user_id: int, task_id: int, now: datetime) -> TimeEntry:
        """Start an entry now; by default the user's running one is stopped at that instant."""
        old = self.running(user_id)
        if old is not None and self.switches.starting_stops_the_old:
            self.stop(user_id, old.id, now)
        return self.add_entry(user_id, task_id, whole_second(now), None, now)

    def add_entry(
        self,
        user_id: int,
        task_id: int,
        started_at: datetime,
        stopped_at: datetime | None,
        now: datetime,
    ) -> TimeEntry:
        """Store an entry with the given times. Raises UnprocessableError if they are swapped."""
        _check_order(started_at, stopped_at)
        at = whole_second(now)
        entry = TimeEntry(self.next_entry_id, user_id, task_id, started_at, stopped_at, at, at)
        self.next_entry_id += 1
        self.entries[entry.id] = entry
        return entry

    def stop(self, user_id: int, entry_id: int, now: datetime) -> TimeEntry:
        """Stop the entry now. Raises NotHeldError; by a switch UnprocessableError if stopped."""
        entry = self.entry_of(user_id, entry_id)
        if entry.stopped_at is None:
            at = max(whole_second(now), entry.started_at)
            return self._store(replace(entry, stopped_at=at, updated_at=whole_second(now)))
        if not self.switches.stopping_twice_is_fine:
            raise UnprocessableError.record("TimeEntry", "Time entry is already stopped.")
        return entry

    def change(
        self,
        user_id: int,
        entry_id: int,
        now: datetime,
        *,
        started_at: datetime | None = None,
        stopped_at: datetime | None = None,
        task_id: int | None = None,
    ) -> TimeEntry:
        """Correct the given values, None leaves one. Raises NotHeldError, UnprocessableError."""
        entry = self.entry_of(user_id, entry_id)
        task = entry.task_id if task_id is None else self.task_of(user_id, task_id).id
        changed = replace(
            entry,
            started_at=started_at or entry.started_at,
            stopped_at=stopped_at or entry.stopped_at,
            task_id=task,
            updated_at=whole_second(now),
        )
        _check_order(changed.started_at, changed.stopped_at)
        return self._store(changed)

    def comment(self, user_id: int, entry_id: int, content: str, now: datetime) -> TimeEntry:
        """Comment the entry; a switch says what happens to an earlier one. Raises NotHeldError."""
        entry = self.entry_of(user_id, entry_id)
        self.comment_posts.append((entry_id, content))
        if entry.comment and self.switches.comments_append:
            content = f"{entry.comment}\n{content}"
        return self._store(replace(entry, comment=content, updated_at=whole_second(now)))

    def delete(self, user_id: int, entry_id: int, now: datetime) -> TimeEntry:
        """Delete the entry; it stays in `entries` with its `deleted_at`. Raises NotHeldError."""
        entry = self.entry_of(user_id, entry_id)
        at = whole_second(now)
        return self._store(replace(entry, deleted_at=at, updated_at=at))

    def _store(self, entry: TimeEntry) -> TimeEntry:
        self.entries[entry.id] = entry
        return entry


def _key_of_title(title: str) -> str:
    """The key of a task without an address: its title without blanks and punctuation."""
    return re.sub(r"[\W_]+", "", title) or title


def _newest(entries: Iterable[TimeEntry]) -> list[TimeEntry]:
    live = [entry for entry in entries if entry.deleted_at is None]
    return sorted(live, key=lambda entry: (entry.started_at, entry.id), reverse=True)


def _shuffled(seed: int, entry_id: int) -> bytes:
    """A place in an order that is random and yet the same each time."""
    return sha256(f"{seed} {entry_id}".encode()).digest()


def _check_order(started_at: datetime, stopped_at: datetime | None) -> None:
    if stopped_at is not None and stopped_at < started_at:
        raise UnprocessableError.record("TimeEntry", "Stopped at must be after started at")
