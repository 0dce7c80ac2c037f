"""The chip that says where a task's time goes in TimeCrowd, with a menu to choose otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.route import PLAIN, Route
from timer_app.domain.entries.task import Task
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.user_message import fill
from timer_app.services.entries.route_lists import ShownRoute, TeamChoices
from timer_app.ui import wording
from timer_app.ui.accessibility import announce
from timer_app.ui.menu_text import native_menu_text
from timer_app.ui.plain_text import plain_tooltip

_LONGEST_LABEL = 60
_LONGEST_CHIP = 28


class RouteSource(Protocol):
    """Where tasks go, what there is to choose from, and the choice. Raises nothing."""

    def shown(self, task: Task, entry: Entry | None) -> ShownRoute | None:
        """Where the entry, or one that would begin now, goes; None where there is no choice."""
        ...

    def choices(self) -> tuple[TeamChoices, ...]:
        """What was seen of TimeCrowd's teams and categories."""
        ...

    def load(self, answered: Callable[[str], None]) -> bool:
        """Ask TimeCrowd for them; `answered` gets "" or why it could not. False: not needed."""
        ...

    def choose(self, task: Task, route: Route) -> str:
        """Remember a choice for the task, PLAIN for none; returns what there is to say of it."""
        ...


class RouteMenu(QMenu):
    """Teams and categories to choose from; `picked` carries a Route, PLAIN for none."""

    picked = Signal(object)
    seen = Signal()
    """TimeCrowd has shown its lists."""

    def __init__(self, source: RouteSource | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._source = source
        self._task: Task | None = None
        self._entry: Entry | None = None
        self._error = ""
        self._is_asking = self._is_open = False
        self._offered: tuple[TeamChoices, ...] = ()
        self._note: QAction | None = None
        self.aboutToShow.connect(self._open)
        self.aboutToHide.connect(self._on_closed)

    def set_task(self, task: Task | None, entry: Entry | None = None) -> None:
        """Be about this task, or about an entry of it."""
        self._task, self._entry = task, entry

    def shown(self) -> ShownRoute | None:
        """Where it goes; None where there is no choice."""
        if self._source is None or self._task is None:
            return None
        return self._source.shown(self._task, self._entry)

    def _open(self) -> None:
        if self._source is None:
            return
        self._error, self._is_open = "", True
        self._is_asking = self._source.load(self._on_answer)
        self._fill()

    def _on_closed(self) -> None:
        self._is_open = False

    def _on_answer(self, error: str) -> None:
        self._is_asking, self._error = False, error
        self.seen.emit()
        if not self._is_open or self._source is None:
            return
        if error or self._source.choices() != self._offered:
            self._fill()
        elif self._note is not None:  # what a person is about to choose stays where it is
            self.removeAction(self._note)
            self._note = None

    def _fill(self) -> None:
        self._note = None
        for submenu in self.findChildren(QMenu):
            submenu.deleteLater()
        self.clear()
        shown = self.shown()
        if self._source is None or shown is None:
            return
        self._add(self, self.tr("As rules and settings say"), PLAIN, is_it=not shown.is_chosen)
        self.addSeparator()
        self._offered = choices = self._source.choices()
        for each in choices:
            self._add_team(each, shown, is_alone=len(choices) == 1)
        message = self._error or (self.tr("Asking TimeCrowd…") if self._is_asking else "")
        if message:
            label = wording.elide(message, 2 * _LONGEST_LABEL)
            self._note = self.addAction(native_menu_text(label))
            self._note.setEnabled(False)

    def _add_team(self, choices: TeamChoices, shown: ShownRoute, *, is_alone: bool) -> None:
        team = choices.team
        menu: QMenu = self
        if not is_alone:
            menu = self.addMenu(native_menu_text(wording.elide(team.name, _LONGEST_LABEL)))
        is_here = shown.is_chosen and shown.team is not None and shown.team.id == team.id
        for category in choices.categories:
            is_it = is_here and shown.category is not None and shown.category.id == category.id
            self._add(menu, category.name, Route(team.id, category.id), is_it=is_it)
        if not is_alone:
            none = self.tr("No category of its own")
            self._add(menu, none, Route(team.id), is_it=is_here and shown.category is None)

    def _add(self, menu: QMenu, label: str, route: Route, *, is_it: bool) -> None:
        action = menu.addAction(native_menu_text(wording.elide(label, _LONGEST_LABEL)))
        action.setCheckable(True)
        action.setChecked(is_it)
        action.triggered.connect(lambda: self.picked.emit(route))


class RouteChip(QPushButton):
    """Shows the category of one task. `message_ready` carries a sentence about a choice."""

    message_ready = Signal(str)

    def __init__(self, source: RouteSource | None) -> None:
        super().__init__()
        self._source = source
        self._task: Task | None = None
        self._entry: Entry | None = None
        self.setFlat(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._menu = RouteMenu(source, self)
        self._menu.picked.connect(self._choose)
        self._menu.seen.connect(self.retranslate)
        self.setMenu(self._menu)
        self.setVisible(False)

    def show_task(self, task: Task | None, entry: Entry | None = None) -> None:
        """Be about this task, or about the entry that runs on it."""
        self._task, self._entry = task, entry
        self._menu.set_task(task, entry)
        shown = self._menu.shown()
        self.setVisible(shown is not None)
        if shown is None:
            return
        name = self._name_of(shown)
        last = name.rsplit(" / ", 1)[-1]
        self.setText(native_menu_text(wording.elide(last, _LONGEST_CHIP)))
        self.setToolTip(plain_tooltip(self._explanation(shown, name)))
        self.setAccessibleName(fill(self.tr("Category: %1"), name))
        self.setAccessibleDescription(self._explanation(shown, name))

    def look_up_name(self) -> bool:
        """Ask TimeCrowd for a name that was never seen here; whether it was asked.

        Without an answer the number stays.
        """
        shown = self._menu.shown()
        if self._source is None or shown is None or not _has_unknown_name(shown):
            return False
        return self._source.load(lambda _: self.retranslate())

    def retranslate(self) -> None:
        """Write its texts in the language of the moment."""
        self.show_task(self._task, self._entry)

    def _name_of(self, shown: ShownRoute) -> str:
        if shown.is_open and shown.category is None:
            return self.tr("By its board")
        if shown.category is not None:
            return _name(shown.category, self.tr("Category %1"))
        if shown.team is not None and shown.team.name:
            return shown.team.name
        return self.tr("No category")

    def _explanation(self, shown: ShownRoute, name: str) -> str:
        if shown.is_open:
            return self.tr("A rule decides as soon as Kaiten shows the card.")
        team = _name(shown.team, self.tr("Team %1")) if shown.team else ""
        where = fill(self.tr("%1, team %2"), name, team) if team and shown.category else name
        new = self.tr("A task that TimeCrowd already has stays in its category.")
        return f"{where}\n{new}"

    def _choose(self, route: Route) -> None:
        if self._source is None or self._task is None:
            return
        if sentence := self._source.choose(self._task, route):
            self.message_ready.emit(sentence)
        self.show_task(self._task, self._entry)
        announce(self, self.accessibleName())


def _has_unknown_name(shown: ShownRoute) -> bool:
    return any(each is not None and not each.name for each in (shown.category, shown.team))


def _name(choice: Choice, numbered: str) -> str:
    return choice.name or fill(numbered, str(choice.id))
