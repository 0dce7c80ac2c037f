"""Where windows were and how large, in a small file of its own: losing it costs a resize."""

from __future__ import annotations

import json
import logging
import os

from timer_app.adapters.replacing import replace_file

Place = tuple[int, int, int, int]
"""Left, top, width and height, in Qt's pixels."""

_log = logging.getLogger(__name__)


class WindowFile:
    """Implements the port `WindowPlaces` on a file that is the owner's alone."""

    def __init__(self, path: str) -> None:
        self._path = path

    def load(self, name: str) -> Place | None:
        """See the port. A file that cannot be read counts as none."""
        return self._read().get(name)

    def save(self, name: str, place: Place) -> None:
        """See the port. Written beside and renamed."""
        places = self._read()
        if places.get(name) == place:
            return
        temporary_path = f"{self._path}.new"
        try:
            handle = os.open(temporary_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({**places, name: place}, file)
            replace_file(temporary_path, self._path)
        except OSError as error:
            _log.info("where windows are cannot be kept: %s", error)

    def _read(self) -> dict[str, Place]:
        try:
            with open(self._path, encoding="utf-8") as file:
                found = json.load(file)
            return {str(name): _place(values) for name, values in dict(found).items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, RecursionError) as error:
            _log.info("where windows were is forgotten: %s", error)
            return {}


def _place(values: object) -> Place:
    if not isinstance(values, list) or len(values) != 4:
        raise ValueError(f"{values!r} is no place of a window.")
    left, top, width, height = (_pixels(each) for each in values)
    return left, top, width, height


def _pixels(value: object) -> int:
    if type(value) is not int or not -100_000 <= value <= 100_000:
        raise ValueError(f"{value!r} is no number of pixels.")
    return value
