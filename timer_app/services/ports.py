"""What the app needs from the world, on one page. Adapters provide it, tests feed it fakes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from timer_app.domain.card import Card, CardKey
from timer_app.domain.delivery import Delivery, DeliveryState, Due, Message, Service
from timer_app.domain.entry import Entry
from timer_app.domain.looking import Looked, SafeToRepeat
from timer_app.domain.minutes import CardDay
from timer_app.domain.outcome import (
    NotSent,
    Outcome,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    Unauthorized,
)
from timer_app.domain.task import Task
from timer_app.domain.timer import State, Transition
from timer_app.services.service_status import ServiceStatus


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    def zone(self) -> tzinfo:
        """The time zone in force."""
        ...


class JournalUnwritable(Exception):
    """The journal could not be written; nothing has changed. The text says why."""


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry with its deliveries; `stopped_at` is None while it runs."""

    entry: Entry
    stopped_at: datetime | None
    deliveries: tuple[Delivery, ...]


class Journal(Protocol):
    """The durable truth. Writing raises JournalUnwritable, and then nothing has changed."""

    def transaction(self) -> AbstractContextManager[None]:
        """Everything inside is committed as one and fsynced, or not at all."""
        ...

    def state(self) -> State:
        """What runs."""
        ...

    def apply(self, transition: Transition) -> None:
        """Store all that one event changed, its deliveries among it."""
        ...

    def card_days(self, card: Card, first: date, last: date) -> Mapping[date, CardDay]:
        """What the card has on each date from `first` to `last`, both included."""
        ...

    def recent_tasks(self, most: int) -> Sequence[Task]:
        """The tasks last worked on, the latest first."""
        ...

    def task(self, key: str) -> Task | None:
        """The task of that key (`Task.key`), with the title it was last worked on by."""
        ...

    def seconds_on(self, day: date) -> int:
        """How long the finished entries of that date took together."""
        ...

    def overlapping(self, started_at: datetime, stopped_at: datetime) -> Sequence[LoggedEntry]:
        """Entries that share time with the stretch from `started_at` to `stopped_at`."""
        ...

    def entries(self, first: date, last: date) -> Iterable[LoggedEntry]:
        """The entries with time on those dates, both included, in order of their start."""
        ...

    def entry(self, entry_id: str) -> LoggedEntry | None:
        """One entry, if there is one of that id."""
        ...

    def delivery(self, delivery_id: int) -> LoggedEntry | None:
        """The entry a delivery is about, if there is a delivery of that id."""
        ...

    def next_due(self, service: Service) -> Due | None:
        """The oldest waiting delivery with nothing open before it in its entry."""
        ...

    def needing_person(self) -> Sequence[LoggedEntry]:
        """The entries with deliveries that need a person; only those deliveries are in them."""
        ...

    def counts(self) -> Mapping[DeliveryState, int]:
        """How many deliveries are in each state."""
        ...

    def open_counts(self) -> Mapping[tuple[Service, bool], int]:
        """How many deliveries are open, by service and by whether they need a person."""
        ...

    def rewrite(self, delivery: Delivery, message: Message) -> None:
        """Replace the message of a delivery that has certainly not been sent."""
        ...

    def mark(
        self,
        delivery_id: int,
        state: DeliveryState,
        error: str = "",
        *,
        left_to_person: bool = False,
    ) -> None:
        """Move a delivery to another state."""
        ...

    def begin_sending(self, delivery_id: int, now: datetime) -> bool:
        """Take a waiting delivery in hand, counting the attempt; False if it waits no more."""
        ...

    def next_unknown(self, service: Service, leaving_out: Collection[int]) -> Due | None:
        """The oldest unknown delivery that is not among `leaving_out`."""
        ...

    def is_claimed(self, service: Service, remote_id: str, by_others_than: Delivery) -> bool:
        """Whether what the service calls `remote_id` belongs to another delivery of ours."""
        ...

    def complete(self, delivery: Delivery, remote_id: str) -> None:
        """A service answered: the delivery is done."""
        ...

    def keep_remote(self, entry_id: str, remote: RemoteEntry) -> None:
        """Remember what TimeCrowd holds for an entry."""
        ...

    def tell(self, entry_id: str, message: Message) -> None:
        """Add a delivery behind those that the entry has."""
        ...

    def interrupted(self) -> int:
        """Turn what a dead process left in `sending` to unknown; how many there were."""
        ...

    def service_status(self, service: Service) -> ServiceStatus:
        """How the service was when last seen."""
        ...

    def keep_service_status(self, service: Service, status: ServiceStatus) -> None:
        """Remember how the service is."""
        ...


class Gateway(Protocol):
    """One service, as the sender sees it."""

    async def deliver(self, due: Due) -> Outcome:
        """Tell the service; every way this can end is an Outcome, nothing is raised."""
        ...

    async def look(self, due: Due) -> Looked | SafeToRepeat:
        """What the service holds that may be this delivery. Raises ServiceProblem."""
        ...


class ServiceProblem(Exception):
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


class CardBook(Protocol):
    """Kaiten, as the person who chooses a card sees it. Every call raises ServiceProblem."""

    async def card(self, card: Card | CardKey) -> CardInfo:
        """The card by its number or key."""
        ...

    async def search(self, words: str, most: int) -> Sequence[CardInfo]:
        """Live cards that match the words, the latest first."""
        ...


class TokenUnavailable(Exception):
    """No token could be had from the keyring. The text says why and what to do."""


class Secrets(Protocol):
    """The keyring of the operating system."""

    async def token(self, service: Service) -> str:
        """The service's token. Raises TokenUnavailable."""
        ...

    async def keep(self, service: Service, token: str) -> None:
        """Store the token. Raises TokenUnavailable."""
        ...

    async def forget(self, service: Service) -> bool:
        """Remove the token; False if there was none. Raises TokenUnavailable."""
        ...


Observer = Callable[[], None]
