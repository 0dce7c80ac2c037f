"""Whether a tray shows icons here: `python -m timer_app.cli.doctor.tray_probe`.

A program of its own, since Qt ends the process that asks where there is no screen.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Print True or False; returns 0."""
    from PySide6.QtWidgets import QApplication, QSystemTrayIcon

    application = QApplication(sys.argv[:1])
    print(QSystemTrayIcon.isSystemTrayAvailable())
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
