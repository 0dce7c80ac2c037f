"""TimeCrowd's API on the wire: requests from values, values from answers. Pure.

Source: the official page of POST /api/v1/time_entries (tests/seeds) for entries and tasks; the
notes gathered from public clients for all else. In requests ids and unix seconds are strings and
keys stand in the page's order. Answers are read leniently, since the API calls itself beta: what an
outcome needs must be there, the rest may be missing or new. Every reader raises UnreadableResponse.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from timer_app.adapters.http.exchange import (
    JsonObject,
    Request,
    Response,
)
from timer_app.adapters.http.json_reader import (
    UnreadableResponse,
    id_or_empty,
    instant_or_none,
    read_id,
    read_instant,
    read_int,
    read_object,
    read_rows,
    text_or_empty,
)
from timer_app.domain.delivery.outcomes import RemoteEntry, Removed
from timer_app.domain.entries.card import CardsByKey, is_address_of
from timer_app.domain.entries.task import TimeCrowdTask, clean_title
from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo
from timer_app.domain.entries.web_address import room_of, same_address
from timer_app.domain.setup.accounts import Account, Choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timer_app.domain.entries.task import Task

_API = "/api/v1"
_ENTRIES = f"{_API}/time_entries"

_PATH_SEPARATOR = " / "


# -- requests


@dataclass(frozen=True, slots=True)
class ParentForm:
    """A category to be found or made by its url; only Chatwork and KDDI tasks have one."""

    key: str
    title: str
    url: str

    def as_json(self) -> JsonObject:
        """The object, its keys in the page's order."""
        return {"key": self.key, "title": self.title, "url": self.url}


@dataclass(frozen=True, slots=True)
class TaskForm:
    """A task to be found by `key` within the team, or made.

    `parent_id` is the category; without one the team must allow tasks outside categories.
    `parent` counts only when `url` is a Chatwork or KDDI address, where the service drops `key`
    in favour of `url`; for any other url it is ignored and `parent_id` decides.

    Every example of the page has a `url`. What the service does without one is not known; a task
    that has none leaves it out, as `parent_id` is left out in the page's sixth example, rather
    than sending an empty string that would be stored as an address.
    """

    key: str
    title: str
    url: str | None
    team_id: str
    parent_id: str | None = None
    parent: ParentForm | None = None

    def as_json(self) -> JsonObject:
        """The body, its keys in the page's order."""
        fields = {
            "key": self.key,
            "parent_id": self.parent_id,
            "team_id": self.team_id,
            "title": self.title,
            "url": self.url,
        }
        task = {name: value for name, value in fields.items() if value is not None}
        if self.parent is None:
            return {"task": task}
        return {"parent": self.parent.as_json(), "task": task}


@dataclass(frozen=True, slots=True)
class TimesForm:
    """An entry's times on a known task; `stopped_at` None is left out. Finer than seconds is cut.

    It always comes under `time_entry`: a PATCH without that stops a running entry.
    """

    started_at: datetime
    stopped_at: datetime | None
    time_trackable_id: str

    def as_json(self) -> JsonObject:
        """The body, its keys in the page's order."""
        form = {"started_at": _unix(self.started_at)}
        if self.stopped_at is not None:
            form["stopped_at"] = _unix(self.stopped_at)
        return {"time_entry": {**form, "time_trackable_id": self.time_trackable_id}}


def task_form(task: Task, team_id: int, category_id: int | None) -> TaskForm:
    """A task of ours: its address is its key and its url; one without is known by its title."""
    parent_id = None if category_id is None else str(category_id)
    title, parent = clean_title(task.title), _parent_form(task)
    return TaskForm(task.timecrowd_key, title, task.url or None, str(team_id), parent_id, parent)


def _parent_form(task: Task) -> ParentForm | None:
    """The chat room of a message: its address is key and url, as its messages' addresses are."""
    room = room_of(task.address)
    if room is None:
        return None
    return ParentForm(room.address, task.room_name or room.default_name, room.address)


def start(form: TaskForm) -> Request:
    """Find or make a task and start an entry now; answered with the entry.

    The category goes along for a task that TimeCrowd has, too, as its own clients send it: one that
    is found by its key is started as it is, and one that was deleted a moment ago would be made
    again without a category.
    """
    return Request("POST", _ENTRIES, body=form.as_json())


def start_task(team_id: str, task_id: str) -> Request:
    """Start an entry now on a task that is there; answered with the entry."""
    return Request("POST", f"{_API}/teams/{team_id}/tasks/{task_id}/start", body={})


def record(form: TimesForm) -> Request:
    """Store an entry that is over; answered with the entry."""
    return Request("POST", _ENTRIES, body=form.as_json())


def create_task(form: TaskForm) -> Request:
    """Make a task without starting it; the answer is the task.

    Without a `key` the service may give it another one than a start of the same task sends, and
    that start would make a second task. A chat room is told as a start tells it: whether it counts
    here is not known, and without it `parent_id` decides.
    """
    fields = {
        "key": form.key,
        "parent_id": form.parent_id,
        "title": form.title,
        "url": form.url,
    }
    task = {name: value for name, value in fields.items() if value is not None}
    body: JsonObject = {"task": task}
    if form.parent is not None:
        body = {"parent": form.parent.as_json(), "task": task}
    return Request("POST", f"{_API}/teams/{form.team_id}/tasks", body=body)


def stop(entry_id: str) -> Request:
    """Stop a running entry now, without a body; answered with the entry."""
    return Request("PATCH", f"{_ENTRIES}/{entry_id}/stop")


def correct(entry_id: str, form: TimesForm) -> Request:
    """Give an entry its true times; answered with the entry."""
    return Request("PATCH", f"{_ENTRIES}/{entry_id}", body=form.as_json())


def comment(entry_id: str, text: str) -> Request:
    """Comment an entry; answered with the entry."""
    return Request("POST", f"{_ENTRIES}/{entry_id}/comments", body={"comment": {"content": text}})


def delete(entry_id: str) -> Request:
    """Remove an entry; answered 204, or 200 with anything."""
    return Request("DELETE", f"{_ENTRIES}/{entry_id}")


def me() -> Request:
    """Whose token it is."""
    return Request("GET", f"{_API}/user")


def working_users() -> Request:
    """Who works on what now, oneself among them."""
    return Request("GET", f"{_API}/user/working_users")


def my_entries(task_id: str | None = None, page: int = 1) -> Request:
    """One's own entries, of one task or of all, a page at a time from 1."""
    task = {} if task_id is None else {"task_id": task_id}
    return Request("GET", f"{_API}/user/time_entries", {**task, "page": str(page)})


def teams() -> Request:
    """The teams one belongs to."""
    return Request("GET", f"{_API}/teams")


def team_categories(team_id: str) -> Request:
    """A team's categories, nested."""
    return Request("GET", f"{_API}/teams/{team_id}/categories")


def all_categories() -> Request:
    """The categories of all one's teams, flat."""
    return Request("GET", f"{_API}/categories")


def team_tasks(team_id: str, page: int = 1) -> Request:
    """A team's tasks, a page at a time from 1."""
    return Request("GET", f"{_API}/teams/{team_id}/tasks", {"page": str(page)})


def search_tasks(title: str) -> Request:
    """Tasks whose title matches."""
    return Request("GET", f"{_API}/search/tasks", {"title": title})


def most_used_tasks(most: int) -> Request:
    """The tasks that one uses most. Known from one public client alone."""
    return Request("GET", f"{_API}/tasks", {"sort": "user_usage", "limit": str(most)})


def _unix(instant: datetime) -> str:
    return str(int(instant.timestamp()))


# -- answers


@dataclass(frozen=True, slots=True)
class RemoteTask:
    """A task as TimeCrowd shows it; what it does not show is empty."""

    id: str
    title: str = ""
    key: str = ""
    url: str = ""
    team_id: str = ""
    deleted: bool = False
    closed: bool = False
    team: str = ""
    category: str = ""

    def is_same_task(self, task: Task, cards: CardsByKey) -> bool:
        """Whether it is that task: by any form of the card's address in url or key, else by title.

        `cards` are those whose keys are known.
        A task with an address stands for that address, not for an equal title, and one that was
        chosen among TimeCrowd's own for that one alone.
        """
        if task.timecrowd is not None:
            return self.id == str(task.timecrowd.id)
        if task.address:
            return any(same_address(each, task.address) for each in (self.url, self.key))
        if task.card is not None:
            return any(is_address_of(task.card, each, cards) for each in (self.url, self.key))
        titles = clean_title(self.key), clean_title(self.title)
        return not self.url and task.timecrowd_key in titles


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page of a list of tasks."""

    tasks: tuple[RemoteTask, ...]
    is_last: bool


@dataclass(frozen=True, slots=True)
class RemoteEntryDetails:
    """An entry as TimeCrowd shows it, with its task: enough to adopt or to recognise it."""

    remote: RemoteEntry
    task: RemoteTask
    created_at: datetime | None = None


def entry(response: Response) -> RemoteEntry:
    """The entry that a start, a stop, a record or a correction answers with."""
    return remote_entry_details(response.json()).remote


def entry_id(response: Response) -> str:
    """The id of the entry that a comment answers with."""
    return read_id(read_object(response.json(), "an entry").get("id"), "the entry's id")


def remote_entry_details(value: object) -> RemoteEntryDetails:
    """An entry: needs id, started_at, stopped_at (null while it runs) and its task's id."""
    fields = read_object(value, "an entry")
    task = _entry_task(fields.get("task"), fields)
    if not task.id:
        raise UnreadableResponse("the task's id is missing")
    return _with_times(fields, task)


def _listed_entry(value: object) -> RemoteEntryDetails:
    """A row of a list: as an entry, but perhaps without a task."""
    fields = read_object(value, "an entry")
    return _with_times(fields, _entry_task(fields.get("task"), fields))


def _with_times(fields: Mapping[str, object], task: RemoteTask) -> RemoteEntryDetails:
    if "stopped_at" not in fields:
        raise UnreadableResponse("the entry says nothing of its stop")
    stopped_at = fields["stopped_at"]
    remote = RemoteEntry(
        read_id(fields.get("id"), "the entry's id"),
        task.id,
        read_instant(fields.get("started_at"), "the entry's start"),
        None if stopped_at is None else read_instant(stopped_at, "the entry's stop"),
    )
    return RemoteEntryDetails(remote, task, instant_or_none(fields.get("created_at")))


def entries(response: Response) -> tuple[RemoteEntryDetails, ...]:
    """A page of user/time_entries.

    A row without a task has a task without an id. One that cannot be read otherwise makes all of
    it UnreadableResponse.
    """
    return tuple(_listed_entry(row) for row in read_rows(response.json(), "time_entries"))


def working_now(response: Response, user_id: int) -> tuple[RemoteEntryDetails, ...]:
    """What the user of that id works on, out of working_users."""
    mine = []
    for row in read_rows(response.json(), "working_users"):
        person = read_object(row, "a person")
        if id_or_empty(person.get("id")) != str(user_id) or person.get("time_entry") is None:
            continue
        running = read_object(person["time_entry"], "an entry")
        task = running.get("task") or person.get("task")
        mine.append(remote_entry_details({"stopped_at": None, **running, "task": task}))
    return tuple(mine)


def created_task(response: Response) -> RemoteTask:
    """The task that making one answers with, bare or under `task`."""
    value = response.json()
    if isinstance(value, dict) and isinstance(value.get("task"), dict):
        value = value["task"]
    return _task(value)


def tasks(response: Response) -> tuple[RemoteTask, ...]:
    """Tasks, bare or under `tasks`. Rows without an id are left out: they cannot be used."""
    rows = read_rows(response.json(), "tasks")
    return tuple(_task(row) for row in rows if isinstance(row, dict) and id_or_empty(row.get("id")))


def task_infos(response: Response) -> tuple[TimeCrowdTaskInfo, ...]:
    """Tasks to choose from; those that are over, and ids that are no numbers, are left out."""
    rows = tasks(response)
    return tuple(task_info(each) for each in rows if is_to_choose(each))


def is_to_choose(task: RemoteTask) -> bool:
    """Whether work on the task can be started by its number."""
    return task.id.isdecimal() and not task.deleted and not task.closed


def task_info(task: RemoteTask) -> TimeCrowdTaskInfo:
    """A task as it is shown to be chosen."""
    team_id = int(task.team_id) if task.team_id.isdecimal() else None
    return TimeCrowdTaskInfo(
        TimeCrowdTask(int(task.id), team_id),
        task.title,
        task.key,
        task.url,
        task.team,
        task.category,
    )


def task_page(response: Response) -> TaskPage:
    """A page of a team's tasks; a bare list does not say whether it is the last."""
    value = response.json()
    is_last = isinstance(value, dict) and value.get("is_last_page") is True
    return TaskPage(tasks(response), is_last)


def account(response: Response) -> Account:
    """Whose token it is."""
    person = read_object(response.json(), "a user")
    number = read_int(person.get("id"), "the user's id")
    return Account(
        number, text_or_empty(person.get("nickname")) or text_or_empty(person.get("email")) or "?"
    )


def team_choices(response: Response) -> tuple[Choice, ...]:
    """The teams, in the service's order."""
    return tuple(
        Choice(read_int(team.get("id"), "the team's id"), text_or_empty(team.get("name")) or "?")
        for team in (read_object(row, "a team") for row in read_rows(response.json(), "teams"))
        if team.get("deleted_at") is None
    )


def category_choices(response: Response, team_id: int) -> tuple[Choice, ...]:
    """The team's categories, named by their path ("Development / Timer App").

    Reads both forms: nested (`children`), and flat, where `ancestry` lists the ids above.
    Deleted and archived ones cannot take tasks and are left out.
    """
    rows = tuple(_nested_categories(read_rows(response.json(), "categories")))
    titles = {id_or_empty(row.get("id")): text_or_empty(row.get("title")) for _, row in rows}
    choices = []
    for above, row in rows:
        if row.get("deleted_at") is not None or row.get("archived") is True:
            continue
        if id_or_empty(row.get("team_id")) not in ("", str(team_id)):
            continue
        ancestors = [titles.get(one, "") for one in text_or_empty(row.get("ancestry")).split("/")]
        path = [*(above or ancestors), text_or_empty(row.get("title"))]
        name = _PATH_SEPARATOR.join(part for part in path if part)
        choices.append(Choice(read_int(row.get("id"), "the category's id"), name or "?"))
    return tuple(choices)


def removed(response: Response) -> Removed:
    """The answer to a removal: empty or any JSON. A page in its place says nothing."""
    if response.status != 204 and response.text.strip():
        response.json()
    return Removed()


def _nested_categories(
    rows: list[object],
) -> Iterator[tuple[tuple[str, ...], Mapping[str, object]]]:
    """Each category with the titles above it, depth first, however deep it is nested."""
    waiting: list[tuple[tuple[str, ...], object]] = [((), row) for row in reversed(rows)]
    while waiting:
        above, value = waiting.pop()
        row = read_object(value, "a category")
        yield above, row
        children = row.get("children")
        if isinstance(children, list):
            below = (*above, text_or_empty(row.get("title")))
            waiting.extend((below, child) for child in reversed(children))


def _entry_task(value: object, around: Mapping[str, object]) -> RemoteTask:
    """The entry's task, or what the entry itself says of it."""
    fields = value if isinstance(value, dict) else {}
    named = {"id": around.get("time_trackable_id"), "team_id": around.get("team_id")}
    known = {**named, **{name: each for name, each in fields.items() if each is not None}}
    if id_or_empty(known["id"]):
        return _task(known)
    return RemoteTask("")


def _task(value: object) -> RemoteTask:
    fields = read_object(value, "a task")
    return RemoteTask(
        read_id(fields.get("id"), "the task's id"),
        text_or_empty(fields.get("title")),
        text_or_empty(fields.get("key")),
        text_or_empty(fields.get("url")),
        id_or_empty(fields.get("team_id")),
        fields.get("deleted_at") is not None,
        fields.get("closed_at") is not None or fields.get("archived") is True,
        _name_of(fields.get("team"), "name"),
        _name_of(fields.get("category"), "title"),
    )


def _name_of(value: object, field: str) -> str:
    return text_or_empty(value.get(field)) if isinstance(value, dict) else ""
