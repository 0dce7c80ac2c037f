"""What the tray app says by notifications, what their buttons do, and when it reminds.

A part of the composition root: app.py makes it, tells it what happens, and closes it. A button may
be pressed long after: each does its work only if what it is about is still the case.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from timer_app.domain.entries.entry import FinishedEntry, Source
from timer_app.domain.entries.timer import Idle, Running, State
from timer_app.domain.reminders.notice import EarlierStopNotice, Notice, RemoteStartNotice
from timer_app.domain.reminders.notification import Notification, NotificationAction, Topic
from timer_app.domain.reminders.schedule import LongRunningEntry, Reminder, ReminderSettings
from timer_app.domain.reminders.working_hours import parse_working_hours
from timer_app.services.background_tasks import Spawn
from timer_app.services.entries.editor import EntryEdit
from timer_app.services.reminders.ports import Notifier
from timer_app.services.reminders.scheduler import ReminderScheduler

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus
    from timer_app.bootstrap.core import Core
    from timer_app.ui.entries.stop_earlier import StopEarlierDialog
    from timer_app.ui.view import View


class NotificationController:
    """Says what a person must hear of, and carries out what they answer.

    `open_panel`, `open_problems`, `add_to_menu` and `act` are what the app does for a button;
    `act` shows what goes wrong. `show_in_tray` says what no notification service took, `spawn` runs
    a task until the app ends. The notifier is made, and `session_bus` asked for, when something is
    first said.
    """

    def __init__(
        self,
        core: Core,
        *,
        open_panel: Callable[[], None],
        open_problems: Callable[[], None],
        add_to_menu: Callable[[], None],
        act: Callable[[Callable[[], object]], None],
        show_in_tray: Callable[[Notification], None],
        spawn: Spawn,
        session_bus: Callable[[], Bus],
    ) -> None:
        self._core = core
        self._open_panel = open_panel
        self._open_problems = open_problems
        self._add_to_menu = add_to_menu
        self._act = act
        self._show_in_tray = show_in_tray
        self._spawn = spawn
        self._session_bus = session_bus
        core.timer.observe(self._on_commit)
        self._announced_state: State | None = None
        self._notifier: Notifier | None = None
        self._notifier_task: asyncio.Task[None] | None = None
        self._reminders: ReminderScheduler | None = None
        self._running_entry_id = ""
        self._known_problem_ids: frozenset[int] = frozenset()
        self._problem_count = 0
        self._stop_earlier: StopEarlierDialog | None = None
        self._earlier_stop: EarlierStopNotice | None = None

    def start(self) -> None:
        """The app's tasks run from now on."""
        from timer_app.adapters.reminders.reminder_file import ReminderFile

        core = self._core
        memory = ReminderFile(core.paths.reminded)
        self._running_entry_id = self._current_entry_id()
        self._known_problem_ids = frozenset(self._core.journal.ids_needing_user())
        self._problem_count = len(self._known_problem_ids)
        self._reminders = ReminderScheduler(
            core.journal, core.clock, memory, self._reminder_settings, self._remind
        )
        self._reminders.check()
        self._start_notifier()

    async def close(self) -> None:
        """Say nothing more, and take away what would be clicked in vain."""
        if self._reminders is not None:
            self._reminders.close()
        if self._stop_earlier is not None:
            self._stop_earlier.close()
        if self._notifier_task is not None:
            self._notifier_task.cancel()
        if self._notifier is not None:
            await self._notifier.close()

    # What happens

    def show_notice(self, notice: Notice) -> None:
        """Something happened without the person."""
        from timer_app.ui.reminders.notifications import notice_notification

        runs = self._current_entry_id() if self._is_running_entry(notice) else ""
        about = runs
        if isinstance(notice, EarlierStopNotice):
            about, self._earlier_stop = notice.entry_id, notice
        self._show(notice_notification(notice, self._core.clock.zone(), runs=bool(runs)), about)

    def offer_menu(self) -> None:
        """The desktop does not know the app: offer to put it into the menu."""
        from timer_app.ui.reminders.notifications import menu_notification

        self._show(menu_notification())

    def show_problem(self, sentence: str, *, clears_on_success: bool) -> None:
        """Something is wrong: for good, or with the journal until it is `clear_problem`."""
        from timer_app.ui.reminders.notifications import alert_notification

        self._show(alert_notification(Topic.JOURNAL if clears_on_success else Topic.APP, sentence))

    def show_lost(self, sentence: str) -> None:
        """The app ends, and something was not kept: it stays to be read without the app."""
        from timer_app.ui.reminders.notifications import lost_notification

        self._show(lost_notification(sentence))

    def clear_problem(self) -> None:
        """The journal can be written again."""
        self._withdraw(Topic.JOURNAL)

    def show_update(self, found: str, ours: str) -> None:
        """There is one."""
        from timer_app.ui.reminders.notifications import update_notification

        self._show(update_notification(found, ours))

    @contextmanager
    def announcing_changes(self, *, unless: bool = False) -> Iterator[None]:
        """Notify of starts and stops meanwhile, `unless` the person sees them anyway."""
        before = self._announced_state
        self._announced_state = None if unless else self._core.timer.state
        try:
            yield
        finally:
            self._announced_state = before

    def _on_commit(self) -> None:
        """Right after a commit, however long the services take."""
        before, after = self._announced_state, self._core.timer.state
        if before is None or _entry_id_of(before) == _entry_id_of(after):
            return
        self._announced_state = after
        from timer_app.ui.reminders.notifications import started_notification, stopped_notification

        if isinstance(after, Running):
            self._show(started_notification(after.entry.task))
        elif isinstance(before, Running):
            ended = self._core.journal.entry(before.entry.id)
            if ended and ended.stopped_at and not ended.is_deleted:
                self._show(
                    stopped_notification(FinishedEntry(ended.entry, ended.stopped_at)),
                    ended.entry.id,
                )

    def update(self, view: View) -> None:
        """Something may have changed: remind, and say what needs the person since then."""
        if self._reminders is None:
            return
        self._on_running_changed(view.running.id if view.running else "")
        self._on_problems_changed(view)
        self._reminders.check()

    def _is_running_entry(self, notice: Notice) -> bool:
        """Whether the notice is about the running entry; a remote one may have ended by now."""
        state = self._core.timer.state
        if not isinstance(state, Running) or not isinstance(notice, RemoteStartNotice):
            return False
        return (state.entry.task, state.entry.started_at) == (notice.task, notice.at)

    def _on_running_changed(self, running: str) -> None:
        """What was asked about an entry that ended is asked no more."""
        before, self._running_entry_id = self._running_entry_id, running
        if running == before:
            return
        self._withdraw(Topic.LONG_RUN)
        if running:
            self._withdraw(Topic.NOTHING_RUNS)
        if self._stop_earlier is not None and self._stop_earlier.entry.id != running:
            self._stop_earlier.close()

    def _on_problems_changed(self, view: View) -> None:
        """What needs a person since the app started, once a long delivery is over."""
        if view.problems == self._problem_count or view.progress:
            return
        self._problem_count = view.problems
        found = self._core.journal.ids_needing_user() if view.problems else ()
        unknown = [each for each in found if each not in self._known_problem_ids]
        self._known_problem_ids = frozenset(found)
        if not found:
            self._withdraw(Topic.NEEDS_PERSON)
        if unknown:
            self._announce_problems(unknown[0], len(unknown))

    def _announce_problems(self, first: int, count: int) -> None:
        """So many deliveries need a person since the last time; `first` is the id of one."""
        from timer_app.ui.reminders.notifications import problem_notification

        logged = self._core.journal.entry_of_delivery(first)
        for delivery in logged.deliveries if logged else ():
            if logged and delivery.id == first:
                self._show(problem_notification(logged, delivery, count))

    def _remind(self, reminder: Reminder) -> None:
        from timer_app.ui.reminders.notifications import reminder_notification

        about = reminder.entry.id if isinstance(reminder, LongRunningEntry) else ""
        last = next(iter(self._core.journal.recent_tasks(1)), None)
        self._show(reminder_notification(reminder, last), about)

    def _reminder_settings(self) -> ReminderSettings:
        settings = self._core.settings.value
        hours = parse_working_hours(settings.get_text("time.working_hours"))
        return ReminderSettings(settings.get_duration("time.remind_after"), hours)

    # What a person answers

    def _on_action(  # noqa: C901 - one case for each action
        self, topic: Topic, about: str, action: NotificationAction, token: str
    ) -> None:
        """A button of a notification that is about that entry, or about none ("")."""
        _keep_activation_token(token)
        match action:
            case NotificationAction.OPEN if topic is Topic.NEEDS_PERSON:
                self._open_problems()
            case NotificationAction.OPEN:
                self._open_panel()
            case NotificationAction.START:
                self._start_last()
            case NotificationAction.STOP:
                self._stop(about)
            case NotificationAction.STOP_EARLIER:
                self._ask_stop_time(about)
            case NotificationAction.SNOOZE:
                if self._reminders is not None:
                    self._reminders.snooze(about)
            case NotificationAction.ADD_TO_MENU:
                self._add_to_menu()
            case NotificationAction.UNDO:
                self._act(lambda: self._core.editor.resume(about))
            case NotificationAction.USE_OWN_STOP:
                self._use_own_stop(about)

    def _use_own_stop(self, entry_id: str) -> None:
        """Take the stop made here after all, unless the entry was changed since."""
        notice, logged = self._earlier_stop, self._core.journal.entry(entry_id)
        if notice is None or notice.entry_id != entry_id or logged is None:
            return
        if not logged.is_deleted and logged.stopped_at == notice.at:
            edit = EntryEdit(stopped_at=notice.local_stop)
            self._act(lambda: self._core.editor.edit(entry_id, edit))

    def _start_last(self) -> None:
        if isinstance(self._core.timer.state, Idle):
            self._act(lambda: self._core.timer.start(None, Source.CLICK))

    def _stop(self, entry_id: str, at: datetime | None = None) -> None:
        """Stop that entry, and say so: there is no window that shows it. It may have ended."""
        if self._current_entry_id() == entry_id:
            with self.announcing_changes():
                self._act(lambda: self._core.timer.stop(at=at))

    def _ask_stop_time(self, entry_id: str) -> None:
        state = self._core.timer.state
        if not isinstance(state, Running) or state.entry.id != entry_id:
            return
        from timer_app.ui.entries.stop_earlier import StopEarlierDialog

        if self._stop_earlier is not None:
            self._stop_earlier.close()
        asked = StopEarlierDialog(state.entry, self._core.clock.now, self._core.clock.zone())
        asked.stop_at.connect(partial(self._stop, entry_id))
        asked.finished.connect(partial(self._on_dialog_finished, asked))
        self._stop_earlier = asked
        asked.open()
        asked.activateWindow()

    def _on_dialog_finished(self, dialog: StopEarlierDialog, _result: int) -> None:
        dialog.deleteLater()
        if self._stop_earlier is dialog:
            self._stop_earlier = None

    def _current_entry_id(self) -> str:
        return _entry_id_of(self._core.timer.state)

    # The notifier

    def _show(self, notification: Notification, about: str = "") -> None:
        from timer_app.ui.reminders.notifications import open_label

        notification = replace(notification, open_label=open_label())
        notifier = self._notifier = self._notifier or self._make_notifier()
        notifier.show(notification, partial(self._on_action, notification.topic, about))
        self._start_notifier()

    def _withdraw(self, topic: Topic) -> None:
        if self._notifier is not None:
            self._notifier.withdraw(topic)

    def _start_notifier(self) -> None:
        """From when the app's tasks run, and there is something to show."""
        if self._notifier_task is None and self._notifier is not None:
            self._notifier_task = self._spawn(self._notifier.run)

    def _make_notifier(self) -> Notifier:
        from timer_app.adapters.reminders.factory import make_notifier
        from timer_app.ui.icons import application_bitmap, application_file

        linux = sys.platform == "linux"
        icon = application_file() if linux else application_bitmap(self._core.paths.run)
        return make_notifier(self._session_bus, icon, self._show_in_tray)


def _keep_activation_token(token: str) -> None:
    """Qt gives it to the window that comes to the front next."""
    if token and "WAYLAND_DISPLAY" in os.environ:
        os.environ["XDG_ACTIVATION_TOKEN"] = token


def _entry_id_of(state: State) -> str:
    """Which entry runs, "" if none does."""
    return state.entry.id if isinstance(state, Running) else ""
