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

from timer_app.adapters.journal import summary
from timer_app.adapters.journal.damaged import SetAside, open_or_set_aside
from timer_app.adapters.journal.store import SqliteJournal
from timer_app.adapters.places import Places
from timer_app.adapters.secrets import FixedSecrets, KeyringSecrets, RememberedSecrets
from timer_app.adapters.settings import reading as settings_file
from timer_app.adapters.settings.reading import Settings, SettingsError
from timer_app.adapters.system_clock import SystemClock
from timer_app.domain.delivery import Destinations, Service
from timer_app.domain.hotkeys import Action, Combination, parse_combination
from timer_app.domain.minutes import Rounding
from timer_app.domain.notice import Notice
from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.services.answering import Answers
from timer_app.services.checking import Check
from timer_app.services.doubles import Doubles
from timer_app.services.editing import Editor
from timer_app.services.notices import Notices
from timer_app.services.other_devices import OtherDevices
from timer_app.services.ports import (
    Choice,
    Clock,
    Gateway,
    JournalUnwritable,
    ProxySecret,
    Secrets,
)
from timer_app.services.problems import Problems
from timer_app.services.reconciler import Reconciler
from timer_app.services.report import Document
from timer_app.services.sender import Sender
from timer_app.services.settling import Jitter
from timer_app.services.terms import Rules
from timer_app.services.timer_service import TimerService

if TYPE_CHECKING:
    from timer_app.adapters.http.client import ServiceClient
    from timer_app.adapters.http.pace import Pace
    from timer_app.adapters.http.proxies import Proxies
    from timer_app.adapters.kaiten.client import KaitenGateway
    from timer_app.adapters.timecrowd.client import TimeCrowdGateway
    from timer_app.services.audit import Auditor
    from timer_app.services.commands import Commands, Deliver
    from timer_app.services.finder import Finder


class Connections:
    """The two services as the settings say; `use` takes other settings.

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
        self.paces: dict[Service, Pace] = {}
        """One for each service, whatever the settings: the service counts all that we ask."""

    def use(self, settings: Settings) -> list[ServiceClient]:
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
        from timer_app.adapters.timecrowd.client import TimeCrowdGateway

        client = self.client(Service.TIMECROWD, settings)
        return TimeCrowdGateway(client, team_id, settings.get_number("timecrowd.category_id"))

    def _make_kaiten(self, settings: Settings) -> KaitenGateway | None:
        if not settings.configured["kaiten"]:
            return None
        from timer_app.adapters.kaiten.client import KaitenGateway
        from timer_app.adapters.kaiten.wire import EMPLOYEE

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
            _ask_desktop if sys.platform == "linux" else None,
        )

    def _make_client(self, service: Service, settings: Settings, proxies: Proxies) -> ServiceClient:
        from timer_app.adapters.http.client import ServiceClient
        from timer_app.adapters.http.pace import Pace
        from timer_app.adapters.http.trust import trusting

        return ServiceClient(
            {Service.TIMECROWD: "TimeCrowd", Service.KAITEN: "Kaiten"}[service],
            settings.get_text(f"{service.value}.url"),
            partial(self._secrets.token, service),
            now=self._clock.now,
            trust=partial(trusting, settings.ca_file),
            proxies=proxies,
            # Kaiten allows 5 requests a second. TimeCrowd names no limit: it gets the same, so
            # that a long drain is polite.
            limiter=self.paces.setdefault(service, Pace()),
        )

    async def check(self, service: Service) -> Check:
        """Implements `Checker`, on connections of its own: the way there is found anew."""
        from timer_app.adapters.http.checking import check
        from timer_app.adapters.kaiten import wire as kaiten
        from timer_app.adapters.timecrowd import wire as timecrowd

        settings = self._settings
        if settings is None or not settings.get_text(f"{service.value}.url"):
            return Check(service, Obstacle(Trouble.NOT_SET_UP, ""))
        client = self._make_client(service, settings, self._make_proxies(settings))
        try:
            match service:
                case Service.TIMECROWD:
                    return await check(client, service, timecrowd.me(), timecrowd.account)
                case Service.KAITEN:
                    return await check(client, service, kaiten.current_user(), kaiten.account)
        finally:
            await client.close()

    async def check_token(self, service: Service, token: str) -> Check:
        """Implements `Accounts`, on connections of its own like `check`."""
        others = Connections(FixedSecrets({service: token}, self._secrets), self._clock)
        others.paces = self.paces
        if self._settings is not None:
            others.use(self._settings)
        return await others.check(service)

    async def teams(self) -> Sequence[Choice]:
        """Implements `Accounts`."""
        from timer_app.adapters.timecrowd.client import TimeCrowdGateway

        async with self._asking(Service.TIMECROWD) as client:
            return await TimeCrowdGateway(client, 0, None).teams()

    async def categories(self, team_id: int) -> Sequence[Choice]:
        """Implements `Accounts`."""
        from timer_app.adapters.timecrowd.client import TimeCrowdGateway

        async with self._asking(Service.TIMECROWD) as client:
            return await TimeCrowdGateway(client, team_id, None).categories(team_id)

    async def roles(self) -> Sequence[Choice]:
        """Implements `Accounts`."""
        from timer_app.adapters.kaiten.client import KaitenGateway
        from timer_app.adapters.kaiten.wire import EMPLOYEE

        async with self._asking(Service.KAITEN) as client:
            return await KaitenGateway(client, "", EMPLOYEE.id).roles()

    @asynccontextmanager
    async def _asking(self, service: Service) -> AsyncIterator[ServiceClient]:
        """A client for one question, which needs no team."""
        settings = self._settings or settings_file.parse("", "")
        client = self._make_client(service, settings, self._make_proxies(settings))
        try:
            yield client
        finally:
            await client.close()

    async def newest_release(self, feed: str) -> str:
        """The version that `feed` names, asked the way that services are. Raises FeedUnusable."""
        from timer_app.adapters.http.releases import newest
        from timer_app.adapters.http.trust import trusting

        settings = self._settings or settings_file.parse("", "")
        return await newest(feed, partial(trusting, settings.ca_file), self._make_proxies(settings))

    async def close(self) -> None:
        """Close every connection."""
        clients, self._clients = self._clients, []
        for client in clients:
            await client.close()


async def _ask_desktop(origin: str) -> Sequence[str]:
    from timer_app.adapters.dbus.proxy_resolver import ask_desktop

    return await ask_desktop(origin)


def change_setting(path: str, key: str, typed: str) -> Settings:
    """Set one key to what a person typed; what it names is looked at. Raises SettingsError."""
    from timer_app.adapters.settings import writing

    if key == "network.ca_file" and typed:
        from timer_app.adapters.http.trust import CaFileUnusable, check_ca_file

        try:
            typed = check_ca_file(typed)
        except CaFileUnusable as fault:
            trouble = Obstacle(Trouble.CA_FILE, fault.path, detail=fault.reason)
            raise SettingsError(f"{key}: {trouble.sentence}") from None
    return writing.change(path, key, typed)


def keyring_for(seconds: float) -> KeyringSecrets:
    """The keyring for a command of which a person waits that long."""

    async def is_locked() -> bool | None:
        if sys.platform != "linux":
            return None
        from timer_app.adapters.dbus.keyring_watch import keyring_is_locked

        return await keyring_is_locked()

    return KeyringSecrets(until=time.monotonic() + seconds, is_locked=is_locked)


def import_gateways() -> None:
    """In a thread, beforehand: at the first call it would be felt in the tray."""
    import timer_app.adapters.http.client
    import timer_app.adapters.kaiten.client
    import timer_app.adapters.timecrowd.client  # noqa: F401 - to have it, not to use it


class CurrentSettings:
    """The settings in force; `reload` reads the file again."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.value = settings_file.load(path)

    def reload(self) -> Settings:
        """Take what the file says now. Raises SettingsError, and then the old ones stay."""
        self.value = settings_file.load(self._path)
        return self.value

    def kaiten(self) -> str:
        """Kaiten's address, "" if it is not set up."""
        return self.value.get_text("kaiten.url")

    def follows_devices(self) -> bool:
        """Whether to ask now and then what other devices do."""
        return bool(self.value["timecrowd.follow_devices"])

    def idle_after(self) -> timedelta | None:
        """How long without input is being away; None: idle time is not watched."""
        return self.value.get_length("time.idle_after")

    def daily_goal(self) -> int:
        """How many seconds a day is to have; 0 without a goal."""
        goal = self.value.get_length("time.daily_goal")
        return int(goal.total_seconds()) if goal else 0

    def hotkeys(self) -> dict[Action, Combination]:
        """The combinations that are set, by what they do."""
        typed = {action: self.value.get_text(f"hotkeys.{action.value}") for action in Action}
        return {action: parse_combination(text) for action, text in typed.items() if text}

    def rules(self) -> Rules:
        """What they mean for entries."""
        configured = self.value.configured
        return Rules(
            Destinations(configured["timecrowd"], configured["kaiten"]),
            Rounding(self.value.get_text("time.rounding")),
            self.value.day_start,
        )


@dataclass(frozen=True, slots=True)
class Core:
    """Everything but the front end."""

    places: Places
    settings: CurrentSettings
    clock: Clock
    journal: SqliteJournal
    secrets: RememberedSecrets
    connections: Connections
    timer: TimerService
    editor: Editor
    answers: Answers
    sender: Sender
    devices: OtherDevices
    problems: Problems
    notices: Notices
    set_aside: SetAside | None

    def status(self) -> Document:
        """The document of `status --json`."""
        settings = self.settings.value
        now = self.clock.now().astimezone()
        return summary.status_document(
            self.journal.connection, now, settings.day_start, settings.configured
        )

    def try_again(self) -> None:
        """A person did something that may have mended a service: ask keyring and service anew."""
        self.secrets.doubt()
        self.sender.try_again()

    def commands(self, deliver: Deliver) -> Commands:
        """The commands on this core; `deliver` is how the front end lets deliveries happen."""

        async def look(seconds: float) -> None:
            self.devices.want()
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
            origin=self.settings.kaiten,
            card_book=lambda: self.connections.kaiten,
            notices=self.notices,
            auditor=self.auditor,
            answers=self.answers,
            paused=lambda: self.sender.paused,
        )

    def auditor(self) -> Auditor:
        """Made when it is wanted: few commands are audits, and its rules take time to import."""
        from timer_app.services.audit import Auditor

        return Auditor(
            self.journal,
            self.clock,
            self.settings.rules,
            _new_id,
            tracker=lambda: self.connections.timecrowd,
            cards=lambda: self.connections.kaiten,
            kaiten=self.settings.kaiten,
            changed=self.timer.changed,
        )

    def finder(self) -> Finder:
        """What finds the tasks that words or a card may mean."""
        from timer_app.services.finder import Finder

        return Finder(
            self.journal, self.clock, lambda: self.connections.kaiten, self.settings.kaiten
        )

    async def close(self) -> None:
        """Close everything, in the reverse order."""
        await self.connections.close()
        self.journal.close()


def make_core(
    places: Places,
    secrets: Secrets,
    *,
    clock: Clock | None = None,
    seconds: Callable[[], float] = time.monotonic,
    jitter: Jitter | None = None,
    changed: Callable[[], None] = lambda: None,
    delivering: Callable[[], None] = lambda: None,
    trouble: Callable[[JournalUnwritable | None], None] = lambda _: None,
    notice: Callable[[Notice], None] = lambda _: None,
) -> Core:
    """Read the settings, open the journal, connect. Needs no event loop and sends nothing.

    `clock` is the computer's unless told, `seconds` a clock that only goes forward, `jitter`
    chance. `changed` is called after each commit that a person asked for, `delivering` after the
    sender's, `notice` with what happened without anybody here.
    Raises SettingsError, PlaceUnusable or JournalUnusable.
    """
    places.make()
    settings = CurrentSettings(places.settings)
    clock = clock or SystemClock()
    connection, set_aside = open_or_set_aside(places.journal, clock.now())
    journal = SqliteJournal(connection)
    remembered = RememberedSecrets(secrets)
    connections = Connections(remembered, clock)
    connections.use(settings.value)
    timer = TimerService(journal, clock, settings.rules, _new_id)
    editor = Editor(journal, clock, settings.rules, _new_id, timer.changed)
    answers = Answers(journal, clock, settings.rules, _new_id, timer)
    jitter = jitter or random.Random().random
    reconciler = Reconciler(journal, clock, jitter)
    doubles = Doubles(journal, clock, reconciler, jitter)
    devices = OtherDevices(
        journal,
        clock,
        timer,
        jitter,
        may_ask=settings.follows_devices,
        seconds=seconds,
        suspect=doubles.look_now,
        kaiten=settings.kaiten,
    )
    sender = Sender(
        journal,
        connections.gateway,
        clock,
        partial(_turn, places.sender_lock),
        reconciler,
        doubles,
        jitter,
        devices=devices,
        tracker=lambda: connections.timecrowd,
        changed=delivering,
        trouble=trouble,
    )
    notices = Notices(notice)
    timer.notify(notices.tell)
    timer.observe(sender.wake)
    timer.observe(changed)

    def try_again() -> None:
        remembered.doubt()
        sender.try_again()
        changed()

    problems = Problems(journal, try_again)
    return Core(
        places, settings, clock, journal, remembered, connections, timer, editor, answers, sender,
        devices, problems, notices, set_aside,
    )  # fmt: skip


def _turn(lock: str) -> AbstractAsyncContextManager[None]:
    from timer_app.adapters.turn import turn

    return turn(lock)


def _new_id() -> str:
    import uuid

    return uuid.uuid4().hex[:12]
