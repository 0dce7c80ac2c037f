"""Settings: what to be reminded of, and when."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Property
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.domain.reminders.working_hours import EXAMPLE
from timer_app.ui.setup.setting_fields import (
    INDENT,
    OptionalTextField,
    SettingIntents,
    SettingsPage,
    normalize_duration,
)
from timer_app.ui.window import SPACE, WrappedLabel

REMIND_AFTER = "time.remind_after"
WORKING_HOURS = "time.working_hours"


class RemindersPage(SettingsPage):
    """Two kinds of reminders, each with its switch, its field and a line for what is wrong."""

    def __init__(self, intents: SettingIntents, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reminders_page")
        self._long_run = OptionalTextField(
            REMIND_AFTER, intents, normalize_duration, off_value="off", default="4h"
        )
        self._hours = OptionalTextField(
            WORKING_HOURS, intents, str.strip, off_value="", default=EXAMPLE
        )
        self._about = WrappedLabel()
        self._quiet = WrappedLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._long_run)
        column.addSpacing(SPACE)
        column.addWidget(self._hours)
        below = QVBoxLayout()
        below.setContentsMargins(INDENT, 0, 0, 0)
        below.addWidget(self._about)
        column.addLayout(below)
        column.addSpacing(SPACE)
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

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._long_run.set_switch_texts(
            self.tr("Remind me when one entry &runs for"),
            self.tr("How long an entry runs before a reminder"),
            self.tr("For example 4h, or 1h30m"),
        )
        self._hours.set_switch_texts(
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
