"""What a person does with the timer, as lists of commands: each is killed everywhere.

Words in braces are filled in as the story is played: {card}, {other} and {forbidden} are the
addresses of cards, {last} is the id of the latest entry in the journal, {own_task} the number of a
task that TimeCrowd has: the card's.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.prove.victim import Boundary


@dataclass(frozen=True)
class Before:
    """A command that is not killed here, because another story kills it in the same place."""

    words: str


@dataclass(frozen=True)
class Killed:
    """A command that is always killed at this boundary: part of what has gone before."""

    words: str
    boundary: Boundary
    number: int


Command = str | Before | Killed


def words_of(command: Command) -> str:
    """The words of a command, whatever becomes of it."""
    return command if isinstance(command, str) else command.words


@dataclass(frozen=True)
class Story:
    """Commands in the order they are typed.

    `in_app`: the tray app does what is typed, and is what is killed; what is `Before` comes before
    it is started.
    `may_need_person`: it asks for something that a service refuses.
    """

    name: str
    commands: tuple[Command, ...]
    in_app: bool = False
    may_need_person: bool = False

    @property
    def before_app(self) -> list[Command]:
        """What is done before the app is started."""
        return [command for command in self.commands if isinstance(command, Before)]

    @property
    def told_to_app(self) -> list[Command]:
        """What the app is told."""
        return [command for command in self.commands if not isinstance(command, Before)]


_AWAY = "--wait 0"
"""Nothing is delivered, as when there is no network."""

# Two of a day on one card: what one of them adds to Kaiten's minutes depends on the other.
_ADDED = (
    Before("add {card} --from -5h --for 400s"),
    Before("add {card} --from -3h --for 1000s"),
)
_ADDED_AWAY = Before(f"add {{card}} --from -3h --for 40m {_AWAY}")
_STARTED = Before("start {card} --at -30m")
_STARTED_AWAY = Before(f"start {{card}} --at -30m {_AWAY}")

_MESSAGE = "https://www.chatwork.com/#!rid123456-1 --task Answer --room Sales"

ONLINE = Story("online", ("start {card} --at -30m", "stop"))
OFFLINE = Story("offline", (f"start {{card}} --at -30m {_AWAY}", f"stop {_AWAY}", "sync"))
EDIT = Story("edit", (*_ADDED, "edit {last} --from -4h --comment longer"))
APP = Story("app", ("start {card} --at -30m", "stop"), in_app=True)
OWN_TASK = Story(
    "a task of TimeCrowd's, in the app",
    ("start --timecrowd-task {own_task} --at -30m", "stop"),
    in_app=True,
)

STORIES = (
    ONLINE,
    OFFLINE,
    EDIT,
    APP,
    OWN_TASK,
    Story(
        "a task of TimeCrowd's, offline",
        (
            f"start --timecrowd-task {{own_task}} --at -30m {_AWAY}",
            f"stop {_AWAY}",
            "sync",
        ),
    ),
    Story("by hand", (_ADDED[0], "add {card} --from -3h --for 1000s --comment Planning")),
    Story("switch", (_STARTED, "start --task Mail --at -20m", Before("stop"))),
    Story("a chat message", (f"start {_MESSAGE} --card {{card}} --at -30m", "stop")),
    Story("at once", (Before("start {card}"), Before("stop"), Before("start {card}"), "stop")),
    Story("cancel", (_STARTED, "cancel")),
    Story("cancel, offline", (_STARTED_AWAY, f"cancel {_AWAY}", "sync")),
    Story(
        "refused by Kaiten",
        (Before(f"start {{forbidden}} --at -30m {_AWAY}"), "stop"),
        may_need_person=True,
    ),
    Story(
        "killed while it looks",
        (_STARTED_AWAY, Killed("sync", Boundary.CARRIED_OUT, 1), "sync", Before("stop")),
    ),
    Story(
        "killed while it looks for what was added",
        (_ADDED_AWAY, Killed("sync", Boundary.ANSWERED, 4), "sync"),
    ),
    Story("edit to another card", (*_ADDED, "edit {last} --card {other}")),
    Story("edit, offline", (_ADDED_AWAY, f"edit {{last}} --to -1h {_AWAY}", "sync")),
    Story("edit in the app", EDIT.commands, in_app=True),
    Story("delete", (*_ADDED, "delete {last}")),
    Story("delete, offline", (_ADDED_AWAY, f"delete {{last}} {_AWAY}", "sync")),
    Story("split", (*_ADDED, "split {last} --at -170m")),
    Story("undo", (*_ADDED, Before("delete {last}"), "undo")),
)

SHORT_DRAW = (ONLINE, OFFLINE, EDIT, OWN_TASK)
"""A few that come through most of the code, for every run of the tests."""
