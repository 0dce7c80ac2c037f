"""What the tray icon says by its shape. Alone in its file: the first icon needs nothing else."""

from enum import Enum


class TrayMark(Enum):
    """The shape of the icon."""

    IDLE = "idle"
    RUNNING = "running"


class TrayBadge(Enum):
    """The small shape in the icon's corner."""

    NONE = "none"
    UNDELIVERED = "undelivered"
    QUESTION = "question"
    ATTENTION = "attention"
