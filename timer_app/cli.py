"""Composition root of the command line: no Qt in the process, and nothing imported unused.

`timer-app status` is asked by scripts and prompts all day.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from timer_app.command_line.parser import WrongUsage, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

_INTERRUPTED = 130
_DESKTOP_FILE_ACTIONS = ("start", "stop")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `timer-app`; returns the exit code of the interface page."""
    os.umask(0o077)
    _open_streams()
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        options = parse(words)
    except WrongUsage as wrong:
        from timer_app.command_line.output import misused

        return misused(wrong, as_json="--json" in words)
    try:
        return _run(options)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - bugs are raised again there
        from timer_app.command_line.run import explain

        return explain(error, options)


def _open_streams() -> None:
    """Have all three streams, also where the parent closed them.

    Otherwise the next file that is opened, the journal perhaps, would become stdout.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # becomes the lowest free number: this one
    for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _run(options: argparse.Namespace) -> int:
    match options.command:
        case "status":
            return _status(options)
        case "" if not options.version:
            return _start(None)
        case "link" | "manual":
            return _start(options)
        case "desktop" if options.action in _DESKTOP_FILE_ACTIONS:
            return _start(options)
        case "demo":
            from timer_app.demo import run_demo

            return run_demo(headless=options.headless)
        case _:
            from timer_app.command_line.run import run_command

            return run_command(options)


def _start(options: argparse.Namespace | None) -> int:
    """Be the tray app, or hand to the one that runs what this start is for."""
    from timer_app.adapters.places import places
    from timer_app.command_line.starting import BEGIN_ANEW, Wish, start

    wish = None
    if options is not None:
        words = {name: vars(options)[name] for name in ("link", "action") if name in options}
        wish = Wish(options.command, words)

    def alone() -> int:
        from timer_app.tray_process import run_app

        return run_app(wish)

    ended = start(places(), wish, alone)
    if ended == BEGIN_ANEW:
        from timer_app.tray_process import begin_anew

        begin_anew()
    return ended


def _status(options: argparse.Namespace) -> int:
    from timer_app.adapters.ipc.client import APP_PATIENCE, NoApp, ask
    from timer_app.adapters.places import places
    from timer_app.command_line.output import refuse, say, show

    where = places()
    try:
        answer = ask(where.socket, "status", {}, APP_PATIENCE)
    except NoApp:
        from timer_app.command_line.status import read_status

        document, said = read_status(where)
        say(said)
        return show("status", document, as_json=options.json)
    if answer["document"] is None:
        return refuse(int(str(answer["exit"])), str(answer["messages"]), as_json=options.json)
    messages = answer["messages"]
    say(map(str, messages if isinstance(messages, list) else ()))
    return show("status", answer["document"], as_json=options.json)
