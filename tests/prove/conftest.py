"""The proof needs Linux: a keyring on a session bus, and processes that are watched by number."""

from __future__ import annotations

import sys

if sys.platform != "linux":
    collect_ignore_glob = ["*"]
