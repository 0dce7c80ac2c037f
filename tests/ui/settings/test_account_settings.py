"""What the form of an account asks for, done: keyring and service answer when they like."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence

import pytest

from timer_app.adapters.secrets import FixedSecrets
from timer_app.adapters.settings.reading import parse
from timer_app.domain.delivery import Service
from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.domain.outcome import NotSent, NotSentCause
from timer_app.services.checking import Check
from timer_app.services.ports import (
    Choice,
    KeyringTrouble,
    SecretName,
    ServiceProblem,
    TokenUnavailable,
)
from timer_app.ui.settings import account_wording
from timer_app.ui.settings.account_form import CATEGORY, TEAM
from timer_app.ui.settings.account_settings import AccountSettings

pytestmark = pytest.mark.qasync
TIMECROWD = Service.TIMECROWD
CANARY = "canary-token-91c2"


class Locked(FixedSecrets):
    """A keyring that is locked."""

    async def token(self, service: SecretName) -> str:
        """See the port."""
        raise TokenUnavailable(f"no {service}", KeyringTrouble.LOCKED)

    async def keep(self, service: SecretName, token: str) -> None:
        """See the port."""
        del token
        await self.token(service)


class Answers:
    """Implements Accounts: answers when it is let; `trouble` is what a check meets."""

    def __init__(self) -> None:
        self.let = asyncio.Event()
        self.let.set()
        self.trouble: Trouble | None = None
        self.lists = True
        self.asked: list[object] = []

    async def check(self, service: Service) -> Check:
        """See Accounts."""
        await self.let.wait()
        obstacle = Obstacle(self.trouble, "timecrowd.net") if self.trouble else None
        return Check(service, obstacle, account="" if obstacle else "Dana")

    async def check_token(self, service: Service, token: str) -> Check:
        """See Accounts."""
        self.asked.append(token)
        return await self.check(service)

    async def teams(self) -> Sequence[Choice]:
        """See Accounts."""
        return await self._list("teams", Choice(11609, "Timer team"))

    async def categories(self, team_id: int) -> Sequence[Choice]:
        """See Accounts."""
        return await self._list(team_id, Choice(36543, "Apps"))

    async def roles(self) -> Sequence[Choice]:
        """See Accounts."""
        return await self._list("roles", Choice(-1, "Employee"))

    async def _list(self, what: object, choice: Choice) -> Sequence[Choice]:
        self.asked.append(what)
        await self.let.wait()
        if not self.lists:
            raise ServiceProblem(NotSent(NotSentCause.OFFLINE, "No connection."))
        return (choice,)


class Whole:
    """The form with all around it."""

    def __init__(self, secrets: FixedSecrets) -> None:
        self.secrets = secrets
        self.answers = Answers()
        self.tasks: list[asyncio.Task[None]] = []
        self.changed: list[tuple[str, str]] = []
        self.renewed = 0
        self.unlocked = 0
        self.settings = AccountSettings(
            TIMECROWD, secrets, self.answers, self._spawn, self._change, self._renew,
            self._unlock, "https://timecrowd.net",
        )  # fmt: skip
        self.form = self.settings.form
        text = "[timecrowd]\nteam_id = 7\ncategory_id = 8\n"
        self.form.show_values(parse(text, "").all())

    def _spawn(self, work: Callable[[], Coroutine[object, object, None]]) -> asyncio.Task[None]:
        self.tasks.append(asyncio.get_running_loop().create_task(work()))
        return self.tasks[-1]

    def _change(self, key: str, typed: str) -> str:
        self.changed.append((key, typed))
        return ""

    def _renew(self) -> None:
        self.renewed += 1

    def _unlock(self) -> None:
        self.unlocked += 1

    async def done(self) -> None:
        """All that was begun is over."""
        await asyncio.wait(self.tasks)

    def keep(self) -> None:
        """A person types the token and presses the button."""
        self.form.token.setText(CANARY)
        self.form.keep()


async def test_a_good_token_is_kept_and_brings_the_lists() -> None:
    whole = Whole(FixedSecrets({}))
    whole.keep()
    assert whole.form._found.text() == "Asking TimeCrowd…"
    await whole.done()
    assert await whole.secrets.token(TIMECROWD) == CANARY
    assert whole.form.token.text() == ""
    assert whole.form._kept.text() == account_wording.kept(None)
    assert whole.form._found.text() == "TimeCrowd accepts the token of Dana."
    assert whole.answers.asked == [CANARY, "teams", 7]
    assert (whole.renewed, whole.unlocked) == (1, 1)
    whole.settings.forget_token()
    await whole.done()
    assert whole.form._kept.text() == account_wording.kept(KeyringTrouble.EMPTY)
    assert whole.renewed == 2


async def test_a_refused_token_is_not_kept_and_stays_to_be_mended() -> None:
    whole = Whole(FixedSecrets({}))
    whole.answers.trouble = Trouble.TOKEN_REFUSED
    whole.keep()
    await whole.done()
    assert whole.form.token.text() == CANARY
    assert whole.form._found.text().endswith("Enter a new one. The token was not kept.")
    assert whole.renewed == 0
    with pytest.raises(TokenUnavailable):
        await whole.secrets.token(TIMECROWD)


async def test_a_token_that_cannot_be_tried_is_kept() -> None:
    whole = Whole(FixedSecrets({}))
    whole.answers.trouble = Trouble.NO_ROUTE
    whole.keep()
    await whole.done()
    assert await whole.secrets.token(TIMECROWD) == CANARY
    assert "kept all the same" in whole.form._found.text()


async def test_a_locked_keyring_is_told_and_nothing_is_lost(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    whole = Whole(Locked({}))
    whole.keep()
    await whole.done()
    assert whole.form._kept.text() == account_wording.kept(KeyringTrouble.LOCKED)
    assert whole.form.token.text() == CANARY
    assert CANARY not in caplog.text + repr(whole.form) + repr(whole.tasks)


async def test_without_a_list_the_number_stays_and_it_is_said() -> None:
    whole = Whole(FixedSecrets({TIMECROWD: CANARY}))
    whole.answers.lists = False
    whole.settings.look()
    await whole.done()
    assert whole.form._found.text() == account_wording.no_list()
    assert whole.form.number(TEAM) == "7"


async def test_asking_can_be_stopped() -> None:
    whole = Whole(FixedSecrets({TIMECROWD: CANARY}))
    whole.answers.let.clear()
    whole.form._ask.click()
    assert whole.form._ask.text() == "Stop"
    whole.form._ask.click()
    await whole.done()
    assert whole.form._ask.text() == "Check now"
    assert not whole.form.is_busy


async def test_another_team_has_other_categories() -> None:
    whole = Whole(FixedSecrets({TIMECROWD: CANARY}))
    assert whole.settings.change(TEAM, "11609") == ""
    await whole.done()
    assert whole.changed == [(TEAM, "11609"), (CATEGORY, "")]
    assert whole.answers.asked == [11609]
