"""Composition root of the command line: no Qt in the process, and nothing imported unused.

`timer-app status` is asked by scripts and prompts all day.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from timer_app.cli.parser import UsageError, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import IO, Any

    from timer_app.cli.message_box import MessageBoxStream

_BUG = (
    "Something went wrong inside Timer App. What was recorded is safe. Started in a terminal it"
    " says more: timer-app"
)
_INTERRUPTED = 130
_NOT_FLUSHED = 120
"""What Python itself exits with where its last words could not be written."""
_DESKTOP_FILE_ACTIONS = ("start", "stop")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `timer-app`; returns the exit code of the interface page.

    Without `arguments` it is the whole program, and may end the process.
    """
    os.umask(0o077)
    unseen = _open_streams()
    try:
        exit_code = _main(arguments)
    except Exception:
        if unseen is not None:
            unseen.show(_BUG)
        raise
    if exit_code and unseen is not None:
        unseen.show()
    if arguments is None:
        _end_beside_threads(exit_code)
    return exit_code


def _end_beside_threads(exit_code: int) -> None:
    """End the process here if a thread is left that nobody waits for, such as the keyring's.

    Python ends it with pthread_exit, which aborts the whole process if Rust code (cryptography's)
    is among its callers: https://github.com/PyO3/pyo3/pull/4874. Everything else is closed by now.
    """
    threading = sys.modules.get("threading")  # who has not imported it has started none
    if threading is None or not any(
        type(each) is threading.Thread and each.daemon for each in threading.enumerate()
    ):  # Qt's threads are of another type, and have ended
        return
    if logging := sys.modules.get("logging"):
        logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            exit_code = exit_code or _NOT_FLUSHED
    os._exit(exit_code)


def _main(arguments: Sequence[str] | None) -> int:
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        options = parse(words)
    except UsageError as wrong:
        from timer_app.cli.output import print_usage_error

        return print_usage_error(str(wrong), wrong.usage, as_json="--json" in words)
    try:
        return _run(options)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - bugs are raised again there
        from timer_app.cli.run import handle_error

        return handle_error(error, options)


def _open_streams() -> MessageBoxStream | None:
    """Have all three streams, also where the parent closed them.

    Otherwise the next file that is opened, the journal perhaps, would become stdout. Returns what
    stands for stderr in a program of Windows without a console.
    """
    unseen = _unseen_messages()
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # becomes the lowest free number: this one
    for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, _open_stream(number, mode))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if unseen is not None:
        sys.stderr = unseen
    return unseen


def _open_stream(number: int, mode: str) -> IO[Any]:
    try:
        return os.fdopen(number, mode, encoding="utf-8", closefd=False)
    except OSError:  # Windows without a console: the number is there, and leads nowhere
        return open(os.devnull, mode, encoding="utf-8")


def _unseen_messages() -> MessageBoxStream | None:
    """What takes the place of a stderr that a program of Windows was not given."""
    if sys.platform == "win32" and sys.stderr is None:
        from timer_app.cli.message_box import MessageBoxStream

        return MessageBoxStream()
    return None


def _run(options: argparse.Namespace) -> int:
    match options.command:
        case "status" | "watch":
            return (_status if options.command == "status" else _watch)(options)
        case "" if not options.version:
            return _launch_tray(None)
        case "link" | "manual":
            return _launch_tray(options)
        case "desktop" if options.action in _DESKTOP_FILE_ACTIONS:
            return _launch_tray(options)
        case "demo":
            from timer_app.demo import run_demo

            return run_demo(headless=options.headless)
        case _:
            from timer_app.cli.run import run_command

            return run_command(options)


def _launch_tray(options: argparse.Namespace | None) -> int:
    """Be the tray app, or hand to the one that runs what this start is for."""
    from timer_app.adapters.paths import app_paths
    from timer_app.tray.launch import RESTART_EXIT, LaunchRequest, launch

    request = None
    if options is not None:
        words = {name: vars(options)[name] for name in ("link", "action") if name in options}
        request = LaunchRequest(options.command, words)

    def run_first_instance() -> int:
        try:
            from timer_app.tray.process import run_tray
        except ImportError as error:
            return _qt_unusable(error)
        return run_tray(request)

    exit_code = launch(app_paths(), request, run_first_instance)
    if exit_code == RESTART_EXIT:
        from timer_app.tray.process import restart_process

        restart_process()
    return exit_code


def _qt_unusable(error: ImportError) -> int:
    """Name the library that Qt misses, as on a computer without a desktop; raise other errors."""
    from timer_app.adapters.setup.missing_library import missing_library
    from timer_app.services.exit_codes import ExitCode
    from timer_app.terminal import print_messages

    library = missing_library(str(error))
    if not library:
        raise error
    print_messages([f"Windows cannot be shown here: Qt needs {library}, which is not installed."])
    return int(ExitCode.REFUSED)


def _watch(options: argparse.Namespace) -> int:
    from timer_app.adapters.paths import app_paths
    from timer_app.cli.output import try_print_line
    from timer_app.cli.watch import watch

    return watch(
        app_paths(), lambda document: try_print_line(_status_line(options, document) or "")
    )


def _status_line(options: argparse.Namespace, document: object) -> str | None:
    """The document in one line; None for the usual text of `status`."""
    from timer_app.cli.output import as_json_text

    if options.json:
        return as_json_text(document)
    from timer_app.cli.status_line import format_status, plain_line
    from timer_app.terminal import escape_control_characters

    if not isinstance(document, dict):
        return None
    if options.format is not None:
        return escape_control_characters(format_status(options.format, document))
    if options.command == "watch":
        return escape_control_characters(plain_line(document))
    return None


def _print_status(options: argparse.Namespace, document: object) -> int:
    from timer_app.cli.output import print_document, print_text

    if options.format is None:
        return print_document("status", document, as_json=options.json)
    return print_text(_status_line(options, document) or "")


def _status(options: argparse.Namespace) -> int:
    from timer_app.adapters.paths import app_paths
    from timer_app.adapters.setup.ipc.client import (
        APP_TIMEOUT,
        AppExited,
        AppNotRunning,
        reading_answer,
        send_request,
    )
    from timer_app.cli.output import print_error
    from timer_app.terminal import print_messages

    paths = app_paths()
    try:
        answer = send_request(paths.socket, "status", {}, APP_TIMEOUT)
    except (AppNotRunning, AppExited):
        from timer_app.stored_status import read_status

        document, warnings = read_status(paths)
        print_messages(warnings)
        return _print_status(options, document)
    messages = answer["messages"] if isinstance(answer["messages"], list) else []
    if answer["document"] is None:
        return print_error(int(str(answer["exit"])), " ".join(messages), as_json=options.json)
    print_messages(messages)
    with reading_answer():
        return _print_status(options, answer["document"])
