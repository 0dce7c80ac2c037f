"""How often the keyring is read: it may ask a person each time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.bootstrap.core import Core, make_core
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import ProxySecret, SecretName, SecretUse
from timer_app.services.delivery.service_status import Health, ServiceStatus
from timer_app.services.retry import RetryReason

NAMES: tuple[SecretName, ...] = (*Service, ProxySecret.PROXY)
ANY_USE = SecretUse()


class CountingSecrets(FixedSecrets):
    """Secrets that count how often each is read."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(NAMES, "token"))
        self.reads: Counter[SecretName] = Counter()

    async def token(self, service: SecretName, use: SecretUse = ANY_USE) -> str:
        self.reads[service] += 1
        return await super().token(service, use)


@pytest.fixture
def secrets() -> CountingSecrets:
    return CountingSecrets()


@pytest.fixture
def core(tmp_path: Path, secrets: CountingSecrets) -> Iterator[Core]:
    names = ("settings.toml", "journal.sqlite3", "log", "run")
    made = make_core(Paths(*(str(tmp_path / name) for name in names)), secrets)
    yield made
    asyncio.run(made.close())


def read_all(core: Core) -> None:
    async def read() -> None:
        for name in NAMES:
            await core.secrets.token(name)

    asyncio.run(read())


def test_ten_clicks_read_the_keyring_once(core: Core, secrets: CountingSecrets) -> None:
    for _ in range(10):
        core.retry.now(RetryReason.USER_ACTED)
        read_all(core)
    assert dict(secrets.reads) == dict.fromkeys(NAMES, 1)


@pytest.mark.parametrize(
    ("health", "asked_again"),
    [(Health.UNAUTHORIZED, Service.KAITEN), (Health.OFFLINE, ProxySecret.PROXY)],
)
def test_what_may_have_been_refused_is_read_again(
    core: Core, secrets: CountingSecrets, health: Health, asked_again: SecretName
) -> None:
    read_all(core)
    core.journal.save_service_status(Service.KAITEN, ServiceStatus(health, "refused"))
    core.retry.now(RetryReason.USER_ACTED)
    read_all(core)
    assert dict(secrets.reads) == {**dict.fromkeys(NAMES, 1), asked_again: 2}
