"""The catalogues are complete, say the same as the texts, and are what the tools would make."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parent.parent.parent
CATALOGUES = ROOT / "resources" / "i18n"
LANGUAGES = ("en", "ru", "ja")
FORMS = {"en": 2, "ru": 3, "ja": 1}
"""How many forms a number asks for."""

every_language = pytest.mark.parametrize("language", LANGUAGES)


@dataclass(frozen=True)
class Message:
    """A text and how it is said; one with a number is said in several forms."""

    context: str
    source: str
    said: tuple[str, ...]
    has_number: bool
    state: str


def messages(language: str) -> list[Message]:
    """All of a catalogue."""
    catalogue = ET.parse(CATALOGUES / f"{language}.ts").getroot()  # noqa: S314 - ours
    return [
        _message(context.findtext("name") or "", each)
        for context in catalogue.iter("context")
        for each in context.iter("message")
    ]


def _message(context: str, element: ET.Element) -> Message:
    translation = element.find("translation")
    assert translation is not None
    forms = [each.text or "" for each in translation.iter("numerusform")]
    return Message(
        context, element.findtext("source") or "", tuple(forms or [translation.text or ""]),
        element.get("numerus") == "yes", translation.get("type") or "",
    )  # fmt: skip


# -- the tools would change nothing


@pytest.fixture(scope="module")
def made_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogues after `make translations`."""
    folder = tmp_path_factory.mktemp("i18n")
    for each in CATALOGUES.glob("*.ts"):
        shutil.copy(each, folder)
    script = ROOT / "packaging" / "translations.py"
    made = subprocess.run(
        [sys.executable, script, folder], check=False, capture_output=True, text=True
    )
    assert (made.returncode, made.stderr) == (0, "")  # lupdate warns of texts it cannot read
    return folder


@every_language
@pytest.mark.parametrize("suffix", [".ts", ".qm"])
def test_make_translations_would_change_nothing(
    made_anew: Path, language: str, suffix: str
) -> None:
    name = language + suffix
    same = (CATALOGUES / name).read_bytes() == (made_anew / name).read_bytes()
    assert same, f"{name} is out of date: run `make translations` and translate what is new"


# -- complete, and saying the same


@every_language
def test_every_text_is_translated(language: str) -> None:
    left = [each for each in messages(language) if each.state or not all(each.said)]
    assert left == []


@every_language
def test_a_number_has_all_its_forms(language: str) -> None:
    wrong = [each for each in messages(language)
             if each.has_number and len(each.said) != FORMS[language]]  # fmt: skip
    assert wrong == []


def marks(text: str) -> Counter[str]:
    """What a translation must hold as the text does: places for values, and markup."""
    return Counter(re.findall(r"%L?[1-9n]|</?\w+[^>]*>|\n", text))


@every_language
def test_places_and_markup_are_kept(language: str) -> None:
    wrong = [(each.source, form) for each in messages(language) for form in each.said
             if marks(form) != marks(each.source)]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("language", ["ru", "ja"])
def test_shortcuts_and_ellipses_are_kept(language: str) -> None:
    """Latin letters follow a Japanese label in brackets; the ellipsis says that more is asked."""
    wrong = []
    for each in messages(language):
        for form in each.said:
            shortcuts = len(re.findall(r"&\w", each.source)) == len(re.findall(r"&\w", form))
            brackets = language != "ja" or len(re.findall(r"(?<!\()&\w", form)) == 0
            more = each.source.endswith("…") == form.endswith("…")
            if not (shortcuts and brackets and more):
                wrong.append((each.source, form))
    assert wrong == []


QUOTES = {"ru": "«»", "ja": "「」"}


@pytest.mark.parametrize("language", ["ru", "ja"])
def test_quotes_are_those_of_the_language(language: str) -> None:
    foreign = set("“”\"'„") | set("".join(QUOTES.values())) - set(QUOTES[language])
    wrong = [each.said for each in messages(language) if foreign & set("".join(each.said))]
    assert wrong == []


@pytest.mark.parametrize("language", ["ru", "ja"])
def test_the_language_is_written_in_its_own_letters(language: str) -> None:
    """A text left in English is one that somebody forgot, but for names and bare places."""
    letters = {"ru": r"[а-яё]", "ja": r"[\u3040-\u30ff\u4e00-\u9fff]"}[language]
    named = re.compile(r"%L?[1-9n]|\b(TimeCrowd|Kaiten|Timer App|HTTP|ddd|d|MMMM?|yyyy)\b")
    left = [
        each.source
        for each in messages(language)
        if re.search(r"[A-Za-z]", named.sub("", each.source))
        and not re.search(letters, "".join(each.said), re.IGNORECASE)
    ]
    assert left == []


# -- every text goes through translation

SHOWS = {
    "setText", "setWindowTitle", "setTitle", "setToolTip", "setStatusTip", "setWhatsThis",
    "setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setFormat",
    "setSuffix", "setPrefix", "setSpecialValueText", "setLabelText", "setInformativeText",
    "setHeaderLabels", "setHorizontalHeaderLabels", "addAction", "addItem", "addItems", "addTab",
    "addMenu", "addButton", "addRow", "insertItem", "showMessage", "show_message",
    "show_error", "set_texts",
    "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction",
    "QLineEdit", "QListWidgetItem", "QTableWidgetItem", "WrappedLabel", "Notification",
}  # fmt: skip
"""What puts its text before a person."""

NOT_TRANSLATED = {
    "Timer App": "the app's name",
    " – Timer App": "the same, after a window's own",
    "https://company.kaiten.ru": "an address is written alike everywhere",
    "proxy.example:3128": "an address is written alike everywhere",
    "tnum": "a feature of the font",
}
"""Texts with letters that are the same in every language, and why."""


def bare_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts that are shown as they stand in the source, with their lines."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func) in SHOWS:
            for argument in [*call.args, *(each.value for each in call.keywords)]:
                yield from _bare(argument)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _bare(argument: ast.expr) -> Iterator[tuple[int, str]]:
    if isinstance(argument, ast.Call):  # what a call gets is no text of this one
        return
    if isinstance(argument, ast.Constant):
        text = argument.value
        if isinstance(text, str) and re.search(r"[^\W\d_]", re.sub(r"<[^>]*>", "", text)):
            yield argument.lineno, text
        return
    if isinstance(argument, ast.FormattedValue):  # how it is formatted is no text
        yield from _bare(argument.value)
        return
    for part in ast.iter_child_nodes(argument):
        if isinstance(part, ast.expr):
            yield from _bare(part)


def sources() -> list[Path]:
    """The files of the windows."""
    return sorted((ROOT / "timer_app" / "ui").rglob("*.py"))


def test_no_window_shows_a_text_as_it_stands_in_the_source() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in sources()
        for line, text in bare_texts(ast.parse(path.read_text(encoding="utf-8")))
        if text not in NOT_TRANSLATED and not text.startswith("<a href=")
    ]
    assert found == []


def test_a_text_as_it_stands_would_be_found() -> None:
    shown = 'label.setText("Add"); QLabel(f"{n} waiting"); row.addRow("" if x else "Till", field)'
    assert [text for _, text in bare_texts(ast.parse(shown))] == ["Add", " waiting", "Till"]
    translated = 'label.setText(self.tr("Add")); label.setObjectName("add"); label.setText("–")'
    assert list(bare_texts(ast.parse(translated))) == []


def translated_texts(tree: ast.AST) -> Iterator[str]:
    """What the source asks to be translated."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _name(call.func) in ("tr", "translate"):
            place = 1 if _name(call.func) == "translate" else 0
            text = call.args[place] if len(call.args) > place else None
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


@pytest.mark.parametrize("language", ["ru", "ja"])
def test_the_tools_found_every_text(language: str) -> None:
    """They do not look into an f-string, for one, and they say nothing of it."""
    known = {each.source for each in messages(language)}
    missed = [
        f"{path.relative_to(ROOT)}: {text!r}"
        for path in sources()
        for text in translated_texts(ast.parse(path.read_text(encoding="utf-8")))
        if text not in known
    ]
    assert missed == []


def test_translation_is_always_called_by_a_name_that_the_tools_know() -> None:
    """Lupdate finds `tr` and `translate`, with the text itself in the call."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}: lupdate cannot see what this says"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in ("translate", "tr")
        and any(_name(each) not in ("translate", "tr") for each in node.targets)
    ]
    assert wrong == []
