"""How a command ends, as a number. Alone in its file: a start needs it before anything else."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the interface page."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    STILL_WAITING = 3
    NEEDS_PERSON = 4
    JOURNAL = 5
