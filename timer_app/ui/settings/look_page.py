"""Settings: the language, and what a click on the tray icon does."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout

from timer_app.ui.settings.fields import Changes, ChoiceSetting, Page
from timer_app.ui.window import EDGE, SPACE

LANGUAGE, CLICK = "ui.language", "ui.click"
_OWN_NAMES = {"en": "English", "ru": "Русский", "ja": "日本語"}
"""Each in itself, so that whoever cannot read the others finds it."""


class LookPage(Page):
    """Language and click."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.setObjectName("look_page")
        self._language = ChoiceSetting(LANGUAGE, changes, ["system", *_OWN_NAMES])
        self._click = ChoiceSetting(CLICK, changes, ["toggle", "open"])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(EDGE)
        for setting in (self._language, self._click):
            column.addWidget(setting)
        column.addStretch(1)
        self.retranslate()

    @property
    def title(self) -> str:
        """Its name in the list."""
        return self.tr("Language and tray")

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are."""
        for setting in (self._language, self._click):
            setting.show_value(str(values[setting.key]))

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._language.write_choices({"system": self.tr("The system's"), **_OWN_NAMES}, {})
        self._language.write(self.tr("&Language"))
        self._click.write_choices(
            {"toggle": self.tr("Starts or stops"), "open": self.tr("Opens the panel")},
            {"toggle": self.tr("The middle button opens the panel.")},
        )
        self._click.write(self.tr("A &click on the tray icon"))
