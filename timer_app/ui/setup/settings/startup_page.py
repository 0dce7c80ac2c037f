"""Settings: what the desktop does with the app by itself.

It shows the desktop's own entries as they are, also where somebody else changed them.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from timer_app.domain.user_message import fill
from timer_app.services.setup.desktop_integration import (
    AUTOSTART,
    LINKS,
    DesktopEntryState,
    DesktopEntryStatus,
)
from timer_app.services.setup.setting_change import SettingRefused
from timer_app.ui.design.surfaces import SettingsGroup
from timer_app.ui.setup.settings.page import SettingsIntents, SettingsPage
from timer_app.ui.window import SPACE, WrappedLabel, named


class StartupPage(SettingsPage):
    """Two switches, each with a sentence about how it is. AUTOSTART and LINKS are on or off."""

    def __init__(self, intents: SettingsIntents) -> None:
        super().__init__()
        self.setObjectName("start-page")
        self._intents = intents
        self._values: dict[str, object] = {}
        self._boxes = {each: named(QCheckBox(), each) for each in (AUTOSTART, LINKS)}
        self._messages = {key: named(WrappedLabel(), f"{key}-message") for key in self._boxes}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        group = SettingsGroup()
        column.addWidget(group)
        for key, box in self._boxes.items():
            row = QWidget()
            words = QVBoxLayout(row)
            words.setContentsMargins(0, 0, 0, 0)
            words.setSpacing(SPACE // 2)
            words.addWidget(box)
            words.addWidget(self._messages[key])
            group.add(row)
            box.clicked.connect(lambda on, key=key: self._on_clicked(key, on=on))
        column.addStretch(1)
        for label in self._messages.values():
            label.hide()
        self.retranslate()

    @property
    def title(self) -> str:
        """What the settings window calls it."""
        return self.tr("Start and links")

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the DesktopEntryStatus of AUTOSTART and of LINKS, those that are given."""
        self._values |= values
        for key, box in self._boxes.items():
            status = values.get(key)
            if not isinstance(status, DesktopEntryStatus):
                continue
            # What is there but starts something else is neither on nor off.
            states = {DesktopEntryState.ON: Qt.CheckState.Checked, DesktopEntryState.OTHER: _PARTLY,
                      DesktopEntryState.BROKEN: _PARTLY}  # fmt: skip
            box.setCheckState(states.get(status.state, Qt.CheckState.Unchecked))
            box.setEnabled(status.state is not DesktopEntryState.UNSUPPORTED)
            self._show_message(key, self._status_text(key, status))

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._boxes[AUTOSTART].setText(self.tr("Start when I &log in"))
        self._boxes[LINKS].setText(self.tr("&Open timer-app:// links with this app"))
        self.show_values(self._values)

    def _on_clicked(self, key: str, *, on: bool) -> None:
        change = self._intents.change(key, "on" if on else "off")
        if isinstance(change, SettingRefused):
            self._boxes[key].setChecked(not on)
            self._show_message(key, change.reason)

    def _show_message(self, key: str, sentence: str) -> None:
        self._messages[key].setText(sentence)
        self._messages[key].setVisible(bool(sentence))
        self._boxes[key].setAccessibleDescription(sentence)

    def _status_text(self, key: str, status: DesktopEntryStatus) -> str:
        match status.state:
            case DesktopEntryState.ON | DesktopEntryState.OFF:
                return self.tr("A page can then ask to start an entry. You are asked first.") if (
                    key == LINKS
                ) else ""  # fmt: skip
            case DesktopEntryState.SWITCHED_OFF:
                return fill(self.tr("It is switched off in %1."), status.where)
            case DesktopEntryState.OTHER if key == LINKS:
                return fill(self.tr("Something else opens them: %1"), status.starts)
            case DesktopEntryState.OTHER:
                return fill(self.tr("%1 was edited. It starts: %2"), status.where, status.starts)
            case DesktopEntryState.BROKEN:
                template = self.tr("%1 starts a program that is not there: %2")
                return fill(template, status.where, status.starts or "–")
            case DesktopEntryState.UNSUPPORTED:
                return self.tr("Here it is left to the installer of Timer App.")


_PARTLY = Qt.CheckState.PartiallyChecked
