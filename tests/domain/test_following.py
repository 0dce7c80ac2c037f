"""What another device did, by value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from timer_app.domain.card import Card
from timer_app.domain.entry import Entry, FinishedEntry, Source
from timer_app.domain.following import Seen, TrackedEntry, adopted_entry, follow, task_of_tracked
from timer_app.domain.outcome import RemoteEntry
from timer_app.domain.task import Task
from timer_app.domain.timer import AddHeld, Adopt, Event, Idle, Running, State, StopHeld

KAITEN = "https://acme.kaiten.ru"
CARD = Card(KAITEN, 7)
NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OURS = Entry("e", Task("Ship it", CARD), NINE, Source.CLICK)
HERE = RemoteEntry("1", "t1", NINE, None)
ENDED = RemoteEntry("1", "t1", NINE, NINE + MINUTE)


def other(began: datetime) -> TrackedEntry:
    return TrackedEntry(RemoteEntry("2", "t2", began, None), "Read mail", ("", "mail"))


def adopted(tracked: TrackedEntry) -> Entry:
    return adopted_entry(tracked, "new", KAITEN)


EARLIER, LATER = other(NINE - MINUTE), other(NINE + MINUTE)


@pytest.mark.parametrize(
    ("state", "remote", "seen", "events"),
    [
        (Idle(), None, Seen(None), ()),
        (Idle(), None, Seen(LATER), (Adopt(adopted(LATER), LATER.remote),)),
        (Running(OURS), HERE, Seen(None, HERE), ()),
        (Running(OURS), HERE, Seen(None, None), ()),
        (Running(OURS), HERE, Seen(None, ENDED), (StopHeld(ENDED, NINE + MINUTE),)),
        (
            Running(OURS),
            HERE,
            Seen(LATER, ENDED),
            (StopHeld(ENDED, NINE + MINUTE), Adopt(adopted(LATER), LATER.remote)),
        ),
        (Running(OURS), None, Seen(None), ()),
        (Running(OURS), None, Seen(LATER), (Adopt(adopted(LATER), LATER.remote),)),
        (
            Running(OURS),
            None,
            Seen(EARLIER),
            (AddHeld(FinishedEntry(adopted(EARLIER), NINE), EARLIER.remote),),
        ),
    ],
    ids=["nothing", "began there", "ours runs", "ours is nowhere", "ended there",
         "switched there", "ours waits", "began there later", "began there before"],
)  # fmt: skip
def test_follow(
    state: State, remote: RemoteEntry | None, seen: Seen, events: tuple[Event, ...]
) -> None:
    assert follow(state, remote, seen, adopted) == events


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
    assert task_of_tracked(tracked, KAITEN) == Task("Ship it", card)
    assert task_of_tracked(tracked, "").card is None


def test_an_adopted_entry_has_a_title_and_whole_seconds() -> None:
    began = NINE + timedelta(milliseconds=700)
    tracked = TrackedEntry(RemoteEntry("2", "t9", began, None), "  ", ())
    expected = Entry("x", Task("TimeCrowd t9"), NINE, Source.ADOPTED)
    assert adopted_entry(tracked, "x", KAITEN) == expected
