"""The View of a moment, read from the core."""

from __future__ import annotations

from collections.abc import Mapping

from timer_app.composition import Core
from timer_app.domain.delivery import DeliveryState, Service
from timer_app.domain.minutes import beginning_of
from timer_app.services.progress import Burst, Progress, follow
from timer_app.services.service_status import Health, ServiceStatus
from timer_app.services.surroundings import Surroundings
from timer_app.ui.view import View, view

MENU_RECENTS = 8


class Viewing:
    """Remembers of the moment before only how far a long delivery had come (`burst`)."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.burst: Burst | None = None

    def view(self, trouble: str, around: Surroundings) -> View:
        """What is the case now; `trouble` is a sentence about the journal itself, or ""."""
        core = self._core
        configured = {each: core.settings.value.configured[each.value] for each in Service}
        statuses = {each: core.journal.service_status(each) for each in Service}
        open_counts = core.journal.open_counts()
        held = core.journal.held()
        waiting = {
            each: open_counts.get((each, False), 0) - held.get(each, 0)
            for each in Service
            if configured[each]
        }
        today = core.timer.today()
        return view(
            core.timer.state,
            open_counts,
            statuses,
            configured=configured,
            today_before=core.journal.seconds_on(today),
            day_began=beginning_of(today, core.clock.zone(), core.settings.value.day_start),
            recents=tuple(core.journal.recent_tasks(MENU_RECENTS)),
            pins=tuple(core.journal.pinned_tasks()),
            goal=core.settings.daily_goal(),
            trouble=trouble,
            progress=self._progress(waiting, statuses),
            paused=core.sender.paused,
            questions=tuple(each for each in core.answers.open() if not each.lasts),
            held=held,
            surroundings=around,
        )

    def _progress(
        self, waiting: Mapping[Service, int], statuses: Mapping[Service, ServiceStatus]
    ) -> Progress | None:
        core = self._core
        moving = not core.sender.paused and any(
            number and statuses[service].health is Health.OK for service, number in waiting.items()
        )
        delivered = core.journal.counts()[DeliveryState.DONE]
        now = core.clock.now()
        self.burst = follow(self.burst, sum(waiting.values()), delivered, now, moving=moving)
        return self.burst.progress if self.burst else None
