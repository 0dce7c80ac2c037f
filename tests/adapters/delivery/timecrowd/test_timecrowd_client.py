"""TimeCrowd's gateway against the stand-in: what each delivery does, and how it can end."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from unittest.mock import ANY

import pytest
import pytest_asyncio

from tests.adapters.http.support import SOON, calling
from timer_app.adapters.delivery.timecrowd.gateway import TimeCrowdGateway
from timer_app.domain.delivery.matching import LookupResult, SafeToRepeat
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    DueDelivery,
)
from timer_app.domain.delivery.outcomes import (
    Commented,
    Done,
    NotSent,
    NotSentCause,
    Outcome,
    OutcomeUnknown,
    Refused,
    RemoteEntry,
    Removed,
    Unauthorized,
)
from timer_app.domain.delivery.remote_changes import TrackedEntry
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DeleteEntry,
    LogTime,
    Message,
    RecordEntry,
    StartEntry,
    StopEntry,
)
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.route import Route
from timer_app.domain.entries.task import Task, TimeCrowdTask
from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo
from timer_app.domain.setup.accounts import Account, Choice
from timer_app.sandbox import Fault, FaultKind, Sandbox, TimeCrowdSwitches, TimeEntry, add_teams
from timer_app.sandbox.world import (
    CALL_TASK_ID,
    FOREIGN_TASK_ID,
    FOREIGN_TEAM_ID,
    INVOICE_TASK_ID,
    SECOND_CATEGORY_ID,
    SECOND_TEAM_ID,
)
from timer_app.services.delivery.ports import Gateway, ServiceCallError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from timer_app.adapters.http.client import ServiceClient

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CARD = Card("https://acme.kaiten.ru", 63258149)
TASK, PLAIN = Task("Ship it", CARD), Task("Mail")
BEGIN = StartEntry(TASK, NOW)
HOUR = timedelta(hours=1)
ENTRIES = "/time_entries$"
LOOK_FOR_TASK = ["GET /api/v1/search/tasks", "GET /api/v1/teams/11609/tasks"]
ENDLESS = {FaultKind.HANG_BEFORE_COMMIT, FaultKind.HANG_AFTER_COMMIT, FaultKind.DRIP}


def due(message: Message, remote: RemoteEntry | None = None) -> DueDelivery:
    """A delivery of the message, about an entry of which `remote` is known."""
    entry = Entry("e1", TASK, NOW, Source.CLICK)
    return DueDelivery(Delivery(1, "e1", message, DeliveryState.SENDING), entry, None, remote)


def done(outcome: Outcome) -> RemoteEntry:
    """The entry that a delivery was done with."""
    assert isinstance(outcome, Done), outcome
    assert isinstance(outcome.answer, RemoteEntry)
    return outcome.answer


class World:
    """The stand-in, its clock standing at NOW until moved, and a gateway to it."""

    def __init__(self, sandbox: Sandbox, client: ServiceClient) -> None:
        self.sandbox = sandbox
        self.client = client
        self.gateway = TimeCrowdGateway(client, sandbox.world.team_id, sandbox.world.category_id)
        self.state = sandbox.timecrowd.state

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
        self.sandbox.timecrowd.faults.add(fault)

    def entries(self) -> list[TimeEntry]:
        """What the service holds and has not deleted."""
        return [entry for entry in self.state.entries.values() if entry.deleted_at is None]

    def requests(self) -> list[str]:
        """What was asked, in order."""
        return [f"{one.method} {one.path}" for one in self.sandbox.timecrowd.requests.records]

    def passes(self, time: timedelta) -> None:
        """Move the service's clock."""
        self.sandbox.clock.offset += time

    async def tell(self, message: Message, remote: RemoteEntry | None = None) -> Outcome:
        """Deliver."""
        return await self.gateway.deliver(due(message, remote), lambda: None)

    async def look(self, message: Message) -> LookupResult | SafeToRepeat:
        """Look for what was sent."""
        return await self.gateway.find_candidates(due(message, None), timedelta(0))

    async def started(self, task: Task = TASK) -> RemoteEntry:
        """An entry that runs since NOW."""
        return done(await self.tell(StartEntry(task, NOW)))


@pytest_asyncio.fixture
async def world(caplog: pytest.LogCaptureFixture) -> AsyncIterator[World]:
    """A world whose token must not show anywhere in the log."""
    caplog.set_level(logging.DEBUG)
    async with Sandbox(clock=lambda: NOW) as sandbox:
        token = sandbox.timecrowd_token
        async with calling(sandbox.timecrowd_url, token=token, now=sandbox.clock) as client:
            yield World(sandbox, client)
    assert token not in caplog.text


def test_it_is_a_gateway(world: World) -> None:
    gateway: Gateway = world.gateway  # mypy is the judge
    assert gateway is world.gateway


# -- start


@pytest.mark.parametrize("task", [TASK, PLAIN])
async def test_start_finds_or_makes_the_task_and_starts_now(world: World, task: Task) -> None:
    first, again = await world.started(task), await world.started(task)
    assert first.task_id == again.task_id
    held = world.state.tasks[int(first.task_id)]
    assert (held.key, held.title, held.parent_id) == (task.key, task.title, 36543)
    assert held.url == (task.card.url if task.card else None)
    assert (first.started_at, first.stopped_at) == (NOW, None)


async def test_start_tells_the_services_clock(world: World) -> None:
    outcome = await world.tell(StartEntry(TASK, NOW))
    assert isinstance(outcome, Done)
    assert outcome.server_time == NOW


OTHER_FORMS = [
    f"{CARD.origin}/space/7/boards/card/{CARD.id}?filter=mine",
    f"{CARD.origin}/space/7/card/{CARD.id}",
    f"{CARD.origin}/c/{CARD.id}",
    f"{CARD.origin}/space/7/boards/8/cards/{CARD.id}/",
]


@pytest.mark.parametrize("address", OTHER_FORMS)
async def test_a_card_whose_task_has_another_form_of_its_address_gets_no_second_task(
    world: World, address: str
) -> None:
    known = world.state.add_task(11609, "Named by the browser", address, 36543, NOW)
    first = await world.started()
    world.passes(HOUR)
    done(await world.tell(StopEntry(NOW + HOUR), first))
    again = await world.started()
    recorded = done(await world.tell(RECORD))
    assert {first.task_id, again.task_id, recorded.task_id} == {str(known.id)}
    assert world.requests().count("GET /api/v1/teams/11609/tasks") == 1


async def test_a_start_on_such_a_task_that_is_gone_makes_the_cards_task(world: World) -> None:
    known = world.state.add_task(11609, "Ship it", OTHER_FORMS[0], 36543, NOW)
    await world.started()
    world.state.tasks[known.id] = replace(known, deleted_at=NOW)
    second = await world.started()
    assert world.state.tasks[int(second.task_id)].key == CARD.url


async def test_a_start_whose_answer_is_lost_is_found_on_such_a_task(world: World) -> None:
    world.state.add_task(11609, "Ship it", OTHER_FORMS[0], 36543, NOW)
    world.fails(FaultKind.CLOSE_AFTER_COMMIT, "POST", "/start$")
    assert isinstance(await world.tell(BEGIN), OutcomeUnknown)
    lookup = await world.look(BEGIN)
    assert isinstance(lookup, LookupResult)
    assert [each.answer.id for each in lookup.candidates] == [str(world.entries()[0].id)]


async def test_lists_of_tasks_that_are_not_shown_do_not_hinder_a_start(world: World) -> None:
    world.fails(FaultKind.STATUS, "GET", "/search/tasks$", status=403)
    assert (await world.started()).stopped_at is None


async def test_every_page_of_tasks_is_read_before_one_is_made(world: World) -> None:
    world.state.switches = TimeCrowdSwitches(task_page_size=2)
    for number in range(5):
        world.state.add_task(11609, f"Task {number}", f"https://a.example/{number}", 36543, NOW)
    known = world.state.add_task(11609, "Other title", OTHER_FORMS[0], 36543, NOW)
    assert done(await world.tell(RECORD)).task_id == str(known.id)


async def test_a_task_made_alone_has_the_key_that_a_start_sends(world: World) -> None:
    made = done(await world.tell(replace(RECORD, task=PLAIN)))
    assert (await world.started(PLAIN)).task_id == made.task_id


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


@pytest.mark.parametrize(("kind", "ends", "held"), CHANGING)
async def test_every_fault_of_a_start(
    world: World, kind: FaultKind, ends: type[Outcome], held: int
) -> None:
    world.fails(kind, "POST", ENTRIES)
    outcome = await world.tell(StartEntry(TASK, NOW))
    assert isinstance(outcome, ends)
    assert len(world.entries()) == held
    assert world.sandbox.visits == []
    assert world.requests() == [*LOOK_FOR_TASK, "POST /api/v1/time_entries"]


async def test_a_token_that_is_not_accepted(world: World) -> None:
    world.sandbox.timecrowd.revoke_token()
    assert isinstance(await world.tell(StartEntry(TASK, NOW)), Unauthorized)


async def test_a_deleted_category_is_refused_in_the_services_words(world: World) -> None:
    world.state.set_category_deleted(36543, NOW)
    outcome = await world.tell(StartEntry(TASK, NOW))
    assert outcome == Refused(422, ("Category is already deleted.",))


async def test_a_log_is_none_of_timecrowds_business(world: World) -> None:
    assert isinstance(await world.tell(LogTime(CARD, NOW.date(), 1, "")), Refused)
    assert world.requests() == []


# -- comments


async def finished(world: World) -> RemoteEntry:
    """An entry of an hour."""
    remote = await world.started()
    world.passes(HOUR)
    return done(await world.tell(StopEntry(NOW + HOUR), remote))


async def test_a_comment_is_sent_once_and_nothing_is_asked(world: World) -> None:
    remote = await finished(world)
    before = len(world.requests())
    assert await world.tell(CommentEntry("Review 📝"), remote) == Done(Commented(remote.id), ANY)
    assert world.requests()[before:] == [f"POST /api/v1/time_entries/{remote.id}/comments"]
    assert world.state.comment_posts == [(int(remote.id), "Review 📝")]


@pytest.mark.parametrize(("kind", "ends", "held"), CHANGING)
async def test_every_fault_of_a_comment(
    world: World, kind: FaultKind, ends: type[Outcome], held: int
) -> None:
    remote = await finished(world)
    world.fails(kind, "POST", "/comments$")
    assert isinstance(await world.tell(CommentEntry("Review"), remote), ends)
    assert len(world.state.comment_posts) == held


async def test_a_comment_of_an_entry_that_is_gone_or_unknown_is_refused(world: World) -> None:
    remote = await finished(world)
    await world.tell(DeleteEntry(), remote)
    for known in (remote, None):
        assert isinstance(await world.tell(CommentEntry("Review"), known), Refused)
    assert world.state.comment_posts == []


# -- stop


async def test_stop_looks_first_and_stops_what_runs(world: World) -> None:
    remote = await world.started()
    world.passes(HOUR)
    assert done(await world.tell(StopEntry(NOW + HOUR), remote)) == replace(
        remote, stopped_at=NOW + HOUR
    )
    assert world.requests()[3:] == [
        "GET /api/v1/user",
        "GET /api/v1/user/working_users",
        f"PATCH /api/v1/time_entries/{remote.id}/stop",
    ]


async def test_an_earlier_stop_of_another_device_is_answered_and_not_moved(world: World) -> None:
    """Whether that is a conflict is not decided here."""
    remote = await world.started()
    world.passes(HOUR)
    world.state.stop(world.sandbox.world.timecrowd_user_id, int(remote.id), NOW + HOUR)
    world.passes(HOUR)
    outcome = await world.tell(StopEntry(NOW + 2 * HOUR), remote)
    assert outcome == Done(replace(remote, stopped_at=NOW + HOUR), NOW + 2 * HOUR, found=True)
    assert world.state.entries[int(remote.id)].stopped_at == NOW + HOUR
    assert not [one for one in world.requests() if one.startswith("PATCH")]


async def test_a_stop_elsewhere_later_than_ours_is_taken_as_done(world: World) -> None:
    """Ours was first and is true: the service layer corrects the time."""
    remote = await world.started()
    world.passes(HOUR)
    world.state.stop(world.sandbox.world.timecrowd_user_id, int(remote.id), NOW + HOUR)
    held = done(await world.tell(StopEntry(NOW + HOUR / 2), remote))
    assert held.stopped_at == NOW + HOUR
    assert not [one for one in world.requests() if one.startswith("PATCH")]


async def test_stop_finds_an_entry_on_a_later_page(world: World) -> None:
    remote = await world.started()
    world.state.switches = replace(world.state.switches, order="newest")
    user = world.sandbox.world.timecrowd_user_id
    world.state.stop(user, int(remote.id), NOW)
    for number in range(1, 46):
        at = NOW + number * HOUR
        world.state.add_entry(user, int(remote.task_id), at, at + HOUR, at)
    assert done(await world.tell(StopEntry(NOW), remote)).stopped_at == NOW
    assert world.requests().count("GET /api/v1/user/time_entries") == 3


async def test_stop_does_not_stop_another_entry_that_runs(world: World) -> None:
    remote = await world.started()
    world.passes(HOUR)
    other = await world.started(PLAIN)  # which stops the first, as the service may
    assert done(await world.tell(StopEntry(NOW + HOUR), remote)).stopped_at == NOW + HOUR
    assert world.state.entries[int(other.id)].stopped_at is None


async def test_stop_stops_one_of_two_that_run(world: World) -> None:
    """working_users shows one entry for each person: the other is among one's entries."""
    world.state.switches = TimeCrowdSwitches(starting_stops_the_old=False)
    first, second = await world.started(), await world.started(PLAIN)
    assert done(await world.tell(StopEntry(NOW), first)).stopped_at == NOW
    assert world.state.entries[int(second.id)].stopped_at is None


async def test_stop_of_an_entry_that_is_nowhere_is_refused(world: World) -> None:
    remote = await world.started()
    await world.tell(DeleteEntry(), remote)
    outcome = await world.tell(StopEntry(NOW), remote)
    assert isinstance(outcome, Refused)
    assert outcome.status is None
    assert f"no entry {remote.id}" in outcome.reason


@pytest.mark.parametrize("message", [StopEntry(NOW), CorrectTimes(NOW, None), DeleteEntry()])
async def test_without_the_services_id_nothing_is_asked(world: World, message: Message) -> None:
    outcome = await world.tell(message)
    assert isinstance(outcome, Refused)
    assert outcome.status is None
    assert "not known" in outcome.reason
    assert world.requests() == []


LOOKS = ["/user$", "/working_users$", ENTRIES]
BREAKS = [kind for kind, ends, _ in CHANGING if ends is OutcomeUnknown]


@pytest.mark.parametrize("path", LOOKS)
@pytest.mark.parametrize("kind", BREAKS)
async def test_a_look_that_breaks_has_changed_nothing(
    world: World, kind: FaultKind, path: str
) -> None:
    remote = await world.started()
    world.state.stop(world.sandbox.world.timecrowd_user_id, int(remote.id), NOW)
    world.fails(kind, "GET", path)
    outcome = await world.tell(StopEntry(NOW), remote)
    assert isinstance(outcome, NotSent)
    assert outcome.cause is NotSentCause.OFFLINE
    assert done(await world.tell(StopEntry(NOW), remote)).stopped_at == NOW


async def test_a_look_that_is_turned_away_ends_the_stop_likewise(world: World) -> None:
    remote = await world.started()
    world.fails(FaultKind.RATE_LIMITED, "GET", retry_after=7)
    outcome = await world.tell(StopEntry(NOW), remote)
    assert isinstance(outcome, NotSent)
    assert (outcome.cause, outcome.retry_after) == (
        NotSentCause.RATE_LIMITED,
        timedelta(seconds=7),
    )
    world.sandbox.timecrowd.revoke_token()
    assert isinstance(await world.tell(StopEntry(NOW), remote), Unauthorized)


@pytest.mark.parametrize("kind", BREAKS)
async def test_a_stop_that_breaks_is_unknown(world: World, kind: FaultKind) -> None:
    remote = await world.started()
    world.fails(kind, "PATCH")
    assert isinstance(await world.tell(StopEntry(NOW), remote), OutcomeUnknown)


# -- record


RECORD = RecordEntry(TASK, NOW - 3 * HOUR, NOW - HOUR)


@pytest.mark.parametrize("task", [TASK, PLAIN])
async def test_record_makes_the_task_once_and_starts_nothing(world: World, task: Task) -> None:
    record = replace(RECORD, task=task)
    held = done(await world.tell(record))
    assert (held.started_at, held.stopped_at) == (record.started_at, record.stopped_at)
    again = done(await world.tell(record))
    assert (again.task_id, again.id != held.id) == (held.task_id, True)
    assert await world.gateway.running_entry() is None
    assert world.requests()[:4] == [
        "GET /api/v1/search/tasks",
        "GET /api/v1/teams/11609/tasks",
        "POST /api/v1/teams/11609/tasks",
        "POST /api/v1/time_entries",
    ]
    assert world.requests()[4] == "POST /api/v1/time_entries"  # the task's id was remembered


async def test_record_finds_a_task_that_has_another_title_now(world: World) -> None:
    known = world.state.add_task(11609, "Old title", CARD.url, 36543, NOW)
    assert done(await world.tell(RECORD)).task_id == str(known.id)
    assert "POST /api/v1/teams/11609/tasks" not in world.requests()


async def test_record_without_a_card_leaves_a_cards_task_of_that_title_alone(world: World) -> None:
    known = world.state.add_task(11609, PLAIN.title, CARD.url, 36543, NOW)
    assert done(await world.tell(replace(RECORD, task=PLAIN))).task_id != str(known.id)


async def test_record_uses_the_task_that_a_start_met(world: World) -> None:
    remote = await world.started()
    assert done(await world.tell(RECORD)).task_id == remote.task_id
    assert world.requests() == [*LOOK_FOR_TASK, *["POST /api/v1/time_entries"] * 2]


@pytest.mark.parametrize("kind", BREAKS)
async def test_a_task_whose_making_is_unknown_is_looked_for_and_not_made_twice(
    world: World, kind: FaultKind
) -> None:
    world.fails(kind, "POST", "/tasks$")
    outcome = await world.tell(RECORD)
    assert isinstance(outcome, NotSent)
    assert outcome.cause is NotSentCause.OFFLINE
    assert world.entries() == []
    done(await world.tell(RECORD))
    assert len([task for task in world.state.tasks.values() if task.key == CARD.url]) == 1


@pytest.mark.parametrize("kind", BREAKS)
async def test_a_record_that_breaks_is_unknown(world: World, kind: FaultKind) -> None:
    world.fails(kind, "POST", ENTRIES)
    assert isinstance(await world.tell(RECORD), OutcomeUnknown)


async def test_a_task_that_is_gone_is_forgotten(world: World) -> None:
    first = done(await world.tell(RECORD))
    task = world.state.tasks[int(first.task_id)]
    world.state.tasks[task.id] = replace(task, deleted_at=NOW)
    assert isinstance(await world.tell(RECORD), Refused)
    assert done(await world.tell(RECORD)).task_id != first.task_id


async def test_a_task_that_is_gone_is_forgotten_by_a_move_to_it_as_well(world: World) -> None:
    task = world.state.tasks[int(done(await world.tell(RECORD)).task_id)]
    remote = done(await world.tell(RecordEntry(PLAIN, NOW - HOUR, NOW)))
    world.state.tasks[task.id] = replace(task, deleted_at=NOW)
    move = CorrectTimes(NOW - HOUR, NOW, TASK)
    assert isinstance(await world.tell(move, remote), Refused)
    assert done(await world.tell(move, remote)).task_id not in (str(task.id), remote.task_id)


# -- correct, delete


async def test_correct_gives_a_running_entry_its_true_start_and_lets_it_run(world: World) -> None:
    remote = await world.started()
    held = done(await world.tell(CorrectTimes(NOW - HOUR, None), remote))
    assert held == replace(remote, started_at=NOW - HOUR)
    assert world.state.entries[int(remote.id)].stopped_at is None


async def test_correct_gives_both_times(world: World) -> None:
    remote = done(await world.tell(RECORD))
    held = done(await world.tell(CorrectTimes(NOW - 2 * HOUR, NOW), remote))
    assert (held.started_at, held.stopped_at) == (NOW - 2 * HOUR, NOW)


async def test_times_that_were_not_taken_are_refused_with_both(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = done(await world.tell(RECORD))
    kept = world.state.entries[int(remote.id)]
    monkeypatch.setattr(world.state, "change", lambda *_, **__: kept)
    outcome = await world.tell(CorrectTimes(NOW - 2 * HOUR, NOW), remote)
    assert isinstance(outcome, Refused)
    assert outcome.status is None
    assert "2026-11-22 07:00:00 UTC to 2026-11-22 09:00:00 UTC" in outcome.reason
    assert "2026-11-22 06:00:00 UTC to 2026-11-22 08:00:00 UTC" in outcome.reason


async def test_times_the_service_does_not_accept_are_refused_in_its_words(world: World) -> None:
    remote = done(await world.tell(RECORD))
    outcome = await world.tell(CorrectTimes(NOW, NOW - HOUR), remote)
    assert outcome == Refused(422, ("Stopped at must be after started at",))


@pytest.mark.parametrize("status", [200, 204])
async def test_delete_removes_and_removing_what_is_gone_is_done(world: World, status: int) -> None:
    world.state.switches = TimeCrowdSwitches(delete_status=status)
    remote = await world.started()
    for _ in range(2):
        outcome = await world.tell(DeleteEntry(), remote)
        assert isinstance(outcome, Done)
        assert outcome.answer == Removed()
    assert world.entries() == []


async def test_a_delete_answered_by_a_login_page_is_unknown(world: World) -> None:
    remote = await world.started()
    world.fails(FaultKind.HTML, "DELETE")
    assert isinstance(await world.tell(DeleteEntry(), remote), OutcomeUnknown)


# -- questions


async def test_what_the_windows_ask(world: World) -> None:
    gateway = world.gateway
    assert await gateway.account() == Account(14381, "Dana Demo")
    assert await gateway.teams() == (Choice(11609, "Demo team"),)
    nested = await gateway.categories(11609)
    assert nested[:2] == (
        Choice(36543, "Development"),
        Choice(36544, "Development / Timer App"),
    )
    assert await gateway.running_entry() is None
    remote = await world.started()
    assert await gateway.running_entry() == TrackedEntry(
        remote, TASK.title, (CARD.url, CARD.url), 11609
    )
    assert await gateway.find_entry(remote) == remote
    assert await gateway.entries_since(NOW) == (
        TrackedEntry(remote, TASK.title, (CARD.url, CARD.url), 11609),
    )
    assert [held.remote for held in await gateway.my_entries(None, 1)] == [remote]
    assert await gateway.my_entries(remote.task_id, 2) == ()


async def test_categories_of_the_flat_list_read_the_same(world: World) -> None:
    nested = await world.gateway.categories(11609)
    world.fails(FaultKind.STATUS, "GET", "/teams/", status=404)
    assert set(await world.gateway.categories(11609)) == set(nested)
    assert world.requests()[-1] == "GET /api/v1/categories"


async def test_answers_in_japanese_time_are_the_same_instants(world: World) -> None:
    world.state.switches = TimeCrowdSwitches(utc_offset_minutes=540)
    assert (await world.started()).started_at == NOW


@pytest.mark.parametrize(
    ("kind", "ends"),
    [*((kind, OutcomeUnknown) for kind in BREAKS), (FaultKind.REDIRECT, Refused)],
)
async def test_a_question_that_is_not_answered_is_a_service_problem(
    world: World, kind: FaultKind, ends: type[Outcome]
) -> None:
    for ask in (world.gateway.account, world.gateway.teams, world.gateway.running_entry):
        world.sandbox.timecrowd.faults.clear()
        world.fails(kind)
        with pytest.raises(ServiceCallError) as problem:
            await ask()
        assert isinstance(problem.value.outcome, ends)
        assert str(problem.value) == problem.value.outcome.reason
        assert world.sandbox.timecrowd_token not in repr(problem.value)
    assert world.sandbox.visits == []


# -- looking for what is unknown


async def test_a_start_that_arrived_is_seen(world: World) -> None:
    world.fails(FaultKind.CLOSE_AFTER_COMMIT, "POST", "/time_entries")
    assert isinstance(await world.tell(BEGIN), OutcomeUnknown)
    (entry,) = [each for each in world.entries() if each.stopped_at is None]
    lookup = await world.look(BEGIN)
    assert isinstance(lookup, LookupResult)
    assert [(s.answer.id, s.created_at) for s in lookup.candidates] == [(str(entry.id), NOW)]


async def test_a_start_that_did_not_arrive_is_not_seen(world: World) -> None:
    world.fails(FaultKind.CLOSE_BEFORE_COMMIT, "POST", "/time_entries")
    assert isinstance(await world.tell(BEGIN), OutcomeUnknown)
    assert await world.look(BEGIN) == LookupResult((), timedelta(0))


async def test_entries_of_other_tasks_and_earlier_times_are_not_taken_for_a_start(
    world: World,
) -> None:
    await world.started()
    world.passes(HOUR)
    await world.started(PLAIN)
    late = StartEntry(TASK, NOW + HOUR)
    assert await world.look(late) == LookupResult((), timedelta(0))


async def test_a_recorded_entry_is_known_by_its_exact_times(world: World) -> None:
    world.fails(FaultKind.CLOSE_AFTER_COMMIT, "POST", "/time_entries")
    assert isinstance(await world.tell(RECORD), OutcomeUnknown)
    lookup = await world.look(RECORD)
    assert isinstance(lookup, LookupResult)
    assert [candidate.is_exact for candidate in lookup.candidates] == [True]
    other = replace(RECORD, stopped_at=RECORD.stopped_at + timedelta(minutes=1))
    assert await world.look(other) == LookupResult((), timedelta(0))


async def test_a_look_that_breaks_is_a_problem(world: World) -> None:
    world.fails(FaultKind.CLOSE_BEFORE_COMMIT, "GET")
    with pytest.raises(ServiceCallError):
        await world.look(BEGIN)


def _add_hours(world: World, task_id: str, count: int) -> None:
    for number in range(count):
        at = NOW - (number + 2) * HOUR
        user = world.sandbox.world.timecrowd_user_id
        world.state.add_entry(user, int(task_id), at, at + HOUR / 2, at)


@pytest.mark.parametrize("order", ["newest", "oldest", "random"])
@pytest.mark.parametrize("seed", range(3))
async def test_a_start_is_found_in_whatever_order_entries_are_listed(
    world: World, order: str, seed: int
) -> None:
    remote = await world.started()
    world.state.stop(world.sandbox.world.timecrowd_user_id, int(remote.id), NOW)
    _add_hours(world, remote.task_id, 30)
    world.state.switches = TimeCrowdSwitches(page_size=4, order=order, order_seed=seed)
    lookup = await world.look(BEGIN)
    assert isinstance(lookup, LookupResult)
    assert [each.answer.id for each in lookup.candidates] == [remote.id]
    since = await world.gateway.entries_since(NOW - 5 * HOUR)
    assert len(since) == 5


async def test_a_list_that_proves_to_have_the_newest_first_is_not_read_to_its_end(
    world: World,
) -> None:
    remote = await world.started()
    _add_hours(world, remote.task_id, 60)
    world.state.switches = TimeCrowdSwitches(page_size=5, order="newest")
    await world.gateway.entries_since(NOW - HOUR)
    assert world.requests().count("GET /api/v1/user/time_entries") == 2


async def test_an_entry_that_was_given_another_task_elsewhere_is_found(world: World) -> None:
    remote = await world.started()
    user = world.sandbox.world.timecrowd_user_id
    world.state.stop(user, int(remote.id), NOW)
    other = world.state.add_task(11609, "Another", "https://a.example/1", 36543, NOW)
    world.state.change(user, int(remote.id), NOW, task_id=other.id)
    found = await world.gateway.find_entry(remote)
    assert found == replace(remote, stopped_at=NOW, task_id=str(other.id))


async def test_a_row_without_a_task_does_not_spoil_the_page(world: World) -> None:
    remote = await world.started()
    user = world.sandbox.world.timecrowd_user_id
    world.state.stop(user, int(remote.id), NOW)
    _add_hours(world, remote.task_id, 2)
    other = next(each for each in world.entries() if str(each.id) != remote.id)
    world.state.entries_without_task.add(other.id)
    assert len(await world.gateway.entries_since(NOW - 9 * HOUR)) == 3
    assert await world.gateway.find_entry(remote) == replace(remote, stopped_at=NOW)
    world.state.entries_without_task.add(int(remote.id))
    assert await world.gateway.find_entry(remote) == replace(remote, stopped_at=NOW)
    lookup = await world.look(BEGIN)  # it may be ours: nobody may send it again unasked
    assert isinstance(lookup, LookupResult)
    assert [(each.answer.id, each.created_at) for each in lookup.candidates] == [(remote.id, None)]


async def test_what_goes_to_one_id_needs_no_look(world: World) -> None:
    assert await world.look(StopEntry(NOW)) == SafeToRepeat()
    assert world.requests() == []


async def test_the_same_card_is_another_task_in_another_team(world: World) -> None:
    """Neither a look nor what was met before takes one for the other."""
    add_teams(world.sandbox.world, NOW)
    elsewhere = Route(SECOND_TEAM_ID, SECOND_CATEGORY_ID)
    await world.started()
    answer = done(await world.tell(StartEntry(TASK, NOW, elsewhere)))
    tasks = {each.id: each for each in world.state.tasks.values() if each.url == CARD.url}
    assert {each.team_id: each.parent_id for each in tasks.values()} == {
        11609: 36543, SECOND_TEAM_ID: SECOND_CATEGORY_ID,
    }  # fmt: skip
    found = await world.look(StartEntry(TASK, NOW, elsewhere))
    assert isinstance(found, LookupResult)
    assert [each.answer.id for each in found.candidates] == [answer.id]
    later = NOW + timedelta(minutes=5)
    recorded = done(await world.tell(RecordEntry(TASK, NOW, later, elsewhere)))
    assert tasks[int(recorded.task_id)].team_id == SECOND_TEAM_ID
    plain = await world.look(RecordEntry(TASK, NOW, later))
    assert isinstance(plain, LookupResult)
    assert plain.candidates == ()
    moved = done(await world.tell(CorrectTimes(NOW, later, TASK, Route(11609)), recorded))
    assert tasks[int(moved.task_id)].team_id == 11609


async def test_a_team_without_a_category_of_its_own_gets_none(world: World) -> None:
    """The category of the settings is one of another team."""
    add_teams(world.sandbox.world, NOW)
    answer = done(await world.tell(StartEntry(TASK, NOW, Route(SECOND_TEAM_ID))))
    assert world.state.tasks[int(answer.task_id)].parent_id is None


# -- TimeCrowd's own tasks


async def test_tasks_of_all_teams_are_found_by_title_and_by_use(world: World) -> None:
    add_teams(world.sandbox.world, NOW)
    (call,) = await world.gateway.search_tasks("weekly")
    assert call == TimeCrowdTaskInfo(
        TimeCrowdTask(CALL_TASK_ID, SECOND_TEAM_ID),
        "Weekly call with Acme",
        "https://example.com/calls/7",
        "https://example.com/calls/7",
        "Client projects",
        "Clients",
    )
    used = await world.gateway.most_used_tasks(25)
    assert [each.task.id for each in used] == [CALL_TASK_ID, INVOICE_TASK_ID]
    record = world.sandbox.timecrowd.requests.matching("GET", "/tasks$")[-1]
    assert set(record.query.split("&")) == {"sort=user_usage", "limit=25"}


async def test_a_task_is_found_by_its_number_in_ones_teams_alone(world: World) -> None:
    add_teams(world.sandbox.world, NOW)
    world.state.entries.clear()  # nothing is used
    world.state.switches = TimeCrowdSwitches(task_page_size=1)
    find = world.gateway.find_task
    found = await find(TimeCrowdTask(INVOICE_TASK_ID))
    assert found is not None
    assert (found.task, found.title) == (
        TimeCrowdTask(INVOICE_TASK_ID, SECOND_TEAM_ID), "請求書の確認",
    )  # fmt: skip
    assert await find(TimeCrowdTask(INVOICE_TASK_ID, SECOND_TEAM_ID)) == found
    assert await find(TimeCrowdTask(INVOICE_TASK_ID, world.sandbox.world.team_id)) is None
    assert await find(TimeCrowdTask(FOREIGN_TASK_ID)) is None
    with pytest.raises(ServiceCallError):
        await find(TimeCrowdTask(FOREIGN_TASK_ID, FOREIGN_TEAM_ID))


@pytest.mark.parametrize("kind", [FaultKind.STATUS, FaultKind.HTML, FaultKind.GARBAGE])
async def test_a_server_that_does_not_tell_the_most_used_hinders_no_search_by_number(
    world: World, kind: FaultKind
) -> None:
    add_teams(world.sandbox.world, NOW)
    world.fails(kind, "GET", "/api/v1/tasks$", status=404 if kind is FaultKind.STATUS else None)
    found = await world.gateway.find_task(TimeCrowdTask(CALL_TASK_ID))
    assert found is not None
    assert found.task.team_id == SECOND_TEAM_ID
