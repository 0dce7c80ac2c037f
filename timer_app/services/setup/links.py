"""What a link asks for is done once a person has said yes: anybody can write a link.

There is one question at a time. A link that comes while another is open is not taken, and both the
window and the log say so: a page can neither pile up windows nor change a question under the
person's hand.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.task import Task, task_with_title
from timer_app.domain.errors import BadInput
from timer_app.domain.setup.link import StartLink, StopLink, parse_link
from timer_app.services.background_tasks import Spawn
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.card_lookup import CardRefused
from timer_app.services.entries.task_finder import TaskFinder

KAITEN_TIMEOUT = 5.0
"""Seconds Kaiten may take to say which card it is."""

_log = logging.getLogger(__name__)


class LinkAction(Enum):
    """What the person is asked about a link."""

    START = "start"
    STOP = "stop"
    NOTHING = "nothing"
    """It cannot be used: there is only something to say."""


@dataclass(frozen=True, slots=True)
class LinkPrompt:
    """What the window shows.

    `task` and `comment` are what would be started, `card` the address or key of its card, and
    `running` is what would be stopped by it. `is_loading`: Kaiten is asked at this moment.
    """

    action: LinkAction
    card: str = ""
    task: Task | None = None
    comment: str = ""
    running: Entry | None = None
    note: Exception | None = None
    is_loading: bool = False
    has_rejected_link: bool = False

    @property
    def can_accept(self) -> bool:
        """Whether there is something to say yes to."""
        match self.action:
            case LinkAction.START:
                return self.task is not None
            case LinkAction.STOP:
                return self.running is not None
            case LinkAction.NOTHING:
                return False


class LinkPromptView(Protocol):
    """The window that asks."""

    def show_prompt(self, prompt: LinkPrompt) -> None:
        """Show a new question, in front."""
        ...

    def update_prompt(self, prompt: LinkPrompt) -> None:
        """Show what changed in the open one."""
        ...

    def hide_prompt(self) -> None:
        """Show nothing any more."""
        ...


class LinkRequests:
    """Asks about links, one at a time. `start` and `stop` do what was said yes to."""

    def __init__(
        self,
        finder: TaskFinder,
        origin: Callable[[], str],
        known_task: Callable[[str], Task | None],
        running: Callable[[], Entry | None],
        spawn: Spawn,
        view: Callable[[], LinkPromptView],
        start: Callable[[Task, str], None],
        stop: Callable[[], None],
    ) -> None:
        self._finder = finder
        self._origin = origin
        self._known_task = known_task
        self._running = running
        self._spawn = spawn
        self._view = view
        self._start = start
        self._stop = stop
        self._current: LinkPrompt | None = None
        self._serial = 0

    def open(self, text: str) -> str:
        """Ask about a link; "" if it is asked about now, else why not."""
        if self._current is not None:
            _log.warning("a link was not taken: another one waits for an answer")
            self._current = replace(self._current, has_rejected_link=True)
            self._view().show_prompt(self._current)
            return "Another link waits for an answer. Answer it, then open this one again."
        self._serial += 1
        try:
            link = parse_link(text, self._origin())
        except BadInput as error:
            _log.warning("a link was refused")
            self._show_new(LinkPrompt(LinkAction.NOTHING, note=error))
            return str(error)
        match link:
            case StopLink():
                self._show_new(LinkPrompt(LinkAction.STOP, running=self._running()))
            case StartLink():
                self._show_new(self._initial_prompt(link))
                number = self._serial
                self._spawn(lambda: self._look_up_card(link, number))
        return ""

    def refresh(self) -> None:
        """Something else may run by now."""
        if self._current is not None and self._current.running != (running := self._running()):
            self._update(replace(self._current, running=running))

    def accept(self) -> None:
        """The person says yes. The window goes once it is done: a window that is gone says so."""
        prompt = self._current
        if prompt is None or not prompt.can_accept:
            return
        self._current = None  # answered: what runs from now on is no news to it
        try:
            match prompt.action:
                case LinkAction.START if prompt.task is not None:
                    self._start(prompt.task, prompt.comment)
                case LinkAction.STOP if prompt.running == self._running():
                    self._stop()
                case _:
                    _log.info("what the link asked about had changed")
        finally:
            self._view().hide_prompt()

    def dismiss(self) -> None:
        """The person says no, or has read what there is to say."""
        if self._current is not None:
            self._current = None
            self._view().hide_prompt()

    def _initial_prompt(self, link: StartLink) -> LinkPrompt:
        """What is known without asking anybody."""
        card = link.card
        prompt = LinkPrompt(
            LinkAction.START, comment=link.comment, running=self._running(), is_loading=True
        )
        if not isinstance(card, Card):
            return replace(prompt, card=card.key)
        task = task_with_title(link.title, card) if link.title else self._known_task(card.url)
        return replace(prompt, card=card.url, task=task)

    async def _look_up_card(self, link: StartLink, number: int) -> None:
        """Ask Kaiten. Its no is final; without an answer the number alone is enough."""
        task: Task | None = None
        note: Exception | None = None
        try:
            found = await self._finder.find_card(link.card, KAITEN_TIMEOUT)
            task, note = found.task, found.problem
        except (CardRefused, ServiceCallError) as refused:
            note = refused
        if self._current is None or number != self._serial:
            return  # answered meanwhile
        if task is not None and link.title:
            task = task_with_title(link.title, task.card)
        url = task.card.url if task and task.card else self._current.card
        self._update(replace(self._current, task=task, card=url, note=note, is_loading=False))
        _log.info("the card of a link was asked for: found=%s", task is not None)

    def _show_new(self, prompt: LinkPrompt) -> None:
        self._current = prompt
        self._view().show_prompt(prompt)

    def _update(self, prompt: LinkPrompt) -> None:
        self._current = prompt
        self._view().update_prompt(prompt)
