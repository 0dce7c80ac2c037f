"""The budgets' file, and what is counted of them: the same on a busy machine as on a calm one."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.budgets import Budget, Figure, Verdict, budgets, row
from tests.bench.core import core_in, million, poll
from tests.bench.long_acts import long_acts
from tests.support.environment import ROOT, Home
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import Task


def test_each_budget_says_what_it_is_of() -> None:
    for budget in budgets().values():
        assert budget.unit
        assert budget.subject
        assert budget.limit(1.0) > 0
        assert bool(budget.yardstick) == bool(budget.times)


def test_what_is_said_to_be_counted_elsewhere_is() -> None:
    for budget in budgets().values():
        for place in filter(None, budget.counted.split("; ")):
            assert (ROOT / place.partition(":")[0]).is_file(), budget.name


@pytest.mark.parametrize(
    ("subject", "verdict"),
    [
        (0.0, Verdict.GOOD), (21.0, Verdict.GOOD), (21.1, Verdict.EXPLAINED),
        (31.0, Verdict.EXPLAINED), (31.1, Verdict.OVER),
    ],
)  # fmt: skip
def test_a_budget_is_a_factor_and_an_allowance(subject: float, verdict: Verdict) -> None:
    budget = Budget("name", "ms", "a", "b", times=2, plus=1, holds_at=3, explained="Why")
    figure = Figure(subject, 10.0)
    assert budget.judge(figure) is verdict
    assert row(budget, figure).endswith(verdict.value)
    plain = replace(budget, explained="", holds_at=0)
    assert plain.judge(figure) is (Verdict.GOOD if subject <= 21 else Verdict.OVER)


def test_the_last_release_stands_beside_a_figure() -> None:
    budget = Budget("name", "ms", "a", "b", times=2, released=1.25)
    assert row(budget, Figure(15.0, 10.0)).split()[-2:] == ["1.25", "good"]
    assert row(replace(budget, released=None), Figure(15.0, 10.0)).split()[-2:] == ["-", "good"]
    measured = {name for name, each in budgets().items() if each.released is not None}
    assert {"tray-up", "memory", "memory-in-use", "status", "bundle"} <= measured


def test_what_is_over_is_explained() -> None:
    text = (ROOT / "tests" / "bench" / "README.md").read_text(encoding="utf-8")
    for budget in budgets().values():
        assert bool(budget.explained) == bool(budget.holds_at)
        assert not budget.explained or f"\n### {budget.explained}\n" in text


def _imported_by(program: str) -> set[str]:
    with Home() as home:
        ended = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", program],
            env=home.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    lines = [line for line in ended.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def test_the_icon_waits_for_nothing_but_qt_and_three_questions() -> None:
    imported = _imported_by("import timer_app.cli.main, timer_app.tray.process")
    tops = {name.partition(".")[0] for name in imported}
    assert "PySide6" in tops
    late = {"asyncio", "qasync", "httpx", "keyring", "dbus_fast", "tzlocal", "tomlkit"}
    assert tops & late == set()
    parts = {name for name in imported if name.startswith("timer_app.")}
    assert "timer_app.tray.lifecycle" not in parts
    assert {name for name in parts if name.startswith("timer_app.services")} == {
        "timer_app.services", "timer_app.services.exit_codes",
    }  # fmt: skip
    assert {name for name in parts if name.startswith("timer_app.domain")} == {
        "timer_app.domain", "timer_app.domain.elapsed", "timer_app.domain.entries",
        "timer_app.domain.entries.document", "timer_app.domain.errors",
        "timer_app.domain.setup", "timer_app.domain.setup.settings_schema",
        "timer_app.domain.translatable", "timer_app.domain.user_message",
    }, "what is read before the icon: the settings and the state of the timer"  # fmt: skip


def test_no_source_stays_in_memory() -> None:
    """PySide6 has each read that is imported: without care there are 300 in the end."""
    program = (
        "import linecache, sys; from timer_app.tray import process;"
        "application, _ = process._make_application(); process._import_remaining();"
        "import httpx, keyring.backends.SecretService;"
        "assert 'timer_app.tray.lifecycle' in sys.modules; print(len(linecache.cache))"
    )
    with Home() as home:
        ended = subprocess.run(
            [sys.executable, "-c", program],
            env=home.environment(QT_QPA_PLATFORM="offscreen"),
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
    assert int(ended.stdout) < 20


def test_a_click_is_one_commit(tmp_path: Path) -> None:
    with core_in(tmp_path) as core:
        core.timer.start(Task("A task"), Source.CLICK)
        said: list[str] = []
        core.journal.connection.set_trace_callback(said.append)
        core.timer.toggle(Source.CLICK)
        core.timer.toggle(Source.CLICK)
        core.journal.connection.set_trace_callback(None)
    ends = [each for each in said if each.split()[0] in ("COMMIT", "INSERT", "BEGIN")]
    assert sum(each == "COMMIT" for each in ends) == 2, said
    assert not any(each.startswith("INSERT") for each in said[: said.index("BEGIN IMMEDIATE")])


def test_the_measure_of_a_million_measures() -> None:
    """With a thousand: that each figure is of what it says, not how long it takes."""
    figures = million(1, entries=1000)
    assert figures.keys() == {name for name in budgets() if name.startswith("million")}
    assert all(figure.subject > 0 and figure.yardstick > 0 for figure in figures.values())


def test_the_measure_of_long_acts_measures() -> None:
    """With a hundred: every act was done and shown, whatever it took."""
    figures = long_acts(entries=100, among=200, few=60)
    known = {name for name in budgets() if name.startswith(("hold-", "acts-"))}
    assert figures.keys() == known
    assert all(figure.subject > 0 for figure in figures.values())


def test_the_measure_of_a_look_measures() -> None:
    figures = poll(rounds=3)
    assert figures["poll"].subject > 0


def test_the_measure_of_the_panel_measures() -> None:
    """That it is opened and painted, not how long that takes."""
    with Home() as home:
        ended = subprocess.run(
            [sys.executable, "-m", "tests.bench.open_panel", "panel"],
            env=home.environment(QT_QPA_PLATFORM="offscreen"),
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
    first, later = map(float, ended.stdout.split())
    assert first > later > 0
