"""What the tray app and the command line have in common, made top to bottom."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from timer_app.adapters.entries.journal import status_document
from timer_app.adapters.entries.journal.recovery import JournalRecovery
from timer_app.adapters.entries.journal.store import SqliteJournal, open_reader
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import CachedSecrets
from timer_app.adapters.setup.settings.reader import Settings
from timer_app.bootstrap.connections import ServiceConnections
from timer_app.bootstrap.delivery import DeliveryParts, make_delivery
from timer_app.bootstrap.foundation import Foundation, make_foundation, new_id
from timer_app.bootstrap.settings import ActiveSettings
from timer_app.domain.delivery.remote_history import HistoryImport
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.domain.messages import HistoryMessageId
from timer_app.domain.reminders.notice import Notice
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import ProxySecret
from timer_app.services.absence.resolver import AbsenceResolver
from timer_app.services.delivery.backoff import Jitter
from timer_app.services.delivery.ports import OnPages
from timer_app.services.delivery.problem_resolver import ProblemResolver
from timer_app.services.delivery.remote_history import RemoteHistory
from timer_app.services.delivery.remote_sync import RemoteSync
from timer_app.services.delivery.sender import Sender
from timer_app.services.delivery.service_status import Health
from timer_app.services.entries.documents import Document
from timer_app.services.entries.editor import Editor
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.routing import save_places
from timer_app.services.entries.task_memory import TaskMemory
from timer_app.services.entries.timer_service import TimerService
from timer_app.services.entries.true_clock import ClockCorrector
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

        async def poll(seconds: float) -> None:
            self.remote_sync.request()
            await deliver(seconds)

        async def sync(seconds: float, first: date | None) -> HistoryImport | None:
            imported = None
            if first is None:
                self.remote_history.request()
            else:
                imported = await self.import_since(first, on_pages)
            await poll(seconds)
            return imported

        from timer_app.services.command_context import CommandContext
        from timer_app.services.commands import Commands

        context = CommandContext(
            timer=self.timer,
            editor=self.editor,
            journal=self.journal,
            problems=self.problems,
            clock=self.clock,
            deliver=deliver,
            poll=poll,
            sync=sync,
            status=self.status,
            origin=self.settings.kaiten_url,
            card_directory=lambda: self.connections.kaiten,
            notices=self.notices,
            auditor=self.auditor,
            absence_resolver=self.absence_resolver,
            paused=lambda: self.sender.paused,
            route_lists=lambda: self.route_lists,
            task_directory=lambda: self.connections.timecrowd,
        )
        return Commands(context)

    async def import_since(self, first: date, on_pages: OnPages) -> HistoryImport:
        """Take in what TimeCrowd holds since a date. Raises NotPossible and JournalError."""
        tracker = self.connections.timecrowd
        if tracker is None:
            raise NotPossible(HistoryMessageId.NOT_SET_UP)
        return await self.remote_history.import_since(tracker, first, on_pages)

    def auditor(self) -> Auditor:
        """Made when it is wanted: few commands are audits, and its rules take time to import."""
        from timer_app.services.audit.auditor import Auditor

        return Auditor(
            self.journal,
            self.clock,
            self.settings.rules,
            new_id,
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
            task_directory=lambda: self.connections.timecrowd,
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
    foundation = make_foundation(
        paths, secrets, settings, clock, jitter or random.Random().random, seconds, on_notice
    )
    journal, active_settings, timer = foundation.journal, foundation.settings, foundation.timer
    corrector = ClockCorrector(
        journal,
        foundation.clock,
        foundation.entry_writer(),
        foundation.notices.publish,
        timer.notify_observers,
    )
    connections = _make_connections(foundation, corrector)
    rules = active_settings.rules
    editor = Editor(journal, foundation.clock, rules, new_id, timer.notify_observers, timer.publish)
    delivery = make_delivery(
        foundation, connections, corrector, editor, paths.sender_lock, on_delivery_change,
        on_journal_error,
    )  # fmt: skip
    timer.on_notice(foundation.notices.publish)
    timer.observe(delivery.sender.wake)
    timer.observe(on_change)
    retry = _make_retry(foundation, delivery, on_journal_error)

    def on_problem_resolved() -> None:
        retry.now(RetryReason.USER_ACTED)
        on_change()

    return Core(
        paths,
        active_settings,
        foundation.clock,
        journal,
        foundation.secrets,
        connections,
        timer,
        editor,
        AbsenceResolver(journal, foundation.clock, rules, new_id, timer),
        delivery.sender,
        delivery.remote_sync,
        delivery.remote_history,
        ProblemResolver(journal, on_problem_resolved, rules),
        foundation.notices,
        retry,
        foundation.set_aside,
        TaskMemory(
            journal,
            active_settings.kaiten_url,
            lambda: active_settings.value.get_number("timecrowd.team_id"),
        ),
    )


def _make_connections(foundation: Foundation, corrector: ClockCorrector) -> ServiceConnections:
    """The services as the settings name them; nothing is asked yet."""
    connections = ServiceConnections(
        foundation.secrets,
        foundation.clock,
        foundation.journal.cards_by_key,
        corrector,
        partial(save_places, foundation.journal),
    )
    connections.apply(foundation.settings.value)
    return connections


def _make_retry(
    foundation: Foundation,
    delivery: DeliveryParts,
    on_journal_error: Callable[[JournalError | None], None],
) -> Retry:
    retry = Retry(on_journal_error)
    retry.register(partial(_forget_refused_secrets, foundation.secrets, foundation.journal))
    retry.register(delivery.sender.retry)
    retry.register(delivery.remote_sync.request, RetryReason.STARTED_OR_WOKE)
    retry.register(delivery.remote_history.request, RetryReason.STARTED_OR_WOKE)
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
