"""The question about a link: what would be started or stopped, and nothing happens without a yes.

No is the answer to Enter and Escape, so that a window which comes up under somebody's typing
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from enum import Enum
from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from timer_app.domain.entries.entry import Entry
from timer_app.domain.user_message import fill
from timer_app.services.setup.links import LinkAction, LinkPrompt
from timer_app.ui import messages
from timer_app.ui.design.appearance import install_appearance
from timer_app.ui.design.tokens import Scale, scaled_font
from timer_app.ui.plain_text import PlainLabel
from timer_app.ui.window import EDGE, SPACE, named
from timer_app.ui.window_activation import bring_to_front
from timer_app.ui.wording import format_time_and_date

_WIDTH = 440
_COMMENT_LINES = 5


class _LinkRow(Enum):
    """A row of the question."""

    TASK = "task"
    CARD = "card"
    COMMENT = "comment"
    STOPS = "stops"


class LinkIntents(Protocol):
    """What the person says."""

    def accept(self) -> None:
        """Yes."""
        ...

    def dismiss(self) -> None:
        """No, or I have read it."""
        ...


class LinkConfirmation(QDialog):
    """Shows one question; implements `LinkPromptView`."""

    def __init__(
        self, intents: LinkIntents, now: Callable[[], datetime], zone: Callable[[], tzinfo]
    ) -> None:
        install_appearance()
        super().__init__()
        self._intents = intents
        self._now = now
        self._zone = zone
        self._question: LinkPrompt | None = None
        self._heading = named(_label(), "heading")
        self._note = named(_label(), "note")
        self._comment = named(QPlainTextEdit(), "comment")
        self._rows: dict[_LinkRow, tuple[PlainLabel, QWidget]] = {
            part: (_label(), self._comment if part is _LinkRow.COMMENT else _label())
            for part in _LinkRow
        }
        self._accept_button = named(QPushButton(), "accept")
        self._dismiss_button = named(QPushButton(), "dismiss")
        self._lay_out()
        self._accept_button.clicked.connect(self._on_accepted)
        self._dismiss_button.clicked.connect(self.reject)
        self.retranslate()

    # What it shows

    def show_prompt(self, question: LinkPrompt) -> None:
        """Show a new question, in front."""
        self.update_prompt(question)
        bring_to_front(self)
        self._dismiss_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def update_prompt(self, question: LinkPrompt) -> None:
        """Show what changed in the open one."""
        self._question = question
        self._heading.setText(self._heading_text(question.action))
        starts = question.action is LinkAction.START
        self._show_row(_LinkRow.TASK, question.task.title if starts and question.task else "")
        self._show_row(_LinkRow.CARD, question.card)
        self._show_row(_LinkRow.COMMENT, question.comment)
        self._show_row(
            _LinkRow.STOPS, self._running_text(question.running) if question.running else ""
        )
        said = self._notes(question)
        self._note.setText("\n".join(said))
        self._note.setVisible(bool(said))
        self._accept_button.setText(self.tr("&Start") if starts else self.tr("&Stop"))
        self._accept_button.setVisible(question.action is not LinkAction.NOTHING)
        self._accept_button.setEnabled(question.can_accept)
        closes = question.action is LinkAction.NOTHING or not (
            question.can_accept or question.is_loading
        )
        self._dismiss_button.setText(self.tr("&Close") if closes else self.tr("&Cancel"))
        self._dismiss_button.setDefault(True)
        self._fit_height()

    def hide_prompt(self) -> None:
        """Show nothing any more."""
        self.hide()

    def reject(self) -> None:
        """Escape, Cancel and the window's own cross mean no."""
        self._intents.dismiss()

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
            if self._question is not None:
                self.update_prompt(self._question)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle(self.tr("Timer App: a link"))
        for part, name in (
            (_LinkRow.TASK, self.tr("Task")),
            (_LinkRow.CARD, self.tr("Card")),
            (_LinkRow.COMMENT, self.tr("Comment")),
            (_LinkRow.STOPS, self.tr("Stops")),
        ):
            label, shown = self._rows[part]
            label.setText(name)
            if isinstance(shown, PlainLabel):
                shown.setAccessibleDescription(name)  # its name is what it says
            else:
                shown.setAccessibleName(name)

    # Parts

    def _heading_text(self, asked: LinkAction) -> str:
        match asked:
            case LinkAction.START:
                return self.tr("A link wants to start an entry.")
            case LinkAction.STOP:
                return self.tr("A link wants to stop what runs.")
            case LinkAction.NOTHING:
                return self.tr("A link was opened that cannot be used.")

    def _running_text(self, entry: Entry) -> str:
        began = format_time_and_date(entry.started_at, self._now(), self._zone())
        return fill(self.tr("%1, running since %2"), entry.task.title, began)

    def _notes(self, question: LinkPrompt) -> list[str]:
        said = [messages.error_text(question.note)] if question.note else []
        if question.is_loading:
            said.append(self.tr("Asking Kaiten for the card…"))
        elif question.action is LinkAction.STOP and question.running is None:
            said.append(self.tr("Nothing is running."))
        if question.has_rejected_link:
            said.append(
                self.tr(
                    "Another link was opened meanwhile and was not taken."
                    " Answer this one, then open it again."
                )
            )
        return said

    def _show_row(self, part: _LinkRow, text: str) -> None:
        label, shown = self._rows[part]
        for widget in (label, shown):
            widget.setVisible(bool(text))
        if isinstance(shown, PlainLabel):
            shown.setText(text)
        elif self._comment.toPlainText() != text:
            self._comment.setPlainText(text)

    def _on_accepted(self) -> None:
        self._intents.accept()

    # Making

    def _lay_out(self) -> None:
        self._heading.setFont(scaled_font(self.font(), Scale.HEADING))
        self._comment.setReadOnly(True)
        self._comment.setTabChangesFocus(True)
        rows = QGridLayout()
        rows.setHorizontalSpacing(EDGE)
        rows.setVerticalSpacing(SPACE)
        rows.setColumnStretch(1, 1)
        for number, (label, shown) in enumerate(self._rows.values()):
            rows.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            rows.addWidget(shown, number, 1)
        buttons = QDialogButtonBox()
        buttons.addButton(self._accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self._dismiss_button, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        for widget in (self._heading, self._note):
            column.addWidget(widget)
        column.insertLayout(1, rows)
        column.addStretch(1)
        column.addWidget(buttons)
        self.resize(_WIDTH, 0)

    def _fit_height(self) -> None:
        """Be as high as the text needs: a layout of wrapped labels does not see to it."""
        self._fit_comment()
        layout = self.layout()
        if layout is not None:
            layout.activate()
            width = max(_WIDTH, self.width())
            height = layout.totalHeightForWidth(width)
            self.setMinimumSize(_WIDTH, height)
            self.resize(width, height)

    def _fit_comment(self) -> None:
        """A short comment takes a line, a long one is scrolled."""
        letters = self._comment.fontMetrics()
        fit = max(1, (_WIDTH * 2 // 3) // letters.averageCharWidth())
        lines = min(_COMMENT_LINES, 1 + len(self._comment.toPlainText()) // fit)
        margins = 2 * (self._comment.frameWidth() + int(self._comment.document().documentMargin()))
        rest = SPACE // 2  # of the last line, or a scroll bar would appear for it
        self._comment.setFixedHeight(lines * letters.lineSpacing() + margins + rest)


def _label() -> PlainLabel:
    label = PlainLabel()
    label.setWordWrap(True)
    return label
