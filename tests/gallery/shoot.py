"""`python -m tests.gallery.shoot FOLDER`: a picture of every window in every language and look.

One look alone: `… FOLDER LANGUAGE THEME SCALE [FONT [ROOM…]]`. LANGUAGE is also `longer`, and `rtl`
for English read from the right; THEME one of tests/gallery/looks.py, FONT a factor.

On the real platform of the moment; each look is a process of its own, since Qt reads the scale
once.
"""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

LANGUAGES = ("en", "ru", "ja")
THEMES = ("light", "dark")
SCALES = ("1", "2")


def main(folder: Path) -> None:
    """Shoot all of them."""
    for language, theme, scale in product(LANGUAGES, THEMES, SCALES):
        environment = {**os.environ, "QT_SCALE_FACTOR": scale}
        command = [sys.executable, "-m", __spec__.name, str(folder), language, theme, scale]
        subprocess.run(command, env=environment, check=True)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


def shoot(
    folder: Path, language: str, theme: str, scale: str, font: str = "1", *rooms: str
) -> None:
    """Shoot every window in one look."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from tests.gallery.looks import PALETTES, TaskNumbers, scale_font, speak_longer
    from tests.gallery.parts import sheet
    from tests.gallery.rooms import ROOMS
    from timer_app.ui.design.appearance import install_appearance
    from timer_app.ui.design.task_colours import set_task_numbers
    from timer_app.ui.language import Language

    application = QApplication([])
    install_appearance()
    application.setPalette(PALETTES[theme]())
    scale_font(float(font))
    set_task_numbers(TaskNumbers())
    speaking = Language()
    speaking.apply(language if language in LANGUAGES else "en")
    longer = speak_longer() if language == "longer" else None
    if language == "rtl":
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    look = f"{language}-{theme}-{scale}" + (f"-font{font}" if float(font) != 1 else "")
    folder.mkdir(parents=True, exist_ok=True)
    if language == "en" and not rooms:
        sheet().save(str(folder / f"parts-{look}.png"))
    for room in ROOMS:
        if rooms and room.name not in rooms:
            continue
        window = room.make()
        for _ in range(3):
            application.processEvents()
        window.grab().save(str(folder / f"{room.name}-{look}.png"))
        window.close()
        window.deleteLater()
    speaking.close()
    if longer is not None:
        application.removeTranslator(longer)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        shoot(Path(sys.argv[1]), *sys.argv[2:])
    else:
        main(Path(sys.argv[1]).resolve())
