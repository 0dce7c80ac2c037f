"""What a service will get, as a receipt: who, how much, and when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from timer_app.ui.design.surfaces import Surface
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import MEDIUM, SMALL, Scale

NOTHING_YET = "–"


class Receipt(Surface):
    """A heading, one thing that counts, and small lines below it."""

    def __init__(self) -> None:
        super().__init__()
        self._heading = Text(Scale.SMALL, Tone.MUTED)
        self._amount = Text(semibold=True)
        self._details = Text(Scale.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        column.setSpacing(0)
        for each in (self._heading, self._amount, self._details):
            column.addWidget(each)
        column.addStretch(1)
        self.show_words("", NOTHING_YET)

    @property
    def words(self) -> str:
        """All of it, a line each."""
        parts = (self._heading.text(), self._amount.text(), self._details.text())
        return "\n".join(part for part in parts if part)

    def show_words(self, heading: str, amount: str, details: Sequence[str] = ()) -> None:
        """Say that."""
        self._heading.setText(heading)
        self._amount.setText(amount)
        self._details.setText("\n".join(details))
        self.setAccessibleName(heading)
        self.setAccessibleDescription(", ".join((amount, *details)))
