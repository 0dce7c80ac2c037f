"""Sentences, in the language of the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QLocale

from tests.ui.conftest import DRAINING, IDLE, NOW, PAUSED, running
from timer_app.domain.service import Service
from timer_app.services.delivery.service_status import Health
from timer_app.services.setup.desktop_status import (
    BusState,
    DesktopKind,
    DesktopStatus,
    KeyringState,
    TrayState,
)
from timer_app.ui import wording
from timer_app.ui.view import ServiceLine


@pytest.mark.parametrize(
    ("seconds", "clock", "short"),
    [(0, "0:00:00", "0:00"), (59, "0:00:59", "0:00"), (3661, "1:01:01", "1:01"),
     (360_000, "100:00:00", "100:00")],
)  # fmt: skip
def test_lengths(seconds: int, clock: str, short: str) -> None:
    assert (wording.format_hms(seconds), wording.format_hm(seconds)) == (clock, short)


def test_the_tooltip_of_a_quiet_day() -> None:
    assert wording.tooltip(IDLE, NOW) == "Nothing is running\nToday 2:01"


def test_the_tooltip_when_all_goes_wrong() -> None:
    view = replace(
        running(),
        services=(
            ServiceLine(Service.TIMECROWD, Health.OFFLINE, 0),
            ServiceLine(Service.KAITEN, Health.RATE_LIMITED, 3),
        ),
        problems=2,
        alert="The disk is full.",
    )
    assert wording.tooltip(view, NOW).splitlines() == [
        "Ship the tray timer  0:01",
        "Today 2:02",
        "TimeCrowd: no connection",
        "Kaiten: asked us to slow down, 3 waiting",
        "Needs your attention: 2",
        "The disk is full.",
    ]


@pytest.mark.parametrize(
    ("health", "said", "remedy"),
    [
        (Health.OFFLINE, "no connection", "Timer App will try again."),
        (Health.RATE_LIMITED, "asked us to slow down", "Timer App will try again."),
        (
            Health.UNAUTHORIZED,
            "the token is missing or not accepted",
            "",  # a link leads to where it is entered
        ),
        (Health.OK, "connected", ""),
        (Health.NOT_CONFIGURED, "not set up", ""),
    ],
)
def test_every_health_has_words_and_a_remedy(health: Health, said: str, remedy: str) -> None:
    line = ServiceLine(Service.KAITEN, health, 0)
    assert (wording.service_status(line), wording.service_remedy(line)) == (
        f"Kaiten: {said}",
        remedy,
    )


@pytest.mark.parametrize("service", Service)
def test_for_a_service_that_is_not_set_up_it_says_how_to(service: Service) -> None:
    said = wording.service_not_set_up(service)
    assert wording.service_name(service) in said
    assert "timer-app" not in said


# -- a long delivery


def test_the_tooltip_has_one_line_about_a_long_delivery() -> None:
    today = "Nothing is running\nToday 2:01\n"
    assert wording.tooltip(DRAINING, NOW) == today + "Delivering: 1,234 of 10,000"
    assert wording.tooltip(PAUSED, NOW) == today + "Delivery is paused: 8,766 waiting"
    nothing = replace(IDLE, paused=True)
    assert wording.tooltip(nothing, NOW) == today + "Delivery is paused: nothing waits"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=1), "Less than a minute left"),
        (timedelta(seconds=60), "Less than a minute left"),
        (timedelta(seconds=61), "About 2 min left"),
        (timedelta(minutes=119), "About 119 min left"),
        (timedelta(minutes=125), "About 2 h 5 min left"),
        (timedelta(hours=1234), "About 1,234 h 0 min left"),
    ],
)
def test_the_time_left(length: timedelta, said: str) -> None:
    assert wording.time_remaining(length) == said


@pytest.fixture
def russia() -> Iterator[None]:
    """A desktop in Russian."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.Russian))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("russia")
def test_numbers_are_grouped_as_in_the_country() -> None:
    assert wording.format_number(10_000) == "10\N{NO-BREAK SPACE}000"


def test_each_trouble_around_the_app_has_a_sentence_of_its_own() -> None:
    fine = DesktopStatus(KeyringState.WORKS)
    assert wording.desktop_problems(fine) == []
    is_unavailable = [state for state in KeyringState if state.is_unavailable]
    said = [wording.desktop_problems(replace(fine, keyring=state)) for state in is_unavailable]
    assert [len(each) for each in said] == [1] * len(is_unavailable)
    said += [
        wording.desktop_problems(replace(fine, tray=tray, desktop=desktop))
        for tray, desktop in [
            (TrayState.GONE, DesktopKind.OTHER),
            (TrayState.NOT_AVAILABLE, DesktopKind.OTHER),
            (TrayState.NOT_AVAILABLE, DesktopKind.GNOME),
        ]
    ]
    said.append(wording.desktop_problems(replace(fine, session_bus=BusState.LOST)))
    assert len({sentence for (sentence,) in said}) == len(said)


def test_a_service_that_waits_for_the_keyring_names_it() -> None:
    line = ServiceLine(Service.KAITEN, Health.UNAUTHORIZED, 2, None, KeyringState.LOCKED)
    assert wording.service_status(line) == "Kaiten: the keyring is locked, 2 waiting"
    assert wording.service_remedy(line) == ""
