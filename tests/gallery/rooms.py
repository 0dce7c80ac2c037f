"""Every window of the app, filled as on a busy day; nothing is behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QPushButton, QWidget

from tests.gallery import history_rooms
from tests.ui.conftest import (
    ANSWER,
    CARD,
    DRAINING,
    IDLE,
    KNOWN,
    NOW,
    OTHER,
    Asked,
    Noted,
    running,
)
from tests.ui.settings.conftest import Changes
from tests.ui.test_away import Wanted, question
from tests.ui.test_link_question import Person
from tests.ui.test_manual_entry import Adding
from tests.ui.test_problems import LOG, REMOTE, Deciding, problem
from timer_app.adapters.settings.reading import parse
from timer_app.domain.away import Drop
from timer_app.domain.card import Card
from timer_app.domain.delivery import DeliveryState, RemoveDoubleLog, Service, StopEntry
from timer_app.domain.entry import Entry, Source
from timer_app.domain.errors import BadInput
from timer_app.domain.hotkeys import Action, parse_combination
from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.domain.reasons import OfLink
from timer_app.domain.span_input import Field
from timer_app.domain.task import Task
from timer_app.services.at_login import AUTOSTART, LINKS, EntryState, EntryStatus
from timer_app.services.checking import Check
from timer_app.services.history import Scope
from timer_app.services.hotkeys import HotKeyDesk
from timer_app.services.links import Asked as Wants
from timer_app.services.links import Question
from timer_app.services.ports import Choice, KeyringTrouble
from timer_app.services.service_status import Health
from timer_app.ui.away import AwayWindow
from timer_app.ui.first_run import FirstRun
from timer_app.ui.link_question import LinkQuestion
from timer_app.ui.manual_entry import ManualEntryWindow
from timer_app.ui.panel import Panel
from timer_app.ui.problems import ProblemsWindow
from timer_app.ui.settings.account_form import CATEGORY, TEAM, AccountForm, TokenFate
from timer_app.ui.settings.hotkeys_page import HotkeysPage
from timer_app.ui.settings.look_page import LookPage
from timer_app.ui.settings.network_page import NetworkPage
from timer_app.ui.settings.reminders_page import RemindersPage
from timer_app.ui.settings.services_page import ServicesPage
from timer_app.ui.settings.start_page import StartPage
from timer_app.ui.settings.time_page import TimePage
from timer_app.ui.settings.window import SettingsWindow
from timer_app.ui.stop_earlier import StopEarlier
from timer_app.ui.view import ServiceLine, View

ZONE = ZoneInfo("Europe/Moscow")
LONG = Task(
    "Перенести справку с картинками на новый сервер и проверить все ссылки в ней", CARD.card
)
JAPANESE = Task("長い題名のカードを確認する", Card("https://acme.kaiten.ru", 63258153))
SILENT = Obstacle(Trouble.NO_ANSWER, "timecrowd.net")
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
"""
REFUSED = Check(
    Service.KAITEN, Obstacle(Trouble.TOKEN_REFUSED, "acme.kaiten.ru", detail="Unauthorized.")
)


class NoAccount(Changes):
    """Implements AccountIntents: nothing is asked."""

    def keep_token(self, token: str) -> None:
        """See AccountIntents."""

    def forget_token(self) -> None:
        """See AccountIntents."""

    def check(self) -> None:
        """See AccountIntents."""

    def stop(self) -> None:
        """See AccountIntents."""


class NoNetwork(Changes):
    """Implements NetworkIntents: nothing is asked."""

    def keep_proxy_password(self, password: str) -> None:
        """See NetworkIntents."""

    def forget_proxy_password(self) -> None:
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


def _panel(view: View) -> QWidget:
    asked = Asked(KNOWN)
    panel = Panel(Noted(), asked, lambda: NOW)
    panel.show_view(view)
    panel.open_at(None)
    asked.answer(ANSWER)
    return panel


def _manual_entry(*, filled: bool) -> QWidget:
    adding = Adding(overlaps=True)
    window = ManualEntryWindow(adding, Asked(KNOWN), lambda: ZONE)
    window.open(OTHER if filled else None)
    if filled:
        window._fields[Field.BEGIN].setText("9:00")
        window._fields[Field.LENGTH].setText("1h30m")
        window._comment.setText("forgotten")
    return window


def _away() -> AwayWindow:
    window = AwayWindow(Wanted(), Asked(KNOWN), lambda: NOW)
    window.show_questions([question(1), question(2)])
    window.come_up()
    return window


def _away_answered() -> QWidget:
    window = _away()
    window.show_questions([])
    window.show_answered(question(1), Drop())
    return window


LONG_RUNNING = Entry("e1", LONG, NOW - timedelta(hours=3), Source.CLICK)
START_LINK = Question(
    Wants.START,
    card="https://acme.kaiten.ru/63258153",
    task=JAPANESE,
    comment="Созвон с командой поддержки: вопросы о переносе справки, картинок и ссылок",
    running=LONG_RUNNING,
    another_came=True,
)
BAD_LINK = Question(Wants.NOTHING, note=BadInput(OfLink.UNKNOWN, "pause"))


class PutsAway(Person):
    """Implements Answers: no puts the question away, as the app's links do."""

    window: LinkQuestion

    def dismiss(self) -> None:
        """See Answers."""
        self.window.put_away()


def _link(question: Question) -> QWidget:
    person = PutsAway()
    person.window = LinkQuestion(person, lambda: NOW, lambda: ZONE)
    person.window.ask(question)
    return person.window


def _stop_earlier(typed: str) -> QWidget:
    window = StopEarlier(LONG_RUNNING, lambda: NOW, ZONE)
    window.open()
    window._typed.setText(typed)
    return window


def _problems() -> QWidget:
    window = ProblemsWindow(Deciding(), lambda: ZONE)
    window.show_problems(
        (
            problem(),
            problem(StopEntry(NOW), number=4, remote=REMOTE),
            problem(LOG, number=5, state=DeliveryState.UNKNOWN, error=""),
            problem(RemoveDoubleLog(3, LOG.card, LOG.for_date, "1", "2"), number=6),
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


def _settings(number: int) -> QWidget:
    """The window with every page filled, at one of them."""
    window = SettingsWindow()
    desk = HotKeyDesk({each: lambda: None for each in Action})
    desk.want({Action.TOGGLE: parse_combination("Ctrl+Alt+T")})
    services = ServicesPage([_form(Service.TIMECROWD), _form(Service.KAITEN)])
    network = NetworkPage(NoNetwork())
    start = StartPage(Changes())
    pages: list[QWidget] = [
        services, TimePage(Changes()), HotkeysPage(Changes(), desk), RemindersPage(Changes()),
        network, LookPage(Changes()), start,
    ]  # fmt: skip
    for page in pages:
        window.add(page)
    entries = {
        AUTOSTART: EntryStatus(EntryState.ON),
        LINKS: EntryStatus(EntryState.BROKEN, "timer-app.desktop", "/home/dana/bin/timer-app"),
    }
    window.show_values({**parse(SETTINGS, "").all(), **entries})
    network.show_check(Check(Service.TIMECROWD, account="Dana"))
    network.show_check(REFUSED)
    window.say("settings.toml: line 3: unknown key 'time.roundings'. Known here: rounding.")
    window.resize(window.sizeHint().expandedTo(window.size()))
    window.open()
    window.turn_to(pages[number])
    return window


def _form(service: Service) -> AccountForm:
    usual = "https://timecrowd.net" if service is Service.TIMECROWD else ""
    form = AccountForm(service, NoAccount(), usual)
    form.show_values(parse(SETTINGS, "").all())
    match service:
        case Service.TIMECROWD:
            form.offer(TEAM, [Choice(11609, "Timer team"), Choice(2, "開発チーム")])
            form.offer(CATEGORY, [Choice(36543, "開発 / アプリ")])
            form.show_token(None)
            form.show_check(Check(service, account="Dana"))
        case Service.KAITEN:
            form.show_token(KeyringTrouble.ABSENT)
            form.token.setText("a token")
            form.show_check(REFUSED, TokenFate.NOT_KEPT)
    return form


def _first_run(step: int) -> QWidget:
    forms = [_form(each) for each in Service]
    window = FirstRun(forms, Noted(), lambda _: None)
    window.show_view(replace(IDLE, unset=tuple(Service)))
    window.open()
    for _ in range(step):
        window.findChildren(QPushButton, "skip")[0].click()
    return window


PAGES = ("services", "time", "hotkeys", "reminders", "network", "look", "start")
ROOMS = (
    Room("panel-idle", lambda: _panel(IDLE)),
    Room("panel-running", lambda: _panel(running(seconds=4521, comment="first half"))),
    Room("panel-troubled", lambda: _panel(TROUBLED)),
    Room("panel-delivering", lambda: _panel(replace(DRAINING, recents=(JAPANESE,)))),
    Room("add-time-empty", lambda: _manual_entry(filled=False)),
    Room("add-time", lambda: _manual_entry(filled=True)),
    Room("problems", _problems),
    Room("problems-none", _no_problems),
    Room("away", _away),
    Room("away-answered", _away_answered),
    Room("link", lambda: _link(START_LINK)),
    Room("link-stop", lambda: _link(Question(Wants.STOP, running=LONG_RUNNING))),
    Room("link-unusable", lambda: _link(BAD_LINK)),
    Room("stop-earlier", lambda: _stop_earlier("-25m")),
    Room("stop-earlier-refused", lambda: _stop_earlier("half past five")),
    Room("history", history_rooms.history),
    Room("history-empty", history_rooms.empty),
    Room("history-month", lambda: history_rooms.history(Scope.MONTH)),
    Room("history-deleted", history_rooms.after_a_deletion),
    Room("history-edit", history_rooms.edit),
    Room("history-split", history_rooms.split),
    Room("history-compare", history_rooms.compare),
    *(Room(f"settings-{name}", partial(_settings, number)) for number, name in enumerate(PAGES)),
    *(Room(f"first-run-{step + 1}", partial(_first_run, step)) for step in range(3)),
)
