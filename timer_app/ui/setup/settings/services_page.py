"""Settings: the accounts of both services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from timer_app.domain.service import Service
from timer_app.ui.design.text import Text
from timer_app.ui.design.tokens import Scale
from timer_app.ui.setup.account_form import AccountForm
from timer_app.ui.setup.settings.page import SettingsPage
from timer_app.ui.window import EDGE, SPACE
from timer_app.ui.wording import service_name


class ServicesPage(SettingsPage):
    """A form for each, and the way to the first steps."""

    first_run_requested = Signal()

    def __init__(self, forms: Sequence[AccountForm]) -> None:
        super().__init__()
        self.setObjectName("services_page")
        self._forms = {form.service: form for form in forms}
        self._steps = QPushButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.setSpacing(EDGE)
        for form in forms:
            heading = Text(Scale.HEADING)
            heading.setText(service_name(form.service))
            column.addWidget(heading)
            column.addWidget(form)
        column.addWidget(self._steps, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._steps.clicked.connect(self.first_run_requested)
        self.retranslate()

    @property
    def title(self) -> str:
        """Its name in the list."""
        return self.tr("Services")

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show the settings as they are."""
        for form in self._forms.values():
            form.show_values(values)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._steps.setText(self.tr("Go through the &first steps again…"))

    def focus_token(self, service: Service) -> None:
        """Put the keyboard where a token is typed."""
        self._forms[service].ask_for_token()
