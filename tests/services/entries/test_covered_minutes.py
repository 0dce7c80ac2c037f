"""An entry whose minutes an earlier log holds: one fact, one sign wherever it is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from tests.services.world import BOTH, TASK, WORDS, World
from timer_app.cli import render
from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.delivery.service_messages import Destinations
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.service import Service
from timer_app.services.entries.documents import entry_document
from timer_app.services.entries.editor import EntryEdit
from timer_app.services.entries.history import Calendar, day_timeline, service_delivery_status
from timer_app.services.entries.listing import DeliveryStatus, EntryFilter

DAY = date(2026, 11, 22)


def worked(world: World, *, seconds: int) -> None:
    world.timer.start(TASK, Source.CLICK)
    world.clock.move(seconds=seconds)
    world.timer.stop()
    world.clock.move(seconds=5)


def entry(world: World, entry_id: str) -> LoggedEntry:
    logged = world.journal.entry(entry_id)
    assert logged
    return logged


def test_history_log_json_and_strip_say_that_an_earlier_log_covers_it(world: World) -> None:
    worked(world, seconds=90)  # 2 minutes
    worked(world, seconds=10)  # still 2
    world.drain()
    first, second = entry(world, "e1"), entry(world, "e2")

    assert (first.covered_dates, second.covered_dates) == ((), (DAY,))
    status = service_delivery_status(second, Service.KAITEN)
    assert (status.delivery_status, status.is_covered) == (DeliveryStatus.DELIVERED, True)
    assert not service_delivery_status(first, Service.KAITEN).is_covered
    document = entry_document(second, world.clock.now(), world.clock.zone())
    assert document["covered_dates"] == ["2026-11-22"]
    assert render.log([document]).splitlines()[-1].split(maxsplit=1) == [
        "–", "Kaiten log  for 2026-11-22  in an earlier log",
    ]  # fmt: skip
    calendar = Calendar(world.clock.zone(), time(0), world.clock.now())
    strip = day_timeline(DAY, (first, second), 100, 0, calendar)
    assert [block.covered for block in strip.blocks] == [False, True]


def test_what_goes_to_kaiten_alone_counts_as_delivered(world: World) -> None:
    world.rules = replace(world.rules, destinations=Destinations(timecrowd=False, kaiten=True))
    worked(world, seconds=90)
    worked(world, seconds=10)
    world.drain()
    delivered = EntryFilter(delivery_status=DeliveryStatus.DELIVERED)
    assert set(world.journal.page(delivered, None, 9).ids) == {"e1", "e2"}


def test_an_entry_that_an_edit_left_without_minutes_is_covered_too(world: World) -> None:
    worked(world, seconds=90)
    worked(world, seconds=60)  # 150 s: 3 minutes, one of them its own
    world.drain()
    second = entry(world, "e2")
    assert not second.covered_dates
    began = second.entry.started_at
    world.editor.edit("e2", EntryEdit(stopped_at=began + timedelta(seconds=10)))
    assert entry(world, "e2").covered_dates == (DAY,)
    assert not service_delivery_status(entry(world, "e2"), Service.KAITEN).is_covered, (
        "to be deleted"
    )
    world.drain()
    assert service_delivery_status(entry(world, "e2"), Service.KAITEN).is_covered


def test_what_was_never_reported_is_not_covered(world: World) -> None:
    world.rules = replace(world.rules, destinations=Destinations(timecrowd=True, kaiten=False))
    worked(world, seconds=600)
    world.rules = replace(world.rules, destinations=BOTH, rounding=Rounding.NEAREST)
    worked(world, seconds=10)
    assert entry(world, "e1").covered_dates == ()
    assert entry(world, "e2").covered_dates == ()


def test_without_a_card_or_while_it_runs_nothing_is_covered(world: World) -> None:
    worked(world, seconds=90)
    world.timer.start(WORDS, Source.CLICK)
    world.clock.move(seconds=10)
    world.timer.stop()
    world.timer.start(TASK, Source.CLICK)
    assert entry(world, "e2").covered_dates == ()
    assert entry(world, "e3").covered_dates == ()
