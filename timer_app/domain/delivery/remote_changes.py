"""Remote changes as events: what another device started, stopped or added.

running here      TimeCrowd shows                events
nothing           another entry runs             RemoteStarted
E, delivered      E runs                         none
                  E has ended                    RemoteStopped
                  E has ended, another runs      RemoteStopped, RemoteStarted
E, not delivered  one runs that began earlier    RemoteAdded: it ended when E began (a switch here)
                  one runs that began later      RemoteStarted: E ended when that began

While an attempt of ours is unconfirmed, nothing is followed: it may have made what TimeCrowd shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.service_messages import is_same_instant
from timer_app.domain.entries.card import Card, CardKey, CardsByKey, card_of_address
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source, whole_second
from timer_app.domain.entries.task import Task, clean_title, task_with_title
from timer_app.domain.entries.timer import (
    Event,
    Idle,
    RemoteAdded,
    RemoteStarted,
    RemoteStopped,
    Running,
    State,
)
from timer_app.domain.entries.web_address import stored_address


@dataclass(frozen=True, slots=True)
class TrackedEntry:
    """An entry as TimeCrowd shows it; `addresses` are the url and key of its task.

    `team_id` is None where TimeCrowd does not show it.
    """

    remote: RemoteEntry
    title: str
    addresses: tuple[str, ...] = ()
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class RemoteState:
    """What runs in TimeCrowd and, if that is another entry, the present state of ours."""

    running: TrackedEntry | None
    ours: RemoteEntry | None = None


@dataclass(frozen=True, slots=True)
class AdoptedEntry:
    """Our entry for one of another device; `card_key` names its card where that is not known."""

    entry: Entry
    card_key: CardKey | None = None


def task_from_tracked(tracked: TrackedEntry, kaiten: str, cards: CardsByKey) -> Task:
    """The task of a TimeCrowd entry; its card, if its address is one of the Kaiten at `kaiten`.

    `cards` are the cards whose keys are known. Without a card it is known by its address, and by
    its title where it has none.
    """
    title = clean_title(tracked.title)[:500] or f"TimeCrowd {tracked.remote.task_id}"
    named = list(_named_cards(tracked, kaiten, cards))
    if named:
        cards_named = (each for each in named if isinstance(each, Card))
        return task_with_title(title, next(cards_named, None))
    address = next(filter(None, map(stored_address, tracked.addresses)), "")
    return replace(task_with_title(title), address=address)


def may_be_on(tracked: TrackedEntry, task: Task, kaiten: str, cards: CardsByKey) -> bool:
    """Whether TimeCrowd's entry may be one on our task; for `cards` see `task_from_tracked`.

    A task that was chosen among TimeCrowd's own is compared by its number: its title or address may
    have changed there, and another task may have the same. A task whose number is not known yet is
    compared by its address or title.
    """
    if task.timecrowd is not None and tracked.remote.task_id:
        return tracked.remote.task_id == str(task.timecrowd.id)
    remote_task = task_from_tracked(tracked, kaiten, cards)
    return remote_task.timecrowd_key == task.timecrowd_key


def unknown_card_key(tracked: TrackedEntry, kaiten: str, cards: CardsByKey) -> CardKey | None:
    """The key by which alone the entry's task names its card, if Kaiten must be asked for it."""
    named = list(_named_cards(tracked, kaiten, cards))
    keys = [each for each in named if isinstance(each, CardKey)]
    return keys[0] if keys and len(keys) == len(named) else None


def _named_cards(tracked: TrackedEntry, kaiten: str, cards: CardsByKey) -> Iterator[Card | CardKey]:
    """What the addresses of the entry's task name, known keys as their cards."""
    for address in tracked.addresses:
        named = card_of_address(address, kaiten)
        if named is not None:
            yield cards.get(named, named) if isinstance(named, CardKey) else named


def remote_change_events(
    state: State,
    remote: RemoteEntry | None,
    remote_state: RemoteState,
    make_entry: Callable[[TrackedEntry], AdoptedEntry],
) -> tuple[Event, ...]:
    """The events that bring this computer up to date with TimeCrowd.

    `remote` is the running entry as TimeCrowd last showed it, None if TimeCrowd does not have it;
    `remote_state.running` is also None for an entry that is ours already; `make_entry` makes an
    entry of ours.
    """
    match state:
        case Idle():
            return _adopt_events(remote_state.running, make_entry)
        case Running(entry) if remote is None:
            return _switch_events(entry, remote_state.running, make_entry)
        case Running(entry):
            if remote_state.ours is None or remote_state.ours.stopped_at is None:
                return ()
            at = max(entry.started_at, whole_second(remote_state.ours.stopped_at))
            return (
                RemoteStopped(remote_state.ours, at),
                *_adopt_events(remote_state.running, make_entry),
            )


def _adopt_events(
    running: TrackedEntry | None, make_entry: Callable[[TrackedEntry], AdoptedEntry]
) -> tuple[Event, ...]:
    if running is None:
        return ()
    adopted = make_entry(running)
    return (RemoteStarted(adopted.entry, running.remote, adopted.card_key),)


def _switch_events(
    entry: Entry,
    running: TrackedEntry | None,
    make_entry: Callable[[TrackedEntry], AdoptedEntry],
) -> tuple[Event, ...]:
    if running is None:
        return ()
    adopted = make_entry(running)
    other, key = adopted.entry, adopted.card_key
    if other.started_at > entry.started_at:
        return (RemoteStarted(other, running.remote, key),)
    return (RemoteAdded(FinishedEntry(other, entry.started_at), running.remote, key),)


def adopt_tracked(
    tracked: TrackedEntry, entry_id: str, kaiten: str, cards: CardsByKey
) -> AdoptedEntry:
    """Our entry for one that another device began; for `cards` see `task_from_tracked`."""
    task = task_from_tracked(tracked, kaiten, cards)
    began = whole_second(tracked.remote.started_at)
    entry = Entry(entry_id, task, began, Source.ADOPTED)
    return AdoptedEntry(entry, unknown_card_key(tracked, kaiten, cards))


def has_moved(before: RemoteEntry, after: RemoteEntry) -> bool:
    """Whether TimeCrowd's entry has got another task, as far as TimeCrowd shows both."""
    return "" not in (before.task_id, after.task_id) and before.task_id != after.task_id


def followed_running(
    entry: Entry, before: RemoteEntry, tracked: TrackedEntry, kaiten: str, cards: CardsByKey
) -> Entry:
    """What runs, with the start and the task that TimeCrowd holds now and did not hold `before`."""
    remote, task, start = tracked.remote, entry.task, entry.started_at
    if has_moved(before, remote):
        task = task_from_tracked(tracked, kaiten, cards)
    is_new = not is_same_instant(before.started_at, remote.started_at)
    if is_new and not is_same_instant(start, remote.started_at):
        start = whole_second(remote.started_at)
    return replace(entry, task=task, started_at=start)
