"""The computer's clock and zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
import tzlocal

from timer_app.adapters.system_clock import SystemClock

if TYPE_CHECKING:
    from datetime import tzinfo

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    with time_machine.travel(NOON, tick=False):
        assert SystemClock().now() == NOON
        assert SystemClock().now().tzinfo is UTC


@pytest.mark.parametrize(
    ("name", "hours"), [("Europe/Berlin", 2), ("Asia/Kolkata", 5.5), ("America/New_York", -4)]
)
def test_the_zone_is_asked_anew(monkeypatch: pytest.MonkeyPatch, name: str, hours: float) -> None:
    monkeypatch.setenv("TZ", name)
    zone = SystemClock().zone()
    assert (str(zone), NOON.astimezone(zone).utcoffset()) == (name, timedelta(hours=hours))
    winter = datetime(2026, 1, 1, tzinfo=zone).utcoffset()
    assert (winter == timedelta(hours=hours)) is (name == "Asia/Kolkata")


def test_a_zone_without_a_name_becomes_its_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> tzinfo:
        raise LookupError("no such zone")

    monkeypatch.setattr(tzlocal, "reload_localzone", unknown)
    zone = SystemClock().zone()
    here = datetime.now().astimezone()
    assert here.astimezone(zone).utcoffset() == here.utcoffset()
