"""What the form of an account asks for, done beside the loop: the keyring and the service."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial

from timer_app.domain.delivery import Service
from timer_app.domain.obstacle import Trouble
from timer_app.services.accounts import Accounts
from timer_app.services.ports import KeyringTrouble, Secrets, ServiceProblem, TokenUnavailable
from timer_app.services.tasks import Spawn
from timer_app.ui.settings.account_form import CATEGORY, ROLE, TEAM, AccountForm, TokenFate


class AccountSettings:
    """Implements `AccountIntents` for one service and owns the form. It asks one thing at a time.

    `change` sets a setting and returns "" or why not; `renewed` is called when another token is
    kept, or none any more; `unlock` lets the keyring ask for its password, at a person's wish.
    """

    def __init__(
        self,
        service: Service,
        secrets: Secrets,
        accounts: Accounts,
        spawn: Spawn,
        change: Callable[[str, str], str],
        renewed: Callable[[], None],
        unlock: Callable[[], None],
        usual: str,
    ) -> None:
        self._service = service
        self._secrets = secrets
        self._accounts = accounts
        self._spawn = spawn
        self._change = change
        self._renewed = renewed
        self._unlock = unlock
        self._task: asyncio.Task[None] | None = None
        self.form = AccountForm(service, self, usual)

    def look(self) -> None:
        """The form is shown: see whether a token is kept, and have the lists where one is."""
        if not self.form.is_busy:
            self._begin(self._look)

    def change(self, key: str, typed: str) -> str:
        """See AccountIntents. A category belongs to its team: with another team it goes."""
        team, category = self.form.number(TEAM), self.form.number(CATEGORY)
        refused = self._change(key, typed)
        if not refused and key == TEAM and typed != team:
            if category:
                self._change(CATEGORY, "")
            self.form.offer(CATEGORY, ())
            self._begin(partial(self._of_team, typed))
        return refused

    def keep_token(self, token: str) -> None:
        """See AccountIntents."""
        self._unlock()
        self._begin(partial(self._keep, token))

    def forget_token(self) -> None:
        """See AccountIntents."""
        self._begin(self._forget)

    def check(self) -> None:
        """See AccountIntents."""
        self._unlock()
        self._begin(self._ask)

    def stop(self) -> None:
        """See AccountIntents."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self.form.show_busy(busy=False)

    def close(self) -> None:
        """Ask nobody any more."""
        self.stop()

    # One thing at a time

    def _begin(self, work: Callable[[], Coroutine[object, object, None]]) -> None:
        self.stop()
        self.form.show_busy(busy=True)
        self._task = self._spawn(partial(self._until_over, work))
        if self._task is None:
            self.form.show_busy(busy=False)

    async def _until_over(self, work: Callable[[], Coroutine[object, object, None]]) -> None:
        mine = asyncio.current_task()
        try:
            await work()
        except TokenUnavailable as error:
            self.form.show_token(error.trouble)
        finally:
            if self._task is mine:  # else something else is being asked by now
                self._task = None
                self.form.show_busy(busy=False)

    async def _look(self) -> None:
        if await self._has_token():
            await self._lists()

    async def _keep(self, token: str) -> None:
        check = await self._accounts.check_token(self._service, token)
        if check.obstacle is not None and check.obstacle.trouble is Trouble.TOKEN_REFUSED:
            self.form.show_check(check, TokenFate.NOT_KEPT)
            return
        await self._secrets.keep(self._service, token)
        self.form.clear_token()
        self.form.show_token(None)
        self.form.show_check(check, TokenFate.KEPT_UNCHECKED if check.obstacle else TokenFate.KEPT)
        self._renewed()
        if check.obstacle is None:
            await self._lists()

    async def _forget(self) -> None:
        await self._secrets.forget(self._service)
        self.form.show_token(KeyringTrouble.EMPTY)
        self._renewed()

    async def _ask(self) -> None:
        self.form.show_token(await self._trouble())
        check = await self._accounts.check(self._service)
        self.form.show_check(check)
        if check.obstacle is None:
            await self._lists()

    async def _has_token(self) -> bool:
        trouble = await self._trouble()
        self.form.show_token(trouble)
        return trouble is None

    async def _trouble(self) -> KeyringTrouble | None:
        try:
            await self._secrets.token(self._service)
        except TokenUnavailable as error:
            return error.trouble
        return None

    async def _lists(self) -> None:
        try:
            match self._service:
                case Service.TIMECROWD:
                    self.form.offer(TEAM, await self._accounts.teams())
                    await self._offer_categories(self.form.number(TEAM))
                case Service.KAITEN:
                    self.form.offer(ROLE, await self._accounts.roles())
        except ServiceProblem:
            self.form.show_no_list()

    async def _of_team(self, team: str) -> None:
        try:
            await self._offer_categories(team)
        except ServiceProblem:
            self.form.show_no_list()

    async def _offer_categories(self, team: str) -> None:
        if team:
            self.form.offer(CATEGORY, await self._accounts.categories(int(team)))
