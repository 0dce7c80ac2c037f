"""The application's icon for Windows (.ico) and macOS (.icns), drawn from the SVG.

Both files are a list of PNGs with a short head. Sources:
https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10) and
https://en.wikipedia.org/wiki/Apple_Icon_Image_format
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICNS_SIZES = {
    b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512,
    b"ic11": 32, b"ic12": 64, b"ic13": 256, b"ic14": 512, b"ic10": 1024,
}  # fmt: skip


def write_icon(svg: Path, file: Path) -> Path:
    """Write the icon that the name of `file` asks for; returns the file."""
    write = {".ico": ico, ".icns": icns}[file.suffix]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(write(svg))
    return file


def ico(svg: Path) -> bytes:
    """The icon of a program of Windows."""
    pictures = [png(svg, size) for size in ICO_SIZES]
    at = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        edge = size % 256  # 0 says 256
        head += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + b"".join(pictures)


def icns(svg: Path) -> bytes:
    """The icon of an application of macOS."""
    parts = b""
    for kind, size in ICNS_SIZES.items():
        picture = png(svg, size)
        parts += struct.pack(">4sI", kind, 8 + len(picture)) + picture
    return struct.pack(">4sI", b"icns", 8 + len(parts)) + parts


def png(svg: Path, size: int) -> bytes:
    """The picture in so many points, each way."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QGuiApplication, QIcon

    application = QGuiApplication.instance() or QGuiApplication([])
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QIcon(str(svg)).pixmap(size, size)
    if picture.width() != size or not picture.save(buffer, "PNG"):
        raise RuntimeError(f"{svg} was not drawn.")
    del application
    return bytes(buffer.data().data())
