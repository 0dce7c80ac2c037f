"""A service's account: its address, the token, one call that checks both, and what is chosen there.

The same in the settings and in the first steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from timer_app.domain.delivery import Service
from timer_app.services.checking import Check
from timer_app.services.ports import Choice, KeyringTrouble
from timer_app.ui.settings import account_wording as wording
from timer_app.ui.settings.fields import NumberSetting, SwitchSetting, TextSetting
from timer_app.ui.window import SPACE, Sentences
from timer_app.ui.wording import filled, joined, service_name

TEAM, CATEGORY, ROLE = "timecrowd.team_id", "timecrowd.category_id", "kaiten.role_id"
FOLLOW = "timecrowd.follow_devices"
EMPLOYEE = Choice(-1, "Employee")
"""Kaiten's own role, which everybody has."""


class TokenFate(Enum):
    """What became of a token that was typed."""

    KEPT = "kept"
    NOT_KEPT = "not kept"
    KEPT_UNCHECKED = "kept, though the service could not be asked"


class AccountIntents(Protocol):
    """What a person can want here. None of these blocks; answers come by the form's `show_…`."""

    def change(self, key: str, typed: str) -> str:
        """Set a setting; "" or the reason why not."""
        ...

    def keep_token(self, token: str) -> None:
        """Try it with one call, and put it into the keyring unless the service refuses it."""
        ...

    def forget_token(self) -> None:
        """Take it out of the keyring."""
        ...

    def check(self) -> None:
        """Ask the service who we are, and for its lists."""
        ...

    def stop(self) -> None:
        """Never mind what is being asked."""
        ...


class AccountForm(QWidget):
    """One service's. `usual` is its address unless another is typed, "" for none."""

    def __init__(self, service: Service, intents: AccountIntents, usual: str) -> None:
        super().__init__()
        self.service = service
        self._intents = intents
        self._usual = usual
        self._busy = False
        self._state: KeyringTrouble | None = KeyringTrouble.EMPTY
        self._check: Check | None = None
        self._fate: TokenFate | None = None
        self._no_list = False
        self.address = TextSetting(f"{service.value}.url", intents, self._kept_address)
        self._how = Sentences()
        self._token_label = QLabel()
        self.token = QLineEdit()
        self._keep = QPushButton()
        self._forget = QPushButton()
        self._kept = Sentences()
        self._ask = QPushButton()
        self._found = Sentences()
        self.lists = self._make_lists(service, intents)
        self.follow = SwitchSetting(FOLLOW, intents) if service is Service.TIMECROWD else None
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def has_typed_token(self) -> bool:
        """Whether a token stands there that is not kept."""
        return bool(self.token.text().strip())

    @property
    def is_busy(self) -> bool:
        """Whether keyring or service are being asked."""
        return self._busy

    def number(self, key: str) -> str:
        """What is set of a list, "" for nothing."""
        return next((each.value for each in self.lists if each.key == key), "")

    # What it shows

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are."""
        self.address.show_value(str(values[self.address.key]))
        for each in self.lists:
            value = values[each.key]
            each.show_value("" if value is None else str(value))
        if self.follow is not None:
            self.follow.show_value("true" if values[FOLLOW] else "false")
        self._write_how()

    def show_busy(self, *, busy: bool) -> None:
        """Somebody is being asked, or nobody is any more."""
        self._busy = busy
        if busy:
            self._check = self._fate = None
            self._no_list = False
        self._write_found()

    def show_token(self, state: KeyringTrouble | None) -> None:
        """Whether a token is kept: None for yes, else why not."""
        self._state = state
        self._kept.setText(wording.kept(state))
        self._enable()

    def show_check(self, check: Check, fate: TokenFate | None = None) -> None:
        """What the service said, and what became of the token that was typed."""
        self._check, self._fate = check, fate
        self._write_found()

    def clear_token(self) -> None:
        """It is kept: it is not shown again."""
        self.token.clear()

    def offer(self, key: str, choices: Sequence[Choice]) -> None:
        """The list of a setting."""
        for each in self.lists:
            if each.key == key:
                each.offer(choices)

    def show_no_list(self) -> None:
        """A list could not be had."""
        self._no_list = True
        self._write_found()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        name = service_name(self.service)
        self.address.write(self.tr("&Address"), self._address_hint())
        self.address.line.setAccessibleName(filled(self.tr("Address of %1"), name))
        self.address.line.setPlaceholderText(self._usual or "https://company.kaiten.ru")
        self._token_label.setText(self.tr("T&oken"))
        self.token.setAccessibleName(filled(self.tr("Token of %1"), name))
        self._keep.setText(self.tr("Check and keep"))
        self._keep.setAccessibleName(filled(self.tr("Check and keep the token of %1"), name))
        self._forget.setText(self.tr("Forget"))
        self._forget.setAccessibleName(filled(self.tr("Forget the token of %1"), name))
        self._kept.setText(wording.kept(self._state))
        self._write_lists()
        self._write_how()
        self._write_found()

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def _write_lists(self) -> None:
        number = self.tr("Choose from the list, or type its number.")
        for each in self.lists:
            match each.key:
                case key if key == TEAM:
                    none, name = self.tr("None: nothing goes to TimeCrowd"), self.tr("Tea&m")
                    hint = self.tr("Whose entries yours become.")
                case key if key == CATEGORY:
                    none, name = self.tr("None"), self.tr("Cate&gory")
                    hint = self.tr("Where tasks are made that TimeCrowd does not know yet.")
                case _:
                    none, name, hint = "", self.tr("&Role"), self.tr("Under which time is logged.")
            each.write_words(none, number)
            each.write(name, hint)
        if self.follow is not None:
            self.follow.write(
                self.tr("Follow what other devices start and stop"),
                self.tr("TimeCrowd is asked now and then what runs."),
            )

    def _address_hint(self) -> str:
        if self.service is Service.TIMECROWD:
            return ""
        return self.tr("Your company's, as the browser shows it. Empty: nothing goes to Kaiten.")

    def _write_how(self) -> None:
        address = self.address.line.text().strip()
        self._how.setText(wording.how(self.service, address))
        self._how.setVisible(bool(self._how.text()))

    def _write_found(self) -> None:
        said = [wording.found(self._check)] if self._check else []
        if self._fate is TokenFate.NOT_KEPT:
            said.append(wording.not_kept())
        elif self._fate is TokenFate.KEPT_UNCHECKED:
            said.append(wording.kept_unchecked())
        if self._busy:
            said = [wording.asking(self.service)]
        elif self._no_list and not (self._check and self._check.obstacle):
            said.append(wording.no_list())
        self._found.setText(joined(*said))
        self._found.setVisible(bool(said))
        self._enable()

    def _enable(self) -> None:
        self._keep.setEnabled(self.has_typed_token and not self._busy)
        self._forget.setEnabled(self._state is None and not self._busy)
        name = service_name(self.service)
        self._ask.setText(self.tr("Stop") if self._busy else self.tr("Check now"))
        asked = self.tr("Stop asking %1") if self._busy else self.tr("Check %1 now")
        self._ask.setAccessibleName(filled(asked, name))

    # What the person does

    def keep(self) -> None:
        """Have the typed token kept."""
        if self.has_typed_token and not self._busy:
            self.address.take()
            self._intents.keep_token(self.token.text().strip())

    def _press_ask(self) -> None:
        if self._busy:
            self._intents.stop()
        else:
            self._intents.check()

    def _kept_address(self, typed: str) -> str:
        return typed.strip() or self._usual

    # Making

    def _make_lists(self, service: Service, intents: AccountIntents) -> tuple[NumberSetting, ...]:
        keys = {Service.TIMECROWD: (TEAM, CATEGORY), Service.KAITEN: (ROLE,)}[service]
        lists = tuple(NumberSetting(key, intents) for key in keys)
        if service is Service.KAITEN:
            lists[0].offer([EMPLOYEE])
        return lists

    def _lay_out(self) -> None:
        self._how.setTextFormat(Qt.TextFormat.RichText)  # what is filled in is escaped
        self._how.setOpenExternalLinks(True)
        self._how.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        for said in (self._kept, self._found):
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setObjectName(f"{self.service.value}-token")
        self._found.setObjectName(f"{self.service.value}-found")
        self._kept.setObjectName(f"{self.service.value}-kept")
        self._token_label.setBuddy(self.token)
        for button in (self._keep, self._forget, self._ask):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.address)
        token = QVBoxLayout()
        token.setSpacing(SPACE // 2)
        token.addWidget(self._token_label)
        token.addLayout(_row(self.token, self._keep, self._forget))
        token.addWidget(self._how)
        token.addWidget(self._kept)
        column.addLayout(token)
        column.addLayout(_row(self._ask))
        column.addWidget(self._found)
        for each in self.lists:
            column.addWidget(each)
        if self.follow is not None:
            column.addWidget(self.follow)

    def _connect(self) -> None:
        self.token.textChanged.connect(self._enable)
        self.token.returnPressed.connect(self.keep)
        self.address.line.textChanged.connect(self._write_how)
        self._keep.clicked.connect(self.keep)
        self._forget.clicked.connect(self._intents.forget_token)
        self._ask.clicked.connect(self._press_ask)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    for widget in widgets:
        row.addWidget(widget, int(isinstance(widget, QLineEdit)))
    if len(widgets) == 1:
        row.addStretch(1)
    return row
