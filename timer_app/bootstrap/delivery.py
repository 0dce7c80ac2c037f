"""Makes what sends deliveries, and what follows other devices."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial

from timer_app.bootstrap.connections import ServiceConnections
from timer_app.bootstrap.foundation import Foundation
from timer_app.domain.errors import JournalError
from timer_app.services.delivery.attempt import Attempt
from timer_app.services.delivery.commit_retry import CommitRetry
from timer_app.services.delivery.duplicates import DuplicateDetector
from timer_app.services.delivery.log_coordinator import LogCoordinator
from timer_app.services.delivery.log_lookup import LogLookup
from timer_app.services.delivery.preparation import Preparation
from timer_app.services.delivery.reconciler import Reconciler
from timer_app.services.delivery.remote_history import RemoteHistory
from timer_app.services.delivery.remote_poller import RemotePoller
from timer_app.services.delivery.remote_sync import RemoteSync
from timer_app.services.delivery.routes import RouteResolver
from timer_app.services.delivery.sender import Sender
from timer_app.services.delivery.shared_days import SharedDays
from timer_app.services.delivery.task_details import TaskDetails
from timer_app.services.entries.editor import Editor
from timer_app.services.entries.true_clock import ClockCorrector


@dataclass(frozen=True, slots=True)
class DeliveryParts:
    """What sends, and what follows other devices."""

    sender: Sender
    remote_sync: RemoteSync
    remote_history: RemoteHistory


def make_delivery(
    foundation: Foundation,
    connections: ServiceConnections,
    corrector: ClockCorrector,
    editor: Editor,
    lock: str,
    changed: Callable[[], None],
    on_journal_error: Callable[[JournalError | None], None],
) -> DeliveryParts:
    """Make the sender and its parts, and what follows other devices.

    `lock` is the file of the sender's lock. `changed` is called after each commit of the sender.
    """
    journal, clock, jitter = foundation.journal, foundation.clock, foundation.jitter
    settings = foundation.settings
    reconciler = Reconciler(journal, clock, jitter)
    days = SharedDays(journal, clock, rules=settings.rules)
    duplicates = DuplicateDetector(journal, clock, reconciler, jitter, on_day_seen=days.refresh)
    remote_sync = _make_remote_sync(foundation, duplicates)
    remote_history = _make_remote_history(foundation, duplicates, days)
    remote_sync.on_followed(remote_history.request)
    commits = CommitRetry(jitter, on_journal_error)
    log_coordinator = LogCoordinator(
        journal, clock, jitter, has_references=settings.has_log_references
    )
    poller = RemotePoller(
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
        _make_attempt(foundation, commits, log_coordinator, editor, changed),
        commits,
        preparation=Preparation(
            clock,
            commits,
            log_coordinator,
            _make_log_lookup(foundation, reconciler, log_coordinator, days),
            *_make_lookups(foundation, connections, editor),
            changed=changed,
        ),
        poller=poller,
        is_time_known=corrector.is_heard,
        changed=changed,
        on_journal_error=on_journal_error,
    )
    return DeliveryParts(sender, remote_sync, remote_history)


def _make_remote_sync(foundation: Foundation, duplicates: DuplicateDetector) -> RemoteSync:
    """What takes over what other devices start and stop."""
    return RemoteSync(
        foundation.journal,
        foundation.clock,
        foundation.timer,
        foundation.jitter,
        is_allowed=foundation.settings.is_remote_sync_enabled,
        seconds=foundation.seconds,
        on_suspected_duplicate=duplicates.check_all_now,
        kaiten=foundation.settings.kaiten_url,
    )


def _make_remote_history(
    foundation: Foundation, duplicates: DuplicateDetector, days: SharedDays
) -> RemoteHistory:
    """What takes in what other devices have recorded."""
    return RemoteHistory(
        foundation.journal,
        foundation.clock,
        foundation.timer,
        foundation.entry_writer(),
        foundation.jitter,
        rules=foundation.settings.rules,
        is_allowed=foundation.settings.is_remote_sync_enabled,
        seconds=foundation.seconds,
        on_suspected_duplicate=duplicates.check_all_now,
        kaiten=foundation.settings.kaiten_url,
        on_notice=foundation.notices.publish,
        on_day_changed=days.schedule_check,
    )


def _make_attempt(
    foundation: Foundation,
    commits: CommitRetry,
    log_coordinator: LogCoordinator,
    editor: Editor,
    changed: Callable[[], None],
) -> Attempt:
    """What sends one delivery and saves its outcome."""
    return Attempt(
        foundation.journal,
        foundation.clock,
        foundation.jitter,
        commits,
        log_coordinator=log_coordinator,
        take_earlier_stop=editor.take_earlier_stop,
        changed=changed,
        on_card_found=editor.give_card,
        sends_comments=foundation.settings.sends_comments,
    )


def _make_log_lookup(
    foundation: Foundation,
    reconciler: Reconciler,
    log_coordinator: LogCoordinator,
    days: SharedDays,
) -> LogLookup:
    """What reads the logs of a card before one is sent."""
    return LogLookup(
        foundation.journal,
        foundation.clock,
        reconciler,
        foundation.jitter,
        log_coordinator,
        days,
        rules=foundation.settings.rules,
        has_references=foundation.settings.has_log_references,
    )


def _make_lookups(
    foundation: Foundation, connections: ServiceConnections, editor: Editor
) -> tuple[RouteResolver, TaskDetails]:
    """What asks for a card's place, and for a task that is known by its number alone."""
    journal, clock, jitter = foundation.journal, foundation.clock, foundation.jitter
    settings = foundation.settings
    return (
        RouteResolver(journal, clock, jitter, settings.rules, lambda: connections.kaiten),
        TaskDetails(
            journal,
            clock,
            jitter,
            lambda: connections.timecrowd,
            settings.kaiten_url,
            editor.save_task_details,
        ),
    )


def _sender_lock(lock: str) -> AbstractAsyncContextManager[None]:
    from timer_app.adapters.delivery.sender_lock import sender_lock

    return sender_lock(lock)
