"""Windows of tests end with their test: when the process ends, nothing answers them any more."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget


def put_away(*windows: QWidget) -> None:
    """End them now, and what ends with them."""
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def put_all_away() -> None:
    """End whatever window there is, but for those that another one ends."""
    put_away(*(each for each in QApplication.topLevelWidgets() if each.parent() is None))
