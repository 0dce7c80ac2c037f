"""The update check on a loop whose clock is moved: off, on, asked once a day, told once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from tests.services.fakes import FakeClock, run
from timer_app.services.setup.updates import ReleaseFeedError, UpdateChecker

DAY = timedelta(days=1).total_seconds()
FEED = "https://forge.example/latest"


@dataclass
class Forge:
    """Publishes versions, and notes who asks; "" is an answer of no use."""

    feed: str = FEED
    newest: str = "0.2.0"
    asked: int = 0
    told: list[str] = field(default_factory=list)

    async def ask(self, feed: str) -> str:
        """The newest version."""
        assert feed == FEED
        self.asked += 1
        if not self.newest:
            raise ReleaseFeedError("it does not answer")
        return self.newest

    def updates(self) -> UpdateChecker:
        """Who asks it."""
        return UpdateChecker(lambda: self.feed, self.ask, lambda: "0.1.0", self.told.append)


async def _days(forge: Forge, *newest: str) -> None:
    """Live through some days, each with what is newest then."""
    task = asyncio.create_task(forge.updates().run())
    for each in newest:
        forge.newest = each
        await asyncio.sleep(DAY)
    task.cancel()


def test_each_version_is_reported_once() -> None:
    forge = Forge()
    run(_days(forge, "0.1.0", "0.2.0", "0.2.0", "", "0.2.0", "0.3.0"), FakeClock())
    assert forge.told == ["0.2.0", "0.3.0"]
    assert 6 <= forge.asked <= 7  # the last day's end is the next one's beginning


def test_without_an_address_nobody_is_asked() -> None:
    forge = Forge(feed="")
    run(_days(forge, "0.2.0", "0.2.0"), FakeClock())
    assert (forge.asked, forge.told) == (0, [])


def test_an_address_counts_at_once_and_other_settings_do_not() -> None:
    async def story(forge: Forge) -> None:
        updates = forge.updates()
        task = asyncio.create_task(updates.run())
        await asyncio.sleep(1)
        updates.settings_changed()
        await asyncio.sleep(1)
        assert forge.asked == 0
        forge.feed = FEED
        updates.settings_changed()
        await asyncio.sleep(1)
        assert (forge.asked, forge.told) == (1, ["0.2.0"])
        updates.settings_changed()
        await asyncio.sleep(1)
        forge.feed = ""
        updates.settings_changed()
        await asyncio.sleep(3 * DAY)
        assert forge.asked == 1
        task.cancel()

    run(story(Forge(feed="")), FakeClock())
