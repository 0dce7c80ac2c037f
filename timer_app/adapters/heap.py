"""Gives back what the C library's heap keeps of memory that nobody uses any more."""

from __future__ import annotations

import sys


def trim_heap() -> None:
    """Return free pages to the system; it takes a few ms, and is for after the start.

    Importing and opening everything takes memory that is free again afterwards, in holes between
    what stays. glibc keeps such holes for later; musl and the other systems return them at once.
    Source: https://man7.org/linux/man-pages/man3/malloc_trim.3.html
    """
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
