"""The person's own browser."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_in_browser(address: str) -> None:
    """Open an address of the web there."""
    QDesktopServices.openUrl(QUrl(address))
