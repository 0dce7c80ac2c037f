"""The panel: what runs, and the one field in which the next task is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QFont, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.entry import Entry
from timer_app.domain.task import Task
from timer_app.services.finder import Found, Origin, Suggestion
from timer_app.ui import wording
from timer_app.ui.intents import Intents
from timer_app.ui.view import View

_SPACE = 8
_EDGE = 16
_WIDTH = 420
_LONGEST_COMMENT = 4096
_ITEM = Qt.ItemDataRole.UserRole


class Panel(QWidget):
    """Shows a View and suggestions; tells what the person wants. Seconds tick while it is seen."""

    def __init__(self, intents: Intents, now: Callable[[], datetime]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._intents = intents
        self._now = now
        self._view: View | None = None
        self._known: tuple[Suggestion, ...] = ()
        self._found = Found()
        self._asking = False
        self._start_when_found = False
        self._elapsed = QLabel()
        self._task = QLabel()
        self._comment = QLineEdit()
        self._stop = QPushButton()
        self._search = QLineEdit()
        self._choices = QListWidget()
        self._confirmed = QLabel()
        self._start = QPushButton()
        self._today = QLabel()
        self._bar = QProgressBar()
        self._pause = QPushButton()
        self._pace = QLabel()
        self._notices = QLabel()
        self._picked = False
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._tick)
        self._lay_out()
        self._connect()
        self.retranslate()

    # What it shows

    def show_view(self, view: View) -> None:
        """Show what is the case now."""
        before, self._view = self._view, view
        running = view.running
        self._show_running(before.running if before else None, running)
        self._start.setText(self.tr("&Switch") if running else self.tr("&Start"))
        self._notices.setText("".join(map(_paragraph, self._sentences(view))))
        self._notices.setVisible(bool(self._notices.text()))
        self._show_delivery(view)
        self._tick()
        self._set_ticking()
        self._grow()

    def show_known(self, known: Sequence[Suggestion]) -> None:
        """Show what the search field may mean without asking anybody."""
        self._known, self._found, self._picked = tuple(known), Found(), False
        self._asking = bool(self._search.text().strip())
        self._start_when_found = False
        self._fill(self.tr("Asking Kaiten…") if self._asking else "")

    def show_found(self, found: Found) -> None:
        """Add what Kaiten said."""
        self._found = found
        self._asking = False
        self._fill(found.trouble)
        if self._start_when_found:
            self._start_when_found = False
            self._chosen()

    def say(self, sentence: str) -> None:
        """Tell why what was wanted could not be done."""
        self._confirmed.setText(sentence)
        self._grow()

    def open_at(self, place: tuple[int, int] | None) -> None:
        """Come to the front, ready to be typed into; near the tray where that is known."""
        if place is not None and not self.isVisible():
            self.move(self._beside(QPoint(*place)))
        self.show()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)
        self._search.selectAll()
        self._intents.search(self._search.text())

    def keep_comment(self) -> None:
        """Commit what was typed for the entry that runs, before anything ends it."""
        running = self._view.running if self._view else None
        if running is not None and self._comment.text().strip() != running.comment:
            self._intents.annotate(self._comment.text())

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle("Timer App")
        self._comment.setPlaceholderText(self.tr("Comment"))
        self._comment.setAccessibleName(self.tr("Comment of the running entry"))
        self._search.setPlaceholderText(self.tr("Card address, number, or title"))
        self._search.setAccessibleName(self.tr("What to work on"))
        self._choices.setAccessibleName(self.tr("Tasks to choose from"))
        self._elapsed.setAccessibleName(self.tr("Elapsed time"))
        self._bar.setAccessibleName(self.tr("Delivery"))
        self._stop.setText(self.tr("S&top"))
        self._start.setText(self.tr("&Start"))

    # Making

    def _lay_out(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 2.2)
        font.setFeature(QFont.Tag("tnum"), 1)
        self._elapsed.setFont(font)
        self._task.setOpenExternalLinks(True)
        self._task.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        for label in (self._task, self._confirmed, self._notices, self._pace):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._task.setTextFormat(Qt.TextFormat.RichText)  # titles are escaped
        for plain in (self._confirmed, self._today, self._pace):
            plain.setTextFormat(Qt.TextFormat.PlainText)
        self._comment.setMaxLength(_LONGEST_COMMENT)
        self._choices.setMinimumHeight(120)
        self._choices.setSpacing(2)
        self._choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choices.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._choices.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(_SPACE)
        column.addLayout(_row(self._elapsed, self._stop))
        for widget in (self._task, self._comment, _line(), self._search, self._choices):
            column.addWidget(widget)
        column.addLayout(_row(self._confirmed, self._start))
        for widget in (_line(), self._today):
            column.addWidget(widget)
        column.addLayout(self._delivery_row())
        column.addWidget(self._notices)
        column.setStretchFactor(self._choices, 1)
        self.resize(_WIDTH, self.sizeHint().height())

    def _delivery_row(self) -> QHBoxLayout:
        """The bar with its sentence below it; the sentence alone stands beside the button."""
        said = QVBoxLayout()
        said.setSpacing(_SPACE // 2)
        said.addWidget(self._bar)
        said.addWidget(self._pace)
        row = QHBoxLayout()
        row.addLayout(said, 1)
        row.addWidget(self._pause, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _connect(self) -> None:
        self._stop.clicked.connect(self._intents.stop)
        self._start.clicked.connect(self._chosen)
        self._pause.clicked.connect(self._pause_or_resume)
        self._choices.itemActivated.connect(self._chosen)
        self._choices.itemPressed.connect(self._pick)
        self._choices.currentItemChanged.connect(self._confirm)
        self._search.textChanged.connect(self._intents.search)
        self._search.returnPressed.connect(self._chosen)
        self._search.installEventFilter(self)
        self._comment.editingFinished.connect(self.keep_comment)

    # What is typed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down in the search field choose in the list below it."""
        if watched is self._search and isinstance(event, QKeyEvent):
            keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
            if event.type() is QEvent.Type.KeyPress and event.key() in keys:
                self._choices.keyPressEvent(event)
                self._picked = True
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the panel away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Seconds tick from now on."""
        super().showEvent(event)
        self._tick()
        self._set_ticking()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees seconds tick any more."""
        super().hideEvent(event)
        self.keep_comment()
        self._seconds.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Put into the taskbar, or taken from there."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._tick()
            self._set_ticking()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower text is higher."""
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        """Be high enough for all the sentences: a layout of wrapped labels does not see to it."""
        layout = self.layout()
        if layout is not None:
            layout.activate()  # a row within it does not notice by itself what came and went
            self.setMinimumHeight(layout.totalMinimumHeightForWidth(self.width()))

    def _chosen(self) -> None:
        suggestion = self._current()
        if suggestion is None:
            self._start_when_found = self._asking
            self._search.setFocus()
            return
        running = self._view is not None and self._view.running is not None
        comment = "" if running else self._comment.text()
        self._search.clear()
        self._intents.start(suggestion.task, comment)
        self._comment.setFocus()

    def _pick(self) -> None:
        """The person chose a row: it stays chosen when Kaiten's answer comes."""
        self._picked = True

    def _pause_or_resume(self) -> None:
        if self._view is not None and self._view.paused:
            self._intents.resume_delivery()
        else:
            self._intents.pause_delivery()

    # Parts of what is shown

    def _show_delivery(self, view: View) -> None:
        """A long delivery and the way to pause it; nothing of it while there is none."""
        progress = view.progress
        if progress is not None:
            self._bar.setMaximum(progress.total)
            self._bar.setValue(progress.done)
            self._bar.setFormat(wording.delivered(progress))
        if view.paused:
            self._pace.setText(wording.paused(view.waiting))
        else:
            left = progress.left if progress else None
            self._pace.setText(wording.left(left) if left else "")
        self._pause.setText(self.tr("&Resume") if view.paused else self.tr("&Pause"))
        self._pause.setAccessibleName(
            self.tr("Resume delivery") if view.paused else self.tr("Pause delivery")
        )
        self._bar.setVisible(progress is not None)
        for widget in (self._pause, self._pace):
            widget.setVisible(view.paused or progress is not None)

    def _show_running(self, before: Entry | None, running: Entry | None) -> None:
        self._stop.setEnabled(running is not None)
        if running is None:
            self._task.setText(escape(self.tr("Nothing is running")))
            if before is not None:
                self._comment.clear()
            return
        card = running.task.card
        title = escape(running.task.title)
        self._task.setText(f'<a href="{escape(card.url)}">{title}</a>' if card else title)
        typed_before_it_began = before is None and self._comment.text() and not running.comment
        if (before is None or before.id != running.id) and not typed_before_it_began:
            self._comment.setText(running.comment)

    def _sentences(self, view: View) -> list[str]:
        sentences = [view.trouble] if view.trouble else []
        if view.problems:
            sentences.append(f"{wording.problems(view.problems)} (timer-app problems)")
        for line in view.services:
            detail = "" if line.keyring else line.detail
            parts = (wording.waiting(line) + ".", detail, wording.remedy(line))
            sentences.append(" ".join(part for part in parts if part))
        sentences += wording.surroundings(view.surroundings)
        return sentences + [wording.not_set_up(service) for service in view.unset]

    def _tick(self) -> None:
        if self._view is None:
            return
        now = self._now()
        self._elapsed.setText(wording.clock(self._view.elapsed(now)))
        self._today.setText(wording.today(wording.short(self._view.today(now))))

    def _set_ticking(self) -> None:
        running = self._view is not None and self._view.running is not None
        if running and self.isVisible() and not self.isMinimized():
            self._seconds.start()
        else:
            self._seconds.stop()

    def _fill(self, said: str) -> None:
        chosen = self._current() if self._picked else None
        kept = chosen.task.key if chosen else None
        self._choices.clear()
        for suggestion in self._merged():
            item = QListWidgetItem(self._label(suggestion), self._choices)
            item.setData(_ITEM, suggestion)
            item.setToolTip(self._about(suggestion.task))
            if suggestion.task.key == kept:
                self._choices.setCurrentItem(item)
        if self._choices.currentRow() < 0 and self._choices.count():
            self._choices.setCurrentRow(0)
        if said:
            self._confirmed.setText(said)
        else:
            self._confirm()
        self._grow()

    def _current(self) -> Suggestion | None:
        row = self._choices.currentRow()
        if row < 0:
            return None
        suggestion: Suggestion = self._choices.item(row).data(_ITEM)
        return suggestion

    def _merged(self) -> list[Suggestion]:
        """Kaiten's fresh words on a card replace what we remember; the typed words come last."""
        merged = {each.task.key: each for each in self._found.suggestions}
        for each in self._known:
            if each.origin is Origin.RECENT:
                merged.setdefault(each.task.key, each)
        for each in self._known:
            merged.setdefault(each.task.key, each)
        return list(merged.values())

    def _label(self, suggestion: Suggestion) -> str:
        match suggestion.origin:
            case Origin.WORDS:
                return self.tr("“%1” without a card").replace("%1", suggestion.task.title)
            case Origin.RECENT | Origin.KAITEN:
                card = suggestion.task.card
                number = f"#{card.id}  " if card else ""
                return number + suggestion.task.title

    def _about(self, task: Task) -> str:
        """The whole title, which the list may cut, and the card's address."""
        return f"{task.title}\n{task.card.url}" if task.card else task.title

    def _confirm(self) -> None:
        chosen = self._current()
        info = chosen.info if chosen else None
        if info is None:
            self._confirmed.clear()
            return
        where = " / ".join(part for part in (info.board, info.column) if part)
        logged = wording.short(info.minutes * 60)
        said = wording.filled(self.tr("%1 — %2, logged %3"), info.title, where, logged)
        self._confirmed.setText(said + (" " + self.tr("(archived)") if info.archived else ""))

    def _beside(self, place: QPoint) -> QPoint:
        """Next to the tray icon, and wholly on its screen."""
        screen = self.screen().availableGeometry().adjusted(_SPACE, _SPACE, -_SPACE, -_SPACE)
        x = min(max(screen.left(), place.x() - self.width() // 2), screen.right() - self.width())
        below = place.y() + self.height() < screen.bottom()
        y = place.y() if below else max(screen.top(), place.y() - self.height() - 64)
        return QPoint(x, y)


def _row(wide: QWidget, narrow: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(wide, 1)
    row.addWidget(narrow, 0)
    return row


def _paragraph(sentence: str) -> str:
    return f'<p style="margin: 0 0 {_SPACE // 2}px 0">{escape(sentence)}</p>'


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line
