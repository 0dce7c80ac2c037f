"""Sentences, in the language of the source."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ui.conftest import IDLE, NOW, running
from timer_app.domain.delivery import Service
from timer_app.services.service_status import Health
from timer_app.ui import wording
from timer_app.ui.view import ServiceLine


@pytest.mark.parametrize(
    ("seconds", "clock", "short"),
    [(0, "0:00:00", "0:00"), (59, "0:00:59", "0:00"), (3661, "1:01:01", "1:01"),
     (360_000, "100:00:00", "100:00")],
)  # fmt: skip
def test_lengths(seconds: int, clock: str, short: str) -> None:
    assert (wording.clock(seconds), wording.short(seconds)) == (clock, short)


def test_the_tooltip_of_a_quiet_day() -> None:
    assert wording.tooltip(IDLE, NOW) == "Nothing is running\nToday 2:01"


def test_the_tooltip_when_all_goes_wrong() -> None:
    view = replace(
        running(),
        services=(
            ServiceLine(Service.TIMECROWD, Health.OFFLINE, 0, "No name."),
            ServiceLine(Service.KAITEN, Health.RATE_LIMITED, 3, "…"),
        ),
        problems=2,
        trouble="The disk is full.",
    )
    assert wording.tooltip(view, NOW).splitlines() == [
        "Ship the tray timer  0:01",
        "Today 2:02",
        "TimeCrowd: no connection",
        "Kaiten: asked us to slow down, 3 waiting",
        "Needs you: 2",
        "The disk is full.",
    ]


@pytest.mark.parametrize(
    ("health", "said", "remedy"),
    [
        (Health.OFFLINE, "no connection", "It is tried again by itself."),
        (Health.RATE_LIMITED, "asked us to slow down", "It is tried again by itself."),
        (
            Health.UNAUTHORIZED,
            "the token is missing or not accepted",
            "Enter a token: timer-app login kaiten",
        ),
        (Health.OK, "connected", ""),
        (Health.NOT_CONFIGURED, "not set up", ""),
    ],
)
def test_every_health_has_words_and_a_remedy(health: Health, said: str, remedy: str) -> None:
    line = ServiceLine(Service.KAITEN, health, 0, "")
    assert (wording.waiting(line), wording.remedy(line)) == (f"Kaiten: {said}", remedy)


@pytest.mark.parametrize("service", Service)
def test_a_service_that_is_not_set_up_is_told_how(service: Service) -> None:
    said = wording.not_set_up(service)
    assert wording.service_name(service) in said
    assert "timer-app config set" in said
