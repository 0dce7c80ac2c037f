"""Notices: what happened without the person, shown once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from timer_app.domain.clock import shift_length
from timer_app.domain.entries.task import Task
from timer_app.domain.messages import NoticeMessageId
from timer_app.domain.user_message import UserMessage


@dataclass(frozen=True, slots=True)
class RemoteStartNotice:
    """Another device started this entry; it goes on here.

    One that `is_switch` ended another entry, as TimeCrowd's calendar may do.
    """

    task: Task
    at: datetime
    is_switch: bool = False


@dataclass(frozen=True, slots=True)
class RemoteStopNotice:
    """Another device stopped the entry that ran here."""

    task: Task
    at: datetime


@dataclass(frozen=True, slots=True)
class EarlierStopNotice:
    """Another device had stopped the entry `at`, before it was stopped here: that stop counts."""

    entry_id: str
    task: Task
    at: datetime
    local_stop: datetime


@dataclass(frozen=True, slots=True)
class RemoteHistoryNotice:
    """So many entries began and ended elsewhere; the last one, on `task`, ended at `at`."""

    count: int
    task: Task
    at: datetime


@dataclass(frozen=True, slots=True)
class RemoteDeletionNotice:
    """Another device deleted what ran here; it was seen at `at`."""

    task: Task
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockChangedNotice:
    """The computer's clock was set while an entry ran; forward is positive.

    The entry kept its start and its true length, so it ends at `at`.
    """

    shift: timedelta
    at: datetime


@dataclass(frozen=True, slots=True)
class ClockWrongNotice:
    """The computer's clock is wrong: `difference` is the services' less it.

    Instants are of the services' clock.
    """

    difference: timedelta


Notice = (
    RemoteStartNotice
    | RemoteStopNotice
    | EarlierStopNotice
    | RemoteHistoryNotice
    | RemoteDeletionNotice
    | ClockChangedNotice
    | ClockWrongNotice
)


def notice_message(  # noqa: PLR0911 - one for each kind of notice
    notice: Notice, zone: tzinfo
) -> UserMessage:
    """The sentence for a notice, with times of day in `zone`."""
    if isinstance(notice, ClockWrongNotice):
        is_behind = notice.difference > timedelta(0)
        return UserMessage(
            NoticeMessageId.CLOCK_IS_BEHIND if is_behind else NoticeMessageId.CLOCK_IS_AHEAD,
            shift_message(notice.difference),
        )
    at = notice.at.astimezone(zone).strftime("%H:%M:%S")
    match notice:
        case RemoteStartNotice(task, is_switch=True):
            return UserMessage(NoticeMessageId.SWITCHED_ELSEWHERE, at, task.title)
        case RemoteStartNotice(task):
            return UserMessage(NoticeMessageId.STARTED_ELSEWHERE, at, task.title)
        case RemoteStopNotice(task):
            return UserMessage(NoticeMessageId.STOPPED_ELSEWHERE, at, task.title)
        case EarlierStopNotice(_, task, _, local_stop):
            ours = local_stop.astimezone(zone).strftime("%H:%M:%S")
            return UserMessage(NoticeMessageId.STOPPED_EARLIER_ELSEWHERE, at, task.title, ours)
        case RemoteHistoryNotice(count, task):
            return UserMessage(NoticeMessageId.ADDED_ELSEWHERE, count, task.title)
        case RemoteDeletionNotice(task):
            return UserMessage(NoticeMessageId.DELETED_ELSEWHERE, task.title)
        case ClockChangedNotice(shift):
            is_forward = shift > timedelta(0)
            return UserMessage(
                NoticeMessageId.CLOCK_SET_FORWARD if is_forward else NoticeMessageId.CLOCK_SET_BACK,
                shift_message(shift),
                at,
            )


def shift_message(shift: timedelta) -> str | UserMessage:
    """How far the clock was set, whichever way: h:mm:ss, with whole days before it."""
    days, seconds = shift_length(shift)
    hours, rest = divmod(seconds, 3600)
    clock_time = f"{hours}:{rest // 60:02}:{rest % 60:02}"
    if not days:
        return clock_time
    if not seconds:
        return UserMessage(NoticeMessageId.DAYS, days)
    return UserMessage(NoticeMessageId.DAYS_AND_TIME, days, clock_time)
