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
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from random import Random
from unittest import mock

from tests.prove.computer import KILLS, Computer, paths_in, settings_text
from tests.prove.counts import Counts
from tests.prove.simulated import SimulatedLoop, TrueTime
from timer_app.adapters.http import trust
from timer_app.domain.delivery.log_reference import split_comment
from timer_app.domain.delivery.service_messages import (
    CorrectTimes,
    DeleteLog,
    RemoveDuplicateEntry,
    StopEntry,
)
from timer_app.domain.service import Service
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
_NIGHTS = (3_600, 30_000, 100_000)
"""For how many seconds everybody sleeps."""
_MOST_NIGHTS = 3
"""So that what was done elsewhere is never older than what is still taken in."""
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
        self._deleted: set[str] = set()
        self._ended: dict[int, datetime] = {}
        self._nights = 0
        self._asked = 0
        self._offline_since: dict[int, datetime] = {}
        self._offline: list[tuple[datetime, datetime]] = []

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
        self.computers[0].wait(5)  # each has asked once: a wrong clock is known
        for _ in range(acts):
            self._act()
            self._wait(self._random.choice((150, 400, 1500)))
        self._heal()

    def _act(self) -> None:
        here = self._random.choice(self.computers)
        acts: list[Callable[[Computer], None]] = [
            self._start, self._start, self._stop, self._stop, self._phone_starts,
            self._phone_stops, self._work_on_the_web, self._edit_on_the_web, self._edit_on_the_web,
            self._calendar_switches,
        ]  # fmt: skip
        if self._with_harm:
            acts += [
                self._plan_kill, self._plan_kill, self._plan_faults, self._plan_faults,
                Computer.close_app, self._restart,
                self._lose_network, self._find_network, self._sleep,
            ]  # fmt: skip
        self._random.choice(acts)(here)

    def _start(self, here: Computer) -> None:
        here.command("start", wait="3", **self._task())

    def _stop(self, here: Computer) -> None:
        here.command("stop", wait="3")

    def _phone_starts(self, _: Computer) -> None:
        self._do_elsewhere(Deed(DeedKind.START, self.true(), "From the phone"))

    def _phone_stops(self, _: Computer) -> None:
        self._do_elsewhere(Deed(DeedKind.STOP, self.true()))

    def _calendar_switches(self, _: Computer) -> None:
        address = self._card_address()
        self._do_elsewhere(Deed(DeedKind.START, self.true(), "From the calendar", address))

    def _do_elsewhere(self, deed: Deed) -> None:
        """Start or stop on another device, which ends what ran by then."""
        state, user = self.sandbox.timecrowd.state, self.sandbox.timecrowd.user_id
        running = state.running(user)
        if running is not None:
            self._ended[running.id] = deed.at
        self.sandbox.other_devices.do(deed)

    def _plan_kill(self, here: Computer) -> None:
        here.plan_kill(self._random.choice(KILLS), self._random.randint(1, 6))

    def _plan_faults(self, _: Computer) -> None:
        """The next changes of each kind break, and some of the questions."""
        for name, method, path in _CHANGES:
            faults = self.sandbox.stage.sites[name].faults
            faults.add(Fault(self._random.choice(FAULTS), method, path))
            faults.add(Fault(self._random.choice(FAULTS), "GET", ""))

    def _restart(self, here: Computer) -> None:
        """Switch it off; when it is on again, its steady clock has begun anew."""
        here.close_app()
        here.clock.boots += 1

    def _lose_network(self, computer: Computer) -> None:
        if not computer.is_offline:
            computer.is_offline = True
            self._offline_since[id(computer)] = self.true()

    def _find_network(self, computer: Computer) -> None:
        if computer.is_offline:
            computer.is_offline = False
            self._offline.append((self._offline_since.pop(id(computer)), self.true()))

    def _sleep(self, _: Computer) -> None:
        """All of them, for a while or over a night; those that run wake up and look."""
        if self._nights < _MOST_NIGHTS:
            self._nights += 1
            self.true.asleep += self._random.choice(_NIGHTS)
            if self._random.random() < 0.5:
                self._work_on_the_web(self.computers[0], asleep=True)
            for computer in self.computers:
                computer.wake()

    def _task(self) -> dict[str, str]:
        number = self._random.randrange(2)
        if self._with_cards:
            return {"card": str(self.sandbox.world.card_ids[number])}
        return {"task": f"Task {number}"}

    def _work_on_the_web(self, _: Computer, *, asleep: bool = False) -> None:
        """Something on a card that begins and ends, perhaps between two looks."""
        address = self._card_address()
        self._do_elsewhere(Deed(DeedKind.START, self.true(), "From the web", address))
        seconds = self._random.choice((5, 20, 200, 280))
        if asleep:
            self.true.asleep += seconds
        else:
            self.computers[0].wait(seconds)
        self._do_elsewhere(Deed(DeedKind.STOP, self.true()))

    def _edit_on_the_web(self, _: Computer) -> None:
        """Half of an entry's time, all of it on another card, or nothing of it any more."""
        state, user = self.sandbox.timecrowd.state, self.sandbox.timecrowd.user_id
        rows = [row for row in state.entries_of(user) if row.stopped_at]
        if not rows:
            return
        on_cards = [row for row in rows if state.tasks[row.task_id].url]
        row = self._random.choice(on_cards or rows)
        if self._random.random() < 0.2:
            self.sandbox.other_devices.do(Deed(DeedKind.DELETE, self.true(), entry_id=row.id))
            self._deleted.add(str(row.id))
            return
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
        began = self.true()
        self.computers[0].wait(seconds)
        for computer in self.computers:
            if not computer.app_runs:
                self._offline.append((began, self.true()))
            if self._random.random() < 0.7:
                computer.open_app()

    def _heal(self) -> None:
        """Nothing breaks any more: what runs is stopped, and everybody delivers what they have."""
        for site in self.sandbox.stage.sites.values():
            site.faults.clear()
        for computer in self.computers:
            self._find_network(computer)
            computer.spare()
            computer.open_app()
        self.computers[0].wait(900)
        self._phone_stops(self.computers[0])
        for _ in range(3):
            self.computers[0].wait(3000)
            for computer in self.computers:
                computer.command("sync", wait="10")
        for computer in self.computers:
            computer.command("stop", wait="10")
        for _ in range(3):  # what was edited meanwhile is found once an hour
            self.computers[0].wait(3600)
            self._answer()
            self.computers[0].wait(60)

    def _answer(self) -> None:
        """Say of what began on another device that no lost request of this one made it.

        Who starts on one device what was lost on another less than an hour ago is asked about it.
        The log of an entry that was deleted elsewhere goes too, and its stop is not sent.
        """
        begun = {remote for remote in self._known().values() if remote is not None}
        begun |= {str(number) for number in self.sandbox.other_devices.started}
        for computer in self.computers:
            for number in computer.core.journal.ids_needing_user():
                question = computer.core.journal.delivery(number)
                logged = computer.core.journal.entry_of_delivery(number)
                remote = logged.remote.id if logged and logged.remote else None
                match question.message if question else None:
                    case StopEntry() | CorrectTimes() if remote in self._deleted:
                        answer = "drop"
                    case RemoveDuplicateEntry(kept=kept) if kept.id in begun:
                        answer = "drop"
                    case DeleteLog(asks=True):
                        answer = "retry"
                    case _:
                        continue
                computer.command(answer, delivery=str(number), wait="10")
                self._asked += 1

    # -- what is there in the end

    @property
    def counts(self) -> Counts:
        """What was done, and what it came to."""
        sites = self.sandbox.stage.sites.values()
        return Counts(
            scenes=1,
            computers=len(self.computers),
            devices=3,  # the phone, the web, the calendar
            kills=sum(computer.kills for computer in self.computers),
            faults=sum(r.fault is not None for site in sites for r in site.requests.records),
            entries=len(self._held()),
            asked=self._asked,
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
        held |= self._deleted  # on the web, while its stop was not told yet
        missing = [f"entry {key}" for key, remote in self._known().items() if remote not in held]
        return missing + [f"minutes {key}" for key, by in self._minutes_off().items() if by < 0]

    def doubled(self) -> list[str]:
        """What is in TimeCrowd and began nowhere; two logs of a name; minutes beyond the truth.

        Two computers may have begun the same task within a moment, and have one entry for it.
        """
        began = {*self._known().values(), *map(str, self.sandbox.other_devices.started)}
        more = [f"entry {number}" for number in self._held() if str(number) not in began]
        more += [f"name {name}" for name, times in self._dated_names().items() if times > 1]
        return more + [f"minutes {key}" for key, by in self._minutes_off().items() if by > 0]

    def wrong(self) -> list[str]:
        """Entries that run on or overlap, and whatever waits for a person."""
        state, user = self.sandbox.timecrowd.state, self.sandbox.timecrowd.user_id
        rows = sorted(state.entries_of(user), key=lambda row: row.started_at)
        found = [f"runs {row.id}" for row in rows if row.stopped_at is None]
        found += [
            f"stopped earlier {row.id}"
            for row in rows
            if row.id in self._ended
            and row.stopped_at is not None
            and row.stopped_at > self._ended[row.id] + timedelta(seconds=2)
        ]
        for first, second in itertools.pairwise(rows):
            ended = first.stopped_at
            if ended is None or self._was_offline(second.started_at, ended):
                continue  # two computers that knew nothing of each other may both have run
            if ended > second.started_at + timedelta(seconds=2):
                found.append(f"overlap {first.id} {second.id}")
        named = {f"TimeCrowd {row.id}" for row in rows}
        names = {name for name, _ in self._dated_names()}
        found += [f"name {name} of no entry" for name in names if name not in named]
        for number, computer in enumerate(self.computers):
            asked = computer.core.journal.ids_needing_user()
            found += [f"computer {number}: delivery {each} needs a person" for each in asked]
        return found

    def _was_offline(self, begin: datetime, end: datetime) -> bool:
        return any(since < end and begin < until for since, until in self._offline)

    def _dated_names(self) -> Counter[tuple[str, date]]:
        """How often each name of a log is there on each date."""
        logs = self.sandbox.kaiten.state.logs.values()
        return Counter((split_comment(log.comment or "")[1] or "", log.for_date) for log in logs)

    def _minutes_off(self) -> dict[tuple[str, date], int]:
        """By card and date: the minutes in Kaiten less what TimeCrowd's entries ask for."""
        state, zone = self.sandbox.timecrowd.state, self.computers[0].clock.zone()
        seconds: Counter[tuple[str, date]] = Counter()
        for row in state.entries_of(self.sandbox.timecrowd.user_id):
            url = state.tasks[row.task_id].url or ""
            if url.startswith(self.sandbox.kaiten_url) and row.stopped_at is not None:
                for day, length in _by_day(row.started_at, row.stopped_at, zone):
                    seconds[url.rpartition("/")[2], day] += length
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


def _by_day(begin: datetime, end: datetime, zone: tzinfo) -> Iterator[tuple[date, int]]:
    """The seconds between two instants that each local date has."""
    while begin < end:
        day = begin.astimezone(zone).date()
        midnight = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
        part = min(end, midnight)
        yield day, int((part - begin).total_seconds())
        begin = part


def play(seed: int, computers: int, acts: int, *, with_cards: bool, with_harm: bool) -> Several:
    """One scene to its end; the caller closes it."""
    scene = Several(seed, computers, with_cards=with_cards, with_harm=with_harm)
    try:
        scene.play(acts)
    except BaseException:
        scene.close()
        raise
    return scene


def prove(first: int, step: int, scenes: int) -> Counts:
    """Play every `step`th of so many scenes; what is not as promised is printed with its seed."""
    total = Counts()
    for seed in range(first, scenes, step):
        scene = play(seed, 2 + seed % 2, 14, with_cards=True, with_harm=True)
        if not scene.counts.clean:
            found = (*scene.lost(), *scene.doubled(), *scene.wrong())
            sys.stdout.write("".join(f"scene {seed}: {each}\n" for each in found))
        total += scene.counts
        scene.close()
    return total
