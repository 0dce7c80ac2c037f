"""The first steps: forwards, backwards, past what is not wanted, and a first entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import IDLE, Changes, Noted, running
from timer_app.adapters.setup.settings.reader import parse
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.services.delivery.service_status import Health
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.desktop_integration import (
    LINKS,
    DesktopEntryState,
    DesktopEntryStatus,
)
from timer_app.ui.setup.account_form import TEAM, AccountForm
from timer_app.ui.setup.first_run import FirstRunWizard
from timer_app.ui.view import ServiceLine

BOTH_UNSET = replace(IDLE, unconfigured=tuple(Service))


class Account(Changes):
    """Implements AccountIntents: notes the tokens."""

    def save_token(self, token: str) -> None:
        """See AccountIntents."""
        self.wanted.append(("token", token))

    def delete_token(self) -> None:
        """See AccountIntents."""

    def check(self) -> None:
        """See AccountIntents."""

    def stop(self) -> None:
        """See AccountIntents."""


class World:
    """The window, and what it asked for."""

    def __init__(self) -> None:
        self.account = Account()
        self.noted = Noted()
        self.entered: list[Service] = []
        self.forms = [AccountForm(each, self.account, "https://timecrowd.net")
                      for each in Service]  # fmt: skip
        self.desktop = Changes()
        self.window = FirstRunWizard(self.forms, self.noted, self.entered.append, self.desktop)
        self.window.show_values(parse("", "").all())
        self.window.show_view(BOTH_UNSET)
        self.window.open()

    def show_entry(self, state: DesktopEntryState) -> None:
        """The desktop's entry of the app is so."""
        self.window.show_values({**parse("", "").all(), LINKS: DesktopEntryStatus(state)})

    def press(self, name: str) -> None:
        """Press one of the buttons below."""
        button = self.window.findChild(QPushButton, name)
        assert button is not None
        assert button.isVisible()
        QTest.keyClick(button, Qt.Key.Key_Space)

    @property
    def state(self) -> str:
        """What is said of the first entry."""
        label = self.window.findChild(QLabel, "first-state")
        assert label is not None
        return label.text()

    @property
    def step(self) -> int:
        """Which step is shown, from 1."""
        return int(self.window.windowTitle().partition("(")[2][0])


@pytest.fixture
def world(qtbot: QtBot) -> Iterator[World]:
    """At the first step."""
    world = World()
    qtbot.addWidget(world.window)
    yield world
    world.window.close()


def test_there_and_back(world: World, qtbot: QtBot) -> None:
    assert (world.step, world.entered) == (1, [Service.TIMECROWD])
    world.press("next")
    world.press("back")
    world.press("skip")
    world.press("skip")
    assert world.step == 3
    with qtbot.waitSignal(world.window.finished):
        world.press("next")
    assert not world.window.isVisible()
    world.window.open(Service.KAITEN)
    assert world.step == 2


def test_it_is_closed_only_where_somebody_closes_it(world: World, qtbot: QtBot) -> None:
    """Wayland brings a window forward by hiding and showing it."""
    with qtbot.assertNotEmitted(world.window.closed):
        world.window.hide()
        world.window.show()
    with qtbot.waitSignal(world.window.closed):
        QTest.keyClick(world.window, Qt.Key.Key_Escape)


def _offer(world: World) -> str:
    """The sentence about the menu, "" while it is not seen."""
    label = world.window.findChild(QLabel, "menu-offer")
    assert label is not None
    return label.text() if label.isVisible() else ""


def test_the_menu_is_offered_where_the_desktop_does_not_know_the_app(world: World) -> None:
    world.press("skip")
    world.press("skip")
    for state in DesktopEntryState:
        world.show_entry(state)
        assert bool(_offer(world)) is (state is DesktopEntryState.OFF)
    world.show_entry(DesktopEntryState.OFF)
    assert "hot keys" in _offer(world)
    world.desktop.reason = "The disk is full."
    world.press("add-to-menu")
    assert _offer(world) == "The disk is full."
    world.desktop.reason = ""
    world.press("add-to-menu")
    assert world.desktop.wanted == [(LINKS, "on")] * 2
    world.show_entry(DesktopEntryState.ON)
    assert _offer(world).startswith("Timer App is in the menu now")


def test_a_typed_token_is_taken_before_the_next_step(world: World) -> None:
    QTest.keyClicks(world.forms[0].token, "canary-token")
    world.press("next")
    assert (world.step, world.account.wanted) == (1, [("token", "canary-token")])
    world.press("skip")
    assert world.step == 2


def test_an_address_that_will_not_do_holds_the_step(world: World) -> None:
    world.account.reason = "This is no address."
    world.press("skip")
    QTest.keyClicks(world.forms[1].address.line, "nonsense")
    world.press("next")
    assert world.step == 2
    assert world.forms[1].address.line.text() == "nonsense"


def test_a_token_goes_nowhere_while_its_address_will_not_do(world: World) -> None:
    form = world.forms[0]
    before = form.address.line.text()
    world.account.reason = "This is no address."
    form.address.line.setText("nonsense")
    form.token.setFocus()
    QTest.keyClicks(form.token, "canary-token")
    QTest.keyClick(form.token, Qt.Key.Key_Return)
    assert world.window.focusWidget() is form.address.line
    form.token.setFocus()
    world.press("next")
    assert world.window.focusWidget() is form.address.line
    assert ("token", "canary-token") not in world.account.wanted
    assert form.token.text() == "canary-token"
    form.address.line.setText(before)
    world.press("next")
    assert world.account.wanted[-1] == ("token", "canary-token")


def test_a_token_without_a_team_stops_once(world: World) -> None:
    form = world.forms[0]
    form.show_token(None)
    form.set_choices(TEAM, [Choice(7, "Mine"), Choice(8, "Others")])
    world.press("next")
    assert world.step == 1
    texts = [each.text() for each in form.findChildren(QLabel) if each.isVisible()]
    assert "Choose a team: without one nothing goes to TimeCrowd." in texts
    assert world.window.focusWidget() is form.lists[0].box
    world.press("next")
    assert world.step == 2


def test_a_token_with_a_team_goes_on_at_once(world: World) -> None:
    world.forms[0].show_token(None)
    world.window.show_values(parse("[timecrowd]\nteam_id = 7\n", "").all())
    world.press("next")
    assert world.step == 2


def test_the_last_step_says_what_is_not_set_up(world: World) -> None:
    world.press("skip")
    world.press("skip")
    world.window.show_view(replace(IDLE, unconfigured=(Service.TIMECROWD,)))
    assert world.state == "TimeCrowd is not set up: nothing goes there."
    world.window.show_view(replace(IDLE, unconfigured=()))
    assert world.state == ""


def test_the_last_step_says_which_token_is_missing(world: World) -> None:
    """An address or a team is there, from a command perhaps: deliveries would wait unseen."""
    world.window.show_view(replace(IDLE, unconfigured=()))
    world.forms[0].show_token(None)
    world.forms[1].show_token(KeyringProblem.EMPTY)
    world.window.show_values(parse("[timecrowd]\nteam_id = 7\n", "").all())
    world.press("skip")
    world.press("skip")
    assert world.state == "There is no token for Kaiten: what goes there waits."
    world.press("back")
    world.forms[1].show_token(None)
    world.press("next")
    assert world.state == ""


def test_a_token_of_somebody_in_no_team_says_so(world: World) -> None:
    form = world.forms[0]
    form.show_token(None)
    form.show_check(ServiceCheck(Service.TIMECROWD, account="Dana"))
    form.set_choices(TEAM, ())
    said = "You are in no team there. Join or create one in TimeCrowd, then check."
    texts = [each.text() for each in form.findChildren(QLabel) if each.isVisible()]
    assert any(said in text for text in texts)
    world.press("next")
    assert world.step == 1
    texts = [each.text() for each in form.findChildren(QLabel) if each.isVisible()]
    assert not any("Choose a team" in text for text in texts)
    form.set_choices(TEAM, [Choice(7, "Mine")])
    texts = [each.text() for each in form.findChildren(QLabel) if each.isVisible()]
    assert said not in texts


def test_the_first_entry_is_reported_honestly(world: World) -> None:
    world.press("skip")
    world.press("skip")
    assert world.state == "No service is set up: entries are kept here until one is."
    title = world.window.findChild(QLineEdit, "first-task")
    assert title is not None
    title.setText("\u200b")  # nobody sees it
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert world.noted.wanted == []
    title.clear()
    QTest.keyClicks(title, " tidy  up ")
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert world.noted.wanted == [("start", Task("tidy up"), "")]
    world.window.show_view(replace(running(Task("tidy up")), unconfigured=()))
    assert world.state == "“tidy up” runs."
    assert not title.isEnabled()
    offline = (ServiceLine(Service.KAITEN, Health.OFFLINE, 1),)
    for view, said in (
        (replace(IDLE, services=offline, waiting=1), "delivered by itself. Kaiten: no connection"),
        (replace(IDLE, waiting=1), "on its way"),
        (IDLE, "recorded and delivered."),
    ):
        world.window.show_view(view)
        assert said in world.state


# -- a token and its account


@pytest.fixture
def form(qtbot: QtBot) -> AccountForm:
    """TimeCrowd's form by itself, with nothing kept yet."""
    form = AccountForm(Service.TIMECROWD, Account(), "https://timecrowd.net")
    qtbot.addWidget(form)
    form.show_values(parse("", "").all())
    form.show()
    return form


def test_no_empty_field_stands_beside_a_token_that_works(form: AccountForm) -> None:
    new_token = form.findChildren(QPushButton, "timecrowd-new-token")[0]
    assert form.token.isVisible()
    form.show_token(None)
    form.show_check(ServiceCheck(Service.TIMECROWD, account="Dana"))
    said = form.findChildren(QLabel, "timecrowd-found")[0]
    assert (form.token.isVisible(), said.text()) == (False, "Connected as Dana.")
    new_token.click()
    assert form.token.isVisible()
    form.token.setText("half typed")
    form.show_token(None)  # somebody else looked
    assert form.token.isVisible()
    assert not new_token.isVisible()
    form.show_token(KeyringProblem.EMPTY)
    assert form.token.isVisible()


def test_the_way_to_a_token_is_opened_and_what_it_asks_for_is_copied(
    form: AccountForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    form.findChildren(QPushButton, "timecrowd-copy-uri")[0].click()
    form.findChildren(QPushButton, "timecrowd-open-page")[0].click()
    assert QGuiApplication.clipboard().text() == "urn:ietf:wg:oauth:2.0:oob"
    assert opened == [QUrl("https://timecrowd.net/oauth/applications")]
