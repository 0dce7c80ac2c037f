"""Settings: what to be reminded of, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import Property, QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from timer_app.domain.errors import BadInput
from timer_app.domain.time_input import parse_duration
from timer_app.domain.working_hours import EXAMPLE

REMIND_AFTER = "time.remind_after"
WORKING_HOURS = "time.working_hours"
_OFF = {REMIND_AFTER: "off", WORKING_HOURS: ""}
_USUAL = {REMIND_AFTER: "4h", WORKING_HOURS: EXAMPLE}
_EDGE = 16
_SPACE = 8
_INDENT = 24


class Changes(Protocol):
    """Who changes a setting."""

    def change(self, key: str, typed: str) -> str:
        """Take what was typed for the key; "" or the reason why not."""
        ...


class RemindersPage(QWidget):
    """Two kinds of reminders, each with its switch, its field and a line for what is wrong."""

    def __init__(self, intents: Changes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reminders_page")
        self._long_run = _Setting(REMIND_AFTER, intents, self._length)
        self._hours = _Setting(WORKING_HOURS, intents, str.strip)
        self._about = QLabel()
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setWordWrap(True)
        self._about.setContentsMargins(_INDENT + _SPACE // 2, 0, 0, 0)
        self._quiet = QLabel()
        self._quiet.setTextFormat(Qt.TextFormat.PlainText)
        self._quiet.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(_SPACE)
        column.addWidget(self._long_run)
        column.addSpacing(_SPACE)
        column.addWidget(self._hours)
        column.addWidget(self._about)
        column.addSpacing(_SPACE)
        column.addWidget(self._quiet)
        column.addStretch(1)
        self.retranslate()

    def _title(self) -> str:
        return self.tr("Reminders")

    title = Property(str, _title)

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show what the settings are; what is wrong in a field goes with it."""
        for setting in (self._long_run, self._hours):
            setting.show_value(str(values[setting.key]))

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._long_run.write(
            self.tr("Remind me when one entry &runs for"),
            self.tr("How long an entry runs before a reminder"),
            self.tr("For example 4h, or 1h30m"),
        )
        self._hours.write(
            self.tr("Remind me within my &working hours"),
            self.tr("Working hours"),
            self.tr("For example %1, or Mon-Thu 09:00-13:00, 14:00-18:00, Fri 09:00-14:00").replace(
                "%1", EXAMPLE
            ),
        )
        self._about.setText(
            self.tr(
                "When nothing has run for ten minutes in working hours, once; and when the day is"
                " over while something still waits for a service or for you."
            )
        )
        self._quiet.setText(
            self.tr("When the desktop may disturb you is set in the desktop's own settings.")
        )

    def _length(self, typed: str) -> str:
        """A length as the settings file holds it; what is none is left for them to refuse."""
        try:
            seconds = int(parse_duration(typed).total_seconds())
        except BadInput:
            return typed.strip()
        parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s"))
        return "".join(f"{number}{unit}" for number, unit in parts if number)


class _Setting(QWidget):
    """One setting that can be off: a switch, a field, and why what was typed will not do."""

    def __init__(self, key: str, intents: Changes, tidied: Callable[[str], str]) -> None:
        super().__init__()
        self.key = key
        self._intents = intents
        self._tidied = tidied
        self._shown = _OFF[key]
        self._switch = QCheckBox()
        self._field = QLineEdit()
        self._hint = QLabel()
        self._wrong = QLabel()
        for label in (self._hint, self._wrong):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._wrong.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(_SPACE // 2)
        grid.setColumnMinimumWidth(0, _INDENT)
        grid.addWidget(self._switch, 0, 0, 1, 2)
        grid.addWidget(self._field, 1, 1)
        grid.addWidget(self._hint, 2, 1)
        grid.addWidget(self._wrong, 3, 1)
        self._switch.clicked.connect(self._switched)
        self._field.editingFinished.connect(self._typed)

    def write(self, switch: str, name: str, hint: str) -> None:
        """Its fixed texts."""
        self._switch.setText(switch)
        self._field.setAccessibleName(name)
        self._hint.setText(hint)
        self._field.setAccessibleDescription(hint)

    def show_value(self, value: str) -> None:
        """Show what the setting is."""
        self._shown = value
        is_on = value != _OFF[self.key]
        self._switch.setChecked(is_on)
        self._field.setEnabled(is_on)
        self._field.setText(value if is_on else "")
        self._say("")

    def _switched(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._change(_USUAL[self.key] if on else _OFF[self.key])
        if on:
            self._field.setFocus()
            self._field.selectAll()

    def _typed(self) -> None:
        typed = self._tidied(self._field.text())
        if self._field.isEnabled() and typed != self._shown:
            self._change(typed)

    def _change(self, wanted: str) -> None:
        """Take it, or say why not and leave what was typed to be mended."""
        reason = self._intents.change(self.key, wanted)
        if reason:
            self._switch.setChecked(self._shown != _OFF[self.key])
            self._say(reason)
        else:
            self.show_value(wanted)

    def _say(self, reason: str) -> None:
        self._wrong.setText(reason)
        self._wrong.setVisible(bool(reason))
        self._hint.setVisible(not reason)  # what is wrong says how to write it, too
        self._field.setAccessibleDescription(reason or self._hint.text())
