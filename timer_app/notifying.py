"""What the tray app says by notifications, what their buttons do, and when it reminds.

A part of the composition root: app.py makes it, tells it what happens, and closes it. A button may
be pressed long after: each does its work only if what it is about is still the case.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from timer_app.domain.delivery import Delivery
from timer_app.domain.entry import FinishedEntry, Source
from timer_app.domain.notice import Notice, StartedElsewhere
from timer_app.domain.notification import Action, Notification, Topic
from timer_app.domain.reminding import LongRun, Reminder, Wishes
from timer_app.domain.timer import Idle, Running, State
from timer_app.domain.working_hours import parse_working_hours
from timer_app.services.ports import LoggedEntry, Notifier
from timer_app.services.reminders import Reminders
from timer_app.services.tasks import Spawn

if TYPE_CHECKING:
    from timer_app.adapters.dbus.bus import Bus
    from timer_app.composition import Core
    from timer_app.ui.stop_earlier import StopEarlier
    from timer_app.ui.view import View


class Notifying:
    """Says what a person must hear of, and carries out what they answer.

    `open_panel`, `open_problems` and `act` are what the app does for a button; `act` shows what
    goes wrong. `by_tray` says what no notification service took, `spawn` runs a task until the app
    ends. The notifier is made, and `session_bus` asked for, when something is first said.
    """

    def __init__(
        self,
        core: Core,
        *,
        open_panel: Callable[[], None],
        open_problems: Callable[[], None],
        act: Callable[[Callable[[], object]], None],
        by_tray: Callable[[Notification], None],
        spawn: Spawn,
        session_bus: Callable[[], Bus],
    ) -> None:
        self._core = core
        self._open_panel = open_panel
        self._open_problems = open_problems
        self._act = act
        self._by_tray = by_tray
        self._spawn = spawn
        self._session_bus = session_bus
        core.timer.observe(self._committed)
        self._said_state: State | None = None
        self._notifier: Notifier | None = None
        self._showing: asyncio.Task[None] | None = None
        self._reminders: Reminders | None = None
        self._running = ""
        self._needing: frozenset[int] = frozenset()
        self._problems = 0
        self._stop_earlier: StopEarlier | None = None

    def start(self) -> None:
        """The app's tasks run from now on."""
        from timer_app.adapters.reminded import ReminderFile

        core = self._core
        memory = ReminderFile(core.places.reminded)
        self._running = self._running_id()
        self._needing = frozenset(each.id for _, each in self._needing_person())
        self._problems = len(self._needing)
        self._reminders = Reminders(core.journal, core.clock, memory, self._wishes, self._remind)
        self._reminders.look()
        self._show_by_itself()

    async def close(self) -> None:
        """Say nothing more, and take away what would be clicked in vain."""
        if self._reminders is not None:
            self._reminders.close()
        if self._stop_earlier is not None:
            self._stop_earlier.close()
        if self._showing is not None:
            self._showing.cancel()
        if self._notifier is not None:
            await self._notifier.close()

    # What happens

    def happened(self, notice: Notice) -> None:
        """Something happened without the person."""
        from timer_app.ui.notifications import of_notice

        runs = self._running_id() if self._goes_on(notice) else ""
        self._show(of_notice(notice, self._core.clock.zone(), runs=bool(runs)), runs)

    def trouble(self, sentence: str, *, mends: bool) -> None:
        """Something is wrong: for good, or with the journal until it is `mended`."""
        from timer_app.ui.notifications import of_trouble

        self._show(of_trouble(Topic.JOURNAL if mends else Topic.APP, sentence))

    def mended(self) -> None:
        """The journal is in no trouble any more."""
        self._withdraw(Topic.JOURNAL)

    def newer_version(self, found: str, ours: str) -> None:
        """There is one."""
        from timer_app.ui.notifications import of_update

        self._show(of_update(found, ours))

    @contextmanager
    def saying_changes(self, *, unless: bool = False) -> Iterator[None]:
        """Say what is started or stopped meanwhile, `unless` the person sees it anyhow."""
        before = self._said_state
        self._said_state = None if unless else self._core.timer.state
        try:
            yield
        finally:
            self._said_state = before

    def _committed(self) -> None:
        """Right after a commit, however long it takes until services were told."""
        before, after = self._said_state, self._core.timer.state
        if before is None or _id_of(before) == _id_of(after):
            return
        self._said_state = after
        from timer_app.ui.notifications import of_start, of_stop

        if isinstance(after, Running):
            self._show(of_start(after.entry.task))
        elif isinstance(before, Running):
            ended = self._core.journal.entry(before.entry.id)
            if ended and ended.stopped_at and not ended.forgotten:
                self._show(of_stop(FinishedEntry(ended.entry, ended.stopped_at)), ended.entry.id)

    def look(self, view: View) -> None:
        """Something may have changed: remind, and say what needs the person since then."""
        if self._reminders is None:
            return
        self._see_what_runs(view.running.id if view.running else "")
        self._see_problems(view)
        self._reminders.look()

    def _goes_on(self, notice: Notice) -> bool:
        """Whether it tells of what runs now: of what began elsewhere the end may be known too."""
        state = self._core.timer.state
        if not isinstance(state, Running) or not isinstance(notice, StartedElsewhere):
            return False
        return (state.entry.task, state.entry.started_at) == (notice.task, notice.at)

    def _see_what_runs(self, running: str) -> None:
        """What was asked about an entry that ended is asked no more."""
        before, self._running = self._running, running
        if running == before:
            return
        self._withdraw(Topic.LONG_RUN)
        if running:
            self._withdraw(Topic.NOTHING_RUNS)
        if self._stop_earlier is not None and self._stop_earlier.entry.id != running:
            self._stop_earlier.close()

    def _see_problems(self, view: View) -> None:
        """What needs a person since the app started, once a long delivery is over."""
        if view.problems == self._problems or view.progress:
            return
        self._problems = view.problems
        found = self._needing_person() if view.problems else []
        new = [one for one in found if one[1].id not in self._needing]
        self._needing = frozenset(delivery.id for _, delivery in found)
        if not found:
            self._withdraw(Topic.NEEDS_PERSON)
        if new:
            from timer_app.ui.notifications import of_problems

            self._show(of_problems(new))

    def _needing_person(self) -> list[tuple[LoggedEntry, Delivery]]:
        """What needs a person now, each with its entry."""
        found = self._core.journal.needing_person()
        return [(logged, delivery) for logged in found for delivery in logged.deliveries]

    def _remind(self, reminder: Reminder) -> None:
        from timer_app.ui.notifications import of_reminder

        about = reminder.entry.id if isinstance(reminder, LongRun) else ""
        last = next(iter(self._core.journal.recent_tasks(1)), None)
        self._show(of_reminder(reminder, last), about)

    def _wishes(self) -> Wishes:
        settings = self._core.settings.value
        hours = parse_working_hours(settings.get_text("time.working_hours"))
        return Wishes(settings.get_length("time.remind_after"), hours)

    # What a person answers

    def _chosen(self, topic: Topic, about: str, action: Action, token: str) -> None:
        """A button of a notification that is about that entry, or about none ("")."""
        if (
            token and "WAYLAND_DISPLAY" in os.environ
        ):  # Qt gives it to the window that comes to the front next
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        match action:
            case Action.OPEN if topic is Topic.NEEDS_PERSON:
                self._open_problems()
            case Action.OPEN:
                self._open_panel()
            case Action.START:
                self._start_last()
            case Action.STOP:
                self._stop(about)
            case Action.STOP_EARLIER:
                self._ask_when(about)
            case Action.KEEP_ON:
                if self._reminders is not None:
                    self._reminders.keep_on(about)
            case Action.UNDO:
                self._act(lambda: self._core.editor.go_on(about))

    def _start_last(self) -> None:
        if isinstance(self._core.timer.state, Idle):
            self._act(lambda: self._core.timer.start(None, Source.CLICK))

    def _stop(self, entry_id: str, at: datetime | None = None) -> None:
        """Stop that entry, and say so: there is no window that shows it. It may have ended."""
        if self._running_id() == entry_id:
            with self.saying_changes():
                self._act(lambda: self._core.timer.stop(at=at))

    def _ask_when(self, entry_id: str) -> None:
        state = self._core.timer.state
        if not isinstance(state, Running) or state.entry.id != entry_id:
            return
        from timer_app.ui.stop_earlier import StopEarlier

        if self._stop_earlier is not None:
            self._stop_earlier.close()
        asked = StopEarlier(state.entry, self._core.clock.now, self._core.clock.zone())
        asked.stop_at.connect(partial(self._stop, entry_id))
        asked.finished.connect(partial(self._asked, asked))
        self._stop_earlier = asked
        asked.open()
        asked.activateWindow()

    def _asked(self, dialog: StopEarlier, _result: int) -> None:
        dialog.deleteLater()
        if self._stop_earlier is dialog:
            self._stop_earlier = None

    def _running_id(self) -> str:
        return _id_of(self._core.timer.state)

    # The notifier

    def _show(self, notification: Notification, about: str = "") -> None:
        notifier = self._notifier = self._notifier or self._make_notifier()
        notifier.show(notification, partial(self._chosen, notification.topic, about))
        self._show_by_itself()

    def _withdraw(self, topic: Topic) -> None:
        if self._notifier is not None:
            self._notifier.withdraw(topic)

    def _show_by_itself(self) -> None:
        """From when the app's tasks run, and there is something to show."""
        if self._showing is None and self._notifier is not None:
            self._showing = self._spawn(self._notifier.run)

    def _make_notifier(self) -> Notifier:
        from timer_app.adapters.notify.making import make_notifier
        from timer_app.ui.icons import application_file

        return make_notifier(self._session_bus, application_file(), self._by_tray)


def _id_of(state: State) -> str:
    """Which entry runs, "" if none does."""
    return state.entry.id if isinstance(state, Running) else ""
