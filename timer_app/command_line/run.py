"""Every command but `status`: asked of the app, or done in this process without it."""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import time
from collections.abc import Sequence

from timer_app.adapters.ipc.client import APP_PATIENCE, AppTrouble, NoApp, ask
from timer_app.adapters.ipc.instance import is_running
from timer_app.adapters.journal.schema import JournalUnusable, is_damage
from timer_app.adapters.places import Places, PlaceUnusable, places
from timer_app.adapters.settings.reading import SettingsError
from timer_app.command_line import configuration
from timer_app.command_line.output import as_json_text, harmless, put, refuse, say, show
from timer_app.command_line.starting import PATIENCE_WITH_THE_FIRST, PAUSE
from timer_app.domain.reasons import OfJournal
from timer_app.services.commands import Reply
from timer_app.services.exit import Exit
from timer_app.services.ports import JournalUnwritable

_WORDS = (
    "card", "task", "comment", "at", "from", "to", "for", "wait", "delivery", "entry", "repair",
    "answer", "question",
)  # fmt: skip
_PATIENCE = {"audit": 600.0}
"""Seconds for a command that asks much: Kaiten answers five questions a second."""
_QUESTIONS = ("log", "audit", "problems", "away")
"""Commands that do nothing but answer: without the answer they have failed."""


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
            from timer_app.command_line import desktop

            return desktop.run(options)
        case "login" | "logout" | "doctor":
            return _own(options)
        case _:
            return _command(options)


def explain(error: Exception, options: argparse.Namespace) -> int:
    """A known trouble as a sentence and its exit code; a bug goes on as one."""
    as_json = bool(vars(options).get("json"))
    if isinstance(error, AppTrouble | SettingsError):
        return refuse(Exit.REFUSED, str(error), as_json=as_json)
    if isinstance(error, PlaceUnusable | JournalUnusable | JournalUnwritable):
        return refuse(Exit.JOURNAL, str(error), as_json=as_json)
    if isinstance(error, sqlite3.DatabaseError) and is_damage(error):
        return refuse(Exit.JOURNAL, OfJournal.DAMAGED.value, as_json=as_json)
    raise error


def _version() -> int:
    from timer_app.command_line.version import version_line

    return put(version_line())


def _command(options: argparse.Namespace) -> int:
    given = vars(options)
    words = {name: given[name] for name in _WORDS if given.get(name) is not None}
    where = places()
    try:
        patience = _PATIENCE.get(options.command, APP_PATIENCE) + _waits(words)
        answer = ask(where.socket, options.command, words, patience)
    except NoApp:
        from timer_app.command_line.local import run_here

        reply = asyncio.run(run_here(where, options.command, words))
        return _finish(options, int(reply.exit), reply.document, reply.messages)
    return _finish(
        options, int(str(answer["exit"])), answer["document"], _sentences(answer["messages"])
    )


def _sentences(messages: object) -> list[str]:
    return [str(message) for message in messages] if isinstance(messages, list) else []


def _waits(words: dict[str, str]) -> float:
    try:
        return float(words.get("wait", "5"))
    except ValueError:
        return 0.0  # whoever runs the command says what is wrong with it


def _finish(
    options: argparse.Namespace, exit_code: int, document: object, messages: Sequence[str]
) -> int:
    if document is None:
        return refuse(exit_code, " ".join(messages), as_json=options.json)
    form = next((each for each in ("csv", "ics") if vars(options).get(each)), None)
    if form is None:
        not_told = show(options.command, document, as_json=options.json)
    else:
        not_told = _export(form, document)
    say(messages)
    only_asked = options.command in _QUESTIONS and not (
        vars(options).get("repair") or vars(options).get("answer")
    )
    return not_told if not_told and only_asked else exit_code


def _export(form: str, document: object) -> int:
    """The entries of `log` as a table or a calendar."""
    from datetime import UTC, datetime

    from timer_app.services.exporting import Format, whole

    entries = document if isinstance(document, list) else []
    text = whole(Format(form), entries, datetime.now(UTC))
    return put(text.removesuffix("\n"))  # which printing adds


def _quit(options: argparse.Namespace) -> int:
    ran = _ask_to_quit(places())
    if not ran:
        say(["The tray app is not running."])
    if options.json:
        put(as_json_text({"was_running": ran}))
    return 0


def _ask_to_quit(where: Places) -> bool:
    """Whether there was an app to quit; one that is only starting listens a moment later."""
    deadline = time.monotonic() + PATIENCE_WITH_THE_FIRST
    while True:
        try:
            ask(where.socket, "quit", {}, APP_PATIENCE)
        except NoApp:
            if not is_running(where.instance_lock) or time.monotonic() > deadline:
                return False
            time.sleep(PAUSE)
        else:
            return True


def _config(options: argparse.Namespace) -> int:
    where = places()
    match options.action:
        case "path":
            document: object = where.settings
        case "get":
            document = configuration.get(where, options.key).document
        case _:
            document = configuration.change(where, options.key, options.value).document
            _tell_app(where, "settings", {})
    not_told = _print_own(document, configuration.show(document), as_json=options.json)
    return 0 if options.action == "set" else not_told


def _own(options: argparse.Namespace) -> int:
    """Commands that this process does itself, though the app may run."""
    where = places()
    reply = asyncio.run(_run_own(options, where))
    if reply.document is None:
        return _finish(options, int(reply.exit), None, reply.messages)
    if options.command == "doctor":
        from timer_app.command_line import doctor

        _print_own(reply.document, doctor.show(reply.document), as_json=options.json)
        say(reply.messages)
    elif options.json:
        _print_own(reply.document, "", as_json=True)
    if options.command != "doctor":
        _tell_app(where, "token", {"service": options.service})
    return int(reply.exit)


async def _run_own(options: argparse.Namespace, where: Places) -> Reply:
    if options.command == "doctor":
        from timer_app.command_line import doctor

        return await doctor.examine(where, options.bundle)
    from timer_app.command_line import accounts

    name = accounts.secret_named(options.service)
    if options.command == "logout":
        return await accounts.logout(where, name)
    return await accounts.login(where, name, accounts.read_secret(name))


def _tell_app(where: Places, command: str, words: dict[str, str]) -> None:
    """Let a running app know; one that does not run reads it at its next start."""
    try:
        answer = ask(where.socket, command, words, APP_PATIENCE)
        messages = answer["messages"]
        say(_sentences(messages))
    except NoApp:
        return
    except AppTrouble as error:
        say([str(error)])


def _print_own(document: object, text: str, *, as_json: bool) -> int:
    return put(as_json_text(document) if as_json else harmless(text))
