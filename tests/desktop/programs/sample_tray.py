"""A tray program with a bit of everything: it prints whatever the tray tells it.

It has what a tray can have (tooltip, checked and disabled entries, a submenu filled when opened)
and changes its tooltip when it is told to.
"""

import asyncio
import signal
import sys

from PySide6.QtGui import QAction, QColor, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
from qasync import QEventLoop


def say(text: str) -> None:
    """One line to the test."""
    print(text, flush=True)


class Sample:
    """The icon, its menu, and the event that ends the program."""

    def __init__(self) -> None:
        self.quitting = asyncio.Event()
        self.menu = QMenu()
        self.recent = QMenu("Recent")
        self.icon = QSystemTrayIcon(square("teal"))
        self.fill_menu()
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self.on_activated)
        self.icon.show()
        self.icon.setToolTip("idle")

    def fill_menu(self) -> None:
        """Each kind of entry once."""
        self.menu.addAction("&Start", lambda: say("clicked Start"))
        remind = self.menu.addAction("Remind me")
        remind.setCheckable(True)
        remind.toggled.connect(lambda on: say(f"remind {on}"))
        self.menu.addAction("Not now").setEnabled(False)
        self.menu.addSeparator()
        self.recent.addAction("(none yet)")
        self.recent.aboutToShow.connect(self.fill_recent)
        self.menu.addMenu(self.recent)
        self.menu.addAction("Quit", self.quitting.set)

    def fill_recent(self) -> None:
        """Filled when it is opened, as a list of recent tasks would be."""
        self.recent.clear()
        for task in ("Write", "Read"):
            entry = QAction(task, self.recent)
            entry.triggered.connect(lambda _on=False, task=task: say(f"recent {task}"))
            self.recent.addAction(entry)

    def on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """A click on the icon itself: shown in the tooltip and the icon too."""
        say(f"activated {reason.name}")
        self.icon.setToolTip(f"last: {reason.name}")
        self.icon.setIcon(square("orange"))


def square(colour: str) -> QPixmap:
    """An icon."""
    picture = QPixmap(22, 22)
    picture.fill(QColor(colour))
    return picture


async def main() -> None:
    """Until Quit or SIGTERM."""
    sample = Sample()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, sample.quitting.set)
    say("tray up")
    await sample.quitting.wait()
    say("bye")


if __name__ == "__main__":
    application = QApplication(sys.argv)
    application.setQuitOnLastWindowClosed(False)
    with QEventLoop(application) as loop:
        loop.run_until_complete(main())
