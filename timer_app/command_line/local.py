"""Commands without the app: on the journal itself, then delivering what can be delivered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from timer_app.adapters.logs import start_log
from timer_app.adapters.places import Places
from timer_app.adapters.secrets import KeyringSecrets
from timer_app.adapters.turn import try_lock
from timer_app.command_line.output import say
from timer_app.composition import Core, make_core
from timer_app.services.commands import Reply


async def run_here(places: Places, name: str, words: Mapping[str, str]) -> Reply:
    """Run one command in this process.

    What an earlier process found unreachable or unauthorized is tried once more: a person asks.
    Raises SettingsError, PlaceUnusable or JournalUnusable.
    """
    core = make_core(places, KeyringSecrets(), trouble=lambda text: say([text] if text else []))
    start_log(places.logs, "command-line")
    try:
        _find_interrupted(core)
        if core.set_aside:
            say([core.set_aside.notice])

        async def deliver(seconds: float) -> None:
            core.try_again()
            await core.sender.drain(timedelta(seconds=seconds))

        return await core.commands(deliver).run(name, words)
    finally:
        await core.close()


def _find_interrupted(core: Core) -> None:
    """Call unknown what a dead process was sending, also for a command that sends nothing."""
    lock = try_lock(core.places.sender_lock)
    if lock is not None:
        try:
            core.journal.interrupted()
        finally:
            lock.release()
