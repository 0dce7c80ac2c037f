"""Every key of settings.toml has its control, and each sets what the file would hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.gallery.looks import speak_longer
from tests.gallery.rooms import PAGES, _settings
from tests.ui.conftest import Changes, StrictChanges
from timer_app.adapters.setup.settings.reader import parse
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.settings_schema import SETTINGS, Page
from timer_app.ui.setup.setting_fields import RemoteIdField
from timer_app.ui.setup.settings.plain_page import PlainPage

ELSEWHERE = {"network.proxy": "this_proxy", "network.ca_file": "ca_file"}
"""Keys whose control is made of several."""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """The settings window with all its pages."""
    window = _settings(0)
    qtbot.addWidget(window)
    yield window
    window.close()


@pytest.mark.parametrize("key", SETTINGS)
def test_every_key_has_its_control(window: QWidget, key: str) -> None:
    assert window.findChild(QWidget, ELSEWHERE.get(key, key)) is not None


def test_the_names_of_the_pages_follow_the_language(window: QWidget) -> None:
    names = window.findChild(QListWidget)
    assert isinstance(names, QListWidget)
    longer = speak_longer()
    QApplication.processEvents()
    texts = [names.item(row).text() for row in range(names.count())]
    assert names.sizeHintForColumn(0) < names.width()
    QCoreApplication.removeTranslator(longer)
    assert len(texts) == len(PAGES)
    assert all("⟦" in text for text in texts)


@pytest.fixture
def time_page(qtbot: QtBot, strict: StrictChanges) -> PlainPage:
    """The page, with the usual settings."""
    page = PlainPage(Page.TIME, strict)
    qtbot.addWidget(page)
    page.show_values(parse("", "").all())
    page.show()
    return page


def type_over(page: QWidget, key: str, typed: str) -> QLineEdit:
    """Type into a field in place of what is there, and leave it by Enter."""
    line = page.findChild(QLineEdit, key)
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    line.insert(typed)  # QTest has no keys for other letters
    QTest.keyClick(line, Qt.Key.Key_Return)
    return line


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("time.day_start", "4:30", "04:30"),
        ("time.day_start", "5", "05:00"),
        ("time.idle_after", "15", "15m"),
        ("time.idle_after", "1ч 30м", "1h30m"),
        ("time.daily_goal", "7:30", "7h30m"),
    ],
)
def test_what_is_typed_is_kept_in_the_form_of_the_file(
    time_page: PlainPage, strict: StrictChanges, key: str, typed: str, kept: str
) -> None:
    line = type_over(time_page, key, typed)
    assert strict.wanted == [(key, typed)]
    assert line.text() == kept


@pytest.mark.parametrize("key", ["time.day_start", "time.idle_after"])
def test_what_will_not_do_stays_and_says_why(
    time_page: PlainPage, strict: StrictChanges, key: str
) -> None:
    line = type_over(time_page, key, "soon")
    wrong = time_page.findChild(QLabel, f"{key}-wrong")
    assert wrong is not None
    assert wrong.text().startswith("Write a ")
    assert line.accessibleDescription() == wrong.text()
    time_page.show_values({**parse("", "").all(), "time.rounding": "up"})  # another was changed
    assert (line.text(), wrong.isVisible()) == ("soon", True)
    type_over(time_page, key, "6m" if "idle" in key else "6:00")
    assert not wrong.isVisible()
    assert len(strict.wanted) == 2


def test_a_choice_is_explained_and_set_at_once(time_page: PlainPage, strict: StrictChanges) -> None:
    box = time_page.findChild(QComboBox, "time.rounding")
    assert isinstance(box, QComboBox)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert strict.wanted == [("time.rounding", "nearest")]
    assert "from 30 seconds up" in box.accessibleDescription()


def test_the_language_names_itself(qtbot: QtBot, strict: StrictChanges) -> None:
    page = PlainPage(Page.LOOK, strict)
    qtbot.addWidget(page)
    page.show_values(parse("", "").all())
    box = page.findChild(QComboBox, "ui.language")
    assert isinstance(box, QComboBox)
    assert [box.itemText(row) for row in range(4)] == [
        "The system's",
        "English",
        "Русский",
        "日本語",
    ]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert strict.wanted == [("ui.language", "ru")]


# -- a number of a service's list


@pytest.fixture
def team(qtbot: QtBot, changes: Changes) -> RemoteIdField:
    """A team that is set, and no list."""
    setting = RemoteIdField(SETTINGS["timecrowd.team_id"], changes)
    qtbot.addWidget(setting)
    setting.set_list_texts("None", "Choose from the list, or type its number.")
    setting.show_value("11609")
    setting.show()
    return setting


def line(setting: RemoteIdField) -> QLineEdit:
    """What is typed into."""
    found = setting.box.lineEdit()
    assert found is not None
    return found


def test_without_the_list_the_number_is_shown_and_can_be_typed(
    team: RemoteIdField, changes: Changes
) -> None:
    assert line(team).text() == "11609"
    line(team).selectAll()
    QTest.keyClicks(line(team), "7")
    QTest.keyClick(line(team), Qt.Key.Key_Return)
    assert changes.wanted == [("timecrowd.team_id", "7")]


def test_a_list_that_comes_names_it_and_leaves_what_is_half_typed(
    team: RemoteIdField, changes: Changes
) -> None:
    team.set_choices([Choice(11609, "Timer team"), Choice(7, "Others")])
    assert line(team).text() == "Timer team (11609)"
    line(team).selectAll()
    QTest.keyClicks(line(team), "oth")
    team.set_choices([Choice(7, "Others")])
    assert line(team).text().casefold() == "others (7)"  # completed, and still there
    QTest.keyClick(line(team), Qt.Key.Key_Return)
    assert changes.wanted == [("timecrowd.team_id", "7")]


def test_neither_on_the_list_nor_a_number(team: RemoteIdField, changes: Changes) -> None:
    line(team).selectAll()
    QTest.keyClicks(line(team), "who?")
    QTest.keyClick(line(team), Qt.Key.Key_Return)
    assert changes.wanted == []
    assert team.is_wrong
    assert line(team).text() == "who?"
