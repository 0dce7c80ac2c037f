"""Windows that a screen reader listens to: rooms of the gallery, and a panel and a form that act.

Each name given is a room; `acting` is the panel and the form. All of them stay open.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.gallery.rooms import ROOMS, NoAccount
from tests.ui.conftest import IDLE, KNOWN, NOW, Asked, Noted, running
from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service
from timer_app.services.setup.checks import ServiceCheck
from timer_app.ui.design.appearance import install_appearance
from timer_app.ui.entries.panel import Panel
from timer_app.ui.language import Language
from timer_app.ui.setup.account_form import AccountForm


@dataclass
class Acting(Noted):
    """Starts and stops at once; a comment cannot be kept."""

    panel: Panel | None = None

    def start(self, task: Task, comment: str) -> None:
        """See Intents."""
        super().start(task, comment)
        if self.panel is not None:
            self.panel.show_view(running())

    def stop(self) -> None:
        """See Intents."""
        if self.panel is not None:
            self.panel.show_view(IDLE)
            self.panel.show_message("The disk is full.")


class Checked(NoAccount):
    """Every check is good."""

    form: AccountForm

    def check(self) -> None:
        """See AccountIntents."""
        self.form.show_check(ServiceCheck(Service.TIMECROWD, account="Dana"))


def _acting() -> list[QWidget]:
    intents = Acting()
    panel = intents.panel = Panel(intents, Asked(KNOWN), lambda: NOW)
    panel.show_view(IDLE)
    panel.open_at(None)
    checks = Checked()
    form = checks.form = AccountForm(Service.TIMECROWD, checks, "https://timecrowd.net")
    form.show_token(None)
    window = QWidget()
    QVBoxLayout(window).addWidget(form)
    window.show()
    return [panel, window]


def main(names: list[str]) -> None:
    """Show them until the process is ended."""
    application = QApplication(["heard"])
    application.setApplicationName("heard")
    install_appearance()
    language = Language()
    language.apply("en")
    rooms = {room.name: room for room in ROOMS}
    windows = [window for name in names
               for window in (_acting() if name == "acting" else [rooms[name].make()])]  # fmt: skip
    print(f"{len(windows)} shown", flush=True)
    application.exec()


if __name__ == "__main__":
    main(sys.argv[1:])
