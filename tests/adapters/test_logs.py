"""The log: private files, turned over when large, never in the way."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from timer_app.adapters import logs as logs_module
from timer_app.adapters.logs import log_to


@pytest.fixture(autouse=True)
def quiet_root() -> Iterator[None]:
    """The root logger's level as it was, afterwards."""
    level = logging.getLogger().level
    yield
    logging.getLogger().setLevel(level)


def test_a_line(tmp_path: Path) -> None:
    with log_to(str(tmp_path), "app"):
        logging.getLogger("timer_app.services.delivery.sender").info("delivery=%d é", 5)
        logging.getLogger("timer_app").debug("not unless asked for")
        logging.getLogger("httpx").info("GET https://acme.kaiten.ru")
    text = (tmp_path / "app.log").read_text(encoding="utf-8")
    stamp = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}"
    assert re.fullmatch(
        rf"{stamp} INFO {os.getpid()} timer_app\.services\.delivery\.sender delivery=5 é\n", text
    )


def test_turned_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIMER_APP_LOG", "Debug")
    with log_to(str(tmp_path), "app"):
        logging.getLogger("timer_app").debug("seen")
        logging.getLogger("httpx").debug("headers")
    assert (tmp_path / "app.log").read_text().endswith(" timer_app seen\n")
    assert capsys.readouterr().err.endswith(" timer_app seen\n")


def test_turned_over_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs_module, "LARGEST", 1000)
    before = os.umask(0)
    try:
        with log_to(str(tmp_path), "app"):
            for number in range(200):
                logging.getLogger("timer_app").info("line %d of many", number)
    finally:
        os.umask(before)
    files = sorted(tmp_path.iterdir())
    assert [path.name for path in files] == ["app.log", "app.log.1", "app.log.2", "app.log.3"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert all(path.stat().st_size <= 1000 for path in files)
    assert "line 199 of many" in files[0].read_text()


def test_a_log_that_cannot_be_written_is_said_once_and_done_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "app.log").mkdir()
    with log_to(str(tmp_path), "app"):
        logging.getLogger("timer_app").info("nowhere")
    assert capsys.readouterr().err == (f"timer-app: no log: {tmp_path}/app.log: it is a folder\n")
