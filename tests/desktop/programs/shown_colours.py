"""A window of the app that prints its ground and its text whenever they become others."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from timer_app.ui.design.tokens import colours_of
from timer_app.ui.window import AppWindow


class Window(AppWindow):
    """Nothing is in it."""

    def retranslate(self) -> None:
        """It says nothing."""

    def changeEvent(self, event: QEvent) -> None:
        """Another look."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.print_colours()

    def print_colours(self) -> None:
        """Say which they are."""
        own = colours_of(self.palette())
        print(own.background.name(), own.text.name(), flush=True)


def main() -> int:
    """Show it until the process is ended."""
    application = QApplication(sys.argv)
    window = Window()
    window.show()
    window.print_colours()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
