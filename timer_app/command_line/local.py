"""Commands without the app: on the journal itself, then delivering what can be delivered."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from timer_app.adapters.logs import start_log
from timer_app.adapters.places import Places
from timer_app.adapters.secrets import PATIENCE
from timer_app.adapters.turn import try_lock
from timer_app.command_line.output import say
from timer_app.composition import Core, keyring_for, make_core
from timer_app.services.commands import Reply
from timer_app.services.exit import Exit


async def run_here(places: Places, name: str, words: Mapping[str, str]) -> Reply:
    """Run one command in this process.

    What an earlier process found unreachable or unauthorized is tried once more: a person asks.
    Raises SettingsError, PlaceUnusable or JournalUnusable.
    """
    asks_first = name == "audit"  # and is not bounded by how long deliveries are waited for
    keyring = keyring_for(PATIENCE if asks_first else waits(words))
    core = make_core(places, keyring, trouble=lambda error: say([str(error)] if error else []))
    start_log(places.logs, "command-line")
    try:
        _find_interrupted(core)
        if core.set_aside:
            say([core.set_aside.notice])

        async def deliver(seconds: float) -> None:
            core.try_again()
            if not asks_first:
                keyring.wait_until(asyncio.get_running_loop().time() + seconds)
            await core.sender.drain(timedelta(seconds=seconds))

        reply = await core.commands(deliver).run(name, words)
        if reply.exit is Exit.STILL_WAITING and waits(words) and not _says(reply, keyring.trouble):
            return replace(reply, messages=(*reply.messages, keyring.trouble))
        return reply
    finally:
        await core.close()


def waits(words: Mapping[str, str]) -> float:
    """How many seconds the person waits for deliveries."""
    try:
        return float(words.get("wait", "5"))
    except ValueError:
        return 0.0  # whoever runs the command says what is wrong with it


def _says(reply: Reply, trouble: str) -> bool:
    """Whether what is printed tells of it already, as the state of a service."""
    return trouble in str(reply.document)


def _find_interrupted(core: Core) -> None:
    """Call unknown what a dead process was sending, also for a command that sends nothing."""
    lock = try_lock(core.places.sender_lock)
    if lock is not None:
        try:
            core.journal.interrupted()
        finally:
            lock.release()
