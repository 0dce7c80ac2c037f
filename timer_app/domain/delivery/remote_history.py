"""What other devices did to finished entries, found by comparing two lists.

TimeCrowd lists the owner's entries; the journal remembers what TimeCrowd last said of each one.

TimeCrowd lists                    the journal knows         change
an entry that is over              nothing of it             AdoptEntry
other times or another task        the entry                 FollowEntry
nothing, and has it nowhere        the entry                 FollowDeletion

An entry with an open delivery of ours is not changed: our values count until it is delivered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry, has_moved
from timer_app.domain.delivery.service_messages import is_same_instant
from timer_app.domain.entries.entry import FinishedEntry, whole_second
from timer_app.domain.entries.task import Task

HISTORY_LIMIT = timedelta(days=7)
"""How far back other devices are followed; what is older is compared when a person asks."""


@dataclass(frozen=True, slots=True)
class AccountUse:
    """Since when a TimeCrowd account is used here.

    `first_used_at` is when it was set up; `used_since` is when it last took another one's place.
    """

    first_used_at: datetime
    used_since: datetime


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """A finished entry of the journal, and what TimeCrowd last said of it."""

    entry_id: str
    remote: RemoteEntry


@dataclass(frozen=True, slots=True)
class AdoptEntry:
    """Adopt an entry that was started and stopped on another device."""

    tracked: TrackedEntry


@dataclass(frozen=True, slots=True)
class FollowEntry:
    """Follow other times or another task."""

    known: KnownEntry
    tracked: TrackedEntry

    @property
    def has_moved(self) -> bool:
        """Whether it is on another task."""
        return has_moved(self.known.remote, self.tracked.remote)


@dataclass(frozen=True, slots=True)
class FollowDeletion:
    """Follow a deletion."""

    known: KnownEntry


@dataclass
class HistoryImport:
    """What was imported, by the ids that the entries have here.

    `undecided` counts entries that a start of ours may have made.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    undecided: int = 0


HistoryChange = AdoptEntry | FollowEntry | FollowDeletion


@dataclass(frozen=True, slots=True)
class HistoryRange:
    """From when on known entries are followed, other entries adopted, and deletions followed.

    Entries of another account are not listed: they do not count as deleted.
    """

    known_since: datetime
    adopted_since: datetime
    deleted_since: datetime


def history_range(use: AccountUse, now: datetime) -> HistoryRange:
    """Seven days; nothing is adopted from before the account was set up here."""
    since = now - HISTORY_LIMIT
    return HistoryRange(since, max(use.first_used_at, since), max(use.used_since, since))


def requested_range(use: AccountUse, first: datetime, now: datetime) -> HistoryRange:
    """The range that a person requested. Deletions are followed no further back than usual."""
    return HistoryRange(first, first, max(first, history_range(use, now).deleted_since))


def missing_entries(
    known: Sequence[KnownEntry], listed: Sequence[TrackedEntry], since: datetime
) -> tuple[KnownEntry, ...]:
    """The known entries from `since` on that are not listed: deleted, or moved far back."""
    ids = {each.remote.id for each in listed}
    return tuple(
        each for each in known if each.remote.id not in ids and each.remote.started_at >= since
    )


def history_changes(
    listed: Sequence[TrackedEntry],
    known: Mapping[str, KnownEntry],
    deleted: Collection[str],
    is_ours: Callable[[str], bool],
    adopted_since: datetime,
) -> tuple[HistoryChange, ...]:
    """The changes that bring the journal to what TimeCrowd lists, in the order of their starts.

    `known` are the journal's finished entries by TimeCrowd's id; `deleted` are ids that TimeCrowd
    no longer has; `is_ours` says whether an id is, was or may be an entry of ours in any other
    state; what began before `adopted_since` is not adopted.
    """
    changes: list[HistoryChange] = [
        FollowDeletion(known[each]) for each in sorted(deleted) if each in known
    ]
    handled: set[str] = set()
    for tracked in sorted(listed, key=lambda each: (each.remote.started_at, each.remote.id)):
        remote = tracked.remote
        if remote.stopped_at is None or remote.id in handled or remote.id in deleted:
            continue  # what runs is followed by asking what runs
        handled.add(remote.id)
        before = known.get(remote.id)
        if before is None:
            is_late = remote.started_at >= adopted_since
            if is_late and remote.task_id and not is_ours(remote.id):  # else unknown
                changes.append(AdoptEntry(tracked))
        elif not is_same_remote(before.remote, remote):
            changes.append(FollowEntry(before, tracked))
    return tuple(changes)


def is_same_remote(before: RemoteEntry, now: RemoteEntry) -> bool:
    """Whether TimeCrowd says of an entry what it said before; a task it does not name is the same.

    Times are compared in whole seconds, as the journal keeps them.
    """
    moved = "" not in (before.task_id, now.task_id) and before.task_id != now.task_id
    return not moved and _times(before) == _times(now)


def followed_entry(before: FinishedEntry, remote: RemoteEntry, task: Task | None) -> FinishedEntry:
    """The entry with the times that TimeCrowd holds, and on another `task` if it was moved.

    An instant that is the same to both services stays as it is.
    """
    entry, stopped_at = before.entry, remote.stopped_at
    begin = _followed(entry.started_at, remote.started_at)
    end = before.stopped_at if stopped_at is None else _followed(before.stopped_at, stopped_at)
    return FinishedEntry(replace(entry, started_at=begin, task=task or entry.task), max(begin, end))


def _followed(local: datetime, remote: datetime) -> datetime:
    return local if is_same_instant(local, remote) else whole_second(remote)


def _times(remote: RemoteEntry) -> tuple[datetime, datetime | None]:
    stopped_at = remote.stopped_at
    return (
        whole_second(remote.started_at),
        None if stopped_at is None else whole_second(stopped_at),
    )
