"""The smallest PySide6 tray with qasync: the yardstick for how soon a tray icon can be up.

Whatever the app takes longer than this is its own doing.
"""

import asyncio
import sys

from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon
from qasync import QEventLoop


async def main() -> None:
    """Show the icon until Quit is chosen."""
    quitting = asyncio.Event()
    picture = QPixmap(22, 22)
    picture.fill(QColor("teal"))
    menu = QMenu()
    menu.addAction("Quit", quitting.set)
    icon = QSystemTrayIcon(picture)
    icon.setContextMenu(menu)
    icon.show()
    sys.stderr.write("tray up\n")
    sys.stderr.flush()
    await quitting.wait()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    with QEventLoop(application) as loop:
        loop.run_until_complete(main())
