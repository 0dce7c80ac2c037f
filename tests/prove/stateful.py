"""Users, another device, faults, clocks and kills in any order; then exactly once, at true times.

Hypothesis plays them against the whole core and both services' stand-ins, on simulated time. After
each play everything is mended, a careful person answers what the app asks, and then the services
are held against the journal.
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from tests.prove.computer import KILLS
from tests.prove.counts import Counts
from tests.prove.scene import Scene
from tests.prove.truth import Difference
from timer_app.domain.delivery.log_reference import split_comment
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.entry import whole_second
from timer_app.domain.entries.minutes import Rounding
from timer_app.sandbox import Fault, FaultKind, KaitenSwitches, TimeCrowdSwitches

DAY = 86_400
ZONES = ("Europe/Berlin", "Asia/Tokyo", "America/New_York", "Asia/Kathmandu")
COMMENTS = ("", "one", "два")
TITLES = ("Read mail", "Lunch talk")
ADDRESSES = ("https://example.com/a?b=1", "https://www.chatwork.com/#!rid123456-1")
LOGS, ENTRIES = "/time-logs$", "/time_entries$"
REQUESTS = (
    ("timecrowd", "POST", ENTRIES),
    ("timecrowd", "POST", ENTRIES),
    ("timecrowd", "PATCH", "/time_entries/[0-9]+$"),
    ("timecrowd", "PATCH", "/stop$"),
    ("timecrowd", "POST", "/comments$"),
    ("timecrowd", "DELETE", ""),
    ("timecrowd", "GET", ""),
    ("timecrowd", "GET", "/working_users$"),
    ("timecrowd", "GET", "/user/time_entries$"),
    ("timecrowd", "*", ""),
    ("timecrowd", "*", "tasks"),
    ("kaiten", "POST", LOGS),
    ("kaiten", "POST", LOGS),
    ("kaiten", "PATCH", ""),
    ("kaiten", "DELETE", ""),
    ("kaiten", "GET", LOGS),
    ("kaiten", "*", ""),
)
REFUSALS = (400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503)
BREAKS = (
    FaultKind.CLOSE_BEFORE_COMMIT,
    FaultKind.CLOSE_AFTER_COMMIT,
    FaultKind.GARBAGE,
    FaultKind.HANG_AFTER_COMMIT,
)
CLOCK_ERRORS = (0, 0, -20, 20, -600, 600, -7200, 7200, -3 * DAY, 400 * DAY, -7000 * DAY)
"""Seconds by which a computer's clock is wrong; a dead battery makes it years."""
BROKEN = (500, 502, 503, 504)


class Differs(AssertionError):
    """The services do not hold what they should."""

    def __init__(self, found: list[Difference]) -> None:
        super().__init__("\n".join(f"{each.kind}: {each.what}" for each in found))
        self.found = found


@dataclass
class Tally:
    """What all plays together did."""

    examples: int = 0
    entries: int = 0
    faults: int = 0
    kills: int = 0
    told_by_looking: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


class Planned(NamedTuple):
    """A fault, short enough to be read in what hypothesis prints."""

    service: str
    kind: str
    method: str
    path: str
    nth: int
    times: int
    number: int
    seconds: int

    def fault(self) -> Fault:
        """The fault; `number` is a status, `seconds` a Retry-After or how slowly it drips."""
        kind = FaultKind(self.kind)
        has_status = kind in (FaultKind.STATUS, FaultKind.STATUS_AFTER_COMMIT)
        return Fault(
            kind,
            self.method,
            self.path,
            nth=self.nth,
            times=self.times,
            status=self.number if has_status else None,
            retry_after=self.seconds,
            reset=self.number % 2 == 0,
            drip_seconds=max(0.01, self.seconds / 90),
        )


@st.composite
def faults(draw: st.DrawFn) -> Planned:
    """A fault of any kind at any request."""
    name, method, path = draw(st.sampled_from(REQUESTS))
    kind = draw(st.sampled_from(list(FaultKind)))
    statuses = REFUSALS if kind is FaultKind.STATUS else BROKEN
    return Planned(
        name,
        kind.value,
        method,
        path,
        draw(st.sampled_from([1, 1, 1, 2, 3])),
        draw(st.sampled_from([1, 1, 2, 4])),
        draw(st.sampled_from(statuses)),
        draw(st.sampled_from([0, 1, 90])),
    )


waits = st.sampled_from(["0", "1", "5", "20"])
troubles = st.lists(faults(), max_size=2)
some = st.integers(0, 50)
passing = st.sampled_from([1, 7, 29, 31, 61, 200, 600, 1800, 5400, 4 * 3600, 11 * 3600])
names = st.sampled_from(["timecrowd", "kaiten"])
tasks = st.sampled_from(
    [(kind, number) for kind in ("card", "title", "card", "address", "linked") for number in (0, 1)]
)
"""An address may stand alone, or be work on a card."""
started = st.one_of(tasks, st.sampled_from([("timecrowd", 0), ("timecrowd", 1)]))
"""What is started may be one of TimeCrowd's own tasks, too."""


class ExactlyOnce(RuleBasedStateMachine):
    """A play. The rules break nothing that `Scene.mend` does not mend."""

    tally = Tally()
    long = False

    def __init__(self) -> None:
        super().__init__()
        self.scene: Scene | None = None

    @initialize(
        rounding=st.sampled_from([Rounding.CARRY, Rounding.CARRY, *Rounding]),
        stops_old=st.booleans(),
        twice=st.booleans(),
        missing=st.sampled_from([404, 403, 422]),
        delete=st.sampled_from([200, 204]),
        pages=st.sampled_from([2, 20]),
        offset=st.sampled_from([0, 540]),
        error=st.sampled_from(CLOCK_ERRORS),
        seed=st.integers(0, 1000),
    )
    def begin(
        self,
        rounding: Rounding,
        stops_old: bool,  # noqa: FBT001  # hypothesis calls it by name
        twice: bool,  # noqa: FBT001  # the same
        missing: int,
        delete: int,
        pages: int,
        offset: int,
        error: int,
        seed: int,
    ) -> None:
        switches = TimeCrowdSwitches(stops_old, twice, missing, delete, pages, offset)
        self.scene = Scene(rounding, switches, seed)
        self.scene.computer.clock.wall_set = timedelta(seconds=error)

    @property
    def here(self) -> Scene:
        assert self.scene is not None
        return self.scene

    # -- the user

    def _words(self, what: tuple[str, int]) -> dict[str, str]:
        kind, number = what
        if kind == "title":
            return {"task": TITLES[number]}
        if kind == "timecrowd":
            return {"timecrowd_task": str(self.here.own_task_ids[number])}
        card = str(self.here.sandbox.world.card_ids[number])
        if kind == "card":
            return {"card": card}
        words = {"card": ADDRESSES[number], "task": TITLES[number]}
        return words | ({"linked_card": card} if kind == "linked" else {})

    def _command(self, name: str, planned: Sequence[Planned], words: dict[str, str]) -> None:
        """A command, and what goes wrong about it."""
        for each in planned:
            self.here.arm(each.service, each.fault())
        self.here.computer.command(name, **words)

    def _ago(self, seconds: float) -> str:
        """An instant by the clock that the app shows, in whole seconds."""
        now = whole_second(self.here.computer.core.clock.now())
        return (now - timedelta(seconds=seconds)).isoformat()

    def _finished(self, number: int) -> LoggedEntry | None:
        """One of the latest finished entries."""
        found = [each for each in self.here.truth().entries() if each.stopped_at is not None]
        return found[-1 - number % min(len(found), 4)] if found else None

    @rule(
        what=started,
        comment=st.sampled_from(COMMENTS),
        ago=st.sampled_from([None, None, 40, 3000]),
        wait=waits,
        planned=troubles,
    )
    def start(
        self,
        what: tuple[str, int],
        comment: str,
        ago: int | None,
        wait: str,
        planned: list[Planned],
    ) -> None:
        words = self._words(what) | {"comment": comment, "wait": wait}
        if ago is not None:
            words["at"] = self._ago(ago)
        self._command("start", planned, words)

    @rule(what=started, wait=waits, planned=troubles)
    def start_now(self, what: tuple[str, int], wait: str, planned: list[Planned]) -> None:
        self._command("start", planned, self._words(what) | {"wait": wait})

    @rule(seconds=passing, what=started, wait=waits, planned=troubles)
    def work(self, seconds: int, what: tuple[str, int], wait: str, planned: list[Planned]) -> None:
        """One task for some time, and then another one."""
        self._command("start", planned, self._words(what) | {"wait": "1"})
        self.here.wait(seconds)
        self.here.computer.command("stop", wait=wait)

    @rule(
        comment=st.sampled_from([None, *COMMENTS]),
        ago=st.sampled_from([None, None, 30]),
        wait=waits,
        planned=troubles,
    )
    def stop(self, comment: str | None, ago: int | None, wait: str, planned: list[Planned]) -> None:
        words = {"wait": wait}
        if comment is not None:
            words["comment"] = comment
        if ago is not None:
            words["at"] = self._ago(ago)
        self._command("stop", planned, words)

    @rule(
        name=st.sampled_from(["toggle", "toggle", "toggle", "cancel", "undo"]),
        wait=waits,
        planned=troubles,
    )
    def press(self, name: str, wait: str, planned: list[Planned]) -> None:
        self._command(name, planned, {"wait": wait})

    @rule(
        what=tasks,
        comment=st.sampled_from(COMMENTS),
        ago=st.sampled_from([10, 600, 7200, 40000, 100000]),
        length=st.sampled_from([3, 29, 31, 90, 1800, 7000, 90000]),
        wait=waits,
        planned=troubles,
    )
    def add(
        self,
        what: tuple[str, int],
        comment: str,
        ago: int,
        length: int,
        wait: str,
        planned: list[Planned],
    ) -> None:
        words = self._words(what) | {"comment": comment, "wait": wait}
        begin, end = self._ago(ago), self._ago(max(0, ago - length))
        self._command("add", planned, words | {"from": begin, "to": end})

    @rule(
        number=st.integers(0, 1),
        kinds=st.lists(st.sampled_from(BREAKS), min_size=2, max_size=2),
        service=st.sampled_from([("timecrowd", ENTRIES), ("kaiten", LOGS)]),
        running=st.booleans(),
    )
    def twins(
        self,
        number: int,
        kinds: list[FaultKind],
        service: tuple[str, str],
        running: bool,  # noqa: FBT001  # hypothesis calls it by name
    ) -> None:
        """The same thing twice, and both may or may not have arrived."""
        name, path = service
        for kind in kinds:
            self.here.arm(name, Fault(kind, "POST", path))
        card = str(self.here.sandbox.world.card_ids[number])
        for ago in ("-50m", "-20m"):
            if running:
                self.here.computer.command("start", card=card, wait="0")
                self.here.wait(5)
                self.here.computer.command("stop", wait="1")
            else:
                self.here.computer.command("add", card=card, wait="1", **{"from": ago, "for": "9m"})

    @rule(kind=st.sampled_from(BREAKS), ago=st.sampled_from([600, 7200]), wait=waits)
    def comment_in_doubt(self, kind: FaultKind, ago: int, wait: str) -> None:
        """A comment that may or may not have arrived."""
        words = {"task": TITLES[0], "comment": "one", "wait": wait}
        begin, end = self._ago(ago), self._ago(ago - 90)
        self.here.arm("timecrowd", Fault(kind, "POST", "/comments$"))
        self.here.computer.command("add", **words, **{"from": begin, "to": end})

    @rule(
        number=some,
        begin=st.sampled_from([None, None, -900, 13]),
        end=st.sampled_from([None, None, -7, 600]),
        comment=st.sampled_from([None, *COMMENTS]),
        what=st.one_of(st.none(), st.none(), tasks),
        wait=waits,
        planned=troubles,
    )
    def edit(
        self,
        number: int,
        begin: int | None,
        end: int | None,
        comment: str | None,
        what: tuple[str, int] | None,
        wait: str,
        planned: list[Planned],
    ) -> None:
        logged = self._finished(number)
        if logged is None or logged.stopped_at is None:
            return
        words = {"entry": logged.entry.id, "wait": wait}
        if begin is not None:
            words["from"] = (logged.entry.started_at + timedelta(seconds=begin)).isoformat()
        if end is not None:
            words["to"] = (logged.stopped_at + timedelta(seconds=end)).isoformat()
        if comment is not None:
            words["comment"] = comment
        if what is not None:
            words |= self._words(what)
        self._command("edit", planned, words)

    @rule(number=some, name=st.sampled_from(["delete", "split"]), wait=waits, planned=troubles)
    def amend(self, number: int, name: str, wait: str, planned: list[Planned]) -> None:
        logged = self._finished(number)
        if logged is None or logged.stopped_at is None:
            return
        words = {"entry": logged.entry.id, "wait": wait}
        if name == "split":
            half = (logged.stopped_at - logged.entry.started_at) / 2
            words["at"] = whole_second(logged.entry.started_at + half).isoformat()
        self._command(name, planned, words)

    @rule(wait=waits, planned=troubles)
    def sync(self, wait: str, planned: list[Planned]) -> None:
        self._command("sync", planned, {"wait": wait})

    @rule()
    def answer(self) -> None:
        """Look at the problems before all is mended, too."""
        self.here.person.answer_all()

    @rule(number=some, comment=st.sampled_from([None, "one"]), own=st.booleans())
    def write_log_by_hand(self, number: int, comment: str | None, own: bool) -> None:  # noqa: FBT001
        """Equal to one that is there but for its name, or another one."""
        logs = list(self.here.sandbox.kaiten.state.logs.values())
        if own and logs:
            like = logs[-1 - number % min(len(logs), 3)]
            words, _ = split_comment(like.comment or "")  # nobody types a name
            self.here.write_log(like.card_id, like.time_spent, words or None)
        else:
            self.here.write_log(self.here.sandbox.world.card_ids[number % 2], number + 1, comment)

    # -- the other device

    @rule(what=tasks)
    def start_elsewhere(self, what: tuple[str, int]) -> None:
        kind, number = what
        if kind in ("title", "address"):
            address = ADDRESSES[number] if kind == "address" else None
            self.here.start_elsewhere(TITLES[number], address)
            return
        card = self.here.sandbox.kaiten.state.cards[self.here.sandbox.world.card_ids[number]]
        self.here.start_elsewhere(card.title, f"{self.here.sandbox.kaiten_url}/{card.id}")

    @rule()
    def stop_elsewhere(self) -> None:
        self.here.stop_elsewhere()

    # -- what goes wrong

    @rule(planned=st.lists(faults(), min_size=1, max_size=3))
    def arm(self, planned: list[Planned]) -> None:
        for each in planned:
            self.here.arm(each.service, each.fault())

    @rule()
    def release(self) -> None:
        self.here.release()

    @rule(name=names, up=st.booleans())
    def service(self, name: str, up: bool) -> None:  # noqa: FBT001  # hypothesis calls it by name
        if up:
            self.here.up(name)
        else:
            self.here.down(name)

    @rule(name=names, accept=st.booleans())
    def token(self, name: str, accept: bool) -> None:  # noqa: FBT001  # the same
        site = self.here.sites[name]
        if accept:
            site.accept_token()
        else:
            site.revoke_token()

    @rule(number=st.integers(0, 1), what=st.sampled_from(["forbid", "allow", "402", "category"]))
    def refuse(self, number: int, what: str) -> None:
        sandbox = self.here.sandbox
        card, kaiten = sandbox.world.card_ids[number], sandbox.kaiten.state
        match what:
            case "forbid":
                kaiten.forbidden_card_ids.add(card)
            case "allow":
                kaiten.forbidden_card_ids.discard(card)
            case "402":
                kaiten.switches = KaitenSwitches(number == 0, rate_limited=False)
            case _:
                gone = sandbox.clock() if number else None
                sandbox.timecrowd.state.set_category_deleted(sandbox.world.category_id, gone)

    # -- the computer

    @rule(seconds=passing)
    def wait(self, seconds: int) -> None:
        self.here.wait(seconds)

    @rule(seconds=passing)
    def sleep(self, seconds: int) -> None:
        self.here.sleep(seconds)

    @rule(by=st.sampled_from(CLOCK_ERRORS), zone=st.sampled_from(ZONES))
    def set_clock(self, by: int, zone: str) -> None:
        self.here.asked.note_clock()
        self.here.computer.clock.wall_set = timedelta(seconds=by)
        self.here.computer.clock.in_zone = ZoneInfo(zone)

    @rule(runs=st.booleans())
    def app(self, runs: bool) -> None:  # noqa: FBT001  # hypothesis calls it by name
        if runs:
            self.here.computer.open_app()
        else:
            self.here.computer.close_app()

    @rule(event=st.sampled_from(KILLS), count=st.integers(1, 8))
    def kill(self, event: str, count: int) -> None:
        self.here.computer.plan_kill(event, count)

    # Without a precondition: which rules there are must not hang on how fast this machine is.
    @rule(boot=st.booleans())
    def kill_now(self, boot: bool) -> None:  # noqa: FBT001  # hypothesis calls it by name
        if self.here.computer.app_runs:
            self.here.computer.kill()
            self.here.asked.note_clock()
            self.here.computer.clock.boots += boot

    @rule(unwritable=st.booleans())
    def journal(self, unwritable: bool) -> None:  # noqa: FBT001  # the same
        self.here.computer.make_unwritable(unwritable=unwritable)

    # -- the end

    def teardown(self) -> None:
        """Mend, heal, and look."""
        if self.scene is None:
            return
        try:
            found = self.scene.differences()
            self._count(len(self.scene.truth().entries()))
        finally:
            self.scene.close()
        if found:
            raise Differs(found)
        assert not self.scene.complaints, self.scene.complaints

    def _count(self, entries: int) -> None:
        tally = self.tally
        tally.examples += 1
        tally.entries += entries
        tally.faults += self.here.faults
        tally.kills += self.here.computer.kills
        tally.told_by_looking += self.here.person.told_by_looking
        for site in self.here.sites.values():
            for record in site.requests.records:
                if record.fault is not None:
                    kind = record.fault.value
                    tally.kinds[kind] = tally.kinds.get(kind, 0) + 1


def how(*, long: bool) -> settings:
    """How many plays, and how long ones."""
    return settings(
        max_examples=500 if long else 60,
        stateful_step_count=40 if long else 30,
        deadline=None,
        derandomize=True,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # a play takes half a second: shrinking one takes hours
        verbosity=Verbosity.normal,
    )


def _kinds(error: BaseException) -> Iterator[str]:
    """What is not as promised, by an error or, of several plays, a group of them."""
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _kinds(each)
    elif isinstance(error, Differs):
        yield from (each.kind for each in error.found)
    else:
        yield "wrong"


def play(*, long: bool) -> Counts:
    """Play; what is not as promised is printed with the shortest play that shows it."""
    tally = ExactlyOnce.tally = Tally()
    found: Counter[str] = Counter()
    try:
        run_state_machine_as_test(ExactlyOnce, settings=how(long=long))
    except Exception as error:  # noqa: BLE001 - a bug that a play met is not as promised either
        found.update(_kinds(error))
        traceback.print_exc()
    print(f"  {tally}")
    return Counts(
        kills=tally.kills,
        faults=tally.faults,
        entries=tally.entries,
        lost=found["lost"],
        doubled=found["doubled"],
        wrong=found["wrong"],
    )
