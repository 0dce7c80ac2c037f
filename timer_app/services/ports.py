"""What the app needs from the world, on one page. Adapters provide it, tests feed it fakes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from timer_app.domain.absence import Absence, AbsenceSignal, UnresolvedAbsence
from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.matching import LookupResult, SafeToRepeat
from timer_app.domain.delivery.outbox import (
    Attempt,
    Delivery,
    DeliveryState,
    DueDelivery,
    Message,
    Service,
)
from timer_app.domain.delivery.outcomes import (
    NotSent,
    Outcome,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    Unauthorized,
)
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.entries.edits import CardDayLedger, DeliveryChange, UndoRecord
from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.minutes import CardDayTotals
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import SegmentedEntry, State, Transition
from timer_app.domain.errors import DomainError
from timer_app.services.delivery.service_status import ServiceStatus

if TYPE_CHECKING:
    # For their types alone: neither the command line nor the tray's first moment needs them.
    from timer_app.domain.hotkeys import HotKeyAction, KeyCombination
    from timer_app.domain.reminders.notification import (
        Notification,
        NotificationAction,
        NotifierState,
        Topic,
    )
    from timer_app.domain.reminders.schedule import ReminderRecord


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


class JournalWriteError(DomainError):
    """The journal could not be written; nothing has changed. The text says why."""


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry with its deliveries.

    `stopped_at` is None while it runs; `remote` is what TimeCrowd last said of it; `zone` is the
    one its dates were found in; one that was cancelled or deleted is `is_deleted`.
    """

    entry: Entry
    stopped_at: datetime | None
    deliveries: tuple[Delivery, ...]
    remote: RemoteEntry | None = None
    zone: str | None = None
    is_deleted: bool = False


class Transactional(Protocol):
    """Writing raises JournalWriteError, and then nothing has changed."""

    def transaction(self) -> AbstractContextManager[None]:
        """Everything inside is committed as one and fsynced, or not at all."""
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
        """Remember what the clocks showed when an entry was begun."""
        ...

    def start_reading(self, entry_id: str) -> ClockReading | None:
        """What the clocks showed when the entry was begun, if they were read then."""
        ...

    def card_day_totals(self, card: Card, first: date, last: date) -> Mapping[date, CardDayTotals]:
        """What the card has on each date from `first` to `last`, both included."""
        ...

    def card_day_ledger(self, card: Card, for_date: date) -> CardDayLedger:
        """The entries and logs of a card on a date."""
        ...

    def pinned_tasks(self) -> Sequence[Task]:
        """The tasks that a person keeps at hand, in the order they were pinned."""
        ...

    def pin(self, task: Task, at: datetime | None) -> None:
        """Keep a task at hand from `at` on; None lets it go. JournalWriteError."""
        ...

    def recent_tasks(self, limit: int) -> Sequence[Task]:
        """The tasks last worked on, the latest first."""
        ...

    def task(self, key: str) -> Task | None:
        """The task of that key (`Task.key`), with the title it was last worked on by."""
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
        """One entry, if there is one of that id, be it forgotten."""
        ...

    def update_entry(self, segmented: SegmentedEntry) -> None:
        """The finished entry has these values now; one that was forgotten is there again."""
        ...

    def mark_deleted(self, entry_id: str) -> None:
        """The entry counts no more; its deliveries stay."""
        ...

    def save_undo_record(self, undo_record: UndoRecord) -> None:
        """Keep what was before, so that it can be undone."""
        ...

    def last_undo_record(self) -> UndoRecord | None:
        """The latest one that is not undone."""
        ...

    def mark_undone(self, undo_record: UndoRecord) -> None:
        """It is undone."""
        ...


class Outbox(Transactional, Protocol):
    """What the services must be told."""

    def entry_of_delivery(self, delivery_id: int) -> LoggedEntry | None:
        """The entry a delivery is about, if there is a delivery of that id."""
        ...

    def next_due(self, service: Service) -> DueDelivery | None:
        """The oldest waiting delivery with nothing open before it in its entry."""
        ...

    def next_unknown(self, service: Service, excluding: Collection[int]) -> DueDelivery | None:
        """The oldest unknown delivery that is not among `excluding`."""
        ...

    def needing_user(self) -> Sequence[LoggedEntry]:
        """The entries with deliveries that need a person; only those deliveries are in them."""
        ...

    def counts(self) -> Mapping[DeliveryState, int]:
        """How many deliveries are in each state."""
        ...

    def open_counts(self) -> Mapping[tuple[Service, bool], int]:
        """How many deliveries are open, by service and by whether they need a person."""
        ...

    def is_claimed(self, service: Service, remote_id: str, except_by: Delivery) -> bool:
        """Whether what the service calls `remote_id` belongs to another delivery of ours."""
        ...

    def is_known_entry(self, remote_id: str) -> bool:
        """Whether an entry of that id in TimeCrowd is, was, or may be one of ours."""
        ...

    def is_suspected_duplicate(self, remote_id: str) -> bool:
        """Whether a person has to say whether that entry of TimeCrowd is one too many."""
        ...

    def is_kept_duplicate(self, remote_id: str) -> bool:
        """Whether a person said that this entry of TimeCrowd, one like ours, is to stay."""
        ...

    def claim_remote_id(self, delivery_id: int, remote_id: str) -> None:
        """What the service calls `remote_id` belongs to that delivery, whatever becomes of it."""
        ...

    def enqueue(self, entry_id: str, message: Message) -> int:
        """Add a delivery behind those that the entry has; its id."""
        ...

    def apply_changes(self, changes: Sequence[DeliveryChange]) -> None:
        """Carry out what an edit changes in what the services are told."""
        ...

    def replace_message(self, delivery: Delivery, message: Message) -> None:
        """Replace the message of a delivery that is not being sent, and let it wait."""
        ...

    def set_state(
        self,
        delivery_id: int,
        state: DeliveryState,
        error: str = "",
        *,
        left_to_user: bool = False,
        refused_status: int | None = None,
    ) -> None:
        """Move a delivery to another state."""
        ...

    def lease(self, delivery_id: int, now: ClockReading) -> bool:
        """Take a waiting delivery in hand, counting the attempt; False if it waits no more."""
        ...

    def complete(self, delivery_id: int, remote_id: str) -> None:
        """A service answered: the delivery is done."""
        ...

    def save_remote(self, entry_id: str, remote: RemoteEntry | None) -> None:
        """Remember what TimeCrowd holds for an entry; None: nothing."""
        ...

    def recover_interrupted(self) -> int:
        """Turn what a dead process left in `sending` to unknown; how many there were."""
        ...

    def service_status(self, service: Service) -> ServiceStatus:
        """How the service was when last seen."""
        ...

    def save_service_status(self, service: Service, status: ServiceStatus) -> None:
        """Remember how the service is."""
        ...


@dataclass(frozen=True, slots=True)
class LateCheck:
    """A delivery that a late request may double, watched `since` it was done."""

    due: DueDelivery
    since: ClockReading


class UnconfirmedAttempts(Transactional, Protocol):
    """Requests of which nobody knows whether the service acted on them."""

    def unconfirmed_attempts(self, delivery_id: int) -> tuple[Attempt, ...]:
        """The tries in doubt, the first first."""
        ...

    def confirm_latest_attempt(self, delivery_id: int) -> None:
        """Of the latest try it is known how it ended."""
        ...

    def confirm_attempts(self, delivery_id: int) -> None:
        """Of none of them any doubt is left."""
        ...

    def schedule_late_check(
        self, delivery: Delivery, since: ClockReading, next_at: datetime
    ) -> None:
        """Look at `next_at` whether a try in doubt has arrived after all."""
        ...

    def end_late_checks(self, delivery_id: int) -> None:
        """Look no more; the tries are forgotten."""
        ...

    def reschedule_late_checks(self, at: datetime) -> None:
        """Look for everything that is watched at `at`."""
        ...

    def next_late_check(self, service: Service) -> LateCheck | None:
        """What is to be looked for next."""
        ...

    def next_late_check_at(self, service: Service) -> datetime | None:
        """When the next look is to be, if there is one."""
        ...

    def has_unconfirmed_start(self, task: Task) -> bool:
        """Whether a beginning on the task is in doubt, or watched since one was."""
        ...


class Journal(EntryRepository, Outbox, UnconfirmedAttempts, Protocol):
    """The durable truth, whole."""


class AbsenceJournal(Journal, Protocol):
    """The journal with what became of the time in which nobody was there.

    While an entry that is over has an open question, nothing about it is due.
    """

    def begin_absence(self, entry_id: str, absence: Absence, shortest: timedelta) -> None:
        """Nobody is there while the entry runs; one that lasts already is brought up to date.

        Less than `shortest` of an entry is not asked about.
        """
        ...

    def end_absence(self, at: datetime) -> None:
        """Somebody is back; what is too short to be asked about is forgotten."""
        ...

    def ongoing_absence(self) -> Absence | None:
        """The absence that nobody came back from yet, as far as it is on record."""
        ...

    def unresolved_absences(self, now: datetime) -> Sequence[UnresolvedAbsence]:
        """What waits for an answer, the earliest first; also what nobody is back from."""
        ...

    def mark_resolved(self, absence_id: int, resolution: str) -> None:
        """The question waits no more; `resolution` is for the record."""
        ...

    def reopen_absence(self, absence_id: int, entry_id: str) -> None:
        """The answer is taken back; the question is about that entry."""
        ...

    def reassign_absences(self, entry_id: str, to: str, since: datetime | None = None) -> None:
        """What is open about an entry is about another one, from `since` on."""
        ...

    def on_hold_counts(self) -> Mapping[Service, int]:
        """How many deliveries wait for an answer."""
        ...

    def is_on_hold(self, entry_id: str) -> bool:
        """Whether what is to be told of the entry waits for an answer."""
        ...


class AbsenceSignalHandler(Protocol):
    """Takes a sign; `on_committed` is called once it is committed, or cannot be."""

    def __call__(
        self, signal: AbsenceSignal, on_committed: Callable[[], None] | None = None
    ) -> None:
        """Take it."""
        ...


class AbsenceSensor(Protocol):
    """Something that tells whether anybody is there."""

    @property
    def name(self) -> str:
        """What it is called in reports."""
        ...

    async def start(self, report: AbsenceSignalHandler, idle_after: timedelta | None) -> str:
        """Tell from now on; why it cannot, "" if it can.

        Idle time begins to count at `idle_after`; None: it is not asked for. May be called again.
        """
        ...

    async def last_input(self) -> datetime | None:
        """When there was the last input; None if it cannot tell."""
        ...

    def set_polling(self, *, enabled: bool) -> None:
        """Whether something runs: what can only be polled is polled only then."""
        ...

    async def stop(self) -> None:
        """Tell no more."""
        ...


class AuditJournal(Journal, Protocol):
    """The journal as it is compared with what the services hold."""

    def card_dates(self, first: date, last: date) -> Sequence[tuple[Card, date]]:
        """The cards and dates with time, or with logs, from `first` to `last`, both included."""
        ...

    def deliveries_for_remote(self, service: Service, remote_id: str) -> Sequence[Delivery]:
        """The deliveries that have, or had, what the service calls `remote_id`, in order."""
        ...

    def unconfirmed_entries(self, service: Service) -> Sequence[LoggedEntry]:
        """The entries with a delivery of which nobody knows yet whether it arrived."""
        ...


class Gateway(Protocol):
    """One service, as the sender sees it."""

    async def deliver(self, due: DueDelivery) -> Outcome:
        """Tell the service; every way this can end is an Outcome, nothing is raised."""
        ...

    async def find_candidates(
        self, due: DueDelivery, ago: timedelta
    ) -> LookupResult | SafeToRepeat:
        """What the service holds that may be this delivery, first tried `ago`. ServiceCallError."""
        ...

    async def fetch_remote_version(self, due: DueDelivery) -> Message | None:
        """The change as the service holds it, None if it holds nothing of it. ServiceCallError."""
        ...


class TimeTracker(Protocol):
    """TimeCrowd, as it is followed and compared with. Every call raises ServiceCallError."""

    async def running_entry(self) -> TrackedEntry | None:
        """What runs for the token's owner."""
        ...

    async def find_entry(self, remote: RemoteEntry) -> RemoteEntry | None:
        """What is held of an entry now; None if it is nowhere to be found."""
        ...

    async def entries_since(self, instant: datetime) -> Sequence[TrackedEntry]:
        """The owner's entries that began at `instant` or later."""
        ...


class ServiceCallError(Exception):
    """A question to a service was not answered; `outcome` says how it ended."""

    def __init__(self, outcome: NotSent | OutcomeUnknown | Unauthorized | Refused) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class CardInfo:
    """A Kaiten card as it is shown to be chosen; `minutes` is all time logged on it."""

    card: Card
    title: str
    archived: bool
    board: str
    column: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list a service offers: a team, a category, a role."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Account:
    """Whose token it is."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CardLog:
    """A time log as Kaiten lists it."""

    id: str
    minutes: int
    for_date: date
    comment: str


class CardLogs(Protocol):
    """Kaiten's time logs, as they are compared with. Every call raises ServiceCallError."""

    async def logs(self, card: Card, for_date: date) -> Sequence[CardLog]:
        """The owner's logs on a card for a date."""
        ...


class CardDirectory(Protocol):
    """Kaiten, as the person who chooses a card sees it. Every call raises ServiceCallError."""

    async def card(self, card: Card | CardKey) -> CardInfo:
        """The card by its number or key."""
        ...

    async def search(self, words: str, most: int) -> Sequence[CardInfo]:
        """Live cards that match the words, the latest first."""
        ...


class KeyringProblem(Enum):
    """Why the keyring gave nothing."""

    EMPTY = "empty"
    LOCKED = "locked"
    ABSENT = "absent"
    SILENT = "silent"
    FAILED = "failed"


class SecretUnavailable(Exception):
    """No secret could be had from the keyring. The text says why and what to do."""

    def __init__(self, text: str, problem: KeyringProblem = KeyringProblem.FAILED) -> None:
        super().__init__(text)
        self.problem = problem


class ProxySecret(Enum):
    """The password of the proxy, kept like a token."""

    PROXY = "proxy"


SecretName = Service | ProxySecret
"""Whose secret it is. Its value is the user name in the keyring."""


class Secrets(Protocol):
    """The keyring of the operating system: tokens, and the password of a proxy."""

    async def token(self, service: SecretName) -> str:
        """The service's token. Raises SecretUnavailable."""
        ...

    async def store(self, service: SecretName, token: str) -> None:
        """Store the token. Raises SecretUnavailable."""
        ...

    async def delete(self, service: SecretName) -> bool:
        """Remove the token; False if there was none. Raises SecretUnavailable."""
        ...


OnNotificationAction = Callable[["NotificationAction", str], None]
"""A person chose that action; the token lets a window come to the front (Wayland), or is ""."""


class Notifier(Protocol):
    """The desktop's notifications. Nothing here waits or raises, whatever the desktop does."""

    @property
    def state(self) -> NotifierState:
        """How the notification service is, as last seen."""
        ...

    def show(self, notification: Notification, on_action: OnNotificationAction) -> None:
        """Show it in place of an earlier one of its topic; `on_action` is called on a click."""
        ...

    def withdraw(self, topic: Topic) -> None:
        """Take it away: it has become pointless. Nothing where none of the topic is shown."""
        ...

    async def run(self) -> None:
        """Do what was asked for, until cancelled."""
        ...

    async def close(self) -> None:
        """Take away what would be clicked in vain. Soon over, whatever the desktop does."""
        ...


class ReminderStore(Protocol):
    """What was reminded of, over a restart. Where it cannot be kept, it is not."""

    def load(self) -> ReminderRecord:
        """What was kept last."""
        ...

    def save(self, record: ReminderRecord) -> None:
        """Keep this in its place."""
        ...


class HotKeyProblem(Enum):
    """Why a hot key cannot work on this desktop."""

    NO_SCREEN = "no screen"
    NO_BACK_END = "no way to grab keys on this system"
    NO_PORTAL = "no portal"
    PORTAL_TOO_OLD = "a portal without hot keys"
    PORTAL_REFUSED = "the portal refused"
    DECLINED = "the person declined"
    LOST = "the connection was lost"
    NO_SUCH_KEY = "a key that the keyboard has not"
    FAILED = "the system refused"


@dataclass(frozen=True, slots=True)
class HotKeyBound:
    """It works. `keys` are those that the desktop really bound, in its words."""

    keys: str


@dataclass(frozen=True, slots=True)
class HotKeyTaken:
    """Another has these keys: an action of ours, or somebody the system does not name."""

    keys: str
    owner: HotKeyAction | None = None


@dataclass(frozen=True, slots=True)
class HotKeyPending:
    """The desktop asks the person."""


@dataclass(frozen=True, slots=True)
class HotKeyUnavailable:
    """It does not work; `detail` are the system's own words, if it said any."""

    problem: HotKeyProblem
    detail: str = ""


HotKeyBinding = HotKeyBound | HotKeyTaken | HotKeyPending | HotKeyUnavailable


class HotKeyBackEnd(Protocol):
    """Keys that work wherever the keyboard is. What they do and who is told is its maker's."""

    def bind(self, wanted: Mapping[HotKeyAction, KeyCombination]) -> None:
        """Have these and no others from now on; returns at once."""
        ...

    @property
    def bindings(self) -> Mapping[HotKeyAction, HotKeyBinding]:
        """How each wanted one is now."""
        ...

    async def close(self) -> None:
        """Give every key back; waits for no person."""
        ...


Observer = Callable[[], None]
