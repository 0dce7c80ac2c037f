"""The desktop's portal says dark, or high contrast: an open window follows, by Qt's own plugin."""

from __future__ import annotations

import sys
from contextlib import ExitStack

import pytest

from tests.support.bus import SessionBus
from tests.support.desktop import Desktop
from tests.support.environment import Home
from tests.support.process import Process
from tests.support.settings_portal import SettingsPortal
from timer_app.ui.design.tokens import Theme, colours, colours_of, contrast_palette

PROGRAM = "tests.desktop.programs.shown_colours"
pytestmark = pytest.mark.desktop


def look(theme: Theme, *, high_contrast: bool = False) -> str:
    """The program's line for that look."""
    own = colours_of(contrast_palette(theme)) if high_contrast else colours(theme)
    return f"^{own.background.name()} {own.text.name()}$"


@pytest.mark.parametrize("desktop_name", ["GNOME", "XFCE"])
def test_an_open_window_looks_as_the_portal_says(desktop_name: str) -> None:
    with ExitStack() as stack:
        desktop, home = stack.enter_context(Desktop()), stack.enter_context(Home())
        bus = stack.enter_context(SessionBus(home, **desktop.environment))
        portal = stack.enter_context(SettingsPortal(bus.address))
        environment = home.environment(
            **desktop.environment, **bus.environment, XDG_CURRENT_DESKTOP=desktop_name
        )
        command = [sys.executable, "-m", PROGRAM]
        program = stack.enter_context(Process(command, env=environment))
        program.wait_line(look(Theme.LIGHT), stream="stdout")
        portal.change("contrast", 1)
        program.wait_line(look(Theme.LIGHT, high_contrast=True), stream="stdout")
        portal.change("color-scheme", 1)
        program.wait_line(look(Theme.DARK, high_contrast=True), stream="stdout")
        portal.change("contrast", 0)
        program.wait_line(look(Theme.DARK), stream="stdout")
        portal.change("color-scheme", 2)
        program.wait_line(look(Theme.LIGHT), stream="stdout")
