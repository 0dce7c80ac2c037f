"""Rows taken from the pages of a damaged file, where SQLite no longer finds the way to them.

SQLite reaches a row through the first page, the schema and the inner pages of its table. One bad
page among those hides thousands of rows that are still there. Each row is recognised by its shape.

Source: sqlite.org/fileformat2.html, 1.6 (pages) and 2.1 (records). Imported when a journal is
damaged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from struct import unpack_from

from timer_app.domain.entries.entry import Source
from timer_app.domain.service import Service

_USUAL_PAGE = 4096  # bytes: what SQLite takes where nobody names another size
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER = 13, 10, 2
_HEADER = {_TABLE_LEAF: 8, _INDEX_LEAF: 8, _INDEX_INNER: 12}
"""Length of a page's header by its type."""
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Length of an integer by its serial type."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_SERVICES = tuple(each.value for each in Service)
_SOURCES = tuple(each.value for each in Source)


class _NoRow(Exception):
    """The bytes are no record."""


def raw_rows(path: str) -> Iterator[tuple[str, Sequence[object]]]:
    """Each row that is still on some page, with its table, its columns in their order.

    A row that was written before its table got a column lacks that one.
    """
    yield from _File(Path(path).read_bytes()).rows()


class _File:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        size = int.from_bytes(raw[16:18], "big") if raw.startswith(b"SQLite format 3\0") else 0
        self._size = size if size >= 512 else _USUAL_PAGE

    def rows(self) -> Iterator[tuple[str, Sequence[object]]]:
        free = self._free_pages()
        for number in range(2, len(self._raw) // self._size + 1):  # the first is the schema's
            page = self._page(number)
            if page[0] in _HEADER and number not in free:
                yield from self._rows_of(page)

    def _page(self, number: int) -> bytes:
        return self._raw[(number - 1) * self._size : number * self._size]

    def _free_pages(self) -> set[int]:
        """Pages that hold only what was removed or moved to another page."""
        free: set[int] = set()
        trunk = int.from_bytes(self._raw[32:36], "big")
        while trunk and trunk not in free and len(self._page(trunk)) == self._size:
            free.add(trunk)
            page = self._page(trunk)
            trunk, count = unpack_from(">II", page)
            free.update(unpack_from(f">{min(count, self._size // 4 - 2)}I", page, 8))
        return free

    def _rows_of(self, page: bytes) -> Iterator[tuple[str, Sequence[object]]]:
        kind = page[0]
        cells = min(int.from_bytes(page[3:5], "big"), self._size // 2 - _HEADER[kind])
        for place in range(cells):
            with suppress(_NoRow, IndexError, ValueError):
                (at,) = unpack_from(">H", page, min(_HEADER[kind] + 2 * place, self._size - 2))
                values = self._values(page, at, kind)
                table = _table_of(values, is_index=kind != _TABLE_LEAF)
                if table:
                    yield table, values

    def _values(self, page: bytes, at: int, kind: int) -> list[object]:
        length, at = _varint(page, at + (4 if kind == _INDEX_INNER else 0))
        row_id = None
        if kind == _TABLE_LEAF:
            row_id, at = _varint(page, at)
        values = _record(self._payload(page, at, length, kind))
        if kind == _TABLE_LEAF and values and values[0] is None:
            values[0] = row_id  # INTEGER PRIMARY KEY is another name of it
        return values

    def _payload(self, page: bytes, at: int, length: int, kind: int) -> bytes:
        """The record, the rest of which is on other pages where it is long."""
        if length > len(self._raw):
            raise _NoRow
        most = self._size - 35 if kind == _TABLE_LEAF else (self._size - 12) * 64 // 255 - 23
        least = (self._size - 12) * 32 // 255 - 23
        here = length
        if length > most:
            here = least + (length - least) % (self._size - 4)
            here = here if here <= most else least
        found = page[at : at + here]
        following = int.from_bytes(page[at + here : at + here + 4], "big") if here < length else 0
        while len(found) < length:
            rest = self._page(following) if following else b""
            if len(rest) < self._size:
                raise _NoRow
            found += rest[4:]
            following = int.from_bytes(rest[:4], "big")
        return found[:length]


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    """The number at that place, and the place behind it. Raises IndexError."""
    value = 0
    for place in range(8):
        byte = raw[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    value = value << 8 | raw[at + 8]
    return value - (1 << 64 if value >> 63 else 0), at + 9


def _record(raw: bytes) -> list[object]:
    """The record's values. Raises _NoRow, IndexError."""
    end, at = _varint(raw, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(raw, at)
        kinds.append(kind)
    values: list[object] = []
    for kind in kinds:
        value, at = _value(raw, at, kind)
        values.append(value)
    if at != len(raw):
        raise _NoRow
    return values


def _value(raw: bytes, at: int, kind: int) -> tuple[object, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind == 7:
        return (unpack_from(">d", raw, at)[0], at + 8) if at + 8 <= len(raw) else _no_value()
    if kind in _INTEGER_BYTES:
        end = at + _INTEGER_BYTES[kind]
        return int.from_bytes(raw[at:end], "big", signed=True), end
    if kind < 13 or not kind % 2:  # a blob: no table here has one
        return _no_value()
    end = at + (kind - 13) // 2
    return raw[at:end].decode("utf-8", "replace"), end


def _no_value() -> tuple[object, int]:
    raise _NoRow


def _table_of(values: Sequence[object], *, is_index: bool) -> str:
    """The table whose rows have this shape, "" for none."""
    shapes = _SHAPES_OF_INDEXES if is_index else _SHAPES
    return next((name for name, fits in shapes.items() if fits(values)), "")


def _is(values: Sequence[object], *kinds: type | tuple[type, ...]) -> bool:
    return len(values) >= len(kinds) and all(map(isinstance, values, kinds))


_OR_NOTHING = type(None)
_SHAPES: dict[str, Callable[[Sequence[object]], bool]] = {
    "entry": lambda row: (
        _is(row, str, int, str, str, int, (int, _OR_NOTHING), int) and row[3] in _SOURCES
    ),
    "delivery": lambda row: (
        _is(row, int, str, str, str, str, str, int)
        and row[2] in _SERVICES
        and str(row[4]).startswith("{")
    ),
    "attempt": lambda row: (
        _is(row, int, int, str, str, (float, int)) and str(row[3]).startswith("{")
    ),
    "watch": lambda row: _is(row, int, str, int, int) and row[1] in _SERVICES,
    "amendment": lambda row: _is(row, int, str, str, str, int) and str(row[3]).startswith("{"),
    "task": lambda row: _is(
        row, int, str, str, (str, _OR_NOTHING), (int, _OR_NOTHING), int
    ),
    "away": lambda row: _is(row, int, str, int, (int, _OR_NOTHING), int, str),
}  # fmt: skip
_SHAPES_OF_INDEXES: dict[str, Callable[[Sequence[object]], bool]] = {
    # Its index by card begins with an address, the one by date has the date first.
    "stretch": lambda row: (
        _is(row, str, str, int, (str, _OR_NOTHING))
        and _DATE.match(str(row[1])) is not None
        and "://" not in str(row[0])
    ),
    "clock_stamp": lambda row: _is(row, str, int, int, int, (float, int), str, (float, int)),
}
