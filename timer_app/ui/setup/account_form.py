"""A service's account: its address, the token, one call that checks both, and what is chosen there.

The same in the settings and in the first steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from timer_app.domain.service import Service
from timer_app.domain.setup.accounts import Choice
from timer_app.domain.setup.secrets import KeyringProblem
from timer_app.domain.setup.settings_schema import SETTINGS
from timer_app.domain.setup.typed_text import strip_invisible
from timer_app.domain.user_message import fill
from timer_app.services.setup.checks import ServiceCheck
from timer_app.ui.design.buttons import ButtonKind, set_kind
from timer_app.ui.design.surfaces import Ground, SettingsGroup, Surface
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import MEDIUM, SMALL, Scale
from timer_app.ui.flow_layout import FlowLayout
from timer_app.ui.plain_text import PlainLabel, spoken
from timer_app.ui.setup import account_wording as wording
from timer_app.ui.setup.setting_fields import RemoteIdField, SwitchField, TextField
from timer_app.ui.setup.settings.page import SettingsIntents
from timer_app.ui.window import SPACE, RichLabel, named
from timer_app.ui.wording import join_sentences, service_name

TEAM, CATEGORY, ROLE = "timecrowd.team_id", "timecrowd.category_id", "kaiten.role_id"
SWITCHES = {
    Service.TIMECROWD: ("timecrowd.follow_devices", "timecrowd.comments"),
    Service.KAITEN: ("kaiten.reference",),
}
EMPLOYEE = Choice(-1, "Employee")
"""Kaiten's own role, which everybody has."""


_GROUNDS = {Tone.NORMAL: Ground.PLAIN, Tone.GOOD: Ground.GOOD, Tone.DANGER: Ground.DANGER}


class TokenSaveResult(Enum):
    """What became of a token that was typed."""

    SAVED = "kept"
    NOT_SAVED = "not kept"
    SAVED_UNCHECKED = "kept, though the service could not be asked"


class AccountIntents(SettingsIntents, Protocol):
    """What a person can want here. None of these blocks; answers come by the form's `show_…`."""

    def save_token(self, token: str) -> None:
        """Try it with one call, and put it into the keyring unless the service refuses it."""
        ...

    def delete_token(self) -> None:
        """Take it out of the keyring."""
        ...

    def check(self) -> None:
        """Ask the service who we are, and for its lists."""
        ...

    def stop(self) -> None:
        """Never mind what is being asked."""
        ...


class AccountForm(SettingsGroup):
    """One service's. `default_address` is its address unless another is typed, "" for none."""

    def __init__(self, service: Service, intents: AccountIntents, default_address: str) -> None:
        super().__init__()
        self.service = service
        self._intents = intents
        self._default_address = default_address
        self._busy = False
        self._submitted = ""
        self._state: KeyringProblem | None = KeyringProblem.EMPTY
        self._was_asked = False
        self._check: ServiceCheck | None = None
        self._save_result: TokenSaveResult | None = None
        self._no_list = self._has_no_team = False
        self.address = TextField(SETTINGS[f"{service.value}.url"], intents)
        self._instructions = RichLabel()  # what is filled in is escaped
        self._token_label = PlainLabel()
        self.token = QLineEdit()
        self._keep = named(QPushButton(), f"{service.value}-keep")
        self._forget = named(QPushButton(), f"{service.value}-forget")
        self._new_token = named(QPushButton(), f"{service.value}-new-token")
        self._token_part = QWidget()
        self._is_brief = self._wants_new_token = False
        self._copy = named(QPushButton(), f"{service.value}-copy-uri")
        self._open = named(QPushButton(), f"{service.value}-open-page")
        self._token_status = Text(Scale.SMALL, Tone.MUTED)
        self._ask = named(QPushButton(), f"{service.value}-check")
        self._check_result = spoken(Text())
        self._result = Surface(Ground.NONE)
        self.lists = self._make_lists(service, intents)
        self.switches = [SwitchField(SETTINGS[key], intents) for key in SWITCHES[service]]
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def has_typed_token(self) -> bool:
        """Whether the field holds a token that is not saved."""
        return bool(strip_invisible(self.token.text()))

    @property
    def is_busy(self) -> bool:
        """Whether keyring or service are being asked."""
        return self._busy

    def selected_id(self, key: str) -> str:
        """What is set of a list, "" for nothing."""
        return next((each.value for each in self.lists if each.key == key), "")

    @property
    def lacks_team(self) -> bool:
        """Whether a token is kept, and yet nothing goes to TimeCrowd for want of a team."""
        has_teams = any(each.key == TEAM for each in self.lists)
        return has_teams and self._state is None and not self.selected_id(TEAM)

    def ask_for_team(self) -> None:
        """Go to the list of teams, and say why."""
        for each in self.lists:
            if each.key == TEAM:
                choose = self.tr("Choose a team: without one nothing goes to TimeCrowd.")
                each.show_error(self._no_team_sentence() if self._has_no_team else choose)
                each.box.setFocus()

    @property
    def lacks_token(self) -> bool:
        """Whether the keyring was asked, and no token is kept."""
        return self._was_asked and self._state is KeyringProblem.EMPTY

    def _no_team_sentence(self) -> str:
        return self.tr("You are in no team there. Join or create one in TimeCrowd, then check.")

    def be_brief(self) -> None:
        """Ask for one thing after another, as the first steps do; the settings have the rest."""
        self._is_brief = True
        self.be_bare()
        self._result.layout().setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)  # type: ignore[union-attr]
        self.address.setVisible(not self._default_address)
        for switch in self.switches:
            switch.hide()
        self._show_check_result()

    def ask_for_token(self) -> None:
        """Have a token typed, also in place of one that is kept."""
        self._wants_new_token = True
        self._show_parts()
        self.token.setFocus(Qt.FocusReason.OtherFocusReason)

    # What it shows

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are."""
        self.address.show_setting(values)
        for each in self.lists:
            each.show_setting(values)
        for switch in self.switches:
            switch.show_setting(values)
        self._write_how()

    def show_busy(self, *, busy: bool) -> None:
        """Somebody is being asked, or nobody is any more."""
        self._busy = busy
        if not busy:
            self._submitted = ""
        else:
            self._check = self._save_result = None
            self._no_list = self._has_no_team = False
        self._show_check_result()

    def show_token(self, state: KeyringProblem | None) -> None:
        """Whether a token is kept: None for yes, else why not."""
        self._state, self._was_asked = state, True
        self._token_status.setText(wording.token_status(state))
        self._enable()
        self._show_parts()

    def show_check(self, check: ServiceCheck, save_result: TokenSaveResult | None = None) -> None:
        """What the service said, and what became of the token that was typed."""
        self._check, self._save_result = check, save_result
        if save_result is TokenSaveResult.NOT_SAVED:
            self._submitted = ""  # may be tried again
        elif save_result is not None:
            self._wants_new_token = False
        self._show_check_result()

    def clear_token(self) -> None:
        """It is kept, and not shown again. Another one that was typed meanwhile stays."""
        if strip_invisible(self.token.text()) == self._submitted:
            self.token.clear()
        self._show_parts()

    def set_choices(self, key: str, choices: Sequence[Choice]) -> None:
        """The list of a setting."""
        for each in self.lists:
            if each.key == key:
                each.set_choices(choices)
                if key == TEAM and choices and self._has_no_team:
                    each.show_error("")
        if key == TEAM:
            self._has_no_team = not choices
            self._show_check_result()

    def show_list_unavailable(self) -> None:
        """A list could not be had."""
        self._no_list = True
        self._show_check_result()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        name = service_name(self.service)
        self.address.retranslate()
        self.address.line.setAccessibleName(fill(self.tr("Address of %1"), name))
        self.address.line.setPlaceholderText(self._default_address or "https://company.kaiten.ru")
        self._token_label.setText(self.tr("T&oken"))
        self.token.setAccessibleName(fill(self.tr("Token of %1"), name))
        self._keep.setText(self.tr("Check and keep"))
        self._keep.setAccessibleName(fill(self.tr("Check and keep the token of %1"), name))
        self._copy.setText(self.tr("Copy the redirect URI"))
        self._open.setText(self.tr("Open the page"))
        self._open.setAccessibleName(fill(self.tr("Open the page of %1 for tokens"), name))
        self._new_token.setText(self.tr("New token…"))
        self._new_token.setAccessibleName(fill(self.tr("Enter a new token of %1"), name))
        self._forget.setText(self.tr("Forget"))
        self._forget.setAccessibleName(fill(self.tr("Forget the token of %1"), name))
        self._token_status.setText(wording.token_status(self._state))
        self._write_lists()
        self._write_how()
        self._show_check_result()

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _write_lists(self) -> None:
        number = self.tr("Choose from the list, or type its number.")
        none = {TEAM: self.tr("None: nothing goes to TimeCrowd"), CATEGORY: self.tr("None")}
        for each in self.lists:
            each.set_list_texts(none.get(each.key, ""), number)
            each.retranslate()
        for switch in self.switches:
            switch.retranslate()

    def _write_how(self) -> None:
        address = self.address.line.text().strip()
        self._instructions.setText(wording.token_instructions(self.service, address))
        self._instructions.setVisible(bool(self._instructions.text()))
        self._open.setVisible(bool(address))
        self._copy.setVisible(bool(address) and self.service is Service.TIMECROWD)

    def _show_check_result(self) -> None:
        sentences = [wording.check_result(self._check)] if self._check else []
        if self._save_result is TokenSaveResult.NOT_SAVED:
            sentences.append(wording.token_not_saved())
        elif self._save_result is TokenSaveResult.SAVED_UNCHECKED:
            sentences.append(wording.token_saved_unchecked())
        if self._busy:
            sentences = [wording.asking_service(self.service)]
        elif self._no_list and not (self._check and self._check.connection_problem):
            sentences.append(wording.list_unavailable())
        elif self._has_no_team and self._check and not self._check.connection_problem:
            sentences.append(self._no_team_sentence())
        self._check_result.set_tone(self._tone)
        self._check_result.setText(join_sentences(*sentences))
        self._result.setVisible(bool(sentences))
        if self._is_brief:
            self._result.set_ground(_GROUNDS[self._tone])
        self._enable()
        self._show_parts()

    @property
    def _tone(self) -> Tone:
        """Whether the check was good, or what it found must be mended."""
        if self._busy or self._check is None:
            return Tone.NORMAL
        return Tone.DANGER if self._check.connection_problem else Tone.GOOD

    def _show_parts(self) -> None:
        """No empty field beside a token that is kept; no list before there is one to ask for."""
        is_kept = self._state is None
        wants = self._wants_new_token or self.has_typed_token or not is_kept
        self._token_part.setVisible(wants)
        self._new_token.setVisible(not wants)
        self._forget.setVisible(is_kept)
        self._ask.setVisible(is_kept or self._busy or not self._is_brief)
        is_connected = self._check is not None and self._check.connection_problem is None
        self._token_status.setVisible(not (is_kept and is_connected))
        for each in self.lists:
            each.setVisible(is_kept or is_connected or not self._is_brief)

    def _enable(self) -> None:
        self._keep.setEnabled(self.has_typed_token and not self._is_submitted)
        self._forget.setEnabled(self._state is None and not self._busy)
        name = service_name(self.service)
        self._ask.setText(self.tr("Stop") if self._busy else self.tr("Check now"))
        asked = self.tr("Stop asking %1") if self._busy else self.tr("Check %1 now")
        self._ask.setAccessibleName(fill(asked, name))

    # What the person does

    def submit_token(self) -> None:
        """Have the typed token kept, once; whatever else is being asked gives way to it."""
        if self.has_typed_token and not self._is_submitted:
            self.address.apply()
            if self.address.is_wrong:  # it would go to the address of before
                self.address.line.setFocus()
                return
            token = strip_invisible(self.token.text())
            self._intents.save_token(token)
            self._submitted = token if self._busy else ""
            self._enable()

    @property
    def _is_submitted(self) -> bool:
        """Whether just this token is being tried and kept."""
        return self.has_typed_token and strip_invisible(self.token.text()) == self._submitted

    def _copy_redirect_uri(self) -> None:
        QGuiApplication.clipboard().setText(wording.REDIRECT_URI)

    def _open_token_page(self) -> None:
        address = self.address.line.text().strip()
        QDesktopServices.openUrl(QUrl(wording.token_page(self.service, address)))

    def _on_check_pressed(self) -> None:
        if self._busy:
            self._intents.stop()
        else:
            self._intents.check()

    # Making

    def _make_lists(self, service: Service, intents: AccountIntents) -> tuple[RemoteIdField, ...]:
        keys = {Service.TIMECROWD: (TEAM, CATEGORY), Service.KAITEN: (ROLE,)}[service]
        lists = tuple(RemoteIdField(SETTINGS[key], intents) for key in keys)
        if service is Service.KAITEN:
            lists[0].set_choices([EMPLOYEE])
        return lists

    def _lay_out(self) -> None:
        self._instructions.setOpenExternalLinks(True)
        self._instructions.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        for label in (self._token_status, self._check_result):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setObjectName(f"{self.service.value}-token")
        self._check_result.setObjectName(f"{self.service.value}-found")
        self._token_status.setObjectName(f"{self.service.value}-kept")
        self._token_label.setBuddy(self.token)
        set_kind(self._keep, ButtonKind.PRIMARY)
        set_kind(self._forget, ButtonKind.QUIET)
        for button in (self._keep, self._forget, self._ask, self._new_token):
            button.setAutoDefault(False)
        self._lay_out_token()
        rows = (self.address, self._account_part(), *self.lists, *self.switches)
        for each in rows:
            self.add(each)

    def _account_part(self) -> QWidget:
        """The token, what came of it, and what can be done with it."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._token_part)
        result = QVBoxLayout(self._result)
        result.setContentsMargins(0, 0, 0, 0)
        result.addWidget(self._check_result)
        column.addWidget(self._result)
        column.addWidget(self._token_status)
        acts = FlowLayout(SPACE)
        for button in (self._ask, self._new_token, self._forget):
            acts.addWidget(button)
        column.addLayout(acts)
        return part

    def _lay_out_token(self) -> None:
        token = QVBoxLayout(self._token_part)
        token.setContentsMargins(0, 0, 0, 0)
        token.setSpacing(SPACE // 2)
        token.addWidget(self._token_label)
        token.addLayout(_row(self.token, self._keep))
        token.addWidget(self._instructions)
        help_row = FlowLayout(SPACE)
        for button in (self._copy, self._open):
            button.setAutoDefault(False)
            help_row.addWidget(button)
        token.addLayout(help_row)

    def _connect(self) -> None:
        self.token.textChanged.connect(self._enable)
        self.token.returnPressed.connect(self.submit_token)
        self.address.line.textChanged.connect(self._write_how)
        self._keep.clicked.connect(self.submit_token)
        self._forget.clicked.connect(self._intents.delete_token)
        self._ask.clicked.connect(self._on_check_pressed)
        self._copy.clicked.connect(self._copy_redirect_uri)
        self._open.clicked.connect(self._open_token_page)
        self._new_token.clicked.connect(self.ask_for_token)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    for widget in widgets:
        row.addWidget(widget, int(isinstance(widget, QLineEdit)))
    if len(widgets) == 1:
        row.addStretch(1)
    return row
