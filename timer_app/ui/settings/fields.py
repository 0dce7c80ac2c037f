"""A setting and its widgets: name, field, a hint, and why what was typed will not do.

Each shows what is set, asks for a change at once, and keeps what was typed where it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.errors import BadInput
from timer_app.domain.time_input import parse_duration
from timer_app.services.ports import Choice
from timer_app.ui.window import SPACE, Sentences

INDENT = 24
"""What stands below a switch is about as far in as its text."""


class Changes(Protocol):
    """Who changes a setting."""

    def change(self, key: str, typed: str) -> str:
        """Take what was typed for the key; "" or the reason why not."""
        ...


class Page(QWidget):
    """A page of the settings, which follows the language."""

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()


def kept_length(typed: str) -> str:
    """A length as the settings file holds it; what is none is left for the file to refuse."""
    try:
        seconds = int(parse_duration(typed).total_seconds())
    except BadInput:
        return typed.strip()
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number)


class Setting(QWidget):
    """What all have: a hint and a reason, below the field that a subclass puts into `column`."""

    def __init__(self, key: str, changes: Changes) -> None:
        super().__init__()
        self.key = key
        self._changes = changes
        self._shown: str | None = None
        self._told: list[str] = []
        self._hint = Sentences()
        self._wrong = Sentences()
        self._wrong.setObjectName(f"{key}-wrong")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE // 2)
        self._hint.hide()
        self._wrong.hide()

    @property
    def value(self) -> str:
        """What is set."""
        return self._shown or ""

    @property
    def is_wrong(self) -> bool:
        """Whether what was typed was refused."""
        return bool(self._wrong.text())

    def show_value(self, value: str) -> None:
        """Show what is set. The value of before changes nothing: something may be half typed."""
        self._told.append(value)
        if value != self._shown:
            self._shown = value
            self._put(value)
            self.say("")

    def write(self, name: str, hint: str = "") -> None:
        """Its name, with an access key, and its hint in the language of the moment."""
        self._name(name)
        self._hint.setText(hint)
        self.say(self._wrong.text())

    def say(self, reason: str) -> None:
        """Why what was typed will not do, "" for nothing; that says how to write it, too."""
        self._wrong.setText(reason)
        self._wrong.setVisible(bool(reason))
        self._hint.setVisible(not reason and bool(self._hint.text()))
        self._field().setAccessibleDescription(reason or self._hint.text())

    def _change(self, wanted: str) -> bool:
        """Take it, or say why not and leave what was typed to be mended."""
        self._told.clear()
        reason = self._changes.change(self.key, wanted)
        if reason:
            self.say(reason)
        else:
            self._shown = None  # written as it is kept, even where that is what it was
            self.show_value(self._told[-1] if self._told else wanted)
        return not reason

    def _put(self, value: str) -> None:
        raise NotImplementedError

    def _name(self, name: str) -> None:
        raise NotImplementedError

    def _field(self) -> QWidget:
        raise NotImplementedError


class TextSetting(Setting):
    """A line of text. `tidied` brings what was typed into the form that is kept."""

    def __init__(
        self, key: str, changes: Changes, tidied: Callable[[str], str] = str.strip
    ) -> None:
        super().__init__(key, changes)
        self._tidied = tidied
        self._label = QLabel()
        self.line = QLineEdit()
        self.line.setObjectName(key)
        self._label.setBuddy(self.line)
        for widget in (self._label, self.line, self._hint, self._wrong):
            self.column.addWidget(widget)
        self.line.editingFinished.connect(self.take)

    def take(self) -> None:
        """Set what is typed now."""
        wanted = self._tidied(self.line.text())
        if wanted != self._shown:
            self._change(wanted)

    def _put(self, value: str) -> None:
        self.line.setText(value)

    def _name(self, name: str) -> None:
        self._label.setText(name)
        self.line.setAccessibleName(name.replace("&", ""))

    def _field(self) -> QWidget:
        return self.line


class SwitchedSetting(Setting):
    """A text that can be off: a switch, and below it the field."""

    def __init__(
        self, key: str, changes: Changes, tidied: Callable[[str], str], *, off: str, usual: str
    ) -> None:
        super().__init__(key, changes)
        self._tidied = tidied
        self._off, self._usual = off, usual
        self._switch = QCheckBox()
        self.line = QLineEdit()
        self.line.setObjectName(key)
        below = QVBoxLayout()
        below.setContentsMargins(INDENT, 0, 0, 0)
        below.setSpacing(SPACE // 2)
        for widget in (self.line, self._hint, self._wrong):
            below.addWidget(widget)
        self.column.addWidget(self._switch)
        self.column.addLayout(below)
        self._switch.clicked.connect(self._switched)
        self.line.editingFinished.connect(self._typed)

    def write_field(self, switch: str, field: str, hint: str) -> None:
        """What the switch says, the field's name for who does not see it, and the hint."""
        self._switch.setText(switch)
        self.write(field, hint)

    def _put(self, value: str) -> None:
        is_on = value != self._off
        self._switch.setChecked(is_on)
        self.line.setEnabled(is_on)
        self.line.setText(value if is_on else "")

    def _switched(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if not self._change(self._usual if on else self._off):
            self._switch.setChecked(self._shown != self._off)
        elif on:
            self.line.setFocus()
            self.line.selectAll()

    def _typed(self) -> None:
        wanted = self._tidied(self.line.text())
        if self.line.isEnabled() and wanted != self._shown:
            self._change(wanted)

    def _name(self, name: str) -> None:
        self.line.setAccessibleName(name)

    def _field(self) -> QWidget:
        return self.line


class SwitchSetting(Setting):
    """On or off."""

    def __init__(self, key: str, changes: Changes) -> None:
        super().__init__(key, changes)
        self.box = QCheckBox()
        self.box.setObjectName(key)
        self.column.addWidget(self.box)
        below = QVBoxLayout()
        below.setContentsMargins(INDENT, 0, 0, 0)
        for widget in (self._hint, self._wrong):
            below.addWidget(widget)
        self.column.addLayout(below)
        self.box.clicked.connect(self._clicked)

    def _clicked(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if not self._change("true" if on else "false"):
            self._put(str(self._shown))

    def _put(self, value: str) -> None:
        self.box.setChecked(value == "true")

    def _name(self, name: str) -> None:
        self.box.setText(name)

    def _field(self) -> QWidget:
        return self.box


class Combo(QComboBox):
    """A list that the wheel, turned to move the page, does not change."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a line of text of its own is."""
        return self._high_enough(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """See `sizeHint`."""
        return self._high_enough(super().minimumSizeHint())

    def _high_enough(self, size: QSize) -> QSize:
        line = self.lineEdit()
        high = line.minimumSizeHint().height() + SPACE // 2 if line is not None else 0
        return size.expandedTo(QSize(0, high))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()


class ChoiceSetting(Setting):
    """One of a few fixed values, each with its name and perhaps an explanation."""

    def __init__(self, key: str, changes: Changes, values: Sequence[str]) -> None:
        super().__init__(key, changes)
        self._explained: Mapping[str, str] = {}
        self._label = QLabel()
        self.box = Combo()
        self.box.setObjectName(key)
        for value in values:
            self.box.addItem(value, value)
        self._label.setBuddy(self.box)
        for widget in (self._label, self.box, self._hint, self._wrong):
            self.column.addWidget(widget)
        self.box.activated.connect(self._chosen)

    def write_choices(self, names: Mapping[str, str], explained: Mapping[str, str]) -> None:
        """Each value's name, and what is said below the list while it is chosen."""
        self._explained = explained
        for value, name in names.items():
            self.box.setItemText(self.box.findData(value), name)
        self._explain()

    def _chosen(self) -> None:
        if not self._change(str(self.box.currentData())):
            self._put(str(self._shown))

    def _put(self, value: str) -> None:
        self.box.setCurrentIndex(self.box.findData(value))
        self._explain()

    def _explain(self) -> None:
        self._hint.setText(self._explained.get(str(self.box.currentData()), ""))
        self.say(self._wrong.text())

    def _name(self, name: str) -> None:
        self._label.setText(name)
        self.box.setAccessibleName(name.replace("&", ""))

    def write(self, name: str, hint: str = "") -> None:
        """Its name; the hint is that of the choice."""
        super().write(name, hint or self._hint.text())

    def _field(self) -> QWidget:
        return self.box


class NumberSetting(Setting):
    """The number of one of a list that a service has: chosen from it once it is there, or typed.

    Without the list the number itself is shown.
    """

    def __init__(self, key: str, changes: Changes) -> None:
        super().__init__(key, changes)
        self._choices: tuple[Choice, ...] = ()
        self._none = ""
        self._not_a_number = ""
        self._half_typed = False
        self._label = QLabel()
        self.box = Combo()
        self.box.setObjectName(key)
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._label.setBuddy(self.box)
        for widget in (self._label, self.box, self._hint, self._wrong):
            self.column.addWidget(widget)
        self.box.activated.connect(self._chosen)
        self._line.textEdited.connect(self._edited)
        self._line.editingFinished.connect(self._typed)

    @property
    def _line(self) -> QLineEdit:
        line = self.box.lineEdit()
        assert line is not None  # noqa: S101 - it is editable
        return line

    def offer(self, choices: Sequence[Choice]) -> None:
        """Take this list; what is half typed stays."""
        self._choices = tuple(choices)
        self._fill()

    def write_words(self, none: str, not_a_number: str) -> None:
        """How "none" reads, and what to say to what is neither on the list nor a number."""
        self._not_a_number = not_a_number
        typed = self._line.text()
        if typed and typed == self._none:
            self._line.setText(none)
        self._none = none
        self._fill()

    def _fill(self) -> None:
        typed = self._line.text()
        self.box.blockSignals(True)
        self.box.clear()
        for choice in self._offered():
            self.box.addItem(choice[1], choice[0])
        self.box.blockSignals(False)
        if self._half_typed:
            self._line.setText(typed)
        else:
            self._put(self._shown or "")

    def _offered(self) -> list[tuple[str, str]]:
        """Value and name of each, "none" first where there is one."""
        none = [("", self._none)] if self._none else []
        return none + [(str(each.id), _named(each)) for each in self._choices]

    def _named(self, value: str) -> str:
        return dict(self._offered()).get(value, value)

    def _edited(self) -> None:
        self._half_typed = True

    def _put(self, value: str) -> None:
        self._half_typed = False
        self.box.setCurrentIndex(self.box.findData(value))
        self._line.setText(self._named(value))
        self._line.setCursorPosition(0)  # the name matters more than the number at its end

    def _chosen(self) -> None:
        self._take(str(self.box.currentData() or ""))

    def _typed(self) -> None:
        typed = self._line.text().strip()
        values = {name.casefold(): value for value, name in self._offered()}
        values |= {each.name.casefold(): str(each.id) for each in self._choices}
        value = values.get(typed.casefold(), typed)
        if value and not value.removeprefix("-").isdecimal():
            self.say(self._not_a_number)
        else:
            self._take(value)

    def _take(self, value: str) -> None:
        if value == self._shown:
            self._put(value)
            self.say("")
        else:
            self._change(value)

    def _name(self, name: str) -> None:
        self._label.setText(name)
        self.box.setAccessibleName(name.replace("&", ""))
        self._line.setAccessibleName(name.replace("&", ""))

    def _field(self) -> QWidget:
        return self.box


def _named(choice: Choice) -> str:
    return f"{choice.name} ({choice.id})"
