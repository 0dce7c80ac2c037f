"""What happens in TimeCrowd without the app: on a phone, on the web, by TimeCrowd's own calendar.

A `Deed` is done at its instant by the service's clock: whoever next asks the service finds it done,
as if somebody had done it then. A calendar is a plan of starts and stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from .timecrowd_model import NotHeldError, TaskForm, TimeEntry, UnprocessableError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .timecrowd_state import TimeCrowdState


class DeedKind(Enum):
    """What is done: a start ends what runs, a stop ends it; the others name an entry."""

    START = "start"
    STOP = "stop"
    TIMES = "times"
    MOVE = "move"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of the user's on another device, or of their calendar, at the instant `at`.

    START and MOVE need a `title`; `url` may be None. TIMES, MOVE and DELETE need `entry_id`; TIMES
    takes `started_at` and `stopped_at`, None leaves one as it is.
    """

    kind: DeedKind
    at: datetime
    title: str = ""
    url: str | None = None
    entry_id: int = 0
    started_at: datetime | None = None
    stopped_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.kind in (DeedKind.START, DeedKind.MOVE) and not self.title.strip():
            raise ValueError(f"{self.kind.value} needs a title")
        if self.kind in (DeedKind.TIMES, DeedKind.MOVE, DeedKind.DELETE) and self.entry_id < 1:
            raise ValueError(f"{self.kind.value} needs an entry_id")


class OtherDevices:
    """The other devices and the calendar of one user.

    `started` are the ids of the entries that they started, oldest first.
    """

    def __init__(self, state: TimeCrowdState, user_id: int, team_id: int, category_id: int) -> None:
        self._state = state
        self._user_id = user_id
        self._team_id = team_id
        self._category_id = category_id
        self._planned: list[Deed] = []
        self.started: list[int] = []

    @property
    def planned(self) -> tuple[Deed, ...]:
        """What is still to happen, the next first."""
        return tuple(self._planned)

    def plan(self, deeds: Iterable[Deed]) -> None:
        """Let these happen, each at its instant; of one instant, in the order given."""
        self._planned = sorted([*self._planned, *deeds], key=lambda deed: deed.at)

    def catch_up(self, now: datetime) -> None:
        """Do what is due by now. A deed whose entry is gone, or that is refused, does nothing."""
        while self._planned and self._planned[0].at <= now:
            self.do(self._planned.pop(0))

    def do(self, deed: Deed) -> TimeEntry | None:
        """Do it; the entry that it was about, None if nothing came of it."""
        try:
            return self._do(deed)
        except (NotHeldError, UnprocessableError):
            return None

    def _do(self, deed: Deed) -> TimeEntry | None:
        state, user_id = self._state, self._user_id
        match deed.kind:
            case DeedKind.START:
                entry = state.start(user_id, self._task(deed), deed.at)
                self.started.append(entry.id)
                return entry
            case DeedKind.STOP:
                running = state.running(user_id)
                return None if running is None else state.stop(user_id, running.id, deed.at)
            case DeedKind.TIMES:
                return state.change(
                    user_id,
                    deed.entry_id,
                    deed.at,
                    started_at=deed.started_at,
                    stopped_at=deed.stopped_at,
                )
            case DeedKind.MOVE:
                task_id = self._task(deed)
                return state.change(user_id, deed.entry_id, deed.at, task_id=task_id)
            case DeedKind.DELETE:
                return state.delete(user_id, deed.entry_id, deed.at)

    def _task(self, deed: Deed) -> int:
        form = TaskForm(self._team_id, None, deed.title, deed.url, self._category_id)
        return self._state.find_or_create_task(self._user_id, form, deed.at).id
