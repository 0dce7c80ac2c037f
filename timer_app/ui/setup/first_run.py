"""The first steps: both services, each skippable, and a first entry to try it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.entries.task import MAX_TITLE_LENGTH, Task, task_with_title
from timer_app.domain.service import Service
from timer_app.domain.setup.typed_text import is_blank
from timer_app.domain.user_message import fill
from timer_app.services.setup.desktop_integration import LINKS
from timer_app.ui import wording
from timer_app.ui.design.buttons import ButtonKind, set_kind
from timer_app.ui.design.surfaces import StepMarks
from timer_app.ui.design.text import Text, Tone
from timer_app.ui.design.tokens import FIRST_STEPS_SIZE, HUGE, LARGE, Scale, size_for_letters
from timer_app.ui.plain_text import PlainLabel, spoken
from timer_app.ui.setup.account_form import AccountForm
from timer_app.ui.setup.menu_offer import MenuOffer
from timer_app.ui.setup.settings.page import SettingsIntents
from timer_app.ui.view import View
from timer_app.ui.window import SPACE, AppWindow, WrappedLabel
from timer_app.ui.wording import service_name


class TrialIntents(Protocol):
    """What starts and stops an entry."""

    def start(self, task: Task, comment: str) -> None:
        """Start a task; what runs is stopped first."""
        ...

    def stop(self) -> None:
        """Stop what runs."""
        ...


class TrialStep(QWidget):
    """Explains the click, and starts and stops an entry, which is a real one."""

    def __init__(self, intents: TrialIntents) -> None:
        super().__init__()
        self._intents = intents
        self._view: View | None = None
        self._started = False
        self._without_token: tuple[Service, ...] = ()
        self._click = WrappedLabel()
        self._real = WrappedLabel()
        self._label = PlainLabel()
        self.title = QLineEdit()
        self.title.setObjectName("first-task")
        self.title.setMaxLength(MAX_TITLE_LENGTH)
        self._label.setBuddy(self.title)
        self.button = QPushButton()
        self._state = spoken(WrappedLabel())
        self._state.setObjectName("first-state")
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.title, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for widget in (self._click, self._real, self._label):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self._state)
        column.addStretch(1)
        self.title.textChanged.connect(self._enable)
        self.title.returnPressed.connect(self._start)
        self.button.clicked.connect(self._on_button_clicked)

    def show_view(self, view: View) -> None:
        """Show what is the case now."""
        self._view = view
        self._update_texts()

    def show_missing_tokens(self, services: Sequence[Service]) -> None:
        """Say which services have no token, of those that are set up but for that."""
        self._without_token = tuple(services)
        self._update_texts()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._click.setText(
            self.tr(
                "Left click starts or stops. Middle click opens the panel. Right click opens the"
                " menu."
            )
        )
        self._real.setText(self.tr("This starts a real entry. You can delete it in History."))
        self._label.setText(self.tr("&Task"))
        self.title.setAccessibleName(self.tr("Title of the first task"))
        self._update_texts()

    @property
    def _is_running(self) -> bool:
        return self._view is not None and self._view.running is not None

    def _on_button_clicked(self) -> None:
        if self._is_running:
            self._intents.stop()
        else:
            self._start()

    def _start(self) -> None:
        if not is_blank(self.title.text()) and not self._is_running:
            self._started = True
            self._intents.start(task_with_title(self.title.text()), "")

    def _update_texts(self) -> None:
        self.button.setText(self.tr("St&op") if self._is_running else self.tr("&Start"))
        self._state.setText(wording.join_sentences(*self._sentences()))
        self._enable()

    def _sentences(self) -> list[str]:
        if self._view is None:
            return []
        if len(self._view.unconfigured) == len(Service):
            sentences = [self.tr("No service is set up: entries are kept here until one is.")]
        else:
            sentences = [
                fill(self.tr("%1 is not set up: nothing goes there."), service_name(each))
                for each in self._view.unconfigured
            ]
        no_token = self.tr("There is no token for %1: what goes there waits.")
        missing = [each for each in self._without_token if each not in self._view.unconfigured]
        sentences += [fill(no_token, service_name(each)) for each in missing]
        if self._view.running is not None:
            return [fill(self.tr("“%1” runs."), self._view.running.task.title), *sentences]
        if not self._started or len(self._view.unconfigured) == len(Service):
            return sentences
        return [*self._fate(), *sentences]

    def _fate(self) -> list[str]:
        """What has become of the first entry."""
        if self._view is None:
            return []
        waits = [
            wording.service_status_sentence(line) for line in self._view.services if line.waiting
        ]
        if waits:
            return [self.tr("It is recorded, and is delivered by itself."), *waits]
        if self._view.waiting:
            return [self.tr("It is recorded, and on its way.")]
        return [self.tr("It is recorded and delivered.")]

    def _enable(self) -> None:
        self.title.setEnabled(not self._is_running)
        self.button.setEnabled(self._is_running or not is_blank(self.title.text()))


class FirstRunWizard(AppWindow):
    """Three steps. `on_step_shown` is called with the service whose step is shown.

    `desktop` changes the desktop's entries of the app; None where they are not ours.
    """

    finished = Signal()
    """All steps are done or skipped."""

    closed = Signal()
    """The window is not seen any more."""

    def __init__(
        self,
        forms: Sequence[AccountForm],
        intents: TrialIntents,
        on_step_shown: Callable[[Service], None],
        desktop: SettingsIntents | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("first_run")
        self._forms = tuple(forms)
        self._on_step_shown = on_step_shown
        self._marks = StepMarks(len(self._forms) + 1)
        self._count_label = Text(Scale.SMALL, Tone.MUTED)
        self._heading = Text(Scale.HEADING)
        self._introduction_label = Text(tone=Tone.MUTED)
        self._try = TrialStep(intents)
        self._menu_offer = MenuOffer(desktop) if desktop is not None else None
        self._asked_for_team = False
        self._stack = QStackedWidget()
        self._back, self._skip, self._next = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self._back.clicked.connect(lambda: self._move_by(-1))
        self._skip.clicked.connect(lambda: self._move_by(+1))
        self._next.clicked.connect(self._on_next_clicked)
        self.retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so. It is hidden for other reasons too: minimized, or about to come forward."""
        super().closeEvent(event)
        self.closed.emit()

    def open(self, service: Service | None = None) -> None:
        """Come to the front at a service's step, or at the first one."""
        services = [form.service for form in self._forms]
        self._show_step(services.index(service) if service else 0)
        self.show_in_front()

    def show_view(self, view: View) -> None:
        """Show what is the case now."""
        self._try.show_view(view)

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are."""
        for form in self._forms:
            form.show_values(values)
        if self._menu_offer is not None:
            self._menu_offer.show_status(values.get(LINKS))

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._back.setText(self.tr("&Back"))
        self._try.retranslate()
        if self._menu_offer is not None:
            self._menu_offer.retranslate()
        self._write_step()

    # Steps

    @property
    def _current_step(self) -> int:
        return self._stack.currentIndex()

    @property
    def _current_form(self) -> AccountForm | None:
        return self._forms[self._current_step] if self._current_step < len(self._forms) else None

    def _on_next_clicked(self) -> None:
        """The next step, unless something typed here has to be taken first."""
        form = self._current_form
        if form is not None:
            form.address.apply()
            if form.has_typed_token:
                form.submit_token()
                return
            if form.address.is_wrong:
                form.address.line.setFocus()
                return
            if form.lacks_team and not self._asked_for_team:
                self._asked_for_team = True  # once only: the person may go on without a team
                form.ask_for_team()
                return
        self._move_by(+1)

    def _move_by(self, by: int) -> None:
        if self._current_step + by < self._stack.count():
            self._show_step(self._current_step + by)
            return
        self.finished.emit()
        self.close()

    def _show_step(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self._write_step()
        form = self._current_form
        if form is None:
            missing = [each.service for each in self._forms if each.lacks_token]
            self._try.show_missing_tokens(missing)
            self._try.title.setFocus()
            return
        needs_address = not form.address.line.text()
        (form.address.line if needs_address else form.token).setFocus()
        self._on_step_shown(form.service)

    def _write_step(self) -> None:
        form, total = self._current_form, str(self._stack.count())
        is_last = form is None
        what = self.tr("Try it")
        if form is not None:
            what = fill(self.tr("Connect %1"), service_name(form.service))
        title = self.tr("Timer App – First steps (%1 of %2)")
        self.setWindowTitle(fill(title, str(self._current_step + 1), total))
        count = fill(self.tr("%1 of %2"), str(self._current_step + 1), total)
        self._count_label.setText(count)
        self._marks.set_reached(self._current_step + 1)
        self._marks.setAccessibleName(count)
        self._heading.setText(what)
        self._introduction_label.setText(self._introduction(form))
        self._back.setEnabled(self._current_step > 0)
        self._skip.setText(self.tr("Not no&w"))
        self._skip.setVisible(not is_last)
        self._next.setText(self.tr("&Done") if is_last else self.tr("&Next"))

    def _introduction(self, form: AccountForm | None) -> str:
        if form is None:
            return self.tr("That is all. Everything can be changed later in the settings.")
        match form.service:
            case Service.TIMECROWD:
                return self.tr(
                    "TimeCrowd gets each entry when it starts and stops. It needs a token and the"
                    " team. If you do not use TimeCrowd, choose Not now."
                )
            case Service.KAITEN:
                return self.tr(
                    "Kaiten gets a time log on the card when an entry stops. It needs your"
                    " company's address and a token. If you do not use Kaiten, choose Not now."
                )

    # Making

    def _lay_out(self) -> None:
        for form in self._forms:
            form.be_brief()
        set_kind(self._next, ButtonKind.PRIMARY)
        for button in (self._back, self._skip):
            set_kind(button, ButtonKind.QUIET)
        top = QHBoxLayout()
        top.addWidget(self._marks, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        top.addWidget(self._count_label)
        for step in (*self._forms, self._try):
            scroll = QScrollArea()
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setWidgetResizable(True)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            inner = QWidget()
            column = QVBoxLayout(inner)
            column.setContentsMargins(0, 0, SPACE, 0)
            column.addWidget(step)
            if step is self._try and self._menu_offer is not None:
                column.addWidget(self._menu_offer)
            column.addStretch(1)
            scroll.setWidget(inner)
            inner.setAutoFillBackground(False)
            scroll.viewport().setAutoFillBackground(False)
            self._stack.addWidget(scroll)
        for button, name in ((self._back, "back"), (self._skip, "skip"), (self._next, "next")):
            button.setObjectName(name)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._skip)
        buttons.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(HUGE, HUGE, HUGE, LARGE)
        column.setSpacing(SPACE)
        column.addLayout(top)
        for widget in (self._heading, self._introduction_label):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)
        self.resize(size_for_letters(FIRST_STEPS_SIZE, self.font()))
