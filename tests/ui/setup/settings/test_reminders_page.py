"""The page of reminders: what is shown, what is asked for, and what is said of a wrong value."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import StrictChanges
from timer_app.domain.setup.settings_schema import Page
from timer_app.ui.setup.settings.plain_page import PlainPage

REMIND_AFTER, WORKING_HOURS = "time.remind_after", "time.working_hours"
SHOWN: dict[str, object] = {REMIND_AFTER: "4h", WORKING_HOURS: ""}


@pytest.fixture
def asked(strict: StrictChanges) -> StrictChanges:
    return strict


@pytest.fixture
def page(qtbot: QtBot, asked: StrictChanges) -> PlainPage:
    page = PlainPage(Page.REMINDERS, asked)
    qtbot.addWidget(page)
    page.show_values(SHOWN)
    page.show()
    return page


def switches(page: PlainPage) -> list[QCheckBox]:
    return page.findChildren(QCheckBox)


def fields(page: PlainPage) -> list[QLineEdit]:
    return page.findChildren(QLineEdit)


def wrong(page: PlainPage) -> list[str]:
    """What is said to be wrong."""
    return [label.text() for label in page.findChildren(QLabel)
            if label.isVisible() and label.objectName().endswith("-wrong")]  # fmt: skip


def write(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.setText(text)  # QTest can press no Russian key
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_it_shows_what_is_set(page: PlainPage) -> None:
    assert page.objectName() == "reminders_page"
    assert page.title == "Reminders"
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
    page: PlainPage, asked: StrictChanges, typed: str, wanted: str
) -> None:
    write(fields(page)[0], typed)
    assert asked.wanted == [(REMIND_AFTER, typed)]
    assert fields(page)[0].text() == wanted
    assert wrong(page) == []


def test_working_hours(page: PlainPage, asked: StrictChanges) -> None:
    switches(page)[1].click()
    assert asked.wanted == [(WORKING_HOURS, "Mon-Fri 09:00-18:00")]
    write(fields(page)[1], "Mon-Sat 10:00-19:00")
    assert asked.wanted[-1] == (WORKING_HOURS, "Mon-Sat 10:00-19:00")
    switches(page)[1].click()
    assert asked.wanted[-1] == (WORKING_HOURS, "")
    assert not fields(page)[1].isEnabled()


def test_what_is_wrong_is_said_and_stays_to_be_mended(
    page: PlainPage,
) -> None:
    switches(page)[1].click()
    write(fields(page)[1], "Mon-Fry 9-18")
    assert fields(page)[1].text() == "Mon-Fry 9-18"
    (said,) = wrong(page)
    assert "“fry” is not a weekday" in said
    assert fields(page)[1].accessibleDescription() == said
    write(fields(page)[1], "Mon-Fri 9:00-18:00")
    assert wrong(page) == []


def test_off_and_on_again(page: PlainPage, asked: StrictChanges) -> None:
    switches(page)[0].click()
    switches(page)[0].click()
    assert asked.wanted == [(REMIND_AFTER, "off"), (REMIND_AFTER, "4h")]


def test_a_length_that_is_none(page: PlainPage) -> None:
    write(fields(page)[0], "long")
    assert "Write a length" in wrong(page)[0]


def test_nothing_is_asked_for_what_did_not_change(page: PlainPage, asked: StrictChanges) -> None:
    write(fields(page)[0], "4h")
    assert asked.wanted == []
