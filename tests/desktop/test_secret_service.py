"""The keyring library against a real gnome-keyring: open, locked, asking in a window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.bus import SessionBus
from tests.support.limits import TimeLimitError
from tests.support.secret_service import PASSWORD, SecretService

if TYPE_CHECKING:
    from tests.conftest import StartProcess
    from tests.support.desktop import Desktop
    from tests.support.environment import Home

READ = [sys.executable, "-m", "keyring", "get", "timer-app", "kaiten"]


def test_a_secret_is_kept(secret_service: SecretService) -> None:
    assert secret_service.read("timer-app", "kaiten") is None
    secret_service.store("timer-app", "kaiten", "a token")
    assert secret_service.read("timer-app", "kaiten") == "a token"
    assert secret_service.read("timer-app", "timecrowd") is None


def test_another_program_reads_it(
    home: Home, session_bus: SessionBus, secret_service: SecretService, start_process: StartProcess
) -> None:
    secret_service.store("timer-app", "kaiten", "a token")
    reader = start_process(READ, env=home.environment(**session_bus.environment))
    assert reader.wait() == 0, reader.transcript()
    assert reader.stdout == "a token\n"


def test_locked_and_nobody_to_ask(
    home: Home,
    session_bus: SessionBus,
    locked_secret_service: SecretService,
    start_process: StartProcess,
) -> None:
    reader = start_process(READ, env=home.environment(**session_bus.environment))
    assert reader.wait() == 1
    assert "KeyringLocked" in reader.stderr
    locked_secret_service.unlock()
    assert locked_secret_service.read("timer-app", "kaiten") is None


def test_locked_and_asking_in_a_window(
    home: Home, desktop: Desktop, start_process: StartProcess
) -> None:
    environment = home.environment(**desktop.environment)
    with SessionBus(home, **desktop.environment) as bus, SecretService(home, bus) as service:
        service.store("timer-app", "kaiten", "a token")
        service.lock()
        service.allow_prompts()
        reader = start_process(READ, env=environment | bus.environment)
        prompt = desktop.wait_window("Unlock")
        with pytest.raises(TimeLimitError):  # it waits for as long as nobody answers
            reader.wait(limit=0.2)
        desktop.wait_active(prompt)
        desktop.type(PASSWORD)
        desktop.key("Return")
        assert reader.wait() == 0, reader.transcript()
        assert reader.stdout == "a token\n"
