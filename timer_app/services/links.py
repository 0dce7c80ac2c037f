"""What a link asks for is done once a person has said yes: anybody can write a link.

There is one question at a time. A link that comes while another is open is not taken, and both the
window and the log say so: a page can neither pile up windows nor change a question under the
person's hand.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from timer_app.domain.card import Card
from timer_app.domain.entry import Entry
from timer_app.domain.errors import BadInput
from timer_app.domain.link import StartLink, StopLink, parse_link
from timer_app.domain.outcome import NotSent, NotSentCause
from timer_app.domain.task import Task, task_of_card, task_titled
from timer_app.services.finder import Finder
from timer_app.services.ports import ServiceProblem
from timer_app.services.tasks import Spawn

KAITEN_PATIENCE = 5.0
"""Seconds Kaiten may take to say which card it is."""

_log = logging.getLogger(__name__)


class Asked(Enum):
    """What the person is asked about a link."""

    START = "start"
    STOP = "stop"
    NOTHING = "nothing"
    """It cannot be used: there is only something to say."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the window shows.

    `task` and `comment` are what would be started, `card` the address or key of its card, and
    `running` is what would be stopped by it. `asking`: Kaiten is asked at this moment.
    """

    asked: Asked
    card: str = ""
    task: Task | None = None
    comment: str = ""
    running: Entry | None = None
    note: Exception | None = None
    asking: bool = False
    another_came: bool = False

    @property
    def possible(self) -> bool:
        """Whether there is something to say yes to."""
        match self.asked:
            case Asked.START:
                return self.task is not None
            case Asked.STOP:
                return self.running is not None
            case Asked.NOTHING:
                return False


class Asker(Protocol):
    """The window that asks."""

    def ask(self, question: Question) -> None:
        """Show a new question, in front."""
        ...

    def show_question(self, question: Question) -> None:
        """Show what changed in the open one."""
        ...

    def put_away(self) -> None:
        """Show nothing any more."""
        ...


class Links:
    """Asks about links, one at a time. `start` and `stop` do what was said yes to."""

    def __init__(
        self,
        finder: Finder,
        origin: Callable[[], str],
        known: Callable[[str], Task | None],
        running: Callable[[], Entry | None],
        spawn: Spawn,
        asker: Callable[[], Asker],
        start: Callable[[Task, str], None],
        stop: Callable[[], None],
    ) -> None:
        self._finder = finder
        self._origin = origin
        self._known = known
        self._running = running
        self._spawn = spawn
        self._asker = asker
        self._start = start
        self._stop = stop
        self._open: Question | None = None
        self._number = 0

    def open(self, text: str) -> str:
        """Ask about a link; "" if it is asked about now, else why not."""
        if self._open is not None:
            _log.warning("a link was not taken: another one waits for an answer")
            self._open = replace(self._open, another_came=True)
            self._asker().ask(self._open)
            return "Another link waits for an answer. Answer it, then open this one again."
        self._number += 1
        try:
            link = parse_link(text, self._origin())
        except BadInput as error:
            _log.warning("a link was refused")
            self._ask(Question(Asked.NOTHING, note=error))
            return str(error)
        match link:
            case StopLink():
                self._ask(Question(Asked.STOP, running=self._running()))
            case StartLink():
                self._ask(self._begun(link))
                number = self._number
                self._spawn(lambda: self._find(link, number))
        return ""

    def refresh(self) -> None:
        """Something else may run by now."""
        if self._open is not None and self._open.running != (running := self._running()):
            self._change(replace(self._open, running=running))

    def accept(self) -> None:
        """The person says yes. The window goes once it is done: a window that is gone says so."""
        question = self._open
        if question is None or not question.possible:
            return
        self._open = None  # answered: what runs from now on is no news to it
        try:
            match question.asked:
                case Asked.START if question.task is not None:
                    self._start(question.task, question.comment)
                case Asked.STOP if question.running == self._running():
                    self._stop()
                case _:
                    _log.info("what the link asked about had changed")
        finally:
            self._asker().put_away()

    def dismiss(self) -> None:
        """The person says no, or has read what there is to say."""
        if self._open is not None:
            self._open = None
            self._asker().put_away()

    def _begun(self, link: StartLink) -> Question:
        """What is known without asking anybody."""
        card = link.card
        question = Question(Asked.START, comment=link.comment, running=self._running(), asking=True)
        if not isinstance(card, Card):
            return replace(question, card=card.key)
        task = task_titled(link.title, card) if link.title else self._known(card.url)
        return replace(question, card=card.url, task=task)

    async def _find(self, link: StartLink, number: int) -> None:
        """Ask Kaiten. Its no is final; without an answer the number alone is enough."""
        card = link.card
        words = card.url if isinstance(card, Card) else card.key
        task: Task | None = None
        note: Exception | None = None
        try:
            async with asyncio.timeout(KAITEN_PATIENCE):
                found = await self._finder.ask(words)
            note = found.trouble
            task = found.suggestions[0].task if found.suggestions else None
        except TimeoutError:
            note = _silence()
            if isinstance(card, Card):
                task = self._known(card.url) or task_of_card(card, "")
        if self._open is None or number != self._number:
            return  # answered meanwhile
        if task is not None and link.title:
            task = task_titled(link.title, task.card)
        url = task.card.url if task and task.card else self._open.card
        self._change(replace(self._open, task=task, card=url, note=note, asking=False))
        _log.info("the card of a link was asked for: found=%s", task is not None)

    def _ask(self, question: Question) -> None:
        self._open = question
        self._asker().ask(question)

    def _change(self, question: Question) -> None:
        self._open = question
        self._asker().show_question(question)


def _silence() -> ServiceProblem:
    said = f"Kaiten did not answer within {KAITEN_PATIENCE:.0f} s."
    return ServiceProblem(NotSent(NotSentCause.OFFLINE, said))
