"""What a command imports: `status` is asked all day by scripts and prompts."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.app_socket import answering

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp


ARGPARSE = {"dataclasses"} if sys.version_info >= (3, 14) else set()
"""What this Python's argparse imports for the colours of its help."""


def _imported(app: TimerApp, *words: str, code: int = 0) -> set[str]:
    """The modules that a run imports, by the interpreter's own account."""
    traced = ("/bin/sh", "-c", f'exec {sys.executable} -X importtime "$@"', "-")
    ended = app.run(*words, code=code, prefix=traced)
    lines = [line for line in ended.err.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def _tops(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def test_status_imports_next_to_nothing(app: TimerApp, services: Services) -> None:
    app.run("start", services.card(), "--wait", "0", code=3)
    for words in (("status",), ("status", "--json")):
        imported = _imported(app, *words)
        assert "timer_app.cli.main" in imported
        heavy = {"PySide6", "qasync", "httpx", "keyring", "tzlocal", "platformdirs", "tomlkit",
                 "asyncio", "dataclasses", "truststore", "aiohttp", "logging",
                 "importlib_metadata"}  # fmt: skip
        assert _tops(imported) & heavy <= ARGPARSE
        assert not [name for name in imported if name.startswith("timer_app.services")]
        assert not [name for name in imported if name.startswith("timer_app.sandbox")]


def test_without_settings_status_imports_no_parser_of_them(app: TimerApp) -> None:
    (app.home / "settings.toml").unlink()
    assert _tops(_imported(app, "status", "--json")) & {"tomllib", "typing", "string"} == set()


def test_start_and_stop_import_no_qt(app: TimerApp, services: Services) -> None:
    for words in (("start", services.card()), ("stop",), ("sync",), ("log",), ("problems",)):
        imported = _imported(app, *words)
        assert _tops(imported) & {"PySide6", "shiboken6", "qasync", "aiohttp"} == set(), words
        assert not [name for name in imported if name.startswith("timer_app.sandbox")]
        assert not [name for name in imported if name.startswith("timer_app.ui")]


def test_what_sends_nothing_imports_no_http(app: TimerApp, services: Services) -> None:
    for words in (("start", services.card(), "--wait", "0"), ("stop", "--wait", "0")):
        assert _tops(_imported(app, *words, code=3)) & {"httpx", "keyring"} == set()


@pytest.mark.parametrize("words", [("toggle",), ("start", "--task", "A task"), ("stop",)])
def test_what_the_app_carries_out_imports_no_services(
    app: TimerApp, words: tuple[str, ...]
) -> None:
    """As a hot key of the desktop starts it: the app does it, and this process only asks."""
    socket = app.home / "run" / "app.sock"
    socket.parent.mkdir(mode=0o700, exist_ok=True)
    answer = {"version": 1, "exit": 0, "document": {"state": "idle", "entry": None}, "messages": []}
    with answering(socket, json.dumps(answer).encode() + b"\n") as heard:
        imported = _imported(app, *words, "--json")
    assert json.loads(heard[0])["command"] == words[0]
    heavy = {"asyncio", "sqlite3", "dataclasses", "ssl", "logging", "tomllib", "tzlocal"}
    assert _tops(imported) & heavy <= ARGPARSE
    assert {name for name in imported if name.startswith("timer_app.services")} <= {
        "timer_app.services", "timer_app.services.exit_codes",
    }  # fmt: skip
