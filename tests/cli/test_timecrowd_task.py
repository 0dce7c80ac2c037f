"""`start --timecrowd-task`, as it is typed; what becomes of it is tried on the whole core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timer_app.sandbox import add_teams
from timer_app.sandbox.clock import real_clock
from timer_app.sandbox.world import CALL_TASK_ID, SECOND_TEAM_ID

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp


def test_it_starts_in_its_own_team(app: TimerApp, services: Services) -> None:
    services.call(lambda: add_teams(services.sandbox.world, real_clock()))
    status = app.json("start", "--timecrowd-task", str(CALL_TASK_ID), "--wait", "60")
    assert (status["entry"]["task"], status["entry"]["card_id"]) == ("Weekly call with Acme", None)
    start = f"POST /api/v1/teams/{SECOND_TEAM_ID}/tasks/{CALL_TASK_ID}/start"
    assert services.changes("timecrowd")[0] == start


def test_what_is_no_number_is_wrong_usage(app: TimerApp, services: Services) -> None:
    for words in (("x1",), ("-5",), (str(CALL_TASK_ID), "--task", "Call")):
        app.run("start", "--timecrowd-task", *words, code=2)
    app.configure(services.settings(timecrowd=False))
    ended = app.run("start", "--timecrowd-task", "7", code=1)
    assert "TimeCrowd is not set up." in ended.err
    assert (app.log(), services.changes("timecrowd")) == ([], [])
