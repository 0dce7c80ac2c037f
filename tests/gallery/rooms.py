"""Every window of the app, filled as on a busy day; nothing is behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from tests.gallery import history_rooms
from tests.support.pages.entry_windows import ManualEntryPage, StopEarlierPage
from tests.support.pages.panel import PanelPage
from tests.support.routes import RULE_LISTS, FakeRoutes, NoRules
from tests.ui.absence.test_prompt import Wanted, question
from tests.ui.conftest import (
    ANSWER,
    CARD,
    DRAINING,
    IDLE,
    KNOWN,
    NOW,
    ORIGIN,
    OTHER,
    Asked,
    Changes,
    Noted,
    running,
)
from tests.ui.delivery.test_problems import LOG, REMOTE, Deciding, problem
from tests.ui.entries.test_link_confirmation import Person
from tests.ui.entries.test_manual_entry import Adding
from timer_app.adapters.setup.settings.reader import parse
from timer_app.domain.absence import DropTime
from timer_app.domain.delivery.outbox import DeliveryState, LoggedEntry
from timer_app.domain.delivery.outcomes import NotSent, NotSentCause
from timer_app.domain.delivery.service_messages import RemoveDuplicateLog, StopEntry
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import BadInput
from timer_app.domain.hotkeys import HotKeyAction, parse_combination
from timer_app.domain.messages import ConnectionMessageId, ConnectionProblemKind, LinkMessageId
from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.domain.setup.settings_schema import Page
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.delivery.service_status import Health
from timer_app.services.entries.history import Calendar, DayTimeline, Scope, day_timeline
from timer_app.services.entries.suggestions import (
    Suggestion,
    SuggestionSource,
    TaskSearchResult,
)
from timer_app.services.hotkeys.manager import HotKeyManager
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.desktop_integration import (
    AUTOSTART,
    LINKS,
    DesktopEntryState,
    DesktopEntryStatus,
)
from timer_app.services.setup.links import LinkAction, LinkPrompt
from timer_app.ui.absence.prompt import AbsencePrompt
from timer_app.ui.delivery.problems import ProblemsWindow
from timer_app.ui.entries.link_confirmation import LinkConfirmation
from timer_app.ui.entries.manual_entry import ManualEntryWindow
from timer_app.ui.entries.panel import Panel
from timer_app.ui.entries.stop_earlier import StopEarlierDialog
from timer_app.ui.hotkeys.page import HotkeysPage
from timer_app.ui.setup.account_form import CATEGORY, TEAM, AccountForm, TokenSaveResult
from timer_app.ui.setup.first_run import FirstRunWizard
from timer_app.ui.setup.settings.network_page import NetworkPage
from timer_app.ui.setup.settings.page import SettingsPage
from timer_app.ui.setup.settings.plain_page import PlainPage
from timer_app.ui.setup.settings.rules_page import RulesPage
from timer_app.ui.setup.settings.services_page import ServicesPage
from timer_app.ui.setup.settings.startup_page import StartupPage
from timer_app.ui.setup.settings.window import SettingsWindow
from timer_app.ui.view import ServiceLine, View

ZONE = ZoneInfo("Europe/Moscow")
LONG = Task(
    "Перенести справку с картинками на новый сервер и проверить все ссылки в ней", CARD.card
)
JAPANESE = Task("長い題名のカードを確認する", Card("https://acme.kaiten.ru", 63258153))
SILENT = ConnectionProblem(
    ConnectionProblemKind.NO_ANSWER,
    "timecrowd.net",
    detail=UserMessage(ConnectionMessageId.SECONDS, 10),
)
TROUBLED = replace(
    running(LONG, seconds=5025, comment="first half"),
    services=(
        ServiceLine(Service.TIMECROWD, Health.OFFLINE, 3, SILENT),
        ServiceLine(Service.KAITEN, Health.UNAUTHORIZED, 1),
    ),
    problems=2,
)

SETTINGS = """
[timecrowd]
team_id = 11609
category_id = 36543
[kaiten]
url = "https://acme.kaiten.ru"
[network]
proxy = "http://dana@proxy.example:3128"
ca_file = "/etc/ssl/company.pem"
[time]
working_hours = "Mon-Fri 09:00-18:00"
[[rules]]
space = 6002
board = 7002
team_id = 11710
category_id = 41001
role_id = 102

[[rules]]
space = 6001
category_id = 36544
"""
REFUSED = ServiceCheck(
    Service.KAITEN,
    ConnectionProblem(
        ConnectionProblemKind.TOKEN_REFUSED, "acme.kaiten.ru", detail="Unauthorized."
    ),
)


class NoAccount(Changes):
    """Implements AccountIntents: nothing is asked."""

    def save_token(self, token: str) -> None:
        """See AccountIntents."""

    def delete_token(self) -> None:
        """See AccountIntents."""

    def check(self) -> None:
        """See AccountIntents."""

    def stop(self) -> None:
        """See AccountIntents."""


class NoNetwork(Changes):
    """Implements NetworkIntents: nothing is asked."""

    def save_proxy_password(self, password: str) -> None:
        """See NetworkIntents."""

    def delete_proxy_password(self) -> None:
        """See NetworkIntents."""

    def check_services(self) -> None:
        """See NetworkIntents."""

    def stop_checking(self) -> None:
        """See NetworkIntents."""


@dataclass(frozen=True)
class Room:
    """A window in a state: `make` gives it, open."""

    name: str
    make: Callable[[], QWidget]


def _today() -> DayTimeline:
    """A morning with three entries."""
    hour = timedelta(hours=1)
    spans = ((LONG, -3.4, 1.6), (JAPANESE, -1.7, 0.5), (CARD, -1, 1))
    found = [
        LoggedEntry(
            Entry(f"e{number}", task, NOW + begin * hour, Source.CLICK),
            NOW + (begin + length) * hour,
            (),
        )
        for number, (task, begin, length) in enumerate(spans)
    ]
    return day_timeline(NOW.date(), found, 0, 0, Calendar(UTC, time(0), NOW))


def _panel(view: View) -> QWidget:
    asked = Asked(KNOWN)
    panel = Panel(Noted(), asked, lambda: NOW, FakeRoutes(), _today)
    panel.show_view(view)
    panel.open_at(None)
    asked.answer(ANSWER)
    return panel


def _with_sections() -> QWidget:
    """The panel of somebody who works with cards, tasks of TimeCrowd, and words."""

    def card(number: int, title: str, column: str, minutes: int = 0) -> CardInfo:
        return CardInfo(Card(ORIGIN, number), title, False, "Timer App", column, minutes)

    def suggested(info: CardInfo, source: SuggestionSource, *, pinned: bool = False) -> Suggestion:
        return Suggestion(Task(info.title, info.card), source, info, pinned=pinned)

    review = card(63258152, "Review the release notes", "Review", 95)
    daily = Suggestion(Task("Daily stand-up"), SuggestionSource.RECENT)
    cards = (
        card(63258154, "Draw the new icons", "Doing", 340),
        card(63258155, "Answer support questions", "Doing", 45),
    )
    known = (suggested(review, SuggestionSource.RECENT, pinned=True), daily)
    asked = Asked(known, sources=frozenset())
    asked.seconds = {daily.task.key: 900, known[0].task.key: 4300}
    panel = Panel(Noted(), asked, lambda: NOW, FakeRoutes(), _today)
    panel.show_view(running(seconds=4521, comment="first half"))
    panel.open_at(None)
    mine = tuple(suggested(each, SuggestionSource.MY_CARDS) for each in cards)
    plan = Suggestion(Task("Plan the next sprint"), SuggestionSource.TIMECROWD)
    asked.answer(TaskSearchResult(mine, source=SuggestionSource.MY_CARDS))
    asked.answer(TaskSearchResult((plan,), source=SuggestionSource.TIMECROWD))
    return panel


def _offline() -> QWidget:
    """The panel while no service answers: what was seen last, some of it with long titles."""
    mine = Suggestion(OTHER, SuggestionSource.MY_CARDS, is_old=True)
    most_used = Suggestion(JAPANESE, SuggestionSource.TIMECROWD, is_old=True)
    no_answer = ServiceCallError(NotSent(NotSentCause.OFFLINE, "", connection_problem=SILENT))
    asked = Asked((), sources=frozenset())
    panel = Panel(Noted(), asked, lambda: NOW, FakeRoutes(), _today)
    panel.show_view(TROUBLED)
    panel.open_at(None)
    for each in (mine, most_used):
        asked.answer(TaskSearchResult((each,), no_answer, each.origin))
    return panel


def _at_address(address: str, *, linked: bool = False) -> QWidget:
    """The panel after an address was pasted; `linked` after Link a card."""
    asked = Asked([Suggestion(Task("", None, address), SuggestionSource.ADDRESS)])
    panel = Panel(Noted(), asked, lambda: NOW, FakeRoutes(), _today)
    panel.show_view(IDLE)
    panel.open_at(None)
    page = PanelPage(panel)
    page.search.field.setText(address)
    QTest.keyClick(page.search.field, Qt.Key.Key_Return)
    if linked:
        asked.recents = KNOWN
        page.click("address-link-card")
    return panel


def _manual_entry(*, filled: bool) -> QWidget:
    adding = Adding(overlaps=True)
    window = ManualEntryWindow(adding, Asked(KNOWN), lambda: ZONE)
    window.open(OTHER if filled else None)
    if filled:
        page = ManualEntryPage(window)
        page.begin.setText("9:00")
        page.length.setText("1h30m")
        page.comment.setText("forgotten")
    return window


def _away() -> AbsencePrompt:
    window = AbsencePrompt(Wanted(), Asked(KNOWN), lambda: NOW)
    window.show_questions([question(1), question(2)])
    window.show_prompt()
    return window


def _away_answered() -> QWidget:
    window = _away()
    window.show_questions([])
    window.show_answered(question(1), DropTime())
    return window


LONG_RUNNING = Entry("e1", LONG, NOW - timedelta(hours=3), Source.CLICK)
START_LINK = LinkPrompt(
    LinkAction.START,
    card="https://acme.kaiten.ru/63258153",
    task=JAPANESE,
    comment="Созвон с командой поддержки: вопросы о переносе справки, картинок и ссылок",
    running=LONG_RUNNING,
    has_rejected_link=True,
)
BAD_LINK = LinkPrompt(LinkAction.NOTHING, note=BadInput(LinkMessageId.UNKNOWN, "pause"))


class PutsAway(Person):
    """Implements Answers: no puts the question away, as the app's links do."""

    window: LinkConfirmation

    def dismiss(self) -> None:
        """See Answers."""
        self.window.hide_prompt()


def _link(question: LinkPrompt) -> QWidget:
    person = PutsAway()
    person.window = LinkConfirmation(person, lambda: NOW, lambda: ZONE)
    person.window.show_prompt(question)
    return person.window


def _stop_earlier(typed: str) -> QWidget:
    window = StopEarlierDialog(LONG_RUNNING, lambda: NOW, ZONE)
    window.open()
    StopEarlierPage(window).time.setText(typed)
    return window


def _problems() -> QWidget:
    window = ProblemsWindow(Deciding(), lambda: ZONE)
    window.show_problems(
        (
            problem(),
            problem(StopEntry(NOW), number=4, remote=REMOTE),
            problem(LOG, number=5, state=DeliveryState.UNKNOWN, error=""),
            problem(RemoveDuplicateLog(3, LOG.card, LOG.for_date, "1", "2"), number=6),
            problem(number=7),
        ),
        1234,
    )
    window.open()
    return window


def _no_problems() -> QWidget:
    window = ProblemsWindow(Deciding(), lambda: ZONE)
    window.show_problems((), 0)
    window.open()
    return window


def _rules_page() -> RulesPage:
    page = RulesPage(NoRules())
    page.show_lists(RULE_LISTS, "")
    return page


def _settings(number: int) -> QWidget:
    """The window with every page filled, at one of them."""
    window = SettingsWindow()
    desk = HotKeyManager({each: lambda: None for each in HotKeyAction})
    desk.set_keys({HotKeyAction.TOGGLE: parse_combination("Ctrl+Alt+T")})
    services = ServicesPage([_form(Service.TIMECROWD), _form(Service.KAITEN)])
    network = NetworkPage(NoNetwork())
    start = StartupPage(Changes())
    pages: list[SettingsPage] = [
        services, _rules_page(), PlainPage(Page.TIME, Changes()), HotkeysPage(Changes(), desk),
        PlainPage(Page.REMINDERS, Changes()),
        network, PlainPage(Page.LOOK, Changes()), start,
    ]  # fmt: skip
    for page in pages:
        window.add(page)
    entries = {
        AUTOSTART: DesktopEntryStatus(DesktopEntryState.ON),
        LINKS: DesktopEntryStatus(
            DesktopEntryState.BROKEN, "timer-app.desktop", "/home/dana/bin/timer-app"
        ),
    }
    window.show_values({**parse(SETTINGS, "").all(), **entries})
    network.show_check(ServiceCheck(Service.TIMECROWD, account="Dana"))
    network.show_check(REFUSED)
    window.show_message(
        "settings.toml: line 3: unknown key 'time.roundings'. Known here: rounding."
    )
    window.resize(window.sizeHint().expandedTo(window.size()))
    window.open()
    window.show_page(pages[number])
    return window


def _form(service: Service) -> AccountForm:
    usual = "https://timecrowd.net" if service is Service.TIMECROWD else ""
    form = AccountForm(service, NoAccount(), usual)
    form.show_values(parse(SETTINGS, "").all())
    match service:
        case Service.TIMECROWD:
            form.set_choices(TEAM, [Choice(11609, "Timer team"), Choice(2, "開発チーム")])
            form.set_choices(CATEGORY, [Choice(36543, "開発 / アプリ")])
            form.show_token(None)
            form.show_check(ServiceCheck(service, account="Dana"))
        case Service.KAITEN:
            form.show_token(KeyringProblem.ABSENT)
            form.token.setText("a token")
            form.show_check(REFUSED, TokenSaveResult.NOT_SAVED)
    return form


def _first_run(step: int) -> QWidget:
    forms = [_form(each) for each in Service]
    window = FirstRunWizard(forms, Noted(), lambda _: None)
    window.show_view(replace(IDLE, unconfigured=tuple(Service)))
    window.open()
    for _ in range(step):
        window.findChildren(QPushButton, "skip")[0].click()
    return window


PAGES = ("services", "rules", "time", "hotkeys", "reminders", "network", "look", "start")
ROOMS = (
    Room("panel-idle", lambda: _panel(IDLE)),
    Room("panel-running", lambda: _panel(running(seconds=4521, comment="first half"))),
    Room("panel-sections", _with_sections),
    Room("panel-offline", _offline),
    Room("panel-address", lambda: _at_address("https://example.com/a?b=1", linked=True)),
    Room("panel-room", lambda: _at_address("https://www.chatwork.com/#!rid123456-1")),
    Room("panel-troubled", lambda: _panel(TROUBLED)),
    Room("panel-delivering", lambda: _panel(replace(DRAINING, recents=(JAPANESE,)))),
    Room("add-time-empty", lambda: _manual_entry(filled=False)),
    Room("add-time", lambda: _manual_entry(filled=True)),
    Room("problems", _problems),
    Room("problems-none", _no_problems),
    Room("away", _away),
    Room("away-answered", _away_answered),
    Room("link", lambda: _link(START_LINK)),
    Room("link-stop", lambda: _link(LinkPrompt(LinkAction.STOP, running=LONG_RUNNING))),
    Room("link-unusable", lambda: _link(BAD_LINK)),
    Room("stop-earlier", lambda: _stop_earlier("-25m")),
    Room("stop-earlier-refused", lambda: _stop_earlier("half past five")),
    Room("history", history_rooms.history),
    Room("history-empty", history_rooms.empty),
    Room("history-strips", history_rooms.strips),
    Room("history-month", lambda: history_rooms.history(Scope.MONTH)),
    Room("history-deleted", history_rooms.after_a_deletion),
    Room("history-edit", history_rooms.edit),
    Room("history-split", history_rooms.split),
    Room("history-compare", history_rooms.compare),
    Room("history-totals", history_rooms.totals),
    *(Room(f"settings-{name}", partial(_settings, number)) for number, name in enumerate(PAGES)),
    *(Room(f"first-run-{step + 1}", partial(_first_run, step)) for step in range(3)),
)
