"""`login` and `logout`: a secret into the keyring, checked with one call, and out of it."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from timer_app.adapters.journal.schema import connect
from timer_app.adapters.journal.store import SqliteJournal
from timer_app.adapters.places import Places
from timer_app.adapters.secrets import FixedSecrets
from timer_app.adapters.settings import reading as settings_file
from timer_app.adapters.settings.reading import Settings
from timer_app.adapters.system_clock import SystemClock
from timer_app.adapters.timecrowd.client import TimeCrowdGateway
from timer_app.command_line.output import say
from timer_app.composition import Connections, keyring_for
from timer_app.domain.delivery import Service
from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.services.checking import Check
from timer_app.services.commands import Reply
from timer_app.services.exit import Exit
from timer_app.services.ports import (
    Choice,
    ProxySecret,
    SecretName,
    ServiceProblem,
    TokenUnavailable,
)
from timer_app.services.service_status import ServiceStatus

_PATIENCE_WITH_A_PROMPT = 60.0
"""Seconds: the person who logs in is there to answer it."""
_NO_KAITEN = "Kaiten has no address yet: timer-app config set kaiten.url https://COMPANY.kaiten.ru"
_NO_USER = (
    "The proxy's address names no user, and without one no password is asked for:"
    " timer-app config set network.proxy http://USER@HOST:PORT"
)


def secret_named(word: str) -> SecretName:
    """What was typed, as the grammar allows it."""
    return ProxySecret.PROXY if word == ProxySecret.PROXY.value else Service(word)


def read_secret(name: SecretName) -> str:
    """A secret from a prompt that does not show it, or one line of stdin; never from argv."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
    elif isinstance(name, Service):
        line = getpass.getpass(f"Token of {name.value}: ")
    else:
        line = getpass.getpass("Password of the proxy: ")
    # A password may begin or end with a space, a token cannot.
    return line.strip() if isinstance(name, Service) else line.rstrip("\r\n")


async def login(places: Places, name: SecretName, secret: str) -> Reply:
    """Check a secret with one call and keep it. One that is not accepted is not kept."""
    settings = settings_file.load(places.settings)
    if name is Service.KAITEN and not settings.configured["kaiten"]:
        return _refused(_NO_KAITEN)
    if not secret:
        return _refused("Nothing was given; nothing was changed.")
    try:
        if isinstance(name, Service):
            return await _login_at_service(places, name, secret, settings)
        return await _login_at_proxy(places, secret, settings)
    except TokenUnavailable as error:
        return _refused(str(error))


async def _login_at_service(
    places: Places, service: Service, token: str, settings: Settings
) -> Reply:
    connections = _connections(service, token, settings)
    try:
        check = await connections.check(service)
        if check.obstacle is not None:
            return _refused(f"{_whole(check.obstacle)} The token was not kept.")
        await keyring_for(_PATIENCE_WITH_A_PROMPT).keep(service, token)
        teams = await _teams(connections, settings) if service is Service.TIMECROWD else ()
    finally:
        await connections.close()
    release(places, service)
    say([f"Signed in as {check.account}.", *_next_steps(teams)])
    return Reply(Exit.DONE, {"service": service.value, "account": check.account})


async def _login_at_proxy(places: Places, password: str, settings: Settings) -> Reply:
    """Keep the password, unless a service that is set up shows that the proxy refuses it."""
    address = settings.get_text("network.proxy")
    if address and not urlsplit(address).username:
        return _refused(_NO_USER)
    checks = await _through_proxy(password, settings)
    for check in checks:
        if check.obstacle and check.obstacle.trouble is Trouble.PROXY_REFUSES_LOGIN:
            return _refused(f"{check.obstacle.sentence} It was not kept.")
    await keyring_for(_PATIENCE_WITH_A_PROMPT).keep(ProxySecret.PROXY, password)
    for check in checks:
        release(places, check.service)
    blocked = [check.obstacle for check in checks if check.obstacle and check.obstacle.at_proxy]
    passed = next((check.proxy for check in checks if check.proxy and not blocked), "")
    say([f"The proxy {passed} accepts it." if passed else "The password is kept."])
    say(map(_whole, blocked[:1]))
    return Reply(Exit.DONE, {"service": ProxySecret.PROXY.value, "proxy": passed})


async def _through_proxy(password: str, settings: Settings) -> list[Check]:
    connections = _connections(ProxySecret.PROXY, password, settings)
    configured = [service for service in Service if settings.configured[service.value]]
    return [await connections.check(service) for service in configured]


def _connections(name: SecretName, secret: str, settings: Settings) -> Connections:
    connections = Connections(
        FixedSecrets({name: secret}, keyring_for(_PATIENCE_WITH_A_PROMPT)), SystemClock()
    )
    connections.use(settings)
    return connections


def _refused(why: str) -> Reply:
    return Reply(Exit.REFUSED, messages=(why,))


def _whole(obstacle: Obstacle) -> str:
    return f"{obstacle.sentence} {obstacle.remedy}".strip()


async def logout(places: Places, name: SecretName) -> Reply:
    """Remove the secret; what waits for the service goes on waiting."""
    del places
    try:
        was_there = await keyring_for(_PATIENCE_WITH_A_PROMPT).forget(name)
    except TokenUnavailable as error:
        return _refused(str(error))
    what = "token" if isinstance(name, Service) else "password"
    say([] if was_there else [f"There was no {what}."])
    return Reply(Exit.DONE, {"service": name.value, "removed": was_there})


def release(places: Places, service: Service) -> None:
    """Let deliveries that waited for a token go, in a journal that may not be there yet."""
    places.make()
    journal = SqliteJournal(connect(places.journal))
    try:
        journal.keep_service_status(service, ServiceStatus())
    finally:
        journal.close()


async def _teams(connections: Connections, settings: Settings) -> Sequence[Choice]:
    """The teams to choose from, while none is chosen and as far as TimeCrowd tells."""
    if settings.configured["timecrowd"]:
        return ()
    client = connections.client(Service.TIMECROWD, settings)
    try:
        return await TimeCrowdGateway(client, 0, None).teams()
    except ServiceProblem as problem:
        say([str(problem)])
        return ()


def _next_steps(teams: Sequence[Choice]) -> list[str]:
    if not teams:
        return []
    shown = [f"  timer-app config set timecrowd.team_id {each.id}   {each.name}" for each in teams]
    return ["Next, choose the team that entries go to:", *shown]
