"""Notices: what a person is told once, since it happened without them. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from timer_app.domain.entries.task import Task


@dataclass(frozen=True, slots=True)
class RemoteStartNotice:
    """Another device started this entry; it goes on here."""

    task: Task
    at: datetime


@dataclass(frozen=True, slots=True)
class RemoteStopNotice:
    """Another device stopped the entry that ran here."""

    task: Task
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockChangedNotice:
    """The computer's clock was set while an entry ran; forward is positive.

    The entry kept its start and its true length, so it ends at `at`.
    """

    shift: timedelta
    at: datetime


Notice = RemoteStartNotice | RemoteStopNotice | ClockChangedNotice
