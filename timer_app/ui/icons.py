"""The icons of resources/icons, each loaded once it is shown."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtGui import QIcon

from timer_app.ui.icon_state import TrayBadge, TrayMark

_FOLDER = import_module("timer_app.resources").__path__[0] + "/icons"
"""Files, since Qt reads an icon when it is painted; importlib.resources would cost 5 ms."""


_BITMAP_POINTS = 256


def application_file() -> str:
    """The file of the app's own icon, for who wants no QIcon."""
    return f"{_FOLDER}/timer-app.svg"


def application_bitmap(folder: str) -> str:
    """The same as a picture of points in `folder`, for systems that show no SVG in notifications.

    Drawn anew at each start; the SVG itself where the folder takes no file.
    """
    path = f"{folder}/timer-app.png"
    picture = QIcon(application_file()).pixmap(_BITMAP_POINTS, _BITMAP_POINTS)
    return path if picture.save(path, "PNG") else application_file()


class Icons:
    """Finds an icon by what it says. Their shapes differ, not their colours alone."""

    def __init__(self) -> None:
        self._loaded: dict[str, QIcon] = {}

    def application(self) -> QIcon:
        """The app's own icon."""
        return self._icon("timer-app")

    def tray(self, mark: TrayMark, badge: TrayBadge) -> QIcon:
        """The tray's icon for a state."""
        suffix = "" if badge is TrayBadge.NONE else f"-{badge.value}"
        return self._icon(f"{mark.value}{suffix}")

    def _icon(self, name: str) -> QIcon:
        if name not in self._loaded:
            self._loaded[name] = QIcon(f"{_FOLDER}/{name}.svg")
        return self._loaded[name]
