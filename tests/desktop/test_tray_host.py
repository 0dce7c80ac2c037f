"""The tray host sees and does what a panel does, with a real PySide6 tray program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.limits import TimeLimitError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import StartProcess
    from tests.support.process import Process
    from tests.support.tray_host import TrayHost

SAMPLE = [sys.executable, "-m", "tests.desktop.programs.sample_tray"]
SMALLEST = [sys.executable, "-m", "tests.bench.smallest_tray"]


@pytest.fixture
def sample(
    tray_host: TrayHost, start_process: StartProcess, desktop_environment: Mapping[str, str]
) -> Process:
    """The sample program, its icon in the tray."""
    process = start_process(SAMPLE, env=desktop_environment)
    process.wait_line("tray up")
    tray_host.wait_item(process.pid)
    return process


def test_the_icon_is_read(tray_host: TrayHost, sample: Process) -> None:
    item = tray_host.wait_item(sample.pid)
    item.wait_tooltip("idle")
    facts = item.facts()
    assert (facts.id, facts.status) == ("sample_tray.py", "Active")
    assert {(picture.width, picture.height) for picture in facts.icon} == {(22, 22)}


def test_clicks_arrive_and_the_change_is_seen(tray_host: TrayHost, sample: Process) -> None:
    item = tray_host.wait_item(sample.pid)
    before = item.facts().icon
    item.activate()
    sample.wait_line("^activated Trigger$")
    item.wait_tooltip("last: Trigger")
    item.wait(lambda facts: facts.icon != before, "another icon")
    item.secondary_activate()
    sample.wait_line("^activated MiddleClick$")


def test_the_menu_is_read(tray_host: TrayHost, sample: Process) -> None:
    menu = tray_host.wait_item(sample.pid).menu()
    assert menu.labels == ["Start", "Remind me", "Not now", "Recent", "Quit"]
    assert [entry.separator for entry in menu.children].count(True) == 1
    assert not menu.find("Not now").enabled
    assert menu.find("Start").enabled
    assert menu.find("Start").checked is None
    assert menu.find("Remind me").checked is False
    assert menu.find("Recent").labels == ["Write", "Read"]  # filled when opened


def test_menu_entries_are_clicked(tray_host: TrayHost, sample: Process) -> None:
    item = tray_host.wait_item(sample.pid)
    item.click("Start")
    sample.wait_line("^clicked Start$")
    item.click("Recent", "Read")
    sample.wait_line("^recent Read$")
    item.click("Remind me")
    sample.wait_line("^remind True$")
    item.wait_menu(lambda menu: menu.find("Remind me").checked is True, "a check mark")


def test_what_a_person_could_not_click_is_not_clicked(tray_host: TrayHost, sample: Process) -> None:
    item = tray_host.wait_item(sample.pid)
    with pytest.raises(AssertionError, match="disabled"):
        item.click("Not now")
    with pytest.raises(AssertionError, match="0 entries 'Fly'"):
        item.click("Fly")


@pytest.mark.parametrize("command", [SAMPLE, SMALLEST])
def test_quit_ends_it_and_its_icon(
    tray_host: TrayHost,
    start_process: StartProcess,
    desktop_environment: Mapping[str, str],
    command: list[str],
) -> None:
    process = start_process(command, env=desktop_environment)
    tray_host.wait_item(process.pid).click("Quit")
    assert process.wait() == 0
    tray_host.wait_no_item()


def test_a_killed_program_leaves_no_icon(tray_host: TrayHost, sample: Process) -> None:
    sample.kill()
    tray_host.wait_no_item()


def test_a_tray_that_comes_late_is_empty_until_someone_looks_for_it(
    absent_tray_host: TrayHost,
    start_process: StartProcess,
    desktop_environment: Mapping[str, str],
) -> None:
    early = start_process(SAMPLE, env=desktop_environment)
    early.wait_line("tray up")
    absent_tray_host.start()
    late = start_process(SAMPLE, env=desktop_environment)
    absent_tray_host.wait_item(late.pid)
    # Qt's own icon stays out of a tray that came later: the app must make a new one.
    assert [item.pid for item in absent_tray_host.items()] == [late.pid]


def test_a_tray_can_crash_and_come_back(
    tray_host: TrayHost,
    sample: Process,
    start_process: StartProcess,
    desktop_environment: Mapping[str, str],
) -> None:
    assert sample.running
    tray_host.stop()
    assert tray_host.items() == []
    tray_host.start()
    process = start_process(SAMPLE, env=desktop_environment)
    assert tray_host.wait_item(process.pid).menu().labels


def test_an_icon_that_does_not_come_is_reported_in_time(tray_host: TrayHost) -> None:
    with pytest.raises(TimeLimitError, match="a tray icon"):
        tray_host.wait_item(limit=0.05)
