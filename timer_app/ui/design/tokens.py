"""Every colour, space, radius and size of letters. None of them is written anywhere else.

Colours come by the palette that a widget has: the app's own palettes are made of them (`palette`),
and any other palette, such as a system's high contrast, is used as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPalette

from timer_app.ui.design.contrast import ENHANCED_TEXT, MARK, TEXT, contrast

TINY = 4
SMALL = 8
MEDIUM = 12
LARGE = 16
HUGE = 24
"""Spaces, in pixels of a screen at 100 %."""

CHIP_RADIUS = 6
FIELD_RADIUS = 8
SURFACE_RADIUS = 10
MARK_RADIUS = 3
"""Radii of chips, of fields and buttons, of surfaces, of what is smaller than a letter."""

LINE_WIDTH = 1
FOCUS_WIDTH = 2
MARK_WIDTH = 1.6
"""Widths of lines: around a surface, of the focus ring, of what is drawn in a mark."""

MARK_SIZE = 16
PROGRESS_HEIGHT = 4
BAR_HEIGHT = 8
CHART_BAR_WIDTH = 44
LEAST_BLOCK_WIDTH = 3
TARGET = 28
MAIN_TARGET = 44
"""Sizes of a mark; of bars of progress, of a day and of a chart; of a block of time at least; the
least to be clicked, the main button."""

PANEL_WIDTH = 384
EDIT_WIDTH = 460
FORM_WIDTH = 520
QUESTION_WIDTH = 440
SETTINGS_SIZE = 720, 520
FIRST_STEPS_SIZE = 540, 430
PROBLEMS_SIZE = 520, 480
COMPARE_SIZE = 760, 480
LIST_HEIGHT = 120
"""Sizes of windows: the panel, an edit, a form, a question, the settings, the first steps, the
problems, the comparison; of a list."""


_USUAL_LINE = 20.0
"""The height of a line, in pixels, up to which windows have their own sizes."""


class Scale(Enum):
    """Sizes of letters, as a factor of the system's own."""

    SMALL = 0.86
    BODY = 1.0
    HEADING = 1.3
    CLOCK = 2.4


class Theme(Enum):
    """The two looks of the app."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a theme. Those named `on_` are for text on the colour of that name.

    `accent_text` is for words in the accent's colour. `tasks` go by a task's number, the second
    half being the other shades of the first; `neutral` is a block that belongs to no task, and
    `stripe` is drawn across it. `disabled` is for the words and marks of what
    cannot be used, `disabled_ground` for what is filled otherwise.
    """

    background: QColor
    surface: QColor
    line: QColor
    text: QColor
    muted: QColor
    chip: QColor
    accent: QColor
    on_accent: QColor
    accent_soft: QColor
    accent_text: QColor
    warning: QColor
    warning_soft: QColor
    danger: QColor
    danger_soft: QColor
    focus: QColor
    tasks: tuple[QColor, ...]
    on_task: QColor
    neutral: QColor
    stripe: QColor
    disabled: QColor
    disabled_ground: QColor


@cache
def colours(theme: Theme) -> Colours:
    """The colours of a theme."""
    match theme:
        case Theme.LIGHT:
            return _light()
        case Theme.DARK:
            return _dark()


def colours_of(palette: QPalette) -> Colours:
    """The colours for what is drawn with that palette."""
    window = palette.color(QPalette.ColorRole.Window)
    for theme in Theme:
        if window == colours(theme).background:
            return colours(theme)
    return _of_system(palette)


def is_dark(palette: QPalette) -> bool:
    """Whether text is lighter than what it stands on."""
    window, text = QPalette.ColorRole.Window, QPalette.ColorRole.WindowText
    return palette.color(window).lightness() < palette.color(text).lightness()


def palette(theme: Theme) -> QPalette:
    """The palette that Qt's own widgets have in that theme."""
    own, role = colours(theme), QPalette.ColorRole
    made = QPalette(own.surface, own.background)
    for each, colour in {
        role.Window: own.background, role.WindowText: own.text,
        role.Base: own.surface, role.AlternateBase: own.background, role.Text: own.text,
        role.Button: own.surface, role.ButtonText: own.text, role.BrightText: own.danger,
        role.PlaceholderText: own.muted, role.Link: own.accent_text, role.LinkVisited: own.muted,
        role.Highlight: own.accent_soft, role.HighlightedText: own.text, role.Accent: own.accent,
        role.ToolTipBase: own.surface, role.ToolTipText: own.text,
        role.Light: own.surface, role.Midlight: own.chip, role.Mid: own.line, role.Dark: own.muted,
        role.Shadow: own.text,
    }.items():  # fmt: skip
        made.setColor(each, colour)
    disabled = QPalette.ColorGroup.Disabled
    for each in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(disabled, each, own.disabled)
    made.setColor(disabled, role.Highlight, own.disabled_ground)
    return made


def contrast_palette(theme: Theme) -> QPalette:
    """High contrast for a system that asks for it and has no such palette of its own."""
    is_light, role = theme is Theme.LIGHT, QPalette.ColorRole
    ground, text = (
        QColor("#ffffff" if is_light else "#000000"),
        QColor("#000000" if is_light else "#ffffff"),
    )
    strong = QColor("#00472f" if is_light else "#7df5c4")
    made = QPalette(text, ground, text, text, text, text, ground)
    for each in (role.Button, role.Base, role.AlternateBase, role.Window, role.ToolTipBase,
                 role.Light, role.Midlight):  # fmt: skip
        made.setColor(each, ground)
    for each in (role.WindowText, role.Text, role.ButtonText, role.BrightText, role.ToolTipText,
                 role.PlaceholderText, role.Mid, role.Dark, role.Shadow):  # fmt: skip
        made.setColor(each, text)
    for each in (role.Highlight, role.Accent, role.Link, role.LinkVisited):
        made.setColor(each, strong)
    made.setColor(role.HighlightedText, ground)
    faint = QColor("#595959" if is_light else "#a6a6a6")
    for each in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, each, faint)
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, ground)
    return made


def has_high_contrast(palette: QPalette) -> bool:
    """Whether texts of a palette can be read by those who ask for high contrast."""
    role = QPalette.ColorRole
    pairs = (
        (role.WindowText, role.Window, ENHANCED_TEXT), (role.Text, role.Base, ENHANCED_TEXT),
        (role.ButtonText, role.Button, ENHANCED_TEXT), (role.HighlightedText, role.Highlight, TEXT),
        (role.Highlight, role.Window, MARK),
    )  # fmt: skip
    return all(
        contrast(palette.color(one), palette.color(other)) >= least for one, other, least in pairs
    )


def scaled_font(base: QFont, scale: Scale, *, semibold: bool | None = None) -> QFont:
    """The font at that size. Headings and the clock are semibold by default."""
    font = QFont(base)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * scale.value)
    else:
        font.setPixelSize(max(1, round(font.pixelSize() * scale.value)))
    if semibold is None:
        semibold = scale in (Scale.HEADING, Scale.CLOCK)
    if semibold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def size_for_letters(size: tuple[int, int], font: QFont) -> QSize:
    """That size of a window in pixels, larger where the system's letters are large."""
    factor = max(1.0, QFontMetricsF(font).height() / _USUAL_LINE)
    return QSize(round(size[0] * factor), round(size[1] * factor))


def width_for_letters(width: int, font: QFont) -> int:
    """That width of a window in pixels, larger where the system's letters are large."""
    return size_for_letters((width, 0), font).width()


def mark_size(metrics: QFontMetrics) -> int:
    """How large a mark beside these letters is, in pixels: it grows with large ones."""
    return round(MARK_SIZE * max(1.0, metrics.height() / _USUAL_LINE))


def tabular_font(base: QFont) -> QFont:
    """The font with figures of one width: what is counted does not move."""
    font = QFont(base)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _light() -> Colours:
    return Colours(
        background=QColor("#f6f7f8"), surface=QColor("#ffffff"), line=QColor("#e1e4e8"),
        text=QColor("#1b1f24"), muted=QColor("#5b6470"), chip=QColor("#eef0f2"),
        accent=QColor("#1a7f5a"), on_accent=QColor("#ffffff"), accent_soft=QColor("#e3f3ec"),
        accent_text=QColor("#13714e"),
        warning=QColor("#9a5b00"), warning_soft=QColor("#fff4e0"),
        danger=QColor("#b42318"), danger_soft=QColor("#fdecea"),
        focus=QColor("#2563eb"),
        tasks=_of("#1a7f5a", "#2f6fde", "#a04fc4", "#b85c0a", "#0e7490", "#b4235f",
                  "#0d5138", "#173f8f", "#642c80", "#743800", "#064b5c", "#741338"),
        on_task=QColor("#ffffff"), neutral=QColor("#66717d"), stripe=QColor("#808b96"),
        disabled=QColor("#5b6470"), disabled_ground=QColor("#e1e4e8"),
    )  # fmt: skip


def _dark() -> Colours:
    return Colours(
        background=QColor("#1c1f22"), surface=QColor("#24282c"), line=QColor("#3a4046"),
        text=QColor("#f1f3f5"), muted=QColor("#a7b0ba"), chip=QColor("#343a40"),
        accent=QColor("#3fb68b"), on_accent=QColor("#06251a"), accent_soft=QColor("#1f3a31"),
        accent_text=QColor("#3fb68b"),
        warning=QColor("#f2b35e"), warning_soft=QColor("#3a2e1c"),
        danger=QColor("#ff8a80"), danger_soft=QColor("#43211f"),
        focus=QColor("#7aa7ff"),
        tasks=_of("#3fb68b", "#6f9df5", "#c68be0", "#f0a35e", "#4cc2d8", "#f08bb4",
                  "#a5e3cd", "#bcd2ff", "#e6cdf2", "#fbd9b5", "#aee6f0", "#fbd0e0"),
        on_task=QColor("#06251a"), neutral=QColor("#98a2ad"), stripe=QColor("#7d8893"),
        disabled=QColor("#a7b0ba"), disabled_ground=QColor("#3a4046"),
    )  # fmt: skip


def _of_system(palette: QPalette) -> Colours:
    """A palette's own colours: text, what it stands on, and the highlight; nothing is softened."""
    role = QPalette.ColorRole
    window, text = palette.color(role.Window), palette.color(role.WindowText)
    highlight = palette.color(role.Highlight)
    theme = colours(Theme.DARK if is_dark(palette) else Theme.LIGHT)
    return Colours(
        background=window, surface=palette.color(role.Base), line=text, text=text, muted=text,
        chip=window, accent=highlight, on_accent=palette.color(role.HighlightedText),
        accent_soft=window, accent_text=text, warning=text, warning_soft=window,
        danger=text, danger_soft=window, focus=highlight,
        tasks=theme.tasks, on_task=theme.on_task, neutral=theme.neutral, stripe=theme.stripe,
        disabled=palette.color(QPalette.ColorGroup.Disabled, role.WindowText),
        disabled_ground=window,
    )  # fmt: skip


def _of(*names: str) -> tuple[QColor, ...]:
    return tuple(map(QColor, names))
