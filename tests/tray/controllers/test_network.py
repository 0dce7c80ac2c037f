"""What the page of networks asks for, done: keyring and services answer when they like."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from tests.support.pages.page import Page
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.domain.messages import KeyringMessageId
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import KeyringProblem, ProxySecret, SecretName, SecretUse
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.ports import SecretUnavailable
from timer_app.services.setup.setting_change import SettingChange, SettingRefused
from timer_app.tray.controllers.network import NetworkController
from timer_app.ui.setup import network_wording

pytestmark = pytest.mark.qasync
ANY_USE = SecretUse()
PROXY = ProxySecret.PROXY


class Locked(FixedSecrets):
    """A keyring that is locked."""

    async def token(self, service: SecretName, use: SecretUse = ANY_USE) -> str:
        """See the port."""
        del service, use
        raise SecretUnavailable(KeyringMessageId.LOCKED, problem=KeyringProblem.LOCKED)

    async def store(self, service: SecretName, token: str, use: SecretUse = ANY_USE) -> None:
        """See the port."""
        del token, use
        await self.token(service)


class Answers:
    """A Checker that answers when it is let."""

    def __init__(self) -> None:
        self.let = asyncio.Event()
        self.asked: list[Service] = []

    async def check(self, service: Service) -> ServiceCheck:
        """See the port."""
        self.asked.append(service)
        await self.let.wait()
        return ServiceCheck(service, account="Dana")


class Whole:
    """The page with all around it."""

    def __init__(self, secrets: FixedSecrets) -> None:
        self.secrets = secrets
        self.checker = Answers()
        self.tasks: list[asyncio.Task[None]] = []
        self.changed: list[tuple[str, str]] = []
        self.reconnected = 0
        self.settings = NetworkController(
            secrets, self.checker, self._spawn, self._change, self._reconnect
        )
        self.page = self.settings.page

    def _spawn(self, work: Callable[[], Coroutine[object, object, None]]) -> asyncio.Task[None]:
        self.tasks.append(asyncio.get_running_loop().create_task(work()))
        return self.tasks[-1]

    def _change(self, key: str, typed: str) -> SettingChange:
        self.changed.append((key, typed))
        return SettingRefused("why not")

    def _reconnect(self) -> None:
        self.reconnected += 1

    async def done(self) -> None:
        """All that was begun is over."""
        await asyncio.wait(self.tasks)

    @property
    def kept(self) -> str:
        """What the page says of the password."""
        return Page(self.page).label("password_state").text()


async def test_a_password_goes_to_the_keyring_and_out_of_it() -> None:
    whole = Whole(FixedSecrets({}))
    whole.settings.load()
    await whole.done()
    assert whole.kept == network_wording.password_status(KeyringProblem.EMPTY)
    whole.settings.save_proxy_password("secret")
    await whole.done()
    assert await whole.secrets.token(PROXY) == "secret"
    assert whole.kept == network_wording.password_status(None)
    whole.settings.load()
    await whole.done()
    assert whole.kept == network_wording.password_status(None)
    whole.settings.delete_proxy_password()
    await whole.done()
    assert whole.kept == network_wording.password_status(KeyringProblem.EMPTY)
    assert whole.reconnected == 2
    assert whole.settings.change("network.proxy", "none") == SettingRefused("why not")
    assert whole.changed == [("network.proxy", "none")]
    whole.settings.close()


async def test_a_locked_keyring_is_said_and_nothing_is_made_anew() -> None:
    whole = Whole(Locked({}))
    whole.settings.load()
    await whole.done()
    assert whole.kept == network_wording.password_status(KeyringProblem.LOCKED)
    whole.settings.save_proxy_password("secret")
    await whole.done()
    assert whole.kept == network_wording.password_status(KeyringProblem.LOCKED)
    assert whole.reconnected == 0
    whole.settings.close()


async def test_services_are_checked_without_holding_anything_up() -> None:
    whole = Whole(FixedSecrets({}))
    whole.page.show()
    Page(whole.page).button("check_now").click()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert sorted(each.value for each in whole.checker.asked) == ["kaiten", "timecrowd"]
    assert Page(whole.page).button("check_now").text() == "&Stop"
    whole.checker.let.set()
    await whole.done()
    assert Page(whole.page).button("check_now").text() == "&Check now"
    assert (
        Page(whole.page).label(f"check_{Service.KAITEN.value}").text()
        == "Kaiten accepts the token of Dana."
    )
    whole.settings.close()


async def test_checking_can_be_stopped_and_begun_again() -> None:
    whole = Whole(FixedSecrets({}))
    whole.page.show()
    Page(whole.page).button("check_now").click()
    await asyncio.sleep(0)
    Page(whole.page).button("check_now").click()
    await whole.done()
    assert whole.tasks[0].cancelled()
    assert Page(whole.page).button("check_now").text() == "&Check now"
    whole.checker.let.set()
    Page(whole.page).button("check_now").click()
    await whole.done()
    assert "accepts" in Page(whole.page).label(f"check_{Service.TIMECROWD.value}").text()
    whole.settings.close()


async def test_while_quitting_nothing_is_begun() -> None:
    whole = Whole(FixedSecrets({}))
    settings = NetworkController(
        whole.secrets,
        whole.checker,
        lambda _: None,
        whole.settings.change,
        lambda: None,
    )
    Page(settings.page).button("check_now").click()
    assert Page(settings.page).button("check_now").text() == "&Check now"
    settings.close()
    whole.settings.close()
