"""The page of networks: what it shows, what a person's keys and clicks make of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from timer_app.domain.messages import ConnectionProblemKind
from timer_app.domain.service import Service
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.setting_change import SettingChange, SettingKept, SettingRefused
from timer_app.ui.setup import network_wording
from timer_app.ui.setup.settings.network_page import NetworkPage

PASSWORD = "canary pass wörd"
Key = Qt.Key
W = TypeVar("W", bound=QWidget)


@dataclass
class Wanted:
    """Implements NetworkIntents: notes what is wanted. `refuses` is why nothing is changed."""

    refuses: str = ""
    wanted: list[tuple[str, ...]] = field(default_factory=list)

    def change(self, key: str, typed: str) -> SettingChange:
        """See SettingsIntents."""
        self.wanted.append((key, typed))
        return SettingRefused(self.refuses) if self.refuses else SettingKept(typed)

    def save_proxy_password(self, password: str) -> None:
        """See NetworkIntents."""
        self.wanted.append(("keep", password))

    def delete_proxy_password(self) -> None:
        """See NetworkIntents."""
        self.wanted.append(("forget",))

    def check_services(self) -> None:
        """See NetworkIntents."""
        self.wanted.append(("check",))

    def stop_checking(self) -> None:
        """See NetworkIntents."""
        self.wanted.append(("stop",))

    def take(self) -> list[tuple[str, ...]]:
        """What was wanted since the last call."""
        wanted, self.wanted = self.wanted, []
        return wanted


@pytest.fixture
def wanted() -> Wanted:
    """Who notes what is wanted."""
    return Wanted()


@pytest.fixture
def page(qtbot: QtBot, wanted: Wanted) -> NetworkPage:
    """The page, open, with settings of nobody."""
    page = NetworkPage(wanted)
    qtbot.addWidget(page)
    page.show_values({"network.proxy": "", "network.ca_file": ""})
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    return page


def _line(page: QWidget, name: str) -> QLineEdit:
    return _child(page, QLineEdit, name)


def _text(page: QWidget, name: str) -> str:
    """A label as a person reads it, "" while it is hidden."""
    label = _child(page, QLabel, name)
    if not label.isVisible():
        return ""
    document = QTextDocument()
    if label.textFormat() is Qt.TextFormat.RichText:
        document.setHtml(label.text())
    else:
        document.setPlainText(label.text())
    return document.toPlainText()


def _click(page: QWidget, name: str) -> None:
    button = page.findChild(QPushButton, name) or page.findChild(QRadioButton, name)
    assert button is not None
    assert button.isEnabled()
    button.click()


def _type(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Key.Key_Return)


def _child(page: QWidget, kind: type[W], name: str) -> W:
    found = page.findChild(kind, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("address", "chosen", "kind", "shown", "user"),
    [
        ("", "system_proxy", "http://", "", ""),
        ("none", "no_proxy", "http://", "", ""),
        ("http://proxy.example:3128", "this_proxy", "http://", "proxy.example:3128", ""),
        ("socks5h://d%40corp@p:1", "this_proxy", "socks5://", "p:1", "d@corp"),
        ("https://[2001:db8::1]:8443/", "this_proxy", "https://", "[2001:db8::1]:8443", ""),
    ],
)
def test_it_shows_what_is_set(
    page: NetworkPage, wanted: Wanted, address: str, chosen: str, kind: str, shown: str, user: str
) -> None:
    page.show_values({"network.proxy": address, "network.ca_file": "/etc/company.pem"})
    assert _child(page, QRadioButton, chosen).isChecked()
    assert _child(page, QComboBox, "proxy_kind").currentText() == kind
    assert (_line(page, "proxy_address").text(), _line(page, "proxy_user").text()) == (shown, user)
    assert _line(page, "ca_file").text() == "/etc/company.pem"
    assert _line(page, "proxy_address").isEnabled() is (chosen == "this_proxy")
    assert wanted.take() == []  # showing changes nothing


def test_none_system_and_an_address_with_a_user(page: NetworkPage, wanted: Wanted) -> None:
    _click(page, "no_proxy")
    _click(page, "this_proxy")
    assert wanted.take() == [("network.proxy", "none")]  # there is no address yet
    assert _line(page, "proxy_address").hasFocus()
    _type(_line(page, "proxy_address"), "proxy.example:3128")
    assert wanted.take()[-1] == ("network.proxy", "http://proxy.example:3128")
    _type(_line(page, "proxy_user"), "CORP\\dana@x")
    assert wanted.take()[-1] == (
        "network.proxy", "http://CORP%5Cdana%40x@proxy.example:3128",
    )  # fmt: skip
    _child(page, QComboBox, "proxy_kind").setCurrentIndex(2)
    _child(page, QComboBox, "proxy_kind").activated.emit(2)
    assert wanted.take()[-1][1] == "socks5://CORP%5Cdana%40x@proxy.example:3128"
    _click(page, "system_proxy")
    assert wanted.take() == [("network.proxy", "")]


def test_a_whole_address_may_be_pasted(page: NetworkPage, wanted: Wanted) -> None:
    _click(page, "this_proxy")
    _type(_line(page, "proxy_address"), "https://dana@proxy.example:8443")
    assert wanted.take()[-1] == ("network.proxy", "https://dana@proxy.example:8443")
    assert _line(page, "proxy_user").text() == "dana"
    assert _line(page, "proxy_address").text() == "proxy.example:8443"


def test_why_not_is_said_until_it_is_right(page: NetworkPage, wanted: Wanted) -> None:
    wanted.refuses = "must be an address <of a proxy>"
    _click(page, "this_proxy")
    _type(_line(page, "proxy_address"), "what ever")
    assert _text(page, "proxy_error") == "must be an address <of a proxy>"
    _type(_line(page, "ca_file"), "/nowhere.pem")
    assert wanted.take()[-1] == ("network.ca_file", "/nowhere.pem")
    assert _text(page, "ca_error") == "must be an address <of a proxy>"
    wanted.refuses = ""
    _type(_line(page, "proxy_address"), "proxy.example")
    _type(_line(page, "ca_file"), "")
    assert _text(page, "proxy_error") == _text(page, "ca_error") == ""
    assert wanted.take()[-1] == ("network.ca_file", "")


def test_a_file_is_chosen_without_a_loop_of_its_own(
    qtbot: QtBot, page: NetworkPage, wanted: Wanted, tmp_path: Path
) -> None:
    _click(page, "choose_ca_file")
    dialog = _child(page, QFileDialog, "ca_file_dialog")
    dialog.fileSelected.emit(str(tmp_path / "company.pem"))
    assert wanted.take() == [("network.ca_file", str(tmp_path / "company.pem"))]
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()


@pytest.mark.parametrize("state", [None, *KeyringProblem])
def test_whether_a_password_is_kept(page: NetworkPage, state: KeyringProblem | None) -> None:
    page.show_password(state)
    assert _text(page, "password_state") == network_wording.password_status(state)
    assert _child(page, QPushButton, "forget_password").isEnabled() is (state is None)


def test_a_password_is_kept_and_forgotten(page: NetworkPage, wanted: Wanted) -> None:
    line = _line(page, "proxy_password")
    assert not _child(page, QPushButton, "keep_password").isEnabled()
    QTest.keyClicks(line, "x")
    line.setText(PASSWORD)
    assert PASSWORD not in line.displayText()
    _click(page, "keep_password")
    assert wanted.take() == [("keep", PASSWORD)]
    page.show_password(KeyringProblem.LOCKED)
    assert line.text() == PASSWORD  # to be tried again once it is unlocked
    page.show_password(None)
    assert line.text() == ""
    _click(page, "forget_password")
    assert wanted.take() == [("forget",)]
    _click(page, "no_proxy")
    assert not line.isEnabled()


def test_check_now_shows_a_line_for_each_and_can_be_stopped(
    page: NetworkPage, wanted: Wanted
) -> None:
    assert _text(page, "check_timecrowd") == ""
    _click(page, "check_now")
    assert wanted.take() == [("check",)]
    assert _text(page, "check_timecrowd") == "Asking TimeCrowd…"
    page.show_check(ServiceCheck(Service.KAITEN, account="Dana <Demo>", proxy="proxy.example"))
    assert _text(page, "check_kaiten") == (
        "Kaiten accepts the token of Dana <Demo>."
        " The connection goes through the proxy proxy.example."
    )
    _click(page, "check_now")
    assert wanted.take() == [("stop",)]
    page.show_checked()
    assert _text(page, "check_timecrowd") == ""
    assert "accepts" in _text(page, "check_kaiten")
    _click(page, "check_now")  # anew: what was found before is gone
    assert _text(page, "check_kaiten") == "Asking Kaiten…"


SAY_IT_ALL = {
    ConnectionProblemKind.NOT_SET_UP,
    ConnectionProblemKind.TOKEN_UNAVAILABLE,
    ConnectionProblemKind.PROXY_PASSWORD,
}
"""What is to be done is in their details, or plain."""


@pytest.mark.parametrize("at_proxy", [False, True])
@pytest.mark.parametrize("trouble", ConnectionProblemKind)
def test_each_trouble_has_its_words(
    page: NetworkPage,
    trouble: ConnectionProblemKind,
    at_proxy: bool,  # noqa: FBT001 - a column
) -> None:
    connection_problem = ConnectionProblem(
        trouble, "a.example", at_proxy=at_proxy, detail="in its words"
    )
    page.show_check(ServiceCheck(Service.KAITEN, connection_problem))
    said = _text(page, "check_kaiten")
    assert said.startswith("Kaiten: ")
    assert "%" not in said
    assert trouble in SAY_IT_ALL or len(said.splitlines()) == 2


def test_each_reason_of_the_keyring_has_its_words() -> None:
    # Nobody reads that of a quit app, whose windows are gone: it says what one that failed says.
    shown = {*KeyringProblem, None} - {KeyringProblem.QUIT}
    assert len({network_wording.password_status(each) for each in shown}) == len(shown)


def test_a_clock_that_is_off_is_reported_though_the_token_is_good(page: NetworkPage) -> None:
    page.show_check(ServiceCheck(Service.KAITEN, account="Dana", skew=timedelta(seconds=-200)))
    assert "differs from the service's by 3 min 20 s" in _text(page, "check_kaiten")
    assert "set its clock" in _text(page, "check_kaiten")


def test_everything_has_a_name_and_is_reached_by_tab(page: NetworkPage) -> None:
    _child(page, QRadioButton, "this_proxy").click()
    page.show_password(None)
    _line(page, "proxy_password").setText("x")
    kinds = (QLineEdit, QPushButton, QRadioButton)
    controls = {each for kind in kinds for each in page.findChildren(kind) if each.isVisible()}
    for each in controls:
        interface = QAccessible.queryAccessibleInterface(each)
        assert interface.text(QAccessible.Text.Name), each.objectName()
    reached: set[QWidget | None] = set()
    _child(page, QRadioButton, "this_proxy").setFocus()
    for _ in range(40):
        reached.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget() or page, Key.Key_Tab)
    not_reached = {each.objectName() for each in controls - reached}
    assert not_reached <= {"system_proxy", "no_proxy"}  # by the arrow keys, like everywhere


def test_a_long_text_is_whole(qtbot: QtBot, page: NetworkPage) -> None:
    page.resize(380, 500)
    page.show_check(
        ServiceCheck(
            Service.KAITEN,
            ConnectionProblem(ConnectionProblemKind.CA_FILE, "/a/long/way/" * 12, detail="x"),
        )
    )
    label = _child(page, QLabel, "check_kaiten")
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))


def test_a_change_of_language_is_followed(page: NetworkPage) -> None:
    button = _child(page, QPushButton, "check_now")
    button.setText("Jetzt prüfen")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert button.text() == "&Check now"
    assert page.title == "Network"
    assert page.objectName() == "network_page"
