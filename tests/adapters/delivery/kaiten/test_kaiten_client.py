"""Kaiten's gateway against the stand-in: what a log does, and how it can end."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.adapters.http.support import SOON, calling
from timer_app.adapters.delivery.kaiten.gateway import KaitenGateway
from timer_app.domain.delivery.matching import Candidate, LookupResult, SafeToRepeat
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    DueDelivery,
)
from timer_app.domain.delivery.outcomes import (
    Done,
    NotSent,
    NotSentCause,
    Outcome,
    OutcomeUnknown,
    Refused,
    RemoteLog,
    Removed,
    Unauthorized,
)
from timer_app.domain.delivery.service_messages import (
    LogTime,
    Message,
    StopEntry,
)
from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.domain.setup.accounts import Account, Choice
from timer_app.sandbox import Fault, FaultKind, KaitenSwitches, Sandbox, TimeLog
from timer_app.sandbox.world import KAITEN_MATE_ID, KAITEN_USER_ID, SPACE_ID
from timer_app.services.delivery.ports import Gateway, ServiceCallError
from timer_app.services.entries.ports import CardDirectory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from timer_app.adapters.delivery.kaiten.wire import RemoteLogDetails
    from timer_app.adapters.http.client import ServiceClient

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 22)
LOGS = "/time-logs$"
ENDLESS = {FaultKind.HANG_BEFORE_COMMIT, FaultKind.HANG_AFTER_COMMIT, FaultKind.DRIP}


class World:
    """The stand-in with its rate limit off until a test turns it on, and a gateway to it."""

    def __init__(self, sandbox: Sandbox, client: ServiceClient) -> None:
        self.sandbox = sandbox
        self.client = client
        self.gateway = KaitenGateway(client, sandbox.kaiten_url, -1)
        self.state = sandbox.kaiten.state
        self.state.switches = KaitenSwitches(rate_limited=False)
        self.card = Card(sandbox.kaiten_url, sandbox.world.card_ids[0])

    def log(self, minutes: int = 90, comment: str = "", card: Card | None = None) -> LogTime:
        """A message."""
        return LogTime(card or self.card, DAY, minutes, comment)

    def fails(
        self,
        kind: FaultKind,
        method: str = "*",
        path: str = "",
        *,
        status: int | None = None,
        retry_after: int = 1,
    ) -> None:
        """Plan a fault for the next such request, and little patience if it never ends."""
        if kind in ENDLESS:
            self.client.time_limit = 2 * SOON
        fault = Fault(kind, method, path, status=status, retry_after=retry_after, drip_seconds=60)
        self.sandbox.kaiten.faults.add(fault)

    def logs(self) -> list[TimeLog]:
        """What the service holds."""
        return list(self.state.logs.values())

    async def held(self) -> list[RemoteLogDetails]:
        """What the service shows of its logs."""
        return list(await self.gateway.list_logs(self.card, DAY))

    def requests(self) -> int:
        """How many requests arrived."""
        return self.sandbox.kaiten.requests.count()

    def due(self, message: Message) -> DueDelivery:
        """The message as a delivery."""
        entry = Entry("e1", Task("Ship it", self.card), NOW, Source.CLICK)
        return DueDelivery(Delivery(1, "e1", message, DeliveryState.SENDING), entry, NOW, None)

    async def tell(self, message: Message) -> Outcome:
        """Deliver."""
        return await self.gateway.deliver(self.due(message), lambda: None)

    async def look(self, message: Message) -> LookupResult | SafeToRepeat:
        """Look for what was sent."""
        return await self.gateway.find_candidates(self.due(message), timedelta(0))

    async def candidates(self, message: Message) -> tuple[Candidate, ...]:
        """What a look for it finds."""
        found = await self.look(message)
        assert isinstance(found, LookupResult)
        return found.candidates

    async def logged(self, minutes: int = 90, comment: str = "") -> RemoteLog:
        """A log that is there."""
        outcome = await self.tell(self.log(minutes, comment))
        assert isinstance(outcome, Done), outcome
        assert isinstance(outcome.answer, RemoteLog)
        return outcome.answer


@pytest_asyncio.fixture
async def world(caplog: pytest.LogCaptureFixture) -> AsyncIterator[World]:
    """A world whose token must not show anywhere in the log."""
    caplog.set_level(logging.DEBUG)
    async with Sandbox(clock=lambda: NOW) as sandbox:
        token = sandbox.kaiten_token
        async with calling(sandbox.kaiten_url, name="Kaiten", token=token) as client:
            yield World(sandbox, client)
    assert token not in caplog.text


def test_it_is_a_gateway_and_a_card_book(world: World) -> None:
    gateway: Gateway = world.gateway  # mypy is the judge
    book: CardDirectory = world.gateway
    assert gateway is world.gateway
    assert book is world.gateway


# -- logs


async def test_a_log_is_there_as_it_was_sent(world: World) -> None:
    outcome = await world.tell(world.log(90, "done 時"))
    (log,) = world.logs()
    assert outcome == Done(RemoteLog(str(log.id)), NOW)
    assert (log.card_id, log.role_id, log.time_spent) == (world.card.id, -1, 90)
    assert (log.for_date, log.comment) == (DAY, "done 時")


async def test_an_empty_comment_clears_the_one_that_is_there(world: World) -> None:
    log = await world.logged(30, "words")
    assert await world.gateway.update_log(world.card, log.id, minutes=31, comment="") == Done(
        log, NOW
    )
    assert [(each.minutes, each.comment) for each in await world.held()] == [(31, "")]


@pytest.mark.parametrize("comment", ["words", ""])
async def test_where_an_empty_comment_is_refused_only_one_that_has_to_go_is(
    world: World, comment: str
) -> None:
    log = await world.logged(30, comment)
    world.state.switches = KaitenSwitches(rate_limited=False, empty_comment_clears=False)
    outcome = await world.gateway.update_log(world.card, log.id, minutes=31, comment="")
    assert isinstance(outcome, Refused if comment else Done)
    assert [(each.minutes, each.comment) for each in await world.held()] == [(31, comment)]


async def test_a_locked_card_is_one_of_the_meanings_of_403(world: World) -> None:
    world.state.locked_card_ids.add(world.card.id)
    outcome = await world.tell(world.log())
    assert isinstance(outcome, Refused)
    assert "locked" in outcome.reason


async def test_more_logs_than_a_page_holds_are_all_read(world: World) -> None:
    await world.logged()
    (log,) = world.logs()
    for number in range(1, 131):
        world.state.logs[log.id + number] = replace(log, id=log.id + number)
    assert len(await world.held()) == 131


async def test_a_comment_is_left_out_or_cut_as_the_service_counts(world: World) -> None:
    await world.logged(1, "")
    await world.logged(1, "a" + "😀" * 4000)
    assert [log.comment for log in world.logs()] == [None, "a" + "😀" * 2047]


async def test_a_card_of_another_kaiten_is_never_sent(world: World) -> None:
    other = Card("https://other.kaiten.ru", 5)
    outcomes = [
        await world.tell(world.log(card=other)),
        await world.gateway.update_log(other, "1", minutes=1),
        await world.gateway.delete_log(other, "1"),
    ]
    for ask in (
        lambda: world.gateway.card(other),
        lambda: world.gateway.card(CardKey(other.origin, "ABC-12")),
        lambda: world.gateway.list_logs(other, DAY),
    ):
        problem = await _problem(ask)
        outcomes.append(problem)
    for outcome in outcomes:
        assert isinstance(outcome, Refused)
        assert outcome.status is None
        assert other.origin in outcome.reason
        assert world.sandbox.kaiten_url in outcome.reason
    assert world.requests() == 0


async def test_an_entry_is_none_of_kaitens_business(world: World) -> None:
    assert isinstance(await world.tell(StopEntry(NOW)), Refused)
    assert world.requests() == 0


CHANGING = [
    (FaultKind.CLOSE_BEFORE_COMMIT, OutcomeUnknown, 0),
    (FaultKind.CLOSE_AFTER_COMMIT, OutcomeUnknown, 1),
    (FaultKind.HELD_BACK, OutcomeUnknown, 0),
    (FaultKind.HANG_BEFORE_COMMIT, OutcomeUnknown, 0),
    (FaultKind.HANG_AFTER_COMMIT, OutcomeUnknown, 1),
    (FaultKind.STATUS, OutcomeUnknown, 0),
    (FaultKind.STATUS_AFTER_COMMIT, OutcomeUnknown, 1),
    (FaultKind.GARBAGE, OutcomeUnknown, 1),
    (FaultKind.HTML, OutcomeUnknown, 0),
    (FaultKind.TRUNCATED, OutcomeUnknown, 1),
    (FaultKind.DRIP, OutcomeUnknown, 1),
    (FaultKind.RATE_LIMITED, NotSent, 0),
    (FaultKind.REDIRECT, Refused, 0),
]
BREAKS = [kind for kind, ends, _ in CHANGING if ends is OutcomeUnknown]


@pytest.mark.parametrize(("kind", "ends", "held"), CHANGING)
async def test_every_fault_of_a_log(
    world: World, kind: FaultKind, ends: type[Outcome], held: int
) -> None:
    world.fails(kind, "POST", LOGS)
    assert isinstance(await world.tell(world.log()), ends)
    assert len(world.logs()) == held
    assert world.requests() == 1
    assert world.sandbox.visits == []


async def test_a_429_says_how_long_to_wait(world: World) -> None:
    world.fails(FaultKind.RATE_LIMITED, retry_after=9)
    outcome = await world.tell(world.log())
    assert isinstance(outcome, NotSent)
    assert outcome.cause is NotSentCause.RATE_LIMITED
    assert outcome.retry_after is not None
    assert outcome.retry_after.total_seconds() == 9


async def test_refusals_in_the_services_words_and_in_plain_ones(world: World) -> None:
    too_short = await world.tell(world.log(0))
    assert isinstance(too_short, Refused)
    assert too_short.status == 400
    assert "time_spent" in too_short.reason
    no_card = await world.tell(world.log(card=replace(world.card, id=1)))
    forbidden = Card(world.card.origin, world.sandbox.world.forbidden_card_id)
    not_ours = await world.tell(world.log(card=forbidden))
    world.state.switches = replace(world.state.switches, time_logs_in_tariff=False)
    tariff = await world.tell(world.log())
    for outcome, statuses, words in (
        (no_card, {403, 404}, "Kaiten"),
        (not_ours, {403}, "may not exist, or is not shared"),
        (tariff, {402}, "Feature is not supported by tariff Kaiten's tariff"),
    ):
        assert isinstance(outcome, Refused)
        assert outcome.status in statuses
        assert words in outcome.reason


async def test_a_token_that_is_not_accepted(world: World) -> None:
    world.sandbox.kaiten.revoke_token()
    assert await world.tell(world.log()) == Unauthorized("Kaiten does not accept the token.")


async def test_a_log_is_changed_and_removed(world: World) -> None:
    log = await world.logged(90, "first")
    changed = await world.gateway.update_log(world.card, log.id, minutes=30, comment="second")
    assert changed == Done(log, NOW)
    (held,) = await world.gateway.list_logs(world.card, DAY)
    assert (held.id, held.minutes, held.comment) == (log.id, 30, "second")
    removed = await world.gateway.delete_log(world.card, log.id)
    assert isinstance(removed, Done)
    assert removed.answer == Removed()
    assert await world.gateway.list_logs(world.card, DAY) == ()


@pytest.mark.parametrize("kind", BREAKS)
async def test_a_change_or_removal_that_breaks_is_unknown(world: World, kind: FaultKind) -> None:
    log = await world.logged()
    world.fails(kind, "PATCH")
    outcome = await world.gateway.update_log(world.card, log.id, minutes=1)
    assert isinstance(outcome, OutcomeUnknown)
    world.fails(kind, "DELETE")
    assert isinstance(await world.gateway.delete_log(world.card, log.id), OutcomeUnknown)


# -- questions


async def test_what_the_windows_ask(world: World) -> None:
    gateway = world.gateway
    assert (await gateway.account()) == Account(501, "Dana Demo")
    assert (await gateway.roles())[0] == Choice(-1, "Employee")
    info = await gateway.card(world.card)
    assert (info.card, info.title, info.archived) == (world.card, "Ship the tray timer", False)
    assert (info.board, info.minutes) == ("Timer App", 135)
    by_key = await gateway.card(CardKey(world.card.origin, world.sandbox.world.card_key))
    assert by_key.card.id == world.sandbox.world.card_ids[1]
    archived = await gateway.card(Card(world.card.origin, world.sandbox.world.archived_card_id))
    assert archived.archived
    assert [one.card for one in await gateway.search("tray", 5)] == [world.card]
    assert await gateway.search("no such words", 5) == ()
    assert len(await gateway.search("", 2)) == 2


async def _problem(ask: Callable[[], Awaitable[object]]) -> Outcome:
    with pytest.raises(ServiceCallError) as problem:
        await ask()
    return problem.value.outcome


@pytest.mark.parametrize("kind", BREAKS)
async def test_a_question_that_is_not_answered_is_a_service_problem(
    world: World, kind: FaultKind
) -> None:
    for ask in (world.gateway.account, lambda: world.gateway.list_logs(world.card, DAY)):
        world.fails(kind)
        assert isinstance(await _problem(ask), OutcomeUnknown)


async def test_a_card_that_is_not_there_is_a_service_problem(world: World) -> None:
    problem = await _problem(lambda: world.gateway.card(CardKey(world.card.origin, "NOPE-1")))
    assert isinstance(problem, Refused)


# -- looking for what is unknown


async def test_a_log_that_arrived_is_seen_and_others_are_not(world: World) -> None:
    await world.logged(45, "other minutes")
    await world.logged(90, "other words")
    world.fails(FaultKind.CLOSE_AFTER_COMMIT, "POST", LOGS)
    assert isinstance(await world.tell(world.log(90, "mine")), OutcomeUnknown)
    (mine,) = [log for log in world.logs() if log.comment == "mine"]
    assert await world.candidates(world.log(90, "mine")) == (
        Candidate(RemoteLog(str(mine.id)), NOW),
    )


async def test_a_log_without_words_is_seen_too(world: World) -> None:
    log = await world.logged(90)
    assert await world.candidates(world.log(90)) == (Candidate(log, NOW),)


async def test_a_log_with_the_name_is_seen_whatever_it_holds_and_no_other_one(world: World) -> None:
    named = replace(world.log(90, "mine"), reference="TimeCrowd 6135")
    await world.tell(replace(named, minutes=45, comment="other"))
    await world.tell(replace(named, reference="TimeCrowd 613"))
    await world.tell(replace(named, reference=""))
    (exact,) = await world.candidates(named)
    assert isinstance(exact.answer, RemoteLog)
    assert (exact.is_exact, exact.answer.minutes, exact.answer.comment) == (True, 45, "other")
    assert [log.comment for log in world.logs()] == [
        "other · TimeCrowd 6135", "mine · TimeCrowd 613", "mine",
    ]  # fmt: skip


async def test_a_log_that_did_not_arrive_is_not_seen(world: World) -> None:
    world.fails(FaultKind.CLOSE_BEFORE_COMMIT, "POST", LOGS)
    assert isinstance(await world.tell(world.log()), OutcomeUnknown)
    assert await world.look(world.log()) == LookupResult((), timedelta(0))


async def test_a_look_that_breaks_is_a_problem(world: World) -> None:
    world.fails(FaultKind.CLOSE_BEFORE_COMMIT, "GET", LOGS)
    with pytest.raises(ServiceCallError):
        await world.look(world.log())


async def test_my_cards_are_those_in_progress_that_i_am_on_or_answer_for(world: World) -> None:
    me, mate = KAITEN_USER_ID, KAITEN_MATE_ID
    cards = world.state.cards
    first, second, third, fourth, fifth, sixth, archived = list(cards)[:7]

    def change(card_id: int, age: int, **values: object) -> None:
        changed = {"state": 2, "updated": NOW - timedelta(hours=age), **values}
        cards[card_id] = replace(cards[card_id], **changed)  # type: ignore[arg-type]

    change(first, 5, member_ids=(me, mate), responsible_id=mate)
    change(second, 2, member_ids=(), responsible_id=me)
    change(third, 4, member_ids=(me,), responsible_id=me)
    change(fourth, 1, member_ids=(mate,), responsible_id=mate)
    change(fifth, 1, member_ids=(me,), responsible_id=me, state=1)
    change(sixth, 1, member_ids=(me,), responsible_id=me, state=3)
    change(archived, 1, member_ids=(me,), responsible_id=me)
    found = await world.gateway.my_cards()
    assert [info.card.id for info in found] == [second, third, first]
    queries = [each.query for each in world.sandbox.kaiten.requests.matching("GET", "/cards$")]
    for query, whose in zip(sorted(queries), ("member_ids", "responsible_ids"), strict=True):
        for part in (f"{whose}={me}", "states=2", "archived=false", "order_direction=desc"):
            assert part in query.split("&"), query


async def test_my_cards_tell_where_they_lie_and_what_is_logged(world: World) -> None:
    info = (await world.gateway.my_cards())[0]
    where = (info.space, info.board, info.column)
    assert (info.title, where) == ("Ship the tray timer", ("Product", "Timer App", "В работе"))
    assert (info.minutes, info.space_id, info.board_id) == (135, SPACE_ID, 7001)


async def test_my_cards_that_cannot_be_asked_for_are_a_service_problem(world: World) -> None:
    world.sandbox.kaiten.revoke_token()
    with pytest.raises(ServiceCallError) as caught:
        await world.gateway.my_cards()
    assert isinstance(caught.value.outcome, Unauthorized)
