"""`python packaging/translations.py FOLDER`: catalogues brought up to date with the texts.

A `.ts` keeps what was translated and gets what is new as unfinished; a text that is gone goes. Its
`.qm`, which the app loads, is made from it and kept beside it: no build needs Qt's tools.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
TOOLS = Path(sys.executable).parent
# A number needs another word for one than for many in English too; other texts are English as
# they stand.
LANGUAGES = {"en": ["-pluralonly"], "ru": [], "ja": []}


def spoken() -> list[str]:
    """The files of windows with texts for people."""
    found = sorted((ROOT / "timer_app" / "ui").rglob("*.py"))
    found.append(ROOT / "timer_app" / "domain" / "setup" / "settings_schema.py")
    return [str(each.relative_to(ROOT)) for each in found]


def catalogue_calls() -> str:
    """The texts of the catalogue of messages, as calls in which lupdate finds them.

    A context is the class of the message's id, as `ui/messages.py` asks for it.
    """
    tree = ast.parse((ROOT / "timer_app" / "domain" / "messages.py").read_text("utf-8"))
    calls = [
        f"translate({_quoted(each.name)}, {_quoted(_text(member.value))})"
        for each in tree.body
        if isinstance(each, ast.ClassDef)
        for member in each.body
        if isinstance(member, ast.Assign)
    ]
    return "\n".join(calls)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _text(value: ast.expr) -> str:
    """The text of a member: the first where a hint for the command line follows it."""
    text = ast.literal_eval(value)
    return str(text[0] if isinstance(text, tuple) else text)


def update(folder: Path) -> None:
    """Bring every catalogue in the folder up to date, and make what the app loads."""
    with TemporaryDirectory() as made:
        messages = Path(made, "messages.py")
        messages.write_text(catalogue_calls(), encoding="utf-8")
        for language, options in LANGUAGES.items():
            catalogue = str(folder / f"{language}.ts")
            _run("pyside6-lupdate", "-silent", "-no-obsolete", "-locations", "none", *options,
                 *spoken(), str(messages), "-source-language", "en", "-target-language", language,
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
