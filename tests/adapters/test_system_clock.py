"""The computer's clock and zone."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
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


def test_the_zone_follows_what_says_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same clock, asked before and after: by TZ, and by a link that leads elsewhere."""
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Europe/Berlin")
    monkeypatch.setattr("timer_app.adapters.system_clock._ZONE_FILES", (str(link),))
    looked: list[str] = []

    def found() -> tzinfo:
        looked.append(os.environ.get("TZ") or link.readlink().name)
        return UTC

    monkeypatch.setattr(tzlocal, "reload_localzone", found)
    monkeypatch.delenv("TZ", raising=False)
    clock = SystemClock()
    clock.zone()
    clock.zone()
    assert looked == ["Berlin"]
    link.unlink()
    link.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
    clock.zone()
    clock.zone()
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    clock.zone()
    assert looked == ["Berlin", "Tokyo", "Asia/Kolkata"]


def test_a_zone_without_a_name_becomes_its_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> tzinfo:
        raise LookupError("no such zone")

    monkeypatch.setattr(tzlocal, "reload_localzone", unknown)
    zone = SystemClock().zone()
    here = datetime.now().astimezone()
    assert here.astimezone(zone).utcoffset() == here.utcoffset()
