"""A whole core set up for both services' stand-ins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from timer_app.adapters.paths import Paths, app_paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.adapters.setup.settings.writer import change
from timer_app.bootstrap.core import Core, make_core
from timer_app.domain.service import Service
from timer_app.sandbox import Sandbox
from timer_app.services.command_context import CommandReply
from timer_app.services.retry import RetryReason


@dataclass
class WholeCore:
    """The stand-ins, and a core that delivers to them."""

    sandbox: Sandbox
    core: Core

    async def run(self, command: str, **words: str) -> CommandReply:
        """A command, with time enough for a rest and a look."""

        async def deliver(seconds: float) -> None:
            self.core.retry.now(RetryReason.USER_ACTED)
            await self.core.sender.drain(timedelta(seconds=seconds))

        return await self.core.commands(deliver).run(command, {"wait": "20", **words})


def set_up_settings(paths: Paths, sandbox: Sandbox) -> None:
    """Make the folders, and write the settings for both services."""
    paths.make()
    for key, value in (
        ("timecrowd.url", sandbox.timecrowd_url),
        ("timecrowd.team_id", str(sandbox.world.team_id)),
        ("kaiten.url", sandbox.kaiten_url),
    ):
        change(paths.settings, key, value)


def tokens_of(sandbox: Sandbox) -> FixedSecrets:
    """The user's tokens of both services."""
    return FixedSecrets(
        {
            Service.TIMECROWD: sandbox.timecrowd_token,
            Service.KAITEN: sandbox.kaiten_token,
        }
    )


def core_for(sandbox: Sandbox) -> Core:
    """A core in TIMER_APP_HOME."""
    paths = app_paths()
    set_up_settings(paths, sandbox)
    return make_core(paths, tokens_of(sandbox))
