"""What Kaiten holds, in memory, and what may be done to it. No HTTP, no clock.

Every record is a frozen dataclass, so a test compares whole states with ``==``.
Source: tests/seeds/kaiten-add-time-log.txt and shared/api/kaiten.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

EMPLOYEE = -1


class RefusalError(Exception):
    """The request is refused with a status and no body: 403 or 404."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Person:
    """A Kaiten user."""

    id: int
    full_name: str
    email: str
    username: str
    timezone: str = "Europe/Moscow"


@dataclass(frozen=True, slots=True)
class Role:
    """What time is booked as; -1 is the predefined Employee, of no company."""

    id: int
    name: str
    company_id: int | None = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A board or a column."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Space:
    """A space and its boards."""

    id: int
    title: str
    boards: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A card.

    `state`: 1 queued, 2 in progress, 3 done. `other_minutes`: logged before the world began,
    counted in time_spent_sum beside the logs that are held.
    """

    id: int
    title: str
    board: Place
    column: Place
    created: datetime
    updated: datetime
    key: str | None = None
    state: int = 2
    archived: bool = False
    member_ids: tuple[int, ...] = ()
    responsible_id: int | None = None
    other_minutes: int = 0


@dataclass(frozen=True, slots=True)
class TimeLog:
    """Minutes on a card on one date. `updater_id` is None until someone changes the log."""

    id: int
    card_id: int
    user_id: int
    role_id: int
    author_id: int
    time_spent: int
    for_date: date
    comment: str | None
    created: datetime
    updated: datetime
    updater_id: int | None = None


@dataclass(frozen=True, slots=True)
class LogForm:
    """A checked request for a time log. `None` in a change leaves the value as it is."""

    role_id: int | None = None
    time_spent: int | None = None
    for_date: date | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class CardQuery:
    """The parameters of GET cards, parsed; empty or None does not narrow."""

    text: str = ""
    member_ids: frozenset[int] = frozenset()
    responsible_ids: frozenset[int] = frozenset()
    states: frozenset[int] = frozenset()
    archived: bool | None = None
    order_by: str = "id"
    descending: bool = False
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True, slots=True)
class KaitenSwitches:
    """Choices of a test, and of this stand-in where the real service is unknown.

    time_logs_in_tariff: False answers 402 to every time-log call.
    missing_card_status: 403 or 404 for a card id that does not exist.
    archived_takes_logs: False answers 403 to a log on an archived card.
    rate_limited: whether 5 requests a second are enforced.
    rate_reset_is_epoch: X-RateLimit-Reset as an epoch second, else as seconds to wait.
    logs_are_paged: a list of logs obeys limit and offset; an older server ignores both.
    empty_comment_clears: a change to the comment "" removes it, else 400.
    client_required: 400 without X-kaiten-Client and X-kaiten-Client-Version.
    tells_path: a card says in which space it lies (`path_data`), which older servers do not.
    """

    time_logs_in_tariff: bool = True
    missing_card_status: int = 403
    archived_takes_logs: bool = True
    rate_limited: bool = True
    rate_reset_is_epoch: bool = True
    logs_are_paged: bool = True
    empty_comment_clears: bool = True
    client_required: bool = False
    tells_path: bool = True

    def __post_init__(self) -> None:
        if self.missing_card_status not in (403, 404):
            raise ValueError("missing_card_status must be 403 or 404")


@dataclass
class KaitenState:
    """Everything the service holds, by id. `tokens` maps an accepted token to its user's id."""

    people: dict[int, Person] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    spaces: dict[int, Space] = field(default_factory=dict)
    cards: dict[int, Card] = field(default_factory=dict)
    logs: dict[int, TimeLog] = field(default_factory=dict)
    forbidden_card_ids: set[int] = field(default_factory=set)
    locked_card_ids: set[int] = field(default_factory=set)
    """Cards that are shown and take no change: 403 to each change of their logs."""
    former_keys: dict[str, int] = field(default_factory=dict)
    """Keys that cards had before, which are still answered with the card."""
    tokens: dict[str, int] = field(default_factory=dict, repr=False)
    switches: KaitenSwitches = field(default_factory=KaitenSwitches)
    next_log_id: int = 9001

    def minutes_on(self, card: Card) -> int:
        """The card's time_spent_sum, minutes."""
        held = (log.time_spent for log in self.logs.values() if log.card_id == card.id)
        return card.other_minutes + sum(held)

    def card(self, reference: int | str) -> Card:
        """The card of that id or key. Raises RefusalError if it is missing or forbidden."""
        if isinstance(reference, int):
            card = self.cards.get(reference)
        else:
            former = self.cards.get(self.former_keys.get(reference, 0))
            card = next((c for c in self.cards.values() if c.key == reference), former)
        if card is None:
            raise RefusalError(self.switches.missing_card_status)
        if card.id in self.forbidden_card_ids:
            raise RefusalError(403)
        return card

    def space_of(self, board: Place) -> Space | None:
        """The space that the board is in, if it is in one."""
        held = (each for each in self.spaces.values() if board.id in {b.id for b in each.boards})
        return next(held, None)

    def search(self, query: CardQuery) -> list[Card]:
        """The page of readable cards that the query asks for."""
        readable = (c for c in self.cards.values() if c.id not in self.forbidden_card_ids)
        found = [card for card in readable if _matches(card, query)]
        found.sort(key=lambda card: _order(card, query.order_by), reverse=query.descending)
        return found[query.offset : query.offset + query.limit]

    def logs_on(
        self, card_id: int, *, for_date: date | None = None, user_id: int | None = None
    ) -> list[TimeLog]:
        """The card's logs by id; ``[]`` also for a card that is missing or forbidden."""
        return [
            log
            for log in sorted(self.logs.values(), key=lambda log: log.id)
            if log.card_id == card_id
            and card_id not in self.forbidden_card_ids
            and for_date in (None, log.for_date)
            and user_id in (None, log.user_id)
        ]

    def add_log(self, user_id: int, card_id: int, form: LogForm, now: datetime) -> TimeLog:
        """Store a log of the user. The form must hold all but the comment. Raises RefusalError."""
        card = self.card(card_id)
        if card.archived and not self.switches.archived_takes_logs:
            raise RefusalError(403)
        self._check_unlocked(card.id)
        if form.role_id is None or form.time_spent is None or form.for_date is None:
            raise ValueError("a new log needs role_id, time_spent and for_date")
        log = TimeLog(
            id=self.next_log_id,
            card_id=card.id,
            user_id=user_id,
            role_id=form.role_id,
            author_id=user_id,
            time_spent=form.time_spent,
            for_date=form.for_date,
            comment=form.comment,
            created=now,
            updated=now,
        )
        self.next_log_id += 1
        self.logs[log.id] = log
        self.cards[card.id] = replace(card, updated=now)
        return log

    def update_log(
        self, user_id: int, card_id: int, log_id: int, form: LogForm, now: datetime
    ) -> TimeLog:
        """Change the given values of the user's log on that card. Raises RefusalError."""
        log = self._own_log(user_id, log_id)
        if log.card_id != self.card(card_id).id:
            raise RefusalError(404)
        self._check_unlocked(card_id)
        changed = replace(
            log,
            role_id=log.role_id if form.role_id is None else form.role_id,
            time_spent=form.time_spent or log.time_spent,
            for_date=form.for_date or log.for_date,
            comment=log.comment if form.comment is None else form.comment or None,
            updater_id=user_id,
            updated=now,
        )
        self.logs[log.id] = changed
        return changed

    def delete_log(self, user_id: int, log_id: int) -> None:
        """Remove the user's log of that id, whatever the card. Raises RefusalError."""
        log = self._own_log(user_id, log_id)
        self._check_unlocked(log.card_id)
        del self.logs[log.id]

    def _check_unlocked(self, card_id: int) -> None:
        if card_id in self.locked_card_ids:
            raise RefusalError(403)

    def _own_log(self, user_id: int, log_id: int) -> TimeLog:
        log = self.logs.get(log_id)
        if log is None:
            raise RefusalError(404)
        if log.user_id != user_id:
            raise RefusalError(403)
        return log


def _matches(card: Card, query: CardQuery) -> bool:
    text = query.text.casefold().strip()
    named = text in card.title.casefold() or text.removeprefix("#") == str(card.id)
    return (
        (named or text == (card.key or "").casefold())
        and (not query.member_ids or bool(query.member_ids & set(card.member_ids)))
        and (not query.responsible_ids or card.responsible_id in query.responsible_ids)
        and (not query.states or card.state in query.states)
        and query.archived in (None, card.archived)
    )


def _order(card: Card, name: str) -> tuple[datetime | str | int, int]:
    by_name: dict[str, datetime | str | int] = {
        "updated": card.updated,
        "created": card.created,
        "title": card.title.casefold(),
    }
    return by_name.get(name, card.id), card.id
