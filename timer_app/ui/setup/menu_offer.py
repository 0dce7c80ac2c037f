"""An offer to put the app into the desktop's menu, for who installed it without a package."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from timer_app.services.setup.desktop_integration import (
    LINKS,
    DesktopEntryState,
    DesktopEntryStatus,
)
from timer_app.services.setup.setting_change import SettingRefused
from timer_app.ui.setup.settings.page import SettingsIntents
from timer_app.ui.window import SPACE, WrappedLabel, named


class MenuOffer(QWidget):
    """A sentence and a button. Not seen where the desktop knows the app, or is not to know it."""

    def __init__(self, intents: SettingsIntents) -> None:
        super().__init__()
        self._intents = intents
        self._is_accepted = False
        self._text = named(WrappedLabel(), "menu-offer")
        self._button = named(QPushButton(), "add-to-menu")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._text)
        column.addWidget(self._button)
        self._button.clicked.connect(self._on_clicked)
        self.hide()

    def show_status(self, status: object) -> None:
        """Show how the desktop's entry is, a DesktopEntryStatus."""
        if isinstance(status, DesktopEntryStatus):
            is_off = status.state is DesktopEntryState.OFF
            self.setVisible(is_off or self._is_accepted)
            self._button.setVisible(is_off)
            self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language of the moment."""
        self._button.setText(self.tr("Add to the &menu"))
        self._text.setText(
            self.tr("Timer App is in the menu now, and opens timer-app:// links.")
            if self._is_accepted
            else self.tr(
                "Timer App is in no menu yet. Without an entry there your desktop may refuse it hot"
                " keys, and timer-app:// links do not open it."
            )
        )

    def _on_clicked(self) -> None:
        self._is_accepted = True
        change = self._intents.change(LINKS, "on")
        if isinstance(change, SettingRefused):
            self._is_accepted = False
            self._text.setText(change.reason)
