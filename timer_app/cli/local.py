"""Commands without the app: on the journal itself, then delivering what can be delivered."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from timer_app.adapters.delivery.sender_lock import try_sender_lock
from timer_app.adapters.logs import log_to
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.secrets import KEYRING_TIMEOUT, KeyringSecrets
from timer_app.adapters.setup.settings.reader import SettingsError, salvage
from timer_app.bootstrap.core import Core, make_core
from timer_app.bootstrap.keyring import keyring_with_timeout
from timer_app.domain.errors import JournalError
from timer_app.domain.messages import SettingMessageId
from timer_app.domain.user_message import UserMessage
from timer_app.services.command_context import CommandReply
from timer_app.services.exit_codes import ExitCode
from timer_app.services.retry import RetryReason
from timer_app.terminal import print_messages

_PAGES_PER_MESSAGE = 10
"""Some two seconds, as long as a service is asked five times a second."""
_WHATEVER_THE_SETTINGS = ("stop", "cancel")
"""Commands that must work: what runs would go on running while the file is corrected."""


async def run_locally(paths: Paths, name: str, words: Mapping[str, str]) -> CommandReply:
    """Run one command in this process.

    What an earlier process found unreachable or unauthorized is tried once more: a person asks.
    Raises SettingsError, PathUnusable or JournalUnusable.
    """
    # What reads a service is not bounded by how long deliveries are waited for.
    limit = KEYRING_TIMEOUT if _is_reading(name, words) else wait_seconds(words)
    keyring = keyring_with_timeout(limit)
    settings, wrong = salvage(paths.settings)
    if wrong and name not in _WHATEVER_THE_SETTINGS:
        raise wrong
    core = make_core(
        paths,
        keyring,
        settings=settings,
        on_journal_error=lambda error: print_messages([str(error)] if error else []),
    )
    with log_to(paths.logs, "command-line"):
        return await _run(core, keyring, name, words, wrong)


async def _run(
    core: Core,
    keyring: KeyringSecrets,
    name: str,
    words: Mapping[str, str],
    wrong: SettingsError | None,
) -> CommandReply:
    """Run it on this core, and close the core. `wrong` is what is wrong with the settings."""
    try:
        _mark_interrupted(core)
        if core.set_aside:
            print_messages([core.set_aside.notice])

        async def deliver(seconds: float) -> None:
            if wrong:
                return  # not by settings that may be others than those that were meant
            core.retry.now(RetryReason.USER_REQUESTED)
            if not _is_reading(name, words):
                keyring.wait_until(asyncio.get_running_loop().time() + seconds)
            await core.sender.drain(timedelta(seconds=seconds))

        reply = await core.commands(deliver, _show_pages).run(name, words)
        if wrong:
            message = str(UserMessage(SettingMessageId.SALVAGED, wrong.message))
            return replace(reply, messages=(*reply.messages, message))
        if (
            reply.exit_code is ExitCode.STILL_WAITING
            and wait_seconds(words)
            and not _mentions(reply, keyring.problem_message)
        ):
            return replace(reply, messages=(*reply.messages, keyring.problem_message))
        return reply
    finally:
        await core.close()


def _is_reading(name: str, words: Mapping[str, str]) -> bool:
    """Whether a command reads what a service holds, for as long as that takes."""
    return name == "audit" or (name == "sync" and "from" in words)


def _show_pages(count: int) -> None:
    """How far a long list was read, now and then."""
    if count % _PAGES_PER_MESSAGE == 0:
        print_messages([f"Read {count} pages of TimeCrowd's entries…"])


def wait_seconds(words: Mapping[str, str]) -> float:
    """How many seconds the person waits for deliveries."""
    try:
        return float(words.get("wait", "5"))
    except ValueError:
        return 0.0  # the command itself reports what is wrong with it


def _mentions(reply: CommandReply, text: str) -> bool:
    """Whether the printed document shows it already, as the state of a service."""
    return text in str(reply.document)


def _mark_interrupted(core: Core) -> None:
    """Mark deliveries of a dead process unknown, also for a command that sends nothing.

    A command that only reads continues where that cannot be written: the sender writes it.
    """
    lock = try_sender_lock(core.paths.sender_lock)
    if lock is not None:
        try:
            with suppress(JournalError):
                core.journal.recover_interrupted()
        finally:
            lock.release()
