"""Print the lines of a universal requirements.lock that Windows needs: lock.py LOCK MINOR.

Qt is that of Python 3.11 for every MINOR: newer ones call what Wine 10 has not.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pip._vendor.packaging.requirements import Requirement

QT = ("pyside6-essentials", "shiboken6")


def main(lock: Path, minor: str) -> None:
    """Print them."""
    where = {
        "sys_platform": "win32", "os_name": "nt", "platform_system": "Windows",
        "platform_machine": "AMD64", "python_version": minor, "python_full_version": f"{minor}.0",
        "implementation_name": "cpython", "platform_python_implementation": "CPython",
    }  # fmt: skip
    for line in lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        text, *hashes = line.split(" --hash=")
        needed = Requirement(text.strip())
        older = {"python_full_version": "3.11.0"} if needed.name in QT else {}
        if needed.marker is None or needed.marker.evaluate({**where, **older}):
            marks = [f"--hash={each.strip()}" for each in hashes]
            print(f"{needed.name}{needed.specifier}", *marks)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
