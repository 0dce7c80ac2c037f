"""The windows by AT-SPI, as a screen reader has them: names, roles, states, what is spoken."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.support.bus import SessionBus
from tests.support.desktop import Desktop
from tests.support.environment import Home
from tests.support.process import Process
from tests.support.screen_reader import Heard, ScreenReader

PROGRAM = "tests.desktop.programs.heard_windows"
ROOMS = ("panel-troubled", "add-time", "problems", "away", "settings-services", "first-run-2")
pytestmark = pytest.mark.desktop

NO_ROLES = {"filler", "panel", "unknown", "invalid", "unspecified"}


@contextmanager
def listening(*names: str) -> Iterator[tuple[ScreenReader, int]]:
    """A screen reader, and how many windows there are."""
    with ExitStack() as stack:
        desktop, home = stack.enter_context(Desktop()), stack.enter_context(Home())
        bus = stack.enter_context(SessionBus(home, **desktop.environment))
        reader = stack.enter_context(ScreenReader(home, bus, desktop.environment))
        environment = home.environment(
            **desktop.environment, **bus.environment, **reader.environment
        )
        command = [sys.executable, "-m", PROGRAM, *names]
        program = stack.enter_context(Process(command, env=environment))
        count = int(program.wait_line("^([0-9]+) shown", stream="stdout")[1])
        yield reader, count


def button(reader: ScreenReader, window: Heard, name: str) -> Heard:
    """The button of that name."""
    return next(each for each in reader.walk(window)
                if each.role == "push button" and each.name == name)  # fmt: skip


def test_every_window_is_heard_with_names_and_roles() -> None:
    with listening(*ROOMS) as (reader, count):
        windows = reader.windows(count)
        trees = [list(reader.walk(each)) for each in windows]
    assert all(window.role == "frame" and window.name for window in windows)
    reachable = [each for tree in trees for each in tree if each.takes_keys]
    wordless = [each for each in reachable if not each.name.strip() or each.role in NO_ROLES]
    assert wordless == []
    for tree in trees:
        assert sum(each.takes_keys for each in tree) > 2, tree[0].name
        empty = [each for each in tree if each.role == "label" and not each.name]
        assert empty == [], tree[0].name


def test_what_changes_is_spoken() -> None:
    """Start, stop, an error, a check that went well; each by the button's own action."""
    with listening("acting") as (reader, count):
        panel, form = sorted(reader.windows(count), key=lambda each: each.name != "Timer App")
        reader.press(button(reader, panel, "Start"))
        reader.wait_spoken("“Ship the tray timer” runs.")
        reader.press(button(reader, panel, "Stop"))
        reader.wait_spoken("Stopped.")
        reader.wait_spoken("The disk is full.")
        reader.press(button(reader, form, "Check TimeCrowd now"))
        reader.wait_spoken("Connected as Dana.")
