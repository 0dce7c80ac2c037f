"""The command line's grammar. Only the parser of the command that was typed is built."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn  # takes 2 ms to import

ANSWERS = ("keep", "drop", "continue", "give")
SECRETS = ("timecrowd", "kaiten", "proxy")
_TIME_OPTIONS = ("--at", "--from", "--to")
_NEGATIVE_OFFSET = re.compile(r"-\s*[0-9.,:]")

Define = Callable[[argparse.ArgumentParser], None]


class UsageError(Exception):
    """The words make no command. The text says why; `usage` says which words there are."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.usage = usage


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What was typed; `command` is "" for the tray app. Raises UsageError."""
    words = _join_time_options(arguments)
    for word in words:
        _require_utf8(word)
    if words and words[0] in COMMANDS:
        summary, define = COMMANDS[words[0]]
        parser = _Parser(f"timer-app {words[0]}", description=summary, formatter_class=_Formatter)
        define(parser)
        try:
            return parser.parse_args(words[1:], argparse.Namespace(command=words[0]))
        except UsageError as error:
            if hint := _dash_hint(words, str(error)):
                raise UsageError(f"{error} {hint}", error.usage) from None
            raise
    if words and _is_link(words[0]):
        return _link(words)
    if words and not words[0].startswith("-"):
        raise UsageError(f"There is no command {words[0]!r}.", "timer-app --help lists them.")
    return _overview_parser().parse_args(words, argparse.Namespace(command=""))


def _dash_hint(words: list[str], message: str) -> str:
    """How to write the value of an option that begins with a dash, where one stands there."""
    for option, value in pairwise(words):
        if message.startswith(f"argument {option}: expected one") and value.startswith("-"):
            return f"A value that begins with a dash is written {option}={value}"
    return ""


def _is_link(word: str) -> bool:
    if ":" not in word:  # most words need no import
        return False
    from timer_app.domain.setup.link import is_link

    return is_link(word)


def _link(words: list[str]) -> argparse.Namespace:
    """A link, as the desktop file hands it over. It stands alone: a page may have written it."""
    if len(words) > 1:
        raise UsageError("A link takes no other words.", "timer-app 'timer-app://start?card=…'")
    return argparse.Namespace(command="link", link=words[0])


def _require_utf8(word: str) -> None:
    try:
        word.encode()
    except UnicodeEncodeError:
        readable = word.encode(errors="replace").decode()
        raise UsageError(f"{readable!r} is not UTF-8 text.", "Check the terminal.") from None


class _Parser(argparse.ArgumentParser):
    """Raises usage errors, so that a script gets them as JSON."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}.", self.format_usage().strip())

    def print_help(self, file: object = None) -> None:
        """Print it as every other answer is printed: its reader may leave early."""
        del file
        from timer_app.cli.output import print_text

        print_text(self.format_help().rstrip())


class _Formatter(argparse.HelpFormatter):
    """Help in 80 columns: asking for the terminal's width costs 4 ms, even when none is shown."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)


def _overview_parser() -> argparse.ArgumentParser:
    """The parser that shows all commands, and takes none of them."""
    listed = "\n".join(f"  {name:<10}{summary}" for name, (summary, _) in COMMANDS.items())
    parser = _Parser(
        "timer-app",
        description="Starts the tray app; with a command, does that and exits.",
        epilog=f"commands:\n{listed}\n\ntimer-app COMMAND --help shows more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="timer-app [--version] [COMMAND …]",
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    return parser


def _join_time_options(arguments: Sequence[str]) -> list[str]:
    """`--at -15m` as `--at=-15m`: argparse would take -15m for an option."""
    words: list[str] = []
    for word in arguments:
        if words and words[-1] in _TIME_OPTIONS and _NEGATIVE_OFFSET.match(word):
            words[-1] += f"={word}"
        else:
            words.append(word)
    return words


def _json_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _waiting_options(parser: argparse.ArgumentParser) -> None:
    _json_option(parser)
    parser.add_argument(
        "--wait", metavar="SECONDS", help="how long to deliver before returning (5)"
    )


def _task(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "card",
        nargs="?",
        metavar="CARD|ADDRESS",
        help="address, number or key of a card; or another web address, with --task",
    )
    parser.add_argument("--task", metavar="TITLE", help="what is worked on")
    parser.add_argument(
        "--card", metavar="CARD", dest="linked_card", help="the card that an ADDRESS is work on"
    )
    parser.add_argument(
        "--room", metavar="NAME", help="what the chat room of a Chatwork ADDRESS is called"
    )
    _route(parser)
    parser.add_argument("--comment", metavar="TEXT")


def _route(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--category", metavar="ID|TITLE", help="TimeCrowd's category of the task, if it is new"
    )
    parser.add_argument("--team", metavar="ID", help="TimeCrowd's team, by its number")


def _start(parser: argparse.ArgumentParser) -> None:
    _task(parser)
    parser.add_argument(
        "--timecrowd-task", metavar="ID", help="a task that TimeCrowd has, by its number"
    )
    parser.add_argument("--at", metavar="TIME", help="09:30, yesterday 17:00, -15m …")
    _waiting_options(parser)


def _format_option(parser: argparse.ArgumentParser) -> None:
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="print JSON, one document a line")
    forms.add_argument(
        "--format",
        metavar="TEXT",
        type=_format,
        help="one line for a panel: {task} {card} {elapsed} {elapsed_seconds} {today} {state}"
        " {waiting} {problems}; {{ is a brace",
    )


def _format(text: str) -> str:
    """A text with known names in braces. argparse reports what is wrong with it."""
    from timer_app.cli.status_line import BadFormat, check_format

    try:
        return check_format(text)
    except BadFormat as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _stop(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--comment", metavar="TEXT")
    parser.add_argument("--at", metavar="TIME", help="09:30, yesterday 17:00, -15m …")
    _waiting_options(parser)


def _add(parser: argparse.ArgumentParser) -> None:
    _task(parser)
    parser.add_argument("--from", metavar="TIME", required=True, help="or a range: 9-10:30")
    end = parser.add_mutually_exclusive_group()  # none after a range: --from 9-10:30
    end.add_argument("--to", metavar="TIME")
    end.add_argument("--for", metavar="DURATION", help="1h30m, 1:30, 90m, 90, 1.5h")
    _waiting_options(parser)


def _edit(parser: argparse.ArgumentParser) -> None:
    _entry(parser)
    parser.add_argument("--from", metavar="TIME", help="when it began")
    parser.add_argument("--to", metavar="TIME", help="when it ended")
    parser.add_argument("--comment", metavar="TEXT")
    parser.add_argument("--card", metavar="CARD", help="address, number or key of another card")
    parser.add_argument("--task", metavar="TITLE", help="what was worked on")


def _split(parser: argparse.ArgumentParser) -> None:
    _entry(parser)
    parser.add_argument("--at", metavar="TIME", required=True, help="where the second begins")


def _entry(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("entry", metavar="ENTRY", help="its id, as `log` shows it")
    _waiting_options(parser)


def _log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", metavar="DATE", help="2026-11-22, yesterday; by default today")
    parser.add_argument("--to", metavar="DATE")
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="print one JSON document")
    forms.add_argument("--csv", action="store_true", help="print a table, for spreadsheets")
    forms.add_argument(
        "--semicolons",
        action="store_true",
        help="print a table for spreadsheets of languages that write 1,5: separated by semicolons",
    )
    forms.add_argument("--ics", action="store_true", help="print a calendar")


def _sync(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from",
        metavar="DATE",
        help="take in what TimeCrowd holds since then: 2026-11-22, yesterday",
    )
    _waiting_options(parser)


def _audit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", metavar="DATE", help="2026-11-22, yesterday; by default today")
    parser.add_argument("--to", metavar="DATE")
    parser.add_argument(
        "--repair",
        metavar="KEY",
        nargs="+",
        action=_JoinWords,
        help="put these rows right, by the names the audit gives them; or all",
    )
    _waiting_options(parser)


class _JoinWords(argparse.Action):
    """Several words as one text: words travel to the app as text."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Join them."""
        del parser, option_string
        words = values if isinstance(values, list) else [values]
        setattr(namespace, self.dest, " ".join(map(str, words)))


def _delivery(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("delivery", metavar="DELIVERY", help="its number, as `problems` shows it")
    _waiting_options(parser)


def _retry(parser: argparse.ArgumentParser) -> None:
    _delivery(parser)
    _route(parser)


def _away(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "answer",
        nargs="?",
        choices=ANSWERS,
        metavar="ANSWER",
        help="keep: it was work on this; drop: the entry ends where it began; continue: that, and"
        " the same goes on since the return; give: it was work on something else",
    )
    parser.add_argument("card", nargs="?", metavar="CARD", help="give: the card it was work on")
    parser.add_argument("--task", metavar="TITLE", help="give: what it was work on")
    parser.add_argument("--question", metavar="NUMBER", help="which one; by default the earliest")
    _waiting_options(parser)


def _service(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("service", choices=SECRETS, metavar="SERVICE", help=" or ".join(SECRETS))
    _json_option(parser)


def _config(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="get|set|path")
    get = actions.add_parser("get", help="one setting, or all")
    get.add_argument("key", nargs="?", metavar="KEY")
    change = actions.add_parser("set", help="change a setting")
    change.add_argument("key", metavar="KEY")
    change.add_argument("value", metavar="VALUE")
    where = actions.add_parser("path", help="where the file is")
    for parser_of_action in (get, change, where):
        _json_option(parser_of_action)


def _autostart(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("on", "off", "status"), metavar="on|off|status")
    _json_option(parser)


def _desktop(parser: argparse.ArgumentParser) -> None:
    """`start` and `stop` are what the desktop file's actions run, in the app's own windows."""
    parser.add_argument(
        "action",
        choices=("install", "remove", "status", "start", "stop"),
        metavar="install|remove|status",
        help="the menu entry, and links that open with this app",
    )
    _json_option(parser)


def _manual(parser: argparse.ArgumentParser) -> None:
    """Nothing but the word: a key or a menu runs it."""
    del parser


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--bundle",
        metavar="FILE",
        help="write a report to send to others: no titles, comments, addresses or tokens",
    )
    _json_option(parser)


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--headless", action="store_true", help="play one start and stop")


COMMANDS: dict[str, tuple[str, Define]] = {
    "start": ("start an entry; what runs is stopped first", _start),
    "stop": ("stop what runs", _stop),
    "toggle": ("do what a click on the tray does", _waiting_options),
    "cancel": ("discard the running entry", _waiting_options),
    "add": ("add a finished entry by hand", _add),
    "edit": ("change a finished entry in both services", _edit),
    "delete": ("remove a finished entry from both services", _entry),
    "split": ("make two entries of a finished one", _split),
    "undo": ("undo the latest edit, deletion, split or cancellation", _waiting_options),
    "status": ("show what runs, today's total, and deliveries by state", _format_option),
    "watch": ("print the status in a line, again at every change", _format_option),
    "log": ("list entries, with both services' ids", _log),
    "cards": ("list your Kaiten cards in progress", _json_option),
    "audit": ("compare the journal with what both services hold", _audit),
    "sync": ("deliver what is due now, and ask what other devices did", _sync),
    "problems": ("list what needs your attention", _json_option),
    "retry": ("send a delivery again", _retry),
    "drop": ("never send a delivery", _delivery),
    "away": ("answer what your time away was", _away),
    "login": ("save a service's token, or the proxy's password, in the keyring", _service),
    "logout": ("remove it from the keyring", _service),
    "config": ("show or change settings", _config),
    "manual": ("open the tray app's window for adding time", _manual),
    "autostart": ("start the tray app when you log in", _autostart),
    "desktop": ("add the menu entry and timer-app:// links", _desktop),
    "doctor": ("check each part and say what to do", _doctor),
    "demo": ("try the whole app against stand-ins of both services", _demo),
    "quit": ("quit the tray app", _json_option),
}
