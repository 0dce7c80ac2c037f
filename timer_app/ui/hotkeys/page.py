"""The settings' page of hot keys: choosing them, how each is, a test, and the way without."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.hotkeys import (
    HotKeyAction,
    HotKeyBinding,
    HotKeyBound,
    HotKeyPending,
    HotKeyProblem,
    HotKeyTaken,
    HotKeyUnavailable,
    binding_message,
)
from timer_app.domain.user_message import fill
from timer_app.services.hotkeys.manager import HotKeyManager
from timer_app.services.setup.setting_change import SettingRefused
from timer_app.ui.design.surfaces import Surface
from timer_app.ui.design.tokens import MEDIUM, SMALL
from timer_app.ui.hotkeys.key_field import KeyField
from timer_app.ui.plain_text import PlainLabel, spoken
from timer_app.ui.setup.settings.page import SettingsIntents, SettingsPage
from timer_app.ui.window import EDGE, SPACE, WrappedLabel
from timer_app.ui.wording import hotkey_action_label, join_sentences, message_text

COMMAND = "timer-app toggle"


@dataclass(frozen=True, slots=True)
class _Row:
    """The widgets of one action."""

    name: PlainLabel
    field: KeyField
    clear: QPushButton
    state: PlainLabel


class HotkeysPage(SettingsPage):
    """Shows the desk's bindings; while it looks for keys, presses of ours do nothing else."""

    def __init__(self, intents: SettingsIntents, manager: HotKeyManager) -> None:
        super().__init__()
        self.setObjectName("hotkeys_page")
        self._intents = intents
        self._manager = manager
        self._errors: dict[HotKeyAction, str] = {}
        self._recorded_action: HotKeyAction | None = None
        self._rows = {action: self._make_row(action) for action in HotKeyAction}
        self._test, self._again, self._copy = QPushButton(), QPushButton(), QPushButton()
        self._test_result, self._command_hint = spoken(WrappedLabel()), WrappedLabel()
        self._command = QLineEdit(COMMAND)
        self._test_group = _group(_row(self._test, self._again), self._test_result)
        self._command_group = _group(self._command_hint, _row(self._command, self._copy))
        self._lay_out()
        self._test.setCheckable(True)
        self._test.toggled.connect(self._on_test_toggled)
        self._again.clicked.connect(manager.rebind)
        self._copy.clicked.connect(self._copy_command)
        manager.observe(self._show_states)
        self.retranslate()

    @property
    def title(self) -> str:
        """Its name in the list."""
        return self.tr("Hot keys")

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are."""
        for action, row in self._rows.items():
            row.field.show_value(str(values[f"hotkeys.{action.value}"]))
            row.clear.setEnabled(bool(row.field.text()))
        self._errors.clear()
        self._show_states()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        for action, row in self._rows.items():
            row.name.setText(hotkey_action_label(action))
            row.field.setAccessibleName(fill(self.tr("Keys for: %1"), hotkey_action_label(action)))
            row.clear.setText(self.tr("Clear"))
            row.clear.setAccessibleName(
                fill(self.tr("No keys for: %1"), hotkey_action_label(action))
            )
        self._test_group.setTitle(self.tr("Do they work?"))
        self._test.setText(self.tr("&Press the keys now"))
        self._again.setText(self.tr("Try to &bind again"))
        self._test_result.setText(
            self.tr("While you test, keys of Timer App start and stop nothing.")
        )
        self._command_group.setTitle(self.tr("Without a hot key"))
        self._command_hint.setText(command_hint(sys.platform))
        self._command.setAccessibleName(self.tr("The command to bind"))
        self._copy.setText(self.tr("&Copy"))
        self._show_states()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: keys do what they are for."""
        super().hideEvent(event)
        self._test.setChecked(False)
        self._set_recording(None)

    # Making

    def _make_row(self, action: HotKeyAction) -> _Row:
        name, field, clear, state = PlainLabel(), KeyField(), QPushButton(), spoken(WrappedLabel())
        name.setBuddy(field)
        field.setObjectName(f"hotkeys.{action.value}")
        field.chosen.connect(partial(self._set_keys, action))
        field.refused.connect(partial(self._show_refusal, action))
        field.focus_changed.connect(
            lambda has_focus: self._set_recording(action if has_focus else None)
        )
        clear.clicked.connect(lambda: self._set_keys(action, ""))
        return _Row(name, field, clear, state)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(EDGE)
        keys = Surface()
        keys.setLayout(self._make_grid())
        column.addWidget(keys)
        column.addWidget(self._test_group)
        column.addWidget(self._command_group)
        self._command.setReadOnly(True)
        column.addStretch(1)

    def _make_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, SMALL)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(1, 1)
        for number, row in enumerate(self._rows.values()):
            top = 3 * number
            grid.addWidget(row.name, top, 0)
            grid.addWidget(row.field, top, 1)
            grid.addWidget(row.clear, top, 2)
            grid.addWidget(row.state, top + 1, 1, 1, 2)
            grid.setRowMinimumHeight(top + 2, SPACE // 2)
        return grid

    # Choosing

    def _set_keys(self, action: HotKeyAction, typed: str) -> None:
        """Set it, and show what is kept."""
        change = self._intents.change(f"hotkeys.{action.value}", typed)
        if isinstance(change, SettingRefused):
            self._show_refusal(action, change.reason)
        else:
            self._rows[action].field.show_value(change.value)

    def _show_refusal(self, action: HotKeyAction, reason: str) -> None:
        self._errors[action] = reason
        self._show_states()

    def _set_recording(self, action: HotKeyAction | None) -> None:
        self._recorded_action = action
        self._update_interception()

    # Trying

    def _on_test_toggled(self, testing: bool) -> None:  # noqa: FBT001 - as the signal has it
        if testing:
            self._test_result.setText(self.tr("Waiting for one of the keys above…"))
        self._update_interception()

    def _update_interception(self) -> None:
        wanted = self._recorded_action is not None or self._test.isChecked()
        self._manager.intercept(self._on_hotkey_pressed if wanted else None)

    def _on_hotkey_pressed(self, action: HotKeyAction) -> None:
        """A key of ours does not reach the field that asks for keys: the desktop gives it to us."""
        if self._recorded_action is not None:
            self._set_keys(self._recorded_action, str(self._manager.requested[action]))
            return
        keys = self._manager.bindings[action]
        shown = keys.keys if isinstance(keys, HotKeyBound) else str(self._manager.requested[action])
        self._test_result.setText(
            fill(self.tr("It works: %1 arrived (%2)."), shown, hotkey_action_label(action))
        )

    def _copy_command(self) -> None:
        QGuiApplication.clipboard().setText(COMMAND)
        self._command.selectAll()

    # States

    def _show_states(self) -> None:
        bindings = self._manager.bindings
        self._again.setVisible(any(_is_not_bound(each) for each in bindings.values()))
        for action, row in self._rows.items():
            reason = self._errors.get(action)
            binding = bindings.get(action)
            state = reason or ("" if binding is None else self._status_text(action, binding))
            row.state.setText(state)
            row.state.setVisible(bool(state))
            row.field.setAccessibleDescription(state)

    def _status_text(self, action: HotKeyAction, binding: HotKeyBinding) -> str:
        message = binding_message(binding, self._manager.requested.get(action))
        return join_sentences(message_text(message), self._remedy_text(binding))

    def _remedy_text(self, binding: HotKeyBinding) -> str:
        """What to do, "" where the message says it or nothing has to be done."""
        match binding:
            case HotKeyTaken(owner=None):
                return self.tr("Choose other keys, or free these there.")
            case HotKeyTaken():
                return self.tr("Choose other keys.")
            case HotKeyUnavailable(HotKeyProblem.DECLINED | HotKeyProblem.NO_SUCH_KEY):
                return ""
            case HotKeyUnavailable():
                return self.tr("Bind the command below instead.")
            case HotKeyBound() | HotKeyPending():
                return ""


def _is_not_bound(binding: HotKeyBinding) -> bool:
    return isinstance(binding, HotKeyTaken | HotKeyUnavailable)


def _row(*widgets: QWidget) -> QWidget:
    """Beside each other, the first line edit as wide as there is room."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE)
    for widget in widgets:
        layout.addWidget(widget, int(isinstance(widget, QLineEdit)))
    if not isinstance(widgets[0], QLineEdit):
        layout.addStretch(1)
    return row


def _group(*widgets: QWidget) -> QGroupBox:
    group = QGroupBox()
    column = QVBoxLayout(group)
    column.setSpacing(SPACE)
    for widget in widgets:
        column.addWidget(widget)
    return group


def command_hint(platform: str) -> str:
    """Where else a key can be had; `platform` is `sys.platform`."""
    translate = QCoreApplication.translate
    if platform == "win32":
        return translate(
            "HotkeysPage",
            "Where no key works, make a shortcut to this command and give it a key of its own"
            " (Properties, Shortcut key). It starts and stops like the hot key.",
        )
    if platform == "darwin":
        return translate(
            "HotkeysPage",
            "Where no key works, bind this command to a key in the app Shortcuts. It starts and"
            " stops like the hot key.",
        )
    return translate(
        "HotkeysPage",
        "Where no key works, bind this command in your desktop's keyboard settings. It starts and"
        " stops like the hot key.",
    )
