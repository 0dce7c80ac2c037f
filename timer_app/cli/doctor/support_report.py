"""`doctor --bundle FILE`: a report to send to others, as plain text that its owner can read first.

In it: versions, what doctor found, settings, counts from the journal, the end of both logs.
Not in it: titles, comments, cards, addresses, accounts, tokens, paths, names of user or computer.
What is written is chosen from what is known to be harmless; nothing is copied and then cleaned.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import quote

from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.settings import reader as settings_file
from timer_app.adapters.setup.settings.reader import SettingsError
from timer_app.cli.doctor.findings import DoctorFinding
from timer_app.cli.doctor.redaction import redact_log, redact_sentence
from timer_app.domain.errors import NotPossible
from timer_app.domain.file_problems import file_problem
from timer_app.domain.messages import FileMessageId
from timer_app.domain.setup.settings_schema import SETTINGS
from timer_app.version import version_line

LAST_LINES = 300
LOGS = ("app.log", "command-line.log")
WRITTEN_MESSAGE = (
    "The report is in {path}. It holds no titles, comments, addresses or tokens: read it through"
    " before you send it."
)
_LIBRARIES = (
    "PySide6_Essentials", "qasync", "httpx", "keyring", "secretstorage", "dbus-fast", "python-xlib",
    "truststore", "aiohttp",
)  # fmt: skip
_DESKTOP = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "LANG", "QT_QPA_PLATFORM")
_PUBLIC_SETTINGS = frozenset(
    (
        "timecrowd.follow_devices", "timecrowd.comments", "kaiten.reference", "time.rounding",
        "time.day_start", "time.idle_after", "time.remind_after", "time.week_start",
        "hotkeys.toggle", "hotkeys.open", "hotkeys.manual", "ui.language", "ui.click",
        "ui.tray_time",
    )
)  # fmt: skip
"""Settings whose value says nothing of who uses them or where; of others: set, or not."""
_COUNTS = {
    "entries": "SELECT count(*) FROM entry",
    "entries by source": "SELECT source, count(*) FROM entry GROUP BY source",
    "tasks": "SELECT count(*) FROM task",
    "deliveries by state": "SELECT state, deliveries FROM tally",
    "open deliveries": (
        "SELECT service, kind, state, left_to_person, count(*), max(attempts) FROM delivery"
        " WHERE state IN ('waiting', 'sending', 'unknown', 'blocked') GROUP BY 1, 2, 3, 4"
    ),
    "services": "SELECT name, health, failures FROM service",
    "shape": "PRAGMA user_version",
}


def write_report(path: str, paths: Paths, findings: Sequence[DoctorFinding]) -> str:
    """Make the file, readable by its owner only; returns what to tell them.

    Raises NotPossible where it is there already or cannot be written.
    """
    text = "\n".join(_lines(paths, findings)) + "\n"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise NotPossible(FileMessageId.EXISTS, path) from None
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        os.unlink(path)  # half a report helps nobody, and is in the way of the next try
        raise _unwritable(path, error) from None
    return WRITTEN_MESSAGE.format(path=path)


def _unwritable(path: str, error: OSError) -> NotPossible:
    return NotPossible(FileMessageId.NOT_WRITTEN, path, file_problem(error))


def _lines(paths: Paths, findings: Sequence[DoctorFinding]) -> Iterator[str]:
    yield from _part("Versions", _versions())
    yield from _part("Doctor", map(_finding, findings))
    yield from _part("Settings", _settings(paths))
    yield from _part("Journal", _journal(paths))
    for name in LOGS:
        yield from _part(f"The end of {name}", redact_log(_tail(os.path.join(paths.logs, name))))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from (f"== {title}", *lines, "")


def _versions() -> Iterator[str]:
    yield version_line()
    yield f"started as: {_kind_of_installation()}"
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield f"{platform.system()} {platform.release()}, {_distribution()}"
    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue  # not for this system, or inside a bundle without its papers
    for name in _DESKTOP:
        yield f"{name}={os.environ.get(name, '')}"


def _kind_of_installation() -> str:
    if os.environ.get("APPIMAGE"):
        return "AppImage"
    if os.environ.get("FLATPAK_ID"):
        return "Flatpak"
    return "bundle" if getattr(sys, "frozen", False) else "Python package"


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return "no os-release"


def _finding(finding: DoctorFinding) -> str:
    text = finding.plain or redact_sentence(finding.detail)
    return f"{finding.severity.value:<8} {finding.part:<18} {text}"


def _settings(paths: Paths) -> Iterator[str]:
    try:
        settings = settings_file.load(paths.settings)
    except SettingsError:
        yield "They cannot be used. Their text is not shown: it may hold anything."
        return
    for key, setting in SETTINGS.items():
        value, default = settings[key], setting.default
        if key in _PUBLIC_SETTINGS:
            yield f"{key} = {value!r}"
        else:
            yield f"{key}: {'as by default' if value == default else 'set'}"
    yield f"rules: {len(settings.rules)}"


def _journal(paths: Paths) -> Iterator[str]:
    if not os.path.exists(paths.journal):
        yield "There is none."
        return
    yield f"{os.path.getsize(paths.journal)} bytes"
    try:
        address = f"file:{quote(paths.journal)}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            for title, question in _COUNTS.items():
                rows = connection.execute(question).fetchall()
                yield f"{title}: {'; '.join(' '.join(map(str, row)) for row in rows)}"
    except sqlite3.Error as error:
        yield f"{type(error).__name__} {getattr(error, 'sqlite_errorname', '')}"


def _tail(path: str) -> Sequence[str]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return deque(file, LAST_LINES)
    except OSError:
        return ()
