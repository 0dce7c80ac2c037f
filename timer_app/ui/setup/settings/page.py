"""What the pages of the settings have in common, and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from timer_app.services.setup.setting_change import SettingChange


class SettingsIntents(Protocol):
    """Who changes a setting."""

    def change(self, key: str, typed: str) -> SettingChange:
        """Set a key to what was typed, effective at once."""
        ...


class SettingsPage(QWidget):
    """A page of the settings, which follows the language."""

    @property
    def title(self) -> str:
        """Its name in the list of pages."""
        raise NotImplementedError

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are: full keys such as `time.rounding`."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
