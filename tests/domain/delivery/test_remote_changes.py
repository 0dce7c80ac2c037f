"""What another device did, by value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import (
    RemoteState,
    TrackedEntry,
    entry_from_tracked,
    remote_change_events,
    task_from_tracked,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source
from timer_app.domain.entries.task import Task
from timer_app.domain.entries.timer import (
    Event,
    Idle,
    RemoteAdded,
    RemoteStarted,
    RemoteStopped,
    Running,
    State,
)

KAITEN = "https://acme.kaiten.ru"
CARD = Card(KAITEN, 7)
NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OURS = Entry("e", Task("Ship it", CARD), NINE, Source.CLICK)
HERE = RemoteEntry("1", "t1", NINE, None)
ENDED = RemoteEntry("1", "t1", NINE, NINE + MINUTE)


def other(began: datetime) -> TrackedEntry:
    return TrackedEntry(RemoteEntry("2", "t2", began, None), "Read mail", ("", "mail"))


def make_entry(tracked: TrackedEntry) -> Entry:
    return entry_from_tracked(tracked, "new", KAITEN)


EARLIER, LATER = other(NINE - MINUTE), other(NINE + MINUTE)


@pytest.mark.parametrize(
    ("state", "remote", "seen", "events"),
    [
        (Idle(), None, RemoteState(None), ()),
        (Idle(), None, RemoteState(LATER), (RemoteStarted(make_entry(LATER), LATER.remote),)),
        (Running(OURS), HERE, RemoteState(None, HERE), ()),
        (Running(OURS), HERE, RemoteState(None, None), ()),
        (Running(OURS), HERE, RemoteState(None, ENDED), (RemoteStopped(ENDED, NINE + MINUTE),)),
        (
            Running(OURS),
            HERE,
            RemoteState(LATER, ENDED),
            (RemoteStopped(ENDED, NINE + MINUTE), RemoteStarted(make_entry(LATER), LATER.remote)),
        ),
        (Running(OURS), None, RemoteState(None), ()),
        (
            Running(OURS),
            None,
            RemoteState(LATER),
            (RemoteStarted(make_entry(LATER), LATER.remote),),
        ),
        (
            Running(OURS),
            None,
            RemoteState(EARLIER),
            (RemoteAdded(FinishedEntry(make_entry(EARLIER), NINE), EARLIER.remote),),
        ),
    ],
    ids=[
        "nothing",
        "began there",
        "ours runs",
        "ours is nowhere",
        "ended there",
        "switched there",
        "ours waits",
        "began there later",
        "began there before",
    ],
)
def test_follow(
    state: State, remote: RemoteEntry | None, seen: RemoteState, events: tuple[Event, ...]
) -> None:
    assert remote_change_events(state, remote, seen, make_entry) == events


@pytest.mark.parametrize(
    ("addresses", "card"),
    [
        ((f"{KAITEN}/7", ""), CARD),
        (("", f"{KAITEN}/space/1/card/7"), CARD),
        (("https://other.kaiten.ru/7", ""), None),
        (("", "mail"), None),
        (("", "7"), None),  # a key that happens to be a number is no address
        ((f"{KAITEN}/space/5", ""), None),
    ],
)
def test_a_task_is_a_card_if_its_address_is_one(
    addresses: tuple[str, str], card: Card | None
) -> None:
    tracked = TrackedEntry(HERE, " Ship  it ", addresses)
    assert task_from_tracked(tracked, KAITEN) == Task("Ship it", card)
    assert task_from_tracked(tracked, "").card is None


def test_an_adopted_entry_has_a_title_and_whole_seconds() -> None:
    began = NINE + timedelta(milliseconds=700)
    tracked = TrackedEntry(RemoteEntry("2", "t9", began, None), "  ", ())
    expected = Entry("x", Task("TimeCrowd t9"), NINE, Source.ADOPTED)
    assert entry_from_tracked(tracked, "x", KAITEN) == expected
