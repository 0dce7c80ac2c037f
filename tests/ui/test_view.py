"""What is shown is one pure value: whole values in, whole values out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui.conftest import CARD, IDLE, NOW, running
from timer_app.domain.absence import Absence, AbsenceCause, UnresolvedAbsence
from timer_app.domain.entries.timer import Idle, Running, State
from timer_app.domain.messages import ConnectionProblemKind
from timer_app.domain.service import Service
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.services.delivery.progress import Progress
from timer_app.services.delivery.service_status import Health, ServiceStatus
from timer_app.ui.icon_state import TrayBadge, TrayMark
from timer_app.ui.view import OpenCounts, ServiceLine, View, build_view

OK = {service: ServiceStatus() for service in Service}
BOTH = dict.fromkeys(Service, True)


def seen(
    state: State | None = None,
    counts: OpenCounts | None = None,
    statuses: dict[Service, ServiceStatus] | None = None,
    configured: dict[Service, bool] | None = None,
    alert: str = "",
    progress: Progress | None = None,
    *,
    paused: bool = False,
) -> View:
    """The view of a moment."""
    return build_view(
        state or Idle(),
        counts or {},
        statuses or OK,
        configured=configured or BOTH,
        seconds_before_running=IDLE.seconds_before_running,
        day_began=IDLE.day_began,
        recents=IDLE.recents,
        alert=alert,
        progress=progress,
        paused=paused,
    )


def test_idle() -> None:
    assert seen() == IDLE


def test_running() -> None:
    expected = running()
    assert expected.running is not None
    assert seen(Running(expected.running)) == expected


@pytest.mark.parametrize(
    ("needs_user", "badge", "problems"),
    [(False, TrayBadge.UNDELIVERED, 0), (True, TrayBadge.ATTENTION, 2)],
)
def test_badges(*, needs_user: bool, badge: TrayBadge, problems: int) -> None:
    found = seen(counts={(Service.KAITEN, needs_user): 2})
    assert (found.mark, found.badge, found.problems) == (TrayMark.IDLE, badge, problems)


def test_what_needs_a_person_outweighs_what_waits() -> None:
    counts = {
        (Service.KAITEN, False): 5,
        (Service.TIMECROWD, True): 1,
    }
    assert seen(counts=counts).badge is TrayBadge.ATTENTION


def test_a_journal_in_trouble_needs_a_person() -> None:
    found = seen(alert="The disk is full.")
    assert (found.badge, found.alert, found.problems) == (
        TrayBadge.ATTENTION,
        "The disk is full.",
        0,
    )


NO_NAME = ConnectionProblem(ConnectionProblemKind.NAME_NOT_FOUND, "timecrowd.net")


def test_a_service_in_trouble_has_a_line_with_what_waits_for_it() -> None:
    statuses = {
        Service.TIMECROWD: ServiceStatus(Health.OFFLINE, "No name.", connection_problem=NO_NAME),
        Service.KAITEN: ServiceStatus(),
    }
    counts = {
        (Service.TIMECROWD, False): 3,
        (Service.TIMECROWD, True): 7,
    }
    line = ServiceLine(Service.TIMECROWD, Health.OFFLINE, 3, NO_NAME)
    assert seen(counts=counts, statuses=statuses).services == (line,)


def test_a_service_that_is_not_set_up_is_no_trouble() -> None:
    statuses = {**OK, Service.KAITEN: ServiceStatus(Health.OFFLINE, "left over")}
    found = seen(statuses=statuses, configured={Service.TIMECROWD: True, Service.KAITEN: False})
    assert (found.services, found.unconfigured) == ((), (Service.KAITEN,))


def test_what_waits_for_services_that_are_set_up() -> None:
    counts = {(Service.TIMECROWD, False): 3, (Service.KAITEN, False): 4, (Service.KAITEN, True): 9}
    assert seen(counts=counts).waiting == 7
    only = {Service.TIMECROWD: True, Service.KAITEN: False}
    assert seen(counts=counts, configured=only).waiting == 3


def test_how_delivery_goes_is_shown_as_it_is() -> None:
    found = seen(progress=Progress(1, 20), paused=True)
    assert (found.progress, found.paused) == (Progress(1, 20), True)


def test_elapsed_and_today_count_from_clocks() -> None:
    found = running(CARD, seconds=61)
    assert (found.elapsed(NOW), found.today(NOW)) == (61, 7322)
    later = NOW + timedelta(hours=1)
    assert (found.elapsed(later), found.today(later)) == (3661, 10922)
    assert (IDLE.elapsed(NOW), IDLE.today(NOW)) == (0, 7261)


def test_a_night_counts_for_today_only_from_midnight() -> None:
    found = running(CARD, seconds=13 * 3600)
    assert (found.elapsed(NOW), found.today(NOW)) == (13 * 3600, 7261 + 12 * 3600)


def test_a_clock_set_back_shows_no_negative_time() -> None:
    before = NOW - timedelta(hours=2)
    assert (running().elapsed(before), running().today(before)) == (0, 7261)


def test_a_question_outranks_what_waits_and_not_what_needs_a_person() -> None:
    entry = running().running
    assert entry is not None
    absence = Absence(NOW - timedelta(minutes=30), NOW, frozenset({AbsenceCause.IDLE}))
    asked = (UnresolvedAbsence(1, entry, NOW, absence),)
    waits = {(Service.KAITEN, False): 3, (Service.TIMECROWD, False): 2}

    def made(counts: OpenCounts) -> View:
        return build_view(
            Idle(), counts, OK, configured=BOTH, seconds_before_running=0, day_began=IDLE.day_began,
            recents=(), alert="", questions=asked, awaiting_answer={Service.KAITEN: 1},
        )  # fmt: skip

    assert (made(waits).badge, made(waits).waiting, made(waits).questions) == (
        TrayBadge.QUESTION, 4, asked,
    )  # fmt: skip
    assert made(waits | {(Service.KAITEN, True): 1}).badge is TrayBadge.ATTENTION
