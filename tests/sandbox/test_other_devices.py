"""Other devices and a calendar: they act by themselves, each at its instant."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from timer_app.sandbox import Deed, DeedKind, Sandbox, TimeEntry
from timer_app.sandbox.world import CARD_KEY

from .conftest import CARD_URL, NOW, STAMP

MINUTE = timedelta(minutes=1)
KEY_URL = f"https://acme.kaiten.ru/space/1/boards/card/{CARD_KEY}"


async def test_what_is_planned_is_found_done_at_its_instant(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    sandbox.other_devices.plan(
        [
            Deed(DeedKind.STOP, STAMP + 30 * MINUTE),
            Deed(DeedKind.START, STAMP + 10 * MINUTE, "Stand-up", KEY_URL),
        ]
    )
    assert (await timecrowd.get("/user/time_entries")).json() == []
    sandbox.clock.offset += 20 * MINUTE
    (running,) = (await timecrowd.get("/user/working_users")).json()
    assert running["task"]["url"] == KEY_URL
    assert running["time_entry"]["started_at"] == "2024-12-17T00:37:08.000Z"
    sandbox.clock.offset += 20 * MINUTE
    (row,) = (await timecrowd.get("/user/time_entries")).json()
    assert row["stopped_at"] == "2024-12-17T00:57:08.000Z"
    assert [row["id"]] == sandbox.other_devices.started


async def test_a_start_of_a_calendar_switches_what_runs(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, running: TimeEntry
) -> None:
    sandbox.other_devices.plan([Deed(DeedKind.START, STAMP, "Meeting")])
    (now,) = (await timecrowd.get("/user/working_users")).json()
    assert now["task"]["title"] == "Meeting"
    assert sandbox.timecrowd.state.entries[running.id].stopped_at == STAMP


async def test_an_entry_is_changed_moved_and_deleted_elsewhere(
    sandbox: Sandbox, finished: TimeEntry
) -> None:
    state, devices = sandbox.timecrowd.state, sandbox.other_devices
    later = finished.started_at + MINUTE
    devices.do(Deed(DeedKind.TIMES, STAMP, entry_id=finished.id, started_at=later))
    devices.do(Deed(DeedKind.MOVE, STAMP, "Other", "https://acme.kaiten.ru/9", finished.id))
    changed = state.entries[finished.id]
    assert (changed.started_at, state.tasks[changed.task_id].title) == (later, "Other")
    devices.do(Deed(DeedKind.DELETE, STAMP, entry_id=finished.id))
    assert state.entries_of(sandbox.timecrowd.user_id) == []
    assert devices.do(Deed(DeedKind.DELETE, STAMP, entry_id=finished.id)) is None


async def test_another_process_plans_too(sandbox: Sandbox, control: httpx.AsyncClient) -> None:
    deeds = [
        {"kind": "start", "title": "Phone", "url": CARD_URL},
        {"kind": "stop", "at": (NOW + MINUTE).isoformat()},
    ]
    await control.post("/state", json={"timecrowd": {"other_devices": deeds}})
    state = (await control.get("/state")).json()
    assert state["timecrowd"]["running"]["started_at"] == STAMP.isoformat()
    assert [deed["kind"] for deed in state["planned"]] == ["stop"]
    await control.post("/clock", json={"advance_seconds": 90})
    assert (await control.get("/state")).json()["timecrowd"]["running"] is None
    assert len(sandbox.other_devices.started) == 1


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ({"kind": "dance"}, "'dance' is not a valid DeedKind"),
        ({"kind": "start"}, "start needs a title"),
        ({"kind": "delete"}, "delete needs an entry_id"),
        ({"kind": "stop", "at": "2024-12-17T10:00:00"}, "at must say its offset"),
        ({"kind": "stop", "when": 1}, "unknown 'when'"),
        (1, "must hold objects"),
    ],
)
async def test_a_plan_that_makes_no_sense_is_refused(
    control: httpx.AsyncClient, deed: object, words: str
) -> None:
    answer = await control.post("/state", json={"timecrowd": {"other_devices": [deed]}})
    assert answer.status_code == 400
    assert words in answer.json()["error"]


async def test_each_service_has_a_clock_of_its_own(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient, kaiten: httpx.AsyncClient
) -> None:
    sandbox.timecrowd.clock.offset = 3 * MINUTE
    there, other = await timecrowd.get("/user"), await kaiten.get("/users/current")
    assert there.headers["Date"] == "Tue, 17 Dec 2024 00:30:08 GMT"
    assert other.headers["Date"] == "Tue, 17 Dec 2024 00:27:08 GMT"


async def test_another_process_moves_the_clock_of_one_service(
    sandbox: Sandbox, control: httpx.AsyncClient
) -> None:
    moved = {"service": "kaiten", "offset_seconds": -60}
    assert (await control.post("/clock", json=moved)).json()["offset_seconds"] == -60
    assert (sandbox.kaiten.clock(), sandbox.timecrowd.clock()) == (NOW - MINUTE, NOW)


async def test_a_second_computer_has_a_token_of_its_own(
    sandbox: Sandbox, timecrowd: httpx.AsyncClient
) -> None:
    second = {"Authorization": f"Bearer {sandbox.timecrowd.issue_token()}"}
    sandbox.timecrowd.revoke_token()
    assert (await timecrowd.get("/user")).status_code == 401
    assert (await timecrowd.get("/user", headers=second)).json()["id"] == sandbox.timecrowd.user_id
