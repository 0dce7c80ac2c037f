"""Over ssh, in cron or tmux the app ends with one sentence, and a second start needs no display."""

from __future__ import annotations

import sys

import pytest

from tests.conftest import StartProcess
from tests.support.environment import Home

pytestmark = pytest.mark.desktop
PROGRAM = (sys.executable, "-m", "timer_app")


@pytest.mark.parametrize("words", [(), ("manual",), ("desktop", "start"), ("demo",)])
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DISPLAY", ""),
        ("DISPLAY", ":4321"),
        ("WAYLAND_DISPLAY", "wayland-0"),
        ("QT_QPA_PLATFORM", "nothing"),
    ],
)
def test_without_a_display_it_says_so_and_ends(
    home: Home,
    start_process: StartProcess,
    words: tuple[str, ...],
    variable: str,
    value: str,
) -> None:
    environment = {**home.environment(TIMER_APP_HOME=str(home.path / "app")), variable: value}
    if variable != "QT_QPA_PLATFORM":
        environment.pop("QT_QPA_PLATFORM", None)
    process = start_process([*PROGRAM, *words], env=environment)
    assert process.wait() == 1
    (said,) = process.stderr.splitlines()
    assert said.startswith("timer-app: There is no display")
