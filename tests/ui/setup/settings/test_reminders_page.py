"""The page of reminders: what is shown, what is asked for, and what is said of a wrong value."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from timer_app.adapters.setup.settings.reader import SettingsError, check_value
from timer_app.ui.setup.settings.reminders_page import REMIND_AFTER, WORKING_HOURS, RemindersPage

SHOWN: dict[str, object] = {REMIND_AFTER: "4h", WORKING_HOURS: ""}


class Checked:
    """Takes what the settings file would take."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def change(self, key: str, typed: str) -> str:
        """See the page's Changes."""
        self.asked.append((key, typed))
        try:
            check_value(key, typed, "settings.toml")
        except SettingsError as error:
            return str(error)
        return ""


@pytest.fixture
def asked() -> Checked:
    return Checked()


@pytest.fixture
def page(qtbot: QtBot, asked: Checked) -> RemindersPage:
    page = RemindersPage(asked)
    qtbot.addWidget(page)
    page.show_values(SHOWN)
    page.show()
    return page


def switches(page: RemindersPage) -> list[QCheckBox]:
    return page.findChildren(QCheckBox)


def fields(page: RemindersPage) -> list[QLineEdit]:
    return page.findChildren(QLineEdit)


def wrong(page: RemindersPage) -> list[str]:
    """What is said to be wrong."""
    return [label.text() for label in page.findChildren(QLabel)
            if label.isVisible() and "settings.toml" in label.text()]  # fmt: skip


def write(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.setText(text)  # QTest can press no Russian key
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_it_shows_what_is_set(page: RemindersPage) -> None:
    assert page.objectName() == "reminders_page"
    assert page.property("title") == "Reminders"
    assert [box.isChecked() for box in switches(page)] == [True, False]
    assert [field.text() for field in fields(page)] == ["4h", ""]
    assert [field.isEnabled() for field in fields(page)] == [True, False]
    page.show_values({REMIND_AFTER: "off", WORKING_HOURS: "Mon 09:00-10:00"})
    assert [field.text() for field in fields(page)] == ["", "Mon 09:00-10:00"]
    assert all(field.accessibleName() for field in fields(page))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("2h", "2h"), ("1:30", "1h30m"), ("90", "1h30m"), ("2ч", "2h"), ("45s", "45s")],
)
def test_a_length_however_it_is_typed(
    page: RemindersPage, asked: Checked, typed: str, wanted: str
) -> None:
    write(fields(page)[0], typed)
    assert asked.asked == [(REMIND_AFTER, wanted)]
    assert fields(page)[0].text() == wanted
    assert wrong(page) == []


def test_working_hours(page: RemindersPage, asked: Checked) -> None:
    switches(page)[1].click()
    assert asked.asked == [(WORKING_HOURS, "Mon-Fri 09:00-18:00")]
    write(fields(page)[1], "Mon-Sat 10:00-19:00")
    assert asked.asked[-1] == (WORKING_HOURS, "Mon-Sat 10:00-19:00")
    switches(page)[1].click()
    assert asked.asked[-1] == (WORKING_HOURS, "")
    assert not fields(page)[1].isEnabled()


def test_what_is_wrong_is_said_and_stays_to_be_mended(
    page: RemindersPage,
) -> None:
    switches(page)[1].click()
    write(fields(page)[1], "Mon-Fry 9-18")
    assert fields(page)[1].text() == "Mon-Fry 9-18"
    (said,) = wrong(page)
    assert "is not a range of working hours" in said
    assert fields(page)[1].accessibleDescription() == said
    write(fields(page)[1], "Mon-Fri 9:00-18:00")
    assert wrong(page) == []


def test_off_and_on_again(page: RemindersPage, asked: Checked) -> None:
    switches(page)[0].click()
    switches(page)[0].click()
    assert asked.asked == [(REMIND_AFTER, "off"), (REMIND_AFTER, "4h")]


def test_a_length_that_is_none(page: RemindersPage) -> None:
    write(fields(page)[0], "long")
    assert "must be a length" in wrong(page)[0]


def test_nothing_is_asked_for_what_did_not_change(page: RemindersPage, asked: Checked) -> None:
    write(fields(page)[0], "4h")
    assert asked.asked == []
