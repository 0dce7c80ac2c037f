"""Tasks and entries: their keys, their titles, their seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import Entry, FinishedEntry, Source, whole_second, with_comment
from timer_app.domain.entries.task import (
    MAX_TITLE_LENGTH,
    Task,
    TimeCrowdTask,
    clean_title,
    task_at_address,
    task_for_card,
    task_with_title,
    with_other_card,
)
from timer_app.domain.errors import BadInput

CARD = Card("https://acme.kaiten.ru", 7)
ENTRY = Entry("e1", Task("Write"), datetime(2026, 11, 22, 9, tzinfo=UTC), Source.CLICK, "first")


def test_a_task_with_a_card_is_that_card_whatever_its_title() -> None:
    assert Task("Old title", CARD).key == Task("New title", CARD).key == CARD.url
    assert Task("Write").key == "Write"


def test_a_task_with_an_address_is_that_address() -> None:
    address = "https://example.com/a"
    assert Task("Old", address=address).key == Task("New", address=address).key == address
    linked = Task("Old", CARD, address)
    assert linked.key not in (address, CARD.url)
    assert (linked.timecrowd_key, linked.url) == (address, address)
    assert (Task("Write").url, Task("Old", CARD).url) == ("", CARD.url)


def test_another_card_keeps_the_address() -> None:
    address, other = "https://example.com/a", Task("Card", Card(CARD.origin, 8))
    assert with_other_card(Task("T", CARD, address), other) == Task("T", other.card, address)
    assert with_other_card(Task("T", None, address), other) == Task("T", other.card, address)
    assert with_other_card(Task("T", CARD), other) == with_other_card(Task("T"), other) == other
    assert with_other_card(Task("T", CARD, address), Task("Mail")) == Task("Mail")


def test_the_card_that_a_task_of_timecrowd_has_leaves_it_that_task() -> None:
    chosen = Task("T", CARD, timecrowd=TimeCrowdTask(36549, 11610))
    assert with_other_card(chosen, Task("Newer title", CARD)) == chosen
    other = Task("Card", Card(CARD.origin, 8))
    assert with_other_card(chosen, other) == other


def test_only_a_message_of_a_chat_room_has_a_room() -> None:
    message, other = "https://www.chatwork.com/#!rid1-2", "https://example.com/a"
    assert task_at_address(message, " T ", CARD, " Sales ") == Task("T", CARD, message, "Sales")
    assert task_at_address(other, "T", room_name="Sales") == Task("T", address=other)
    with pytest.raises(BadInput):
        task_at_address(message, " ")
    with pytest.raises(BadInput, match="The room's name is 501 characters long; at most 500 fit"):
        task_at_address(message, "T", room_name="x" * 501)


def test_a_title_is_one_clean_line() -> None:
    assert task_with_title("  Ship \n the\ttray ", CARD) == Task("Ship the tray", CARD)
    assert task_with_title("x" * MAX_TITLE_LENGTH) == Task("x" * MAX_TITLE_LENGTH)


@pytest.mark.parametrize(
    ("title", "why"),
    [
        (" \n", "The task needs a title."),
        ("x" * 501, "The title is 501 characters long; at most 500 fit."),
    ],
)
def test_titles_refused(title: str, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        task_with_title(title)
    assert str(refused.value) == why


@given(st.text(max_size=1200))
def test_any_title_that_kaiten_gives_will_do(title: str) -> None:
    task = task_for_card(CARD, title)
    assert task == task_with_title(task.title, CARD)


def test_kaitens_titles() -> None:
    assert task_for_card(CARD, " Fix  it ") == Task("Fix it", CARD)
    assert task_for_card(CARD, " ") == Task("#7", CARD)
    assert task_for_card(CARD, "x" * 501) == Task("x" * 499 + "…", CARD)


def test_instants_are_kept_in_whole_seconds_of_utc() -> None:
    typed = datetime(2026, 11, 22, 12, 0, 5, 999_999, timezone(timedelta(hours=3)))
    assert whole_second(typed) == datetime(2026, 11, 22, 9, 0, 5, tzinfo=UTC)
    assert whole_second(typed).tzinfo is UTC


def test_seconds_of_an_entry() -> None:
    assert FinishedEntry(ENTRY, ENTRY.started_at + timedelta(days=1, seconds=3)).seconds == 86403


def test_a_comment_of_none_keeps_the_one_there_is() -> None:
    assert with_comment(ENTRY, None) == ENTRY
    assert with_comment(ENTRY, "") == Entry("e1", ENTRY.task, ENTRY.started_at, Source.CLICK, "")
    assert with_comment(ENTRY, " b ").comment == "b"


@pytest.mark.parametrize(
    "title",
    [
        "",
        " ",
        "\u200b",
        "\u2060\ufeff \u00ad",
        "\u3164",
        "\x00\x1b",
        "\u2800",
        "\u17b4",
        "\u115f\u034f",
        "\U000e0041",
        "\ufe0f",
        "\U0001d159",
    ],
)
def test_a_title_that_nobody_sees_is_none(title: str) -> None:
    with pytest.raises(BadInput):
        task_with_title(title)


def test_an_accent_is_the_same_in_one_character_or_two() -> None:
    composed, decomposed = "Caf\u00e9", "Cafe\u0301"
    assert task_with_title(decomposed) == task_with_title(composed)
    assert Task(decomposed).key == Task(composed).key


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("a\x00b\x1b[1m", "ab[1m"),
        ("one\ntwo\u2028three", "one two three"),
        ("half \ud83d", "half"),
        ("神社 \ufa19\u793e", "神社 \ufa19\u793e"),
        ("👩\u200d💻 pairs", "👩\u200d💻 pairs"),
        ("Review https://forge.example/pull/5", "Review https://forge.example/pull/5"),
    ],
)
def test_what_services_get_holds_no_control_characters(title: str, clean: str) -> None:
    assert clean_title(title) == clean
    assert task_with_title(title).title == clean
    assert task_for_card(Card("https://acme.kaiten.ru", 7), title).title == clean
