"""What runs is counted in one way: screen, status, log and stop agree, however the clock is set."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from tests.services.fakes import MOSCOW
from tests.services.world import TASK, World
from timer_app.adapters.entries.journal.status_document import status_document
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.minutes import start_of_day
from timer_app.domain.entries.timer import Running
from timer_app.domain.service import Service
from timer_app.services.delivery.service_status import ServiceStatus
from timer_app.services.entries.documents import entry_document
from timer_app.ui.view import View, build_view


def _view(world: World) -> View:
    today = world.timer.today()
    return build_view(
        world.state(),
        {},
        {service: ServiceStatus() for service in Service},
        configured=dict.fromkeys(Service, True),
        seconds_before_running=world.journal.seconds_on(today),
        day_began=start_of_day(today, MOSCOW, time(0)),
        recents=(),
        alert="",
    )


def _counts(world: World) -> set[tuple[int, int]]:
    """(elapsed, today) as the windows, `status` and `log` tell them."""
    now, view = world.timer.entry_now(), _view(world)
    reading = world.clock.reading()
    assert reading.boot_time
    boot_time = reading.boot_time.boot_id, reading.boot_time.seconds
    document = status_document(
        world.journal.connection, reading.wall.astimezone(MOSCOW), time(0), {}, boot_time
    )
    state = world.state()
    assert isinstance(state, Running)
    logged = world.journal.entry(state.entry.id)
    assert logged
    seconds = entry_document(logged, now, MOSCOW)["seconds"]
    counts = {(view.elapsed(now), view.today(now))}
    counts.add((document["elapsed_seconds"], document["today_seconds"]))  # type: ignore[arg-type]
    assert seconds == view.elapsed(now)
    return counts


@pytest.mark.parametrize(
    "wall_set",
    [
        timedelta(0),
        timedelta(hours=2),
        timedelta(hours=-2),
        timedelta(days=2),
        timedelta(days=-20_000),
        timedelta(seconds=2.5),
        timedelta(seconds=-90, milliseconds=-1),
    ],
    ids=str,
)
def test_a_clock_that_is_set_changes_no_count_and_the_stop_records_what_was_shown(
    world: World, wall_set: timedelta
) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=10)
    assert _counts(world) == {(600, 600)}
    world.clock.wall_set = wall_set
    ((elapsed, today),) = _counts(world)
    assert abs(elapsed - 600) <= 1  # whole seconds
    if abs(wall_set) < timedelta(hours=3):  # else what runs lies on another day than today
        assert today == elapsed
    ended = world.timer.stop().ended
    assert ended
    finished = ended.finished
    recorded = finished.stopped_at - finished.entry.started_at
    assert recorded.total_seconds() == elapsed


def test_after_a_restart_of_the_computer_the_wall_clock_is_all_there_is(world: World) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(minutes=10)
    world.clock.boot, world.clock.wall_set = "another boot", timedelta(hours=1)
    assert _counts(world) == {(4200, 4200)}
