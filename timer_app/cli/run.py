"""Every command but `status`: asked of the app, or done in this process without it.

What only one of the two ways needs is imported there: a command that the app carries out, as a hot
key's does, is over before the services could be imported.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from timer_app.adapters.paths import Paths, PathUnusable, app_paths
from timer_app.adapters.setup.ipc.client import (
    APP_TIMEOUT,
    AppError,
    AppExited,
    AppNotRunning,
    reading_answer,
    send_request,
)
from timer_app.cli.output import as_json_text, print_document, print_error, print_file, print_text
from timer_app.services.exit_codes import ExitCode
from timer_app.terminal import escape_control_characters, print_messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from timer_app.services.command_context import CommandReply

_WORDS = (
    "card", "task", "linked_card", "room", "timecrowd_task", "team", "category", "comment", "at",
    "from", "to", "for", "wait", "delivery", "entry", "repair", "answer", "question",
)  # fmt: skip
_COMMAND_TIMEOUTS = {"audit": 600.0, "sync": 600.0}
"""Seconds for a command that asks much: a service is asked five questions a second."""
_QUERY_COMMANDS = ("log", "cards", "audit", "problems", "away")
"""Commands that do nothing but answer: without the answer they have failed."""
_CHANGING_COMMANDS = (
    "start", "stop", "toggle", "cancel", "add", "edit", "split", "delete", "undo", "retry", "drop",
    "sync",
)  # fmt: skip
_OUTCOME_UNKNOWN = (
    "`timer-app status` and `timer-app log` tell whether the command was carried out."
)


def run_command(options: argparse.Namespace) -> int:
    """Run what was typed; returns the exit code."""
    match options.command:
        case "":
            return _version()
        case "quit":
            return _quit(options)
        case "config":
            return _config(options)
        case "autostart" | "desktop":
            from timer_app.cli import desktop

            return desktop.run(options)
        case "login" | "logout" | "doctor":
            return _run_in_this_process(options)
        case _:
            return _run_app_command(options)


def handle_error(error: Exception, options: argparse.Namespace) -> int:
    """A known trouble as a sentence and its exit code; a bug goes on as one."""
    from timer_app.adapters.entries.journal.connection import JournalUnusable
    from timer_app.adapters.setup.settings.reader import SettingsError
    from timer_app.domain.errors import JournalError

    as_json = bool(vars(options).get("json"))
    if isinstance(error, AppError):
        texts = [str(error)]
        if error.is_outcome_unknown and _changes_something(options):
            texts.append(_OUTCOME_UNKNOWN)
        return print_error(ExitCode.REFUSED, " ".join(texts), as_json=as_json)
    if isinstance(error, SettingsError):
        return print_error(ExitCode.REFUSED, str(error), as_json=as_json)
    if isinstance(error, PathUnusable | JournalUnusable | JournalError):
        return print_error(ExitCode.JOURNAL, str(error), as_json=as_json)
    raise error


def _changes_something(options: argparse.Namespace) -> bool:
    """Whether the command is more than a question to the app."""
    given = vars(options)
    return (
        options.command in _CHANGING_COMMANDS
        or given.get("repair") is not None
        or given.get("answer") is not None
    )


def _version() -> int:
    from timer_app.version import version_line

    return print_text(version_line())


def _run_app_command(options: argparse.Namespace) -> int:
    given = vars(options)
    words = {name: given[name] for name in _WORDS if given.get(name) is not None}
    paths = app_paths()
    try:
        is_short = options.command == "sync" and "from" not in words
        longest = APP_TIMEOUT if is_short else _COMMAND_TIMEOUTS.get(options.command, APP_TIMEOUT)
        timeout = longest + _wait_seconds(words)
        answer = send_request(paths.socket, options.command, words, timeout)
    except AppNotRunning:
        import asyncio

        from timer_app.cli.local import run_locally

        reply = asyncio.run(run_locally(paths, options.command, words))
        messages = (*_zone_warning(), *reply.messages)
        return _finish(options, int(reply.exit_code), reply.document, messages)
    with reading_answer():
        return _finish(
            options, int(str(answer["exit"])), answer["document"], _as_texts(answer["messages"])
        )


def _zone_warning() -> list[str]:
    """That TZ names no time zone, if it does not."""
    from timer_app.adapters.system_clock import unknown_zone
    from timer_app.domain.messages import CommandMessageId
    from timer_app.domain.user_message import UserMessage, visible

    name = unknown_zone()
    return [str(UserMessage(CommandMessageId.UNKNOWN_ZONE, visible(name)))] if name else []


def _as_texts(messages: object) -> list[str]:
    return [str(message) for message in messages] if isinstance(messages, list) else []


def _wait_seconds(words: dict[str, str]) -> float:
    try:
        return float(words.get("wait", "5"))
    except ValueError:
        return 0.0  # the command itself reports what is wrong with it


def _finish(
    options: argparse.Namespace, exit_code: int, document: object, messages: Sequence[str]
) -> int:
    if document is None:
        return print_error(exit_code, " ".join(messages), as_json=options.json)
    given = vars(options)
    form = next((each for each in ("semicolons", "csv", "ics") if given.get(each)), None)
    if form is None:
        write_failed = print_document(options.command, document, as_json=options.json)
    else:
        write_failed = _export(form, document)
    print_messages(messages)
    is_query = options.command in _QUERY_COMMANDS and not _changes_something(options)
    return write_failed if write_failed and is_query else exit_code


def _export(form: str, document: object) -> int:
    """The entries of `log` as a table or a calendar."""
    from datetime import UTC, datetime

    from timer_app.services.entries.export import ExportFormat, export_text

    forms = {
        "csv": ExportFormat.CSV,
        "semicolons": ExportFormat.CSV_SEMICOLONS,
        "ics": ExportFormat.CALENDAR,
    }
    entries = document if isinstance(document, list) else []
    return print_file(export_text(forms[form], entries, datetime.now(UTC)))


def _quit(options: argparse.Namespace) -> int:
    ran = _ask_to_quit(app_paths())
    if not ran:
        print_messages(["The tray app is not running."])
    if options.json:
        print_text(as_json_text({"was_running": ran}))
    return 0


def _ask_to_quit(paths: Paths) -> bool:
    """Whether there was an app to quit; one that is only starting listens a moment later."""
    from timer_app.adapters.file_lock import is_locked
    from timer_app.tray.launch import FIRST_INSTANCE_TIMEOUT, RETRY_INTERVAL

    deadline = time.monotonic() + FIRST_INSTANCE_TIMEOUT
    while True:
        try:
            send_request(paths.socket, "quit", {}, APP_TIMEOUT)
        except AppNotRunning:
            if not is_locked(paths.instance_lock) or time.monotonic() > deadline:
                return False
            time.sleep(RETRY_INTERVAL)
        except AppExited:
            return True
        else:
            return True


def _config(options: argparse.Namespace) -> int:
    from timer_app.cli import configuration

    paths = app_paths()
    match options.action:
        case "path":
            document: object = paths.settings
        case "get":
            document = configuration.get(paths, options.key).document
        case _:
            document = configuration.change(paths, options.key, options.value).document
            _notify_app(paths, "settings", {})
    write_failed = _print_result(document, configuration.as_text(document), as_json=options.json)
    return 0 if options.action == "set" else write_failed


def _run_in_this_process(options: argparse.Namespace) -> int:
    """Commands that this process does itself, though the app may run."""
    import asyncio

    paths = app_paths()
    reply = asyncio.run(_run_local_command(options, paths))
    if reply.document is None:
        return _finish(options, int(reply.exit_code), None, reply.messages)
    if options.command == "doctor":
        from timer_app.cli.doctor import checks

        _print_result(reply.document, checks.as_text(reply.document), as_json=options.json)
        print_messages(reply.messages)
    elif options.json:
        _print_result(reply.document, "", as_json=True)
    if options.command != "doctor":
        _notify_app(paths, "token", {"service": options.service})
    return int(reply.exit_code)


async def _run_local_command(options: argparse.Namespace, paths: Paths) -> CommandReply:
    if options.command == "doctor":
        from timer_app.cli.doctor import checks

        return await checks.diagnose(paths, options.bundle)
    from timer_app.cli import accounts

    name = accounts.parse_secret_name(options.service)
    if options.command == "logout":
        return await accounts.logout(paths, name)
    return await accounts.login(paths, name, accounts.read_secret(name))


def _notify_app(paths: Paths, command: str, words: dict[str, str]) -> None:
    """Let a running app know; one that does not run reads it at its next start."""
    try:
        answer = send_request(paths.socket, command, words, APP_TIMEOUT)
        messages = answer["messages"]
        print_messages(_as_texts(messages))
    except AppNotRunning:
        return
    except AppError as error:
        print_messages([str(error)])


def _print_result(document: object, text: str, *, as_json: bool) -> int:
    return print_text(as_json_text(document) if as_json else escape_control_characters(text))
