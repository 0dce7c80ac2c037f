"""`python -m tests.prove`: the proof that each entry is delivered once, whatever happens.

Exit code 0 only if nothing was lost, doubled or wrong, and enough was done to say so.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

from tests.prove import drain, several
from tests.prove.counts import Counts
from tests.prove.kills import kill_everywhere
from tests.prove.stateful import play

LEAST_KILLS = 300
LEAST_FAULTS = 2_000


PARTS: tuple[tuple[str, Callable[[], Counts]], ...] = (
    ("killed at every boundary", kill_everywhere),
    ("anything in any order", partial(play, long=True)),
    ("a long time offline", partial(drain.prove, long=True)),
    ("two and three computers", partial(several.prove, 1_000)),
)
"""What is done to the app, and by whom."""


def main() -> int:
    """Run every part; returns the exit code."""
    total = Counts()
    for name, run in PARTS:
        began = time.monotonic()
        counts = run()
        took = time.monotonic() - began
        sys.stdout.write(f"{name:<28} {counts}  ({took:.0f} s)\n")
        total += counts
    enough = total.kills >= LEAST_KILLS and total.faults >= LEAST_FAULTS
    if not enough:
        sys.stdout.write(f"fewer than {LEAST_KILLS} kills and {LEAST_FAULTS} faults: no proof\n")
    sys.stdout.write(f"{total}\n")
    return 0 if enough and total.clean else 1


if __name__ == "__main__":
    raise SystemExit(main())
