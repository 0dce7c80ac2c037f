"""Opens panels at icons on two screens side by side and prints their frames: `two_screens X,Y …`.

A program of its own: Qt learns of its screens once.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.ui.conftest import IDLE, NOW, Asked, Noted
from timer_app.ui.entries.panel import Panel

SCREENS = ((0, 0, 1000, 700), (1000, 100, 1000, 700))


def _describe(name: str, screen: tuple[int, int, int, int]) -> dict[str, object]:
    x, y, width, height = screen
    return {"name": name, "x": x, "y": y, "width": width, "height": height,
            "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip


def main() -> None:
    """Print left, top, width and height of each."""
    with tempfile.TemporaryDirectory() as folder:
        screens = Path(folder) / "screens.json"
        described = [_describe(f"screen {n}", screen) for n, screen in enumerate(SCREENS)]
        screens.write_text(json.dumps({"screens": described}))
        application = QApplication(["panel", "-platform", f"offscreen:configfile={screens}"])
    frames = []
    for place in sys.argv[1:]:
        x, y = map(int, place.split(","))
        panel = Panel(Noted(), Asked(), lambda: NOW)
        panel.show_view(IDLE)
        panel.open_at((x, y))
        application.processEvents()
        frames.append(panel.frameGeometry().getRect())
    print(json.dumps(frames))  # noqa: T201 - its answer


if __name__ == "__main__":
    main()
