"""A start: the first one becomes the tray app, a later one hands over what it is for.

No Qt in here: a second start is over in a tenth of the time that the app takes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from timer_app.adapters.ipc.client import AppEnded, AppTrouble, NoApp, ask
from timer_app.adapters.ipc.instance import OnlyInstance, only_instance
from timer_app.adapters.places import Places, PlaceUnusable
from timer_app.command_line.output import say
from timer_app.services.exit import Exit

PATIENCE_WITH_THE_FIRST = 10.0
"""Seconds for a first one that starts, ends or is busy; ending takes it 3 at most."""
BEGIN_ANEW = -1
"""What the tray app ends with where a new process is to take its place."""
PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Wish:
    """What a start is for, as the app's socket takes it."""

    command: str
    words: Mapping[str, str] = field(default_factory=dict)


SHOW = Wish("raise")
"""A second start that asks for nothing else."""


def start(where: Places, wish: Wish | None, alone: Callable[[], int]) -> int:
    """Run `alone` as the only app of its home, or hand `wish` to the one that runs.

    Returns the exit code.
    """
    try:
        where.make()
        lock = _lock_or_answer(where, _with_token(wish or SHOW))
    except (PlaceUnusable, OSError) as error:
        say([str(error)])
        return int(Exit.JOURNAL)
    except AppTrouble as error:
        say([str(error)])
        return int(Exit.REFUSED)
    if isinstance(lock, int):
        return lock
    try:
        return alone()
    finally:
        lock.release()


def _lock_or_answer(where: Places, wish: Wish) -> OnlyInstance | int:
    """The lock, or the exit code of the first one's answer. Raises AppTrouble and OSError.

    A first one that is just ending or just starting does not answer. Every wish may be asked for
    again, so it is, until either the lock is free or somebody answers.
    """
    deadline = time.monotonic() + PATIENCE_WITH_THE_FIRST
    while (lock := only_instance(where.instance_lock)) is None:
        left = max(PAUSE, deadline - time.monotonic())
        try:
            answer = ask(where.socket, wish.command, wish.words, left)
        except (NoApp, AppEnded):
            if time.monotonic() > deadline:
                raise AppTrouble(_DOES_NOT_LISTEN) from None
            time.sleep(PAUSE)
            continue
        messages = answer["messages"]
        say([str(message) for message in messages] if isinstance(messages, list) else [])
        return int(str(answer["exit"]))
    return lock


def _with_token(wish: Wish) -> Wish:
    """With what the desktop gave this start, so that the first one's window may come forward."""
    given = os.environ
    token = given.get("XDG_ACTIVATION_TOKEN") or given.get("DESKTOP_STARTUP_ID") or ""
    return Wish(wish.command, {**wish.words, "activation": token} if token else wish.words)


_DOES_NOT_LISTEN = "Timer App is running, but does not listen. End it, then start it again."
