"""What the form of an account asks for, done: keyring and service answer when they like."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from tests.support.pages.page import Page
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.adapters.setup.settings.reader import parse
from timer_app.domain.delivery.outcomes import NotSent, NotSentCause
from timer_app.domain.messages import ConnectionProblemKind, KeyringMessageId
from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.setup.secrets import KeyringProblem, SecretName, SecretUse
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.ports import SecretUnavailable
from timer_app.services.setup.setting_change import SettingChange, SettingKept
from timer_app.tray.controllers.account import AccountController
from timer_app.ui.setup import account_wording
from timer_app.ui.setup.account_form import CATEGORY, TEAM

pytestmark = pytest.mark.qasync
ANY_USE = SecretUse()
TIMECROWD = Service.TIMECROWD
CANARY = "canary-token-91c2"


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


class Slow(FixedSecrets):
    """A keyring that looks for what it holds until it is let."""

    def __init__(self, tokens: Mapping[SecretName, str]) -> None:
        super().__init__(tokens)
        self.let = asyncio.Event()

    async def token(self, service: SecretName, use: SecretUse = ANY_USE) -> str:
        """See the port."""
        await self.let.wait()
        return await super().token(service, use)


class Answers:
    """Implements Accounts: answers when it is let; `trouble` is what a check meets."""

    def __init__(self) -> None:
        self.let = asyncio.Event()
        self.let.set()
        self.trouble: ConnectionProblemKind | None = None
        self.lists = True
        self.asked: list[object] = []

    async def check(self, service: Service) -> ServiceCheck:
        """See Accounts."""
        await self.let.wait()
        connection_problem = (
            ConnectionProblem(self.trouble, "timecrowd.net") if self.trouble else None
        )
        return ServiceCheck(
            service, connection_problem, account="" if connection_problem else "Dana"
        )

    async def check_token(self, service: Service, token: str) -> ServiceCheck:
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
            raise ServiceCallError(NotSent(NotSentCause.OFFLINE, "No connection."))
        return (choice,)


class Whole:
    """The form with all around it."""

    def __init__(
        self,
        secrets: FixedSecrets,
        text: str = "[timecrowd]\nteam_id = 7\ncategory_id = 8\n",
        *,
        takes_only_team: bool = False,
    ) -> None:
        self.secrets = secrets
        self.answers = Answers()
        self.tasks: list[asyncio.Task[None]] = []
        self.changed: list[tuple[str, str]] = []
        self.renewed = 0
        self.unlocked = 0
        self.settings = AccountController(
            TIMECROWD, secrets, self.answers, self._spawn, self._change, self._renew,
            self._unlock, "https://timecrowd.net", takes_only_team=takes_only_team,
        )  # fmt: skip
        self.form = self.settings.form
        self.form.show_values(parse(text, "").all())

    @property
    def found(self) -> QLabel:
        """What the service said."""
        return Page(self.form).label("timecrowd-found")

    @property
    def kept(self) -> QLabel:
        """Whether a token is kept."""
        return Page(self.form).label("timecrowd-kept")

    @property
    def ask(self) -> QPushButton:
        """Check now, or Stop."""
        return Page(self.form).button("timecrowd-check")

    def _spawn(self, work: Callable[[], Coroutine[object, object, None]]) -> asyncio.Task[None]:
        self.tasks.append(asyncio.get_running_loop().create_task(work()))
        return self.tasks[-1]

    def _change(self, key: str, typed: str) -> SettingChange:
        self.changed.append((key, typed))
        for each in self.form.lists:
            if each.key == key:
                each.show_value(typed)  # as the settings are shown once they are others
        return SettingKept(typed)

    def _renew(self) -> None:
        self.renewed += 1

    def _unlock(self) -> None:
        self.unlocked += 1

    async def done(self) -> None:
        """All that was begun is over."""
        await asyncio.wait(self.tasks)

    @property
    def keep_button(self) -> QPushButton:
        """Check and keep."""
        return Page(self.form).button("timecrowd-keep")

    def keep(self) -> None:
        """A person types the token and presses the button."""
        self.form.token.setText(CANARY)
        self.form.submit_token()


async def test_a_good_token_is_kept_and_brings_the_lists() -> None:
    whole = Whole(FixedSecrets({}))
    whole.keep()
    assert whole.found.text() == "Asking TimeCrowd…"
    await whole.done()
    assert await whole.secrets.token(TIMECROWD) == CANARY
    assert whole.form.token.text() == ""
    assert whole.kept.text() == account_wording.token_status(None)
    assert whole.found.text() == "Connected as Dana."
    assert whole.answers.asked == [CANARY, "teams", 7]
    assert (whole.renewed, whole.unlocked) == (1, 1)
    whole.settings.delete_token()
    await whole.done()
    assert whole.kept.text() == account_wording.token_status(KeyringProblem.EMPTY)
    assert whole.renewed == 2


async def test_a_refused_token_is_not_kept_and_stays_to_be_mended() -> None:
    whole = Whole(FixedSecrets({}))
    whole.answers.trouble = ConnectionProblemKind.TOKEN_REFUSED
    whole.keep()
    await whole.done()
    assert whole.form.token.text() == CANARY
    assert whole.found.text().endswith("Enter a new token. The token was not kept.")
    assert whole.renewed == 0
    with pytest.raises(SecretUnavailable):
        await whole.secrets.token(TIMECROWD)


async def test_what_is_typed_while_a_token_is_tried_stays() -> None:
    whole = Whole(FixedSecrets({}))
    whole.answers.let.clear()
    whole.keep()
    whole.form.token.setText("the next one")
    whole.answers.let.set()
    await whole.done()
    assert await whole.secrets.token(TIMECROWD) == CANARY
    assert whole.form.token.text() == "the next one"
    assert whole.keep_button.isEnabled()


async def test_a_token_that_is_mended_while_it_is_tried_takes_the_place_of_the_first() -> None:
    whole = Whole(FixedSecrets({}))
    whole.answers.let.clear()
    whole.keep()
    await asyncio.sleep(0)
    assert not whole.keep_button.isEnabled()
    whole.form.token.setText("mended")
    whole.keep_button.click()
    whole.answers.let.set()
    await whole.done()
    assert await whole.secrets.token(TIMECROWD) == "mended"
    assert whole.form.token.text() == ""


async def test_a_refused_token_leaves_the_kept_one_shown_that_was_still_looked_for() -> None:
    secrets = Slow({TIMECROWD: "kept before"})
    whole = Whole(secrets)
    whole.answers.trouble = ConnectionProblemKind.TOKEN_REFUSED
    whole.settings.load()
    await asyncio.sleep(0)
    whole.keep()
    secrets.let.set()
    await whole.done()
    assert whole.kept.text() == account_wording.token_status(None)
    assert whole.form.token.text() == CANARY
    assert await secrets.token(TIMECROWD) == "kept before"


async def test_a_token_that_cannot_be_tried_is_kept() -> None:
    whole = Whole(FixedSecrets({}))
    whole.answers.trouble = ConnectionProblemKind.NO_ROUTE
    whole.keep()
    await whole.done()
    assert await whole.secrets.token(TIMECROWD) == CANARY
    assert "is tried again once this is fixed" in whole.found.text()


async def test_a_locked_keyring_is_reported_and_nothing_is_lost(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    whole = Whole(Locked({}))
    whole.keep()
    await whole.done()
    assert whole.kept.text() == account_wording.token_status(KeyringProblem.LOCKED)
    assert whole.form.token.text() == CANARY
    assert CANARY not in caplog.text + repr(whole.form) + repr(whole.tasks)


async def test_without_a_list_the_number_stays_and_it_is_said() -> None:
    whole = Whole(FixedSecrets({TIMECROWD: CANARY}))
    whole.answers.lists = False
    whole.settings.load()
    await whole.done()
    assert whole.found.text() == f"Connected as Dana. {account_wording.list_unavailable()}"
    assert whole.form.selected_id(TEAM) == "7"


async def test_whose_account_it_is_is_said_without_being_asked() -> None:
    whole = Whole(FixedSecrets({TIMECROWD: CANARY}))
    whole.settings.load()
    await whole.done()
    assert whole.found.text() == "Connected as Dana."


async def test_a_token_is_kept_though_something_else_is_being_asked() -> None:
    """Who types before the keyring has said what it holds has not typed in vain."""
    whole = Whole(FixedSecrets({TIMECROWD: "the one before"}))
    whole.answers.let.clear()
    whole.settings.load()
    whole.keep()
    whole.form.submit_token()  # a second Enter begins nothing anew
    whole.answers.let.set()
    await whole.done()
    assert await whole.secrets.token(TIMECROWD) == CANARY
    assert whole.answers.asked == [CANARY, "teams", 7]


async def test_asking_can_be_stopped() -> None:
    whole = Whole(FixedSecrets({TIMECROWD: CANARY}))
    whole.answers.let.clear()
    whole.ask.click()
    assert whole.ask.text() == "Stop"
    whole.ask.click()
    await whole.done()
    assert whole.ask.text() == "Check now"
    assert not whole.form.is_busy


async def test_another_team_has_other_categories() -> None:
    whole = Whole(FixedSecrets({TIMECROWD: CANARY}))
    assert whole.settings.change(TEAM, "11609") == SettingKept("11609")
    await whole.done()
    assert whole.changed == [(TEAM, "11609"), (CATEGORY, "")]
    assert whole.answers.asked == [11609]


async def test_the_only_team_is_chosen_by_itself_once() -> None:
    whole = Whole(FixedSecrets({}), "", takes_only_team=True)
    whole.keep()
    await whole.done()
    assert whole.changed == [(TEAM, "11609")]
    assert whole.answers.asked == [CANARY, "teams", 11609]
    assert whole.settings.change(TEAM, "") == SettingKept("")  # whoever takes it back means it
    whole.settings.load()
    await whole.done()
    assert whole.changed == [(TEAM, "11609"), (TEAM, "")]


async def test_of_several_teams_none_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    async def teams(_: Answers) -> Sequence[Choice]:
        return (Choice(1, "One"), Choice(2, "Two"))

    monkeypatch.setattr(Answers, "teams", teams)
    whole = Whole(FixedSecrets({TIMECROWD: CANARY}), "", takes_only_team=True)
    whole.settings.load()
    await whole.done()
    assert whole.changed == []


async def test_the_settings_choose_no_team_by_themselves() -> None:
    whole = Whole(FixedSecrets({TIMECROWD: CANARY}), "")
    whole.settings.load()
    await whole.done()
    assert whole.changed == []


async def test_a_team_that_is_chosen_while_a_token_is_tried_leaves_the_trial_alone() -> None:
    whole = Whole(FixedSecrets({}))
    whole.answers.let.clear()
    whole.keep()
    await asyncio.sleep(0)
    whole.settings.change(TEAM, "9")
    whole.answers.let.set()
    await whole.done()
    assert await whole.secrets.token(TIMECROWD) == CANARY
    assert whole.answers.asked == [CANARY, "teams", 9], "with the categories of that team"


async def test_a_team_that_is_chosen_while_a_refused_token_is_tried_has_its_categories() -> None:
    whole = Whole(FixedSecrets({TIMECROWD: "good"}))
    whole.answers.trouble = ConnectionProblemKind.TOKEN_REFUSED
    whole.answers.let.clear()
    whole.keep()
    await asyncio.sleep(0)
    whole.settings.change(TEAM, "9")
    whole.answers.let.set()
    await whole.done()
    assert whole.answers.asked == [CANARY, 9]
