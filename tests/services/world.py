"""The services on a real journal, with everything outside them fake."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import time, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from tests.services.fakes import FakeClock, FakeGateway, FakeTracker, run
from timer_app.adapters.delivery.sender_lock import sender_lock
from timer_app.adapters.entries.journal.connection import connect
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.domain.delivery.outbox import Delivery
from timer_app.domain.delivery.service_messages import Destinations, kind_of
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import State
from timer_app.domain.errors import JournalError
from timer_app.domain.service import Service
from timer_app.services.absence.resolver import AbsenceResolver
from timer_app.services.audit.auditor import Auditor
from timer_app.services.audit.remote_reader import KaitenReader
from timer_app.services.delivery.attempt import Attempt
from timer_app.services.delivery.commit_retry import CommitRetry
from timer_app.services.delivery.duplicates import DuplicateDetector
from timer_app.services.delivery.problem_resolver import ProblemResolver
from timer_app.services.delivery.reconciler import Reconciler
from timer_app.services.delivery.remote_poller import RemotePoller
from timer_app.services.delivery.remote_sync import RemoteSync
from timer_app.services.delivery.sender import Sender
from timer_app.services.entries.editor import Editor
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.timer_service import TimerService
from timer_app.services.reminders.notices import Notices

CARD = Card("https://acme.kaiten.ru", 7)
TASK = Task("Ship it", CARD)
WORDS = Task("Read mail")
BOTH = Destinations(timecrowd=True, kaiten=True)
JITTER = 0.5
"""What chance says each time: a rest is then three quarters of the longest."""


@dataclass
class World:
    """A computer with Timer App on it."""

    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    rules: LoggingRules = field(default_factory=lambda: LoggingRules(BOTH, Rounding.CARRY, time(0)))
    journal_errors: list[JournalError | None] = field(default_factory=list)
    changes: int = 0
    on_change: Callable[[], None] = lambda: None
    follows: bool = True
    sends_comments: bool = True
    tracker: FakeTracker | None = None
    cards: KaitenReader | None = None

    def __post_init__(self) -> None:
        self.journal = SqliteJournal(connect(str(self.folder / "journal.sqlite3"), busy_seconds=0))
        self.is_time_known = True
        self.timecrowd: FakeGateway | None = FakeGateway(self.clock)
        self.kaiten: FakeGateway | None = FakeGateway(self.clock)
        numbers = count(1)
        self.timer = TimerService(
            self.journal, self.clock, lambda: self.rules, lambda: f"e{next(numbers)}"
        )
        self.editor = Editor(
            self.journal, self.clock, lambda: self.rules, lambda: f"e{next(numbers)}",
            self.timer.notify_observers, self.timer.publish,
        )  # fmt: skip
        self.absence_resolver = AbsenceResolver(
            self.journal, self.clock, lambda: self.rules, lambda: f"e{next(numbers)}", self.timer
        )
        self.reconciler = Reconciler(self.journal, self.clock, lambda: JITTER)
        self.duplicates = DuplicateDetector(
            self.journal, self.clock, self.reconciler, lambda: JITTER
        )
        self.remote_sync = RemoteSync(
            self.journal, self.clock, self.timer, lambda: JITTER,
            is_allowed=lambda: self.follows, seconds=lambda: self.clock.seconds,
            on_suspected_duplicate=self.duplicates.check_all_now, kaiten=lambda: CARD.origin,
        )  # fmt: skip
        self.notices = Notices()
        self.timer.on_notice(self.notices.publish)
        self.sender = self.new_sender()
        self.problems = ProblemResolver(self.journal, self.sender.retry)
        self.auditor = Auditor(
            self.journal, self.clock, lambda: self.rules, lambda: f"e{next(numbers)}",
            tracker=lambda: self.tracker, cards=lambda: self.cards,
            kaiten=lambda: CARD.origin, changed=self.timer.notify_observers,
        )  # fmt: skip

    def new_sender(self) -> Sender:
        """A sender as the app has one; each event loop needs its own."""
        lock: Callable[[], AbstractAsyncContextManager[None]] = partial(
            sender_lock, str(self.folder / "sender.lock")
        )
        commits = CommitRetry(lambda: JITTER, self.journal_errors.append)
        attempt = Attempt(
            self.journal, self.clock, lambda: JITTER, commits,
            log_coordinator=None,
            take_earlier_stop=self.editor.take_earlier_stop,
            changed=self._changed, on_card_found=self.editor.give_card,
            sends_comments=lambda: self.sends_comments,
        )  # fmt: skip
        poller = RemotePoller(
            self.journal, self.clock, commits, self.remote_sync, None,
            tracker=lambda: self.tracker, changed=self._changed,
        )  # fmt: skip
        return Sender(
            self.journal, self._gateway, self.clock, lock,
            self.reconciler, self.duplicates, lambda: JITTER, attempt, commits,
            poller=poller, is_time_known=lambda: self.is_time_known,
            changed=self._changed, on_journal_error=self.journal_errors.append,
        )  # fmt: skip

    def _gateway(self, service: Service) -> FakeGateway | None:
        return {Service.TIMECROWD: self.timecrowd, Service.KAITEN: self.kaiten}[service]

    def _changed(self) -> None:
        self.changes += 1
        self.on_change()

    @property
    def tc(self) -> FakeGateway:
        assert self.timecrowd
        return self.timecrowd

    @property
    def kt(self) -> FakeGateway:
        assert self.kaiten
        return self.kaiten

    def drain(self, seconds: float = 60) -> None:
        """What the command line does: deliver what can be delivered."""
        run(self.sender.drain(timedelta(seconds=seconds)), self.clock)

    def serve(self, seconds: float) -> None:
        """What the tray app does, for some time."""

        async def for_a_while() -> None:
            until = asyncio.Event()
            asyncio.get_running_loop().call_later(seconds, until.set)
            await self.sender.run(until)

        run(for_a_while(), self.clock)

    def state(self) -> State:
        """What runs."""
        return self.timer.state

    def rows(self) -> list[str]:
        """Every delivery in a line: its entry, what it is, where it stands."""
        found = self.journal.connection.execute("SELECT id FROM delivery ORDER BY id").fetchall()
        each = [self.delivery(number) for (number,) in found]
        return [f"{d.entry_id} {kind_of(d.message).value} {d.state.value}" for d in each]

    def delivery(self, number: int) -> Delivery:
        """One delivery."""
        logged = self.journal.entry_of_delivery(number)
        assert logged
        return next(each for each in logged.deliveries if each.id == number)

    def dump(self) -> dict[str, list[object]]:
        """All that the journal holds."""
        tables = (
            "task", "entry", "stretch", "delivery", "tally", "service", "attempt", "watch",
            "amendment", "away",
        )  # fmt: skip
        query = self.journal.connection.execute
        return {table: list(query(f"SELECT * FROM {table}")) for table in tables}  # noqa: S608

    def make_unwritable(self, *, unwritable: bool = True) -> None:
        """Let SQLite refuse every write, as on a disk that went read-only."""
        self.journal.connection.execute(f"PRAGMA query_only = {int(unwritable)}")
