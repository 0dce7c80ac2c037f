"""What the end of the login, or a program that ends ours, means to the app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SessionEndEvents:
    """What is called: `expect` whether the login is about to end, `end` when it ends.

    `quit_app` is called where only this app is to end. Both begin what the app then does.
    """

    expect: Callable[[bool], None]
    end: Callable[[], None]
    quit_app: Callable[[], None]
