"""Every state has an icon of its own shape, at every size a tray asks for."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from timer_app.ui.icon_state import TrayBadge, TrayMark
from timer_app.ui.icons import Icons, application_bitmap, application_file

SIZES = (16, 22, 32, 64)
STATES = list(product(TrayMark, TrayBadge))

pytestmark = pytest.mark.usefixtures("qapp")


def drawn(mark: TrayMark, badge: TrayBadge, size: int, ground: str) -> list[int]:
    """The icon on a panel of that colour, as luminance: what somebody sees who sees no hue."""
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    Icons().tray(mark, badge).paint(painter, image.rect())
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return [grey.pixelColor(x, y).value() for y in range(size) for x in range(size)]


GROUNDS = ["#f0f0f0", "#202020", "#2980b9", "#808080", "#7b8794", "#56616d", "#c0392b", "#f5c211"]
"""What bars look like: light, dark, waybar's blue, greys and other colours."""


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("size", SIZES)
def test_shapes_differ_and_are_seen(size: int, ground: str) -> None:
    pictures = {state: drawn(*state, size, ground) for state in STATES}
    empty = [QColor(ground).value()] * (size * size)
    for state, picture in pictures.items():
        assert apart(picture, empty) > 0.15, state
    for one, other in combinations(STATES, 2):
        assert apart(pictures[one], pictures[other]) > 0.03, (one, other)


def apart(one: list[int], other: list[int]) -> float:
    """The share of pixels whose luminance differs visibly."""
    return sum(abs(a - b) > 24 for a, b in zip(one, other, strict=True)) / len(one)


@pytest.mark.parametrize(("mark", "badge"), STATES)
def test_they_are_files_and_sharp_at_two_pixels_a_point(mark: TrayMark, badge: TrayBadge) -> None:
    icon = Icons().tray(mark, badge)
    for size in SIZES:
        picture = icon.pixmap(size, size)
        assert (picture.width(), picture.height()) == (size, size)
    assert icon.pixmap(QSize(64, 64), 2.0).width() == 2 * 64


def test_each_is_loaded_once() -> None:
    icons = Icons()
    first = icons.tray(TrayMark.IDLE, TrayBadge.NONE)
    assert icons.tray(TrayMark.IDLE, TrayBadge.NONE) is first
    assert not icons.application().isNull()


def test_the_applications_icon_as_a_picture_of_points(tmp_path: Path) -> None:
    path = application_bitmap(str(tmp_path))
    assert Path(path).read_bytes().startswith(b"\x89PNG")
    picture = QImage(path)
    assert (picture.width(), picture.height()) == (256, 256)
    assert picture.pixelColor(128, 128).alpha() == 255
    assert application_bitmap(str(tmp_path / "no folder")) == application_file()
