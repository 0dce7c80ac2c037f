"""The settings' page of hot keys: choosing them, how each is, a test, and the way without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.hotkeys import Action
from timer_app.services.hotkeys import HotKeyDesk
from timer_app.services.ports import Asking, Binding, Bound, CannotRun, Obstacle, Taken
from timer_app.ui.settings.fields import Page
from timer_app.ui.settings.key_field import KeyField
from timer_app.ui.settings.window import SettingsIntents
from timer_app.ui.window import Sentences
from timer_app.ui.wording import does, filled

COMMAND = "timer-app toggle"
_SPACE = 8
_GROUP_SPACE = 16


@dataclass(frozen=True, slots=True)
class _Row:
    """The widgets of one action."""

    name: QLabel
    field: KeyField
    clear: QPushButton
    state: QLabel


class HotkeysPage(Page):
    """Shows the desk's bindings; while it looks for keys, presses of ours do nothing else."""

    def __init__(self, intents: SettingsIntents, desk: HotKeyDesk) -> None:
        super().__init__()
        self.setObjectName("hotkeys_page")
        self._intents = intents
        self._desk = desk
        self._reasons: dict[Action, str] = {}
        self._attended: Action | None = None
        self._rows = {action: self._make_row(action) for action in Action}
        self._test, self._again, self._copy = QPushButton(), QPushButton(), QPushButton()
        self._arrived, self._why = Sentences(), Sentences()
        self._command = QLineEdit(COMMAND)
        self._trying = _group(_row(self._test, self._again), self._arrived)
        self._without = _group(self._why, _row(self._command, self._copy))
        self._lay_out()
        self._test.setCheckable(True)
        self._test.toggled.connect(self._tested)
        self._again.clicked.connect(desk.bind_again)
        self._copy.clicked.connect(self._copied)
        desk.observe(self._show_states)
        self.retranslate()

    @property
    def title(self) -> str:
        """Its name in the list."""
        return self.tr("Hot keys")

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are."""
        for action, row in self._rows.items():
            row.field.keep(str(values[f"hotkeys.{action.value}"]))
            row.clear.setEnabled(bool(row.field.text()))
        self._reasons.clear()
        self._show_states()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        for action, row in self._rows.items():
            row.name.setText(does(action))
            row.field.setAccessibleName(filled(self.tr("Keys for: %1"), does(action)))
            row.clear.setText(self.tr("Clear"))
            row.clear.setAccessibleName(filled(self.tr("No keys for: %1"), does(action)))
        self._trying.setTitle(self.tr("Do they work?"))
        self._test.setText(self.tr("&Press the keys now"))
        self._again.setText(self.tr("Try to &bind again"))
        self._arrived.setText(self.tr("While you test, keys of Timer App start and stop nothing."))
        self._without.setTitle(self.tr("Without a hot key"))
        self._why.setText(
            self.tr(
                "Where no key works, bind this command in your desktop's keyboard settings."
                " It starts and stops like the hot key."
            )
        )
        self._command.setAccessibleName(self.tr("The command to bind"))
        self._copy.setText(self.tr("&Copy"))
        self._show_states()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: keys do what they are for."""
        super().hideEvent(event)
        self._test.setChecked(False)
        self._attend(None)

    # Making

    def _make_row(self, action: Action) -> _Row:
        name, field, clear, state = QLabel(), KeyField(), QPushButton(), Sentences()
        name.setBuddy(field)
        field.setObjectName(f"hotkeys.{action.value}")
        field.chosen.connect(partial(self._choose, action))
        field.refused.connect(partial(self._refuse, action))
        field.attended.connect(lambda attended: self._attend(action if attended else None))
        clear.clicked.connect(lambda: self._choose(action, ""))
        return _Row(name, field, clear, state)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, _SPACE, 0)
        column.setSpacing(_GROUP_SPACE)
        column.addLayout(self._fields())
        column.addWidget(self._trying)
        column.addWidget(self._without)
        self._command.setReadOnly(True)
        column.addStretch(1)

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(_SPACE)
        grid.setVerticalSpacing(_SPACE // 2)
        grid.setColumnStretch(1, 1)
        for number, row in enumerate(self._rows.values()):
            top = 3 * number
            grid.addWidget(row.name, top, 0)
            grid.addWidget(row.field, top, 1)
            grid.addWidget(row.clear, top, 2)
            grid.addWidget(row.state, top + 1, 1, 1, 2)
            grid.setRowMinimumHeight(top + 2, _SPACE // 2)
        return grid

    # Choosing

    def _choose(self, action: Action, typed: str) -> None:
        """Set it; what is set comes back through `show_values`."""
        reason = self._intents.change(f"hotkeys.{action.value}", typed)
        if reason:
            self._refuse(action, reason)

    def _refuse(self, action: Action, reason: str) -> None:
        self._reasons[action] = reason
        self._show_states()

    def _attend(self, action: Action | None) -> None:
        self._attended = action
        self._divert()

    # Trying

    def _tested(self, testing: bool) -> None:  # noqa: FBT001 - as the signal has it
        if testing:
            self._arrived.setText(self.tr("Waiting for one of the keys above…"))
        self._divert()

    def _divert(self) -> None:
        wanted = self._attended is not None or self._test.isChecked()
        self._desk.divert(self._heard if wanted else None)

    def _heard(self, action: Action) -> None:
        """A key of ours does not reach the field that asks for keys: the desktop gives it to us."""
        if self._attended is not None:
            self._choose(self._attended, str(self._desk.wanted[action]))
            return
        keys = self._desk.bindings[action]
        shown = keys.keys if isinstance(keys, Bound) else str(self._desk.wanted[action])
        self._arrived.setText(filled(self.tr("It works: %1 arrived (%2)."), shown, does(action)))

    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(COMMAND)
        self._command.selectAll()

    # States

    def _show_states(self) -> None:
        bindings = self._desk.bindings
        self._again.setVisible(any(_is_not_bound(each) for each in bindings.values()))
        for action, row in self._rows.items():
            reason = self._reasons.get(action)
            binding = bindings.get(action)
            said = reason or ("" if binding is None else self._words(action, binding))
            row.state.setText(said)
            row.state.setVisible(bool(said))
            row.field.setAccessibleDescription(said)

    def _words(self, action: Action, binding: Binding) -> str:
        match binding:
            case Bound(keys) if keys == str(self._desk.wanted.get(action)):
                return self.tr("Works.")
            case Bound(keys):
                said = self.tr(
                    "Works, with the keys that the desktop has for it: %1. They are changed in its"
                    " keyboard settings."
                )
                return filled(said, keys)
            case Taken(keys, by):
                return self._taken(keys, by)
            case Asking():
                return self.tr("Waiting for the desktop. It may ask you in a window of its own.")
            case CannotRun(obstacle, detail):
                return self._cannot(obstacle, detail)

    def _taken(self, keys: str, by: Action | None) -> str:
        if by is not None:
            said = self.tr("%1 are the keys for “%2” already. Choose others.")
            return filled(said, keys, does(by))
        said = self.tr(
            "%1 is taken by another program or by the desktop itself. Choose other keys, or free"
            " these there."
        )
        return filled(said, keys)

    def _cannot(self, obstacle: Obstacle, detail: str) -> str:
        said = self._obstacle(obstacle)
        if detail:
            said = f"{said.removesuffix('.')} ({detail.removesuffix('.')})."
        if obstacle in (Obstacle.DECLINED, Obstacle.NO_SUCH_KEY):
            return said
        return f"{said} {self.tr('Bind the command below instead.')}"

    def _obstacle(self, obstacle: Obstacle) -> str:
        return {
            Obstacle.NO_SCREEN: self.tr("There is no screen here on which keys could be bound."),
            Obstacle.NO_BACK_END: self.tr("Programs cannot bind keys on this system."),
            Obstacle.NO_PORTAL: self.tr("This desktop has no portal that binds keys for programs."),
            Obstacle.PORTAL_TOO_OLD: self.tr(
                "The portal of this desktop cannot bind keys for programs."
            ),
            Obstacle.PORTAL_REFUSED: self.tr("The portal of this desktop refused."),
            Obstacle.DECLINED: self.tr(
                "The desktop has no keys for it. Give it some in its keyboard settings."
            ),
            Obstacle.LOST: self.tr("The connection to the desktop was lost."),
            Obstacle.NO_SUCH_KEY: self.tr("Your keyboard has no such key. Choose another."),
            Obstacle.FAILED: self.tr("The system refused."),
        }[obstacle]


def _is_not_bound(binding: Binding) -> bool:
    return isinstance(binding, Taken | CannotRun)


def _row(*widgets: QWidget) -> QWidget:
    """Beside each other, the first line edit as wide as there is room."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(_SPACE)
    for widget in widgets:
        layout.addWidget(widget, int(isinstance(widget, QLineEdit)))
    if not isinstance(widgets[0], QLineEdit):
        layout.addStretch(1)
    return row


def _group(*widgets: QWidget) -> QGroupBox:
    group = QGroupBox()
    column = QVBoxLayout(group)
    column.setSpacing(_SPACE)
    for widget in widgets:
        column.addWidget(widget)
    return group
