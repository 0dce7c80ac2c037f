"""The page of autostart and links: it shows what is there, and changes it by keys."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from timer_app.services.setup.desktop_integration import (
    AUTOSTART,
    LINKS,
    DesktopEntryState,
    DesktopEntryStatus,
)
from timer_app.services.setup.setting_change import SettingChange, SettingKept, SettingRefused
from timer_app.ui.setup.settings.startup_page import StartupPage


@dataclass
class Person:
    """Notes what is wanted."""

    refuses: str = ""
    wanted: list[tuple[str, str]] = field(default_factory=list)

    def change(self, key: str, typed: str) -> SettingChange:
        """See SettingsIntents."""
        self.wanted.append((key, typed))
        return SettingRefused(self.refuses) if self.refuses else SettingKept(typed)


@pytest.fixture
def person() -> Person:
    """Somebody whose wishes are granted."""
    return Person()


@pytest.fixture
def page(qtbot: QtBot, person: Person) -> StartupPage:
    """The page, with autostart on and links off."""
    page = StartupPage(person)
    qtbot.addWidget(page)
    page.show_values(
        {
            AUTOSTART: DesktopEntryStatus(DesktopEntryState.ON, "/a"),
            LINKS: DesktopEntryStatus(DesktopEntryState.OFF),
        }
    )
    page.show()
    return page


def box(page: StartupPage, key: str) -> QCheckBox:
    """A switch."""
    found = page.findChild(QCheckBox, key)
    assert found is not None
    return found


def said(page: StartupPage, key: str) -> QLabel:
    """How the switch is."""
    found = page.findChild(QLabel, f"{key}-message")
    assert found is not None
    return found


def test_the_switches_show_how_the_desktop_is(page: StartupPage) -> None:
    assert (page.objectName(), page.title) == ("start-page", "Start and links")
    assert box(page, AUTOSTART).isChecked()
    assert not box(page, LINKS).isChecked()
    assert box(page, AUTOSTART).text() == "Start when I &log in"
    assert not said(page, AUTOSTART).isVisible()


@pytest.mark.parametrize(("key", "typed"), [(AUTOSTART, "off"), (LINKS, "on")])
def test_changed_by_the_keyboard(page: StartupPage, person: Person, key: str, typed: str) -> None:
    box(page, key).setFocus()
    QTest.keyClick(box(page, key), Qt.Key.Key_Space)
    assert person.wanted == [(key, typed)]


def test_a_refusal_is_said_and_the_switch_goes_back(page: StartupPage, person: Person) -> None:
    person.refuses = "The folder is read-only."
    QTest.mouseClick(box(page, LINKS), Qt.MouseButton.LeftButton)
    assert person.wanted == [(LINKS, "on")]
    assert not box(page, LINKS).isChecked()
    assert said(page, LINKS).text() == "The folder is read-only."
    assert box(page, LINKS).accessibleDescription() == "The folder is read-only."


@pytest.mark.parametrize(
    ("state", "checked", "words"),
    [
        (DesktopEntryState.SWITCHED_OFF, Qt.CheckState.Unchecked, "switched off in /where"),
        (DesktopEntryState.OTHER, Qt.CheckState.PartiallyChecked, "what it starts"),
        (DesktopEntryState.BROKEN, Qt.CheckState.PartiallyChecked, "not there: what it starts"),
        (DesktopEntryState.UNSUPPORTED, Qt.CheckState.Unchecked, "left to the installer"),
    ],
)
@pytest.mark.parametrize("key", [AUTOSTART, LINKS])
def test_what_somebody_else_made_of_it(
    page: StartupPage, key: str, state: DesktopEntryState, checked: Qt.CheckState, words: str
) -> None:
    page.show_values({key: DesktopEntryStatus(state, "/where", "what it starts")})
    assert box(page, key).checkState() is checked
    assert words in said(page, key).text()
    assert said(page, key).isVisible()
    assert box(page, key).isEnabled() is (state is not DesktopEntryState.UNSUPPORTED)


def test_a_press_on_what_is_neither_turns_it_on(page: StartupPage, person: Person) -> None:
    page.show_values({AUTOSTART: DesktopEntryStatus(DesktopEntryState.BROKEN, "/where", "/gone")})
    box(page, AUTOSTART).click()
    assert person.wanted == [(AUTOSTART, "on")]


def test_a_long_path_is_wrapped_and_not_clipped(page: StartupPage) -> None:
    page.resize(320, 200)
    where = "/home/somebody/a long folder/" * 6
    page.show_values({AUTOSTART: DesktopEntryStatus(DesktopEntryState.BROKEN, where, "/gone")})
    line = said(page, AUTOSTART)
    page.layout().activate()  # type: ignore[union-attr]
    assert line.height() >= line.heightForWidth(line.width())
