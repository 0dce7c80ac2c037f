"""The question about a link: what would be started or stopped, and nothing happens without a yes.

No is the answer to Enter and Escape, so that a window which appears while somebody types
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QShowEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from timer_app.domain.entries.entry import Entry
from timer_app.domain.entries.task import Task
from timer_app.domain.user_message import fill
from timer_app.services.setup.links import LinkAction, LinkPrompt
from timer_app.ui import messages
from timer_app.ui.design.appearance import install_appearance
from timer_app.ui.design.buttons import ButtonKind, set_kind
from timer_app.ui.design.surfaces import Banner, Ground, Surface
from timer_app.ui.design.text import Chip, Text, Tone, follow_font
from timer_app.ui.design.tokens import MEDIUM, QUESTION_WIDTH, SMALL, TINY, Scale
from timer_app.ui.plain_text import breakable, plain_tooltip
from timer_app.ui.window import EDGE, SPACE, named
from timer_app.ui.window_activation import bring_to_front
from timer_app.ui.wording import format_time_and_date

_COMMENT_LINES = 5
_TEXT_WIDTH = QUESTION_WIDTH - 2 * EDGE - 2 * MEDIUM
"""Pixels for words on a surface."""


class LinkIntents(Protocol):
    """What the person says."""

    def accept(self) -> None:
        """Yes."""
        ...

    def dismiss(self) -> None:
        """No, or I have read it."""
        ...


class _TaskSurface(Surface):
    """A task as a row: its title with the card's chip, and a small line below."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._title = Text(semibold=True)
        self._chip = Chip()
        self._detail = Text(Scale.SMALL, Tone.MUTED)
        top = QHBoxLayout()
        top.setSpacing(SMALL)
        top.addWidget(self._title, 1)
        top.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MEDIUM, SMALL + 2, MEDIUM, SMALL + 2)
        self.column.setSpacing(TINY)
        self.column.addLayout(top)
        self.column.addWidget(self._detail)

    def show_task(self, task: Task, detail: str = "") -> None:
        """Show a task, with that below it."""
        card = task.card
        self._chip.setText(f"#{card.id}" if card else "")
        self._chip.setToolTip(plain_tooltip(card.url if card else ""))
        self._chip.setVisible(card is not None)
        self._show_words(task.title, detail)

    def show_address(self, address: str) -> None:
        """Show a card of which no more is known."""
        self._chip.setVisible(False)
        self._show_words(address, "")

    def describe(self, title: str, card: str) -> None:
        """Have screen readers say what the title and the chip are; their names are their words."""
        self._title.setAccessibleDescription(title)
        self._chip.setAccessibleDescription(card)

    def _show_words(self, title: str, detail: str) -> None:
        chip = 0 if self._chip.isHidden() else self._chip.sizeHint().width() + SMALL
        room = _TEXT_WIDTH - chip
        self._title.setText(breakable(title, QFontMetricsF(self._title.font()), room))
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))


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
        self._heading = named(Text(Scale.HEADING), "heading")
        self._starts = named(_TaskSurface(Ground.PLAIN), "starts")
        self._comment = named(QPlainTextEdit(), "comment")
        self._stops_label = Text(Scale.SMALL, Tone.MUTED, semibold=True)
        self._stops = named(_TaskSurface(Ground.ACTIVE), "stops")
        self._note = named(Text(), "note")
        self._other_link = named(Banner(Ground.WARNING), "other-link")
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
        self._show_start(question)
        self._show_stop(question)
        tone, note = self._note_on(question)
        self._note.set_tone(tone)
        self._note.setText(breakable(note, QFontMetricsF(self._note.font()), _TEXT_WIDTH))
        self._note.setVisible(bool(note))
        self._other_link.setVisible(question.has_rejected_link)
        self._show_buttons(question)
        self._fit_height()

    def hide_prompt(self) -> None:
        """Show nothing any more."""
        self.hide()

    def reject(self) -> None:
        """Escape, Cancel and the window's own cross mean no."""
        self._intents.dismiss()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now it is certain how wide each text is."""
        super().showEvent(event)
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        """Another language, or letters of another size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.FontChange:
            follow_font(self)
        else:
            return
        if self._question is not None:
            self.update_prompt(self._question)

    def retranslate(self) -> None:
        """Write every fixed text in the language of the moment."""
        self.setWindowTitle(self.tr("Timer App: a link"))
        self._stops_label.setText(self.tr("Stops"))
        self._comment.setAccessibleName(self.tr("Comment"))
        self._stops.describe(self.tr("Stops"), self.tr("Card"))
        self._other_link.show_words(
            self.tr("Another link was opened meanwhile and was ignored."),
            self.tr("Answer this one, then open it again."),
        )

    # Parts

    def _heading_text(self, asked: LinkAction) -> str:
        match asked:
            case LinkAction.START:
                return self.tr("A link asks to start an entry.")
            case LinkAction.STOP:
                return self.tr("A link asks to stop what runs.")
            case LinkAction.NOTHING:
                return self.tr("A link was opened that cannot be used.")

    def _show_start(self, question: LinkPrompt) -> None:
        """What would be started; its card alone while no more is known."""
        starts = question.action is LinkAction.START
        self._starts.setVisible(starts)
        if starts and question.task is not None:
            self._starts.describe(self.tr("Task"), self.tr("Card"))
            self._starts.show_task(question.task)
        elif starts:
            self._starts.describe(self.tr("Card"), "")
            self._starts.show_address(question.card)
        if self._comment.toPlainText() != question.comment:
            self._comment.setPlainText(question.comment)
        self._comment.setVisible(bool(question.comment))
        self._fit_comment()

    def _show_stop(self, question: LinkPrompt) -> None:
        running = question.running
        for widget in (self._stops_label, self._stops):
            widget.setVisible(running is not None)
        # The heading says it already where nothing is started.
        self._stops_label.setVisible(running is not None and question.action is LinkAction.START)
        if running is not None:
            self._stops.show_task(running.task, self._since_text(running))

    def _since_text(self, entry: Entry) -> str:
        began = format_time_and_date(entry.started_at, self._now(), self._zone())
        return fill(self.tr("Running since %1"), began)

    def _note_on(self, question: LinkPrompt) -> tuple[Tone, str]:
        if question.note is not None:
            is_refused = question.action is LinkAction.START and not question.can_accept
            tone = Tone.DANGER if is_refused else Tone.NORMAL
            return tone, messages.error_text(question.note)
        if question.is_loading:
            return Tone.MUTED, self.tr("Asking Kaiten for the card…")
        if question.action is LinkAction.STOP and question.running is None:
            return Tone.NORMAL, self.tr("Nothing is running.")
        return Tone.NORMAL, ""

    def _show_buttons(self, question: LinkPrompt) -> None:
        starts = question.action is LinkAction.START
        self._accept_button.setText(self.tr("&Start") if starts else self.tr("&Stop"))
        self._accept_button.setVisible(question.action is not LinkAction.NOTHING)
        self._accept_button.setEnabled(question.can_accept)
        closes = question.action is LinkAction.NOTHING or not (
            question.can_accept or question.is_loading
        )
        self._dismiss_button.setText(self.tr("&Close") if closes else self.tr("&Cancel"))
        set_kind(self._dismiss_button, ButtonKind.PLAIN if closes else ButtonKind.QUIET)
        self._dismiss_button.setDefault(True)

    def _on_accepted(self) -> None:
        self._intents.accept()

    # Making

    def _lay_out(self) -> None:
        set_kind(self._accept_button, ButtonKind.PRIMARY)
        self._comment.setReadOnly(True)
        self._comment.setTabChangesFocus(True)
        self._comment.setFrameShape(QFrame.Shape.NoFrame)
        self._comment.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._comment.viewport().setAutoFillBackground(False)  # the surface is its ground
        self._comment.document().setDocumentMargin(0)
        self._starts.column.addWidget(self._comment)
        buttons = QDialogButtonBox()
        buttons.addButton(self._accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self._dismiss_button, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(SPACE)
        for widget in (
            self._heading, self._starts, self._stops_label, self._stops,
            self._note, self._other_link,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(buttons)
        self.resize(QUESTION_WIDTH, 0)

    def _fit_height(self) -> None:
        """Be as high as the text needs: a layout of wrapped labels does not see to it."""
        layout = self.layout()
        if layout is None:
            return
        width = max(QUESTION_WIDTH, self.width())
        for _ in range(2):  # what has got its width may need another height
            for inner in reversed(self.findChildren(QLayout)):
                inner.activate()
            layout.activate()
            height = layout.totalHeightForWidth(width)
            self.setMinimumSize(QUESTION_WIDTH, height)
            self.resize(width, height)

    def _fit_comment(self) -> None:
        """A short comment takes as many lines as it needs, a long one is scrolled."""
        font = self._comment.font()
        lines = min(_COMMENT_LINES, _line_count(self._comment.toPlainText(), font))
        rest = SPACE // 2  # of the last line, or a scroll bar would appear for it
        self._comment.setFixedHeight(lines * self._comment.fontMetrics().lineSpacing() + rest)


def _line_count(text: str, font: QFont) -> int:
    """How many lines it takes on a surface, broken within words that are too long."""
    document = QTextDocument(text)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setTextWidth(_TEXT_WIDTH)
    document.size()  # lays it out
    return sum(
        block.layout().lineCount()
        for number in range(document.blockCount())
        if (block := document.findBlockByNumber(number)).isValid()
    )
