"""Versions as a project publishes them: which of two is newer. Pure."""

from __future__ import annotations

import re

_NUMBERS = re.compile(r"v?([0-9]{1,6}(?:\.[0-9]{1,6}){0,3})")


def release_numbers(text: str) -> tuple[int, ...] | None:
    """`v1.2.0` -> (1, 2); None for anything but a finished release, such as `v1.2.0rc1`."""
    match = _NUMBERS.fullmatch(text.strip())
    if match is None:
        return None
    numbers = [int(part) for part in match[1].split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def is_newer(found: str, ours: str) -> bool:
    """Whether `found` is a finished release after `ours`."""
    newest, own = release_numbers(found), release_numbers(ours)
    return newest is not None and own is not None and newest > own
