"""Two computers as real processes: two homes against one TimeCrowd and one Kaiten."""

from __future__ import annotations

import pytest

from tests.cli.support import Services, TimerApp
from timer_app.domain.delivery.log_reference import split_comment


@pytest.fixture
def other(app: TimerApp, services: Services) -> TimerApp:
    """The same user's second computer."""
    other = app.on_another_computer(app.home.parent / "second")
    other.configure(services.settings())
    return other


@pytest.mark.parametrize("owner_first", [True, False])
def test_begun_on_one_and_stopped_on_the_other_is_logged_once(
    app: TimerApp,
    other: TimerApp,
    services: Services,
    owner_first: bool,  # noqa: FBT001
) -> None:
    app.run("start", services.card(), "--comment", "Review", "--at", "-35m")
    other.run("sync")
    # Its turn has come by now: it waits two to two and a half minutes from the stop.
    other.run("stop", "--at", "-5m", "--wait", "0", code=3)
    for computer in (app, other) if owner_first else (other, app):
        computer.run("sync")
    for computer in (app, other):
        computer.run("sync")
    (entry,) = services.entries()
    (log,) = services.logs()
    assert entry.stopped_at is not None
    assert log.time_spent == 30
    assert split_comment(log.comment or "") == ("Review", f"TimeCrowd {entry.id}")
    for computer in (app, other):
        assert computer.json("problems") == []
        assert [each["deliveries"]["waiting"] for each in [computer.status()]] == [0]


def test_a_second_computer_has_the_history_again(
    app: TimerApp, other: TimerApp, services: Services
) -> None:
    app.run("add", services.card(), "--from", "yesterday 10:00", "--to", "yesterday 10:40")
    other.run("sync", "--from", "yesterday")
    (entry,) = other.log()
    assert entry["card_id"] is not None
    (log,) = services.logs()
    assert log.time_spent == 40
