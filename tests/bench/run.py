"""Figures that matter to whoever lives with the app, each beside its yardstick and its budget.

    python -m tests.bench.run [--rounds N] [--only NAME …] [--seconds N]

A figure over its budget (budgets.toml), or one that could not be measured, ends with exit code 1.
How they are measured, and what was tried for those that are hard to keep: README.md beside this.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import core, long_acts, programs
from tests.bench.budgets import HEADER, Figure, Verdict, budgets, row
from tests.bench.taking_turns import NotMeasuredError
from tests.support.environment import ROOT

Bench = Callable[[], dict[str, Figure]]


def drain() -> dict[str, Figure]:
    """Milliseconds from request to request: as reached, and as allowed."""
    from tests.prove.drain import SHORT, measure

    measured = measure(SHORT)
    if measured.faults:
        raise NotMeasuredError("; ".join(measured.faults))
    slowest = min(heard.rate for heard in measured.heard.values())
    return {"drain": Figure(1000 / slowest, 1000 / measured.size.rate)}


def bundle() -> dict[str, Figure]:
    """The largest folder of dist/ that has an `_internal` (a one-dir bundle), if any."""
    sizes = [_megabytes(found.parent) for found in (ROOT / "dist").rglob("_internal")]
    return {"bundle": Figure(max(sizes))} if sizes else {}


def _megabytes(folder: Path) -> float:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for and print the table; 1 if something is not as it should be."""
    known = budgets()
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long idling is watched")
    parser.add_argument("--only", nargs="+", choices=list(known), default=list(known))
    options = parser.parse_args(arguments)
    rounds = options.rounds
    benches: list[tuple[set[str], Bench]] = [
        ({"tray-up"}, lambda: programs.tray_up(rounds)),
        ({"memory", "idle-wakeups", "idle-cpu"}, lambda: programs.idle(options.seconds)),
        (
            {"memory-in-use", "running-wakeups"},
            lambda: programs.in_use(options.seconds if "running-wakeups" in options.only else 0),
        ),
        ({"click-commit"}, lambda: core.click_commit(rounds)),
        ({"click-request"}, lambda: core.click_request(rounds)),
        ({"status"}, lambda: programs.status(rounds)),
        (
            {name for name in known if name.startswith("command-")},
            lambda: programs.app_commands(rounds),
        ),
        ({"hotkey"}, lambda: programs.hotkey(rounds)),
        ({name for name in known if name.startswith("million")}, lambda: core.million(rounds)),
        ({"panel-first", "panel-later"}, lambda: programs.panel(max(3, rounds // 3))),
        ({"history"}, lambda: programs.history(max(3, rounds // 3))),
        (
            {name for name in known if name.startswith(("hold-", "acts-"))},
            long_acts.long_acts,
        ),
        ({"poll"}, core.poll),
        ({"drain"}, drain),
        ({"bundle"}, bundle),
    ]
    print(HEADER)
    wanted = set(options.only)
    with programs.shared():
        return max(_run(names & wanted, bench) for names, bench in benches if names & wanted)


def _run(names: set[str], bench: Bench) -> int:
    known = budgets()
    try:
        figures = bench()
    except NotMeasuredError as error:
        print(f"{', '.join(sorted(names)):<15} NOT MEASURED: {error}")
        return 1
    for name in sorted(names - figures.keys()):
        print(f"{name:<15} nothing to measure")
    for name in sorted(names & figures.keys()):
        print(row(known[name], figures[name]), flush=True)
    verdicts = {known[name].judge(figures[name]) for name in names & figures.keys()}
    return int(Verdict.OVER in verdicts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
