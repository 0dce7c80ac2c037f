"""What the desktop asks of the running app: second starts, links, the desktop file's actions.

And what it does by itself with the app: entries of ours that start a program which is gone, after
an upgrade or a move, are mended when the app starts.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from timer_app.bootstrap.core import Core
from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import Running
from timer_app.services.background_tasks import Spawn
from timer_app.services.setup.desktop_integration import DesktopEntryError, DesktopIntegration
from timer_app.tray.launch import LaunchRequest

if TYPE_CHECKING:
    from timer_app.services.command_context import CommandReply
    from timer_app.services.setup.links import LinkRequests
    from timer_app.ui.entries.link_confirmation import LinkConfirmation
    from timer_app.ui.view import View

_log = logging.getLogger(__name__)


class FrontEnd(Protocol):
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


class ActivationHandler:
    """Answers the desktop's requests. `desktop` is None where its entries are not ours to mend."""

    def __init__(
        self,
        core: Core,
        front_end: FrontEnd,
        spawn: Spawn,
        desktop: DesktopIntegration | None,
    ) -> None:
        self._core = core
        self._front_end = front_end
        self._spawn = spawn
        self._integration = desktop
        self._link_requests: LinkRequests | None = None
        self._link_window: LinkConfirmation | None = None

    def start(self, request: LaunchRequest | None) -> None:
        """The app is up: do what it was started for, and mend what starts it."""
        if request is not None:
            self.handle(request.command, request.words)
        if self._integration is not None:
            self._spawn(partial(_repair_entries, self._integration))

    def handle(self, command: str, words: Mapping[str, str]) -> CommandReply:
        """Do what was asked for; the answer goes to who asked."""
        from timer_app.services.command_context import CommandReply
        from timer_app.services.exit_codes import ExitCode
        from timer_app.ui.window_activation import store_activation_token

        store_activation_token(words.get("activation", ""))
        match command, words.get("action", ""):
            case "link", _:
                refused = self._open_link(words.get("link", ""))
                return (
                    CommandReply(ExitCode.REFUSED, messages=(refused,))
                    if refused
                    else CommandReply(ExitCode.DONE)
                )
            case "manual", _:
                self._front_end.open_manual_entry()
            case "desktop", "start" if self._running_entry() is None:
                self._front_end.start(None, "")
            case "desktop", "stop":
                self._front_end.stop()
            case _:
                self._front_end.open_panel()
        return CommandReply(ExitCode.DONE)

    def update(self, _view: View) -> None:
        """Something else may run by now."""
        if self._link_requests is not None:
            self._link_requests.refresh()

    def close(self) -> None:
        """Take the question away; it was not answered, so nothing is done."""
        if self._link_window is not None:
            self._link_window.hide()
            self._link_window.deleteLater()
            self._link_window = None

    def _running_entry(self) -> Entry | None:
        state = self._core.timer.state
        return state.entry if isinstance(state, Running) else None

    def _open_link(self, link: str) -> str:
        if self._link_requests is None:
            self._link_requests = self._make_links()
        return self._link_requests.open(link)

    def _make_links(self) -> LinkRequests:
        from timer_app.services.setup.links import LinkRequests

        core = self._core
        links = LinkRequests(
            core.finder(),
            core.settings.kaiten_url,
            core.journal.task,
            self._running_entry,
            self._spawn,
            lambda: self._link_prompt_view(links),
            self._front_end.start,
            self._front_end.stop,
        )
        return links

    def _link_prompt_view(self, links: LinkRequests) -> LinkConfirmation:
        if self._link_window is None:
            from timer_app.ui.entries.link_confirmation import LinkConfirmation

            self._link_window = LinkConfirmation(links, self._core.clock.now, self._core.clock.zone)
        return self._link_window


async def _repair_entries(desktop: DesktopIntegration) -> None:
    try:
        for where in desktop.repair():
            _log.info("mended %s: its program was gone", where)
    except DesktopEntryError as error:
        _log.warning("not mended: %s", error)
