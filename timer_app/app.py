"""Composition root of the tray app: the only file that knows every class.

It is imported once the first icon is up (tray_process.py); what only a window or a service needs
is imported where it is made.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from timer_app.adapters.desktop_entry.folders import APPLICATION_ID
from timer_app.adapters.places import Places
from timer_app.adapters.secrets import KeyringSecrets
from timer_app.adapters.settings.reading import Settings
from timer_app.command_line.starting import Wish
from timer_app.command_line.version import own_version
from timer_app.composition import Core, import_gateways, make_core
from timer_app.domain.delivery import Service
from timer_app.domain.entry import Source
from timer_app.domain.errors import NotPossible
from timer_app.domain.hotkeys import Action
from timer_app.domain.minutes import beginning_of
from timer_app.domain.notice import Notice
from timer_app.domain.task import Task
from timer_app.from_outside import FromOutside
from timer_app.in_force import InForce
from timer_app.services.at_login import Integration
from timer_app.services.hotkeys import HotKeyDesk
from timer_app.services.ports import JournalUnwritable, Secrets
from timer_app.services.surroundings import Surroundings, TrayState
from timer_app.services.tasks import Work
from timer_app.settings_windows import ForSettings

# PySide6 reads the source of all that is imported after it: what does not need it comes before.
# isort: split
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from timer_app.ui import reasons, wording
from timer_app.ui.first_icon import FirstIcon
from timer_app.ui.language import Language
from timer_app.ui.tray import Tray
from timer_app.ui.view import View
from timer_app.viewing import Viewing
from timer_app.windows import Windows

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus
    from timer_app.adapters.ipc.server import IpcServer
    from timer_app.desktop import Desktop
    from timer_app.notifying import Notifying
    from timer_app.services.commands import Reply
    from timer_app.services.presence import Presence
    from timer_app.services.updates import Updates
    from timer_app.ui.asking import Asking

MENU_RECENTS = 8
A_FEW_A_SECOND = timedelta(milliseconds=250)
PATIENCE_AT_QUIT = timedelta(seconds=3)

MakeSecrets = Callable[[Callable[[], None]], Secrets]
"""Makes the secrets, given what to call when one comes after its time limit."""

_log = logging.getLogger(__name__)


def keyring_secrets(late: Callable[[], None]) -> Secrets:
    """The desktop's keyring."""
    return KeyringSecrets(late=late)


class App:
    """The tray app. Made before the loop runs, so that the icon is there at once."""

    def __init__(
        self,
        where: Places,
        make_secrets: MakeSecrets,
        integration: Integration | None = None,
        *,
        first: FirstIcon | None = None,
        qt_knows_the_bus: bool = True,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._quit = asyncio.Event()
        self._login_ends = False
        self._presence: Presence | None = None
        self._asking: Asking | None = None
        self.anew = False
        self._qt_knows_the_bus = qt_knows_the_bus
        self._desktop: Desktop | None = None
        self._trouble = ""
        self._tasks: asyncio.TaskGroup | None = None
        self._secrets = make_secrets(self._try_again)
        self.core: Core = make_core(
            where,
            self._secrets,
            seconds=seconds,
            changed=self._changed,
            delivering=self._changed_by_sender,
            trouble=self._journal_trouble,
            notice=self._happened,
        )
        self._viewing = Viewing(self.core)
        self.core.timer.before_change(self._keep_comment)
        self._language = Language()
        self._language.use(self.core.settings.value.get_text("ui.language"))
        first = first or FirstIcon()
        self.tray = Tray(first, self, self._click_opens)
        QApplication.setWindowIcon(first.icons.application())  # read when a window needs it
        # A blinking cursor would wake the app twice a second for as long as a window is open.
        QApplication.setCursorFlashTime(0)
        self.hotkeys = HotKeyDesk(
            {
                Action.TOGGLE: self._toggle_by_key,
                Action.OPEN: self.open_panel,
                Action.MANUAL: self.open_manual_entry,
            }
        )
        self.hotkeys.want(self.core.settings.hotkeys())
        self._in_force = InForce(self.core, self._spawn, self._show_settings, self._try_again)
        settings = ForSettings(
            self._in_force.change, self._in_force.use, self._renewed, self.hotkeys, integration
        )
        self.windows = Windows(self.core, self, self._spawn, settings)
        self._outside = FromOutside(self.core, self, self._spawn, integration)
        self._refreshing = QTimer()
        self._refreshing.setSingleShot(True)
        self._refreshing.timeout.connect(self._refresh)
        self._refreshed_at = 0.0
        self._day_end = QTimer()
        self._day_end.setSingleShot(True)
        self._day_end.timeout.connect(self._changed)
        self.tray.show(self._view())

    async def run(self, wish: Wish | None = None) -> None:
        """Serve until quitting is wanted, then close everything in the reverse order."""
        stop_watching = self._watch_signals()
        server = self._listen()
        self._desktop = self._desktop or self._make_desktop()
        presence = self._presence = self._make_presence(self._desktop)
        self._wait_for_day_end()
        if self.tray.state is not TrayState.SHOWN:
            self.open_panel()
        if not self.core.settings.value.names_a_service:
            self.open_first_run()
        if self.core.set_aside:
            self._tell_loudly(self.core.set_aside.notice)
        try:
            async with asyncio.TaskGroup() as self._tasks:
                self._look_around()
                self._outside.begin(wish)
                self._notifying.start()
                self._spawn(self._bind_keys)
                sending = self._spawn(self._deliver_until_quitting)
                watching = self._spawn(presence.run)
                updating = self._spawn(self._updates.run)
                shown = self.tray.state is TrayState.SHOWN
                _log.info("started tray=%s pid=%d", shown, os.getpid())
                await self._quit.wait()
                _log.info("quitting")
                if self._login_ends:
                    await presence.leave()
                for task in (watching, updating):
                    if task:
                        task.cancel()
                server.close()
                await self.hotkeys.close()
                await self._notifying.close()
                self.windows.give_up()
                await self._let_finish(sending)
        finally:
            await self._close(stop_watching)

    # Intents of the windows

    def toggle(self) -> None:
        """Start the last task, or stop what runs."""
        self._act(lambda: self.core.timer.toggle(Source.CLICK))

    def start(self, task: Task | None, comment: str) -> None:
        """Start a task, or the last one; what runs is stopped first."""
        self._act(lambda: self.core.timer.start(task, Source.CLICK, comment=comment))

    def stop(self) -> None:
        """Stop what runs."""
        self._act(self.core.timer.stop)

    def annotate(self, comment: str) -> None:
        """Give what runs another comment."""
        self._do(lambda: self.core.timer.annotate(comment))

    def pause_delivery(self) -> None:
        """Tell the services nothing more for now."""
        self.core.sender.pause()
        self._changed()

    def resume_delivery(self) -> None:
        """Go on telling the services."""
        self.core.sender.resume()
        self._changed()

    def open_panel(self) -> None:
        """Show the panel."""
        self.windows.open_panel(self._view(), self.tray.place())

    def open_manual_entry(self) -> None:
        """Show the window that adds time."""
        self.windows.open_manual_entry()

    def open_problems(self) -> None:
        """Show what needs a person."""
        self.windows.open_problems()

    def open_history(self) -> None:
        """Show what was done, and when."""
        self.windows.open_history()

    def open_settings(self, service: Service | None = None) -> None:
        """Show the settings, at a service's token if one is told."""
        self.hotkeys.try_again()
        self.windows.open_settings(service)

    def open_first_run(self, service: Service | None = None) -> None:
        """Show the first steps, at a service's if one is told."""
        self.windows.open_first_run(service)

    def ask_for_keyring(self) -> None:
        """Let the keyring ask for its password."""
        self._ask_again()

    def open_question(self) -> None:
        """Show the question about being away."""
        if self._asking is not None:
            self._asking.open(self._view())

    def refresh(self) -> None:
        """Show what is the case at this moment."""
        self._refresh()

    def quit(self) -> None:
        """End the app; what waits stays in the journal."""
        self._quit.set()

    # Requests of the command line

    async def handle(self, command: str, words: Mapping[str, str]) -> dict[str, object]:
        """Run a command of the command line or of a second start."""
        from timer_app.services.commands import Reply
        from timer_app.services.exit import Exit

        told_why: Sequence[str] = ()
        match command:
            case "raise" | "manual" | "link" | "desktop":
                reply = self._outside.handle(command, words)
            case "quit":
                self.quit()
                reply = Reply(Exit.DONE)
            case "surroundings":
                reply = Reply(Exit.DONE, await self._describe_surroundings())
            case "settings":
                reply = self._reload()
            case "hotkeys" | "presence":
                reply = Reply(Exit.DONE, self._known_of(command))
            case "token":
                self._renewed()
                reply = Reply(Exit.DONE)
            case "toggle":  # most likely bound to a key
                with self._notifying.saying_changes(unless=self.tray.state is TrayState.SHOWN):
                    reply = await self.core.commands(self._deliver).run(command, words)
            case _:
                reply = await self.core.commands(self._deliver).run(command, words)
                if reply.exit is Exit.STILL_WAITING and self._desktop:
                    told_why = self._desktop.keyring_trouble
        return {
            "exit": int(reply.exit),
            "document": reply.document,
            "messages": [*reply.messages, *told_why],
        }

    def _known_of(self, part: str) -> object:
        """What a part knows of itself, for the doctor."""
        if part == "hotkeys":
            return self.hotkeys.document()
        return dict(self._presence.reasons) if self._presence else {}

    async def _deliver_until_quitting(self) -> None:
        await asyncio.to_thread(import_gateways)
        await self.core.sender.run(self._quit)

    async def _deliver(self, seconds: float) -> None:
        self._ask_again()
        try:
            async with asyncio.timeout(seconds):
                await self.core.sender.idle()
        except TimeoutError:
            return

    def _reload(self) -> Reply:
        from timer_app.services.commands import Reply
        from timer_app.services.exit import Exit

        wrong = self._in_force.use()
        return Reply(Exit.REFUSED, messages=(str(wrong),)) if wrong else Reply(Exit.DONE)

    def _show_settings(self, settings: Settings) -> None:
        """They are others now, whoever changed them."""
        if self._language.use(settings.get_text("ui.language")):
            self.tray.retranslate()
        self.hotkeys.want(self.core.settings.hotkeys())
        if self._presence is not None:
            self._spawn(self._presence.apply_settings)
        self._updates.settings_changed()
        self.windows.of_settings.show_settings(settings)
        self._changed()

    def _renewed(self) -> None:
        """A token, which may be another account's, or the proxy's password is another one."""
        self._in_force.connect_anew()
        self._ask_again()

    # Hot keys

    async def _bind_keys(self) -> None:
        """After the icon: what binds keys is imported where it holds up nobody."""
        from timer_app.adapters.hotkeys.choosing import Desk, import_back_end
        from timer_app.ui.wording import does

        await asyncio.to_thread(import_gateways)  # what the first call waits for comes first
        await asyncio.to_thread(import_back_end)
        self.hotkeys.begin(Desk(self._session_bus, APPLICATION_ID, does, self._spawn).hot_keys)

    def _toggle_by_key(self) -> None:
        self._act(lambda: self.core.timer.toggle(Source.HOTKEY))

    # What happens when something changes

    def _keep_comment(self) -> None:
        if self.windows.panel is not None:
            self.windows.panel.keep_comment()

    def _act(self, act: Callable[[], object]) -> None:
        """What a person does to the timer: they may have mended something by now as well."""
        if self._presence is not None:
            self._presence.here()
        self._do(act)
        self._try_again()

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except NotPossible as error:
            panel = self.windows.open_panel(self._view(), self.tray.place())
            panel.say(reasons.of(error))
        except JournalUnwritable as error:
            self._journal_trouble(error)
        else:
            self._journal_trouble(None)

    def _look_around(self) -> None:
        """After a start or a sleep: see what other devices did and who can be reached."""
        if self.core.settings.follows_devices():
            self.core.devices.want()
        self._try_again()

    def _try_again(self) -> None:
        """Ask services and keyring anew that were in trouble when last seen."""
        try:
            self.core.try_again()
        except JournalUnwritable as error:
            self._journal_trouble(error)

    def _ask_again(self) -> None:
        """The same, of somebody who wants to be asked for the keyring's password."""
        if self._desktop is not None:
            self._desktop.ask_again()
        self._try_again()

    def _changed(self) -> None:
        """Show it at once, and once for all that changes together."""
        self._refreshing.start(0)

    def _changed_by_sender(self) -> None:
        """Show it at once, or soon: a long delivery commits more often than anybody can read."""
        if self._viewing.burst is None:
            self._changed()
        elif not self._refreshing.isActive():
            rest = self._refreshed_at + A_FEW_A_SECOND.total_seconds() - time.monotonic()
            self._refreshing.start(max(0, int(rest * 1000)))

    def _refresh(self) -> None:
        self._refreshing.stop()
        self._refreshed_at = time.monotonic()
        if self._quit.is_set():
            return
        if self._presence is not None:
            self._presence.look()
        now = self._view()
        self.tray.show(now)
        self.windows.show(now)
        self._outside.refresh()
        self._notifying.look(now)
        if now.questions and self._asking is None:
            self._asking = self._make_asking()
        if self._asking is not None:
            self._asking.show_view(now)
        self._wait_for_day_end()

    def _wait_for_day_end(self) -> None:
        """Then today's total begins anew: one waking a day."""
        core = self.core
        tomorrow = core.timer.today() + timedelta(days=1)
        begins = beginning_of(tomorrow, core.clock.zone(), core.settings.value.day_start)
        rest = begins - core.clock.now() + timedelta(seconds=1)
        self._day_end.start(rest // timedelta(milliseconds=1))

    def _happened(self, notice: Notice) -> None:
        """Something happened without the person: say so once."""
        self._notifying.happened(notice)

    def _journal_trouble(self, error: JournalUnwritable | None) -> None:
        before, self._trouble = self._trouble, reasons.of(error) if error else ""
        if self._trouble == before:
            return
        if self._trouble:
            self._tell_loudly(self._trouble, mends=True)
        else:
            self._notifying.mended()
            self._changed()

    def _tell_loudly(self, text: str, *, mends: bool = False) -> None:
        """Say it for good, or until it `mends`."""
        _log.warning("told the user: %s", text)
        self._notifying.trouble(text, mends=mends)
        self._trouble = text
        self._changed()

    def _view(self) -> View:
        around = self._desktop.now() if self._desktop else Surroundings()
        return self._viewing.view(self._trouble, around)

    def _click_opens(self) -> bool:
        return self.core.settings.value["ui.click"] == "open"

    # Beginning and end

    def _make_asking(self) -> Asking:
        from timer_app.ui.asking import Asking

        core = self.core
        return Asking(
            core.answers, self._undo_answer, self.windows.new_search(), core.clock.now,
            self._journal_trouble,
        )  # fmt: skip

    def _undo_answer(self, question_id: int) -> object:
        return self.core.editor.undo(answer_to=question_id)

    def _spawn(self, work: Work) -> asyncio.Task[None] | None:
        """Let the one TaskGroup own it. A bug in one task must not end the others."""
        if self._tasks is None or self._quit.is_set():
            return None
        return self._tasks.create_task(self._guarded(work))

    async def _guarded(self, work: Work) -> None:
        try:
            await work()
        except Exception:  # noqa: BLE001 - whatever it is, it must not end the timer
            _log.exception("a task ended by a bug")
            self._tell_loudly(wording.went_wrong())

    def _listen(self) -> IpcServer:
        from timer_app.adapters.ipc.server import IpcServer

        server = IpcServer(self.handle, self._spawn)
        try:
            server.listen(self.core.places.socket)
        except OSError as error:
            _log.error("no socket for the command line: %s", error)
        return server

    @cached_property
    def _notifying(self) -> Notifying:
        """Made when it is first wanted, which the tray icon need not wait for."""
        from timer_app.notifying import Notifying

        return Notifying(
            self.core,
            open_panel=self.open_panel,
            open_problems=self.open_problems,
            act=self._act,
            by_tray=self.tray.tell,
            spawn=self._spawn,
            session_bus=self._session_bus,
        )

    @cached_property
    def _updates(self) -> Updates:
        from timer_app.services.updates import Updates

        core = self.core
        return Updates(
            lambda: core.settings.value.get_text("updates.feed"),
            core.connections.newest_release,
            own_version,
            lambda found: self._notifying.newer_version(found, own_version()),
        )

    def _session_bus(self) -> Bus:
        """The one connection of all parts."""
        if self._desktop is None:
            self._desktop = self._make_desktop()
        return self._desktop.buses.session

    def _make_desktop(self) -> Desktop:
        from timer_app.desktop import Desktop, Told

        told = Told(changed=self._changed, tokens=self._try_again, anew=self._begin_anew)
        desktop = Desktop(self._secrets, self.tray, told, qt_knows_the_bus=self._qt_knows_the_bus)
        desktop.begin()
        return desktop

    def _begin_anew(self) -> None:
        _log.info("a tray came that only a new process can be in: beginning anew")
        self.anew = True
        self.quit()

    async def _describe_surroundings(self) -> dict[str, object]:
        from timer_app.services.surroundings import document

        return document(await self._desktop.look() if self._desktop else Surroundings())

    def _make_presence(self, desktop: Desktop) -> Presence:
        from timer_app.adapters.presence.choosing import sources
        from timer_app.services.presence import Presence

        core, buses = self.core, desktop.buses
        found = sources(buses.session, buses.system, core.clock.now)
        return Presence(
            core.journal, core.timer, core.clock, found,
            idle_after=core.settings.idle_after, awake=time.monotonic, changed=self._changed,
            woke=self._woke, trouble=self._journal_trouble,
        )  # fmt: skip

    def _woke(self) -> None:
        _log.info("the computer woke")
        self.hotkeys.try_again()
        self._look_around()
        self._changed()

    def _watch_signals(self) -> Callable[[], None]:
        if sys.platform == "win32":
            return lambda: None
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        for number in signals:
            own = number is signal.SIGINT  # Ctrl-C, by somebody who is there
            loop.add_signal_handler(number, self.quit if own else self._end_of_login)

        def stop_watching() -> None:
            for number in signals:
                loop.remove_signal_handler(number)

        return stop_watching

    def _end_of_login(self) -> None:
        """Signals come when the login ends; nobody knows when it begins again."""
        self._login_ends = True
        self.quit()

    async def _let_finish(self, sending: asyncio.Task[None] | None) -> None:
        """A call under way may end; one that does not is found unknown at the next start."""
        if sending is None:
            return
        done, _ = await asyncio.wait([sending], timeout=PATIENCE_AT_QUIT.total_seconds())
        if not done:
            sending.cancel()

    async def _close(self, stop_watching: Callable[[], None]) -> None:
        stop_watching()
        self._day_end.stop()
        self._refreshing.stop()
        if self._asking is not None:
            self._asking.close()
        if self._presence is not None:
            await self._presence.stop()
        self._outside.close()
        self.windows.close()
        self._language.close()
        if self._desktop is not None:
            await self._desktop.close()
        self.tray.close()
        await self.core.close()
        _remove(self.core.places.socket)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
