"""Every command that README, CONTRIBUTING, SECURITY and the help show: it is read, and it runs."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from tests.support.environment import ROOT
from timer_app.cli.parser import COMMANDS, parse

if TYPE_CHECKING:
    from tests.cli.support import Services, TimerApp

PAGES = sorted(path for path in ROOT.glob("*.md") if path.name != "CHANGELOG.md")
_INLINE = re.compile(r"`([^`\n]*timer-app[^`\n]*|make [a-z][^`\n]*)`")
_BLOCK = re.compile(r"^ {4}(\S.*)$|^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_KNOWN_ONLY_HERE = {
    "ENTRY": "0123456789ab", "CARD": "63258150", "NUMBER": "1", "DELIVERY": "1",
    "SERVICE": "kaiten", "COMMAND": "start", "DATE": "2026-11-22", "TIME": "09:30",
    "SECONDS": "5", "KEY": "time.rounding", "VALUE": "up", "FILE": "report.txt", "TITLE": "Inbox",
    "DURATION": "1h", "TEXT": "Review", "MINUTES": "15",
}  # fmt: skip
"""What stands for something of the reader's own."""


def commands(text: str) -> list[str]:
    """The lines that a reader would type: of code blocks, and words set as code."""
    found = [match[1] for match in _INLINE.finditer(text)]
    for match in _BLOCK.finditer(text):
        found += (match[1] or match[2] or "").splitlines()
    stripped = (line.partition("  #")[0].strip().removeprefix("$ ") for line in found)
    return [each for each in stripped if each.startswith(("timer-app", "make "))]


def filled(command: str) -> list[str]:
    """Its words after `timer-app`, with something in the place of what is the reader's own."""
    words = [_KNOWN_ONLY_HERE.get(word, word) for word in shlex.split(command)]
    return words[1:]


SHOWN = sorted({
    (path.name, each)
    for path in PAGES
    for each in commands(path.read_text(encoding="utf-8"))
    if each.split()[0] == "timer-app"
})  # fmt: skip
MADE = sorted({
    (path.name, each)
    for path in PAGES
    for each in commands(path.read_text(encoding="utf-8"))
    if each.startswith("make ")
})  # fmt: skip


@pytest.mark.parametrize(("page", "command"), SHOWN)
def test_it_is_one_that_there_is(page: str, command: str) -> None:
    assert page
    words = filled(command)
    if words[-1:] == ["--help"]:
        assert words[0] in COMMANDS or len(words) == 1
    else:
        parse(words)


def test_the_pages_show_the_main_ones() -> None:
    """The search finds what is there: a search that finds nothing would pass all else."""
    shown = {filled(command)[0] for _, command in SHOWN if len(filled(command)) > 0}
    assert {"start", "stop", "status", "log", "login", "config", "doctor", "audit"} <= shown
    assert ("README.md", 'timer-app start --task "Inbox" --at -15m') in SHOWN


@pytest.mark.parametrize(("page", "command"), MADE)
def test_make_has_it(page: str, command: str) -> None:
    assert page
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z0-9-]*):", makefile, re.MULTILINE))
    wanted = [word for word in command.split()[1:] if "=" not in word and word.isascii()]
    assert set(wanted) <= targets


def test_what_the_readme_shows_runs_in_its_order(app: TimerApp, services: Services) -> None:
    """One reader's day: each command of the README that needs no window and no answer at a prompt.

    Cards are the stand-in's; what names an entry or a delivery of the reader's own names one here.
    """
    prepared = app.prepared
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    # What signs in, opens windows, or ends the app has tests of its own beside this one.
    elsewhere = {"login", "logout", "demo", "quit", "manual", "autostart", "desktop", "doctor"}
    ran = set[str]()
    for command in commands(text):
        words = shlex.split(command)[1:]
        if not words or words[0] in elsewhere or words[0] not in COMMANDS or "--help" in words:
            continue
        if words[:2] == ["config", "set"]:
            continue  # of the reader's own company; test_settings of this folder sets each key
        here = [_here(word, app, services) for word in words]
        # As the reader runs them: each of them once imports all that it needs.
        app.prepared = prepared if words[0] in ran else None
        ended = app.run(*here, code=None)
        app.prepared = prepared
        assert ended.code in (0, 1, 3, 4), ended  # 2 would be wrong usage
        ran.add(words[0])
    assert {"start", "stop", "add", "status", "log", "problems", "edit", "split", "delete"} <= ran


def _here(word: str, app: TimerApp, services: Services) -> str:
    if word.startswith("https://acme.kaiten.ru/"):
        return services.card()
    if word == "ENTRY":
        entries = app.log()
        return str(entries[-1]["id"]) if entries else "0123456789ab"
    return _KNOWN_ONLY_HERE.get(word, word)


def test_help_names_no_command_that_is_not_there(app: TimerApp) -> None:
    whole = app.run("--help").out
    listed = set(re.findall(r"^  ([a-z]+) +\S", whole, re.MULTILINE))
    assert listed == set(COMMANDS)
    said = "\n".join([whole, *(app.run(name, "--help").out for name in COMMANDS)])
    for command in re.findall(r"`timer-app ([a-z]+)", said):
        assert command in COMMANDS
