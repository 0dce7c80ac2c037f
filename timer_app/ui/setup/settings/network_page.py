"""The settings page of networks: proxy, extra certificates, and whether services are reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.services.setup.checks import ServiceCheck
from timer_app.services.setup.setting_change import SettingRefused
from timer_app.ui.plain_text import PlainLabel, spoken
from timer_app.ui.setup import network_wording
from timer_app.ui.setup.settings.page import SettingsIntents, SettingsPage
from timer_app.ui.window import SPACE, WrappedLabel, named
from timer_app.ui.wording import service_name

PROXY, CA_FILE = "network.proxy", "network.ca_file"
_NONE = "none"
_KINDS = ("http", "https", "socks5")


class NetworkIntents(SettingsIntents, Protocol):
    """What a person can want here. None of these blocks; answers come by the page's `show_…`."""

    def save_proxy_password(self, password: str) -> None:
        """Put it into the keyring; `show_password` shows the result."""
        ...

    def delete_proxy_password(self) -> None:
        """Take it out of the keyring; `show_password` shows the result."""
        ...

    def check_services(self) -> None:
        """Ask each service; `show_check` shows each result, `show_checked` that all are asked."""
        ...

    def stop_checking(self) -> None:
        """Cancel the check; `show_checked` follows."""
        ...


class NetworkPage(SettingsPage):
    """Proxy, its login, extra certificates, and "Check now"."""

    def __init__(self, intents: NetworkIntents) -> None:
        super().__init__()
        self.setObjectName("network_page")
        self._intents = intents
        self._shown: tuple[str, str] | None = None
        self._checking = False
        self._checks: dict[Service, ServiceCheck] = {}
        self._password_state: KeyringProblem | None = KeyringProblem.EMPTY
        self._proxy_box = QGroupBox()
        self._system = named(QRadioButton(), "system_proxy")
        self._none = named(QRadioButton(), "no_proxy")
        self._custom_proxy = named(QRadioButton(), "this_proxy")
        self._kind = named(QComboBox(), "proxy_kind")
        self._kind.addItems([f"{kind}://" for kind in _KINDS])
        self._address = named(QLineEdit(), "proxy_address")
        self._user = named(QLineEdit(), "proxy_user")
        self._password = named(QLineEdit(), "proxy_password")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._keep = named(QPushButton(), "keep_password")
        self._forget = named(QPushButton(), "forget_password")
        self._password_status = _wrapped_label("password_state")
        self._proxy_error = _wrapped_label("proxy_error")
        self._trust_box = QGroupBox()
        self._trust_note = _wrapped_label("trust_note")
        self._ca_file = named(QLineEdit(), "ca_file")
        self._choose = named(QPushButton(), "choose_ca_file")
        self._ca_error = _wrapped_label("ca_error")
        self._check_box = QGroupBox()
        self._check = named(QPushButton(), "check_now")
        self._lines = {each: spoken(_wrapped_label(f"check_{each.value}")) for each in Service}
        self._labels = [PlainLabel() for _ in range(4)]
        self._lay_out()
        self._connect()
        self.retranslate()
        self._enable()

    @property
    def title(self) -> str:
        """What the page is called in the window's list."""
        return self.tr("Network")

    # What it shows

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings; keys as in the settings file."""
        address, ca_file = str(values.get(PROXY, "")), str(values.get(CA_FILE, ""))
        if (address, ca_file) == self._shown:
            return  # something may be half typed
        self._shown = (address, ca_file)
        chosen = {"": self._system, _NONE: self._none}.get(address, self._custom_proxy)
        chosen.setChecked(True)
        if chosen is self._custom_proxy:
            self._show_address(address)
        self._ca_file.setText(ca_file)
        self._show_message(self._proxy_error, "")
        self._show_message(self._ca_error, "")
        self._enable()

    def show_password(self, state: KeyringProblem | None) -> None:
        """Whether the proxy's password is kept: None for yes, else why not."""
        self._password_state = state
        if state is None:
            self._password.clear()
        self._password_status.setText(network_wording.password_status(state))
        self._enable()

    def show_checking(self) -> None:
        """The services are being asked."""
        self._checking = True
        self._checks.clear()
        self._write_lines()
        self._enable()

    def show_check(self, check: ServiceCheck) -> None:
        """What one service said."""
        self._checks[check.service] = check
        self._write_lines()

    def show_checked(self) -> None:
        """Nobody is being asked any more."""
        self._checking = False
        self._write_lines()
        self._enable()

    def _show_address(self, address: str) -> None:
        parts = urlsplit(address)
        kind = parts.scheme.replace(
            "socks5h", "socks5"
        )  # they work alike: the proxy asks for names
        self._kind.setCurrentIndex(_KINDS.index(kind) if kind in _KINDS else 0)
        self._user.setText(unquote(parts.username or ""))
        self._address.setText(parts.netloc.rpartition("@")[2])

    def _write_lines(self) -> None:
        for service, line in self._lines.items():
            check = self._checks.get(service)
            if check is None:
                waiting = self.tr("Asking %1…").replace("%1", service_name(service))
                line.setText(waiting if self._checking else "")
            else:
                sentence, remedy = network_wording.check_result(check)
                line.setText(_lines(sentence, remedy))
            line.setVisible(bool(line.text()))

    def _show_message(self, label: PlainLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _enable(self) -> None:
        this = self._custom_proxy.isChecked()
        for each in (self._kind, self._address, self._user):
            each.setEnabled(this)
        login = not self._none.isChecked()
        self._password.setEnabled(login)
        self._keep.setEnabled(login and bool(self._password.text()))
        self._forget.setEnabled(self._password_state is None)
        self._check.setText(self.tr("&Stop") if self._checking else self.tr("&Check now"))

    # What the person does

    def _change_proxy_mode(self) -> None:
        self._enable()
        if self._system.isChecked():
            self._change_proxy("")
        elif self._none.isChecked():
            self._change_proxy(_NONE)
        elif self._address.text().strip():
            self._change_address()
        else:
            self._show_message(self._proxy_error, "")
            self._address.setFocus()

    def _change_address(self) -> None:
        """Take the address as it is written now. A kind that was pasted with it counts."""
        typed = self._address.text().strip()
        if not self._custom_proxy.isChecked() or not typed:
            return
        kind, separator, rest = typed.partition("://")
        if separator:
            self._show_address(f"{kind}://{rest}")
            typed = self._address.text()
        user = quote(self._user.text().strip(), safe="")
        scheme = _KINDS[self._kind.currentIndex()]
        self._change_proxy(f"{scheme}://{user + '@' if user else ''}{typed}")

    def _change_proxy(self, address: str) -> None:
        change = self._intents.change(PROXY, address)
        refused = change.reason if isinstance(change, SettingRefused) else ""
        self._show_message(self._proxy_error, refused)

    def _change_ca_file(self) -> None:
        change = self._intents.change(CA_FILE, self._ca_file.text().strip())
        if isinstance(change, SettingRefused):
            self._show_message(self._ca_error, change.reason)
        else:
            self._ca_file.setText(change.value)
            self._show_message(self._ca_error, "")

    def _choose_ca_file(self) -> None:
        dialog = named(QFileDialog(self, self.tr("Extra certificates")), "ca_file_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Certificates (*.pem *.crt *.cer)"), self.tr("All files (*)")]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take_ca_file)
        dialog.open()

    def _take_ca_file(self, name: str) -> None:
        self._ca_file.setText(name)
        self._change_ca_file()

    def _keep_password(self) -> None:
        if password := self._password.text():
            self._intents.save_proxy_password(password)

    def _press_check(self) -> None:
        if self._checking:
            self._intents.stop_checking()
        else:
            self.show_checking()
            self._intents.check_services()

    # How it is made

    def _connect(self) -> None:
        for each in (self._system, self._none, self._custom_proxy):
            each.clicked.connect(self._change_proxy_mode)
        self._kind.activated.connect(self._change_address)
        self._address.editingFinished.connect(self._change_address)
        self._user.editingFinished.connect(self._change_address)
        self._password.textChanged.connect(self._enable)
        self._password.returnPressed.connect(self._keep_password)
        self._keep.clicked.connect(self._keep_password)
        self._forget.clicked.connect(self._intents.delete_proxy_password)
        self._ca_file.editingFinished.connect(self._change_ca_file)
        self._choose.clicked.connect(self._choose_ca_file)
        self._check.clicked.connect(self._press_check)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setSpacing(SPACE)
        for box in (self._proxy_box, self._trust_box, self._check_box):
            whole.addWidget(box)
        whole.addStretch(1)
        self._lay_out_proxy()
        trust = QVBoxLayout(self._trust_box)
        trust.addWidget(self._trust_note)
        trust.addLayout(_row(self._ca_file, self._choose))
        trust.addWidget(self._ca_error)
        check = QVBoxLayout(self._check_box)
        check.setSpacing(SPACE)
        check.addLayout(_row(self._check))
        for line in self._lines.values():
            check.addWidget(line)
            line.hide()

    def _lay_out_proxy(self) -> None:
        column = QVBoxLayout(self._proxy_box)
        for each in (self._system, self._none, self._custom_proxy):
            column.addWidget(each)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        address, user, password, state = self._labels
        form.addRow(address, _row(self._kind, self._address))
        form.addRow(user, self._user)
        form.addRow(password, _row(self._password, self._keep, self._forget))
        form.addRow(state, self._password_status)
        column.addLayout(form)
        column.addWidget(self._proxy_error)
        address.setBuddy(self._address)
        user.setBuddy(self._user)
        password.setBuddy(self._password)

    def retranslate(self) -> None:
        """Write every text in the language of now."""
        self._proxy_box.setTitle(self.tr("Proxy"))
        self._system.setText(self.tr("The s&ystem's"))
        self._none.setText(self.tr("&None"))
        self._custom_proxy.setText(self.tr("T&his one:"))
        address, user, password, _ = self._labels
        address.setText(self.tr("&Address"))
        user.setText(self.tr("&User name"))
        password.setText(self.tr("&Password"))
        self._address.setPlaceholderText("proxy.example:3128")
        self._user.setPlaceholderText(self.tr("only if the proxy requires a login"))
        self._keep.setText(self.tr("&Keep"))
        self._forget.setText(self.tr("&Forget"))
        self._password_status.setText(network_wording.password_status(self._password_state))
        self._trust_box.setTitle(self.tr("Extra certificates"))
        self._trust_note.setText(
            self.tr(
                "A company that inspects connections has a certificate of its own (a PEM file). It"
                " is trusted in addition to those of the system."
            )
        )
        self._ca_file.setPlaceholderText(self.tr("none"))
        self._choose.setText(self.tr("Ch&oose…"))
        self._check_box.setTitle(self.tr("Services"))
        self._name_for_screen_readers()
        self._write_lines()
        self._enable()

    def _name_for_screen_readers(self) -> None:
        for widget, name in (
            (self._kind, self.tr("Kind of proxy")),
            (self._address, self.tr("Address of the proxy")),
            (self._user, self.tr("User name at the proxy")),
            (self._password, self.tr("Password at the proxy")),
            (self._keep, self.tr("Keep the proxy's password in the keyring")),
            (self._forget, self.tr("Forget the proxy's password")),
            (self._ca_file, self.tr("File with extra certificates")),
            (self._choose, self.tr("Choose the file with extra certificates")),
            (self._check, self.tr("Check whether the services can be reached")),
        ):
            widget.setAccessibleName(name)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _wrapped_label(name: str) -> PlainLabel:
    """A label that shows all of a long text, and that can be reached to be read or copied."""
    label = WrappedLabel()
    label.setObjectName(name)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    for widget in widgets:
        row.addWidget(widget)
    if len(widgets) == 1:
        row.addStretch(1)
    return row


def _lines(sentence: str, remedy: str) -> str:
    """What is the case, and in a line of its own what to do."""
    return "\n".join(each for each in (sentence, remedy) if each)
