"""ReminderScheduler on a loop whose clock is moved.

asleep, set, over a restart, with other settings.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.fakes import FakeClock, run
from tests.services.world import TASK, World
from timer_app.adapters.reminders.reminder_file import ReminderFile
from timer_app.domain.clock import BootTime, ClockReading
from timer_app.domain.entries.entry import Source
from timer_app.domain.reminders.schedule import (
    LongRunningEntry,
    NothingRunning,
    Reminder,
    ReminderRecord,
    ReminderSettings,
    WorkdayEnded,
)
from timer_app.domain.reminders.working_hours import parse_working_hours
from timer_app.services.reminders.scheduler import ReminderScheduler

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WORKDAY = parse_working_hours("Mon-Fri 09:00-18:00")
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)  # nine o'clock in Moscow
LONG = ReminderSettings(4 * HOUR)


class Sleeper(FakeClock):
    """A computer that sleeps: the loop's clock stands still, the others do not."""

    asleep = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.asleep

    def reading(self) -> ClockReading:
        return ClockReading(
            self.now(), BootTime(self.boot, self.seconds + self.asleep.total_seconds())
        )

    def sleep(self, length: timedelta) -> None:
        """Close the lid for so long."""
        self.asleep += length


@dataclass
class Desk:
    """A person at a computer, who is reminded."""

    world: World
    clock: Sleeper
    file: Path
    settings: ReminderSettings = LONG
    heard: list[tuple[timedelta, Reminder]] = field(default_factory=list)

    def reminders(self) -> ReminderScheduler:
        """As the app makes them at a start."""
        memory = ReminderFile(str(self.file))
        return ReminderScheduler(
            self.world.journal, self.clock, memory, lambda: self.settings, self._hear
        )

    def _hear(self, reminder: Reminder) -> None:
        self.heard.append((self.clock.now() - MONDAY, reminder))

    def start(self) -> str:
        """Begin to work."""
        self.world.timer.start(TASK, Source.CLICK)
        return "e1"

    def times(self, kind: type[Reminder]) -> list[timedelta]:
        """When reminders of that kind came."""
        return [at for at, reminder in self.heard if isinstance(reminder, kind)]

    def live(self, *steps: Callable[[ReminderScheduler], object] | timedelta) -> None:
        """Let time pass and do things, with the app running."""

        async def app() -> None:
            reminders = self.reminders()
            reminders.check()
            for step in steps:
                if isinstance(step, timedelta):
                    await asyncio.sleep(step.total_seconds())
                else:
                    step(reminders)
            reminders.close()

        run(app(), self.clock)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = Sleeper(MONDAY)
    world = World(tmp_path, clock)
    yield Desk(world, clock, tmp_path / "reminded.json")
    world.journal.close()


def look(reminders: ReminderScheduler) -> None:
    """What the app does when something changed, or the computer woke."""
    reminders.check()


def test_at_the_exact_instant_and_again(desk: Desk) -> None:
    desk.start()
    desk.live(9 * HOUR)
    assert desk.times(LongRunningEntry) == [4 * HOUR, 8 * HOUR]


def test_closed_it_is_silent_and_however_often_it_looked_it_tells_once(desk: Desk) -> None:
    desk.start()
    desk.live(look, look, 5 * HOUR, look, lambda reminders: reminders.close(), 9 * HOUR)
    assert desk.times(LongRunningEntry) == [4 * HOUR]


def test_keep_on(desk: Desk) -> None:
    entry = desk.start()
    desk.live(5 * HOUR, lambda reminders: reminders.snooze(entry), 4 * HOUR)
    assert desk.times(LongRunningEntry) == [4 * HOUR, 9 * HOUR]


def test_keep_on_of_what_has_ended_is_nothing(desk: Desk) -> None:
    desk.start()
    desk.live(
        4 * HOUR,
        lambda _: desk.world.timer.start(TASK, Source.CLICK),
        look,
        HOUR,
        lambda reminders: reminders.snooze("e1"),
        3 * HOUR,
    )
    assert desk.times(LongRunningEntry) == [4 * HOUR, 8 * HOUR]
    assert [each.entry.id for _, each in desk.heard if isinstance(each, LongRunningEntry)] == [
        "e1",
        "e2",
    ]


def test_a_restart_repeats_nothing(desk: Desk) -> None:
    desk.start()
    desk.live(5 * HOUR)
    desk.live(2 * HOUR)
    desk.live(2 * HOUR)
    assert desk.times(LongRunningEntry) == [4 * HOUR, 8 * HOUR]


def test_what_passed_while_the_app_was_off_is_reported_at_its_start(desk: Desk) -> None:
    desk.start()
    desk.live(HOUR)
    desk.clock.move(hours=14)
    desk.live(HOUR)
    assert desk.times(LongRunningEntry) == [15 * HOUR]


def test_asleep_it_waits_and_awake_it_tells_once(desk: Desk) -> None:
    desk.start()
    desk.live(3 * HOUR, lambda _: desk.clock.sleep(10 * HOUR), look, look, HOUR)
    assert desk.times(LongRunningEntry) == [13 * HOUR]


def test_a_clock_that_is_set_changes_no_length(desk: Desk) -> None:
    def set_clock(by: timedelta) -> Callable[[ReminderScheduler], None]:
        def do(reminders: ReminderScheduler) -> None:
            desk.clock.wall_set += by
            reminders.check()

        return do

    desk.start()
    desk.live(HOUR, set_clock(10 * HOUR), 2 * HOUR, set_clock(-20 * HOUR), 2 * HOUR)
    assert desk.times(LongRunningEntry) == [4 * HOUR - 10 * HOUR]  # as that clock shows it


def test_settings_count_from_the_next_look(desk: Desk) -> None:
    def wish(after: timedelta | None) -> Callable[[ReminderScheduler], None]:
        def do(reminders: ReminderScheduler) -> None:
            desk.settings = ReminderSettings(after)
            reminders.check()

        return do

    desk.start()
    desk.live(HOUR, wish(None), 5 * HOUR, wish(10 * HOUR), 5 * HOUR)
    assert desk.times(LongRunningEntry) == [10 * HOUR]


def test_a_wait_of_months_is_one_wait(desk: Desk) -> None:
    desk.settings = ReminderSettings(2400 * HOUR)
    desk.start()
    desk.live(2401 * HOUR)
    assert desk.times(LongRunningEntry) == [2400 * HOUR]


def test_a_working_week_with_nobody_there(desk: Desk) -> None:
    """Ten past nine on the first day, and then no more; the ends of days have nothing to say."""
    desk.settings = ReminderSettings(None, WORKDAY)
    desk.live(7 * 24 * HOUR)
    assert desk.heard == [(10 * MINUTE, NothingRunning())]


def test_after_a_break_it_may_be_said_again(desk: Desk) -> None:
    desk.settings = ReminderSettings(None, WORKDAY)
    desk.live(
        5 * MINUTE, lambda _: desk.start(), look, HOUR, lambda _: desk.world.timer.stop(), look,
        7 * HOUR,
    )  # fmt: skip
    assert desk.times(NothingRunning) == [HOUR + 15 * MINUTE]


def test_the_day_ends_with_what_waits(desk: Desk) -> None:
    """The services are never told here, so a start and a stop wait; each evening it is said."""
    desk.settings = ReminderSettings(None, WORKDAY)
    desk.start()
    desk.live(HOUR, lambda _: desk.world.timer.stop(), look, 8 * HOUR, 24 * HOUR)
    assert desk.times(WorkdayEnded) == [9 * HOUR, 33 * HOUR]
    ended = desk.heard[-1][1]
    assert isinstance(ended, WorkdayEnded)
    assert (ended.waiting, ended.needing_user) == (3, 0)


def test_a_lid_closed_before_the_day_s_end(desk: Desk) -> None:
    desk.settings = ReminderSettings(None, WORKDAY)
    desk.start()
    desk.live(
        HOUR, lambda _: desk.world.timer.stop(), look, lambda _: desk.clock.sleep(23 * HOUR), look,
        look, 5 * MINUTE,
    )  # fmt: skip
    assert desk.times(WorkdayEnded) == [24 * HOUR]


def test_the_zone_of_the_moment_counts(desk: Desk) -> None:
    """Flown to the west: the working day goes on there."""
    from zoneinfo import ZoneInfo

    desk.settings = ReminderSettings(None, WORKDAY)

    def land(reminders: ReminderScheduler) -> None:
        desk.clock.in_zone = ZoneInfo("Europe/Lisbon")  # three hours behind Moscow
        reminders.check()

    desk.start()
    desk.live(HOUR, lambda _: desk.world.timer.stop(), land, 12 * HOUR)
    assert desk.times(WorkdayEnded) == [12 * HOUR]


# What is remembered


def test_what_was_kept_is_recalled(tmp_path: Path) -> None:
    file = ReminderFile(str(tmp_path / "reminded.json"))
    assert file.load() == ReminderRecord()
    for reminded in (
        ReminderRecord("e1", MONDAY),
        ReminderRecord("", MONDAY, MONDAY, date(2026, 11, 23)),
    ):
        file.save(reminded)
        assert ReminderFile(str(tmp_path / "reminded.json")).load() == reminded
    assert (tmp_path / "reminded.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "[]", "{}", '{"entry_id": 1, "spoken_at": 2, "idle_since": 3, "day": 4}',
     '{"entry_id": "e", "spoken_at": "2026-11-23T06:00:00", "idle_since": null, "day": null}',
     "[" * 100_000,
     '{"entry_id": ["e"], "spoken_at": "2026-11-23T06:00Z", "idle_since": null, "day": null}',
     '{"entry_id": "e", "spoken_at": "9999-12-31T23:59:59Z", "idle_since": null, "day": null}'],
)  # fmt: skip
def test_a_file_that_cannot_be_read_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "reminded.json").write_text(text)
    assert ReminderFile(str(tmp_path / "reminded.json")).load() == ReminderRecord()


def test_a_place_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    file = ReminderFile(str(tmp_path / "none" / "reminded.json"))
    file.save(ReminderRecord("e1", MONDAY))
    assert file.load() == ReminderRecord()
