"""Keeps Python's line cache from filling with the source of every module.

PySide6 reads the source of each module that is imported after it, looking for its own name. It asks
`inspect`, which reads by way of `linecache`, and that keeps every line of every file: 15 MB in the
end, of use to nobody, and lying between what stays, so that forgetting it later gives nothing back.
Source: shibokensupport/feature.py (`_mod_uses_pyside`) of PySide6.
"""

from __future__ import annotations

import linecache
import sys


class _LinecacheGuard:
    """Finds no module; asked first for each, it forgets what was read of the one before."""

    @staticmethod
    def find_spec(_name: str, _path: object = None, _target: object = None) -> None:
        """See `importlib.abc.MetaPathFinder`. Whoever needs a line again reads its file again."""
        linecache.clearcache()


def install_linecache_guard() -> None:
    """From now on, in this process."""
    if _LinecacheGuard not in sys.meta_path:
        sys.meta_path.insert(0, _LinecacheGuard)
