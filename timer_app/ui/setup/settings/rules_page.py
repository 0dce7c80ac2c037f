"""Settings: the rules that lead cards of a space or board to team, category and role.

Each change is written at once; a new rule as soon as it has a space or a board.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from timer_app.domain.errors import BadInput
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.edited_rule import EditedRule
from timer_app.domain.setup.settings_schema import RULE_KEYS, RULE_SETTINGS, RULES
from timer_app.domain.user_message import fill
from timer_app.services.setup.rule_lists import RuleLists
from timer_app.services.setup.setting_change import SettingChange, SettingKept, SettingRefused
from timer_app.ui import messages
from timer_app.ui.design.rows import NameDelegate
from timer_app.ui.design.surfaces import SettingsGroup
from timer_app.ui.design.tokens import LIST_HEIGHT
from timer_app.ui.plain_text import plain_tooltip, spoken
from timer_app.ui.setup.setting_fields import RemoteIdField
from timer_app.ui.setup.settings.page import SettingsPage
from timer_app.ui.window import SPACE, WrappedLabel, named

EMPLOYEE = Choice(-1, "Employee")
"""Kaiten's own role, which everybody has."""
Rules = Sequence[Mapping[str, int]]


class RulesIntents(Protocol):
    """Who keeps the rules."""

    def save(self, seen: tuple[Mapping[str, int], ...], wanted: Sequence[EditedRule]) -> str:
        """Have these rules instead of those that were seen; returns why not, or ""."""
        ...


@dataclass
class _Row:
    """A rule on the page; `origin` is its place in the file, None while it is not there."""

    values: dict[str, int] = field(default_factory=dict)
    origin: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it says which cards it is about."""
        return "space" in self.values or "board" in self.values


class RulesPage(SettingsPage):
    """The list of the rules, and the fields of the one that is chosen there."""

    def __init__(self, intents: RulesIntents) -> None:
        super().__init__()
        self.setObjectName("rules_page")
        self._intents = intents
        self._saved: tuple[Mapping[str, int], ...] = ()
        self._rows: list[_Row] = []
        self._lists = RuleLists()
        self._hint = WrappedLabel()
        self._list = named(QListWidget(), "rules")
        self._delegate = NameDelegate()
        self._add = named(QPushButton(), "add-rule")
        self._remove = named(QPushButton(), "remove-rule")
        self._up = named(QPushButton(), "rule-up")
        self._down = named(QPushButton(), "rule-down")
        self._message = spoken(named(WrappedLabel(), "rules-message"))
        self._fields = [RemoteIdField(each, self) for each in RULE_SETTINGS]
        self._lay_out()
        self._connect()
        self.retranslate()
        self._fill()

    @property
    def title(self) -> str:
        """Its name in the list."""
        return self.tr("Rules")

    # What it shows

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are; a rule that is not complete yet stays."""
        found = values.get(RULES)
        rules = tuple(found) if isinstance(found, list) else ()
        if rules == self._saved and all(row.origin is not None for row in self._complete()):
            return
        drafts = [row for row in self._rows if not row.is_complete]
        self._saved = rules
        self._rows = [_Row(dict(each), number) for number, each in enumerate(rules)] + drafts
        self._fill()

    def show_lists(self, lists: RuleLists, problem: str) -> None:
        """What there is to choose from, and why a list is missing."""
        self._lists = lists
        self.show_message(problem)
        self._fill()

    def show_message(self, sentence: str) -> None:
        """Why something could not be done, "" for nothing."""
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._hint.setText(
            self.tr(
                "Where the time of cards goes. The first rule that fits a card counts; what no rule"
                " says, the page Services says."
            )
        )
        self._list.setAccessibleName(self.tr("Rules, the first that fits counts"))
        self._add.setText(self.tr("&Add a rule"))
        self._remove.setText(self.tr("Remo&ve"))
        self._up.setText(self.tr("Move &up"))
        self._down.setText(self.tr("Move &down"))
        number = self.tr("Choose from the list, or type its number.")
        usual = self.tr("As the page Services says")
        none = {"space": self.tr("Any space"), "board": self.tr("Any board")}
        for each in self._fields:
            each.set_list_texts(none.get(_name(each), usual), number)
            each.retranslate()
        self._fill()

    # What the person does

    def change(self, key: str, typed: str) -> SettingChange:
        """See SettingsIntents: a field of the chosen rule was changed."""
        row, name = self._row(), key.partition(".")[2]
        if row is None:
            return SettingKept("")
        values = dict(row.values)
        values.pop(name, None)
        if typed:
            try:
                kind = RULE_KEYS[name]
                values[name] = kind.check(kind.parse(typed))
            except BadInput as error:
                return SettingRefused(messages.error_text(error))
        if name == "team_id" and values.get(name) != row.values.get(name):
            values.pop("category_id", None)  # it is of the other team
        changed = _Row(values, row.origin)
        if row.origin is not None and not changed.is_complete:
            return SettingRefused(self.tr("A rule needs a space or a board."))
        rows = [changed if each is row else each for each in self._rows]
        if refused := self._save(rows):
            return SettingRefused(refused)
        return SettingKept(str(values.get(name, "")))

    def _save(self, rows: list[_Row]) -> str:
        """Have these rows; returns why they were not kept, or ""."""
        chosen = self._list.currentRow()
        wanted = [EditedRule(each.values, each.origin) for each in rows if each.is_complete]
        if [each.rule for each in wanted] != list(self._saved):
            error = self._intents.save(self._saved, wanted)
            if error:
                return error
            self._saved = tuple(dict(each.rule) for each in wanted)
            numbers = iter(range(len(wanted)))
            for each in rows:
                each.origin = next(numbers) if each.is_complete else None
        self._rows = rows
        self._fill(chosen)
        return ""

    def _on_add(self) -> None:
        self._rows.append(_Row())
        self._fill(len(self._rows) - 1)
        self._fields[0].box.setFocus()

    def _on_remove(self) -> None:
        row = self._row()
        if row is not None:
            self.show_message(self._save([each for each in self._rows if each is not row]))

    def _move(self, step: int) -> None:
        at = self._list.currentRow()
        to = at + step
        if at < 0 or not 0 <= to < len(self._rows):
            return
        rows = list(self._rows)
        rows[at], rows[to] = rows[to], rows[at]
        error = self._save(rows)
        self.show_message(error)
        if not error:
            self._list.setCurrentRow(to)

    # Parts

    def _complete(self) -> list[_Row]:
        return [each for each in self._rows if each.is_complete]

    def _row(self) -> _Row | None:
        at = self._list.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _fill(self, chosen: int | None = None) -> None:
        at = self._list.currentRow() if chosen is None else chosen
        self._list.blockSignals(True)
        self._list.clear()
        for row in self._rows:
            item = QListWidgetItem(self._label(row), self._list)
            item.setToolTip(plain_tooltip(item.text()))  # a long one is cut
        self._list.setCurrentRow(min(max(at, 0), len(self._rows) - 1))
        self._list.blockSignals(False)
        self._show_row()

    def _show_row(self) -> None:
        row, at = self._row(), self._list.currentRow()
        self._remove.setEnabled(row is not None)
        self._up.setEnabled(at > 0)
        self._down.setEnabled(0 <= at < len(self._rows) - 1)
        for each in self._fields:
            each.setEnabled(row is not None)
            each.set_choices(self._choices(_name(each), row.values if row else {}))
            each.show_value(str(row.values.get(_name(each), "")) if row else "")

    def _choices(self, name: str, values: Mapping[str, int]) -> Sequence[Choice]:
        lists = self._lists
        match name:
            case "space":
                return lists.spaces
            case "board":
                return lists.boards_of(values.get("space"))
            case "team_id":
                return lists.teams
            case "category_id":
                team_id = values.get("team_id")
                if team_id is not None:
                    return lists.categories.get(team_id, ())
                return [each for found in lists.categories.values() for each in found]
            case _:
                return lists.roles or (EMPLOYEE,)

    def _label(self, row: _Row) -> str:
        """Which cards, and where their time goes."""
        if not row.is_complete:
            return self.tr("New rule: choose a space or a board")
        names = {name: self._named(name, row.values) for name in RULE_KEYS if name in row.values}
        place = " / ".join(names[each] for each in ("space", "board") if each in names)
        goals = ("team_id", "category_id", "role_id")
        goal = " · ".join(names[each] for each in goals if each in names)
        return fill(self.tr("%1 → %2"), place, goal or self.tr("As the page Services says"))

    def _named(self, name: str, values: Mapping[str, int]) -> str:
        number = values[name]
        found = (each.name for each in self._choices(name, values) if each.id == number)
        return next(found, "") or f"{number}"

    def _lay_out(self) -> None:
        self._list.setItemDelegate(self._delegate)
        self._list.setFixedHeight(LIST_HEIGHT)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._message.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self._add, self._remove, self._up, self._down):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._hint)
        column.addWidget(self._list)
        column.addLayout(buttons)
        column.addWidget(self._message)
        group = SettingsGroup()
        for each in self._fields:
            group.add(each)
        column.addWidget(group)
        column.addStretch(1)

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._show_row)
        self._add.clicked.connect(self._on_add)
        self._remove.clicked.connect(self._on_remove)
        self._up.clicked.connect(lambda: self._move(-1))
        self._down.clicked.connect(lambda: self._move(1))


def _name(each: RemoteIdField) -> str:
    return each.key.partition(".")[2]
