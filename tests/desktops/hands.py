"""Mouse, keyboard and eyes on a desktop: as a person's, not by the app's own ways in."""

from __future__ import annotations

import shutil
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from PySide6.QtGui import QImage

from tests.desktops.container import VENV, Container, Failed, must, wait_for

SCREEN = (1280, 800)
DISPLAY = ":50"
_PICTURE = "opt/pictures/screen.png"
_PIXEL = 4
_GNOME = (f"{VENV}/bin/python", "/opt/inside/gnome.py")
_PLUG_IN = ("-s", "400")
"""Each call is a new keyboard, whose first keys are lost until programs know it."""
_UNREST = 3000
"""Pixels of the area within which things may change while the screen is said to be at rest."""


Picture: TypeAlias = bytes
"""The screen's pixels, row by row."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the screen, in pixels; the right and the lower edge are outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.right - self.left, self.bottom - self.top

    @property
    def centre(self) -> tuple[int, int]:
        """Where to click."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2


_WHOLE = Area(0, 0, *SCREEN)


def changed_area(first: Picture, second: Picture, within: Area | None = None) -> Area | None:
    """What differs between two pictures, None if nothing does."""
    limit = within or _WHOLE
    rows = [
        y for y in range(limit.top, limit.bottom) if _row(first, y, limit) != _row(second, y, limit)
    ]
    if not rows:
        return None
    columns: set[int] = set()
    for y in rows:
        a, b = _row(first, y, limit), _row(second, y, limit)
        for x in range(limit.right - limit.left):
            at = slice(x * _PIXEL, (x + 1) * _PIXEL)
            if a[at] != b[at]:
                columns.add(limit.left + x)
    return Area(min(columns), rows[0], max(columns) + 1, rows[-1] + 1)


def shown_only_between(before: Picture, between: Picture, after: Picture) -> Area | None:
    """What `between` shows otherwise than `before` and `after`, which are alike there."""
    found: list[tuple[int, int]] = []
    for y in range(SCREEN[1]):
        first, second, third = (_row(each, y, _WHOLE) for each in (before, between, after))
        if first != second:
            for x in range(SCREEN[0]):
                at = slice(x * _PIXEL, (x + 1) * _PIXEL)
                if first[at] != second[at] and first[at] == third[at]:
                    found.append((x, y))
    if not found:
        return None
    columns, rows = [x for x, _ in found], [y for _, y in found]
    return Area(min(columns), min(rows), max(columns) + 1, max(rows) + 1)


def _row(picture: Picture, y: int, limit: Area) -> Picture:
    begin = y * SCREEN[0]
    return picture[(begin + limit.left) * _PIXEL : (begin + limit.right) * _PIXEL]


class Hands(ABC):
    """What a person can do on one desktop. Keys are names of X keysyms, held ones in front."""

    def __init__(self, container: Container) -> None:
        self._container = container

    @abstractmethod
    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        """Press and release a button of the mouse there, so often."""

    @abstractmethod
    def move(self, x: int, y: int) -> None:
        """Move the mouse there."""

    def put_mouse_away(self) -> None:
        """Move it where it shows no hint and lights nothing up."""
        self.move(20, SCREEN[1] - 150)

    @abstractmethod
    def press(self, *keys: str, seconds: float = 0.0) -> None:
        """Press keys together and hold the last one so long."""

    @abstractmethod
    def type(self, text: str) -> None:
        """Type letters and digits."""

    @abstractmethod
    def _take(self) -> None:
        """Put a picture of the screen into the root's _PICTURE."""

    def picture(self) -> Picture:
        """What the screen shows. Raises Failed."""
        path = self._container.root / _PICTURE
        path.unlink(missing_ok=True)
        self._take()
        image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
        must((image.width(), image.height()) == SCREEN, f"no picture of the screen at {path}")
        return Picture(image.bits())

    def still_picture(self, seconds: float = 10.0) -> Picture:
        """What the screen shows once it has come to rest; a cursor may blink, a clock go on."""
        deadline = time.monotonic() + seconds
        before = self.picture()
        while True:
            time.sleep(0.4)
            after = self.picture()
            changed = changed_area(before, after)
            is_still = changed is None or changed.size[0] * changed.size[1] < _UNREST
            if is_still or time.monotonic() > deadline:
                return after
            before = after

    def wait_change(
        self, before: Picture, seconds: float = 60.0, within: Area | None = None
    ) -> Area:
        """The part that changed since `before`, once it has come to rest. Raises Failed."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if changed_area(before, self.picture(), within):
                changed = changed_area(before, self.still_picture(), within)
                if changed:
                    return changed
            time.sleep(0.2)
        raise Failed(f"the screen did not change within {seconds:g} s")

    def save(self, path: Path) -> None:
        """Keep a picture for a person who looks afterwards."""
        self.picture()
        shutil.copy(self._container.root / _PICTURE, path)


class XHands(Hands):
    """On an X server: a desktop's own, or the one in whose window KWin shows its screen."""

    def move(self, x: int, y: int) -> None:
        """See Hands."""
        self._xdotool("mousemove", str(x), str(y))

    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        """See Hands."""
        self._xdotool("mousemove", str(x), str(y), "sleep", "0.3",
                      *["click", str(button)] * times)  # fmt: skip

    def press(self, *keys: str, seconds: float = 0.0) -> None:
        """See Hands."""
        down = [word for key in keys for word in ("keydown", key)]
        up = [word for key in reversed(keys) for word in ("keyup", key)]
        self._xdotool(*down, "sleep", str(seconds or 0.1), *up)

    def type(self, text: str) -> None:
        """See Hands."""
        self._xdotool("type", "--delay", "60", text)

    def _xdotool(self, *words: str) -> None:
        self._container.run("env", f"DISPLAY={DISPLAY}", "xdotool", *words)

    def _take(self) -> None:
        self._container.run("import", "-display", DISPLAY, "-window", "root", f"/{_PICTURE}")


class SwayHands(Hands):
    """In sway: its own words for the mouse, wtype for the keyboard, grim for the eyes."""

    def move(self, x: int, y: int) -> None:
        """See Hands. There must be a pointer: inside/pointer.py is one."""
        self._cursor(f"set {x} {y}")

    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        """See Hands."""
        press = (f"press button{button}", f"release button{button}")
        for act in (f"set {x} {y}", *press * times):
            self._cursor(act)

    def _cursor(self, act: str) -> None:
        self._container.as_person("swaymsg", "seat", "seat0", "cursor", *act.split())
        time.sleep(0.1)

    def press(self, *keys: str, seconds: float = 0.0) -> None:
        """See Hands."""
        *held, key = keys
        names = {"super": "logo", "Control_L": "ctrl", "Alt_L": "alt"}
        down = [word for each in held for word in ("-M", names[each])]
        up = [word for each in reversed(held) for word in ("-m", names[each])]
        wait = str(int(seconds * 1000))
        hold = ("-P", key, "-s", wait, "-p", key) if seconds else ("-k", key)
        self._container.as_person("wtype", *_PLUG_IN, *down, *hold, *up)

    def type(self, text: str) -> None:
        """See Hands."""
        self._container.as_person("wtype", *_PLUG_IN, "-d", "60", text)

    def _take(self) -> None:
        self._container.as_person("grim", f"/{_PICTURE}")


class GnomeHands(Hands):
    """In GNOME Shell: Mutter's remote desktop, and the shell's own pictures."""

    def __init__(self, container: Container) -> None:
        super().__init__(container)
        container.spawn("hands", *_GNOME, "serve")
        wait_for(self._is_plugged_in, "nobody plays the mouse in GNOME")

    def move(self, x: int, y: int) -> None:
        """See Hands."""
        self._play("move", str(x), str(y))

    def click(self, x: int, y: int, button: int = 1, times: int = 1) -> None:
        """See Hands."""
        self._play("move", str(x), str(y), "sleep", "1.5", *["click", str(button)] * times)

    def press(self, *keys: str, seconds: float = 0.0) -> None:
        """See Hands."""
        down = [word for key in keys for word in ("down", key)]
        up = [word for key in reversed(keys) for word in ("up", key)]
        self._play(*down, "sleep", str(seconds or 0.1), *up)

    def type(self, text: str) -> None:
        """See Hands."""
        self._play(*(word for letter in text for word in ("down", letter, "up", letter)))

    def _is_plugged_in(self) -> bool:
        try:
            self._play("sleep", "0")
        except Failed:
            return False
        return True

    def _play(self, *words: str) -> None:
        self._container.as_person(*_GNOME, *words)

    def _take(self) -> None:
        self._play("picture", f"/{_PICTURE}")
