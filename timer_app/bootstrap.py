"""What the tray app and the command line have in common, made top to bottom."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from timer_app.adapters.entries.journal import status_document
from timer_app.adapters.entries.journal.recovery import JournalRecovery, open_or_recover
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.secrets import CachedSecrets, FixedSecrets, KeyringSecrets
from timer_app.adapters.setup.settings import reader as settings_file
from timer_app.adapters.setup.settings.reader import Settings, SettingsError
from timer_app.adapters.system_clock import SystemClock
from timer_app.domain.delivery.outbox import Destinations, Service
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.errors import JournalError
from timer_app.domain.hotkeys import HotKeyAction, KeyCombination, parse_combination
from timer_app.domain.reminders.notice import Notice
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.connection_problems import ConnectionProblem, ConnectionProblemKind
from timer_app.domain.setup.secrets import ProxySecret
from timer_app.services.absence.resolver import AbsenceResolver
from timer_app.services.delivery.duplicates import DuplicateDetector
from timer_app.services.delivery.outcomes import Jitter
from timer_app.services.delivery.ports import Gateway
from timer_app.services.delivery.problem_resolver import ProblemResolver
from timer_app.services.delivery.reconciler import Reconciler
from timer_app.services.delivery.remote_sync import RemoteSync
from timer_app.services.delivery.sender import Sender
from timer_app.services.delivery.service_status import Health
from timer_app.services.documents import Document
from timer_app.services.entries.editor import Editor
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.timer_service import TimerService
from timer_app.services.reminders.notices import Notices
from timer_app.services.retry import Retry, RetryReason
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.ports import Secrets

if TYPE_CHECKING:
    from timer_app.adapters.delivery.kaiten.gateway import KaitenGateway
    from timer_app.adapters.delivery.timecrowd.gateway import TimeCrowdGateway
    from timer_app.adapters.http.client import ServiceClient
    from timer_app.adapters.http.proxies import Proxies
    from timer_app.adapters.http.rate_limiter import RateLimiter
    from timer_app.services.audit.auditor import Auditor
    from timer_app.services.commands import Commands, Deliver
    from timer_app.services.entries.task_finder import TaskFinder


class ServiceConnections:
    """The two services as the settings say; `apply` takes other settings.

    A gateway is made when it is first wanted: importing HTTP takes longer than showing the tray.
    """

    def __init__(self, secrets: Secrets, clock: Clock) -> None:
        self._secrets = secrets
        self._clock = clock
        self._settings: Settings | None = None
        self._clients: list[ServiceClient] = []
        self._timecrowd: TimeCrowdGateway | None = None
        self._kaiten: KaitenGateway | None = None
        self._proxies: Proxies | None = None
        self.rate_limiters: dict[Service, RateLimiter] = {}
        """One for each service, whatever the settings: the service counts all that we ask."""

    def apply(self, settings: Settings) -> list[ServiceClient]:
        """Connect as `settings` say; returns the clients of before, for the caller to close."""
        before, self._clients = self._clients, []
        self._settings = settings
        self._timecrowd = self._kaiten = self._proxies = None
        return before

    @property
    def timecrowd(self) -> TimeCrowdGateway | None:
        """TimeCrowd, if it is set up."""
        if self._timecrowd is None and self._settings is not None:
            self._timecrowd = self._make_timecrowd(self._settings)
        return self._timecrowd

    @property
    def kaiten(self) -> KaitenGateway | None:
        """Kaiten, if it is set up."""
        if self._kaiten is None and self._settings is not None:
            self._kaiten = self._make_kaiten(self._settings)
        return self._kaiten

    def gateway(self, service: Service) -> Gateway | None:
        """The service's gateway, if it is set up."""
        match service:
            case Service.TIMECROWD:
                return self.timecrowd
            case Service.KAITEN:
                return self.kaiten

    def _make_timecrowd(self, settings: Settings) -> TimeCrowdGateway | None:
        team_id = settings.get_number("timecrowd.team_id")
        if team_id is None:
            return None
        from timer_app.adapters.delivery.timecrowd.gateway import TimeCrowdGateway

        client = self.client(Service.TIMECROWD, settings)
        return TimeCrowdGateway(client, team_id, settings.get_number("timecrowd.category_id"))

    def _make_kaiten(self, settings: Settings) -> KaitenGateway | None:
        if not settings.configured["kaiten"]:
            return None
        from timer_app.adapters.delivery.kaiten.gateway import KaitenGateway
        from timer_app.adapters.delivery.kaiten.wire import EMPLOYEE

        role_id = settings.get_number("kaiten.role_id") or EMPLOYEE.id
        client = self.client(Service.KAITEN, settings)
        return KaitenGateway(client, settings.get_text("kaiten.url"), role_id)

    def client(self, service: Service, settings: Settings) -> ServiceClient:
        """A client of the service, closed with the others."""
        self._proxies = self._proxies or self._make_proxies(settings)
        client = self._make_client(service, settings, self._proxies)
        self._clients.append(client)
        return client

    def _make_proxies(self, settings: Settings) -> Proxies:
        from timer_app.adapters.http.proxies import Proxies

        return Proxies(
            settings.get_text("network.proxy"),
            partial(self._secrets.token, ProxySecret.PROXY),
            _resolve_desktop_proxy if sys.platform == "linux" else None,
        )

    def _make_client(self, service: Service, settings: Settings, proxies: Proxies) -> ServiceClient:
        from timer_app.adapters.http.client import ServiceClient
        from timer_app.adapters.http.rate_limiter import RateLimiter
        from timer_app.adapters.http.trust import make_ssl_context

        return ServiceClient(
            {Service.TIMECROWD: "TimeCrowd", Service.KAITEN: "Kaiten"}[service],
            settings.get_text(f"{service.value}.url"),
            partial(self._secrets.token, service),
            now=self._clock.now,
            trust=partial(make_ssl_context, settings.ca_file),
            proxies=proxies,
            # Kaiten allows 5 requests a second. TimeCrowd names no limit: it gets the same, so
            # that a long drain is polite.
            limiter=self.rate_limiters.setdefault(service, RateLimiter()),
        )

    async def check(self, service: Service) -> ServiceCheck:
        """Implements `Checker`, on connections of its own: the way there is found anew."""
        from timer_app.adapters.delivery.kaiten import wire as kaiten
        from timer_app.adapters.delivery.timecrowd import wire as timecrowd
        from timer_app.adapters.setup.checks import check

        settings = self._settings
        if isinstance(self._secrets, CachedSecrets):  # a check is of what the keyring holds now
            self._secrets.invalidate()
        if settings is None or not settings.get_text(f"{service.value}.url"):
            return ServiceCheck(service, ConnectionProblem(ConnectionProblemKind.NOT_SET_UP, ""))
        client = self._make_client(service, settings, self._make_proxies(settings))
        try:
            match service:
                case Service.TIMECROWD:
                    return await check(client, service, timecrowd.me(), timecrowd.account)
                case Service.KAITEN:
                    return await check(client, service, kaiten.current_user(), kaiten.account)
        finally:
            await client.close()

    async def check_token(self, service: Service, token: str) -> ServiceCheck:
        """Implements `Accounts`, on connections of its own like `check`."""
        others = ServiceConnections(FixedSecrets({service: token}, self._secrets), self._clock)
        others.rate_limiters = self.rate_limiters
        if self._settings is not None:
            others.apply(self._settings)
        return await others.check(service)

    async def teams(self) -> Sequence[Choice]:
        """Implements `Accounts`."""
        from timer_app.adapters.delivery.timecrowd.gateway import TimeCrowdGateway

        async with self._temporary_client(Service.TIMECROWD) as client:
            return await TimeCrowdGateway(client, 0, None).teams()

    async def categories(self, team_id: int) -> Sequence[Choice]:
        """Implements `Accounts`."""
        from timer_app.adapters.delivery.timecrowd.gateway import TimeCrowdGateway

        async with self._temporary_client(Service.TIMECROWD) as client:
            return await TimeCrowdGateway(client, team_id, None).categories(team_id)

    async def roles(self) -> Sequence[Choice]:
        """Implements `Accounts`."""
        from timer_app.adapters.delivery.kaiten.gateway import KaitenGateway
        from timer_app.adapters.delivery.kaiten.wire import EMPLOYEE

        async with self._temporary_client(Service.KAITEN) as client:
            return await KaitenGateway(client, "", EMPLOYEE.id).roles()

    @asynccontextmanager
    async def _temporary_client(self, service: Service) -> AsyncIterator[ServiceClient]:
        """A client for one question, which needs no team."""
        settings = self._settings or settings_file.parse("", "")
        client = self._make_client(service, settings, self._make_proxies(settings))
        try:
            yield client
        finally:
            await client.close()

    async def newest_release(self, feed: str) -> str:
        """The version that `feed` names, asked the way that services are.

        Raises ReleaseFeedError.
        """
        from timer_app.adapters.http.trust import make_ssl_context
        from timer_app.adapters.setup.releases import fetch_newest_version

        settings = self._settings or settings_file.parse("", "")
        return await fetch_newest_version(
            feed, partial(make_ssl_context, settings.ca_file), self._make_proxies(settings)
        )

    async def close(self) -> None:
        """Close every connection."""
        clients, self._clients = self._clients, []
        for client in clients:
            await client.close()


async def _resolve_desktop_proxy(origin: str) -> Sequence[str]:
    from timer_app.adapters.dbus.proxy_resolver import resolve_proxy

    return await resolve_proxy(origin)


def change_setting(path: str, key: str, typed: str) -> Settings:
    """Set one key to what a person typed; what it names is looked at. Raises SettingsError."""
    from timer_app.adapters.setup.settings import writer

    if key == "network.ca_file" and typed:
        from timer_app.adapters.http.trust import CaFileError, check_ca_file

        try:
            typed = check_ca_file(typed)
        except CaFileError as fault:
            trouble = ConnectionProblem(
                ConnectionProblemKind.CA_FILE, fault.path, detail=fault.reason
            )
            raise SettingsError(f"{key}: {trouble.sentence}") from None
    return writer.change(path, key, typed)


def keyring_with_timeout(seconds: float) -> KeyringSecrets:
    """The keyring for a command of which a person waits that long."""

    async def is_locked() -> bool | None:
        if sys.platform != "linux":
            return None
        from timer_app.adapters.dbus.keyring_watch import keyring_is_locked

        return await keyring_is_locked()

    return KeyringSecrets(until=time.monotonic() + seconds, is_locked=is_locked)


def preload_gateways() -> None:
    """In a thread, beforehand: at the first call it would be felt in the tray."""


class ActiveSettings:
    """The settings in force; `reload` reads the file again."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.value = settings_file.load(path)

    def reload(self) -> Settings:
        """Take what the file says now. Raises SettingsError, and then the old ones stay."""
        self.value = settings_file.load(self._path)
        return self.value

    def kaiten_url(self) -> str:
        """Kaiten's address, "" if it is not set up."""
        return self.value.get_text("kaiten.url")

    def is_remote_sync_enabled(self) -> bool:
        """Whether to ask now and then what other devices do."""
        return bool(self.value["timecrowd.follow_devices"])

    def idle_after(self) -> timedelta | None:
        """How long without input is being away; None: idle time is not watched."""
        return self.value.get_duration("time.idle_after")

    def daily_goal(self) -> int:
        """How many seconds a day is to have; 0 without a goal."""
        goal = self.value.get_duration("time.daily_goal")
        return int(goal.total_seconds()) if goal else 0

    def hotkeys(self) -> dict[HotKeyAction, KeyCombination]:
        """The combinations that are set, by what they do."""
        typed = {action: self.value.get_text(f"hotkeys.{action.value}") for action in HotKeyAction}
        return {action: parse_combination(text) for action, text in typed.items() if text}

    def rules(self) -> LoggingRules:
        """What they mean for entries."""
        configured = self.value.configured
        return LoggingRules(
            Destinations(configured["timecrowd"], configured["kaiten"]),
            Rounding(self.value.get_text("time.rounding")),
            self.value.day_start,
        )


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
    problems: ProblemResolver
    notices: Notices
    retry: Retry
    set_aside: JournalRecovery | None

    def status(self) -> Document:
        """The document of `status --json`."""
        settings = self.settings.value
        now = self.clock.now().astimezone()
        return status_document.status_document(
            self.journal.connection, now, settings.day_start, settings.configured
        )

    def commands(self, deliver: Deliver) -> Commands:
        """The commands on this core; `deliver` is how the front end lets deliveries happen."""

        async def look(seconds: float) -> None:
            self.remote_sync.request()
            await deliver(seconds)

        from timer_app.services.commands import Commands

        return Commands(
            timer=self.timer,
            editor=self.editor,
            journal=self.journal,
            problems=self.problems,
            clock=self.clock,
            deliver=deliver,
            look=look,
            status=self.status,
            origin=self.settings.kaiten_url,
            card_book=lambda: self.connections.kaiten,
            notices=self.notices,
            auditor=self.auditor,
            absence_resolver=self.absence_resolver,
            paused=lambda: self.sender.paused,
        )

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
        )

    def finder(self) -> TaskFinder:
        """What finds the tasks that words or a card may mean."""
        from timer_app.services.entries.task_finder import TaskFinder

        return TaskFinder(
            self.journal, self.clock, lambda: self.connections.kaiten, self.settings.kaiten_url
        )

    async def close(self) -> None:
        """Close everything, in the reverse order."""
        await self.connections.close()
        self.journal.close()


def make_core(
    paths: Paths,
    secrets: Secrets,
    *,
    clock: Clock | None = None,
    seconds: Callable[[], float] = time.monotonic,
    jitter: Jitter | None = None,
    on_change: Callable[[], None] = lambda: None,
    on_delivery_change: Callable[[], None] = lambda: None,
    on_journal_error: Callable[[JournalError | None], None] = lambda _: None,
    on_notice: Callable[[Notice], None] = lambda _: None,
) -> Core:
    """Read the settings, open the journal, connect. Needs no event loop and sends nothing.

    `clock` is the computer's unless told, `seconds` a clock that only goes forward, `jitter`
    chance. `on_change` is called after each commit that a person asked for, `on_delivery_change`
    after the sender's, `on_notice` with what happened without anybody here. Raises SettingsError,
    PathUnusable or JournalUnusable.
    """
    paths.make()
    settings = ActiveSettings(paths.settings)
    clock = clock or SystemClock()
    connection, set_aside = open_or_recover(paths.journal, clock.now())
    journal = SqliteJournal(connection)
    cached_secrets = CachedSecrets(secrets)
    connections = ServiceConnections(cached_secrets, clock)
    connections.apply(settings.value)
    timer = TimerService(journal, clock, settings.rules, _new_id)
    editor = Editor(journal, clock, settings.rules, _new_id, timer.notify_observers)
    absence_resolver = AbsenceResolver(journal, clock, settings.rules, _new_id, timer)
    jitter = jitter or random.Random().random
    reconciler = Reconciler(journal, clock, jitter)
    duplicates = DuplicateDetector(journal, clock, reconciler, jitter)
    remote_sync = RemoteSync(
        journal,
        clock,
        timer,
        jitter,
        is_allowed=settings.is_remote_sync_enabled,
        seconds=seconds,
        on_suspected_duplicate=duplicates.check_all_now,
        kaiten=settings.kaiten_url,
    )
    sender = Sender(
        journal,
        connections.gateway,
        clock,
        partial(_sender_lock, paths.sender_lock),
        reconciler,
        duplicates,
        jitter,
        remote_sync=remote_sync,
        tracker=lambda: connections.timecrowd,
        changed=on_delivery_change,
        on_journal_error=on_journal_error,
    )
    notices = Notices(on_notice)
    timer.on_notice(notices.publish)
    timer.observe(sender.wake)
    timer.observe(on_change)

    def request_remote_sync() -> None:
        if settings.is_remote_sync_enabled():
            remote_sync.request()

    retry = Retry(on_journal_error)
    retry.register(partial(_forget_refused_secrets, cached_secrets, journal))
    retry.register(sender.retry)
    retry.register(request_remote_sync, RetryReason.TIME_PASSED)

    def on_problem_resolved() -> None:
        retry.now(RetryReason.USER_ACTED)
        on_change()

    problems = ProblemResolver(journal, on_problem_resolved)
    return Core(
        paths,
        settings,
        clock,
        journal,
        cached_secrets,
        connections,
        timer,
        editor,
        absence_resolver,
        sender,
        remote_sync,
        problems,
        notices,
        retry,
        set_aside,
    )


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
