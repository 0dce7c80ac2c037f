"""What the app costs while nobody does anything, from /proc, beside the smallest PySide6 tray.

    python -m tests.bench.idle [--seconds N]

A wake-up is a voluntary context switch: a thread that had gone to sleep was woken. App and
yardstick are watched over the same seconds, so that whatever else the machine does meets both.
The app is signed in to nothing: what asking the services costs is their budget, not this one's.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.bus import SessionBus
from tests.support.desktop import Desktop
from tests.support.environment import Home
from tests.support.process import Process
from tests.support.tray_host import TrayHost
from tests.support.whole_app import WholeApp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_TICKS = os.sysconf("SC_CLK_TCK")
_SETTLING_SECONDS = 3.0


@dataclass(frozen=True)
class Used:
    """Totals of a process: wake-ups of its main thread and of all, and CPU seconds."""

    main: int
    all: int
    cpu: float

    def __sub__(self, before: Used) -> Used:
        return Used(self.main - before.main, self.all - before.all, self.cpu - before.cpu)


def used(pid: int) -> Used:
    """Since the process began."""
    tasks = list(Path(f"/proc/{pid}/task").iterdir())
    switches = {int(task.name): _voluntary(task) for task in tasks}
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    cpu = (int(fields[11]) + int(fields[12])) / _TICKS  # utime and stime, after the name
    return Used(switches[pid], sum(switches.values()), cpu)


def _voluntary(task: Path) -> int:
    for line in (task / "status").read_text().splitlines():
        if line.startswith("voluntary_ctxt_switches:"):
            return int(line.split()[1])
    raise ValueError(f"{task} has no count")


@dataclass(frozen=True)
class State:
    """How the app is while it is watched, and how often it may be woken in a minute."""

    name: str
    prepare: Callable[[WholeApp], object]
    budget: float


STATES = (
    State("stopped, nobody looks", lambda app: app.status(), 4),
    State("running, nobody looks", lambda app: app.ask("start", task="A task", wait="0"), 12),
    State("running, panel shows seconds", lambda app: app.ask("raise"), 400),
)
"""Qt draws, and tells tray and X server, in a few switches each: a second takes three or so."""

HEADER = (
    f"{'a minute of':<30} {'main':>7} {'threads':>8} {'CPU ms':>8}   "
    f"{'smallest: main':>14} {'threads':>8} {'CPU ms':>8} {'budget':>7}"
)


def row(state: State, app: Used, smallest: Used, seconds: float) -> str:
    """One line of the table, per minute."""
    share = 60 / seconds
    ours, theirs = (
        f"{each.main * share:>{width}.1f} {each.all * share:>8.1f} {each.cpu * share * 1000:>8.1f}"
        for each, width in ((app, 7), (smallest, 14))
    )
    verdict = "good" if app.all * share <= state.budget else "OVER"
    return f"{state.name:<30} {ours}   {theirs} {state.budget:>7g}  {verdict}"


def main(arguments: Sequence[str]) -> int:
    """Watch each state and print the table; 1 if one is over its budget."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.idle")
    parser.add_argument("--seconds", type=float, default=120.0)
    seconds = parser.parse_args(arguments).seconds
    good = True
    with ExitStack() as stack:
        desktop = stack.enter_context(Desktop())
        home = stack.enter_context(Home())
        bus = stack.enter_context(SessionBus(home))
        host = stack.enter_context(TrayHost(bus.address))
        host.start()
        folder = home.path / "app"
        environment = home.environment(
            **bus.environment,
            **desktop.environment,
            TIMER_APP_HOME=str(folder),
            TIMER_APP_LOG="debug",  # it says when it listens
        )
        app = WholeApp(stack.enter_context(Process(["timer-app"], env=environment)), folder)
        host.wait_item(app.pid)
        app.wait_started()
        command = ["python", "-m", "tests.bench.smallest_tray"]
        smallest = stack.enter_context(Process(command, env=environment))
        host.wait_item(smallest.pid)
        print(HEADER)
        for state in STATES:
            state.prepare(app)
            time.sleep(_SETTLING_SECONDS)
            before = used(app.pid), used(smallest.pid)
            time.sleep(seconds)
            ours, theirs = used(app.pid) - before[0], used(smallest.pid) - before[1]
            print(row(state, ours, theirs, seconds), flush=True)
            good = good and ours.all * 60 / seconds <= state.budget
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
