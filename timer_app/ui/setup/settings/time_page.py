"""Settings: how time is counted, and when to ask about time away."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout

from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.errors import BadInput
from timer_app.domain.setup.time_grammar import parse_time_of_day
from timer_app.ui.setup.setting_fields import (
    ChoiceField,
    OptionalTextField,
    SettingIntents,
    SettingsPage,
    TextField,
    normalize_duration,
)
from timer_app.ui.window import EDGE, SPACE

ROUNDING, DAY_START = "time.rounding", "time.day_start"
IDLE_AFTER, DAILY_GOAL = "time.idle_after", "time.daily_goal"


class TimePage(SettingsPage):
    """Rounding, the beginning of a day, time away, and the goal of a day."""

    def __init__(self, intents: SettingIntents) -> None:
        super().__init__()
        self.setObjectName("time_page")
        self._rounding = ChoiceField(ROUNDING, intents, [each.value for each in Rounding])
        self._day_start = TextField(DAY_START, intents, _normalize_time)
        self._idle = OptionalTextField(
            IDLE_AFTER, intents, normalize_duration, off_value="off", default="10m"
        )
        self._goal = OptionalTextField(
            DAILY_GOAL, intents, normalize_duration, off_value="off", default="8h"
        )
        self._settings = (self._rounding, self._day_start, self._idle, self._goal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(EDGE)
        for setting in self._settings:
            column.addWidget(setting)
        column.addStretch(1)
        self.retranslate()

    @property
    def title(self) -> str:
        """Its name in the list."""
        return self.tr("Time")

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are."""
        for setting in self._settings:
            setting.show_value(str(values[setting.key]))

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._write_rounding()
        self._day_start.set_texts(
            self.tr("A new day &begins at"),
            self.tr("Work past midnight counts for the day before until then. For example 04:30"),
        )
        self._idle.set_switch_texts(
            self.tr("Ask what to do with time &away"),
            self.tr("How long you are away before you are asked"),
            self.tr("Asked when you come back after so long, for example 10m"),
        )
        self._goal.set_switch_texts(
            self.tr("Have a &goal for each day"),
            self.tr("Goal of a day"),
            self.tr("For example 8h, or 7h30m"),
        )

    def _write_rounding(self) -> None:
        self._rounding.set_choice_texts(
            {
                Rounding.CARRY.value: self.tr("Carry seconds over"),
                Rounding.NEAREST.value: self.tr("To the nearest minute"),
                Rounding.UP.value: self.tr("Up"),
                Rounding.DOWN.value: self.tr("Down"),
            },
            {
                Rounding.CARRY.value: self.tr(
                    "A card's minutes of a day add up to its true time: seconds that are left over"
                    " go into its next log."
                ),
                Rounding.NEAREST.value: self.tr(
                    "Each entry by itself, from 30 seconds up; never below 1 minute."
                ),
                Rounding.UP.value: self.tr("Each entry by itself: a minute that began counts."),
                Rounding.DOWN.value: self.tr(
                    "Each entry by itself: whole minutes only; never below 1 minute."
                ),
            },
        )
        self._rounding.set_texts(self.tr("How Kaiten's minutes are &rounded"))


def _normalize_time(typed: str) -> str:
    """A time of day as the settings file holds it; what is none is left for it to refuse."""
    try:
        return f"{parse_time_of_day(typed):%H:%M}"
    except BadInput:
        return typed.strip()
