"""Links are asked about one at a time, and only a yes does anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, cast

import pytest

from tests.support.logs import LogGuard
from timer_app.domain.delivery.outcomes import NotSent, NotSentCause, Refused
from timer_app.domain.entries.card import Card, CardInfo, CardKey
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.services.delivery.ports import Journal, ServiceCallError
from timer_app.services.entries.task_finder import TaskFinder
from timer_app.services.entries.task_memory import TaskMemory
from timer_app.services.setup.links import KAITEN_TIMEOUT, LinkAction, LinkPrompt, LinkRequests

ORIGIN = "https://acme.kaiten.ru"
CARD = Card(ORIGIN, 123)
LINK = "timer-app://start?card=123"
TITLED = Task("Ship it", CARD)
RUNNING = Entry("e1", Task("Before"), datetime(2026, 11, 25, 9, tzinfo=UTC), Source.CLICK)


@dataclass
class Book:
    """Kaiten's cards, by what is asked for; answers when `let_go` is set, `late` ones later."""

    answers: dict[Card | CardKey, CardInfo | ServiceCallError] = field(default_factory=dict)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)
    late: Card | None = None
    late_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def card(self, where: Card | CardKey) -> CardInfo:
        """See CardDirectory."""
        await (self.late_go if where == self.late else self.let_go).wait()
        answer = self.answers[where]
        if isinstance(answer, ServiceCallError):
            raise answer
        return answer


@dataclass
class Stage:
    """A person, and what was done."""

    book: Book = field(default_factory=Book)
    known: dict[str, Task] = field(default_factory=dict)
    running: Entry | None = None
    shown: LinkPrompt | None = None
    asked: int = 0
    done: list[object] = field(default_factory=list)
    tasks: list[asyncio.Task[Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        journal = cast("Journal", self)
        finder = TaskFinder(
            cast("Any", journal),
            cast("Any", None),
            lambda: cast("Any", self.book),
            lambda: ORIGIN,
            memory=TaskMemory(cast("Any", journal), lambda: ORIGIN, lambda: None),
            task_directory=lambda: None,
            today=date.today,
        )
        self.links = LinkRequests(
            finder, lambda: ORIGIN, self.known.get, lambda: self.running, self.spawn,
            lambda: self, lambda task, comment: self.do((task, comment)), lambda: self.do("stop"),
        )  # fmt: skip

    def do(self, what: object) -> None:
        """What was said yes to, while the question can still be seen."""
        assert self.shown is not None, "gone before it was done"
        self.done.append(what)
        self.running = None if what == "stop" else RUNNING
        self.links.refresh()

    @property
    def question(self) -> LinkPrompt:
        """What the window shows."""
        assert self.shown is not None
        return self.shown

    def closed(self) -> bool:
        """Whether it is put away."""
        return self.shown is None

    def task(self, key: str) -> Task | None:
        """As the journal knows it."""
        return self.known.get(key)

    def spawn(self, work: Callable[[], Coroutine[object, object, None]]) -> None:
        """Own a task."""
        self.tasks.append(asyncio.ensure_future(cast("Coroutine[Any, Any, None]", work())))

    def show_prompt(self, question: LinkPrompt) -> None:
        """See Asker."""
        self.asked += 1
        self.shown = question

    def update_prompt(self, question: LinkPrompt) -> None:
        """See Asker."""
        self.shown = question

    def hide_prompt(self) -> None:
        """See Asker."""
        self.shown = None

    async def answer(self) -> LinkPrompt:
        """Kaiten answers now; what is shown then."""
        self.book.let_go.set()
        await asyncio.gather(*self.tasks)
        return self.question


@pytest.fixture
def stage() -> Stage:
    """A Kaiten that knows card 123, by its key too."""
    stage = Stage()
    info = CardInfo(CARD, "Ship it", False, "Board", "Doing", 0)
    stage.book.answers = {CARD: info, CardKey(ORIGIN, "AB-1"): info}
    return stage


async def test_the_title_is_asked_for_and_then_yes_is_possible(stage: Stage) -> None:
    assert stage.links.open(f"{LINK}&comment=Hello") == ""
    assert stage.question == LinkPrompt(LinkAction.START, CARD.url, None, "Hello", is_loading=True)
    stage.links.accept()  # nobody knows yet what it would start
    assert not stage.closed()
    question = await stage.answer()
    assert question == LinkPrompt(LinkAction.START, CARD.url, TITLED, "Hello")
    stage.links.accept()
    assert stage.closed()
    assert stage.done == [(TITLED, "Hello")]
    stage.links.accept()
    assert len(stage.done) == 1


async def test_a_known_card_waits_for_nobody(stage: Stage) -> None:
    stage.known[CARD.url] = TITLED
    stage.links.open(LINK)
    stage.links.accept()
    assert stage.done == [(TITLED, "")]
    stage.book.let_go.set()
    await asyncio.gather(*stage.tasks)
    assert stage.closed()


async def test_a_key_and_a_title_of_its_own(stage: Stage) -> None:
    stage.links.open("timer-app://start?card=AB-1&task=Review")
    assert (stage.question.card, stage.question.can_accept) == ("AB-1", False)
    question = await stage.answer()
    assert (question.card, question.task) == (CARD.url, Task("Review", CARD))


async def test_kaitens_no_is_final(stage: Stage) -> None:
    stage.book.answers[CARD] = ServiceCallError(Refused(404, ("There is no such card.",)))
    stage.links.open(LINK)
    question = await stage.answer()
    assert (question.can_accept, question.is_loading) == (False, False)
    assert "no such card" in str(question.note)
    stage.links.accept()
    assert stage.done == []


async def test_kaitens_no_counts_for_a_known_card_too(stage: Stage) -> None:
    stage.known[CARD.url] = TITLED
    stage.book.answers[CARD] = ServiceCallError(Refused(403, ("Not yours.",)))
    stage.links.open(LINK)
    assert not (await stage.answer()).can_accept


async def test_without_an_answer_the_number_is_enough(stage: Stage) -> None:
    reason = NotSent(NotSentCause.OFFLINE, "No connection.")
    stage.book.answers[CARD] = ServiceCallError(reason)
    stage.links.open(LINK)
    question = await stage.answer()
    assert (question.task, str(question.note)) == (Task("#123", CARD), "No connection.")


@pytest.mark.parametrize(("link", "task"), [(LINK, Task("#123", CARD)),
                                            ("timer-app://start?card=AB-1", None)])  # fmt: skip
async def test_kaiten_hangs(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, link: str, task: Task | None
) -> None:
    monkeypatch.setattr("timer_app.services.setup.links.KAITEN_TIMEOUT", 0)
    assert KAITEN_TIMEOUT == 5
    stage.links.open(link)
    await asyncio.gather(*stage.tasks)
    assert (stage.question.task, stage.question.is_loading) == (task, False)
    assert "did not answer" in str(stage.question.note)


async def test_one_question_at_a_time(stage: Stage, logs: LogGuard) -> None:
    logs.expect("a link was not taken: another one waits for an answer")
    stage.links.open(LINK)
    first = stage.question
    assert "Another link waits" in stage.links.open("timer-app://stop")
    assert (stage.question.action, stage.question.has_rejected_link) == (first.action, True)
    assert stage.asked == 2  # it came to the front once more
    assert (await stage.answer()).has_rejected_link
    stage.links.dismiss()
    assert stage.links.open("timer-app://stop") == ""


async def test_the_answer_for_a_question_that_is_gone(stage: Stage) -> None:
    stage.book.late = CARD
    stage.book.answers[CARD] = ServiceCallError(Refused(404, ("No such card.",)))
    stage.links.open(LINK)
    stage.links.dismiss()
    stage.links.open("timer-app://start?card=AB-1")
    stage.book.let_go.set()
    await stage.tasks[1]
    question = stage.question
    assert question.task == TITLED
    stage.book.late_go.set()
    await stage.tasks[0]
    assert stage.question is question


async def test_what_runs_may_change_meanwhile(stage: Stage) -> None:
    stage.running = RUNNING
    stage.links.open("timer-app://stop")
    assert stage.question == LinkPrompt(LinkAction.STOP, running=RUNNING)
    stage.running = None
    stage.links.refresh()
    assert not stage.question.can_accept
    stage.running = RUNNING
    stage.links.refresh()
    stage.links.accept()
    assert stage.closed()
    assert stage.done == ["stop"]
    stage.links.refresh()
    assert stage.closed()


async def test_nothing_that_was_not_shown_is_stopped(stage: Stage) -> None:
    stage.running = RUNNING
    stage.links.open("timer-app://stop")
    stage.running = Entry("e2", Task("Other"), RUNNING.started_at, Source.CLICK)
    stage.links.accept()
    assert stage.closed()
    assert stage.done == []


async def test_a_wrong_link_is_only_reported(stage: Stage, logs: LogGuard) -> None:
    logs.expect("a link was refused")
    why = stage.links.open("timer-app://start?card=evil.example/1")
    assert "evil.example" in why
    assert (stage.question.action, str(stage.question.note)) == (LinkAction.NOTHING, why)
    stage.links.accept()
    assert stage.done == []
    stage.links.dismiss()
    assert stage.closed()
