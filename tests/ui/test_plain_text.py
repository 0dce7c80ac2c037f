"""Titles, comments and services' words that look like markup are shown letter by letter."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QFontMetricsF, QHelpEvent, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QListView,
    QSystemTrayIcon,
    QToolTip,
    QWidget,
)

from tests.services.fakes import NOW as HISTORY_NOW
from tests.services.world import World
from tests.support.pipe_trap import PipeTrap
from tests.ui.absence.test_prompt import Wanted, question
from tests.ui.conftest import IDLE, NOW, Asked, Noted
from tests.ui.delivery.test_problems import LOG, Deciding, problem
from tests.ui.entries.history.conftest import Bench
from tests.ui.entries.test_link_confirmation import START, Person
from tests.ui.entries.test_manual_entry import Adding
from timer_app.domain.absence import ReassignTime
from timer_app.domain.audit.rows import AuditRow, AuditVerdict
from timer_app.domain.delivery.outbox import DeliveryState
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.domain.messages import AuditRowMessageId, ConnectionProblemKind
from timer_app.domain.reminders.notification import Notification, Topic
from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.user_message import UserMessage
from timer_app.services.audit.auditor import Audit
from timer_app.services.delivery.service_status import Health
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.setting_change import SettingChange, SettingKept
from timer_app.ui.absence.prompt import AbsencePrompt
from timer_app.ui.audit.compare_window import CompareWindow
from timer_app.ui.delivery.problems import ProblemsWindow
from timer_app.ui.early_tray_icon import EarlyTrayIcon
from timer_app.ui.entries.history.day_timeline import DayTimelineWidget
from timer_app.ui.entries.link_confirmation import LinkConfirmation
from timer_app.ui.entries.manual_entry import ManualEntryWindow
from timer_app.ui.entries.panel import Panel
from timer_app.ui.entries.stop_earlier import StopEarlierDialog
from timer_app.ui.plain_text import (
    PlainLabel,
    breakable,
    elided,
    plain_tooltip,
    show_tooltip,
    without_markup,
)
from timer_app.ui.setup.account_form import TEAM, AccountForm, TokenSaveResult
from timer_app.ui.tray import Tray
from timer_app.ui.view import ServiceLine

HOUR = timedelta(hours=1)
SOURCES = Path(__file__).parents[2] / "timer_app"


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[PipeTrap]:
    """The pipe that no text may open."""
    trap = PipeTrap(tmp_path)
    yield trap
    trap.close()


@pytest.fixture
def nasty(trap: PipeTrap) -> str:
    """What a person or a service may write; as markup it reads the pipe."""
    return f'<img src="{trap.path}"> &lt;b&gt; R&D <b>bold</b>'


# What a person does with a window


def open_everything(window: QWidget) -> set[str]:
    """Rest the pointer on everything in it; what the tooltips show."""
    window.show()
    QApplication.processEvents()
    shown: set[str] = set()
    for widget in [window, *window.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        if isinstance(widget, QAbstractItemView):
            for place in _cells(widget):
                shown.add(_hover(widget.viewport(), place))
        elif isinstance(widget, DayTimelineWidget):
            for x in range(0, widget.width(), 4):
                shown.add(_hover(widget, QPoint(x, widget.height() // 2)))
        else:
            shown.add(_hover(widget, widget.rect().center()))
    return shown


def _cells(view: QAbstractItemView) -> list[QPoint]:
    model = view.model()
    columns = 1 if isinstance(view, QListView) else model.columnCount()
    return [
        view.visualRect(model.index(row, column)).center()
        for row in range(model.rowCount())
        for column in range(columns)
    ]


def _hover(widget: QWidget, at: QPoint) -> str:
    """The text of the tooltip, as it is seen."""
    event = QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
    QApplication.processEvents()
    tip = as_seen(QToolTip.text(), Qt.TextFormat.AutoText)
    QToolTip.hideText()
    return tip


def as_seen(text: str, form: Qt.TextFormat) -> str:
    """What Qt makes of a text."""
    if form is Qt.TextFormat.RichText or (
        form is Qt.TextFormat.AutoText and Qt.mightBeRichText(text)
    ):
        document = QTextDocument()
        document.setHtml(text)
        return document.toPlainText()
    return text


def labels(window: QWidget) -> str:
    """All labels, as they are seen."""
    found = [each for each in window.findChildren(QLabel) if each.isVisible()]
    return "\n".join(as_seen(each.text(), each.textFormat()) for each in found)


# Windows with such texts in them


@dataclass
class Opened:
    """A window, and whether its labels or its tooltips show the text."""

    window: QWidget
    in_labels: bool = True
    in_tooltips: bool = False


def _panel(text: str, _: Path) -> Opened:
    task = Task(text, Card("https://acme.kaiten.ru", 7))
    info = CardInfo(Card("https://acme.kaiten.ru", 8), text, False, text, text, 135)
    asked = Asked((Suggestion(task, SuggestionSource.RECENT),))
    panel = Panel(Noted(), asked, lambda: NOW)
    problem = ConnectionProblem(ConnectionProblemKind.NO_ANSWER, text, detail=text)
    panel.show_view(
        replace(
            IDLE,
            running=Entry("e1", task, NOW - HOUR, Source.CLICK, text),
            alert=text,
            services=(ServiceLine(Service.KAITEN, Health.OFFLINE, 3, problem),),
        )
    )
    panel.open_at(None)
    panel.show_message(text)
    asked.answer(
        TaskSearchResult((Suggestion(Task(text, info.card), SuggestionSource.KAITEN, info),))
    )
    return Opened(panel, in_tooltips=True)


def _manual_entry(text: str, _: Path) -> Opened:
    task = Task(text, Card("https://acme.kaiten.ru", 7))
    window = ManualEntryWindow(
        Adding(), Asked((Suggestion(task, SuggestionSource.RECENT),)), lambda: UTC
    )
    window.open(None)
    return Opened(window, in_labels=False, in_tooltips=True)


def _problems(text: str, _: Path) -> Opened:
    window = ProblemsWindow(Deciding(answer=text), lambda: UTC)
    window.show_problems([problem(replace(LOG, comment=text), error=f"{text} (HTTP 422)")], 1)
    window.open()
    return Opened(window)


def _absence(text: str, _: Path) -> Opened:
    window = AbsencePrompt(Wanted(), Asked(()), lambda: NOW)
    asked = question()
    asked = replace(asked, entry=replace(asked.entry, task=Task(text)))
    window.show_questions([asked])
    window.show_answered(asked, ReassignTime(Task(text)))
    window.show_prompt()
    window.show_message(text)
    return Opened(window)


def _link(text: str, _: Path) -> Opened:
    window = LinkConfirmation(Person(), lambda: NOW, lambda: UTC)
    window.show_prompt(replace(START, task=Task(text), comment=text))
    return Opened(window)


def _stop_earlier(text: str, _: Path) -> Opened:
    window = StopEarlierDialog(Entry("e1", Task(text), NOW - HOUR, Source.CLICK), lambda: NOW, UTC)
    window.open()
    return Opened(window)


def _history(text: str, folder: Path) -> Opened:
    world = World(folder)
    task = Task(text, Card("https://acme.kaiten.ru", 7))
    world.timer.add(task, Source.MANUAL, HISTORY_NOW - 3 * HOUR, HISTORY_NOW - HOUR, comment=text)
    (number,) = world.journal.connection.execute("SELECT max(id) FROM delivery").fetchone()
    world.journal.set_state(number, DeliveryState.BLOCKED, text)
    window = Bench(world).window
    window.open()
    window.destroyed.connect(world.journal.close)
    return Opened(window, in_labels=False, in_tooltips=True)


def _compare(text: str, _: Path) -> Opened:
    class NoAudit:
        def audit(self, *_: object) -> None:
            return None

        def repair(self, *_: object) -> None:
            return None

    window = CompareWindow(NoAudit())
    today = NOW.date()
    window.open(today, today)
    row = AuditRow(
        "timecrowd:1",
        Service.TIMECROWD,
        AuditVerdict.EXTRA,
        (UserMessage(AuditRowMessageId.IN_TIMECROWD, text),),
        remote_id="1",
    )
    window.on_audited(Audit(today, today, (row,), ()), None)
    window.on_refused(text)
    return Opened(window)


def _account(text: str, _: Path) -> Opened:
    class NoAccount:
        def change(self, _key: str, typed: str) -> SettingChange:
            return SettingKept(typed)

        def save_token(self, token: str) -> None:
            """Not asked here."""

        def delete_token(self) -> None:
            """Not asked here."""

        def check(self) -> None:
            """Not asked here."""

        def stop(self) -> None:
            """Not asked here."""

    form = AccountForm(Service.TIMECROWD, NoAccount(), "https://timecrowd.net")
    form.set_choices(TEAM, [Choice(1, text)])
    problem = ConnectionProblem(ConnectionProblemKind.TOKEN_REFUSED, "host", detail=text)
    form.show_check(ServiceCheck(Service.TIMECROWD, problem), TokenSaveResult.NOT_SAVED)
    form.show_check(ServiceCheck(Service.TIMECROWD, account=text))
    return Opened(form)


WINDOWS = (
    _panel, _manual_entry, _problems, _absence, _link, _stop_earlier, _history, _compare, _account,
)  # fmt: skip


@pytest.mark.parametrize("make", WINDOWS, ids=[each.__name__.strip("_") for each in WINDOWS])
def test_a_window_shows_what_looks_like_markup_letter_by_letter(
    make: Callable[[str, Path], Opened], nasty: str, trap: PipeTrap, tmp_path: Path
) -> None:
    opened = make(nasty, tmp_path)
    tooltips = open_everything(opened.window)
    assert not trap.was_opened
    if opened.in_labels:
        assert nasty in labels(opened.window)
    if opened.in_tooltips:
        assert any(nasty in each for each in tooltips)
    assert "\ufffc" not in labels(opened.window) + "".join(tooltips)  # a picture


@pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface")
def test_neither_menu_nor_tooltip_nor_message_of_the_tray_takes_markup(
    nasty: str, trap: PipeTrap, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _, title, text, __: said.extend([title, text])
    )
    early = EarlyTrayIcon()
    tray = Tray(early, Noted(), lambda: False)
    task = Task(nasty)
    running = Entry("e1", task, NOW - HOUR, Source.CLICK)
    tray.show(replace(IDLE, running=running, alert=nasty, recents=(Task(nasty + "2"),)))
    tray.show_notification(Notification(Topic.STARTED_ELSEWHERE, nasty, nasty))
    early.menu.aboutToShow.emit()
    tip = early.icon.toolTip()
    host = QWidget()
    host.show()
    host.setToolTip(tip)  # as an older tray (XEmbed) shows it, within our process
    open_everything(host)
    tray.close()
    assert not trap.was_opened
    assert not Qt.mightBeRichText(tip)
    assert tip.replace("\u200b", "").startswith(nasty)
    assert not Qt.mightBeRichText(said[1])


TEXTS = (
    "<b>", "<img src='x'>", "a <b>", "<!doctype html>", "<?xml version='1.0'?><b>", "a &lt; b",
    "  <p>x", "\n<h1>x</h1>", "<a href=x>y</a>\nsecond", "1 < 2", "x > y & z", "a  b\n c", "",
    "＜b＞", "<script>", "&nbsp;", "<br/>", "< b>", "<\tB >", "<!-- x -->",
    "<svg/onload=x>", "\u202e<img src=x>", "&#60;img src=x&#62;", "<math><mi>x", "<!DOCTYPE html>x",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_every_way_to_show_a_text_leaves_it_as_it_is(qapp: QApplication, text: str) -> None:
    assert not qapp.closingDown()
    label = PlainLabel(text)
    assert as_seen(label.text(), label.textFormat()) == text
    assert as_seen(plain_tooltip(text), Qt.TextFormat.AutoText) == text
    assert not Qt.mightBeRichText(without_markup(text))
    assert without_markup(text).replace("\u200b", "") == text
    show_tooltip(QPoint(0, 0), text, label)
    assert as_seen(QToolTip.text(), Qt.TextFormat.AutoText) == text
    QToolTip.hideText()


@pytest.mark.parametrize("text", ["R&D & more", "1 < 2", "x <= y && y > z", "←<3→", "a&b"])
def test_a_text_for_the_tray_is_not_touched_where_it_cannot_be_markup(text: str) -> None:
    assert without_markup(text) == text


# The rule: nothing goes around it


_GUESSING = {"QMessageBox", "QErrorMessage", "QTextBrowser", "QWhatsThis", "QSplashScreen"}
_GUESSING_METHODS = {
    "setHtml", "insertHtml", "appendHtml", "setMarkdown", "setWhatsThis", "setStatusTip",
    "setInformativeText", "setDetailedText",
}  # fmt: skip


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _around(tree: ast.Module) -> Iterator[str]:
    """What in a file lets Qt guess the format of a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and _name(node) in _GUESSING:
            yield f"{node.lineno}: {_name(node)}"
        if isinstance(node, ast.Attribute) and node.attr == "ToolTipRole":
            yield from _role(node, tree)
        if not isinstance(node, ast.Call):
            continue
        called = _name(node.func)
        if called == "QLabel" or called in _GUESSING_METHODS:
            yield f"{node.lineno}: {called}()"
        if called in ("setTextFormat", "showText"):
            yield f"{node.lineno}: {called}()"
        if called == "setToolTip" and not _is_safe(node.args[-1]):
            yield f"{node.lineno}: setToolTip() of a text that Qt guesses"


def _is_safe(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) in ("plain_tooltip", "without_markup")


def _role(role: ast.Attribute, tree: ast.Module) -> Iterator[str]:
    """A model answers the role with a safe text."""
    cases = [
        case
        for case in ast.walk(tree)
        if isinstance(case, ast.match_case) and any(node is role for node in ast.walk(case.pattern))
    ]
    answers = [
        statement.value
        for case in cases
        for statement in case.body
        if isinstance(statement, ast.Return) and statement.value
    ]
    if not answers or not all(map(_is_safe, answers)):
        yield f"{role.lineno}: ToolTipRole"


@pytest.mark.parametrize(
    "text", ["", "long", "short words", "日本語の長い題名です。" * 9, "مهمة طويلة جدا " * 9]
)
def test_a_text_whose_words_fit_is_not_broken(qapp: QApplication, text: str) -> None:
    assert breakable(text, QFontMetricsF(qapp.font()), 200) == text


@pytest.mark.parametrize("text", ["W" * 99, "before " + "e\u0301" * 99, "a" * 99 + "👩‍💻" * 9])
def test_a_word_that_is_too_long_is_broken_between_its_letters(
    qapp: QApplication, text: str
) -> None:
    metrics = QFontMetricsF(qapp.font())
    broken = breakable(text, metrics, 200)
    assert broken.replace("\u200b", "") == text
    assert "\u200b\u0301" not in broken
    assert "\u200b\u200d" not in broken
    assert all(metrics.horizontalAdvance(part) <= 200 for part in re.split("[\u200b ]", broken))


@pytest.mark.parametrize("text", ["Ship (2)!", "日本語", "7 %", "", "2. שלב", "Ship שלב!"])
def test_a_line_that_fits_is_as_it_was_written(qapp: QApplication, text: str) -> None:
    shown = elided(text, QFontMetricsF(qapp.font()), 500)
    assert shown.strip("\u2068\u2069") == text
    assert (shown == text) == ("שלב" not in text or text.startswith("Ship"))


@pytest.mark.parametrize("text", ["שלב (2)! " * 20, "إرسال تطبيق المؤقت " * 20])
def test_what_is_read_from_the_right_ends_at_its_own_end(qapp: QApplication, text: str) -> None:
    """Set apart from its line, or the ellipsis would stand where reading begins."""
    shown = elided(text, QFontMetricsF(qapp.font()), 200)
    assert (shown[0], shown[-2:]) == ("\u2068", "…\u2069")


def test_no_line_is_cut_in_another_way() -> None:
    allowed = {"ui/plain_text.py", "ui/design/app_style.py"}  # words of buttons keep their letter
    cut = [path.relative_to(SOURCES).as_posix() for path in sorted(SOURCES.rglob("*.py"))
           if "elidedText(" in path.read_text("utf-8")]  # fmt: skip
    assert set(cut) == allowed


def test_no_label_and_no_tooltip_is_made_without_saying_that_it_is_plain() -> None:
    allowed = {"ui/plain_text.py", "ui/window.py"}
    found = {
        f"{path.relative_to(SOURCES)}:{each}"
        for path in SOURCES.rglob("*.py")
        if str(path.relative_to(SOURCES)) not in allowed
        for each in _around(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set()


def test_the_rule_finds_each_way_around_it() -> None:
    around = [
        "label = QLabel(title)",
        "label = QtWidgets.QLabel()",
        "item.setToolTip(title)",
        "item.setToolTip(column, title)",
        "QToolTip.showText(place, title)",
        "QMessageBox.warning(window, title, text)",
        "match role:\n case Qt.ItemDataRole.ToolTipRole:\n  return title",
        "item.setData(Qt.ItemDataRole.ToolTipRole, title)",
        "browser.setHtml(title)",
        "label.setTextFormat(Qt.TextFormat.RichText)",
    ]
    assert [source for source in around if not list(_around(ast.parse(source)))] == []
