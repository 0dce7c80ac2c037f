"""What tray, tooltip, menu and panel show, as one pure value: they cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from timer_app.domain.away import Question
from timer_app.domain.delivery import Service
from timer_app.domain.entry import Entry
from timer_app.domain.task import Task
from timer_app.domain.timer import Running, State
from timer_app.services.progress import Progress
from timer_app.services.service_status import Health, ServiceStatus
from timer_app.services.surroundings import KeyringState, Surroundings
from timer_app.ui.marks import Badge, Mark

_AS_IT_SHOULD_BE = Surroundings()


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service that is not as it should be, and how many deliveries wait for it.

    One that is held because of the keyring names how that is.
    """

    service: Service
    health: Health
    waiting: int
    detail: str
    keyring: KeyringState | None = None


@dataclass(frozen=True, slots=True)
class View:
    """Everything that is shown. `goal` are the seconds a day is to have, 0 for none.

    `today_before` are the seconds of today without what runs; `day_began` is the instant at
    which today began. `waiting` deliveries need nobody, and would be sent if it were not `paused`.
    `questions` wait for an answer about being away, the earliest first.
    """

    mark: Mark
    badge: Badge
    running: Entry | None
    today_before: int
    day_began: datetime
    recents: tuple[Task, ...]
    pins: tuple[Task, ...]
    services: tuple[ServiceLine, ...]
    problems: int
    unset: tuple[Service, ...]
    goal: int = 0
    trouble: str = ""
    waiting: int = 0
    progress: Progress | None = None
    paused: bool = False
    questions: tuple[Question, ...] = ()
    surroundings: Surroundings = _AS_IT_SHOULD_BE

    def elapsed(self, now: datetime) -> int:
        """How many seconds what runs has taken."""
        if self.running is None:
            return 0
        return max(0, int((now - self.running.started_at).total_seconds()))

    def today(self, now: datetime) -> int:
        """How many seconds today has, with what runs."""
        if self.running is None:
            return self.today_before
        began = max(self.running.started_at, self.day_began)
        return self.today_before + max(0, int((now - began).total_seconds()))


OpenCounts = Mapping[tuple[Service, bool], int]
"""How many deliveries are open, by service and by whether they need a person."""


def view(
    state: State,
    open_counts: OpenCounts,
    statuses: Mapping[Service, ServiceStatus],
    *,
    configured: Mapping[Service, bool],
    today_before: int,
    day_began: datetime,
    recents: tuple[Task, ...],
    pins: tuple[Task, ...] = (),
    goal: int = 0,
    trouble: str,
    progress: Progress | None = None,
    paused: bool = False,
    questions: tuple[Question, ...] = (),
    held: Mapping[Service, int] | None = None,
    surroundings: Surroundings = _AS_IT_SHOULD_BE,
) -> View:
    """The view of a moment. `trouble` is a sentence about the journal itself, "" if it is fine.

    `held` is how many of the open deliveries wait for an answer to one of the `questions`.
    """
    held = held or {}
    problems = sum(open_counts.get((service, True), 0) for service in Service)
    running = state.entry if isinstance(state, Running) else None
    return View(
        mark=Mark.RUNNING if running else Mark.IDLE,
        badge=_badge(open_counts, problems, trouble, questions),
        running=running,
        today_before=today_before,
        day_began=day_began,
        recents=recents,
        pins=pins,
        goal=goal,
        services=_services(open_counts, statuses, configured, surroundings.keyring),
        problems=problems,
        unset=tuple(service for service in Service if not configured[service]),
        trouble=trouble,
        waiting=sum(
            open_counts.get((each, False), 0) - held.get(each, 0)
            for each in Service
            if configured[each]
        ),
        progress=progress,
        paused=paused,
        questions=questions,
        surroundings=surroundings,
    )


def _badge(
    open_counts: OpenCounts, problems: int, trouble: str, questions: tuple[Question, ...]
) -> Badge:
    if trouble or problems:
        return Badge.ATTENTION
    if questions:
        return Badge.QUESTION
    return Badge.UNDELIVERED if any(open_counts.values()) else Badge.NONE


def _services(
    open_counts: OpenCounts,
    statuses: Mapping[Service, ServiceStatus],
    configured: Mapping[Service, bool],
    keyring: KeyringState,
) -> tuple[ServiceLine, ...]:
    lines = []
    for service in Service:
        waiting = open_counts.get((service, False), 0)
        status = statuses[service]
        if configured[service] and status.health is not Health.OK:
            held = keyring if status.health is Health.UNAUTHORIZED and keyring.troubled else None
            lines.append(ServiceLine(service, status.health, waiting, status.detail, held))
    return tuple(lines)
