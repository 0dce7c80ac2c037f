"""`login` and `logout`: a secret into the keyring, checked with one call, and out of it."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlsplit

from timer_app.adapters.delivery.timecrowd.gateway import TimeCrowdGateway
from timer_app.adapters.entries.journal.connection import connect
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import CachedSecrets, FixedSecrets
from timer_app.adapters.setup.secret_origins import SecretOrigins
from timer_app.adapters.setup.settings import reader as settings_file
from timer_app.adapters.setup.settings.reader import Settings
from timer_app.adapters.system_clock import SystemClock
from timer_app.bootstrap.connections import ServiceConnections
from timer_app.bootstrap.keyring import keyring_with_timeout
from timer_app.bootstrap.settings import secret_origin
from timer_app.domain.messages import ConnectionProblemKind
from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.setup.secrets import ProxySecret, SecretName
from timer_app.domain.setup.typed_text import strip_invisible
from timer_app.services.command_context import CommandReply
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.delivery.service_status import ServiceStatus
from timer_app.services.exit_codes import ExitCode
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.ports import SecretUnavailable
from timer_app.terminal import print_messages

_PROMPT_TIMEOUT = 60.0
"""Seconds for an answer: the person who logs in is there. A prompt waits for them longer."""
_NO_KAITEN = "Kaiten has no address yet: timer-app config set kaiten.url https://COMPANY.kaiten.ru"
_NO_USER = (
    "The proxy's address names no user, and without one no password is asked for:"
    " timer-app config set network.proxy http://USER@HOST:PORT"
)


def parse_secret_name(word: str) -> SecretName:
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
    return strip_invisible(line) if isinstance(name, Service) else line.rstrip("\r\n")


async def login(paths: Paths, name: SecretName, secret: str) -> CommandReply:
    """Check a secret with one call and keep it. One that is not accepted is not kept."""
    paths.make()
    settings = settings_file.load(paths.settings)
    if name is Service.KAITEN and not settings.configured["kaiten"]:
        return _refused(_NO_KAITEN)
    if not secret:
        return _refused("Nothing was given; nothing was changed.")
    try:
        if isinstance(name, Service):
            return await _login_at_service(paths, name, secret, settings)
        return await _login_at_proxy(paths, secret, settings)
    except SecretUnavailable as error:
        return _refused(str(error))


async def _login_at_service(
    paths: Paths, service: Service, token: str, settings: Settings
) -> CommandReply:
    connections = _connections(paths, service, token, settings)
    try:
        check = await connections.check(service)
        if check.connection_problem is not None:
            return _refused(f"{_full_text(check.connection_problem)} The token was not kept.")
        await _keyring(paths, settings).store(service, token)
        teams = await _teams(connections, settings) if service is Service.TIMECROWD else ()
    finally:
        await connections.close()
    release_deliveries(paths, service)
    print_messages([f"Signed in as {check.account}.", *_next_steps(teams)])
    return CommandReply(ExitCode.DONE, {"service": service.value, "account": check.account})


async def _login_at_proxy(paths: Paths, password: str, settings: Settings) -> CommandReply:
    """Keep the password, unless a service that is set up shows that the proxy refuses it."""
    address = settings.get_text("network.proxy")
    if address and not urlsplit(address).username:
        return _refused(_NO_USER)
    checks = await _check_through_proxy(paths, password, settings)
    for check in checks:
        if (
            check.connection_problem
            and check.connection_problem.kind is ConnectionProblemKind.PROXY_REFUSES_LOGIN
        ):
            return _refused(f"{check.connection_problem.sentence} It was not kept.")
    await _keyring(paths, settings).store(ProxySecret.PROXY, password)
    for check in checks:
        release_deliveries(paths, check.service)
    blocked = [
        check.connection_problem
        for check in checks
        if check.connection_problem and check.connection_problem.at_proxy
    ]
    passed = next((check.proxy for check in checks if check.proxy and not blocked), "")
    print_messages([f"The proxy {passed} accepts it." if passed else "The password is kept."])
    print_messages(map(_full_text, blocked[:1]))
    return CommandReply(ExitCode.DONE, {"service": ProxySecret.PROXY.value, "proxy": passed})


async def _check_through_proxy(
    paths: Paths, password: str, settings: Settings
) -> list[ServiceCheck]:
    connections = _connections(paths, ProxySecret.PROXY, password, settings)
    configured = [service for service in Service if settings.configured[service.value]]
    return [await connections.check(service) for service in configured]


def _keyring(paths: Paths, settings: Settings) -> CachedSecrets:
    """The keyring, whose secrets are for the addresses of the settings."""
    return CachedSecrets(
        keyring_with_timeout(_PROMPT_TIMEOUT, is_patient=True),
        SecretOrigins(paths.secret_origins),
        partial(secret_origin, settings),
    )


def _connections(
    paths: Paths, name: SecretName, secret: str, settings: Settings
) -> ServiceConnections:
    connections = ServiceConnections(
        FixedSecrets({name: secret}, _keyring(paths, settings)), SystemClock()
    )
    connections.apply(settings)
    return connections


def _refused(reason: str) -> CommandReply:
    return CommandReply(ExitCode.REFUSED, messages=(reason,))


def _full_text(connection_problem: ConnectionProblem) -> str:
    return f"{connection_problem.sentence} {connection_problem.remedy}".strip()


async def logout(paths: Paths, name: SecretName) -> CommandReply:
    """Remove the secret; what waits for the service goes on waiting."""
    paths.make()
    settings, _ = settings_file.salvage(paths.settings)  # a secret can be removed in any case
    try:
        was_there = await _keyring(paths, settings).delete(name)
    except SecretUnavailable as error:
        return _refused(str(error))
    what = "token" if isinstance(name, Service) else "password"
    print_messages([] if was_there else [f"There was no {what}."])
    return CommandReply(ExitCode.DONE, {"service": name.value, "removed": was_there})


def release_deliveries(paths: Paths, service: Service) -> None:
    """Let deliveries that waited for a token go, in a journal that may not be there yet."""
    paths.make()
    journal = SqliteJournal(connect(paths.journal))
    try:
        journal.save_service_status(service, ServiceStatus())
    finally:
        journal.close()


async def _teams(connections: ServiceConnections, settings: Settings) -> Sequence[Choice]:
    """The teams to choose from, while none is chosen and as far as TimeCrowd answers."""
    if settings.configured["timecrowd"]:
        return ()
    client = connections.client(Service.TIMECROWD, settings)
    try:
        return await TimeCrowdGateway(client, 0, None).teams()
    except ServiceCallError as problem:
        print_messages([str(problem)])
        return ()


def _next_steps(teams: Sequence[Choice]) -> list[str]:
    if not teams:
        return []
    shown = [f"  timer-app config set timecrowd.team_id {each.id}   {each.name}" for each in teams]
    return ["Next, choose the team that entries go to:", *shown]
