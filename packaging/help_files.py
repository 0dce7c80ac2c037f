"""The shell completions and the manual page, written from the command line's own grammar.

    python packaging/help_files.py            # writes them; `make help-files`
    python packaging/help_files.py --check    # says which are out of date, and fails

Only `command_line/parser.py` knows commands and options; here are the few things it does not say.
"""

import argparse
import sys
from importlib.metadata import version
from pathlib import Path

import shtab

from timer_app.cli.parser import COMMANDS

HERE = Path(__file__).resolve().parent
SHELLS = {"bash": "timer-app", "zsh": "_timer-app", "fish": "timer-app.fish"}
FILES = {("doctor", "bundle")}
"""Options that take the name of a file."""

EXIT_CODES = {
    0: "done",
    1: "refused, nothing changed; the message says why",
    2: "wrong usage",
    3: "done here, but something still waits for a service",
    4: "something needs a person: see timer-app problems",
    5: "the journal cannot be written",
}
ENVIRONMENT = {
    "TIMER_APP_HOME": "The folder that holds settings.toml, journal.sqlite3, log and run. Without"
    " it they are in the folders that the platform has for such files.",
    "TIMER_APP_LOG": "debug turns the log up and copies it to stderr.",
}


def grammar() -> argparse.ArgumentParser:
    """All commands as one parser, which the command line itself never builds."""
    parser = argparse.ArgumentParser(
        "timer-app", description="Starts the tray app; with a command, does that and exits."
    )
    parser.add_argument("--version", action="store_true", help="tell version and commit, and exit")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    for name, (summary, define) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary)
        define(command)
        for action in command._actions:
            if (name, action.dest) in FILES:
                action.complete = shtab.FILE
    return parser


def completions() -> dict[Path, str]:
    """A file for each shell, under the name by which it looks for it."""
    return {
        HERE / "completions" / shell / name: shtab.complete(grammar(), shell)
        for shell, name in SHELLS.items()
    }


def manual() -> dict[Path, str]:
    """timer-app.1, in man(7)'s macros; a date would make it another file each day."""
    parser = grammar()
    lines = [
        f'.TH TIMER\\-APP 1 "" "Timer App {version("timer-app")}" "User Commands"',
        ".SH NAME",
        "timer\\-app \\- a tray timer that reports to TimeCrowd and Kaiten",
        ".SH SYNOPSIS",
        ".B timer\\-app",
        "[\\fB\\-\\-version\\fR] [\\fICOMMAND\\fR \\&...]",
        ".SH DESCRIPTION",
        _roff(parser.description or ""),
        "Every command works with the tray app running and without it.",
        ".SH COMMANDS",
    ]
    for name, (summary, define) in COMMANDS.items():
        command = argparse.ArgumentParser(f"timer-app {name}", add_help=False)
        define(command)
        lines += _section(command, summary)
    for title, table in (("EXIT STATUS", EXIT_CODES), ("ENVIRONMENT", ENVIRONMENT)):
        lines.append(f".SH {title}")
        for name, meaning in table.items():
            lines += [".TP", f".B {_roff(str(name))}", _roff(meaning)]
    return {HERE / "manual" / "timer-app.1": "\n".join(lines) + "\n"}


def _section(command: argparse.ArgumentParser, summary: str) -> list[str]:
    """A command, how it is typed, and each of its arguments and options."""
    usage = " ".join(command.format_usage().removeprefix("usage: ").split())
    lines = [f".SS {_roff(command.prog)}", _sentence(summary), ".PP", f".B {_roff(usage)}"]
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                one = action.choices[choice.dest]
                lines += [".TP", f".B {_roff(_words(one))}", _sentence(choice.help or "")]
        elif action.help is not argparse.SUPPRESS:
            lines += [".TP", f".B {_roff(_name(action))}", _sentence(action.help or "")]
    return lines


def _words(command: argparse.ArgumentParser) -> str:
    """What is typed after the command's name, options left out."""
    names = [_name(each) for each in command._actions if not each.option_strings]
    return " ".join([command.prog.rpartition(" ")[2], *names])


def _name(action: argparse.Action) -> str:
    value = action.metavar if isinstance(action.metavar, str) else action.dest
    if not action.option_strings:
        return value
    return " ".join([", ".join(action.option_strings), *([value] if action.nargs != 0 else [])])


def _sentence(text: str) -> str:
    dot = "" if text.endswith("…") else "."
    return _roff(f"{text[:1].upper()}{text[1:]}{dot}") if text else "\\&"


def _roff(text: str) -> str:
    """Text as roff takes it: its own signs escaped, and no line that begins like a macro."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "\\&...")
    return f"\\&{text}" if text.startswith((".", "'")) else text


def main(words: list[str]) -> int:
    """Write the files, or tell which are out of date; returns 0 or 1."""
    stale = []
    for path, text in {**completions(), **manual()}.items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(path.relative_to(HERE.parent)))
        if "--check" not in words:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    print(*stale, sep="\n", end="\n" if stale else "")
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
