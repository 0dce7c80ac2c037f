"""`python -m tests.gallery.pictures FOLDER`: the pictures of README, in both themes.

They are the windows of the gallery; the bar below the panel is drawn here, with the app's own icon.
Each theme is a process of its own, at twice the size.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from timer_app.ui.design.tokens import Theme

_SCALE = 2
_BAR = 36
"""The height of the desktop's bar, in points."""
_MARGIN = 16


def main(folder: Path) -> None:
    """Make all of them."""
    for theme in ("light", "dark"):
        environment = {**os.environ, "QT_SCALE_FACTOR": str(_SCALE)}
        command = [sys.executable, "-m", __spec__.name, str(folder), theme]
        subprocess.run(command, env=environment, check=True)


def make(folder: Path, name: str) -> None:
    """Make those of one theme."""
    from PySide6.QtWidgets import QApplication

    from tests.gallery import history_rooms
    from tests.gallery.looks import TaskNumbers
    from tests.gallery.rooms import ROOMS
    from timer_app.ui.design.appearance import install_appearance
    from timer_app.ui.design.task_colours import set_task_numbers
    from timer_app.ui.design.tokens import Theme, palette
    from timer_app.ui.language import Language

    application = QApplication([])
    install_appearance()
    theme = Theme(name)
    application.setPalette(palette(theme))
    set_task_numbers(TaskNumbers())
    language = Language()
    language.apply("en")
    folder.mkdir(parents=True, exist_ok=True)
    panel = next(room for room in ROOMS if room.name == "panel-sections")
    above_tray(shown(panel.make()), theme).save(str(folder / f"panel-{name}.png"))
    history = history_rooms.history(tasks=history_rooms.ENGLISH, comment="With the support team")
    shown(history).save(str(folder / f"history-{name}.png"))
    language.close()


def shown(window: QWidget) -> QPixmap:
    """A window as it looks once it is laid out; then it goes."""
    from PySide6.QtWidgets import QApplication

    for _ in range(3):
        QApplication.processEvents()
    picture = window.grab()
    window.close()
    window.deleteLater()
    return picture


def above_tray(panel: QPixmap, theme: Theme) -> QPixmap:
    """The panel at the end of a desktop's bar, in which the app's icon stands beside the time."""
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QPainter, QPixmap

    from timer_app.ui.design.tokens import colours
    from timer_app.ui.icon_state import TrayBadge, TrayMark
    from timer_app.ui.icons import Icons

    own = colours(theme)
    size = panel.deviceIndependentSize()
    width, height = size.width() + 2 * _MARGIN, size.height() + 2 * _MARGIN + _BAR
    picture = QPixmap(int(width * _SCALE), int(height * _SCALE))
    picture.setDevicePixelRatio(_SCALE)
    picture.fill(own.line)
    bar = QRectF(0, height - _BAR, width, _BAR)
    painter = QPainter(picture)
    painter.drawPixmap(_MARGIN, _MARGIN, panel)
    painter.fillRect(bar, own.surface)
    painter.setPen(own.text)
    clock = bar.adjusted(0, 0, -_MARGIN, 0)
    painter.drawText(clock, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "12:00")
    icon = QRectF(bar.right() - _MARGIN - 80, bar.top() + 6, 24, 24)
    Icons().tray(TrayMark.RUNNING, TrayBadge.NONE).paint(painter, icon.toRect())
    painter.end()
    return picture


if __name__ == "__main__":
    if len(sys.argv) > 2:
        make(Path(sys.argv[1]), sys.argv[2])
    else:
        main(Path(sys.argv[1]))
