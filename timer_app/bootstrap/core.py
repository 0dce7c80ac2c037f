"""What the tray app and the command line have in common, made top to bottom."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from timer_app.adapters.entries.journal import status_document
from timer_app.adapters.entries.journal.recovery import JournalRecovery, open_or_recover
from timer_app.adapters.entries.journal.store import SqliteJournal, open_reader
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.secret_origins import SecretOrigins
from timer_app.adapters.setup.secrets import CachedSecrets
from timer_app.adapters.setup.settings.reader import Settings
from timer_app.adapters.system_clock import SystemClock
from timer_app.bootstrap.connections import ServiceConnections
from timer_app.bootstrap.settings import ActiveSettings, adopt_secrets, secret_origin
from timer_app.domain.delivery.remote_history import TakenIn
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.domain.messages import HistoryMessageId
from timer_app.domain.reminders.notice import Notice
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import ProxySecret
from timer_app.services.absence.resolver import AbsenceResolver
from timer_app.services.delivery.attempt import Attempt
from timer_app.services.delivery.commit_retry import CommitRetry
from timer_app.services.delivery.device_follower import DeviceFollower
from timer_app.services.delivery.duplicates import DuplicateDetector
from timer_app.services.delivery.log_lookup import LogLookup
from timer_app.services.delivery.log_turns import LogTurns
from timer_app.services.delivery.outcomes import Jitter
from timer_app.services.delivery.ports import OnPages
from timer_app.services.delivery.preparation import Preparation
from timer_app.services.delivery.problem_resolver import ProblemResolver
from timer_app.services.delivery.reconciler import Reconciler
from timer_app.services.delivery.remote_history import RemoteHistory
from timer_app.services.delivery.remote_sync import RemoteSync
from timer_app.services.delivery.routes import RouteResolver
from timer_app.services.delivery.sender import Sender
from timer_app.services.delivery.service_status import Health
from timer_app.services.delivery.shared_days import SharedDays
from timer_app.services.delivery.task_details import TaskDetails
from timer_app.services.entries.documents import Document
from timer_app.services.entries.editor import Editor
from timer_app.services.entries.entry_writer import EntryWriter
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.routing import save_places
from timer_app.services.entries.task_memory import TaskMemory
from timer_app.services.entries.timer_service import TimerService
from timer_app.services.entries.true_clock import ClockCorrector, TrueClock
from timer_app.services.reminders.notices import Notices
from timer_app.services.retry import Retry, RetryReason
from timer_app.services.setup.ports import Secrets

if TYPE_CHECKING:
    from timer_app.services.audit.auditor import Auditor
    from timer_app.services.command_context import Deliver
    from timer_app.services.commands import Commands
    from timer_app.services.entries.route_lists import RouteLists
    from timer_app.services.entries.task_finder import TaskFinder


@dataclass(frozen=True, slots=True)
class Core:
    """Everything but the front end."""

    paths: Paths
    settings: ActiveSettings
    clock: Clock
    journal: SqliteJournal
    secrets: CachedSecrets
    connections: ServiceConnections
    timer: TimerService
    editor: Editor
    absence_resolver: AbsenceResolver
    sender: Sender
    remote_sync: RemoteSync
    remote_history: RemoteHistory
    problems: ProblemResolver
    notices: Notices
    retry: Retry
    set_aside: JournalRecovery | None
    task_memory: TaskMemory

    def status(self) -> Document:
        """The document of `status --json`."""
        settings = self.settings.value
        now = self.clock.reading()
        boot_time = (now.boot_time.boot_id, now.boot_time.seconds) if now.boot_time else None
        return status_document.status_document(
            self.journal.connection,
            now.wall.astimezone(),
            settings.day_start,
            settings.configured,
            boot_time,
        )

    def commands(self, deliver: Deliver, on_pages: OnPages = lambda _: None) -> Commands:
        """The commands on this core; `deliver` is how the front end lets deliveries happen.

        `on_pages` gets how much was read by a command that reads a long list.
        """

        async def look(seconds: float) -> None:
            self.remote_sync.request()
            await deliver(seconds)

        async def sync(seconds: float, first: date | None) -> TakenIn | None:
            taken_in = None
            if first is None:
                self.remote_history.request()
            else:
                taken_in = await self.take_in(first, on_pages)
            await look(seconds)
            return taken_in

        from timer_app.services.command_context import CommandContext
        from timer_app.services.commands import Commands

        context = CommandContext(
            timer=self.timer,
            editor=self.editor,
            journal=self.journal,
            problems=self.problems,
            clock=self.clock,
            deliver=deliver,
            look=look,
            sync=sync,
            status=self.status,
            origin=self.settings.kaiten_url,
            card_book=lambda: self.connections.kaiten,
            notices=self.notices,
            auditor=self.auditor,
            absence_resolver=self.absence_resolver,
            paused=lambda: self.sender.paused,
            route_lists=lambda: self.route_lists,
            task_book=lambda: self.connections.timecrowd,
        )
        return Commands(context)

    async def take_in(self, first: date, on_pages: OnPages) -> TakenIn:
        """Take in what TimeCrowd holds since a date. Raises NotPossible and JournalError."""
        tracker = self.connections.timecrowd
        if tracker is None:
            raise NotPossible(HistoryMessageId.NOT_SET_UP)
        return await self.remote_history.take_in(tracker, first, on_pages)

    def auditor(self) -> Auditor:
        """Made when it is wanted: few commands are audits, and its rules take time to import."""
        from timer_app.services.audit.auditor import Auditor

        return Auditor(
            self.journal,
            self.clock,
            self.settings.rules,
            _new_id,
            tracker=lambda: self.connections.timecrowd,
            cards=lambda: self.connections.kaiten,
            kaiten=self.settings.kaiten_url,
            changed=self.timer.notify_observers,
            open_reader=partial(open_reader, self.paths.journal),
        )

    @property
    def route_lists(self) -> RouteLists:
        """TimeCrowd's teams and categories to choose from."""
        from timer_app.services.entries.route_lists import RouteLists

        settings = self.settings
        return RouteLists(
            self.journal, lambda: self.connections.timecrowd, settings.plain_route, settings.rules
        )

    def finder(self) -> TaskFinder:
        """What finds the tasks that words or a card may mean."""
        from timer_app.services.entries.task_finder import TaskFinder

        return TaskFinder(
            self.journal,
            self.clock,
            lambda: self.connections.kaiten,
            self.settings.kaiten_url,
            memory=self.task_memory,
            task_book=lambda: self.connections.timecrowd,
            today=self.timer.today,
        )

    async def close(self) -> None:
        """Close everything, in the reverse order."""
        await self.connections.close()
        self.journal.close()


def make_core(
    paths: Paths,
    secrets: Secrets,
    *,
    settings: Settings | None = None,
    clock: Clock | None = None,
    seconds: Callable[[], float] = time.monotonic,
    jitter: Jitter | None = None,
    on_change: Callable[[], None] = lambda: None,
    on_delivery_change: Callable[[], None] = lambda: None,
    on_journal_error: Callable[[JournalError | None], None] = lambda _: None,
    on_notice: Callable[[Notice], None] = lambda _: None,
) -> Core:
    """Read the settings, open the journal, connect. Needs no event loop and sends nothing.

    `settings` default to the file's and `clock` to the computer's; `seconds` is a clock that
    only goes forward, `jitter` is chance. `on_change` is called after each commit that a person
    asked for, `on_delivery_change` after the sender's, `on_notice` with what happened without
    anybody here. Raises SettingsError, PathUnusable or JournalUnusable.
    """
    paths.make()
    ground = _make_ground(
        paths, secrets, settings, clock, jitter or random.Random().random, seconds, on_notice
    )
    journal, active_settings, timer = ground.journal, ground.settings, ground.timer
    corrector = ClockCorrector(
        journal,
        ground.clock,
        ground.entry_writer(),
        ground.notices.publish,
        timer.notify_observers,
    )
    connections = ServiceConnections(
        ground.secrets,
        ground.clock,
        journal.cards_by_key,
        corrector,
        partial(save_places, journal),
    )
    connections.apply(active_settings.value)
    rules = active_settings.rules
    editor = Editor(journal, ground.clock, rules, _new_id, timer.notify_observers, timer.publish)
    delivery = _make_delivery(
        ground, connections, corrector, editor, paths.sender_lock, on_delivery_change,
        on_journal_error,
    )  # fmt: skip
    timer.on_notice(ground.notices.publish)
    timer.observe(delivery.sender.wake)
    timer.observe(on_change)
    retry = _make_retry(ground, delivery, on_journal_error)

    def on_problem_resolved() -> None:
        retry.now(RetryReason.USER_ACTED)
        on_change()

    return Core(
        paths,
        active_settings,
        ground.clock,
        journal,
        ground.secrets,
        connections,
        timer,
        editor,
        AbsenceResolver(journal, ground.clock, rules, _new_id, timer),
        delivery.sender,
        delivery.remote_sync,
        delivery.remote_history,
        ProblemResolver(journal, on_problem_resolved, rules),
        ground.notices,
        retry,
        ground.set_aside,
        TaskMemory(
            journal,
            active_settings.kaiten_url,
            lambda: active_settings.value.get_number("timecrowd.team_id"),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every other part is made on."""

    settings: ActiveSettings
    clock: TrueClock
    journal: SqliteJournal
    secrets: CachedSecrets
    notices: Notices
    timer: TimerService
    jitter: Jitter
    seconds: Callable[[], float]
    set_aside: JournalRecovery | None

    def entry_writer(self) -> EntryWriter:
        return EntryWriter(self.journal, self.clock, self.settings.rules, _new_id)


def _make_ground(
    paths: Paths,
    secrets: Secrets,
    settings: Settings | None,
    clock: Clock | None,
    jitter: Jitter,
    seconds: Callable[[], float],
    on_notice: Callable[[Notice], None],
) -> _Ground:
    """Settings, journal, clock, secrets and the timer. Raises as `make_core` does."""
    active_settings = ActiveSettings(paths.settings, settings)
    own_clock = clock or SystemClock()
    connection, set_aside = open_or_recover(paths.journal, own_clock.now())
    journal = SqliteJournal(connection)
    true_clock = TrueClock(own_clock, journal.service_clock())
    adopt_secrets(paths, active_settings.value)
    cached_secrets = CachedSecrets(
        secrets,
        SecretOrigins(paths.secret_origins),
        lambda name: secret_origin(active_settings.value, name),
    )
    return _Ground(
        active_settings,
        true_clock,
        journal,
        cached_secrets,
        Notices(on_notice),
        TimerService(journal, true_clock, active_settings.rules, _new_id),
        jitter,
        seconds,
        set_aside,
    )


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What sends, and what follows other devices."""

    sender: Sender
    remote_sync: RemoteSync
    remote_history: RemoteHistory


def _make_delivery(
    ground: _Ground,
    connections: ServiceConnections,
    corrector: ClockCorrector,
    editor: Editor,
    lock: str,
    changed: Callable[[], None],
    on_journal_error: Callable[[JournalError | None], None],
) -> _Delivery:
    journal, clock, jitter, settings = ground.journal, ground.clock, ground.jitter, ground.settings
    reconciler = Reconciler(journal, clock, jitter)
    days = SharedDays(journal, clock, rules=settings.rules)
    duplicates = DuplicateDetector(journal, clock, reconciler, jitter, on_day_seen=days.refresh)
    remote_sync = RemoteSync(
        journal,
        clock,
        ground.timer,
        jitter,
        is_allowed=settings.is_remote_sync_enabled,
        seconds=ground.seconds,
        on_suspected_duplicate=duplicates.check_all_now,
        kaiten=settings.kaiten_url,
    )
    remote_history = RemoteHistory(
        journal,
        clock,
        ground.timer,
        ground.entry_writer(),
        jitter,
        rules=settings.rules,
        is_allowed=settings.is_remote_sync_enabled,
        seconds=ground.seconds,
        on_suspected_duplicate=duplicates.check_all_now,
        kaiten=settings.kaiten_url,
        on_notice=ground.notices.publish,
        on_day_changed=days.watch,
    )
    remote_sync.on_followed(remote_history.request)
    commits = CommitRetry(jitter, on_journal_error)
    log_turns = LogTurns(journal, clock, jitter, has_references=settings.has_log_references)
    attempt = Attempt(
        journal,
        clock,
        jitter,
        commits,
        log_turns=log_turns,
        take_earlier_stop=editor.take_earlier_stop,
        changed=changed,
        on_card_found=editor.give_card,
        sends_comments=settings.sends_comments,
    )
    preparation = Preparation(
        clock,
        commits,
        log_turns,
        LogLookup(
            journal,
            clock,
            reconciler,
            jitter,
            log_turns,
            days,
            rules=settings.rules,
            has_references=settings.has_log_references,
        ),
        RouteResolver(journal, clock, jitter, settings.rules, lambda: connections.kaiten),
        TaskDetails(
            journal,
            clock,
            jitter,
            lambda: connections.timecrowd,
            settings.kaiten_url,
            editor.take_task_details,
        ),
        changed=changed,
    )
    follower = DeviceFollower(
        journal,
        clock,
        commits,
        remote_sync,
        remote_history,
        tracker=lambda: connections.timecrowd,
        changed=changed,
    )
    sender = Sender(
        journal,
        connections.gateway,
        clock,
        partial(_sender_lock, lock),
        reconciler,
        duplicates,
        jitter,
        attempt,
        commits,
        preparation=preparation,
        follower=follower,
        is_time_known=corrector.is_heard,
        changed=changed,
        on_journal_error=on_journal_error,
    )
    return _Delivery(sender, remote_sync, remote_history)


def _make_retry(
    ground: _Ground, delivery: _Delivery, on_journal_error: Callable[[JournalError | None], None]
) -> Retry:
    retry = Retry(on_journal_error)
    retry.register(partial(_forget_refused_secrets, ground.secrets, ground.journal))
    retry.register(delivery.sender.retry)
    retry.register(delivery.remote_sync.request, RetryReason.TIME_PASSED)
    retry.register(delivery.remote_history.request, RetryReason.TIME_PASSED)
    return retry


def _forget_refused_secrets(secrets: CachedSecrets, journal: SqliteJournal) -> None:
    """Ask the keyring again for what a service or a proxy may have refused, and for nothing else.

    The keyring may ask a person for each reading. Raises JournalError.
    """
    for service in Service:
        health = journal.service_status(service).health
        if health is Health.UNAUTHORIZED:
            secrets.forget(service)
        elif health is Health.OFFLINE:
            secrets.forget(ProxySecret.PROXY)


def _sender_lock(lock: str) -> AbstractAsyncContextManager[None]:
    from timer_app.adapters.delivery.sender_lock import sender_lock

    return sender_lock(lock)


def _new_id() -> str:
    import uuid

    return uuid.uuid4().hex[:12]
