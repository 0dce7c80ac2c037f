"""What entries need from the world: a clock, and a journal that keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta, tzinfo
from typing import Protocol

from timer_app.domain.clock import ClockReading, ClockStamp, ServiceClock
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.entries.card import Card, CardInfo, CardKey, CardsByKey
from timer_app.domain.entries.edits import CardDayLedger, UndoRecord
from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.minutes import CardDayTotals
from timer_app.domain.entries.route import CardPlace, Route
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo
from timer_app.domain.entries.timer import SegmentedEntry, State, Transition
from timer_app.domain.entries.web_address import ChatRoom
from timer_app.domain.setup.accounts import Choice


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    def reading(self) -> ClockReading:
        """The present instant, and a clock beside it that nobody sets."""
        ...

    def zone(self) -> tzinfo:
        """The time zone in force."""
        ...

    def zone_named(self, name: str) -> tzinfo:
        """The zone that `minutes.zone_name` gave that name; the present one if there is none."""
        ...


class Transactional(Protocol):
    """Writing raises JournalError, and then nothing has changed."""

    def transaction(self) -> AbstractContextManager[None]:
        """Everything inside is committed as one and fsynced, or not at all.

        One inside another is part of it: what it did is undone alone if it fails, and is
        committed with the outermost.
        """
        ...

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Call `callback` once all that was begun is committed, at once if nothing was.

        Several requests within one commit lead to one call; none comes of what is undone.
        """
        ...


class EntryRepository(Transactional, Protocol):
    """What was worked on, and when."""

    def state(self) -> State:
        """What runs."""
        ...

    def apply_transition(self, transition: Transition) -> None:
        """Store all that one event changed, its deliveries among it."""
        ...

    def save_start_reading(self, entry_id: str, reading: ClockReading) -> None:
        """Save what the clocks showed when an entry began."""
        ...

    def start_reading(self, entry_id: str) -> ClockReading | None:
        """What the clocks showed when the entry began, if that was saved."""
        ...

    def card_day_totals(self, card: Card, first: date, last: date) -> Mapping[date, CardDayTotals]:
        """What the card has on each date from `first` to `last`, both included."""
        ...

    def card_day_ledger(self, card: Card, for_date: date) -> CardDayLedger:
        """The entries and logs of a card on a date."""
        ...

    def pinned_tasks(self) -> Sequence[Task]:
        """The pinned tasks, in the order they were pinned."""
        ...

    def pin(self, task: Task, at: datetime | None) -> None:
        """Pin a task at `at`; None unpins it. Raises JournalError."""
        ...

    def recent_tasks(self, limit: int) -> Sequence[Task]:
        """The tasks last worked on, the latest first."""
        ...

    def task(self, key: str) -> Task | None:
        """The task of that key (`Task.key`), with the title it was last worked on by."""
        ...

    def room_name(self, room: ChatRoom) -> str:
        """What the person calls a chat room, "" for one that has no name yet."""
        ...

    def cards_by_key(self) -> CardsByKey:
        """The cards whose keys Kaiten was asked for."""
        ...

    def save_card_key(self, card_key: CardKey, card: Card) -> None:
        """Remember which card has the key."""
        ...

    def set_running_task(self, entry: Entry) -> None:
        """Give the running entry the task that it has as a value."""
        ...

    def save_route(self, entry_id: str, route: Route) -> None:
        """Keep where an entry goes."""
        ...

    def chosen_route(self, task: Task) -> Route:
        """The team and category that a person chose for the task; PLAIN without a choice."""
        ...

    def choose_route(self, task: Task, route: Route) -> None:
        """Remember a person's choice for the task; PLAIN forgets it."""
        ...

    def is_begun_here(self, task: Task) -> bool:
        """Whether an entry on the task began here and is known to TimeCrowd."""
        ...

    def card_place(self, card: Card) -> CardPlace | None:
        """Where Kaiten last showed the card, None if it never did."""
        ...

    def save_card_place(self, card: Card, place: CardPlace) -> None:
        """Remember where Kaiten shows the card."""
        ...

    def listed(self, name: str) -> Sequence[Choice]:
        """A list of a service as it was last seen; empty if it never was."""
        ...

    def save_list(self, name: str, choices: Sequence[Choice]) -> None:
        """Remember a list of a service."""
        ...

    def forget_unused_task(self, task: Task, successor: Task) -> None:
        """Forget a task without a card that no entry has any more; `successor` took its place."""
        ...

    def seconds_on(self, day: date) -> int:
        """How long the finished entries of that date took together."""
        ...

    def last_stop(self) -> datetime | None:
        """When the latest finished entry ended, if there is any."""
        ...

    def overlapping(self, started_at: datetime, stopped_at: datetime) -> Sequence[LoggedEntry]:
        """Entries that share time with the stretch from `started_at` to `stopped_at`."""
        ...

    def entries(self, first: date, last: date) -> Iterable[LoggedEntry]:
        """The entries with time on those dates, both included, in order of their start."""
        ...

    def entry(self, entry_id: str) -> LoggedEntry | None:
        """The entry of that id, also a deleted one; None if there is none."""
        ...

    def update_entry(self, segmented: SegmentedEntry) -> None:
        """The finished entry has these values now; one that was forgotten is there again."""
        ...

    def update_running(self, entry: Entry) -> None:
        """What runs has this start and task now."""
        ...

    def mark_deleted(self, entry_id: str) -> None:
        """The entry counts no more; its deliveries stay."""
        ...

    def save_undo_record(self, undo_record: UndoRecord) -> None:
        """Keep what was before, so that it can be undone."""
        ...

    def last_undo_record(self) -> UndoRecord | None:
        """The latest one that is not undone. Raises JournalError for a damaged one."""
        ...

    def latest_undo_id(self) -> int:
        """The number of the latest one that is not undone, 0 without one; it may be damaged."""
        ...

    def mark_undone(self, undo_record: UndoRecord) -> None:
        """It is undone."""
        ...


class ClockMemory(Protocol):
    """What is known of the services' clock. Writing raises JournalError."""

    def service_clock(self) -> ServiceClock | None:
        """What was known last, also before the computer was restarted; None for nothing."""
        ...

    def save_service_clock(self, known: ServiceClock) -> None:
        """Remember what is known now, and forget the stamps of other boots."""
        ...

    def save_clock_stamp(self, stamp: ClockStamp) -> None:
        """An end of an entry was given here; without a boot time it is not kept."""
        ...

    def copy_clock_stamps(self, entry_id: str, to: str) -> None:
        """Another entry has ends of this one, as far as it was not given its own."""
        ...

    def clock_stamps(self, boot_id: str) -> Sequence[ClockStamp]:
        """What was given in that boot, each entry's beside each other."""
        ...

    def shift_timings(self, by: timedelta) -> None:
        """Shift the instants before which logs are not sent: the clock was corrected by so much."""
        ...

    def move_running_start(self, entry_id: str, started_at: datetime) -> None:
        """The entry that runs began at another instant."""
        ...

    def move_beside_entry(self, entry_id: str, moves: Mapping[datetime, datetime]) -> None:
        """Ends of the entry were corrected: what can be undone, and open questions, go along."""
        ...


class CardDirectory(Protocol):
    """Kaiten, as the person who chooses a card sees it. Every call raises ServiceCallError."""

    async def card(self, card: Card | CardKey) -> CardInfo:
        """The card by its number or key."""
        ...

    async def search(self, words: str, most: int) -> Sequence[CardInfo]:
        """Live cards that match the words, the latest first."""
        ...

    async def my_cards(self) -> Sequence[CardInfo]:
        """The live cards in progress that the token's owner is a member of or responsible for.

        The latest changed first.
        """
        ...


class TaskDirectory(Protocol):
    """TimeCrowd's tasks, as the person who chooses one sees them. Raises ServiceCallError."""

    async def search_tasks(self, words: str) -> Sequence[TimeCrowdTaskInfo]:
        """Open tasks of all one's teams whose titles match."""
        ...

    async def most_used_tasks(self, most: int) -> Sequence[TimeCrowdTaskInfo]:
        """Open tasks of all one's teams that one worked on most; only some servers tell them."""
        ...

    async def find_task(self, task: TimeCrowdTask) -> TimeCrowdTaskInfo | None:
        """The task in its team, in any of one's teams where that is not known; None: in none."""
        ...


Observer = Callable[[], None]
