"""Start, stop and the rest: an event becomes one commit, then everybody who looks is told.

Plain calls, nothing awaited: the network never holds up a click. The state is read from the
journal each time, so the app and the command line cannot hold different ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from timer_app.domain.amending import Act, Amendment, Tell, withdrawn
from timer_app.domain.clock_reading import set_by
from timer_app.domain.delivery import (
    DeleteEntry,
    Message,
    StopEntry,
    fitting_stop,
    is_told,
)
from timer_app.domain.entry import Entry, FinishedEntry, Source, whole_second
from timer_app.domain.errors import NotPossible
from timer_app.domain.following import Seen, TrackedEntry, adopted_entry, follow
from timer_app.domain.minutes import date_of
from timer_app.domain.notice import ClockWasSet, Notice, StartedElsewhere, StoppedElsewhere
from timer_app.domain.outcome import RemoteEntry
from timer_app.domain.reasons import OfEntry, OfTime
from timer_app.domain.task import Task
from timer_app.domain.timer import (
    Add,
    AddHeld,
    Adopt,
    Annotate,
    Cancel,
    Event,
    Idle,
    Running,
    Start,
    State,
    Stop,
    StopHeld,
    Told,
    Transition,
    step,
)
from timer_app.services.ports import Clock, Journal, LoggedEntry, Observer
from timer_app.services.settling import carry_out
from timer_app.services.terms import Rules, terms_for


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
        self._noticing: list[Callable[[Notice], None]] = []

    def observe(self, observer: Observer) -> None:
        """Call `observer` after every commit."""
        self._observers.append(observer)

    def before_change(self, keep: Observer) -> None:
        """Call `keep` before an entry begins or ends, for what is still being typed about it."""
        self._before.append(keep)

    def notify(self, tell: Callable[[Notice], None]) -> None:
        """Call `tell` with what a person must hear of since it happened without them."""
        self._noticing.append(tell)

    def changed(self) -> None:
        """Tell everybody who looks."""
        for observer in self._observers:
            observer()

    @property
    def state(self) -> State:
        """What runs."""
        return self._journal.state()

    def today(self) -> date:
        """The date that this instant counts for."""
        return date_of(self._clock.now(), self._clock.zone(), self._rules().day_start)

    def start(
        self,
        task: Task | None,
        source: Source,
        *,
        comment: str = "",
        at: datetime | None = None,
        pressed_at: datetime | None = None,
    ) -> Transition:
        """Begin an entry on `task`, or on the last one; what runs is stopped at that instant.

        `at` is an instant that the person named, `pressed_at` that of the press, a moment ago.
        """
        instant = self._instant(at or pressed_at)
        entry = Entry(self._new_id(), task or self._last_task(), instant, source, comment.strip())
        return self._dispatch(Start(entry), meant=at)

    def stop(self, *, comment: str | None = None, at: datetime | None = None) -> Transition:
        """End what runs."""
        return self._dispatch(Stop(self._instant(at), comment), meant=at)

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

    def would_add(self, finished: FinishedEntry) -> Transition:
        """What `add` would change and tell; nothing is committed. Raises NotPossible."""
        terms = terms_for(finished, self._rules(), self._clock.zone(), self._journal)
        return step(self._journal.state(), Add(finished), terms)

    def _instant(self, at: datetime | None) -> datetime:
        now = whole_second(self._clock.now())
        instant = now if at is None else whole_second(at)
        if instant > now:
            local = instant.astimezone(self._clock.zone())
            raise NotPossible(OfTime.TO_COME, f"{local:%Y-%m-%d %H:%M:%S}")
        return instant

    def _last_task(self) -> Task:
        for task in self._journal.recent_tasks(1):
            return task
        raise NotPossible(OfEntry.NO_LAST_TASK)

    def follow(self, seen: Seen, remote: RemoteEntry | None, kaiten: str) -> None:
        """Do as TimeCrowd shows that another device did; `remote` is what it held of ours."""
        notices: list[Notice] = []
        with self._journal.transaction():
            state = self._journal.state()
            events = follow(state, remote, seen, lambda other: self._adopted(other, kaiten))
            for event in events:
                self._keep_typed(event)
                notices += _notices(self._journal.state(), event)
                self._carry_out(event)
        if events:
            self.changed()
        for notice in notices:
            self._tell(notice)

    def _adopted(self, other: TrackedEntry, kaiten: str) -> Entry:
        """Our entry for another device's; a task that is known keeps the title it has here."""
        entry = adopted_entry(other, self._new_id(), kaiten)
        return replace(entry, task=self._journal.task(entry.task.key) or entry.task)

    def _dispatch(self, event: Event, meant: datetime | None = None) -> Transition:
        """Commit an event; `meant` is the instant that a person named for it, if they did."""
        self._keep_typed(event)
        with self._journal.transaction():
            event, notice = self._by_steady_clock(event, meant)
            transition = self._carry_out(event)
        self.changed()
        if notice is not None:
            self._tell(notice)
        return transition

    def changing(self) -> None:
        """An entry is about to begin or to end: keep what is still being typed about it."""
        for keep in self._before:
            keep()

    def _keep_typed(self, event: Event) -> None:
        if not isinstance(event, Annotate | Add | AddHeld):
            self.changing()

    def _tell(self, notice: Notice) -> None:
        for tell in self._noticing:
            tell(notice)

    def _carry_out(self, event: Event) -> Transition:
        state = self._journal.state()
        zone = self._clock.zone()
        terms = terms_for(_finished_by(state, event), self._rules(), zone, self._journal)
        transition = step(state, event, terms)
        if transition.cancelled is not None:
            self._remember_cancelled(transition.cancelled)
        transition = replace(transition, told=self._fitted(transition))
        self._journal.apply(transition)
        if isinstance(event, Start | Adopt):  # of both the end is told by the clocks here
            self._journal.keep_beginning(event.entry.id, self._clock.reading())
        return transition

    def _by_steady_clock(
        self, event: Event, meant: datetime | None
    ) -> tuple[Event, ClockWasSet | None]:
        """An end by the clock that nobody sets: the wall clock may have been set meanwhile.

        The entry keeps its start, which its services know, and its true length. An instant that
        a person named is taken at their word.
        """
        state = self._journal.state()
        if meant is not None or not isinstance(state, Running):
            return event, None
        began = self._journal.beginning(state.entry.id)
        by = timedelta(0) if began is None else set_by(began, self._clock.reading())
        match event:
            case Stop(at, comment):
                ended = max(state.entry.started_at, whole_second(at - by))
                changed: Event = Stop(ended, comment)
            case Start() if by:
                ended = max(state.entry.started_at, whole_second(event.entry.started_at - by))
                self._carry_out(Stop(ended))
                changed = event
            case _:
                return event, None
        return changed, ClockWasSet(by, ended) if by else None

    def _fitted(self, transition: Transition) -> tuple[Told, ...]:
        """Leave out, drop or replace what does not fit what was told of the entry before."""
        fitted = []
        for told in transition.told:
            message = self._fit(told, transition)
            if message is not None:
                fitted.append(replace(told, message=message))
        return tuple(fitted)

    def _fit(self, told: Told, transition: Transition) -> Message | None:
        logged = self._journal.entry(told.entry_id)
        if logged is None or told.held is not None:
            return told.message
        match told.message:
            case StopEntry() if transition.ended:
                return fitting_stop(transition.ended.finished, logged.deliveries)
            case DeleteEntry():
                return self._withdraw(logged)
            case other:
                return other

    def _withdraw(self, logged: LoggedEntry) -> Message | None:
        """What was not sent is dropped; the rest, if there is any, is to be deleted."""
        changes = withdrawn(logged.entry.id, logged.deliveries)
        rest = [each for each in changes if not isinstance(each, Tell)]
        carry_out(self._journal, rest, self._clock)
        return next((each.message for each in changes if isinstance(each, Tell)), None)

    def _remember_cancelled(self, entry: Entry) -> None:
        """So that it can be undone."""
        logged = self._journal.entry(entry.id)
        told = logged is not None and is_told(logged.deliveries)
        self._journal.remember(Amendment(Act.CANCEL, entry, None, told))


def _notices(state: State, event: Event) -> list[Notice]:
    match event:
        case Adopt(entry):
            told: list[Notice] = [StartedElsewhere(entry.task, entry.started_at)]
            if isinstance(state, Running):
                told.insert(0, StoppedElsewhere(state.entry.task, entry.started_at))
            return told
        case StopHeld(at=at) if isinstance(state, Running):
            return [StoppedElsewhere(state.entry.task, at)]
        case AddHeld(finished):
            task = finished.entry.task
            return [
                StartedElsewhere(task, finished.entry.started_at),
                StoppedElsewhere(task, finished.stopped_at),
            ]
        case _:
            return []


def _finished_by(state: State, event: Event) -> FinishedEntry | None:
    """The entry that the event ends, if it ends one."""
    match state, event:
        case _, Add(finished) | AddHeld(finished):
            return finished
        case Running(entry), Start(new) | Adopt(new):
            return FinishedEntry(entry, max(entry.started_at, new.started_at))
        case Running(entry), Stop(at) | StopHeld(at=at):
            return FinishedEntry(entry, max(entry.started_at, at))
        case _:
            return None
