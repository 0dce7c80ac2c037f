"""The settings page of rules: made from lists, by mouse and by keyboard."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.routes import RULE_LISTS, NoRules
from timer_app.services.setup.rule_lists import RuleLists
from timer_app.ui.setup.settings.rules_page import RulesPage

T = TypeVar("T", bound=QWidget)
RULES = [
    {"space": 6002, "board": 7002, "team_id": 11710, "category_id": 41001, "role_id": 102},
    {"board": 7001},
]


class Desk:
    """The page, and what a person does on it."""

    def __init__(self, page: RulesPage, noted: NoRules) -> None:
        self.page, self.noted = page, noted

    @property
    def rows(self) -> list[str]:
        found = self._find(QListWidget, "rules")
        return [found.item(number).text() for number in range(found.count())]

    def choose(self, row: int) -> None:
        self._find(QListWidget, "rules").setCurrentRow(row)

    def press(self, name: str) -> None:
        QTest.keyClick(self._find(QPushButton, name), Qt.Key.Key_Space)

    def enabled(self, name: str) -> bool:
        return self._find(QPushButton, name).isEnabled()

    def box(self, name: str) -> QComboBox:
        return self._find(QComboBox, f"rules.{name}")

    def pick(self, name: str, label: str) -> None:
        box = self.box(name)
        box.setCurrentIndex(box.findText(label))
        box.activated.emit(box.currentIndex())

    def write(self, name: str, text: str) -> None:
        line = self.box(name).lineEdit()
        assert line is not None
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def message(self) -> str:
        return self._find(QLabel, "rules-message").text()

    def wrong(self, name: str) -> str:
        return self._find(QLabel, f"rules.{name}-wrong").text()

    def _find(self, kind: type[T], name: str) -> T:
        found = self.page.findChild(kind, name)
        assert found is not None
        return found


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    noted = NoRules()
    page = RulesPage(noted)
    qtbot.addWidget(page)
    page.show_values({"rules": RULES})
    page.show_lists(RULE_LISTS, "")
    page.show()
    return Desk(page, noted)


def test_rules_are_read_in_words(desk: Desk) -> None:
    assert desk.rows == [
        "Маркетинг / Сайт компании → R&D <Client> · Clients · Дизайнер",
        "Timer App → As the page Services says",
    ]
    assert desk.box("space").accessibleName() == "Space"
    assert desk.box("category_id").currentText() == "Clients (41001)"


def test_without_lists_numbers_stand_there(desk: Desk) -> None:
    desk.page.show_lists(RuleLists(), "Kaiten did not answer.")
    assert desk.rows[0] == "6002 / 7002 → 11710 · 41001 · 102"
    assert desk.message() == "Kaiten did not answer."


def test_a_rule_is_made_from_lists(desk: Desk) -> None:
    desk.press("add-rule")
    assert desk.rows[-1] == "New rule: choose a space or a board"
    desk.pick("team_id", "Demo team (11609)")
    assert desk.noted.saved == []  # it does not say yet which cards it is about
    desk.pick("space", "Product (6001)")
    assert desk.noted.saved[-1] == [*RULES, {"space": 6001, "team_id": 11609}]
    assert desk.noted.origins[-1] == [0, 1, None]
    assert [desk.box("board").itemText(each) for each in range(desk.box("board").count())] == [
        "Any board", "Timer App (7001)",
    ]  # fmt: skip
    desk.write("category_id", "36544")
    assert desk.noted.saved[-1][-1] == {"space": 6001, "team_id": 11609, "category_id": 36544}
    assert desk.noted.origins[-1] == [0, 1, 2]


def test_another_team_has_other_categories(desk: Desk) -> None:
    desk.pick("team_id", "Demo team (11609)")
    assert desk.noted.saved[-1][0] == {
        "space": 6002, "board": 7002, "team_id": 11609, "role_id": 102,
    }  # fmt: skip


def test_order_and_removal(desk: Desk) -> None:
    assert not desk.enabled("rule-up")
    desk.press("rule-down")
    assert desk.noted.saved[-1] == RULES[::-1]
    assert desk.noted.origins[-1] == [1, 0]
    assert not desk.enabled("rule-down")
    desk.press("remove-rule")
    assert desk.noted.saved[-1] == [RULES[1]]
    desk.press("remove-rule")
    assert desk.noted.saved[-1] == []
    assert desk.rows == []
    assert not desk.enabled("remove-rule")


def test_what_cannot_be_is_said_and_stays_to_be_mended(desk: Desk) -> None:
    desk.choose(1)
    desk.pick("board", "Any board")
    assert desk.wrong("board") == "A rule needs a space or a board."
    desk.write("role_id", "-7")
    assert "Write -1 (Employee)" in desk.wrong("role_id")
    desk.write("team_id", "nobody")
    assert desk.wrong("team_id") == "Choose from the list, or type its number."
    desk.noted.error = "settings.toml cannot be written."
    desk.write("space", "5")
    assert desk.wrong("space") == "settings.toml cannot be written."
    desk.press("remove-rule")
    assert desk.message() == "settings.toml cannot be written."
    assert desk.noted.saved == []
    assert len(desk.rows) == 2


def test_what_an_editor_changed_is_shown_and_a_draft_stays(desk: Desk) -> None:
    desk.press("add-rule")
    desk.page.show_values({"rules": RULES[:1]})
    assert desk.rows[1:] == ["New rule: choose a space or a board"]
