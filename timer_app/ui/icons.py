"""The icons of resources/icons, each loaded once it is shown."""

from __future__ import annotations

import sys
from importlib import import_module

from PySide6.QtGui import QIcon

from timer_app.ui.icon_state import TrayBadge, TrayMark

_FOLDER = import_module("timer_app.resources").__path__[0] + "/icons"
"""Files, since Qt reads an icon when it is painted; importlib.resources would cost 5 ms."""


_BITMAP_POINTS = 256
_MOST_MINUTES = 100 * 60 - 1


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
    """Finds an icon by what it says. Their shapes differ, not their colours alone.

    `are_templates`: macOS gives tray icons the colour of its menu bar, and takes only their shape.
    """

    def __init__(self, *, are_templates: bool = sys.platform == "darwin") -> None:
        self._loaded: dict[str, QIcon] = {}
        self._are_templates = are_templates

    def application(self) -> QIcon:
        """The app's own icon."""
        return self._loaded_once("timer-app", is_template=False)

    def tray(self, mark: TrayMark, badge: TrayBadge) -> QIcon:
        """The tray's icon for a state."""
        suffix = "" if badge is TrayBadge.NONE else f"-{badge.value}"
        return self._loaded_once(f"{mark.value}{suffix}", is_template=self._are_templates)

    def running_for(self, minutes: int) -> QIcon:
        """The icon while something runs, with the minutes: from an hour on, hours above minutes.

        There is room for 99 hours, and for the unit beside one digit.
        """
        hours, rest = divmod(min(minutes, _MOST_MINUTES), 60)
        texts = {
            "MINUTES": "" if hours else str(rest),
            "HOURS": (f"{hours}h" if hours < 10 else str(hours)) if hours else "",
            "REST": f"{rest:02}" if hours else "",
        }
        from timer_app.ui.design.svg_icon import svg_icon

        svg = _read("running-time")
        for place, text in texts.items():
            svg = svg.replace(place, text)
        return svg_icon(svg, is_template=self._are_templates)

    def _loaded_once(self, name: str, *, is_template: bool) -> QIcon:
        if name not in self._loaded:
            self._loaded[name] = _template(name) if is_template else QIcon(f"{_FOLDER}/{name}.svg")
        return self._loaded[name]


def _template(name: str) -> QIcon:
    from timer_app.ui.design.svg_icon import svg_icon

    return svg_icon(_read(name), is_template=True)


def _read(name: str) -> str:
    with open(f"{_FOLDER}/{name}.svg", encoding="ascii") as file:  # noqa: PTH123 - as above
        return file.read()
