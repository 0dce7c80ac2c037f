"""A secret goes to no other address than the one that it is kept for."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from timer_app.adapters.setup.cached_secrets import CachedSecrets, FixedSecrets
from timer_app.adapters.setup.secret_origins import SecretOrigins
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import KeyringProblem, ProxySecret
from timer_app.services.setup.ports import SecretUnavailable

KT, PROXY = Service.KAITEN, ProxySecret.PROXY
A, B = "https://a.kaiten.ru", "https://b.kaiten.ru"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the addresses are kept."""
    return tmp_path / "secret-origins.json"


@pytest.fixture
def origins(file: Path) -> SecretOrigins:
    """Nothing is known yet."""
    return SecretOrigins(str(file))


def test_a_secret_of_before_is_for_the_first_address(origins: SecretOrigins) -> None:
    origins.require(KT, A)
    origins.require(KT, A)
    with pytest.raises(SecretUnavailable) as refused:
        origins.require(KT, B)
    assert str(refused.value) == (
        f"The token that is kept is for {A}, so it is not sent to {B}."
        " Enter one for it: timer-app login kaiten"
    )
    assert refused.value.problem is KeyringProblem.EMPTY
    origins.require(Service.TIMECROWD, B)  # each has its own


def test_an_address_that_was_adopted_stays(origins: SecretOrigins, file: Path) -> None:
    origins.adopt(KT, A)
    origins.adopt(KT, B)
    with pytest.raises(SecretUnavailable):
        origins.require(KT, B)
    origins.record(KT, B)  # a login there
    origins.require(KT, B)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_proxy_is_named(origins: SecretOrigins) -> None:
    origins.require(PROXY, "http://proxy:3128")
    with pytest.raises(SecretUnavailable, match="for the proxy http://proxy:3128, so it is not"):
        origins.require(PROXY, "http://other:3128")


@pytest.mark.parametrize(
    "content", ["", "[]", "{", "\\ud800", "[" * 100_000, '{"kaiten": null}', "NaN"]
)
def test_a_damaged_file_gives_nothing_away(
    origins: SecretOrigins, file: Path, content: str
) -> None:
    file.write_text(content)
    with pytest.raises(SecretUnavailable, match="cannot be read, so it is not sent to") as refused:
        origins.require(KT, A)
    assert "?" not in str(refused.value)
    origins.record(KT, A)
    origins.require(KT, A)


def test_a_remembered_token_is_not_given_for_another_address(origins: SecretOrigins) -> None:
    address = [A]
    secrets = CachedSecrets(FixedSecrets({KT: "token"}), origins, lambda _: address[0])

    async def change_address() -> str:
        assert await secrets.token(KT) == "token"
        address[0] = B
        with pytest.raises(SecretUnavailable):
            await secrets.token(KT)
        await secrets.store(KT, "other")
        return await secrets.token(KT)

    assert asyncio.run(change_address()) == "other"
