"""The export: its file and its progress."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFileDialog, QWidget

from timer_app.services.entries.export import ExportFormat
from timer_app.services.entries.listing import EntryFilter
from timer_app.ui.entries.history import words
from timer_app.ui.entries.history.intents import HistoryIntents
from timer_app.ui.entries.history.work_bar import WorkBar


class ExportBar(WorkBar):
    """Implements `ExportListener`: a line about what is being exported, and how it ended."""

    def __init__(self, intents: HistoryIntents) -> None:
        super().__init__("export")
        self._intents = intents
        self._dialog: QFileDialog | None = None

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        super().retranslate()
        self._progress.setAccessibleName(self.tr("Exporting"))

    def choose(self, parent: QWidget, entry_filter: EntryFilter) -> None:
        """Ask where to, and write there what is sought; nothing waits for the answer."""
        dialog = QFileDialog(parent, self.tr("Export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        names = {words.format_name(each): each for each in ExportFormat}
        dialog.setNameFilters(list(names))
        dialog.setDefaultSuffix(ExportFormat.CSV.suffix)
        dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(names[name].suffix))
        dialog.selectFile(_suggested_name(entry_filter))

        def chosen(path: str) -> None:
            self.begin(entry_filter, _chosen_format(path, names[dialog.selectedNameFilter()]), path)

        dialog.fileSelected.connect(chosen)
        focused = parent.focusWidget()
        if focused is not None:
            dialog.finished.connect(lambda _: focused.setFocus())
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def begin(self, entry_filter: EntryFilter, form: ExportFormat, path: str) -> None:
        """Write what is sought to the file."""
        self._cancel_work()
        self._show_working(working=True)
        self.on_export_progress(0)
        self._work = self._intents.export(entry_filter, form, path, self)

    def on_export_progress(self, entries: int) -> None:
        """See Exporting."""
        self._show_text(partial(words.export_progress, entries))

    def on_exported(self, entries: int) -> None:
        """See Exporting."""
        self._finish(partial(words.export_finished, entries))

    def on_refused(self, why: str) -> None:
        """See Exporting."""
        self._finish(lambda: why)
        self._make_text = None  # another language drops the sentence

    def _on_cancelled(self) -> None:
        self._finish(lambda: self.tr("Export cancelled: the file is as it was before."))

    def _finish(self, say: Callable[[], str]) -> None:
        self._work = None
        self._show_text(say)
        self._show_working(working=False)


def _suggested_name(entry_filter: EntryFilter) -> str:
    dates = [
        each.isoformat() for each in (entry_filter.first, entry_filter.last) if each is not None
    ]
    return "timer-app" + "".join(f" {each}" for each in dict.fromkeys(dates))


def _chosen_format(path: str, chosen: ExportFormat) -> ExportFormat:
    """What the file's name says, else what was chosen in the list."""
    ends = [each for each in ExportFormat if path.casefold().endswith(f".{each.suffix}")]
    return ends[0] if ends and chosen not in ends else chosen
