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


def drawn_time(minutes: int, size: int, *, are_templates: bool = False) -> QImage:
    """The icon that tells the minutes, on a light panel."""
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUNDS[0]))
    painter = QPainter(image)
    Icons(are_templates=are_templates).running_for(minutes).paint(painter, image.rect())
    painter.end()
    return image


@pytest.mark.parametrize("size", [16, 22, 32])
def test_each_minute_is_another_picture(size: int) -> None:
    minutes = (0, 1, 9, 10, 59, 60, 61, 75, 119, 120, 600, 1439, 6000)
    pictures = [drawn_time(each, size) for each in minutes]
    assert all(one != other for one, other in combinations(pictures, 2))
    assert pictures[0] != drawn(TrayMark.RUNNING, TrayBadge.NONE, size, GROUNDS[0])


@pytest.mark.parametrize("minutes", [48, 88, 588, 1428, 100_000])
def test_the_minutes_stay_within_the_disc(minutes: int) -> None:
    """What is written in white would be lost on a light panel."""
    picture = drawn_time(minutes, 64)
    disc = drawn_time(0, 64)
    for x, y in product(range(64), range(64)):
        if (x - 31.5) ** 2 + (y - 31.5) ** 2 > 27.5**2:
            assert picture.pixelColor(x, y) == disc.pixelColor(x, y), (x, y)


@pytest.mark.parametrize(("mark", "badge"), STATES)
def test_a_template_is_black_and_differs_by_its_shape_alone(
    mark: TrayMark, badge: TrayBadge
) -> None:
    icons = Icons(are_templates=True)
    icon = icons.tray(mark, badge)
    assert icon.isMask()
    assert not icons.application().isMask()
    assert not Icons(are_templates=False).tray(mark, badge).isMask()
    shape = icon.pixmap(22, 22).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    points = [shape.pixelColor(x, y) for x in range(22) for y in range(22)]
    assert all(each.name() == "#000000" for each in points if each.alpha())
    for state in STATES:
        other = icons.tray(*state).pixmap(22, 22).toImage()
        pairs = ((points[x * 22 + y].alpha(), other.pixelColor(x, y).alpha()) for x in range(22)
                 for y in range(22))  # fmt: skip
        share = sum(abs(one - another) > 64 for one, another in pairs) / len(points)
        assert (share > 0.03) is (state != (mark, badge)), state


def test_the_hand_of_a_template_is_cut_out_of_the_disc() -> None:
    shape = Icons(are_templates=True).tray(TrayMark.RUNNING, TrayBadge.NONE).pixmap(64, 64)
    picture = shape.toImage()
    assert picture.pixelColor(32, 24).alpha() == 0
    assert picture.pixelColor(16, 40).alpha() == 255
    ring = Icons(are_templates=True).tray(TrayMark.IDLE, TrayBadge.NONE).pixmap(64, 64).toImage()
    assert ring.pixelColor(32, 32).alpha() == 0
    assert ring.pixelColor(32, 8).alpha() == 255
