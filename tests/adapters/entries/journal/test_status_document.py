"""The document of `status --json`, exactly as the interface page shows it."""

from __future__ import annotations

import os
import sys
import time as system_time
from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

import pytest

from tests.adapters.entries.journal.support import DAY, NINE, WORDS, entry, finished, open_journal
from timer_app.adapters.entries.journal import status_document as module
from timer_app.adapters.entries.journal.status_document import status_document, true_now
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.domain.clock import BootTime, ClockReading, ServiceClock
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.entries.timer import Idle, Running, Transition
from timer_app.domain.service import Service
from timer_app.services.delivery.service_status import Health, ServiceStatus

MOSCOW = ZoneInfo("Europe/Moscow")
BOTH = {"timecrowd": True, "kaiten": True}
FINE = {"state": "ok", "detail": ""}
MIDNIGHT = time(0)
in_a_set_zone = pytest.mark.skipif(
    sys.platform == "win32", reason="a process has the zone of the user there, whatever TZ says"
)


@pytest.fixture(autouse=True)
def in_moscow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "Europe/Moscow")
    system_time.tzset()
    yield
    monkeypatch.undo()
    assert os.environ.get("TZ") == before
    system_time.tzset()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    journal = open_journal(tmp_path)
    yield journal
    journal.close()


def moscow(**after_nine_utc: float) -> datetime:
    return (NINE + timedelta(**after_nine_utc)).astimezone(MOSCOW)


def test_without_a_journal() -> None:
    unset = {"state": "not_configured", "detail": ""}
    assert status_document(None, moscow(), MIDNIGHT, {"timecrowd": True, "kaiten": False}) == {
        "state": "idle",
        "entry": None,
        "elapsed_seconds": 0,
        "today_seconds": 0,
        "deliveries": {"waiting": 0, "sending": 0, "unknown": 0, "blocked": 0, "done": 0},
        "services": {"timecrowd": FINE, "kaiten": unset},
    }


@in_a_set_zone
def test_running(journal: SqliteJournal) -> None:
    journal.apply_transition(finished(0))
    journal.apply_transition(finished(1))
    journal.apply_transition(Transition(Running(entry(2))))
    journal.set_state(1, DeliveryState.DONE)
    journal.set_state(2, DeliveryState.DROPPED)
    status = ServiceStatus(Health.UNAUTHORIZED, "The token is not accepted.")
    journal.save_service_status(Service.KAITEN, status)
    now = moscow(hours=2, seconds=61, milliseconds=999)
    assert status_document(journal.connection, now, MIDNIGHT, BOTH) == {
        "state": "running",
        "entry": {
            "id": "e2",
            "task": "Ship it",
            "card_id": 7,
            "card_url": "https://acme.kaiten.ru/7",
            "comment": "",
            "started_at": "2026-11-22T14:00:00+03:00",
        },
        "elapsed_seconds": 61,
        "today_seconds": 7261,
        "deliveries": {"waiting": 2, "sending": 0, "unknown": 0, "blocked": 0, "done": 1},
        "services": {
            "timecrowd": FINE,
            "kaiten": {"state": "unauthorized", "detail": "The token is not accepted."},
        },
    }


@in_a_set_zone
def test_a_task_without_a_card(journal: SqliteJournal) -> None:
    journal.apply_transition(Transition(Running(entry(0, WORDS))))
    document = status_document(journal.connection, moscow(), MIDNIGHT, BOTH)
    assert document["entry"] == {
        "id": "e0",
        "task": "Read mail",
        "card_id": None,
        "card_url": None,
        "comment": "",
        "started_at": "2026-11-22T12:00:00+03:00",
    }


@pytest.mark.parametrize(
    ("hours", "day_start", "today"),
    [
        # 00:30: of what runs since 12:00 only the new day counts
        pytest.param(12.5, MIDNIGHT, 1800, marks=in_a_set_zone),
        (12.5, time(4), 45000),  # it is still yesterday
        (16, time(4), 0),  # the day begins at this instant
        (-1, MIDNIGHT, 0),  # the clock was set back
    ],
)
def test_of_what_runs_only_todays_part_counts(
    journal: SqliteJournal, hours: float, day_start: time, today: int
) -> None:
    journal.apply_transition(Transition(Running(entry(0))))
    document = status_document(journal.connection, moscow(hours=hours), day_start, BOTH)
    assert document["today_seconds"] == today


def test_cancelled_is_idle_and_no_time(journal: SqliteJournal) -> None:
    journal.apply_transition(Transition(Running(entry(0))))
    journal.apply_transition(Transition(Idle(), cancelled=entry(0)))
    document = status_document(journal.connection, moscow(hours=1), MIDNIGHT, BOTH)
    assert (document["state"], document["entry"], document["today_seconds"]) == ("idle", None, 0)
    assert journal.seconds_on(DAY) == 0


WINDOWS_LATEST = 32_536_799_999
"""The last second of 3000-12-31 in UTC-12: there Windows' local time ends."""


class WindowsTime(datetime):
    """Local time as Windows knows it: from 1970 to 3000."""

    @classmethod
    def fromtimestamp(cls, seconds: float, tz: tzinfo | None = None) -> Self:
        if not 0 <= seconds <= WINDOWS_LATEST:
            raise OSError(22, "Invalid argument")
        return super().fromtimestamp(seconds, tz)


def test_an_instant_without_a_local_time_is_shown_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "datetime", WindowsTime)
    assert module.local_iso(-86_400) == "1969-12-31T00:00:00+00:00"


def test_a_present_without_a_local_time_is_the_computers(
    journal: SqliteJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = ClockReading(NINE, BootTime("a", 1000.0))
    journal.save_service_clock(ServiceClock(timedelta(hours=7), heard))
    journal.connection.execute("UPDATE service_clock SET difference = 1e300")
    monkeypatch.setattr(module, "datetime", WindowsTime)
    shown = moscow(hours=1)
    assert true_now(journal.connection, shown, None) == shown


@pytest.mark.parametrize(
    ("shown", "boot_time", "true"),
    [
        (moscow(hours=1), ("a", 4600.0), moscow(hours=8)),
        (moscow(hours=9), ("a", 4600.0), moscow(hours=8)),  # it was set since
        (moscow(hours=1), ("b", 10.0), moscow(hours=8)),
        (moscow(hours=1), None, moscow(hours=8)),
    ],
)
def test_the_present_follows_what_is_known_of_the_services_clock(
    journal: SqliteJournal, shown: datetime, boot_time: tuple[str, float] | None, true: datetime
) -> None:
    assert true_now(journal.connection, shown, boot_time) == shown
    heard = ClockReading(NINE, BootTime("a", 1000.0))
    journal.save_service_clock(ServiceClock(timedelta(hours=7), heard))
    assert true_now(journal.connection, shown, boot_time) == true
    journal.connection.execute("UPDATE service_clock SET difference = 1e300")
    damaged = true_now(journal.connection, shown, boot_time)
    assert damaged.year == 9999 or damaged == shown  # where there is no local time of that year
    assert journal.service_clock() is None
