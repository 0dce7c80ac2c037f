"""`login` and `logout`: a token into the keyring, checked with one call, and out of it."""

from __future__ import annotations

import getpass
import sys
from dataclasses import dataclass

from timer_app.adapters.journal.schema import connect
from timer_app.adapters.journal.store import SqliteJournal
from timer_app.adapters.kaiten.client import KaitenGateway
from timer_app.adapters.places import Places
from timer_app.adapters.secrets import FixedSecrets
from timer_app.adapters.settings import reading as settings_file
from timer_app.adapters.settings.reading import Settings
from timer_app.adapters.system_clock import SystemClock
from timer_app.adapters.timecrowd.client import TimeCrowdGateway
from timer_app.command_line.output import say
from timer_app.composition import Connections, keyring_for
from timer_app.domain.delivery import Service
from timer_app.services.commands import Exit, Reply
from timer_app.services.ports import Account, Choice, ServiceProblem, TokenUnavailable
from timer_app.services.service_status import ServiceStatus

_PATIENCE_WITH_A_PROMPT = 60.0
"""Seconds: the person who logs in is there to answer it."""
_NO_KAITEN = "Kaiten has no address yet: timer-app config set kaiten.url https://COMPANY.kaiten.ru"


@dataclass(frozen=True, slots=True)
class _Checked:
    account: Account
    teams: tuple[Choice, ...]


def read_token(service: Service) -> str:
    """A token from a prompt that does not show it, or one line of stdin; never from argv."""
    if sys.stdin.isatty():
        return getpass.getpass(f"Token of {service.value}: ").strip()
    return sys.stdin.readline().strip()


async def login(places: Places, service: Service, token: str) -> Reply:
    """Check the token with one call and keep it. A token that is not accepted is not kept."""
    settings = settings_file.load(places.settings)
    if service is Service.KAITEN and not settings.configured["kaiten"]:
        return Reply(Exit.REFUSED, messages=(_NO_KAITEN,))
    if not token:
        return Reply(Exit.REFUSED, messages=("No token was given; nothing was changed.",))
    try:
        checked = await _check(service, token, settings)
        await keyring_for(_PATIENCE_WITH_A_PROMPT).keep(service, token)
    except ServiceProblem as problem:
        return Reply(Exit.REFUSED, messages=(f"{problem} The token was not kept.",))
    except TokenUnavailable as error:
        return Reply(Exit.REFUSED, messages=(str(error),))
    release(places, service)
    say([f"Signed in as {checked.account.name}.", *_next_steps(service, settings, checked)])
    return Reply(Exit.DONE, {"service": service.value, "account": checked.account.name})


async def logout(places: Places, service: Service) -> Reply:
    """Remove the token; what waits for the service goes on waiting."""
    del places
    try:
        was_there = await keyring_for(_PATIENCE_WITH_A_PROMPT).forget(service)
    except TokenUnavailable as error:
        return Reply(Exit.REFUSED, messages=(str(error),))
    say([] if was_there else ["There was no token."])
    return Reply(Exit.DONE, {"service": service.value, "removed": was_there})


def release(places: Places, service: Service) -> None:
    """Let deliveries that waited for a token go, in a journal that may not be there yet."""
    places.make()
    journal = SqliteJournal(connect(places.journal))
    try:
        journal.keep_service_status(service, ServiceStatus())
    finally:
        journal.close()


async def _check(service: Service, token: str, settings: Settings) -> _Checked:
    connections = Connections(FixedSecrets({service: token}), SystemClock())
    client = connections.client(service, settings)
    try:
        if service is Service.KAITEN:
            kaiten = KaitenGateway(client, settings.get_text("kaiten.url"), -1)
            return _Checked(await kaiten.account(), ())
        timecrowd = TimeCrowdGateway(client, settings.get_number("timecrowd.team_id") or 0, None)
        return _Checked(await timecrowd.account(), await timecrowd.teams())
    finally:
        await connections.close()


def _next_steps(service: Service, settings: Settings, checked: _Checked) -> list[str]:
    if service is Service.KAITEN or settings.configured["timecrowd"]:
        return []
    teams = [f"  timer-app config set timecrowd.team_id {each.id}   {each.name}"
             for each in checked.teams]  # fmt: skip
    return ["Next, choose the team that entries go to:", *teams] if teams else []
