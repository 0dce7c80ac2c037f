"""A setting and its widgets: name, field, a hint, and why what was typed will not do.

Each shows what is set, asks for a change at once, and keeps what was typed where it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.settings_schema import OneOf, Optional, Setting, Switch
from timer_app.services.setup.setting_change import SettingKept
from timer_app.ui.design.surfaces import lay_out_settings_row
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import HUGE, Scale
from timer_app.ui.plain_text import spoken
from timer_app.ui.setup.settings.page import SettingsIntents
from timer_app.ui.window import SPACE

translate = QCoreApplication.translate

INDENT = HUGE
"""What stands below a switch is about as far in as its text."""


class SettingField(QWidget):
    """What all have: a hint and a reason, below the field that a subclass puts into `column`."""

    def __init__(self, setting: Setting, intents: SettingsIntents) -> None:
        super().__init__()
        self.key = setting.key
        self._setting = setting
        self._intents = intents
        self._value: str | None = None
        self._hint = Text(Scale.SMALL, Tone.MUTED)
        self._error = spoken(Text(Scale.SMALL, Tone.DANGER))
        self._error.setObjectName(f"{setting.key}-wrong")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE // 2)
        self._hint.hide()
        self._error.hide()

    @property
    def value(self) -> str:
        """What is set."""
        return self._value or ""

    @property
    def is_wrong(self) -> bool:
        """Whether what was typed was refused."""
        return bool(self._error.text())

    def show_value(self, value: str) -> None:
        """Show what is set. The value of before changes nothing: something may be half typed."""
        if value != self._value:
            self._value = value
            self._display(value)
            self.show_error("")

    def show_setting(self, values: Mapping[str, object]) -> None:
        """Show what is set for its key among all settings."""
        self.show_value(self._setting.as_text(values[self.key]))

    def retranslate(self) -> None:
        """Write its name and its hint, those of the schema, in the language of the moment."""
        hint = self._setting.hint
        self.set_texts(
            translate("Settings", self._setting.label), translate("Settings", hint) if hint else ""
        )

    def set_texts(self, name: str, hint: str = "") -> None:
        """Its name, with an access key, and its hint in the language of the moment."""
        self._set_name(name)
        self._hint.setText(hint)
        self.show_error(self._error.text())

    def show_error(self, reason: str) -> None:
        """Why what was typed will not do, "" for nothing; that says how to write it, too."""
        self._error.setText(reason)
        self._error.setVisible(bool(reason))
        self._hint.setVisible(not reason and bool(self._hint.text()))
        self._input_widget().setAccessibleDescription(reason or self._hint.text())

    def _lay_out_beside(self, label: Text, control: QWidget) -> None:
        """Put its name, hint and reason at the left, and what it is set with at the right."""
        self.column.addLayout(lay_out_settings_row(label, (self._hint, self._error), control))

    def _try_change(self, wanted: str) -> bool:
        """Take it, or say why not and leave what was typed to be mended."""
        change = self._intents.change(self.key, wanted)
        if not isinstance(change, SettingKept):
            self.show_error(change.reason)
            return False
        self._value = None  # written as it is kept, even where that is what it was
        self.show_value(change.value)
        return True

    def _display(self, value: str) -> None:
        raise NotImplementedError

    def _set_name(self, name: str) -> None:
        raise NotImplementedError

    def _input_widget(self) -> QWidget:
        raise NotImplementedError


class TextField(SettingField):
    """A line of text."""

    def __init__(self, setting: Setting, intents: SettingsIntents) -> None:
        super().__init__(setting, intents)
        self._label = Text()
        self.line = QLineEdit()
        self.line.setObjectName(setting.key)
        self._lay_out_beside(self._label, self.line)
        self.line.editingFinished.connect(self.apply)

    def apply(self) -> None:
        """Set what is typed now."""
        wanted = self.line.text().strip()
        if wanted != self._value:
            self._try_change(wanted)
        else:
            self.show_error("")

    def _display(self, value: str) -> None:
        self.line.setText(value)
        self.line.setCursorPosition(0)  # an address is known by its beginning

    def _set_name(self, name: str) -> None:
        self._label.setText(name)
        self.line.setAccessibleName(name.replace("&", ""))

    def _input_widget(self) -> QWidget:
        return self.line


class OptionalTextField(SettingField):
    """A text that can be off: a switch, and below it the field."""

    def __init__(self, setting: Setting, kind: Optional, intents: SettingsIntents) -> None:
        super().__init__(setting, intents)
        self._off_value, self._suggestion = kind.off, kind.suggestion
        self._switch = QCheckBox()
        self.line = QLineEdit()
        self.line.setObjectName(setting.key)
        below = QVBoxLayout()
        below.setContentsMargins(INDENT, 0, 0, 0)
        below.setSpacing(SPACE // 2)
        for widget in (self.line, self._hint, self._error):
            below.addWidget(widget)
        self.column.addWidget(self._switch)
        self.column.addLayout(below)
        self._switch.clicked.connect(self._on_switched)
        self.line.editingFinished.connect(self._on_editing_finished)

    def retranslate(self) -> None:
        """See SettingField. The field has a name of its own, for who does not see the switch."""
        super().retranslate()
        self._switch.setText(translate("Settings", self._setting.label))
        self._set_name(translate("Settings", self._setting.field_label))

    def _display(self, value: str) -> None:
        is_on = value != self._off_value
        self._switch.setChecked(is_on)
        self.line.setEnabled(is_on)
        self.line.setText(value if is_on else "")

    def _on_switched(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if not self._try_change(self._suggestion if on else self._off_value):
            self._switch.setChecked(self._value != self._off_value)
        elif on:
            self.line.setFocus()
            self.line.selectAll()

    def _on_editing_finished(self) -> None:
        wanted = self.line.text().strip()
        if self.line.isEnabled() and wanted != self._value:
            self._try_change(wanted)

    def _set_name(self, name: str) -> None:
        self.line.setAccessibleName(name)

    def _input_widget(self) -> QWidget:
        return self.line


class SwitchField(SettingField):
    """On or off."""

    def __init__(self, setting: Setting, intents: SettingsIntents) -> None:
        super().__init__(setting, intents)
        self.box = QCheckBox()
        self.box.setObjectName(setting.key)
        self.column.addWidget(self.box)
        below = QVBoxLayout()
        below.setContentsMargins(INDENT, 0, 0, 0)
        for widget in (self._hint, self._error):
            below.addWidget(widget)
        self.column.addLayout(below)
        self.box.clicked.connect(self._on_clicked)

    def _on_clicked(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if not self._try_change("true" if on else "false"):
            self._display(str(self._value))

    def _display(self, value: str) -> None:
        self.box.setChecked(value == "true")

    def _set_name(self, name: str) -> None:
        self.box.setText(name)

    def _input_widget(self) -> QWidget:
        return self.box


class NoWheelComboBox(QComboBox):
    """A list that the wheel, turned to move the page, does not change."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a line of text of its own is."""
        return self._with_line_height(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """See `sizeHint`."""
        return self._with_line_height(super().minimumSizeHint())

    def _with_line_height(self, size: QSize) -> QSize:
        line = self.lineEdit()
        high = line.minimumSizeHint().height() + SPACE // 2 if line is not None else 0
        return size.expandedTo(QSize(0, high))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()


class ChoiceField(SettingField):
    """One of a few fixed values, each with its name and perhaps an explanation."""

    def __init__(self, setting: Setting, kind: OneOf, intents: SettingsIntents) -> None:
        super().__init__(setting, intents)
        self._choices = {each.value: each for each in kind.choices}
        self._label = Text()
        self.box = NoWheelComboBox()
        self.box.setObjectName(setting.key)
        for value in self._choices:
            self.box.addItem(value, value)
        self._lay_out_beside(self._label, self.box)
        self.box.activated.connect(self._on_activated)

    def retranslate(self) -> None:
        """See SettingField. Each value's name as well; the hint is that of the choice."""
        for value, choice in self._choices.items():
            self.box.setItemText(self.box.findData(value), translate("Settings", choice.name))
        super().retranslate()
        self._show_explanation()

    def _on_activated(self) -> None:
        if not self._try_change(str(self.box.currentData())):
            self._display(str(self._value))

    def _display(self, value: str) -> None:
        self.box.setCurrentIndex(self.box.findData(value))
        self._show_explanation()

    def _show_explanation(self) -> None:
        choice = self._choices.get(str(self.box.currentData()))
        explanation = choice.explanation if choice else ""
        self._hint.setText(translate("Settings", explanation) if explanation else "")
        self.show_error(self._error.text())

    def _set_name(self, name: str) -> None:
        self._label.setText(name)
        self.box.setAccessibleName(name.replace("&", ""))

    def _input_widget(self) -> QWidget:
        return self.box


class RemoteIdField(SettingField):
    """The number of one of a list that a service has: chosen from it once it is there, or typed.

    Without the list the number itself is shown.
    """

    def __init__(self, setting: Setting, intents: SettingsIntents) -> None:
        super().__init__(setting, intents)
        self._choices: tuple[Choice, ...] = ()
        self._none = ""
        self._not_a_number = ""
        self._is_being_edited = False
        self._label = Text()
        self.box = NoWheelComboBox()
        self.box.setObjectName(setting.key)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._lay_out_beside(self._label, self.box)
        self.box.activated.connect(self._on_activated)
        self._line.textEdited.connect(self._on_text_edited)
        self._line.editingFinished.connect(self._on_editing_finished)

    @property
    def _line(self) -> QLineEdit:
        line = self.box.lineEdit()
        assert line is not None  # noqa: S101 - it is editable
        return line

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Take this list; what is half typed stays."""
        self._choices = tuple(choices)
        self._fill_items()

    def set_list_texts(self, none: str, not_a_number: str) -> None:
        """How "none" reads, and what to say to what is neither on the list nor a number."""
        self._not_a_number = not_a_number
        typed = self._line.text()
        if typed and typed == self._none:
            self._line.setText(none)
        self._none = none
        self._fill_items()

    def _fill_items(self) -> None:
        typed = self._line.text()
        self.box.blockSignals(True)
        self.box.clear()
        for choice in self._items():
            self.box.addItem(choice[1], choice[0])
        self.box.blockSignals(False)
        if self._is_being_edited:
            self._line.setText(typed)
        else:
            self._display(self._value or "")

    def _items(self) -> list[tuple[str, str]]:
        """Value and name of each, "none" first where there is one."""
        none = [("", self._none)] if self._none else []
        return none + [(str(each.id), _named(each)) for each in self._choices]

    def _named(self, value: str) -> str:
        return dict(self._items()).get(value, value)

    def _on_text_edited(self) -> None:
        self._is_being_edited = True

    def _display(self, value: str) -> None:
        self._is_being_edited = False
        self.box.setCurrentIndex(self.box.findData(value))
        self._line.setText(self._named(value))
        self._line.setCursorPosition(0)  # the name matters more than the number at its end

    def _on_activated(self) -> None:
        self._apply(str(self.box.currentData() or ""))

    def _on_editing_finished(self) -> None:
        typed = self._line.text().strip()
        values = {name.casefold(): value for value, name in self._items()}
        values |= {each.name.casefold(): str(each.id) for each in self._choices}
        value = values.get(typed.casefold(), typed)
        if value and not value.removeprefix("-").isdecimal():
            self.show_error(self._not_a_number)
        else:
            self._apply(value)

    def _apply(self, value: str) -> None:
        if value == self._value:
            self._display(value)
            self.show_error("")
        else:
            self._try_change(value)

    def _set_name(self, name: str) -> None:
        self._label.setText(name)
        self.box.setAccessibleName(name.replace("&", ""))
        self._line.setAccessibleName(name.replace("&", ""))

    def _input_widget(self) -> QWidget:
        return self.box


def _named(choice: Choice) -> str:
    return f"{choice.name} ({choice.id})"


def make_field(setting: Setting, intents: SettingsIntents) -> SettingField:
    """The field that a kind of setting is changed with."""
    match setting.kind:
        case Switch():
            return SwitchField(setting, intents)
        case OneOf() as kind:
            return ChoiceField(setting, kind, intents)
        case Optional() as kind:
            return OptionalTextField(setting, kind, intents)
        case _:
            return TextField(setting, intents)
