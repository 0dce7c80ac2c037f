"""A page of the settings that is made from the schema: one field for each setting of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from timer_app.domain.setup.settings_schema import Page, settings_of_page
from timer_app.domain.translatable import QT_TRANSLATE_NOOP
from timer_app.ui.design.surfaces import SettingsGroup
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import Scale
from timer_app.ui.setup.setting_fields import make_field
from timer_app.ui.setup.settings.page import SettingsIntents, SettingsPage
from timer_app.ui.window import EDGE, SPACE

translate = QCoreApplication.translate

_TITLES = {
    Page.TIME: QT_TRANSLATE_NOOP("Settings", "Time"),
    Page.REMINDERS: QT_TRANSLATE_NOOP("Settings", "Reminders"),
    Page.LOOK: QT_TRANSLATE_NOOP("Settings", "Language and tray"),
}
_NOTES = {
    Page.REMINDERS: (
        QT_TRANSLATE_NOOP(
            "Settings",
            "When nothing has run for ten minutes in working hours, once; and when the day is over"
            " while something still waits for a service or for you.",
        ),
        QT_TRANSLATE_NOOP(
            "Settings", "When the desktop may disturb you is set in the desktop's own settings."
        ),
    )
}
"""What is said below the fields of a page."""


class PlainPage(SettingsPage):
    """The settings of one page of the schema, in their order."""

    def __init__(self, page: str, intents: SettingsIntents) -> None:
        super().__init__()
        self.setObjectName(f"{page}_page")
        self._page = page
        self._fields = [make_field(setting, intents) for setting in settings_of_page(page)]
        self._notes = [Text(Scale.SMALL, Tone.MUTED) for _ in _NOTES.get(page, ())]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(EDGE)
        group = SettingsGroup()
        for field in self._fields:
            group.add(field)
        column.addWidget(group)
        for note in self._notes:
            column.addWidget(note)
        column.addStretch(1)
        self.retranslate()

    @property
    def title(self) -> str:
        """See SettingsPage."""
        return translate("Settings", _TITLES[self._page])

    def show_values(self, values: Mapping[str, object]) -> None:
        """See SettingsPage."""
        for field in self._fields:
            field.show_setting(values)

    def retranslate(self) -> None:
        """See SettingsPage."""
        for field in self._fields:
            field.retranslate()
        for label, text in zip(self._notes, _NOTES.get(self._page, ()), strict=True):
            label.setText(translate("Settings", text))
