"""Every file that is replaced is replaced also while another program has it open for a moment."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.windows_files import WindowsFiles
from timer_app.adapters import replacing
from timer_app.adapters.entries.export_file import ExportFile
from timer_app.adapters.logs import log_to
from timer_app.adapters.reminders.reminder_file import ReminderFile
from timer_app.adapters.setup.desktop_entry import keyfile
from timer_app.adapters.setup.secret_origins import SecretOrigins
from timer_app.adapters.setup.settings.writer import change
from timer_app.adapters.setup.window_file import WindowFile
from timer_app.domain.reminders.schedule import ReminderRecord
from timer_app.domain.service import Service


def _export(path: str) -> None:
    file = ExportFile(path, for_spreadsheets=False)
    file.write("new")
    file.commit()


WRITERS: dict[str, Callable[[str], object]] = {
    "settings": lambda path: change(path, "kaiten.url", "https://acme.kaiten.ru"),
    "export": _export,
    "windows": lambda path: WindowFile(path).save("panel", (1, 2, 3, 4)),
    "reminders": lambda path: ReminderFile(path).save(
        ReminderRecord("e1", datetime(2026, 11, 22, 9, tzinfo=UTC))
    ),
    "origins": lambda path: SecretOrigins(path).record(Service.KAITEN, "https://acme.kaiten.ru"),
    "desktop entry": lambda path: keyfile.write(path, "new"),
}


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited; nobody waits."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


@pytest.mark.parametrize("what", WRITERS)
def test_tried_again(
    tmp_path: Path, windows_files: WindowsFiles, pauses: list[float], what: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"")
    windows_files.hold(path, tries=3)
    WRITERS[what](str(path))
    assert path.read_bytes() != b""
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    assert len(pauses) == 3


def test_not_for_ever(tmp_path: Path, windows_files: WindowsFiles, pauses: list[float]) -> None:
    path, new = tmp_path / "file", tmp_path / "new"
    path.write_bytes(b"old")
    new.write_bytes(b"new")
    windows_files.hold(path, tries=1000)
    with pytest.raises(PermissionError, match="error 32"):
        replacing.replace_file(str(new), str(path))
    assert 0.1 < sum(pauses) < 1
    assert path.read_bytes() == b"old"


def test_what_is_refused_for_another_reason_is_not_tried_again(
    tmp_path: Path, pauses: list[float]
) -> None:
    with pytest.raises(FileNotFoundError):
        replacing.replace_file(str(tmp_path / "no"), str(tmp_path / "file"))
    replacing.remove_file(str(tmp_path / "no"))
    assert pauses == []


def test_a_log_that_another_process_writes_too_is_not_turned_over(
    tmp_path: Path, windows_files: WindowsFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timer_app.adapters.logs.LARGEST", 400)
    log = tmp_path / "app.log"
    (tmp_path / "app.log.1").write_text("before")
    windows_files.hold(log, tries=10**6)
    with log_to(str(tmp_path), "app"):
        for number in range(20):
            logging.getLogger("timer_app").info("line %d of many", number)
    lines = log.read_text().splitlines()
    assert len(lines) == 20  # none is lost, and none of the older files
    assert (tmp_path / "app.log.1").read_text() == "before"


def test_an_ended_log_is_let_go(tmp_path: Path, windows_files: WindowsFiles) -> None:
    with log_to(str(tmp_path), "app"):
        logging.getLogger("timer_app").info("seen")
    logging.getLogger("timer_app").info("not seen")
    log = tmp_path / "app.log"
    assert log.read_text().count("seen") == 1
    log.unlink()
    assert windows_files.refused == []
