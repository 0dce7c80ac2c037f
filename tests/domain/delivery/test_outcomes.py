"""A refusal in one line: what the service said, and that it said it."""

from __future__ import annotations

import pytest

from timer_app.domain.delivery.outcomes import OutcomeUnknown, Refused, call_problem_message
from timer_app.domain.messages import OutcomeMessageId
from timer_app.domain.user_message import UserMessage


@pytest.mark.parametrize(
    ("refused", "line"),
    [
        (Refused(422, ("It is deleted.",)), "It is deleted. (HTTP 422)"),
        (Refused(422, ("One.", "Two.")), "One. Two. (HTTP 422)"),
        (Refused(403, ()), "without a word (HTTP 403)"),
        (Refused(None, ("No id is known.",)), "No id is known."),
        (Refused(None, ()), "without a word"),
    ],
)
def test_the_reason(refused: Refused, line: str) -> None:
    assert refused.reason == line


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (UserMessage(OutcomeMessageId.FAILED, "Kaiten", 503), "Kaiten failed (HTTP 503)."),
        (
            UserMessage(OutcomeMessageId.NO_ANSWER, "Kaiten", "15"),
            "Kaiten did not answer within 15 seconds.",
        ),
        (
            UserMessage(OutcomeMessageId.BROKE, "Kaiten"),
            "The connection to Kaiten broke before its answer was there.",
        ),
        (
            UserMessage(OutcomeMessageId.UNUSABLE, "Kaiten", "it is not JSON"),
            "Kaiten answered, but its answer cannot be used. (it is not JSON)",
        ),
    ],
)
def test_a_question_without_an_answer_is_not_said_to_have_done_anything(
    told: UserMessage, said: str
) -> None:
    assert str(call_problem_message(OutcomeUnknown(str(told)), "Kaiten")) == said


def test_the_words_of_a_refusal_are_sentences() -> None:
    refused = Refused(402, ("Paid plan only", "Nothing was logged."))
    said = str(call_problem_message(refused, "Kaiten"))
    assert said == "Kaiten: Paid plan only. Nothing was logged. (HTTP 402)"
