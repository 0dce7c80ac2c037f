"""No colour, size, radius or size of letters is written outside `ui/design`, read from syntax."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import timer_app

(ROOT,) = map(Path, timer_app.__path__)
MASKS = frozenset({"ui/icons.py"})
"""Files that cut shapes out of the icons' own pictures: black and white there are no look."""
FILES = sorted(
    path
    for folder in ("ui", "tray")
    for path in (ROOT / folder).rglob("*.py")
    if not path.is_relative_to(ROOT / "ui/design")
    and path.relative_to(ROOT).as_posix() not in MASKS
)
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
STYLED = re.compile(r"font-size|border-radius|background(?:-color)?\s*:|\bcolor\s*:")
MAKES_COLOUR = (
    "fromHsl", "fromHsv", "fromRgb", "fromHslF", "fromHsvF", "fromRgbF", "setNamedColor",
    "setHsl", "setRgb", "lighter", "darker", "setAlpha", "setAlphaF",
)  # fmt: skip
SIZES_LETTERS = ("setPointSize", "setPointSizeF", "setPixelSize")
TAKES_PIXELS = (
    "setContentsMargins", "setSpacing", "setHorizontalSpacing", "setVerticalSpacing",
    "setFixedSize", "setFixedWidth", "setFixedHeight", "setMinimumSize", "setMinimumWidth",
    "setMinimumHeight", "setMaximumWidth", "setMaximumHeight", "addSpacing", "setIconSize",
    "drawRoundedRect", "addRoundedRect", "QSize", "QSizeF", "QPen", "setWidth", "setWidthF",
)  # fmt: skip


NAMES_PIXELS = re.compile(
    r"(?:SPACE|SPACING|(?<!BATCH_)SIZE|INDENT|EDGE|MARGIN|WIDTH|HEIGHT|RADIUS)\Z"
)
"""Ends of the names of constants that hold pixels."""


def faults(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a module that say how something looks, and what of it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if COLOUR.match(node.value):
                yield node.lineno, "a colour"
            elif STYLED.search(node.value):
                yield node.lineno, "a style"
        elif isinstance(node, ast.Attribute) and node.attr == "GlobalColor":
            yield node.lineno, "a colour"
        elif isinstance(node, ast.Call):
            yield from _called(node)
        elif isinstance(node, ast.Assign) and _names_pixels(node.targets[0]):
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            if any(map(_is_size, values)):
                yield node.lineno, "a size"


def _called(call: ast.Call) -> Iterator[tuple[int, str]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    name = call.func.id if isinstance(call.func, ast.Name) else name
    if name in MAKES_COLOUR or (name == "QColor" and call.args and _is_literal(call.args[0])):
        yield call.lineno, "a colour"
    elif name in SIZES_LETTERS:
        yield call.lineno, "a size of letters"
    elif name == "setStyleSheet":
        yield call.lineno, "a style"
    elif name in TAKES_PIXELS and any(map(_is_size, call.args)):
        yield call.lineno, "a size"


def _names_pixels(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and bool(NAMES_PIXELS.search(target.id))


def _is_literal(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant)


def _is_size(value: ast.expr) -> bool:
    """A number but for none at all."""
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    return (
        isinstance(value, ast.Constant)
        and isinstance(value.value, int | float)
        and not isinstance(value.value, bool)
        and value.value != 0
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_line_says_how_something_looks(path: Path) -> None:
    assert list(faults(path.read_text(encoding="utf-8"))) == []


def test_the_masks_are_there() -> None:
    assert all((ROOT / name).is_file() for name in MASKS)


@pytest.mark.parametrize("line", [
    "QColor('#fff')", "colour = '#1a7f5a'", "QColor(1, 2, 3)", "QColor('red')",
    "QColor(Qt.GlobalColor.white)", "QColor.fromHsl(1, 2, 3)", "colour.lighter(120)",
    "font.setPointSizeF(font.pointSizeF() * 2)", "font.setPixelSize(12)",
    "label.setStyleSheet(text)", "text = '<p style=\"color: red\">'", "text = 'font-size: 12px'",
    "column.setContentsMargins(0, 0, 8, 0)", "column.setSpacing(8)", "list.setMinimumHeight(120)",
    "painter.drawRoundedRect(rect, 3, 3)", "QPen(colour, 2)", "column.setSpacing(-1)",
    "_SPACE = 8", "_SIZE = (520, 480)", "INDENT = 24",
])  # fmt: skip
def test_the_rule_sees_it(line: str) -> None:
    assert list(faults(line))


@pytest.mark.parametrize("line", [
    "column.setContentsMargins(0, 0, SMALL, 0)", "QColor(own.accent)", "card = '#63258149'",
    "text = f'#{card.id}'", "column.setSpacing(SMALL // 2)", "bar.setMaximum(100)",
    "SPACE = SMALL", "PAGE = 200", "EXPORT_BATCH_SIZE = 200", "_WIDTH = FORM_WIDTH - 2 * EDGE",
])  # fmt: skip
def test_the_rule_lets_the_rest_be(line: str) -> None:
    assert not list(faults(line))
