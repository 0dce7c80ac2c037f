"""The icons of Windows and macOS, drawn from the SVG: each size is there, and shows the icon."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QImage, QImageReader

from tests.support.environment import ROOT

SVG = ROOT / "resources" / "icons" / "timer-app.svg"

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def icons() -> ModuleType:
    """The module beside PyInstaller's file, which is in no package."""
    path = ROOT / "packaging" / "bundle" / "icons.py"
    spec = importlib.util.spec_from_file_location("icons", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_drawn(picture: QImage) -> bool:
    middle = picture.pixelColor(picture.width() // 2, picture.height() // 2)
    return middle.alpha() == 255 and picture.pixelColor(0, 0).alpha() < 255


def test_windows(icons: ModuleType, tmp_path: Path) -> None:
    file = icons.write_icon(SVG, tmp_path / "work" / "timer-app.ico")
    reader = QImageReader(str(file), b"ico")
    found = []
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        picture = reader.read()
        assert is_drawn(picture), number
        found.append(picture.width())
    assert found == [16, 20, 24, 32, 40, 48, 64, 128, 256]


def test_macos(icons: ModuleType, tmp_path: Path) -> None:
    content = icons.write_icon(SVG, tmp_path / "timer-app.icns").read_bytes()
    kind, length = struct.unpack(">4sI", content[:8])
    assert (kind, length) == (b"icns", len(content))
    found = {}
    at = 8
    while at < length:
        name, size = struct.unpack(">4sI", content[at : at + 8])
        picture = QImage.fromData(content[at + 8 : at + size])
        assert is_drawn(picture), name
        found[name] = picture.width()
        at += size
    assert found == icons.ICNS_SIZES
    assert max(found.values()) == 1024
