"""``python -m timer_app.sandbox``: the sandbox as a process of its own.

Prints one JSON line on stdout (addresses, tokens, ids), then serves until SIGTERM or SIGINT, or
until stdin ends with ``--until-stdin-closes``, so that it dies with its parent. Exit code 0.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from .clock import real_clock
from .server import Sandbox
from .world import demo_world, plain_world

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop. Answers the exit code: 0, or 1 if a port is taken."""
    options = _options(arguments)
    try:
        asyncio.run(_serve(options))
    except OSError as fault:
        sys.stderr.write(f"cannot listen: {fault}\n")
        return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m timer_app.sandbox",
        description="Local stand-ins of TimeCrowd and Kaiten; prints their addresses as JSON.",
    )
    parser.add_argument("--timecrowd-port", type=int, default=0, metavar="N", help="default: any")
    parser.add_argument("--kaiten-port", type=int, default=0, metavar="N", help="default: any")
    parser.add_argument("--seed-demo", action="store_true", help="begin with a lived-in world")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="also stop when stdin ends"
    )
    return parser.parse_args(arguments)


async def _serve(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    _stop_on_signals(stop)
    make_world = demo_world if options.seed_demo else plain_world
    sandbox = Sandbox(
        make_world(real_clock()),
        timecrowd_port=options.timecrowd_port,
        kaiten_port=options.kaiten_port,
    )
    async with sandbox:
        sys.stdout.write(json.dumps(_introduction(sandbox)) + "\n")
        sys.stdout.flush()
        if options.until_stdin_closes:
            _stop_when_stdin_ends(stop)
        await stop.wait()


def _introduction(sandbox: Sandbox) -> dict[str, object]:
    world = sandbox.world
    return {
        "timecrowd_url": sandbox.timecrowd_url,
        "kaiten_url": sandbox.kaiten_url,
        "timecrowd_token": sandbox.timecrowd_token,
        "kaiten_token": sandbox.kaiten_token,
        "team_id": world.team_id,
        "category_id": world.category_id,
        "card_ids": list(world.card_ids),
        "card_key": world.card_key,
        "archived_card_id": world.archived_card_id,
        "forbidden_card_id": world.forbidden_card_id,
    }


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends asyncio.run
            loop.add_signal_handler(name, stop.set)


def _stop_when_stdin_ends(stop: asyncio.Event) -> None:
    """A daemon thread reads file descriptor 0: no buffer, so no lock is held at the exit."""
    loop = asyncio.get_running_loop()

    def read() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=read, name="stdin", daemon=True).start()


if __name__ == "__main__":
    raise SystemExit(main())
