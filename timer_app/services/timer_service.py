"""Start, stop and the rest: an event becomes one commit, then everybody who looks is told.

Plain calls, nothing awaited: the network never holds up a click. The state is read from the
journal each time, so the app and the command line cannot hold different ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from timer_app.domain.delivery import (
    DeleteEntry,
    DeliveryState,
    Destinations,
    Message,
    StopEntry,
    fitting_stop,
    withdrawal,
)
from timer_app.domain.entry import Entry, FinishedEntry, Source, whole_second
from timer_app.domain.errors import NotPossible
from timer_app.domain.minutes import CardDay, Rounding, date_of
from timer_app.domain.task import Task
from timer_app.domain.timer import (
    Add,
    Annotate,
    Cancel,
    Event,
    Idle,
    Running,
    Start,
    State,
    Stop,
    Terms,
    Told,
    Transition,
    step,
)
from timer_app.services.ports import Clock, Journal, Observer


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that decide what an entry becomes."""

    destinations: Destinations
    rounding: Rounding
    day_start: time


class TimerService:
    """The one way to change what runs.

    Every method raises NotPossible or JournalUnwritable, and then nothing has changed.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        rules: Callable[[], Rules],
        new_id: Callable[[], str],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._rules = rules
        self._new_id = new_id
        self._observers: list[Observer] = []
        self._before: list[Observer] = []

    def observe(self, observer: Observer) -> None:
        """Call `observer` after every commit."""
        self._observers.append(observer)

    def before_change(self, keep: Observer) -> None:
        """Call `keep` before an entry begins or ends, for what is still being typed about it."""
        self._before.append(keep)

    @property
    def state(self) -> State:
        """What runs."""
        return self._journal.state()

    def today(self) -> date:
        """The date that this instant counts for."""
        return date_of(self._clock.now(), self._clock.zone(), self._rules().day_start)

    def start(
        self, task: Task | None, source: Source, *, comment: str = "", at: datetime | None = None
    ) -> Transition:
        """Begin an entry on `task`, or on the last one; what runs is stopped at that instant."""
        instant = self._instant(at)
        entry = Entry(self._new_id(), task or self._last_task(), instant, source, comment.strip())
        return self._dispatch(Start(entry))

    def stop(self, *, comment: str | None = None, at: datetime | None = None) -> Transition:
        """End what runs."""
        return self._dispatch(Stop(self._instant(at), comment))

    def toggle(self, source: Source) -> Transition:
        """What a click on the tray does: stop what runs, or start the last task."""
        match self.state:
            case Running():
                return self.stop()
            case Idle():
                return self.start(None, source)

    def cancel(self) -> Transition:
        """Forget what runs; TimeCrowd's entry is deleted, Kaiten hears nothing."""
        return self._dispatch(Cancel())

    def annotate(self, comment: str) -> Transition:
        """Give what runs another comment."""
        return self._dispatch(Annotate(comment))

    def add(
        self,
        task: Task | None,
        source: Source,
        started_at: datetime,
        stopped_at: datetime,
        *,
        comment: str = "",
    ) -> Transition:
        """Record an entry that is over."""
        begin, end = self._instant(started_at), self._instant(stopped_at)
        entry = Entry(self._new_id(), task or self._last_task(), begin, source, comment.strip())
        return self._dispatch(Add(FinishedEntry(entry, end)))

    def _instant(self, at: datetime | None) -> datetime:
        now = whole_second(self._clock.now())
        instant = now if at is None else whole_second(at)
        if instant > now:
            local = instant.astimezone(self._clock.zone())
            raise NotPossible(f"{local:%Y-%m-%d %H:%M:%S} is still to come.")
        return instant

    def _last_task(self) -> Task:
        for task in self._journal.recent_tasks(1):
            return task
        raise NotPossible("There is no last task yet: name a card or a task to start.")

    def _dispatch(self, event: Event) -> Transition:
        if not isinstance(event, Annotate | Add):
            for keep in self._before:
                keep()
        with self._journal.transaction():
            state = self._journal.state()
            transition = step(state, event, self._terms(state, event))
            transition = replace(transition, told=self._fitted(transition))
            self._journal.apply(transition)
        for observer in self._observers:
            observer()
        return transition

    def _terms(self, state: State, event: Event) -> Terms:
        rules = self._rules()
        days = self._card_days(state, event, rules.day_start)
        zone = self._clock.zone()
        return Terms(rules.destinations, rules.rounding, rules.day_start, zone, days)

    def _card_days(self, state: State, event: Event, day_start: time) -> dict[date, CardDay]:
        finished = _finished_by(state, event)
        if finished is None or finished.entry.task.card is None:
            return {}
        zone = self._clock.zone()
        first = date_of(finished.entry.started_at, zone, day_start)
        last = date_of(finished.stopped_at, zone, day_start)
        return dict(self._journal.card_days(finished.entry.task.card, first, last))

    def _fitted(self, transition: Transition) -> tuple[Told, ...]:
        """Leave out, drop or replace what does not fit what was told of the entry before."""
        fitted = []
        for told in transition.told:
            message = self._fit(told, transition)
            if message is not None:
                fitted.append(Told(told.entry_id, message))
        return tuple(fitted)

    def _fit(self, told: Told, transition: Transition) -> Message | None:
        logged = self._journal.entry(told.entry_id)
        earlier = logged.deliveries if logged else ()
        match told.message:
            case StopEntry() if transition.ended:
                return fitting_stop(transition.ended.finished, earlier)
            case DeleteEntry():
                plan = withdrawal(earlier)
                for delivery in plan.dropped:
                    self._journal.mark(delivery.id, DeliveryState.DROPPED)
                return told.message if plan.delete else None
            case other:
                return other


def _finished_by(state: State, event: Event) -> FinishedEntry | None:
    """The entry that the event ends, if it ends one."""
    match state, event:
        case _, Add(finished):
            return finished
        case Running(entry), Start(new):
            return FinishedEntry(entry, max(entry.started_at, new.started_at))
        case Running(entry), Stop(at):
            return FinishedEntry(entry, max(entry.started_at, at))
        case _:
            return None
