"""The rules of tests/conftest.py hold: pytest is run on small files of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.environment import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartProcess
    from tests.support.environment import Home

WARNS = """
import logging
def test_it():
    logging.getLogger("app").warning("disk nearly full")
"""
EXPECTED = """
import logging
def test_it(logs):
    logs.expect("app: disk .* full")
    logging.getLogger("app").warning("disk nearly full")
"""
IN_VAIN = """
def test_it(logs):
    logs.expect("never logged")
"""
SKIPS = """
import pytest
def test_it():
    pytest.skip("no time")
"""
FILE_SKIPS = """
import pytest
pytest.skip("no time", allow_module_level=True)
"""
QT_WARNS = """
from PySide6.QtCore import qWarning
def test_it():
    qWarning("Qt is not amused")
"""


@pytest.mark.parametrize(
    ("code", "ci", "result"),
    [
        (WARNS, "", "WARNING app: disk nearly full"),
        (EXPECTED, "", "1 passed"),
        (IN_VAIN, "", "expected, but not logged"),
        (SKIPS, "", "1 skipped"),
        (SKIPS, "true", "skipped in CI, where nothing may be"),
        (FILE_SKIPS, "true", "skipped in CI, where nothing may be"),
        (QT_WARNS, "", "Qt is not amused"),
    ],
    ids=["unexpected", "expected", "in vain", "skip", "skip in CI", "file in CI", "Qt warns"],
)
def test_rules(
    home: Home, start_process: StartProcess, tmp_path: Path, code: str, ci: str, result: str
) -> None:
    test = tmp_path / "test_small.py"
    test.write_text(code)
    pytest_run = start_process(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", ROOT / "pyproject.toml",
         "-p", "no:cacheprovider", test],
        env=home.environment(CI=ci),
    )  # fmt: skip
    good = result in {"1 passed", "1 skipped"}
    assert (pytest_run.wait() == 0) is good, pytest_run.transcript()
    assert result in pytest_run.stdout


def test_this_process_is_cut_off() -> None:
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert os.environ["DBUS_SESSION_BUS_ADDRESS"] == "disabled:"
    assert "DISPLAY" not in os.environ


async def test_async_tests_run_on_asyncios_loop() -> None:
    assert type(asyncio.get_running_loop()).__module__.startswith("asyncio")


@pytest.mark.qasync
async def test_marked_ones_run_on_qts() -> None:
    assert type(asyncio.get_running_loop()).__name__ == "EventLoop"
    assert QApplication.instance() is not None
    await asyncio.sleep(0)
