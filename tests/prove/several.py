"""Two and three computers of one person, a phone, and both services, on one simulated clock.

Each computer has a journal, a sender and a clock error of its own. What is judged is what the
services hold in the end: by TimeCrowd's entries, which are the truth, and by the minutes of each
card and date in Kaiten.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import shutil
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from unittest import mock

from tests.prove.computer import KILLS, Computer, paths_in, settings_text
from tests.prove.counts import Counts
from tests.prove.simulated import SimulatedLoop, TrueTime
from timer_app.adapters.http import trust
from timer_app.domain.delivery.log_reference import split_comment
from timer_app.domain.delivery.outbox import Service
from timer_app.sandbox import Deed, DeedKind, Fault, FaultKind, KaitenSwitches, Sandbox

ERRORS = (0, 0, 240, -1800, 86_400 * 400, -86_400 * 4000)
"""By how many seconds a computer's clock may be wrong."""
FAULTS = (
    FaultKind.CLOSE_BEFORE_COMMIT,
    FaultKind.CLOSE_AFTER_COMMIT,
    FaultKind.GARBAGE,
    FaultKind.TRUNCATED,
)
_CHANGES = (
    ("timecrowd", "POST", "/time_entries$"),
    ("timecrowd", "PATCH", "/stop$"),
    ("kaiten", "POST", "/time-logs$"),
)
_TRUSTING = trust.make_ssl_context()


class Several:
    """The computers and what is around them; `seed` decides what happens.

    Without `with_cards` nothing goes to Kaiten; without `with_harm` nothing breaks.
    """

    def __init__(self, seed: int, computers: int, *, with_cards: bool, with_harm: bool) -> None:
        logging.getLogger("aiohttp").setLevel(logging.ERROR)
        self._random = Random(seed)
        self._with_cards = with_cards
        self._with_harm = with_harm
        self.true = TrueTime()
        self.loop = SimulatedLoop(self.true)
        asyncio.set_event_loop(self.loop)
        self._trust = mock.patch.object(trust, "make_ssl_context", return_value=_TRUSTING)
        self._trust.start()
        self._folder = Path(tempfile.mkdtemp(prefix="several-"))
        self.sandbox = Sandbox(clock=self.true, monotonic=lambda: self.true.awake)
        self.sandbox.kaiten.state.switches = KaitenSwitches(rate_limited=False)
        self.loop.run_until_complete(self.sandbox.start())
        self.computers = [self._computer(number) for number in range(computers)]

    def _computer(self, number: int) -> Computer:
        folder = self._folder / str(number)
        folder.mkdir()
        world = self.sandbox.world
        text = settings_text(
            self.sandbox.timecrowd_url, world.team_id, world.category_id,
            self.sandbox.kaiten_url, "carry",
        )  # fmt: skip
        (folder / "settings.toml").write_text(text, encoding="utf-8")
        tokens = {
            Service.TIMECROWD: self.sandbox.timecrowd.issue_token(),
            Service.KAITEN: self.sandbox.kaiten.issue_token(),
        }
        computer = Computer(self.loop, self.true, paths_in(folder), tokens)
        computer.clock.wall_set = timedelta(seconds=self._random.choice(ERRORS))
        computer.open_app()
        return computer

    # -- what happens

    def play(self, acts: int) -> None:
        """Let so many things happen, then heal."""
        for _ in range(acts):
            self._act()
            self._wait(self._random.choice((150, 400, 1500)))
        self._heal()

    def _act(self) -> None:
        here = self._random.choice(self.computers)
        acts = ["start", "start", "stop", "stop", "phone starts", "phone stops"]
        acts += ["web works", "web edits"]
        acts += ["kill", "fault", "off"] if self._with_harm else []
        match self._random.choice(acts):
            case "start":
                here.command("start", wait="3", **self._task())
            case "stop":
                here.command("stop", wait="3")
            case "phone starts":
                self._phone(DeedKind.START)
            case "phone stops":
                self._phone(DeedKind.STOP)
            case "web works":
                self._work_on_the_web()
            case "web edits":
                self._edit_on_the_web()
            case "kill":
                here.plan_kill(self._random.choice(KILLS), self._random.randint(1, 6))
            case "fault":
                name, method, path = self._random.choice(_CHANGES)
                site = self.sandbox.stage.sites[name]
                site.faults.add(Fault(self._random.choice(FAULTS), method, path))
            case _:
                here.close_app()

    def _task(self) -> dict[str, str]:
        number = self._random.randrange(2)
        if self._with_cards:
            return {"card": str(self.sandbox.world.card_ids[number])}
        return {"task": f"Task {number}"}

    def _phone(self, kind: DeedKind) -> None:
        deed = Deed(kind, self.true(), "From the phone")
        self.sandbox.other_devices.do(deed)

    def _work_on_the_web(self) -> None:
        """Something on a card that begins and ends, perhaps between two looks."""
        devices, random = self.sandbox.other_devices, self._random
        devices.do(Deed(DeedKind.START, self.true(), "From the web", self._card_address()))
        self.computers[0].wait(random.choice((5, 20, 100, 400)))
        devices.do(Deed(DeedKind.STOP, self.true()))

    def _edit_on_the_web(self) -> None:
        """Half of an entry's time, or all of it on another card."""
        state, user = self.sandbox.timecrowd.state, self.sandbox.timecrowd.user_id
        rows = [row for row in state.entries_of(user) if row.stopped_at]
        if not rows:
            return
        row = self._random.choice(rows)
        deed = Deed(DeedKind.MOVE, self.true(), "Moved", self._card_address(), row.id)
        if row.stopped_at is not None and self._random.random() < 0.5:
            half = timedelta(seconds=int((row.stopped_at - row.started_at).total_seconds() / 2))
            end = row.started_at + half
            deed = Deed(DeedKind.TIMES, self.true(), entry_id=row.id, stopped_at=end)
        self.sandbox.other_devices.do(deed)

    def _card_address(self) -> str | None:
        number = self.sandbox.world.card_ids[self._random.randrange(2)]
        return f"{self.sandbox.kaiten_url}/{number}" if self._with_cards else None

    def _wait(self, seconds: float) -> None:
        """Let time pass on all of them; whose app was off or killed may be there again."""
        self.computers[0].wait(seconds)
        for computer in self.computers:
            if self._random.random() < 0.7:
                computer.open_app()

    def _heal(self) -> None:
        """Nothing breaks any more: what runs is stopped, and everybody delivers what they have."""
        for site in self.sandbox.stage.sites.values():
            site.faults.clear()
        for computer in self.computers:
            computer.spare()
            computer.open_app()
        self.computers[0].wait(900)
        self._phone(DeedKind.STOP)
        for _ in range(3):
            self.computers[0].wait(3000)
            for computer in self.computers:
                computer.command("sync", wait="10")
        for computer in self.computers:
            computer.command("stop", wait="10")
        for _ in range(2):  # what was edited meanwhile is found once an hour
            self.computers[0].wait(3600)

    # -- what is there in the end

    @property
    def counts(self) -> Counts:
        """What was done, and what it came to."""
        sites = self.sandbox.stage.sites.values()
        return Counts(
            kills=sum(computer.kills for computer in self.computers),
            faults=sum(r.fault is not None for site in sites for r in site.requests.records),
            entries=len(self._held()),
            lost=len(self.lost()),
            doubled=len(self.doubled()),
            wrong=len(self.wrong()),
        )

    def _held(self) -> list[int]:
        state = self.sandbox.timecrowd.state
        return [entry.id for entry in state.entries_of(self.sandbox.timecrowd.user_id)]

    def _known(self) -> dict[str, str | None]:
        """The entries of all journals that began there, by id, with TimeCrowd's id."""
        found: dict[str, str | None] = {}
        for computer in self.computers:
            for logged in computer.core.journal.entries(date(1990, 1, 1), date(2090, 1, 1)):
                if logged.entry.source.value != "adopted":
                    found[logged.entry.id] = logged.remote.id if logged.remote else None
        return found

    def lost(self) -> list[str]:
        """What began on a computer and is not in TimeCrowd, and minutes that Kaiten misses."""
        held = {str(number) for number in self._held()}
        missing = [f"entry {key}" for key, remote in self._known().items() if remote not in held]
        return missing + [f"minutes {key}" for key, by in self._minutes_off().items() if by < 0]

    def doubled(self) -> list[str]:
        """What is in TimeCrowd and began nowhere, or is there for two; minutes beyond the truth."""
        began = Counter(self._known().values())
        phone = {str(number) for number in self.sandbox.other_devices.started}
        more = [f"entry {n}" for n in self._held() if began[str(n)] + (str(n) in phone) != 1]
        more += [f"name {name}" for name, times in self._names().items() if times > 1]
        return more + [f"minutes {key}" for key, by in self._minutes_off().items() if by > 0]

    def wrong(self) -> list[str]:
        """Entries that run on or overlap, and whatever waits for a person."""
        state, user = self.sandbox.timecrowd.state, self.sandbox.timecrowd.user_id
        rows = sorted(state.entries_of(user), key=lambda row: row.started_at)
        found = [f"runs {row.id}" for row in rows if row.stopped_at is None]
        for first, second in itertools.pairwise(rows):
            ended = first.stopped_at
            if ended is not None and ended > second.started_at + timedelta(seconds=2):
                found.append(f"overlap {first.id} {second.id}")
        named = {f"TimeCrowd {row.id}" for row in rows}
        found += [f"name {name} of no entry" for name in self._names() if name not in named]
        for number, computer in enumerate(self.computers):
            asked = computer.core.journal.ids_needing_user()
            found += [f"computer {number}: delivery {each} needs a person" for each in asked]
        return found

    def _names(self) -> Counter[str]:
        """How often each name of a log is there."""
        logs = self.sandbox.kaiten.state.logs.values()
        return Counter(split_comment(log.comment or "")[1] or "" for log in logs)

    def _minutes_off(self) -> dict[tuple[str, date], int]:
        """By card and date: the minutes in Kaiten less what TimeCrowd's entries ask for."""
        state, zone = self.sandbox.timecrowd.state, self.computers[0].clock.zone()
        seconds: Counter[tuple[str, date]] = Counter()
        for row in state.entries_of(self.sandbox.timecrowd.user_id):
            url = state.tasks[row.task_id].url or ""
            if url.startswith(self.sandbox.kaiten_url) and row.stopped_at is not None:
                day = row.started_at.astimezone(zone).date()
                key = (url.rpartition("/")[2], day)
                seconds[key] += int((row.stopped_at - row.started_at).total_seconds())
        minutes: Counter[tuple[str, date]] = Counter()
        for log in self.sandbox.kaiten.state.logs.values():
            minutes[str(log.card_id), log.for_date] += log.time_spent
        asked = {key: max(1, (total + 30) // 60) for key, total in seconds.items()}
        keys = asked.keys() | minutes.keys()
        off = {key: minutes[key] - asked.get(key, 0) for key in keys}
        return {key: by for key, by in off.items() if abs(by) > 1}  # stamps have whole seconds

    def close(self) -> None:
        """End all of it."""
        for computer in reversed(self.computers):
            computer.spare()
            computer.shut_down()
        self.loop.run_until_complete(self.sandbox.close())
        self._trust.stop()
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        asyncio.set_event_loop(None)
        self.loop.close()
        shutil.rmtree(self._folder)


def play(seed: int, computers: int, acts: int, *, with_cards: bool, with_harm: bool) -> Several:
    """One scene to its end; the caller closes it."""
    scene = Several(seed, computers, with_cards=with_cards, with_harm=with_harm)
    try:
        scene.play(acts)
    except BaseException:
        scene.close()
        raise
    return scene


def prove(scenes: int) -> Counts:
    """Play so many scenes of two and three computers, with all that can go wrong."""
    total = Counts()
    for seed in range(scenes):
        scene = play(seed, 2 + seed % 2, 14, with_cards=True, with_harm=True)
        total += scene.counts
        scene.close()
    return total
