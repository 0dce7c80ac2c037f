"""The computer's clock and zone."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine
import tzlocal

from timer_app.adapters.system_clock import SystemClock, unknown_zone
from timer_app.domain.entries.minutes import zone_name

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
        looked.append(link.readlink().name)
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
    assert str(clock.zone()) == "Asia/Kolkata"
    assert looked == ["Berlin", "Tokyo"]


def test_a_zone_without_a_name_becomes_its_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> tzinfo:
        raise LookupError("no such zone")

    monkeypatch.setattr(tzlocal, "reload_localzone", unknown)
    zone = SystemClock().zone()
    here = datetime.now().astimezone()
    assert here.astimezone(zone).utcoffset() == here.utcoffset()


@pytest.mark.parametrize(
    ("rules", "winter", "summer"),
    [
        ("CET-1CEST,M3.5.0,M10.5.0/3", 1, 2),
        (":CET-1CEST,M3.5.0,M10.5.0/3", 1, 2),
        ("EST5EDT,M3.2.0,M11.1.0", -5, -4),
        ("PST8PDT", -8, -7),
        ("JST-9", 9, 9),
        ("<+0330>-3:30", 3.5, 3.5),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -2, -1),
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", 13, 12),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", 0, 1),
        ("", 0, 0),
        (":", 0, 0),
        ("UTC0", 0, 0),
        ("<+0530>-5:30", 5.5, 5.5),
        ("LHST-10:30LHDT-11,M10.1.0,M4.1.0", 11, 10.5),
        ("EST5EDT,0/0,J365/25", -4, -4),
        ("Europe/Berlin", 1, 2),
        (":Europe/Berlin", 1, 2),
        ("/usr/share/zoneinfo/Europe/Berlin", 1, 2),
    ],
)
def test_the_zone_that_a_variable_says(
    monkeypatch: pytest.MonkeyPatch, rules: str, winter: float, summer: float
) -> None:
    monkeypatch.setenv("TZ", rules)
    clock = SystemClock()
    zone = clock.zone()
    offsets = [datetime(2026, month, 15, 12, tzinfo=zone).utcoffset() for month in (1, 7)]
    assert offsets == [timedelta(hours=winter), timedelta(hours=summer)]
    assert unknown_zone() == ""
    kept = clock.zone_named(zone_name(zone, NOON))  # as the journal keeps it
    assert NOON.astimezone(kept).utcoffset() == timedelta(hours=summer)


def test_rules_are_those_of_the_zone_to_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    zone, berlin = SystemClock().zone(), ZoneInfo("Europe/Berlin")
    for at in (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)):
        for minute in range(0, 180, 10):
            instant = at + timedelta(minutes=minute)
            there, here = instant.astimezone(berlin), instant.astimezone(zone)
            assert (here.isoformat(), here.tzname(), here.fold) == (
                there.isoformat(), there.tzname(), there.fold,
            )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["Nowhere/Town", "CET-1CEST,M3.5.0", "CE-1", "CET-1CEST,M13.5.0,M10.5.0", "/etc/passwd",
             "/no/such/file", "../etc", "\u200b", "XXX-24:59:59", "Europe", "UTC+0530",
             "/dev/zero"],
)  # fmt: skip
def test_an_unknown_zone_is_utc_and_said(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("TZ", name)
    assert NOON.astimezone(SystemClock().zone()).utcoffset() == timedelta(0)
    assert unknown_zone() == name


def test_a_system_without_a_zone_is_in_utc_without_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def warned() -> tzinfo:
        warnings.warn("Can not find any timezone configuration", stacklevel=1)
        return UTC

    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(tzlocal, "reload_localzone", warned)
    assert SystemClock().zone() is UTC
