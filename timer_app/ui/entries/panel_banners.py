"""What is not as it should be, as banners: one sentence, what it means, one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from timer_app.domain.service import Service
from timer_app.domain.user_message import fill
from timer_app.services.delivery.service_status import Health
from timer_app.services.setup.desktop_status import KeyringState
from timer_app.ui import wording
from timer_app.ui.design.surfaces import Banner, Ground
from timer_app.ui.design.tokens import LIST_HEIGHT, SMALL
from timer_app.ui.setup.network_wording import service_status_with_problem
from timer_app.ui.view import ServiceLine, View
from timer_app.ui.window import named

translate = QCoreApplication.translate  # by this name lupdate finds the texts


class Remedy(Enum):
    """What the button of a banner does."""

    CLOSE_ALERT = auto()
    ANSWER_ABSENCE = auto()
    SHOW_PROBLEMS = auto()
    NEW_TOKEN = auto()
    SETTINGS = auto()
    UNLOCK_KEYRING = auto()
    SET_UP = auto()


@dataclass(frozen=True, slots=True)
class Notice:
    """A banner's words; without a remedy it has no button."""

    ground: Ground
    sentence: str
    detail: str = ""
    remedy: Remedy | None = None
    service: Service | None = None


class Banners(QScrollArea):
    """The banners of a View, the most pressing first. `act` gets the notice of a button.

    They scroll where the screen has no room for all of them. Tab comes to them from the widget
    `after`.
    """

    def __init__(self, act: Callable[[Notice], None], after: QWidget) -> None:
        super().__init__()
        self._act = act
        self._after = after
        self._notices: Sequence[Notice] = ()
        self._banners: list[Banner] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SMALL)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_view(self, view: View) -> None:
        """Show what is not as it should be; what stays keeps its banner, and the keyboard."""
        notices = notices_of(view)
        if [each.ground for each in notices] != [each.ground for each in self._notices]:
            self._make(notices)
        self._notices = notices
        for banner, notice in zip(self._banners, notices, strict=True):
            button = _button_texts()[notice.remedy] if notice.remedy else ""
            banner.show_words(notice.sentence, notice.detail, button)
        self.setVisible(bool(notices))

    def fit(self, most: int) -> None:
        """Be as high as all of them, or `most` pixels."""
        self.setFixedHeight(max(LIST_HEIGHT // 2, min(self.wanted_height(), most)))

    def wanted_height(self) -> int:
        """How high all of them are together, in pixels."""
        self._column.activate()
        return self._column.totalHeightForWidth(self.viewport().width())

    def _make(self, notices: Sequence[Notice]) -> None:
        for banner in self._banners:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self._banners = [named(Banner(each.ground), "banner") for each in notices]
        before = self._after
        for number, banner in enumerate(self._banners):
            banner.pressed.connect(lambda number=number: self._act(self._notices[number]))
            self._column.addWidget(banner)
            self.setTabOrder(before, banner.button)
            before = banner.button


def notices_of(view: View) -> list[Notice]:
    """What is not as it should be, the most pressing first."""
    return [
        *_alerts(view),
        *_absences(view),
        *_problems(view),
        *map(_service, view.services),
        *_desktop(view),
        *map(_not_set_up, view.unconfigured),
    ]


def _alerts(view: View) -> list[Notice]:
    """What is wrong with the app itself: one banner, which the person may close."""
    if not view.alert:
        return []
    first, _, rest = view.alert.partition("\n")
    remedy = Remedy.CLOSE_ALERT if view.is_alert_closable else None
    return [Notice(Ground.DANGER, first, rest, remedy)]


def _absences(view: View) -> list[Notice]:
    if not view.questions:
        return []
    sentence = fill(translate("Panel", "%1."), wording.absence_range(view.questions[0].absence))
    detail = translate("Panel", "What was this time?")
    return [Notice(Ground.WARNING, sentence, detail, Remedy.ANSWER_ABSENCE)]


def _problems(view: View) -> list[Notice]:
    if not view.problems:
        return []
    sentence = fill(translate("Panel", "%1."), wording.problem_count(view.problems))
    return [Notice(Ground.DANGER, sentence, "", Remedy.SHOW_PROBLEMS)]


def _service(line: ServiceLine) -> Notice:
    name = wording.service_name(line.service)
    if line.health is Health.UNAUTHORIZED and not line.keyring:
        sentence = fill(translate("Panel", "%1 needs a new token."), name)
        return Notice(
            Ground.WARNING, sentence, _waiting(line.waiting), Remedy.NEW_TOKEN, line.service
        )
    sentence = service_status_with_problem(line)
    needs_user = line.connection_problem is not None and line.connection_problem.needs_user
    remedy = Remedy.SETTINGS if needs_user and not line.keyring else None
    return Notice(Ground.WARNING, sentence, wording.service_remedy(line), remedy)


def _waiting(count: int) -> str:
    if not count:
        return ""
    template = translate("Panel", "%1 waiting. Everything is saved on this computer.")
    return fill(template, wording.format_number(count))


def _desktop(view: View) -> list[Notice]:
    """The sentences on keyring, tray and bus; that on the keyring comes first."""
    sentences = wording.desktop_problems(view.desktop_status)
    asks = view.desktop_status.keyring in (KeyringState.LOCKED, KeyringState.DISMISSED)
    return [
        Notice(Ground.WARNING, each, "", Remedy.UNLOCK_KEYRING if asks and number == 0 else None)
        for number, each in enumerate(sentences)
    ]


def _not_set_up(service: Service) -> Notice:
    return Notice(Ground.PLAIN, wording.service_not_set_up(service), "", Remedy.SET_UP, service)


def _button_texts() -> dict[Remedy, str]:
    return {
        Remedy.CLOSE_ALERT: translate("Panel", "Close"),
        Remedy.ANSWER_ABSENCE: translate("Panel", "&Answer…"),
        Remedy.SHOW_PROBLEMS: translate("Panel", "Show"),
        Remedy.NEW_TOKEN: translate("Panel", "New token…"),
        Remedy.SETTINGS: translate("Panel", "Settings…"),
        Remedy.UNLOCK_KEYRING: translate("Panel", "Unlock…"),
        Remedy.SET_UP: translate("Panel", "Set up…"),
    }
