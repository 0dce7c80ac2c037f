"""Settings: the language, what a click on the tray icon does, and who tells of new versions."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout

from timer_app.ui.setup.setting_fields import ChoiceField, SettingIntents, SettingsPage, TextField
from timer_app.ui.window import EDGE, SPACE

LANGUAGE, CLICK, FEED = "ui.language", "ui.click", "updates.feed"
_OWN_NAMES = {"en": "English", "ru": "Русский", "ja": "日本語"}
"""Each in itself, so that whoever cannot read the others finds it."""


class InterfacePage(SettingsPage):
    """Language, click, and whom to ask for the newest version."""

    def __init__(self, intents: SettingIntents) -> None:
        super().__init__()
        self.setObjectName("look_page")
        self._language = ChoiceField(LANGUAGE, intents, ["system", *_OWN_NAMES])
        self._click = ChoiceField(CLICK, intents, ["toggle", "open"])
        self._feed = TextField(FEED, intents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(EDGE)
        for setting in (self._language, self._click, self._feed):
            column.addWidget(setting)
        column.addStretch(1)
        self.retranslate()

    @property
    def title(self) -> str:
        """Its name in the list."""
        return self.tr("Language and tray")

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are."""
        for setting in (self._language, self._click, self._feed):
            setting.show_value(str(values[setting.key]))

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._language.set_choice_texts({"system": self.tr("The system's"), **_OWN_NAMES}, {})
        self._language.set_texts(self.tr("&Language"))
        self._click.set_choice_texts(
            {"toggle": self.tr("Starts or stops"), "open": self.tr("Opens the panel")},
            {"toggle": self.tr("The middle button opens the panel.")},
        )
        self._click.set_texts(self.tr("A &click on the tray icon"))
        self._feed.set_texts(
            self.tr("Address that tells the newest &version"),
            self.tr("Asked once a day. Empty: nobody is asked. Nothing is ever downloaded."),
        )
