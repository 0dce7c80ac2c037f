"""`timer-app audit`: what it prints, its exit codes, and that only --repair changes anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from timer_app.domain.delivery.log_reference import split_comment

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp


@pytest.fixture
def worked(app: TimerApp, services: Services) -> TimerApp:
    """An hour on a card, delivered."""
    app.run("add", services.card(), "--from", "-3h", "--to", "-2h", "--comment", "done")
    return app


def _requests(services: Services) -> list[str]:
    return services.changes("timecrowd") + services.changes("kaiten")


def _held(services: Services) -> object:
    return services.all_entries(), services.logs()


def _lose_log(services: Services) -> None:
    services.call(services.sandbox.kaiten.state.logs.clear)


def _move_entry(services: Services) -> None:
    def move() -> None:
        entries = services.sandbox.timecrowd.state.entries
        for number, entry in entries.items():
            began = entry.started_at - timedelta(minutes=5)
            entries[number] = replace(entry, started_at=began)

    services.call(move)


def _apart(document: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - any JSON
    return [(row["key"], row["verdict"]) for row in document["rows"]
            if row["verdict"] != "matched"]  # fmt: skip


def test_0_all_matched(worked: TimerApp) -> None:
    (entry,) = worked.log()
    day = entry["started_at"][:10]
    document = worked.json("audit")
    assert (document["from"], document["to"], document["complete"]) == (day, day, True)
    assert document["rows"] == [
        {
            "key": "timecrowd:6131", "entry": entry["id"], "service": "timecrowd",
            "verdict": "matched", "remote_id": "6131", "detail": document["rows"][0]["detail"],
            "repair": None, "help": None,
        },
        {
            "key": "kaiten:9001", "entry": entry["id"], "service": "kaiten",
            "verdict": "matched", "remote_id": "9001", "detail": document["rows"][1]["detail"],
            "repair": None, "help": None,
        },
    ]  # fmt: skip
    printed = worked.run("audit")
    assert printed.out == f"{day} to {day}: all 2 agree.\n"
    assert printed.err == ""
    empty = worked.run("audit", "--from", "2020-01-01", "--to", "2020-01-02")
    assert empty.out == "2020-01-01 to 2020-01-02: nothing to compare.\n"


def test_4_and_nothing_is_changed_without_being_asked_to(
    worked: TimerApp, services: Services
) -> None:
    _lose_log(services)
    _move_entry(services)
    held, requests = _held(services), _requests(services)
    told, journal = worked.log(), worked.journal.read_bytes()
    printed = worked.run("audit", code=4)
    document = worked.json("audit", code=4)
    assert _apart(document) == [("timecrowd:6131", "different"), ("kaiten:9001", "missing")]
    assert (_held(services), _requests(services)) == (held, requests)
    assert (worked.log(), worked.journal.read_bytes()) == (told, journal)
    day = document["from"]
    lines = printed.out.splitlines()
    assert [line.split("  ")[0] for line in lines[::2]] == [
        "different", "missing", f"{day} to {day}: 0 matched, 1 missing, 0 extra, 1 different.",
    ]  # fmt: skip
    command = f"timer-app audit --from {day} --to {day} --repair "
    assert lines[1].strip() == f"{command}timecrowd:6131  Give TimeCrowd the journal's times."
    assert lines[3].strip() == f"{command}kaiten:9001  Log it in Kaiten."


def test_repair_one_then_the_rest(worked: TimerApp, services: Services) -> None:
    _lose_log(services)
    _move_entry(services)
    before = len(_requests(services))
    first = worked.json("audit", "--repair", "kaiten:9001")
    assert first["repaired"] == ["kaiten:9001"]
    assert _apart(first) == [("timecrowd:6131", "different")]
    assert [request.split()[0] for request in _requests(services)[before:]] == ["POST"]
    (log,) = services.logs()
    assert (log.time_spent, split_comment(log.comment or "")[0]) == (60, "done")
    printed = worked.run("audit", "--repair", "all")
    assert "Repaired timecrowd:6131: Give TimeCrowd the journal's times." in printed.err
    assert "all 2 agree." in printed.out
    assert _apart(worked.json("audit")) == []
    assert len(_requests(services)) == before + 2
    again = worked.run("audit", "--repair", "all")
    assert "There is nothing to repair." in again.err
    assert len(_requests(services)) == before + 2


def test_several_at_once(worked: TimerApp, services: Services) -> None:
    _lose_log(services)
    _move_entry(services)
    done = worked.json("audit", "--repair", "kaiten:9001", "timecrowd:6131")
    assert sorted(done["repaired"]) == ["kaiten:9001", "timecrowd:6131"]
    assert _apart(done) == []


def test_1_a_row_that_is_not_there(worked: TimerApp, services: Services) -> None:
    _lose_log(services)
    requests = _requests(services)
    for key in ("kaiten:1", "timecrowd:6131"):
        refused = worked.run("audit", "--repair", "kaiten:9001", key, "--json", code=1)
        assert key in refused.document["error"]
    assert _requests(services) == requests


def test_2_wrong_usage(worked: TimerApp) -> None:
    worked.run("audit", "--repair", code=2)
    worked.run("audit", "--from", "soon", code=2)
    worked.run("audit", "--from", "today", "--to", "yesterday", code=2)


def test_3_it_waits(worked: TimerApp, services: Services) -> None:
    worked.run("add", services.card(), "--from", "-1h", "--for", "20m", "--wait", "0", code=3)
    document = worked.json("audit", code=3)
    assert [verdict for _, verdict in _apart(document)] == ["missing", "missing"]
    assert {row["help"] for row in document["rows"][1:]} >= {"timer-app sync"}
    printed = worked.run("audit", code=3)
    assert "waiting to be sent" in printed.out
    assert "timer-app sync" in printed.out
    worked.run("sync")
    worked.run("audit")


def test_3_one_service_is_away_the_others_rows_are_there(
    worked: TimerApp, services: Services
) -> None:
    services.down("kaiten")
    document = worked.json("audit", code=3)
    assert (document["complete"], [row["key"] for row in document["rows"]]) == (
        False, ["timecrowd:6131"],
    )  # fmt: skip
    printed = worked.run("audit", code=3)
    assert "Not everything could be asked." in printed.out
    assert "Kaiten was not compared" in printed.err


def test_a_repair_that_is_not_sent_yet_is_kept(worked: TimerApp, services: Services) -> None:
    _lose_log(services)
    requests = _requests(services)
    waits = worked.run("audit", "--repair", "all", "--wait", "0", code=3)
    assert "waiting to be sent" in waits.out
    assert _requests(services) == requests
    worked.run("sync")
    assert _apart(worked.json("audit")) == []
    assert [log.time_spent for log in services.logs()] == [60]
