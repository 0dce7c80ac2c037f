"""Text and marks can be told from what they stand on, in every theme; sizes follow the system."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFont

from tests.gallery.looks import PALETTES, system_contrast
from timer_app.ui.design.contrast import MARK, TEXT, contrast
from timer_app.ui.design.tokens import (
    Colours,
    Scale,
    Theme,
    colours,
    colours_of,
    contrast_palette,
    has_high_contrast,
    is_dark,
    palette,
    scaled_font,
    tabular_font,
)

every_theme = pytest.mark.parametrize("theme", Theme)
every_look = pytest.mark.parametrize("look", PALETTES)


def texts(own: Colours) -> Iterator[tuple[str, QColor, QColor]]:
    """Each pair of text and ground that a window has."""
    grounds = {
        "background": own.background, "surface": own.surface, "chip": own.chip,
        "accent_soft": own.accent_soft, "warning_soft": own.warning_soft,
        "danger_soft": own.danger_soft,
    }  # fmt: skip
    for name, ground in grounds.items():
        yield f"text on {name}", own.text, ground
        yield f"muted on {name}", own.muted, ground
    for name in ("background", "surface", "accent_soft"):
        yield f"accent text on {name}", own.accent_text, grounds[name]
    for name in ("background", "surface", "danger_soft"):
        yield f"danger on {name}", own.danger, grounds[name]
    for name in ("background", "surface", "warning_soft"):
        yield f"warning on {name}", own.warning, grounds[name]
    yield "on accent", own.on_accent, own.accent
    yield "on text", own.background, own.text
    yield "disabled", own.disabled, own.background
    yield "disabled on its ground", own.disabled, own.disabled_ground
    for number, task in enumerate(own.tasks):
        yield f"on task {number}", own.on_task, task
    yield "on neutral", own.on_task, own.neutral


def marks(own: Colours) -> Iterator[tuple[str, QColor, QColor]]:
    """Each pair of mark and ground."""
    for name, ground in {"background": own.background, "surface": own.surface}.items():
        yield f"focus on {name}", own.focus, ground
        yield f"accent on {name}", own.accent, ground
        yield f"neutral on {name}", own.neutral, ground
        for number, task in enumerate(own.tasks):
            yield f"task {number} on {name}", task, ground
    yield "accent on its soft one", own.accent, own.accent_soft


@every_look
def test_every_text_can_be_read(look: str) -> None:
    weak = {name: round(contrast(*pair), 2) for name, *pair in texts(colours_of(PALETTES[look]()))
            if contrast(*pair) < TEXT}  # fmt: skip
    assert weak == {}


@every_look
def test_every_mark_can_be_seen(look: str) -> None:
    weak = {name: round(contrast(*pair), 2) for name, *pair in marks(colours_of(PALETTES[look]()))
            if contrast(*pair) < MARK}  # fmt: skip
    assert weak == {}


@every_theme
def test_no_two_tasks_look_alike(theme: Theme) -> None:
    assert len({each.name() for each in colours(theme).tasks}) == 12


@every_theme
def test_a_widget_with_the_theme_s_palette_has_its_colours(theme: Theme) -> None:
    assert colours_of(palette(theme)) is colours(theme)
    assert is_dark(palette(theme)) == (theme is Theme.DARK)


def test_a_system_s_own_palette_wins() -> None:
    own = colours_of(system_contrast())
    assert own.background == QColor("black")
    assert {own.text.name(), own.muted.name(), own.line.name()} == {QColor("yellow").name()}
    assert own.accent == own.focus == QColor("cyan")


@every_theme
def test_high_contrast_is_distinguished_from_other_palettes(theme: Theme) -> None:
    assert has_high_contrast(contrast_palette(theme))
    assert has_high_contrast(system_contrast())
    assert not has_high_contrast(palette(theme))  # what is chosen is pale


@pytest.mark.parametrize(("scale", "points"), [
    (Scale.SMALL, 8.6), (Scale.BODY, 10), (Scale.HEADING, 13), (Scale.CLOCK, 24),
])  # fmt: skip
def test_letters_follow_the_system_s_size(scale: Scale, points: float, qapp: object) -> None:
    assert qapp
    base = QFont()
    base.setPointSizeF(10)
    assert scaled_font(base, scale).pointSizeF() == pytest.approx(points)
    base.setPointSizeF(20)
    assert scaled_font(base, scale).pointSizeF() == pytest.approx(2 * points)


def test_a_font_with_a_size_in_pixels_is_scaled_too(qapp: object) -> None:
    assert qapp
    base = QFont()
    base.setPixelSize(10)
    assert scaled_font(base, Scale.CLOCK).pixelSize() == 24


def test_headings_are_semibold_and_figures_stay_where_they_are(qapp: object) -> None:
    assert qapp
    assert scaled_font(QFont(), Scale.HEADING).weight() == QFont.Weight.DemiBold
    assert scaled_font(QFont(), Scale.SMALL).weight() == QFont.Weight.Normal
    assert scaled_font(QFont(), Scale.BODY, semibold=True).weight() == QFont.Weight.DemiBold
    assert tabular_font(QFont()).featureValue(QFont.Tag("tnum")) == 1
