"""What a person can want, as the windows tell it. The composition root decides what happens."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from timer_app.domain.entries.task import Task
from timer_app.domain.service import Service


class Intents(Protocol):
    """Each is carried out at once and never raises: what went wrong is shown."""

    def toggle(self) -> None:
        """Start the last task, or stop what runs."""
        ...

    def start(self, task: Task, comment: str) -> None:
        """Start a task; what runs is stopped first."""
        ...

    def stop(self) -> None:
        """Stop what runs."""
        ...

    def annotate(self, comment: str) -> None:
        """Give what runs another comment."""
        ...

    def correct_start(self, at: datetime) -> None:
        """Have what runs begin at another instant."""
        ...

    def undo_start_correction(self) -> None:
        """Take the latest correction of a start back, unless something was changed since."""
        ...

    def pause_delivery(self) -> None:
        """Tell the services nothing more for now."""
        ...

    def resume_delivery(self) -> None:
        """Go on telling the services."""
        ...

    def open_panel(self) -> None:
        """Show the panel."""
        ...

    def open_absence_prompt(self) -> None:
        """Show the question about being away."""
        ...

    def open_manual_entry(self) -> None:
        """Show the window that adds time."""
        ...

    def open_problems(self) -> None:
        """Show what needs a person."""
        ...

    def open_history(self, entry_id: str = "") -> None:
        """Show what was done, and when; with this entry selected, if one is given."""
        ...

    def open_address(self, address: str) -> None:
        """Open what is worked on in the person's browser."""
        ...

    def open_settings(self, service: Service | None = None) -> None:
        """Show the settings, at a service's token if one is given."""
        ...

    def open_first_run(self, service: Service | None = None) -> None:
        """Show the first steps, at a service's if one is given."""
        ...

    def close_alert(self) -> None:
        """What stays until it is closed was read."""
        ...

    def unlock_keyring(self) -> None:
        """Let the keyring ask for its password."""
        ...

    def refresh(self) -> None:
        """Show what is the case at this moment: time has passed."""
        ...

    def quit(self) -> None:
        """End the app; what waits stays in the journal."""
        ...
