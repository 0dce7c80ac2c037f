"""What we say of a delivery is found again by its English, and a service's words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.delivery.outcomes import Refused, call_problem_message
from timer_app.domain.delivery.own_messages import find_own_message
from timer_app.domain.messages import (
    DeliveryMessageId,
    KeyringMessageId,
    OutcomeMessageId,
    RefusalMessageId,
)
from timer_app.domain.user_message import MessageId, UserMessage

OWN: list[MessageId] = [
    *OutcomeMessageId,
    *RefusalMessageId,
    *DeliveryMessageId,
    *KeyringMessageId,
]


@pytest.mark.parametrize("message_id", OWN, ids=lambda each: f"{type(each).__name__}.{each.name}")
def test_each_of_our_messages_is_found_by_its_text(message_id: MessageId) -> None:
    message = UserMessage(message_id, "one", "two", "three")
    found = find_own_message(str(message))
    assert found is not None
    assert str(found) == str(message)


@given(st.text(min_size=1, max_size=50), st.text(min_size=1, max_size=50))
def test_a_value_may_be_anything(one: str, two: str) -> None:
    message = UserMessage(OutcomeMessageId.OTHER_TIMES, one, two)
    found = find_own_message(str(message))
    assert found is not None
    assert str(found) == str(message)


def test_the_status_of_a_refusal_is_left_out() -> None:
    words = UserMessage(OutcomeMessageId.REDIRECT, "Kaiten", "login.example")
    assert find_own_message(Refused(302, (str(words),)).reason) == words


def test_what_a_status_means_is_reported_with_it_in_any_language() -> None:
    said = call_problem_message(Refused(403, (RefusalMessageId.NO_ACCESS.value,)), "Kaiten")
    assert said.values[1] == UserMessage(RefusalMessageId.NO_ACCESS)
    assert str(said).endswith("is not shared with you. (HTTP 403)")


@pytest.mark.parametrize(
    "text", ["", "Card is archived (HTTP 403)", "no", "without a word (HTTP 400)", "x" * 3000]
)
def test_a_services_words_are_none_of_ours(text: str) -> None:
    assert find_own_message(text) is None
