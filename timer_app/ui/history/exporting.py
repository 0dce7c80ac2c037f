"""The export: where to, and how far it has come."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QPushButton, QWidget

from timer_app.services.exporting import Format
from timer_app.services.history_desk import Work
from timer_app.services.listing import Sought
from timer_app.ui.history import words
from timer_app.ui.history.intents import HistoryIntents
from timer_app.ui.window import SPACE, Sentences


class ExportLine(QWidget):
    """Implements `Exporting`: a line about what is being exported, and how it ended."""

    def __init__(self, intents: HistoryIntents) -> None:
        super().__init__()
        self._intents = intents
        self._work: Work | None = None
        self._dialog: QFileDialog | None = None
        self._said = Sentences()
        self._progress = QProgressBar()
        self._cancel = QPushButton()
        self._progress.setRange(0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._said, 1)
        row.addWidget(self._progress)
        row.addWidget(self._cancel)
        self._cancel.clicked.connect(self._give_up)
        self.setVisible(False)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self._cancel.setText(self.tr("Cancel"))
        self._progress.setAccessibleName(self.tr("Exporting"))

    def choose(self, parent: QWidget, sought: Sought) -> None:
        """Ask where to, and write there what is sought; nothing waits for the answer."""
        dialog = QFileDialog(parent, self.tr("Export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        names = {words.format_name(each): each for each in Format}
        dialog.setNameFilters(list(names))
        dialog.setDefaultSuffix(Format.CSV.value)
        dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(names[name].value))
        dialog.selectFile(_name(sought))

        def chosen(path: str) -> None:
            self.begin(sought, _format(path, names[dialog.selectedNameFilter()]), path)

        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    def begin(self, sought: Sought, form: Format, path: str) -> None:
        """Write what is sought to the file."""
        self._give_up()
        self._show_working(working=True)
        self.written(0)
        self._work = self._intents.export(sought, form, path, self)

    def written(self, entries: int) -> None:
        """See Exporting."""
        self._said.setText(words.exporting(entries))

    def exported(self, entries: int) -> None:
        """See Exporting."""
        self._end(words.exported(entries))

    def refused(self, why: str) -> None:
        """See Exporting."""
        self._end(why)

    def _give_up(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._end(self.tr("Export cancelled: the file is as it was before."))

    def _end(self, said: str) -> None:
        self._work = None
        self._said.setText(said)
        self._show_working(working=False)

    def _show_working(self, *, working: bool) -> None:
        self.setVisible(True)
        self._progress.setVisible(working)
        self._cancel.setVisible(working)


def _name(sought: Sought) -> str:
    dates = [each.isoformat() for each in (sought.first, sought.last) if each is not None]
    return "timer-app" + "".join(f" {each}" for each in dict.fromkeys(dates))


def _format(path: str, chosen: Format) -> Format:
    """What the file's name says, else what was chosen in the list."""
    ends = {each for each in Format if path.casefold().endswith(f".{each.value}")}
    return ends.pop() if ends else chosen
