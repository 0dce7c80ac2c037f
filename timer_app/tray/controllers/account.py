"""What the form of an account asks for, done beside the loop: the keyring and the service."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial

from timer_app.domain.messages import ConnectionProblemKind
from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.services.background_tasks import Spawn
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.setup.accounts import Accounts
from timer_app.services.setup.ports import Secrets, SecretUnavailable
from timer_app.services.setup.setting_change import ChangeSetting, SettingChange, SettingKept
from timer_app.ui.setup.account_form import CATEGORY, ROLE, TEAM, AccountForm, TokenSaveResult


class AccountController:
    """Implements `AccountIntents` for one service and owns the form. It asks one thing at a time.

    `on_token_changed` is called when another token is kept, or none any more; `unlock_keyring`
    lets the keyring ask for its password, at a person's wish.
    With `takes_only_team` the one team there is is chosen, once.
    """

    def __init__(
        self,
        service: Service,
        secrets: Secrets,
        accounts: Accounts,
        spawn: Spawn,
        change: ChangeSetting,
        on_token_changed: Callable[[], None],
        unlock_keyring: Callable[[], None],
        default_address: str,
        *,
        takes_only_team: bool = False,
    ) -> None:
        self._service = service
        self._secrets = secrets
        self._accounts = accounts
        self._spawn = spawn
        self._change = change
        self._on_token_changed = on_token_changed
        self._unlock_keyring = unlock_keyring
        self._takes_only_team = takes_only_team
        self._task: asyncio.Task[None] | None = None
        self._saves_token = False
        self.form = AccountForm(service, self, default_address)

    def load(self) -> None:
        """The form is shown: see whether a token is kept, whose it is, and have the lists."""
        if not self.form.is_busy:
            self._start(self._load)

    def change(self, key: str, typed: str) -> SettingChange:
        """See AccountIntents. A category belongs to its team: with another team it goes."""
        team, category = self.form.selected_id(TEAM), self.form.selected_id(CATEGORY)
        change = self._change(key, typed)
        if isinstance(change, SettingKept) and key == TEAM and change.value != team:
            if category:
                self._change(CATEGORY, "")
            self.form.set_choices(CATEGORY, ())
            if not self._saves_token:  # which has the lists read when it is done
                self._start(partial(self._load_categories, change.value))
        return change

    def save_token(self, token: str) -> None:
        """See AccountIntents."""
        self._unlock_keyring()
        self._start(partial(self._save_token, token))
        self._saves_token = self._task is not None

    def delete_token(self) -> None:
        """See AccountIntents."""
        self._start(self._delete_token)

    def check(self) -> None:
        """See AccountIntents."""
        self._unlock_keyring()
        self._start(self._check)

    def stop(self) -> None:
        """See AccountIntents."""
        self._saves_token = False
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self.form.show_busy(busy=False)

    def close(self) -> None:
        """Ask nobody any more."""
        self.stop()

    # One thing at a time

    def _start(self, work: Callable[[], Coroutine[object, object, None]]) -> None:
        self.stop()
        self.form.show_busy(busy=True)
        self._task = self._spawn(partial(self._run, work))
        if self._task is None:
            self.form.show_busy(busy=False)

    async def _run(self, work: Callable[[], Coroutine[object, object, None]]) -> None:
        mine = asyncio.current_task()
        try:
            await work()
        except SecretUnavailable as error:
            self.form.show_token(error.problem)
        finally:
            if self._task is mine:  # else something else is being asked by now
                self._task, self._saves_token = None, False
                self.form.show_busy(busy=False)

    async def _load(self) -> None:
        if await self._has_token():
            await self._check_token()

    async def _save_token(self, token: str) -> None:
        team = self.form.selected_id(TEAM)
        check = await self._accounts.check_token(self._service, token)
        if (
            check.connection_problem is not None
            and check.connection_problem.kind is ConnectionProblemKind.TOKEN_REFUSED
        ):
            self.form.show_check(check, TokenSaveResult.NOT_SAVED)
            problem = await self._token_problem()  # nobody may have seen it yet
            self.form.show_token(problem)
            if problem is None and team != self.form.selected_id(TEAM):
                await self._load_categories(self.form.selected_id(TEAM))
            return
        await self._secrets.store(self._service, token)
        self.form.clear_token()
        self.form.show_token(None)
        self.form.show_check(
            check,
            TokenSaveResult.SAVED_UNCHECKED if check.connection_problem else TokenSaveResult.SAVED,
        )
        self._on_token_changed()
        if check.connection_problem is None:
            await self._load_lists()

    async def _delete_token(self) -> None:
        await self._secrets.delete(self._service)
        self.form.show_token(KeyringProblem.EMPTY)
        self._on_token_changed()

    async def _check(self) -> None:
        await self._has_token()
        await self._check_token()

    async def _check_token(self) -> None:
        """Say whose account it is, and have the lists."""
        check = await self._accounts.check(self._service)
        self.form.show_check(check)
        if check.connection_problem is None:
            await self._load_lists()

    async def _has_token(self) -> bool:
        problem = await self._token_problem()
        self.form.show_token(problem)
        return problem is None

    async def _token_problem(self) -> KeyringProblem | None:
        try:
            await self._secrets.token(self._service)
        except SecretUnavailable as error:
            return error.problem
        return None

    async def _load_lists(self) -> None:
        try:
            match self._service:
                case Service.TIMECROWD:
                    teams = await self._accounts.teams()
                    self.form.set_choices(TEAM, teams)
                    self._take_only_team(teams)
                    await self._show_categories(self.form.selected_id(TEAM))
                case Service.KAITEN:
                    self.form.set_choices(ROLE, await self._accounts.roles())
        except ServiceCallError:
            self.form.show_list_unavailable()

    def _take_only_team(self, teams: Sequence[Choice]) -> None:
        if self._takes_only_team and len(teams) == 1 and not self.form.selected_id(TEAM):
            self._takes_only_team = False  # whoever takes it back means it
            self._change(TEAM, str(teams[0].id))

    async def _load_categories(self, team: str) -> None:
        try:
            await self._show_categories(team)
        except ServiceCallError:
            self.form.show_list_unavailable()

    async def _show_categories(self, team: str) -> None:
        if team:
            self.form.set_choices(CATEGORY, await self._accounts.categories(int(team)))
