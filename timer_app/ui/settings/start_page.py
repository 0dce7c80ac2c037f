"""Settings: what the desktop does with the app by itself.

It shows the desktop's own entries as they are, also where somebody else changed them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from timer_app.services.at_login import AUTOSTART, LINKS, EntryState, EntryStatus
from timer_app.ui.window import SPACE, Sentences
from timer_app.ui.wording import filled


class StartIntents(Protocol):
    """What the page asks for."""

    def change(self, key: str, typed: str) -> str:
        """Turn AUTOSTART or LINKS "on" or "off"; "", or the reason why it stays as it was."""
        ...


class StartPage(QWidget):
    """Two switches, each with a sentence about how it is."""

    def __init__(self, intents: StartIntents) -> None:
        super().__init__()
        self.setObjectName("start-page")
        self._intents = intents
        self._values: dict[str, object] = {}
        self._boxes = {AUTOSTART: QCheckBox(), LINKS: QCheckBox()}
        self._said = {key: Sentences() for key in self._boxes}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(SPACE // 2)
        for key, box in self._boxes.items():
            column.addWidget(box)
            column.addWidget(self._said[key])
            column.addSpacing(SPACE)
            box.clicked.connect(lambda on, key=key: self._wanted(key, on=on))
        column.addStretch(1)
        for said in self._said.values():
            said.hide()
        self.retranslate()

    @property
    def title(self) -> str:
        """What the settings window calls it."""
        return self.tr("Start and links")

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the EntryStatus of AUTOSTART and of LINKS, those that are given."""
        self._values |= values
        for key, box in self._boxes.items():
            status = values.get(key)
            if not isinstance(status, EntryStatus):
                continue
            # What is there but starts something else is neither on nor off.
            states = {EntryState.ON: Qt.CheckState.Checked, EntryState.OTHER: _PARTLY,
                      EntryState.BROKEN: _PARTLY}  # fmt: skip
            box.setCheckState(states.get(status.state, Qt.CheckState.Unchecked))
            box.setEnabled(status.state is not EntryState.UNSUPPORTED)
            self._say(key, self._about(key, status))

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
            self.show_values(self._values)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._boxes[AUTOSTART].setText(self.tr("Start when I &log in"))
        self._boxes[LINKS].setText(self.tr("&Open timer-app:// links with this app"))

    def _wanted(self, key: str, *, on: bool) -> None:
        refused = self._intents.change(key, "on" if on else "off")
        if refused:
            self._boxes[key].setChecked(not on)
            self._say(key, refused)

    def _say(self, key: str, sentence: str) -> None:
        self._said[key].setText(sentence)
        self._said[key].setVisible(bool(sentence))
        self._boxes[key].setAccessibleDescription(sentence)

    def _about(self, key: str, status: EntryStatus) -> str:
        match status.state:
            case EntryState.ON | EntryState.OFF:
                return self.tr("A page can then ask to start an entry. You are asked first.") if (
                    key == LINKS
                ) else ""  # fmt: skip
            case EntryState.SWITCHED_OFF:
                return filled(self.tr("It is switched off in %1."), status.where)
            case EntryState.OTHER if key == LINKS:
                return filled(self.tr("Something else opens them: %1"), status.starts)
            case EntryState.OTHER:
                return filled(self.tr("%1 was edited. It starts: %2"), status.where, status.starts)
            case EntryState.BROKEN:
                said = self.tr("%1 starts a program that is not there: %2")
                return filled(said, status.where, status.starts or "–")
            case EntryState.UNSUPPORTED:
                return status.starts


_PARTLY = Qt.CheckState.PartiallyChecked
