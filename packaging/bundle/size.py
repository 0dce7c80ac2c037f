"""How large a package is: `size.py KIND PATH` prints it, and ends with 1 where it is too large.

KIND: linux-bundle, deb, windows-bundle or windows-installer; PATH: a file, or a folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

MOST = {"linux-bundle": 90, "deb": 35, "windows-bundle": 95, "windows-installer": 35}
"""Megabytes (of 1,000,000 bytes) that each kind may have."""


def megabytes(path: Path) -> float:
    """The bytes of a file, or of all files of a folder; a link counts as itself."""
    files = [path, *path.rglob("*")] if path.is_dir() else [path]
    return sum(each.lstat().st_size for each in files if not each.is_dir()) / 1_000_000


def main(kind: str, path: Path) -> int:
    """Print it; 1 if it is more than it may be."""
    size, most = megabytes(path), MOST[kind]
    print(f"{kind}: {size:.1f} MB, of {most} at most")
    return 1 if size > most else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
