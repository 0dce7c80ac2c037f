"""What other devices did to entries that are over, by value."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.delivery.log_timing import OTHERS_WAIT, RANDOM_WAIT, follow_up_timing
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.remote_history import (
    AccountUse,
    AdoptEntry,
    FollowDeletion,
    FollowEntry,
    HistoryRange,
    KnownEntry,
    followed_entry,
    history_changes,
    history_range,
    is_same_remote,
    missing_entries,
    requested_range,
)
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source
from timer_app.domain.entries.task import Task

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def held(number: str, begin: int = 0, minutes: int | None = 10, task: str = "t1") -> TrackedEntry:
    """TimeCrowd's entry of that number, from so many minutes after nine."""
    began = NINE + begin * MINUTE
    stop = None if minutes is None else began + minutes * MINUTE
    return TrackedEntry(RemoteEntry(number, task, began, stop), "Read mail", ("", "mail"))


def known(tracked: TrackedEntry) -> KnownEntry:
    return KnownEntry(f"e{tracked.remote.id}", tracked.remote)


def changes(
    listed: list[TrackedEntry],
    entries: list[TrackedEntry],
    deleted: tuple[str, ...] = (),
    ours: tuple[str, ...] = (),
) -> tuple[object, ...]:
    here = {each.remote.id: known(each) for each in entries}
    return history_changes(listed, here, deleted, ours.__contains__, NINE)


ENTRY = held("1")
MOVED = replace(ENTRY, remote=replace(ENTRY.remote, task_id="t2"))
LONGER = held("1", minutes=30)
NAMELESS = replace(ENTRY, remote=replace(ENTRY.remote, task_id=""))
FINER = replace(ENTRY, remote=replace(ENTRY.remote, started_at=NINE + timedelta(milliseconds=400)))


@pytest.mark.parametrize(
    ("listed", "entries", "deleted", "ours", "expected"),
    [
        ([ENTRY], [], (), (), (AdoptEntry(ENTRY),)),
        ([ENTRY, ENTRY], [], (), (), (AdoptEntry(ENTRY),)),
        ([held("1", minutes=None)], [], (), (), ()),
        ([NAMELESS], [], (), (), ()),
        ([ENTRY], [], (), ("1",), ()),
        ([ENTRY], [ENTRY], (), (), ()),
        ([FINER], [ENTRY], (), (), ()),
        ([NAMELESS], [ENTRY], (), (), ()),
        ([LONGER], [ENTRY], (), (), (FollowEntry(known(ENTRY), LONGER),)),
        ([MOVED], [ENTRY], (), (), (FollowEntry(known(ENTRY), MOVED),)),
        ([held("1", minutes=None)], [ENTRY], (), (), ()),
        ([], [ENTRY], ("1",), (), (FollowDeletion(known(ENTRY)),)),
        ([], [ENTRY], ("2",), (), ()),
        ([ENTRY], [ENTRY], ("1",), (), (FollowDeletion(known(ENTRY)),)),
        ([held("2", -5)], [], (), (), ()),
        (
            [held("2", -5, 20)],
            [held("2", -5)],
            (),
            (),
            (FollowEntry(known(held("2", -5)), held("2", -5, 20)),),
        ),
        ([held("2", 5), ENTRY], [], (), (), (AdoptEntry(ENTRY), AdoptEntry(held("2", 5)))),
    ],
)
def test_what_the_list_shows(
    listed: list[TrackedEntry],
    entries: list[TrackedEntry],
    deleted: tuple[str, ...],
    ours: tuple[str, ...],
    expected: tuple[object, ...],
) -> None:
    assert changes(listed, entries, deleted, ours) == expected


def test_whether_it_has_moved() -> None:
    assert FollowEntry(known(ENTRY), MOVED).has_moved
    assert not FollowEntry(known(ENTRY), LONGER).has_moved
    assert not FollowEntry(known(ENTRY), NAMELESS).has_moved


@given(
    st.lists(
        st.builds(
            held,
            st.sampled_from("12345"),
            st.integers(-9, 9),
            st.none() | st.integers(0, 5),
            st.sampled_from(["t1", "t2", ""]),
        )
    ),
    st.lists(st.builds(held, st.sampled_from("12345")), max_size=3),
    st.sets(st.sampled_from("12345")),
)
def test_what_is_taken_in_once_is_taken_in(
    listed: list[TrackedEntry], entries: list[TrackedEntry], ours: set[str]
) -> None:
    """Read again, the same list brings nothing; and no change is about an entry twice."""
    here = {each.remote.id: known(each) for each in entries}
    found = history_changes(listed, here, (), ours.__contains__, NINE - HOUR)
    about = [
        each.tracked.remote.id
        if isinstance(each, AdoptEntry | FollowEntry)
        else each.known.remote.id
        for each in found
    ]
    assert len(about) == len(set(about))
    assert not {each.tracked.remote.id for each in found if isinstance(each, AdoptEntry)} & ours
    for each in found:
        if isinstance(each, AdoptEntry | FollowEntry):
            here[each.tracked.remote.id] = known(each.tracked)
    first: dict[str, TrackedEntry] = {}
    for tracked in sorted(listed, key=lambda each: (each.remote.started_at, each.remote.id)):
        if tracked.remote.stopped_at is not None:
            first.setdefault(tracked.remote.id, tracked)
    rows = list(first.values())
    assert history_changes(rows, here, (), ours.__contains__, NINE - HOUR) == ()


def test_what_is_missing_from_the_list() -> None:
    listed, early = held("1"), held("2", begin=-30)
    entries = [known(listed), known(early), known(held("3"))]
    assert missing_entries(entries, [listed], NINE) == (known(held("3")),)


@pytest.mark.parametrize(("days", "expected"), [(3, 3), (7, 7), (30, 7)])
def test_at_most_seven_days_and_never_from_before_the_set_up(days: int, expected: int) -> None:
    """Known entries are followed from before it, too; deletions only of this account's."""
    use = AccountUse(NINE - timedelta(days=days), NINE - HOUR)
    week = NINE - timedelta(days=7)
    since = NINE - timedelta(days=expected)
    assert history_range(use, NINE) == HistoryRange(week, since, NINE - HOUR)
    long_ago = NINE - timedelta(days=400)
    assert requested_range(use, long_ago, NINE) == HistoryRange(long_ago, long_ago, NINE - HOUR)
    assert requested_range(use, NINE, NINE).deleted_since == NINE


def test_the_times_and_the_task_that_it_has_then() -> None:
    before = FinishedEntry(Entry("e", Task("Ours"), NINE, Source.CLICK), NINE + 10 * MINUTE)
    second = timedelta(seconds=1)
    near = RemoteEntry("1", "t", NINE + second, NINE + 10 * MINUTE - second)
    assert followed_entry(before, near, None) == before
    other = RemoteEntry("1", "t", NINE - MINUTE, NINE + 5 * MINUTE)
    moved = followed_entry(before, other, Task("Theirs"))
    assert moved.entry == replace(before.entry, started_at=NINE - MINUTE, task=Task("Theirs"))
    assert moved.stopped_at == NINE + 5 * MINUTE
    backwards = RemoteEntry("1", "t", NINE + 5 * MINUTE, NINE)
    assert followed_entry(before, backwards, None).seconds == 0
    assert is_same_remote(near, near)


@given(st.floats(0, 1))
def test_whose_turn_it_is_to_follow(chance: float) -> None:
    own = follow_up_timing(NINE, chance, is_own=True)
    other = follow_up_timing(NINE, chance, is_own=False)
    assert (own.lookup_first, own.not_before) == (True, None)
    assert other.lookup_first
    assert other.not_before is not None
    assert OTHERS_WAIT <= other.not_before - NINE <= OTHERS_WAIT + RANDOM_WAIT
