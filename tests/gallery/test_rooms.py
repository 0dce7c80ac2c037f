"""Every window, for everybody: by keyboard, by ear, in any language, with any font."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeySequence, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDateEdit,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from tests.gallery.looks import dark, scale_font, speak_longer
from tests.gallery.rooms import ROOMS, Room
from tests.support.pages.history import HistoryPage
from tests.support.windows import put_away
from timer_app.ui.design.contrast import TEXT, contrast
from timer_app.ui.design.text import Text
from timer_app.ui.entries.history.entry_table import EntryColumn
from timer_app.ui.entries.history.window import HistoryWindow
from timer_app.ui.language import LANGUAGES, Language

every_room = pytest.mark.parametrize("room", ROOMS, ids=[room.name for room in ROOMS])


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    """What the windows speak."""
    assert not qapp.closingDown()
    language = Language()
    language.apply("en")
    yield language
    language.close()


@pytest.fixture
def opened(room: Room, language: Language) -> Iterator[QWidget]:
    """The window of the room."""
    assert language.code == "en"
    window = room.make()
    settle()
    yield window
    put_away(window)


def settle() -> None:
    """Let Qt lay out what has changed."""
    for _ in range(3):
        QApplication.processEvents()


def visible(window: QWidget) -> list[QWidget]:
    """What is seen, but for the inner parts of Qt's own widgets."""
    return [each for each in window.findChildren(QWidget)
            if each.isVisible() and not each.objectName().startswith("qt_")]  # fmt: skip


def takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name))


# -- by ear


@every_room
def test_it_is_heard(opened: QWidget) -> None:
    """The window with its title, what takes keys with name and role, a label with its text.

    A label's name would be said in place of its text.
    """
    assert opened.windowTitle()
    interface = QAccessible.queryAccessibleInterface(opened)
    assert interface.role() in (QAccessible.Role.Window, QAccessible.Role.Dialog)
    assert name_of(opened) == opened.windowTitle()
    assert _nameless(opened) == []
    for label in visible(opened):
        if isinstance(label, QLabel) and label.text():
            assert label.accessibleName() == "", label.text()
            assert name_of(label).strip(), label.text()


def _nameless(opened: QWidget) -> list[str]:
    nameless = []
    for widget in filter(takes_keys, visible(opened)):
        if widget.focusProxy() is not None:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        no_role = interface.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client)
        if not name_of(widget).strip() or no_role:
            nameless.append(f"{widget} {interface.role()}")
    return nameless


@every_room
def test_screen_readers_and_tab_meet_everything_in_the_order_of_reading(opened: QWidget) -> None:
    keys = [each for each in visible(opened) if takes_keys(each) and each.focusProxy() is None]
    places = {each: each.mapTo(opened, each.rect().center()) for each in keys}
    buttons = [each for each in keys if isinstance(each.parent(), QDialogButtonBox)]
    fields = [each for each in keys if isinstance(each, QLineEdit)]
    for button in buttons:
        for field in fields:
            assert places[field].y() < places[button].y()
            assert keys.index(field) < keys.index(button), "heard before the fields"
    if not buttons or not fields:
        return
    fields[0].setFocus()
    met: list[QWidget] = []
    for _ in range(3 * len(keys)):  # a date has parts, each a stop
        here = opened.focusWidget()
        met += [here] if here not in met else []
        QTest.keyClick(here, Qt.Key.Key_Tab)
    order = [each for each in met if each in {*fields, *buttons}]
    assert order[: len(fields)] == fields
    assert set(order[len(fields) :]) == {each for each in buttons if each.isEnabled()}


@pytest.mark.parametrize("name", ["problems", "history-compare"])
def test_tab_meets_the_buttons_of_rows_before_those_below(name: str, language: Language) -> None:
    assert language.code == "en"
    window = next(room for room in ROOMS if room.name == name).make()
    settle()
    met: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        met += [widget] if widget.isVisible() and isinstance(widget, QAbstractButton) else []
        widget = widget.nextInFocusChain()
    (area,) = [each for each in window.findChildren(QScrollArea) if each.isVisible()]
    is_row = [area.isAncestorOf(each) for each in met]
    heights = [each.mapTo(window, each.rect().center()).y() for each in met]
    put_away(window)
    assert is_row == sorted(is_row, reverse=True)
    rows = heights[: is_row.count(True)]
    assert rows == sorted(rows)
    assert 1 < len(rows) < len(heights)


def test_what_did_not_answer_is_reported_with_its_time_limit(language: Language) -> None:
    """As the app tells it; a picture without that shows words that nobody ever reads."""
    assert language.code == "en"
    window = next(room for room in ROOMS if room.name == "panel-troubled").make()
    settle()
    texts = [each.text() for each in window.findChildren(QLabel)]
    put_away(window)
    (said,) = [each for each in texts if "no answer" in each]
    assert "within 10 s" in said


# -- in another language


@every_room
def test_another_language_writes_everything_anew_and_leaves_the_keyboard(
    room: Room, language: Language
) -> None:
    """As if the window had been opened in it: no sentence of before stays, and no date."""
    language.apply("ru")
    wanted = _texts(begun := room.make())
    put_away(begun)
    language.apply("en")
    window = room.make()
    before, keyboard = _texts(window), _keyboard(window)
    language.apply("ru")
    found, keyboard_after = _texts(window), _keyboard(window)
    put_away(window)
    assert (found & before) - wanted == set()
    assert keyboard_after == keyboard


def _keyboard(window: QWidget) -> tuple[str, str]:
    """What has the keyboard: its kind and its name."""
    widget = window.focusWidget()
    return type(widget).__name__, widget.objectName()


def _texts(window: QWidget) -> set[str]:
    """What is read and heard in a window."""
    settle()
    texts = {window.windowTitle()}
    for widget in visible(window):
        texts |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
        if isinstance(widget, QLabel | QAbstractButton | QDateEdit):
            texts.add(widget.text())
        if isinstance(widget, QListWidget):
            items = [widget.item(row) for row in range(widget.count())]
            texts |= {each.text() for each in items}
            texts |= {str(each.data(Qt.ItemDataRole.AccessibleTextRole)) for each in items}
    return texts - {""}


# -- by keyboard


@every_room
def test_tab_goes_round_through_everything(opened: QWidget) -> None:
    wanted = {each for each in visible(opened) if takes_keys(each) and each.focusProxy() is None}
    # Text that can be marked with the mouse only is not on the way.
    wanted = {each for each in wanted if not isinstance(each, QLabel | QAbstractScrollArea)} | {
        each for each in wanted if isinstance(each, QLabel) and "<a " in each.text()
    }
    seen: set[QWidget] = set()
    for _ in range(len(visible(opened)) + 2):
        seen.add(opened.focusWidget())
        QTest.keyClick(opened.focusWidget(), Qt.Key.Key_Tab)
    groups = {each.parent() for each in seen if isinstance(each, QRadioButton)}
    missed = {
        each  # of radio buttons that exclude each other, Tab reaches one, and arrows the others
        for each in wanted - seen
        if not (isinstance(each, QRadioButton) and each.parent() in groups)
    }
    assert {str(each) for each in missed} == set()


@every_room
def test_escape_puts_it_away(opened: QWidget) -> None:
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    assert not opened.isVisible()


# -- long texts, large letters


def clipped(window: QWidget) -> list[str]:
    """What is cut off: texts wider or higher than their widgets, and widgets beyond the window."""
    found = []
    for widget in visible(window):
        if isinstance(widget, QLabel) and widget.text():
            found += [_shown(widget)] if _label_is_clipped(widget) else []
        elif isinstance(widget, QAbstractButton) and widget.text():
            hint = widget.minimumSizeHint()
            if hint.width() > widget.width() or hint.height() > widget.height():
                found.append(_shown(widget))
        elif isinstance(widget, QLineEdit) and widget.height() < widget.minimumSizeHint().height():
            found.append(_shown(widget))
    return found


def _label_is_clipped(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    if isinstance(label, Text) and label.is_line:  # all of it is in the tooltip
        is_cut = label.width() < label.sizeHint().width()
        return (is_cut and not label.toolTip()) or label.height() < label.sizeHint().height()
    return label.width() < label.sizeHint().width() or label.height() < label.sizeHint().height()


def _shown(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__} {widget.size().toTuple()} {text!r}"


@every_room
def test_all_is_translated_and_nothing_clipped_in_a_language_half_as_long_again(
    opened: QWidget,
) -> None:
    longer = speak_longer()
    settle()
    found = clipped(opened)
    texts = [each.text() for each in visible(opened) if isinstance(each, QAbstractButton)]
    texts += [opened.windowTitle()]
    QCoreApplication.removeTranslator(longer)
    assert found == []
    ours = [text for text in texts if text and not text.startswith("#")]  # a card's number
    assert [text for text in ours if "⟦" not in text and text != "Timer App"] == []


@pytest.fixture
def large_letters(qapp: QApplication) -> Iterator[None]:
    """Letters of twice the size."""
    before = qapp.font()
    scale_font(2)
    yield
    qapp.setFont(before)


@every_room
@pytest.mark.usefixtures("large_letters")
def test_nothing_is_clipped_at_200_percent(opened: QWidget) -> None:
    assert clipped(opened) == []


@every_room
@pytest.mark.parametrize("code", LANGUAGES)
def test_in_each_language_nothing_is_clipped_and_no_key_means_two_things(
    room: Room, language: Language, code: str
) -> None:
    language.apply(code)
    window = room.make()
    settle()
    found, keys = clipped(window), _texts_of_keys(window)
    put_away(window)
    assert found == []
    # Qt would only move the focus from one to the other, and neither would be carried out.
    assert [texts for key, texts in keys.items() if key and len(texts) > 1] == []


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "room",
    [room for room in ROOMS if room.name.startswith(("away", "panel"))],
    ids=lambda room: room.name,
)
def test_at_200_percent_nothing_covers_another(room: Room, language: Language, code: str) -> None:
    language.apply(code)
    window = room.make()
    settle()
    found = covered(window)
    put_away(window)
    assert found == []


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("code", LANGUAGES)
def test_at_200_percent_a_narrow_history_keeps_its_titles(language: Language, code: str) -> None:
    language.apply(code)
    window = next(room for room in ROOMS if room.name == "history").make()
    settle()
    assert isinstance(window, HistoryWindow)
    table = HistoryPage(window).table
    task, kaiten = table.columnWidth(EntryColumn.TASK), table.columnWidth(EntryColumn.KAITEN)
    mark = table.model().index(0, EntryColumn.KAITEN)
    roles = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    said = [mark.data(role) for role in roles]
    letters = table.fontMetrics().horizontalAdvance("0" * 14)
    put_away(window)
    assert task > letters
    assert kaiten < letters / 2, "the words of the services give way"
    assert all("Kaiten" in each for each in said)


@pytest.mark.parametrize("letters", [1, 1.25, 1.5])
@pytest.mark.parametrize("code", LANGUAGES)
def test_offline_the_banners_and_the_search_have_room_for_each_other(
    qapp: QApplication, language: Language, code: str, letters: float
) -> None:
    usual = qapp.font()
    scale_font(letters)
    language.apply(code)
    window = next(room for room in ROOMS if room.name == "panel-offline").make()
    settle()
    found = covered(window)
    put_away(window)
    qapp.setFont(usual)
    assert found == []


def covered(window: QWidget) -> list[tuple[str, str]]:
    """Pairs of widgets of the window that lie over each other or beyond its sides."""
    own = [each for each in window.children() if isinstance(each, QWidget) and each.isVisible()]
    pairs = [(one, two) for one, two in combinations(own, 2)
             if one.geometry().intersects(two.geometry())]  # fmt: skip
    pairs += [(window, each) for each in own if not window.rect().contains(each.geometry())]
    return [(_shown(one), _shown(two)) for one, two in pairs]


def _texts_of_keys(window: QWidget) -> dict[str, set[str]]:
    texts: dict[str, set[str]] = {}
    for widget in filter(QWidget.isEnabled, visible(window)):
        if isinstance(widget, QAbstractButton) or (
            isinstance(widget, QLabel) and widget.buddy() is not None
        ):
            key = QKeySequence.mnemonic(widget.text()).toString()
            texts.setdefault(key, set()).add(widget.text())
    return texts


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("name", ["problems", "first-run-2"])
def test_large_letters_make_a_window_larger_and_nothing_is_beyond_its_side(
    name: str, language: Language
) -> None:
    language.apply("ru")
    window = next(room for room in ROOMS if room.name == name).make()
    settle()
    areas = [each for each in window.findChildren(QScrollArea) if each.isVisible()]
    beyond = [each.horizontalScrollBar().maximum() for each in areas]
    put_away(window)
    assert beyond == [0] * len(areas)


# -- contrast


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_we_write_with_can_be_read(qapp: QApplication, theme: str) -> None:
    assert not qapp.closingDown()
    palette = dark() if theme == "dark" else QGuiApplication.palette()
    roles = QPalette.ColorRole
    pairs = [
        (roles.WindowText, roles.Window), (roles.Text, roles.Base),
        (roles.ButtonText, roles.Button), (roles.Link, roles.Window),
    ]  # fmt: skip
    for text, ground in pairs:
        assert contrast(palette.color(text), palette.color(ground)) >= TEXT, (text, ground)
