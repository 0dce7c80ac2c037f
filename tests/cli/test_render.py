"""What the command line prints of entries, line by line."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from timer_app.cli.render import delivery_line, entry_line, log


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process is in Berlin."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


def entry(started_at: str, stopped_at: str | None, comment: str = "") -> dict[str, object]:
    return {"id": "e1", "task": "Ship it", "card_url": None, "comment": comment, "seconds": 60,
            "started_at": started_at, "stopped_at": stopped_at, "deliveries": []}  # fmt: skip


@pytest.mark.parametrize(
    ("began", "ended", "shown"),
    [
        ("2026-11-22T09:00:00+01:00", "2026-11-22T09:30:00+01:00", "2026-11-22 09:00–09:30"),
        ("2026-11-22T09:00:00+01:00", None, "2026-11-22 09:00–…"),
        (
            "2026-11-22T09:00:00+01:00",
            "2026-11-23T08:50:00+01:00",
            "2026-11-22 09:00–2026-11-23 08:50",
        ),
        (
            "2026-10-25T02:50:00+02:00",
            "2026-10-25T02:10:00+01:00",
            "2026-10-25 02:50 CEST–02:10 CET",
        ),
        ("2026-10-25T01:59:00+02:00", "2026-10-25T03:00:00+01:00", "2026-10-25 01:59–03:00"),
    ],
)
def test_from_when_to_when(began: str, ended: str | None, shown: str) -> None:
    assert entry_line(entry(began, ended)) == f"e1  {shown}  0:01:00  Ship it"


def test_several_lines_stay_one() -> None:
    text = entry("2026-11-22T09:00:00+01:00", None, "one\ntwo\r\n\tthree\u2028four")
    assert log([text]).splitlines() == [
        "e1  2026-11-22 09:00–…  0:01:00  Ship it  one two three four"
    ]


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(0, "for 2026-11-22  deleted  id 77"), (61, "61 min for 2026-11-22  done  id 77")],
)
def test_a_deleted_log_is_called_so(minutes: int, shown: str) -> None:
    delivery = {"id": 5, "service": "kaiten", "kind": "log", "minutes": minutes, "error": "",
                "for_date": "2026-11-22", "state": "done", "remote_id": "77"}  # fmt: skip
    assert delivery_line(delivery).endswith(shown)


@pytest.mark.parametrize("year", ["1969", "3005"])
def test_an_instant_without_a_local_time(monkeypatch: pytest.MonkeyPatch, year: str) -> None:
    """Windows knows a local time from 1970 to 3000 only, and is told nothing of its clocks then."""

    def windows_localtime(_seconds: float) -> time.struct_time:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(time, "localtime", windows_localtime)
    line = entry_line(entry(f"{year}-11-22T08:00:00+00:00", f"{year}-11-22T08:30:00+00:00"))
    assert f"{year}-11-22 08:00–08:30  " in line
