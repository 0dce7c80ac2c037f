"""The two services. A file of its own: what only names them imports nothing else."""

from __future__ import annotations

from enum import Enum


class Service(Enum):
    """The service that a message, a token or a problem belongs to."""

    TIMECROWD = "timecrowd"
    KAITEN = "kaiten"
