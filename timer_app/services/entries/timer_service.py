"""Start, stop and the rest: an event becomes one commit, then observers are notified.

Plain calls, nothing awaited: the network never delays a click. The state is read from the journal
each time, so the app and the command line cannot hold different ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from timer_app.domain.clock import ClockReading, ClockStamp, elapsed, wall_clock_shift
from timer_app.domain.delivery.outbox import (
    DeliveryState,
    LoggedEntry,
    card_search,
    creating_delivery,
    is_dropped_start,
    is_enqueued_for_timecrowd,
    stop_message_for,
)
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import (
    AdoptedEntry,
    RemoteState,
    TrackedEntry,
    adopt_tracked,
    followed_running,
    has_moved,
    remote_change_events,
)
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DeleteEntry,
    Message,
    StopEntry,
    is_same_instant,
)
from timer_app.domain.entries.comment import clean_comment
from timer_app.domain.entries.edits import EditKind, EnqueueMessage, UndoRecord, deletion_changes
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source, whole_second
from timer_app.domain.entries.minutes import local_date
from timer_app.domain.entries.route import Route
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import (
    Add,
    Annotate,
    Cancel,
    CorrectStart,
    Effect,
    Event,
    Idle,
    RemoteAdded,
    RemoteDeleted,
    RemoteStarted,
    RemoteStopped,
    Running,
    Start,
    State,
    Stop,
    Transition,
    step,
)
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.domain.messages import EntryMessageId, TimeMessageId
from timer_app.domain.reminders.notice import (
    ClockChangedNotice,
    Notice,
    RemoteDeletionNotice,
    RemoteStartNotice,
    RemoteStopNotice,
)
from timer_app.domain.setup.local_time import LONGEST_RUNNING, mistyped_year
from timer_app.services.delivery.outcomes import commit_changes
from timer_app.services.delivery.ports import Journal
from timer_app.services.entries.logging_context import LoggingRules, logging_context_for
from timer_app.services.entries.ports import Clock, Observer
from timer_app.services.entries.routing import (
    known_task,
    route_again,
    route_for_remote,
    route_for_task,
    task_again,
)


class TimerService:
    """The one way to change what runs.

    Every method raises NotPossible or JournalError, and then nothing has changed.
    """

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        rules: Callable[[], LoggingRules],
        new_id: Callable[[], str],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._rules = rules
        self._new_id = new_id
        self._observers: list[Observer] = []
        self._before_change: list[Observer] = []
        self._notice_listeners: list[Callable[[Notice], None]] = []

    def observe(self, observer: Observer) -> None:
        """Call `observer` after every commit."""
        self._observers.append(observer)

    def on_before_change(self, save: Observer) -> None:
        """Call `save` before an entry begins or ends, for a comment that is still being typed."""
        self._before_change.append(save)

    def on_notice(self, listener: Callable[[Notice], None]) -> None:
        """Call `listener` with notices: what happened without the person."""
        self._notice_listeners.append(listener)

    def notify_observers(self) -> None:
        """Notify observers, once the open transaction is committed."""
        self._journal.after_commit(self._notify)

    def _notify(self) -> None:
        for observer in self._observers:
            observer()

    @property
    def state(self) -> State:
        """What runs."""
        return self._journal.state()

    def entry_now(self) -> datetime:
        """The present by the clock of what runs, by which its length is true.

        The wall clock less what it was set by since the start, in whole seconds, as a stop records
        it; the wall clock where nothing runs, or the journal cannot be read.
        """
        now = whole_second(self._clock.now())
        try:
            return whole_second(now - self._clock_shift(self._journal.state()))
        except JournalError:  # whoever reads the journal for itself says so
            return now

    def _clock_shift(self, state: State) -> timedelta:
        """How far the wall clock was set since what runs began."""
        began = self._journal.start_reading(state.entry.id) if isinstance(state, Running) else None
        return timedelta(0) if began is None else wall_clock_shift(began, self._clock.reading())

    def today(self) -> date:
        """The date that this instant counts for."""
        return local_date(self._clock.now(), self._clock.zone(), self._rules().day_start)

    def start(
        self,
        task: Task | None,
        source: Source,
        *,
        comment: str = "",
        at: datetime | None = None,
        pressed: ClockReading | None = None,
        route: Route | None = None,
    ) -> Transition:
        """Begin an entry on `task`, or on the last one; what runs is stopped at that instant.

        `at` is an instant that the person named, `pressed` what the clocks showed at the press, a
        moment ago. With a `route` the person chose team or category, which is remembered for the
        task; PLAIN takes an earlier choice back.
        """
        pressed = self._pressed(pressed)
        instant = self._named_start(at) if at else whole_second(pressed.wall)
        entry = self._new_entry(task, instant, source, comment, route)
        return self._begin(Start(entry), pressed, route, is_typed=at is not None)

    def start_again(
        self, entry_id: str, source: Source, *, comment: str = "", at: datetime | None = None
    ) -> Transition:
        """Begin another entry that goes on with this one: its task, in the team it is in.

        For `at` see `start`.
        """
        logged = self._journal.entry(entry_id)
        if logged is None:
            raise NotPossible(EntryMessageId.NONE_SUCH, entry_id)
        pressed = self._pressed(None)
        instant = self._named_start(at) if at else whole_second(pressed.wall)
        task = task_again(logged, self._rules(), self._journal)
        self._rules().require_comment_fits(comment, task)
        again = replace(logged.entry, task=task)
        route = route_again(again, self._rules(), self._journal)
        entry = Entry(self._new_id(), task, instant, source, clean_comment(comment), route)
        search = card_search(logged.deliveries)
        with self._journal.transaction():
            transition = self._begin(Start(entry), pressed, None, is_typed=at is not None)
            if task.card is None and search and search.state is not DeliveryState.DONE:
                self._journal.enqueue(entry.id, search.message)  # its time is the card's, too
        return transition

    def _new_entry(
        self, task: Task | None, began: datetime, source: Source, comment: str, route: Route | None
    ) -> Entry:
        entry_id, task = self._new_id(), task or self._last_task()
        self._rules().require_comment_fits(comment, task)
        found = route_for_task(task, self._rules(), self._journal, route)
        return Entry(entry_id, task, began, source, clean_comment(comment), found)

    def _begin(
        self, event: Start | Add, pressed: ClockReading, route: Route | None, *, is_typed: bool
    ) -> Transition:
        """Commit the event together with the choice that a person made for its task."""
        if route is None:
            return self._dispatch(event, pressed, is_typed=is_typed)
        entry = event.entry if isinstance(event, Start) else event.finished.entry
        with self._journal.transaction():
            transition = self._dispatch(event, pressed, is_typed=is_typed)
            self._journal.choose_route(entry.task, route)
        return transition

    def choose_route(self, task: Task, route: Route) -> bool:
        """Remember a person's choice of team and category for the task; PLAIN takes it back.

        Returns whether it counts for what runs too: only while nothing of that was sent.
        """
        with self._journal.transaction():
            self._journal.choose_route(task, route)
            state = self._journal.state()
            applies = isinstance(state, Running) and self._is_untold(state.entry, task)
            if isinstance(state, Running) and applies:
                found = route_for_task(task, self._rules(), self._journal)
                self._journal.save_route(state.entry.id, found)
            self.notify_observers()
        return applies

    def _is_untold(self, entry: Entry, task: Task) -> bool:
        """Whether the entry is one of the task, and certainly not in TimeCrowd."""
        logged = self._journal.entry(entry.id)
        begun = creating_delivery(logged.deliveries) if logged else None
        return entry.task.key == task.key and begun is not None and begun.is_rewritable

    def stop(
        self,
        *,
        comment: str | None = None,
        at: datetime | None = None,
        pressed: ClockReading | None = None,
    ) -> Transition:
        """End what runs; for the instants see `start`."""
        pressed = self._pressed(pressed)
        instant = self._named_instant(at) if at else whole_second(pressed.wall)
        self._require_comment_fits(comment or "")
        return self._dispatch(Stop(instant, comment), pressed, is_typed=at is not None)

    def toggle(self, source: Source, *, pressed: ClockReading | None = None) -> Transition:
        """What a click on the tray does: stop what runs, or start the last task."""
        match self.state:
            case Running():
                return self.stop(pressed=pressed)
            case Idle():
                return self.start(None, source, pressed=pressed)

    def cancel(self) -> Transition:
        """Discard the running entry; TimeCrowd's entry is deleted, Kaiten gets nothing."""
        return self._dispatch(Cancel())

    def annotate(self, comment: str) -> Transition:
        """Give what runs another comment."""
        self._require_comment_fits(comment)
        return self._dispatch(Annotate(comment))

    def _require_comment_fits(self, comment: str) -> None:
        """Raise NotPossible for a comment that is too long for what runs."""
        task = self.state.entry.task if isinstance(self.state, Running) else None
        self._rules().require_comment_fits(comment, task)

    def correct_start(self, at: datetime) -> Transition:
        """Give what runs the start that a person names; TimeCrowd follows, and Kaiten at its end.

        It can be undone. Raises NotPossible where nothing runs or the instant is still to come.
        """
        event = CorrectStart(self._named_start(at))
        return self._dispatch(event, self._clock.reading(), is_typed=True)

    def add(
        self,
        task: Task | None,
        source: Source,
        started_at: datetime,
        stopped_at: datetime,
        *,
        comment: str = "",
        route: Route | None = None,
    ) -> Transition:
        """Record an entry that is over; for `route` see `start`."""
        begin, end = self._named_instant(started_at), self._named_instant(stopped_at)
        if years := mistyped_year(begin, self._clock.now(), self._clock.zone()):
            raise NotPossible(TimeMessageId.LONG_AGO, *years)
        entry = self._new_entry(task, begin, source, comment, route)
        added = Add(FinishedEntry(entry, end))
        return self._begin(added, self._clock.reading(), route, is_typed=True)

    def preview_add(self, finished: FinishedEntry) -> Transition:
        """The transition of `add`, without committing it. Raises NotPossible."""
        context = logging_context_for(finished, self._rules(), self._clock.zone(), self._journal)
        return step(self._journal.state(), Add(finished), context)

    def _pressed(self, pressed: ClockReading | None) -> ClockReading:
        """The clocks at a press; what the services said of the time since counts for it too."""
        now = self._clock.reading()
        if pressed is None or not wall_clock_shift(pressed, now):
            return pressed or now
        return replace(pressed, wall=now.wall - elapsed(pressed, now))

    def _named_instant(self, at: datetime) -> datetime:
        now, instant = whole_second(self._clock.now()), whole_second(at)
        if instant > now:
            local = instant.astimezone(self._clock.zone())
            raise NotPossible(TimeMessageId.TO_COME, f"{local:%Y-%m-%d %H:%M:%S}")
        return instant

    def _named_start(self, at: datetime) -> datetime:
        instant, now = self._named_instant(at), self._clock.now()
        if years := mistyped_year(instant, now, self._clock.zone(), LONGEST_RUNNING):
            raise NotPossible(TimeMessageId.START_LONG_AGO, *years)
        return instant

    def _last_task(self) -> Task:
        for task in self._journal.recent_tasks(1):
            return task
        raise NotPossible(EntryMessageId.NO_LAST_TASK)

    def apply_remote_changes(
        self, seen: RemoteState, remote: RemoteEntry | None, kaiten: str
    ) -> bool:
        """Do as TimeCrowd shows that another device did; whether it did something.

        `remote` is what TimeCrowd held of ours.
        """
        notices: list[Notice] = []
        with self._journal.transaction():
            state = self._journal.state()
            events = remote_change_events(
                state, remote, seen, lambda other: self._entry_from_remote(other, kaiten)
            )
            for event in events:
                self._save_drafts_before(event)
                notices += _notices(self._journal.state(), event)
                self._apply_event(event)
            if events:
                self.notify_observers()
            for notice in _with_switches(notices):
                self.publish(notice)
        return bool(events)

    def follow_running(self, tracked: TrackedEntry, kaiten: str) -> None:
        """Take the start or the task that another device gave what runs."""
        with self._journal.transaction():
            state = self._journal.state()
            if not isinstance(state, Running):
                return
            logged, remote = self._journal.entry(state.entry.id), tracked.remote
            if logged is None or logged.remote is None or logged.remote.id != remote.id:
                return
            changed = followed_running(
                state.entry, logged.remote, tracked, kaiten, self._journal.cards_by_key()
            )
            if has_moved(logged.remote, remote):
                changed = replace(changed, task=known_task(changed.task, remote, self._journal))
                changed = self._with_remote_route(changed, tracked)
            self._journal.save_remote(state.entry.id, remote)
            if changed != state.entry:
                self._journal.update_running(changed)
                self.notify_observers()

    def forget_running(self) -> None:
        """Discard what runs, here alone: another device deleted it. It can be undone."""
        state = self._journal.state()
        if isinstance(state, Running):
            self._dispatch(RemoteDeleted())
            self.publish(RemoteDeletionNotice(state.entry.task, whole_second(self._clock.now())))

    def adopt_finished(self, found: Sequence[TrackedEntry], kaiten: str) -> tuple[str, ...]:
        """Take in entries that began and ended elsewhere; the ids that they have here."""
        adopted = []
        with self._journal.transaction():
            for tracked in found:
                new, stop = self._entry_from_remote(tracked, kaiten), tracked.remote.stopped_at
                entry = new.entry
                if stop is None:
                    continue
                finished = FinishedEntry(entry, max(entry.started_at, whole_second(stop)))
                self._apply_event(RemoteAdded(finished, tracked.remote, new.card_key))
                adopted.append(entry.id)
            if adopted:
                self.notify_observers()
        return tuple(adopted)

    def _entry_from_remote(self, other: TrackedEntry, kaiten: str) -> AdoptedEntry:
        """Our entry for another device's; a task that is known keeps the title it has here.

        One that is new here, and of which no rule can say where it goes, is begun here in the team
        that it was seen in.
        """
        adopted = adopt_tracked(other, self._new_id(), kaiten, self._journal.cards_by_key())
        entry = adopted.entry
        if adopted.card_key is None:  # else a task of this title may have another card, or none
            entry = replace(entry, task=known_task(entry.task, other.remote, self._journal))
        entry, team_id = self._with_remote_route(entry, other), None
        if entry.task.card is None and adopted.card_key is None:
            team_id = entry.route.team_id
        if team_id is not None and self._journal.task(entry.task.key) is None:
            self._journal.choose_route(entry.task, Route(team_id))
        return replace(adopted, entry=entry)

    def _with_remote_route(self, entry: Entry, other: TrackedEntry) -> Entry:
        route = route_for_remote(entry.task, other.team_id, self._rules(), self._journal)
        return replace(entry, route=route)

    def _dispatch(
        self, event: Event, pressed: ClockReading | None = None, *, is_typed: bool = False
    ) -> Transition:
        """Commit an event that came when the clocks showed `pressed`; None if it has no instant.

        `is_typed` where a person named its instant.
        """
        self._refuse_idle(event)
        self._save_drafts_before(event)
        with self._journal.transaction():
            notice = None
            if not is_typed:
                event, notice = self._corrected_for_clock_shift(event, pressed)
            transition = self._apply_event(event, pressed, is_typed=is_typed)
            self.notify_observers()
            if notice is not None:
                self.publish(notice)
        return transition

    def _refuse_idle(self, event: Event) -> None:
        """Raise NotPossible for the end of what does not run, before the journal is asked to write.

        Another program may hold it, and that is not what stands in the way.
        """
        match event:
            case Stop() | Cancel() if isinstance(self.state, Idle):
                is_stop = isinstance(event, Stop)
                raise NotPossible(
                    EntryMessageId.NOTHING_TO_STOP if is_stop else EntryMessageId.NOTHING_TO_CANCEL
                )
            case _:
                return

    def save_drafts(self) -> None:
        """Before an entry begins or ends: save what is still being typed about it."""
        for save in self._before_change:
            save()

    def _save_drafts_before(self, event: Event) -> None:
        if not isinstance(event, Annotate | Add | RemoteAdded):
            self.save_drafts()

    def publish(self, notice: Notice) -> None:
        """Notify listeners once the open transaction is committed."""
        for listener in self._notice_listeners:
            self._journal.after_commit(partial(listener, notice))

    def _apply_event(
        self, event: Event, pressed: ClockReading | None = None, *, is_typed: bool = False
    ) -> Transition:
        state = self._journal.state()
        zone = self._clock.zone()
        context = logging_context_for(
            _entry_finished_by(state, event), self._rules(), zone, self._journal
        )
        transition = step(state, event, context)
        if transition.cancelled is not None:
            self._save_undo_record(EditKind.CANCEL, transition.cancelled)
        is_corrected = isinstance(event, CorrectStart) and transition.state != state
        if is_corrected and isinstance(state, Running):
            self._save_undo_record(EditKind.EDIT, state.entry)
        transition = replace(transition, effects=self._adjusted_effects(transition))
        self._journal.apply_transition(transition)
        if isinstance(event, CorrectStart) and isinstance(transition.state, Running):
            self._journal.update_running(transition.state.entry)
        if isinstance(event, Start | RemoteStarted):  # the clocks here decide the end of both
            self._journal.save_start_reading(event.entry.id, self._clock.reading())
        if pressed is not None:
            for stamp in _clock_stamps(event, transition, pressed, is_typed=is_typed):
                self._journal.save_clock_stamp(stamp)
        return transition

    def _corrected_for_clock_shift(
        self, event: Event, pressed: ClockReading | None
    ) -> tuple[Event, ClockChangedNotice | None]:
        """An end by the clock that nobody sets: the wall clock may have been set meanwhile.

        The entry keeps its start, which its services know, and its true length. An instant that
        a person named is taken at their word.
        """
        state = self._journal.state()
        if pressed is None or not isinstance(state, Running):
            return event, None
        by = self._clock_shift(state)
        match event:
            case Stop(at, comment):
                ended = max(state.entry.started_at, whole_second(at - by))
                changed: Event = Stop(ended, comment)
            case Start() if by:
                ended = max(state.entry.started_at, whole_second(event.entry.started_at - by))
                self._apply_event(Stop(ended), pressed)
                changed = event
            case _:
                return event, None
        return changed, ClockChangedNotice(by, ended) if by else None

    def _adjusted_effects(self, transition: Transition) -> tuple[Effect, ...]:
        """The effects that fit the earlier deliveries: some are dropped or replaced."""
        fitted = []
        for effect in transition.effects:
            message = self._adjusted_message(effect, transition)
            if message is not None:
                fitted.append(replace(effect, message=message))
        return tuple(fitted)

    def _adjusted_message(self, effect: Effect, transition: Transition) -> Message | None:
        logged = self._journal.entry(effect.entry_id)
        if logged is None or effect.remote is not None:
            return effect.message
        match effect.message:
            case StopEntry() if transition.ended:
                return stop_message_for(transition.ended.finished, logged.deliveries)
            case CommentEntry() if is_dropped_start(logged.deliveries):
                return None
            case CorrectTimes() if not is_enqueued_for_timecrowd(logged.deliveries):
                return None
            case DeleteEntry():
                return self._withdraw_deliveries(logged)
            case other:
                return other

    def _withdraw_deliveries(self, logged: LoggedEntry) -> Message | None:
        """What was not sent is dropped; the rest, if there is any, is to be deleted."""
        changes = deletion_changes(logged.entry.id, logged.deliveries)
        rest = [each for each in changes if not isinstance(each, EnqueueMessage)]
        commit_changes(self._journal, rest, self._clock)
        return next((each.message for each in changes if isinstance(each, EnqueueMessage)), None)

    def _save_undo_record(self, kind: EditKind, entry: Entry) -> None:
        """Let what is done to a running entry be undone."""
        logged = self._journal.entry(entry.id)
        is_enqueued = logged is not None and is_enqueued_for_timecrowd(logged.deliveries)
        self._journal.save_undo_record(UndoRecord(kind, entry, None, is_enqueued))


def _clock_stamps(
    event: Event, transition: Transition, reading: ClockReading, *, is_typed: bool
) -> Iterator[ClockStamp]:
    """The ends that were reading here: they are put right if the wall clock proves to be wrong."""
    if transition.ended is not None:
        ended = transition.ended.finished
        if isinstance(event, Add):
            yield ClockStamp(ended.entry.id, False, ended.entry.started_at, reading, is_typed)
        yield ClockStamp(ended.entry.id, True, ended.stopped_at, reading, is_typed)
    if isinstance(event, CorrectStart) and isinstance(transition.state, Running):
        yield ClockStamp(transition.state.entry.id, False, event.at, reading, is_typed)
    if isinstance(event, Start):
        yield ClockStamp(event.entry.id, False, event.entry.started_at, reading, is_typed)


def _notices(state: State, event: Event) -> list[Notice]:
    match event:
        case RemoteStarted(entry):
            notices: list[Notice] = [RemoteStartNotice(entry.task, entry.started_at)]
            if isinstance(state, Running):
                notices.insert(0, RemoteStopNotice(state.entry.task, entry.started_at))
            return notices
        case RemoteStopped(at=at) if isinstance(state, Running):
            return [RemoteStopNotice(state.entry.task, at)]
        case RemoteAdded(finished):
            task = finished.entry.task
            return [
                RemoteStartNotice(task, finished.entry.started_at),
                RemoteStopNotice(task, finished.stopped_at),
            ]
        case _:
            return []


def _with_switches(notices: list[Notice]) -> list[Notice]:
    """The notices, those of a start at the instant of the stop before it as switches."""
    marked: list[Notice] = []
    for notice in notices:
        before = marked[-1] if marked else None
        if isinstance(before, RemoteStopNotice) and isinstance(notice, RemoteStartNotice):
            is_switch = is_same_instant(before.at, notice.at)
            marked.append(replace(notice, is_switch=is_switch))
        else:
            marked.append(notice)
    return marked


def _entry_finished_by(state: State, event: Event) -> FinishedEntry | None:
    """The entry that the event ends, if it ends one."""
    match state, event:
        case _, Add(finished) | RemoteAdded(finished):
            return finished
        case Running(entry), Start(new) | RemoteStarted(new):
            return FinishedEntry(entry, max(entry.started_at, new.started_at))
        case Running(entry), Stop(at) | RemoteStopped(at=at):
            return FinishedEntry(entry, max(entry.started_at, at))
        case _:
            return None
