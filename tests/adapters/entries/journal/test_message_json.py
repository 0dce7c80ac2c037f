"""Every message survives the journal's row."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.adapters.entries.journal.message_json import message_from_json, message_to_json
from timer_app.domain.delivery.outcomes import RemoteEntry
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DeleteEntry,
    DeleteLog,
    FindCard,
    LogTime,
    Message,
    RecordEntry,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    StartEntry,
    StopEntry,
    UpdateLog,
    kind_of,
)
from timer_app.domain.entries.card import Card, CardKey
from timer_app.domain.entries.task import Task

instants = st.integers(0, 4_102_444_800).map(lambda unix: datetime.fromtimestamp(unix, UTC))
origins = st.sampled_from(["https://acme.kaiten.ru", "http://[::1]:5000"])
cards = st.builds(Card, origins, st.integers(1, 2**63 - 1))
addresses = st.sampled_from(["https://example.com/a", "https://www.chatwork.com/#!rid1-2"])
tasks = st.builds(Task, st.text(), st.none() | cards) | st.builds(
    Task, st.text(), st.none() | cards, addresses, st.text()
)
numbers = st.integers(1, 2**63 - 1)
remotes = st.builds(RemoteEntry, st.text(), st.text(), instants, st.none() | instants)
messages: st.SearchStrategy[Message] = st.one_of(
    st.builds(StartEntry, tasks, instants),
    st.builds(StopEntry, instants),
    st.builds(RecordEntry, tasks, instants, instants),
    st.builds(CorrectTimes, instants, st.none() | instants, st.none() | tasks),
    st.builds(LogTime, cards, st.dates(), st.integers(1, 10**6), st.text()),
    st.builds(UpdateLog, numbers, cards, st.dates(), st.integers(1, 10**6), st.text()),
    st.builds(FindCard, st.builds(CardKey, origins, st.text())),
    st.builds(CommentEntry, st.text()),
    st.builds(DeleteEntry),
    st.builds(DeleteLog, numbers, cards, st.dates()),
    st.builds(RemoveDuplicateEntry, numbers, st.none() | st.text(), remotes),
    st.builds(RemoveDuplicateLog, numbers, cards, st.dates(), st.none() | st.text(), st.text()),
)


@given(messages)
def test_round_trip(message: Message) -> None:
    assert message_from_json(kind_of(message).value, message_to_json(message)) == message


NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
CARD = Card("https://acme.kaiten.ru", 7)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (
            StartEntry(Task("Ship", CARD), NINE),
            (
                '{"title":"Ship","card_origin":"https://acme.kaiten.ru","card_id":7,'
                '"started_at":1795338000}'
            ),
        ),
        (StopEntry(NINE), '{"stopped_at":1795338000}'),
        (
            RecordEntry(Task("Ё"), NINE, NINE + timedelta(hours=1)),
            (
                '{"title":"Ё","card_origin":null,"card_id":null,'
                '"started_at":1795338000,"stopped_at":1795341600}'
            ),
        ),
        (CorrectTimes(NINE, None), '{"started_at":1795338000,"stopped_at":null}'),
        (
            LogTime(CARD, date(2026, 11, 22), 5, "x"),
            (
                '{"card_origin":"https://acme.kaiten.ru","card_id":7,"for_date":"2026-11-22",'
                '"minutes":5,"comment":"x"}'
            ),
        ),
        (
            LogTime(CARD, date(2026, 11, 22), 5, "x", similar_log="9004"),
            (
                '{"card_origin":"https://acme.kaiten.ru","card_id":7,"for_date":"2026-11-22",'
                '"minutes":5,"comment":"x","similar_log":"9004"}'
            ),
        ),
        (
            DeleteLog(9, CARD, date(2026, 11, 22), asks=True),
            (
                '{"card_origin":"https://acme.kaiten.ru","card_id":7,"for_date":"2026-11-22",'
                '"about":9,"asks":true}'
            ),
        ),
        (DeleteEntry(), "{}"),
        (
            UpdateLog(9, CARD, date(2026, 11, 22), 5, ""),
            (
                '{"card_origin":"https://acme.kaiten.ru","card_id":7,"for_date":"2026-11-22",'
                '"about":9,"minutes":5,"comment":""}'
            ),
        ),
        (
            RemoveDuplicateEntry(9, "61", RemoteEntry("62", "5", NINE, None)),
            (
                '{"about":9,"removed":"61","kept":{"id":"62","task_id":"5",'
                '"started_at":1795338000,"stopped_at":null}}'
            ),
        ),
        (CommentEntry("Разбор"), '{"comment":"Разбор"}'),
        (
            FindCard(CardKey(CARD.origin, "ABC-1")),
            '{"card_origin":"https://acme.kaiten.ru","card_key":"ABC-1"}',
        ),
    ],
)
def test_the_rows_that_are_on_peoples_disks(message: Message, text: str) -> None:
    """A change here needs a migration."""
    assert message_to_json(message) == text
    assert message_from_json(kind_of(message).value, text) == message


@pytest.mark.parametrize(
    ("kind", "text"),
    [("dance", "{}"), ("stop", "{}"), ("stop", "half a ro"), ("log", json.dumps({"minutes": 5}))],
)
def test_a_row_that_no_version_wrote(kind: str, text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        message_from_json(kind, text)
