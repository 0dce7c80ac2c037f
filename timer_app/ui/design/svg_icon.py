"""An icon of the tray from the text of an SVG: as it is, or as a template for macOS."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_SIZES = (16, 18, 20, 22, 24, 32, 36, 44, 48, 64)
"""The widths that trays ask for, in points of the screen."""
_WHITE, _BLACK = "#ffffff", "#000000"
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def svg_icon(svg: str, *, is_template: bool) -> QIcon:
    """The icon at every size of a tray."""
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_template(svg, size) if is_template else _pixmap(svg, size))
    icon.setIsMask(is_template)
    return icon


def _pixmap(svg: str, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    _paint(svg, pixmap)
    return pixmap


def _template(svg: str, size: int) -> QPixmap:
    """Black where the icon has a colour, clear where it is white: what a menu bar may colour."""
    black = _COLOUR.sub(lambda found: found[0] if found[0] == _WHITE else _BLACK, svg)
    shape = QImage(size, size, QImage.Format.Format_RGB32)
    shape.fill(Qt.GlobalColor.white)
    _paint(black, shape)
    shape.invertPixels()
    template = QImage(size, size, QImage.Format.Format_ARGB32)
    template.fill(Qt.GlobalColor.black)
    template.setAlphaChannel(shape.convertToFormat(QImage.Format.Format_Grayscale8))
    return QPixmap.fromImage(template)


def _paint(svg: str, picture: QPixmap | QImage) -> None:
    painter = QPainter(picture)
    QSvgRenderer(svg.encode()).render(painter)
    painter.end()
