"""Unexpected log lines fail a test: a warning in a green run is a fault that nobody sees."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Self

import pytest


@dataclass
class _Wanted:
    pattern: re.Pattern[str]
    needed: bool
    seen: bool = False


class LogGuard(logging.Handler):
    """Collects what is logged at WARNING and above while a test runs.

    A test says which lines it brings about: `logs.expect("disk full")` for one that must come,
    `logs.allow("retrying")` for one that may. Patterns are searched in `logger: message`.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._wanted: list[_Wanted] = []
        self._lines: list[str] = []

    def expect(self, pattern: str) -> None:
        """A line matching this must be logged before the test ends."""
        self._wanted.append(_Wanted(re.compile(pattern), needed=True))

    def allow(self, pattern: str) -> None:
        """A line matching this may be logged."""
        self._wanted.append(_Wanted(re.compile(pattern), needed=False))

    def emit(self, record: logging.LogRecord) -> None:
        """Note a line; called by logging, from any thread."""
        self._lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def check(self) -> None:
        """Fail the test for any line it did not speak of, and for any it expected in vain."""
        unexpected = [line for line in self._lines if not self._known(line)]
        if unexpected:
            pytest.fail("unexpected log lines:\n" + "\n".join(unexpected), pytrace=False)
        missing = [one.pattern.pattern for one in self._wanted if one.needed and not one.seen]
        if missing:
            pytest.fail("expected, but not logged:\n" + "\n".join(missing), pytrace=False)

    def _known(self, line: str) -> bool:
        matching = [one for one in self._wanted if one.pattern.search(line)]
        for one in matching:
            one.seen = True
        return bool(matching)

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)
