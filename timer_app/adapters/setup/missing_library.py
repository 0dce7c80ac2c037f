"""What the dynamic linker misses, found in what it says."""

from __future__ import annotations

import re

_MISSING = re.compile(r"([\w.+-]+\.so[\w.]*): cannot open shared object")


def missing_library(text: str) -> str:
    """The file that the linker did not find, such as `libEGL.so.1`, or ""."""
    found = _MISSING.search(text)
    return found[1] if found else ""
