"""The first steps: both services, each skippable, and a first entry to try it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.delivery import Service
from timer_app.domain.task import LONGEST_TITLE, Task, task_titled
from timer_app.ui import wording
from timer_app.ui.settings.account_form import AccountForm
from timer_app.ui.view import View
from timer_app.ui.window import EDGE, SPACE, Sentences, Window
from timer_app.ui.wording import filled, service_name

_WIDTH, _HEIGHT = 560, 620


class Timing(Protocol):
    """What starts and stops an entry."""

    def start(self, task: Task, comment: str) -> None:
        """Start a task; what runs is stopped first."""
        ...

    def stop(self) -> None:
        """Stop what runs."""
        ...


class TryStep(QWidget):
    """Explains the click, and starts and stops an entry, which is a real one."""

    def __init__(self, timing: Timing) -> None:
        super().__init__()
        self._timing = timing
        self._view: View | None = None
        self._started = False
        self._click = Sentences()
        self._real = Sentences()
        self._label = QLabel()
        self.title = QLineEdit()
        self.title.setObjectName("first-task")
        self.title.setMaxLength(LONGEST_TITLE)
        self._label.setBuddy(self.title)
        self.button = QPushButton()
        self._state = Sentences()
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
        self.button.clicked.connect(self._press)

    def show_view(self, view: View) -> None:
        """Show what is the case now."""
        self._view = view
        self._write()

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._click.setText(
            self.tr(
                "A click on the tray icon starts your last task, and stops what runs. The middle"
                " button opens the panel, where another task is found; the right one the menu."
            )
        )
        self._real.setText(
            self.tr(
                "An entry that you start here is a real one: it goes to the services that are set"
                " up. You can delete it there."
            )
        )
        self._label.setText(self.tr("&Task"))
        self.title.setAccessibleName(self.tr("Title of the first task"))
        self._write()

    @property
    def _runs(self) -> bool:
        return self._view is not None and self._view.running is not None

    def _press(self) -> None:
        if self._runs:
            self._timing.stop()
        else:
            self._start()

    def _start(self) -> None:
        if self.title.text().strip() and not self._runs:
            self._started = True
            self._timing.start(task_titled(self.title.text()), "")

    def _write(self) -> None:
        self.button.setText(self.tr("St&op") if self._runs else self.tr("&Start"))
        self._state.setText(wording.joined(*self._sentences()))
        self._enable()

    def _sentences(self) -> list[str]:
        if self._view is None:
            return []
        if len(self._view.unset) == len(Service):
            said = [self.tr("No service is set up: entries are kept here until one is.")]
        else:
            said = []
        if self._view.running is not None:
            return [filled(self.tr("“%1” runs."), self._view.running.task.title), *said]
        if not self._started or said:
            return said
        waits = [wording.waits(line) for line in self._view.services if line.waiting]
        if waits:
            return [self.tr("It is recorded, and is delivered by itself."), *waits]
        if self._view.waiting:
            return [self.tr("It is recorded, and on its way.")]
        return [self.tr("It is recorded and delivered.")]

    def _enable(self) -> None:
        self.title.setEnabled(not self._runs)
        self.button.setEnabled(self._runs or bool(self.title.text().strip()))


class FirstRun(Window):
    """Three steps. `entered` is called with the service whose step is shown."""

    finished = Signal()
    """All steps are done or skipped."""

    def __init__(
        self, forms: Sequence[AccountForm], timing: Timing, entered: Callable[[Service], None]
    ) -> None:
        super().__init__()
        self.setObjectName("first_run")
        self._forms = tuple(forms)
        self._entered = entered
        self._heading = Sentences()
        self._about = Sentences()
        self._try = TryStep(timing)
        self._stack = QStackedWidget()
        self._back, self._skip, self._next = QPushButton(), QPushButton(), QPushButton()
        self._lay_out()
        self._back.clicked.connect(lambda: self._go(-1))
        self._skip.clicked.connect(lambda: self._go(+1))
        self._next.clicked.connect(self._go_on)
        self.retranslate()

    def open(self, service: Service | None = None) -> None:
        """Come to the front at a service's step, or at the first one."""
        services = [form.service for form in self._forms]
        self._show_step(services.index(service) if service else 0)
        self.come_to_front()

    def show_view(self, view: View) -> None:
        """Show what is the case now."""
        self._try.show_view(view)

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are."""
        for form in self._forms:
            form.show_values(values)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._back.setText(self.tr("&Back"))
        self._try.retranslate()
        self._write_step()

    # Steps

    @property
    def _step(self) -> int:
        return self._stack.currentIndex()

    @property
    def _form(self) -> AccountForm | None:
        return self._forms[self._step] if self._step < len(self._forms) else None

    def _go_on(self) -> None:
        """The next step, unless something typed here has to be taken first."""
        form = self._form
        if form is not None:
            form.address.take()
            if form.has_typed_token:
                form.keep()
                return
            if form.address.is_wrong:
                form.address.line.setFocus()
                return
        self._go(+1)

    def _go(self, by: int) -> None:
        if self._step + by < self._stack.count():
            self._show_step(self._step + by)
            return
        self.finished.emit()
        self.close()

    def _show_step(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self._write_step()
        form = self._form
        if form is None:
            self._try.title.setFocus()
            return
        needs_address = not form.address.line.text()
        (form.address.line if needs_address else form.token).setFocus()
        self._entered(form.service)

    def _write_step(self) -> None:
        form, total = self._form, str(self._stack.count())
        is_last = form is None
        what = self.tr("Try it") if form is None else service_name(form.service)
        title = self.tr("Timer App – First steps (%1 of %2)")
        self.setWindowTitle(filled(title, str(self._step + 1), total))
        self._heading.setText(
            filled(self.tr("Step %1 of %2: %3"), str(self._step + 1), total, what)
        )
        self._heading.setAccessibleName(self._heading.text())
        self._about.setText(self._introduction(form))
        self._back.setEnabled(self._step > 0)
        self._skip.setText(self.tr("S&kip"))
        self._skip.setVisible(not is_last)
        self._next.setText(self.tr("&Finish") if is_last else self.tr("&Next"))

    def _introduction(self, form: AccountForm | None) -> str:
        if form is None:
            return self.tr("That is all. Everything can be changed later in the settings.")
        match form.service:
            case Service.TIMECROWD:
                return self.tr(
                    "TimeCrowd gets each entry when it starts and stops. It needs a token and the"
                    " team. Without TimeCrowd, skip this step."
                )
            case Service.KAITEN:
                return self.tr(
                    "Kaiten gets a time log on the card when an entry stops. It needs your"
                    " company's address and a token. Without Kaiten, skip this step."
                )

    # Making

    def _lay_out(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.4)
        self._heading.setFont(font)
        for step in (*self._forms, self._try):
            scroll = QScrollArea()
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setWidgetResizable(True)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            inner = QWidget()
            column = QVBoxLayout(inner)
            column.setContentsMargins(0, 0, SPACE, 0)
            column.addWidget(step)
            column.addStretch(1)
            scroll.setWidget(inner)
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
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        for widget in (self._heading, self._about):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addLayout(buttons)
        self.resize(_WIDTH, _HEIGHT)
