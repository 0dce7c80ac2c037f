"""What another device did, by value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.remote_changes import (
    AdoptedEntry,
    RemoteState,
    TrackedEntry,
    adopt_tracked,
    remote_change_events,
    task_from_tracked,
    unknown_card_key,
)
from timer_app.domain.entries.card import Card, CardKey
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
CARDS = {CardKey(KAITEN, "ABC-7"): CARD}
NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OURS = Entry("e", Task("Ship it", CARD), NINE, Source.CLICK)
HERE = RemoteEntry("1", "t1", NINE, None)
ENDED = RemoteEntry("1", "t1", NINE, NINE + MINUTE)


def other(began: datetime) -> TrackedEntry:
    return TrackedEntry(RemoteEntry("2", "t2", began, None), "Read mail", ("", "mail"))


def adopt(tracked: TrackedEntry) -> AdoptedEntry:
    return adopt_tracked(tracked, "new", KAITEN, {})


def make_entry(tracked: TrackedEntry) -> Entry:
    return adopt(tracked).entry


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
    assert remote_change_events(state, remote, seen, adopt) == events


@pytest.mark.parametrize(
    ("addresses", "card"),
    [
        ((f"{KAITEN}/7", ""), CARD),
        (("", f"{KAITEN}/space/1/card/7"), CARD),
        (("", "mail"), None),
        (("", "7"), None),  # a key that happens to be a number is no address
        (("acme.kaiten.ru/space/1/boards/card/7?focus=1", ""), CARD),
        ((f"{KAITEN}/ABC-1", f"{KAITEN}/7"), CARD),
        ((f"{KAITEN}/space/1/boards/card/abc-7", ""), CARD),
        ((f"{KAITEN}/ABC-8", ""), None),
    ],
)
def test_a_task_is_a_card_if_its_address_is_one(
    addresses: tuple[str, str], card: Card | None
) -> None:
    tracked = TrackedEntry(HERE, " Ship  it ", addresses)
    assert task_from_tracked(tracked, KAITEN, CARDS) == Task("Ship it", card)
    assert task_from_tracked(tracked, "", CARDS).card is None


@pytest.mark.parametrize(
    ("addresses", "address"),
    [
        (("https://other.kaiten.ru/7", "x"), "https://other.kaiten.ru/7"),
        (("", "https://example.com/mail"), "https://example.com/mail"),
        ((f"{KAITEN}/space/5", ""), f"{KAITEN}/space/5"),
        (("javascript:alert(1)", "mail"), ""),
        (("https://user:pw@example.com/", ""), ""),
        (("https://www.chatwork.com/#!rid1-2", ""), "https://www.chatwork.com/#!rid1-2"),
    ],
)
def test_a_task_keeps_another_sites_address(addresses: tuple[str, str], address: str) -> None:
    tracked = TrackedEntry(HERE, " Ship  it ", addresses)
    assert task_from_tracked(tracked, KAITEN, CARDS) == Task("Ship it", address=address)


@pytest.mark.parametrize(
    ("addresses", "key"),
    [
        ((f"{KAITEN}/ABC-1", f"{KAITEN}/ABC-1"), "ABC-1"),
        ((f"{KAITEN}/c/ABC-1/", ""), "ABC-1"),
        (("", f"{KAITEN}/space/5/card/abc-1"), "ABC-1"),
        ((f"{KAITEN}/space/5/boards/card/ABC-1?filter=x", ""), "ABC-1"),
        ((f"{KAITEN}/space/5/boards/8/cards/ABC-1", ""), "ABC-1"),
        (("acme.kaiten.ru/ABC-1", ""), "ABC-1"),
        ((f"{KAITEN}/ABC-1", f"{KAITEN}/7"), None),  # the number says which card it is
        ((f"{KAITEN}/ABC-7", ""), None),  # known already
        (("https://other.kaiten.ru/ABC-1", ""), None),
        ((f"{KAITEN}/ticket/ABC-1", ""), None),
        (("", "ABC-1"), None),  # words, perhaps
    ],
)
def test_a_key_that_kaiten_must_be_asked_for(addresses: tuple[str, str], key: str | None) -> None:
    tracked = TrackedEntry(HERE, "Ship it", addresses)
    found = unknown_card_key(tracked, KAITEN, CARDS)
    assert found == (CardKey(KAITEN, key) if key else None)
    assert unknown_card_key(tracked, "", CARDS) is None


def test_an_adopted_entry_has_a_title_and_whole_seconds() -> None:
    began = NINE + timedelta(milliseconds=700)
    tracked = TrackedEntry(RemoteEntry("2", "t9", began, None), "  ", ())
    expected = Entry("x", Task("TimeCrowd t9"), NINE, Source.ADOPTED)
    assert adopt_tracked(tracked, "x", KAITEN, {}) == AdoptedEntry(expected)
