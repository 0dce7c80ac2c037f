"""A title is drawn letter by letter in a menu, by Qt and by the hosts of D-Bus menus."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.ui.menu_text import dbus_menu_text, native_menu_text

TITLES = st.text(alphabet="&_a ")


def as_qt_sends_it(text: str) -> str:
    """What QDBusMenuItem::convertMnemonic makes of an action's text."""
    place = text.find("&")
    return text if place in (-1, len(text) - 1) else f"{text[:place]}_{text[place + 1 :]}"


def as_a_host_draws_it(label: str) -> str:
    """The specification's reading of a label: `__` is `_`, any other `_` marks the next letter."""
    drawn, place = "", 0
    while place < len(label):
        place += label[place] == "_" and place + 1 < len(label)
        drawn += label[place]
        place += 1
    return drawn


def as_qt_draws_it(text: str) -> str:
    drawn, place = "", 0
    while place < len(text):
        place += text[place] == "&"
        drawn += text[place : place + 1]
        place += 1
    return drawn


@given(TITLES)
def test_a_host_draws_every_title_as_it_is(title: str) -> None:
    assert as_a_host_draws_it(as_qt_sends_it(dbus_menu_text(title))) == title


@given(TITLES)
def test_qt_draws_every_title_as_it_is(title: str) -> None:
    assert as_qt_draws_it(native_menu_text(title)) == title


@pytest.mark.parametrize(
    ("title", "sent"),
    [
        ("snake_case_name", "snake__case__name"),
        ("R&D & more", "R_&D & more"),
        ("&", "_&"),
        ("_&_", "___&__"),
        ("Timer\tCtrl+Q", "Timer Ctrl+Q"),
        ("two\r\nlines", "two  lines"),
    ],
)
def test_what_goes_over_the_bus(title: str, sent: str) -> None:
    assert as_qt_sends_it(dbus_menu_text(title)) == sent
