"""Entries as the documents of the interface page, key by key."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
)
from timer_app.domain.delivery.service_messages import LogTime, StopEntry
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.services.delivery.problem_documents import problem_documents
from timer_app.services.entries.documents import entry_document

MOSCOW = ZoneInfo("Europe/Moscow")
START = datetime(2026, 11, 22, 6, tzinfo=UTC)
STOP = START + timedelta(minutes=61)
CARD = Card("https://acme.kaiten.ru", 63258149)
ENTRY = Entry("1f", Task("Ship the tray timer", CARD), START, Source.CLI, "first")
STOPPED = Delivery(4, "1f", StopEntry(STOP), DeliveryState.DONE, 1, "991")
LOG = Delivery(
    5, "1f", LogTime(CARD, date(2026, 11, 22), 61, "first"), DeliveryState.UNKNOWN, 2, None, "lost"
)
LOG_DOCUMENT = {
    "id": 5,
    "service": "kaiten",
    "kind": "log",
    "state": "unknown",
    "remote_id": None,
    "minutes": 61,
    "for_date": "2026-11-22",
    "attempts": 2,
    "error": "lost",
}


def test_an_entry() -> None:
    assert entry_document(LoggedEntry(ENTRY, STOP, (STOPPED, LOG)), STOP, MOSCOW) == {
        "id": "1f",
        "task": "Ship the tray timer",
        "card_id": 63258149,
        "card_url": "https://acme.kaiten.ru/63258149",
        "comment": "first",
        "started_at": "2026-11-22T09:00:00+03:00",
        "stopped_at": "2026-11-22T10:01:00+03:00",
        "seconds": 3660,
        "source": "cli",
        "deliveries": [
            {
                "id": 4,
                "service": "timecrowd",
                "kind": "stop",
                "state": "done",
                "remote_id": "991",
                "minutes": None,
                "for_date": None,
                "attempts": 1,
                "error": "",
            },
            LOG_DOCUMENT,
        ],
    }


def test_an_entry_that_runs_without_a_card() -> None:
    running = Entry("2a", Task("Read mail"), START, Source.CLICK)
    now = START + timedelta(seconds=59, milliseconds=900)
    assert entry_document(LoggedEntry(running, None, ()), now, UTC) == {
        "id": "2a",
        "task": "Read mail",
        "card_id": None,
        "card_url": None,
        "comment": "",
        "started_at": "2026-11-22T06:00:00+00:00",
        "stopped_at": None,
        "seconds": 59,
        "source": "click",
        "deliveries": [],
    }


def test_the_clock_was_set_back_while_it_ran() -> None:
    now = START - timedelta(hours=1)
    assert entry_document(LoggedEntry(ENTRY, None, ()), now, UTC)["seconds"] == 0


def test_a_problem_says_what_it_is_about() -> None:
    assert problem_documents(LoggedEntry(ENTRY, STOP, (LOG,)), MOSCOW) == [
        LOG_DOCUMENT
        | {
            "entry": "1f",
            "task": "Ship the tray timer",
            "card_url": "https://acme.kaiten.ru/63258149",
            "started_at": "2026-11-22T09:00:00+03:00",
            "stopped_at": "2026-11-22T10:01:00+03:00",
            "ways": [
                {
                    "command": "timer-app retry 5",
                    "does": "Send again if it is not there",
                },
                {"command": "timer-app drop 5", "does": "Never send it"},
            ],
        }
    ]
