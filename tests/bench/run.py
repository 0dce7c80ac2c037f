"""Figures that matter to whoever lives with the app, as ratios to a yardstick.

    python -m tests.bench.run [--rounds N] [--only NAME] [--noise]

Subject and yardstick take turns (A B A B …), so that whatever else the machine does meets both.
A ratio of medians above its budget ends with exit code 1. `--noise` measures the yardstick
against itself: what differs from 1.00 there is the machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tests.support.bus import SessionBus
from tests.support.desktop import Desktop
from tests.support.environment import ROOT, Home
from tests.support.process import Process
from tests.support.tray_host import TrayHost
from tests.support.whole_app import settings_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Command = tuple[str, ...]

# A tray that is not up by then is not slow but broken.
TRAY_LIMIT = 10.0

# ---------------------------------------------------------------------------- measures


def cpu_seconds(command: Command) -> float:
    """CPU time, user and system, of a command that ends by itself with exit code 0."""
    with Home() as home:
        environment = home.environment(TIMER_APP_HOME=str(home.path / "app"))
        try:
            process = subprocess.Popen(
                command,
                env=environment,
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        except FileNotFoundError as error:
            raise NotMeasuredError(str(error)) from error
        assert process.stderr is not None
        with process.stderr as pipe:
            errors = pipe.read().decode(errors="replace")
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise NotMeasuredError(f"{' '.join(command)}: exit code {process.returncode}\n{errors}")
    return used.ru_utime + used.ru_stime


def seconds_to_tray(command: Command) -> float:
    """From the start of a program to the moment its icon registers with the tray host.

    The app's home is one that was used before: settings, journal, a task that ran.
    """
    with ExitStack() as stack:
        home = stack.enter_context(Home())
        bus = stack.enter_context(SessionBus(home))
        host = stack.enter_context(TrayHost(bus.address))
        host.start()
        environment = home.environment(
            **bus.environment,
            DISPLAY=_desktop().display,
            QT_QPA_PLATFORM="xcb",
            TIMER_APP_HOME=_lived_in(),
        )
        started = time.monotonic()
        process = stack.enter_context(Process(command, env=environment))
        try:
            return host.wait_item(process.pid, TRAY_LIMIT).registered_at - started
        except AssertionError as error:
            raise NotMeasuredError(f"{error}\n{process.transcript()}") from error


def cpu_of_history(entries: Command) -> float:
    """CPU time until the history of so many entries is seen."""
    (number,) = entries
    command = ("python", "-m", "tests.bench.open_history", _history_of(int(number)))
    with Home() as home:
        ended = subprocess.run(
            command,
            env=home.environment(QT_QPA_PLATFORM="offscreen"),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    if ended.returncode != 0:
        raise NotMeasuredError(ended.stderr)
    return float(ended.stdout)


@cache
def _history_of(number: int) -> str:
    """A journal of so many entries, made once; a million take a minute."""
    from tests.bench.open_history import make

    home = _shared.enter_context(Home())
    make(home.path, number)
    return str(home.path)


class NotMeasuredError(Exception):
    """A command did not do what was to be measured."""


_shared = ExitStack()


@cache
def _desktop() -> Desktop:
    """One X server for all rounds, made when first needed."""
    return _shared.enter_context(Desktop())


@cache
def _lived_in() -> str:
    """A TIMER_APP_HOME with settings for both services (nobody listens there) and a journal."""
    home = _shared.enter_context(Home())
    folder = home.path / "app"
    folder.mkdir(mode=0o700)
    nobody = "http://127.0.0.1:9"
    (folder / "settings.toml").write_text(settings_text(nobody, nobody))
    environment = home.environment(TIMER_APP_HOME=str(folder))
    for minutes in range(10, 60, 10):
        words = ("--task", f"Task {minutes}", "--from", f"-{minutes}m", "--for", "5m")
        command = ("timer-app", "add", *words, "--wait", "0")
        ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False)
        if ended.returncode not in (0, 3):
            raise NotMeasuredError(ended.stderr.decode(errors="replace"))
    return str(folder)


# ---------------------------------------------------------------------------- benches


@dataclass(frozen=True)
class Bench:
    """One figure: a subject beside its yardstick, and how far apart they may be."""

    name: str
    unit: str
    measure: Callable[[Command], float]
    subject: Command
    yardstick: Command
    budget: float


BENCHES = (
    Bench(
        name="status-cpu",
        unit="CPU ms",
        measure=cpu_seconds,
        subject=("timer-app", "status", "--json"),
        yardstick=("python", "-c", "import sqlite3, json, argparse"),
        budget=2.0,
    ),
    Bench(
        name="tray-up",
        unit="ms",
        measure=seconds_to_tray,
        subject=("timer-app",),
        yardstick=("python", "-m", "tests.bench.smallest_tray"),
        budget=1.5,
    ),
    Bench(
        name="history",
        unit="CPU ms",
        measure=cpu_of_history,
        subject=("1000000",),  # entries
        yardstick=("100",),
        budget=2.0,
    ),
)


@dataclass
class Result:
    """What the rounds of one bench gave, in seconds."""

    bench: Bench
    subject: list[float] = field(default_factory=list)
    yardstick: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """How many times the yardstick the subject takes, median by median."""
        return statistics.median(self.subject) / statistics.median(self.yardstick)

    @property
    def good(self) -> bool:
        """Whether it keeps to its budget."""
        return self.ratio <= self.bench.budget

    def row(self) -> str:
        """One line of the table."""
        subject, yardstick = _in_ms(self.subject), _in_ms(self.yardstick)
        pairs = [a / b for a, b in zip(self.subject, self.yardstick, strict=True)]
        spread = f"{min(pairs):.2f}-{max(pairs):.2f}"
        verdict = "good" if self.good else "OVER"
        return (
            f"{self.bench.name:<12} {self.bench.unit:<7} {subject:>8} {yardstick:>10} "
            f"{self.ratio:>6.2f} {spread:>11} {self.bench.budget:>7.2f}  {verdict}"
        )


HEADER = (
    f"{'bench':<12} {'unit':<7} {'subject':>8} {'yardstick':>10} "
    f"{'ratio':>6} {'of pairs':>11} {'budget':>7}"
)


def _in_ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f}"


def run(bench: Bench, rounds: int, *, noise: bool) -> Result:
    """Measure in turns, after one round of each that warms the disk's cache and is not counted."""
    result = Result(bench)
    subject = bench.yardstick if noise else bench.subject
    bench.measure(bench.yardstick)
    bench.measure(subject)
    for _ in range(rounds):
        result.subject.append(bench.measure(subject))
        result.yardstick.append(bench.measure(bench.yardstick))
    return result


def main(arguments: Sequence[str]) -> int:
    """Run the benches asked for and print their table; 1 if one is over its budget or failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", choices=[bench.name for bench in BENCHES])
    parser.add_argument("--noise", action="store_true", help="the yardstick against itself")
    options = parser.parse_args(arguments)

    good = True
    print(HEADER)
    for bench in BENCHES:
        if options.only not in (None, bench.name):
            continue
        try:
            result = run(bench, options.rounds, noise=options.noise)
        except NotMeasuredError as error:
            print(f"{bench.name:<12} NOT MEASURED: {error}")
            good = False
            continue
        print(result.row(), flush=True)
        good = good and result.good
    return 0 if good else 1


if __name__ == "__main__":
    with _shared:
        sys.exit(main(sys.argv[1:]))
