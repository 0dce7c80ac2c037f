"""What delivery needs from the world: the outbox, and the services it speaks to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from timer_app.domain.clock import ClockReading
from timer_app.domain.delivery.log_timing import LogTiming
from timer_app.domain.delivery.matching import LookupResult, SafeToRepeat
from timer_app.domain.delivery.outbox import (
    Attempt,
    Delivery,
    DeliveryState,
    DueDelivery,
    LateCheck,
    LoggedEntry,
)
from timer_app.domain.delivery.outcomes import (
    CardLog,
    NotSent,
    Outcome,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    Unauthorized,
)
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.remote_history import AccountUse, KnownEntry
from timer_app.domain.delivery.service_messages import Message
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.edits import DeliveryChange
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service
from timer_app.services.delivery.service_status import ServiceStatus
from timer_app.services.entries.ports import ClockMemory, EntryRepository, Transactional


class Outbox(Transactional, Protocol):
    """The deliveries of the journal."""

    def entry_of_delivery(self, delivery_id: int) -> LoggedEntry | None:
        """The entry a delivery is about, if there is a delivery of that id."""
        ...

    def delivery(self, delivery_id: int) -> Delivery | None:
        """A delivery as it is now, if there is one of that id."""
        ...

    def next_due(self, service: Service, now: datetime | None = None) -> DueDelivery | None:
        """The oldest waiting delivery with nothing open before it in its entry.

        With `now`, only one that may be sent by then.
        """
        ...

    def next_timed_at(self, service: Service) -> datetime | None:
        """When the first waiting delivery with a timing may be sent, None if there is none."""
        ...

    def set_timing(self, delivery_id: int, timing: LogTiming) -> None:
        """Save when the log may be sent."""
        ...

    def claim_log(self, delivery_id: int, log_id: str) -> None:
        """The log is done: another computer made it as `log_id`."""
        ...

    def unclaim_log(self, delivery_id: int, error: str) -> None:
        """Take back `claim_log`: a person is asked again, with `error` as the reason."""
        ...

    def mark_stopped_elsewhere(self, entry_id: str) -> None:
        """Another device stopped the entry."""
        ...

    def is_shared_day(self, card: Card, for_date: date) -> bool:
        """Whether entries that began elsewhere have time on the card and date."""
        ...

    def save_switch(self, at: datetime) -> None:
        """An entry of ours began in TimeCrowd `at`, which ended there whatever else ran."""
        ...

    def switched_at(self, entry_id: str) -> datetime | None:
        """When an entry of ours began in TimeCrowd while the stop of this one was not sent yet."""
        ...

    def next_unknown(self, service: Service, excluding: Collection[int]) -> DueDelivery | None:
        """The oldest unknown delivery that is not among `excluding`."""
        ...

    def ids_needing_user(self, after: int = 0, most: int | None = None) -> Sequence[int]:
        """The ids of deliveries that need a person, beyond `after`; the oldest first."""
        ...

    def needing_user(self, delivery_ids: Sequence[int]) -> Sequence[LoggedEntry]:
        """The entries of these deliveries, with all deliveries in them that need a person."""
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
        """Let the record `remote_id` of the service belong to that delivery, whatever its state."""
        ...

    def enqueue(self, entry_id: str, message: Message) -> int:
        """Add a delivery behind those that the entry has; its id."""
        ...

    def apply_changes(self, changes: Sequence[DeliveryChange]) -> None:
        """Apply how an edit changes the outbox."""
        ...

    def replace_message(self, delivery: Delivery, message: Message) -> None:
        """Replace the message of a delivery that is not being sent, and let it wait."""
        ...

    def restore_message(self, delivery_id: int, message: Message) -> None:
        """Give a delivery whose message is damaged a message that can be read."""
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
        """Lease a waiting delivery for sending, counting the attempt; False if it waits no more."""
        ...

    def stamp_attempt(self, delivery_id: int, now: ClockReading) -> None:
        """The request of the attempt that was leased leaves only now."""
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


class UnconfirmedAttempts(Transactional, Protocol):
    """Requests of which nobody knows whether the service acted on them."""

    def unconfirmed_attempts(self, delivery_id: int) -> tuple[Attempt, ...]:
        """The unconfirmed attempts, the first first."""
        ...

    def confirm_latest_attempt(self, delivery_id: int) -> None:
        """Forget the latest unconfirmed attempt: its outcome is known."""
        ...

    def confirm_attempts(self, delivery_id: int) -> None:
        """Forget all unconfirmed attempts of a delivery: they are resolved."""
        ...

    def schedule_late_check(
        self, delivery: Delivery, since: ClockReading, next_at: datetime
    ) -> None:
        """Schedule a late check of an unconfirmed attempt at `next_at`."""
        ...

    def end_late_checks(self, delivery_id: int) -> None:
        """End the late checks, and forget the unconfirmed attempts."""
        ...

    def reschedule_late_checks(self, at: datetime) -> None:
        """Make all late checks due at `at`."""
        ...

    def next_late_check(self, service: Service) -> LateCheck | None:
        """The next late check."""
        ...

    def next_late_check_at(self, service: Service) -> datetime | None:
        """When the next late check is due, if there is one."""
        ...

    def unconfirmed_tasks(self) -> Sequence[Task]:
        """The tasks of unconfirmed starts, and of those of which late checks are pending.

        Both what was sent and what the entry is on now: an edit may have changed it since.
        """
        ...


class RemoteRecords(Transactional, Protocol):
    """What is known of TimeCrowd's account and of its list of entries."""

    def account_use(self, account: str, now: datetime) -> AccountUse:
        """Since when the account is used here, from `now` on if it was not in use. JournalError."""
        ...

    def known_entries(self, since: datetime) -> Sequence[KnownEntry]:
        """The finished entries that ended since then and that TimeCrowd holds as finished.

        Those with an open delivery to TimeCrowd are left out.
        """
        ...

    def has_open_timecrowd(self, entry_id: str) -> bool:
        """Whether the entry has a delivery to TimeCrowd that is or may become open."""
        ...


class Journal(EntryRepository, Outbox, UnconfirmedAttempts, RemoteRecords, ClockMemory, Protocol):
    """The whole journal."""


OnSend = Callable[[], None]
OnPages = Callable[[int], None]
"""Called with the number of pages that were read."""


class Gateway(Protocol):
    """One service, as the sender sees it."""

    async def deliver(self, due: DueDelivery, on_send: OnSend, /) -> Outcome:
        """Send the message; however this ends is an Outcome, nothing is raised.

        `on_send` is called right before the request that makes something there leaves: keyring,
        rate limiter and connection may take longer than a request.
        """
        ...

    async def query_time(self) -> None:
        """Make a small request, whose answer carries the service's time. ServiceCallError."""
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
        """The entry as TimeCrowd holds it now; None if it is not found."""
        ...

    async def entries_since(self, instant: datetime) -> Sequence[TrackedEntry]:
        """The owner's entries that began at `instant` or later."""
        ...

    async def listed_since(
        self, instant: datetime, on_progress: OnPages = lambda _: None
    ) -> Sequence[TrackedEntry]:
        """The same from the list alone, which may lack what runs; `on_progress` counts pages."""
        ...

    async def account_name(self) -> str:
        """The token's owner as one name: the address of TimeCrowd and their number there."""
        ...


class ServiceCallError(Exception):
    """A query to a service was not answered; `outcome` says how it ended."""

    def __init__(self, outcome: NotSent | OutcomeUnknown | Unauthorized | Refused) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


class CardLogs(Protocol):
    """Kaiten's time logs, as they are compared with. Every call raises ServiceCallError."""

    async def logs(self, card: Card, for_date: date) -> Sequence[CardLog]:
        """The owner's logs on a card for a date."""
        ...
