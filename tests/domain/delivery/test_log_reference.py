"""The name of a log at the end of its comment: composed, split, and within Kaiten's length."""

from __future__ import annotations

import pytest

from timer_app.domain.delivery.log_reference import (
    comment_with_reference,
    split_comment,
    timecrowd_reference,
)
from timer_app.domain.entries.comment import MAX_COMMENT_UNITS, comment_units

TIMECROWD = timecrowd_reference("6135")
OWN = "3f2a91bc04de"


@pytest.mark.parametrize("reference", [TIMECROWD, OWN])
@pytest.mark.parametrize(
    "comment",
    [
        "",
        "Review",
        "Разбор 📝",
        "two\nlines",
        "Review · TimeCrowd 12",
        "see · TimeCrowd 12 · later",
        "ends with ·",
        "TimeCrowd 12",
        "TimeCrowd",
    ],
)
def test_what_was_composed_is_split(comment: str, reference: str) -> None:
    assert split_comment(comment_with_reference(comment, reference)) == (comment, reference)


def test_the_composed_form() -> None:
    assert comment_with_reference("Review", TIMECROWD) == "Review · TimeCrowd 6135"
    assert comment_with_reference("", TIMECROWD) == "TimeCrowd 6135"
    assert comment_with_reference("Review", "") == "Review"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Review",
        "see · TimeCrowd 12 · later",
        "My TimeCrowd 12",
        "Review · TimeCrowd",
        "Review · timecrowd 12",
        "Review · TimeCrowd 12x",
        "Review · 3f2a91bc04d",
        "commit 3f2a91bc04de",
    ],
)
def test_words_without_a_reference_stay_whole(text: str) -> None:
    assert split_comment(text) == (text, None)


@pytest.mark.parametrize(
    "text", ["Review · TimeCrowd 6135\n", "Review·TimeCrowd  6135", "Review  ·  TimeCrowd 6135 "]
)
def test_blanks_that_a_service_changed_do_not_matter(text: str) -> None:
    assert split_comment(text) == ("Review", TIMECROWD)


def test_words_never_give_way() -> None:
    full = "я" * MAX_COMMENT_UNITS
    assert comment_with_reference(full, TIMECROWD) == full
    longest = timecrowd_reference(str(2**63 - 1))
    room = MAX_COMMENT_UNITS - comment_units(comment_with_reference("x", longest)) + 1
    typed = "я" * room
    assert comment_units(comment_with_reference(typed, longest)) == MAX_COMMENT_UNITS
    assert comment_with_reference(f"{typed}я", longest) == f"{typed}я"
