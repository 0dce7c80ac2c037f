"""What tray, tooltip, menu and panel show, as one pure value: they cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from timer_app.domain.absence import UnresolvedAbsence
from timer_app.domain.elapsed import running_seconds, todays_seconds
from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Running, State
from timer_app.domain.service import Service
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.services.delivery.progress import Progress
from timer_app.services.delivery.service_status import Health, ServiceStatus
from timer_app.services.setup.desktop_status import DesktopStatus, KeyringState
from timer_app.ui.icon_state import TrayBadge, TrayMark

_DEFAULT_DESKTOP = DesktopStatus()


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service that is not as it should be, and how many deliveries wait for it.

    One that is held because of the keyring names how that is.
    """

    service: Service
    health: Health
    waiting: int
    connection_problem: ConnectionProblem | None = None
    keyring: KeyringState | None = None


@dataclass(frozen=True, slots=True)
class View:
    """Everything that is shown. `goal` are the seconds a day is to have, 0 for none.

    `seconds_before_running` are the seconds of today without what runs; `day_began` is the instant
    at which today began. `waiting` deliveries need nobody, and would be sent if it were not
    `paused`. `my_cards` are one's own in Kaiten, as they were seen last. `questions` wait for an
    answer about being away, the earliest first.
    """

    mark: TrayMark
    badge: TrayBadge
    running: Entry | None
    seconds_before_running: int
    day_began: datetime
    recents: tuple[Task, ...]
    pins: tuple[Task, ...]
    services: tuple[ServiceLine, ...]
    problems: int
    unconfigured: tuple[Service, ...]
    my_cards: tuple[Task, ...] = ()
    goal: int = 0
    alert: str = ""
    is_alert_closable: bool = False
    waiting: int = 0
    progress: Progress | None = None
    paused: bool = False
    questions: tuple[UnresolvedAbsence, ...] = ()
    desktop_status: DesktopStatus = _DEFAULT_DESKTOP
    zone: tzinfo = UTC

    def elapsed(self, now: datetime) -> int:
        """How many seconds what runs has taken; `now` is by the clock of its start."""
        if self.running is None:
            return 0
        return running_seconds(self.running.started_at.timestamp(), now.timestamp())

    def today(self, now: datetime) -> int:
        """How many seconds today has, with what runs; `now` is by the clock of its start."""
        began = self.running.started_at.timestamp() if self.running else None
        day_began = self.day_began.timestamp()
        return todays_seconds(self.seconds_before_running, began, day_began, now.timestamp())


OpenCounts = Mapping[tuple[Service, bool], int]
"""How many deliveries are open, by service and by whether they need a person."""


def build_view(
    state: State,
    open_counts: OpenCounts,
    statuses: Mapping[Service, ServiceStatus],
    *,
    configured: Mapping[Service, bool],
    seconds_before_running: int,
    day_began: datetime,
    recents: tuple[Task, ...],
    pins: tuple[Task, ...] = (),
    my_cards: tuple[Task, ...] = (),
    goal: int = 0,
    alert: str = "",
    progress: Progress | None = None,
    paused: bool = False,
    questions: tuple[UnresolvedAbsence, ...] = (),
    awaiting_answer: Mapping[Service, int] | None = None,
    desktop_status: DesktopStatus = _DEFAULT_DESKTOP,
    zone: tzinfo = UTC,
) -> View:
    """The view of a moment. `alert` is a sentence about the journal itself, "" if it is fine.

    `awaiting_answer` is how many of the open deliveries wait for an answer to one of the
    `questions`.
    """
    awaiting_answer = awaiting_answer or {}
    problems = sum(open_counts.get((service, True), 0) for service in Service)
    running = state.entry if isinstance(state, Running) else None
    return View(
        mark=TrayMark.RUNNING if running else TrayMark.IDLE,
        badge=_badge(open_counts, problems, alert, questions),
        running=running,
        seconds_before_running=seconds_before_running,
        day_began=day_began,
        recents=recents,
        pins=pins,
        my_cards=my_cards,
        goal=goal,
        services=_service_lines(open_counts, statuses, configured, desktop_status.keyring),
        problems=problems,
        unconfigured=tuple(service for service in Service if not configured[service]),
        alert=alert,
        waiting=sum(
            open_counts.get((each, False), 0) - awaiting_answer.get(each, 0)
            for each in Service
            if configured[each]
        ),
        progress=progress,
        paused=paused,
        questions=questions,
        desktop_status=desktop_status,
        zone=zone,
    )


def with_alert(view: View, alert: str, *, is_closable: bool) -> View:
    """The view with what is wrong with the app itself, a line for each; "" if nothing is.

    What is closable stays until the user closes it.
    """
    if not alert:
        return view
    return replace(view, alert=alert, is_alert_closable=is_closable, badge=TrayBadge.ATTENTION)


def _badge(
    open_counts: OpenCounts, problems: int, alert: str, questions: tuple[UnresolvedAbsence, ...]
) -> TrayBadge:
    if alert or problems:
        return TrayBadge.ATTENTION
    if questions:
        return TrayBadge.QUESTION
    return TrayBadge.UNDELIVERED if any(open_counts.values()) else TrayBadge.NONE


def _service_lines(
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
            awaiting_answer = (
                keyring if status.health is Health.UNAUTHORIZED and keyring.is_unavailable else None
            )
            lines.append(
                ServiceLine(
                    service, status.health, waiting, status.connection_problem, awaiting_answer
                )
            )
    return tuple(lines)
