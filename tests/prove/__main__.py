"""`python -m tests.prove`: the proof that each entry is delivered once, whatever happens.

Exit code 0 only if nothing was lost, doubled or wrong, and enough was done to say so.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from functools import partial, reduce
from operator import add

from tests.prove import drain, several
from tests.prove.counts import Counts
from tests.prove.kills import kill_everywhere
from tests.prove.stateful import play

LEAST_KILLS = 300
LEAST_FAULTS = 2_000
SCENES = 1_000
_SHARES = 8
"""In how many runs the scenes are played, so that no core is idle at the end."""

Run = Callable[[], Counts]

SIDE_BY_SIDE: Mapping[str, list[Run]] = {
    "killed at every boundary": [kill_everywhere],
    "anything in any order": [partial(play, long=True)],
    "two and three computers": [
        partial(several.prove, first, _SHARES, SCENES) for first in range(_SHARES)
    ],
}
ALONE: Mapping[str, list[Run]] = {"a long time offline": [partial(drain.prove, long=True)]}
"""It measures the pace of what it delivers."""


def main() -> int:
    """Run every part; returns the exit code."""
    total = Counts()
    context = multiprocessing.get_context("spawn")
    for parts in (SIDE_BY_SIDE, ALONE):
        # The app logs each fault that is played to it; the result says what came of them.
        with ProcessPoolExecutor(
            os.cpu_count(), context, logging.disable, (logging.CRITICAL,)
        ) as pool:
            total += _total(pool, parts)
    enough = total.kills >= LEAST_KILLS and total.faults >= LEAST_FAULTS
    if not enough:
        sys.stdout.write(f"fewer than {LEAST_KILLS} kills and {LEAST_FAULTS} faults: no proof\n")
    sys.stdout.write(f"{total}\n")
    return 0 if enough and total.clean else 1


def _total(pool: Executor, parts: Mapping[str, list[Run]]) -> Counts:
    """What all parts come to; the line of each is written when its last run has ended."""
    began = time.monotonic()
    part_of: dict[Future[Counts], str] = {
        pool.submit(run): name for name, runs in parts.items() for run in runs
    }
    found: dict[str, list[Counts]] = {name: [] for name in parts}
    for future in as_completed(part_of):
        name = part_of[future]
        found[name].append(future.result())
        if len(found[name]) == len(parts[name]):
            took = time.monotonic() - began
            counts = reduce(add, found[name])
            sys.stdout.write(f"{name:<28} {counts}  (after {took:.0f} s)\n")
            sys.stdout.flush()
    return reduce(add, (counts for each in found.values() for counts in each), Counts())


if __name__ == "__main__":
    raise SystemExit(main())
