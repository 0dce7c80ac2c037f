"""The lists to choose from outlast the app; what is damaged of them was never seen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.adapters.entries.journal.support import CARD, open_journal
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.entries.task import TimeCrowdTask
from timer_app.domain.entries.timecrowd_task import TimeCrowdTaskInfo

CARDS = (
    CardInfo(
        CARD, "Ship <b>it</b> 課題", archived=False, board="Dev", column="Doing", minutes=90,
        key="DEMO-12", space="Product", space_id=12, board_id=5,
        updated=datetime(2026, 11, 22, 9, tzinfo=UTC),
    ),
    CardInfo(Card(CARD.origin, 8), "", archived=False, board="", column="", minutes=0),
)  # fmt: skip
TASKS = (
    TimeCrowdTaskInfo(
        TimeCrowdTask(41003, 11710), "Weekly call", "k", "https://example.com/", "Team", "Clients"
    ),
    TimeCrowdTaskInfo(TimeCrowdTask(1), ""),
)


def test_what_was_seen_is_there_after_a_restart(tmp_path: Path) -> None:
    journal = open_journal(tmp_path)
    assert (journal.seen_cards(), journal.seen_tasks()) == ((), ())
    journal.save_seen_cards(CARDS[1:])
    journal.save_seen_cards(CARDS)
    journal.save_seen_tasks(TASKS)
    journal.close()
    again = open_journal(tmp_path)
    assert (again.seen_cards(), again.seen_tasks()) == (CARDS, TASKS)
    again.save_seen_cards(())
    assert (again.seen_cards(), again.seen_tasks()) == ((), TASKS)
    again.close()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"rows": 5}', '{"rows": [{}]}', '{"rows": [{"id": true}]}']
)
def test_a_damaged_list_was_never_seen(tmp_path: Path, content: str) -> None:
    journal = open_journal(tmp_path)
    journal.save_seen_cards(CARDS)
    journal.save_seen_tasks(TASKS)
    journal.connection.execute("UPDATE service_list SET content = ?", (content,))
    assert (journal.seen_cards(), journal.seen_tasks()) == ((), ())
    journal.close()
