"""Every task is drawn so that its title can be read, in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from timer_app.domain.entries.task import Task
from timer_app.ui.entries.history.task_colours import faint_text_colour, is_dark, task_colours

LEAST = 4.5
LIGHT = QPalette(QColor("#efefef"))
DARK = QPalette(QColor("#2b2b2b"))
TASKS = [Task(f"Task {number}") for number in range(200)]


def luminance(colour: QColor) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
             for part in (colour.redF(), colour.greenF(), colour.blueF())]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.1, contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def over(above: QColor, below: QColor) -> QColor:
    """What is seen of a colour that lets some of another through."""
    a = above.alphaF()
    parts = [(above.redF(), below.redF()), (above.greenF(), below.greenF()),
             (above.blueF(), below.blueF())]  # fmt: skip
    return QColor.fromRgbF(*(one * a + other * (1 - a) for one, other in parts))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_titles_can_be_read_on_every_fill_and_pattern(palette: QPalette) -> None:
    drawn = [task_colours(task, palette) for task in TASKS]
    assert len({each.fill.name() for each in drawn}) == 8
    assert len({each.pattern for each in drawn}) == 5
    for each in drawn:
        assert contrast(each.text, each.fill) >= LEAST
        assert contrast(each.text, over(each.stroke, each.fill)) >= LEAST
        assert contrast(each.edge, palette.color(QPalette.ColorRole.Window)) >= 3  # no text


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_hours_and_dates_can_be_read(palette: QPalette) -> None:
    window = palette.color(QPalette.ColorRole.Window)
    assert contrast(over(faint_text_colour(palette, 0.8), window), window) >= LEAST


def test_which_theme_it_is() -> None:
    assert not is_dark(LIGHT)
    assert is_dark(DARK)


def test_a_task_looks_the_same_each_time() -> None:
    assert task_colours(TASKS[0], LIGHT) == task_colours(Task("Task 0"), LIGHT)
    assert task_colours(TASKS[0], LIGHT).pattern is not Qt.BrushStyle.SolidPattern
