"""The words of a command, read: they come as the user typed them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from timer_app.domain.entries.comment import MAX_COMMENT_UNITS, comment_units
from timer_app.domain.errors import BadInput, NotPossible
from timer_app.domain.messages import (
    CommandMessageId,
    EntryMessageId,
    HistoryMessageId,
    RouteMessageId,
    TimeMessageId,
)
from timer_app.domain.setup.local_time import (
    parse_end,
    parse_instant,
    parse_instant_before_now,
)
from timer_app.domain.setup.time_grammar import parse_date, parse_duration, split_range
from timer_app.domain.user_message import MessageId
from timer_app.services.entries.ports import Clock

CommandArgs = Mapping[str, str]

_USUAL_WAIT = 5.0
_FIRST_DATE = date(1970, 1, 2)
"""Nothing was tracked before; every zone has an instant for its beginning."""
_NOT_A_NUMBER: Mapping[str, MessageId] = {
    "timecrowd_task": CommandMessageId.NOT_A_TIMECROWD_TASK,
    "team": RouteMessageId.NOT_A_TEAM,
    "delivery": CommandMessageId.NOT_A_DELIVERY,
    "question": CommandMessageId.NOT_A_QUESTION,
}


def wait_seconds(args: CommandArgs) -> float:
    """How long deliveries are waited for. Raises BadInput."""
    try:
        seconds = float(args.get("wait", _USUAL_WAIT))
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 86400:
        raise BadInput(CommandMessageId.NOT_SECONDS, args["wait"])
    return seconds


def typed_comment(args: CommandArgs) -> str | None:
    """The comment that was typed, if one was. NotPossible for one that Kaiten cannot hold."""
    comment = args.get("comment")
    if comment is not None and (units := comment_units(comment)) > MAX_COMMENT_UNITS:
        raise NotPossible(EntryMessageId.COMMENT_TOO_LONG, str(units), str(MAX_COMMENT_UNITS))
    return comment


def typed_number(args: CommandArgs, name: str) -> int:
    """The number of a delivery, a question or a task."""
    typed = args.get(name, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 18):
        raise BadInput(_NOT_A_NUMBER[name], typed)
    return int(typed)


def typed_instant(
    args: CommandArgs, name: str, clock: Clock, near: datetime | None = None
) -> datetime | None:
    """A TIME that was typed; a time of day alone is one of the date of `near`, or today's."""
    typed = args.get(name)
    if typed is None:
        return None
    zone = clock.zone()
    return parse_instant(typed, clock.now(), zone, near.astimezone(zone).date() if near else None)


def typed_stop(args: CommandArgs, clock: Clock) -> datetime | None:
    """When it ended: a time of day alone is the latest that is over."""
    if "at" not in args:
        return None
    return parse_instant_before_now(args["at"], clock.now(), clock.zone())


def typed_dates(args: CommandArgs, today: date) -> tuple[date, date]:
    """The first and the last date of the arguments, today by default."""
    last = _typed_date(args, "to", today) or today
    first = _typed_date(args, "from", today) or min(last, today)
    if first > last:
        raise BadInput(CommandMessageId.DATES_REVERSED, str(first), str(last))
    return first, last


def typed_first_date(args: CommandArgs, today: date) -> date | None:
    """The date from which on something is wanted, if one was typed; BadInput for one to come."""
    first = _typed_date(args, "from", today)
    if first is not None and first > today:
        raise BadInput(HistoryMessageId.TO_COME, str(first))
    return None if first is None else max(first, _FIRST_DATE)


def _typed_date(args: CommandArgs, name: str, today: date) -> date | None:
    typed = args.get(name)
    if typed is None:
        return None
    return min(max(parse_date(typed, today), _FIRST_DATE), _LAST_DATE)  # nobody worked beyond them


_FIRST_DATE, _LAST_DATE = date(1, 1, 15), date(9999, 12, 15)
"""Dates with others around them: zones, days and weeks are added to them and taken away."""


def typed_span(args: CommandArgs, clock: Clock) -> tuple[datetime, datetime]:
    """From when to when: --from with --to or --for, or a span as one text."""
    if "to" not in args and "for" not in args and (found := split_range(args.get("from", ""))):
        args = {**args, "from": found[0], "to": found[1]}
    started_at = typed_instant(args, "from", clock)
    if started_at is None:
        raise BadInput(CommandMessageId.NO_START_TIME)
    if "for" in args:
        return started_at, _end_after(started_at, parse_duration(args["for"]))
    if "to" in args:
        now, zone = clock.now(), clock.zone()
        return started_at, parse_end(args["to"], started_at, now, zone)
    raise BadInput(CommandMessageId.NO_END_TIME)


def _end_after(started_at: datetime, length: timedelta) -> datetime:
    try:
        return started_at + length
    except OverflowError:
        raise BadInput(TimeMessageId.END_BEYOND_CALENDAR) from None
