"""What another device did -> events: adopt what it began, take the stop it made.

what runs here    what TimeCrowd shows           events
nothing           another entry runs             Adopt
E, delivered      E runs                         none
                  E is over                      StopHeld
                  E is over, another runs        StopHeld, Adopt
E, not delivered  one runs that began earlier    AddHeld: it ended when E began (a switch here)
                  one runs that began later      Adopt: E ended when that began (a switch there)

Nothing is followed while a request of ours is in doubt: what TimeCrowd shows may be its doing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from timer_app.domain.card import Card, parse_card
from timer_app.domain.entry import Entry, FinishedEntry, Source, whole_second
from timer_app.domain.errors import BadInput
from timer_app.domain.outcome import RemoteEntry
from timer_app.domain.task import Task, task_titled
from timer_app.domain.timer import AddHeld, Adopt, Event, Idle, Running, State, StopHeld


@dataclass(frozen=True, slots=True)
class TrackedEntry:
    """An entry as TimeCrowd shows it; `addresses` are the url and key of its task."""

    remote: RemoteEntry
    title: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What TimeCrowd shows: what runs there, and, where that is another, what ours has become."""

    running: TrackedEntry | None
    ours: RemoteEntry | None = None


def task_of_tracked(tracked: TrackedEntry, kaiten: str) -> Task:
    """The task of an entry of TimeCrowd; its card, if its address is one of the Kaiten at `kaiten`.

    Without one it is known by its title.
    """
    title = " ".join(tracked.title.split())[:500] or f"TimeCrowd {tracked.remote.task_id}"
    for address in tracked.addresses:
        card = _card_at(address, kaiten)
        if card is not None:
            return task_titled(title, card)
    return task_titled(title)


def _card_at(address: str, kaiten: str) -> Card | None:
    if not kaiten or "://" not in address:
        return None
    try:
        card = parse_card(address, kaiten)
    except BadInput:
        return None
    return card if isinstance(card, Card) else None


def follow(
    state: State,
    remote: RemoteEntry | None,
    seen: Seen,
    adopted: Callable[[TrackedEntry], Entry],
) -> tuple[Event, ...]:
    """The events that bring us to what TimeCrowd shows.

    `remote` is what TimeCrowd last said of the entry that runs here, None if it has not heard of
    it; `seen.running` is None also for what is ours already; `adopted` makes an entry.
    """
    match state:
        case Idle():
            return _adopt(seen.running, adopted)
        case Running(entry) if remote is None:
            return _switched(entry, seen.running, adopted)
        case Running(entry):
            if seen.ours is None or seen.ours.stopped_at is None:
                return ()
            at = max(entry.started_at, whole_second(seen.ours.stopped_at))
            return (StopHeld(seen.ours, at), *_adopt(seen.running, adopted))


def _adopt(
    running: TrackedEntry | None, adopted: Callable[[TrackedEntry], Entry]
) -> tuple[Event, ...]:
    return () if running is None else (Adopt(adopted(running), running.remote),)


def _switched(
    entry: Entry, running: TrackedEntry | None, adopted: Callable[[TrackedEntry], Entry]
) -> tuple[Event, ...]:
    if running is None:
        return ()
    other = adopted(running)
    if other.started_at > entry.started_at:
        return (Adopt(other, running.remote),)
    return (AddHeld(FinishedEntry(other, entry.started_at), running.remote),)


def adopted_entry(tracked: TrackedEntry, entry_id: str, kaiten: str) -> Entry:
    """Our entry for one that another device began."""
    task = task_of_tracked(tracked, kaiten)
    return Entry(entry_id, task, whole_second(tracked.remote.started_at), Source.ADOPTED)
