"""Adding time by hand."""

from __future__ import annotations

from datetime import date, datetime

from timer_app.bootstrap.core import Core
from timer_app.domain.errors import JournalError, NotPossible
from timer_app.services.entries.history import DayTimeline
from timer_app.services.entries.manual_entry import EntryDraft, EntryPreview, ManualEntry
from timer_app.services.retry import RetryReason
from timer_app.ui import messages


class ManualEntryController:
    """Implements `ManualEntryIntents`."""

    def __init__(self, core: Core, manual: ManualEntry) -> None:
        self._core = core
        self._manual = manual

    def today(self) -> date:
        return self._manual.today()

    def timeline(self, on_date: date) -> DayTimeline:
        return self._manual.timeline(on_date, self._core.settings.rules())

    def day_of(self, instant: datetime) -> date:
        return self._manual.day_of(instant, self._core.settings.rules())

    def preview(self, draft: EntryDraft) -> EntryPreview:
        return self._manual.preview(draft, self._core.settings.rules())

    def add(self, draft: EntryDraft) -> str:
        span = self.preview(draft).span
        if span is None:  # time has passed, or the clock was set, since it was previewed
            return ""
        try:
            self._manual.add(draft, span)
        except (NotPossible, JournalError) as error:
            return messages.error_text(error)
        self._core.retry.now(RetryReason.USER_ACTED)
        return ""
