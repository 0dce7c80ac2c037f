"""Each command's whole reply: exit code, document, sentences. Kaiten and TimeCrowd are fakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from tests.services.delivery.test_sender import OFFLINE, REFUSED, UNKNOWN, worked
from tests.services.fakes import MOSCOW, NOW, FakeCardDirectory, FakeTaskDirectory, run
from tests.services.world import CARD, TASK, WORDS, World
from timer_app.domain.delivery.outcomes import NotSent, NotSentCause, OutcomeUnknown, Refused
from timer_app.domain.delivery.remote_history import HistoryImport
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Idle, Running
from timer_app.services.command_context import CommandContext, CommandReply
from timer_app.services.commands import Commands
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.delivery.problem_documents import problem_documents
from timer_app.services.entries.documents import Document, entry_document
from timer_app.services.entries.ports import CardDirectory
from timer_app.services.exit_codes import ExitCode

INFO = CardInfo(CARD, "Ship it", archived=False, board="Dev", column="Doing", minutes=90)
WAITS = "Saved on this computer. Deliveries are waiting: timer-app status"
PROBLEM = "Something needs your attention: timer-app problems"
NOT_SET_UP = "Kaiten is not set up. Set it up: timer-app config set kaiten.url ADDRESS"
STATUS: Document = {"state": "as the summary says"}


@dataclass
class Desk:
    """The commands on a world, and what they were allowed."""

    world: World
    tasks: FakeTaskDirectory | None = field(default_factory=FakeTaskDirectory)
    book: FakeCardDirectory | None = field(
        default_factory=lambda: FakeCardDirectory((INFO,), {"ABC-12": INFO})
    )
    origin: str = CARD.origin
    waited: list[float] = field(default_factory=list)

    def run(self, name: str, **words: str) -> CommandReply:
        """Run a command; `_from` stands for `from`."""
        world = self.world

        async def deliver(seconds: float) -> None:
            self.waited.append(seconds)
            await world.sender.drain(timedelta(seconds=seconds))

        async def look(seconds: float) -> None:
            world.remote_sync.request()
            await deliver(seconds)

        async def sync(seconds: float, first: date | None) -> HistoryImport | None:
            await look(seconds)
            return None if first is None else HistoryImport(["e1", "e2"], changed=["e3"])

        def book() -> CardDirectory | None:
            return self.book

        context = CommandContext(
            world.timer, world.editor, world.journal, world.problems, world.clock, deliver, look,
            sync, lambda: dict(STATUS), lambda: self.origin, book, world.notices,
            lambda: world.auditor, world.absence_resolver, lambda: world.sender.paused,
            lambda: self.tasks,
        )  # fmt: skip
        given: Mapping[str, str] = {key.strip("_"): word for key, word in words.items()}
        return run(Commands(context).run(name, given), world.clock)

    def document(self, *entry_ids: str) -> Document:
        """The document of a command that touched these entries."""
        return STATUS | {"entries": [self.entry(each) for each in entry_ids]}

    def entry(self, entry_id: str) -> Document:
        """One entry's document."""
        logged = self.world.journal.entry(entry_id)
        assert logged
        return entry_document(logged, self.world.clock.now(), MOSCOW)


@pytest.fixture
def desk(world: World) -> Desk:
    """The commands."""
    return Desk(world)


def running(task: Task, entry_id: str = "e1", comment: str = "") -> Running:
    return Running(Entry(entry_id, task, NOW, Source.CLI, comment))


# -- start, stop and the rest, all told


def test_start_and_stop(desk: Desk) -> None:
    reply = desk.run("start", card="7", comment="first")
    assert reply == CommandReply(ExitCode.DONE, desk.document("e1"))
    assert desk.world.state() == running(TASK, comment="first")
    assert desk.world.rows() == ["e1 start done"]
    desk.world.clock.move(minutes=5)
    assert desk.run("stop", comment="last") == CommandReply(ExitCode.DONE, desk.document("e1"))
    assert desk.world.state() == Idle()
    assert desk.world.rows() == ["e1 start done", "e1 stop done", "e1 log done"]
    assert desk.waited == [5.0, 5.0]


def test_a_switch_tells_of_both_entries(desk: Desk) -> None:
    desk.run("start", card="7")
    desk.world.clock.move(minutes=5)
    assert desk.run("start", task="Read mail") == CommandReply(
        ExitCode.DONE, desk.document("e1", "e2")
    )


def test_toggle_cancel_add(desk: Desk) -> None:
    desk.run("start", task="Read mail")
    desk.world.clock.move(minutes=5)
    assert desk.run("toggle") == CommandReply(ExitCode.DONE, desk.document("e1"))
    assert desk.run("toggle") == CommandReply(ExitCode.DONE, desk.document("e2"))
    assert desk.run("cancel") == CommandReply(ExitCode.DONE, desk.document("e2"))
    assert desk.world.rows()[-2:] == ["e2 start done", "e2 delete done"]
    added = desk.run("add", card="7", _from="09:00", _for="1h30m", comment="by hand")
    assert added == CommandReply(ExitCode.DONE, desk.document("e3"))
    logged = desk.world.journal.entry("e3")
    assert logged
    begin = NOW - timedelta(hours=3)
    assert logged.entry == Entry("e3", TASK, begin, Source.MANUAL, "by hand")
    assert logged.stopped_at == begin + timedelta(minutes=90)


def test_add_says_what_it_shares_time_with(desk: Desk) -> None:
    desk.run("add", task="Read mail", _from="09:00", to="10:00")
    reply = desk.run("add", task="Other", _from="09:30", to="10:30")
    assert reply == CommandReply(
        ExitCode.DONE, desk.document("e2"), ("This shares time with: Read mail.",)
    )
    reply = desk.run("add", task="Third", _from="10:30", to="11:00")
    assert reply == CommandReply(ExitCode.DONE, desk.document("e3"))
    desk.run("add", task="Other", _from="10:00", to="10:30")
    reply = desk.run("add", task="Fifth", _from="09:30", to="10:30")
    assert reply.messages == ("This shares time with: Read mail, Other.",)  # each title once


# -- exit codes


def test_3_done_here_but_something_waits(desk: Desk) -> None:
    desk.world.tc.script = [OFFLINE]
    reply = desk.run("start", card="7", wait="1")
    assert reply == CommandReply(ExitCode.STILL_WAITING, desk.document("e1"), (WAITS,))
    assert desk.waited == [1.0]
    assert int(reply.exit_code) == 3


@pytest.mark.parametrize("outcome", [UNKNOWN, REFUSED])
def test_4_something_needs_a_person(desk: Desk, outcome: OutcomeUnknown | Refused) -> None:
    desk.world.tc.script = [outcome]
    reply = desk.run("start", card="7")
    assert reply == CommandReply(ExitCode.NEEDS_PERSON, desk.document("e1"), (PROBLEM,))
    assert int(reply.exit_code) == 4


def test_5_the_journal_cannot_be_written(desk: Desk) -> None:
    desk.world.make_unwritable()
    before = desk.world.dump()
    assert desk.run("start", task="Read mail") == CommandReply(
        ExitCode.JOURNAL,
        messages=(
            (
                "The journal or its folder is read-only. Nothing was changed. Make both writable"
                " for yourself and try again."
            ),
        ),
    )
    assert (desk.world.dump(), desk.waited, int(ExitCode.JOURNAL)) == (before, [], 5)


REFUSALS = [
    ("stop", {}, "Nothing is running."),
    ("cancel", {}, "Nothing is running, so there is nothing to cancel."),
    ("toggle", {}, "There is no last task yet. Choose a card or a task to start."),
    ("start", {}, "There is no last task yet. Choose a card or a task to start."),
    ("start", {"task": "x", "at": "12:01"}, "2026-11-22 12:01:00 is in the future."),
    (
        "start",
        {"card": "Read mail"},
        "“Read mail” is not a card: paste its address, its number or its key.",
    ),
    (
        "add",
        {"task": "x", "from": "10:00", "to": "today 09:00"},
        "The end must be later than the start.",
    ),
    (
        "retry",
        {"delivery": "5"},
        "There is no such delivery. Number: 5. `timer-app problems` shows the numbers.",
    ),
    (
        "drop",
        {"delivery": "5"},
        "There is no such delivery. Number: 5. `timer-app problems` shows the numbers.",
    ),
]


@pytest.mark.parametrize(("name", "words", "why"), REFUSALS)
def test_1_refused_and_nothing_changed(
    desk: Desk, name: str, words: dict[str, str], why: str
) -> None:
    before = desk.world.dump()
    assert desk.run(name, **words) == CommandReply(ExitCode.REFUSED, messages=(why,))
    looked = [2.5] if name == "stop" else []  # it may run on another device
    assert (desk.world.dump(), desk.waited, int(ExitCode.REFUSED)) == (before, looked, 1)


HUGE = "9" * 30
USAGE = [
    ("dance", {}, "There is no command 'dance'."),
    ("start", {"task": " "}, "The task needs a title."),
    (
        "start",
        {"task": "x", "at": "soon"},
        "“soon” is not a time. Write 09:30, yesterday 17:00, 2026-11-22 09:30 or -15m.",
    ),
    ("start", {"task": "x", "wait": "soon"}, "“soon” is not a number of seconds. Write --wait 5."),
    ("start", {"task": "x", "wait": "nan"}, "“nan” is not a number of seconds. Write --wait 5."),
    ("start", {"task": "x", "wait": "-1"}, "“-1” is not a number of seconds. Write --wait 5."),
    ("start", {"task": "x", "wait": "inf"}, "“inf” is not a number of seconds. Write --wait 5."),
    ("add", {"task": "x", "to": "09:00"}, "Give the start. Write --from TIME."),
    (
        "add",
        {"task": "x", "from": "09:00"},
        "Give the end or the length. Write --to TIME or --for DURATION.",
    ),
    (
        "add",
        {"task": "x", "from": "09:00", "for": HUGE},
        f"“{HUGE}” is not between 1 second and 1 year.",
    ),
    (
        "retry",
        {"delivery": "x"},
        "“x” is not the number of a delivery. `timer-app problems` shows the numbers.",
    ),
    ("drop", {}, "“” is not the number of a delivery. `timer-app problems` shows the numbers."),
    (
        "drop",
        {"delivery": HUGE},
        f"“{HUGE}” is not the number of a delivery. `timer-app problems` shows the numbers.",
    ),
    ("log", {"from": "soon"}, "“soon” is not a date. Write 2026-11-22, today or yesterday."),
    (
        "log",
        {"from": "today", "to": "yesterday"},
        "The first date (2026-11-22) is later than the last date (2026-11-21).",
    ),
]


@pytest.mark.parametrize(("name", "words", "why"), USAGE)
def test_2_wrong_usage_and_nothing_changed(
    desk: Desk, name: str, words: dict[str, str], why: str
) -> None:
    before = desk.world.dump()
    assert desk.run(name, **words) == CommandReply(ExitCode.USAGE, messages=(why,))
    assert (desk.world.dump(), desk.waited, int(ExitCode.USAGE)) == (before, [], 2)


# -- which task is meant


@pytest.mark.parametrize(
    ("words", "task"),
    [
        ({"card": "#7"}, TASK),
        ({"card": "https://acme.kaiten.ru/space/1/boards/card/7?x"}, TASK),
        ({"card": "abc-12"}, TASK),
        ({"card": "7", "task": " My  words "}, Task("My words", CARD)),
        ({"card": "abc-12", "task": "My words"}, Task("My words", CARD)),
        ({"task": "Read mail"}, WORDS),
        ({}, Task("Yesterday's", Card(CARD.origin, 3))),
    ],
)
def test_the_task(desk: Desk, words: dict[str, str], task: Task) -> None:
    yesterday = NOW - timedelta(days=1)
    last = Task("Yesterday's", Card(CARD.origin, 3))
    desk.world.timer.add(last, Source.CLI, yesterday, yesterday + timedelta(minutes=1))
    desk.run("start", **words)
    assert desk.world.state() == running(task, "e2")


def test_an_archived_card_is_said(desk: Desk) -> None:
    desk.book = FakeCardDirectory((replace(INFO, archived=True),))
    reply = desk.run("start", card="7")
    assert reply == CommandReply(
        ExitCode.DONE, desk.document("e1"), ("The card https://acme.kaiten.ru/7 is archived.",)
    )


def test_a_very_long_title_does_not_keep_from_working(desk: Desk) -> None:
    desk.book = FakeCardDirectory((replace(INFO, title="x" * 900),))
    assert desk.run("start", card="7").exit_code is ExitCode.DONE
    assert desk.world.state() == running(Task("x" * 499 + "…", CARD))


def test_kaitens_no_is_final(desk: Desk) -> None:
    desk.book = FakeCardDirectory(problem=ServiceCallError(Refused(404, ("Not found.",))))
    assert desk.run("start", card="7") == CommandReply(
        ExitCode.REFUSED,
        messages=(
            "Kaiten does not show the card https://acme.kaiten.ru/7. Kaiten: Not found. (HTTP 404)",
        ),
    )
    assert desk.world.state() == Idle()


NO_NET = ServiceCallError(NotSent(NotSentCause.OFFLINE, "No network."))


def test_kaitens_silence_is_not(desk: Desk) -> None:
    desk.book = FakeCardDirectory(problem=NO_NET)
    reply = desk.run("start", card="7")
    note = "The card's title could not be read: No network."
    assert reply == CommandReply(ExitCode.DONE, desk.document("e1"), (note,))
    assert desk.world.state() == running(Task("#7", CARD))


def test_a_card_that_is_known_keeps_its_title(desk: Desk) -> None:
    desk.run("start", card="7")
    desk.run("stop")
    desk.book = FakeCardDirectory(problem=NO_NET)
    desk.run("start", card="7")
    assert desk.world.state() == running(TASK, "e2")


def test_a_key_needs_kaitens_answer(desk: Desk) -> None:
    desk.book = FakeCardDirectory(problem=NO_NET)
    assert desk.run("start", card="ABC-12") == CommandReply(
        ExitCode.REFUSED,
        messages=(
            "Kaiten did not say which card “ABC-12” is. Kaiten did not answer. (No network.)",
        ),
    )


@pytest.mark.parametrize(("origin", "card"), [("", "7"), ("https://acme.kaiten.ru", "7")])
def test_kaiten_is_not_set_up(desk: Desk, origin: str, card: str) -> None:
    desk.book, desk.origin = None, origin
    assert desk.run("start", card=card) == CommandReply(ExitCode.REFUSED, messages=(NOT_SET_UP,))


def test_the_instant_is_that_of_the_command_however_long_kaiten_takes(desk: Desk) -> None:
    class Slow(FakeCardDirectory):
        async def card(self, card: object) -> CardInfo:
            del card
            desk.world.clock.move(seconds=8)
            return INFO

    desk.book = Slow()
    desk.run("start", card="7")
    assert desk.world.state() == running(TASK)


# -- status, log, sync, problems, retry, drop


def test_status(desk: Desk) -> None:
    assert desk.run("status") == CommandReply(ExitCode.DONE, STATUS)
    assert desk.waited == []


def test_log(desk: Desk) -> None:
    yesterday = NOW - timedelta(days=1)
    desk.world.timer.add(TASK, Source.CLI, yesterday, yesterday + timedelta(minutes=1))
    worked(desk.world)
    desk.world.timer.start(WORDS, Source.CLICK)
    e1, e2, e3 = desk.entry("e1"), desk.entry("e2"), desk.entry("e3")
    assert desk.run("log") == CommandReply(ExitCode.DONE, [e2, e3])
    assert desk.run("log", _from="yesterday") == CommandReply(ExitCode.DONE, [e1, e2, e3])
    assert desk.run("log", to="yesterday") == CommandReply(ExitCode.DONE, [e1])
    assert desk.run("log", _from="2026-11-01", to="2026-11-20") == CommandReply(ExitCode.DONE, [])


def test_sync_from_a_date(desk: Desk) -> None:
    taken_in = {"from": "2026-11-01", "added": 2, "changed": 1, "deleted": 0}
    assert desk.run("sync", _from="2026-11-01") == CommandReply(
        ExitCode.DONE, STATUS | {"taken_in": taken_in}
    )
    reply = desk.run("sync", _from="2026-11-23")
    assert (reply.exit_code, reply.document) == (ExitCode.USAGE, None)
    assert reply.messages[0].startswith("The date 2026-11-23 is still to come.")
    assert desk.run("sync", _from="soon").exit_code is ExitCode.USAGE


def test_sync(desk: Desk) -> None:
    worked(desk.world)
    desk.world.kt.script = [OFFLINE]
    assert desk.run("sync") == CommandReply(ExitCode.STILL_WAITING, STATUS, (WAITS,))
    desk.world.clock.move(seconds=2)
    desk.world.kt.script = [REFUSED]
    assert desk.run("sync", wait="9") == CommandReply(ExitCode.NEEDS_PERSON, STATUS, (PROBLEM,))
    desk.world.problems.retry(3)
    assert desk.run("sync") == CommandReply(ExitCode.DONE, STATUS)
    assert desk.waited == [5.0, 9.0, 5.0]


def test_what_is_paused_says_so(desk: Desk) -> None:
    worked(desk.world)
    desk.world.sender.pause()
    paused = "Saved on this computer. Delivery is paused: choose Resume in the menu or the panel."
    assert desk.run("sync") == CommandReply(ExitCode.STILL_WAITING, STATUS, (paused,))
    desk.world.sender.resume()
    assert desk.run("sync") == CommandReply(ExitCode.DONE, STATUS)


def test_problems(desk: Desk) -> None:
    assert desk.run("problems") == CommandReply(ExitCode.DONE, [])
    worked(desk.world)
    worked(desk.world)
    desk.world.kt.script = [REFUSED, UNKNOWN]
    desk.world.drain()
    rows = [row for logged in desk.world.journal.needing_user(desk.world.journal.ids_needing_user())
            for row in problem_documents(logged, MOSCOW)]  # fmt: skip
    assert [(row["id"], row["state"]) for row in rows] == [(3, "blocked"), (6, "unknown")]
    assert desk.run("problems") == CommandReply(ExitCode.NEEDS_PERSON, rows)


def test_retry(desk: Desk) -> None:
    worked(desk.world)
    desk.world.kt.script = [REFUSED, REFUSED]
    desk.world.drain()
    reply = desk.run("retry", delivery="3")
    assert reply == CommandReply(ExitCode.NEEDS_PERSON, desk.document("e1"), (PROBLEM,))
    assert desk.run("retry", delivery="3") == CommandReply(ExitCode.DONE, desk.document("e1"))
    assert desk.run("retry", delivery="3") == CommandReply(
        ExitCode.REFUSED, messages=("This delivery needs no decision. Delivery 3 is done.",)
    )


def test_drop(desk: Desk) -> None:
    worked(desk.world)
    desk.world.tc.script = [REFUSED]
    desk.world.drain()
    assert desk.run("drop", delivery="1") == CommandReply(
        ExitCode.DONE, [desk.entry("e1")], ("Dropped with it, since it needs it: 2.",)
    )
    assert desk.world.rows() == ["e1 entry dropped", "e1 stop dropped", "e1 log done"]


def test_dropping_one_alone(desk: Desk) -> None:
    worked(desk.world)
    assert desk.run("drop", delivery="3") == CommandReply(ExitCode.DONE, [desk.entry("e1")])


def test_what_waited_behind_it_may_wait_on(desk: Desk) -> None:
    worked(desk.world)
    desk.world.kt.script = [REFUSED]
    desk.world.tc.script = [OFFLINE]
    desk.world.drain(0.5)
    assert desk.run("drop", delivery="3", wait="0") == CommandReply(
        ExitCode.STILL_WAITING, [desk.entry("e1")], (WAITS,)
    )
