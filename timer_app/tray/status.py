"""The View of a moment, read from the core, and everything that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from timer_app.bootstrap.core import Core
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.entries.minutes import start_of_day
from timer_app.domain.entries.timer import Idle
from timer_app.domain.errors import JournalError
from timer_app.domain.service import Service
from timer_app.services.delivery.progress import Backlog, Progress, updated_backlog
from timer_app.services.delivery.service_status import Health, ServiceStatus
from timer_app.services.setup.desktop_status import DesktopStatus
from timer_app.tray.alerts import Alerts
from timer_app.tray.refresh import RefreshScheduler
from timer_app.ui.view import View, build_view, with_alert

MENU_RECENTS = 8
MENU_CARDS = 8


class ViewBuilder:
    """Makes the View; remembers only how far a long delivery had come (`backlog`)."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.backlog: Backlog | None = None

    def empty_view(self) -> View:
        """A view of nothing, while the journal cannot be read."""
        core = self._core
        return build_view(
            Idle(),
            {},
            {each: ServiceStatus() for each in Service},
            configured={each: core.settings.value.configured[each.value] for each in Service},
            seconds_before_running=0,
            day_began=core.clock.now(),
            recents=(),
        )

    def view(self, desktop_status: DesktopStatus) -> View:
        """What is the case now. Raises JournalError."""
        core = self._core
        configured = {each: core.settings.value.configured[each.value] for each in Service}
        statuses = {each: core.journal.service_status(each) for each in Service}
        open_counts = core.journal.open_counts()
        held = core.journal.on_hold_counts()
        waiting = {
            each: open_counts.get((each, False), 0) - held.get(each, 0)
            for each in Service
            if configured[each]
        }
        today = core.timer.today()
        return build_view(
            core.timer.state,
            open_counts,
            statuses,
            configured=configured,
            seconds_before_running=core.journal.seconds_on(today),
            day_began=start_of_day(today, core.clock.zone(), core.settings.value.day_start),
            recents=tuple(core.journal.recent_tasks(MENU_RECENTS)),
            pins=tuple(core.journal.pinned_tasks()),
            my_cards=tuple(each.task for each in core.task_memory.my_cards[:MENU_CARDS]),
            goal=core.settings.goals(()).on(today),
            progress=self._progress(waiting, statuses),
            paused=core.sender.paused,
            questions=tuple(
                each for each in core.absence_resolver.unresolved() if not each.is_ongoing
            ),
            awaiting_answer=held,
            desktop_status=desktop_status,
            zone=core.clock.zone(),
        )

    def _progress(
        self, waiting: Mapping[Service, int], statuses: Mapping[Service, ServiceStatus]
    ) -> Progress | None:
        core = self._core
        is_moving = not core.sender.paused and any(
            number and statuses[service].health is Health.OK for service, number in waiting.items()
        )
        delivered = core.journal.counts()[DeliveryState.DONE]
        now = core.clock.now()
        self.backlog = updated_backlog(
            self.backlog, sum(waiting.values()), delivered, now, is_moving=is_moving
        )
        return self.backlog.progress if self.backlog else None


class StatusDisplay:
    """Reads the View and hands it to every observer, as soon as something has changed.

    `alerts` is what is wrong with the app itself; `is_over` tells that the app ends and nothing is
    shown any more. While the journal cannot be read, what was read last is shown, and why.
    """

    def __init__(
        self,
        core: Core,
        scheduler: RefreshScheduler,
        *,
        alerts: Alerts,
        desktop_status: Callable[[], DesktopStatus],
        is_over: Callable[[], bool],
    ) -> None:
        self._core = core
        self._scheduler = scheduler
        self._alerts = alerts
        self._latest: View | None = None
        self._desktop_status = desktop_status
        self._is_over = is_over
        self._builder = ViewBuilder(core)
        self._before: list[Callable[[], None]] = []
        self._observers: list[Callable[[View], None]] = []

    def before_refresh(self, step: Callable[[], None]) -> None:
        """Call `step` before each reading."""
        self._before.append(step)

    def observe(self, show: Callable[[View], None]) -> None:
        """Show the View there, too; in the order of these calls."""
        self._observers.append(show)

    def view(self) -> View:
        """What is the case now."""
        try:
            view = self._builder.view(self._desktop_status())
        except JournalError as error:
            self._alerts.on_journal_error(error)
            view = self._latest or self._builder.empty_view()
        self._scheduler.is_throttled = self._builder.backlog is not None
        self._latest = view
        return with_alert(view, self._alerts.message, is_closable=self._alerts.is_closable)

    def refresh_soon(self) -> None:
        """Show it as soon as the loop is free, once for all that changes together."""
        self._scheduler.schedule()

    def refresh(self) -> None:
        """Show the present state at once."""
        self._scheduler.begin()
        if self._is_over():
            return
        for step in self._before:
            step()
        view = self.view()
        for show in self._observers:
            try:
                show(view)
            except JournalError as error:  # of a window that reads more
                self._alerts.on_journal_error(error)
        self.wait_for_day_end()

    def wait_for_day_end(self) -> None:
        """Refresh when the day ends."""
        core = self._core
        tomorrow = core.timer.today() + timedelta(days=1)
        begins = start_of_day(tomorrow, core.clock.zone(), core.settings.value.day_start)
        self._scheduler.schedule_day_end(begins - core.clock.now())
