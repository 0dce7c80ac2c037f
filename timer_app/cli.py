"""Composition root of the command line: no Qt in the process, and nothing imported unused.

`timer-app status` is asked by scripts and prompts all day.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from timer_app.command_line.parser import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `timer-app`; returns the exit code of the interface page."""
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(options)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # the reader had enough: `timer-app log | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - bugs are raised again there
        from timer_app.command_line.run import explain

        return explain(error, options)


def _run(options: argparse.Namespace) -> int:
    match options.command:
        case "status":
            return _status(options)
        case "" if not options.version:
            from timer_app.app import run_app

            return run_app()
        case "demo":
            from timer_app.demo import run_demo

            return run_demo(headless=options.headless)
        case _:
            from timer_app.command_line.run import run_command

            return run_command(options)


def _status(options: argparse.Namespace) -> int:
    from timer_app.adapters.ipc.client import APP_PATIENCE, NoApp, ask
    from timer_app.adapters.places import places
    from timer_app.command_line.output import show

    where = places()
    try:
        document = ask(where.socket, "status", {}, APP_PATIENCE)["document"]
    except NoApp:
        from timer_app.command_line.status import read_status

        document = read_status(where)
    show("status", document, as_json=options.json)
    return 0
