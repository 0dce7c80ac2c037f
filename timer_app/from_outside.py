"""What the desktop asks of the running app: second starts, links, the desktop file's actions.

And what it does by itself with the app: entries of ours that start a program which is gone, after
an upgrade or a move, are mended when the app starts.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from timer_app.command_line.starting import Wish
from timer_app.composition import Core
from timer_app.domain.entry import Entry
from timer_app.domain.task import Task
from timer_app.domain.timer import Running
from timer_app.services.at_login import Integration, NotChanged
from timer_app.services.tasks import Spawn

if TYPE_CHECKING:
    from timer_app.services.commands import Reply
    from timer_app.services.links import Links
    from timer_app.ui.link_question import LinkQuestion

_log = logging.getLogger(__name__)


class Front(Protocol):
    """What the app's front end does for it; nothing of it raises."""

    def open_panel(self) -> None:
        """Show the panel."""
        ...

    def open_manual_entry(self) -> None:
        """Let time be added by hand."""
        ...

    def start(self, task: Task | None, comment: str) -> None:
        """Start a task, or the last one; what runs is stopped first."""
        ...

    def stop(self) -> None:
        """Stop what runs."""
        ...


class FromOutside:
    """Answers the desktop's requests. `desktop` is None where its entries are not ours to mend."""

    def __init__(
        self,
        core: Core,
        front: Front,
        spawn: Spawn,
        desktop: Integration | None,
    ) -> None:
        self._core = core
        self._front = front
        self._spawn = spawn
        self._desktop = desktop
        self._links: Links | None = None
        self._window: LinkQuestion | None = None

    def begin(self, wish: Wish | None) -> None:
        """The app is up: do what it was started for, and mend what starts it."""
        if wish is not None:
            self.handle(wish.command, wish.words)
        if self._desktop is not None:
            self._spawn(partial(_mend, self._desktop))

    def handle(self, command: str, words: Mapping[str, str]) -> Reply:
        """Do what was asked for; the answer goes to who asked."""
        from timer_app.services.commands import Reply
        from timer_app.services.exit import Exit
        from timer_app.ui.front import take_token

        take_token(words.get("activation", ""))
        match command, words.get("action", ""):
            case "link", _:
                refused = self._open_link(words.get("link", ""))
                return Reply(Exit.REFUSED, messages=(refused,)) if refused else Reply(Exit.DONE)
            case "manual", _:
                self._front.open_manual_entry()
            case "desktop", "start" if self._running() is None:
                self._front.start(None, "")
            case "desktop", "stop":
                self._front.stop()
            case _:
                self._front.open_panel()
        return Reply(Exit.DONE)

    def refresh(self) -> None:
        """Something else may run by now."""
        if self._links is not None:
            self._links.refresh()

    def close(self) -> None:
        """Take the question away; it was not answered, so nothing is done."""
        if self._window is not None:
            self._window.hide()
            self._window.deleteLater()
            self._window = None

    def _running(self) -> Entry | None:
        state = self._core.timer.state
        return state.entry if isinstance(state, Running) else None

    def _open_link(self, link: str) -> str:
        if self._links is None:
            self._links = self._make_links()
        return self._links.open(link)

    def _make_links(self) -> Links:
        from timer_app.services.links import Links

        core = self._core
        links = Links(
            core.finder(), core.settings.kaiten, core.journal.task, self._running, self._spawn,
            lambda: self._question(links), self._front.start, self._front.stop,
        )  # fmt: skip
        return links

    def _question(self, links: Links) -> LinkQuestion:
        if self._window is None:
            from timer_app.ui.link_question import LinkQuestion

            self._window = LinkQuestion(links, self._core.clock.now, self._core.clock.zone)
        return self._window


async def _mend(desktop: Integration) -> None:
    try:
        for where in desktop.mend():
            _log.info("mended %s: its program was gone", where)
    except NotChanged as error:
        _log.warning("not mended: %s", error)
