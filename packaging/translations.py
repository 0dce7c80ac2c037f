"""`python packaging/translations.py FOLDER`: catalogues brought up to date with the texts.

A `.ts` keeps what was translated and gets what is new as unfinished; a text that is gone goes. Its
`.qm`, which the app loads, is made from it and kept beside it: no build needs Qt's tools.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOLS = Path(sys.executable).parent
# A number needs another word for one than for many in English too; other texts are English as
# they stand.
LANGUAGES = {"en": ["-pluralonly"], "ru": [], "ja": []}


def spoken() -> list[str]:
    """The files with texts for people."""
    found = sorted((ROOT / "timer_app" / "ui").rglob("*.py"))
    return [str(each.relative_to(ROOT)) for each in found]


def update(folder: Path) -> None:
    """Bring every catalogue in the folder up to date, and make what the app loads."""
    for language, options in LANGUAGES.items():
        catalogue = str(folder / f"{language}.ts")
        _run("pyside6-lupdate", "-silent", "-no-obsolete", "-locations", "none", *options,
             *spoken(), "-source-language", "en", "-target-language", language,
             "-ts", catalogue)  # fmt: skip
        _release(catalogue, folder / f"{language}.qm")


def _release(catalogue: str, loaded: Path) -> None:
    """In the place of the old file, not over it: an app that runs has that one mapped."""
    made = loaded.with_suffix(".qm.new")
    _run("pyside6-lrelease", "-silent", catalogue, "-qm", str(made))
    made.replace(loaded)


def _run(tool: str, *words: str) -> None:
    subprocess.run([TOOLS / tool, *words], cwd=ROOT, check=True)


if __name__ == "__main__":
    update(Path(sys.argv[1]).resolve())
