"""Both services, one computer, and the time that moves them all."""

from __future__ import annotations

import asyncio
import logging
import shutil
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from unittest import mock

from aiohttp import web

from tests.prove.asked import Asked
from tests.prove.computer import Computer, paths_in, settings_text
from tests.prove.person import Person
from tests.prove.simulated import SimulatedLoop, TrueTime
from tests.prove.truth import Difference, Others, Truth
from timer_app.adapters.http import trust
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.service import Service
from timer_app.sandbox import Fault, FaultKind, KaitenSwitches, Sandbox, TimeCrowdSwitches
from timer_app.sandbox.kaiten_state import EMPLOYEE, LogForm
from timer_app.sandbox.requests import Record
from timer_app.sandbox.stage import AnySite
from timer_app.sandbox.world import DESIGNER, SITE_BOARD_ID

LONGEST_HELD = timedelta(minutes=50)
"""A request does not stay on its way for longer; the app watches for an hour."""
_LONGEST_COMMAND = timedelta(minutes=2)
_STEP_SECONDS = 600
_BETWEEN_DEVICES_SECONDS = 35
_TRUSTING = (
    trust.make_ssl_context()
)  # made once: it takes longer than the rest of an example's set-up


class Scene:
    """Everything there is. Times given are true instants."""

    def __init__(self, rounding: Rounding, switches: TimeCrowdSwitches, seed: int) -> None:
        logging.getLogger("aiohttp").setLevel(logging.ERROR)
        self.true = TrueTime()
        self.loop = SimulatedLoop(self.true)
        self.loop.set_exception_handler(self._note)
        asyncio.set_event_loop(self.loop)
        self.complaints: list[str] = []
        self._folder = Path(tempfile.mkdtemp(prefix="prove-"))
        self._trust = mock.patch.object(trust, "make_ssl_context", return_value=_TRUSTING)
        self._trust.start()
        self.sandbox = Sandbox(clock=self.true, monotonic=lambda: self.true.awake)
        self.sandbox.timecrowd.state.switches = switches
        self.sandbox.kaiten.state.switches = KaitenSwitches(rate_limited=False)
        self._second_team_id, self._second_category_id = self._add_team()
        self.loop.run_until_complete(self.sandbox.start())
        self.own_task_ids = self._add_tasks()
        self.computer = self._computer(rounding)
        self.others = Others()
        self.person = Person(self.computer, self.sandbox, self.others, Random(seed).randrange)
        self.rounding = rounding
        self.asked = Asked(self.computer, self.true, self.sandbox.kaiten_url)
        self.computer.heard = self.asked.heard
        self.computer.before = self._before_a_command
        self._down: set[str] = set()

    def _add_team(self) -> tuple[int, int]:
        """A second team of the user's, to which a rule leads the second card; its and a category's.

        Where Kaiten cannot be asked at a start, the rule waits until it can.
        """
        cards, second = self.sandbox.kaiten.state.cards, self.sandbox.world.card_ids[1]
        board = next(each.board for each in cards.values() if each.board.id == SITE_BOARD_ID)
        cards[second] = replace(cards[second], board=board)
        state, world = self.sandbox.timecrowd.state, self.sandbox.world
        team = replace(state.teams[world.team_id], id=world.team_id + 1, name="Clients")
        state.teams[team.id] = team
        return team.id, state.add_category(team.id, "Clients", self.sandbox.clock()).id

    def _add_tasks(self) -> tuple[int, int]:
        """Two tasks that the second team has already; the second one is the first card's."""
        state, now = self.sandbox.timecrowd.state, self.sandbox.clock()
        card = self.sandbox.kaiten.state.cards[self.sandbox.world.card_ids[0]]
        card_url = f"{self.sandbox.kaiten_url}/{card.id}"
        found = [
            state.add_task(self._second_team_id, title, url, self._second_category_id, now)
            for title, url in (("Weekly call", None), (card.title, card_url))
        ]
        return found[0].id, found[1].id

    def _computer(self, rounding: Rounding) -> Computer:
        world = self.sandbox.world
        text = settings_text(
            self.sandbox.timecrowd_url, world.team_id, world.category_id,
            self.sandbox.kaiten_url, rounding.value,
        )  # fmt: skip
        text += (
            f"[[rules]]\nboard = {SITE_BOARD_ID}\nteam_id = {self._second_team_id}\n"
            f"category_id = {self._second_category_id}\nrole_id = {DESIGNER}\n"
        )
        (self._folder / "settings.toml").write_text(text, encoding="utf-8")
        tokens = {
            Service.TIMECROWD: self.sandbox.timecrowd_token,
            Service.KAITEN: self.sandbox.kaiten_token,
        }
        return Computer(self.loop, self.true, paths_in(self._folder), tokens)

    def _note(self, _: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        self.complaints.append(f"{context.get('message')}: {context.get('exception')!r}")

    @property
    def sites(self) -> dict[str, AnySite]:
        """Both services by name."""
        return self.sandbox.stage.sites

    # -- time

    def wait(self, seconds: float) -> None:
        """Let time pass while the computer is awake."""
        while seconds > 0:
            part = min(seconds, _STEP_SECONDS)
            for each in self._parts(part):
                self.computer.wait(each)
            seconds -= part

    def sleep(self, seconds: float) -> None:
        """Let time pass while it is not."""
        for part in self._parts(seconds):
            self.true.asleep += part

    def _parts(self, seconds: float) -> list[float]:
        """What is on its way arrives before it has been so for too long."""
        sent_at = self._late_since()
        if sent_at is None:
            return [seconds]
        left = max(0.0, (sent_at + LONGEST_HELD - self.true()).total_seconds())
        if seconds <= left:
            return [seconds]
        self.true.asleep += left
        self.release()
        return [seconds - left]

    def _before_a_command(self) -> None:
        """It takes some time too, and a person may give many of them."""
        sent_at = self._late_since()
        if sent_at is not None and sent_at + LONGEST_HELD - self.true() < _LONGEST_COMMAND:
            self.release()

    def _late_since(self) -> datetime | None:
        """When the first of the requests that are on their way now was sent."""
        sent = [
            record.at
            for site in self.sites.values()
            if site.held_back or site.waiting
            for record in site.requests.records
            if _is_on_its_way(record)
        ]
        return min(sent, default=None)

    # -- services

    def release(self) -> None:
        """What was held up arrives."""
        for site in self.sites.values():
            site.release()
        self.computer.wait(0)

    def arm(self, name: str, fault: Fault) -> None:
        """Plan a fault."""
        self.sites[name].faults.add(fault)

    def down(self, name: str) -> None:
        """No connection to the service any more."""
        if name not in self._down:
            self._down.add(name)
            self.loop.run_until_complete(_stop_listening(self.sites[name]))

    def up(self, name: str) -> None:
        """It can be reached again."""
        if name in self._down:
            self._down.discard(name)
            self.loop.run_until_complete(_listen(self.sites[name]))

    def write_log(self, card_id: int, minutes: int, comment: str | None) -> None:
        """The user logs time in Kaiten by hand, and not while the app is doing so."""
        self.wait(61)
        state, user = self.sandbox.kaiten.state, self.sandbox.world.kaiten_user_id
        if card_id in state.forbidden_card_ids:
            return
        day = self.true().astimezone(self.computer.clock.zone()).date()
        log = state.add_log(
            user, card_id, LogForm(EMPLOYEE, minutes, day, comment), self.sandbox.clock()
        )
        self.others.logs[log.id] = log
        self.wait(61)

    # -- the other device

    def start_elsewhere(self, title: str, url: str | None) -> None:
        """Another client of the same user starts a task in TimeCrowd.

        Two starts of one task within half a minute nobody could tell apart when one of them got
        no answer; and the user needs some time from one device to the other.
        """
        self.wait(_BETWEEN_DEVICES_SECONDS)
        state, world, now = self.sandbox.timecrowd.state, self.sandbox.world, self.sandbox.clock()
        known = [
            t for t in state.listed(world.team_id, categories=False) if t.key == (url or title)
        ]
        if known:
            task_id = known[0].id
        else:
            made = state._new_task(world.team_id, url or title, title, url,
                                   parent_id=world.category_id, now=now)  # fmt: skip
            task_id = state._keep(made).id
        entry = state.start(world.timecrowd_user_id, task_id, now)
        self.others.entries.add(entry.id)
        self.wait(_BETWEEN_DEVICES_SECONDS)

    def stop_elsewhere(self) -> None:
        """It stops what runs there, if anything does."""
        state, user = self.sandbox.timecrowd.state, self.sandbox.world.timecrowd_user_id
        running = state.running(user)
        if running is not None:
            state.stop(user, running.id, self.sandbox.clock())

    # -- the end

    @property
    def faults(self) -> int:
        """How many really fired."""
        return sum(
            r.fault is not None for site in self.sites.values() for r in site.requests.records
        )

    def mend(self) -> None:
        """Everything that can be broken works again."""
        self.computer.spare()
        self.computer.make_unwritable(unwritable=False)
        world = self.sandbox.world
        for name, site in self.sites.items():
            site.faults.clear()
            site.accept_token()
            self.up(name)
        self.release()
        self.sandbox.kaiten.state.forbidden_card_ids = {world.forbidden_card_id}
        self.sandbox.kaiten.state.switches = KaitenSwitches(rate_limited=False)
        self.sandbox.timecrowd.state.set_category_deleted(world.category_id, None)

    def differences(self) -> list[Difference]:
        """What is not as it should be after all was mended and a person answered. NotHealed."""
        self.mend()
        self.person.heal()
        found = [*self.asked.differences(), *self.truth().differences()]
        return [*self.person.needless, *found]

    def truth(self) -> Truth:
        """What to hold against each other."""
        return Truth(self.computer.core, self.sandbox, self.others, self.rounding)

    def close(self) -> None:
        """End all of it."""
        self.computer.spare()
        self.computer.shut_down()
        self.loop.run_until_complete(self.sandbox.close())
        self._trust.stop()
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        asyncio.set_event_loop(None)
        self.loop.close()
        shutil.rmtree(self._folder)


def _is_on_its_way(record: Record) -> bool:
    """Whether a release would carry it out."""
    match record.fault:
        case FaultKind.HELD_BACK:
            return record.decided is None
        case FaultKind.PAUSE:
            return record.ended is None
        case _:
            return False


async def _stop_listening(site: AnySite) -> None:
    runner = site._runner
    assert runner is not None
    for each in list(runner.sites):
        await each.stop()
    if runner.server is not None:
        for connection in list(runner.server.connections):
            if connection.transport is not None:
                connection.transport.abort()
    await asyncio.sleep(0)


async def _listen(site: AnySite) -> None:
    assert site._runner is not None
    port = int(site.url.rpartition(":")[2])
    await web.TCPSite(site._runner, "127.0.0.1", port).start()
