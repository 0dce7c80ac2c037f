"""A computer whose clock is wrong tells both services true times, whatever its clock shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.composition.whole_core import set_up_settings
from tests.services.fakes import FakeClock
from timer_app.adapters.paths import app_paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.bootstrap.core import Core, make_core
from timer_app.domain.reminders.notice import ClockWrongNotice, Notice
from timer_app.domain.service import Service
from timer_app.sandbox import Deed, DeedKind, Sandbox
from timer_app.services.retry import RetryReason

if TYPE_CHECKING:
    from timer_app.adapters.paths import Paths

TRUE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NOW = TRUE + timedelta(seconds=0.5)  # a Date header says TRUE, and means this on average
ERRORS = [
    timedelta(minutes=-7),
    timedelta(minutes=3),
    timedelta(days=2),
    timedelta(days=-366 * 20),
    timedelta(seconds=20),
]


@dataclass
class Scene:
    """One computer, whose clock is wrong by `clock.wall_set`, and both services."""

    sandbox: Sandbox
    clock: FakeClock
    paths: Paths
    notices: list[Notice]
    core: Core

    async def run(self, command: str, **words: str) -> int:
        async def deliver(seconds: float) -> None:
            self.core.retry.now(RetryReason.USER_ACTED)
            await self.core.sender.drain(timedelta(seconds=seconds))

        reply = await self.core.commands(deliver).run(command, {"wait": "5", **words})
        return reply.exit_code.value

    async def reopen(self) -> None:
        """Close the core and make it again, as a restart of the app does."""
        await self.core.close()
        self.core = _core(self.sandbox, self.paths, self.clock, self.notices)

    def entries(self) -> list[tuple[datetime, datetime | None]]:
        """What TimeCrowd holds, in order of the starts."""
        rows = self.sandbox.timecrowd.state.entries_of(self.sandbox.timecrowd.user_id)
        return sorted((row.started_at, row.stopped_at) for row in rows)

    def paths_of_kaiten_alone(self) -> None:
        """Let the settings name Kaiten alone."""
        text = f'[kaiten]\nurl = "{self.sandbox.kaiten_url}"\n'
        Path(self.paths.settings).write_text(text, encoding="utf-8")

    def changes(self) -> list[str]:
        """What each service was asked to change, in order."""
        return [
            f"{record.method} {record.path}"
            for site in (self.sandbox.timecrowd, self.sandbox.kaiten)
            for record in site.requests.records
            if record.method != "GET"
        ]

    def latest(self) -> str:
        """The id of the entry that was worked on last."""
        (number,) = self.core.journal.connection.execute(
            "SELECT id FROM entry ORDER BY rowid DESC LIMIT 1"
        ).fetchone()
        return str(number)

    async def work_offline(self) -> None:
        """Half an hour on a card that no service is told of."""
        card = str(self.sandbox.world.card_ids[0])
        await self.run("start", card=card, wait="0", comment="Review")
        self.clock.move(minutes=30)
        await self.run("stop", wait="0")
        assert self.entries() == []

    def logs(self) -> list[tuple[int, date]]:
        """What Kaiten holds."""
        rows = self.sandbox.kaiten.state.logs.values()
        return [(row.time_spent, row.for_date) for row in rows]


def _core(sandbox: Sandbox, paths: Paths, clock: FakeClock, notices: list[Notice]) -> Core:
    tokens = {Service.TIMECROWD: sandbox.timecrowd_token, Service.KAITEN: sandbox.kaiten_token}
    return make_core(paths, FixedSecrets(tokens), clock=clock, on_notice=notices.append)


@pytest_asyncio.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setenv("TIMER_APP_HOME", str(tmp_path))
    clock, notices = FakeClock(NOW), list[Notice]()
    async with Sandbox(clock=lambda: clock.now() - clock.wall_set) as sandbox:
        paths = app_paths()
        set_up_settings(paths, sandbox)
        made = Scene(sandbox, clock, paths, notices, _core(sandbox, paths, clock, notices))
        yield made
        await made.core.close()


@pytest.mark.parametrize("wrong_by", ERRORS)
async def test_clicks_are_sent_by_the_services_clock(scene: Scene, wrong_by: timedelta) -> None:
    scene.clock.wall_set = wrong_by
    card = str(scene.sandbox.world.card_ids[0])
    await scene.run("start", card=card)
    scene.clock.move(minutes=30)
    await scene.run("stop")
    scene.clock.move(minutes=10)
    await scene.run("sync")
    assert scene.entries() == [(TRUE, TRUE + timedelta(minutes=30))]
    assert scene.logs() == [(30, TRUE.date())]


@pytest.mark.parametrize("wrong_by", ERRORS)
async def test_what_was_tracked_offline_is_put_right_before_it_is_sent(
    scene: Scene, wrong_by: timedelta
) -> None:
    scene.clock.wall_set = wrong_by
    card = str(scene.sandbox.world.card_ids[0])
    await scene.run("start", card=card, wait="0")
    scene.clock.move(minutes=30)
    await scene.run("stop", wait="0")
    assert scene.entries() == []
    scene.clock.move(hours=3)
    await scene.run("sync")
    scene.clock.move(minutes=1)
    await scene.run("sync")
    assert scene.entries() == [(TRUE, TRUE + timedelta(minutes=30))]
    assert scene.logs() == [(30, TRUE.date())]


@pytest.mark.parametrize("wrong_by", ERRORS)
async def test_an_adopted_start_and_our_stop_lie_on_one_clock(
    scene: Scene, wrong_by: timedelta
) -> None:
    scene.clock.wall_set = wrong_by
    card_url = f"{scene.sandbox.kaiten_url}/{scene.sandbox.world.card_ids[0]}"
    scene.sandbox.other_devices.do(Deed(DeedKind.START, TRUE, "Phone", card_url))
    scene.clock.move(minutes=5)
    await scene.run("sync")
    scene.clock.move(minutes=25)
    await scene.run("stop")
    assert scene.entries() == [(TRUE, TRUE + timedelta(minutes=30))]


async def test_the_last_known_difference_counts_after_a_restart(scene: Scene) -> None:
    scene.clock.wall_set = timedelta(hours=-5)
    await scene.run("sync")
    scene.clock.boot = "next boot"
    await scene.reopen()
    assert abs(scene.core.clock.now() - NOW) < timedelta(seconds=0.5)
    await scene.run("start", card=str(scene.sandbox.world.card_ids[0]), wait="0")
    scene.clock.move(minutes=30)
    await scene.run("stop", wait="0")
    scene.clock.move(minutes=1)
    await scene.run("sync")
    assert scene.entries() == [(TRUE, TRUE + timedelta(minutes=30))]


async def test_a_clock_that_was_put_right_is_used_again(scene: Scene) -> None:
    scene.clock.wall_set = timedelta(hours=-5)
    await scene.run("start", card=str(scene.sandbox.world.card_ids[0]))
    scene.clock.move(minutes=10)
    scene.clock.wall_set = timedelta(0)
    await scene.run("sync")
    scene.clock.boot = "next boot"
    await scene.reopen()
    assert scene.core.clock.now() == NOW + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("wrong_by", "said"), [(timedelta(seconds=50), 0), (timedelta(seconds=-70), 1)]
)
async def test_a_clock_that_is_wrong_by_more_than_a_minute_is_reported_once(
    scene: Scene, wrong_by: timedelta, said: int
) -> None:
    scene.clock.wall_set = wrong_by
    await scene.run("sync")
    await scene.run("sync")
    await scene.reopen()
    await scene.run("sync")
    told = [notice for notice in scene.notices if isinstance(notice, ClockWrongNotice)]
    assert [round(notice.difference.total_seconds(), -1) for notice in told] == [70] * said


async def test_a_command_hears_that_the_clock_is_wrong(scene: Scene) -> None:
    scene.clock.wall_set = timedelta(hours=2)
    with scene.core.notices.capture() as heard:
        await scene.run("sync")
    assert [type(notice) for notice in heard] == [ClockWrongNotice]


async def test_a_wrong_clock_that_is_set_wrong_again_is_not_reported_twice(scene: Scene) -> None:
    for wrong_by in (timedelta(hours=2), timedelta(hours=3)):
        scene.clock.wall_set = wrong_by
        await scene.run("sync")
    told = [notice for notice in scene.notices if isinstance(notice, ClockWrongNotice)]
    assert [round(notice.difference / timedelta(hours=1)) for notice in told] == [-2]


async def test_a_right_clock_keeps_its_own_seconds(scene: Scene) -> None:
    """The Date header is late and has whole seconds: it is no better than a right clock."""
    scene.clock.wall_set = timedelta(seconds=2)
    await scene.run("sync")
    assert scene.core.clock.now() == NOW + timedelta(seconds=2)


@pytest.mark.parametrize("wrong_by", ERRORS)
async def test_nothing_untrue_is_sent_first_and_corrected_later(
    scene: Scene, wrong_by: timedelta
) -> None:
    scene.clock.wall_set = wrong_by
    await scene.work_offline()
    scene.clock.move(hours=3)
    await scene.run("retry", delivery="1")  # it delivers, and does not ask what runs
    assert scene.entries() == [(TRUE, TRUE + timedelta(minutes=30))]
    assert scene.logs() == [(30, TRUE.date())]
    log = f"POST /api/latest/cards/{scene.sandbox.world.card_ids[0]}/time-logs"
    assert [each for each in scene.changes() if "tasks" not in each][-1] == log
    assert not [each for each in scene.changes() if each.startswith(("PATCH", "DELETE"))]


async def test_kaiten_alone_says_the_time(scene: Scene) -> None:
    scene.paths_of_kaiten_alone()
    await scene.reopen()
    scene.clock.wall_set = timedelta(days=2)
    await scene.work_offline()
    await scene.run("sync")
    assert scene.logs() == [(30, TRUE.date())]
    assert len(scene.changes()) == 1


async def test_a_stop_of_another_boot_is_put_right_by_itself(scene: Scene) -> None:
    """A battery that is empty: the clock is years behind since the restart, with nobody online."""
    await scene.run("start", card=str(scene.sandbox.world.card_ids[0]))
    scene.clock.boot, scene.clock.wall_set = "next boot", timedelta(days=-9000)
    await scene.reopen()
    scene.clock.move(minutes=30)
    await scene.run("stop", wait="0")
    await scene.run("sync")
    scene.clock.move(minutes=1)
    await scene.run("sync")
    assert scene.entries() == [(TRUE, TRUE + timedelta(minutes=30))]
    assert scene.logs() == [(30, TRUE.date())]


async def test_halves_and_what_an_undo_brings_back_lie_at_true_times(scene: Scene) -> None:
    scene.clock.wall_set = timedelta(hours=5)
    await scene.work_offline()
    entry = scene.latest()
    await scene.run("edit", entry=entry, comment="Other", wait="0")
    await scene.run("sync")
    await scene.run("undo")
    scene.clock.move(minutes=1)
    await scene.run("sync")
    assert scene.entries() == [(TRUE, TRUE + timedelta(minutes=30))]


async def test_both_halves_of_a_split_are_put_right(scene: Scene) -> None:
    scene.clock.wall_set = timedelta(hours=5)
    await scene.work_offline()
    border = TRUE + scene.clock.wall_set + timedelta(minutes=10)
    await scene.run("split", entry=scene.latest(), at=border.isoformat(), wait="0")
    await scene.run("sync")
    assert scene.entries() == [
        (TRUE, TRUE + timedelta(minutes=10)),
        (TRUE + timedelta(minutes=10), TRUE + timedelta(minutes=30)),
    ]


@pytest.mark.parametrize("boot", ["", "next boot"])
@pytest.mark.parametrize(
    "wrong_by", [timedelta(minutes=-7), timedelta(minutes=7), timedelta(days=-7000)]
)
async def test_the_border_of_a_split_is_taken_at_its_word_with_the_ends(
    scene: Scene, wrong_by: timedelta, boot: str
) -> None:
    """Ends that were named, or given before the computer was restarted."""
    scene.clock.wall_set = wrong_by
    scene.clock.move(hours=3)
    named = TRUE + min(wrong_by, timedelta(0))
    border, end = named + timedelta(minutes=10), named + timedelta(minutes=30)
    words = {"from": named.isoformat(), "to": end.isoformat(), "task": "Read mail", "wait": "0"}
    assert await scene.run("add", **words) == 3  # it waits
    if boot:
        scene.clock.boot = boot
        await scene.reopen()
    await scene.run("split", entry=scene.latest(), at=border.isoformat(), wait="0")
    await scene.run("sync")
    await scene.run("sync")
    assert scene.entries() == [(named, border), (border, end)]


async def test_both_halves_go_with_an_end_that_would_be_to_come(scene: Scene) -> None:
    scene.clock.wall_set = timedelta(minutes=7)
    scene.clock.move(minutes=32)
    named = TRUE + scene.clock.wall_set
    border, end = named + timedelta(minutes=10), named + timedelta(minutes=30)
    words = {"from": named.isoformat(), "to": end.isoformat(), "task": "Read mail", "wait": "0"}
    await scene.run("add", **words)
    await scene.run("split", entry=scene.latest(), at=border.isoformat(), wait="0")
    await scene.run("sync")
    assert scene.entries() == [
        (TRUE, TRUE + timedelta(minutes=10)),
        (TRUE + timedelta(minutes=10), TRUE + timedelta(minutes=30)),
    ]


async def test_a_click_before_a_slow_answer_is_where_it_was(scene: Scene) -> None:
    """The card is looked up after the press: its answer says that the clock is wrong."""
    for wrong_by in (timedelta(days=2), timedelta(days=-2)):
        scene.clock.wall_set = wrong_by
        scene.clock.boot = f"boot {wrong_by}"
        await scene.reopen()
        assert await scene.run("start", card=str(scene.sandbox.world.card_ids[1])) == 0
        scene.clock.move(minutes=1)
        await scene.run("stop")
    assert scene.entries() == [
        (TRUE + timedelta(minutes=n), TRUE + timedelta(minutes=n + 1)) for n in (0, 1)
    ]


@pytest.mark.parametrize(
    "wrong_by", [timedelta(minutes=-7), timedelta(minutes=7), timedelta(days=2)]
)
async def test_named_times_are_taken_at_their_word(scene: Scene, wrong_by: timedelta) -> None:
    scene.clock.wall_set = wrong_by
    scene.clock.move(hours=3)
    end = TRUE + timedelta(minutes=30)
    words = {"from": TRUE.isoformat(), "to": end.isoformat(), "task": "Read mail", "wait": "0"}
    assert await scene.run("add", **words) == 3  # it waits
    await scene.run("sync")
    assert scene.entries() == [(TRUE, TRUE + timedelta(minutes=30))]


async def test_a_named_time_that_would_be_to_come_was_read_off_the_wrong_clock(
    scene: Scene,
) -> None:
    scene.clock.wall_set = timedelta(minutes=7)
    scene.clock.move(minutes=2)
    shown = TRUE + timedelta(minutes=7)
    await scene.run("start", task="Read mail", at=shown.isoformat(), wait="0")
    scene.clock.move(hours=1)
    await scene.run("stop", wait="0")
    await scene.run("sync")
    assert scene.entries() == [(TRUE, TRUE + timedelta(minutes=62))]


async def test_both_named_ends_go_with_one_that_would_be_to_come(scene: Scene) -> None:
    scene.clock.wall_set = timedelta(minutes=7)
    scene.clock.move(minutes=2)
    begin = TRUE - timedelta(minutes=10) + scene.clock.wall_set
    end = TRUE + scene.clock.wall_set
    words = {"from": begin.isoformat(), "to": end.isoformat(), "task": "Read mail", "wait": "0"}
    await scene.run("add", **words)
    await scene.run("sync")
    assert scene.entries() == [(TRUE - timedelta(minutes=10), TRUE)]
