"""What belongs together stands on one surface: banners, choices, groups of rows, step marks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from timer_app.ui.accessibility import set_role
from timer_app.ui.design.buttons import mixed
from timer_app.ui.design.painting import Mark, draw_focus, draw_mark, draw_rounded
from timer_app.ui.design.text import Chip, Text, Tone, tone_colour
from timer_app.ui.design.tokens import (
    FIELD_RADIUS,
    HUGE,
    LINE_WIDTH,
    MEDIUM,
    SMALL,
    SURFACE_RADIUS,
    TINY,
    Colours,
    Scale,
    colours_of,
    mark_size,
)
from timer_app.ui.menu_text import without_mnemonic
from timer_app.ui.plain_text import spoken

_STEP_WIDTH, _STEP_HEIGHT = 28, 4


class Ground(Enum):
    """What a surface stands for; `NONE` is not drawn."""

    NONE = auto()
    PLAIN = auto()
    ACTIVE = auto()
    GOOD = auto()
    WARNING = auto()
    DANGER = auto()


_TONES = {Ground.GOOD: Tone.GOOD, Ground.WARNING: Tone.WARNING, Ground.DANGER: Tone.DANGER}


class Surface(QFrame):
    """A rounded ground for what is laid out on it."""

    def __init__(self, ground: Ground = Ground.PLAIN, *, radius: int = SURFACE_RADIUS) -> None:
        super().__init__()
        self._ground = ground
        self._radius = radius

    @property
    def ground(self) -> Ground:
        """What it stands for now."""
        return self._ground

    def set_ground(self, ground: Ground) -> None:
        """Stand for that."""
        self._ground = ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground; a plain one has a line around it."""
        del event
        if self._ground is Ground.NONE:
            return
        own = colours_of(self.palette())
        fill = _fill(own, self._ground)
        has_line = self._ground is Ground.PLAIN or fill == own.background
        painter = QPainter(self)
        line = own.line if has_line else None
        draw_rounded(painter, QRectF(self.rect()), self._radius, fill, line)
        painter.end()


def _fill(own: Colours, ground: Ground) -> QColor:
    match ground:
        case Ground.NONE | Ground.PLAIN:
            return own.surface
        case Ground.ACTIVE | Ground.GOOD:
            return own.accent_soft
        case Ground.WARNING:
            return own.warning_soft
        case Ground.DANGER:
            return own.danger_soft


class MarkLabel(QWidget):
    """A mark beside words that say the same: it is seen, not heard."""

    def __init__(self, mark: Mark, tone: Tone) -> None:
        super().__init__()
        self._mark, self._tone = mark, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As large as its letters ask for."""
        size = mark_size(self.fontMetrics())
        return QSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark in the colour of its tone."""
        del event
        painter = QPainter(self)
        colour = tone_colour(colours_of(self.palette()), self._tone)
        draw_mark(painter, self._mark, QRectF(self.rect()), colour)
        painter.end()


class Banner(Surface):
    """One sentence, one small line, one button. Emits `pressed` with the button."""

    pressed = Signal()

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground, radius=FIELD_RADIUS)
        tone = _TONES.get(ground, Tone.NORMAL)
        self._sentence = spoken(Text(tone=tone, semibold=True))
        self._detail = Text(Scale.SMALL, tone)
        self.button = QPushButton()
        self.button.clicked.connect(self.pressed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._sentence)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(MEDIUM, SMALL, SMALL, SMALL)
        row.setSpacing(SMALL)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_words("", "", "")

    @property
    def sentence(self) -> str:
        """What it says first."""
        return self._sentence.text()

    @property
    def detail(self) -> str:
        """What it says below that, "" for nothing."""
        return self._detail.text()

    def show_words(self, sentence: str, detail: str = "", button: str = "") -> None:
        """Say that; no button without a word on it."""
        self._sentence.setText(sentence)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(sentence)


class ChoiceCard(QAbstractButton):
    """An answer with what comes of it. The letter after `&` in its text is shown as its key."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Text(semibold=True)
        self._detail = Text(Scale.SMALL, Tone.MUTED)
        self._key = Chip()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(MEDIUM, SMALL + 2, MEDIUM, SMALL + 2)
        row.setSpacing(MEDIUM)
        row.addLayout(words, 1)
        row.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
        for each in (self._title, self._detail, self._key):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """See QAbstractButton."""
        super().setText(text)
        key = QKeySequence.mnemonic(text)
        self._key.setText(key.toString().rpartition("+")[2])
        self._key.setVisible(not key.isEmpty())
        self._title.setText(without_mnemonic(text))
        self._stretch()

    @property
    def detail(self) -> str:
        """What comes of it."""
        return self._detail.text()

    def set_detail(self, text: str) -> None:
        """Say what comes of it."""
        self._detail.setText(text)
        self._detail.setVisible(bool(text))
        self.setAccessibleDescription(text)
        self._stretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower words are higher."""
        super().resizeEvent(event)
        self._stretch()

    def event(self, event: QEvent) -> bool:
        """Words that have changed, or letters of another size, need another height."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._stretch()
        return handled

    def _stretch(self) -> None:
        """Be as high as the words need: a layout does not ask at the width that they get."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def sizeHint(self) -> QSize:
        """What its words need."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else QSize()

    def minimumSizeHint(self) -> QSize:
        """The same, as narrow as its longest word."""
        layout = self.layout()
        return layout.minimumSize() if layout is not None else QSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and a ring around the one that Enter would take."""
        del event
        own = colours_of(self.palette())
        share = 0.12 if self.isDown() else 0.05 if self.underMouse() and self.isEnabled() else 0.0
        painter = QPainter(self)
        rect = QRectF(self.rect())
        draw_rounded(painter, rect, SURFACE_RADIUS, mixed(own.surface, own.text, share), own.line)
        if self.hasFocus():
            draw_focus(painter, rect, SURFACE_RADIUS, own.accent)
        painter.end()


def lay_out_settings_row(label: Text, words: Sequence[Text], control: QWidget) -> QHBoxLayout:
    """A label and words below it at the left, what is set at the right."""
    label.setBuddy(control)
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addStretch(1)
    for each in (label, *words):
        texts.addWidget(each)
    texts.addStretch(1)
    row = QHBoxLayout()
    row.setSpacing(MEDIUM)
    row.addLayout(texts, 1)
    is_wide = control.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Expanding
    row.addWidget(control, int(is_wide), Qt.AlignmentFlag.AlignVCenter)
    return row


class SettingsRow(QWidget):
    """A row with a label and a hint."""

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        self.label = Text()
        self._hint = Text(Scale.SMALL, Tone.MUTED)
        row = lay_out_settings_row(self.label, (self._hint,), control)
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)

    def show_words(self, label: str, hint: str = "", tone: Tone = Tone.MUTED) -> None:
        """Say what is set, and what it means; the tone is that of the hint."""
        self.label.setText(label)
        self._hint.set_tone(tone)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))


class SettingsGroup(Surface):
    """Rows with a line between those that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[QWidget, Line]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def add(self, row: QWidget) -> None:
        """Put it below the others."""
        line = Line()
        row.setContentsMargins(MEDIUM, SMALL + 2, MEDIUM, SMALL + 2)
        self._column.addWidget(line)
        self._column.addWidget(row)
        self._rows.append((row, line))
        row.installEventFilter(self)
        self._show_lines()

    def be_bare(self) -> None:
        """Be rows alone, on the ground of the window."""
        self.set_ground(Ground.NONE)
        self._column.setSpacing(SMALL)
        for row, _ in self._rows:
            row.setContentsMargins(0, 0, 0, 0)
        self._show_lines()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A row comes or goes with its line."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._show_lines()
        return super().eventFilter(watched, event)

    def _show_lines(self) -> None:
        is_first, is_bare = True, self.ground is Ground.NONE
        for row, line in self._rows:
            line.setVisible(not (row.isHidden() or is_first or is_bare))
            is_first = is_first and row.isHidden()


class Line(QFrame):
    """A thin line between two rows or two columns."""

    def __init__(self, *, is_upright: bool = False) -> None:
        super().__init__()
        if is_upright:
            self.setFixedWidth(LINE_WIDTH)
        else:
            self.setFixedHeight(LINE_WIDTH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """All of it."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours_of(self.palette()).line)
        painter.end()


class StepMarks(QWidget):
    """How far it is: a short bar for each step, those that are reached in colour."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count
        self._reached = 1
        set_role(self, QAccessible.Role.Indicator)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_reached(self, reached: int) -> None:
        """Be at that step, the first one being 1."""
        self._reached = reached
        self.update()

    def sizeHint(self) -> QSize:
        """All bars beside each other."""
        return QSize(self._count * (_STEP_WIDTH + TINY) - TINY, _STEP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """From where reading begins."""
        del event
        own = colours_of(self.palette())
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter = QPainter(self)
        for number in range(self._count):
            place = self._count - 1 - number if is_mirrored else number
            bar = QRectF(place * (_STEP_WIDTH + TINY), 0, _STEP_WIDTH, _STEP_HEIGHT)
            is_reached = number < self._reached
            is_hollow = not is_reached and own.line == own.text  # colour alone would say it
            colour = own.accent if is_reached else own.line
            fill, line = (None, colour) if is_hollow else (colour, None)
            draw_rounded(painter, bar, _STEP_HEIGHT / 2, fill, line)
        painter.end()


class EmptyState(QWidget):
    """One sentence in place of what is not there, and one button."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sentence = Text(tone=Tone.MUTED)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(HUGE, HUGE, HUGE, HUGE)
        column.setSpacing(MEDIUM)
        column.addStretch(1)
        column.addWidget(self._sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_words(self, sentence: str, button: str = "") -> None:
        """Say that; no button without a word on it."""
        self._sentence.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
