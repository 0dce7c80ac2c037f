"""Which route an entry gets when it begins, is taken over, or gets another task or card."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.route import PLAIN, Route
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.entries.timecrowd_task import is_unnamed, unnamed_timecrowd_task
from timer_app.domain.errors import JournalError
from timer_app.domain.setup.settings_schema import LARGEST_ID
from timer_app.services.entries.logging_context import LoggingRules
from timer_app.services.entries.ports import EntryRepository

_log = logging.getLogger(__name__)


def route_for_task(
    task: Task, rules: LoggingRules, journal: EntryRepository, choice: Route | None = None
) -> Route:
    """The route of an entry on the task; None is what was chosen for the task before, if it was."""
    if task.timecrowd is not None:  # it is where it is
        return PLAIN if task.card is None else with_role_for(PLAIN, task.card, rules, journal)
    if choice is None:
        choice = journal.chosen_route(task)
    if task.card is None or not rules.destinations.kaiten:
        return choice
    return rules.routing.begin(choice, journal.card_place(task.card))


def route_for_remote(
    task: Task, team_id: int | None, rules: LoggingRules, journal: EntryRepository
) -> Route:
    """The route of an entry that TimeCrowd holds already: its team is certain, the role is ours."""
    taken = PLAIN if team_id in (None, rules.routing.team_id) else Route(team_id)
    return taken if task.card is None else with_role_for(taken, task.card, rules, journal)


def route_again(entry: Entry, rules: LoggingRules, journal: EntryRepository) -> Route:
    """The route of a new entry that goes on with this one.

    It is that of any entry of the task, as a choice or a rule may be newer than this entry. But the
    team that the entry is known to be in stays, unless a person chose another for the task since.
    """
    task, own = entry.task, entry.route
    found = route_for_task(task, rules, journal)
    is_chosen = journal.chosen_route(task) != PLAIN
    if task.timecrowd is not None or is_chosen or own.is_open or own.team_id is None:
        return found
    if not found.is_open and own.team_id == (found.team_id or rules.routing.team_id):
        return found
    return route_for_task(task, rules, journal, Route(own.team_id, own.category_id))


def known_task(task: Task, remote: RemoteEntry, journal: EntryRepository) -> Task:
    """What is known here of the task of an entry of TimeCrowd's, else the task as it is.

    One without an address may have been chosen here by its number; else its title tells which.
    """
    number = _task_number(remote)
    if not task.url and number is not None:
        chosen = journal.task(unnamed_timecrowd_task(TimeCrowdTask(number)).key)
        if chosen is not None and not chosen.url and not is_unnamed(chosen):
            return chosen
    return journal.task(task.key) or task


def task_again(logged: LoggedEntry, rules: LoggingRules, journal: EntryRepository) -> Task:
    """The task of a new entry that goes on with this one: TimeCrowd's own task stays that one.

    What another device began on a task without an address is known here by the title alone, by
    which TimeCrowd may know another task, or none. So the number counts, unless entries on that
    title began here, too.
    """
    task, remote = logged.entry.task, logged.remote
    if logged.entry.source is not Source.ADOPTED or task.url or task.timecrowd is not None:
        return task
    number = _task_number(remote) if remote else None
    if number is None or journal.is_begun_here(task):
        return task
    team_id = logged.entry.route.team_id or rules.routing.team_id
    return replace(task, timecrowd=TimeCrowdTask(number, team_id))


def _task_number(remote: RemoteEntry) -> int | None:
    """TimeCrowd's number of the entry's task, as far as the journal can keep it."""
    number = int(remote.task_id) if remote.task_id.isdecimal() else 0
    return number if 0 < number <= LARGEST_ID else None


def with_role_for(route: Route, card: Card, rules: LoggingRules, journal: EntryRepository) -> Route:
    """The route with the role for a card that the entry has got; team and category stay."""
    if not rules.destinations.kaiten:
        return route
    found = rules.routing.begin(PLAIN, journal.card_place(card))
    return replace(route, role_id=found.role_id, is_role_open=found.is_role_open)


def save_places(journal: EntryRepository, cards: Sequence[CardInfo]) -> None:
    """Remember where Kaiten shows these cards, as far as it shows it."""
    try:
        with journal.transaction():
            for info in cards:
                is_new = journal.card_place(info.card) != info.place
                if info.place.board_id is not None and is_new:
                    journal.save_card_place(info.card, info.place)
    except JournalError as error:  # it is asked again when it is needed
        _log.info("where cards are was not saved: %s", error)


def with_route_for_task(
    before: Entry, after: Entry, rules: LoggingRules, journal: EntryRepository
) -> Entry:
    """The entry with the route of its task, if that is another one than `before`.

    Where TimeCrowd's task stays, as that of an address does that another card is linked with, team
    and category stay, too: only the role is the card's.
    """
    old, new = before.task, after.task
    if old.key == new.key:
        return after
    if old.is_same_in_timecrowd(new):
        kept = replace(before.route, role_id=None, is_role_open=False)
        card = new.card
        return replace(
            after, route=kept if card is None else with_role_for(kept, card, rules, journal)
        )
    return replace(after, route=route_for_task(after.task, rules, journal))
