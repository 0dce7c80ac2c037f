"""The records TimeCrowd holds and the ways it refuses: frozen values, compared with ``==``.

A category is a task with `is_category`, as in the service, where both draw their ids from one
sequence. Where the real behaviour is unknown (shared/api/timecrowd.md, mark U), `TimeCrowdSwitches`
says what this stand-in does and lets a test choose the other way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

ORDERS = ("newest", "oldest", "random")
"""Of the rows of user/time_entries and time_entries; a random order holds for all pages."""
READ_ONLY_TEAM = "選択中のチームでタスクの作成・編集・削除は許可されていません"


class NotHeldError(Exception):
    """What the request names is not there, or not this user's: answered 404."""


class UnprocessableError(Exception):
    """The request cannot be saved: answered 422 with `messages`, first the Rails heading if any."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages

    @classmethod
    def record(cls, model: str, *faults: str) -> UnprocessableError:
        """The Rails form: a heading (with its trailing space), then one line for each fault."""
        errors = "error" if len(faults) == 1 else "errors"
        heading = f"{len(faults)} {errors} prohibited this {model} from being saved. "
        return cls(heading, *faults)


@dataclass(frozen=True, slots=True)
class User:
    """A person. `time_zone` and `locale` are what the account is set to."""

    id: int
    nickname: str
    email: str
    created_at: datetime
    time_zone: str = "UTC"
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class Team:
    """A team; with `tasks_readonly` its members may not make tasks."""

    id: int
    name: str
    created_at: datetime
    member_ids: frozenset[int]
    workspace_id: int = 12421
    tasks_readonly: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A task or a category. `key` identifies it within its team; `parent_id` is its category."""

    id: int
    team_id: int
    key: str
    title: str
    url: str | None
    created_at: datetime
    updated_at: datetime
    parent_id: int | None = None
    is_category: bool = False
    position: int | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """One stretch of work; running while `stopped_at` is None; gone once `deleted_at` is set."""

    id: int
    user_id: int
    task_id: int
    started_at: datetime
    stopped_at: datetime | None
    created_at: datetime
    updated_at: datetime
    comment: str | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TaskForm:
    """What a client says of a task. `parent` is (title, url) of the Chatwork/KDDI form."""

    team_id: int | None
    key: str | None
    title: str | None
    url: str | None
    parent_id: int | None = None
    parent: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class TimeCrowdSwitches:
    """Choices where the real service is unknown. Defaults are the likelier or the stricter way.

    starting_stops_the_old: starting an entry stops the user's running one at that instant.
    stopping_twice_is_fine: stopping a stopped entry answers 200 and the entry unchanged, else 422.
    missing_status: status for an entry or task that is gone or someone else's.
    delete_status: 204 without a body, or 200 with the entry.
    page_size: entries on one page of user/time_entries and time_entries.
    order: one of ORDERS; `order_seed` chooses among the random ones.
    task_page_size: tasks on one page of teams/:id/tasks.
    url_becomes_key: a task made without `key` is keyed by its url, else by its title without blanks
        and punctuation.
    comments_append: a second comment of an entry follows the first, else it replaces it.
    utc_offset_minutes: zone of the instants in answers (0: ``Z``, 540: ``+09:00``).
    Raises ValueError for values that make no sense.
    """

    starting_stops_the_old: bool = True
    stopping_twice_is_fine: bool = True
    missing_status: int = 404
    delete_status: int = 204
    page_size: int = 20
    utc_offset_minutes: int = 0
    order: str = "random"
    order_seed: int = 1
    task_page_size: int = 100
    url_becomes_key: bool = True
    comments_append: bool = False

    def __post_init__(self) -> None:
        if not 400 <= self.missing_status <= 499:
            raise ValueError("missing_status must be between 400 and 499")
        if self.delete_status not in (200, 204):
            raise ValueError("delete_status must be 200 or 204")
        if min(self.page_size, self.task_page_size) < 1:
            raise ValueError("page_size and task_page_size must be at least 1")
        if self.order not in ORDERS:
            raise ValueError(f"order must be one of {', '.join(ORDERS)}")
        if abs(self.utc_offset_minutes) >= 24 * 60:
            raise ValueError("utc_offset_minutes must be less than a day")
