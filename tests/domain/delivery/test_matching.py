"""Looking: what may be claimed, and what never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.delivery.matching import (
    CLOCK_MARGIN,
    MAX_CALL_DURATION,
    Ambiguous,
    Candidate,
    Match,
    NoMatch,
    attempt_window,
    duplicate_candidates,
    match_candidates,
)
from timer_app.domain.delivery.outcomes import RemoteLog

SENT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WINDOW = attempt_window(timedelta(0), SENT)


def log(number: int, after: float | None, *, is_exact: bool = False) -> Candidate:
    created_at = None if after is None else SENT + timedelta(seconds=after)
    return Candidate(RemoteLog(str(number)), created_at, is_exact)


def test_one_made_during_the_attempt_is_ours() -> None:
    assert match_candidates([log(1, 0.5)], [], [WINDOW]) == Match(RemoteLog("1"))


def test_nothing_there() -> None:
    assert match_candidates([], [], [WINDOW]) == NoMatch()


def test_one_that_another_delivery_has_is_never_ours() -> None:
    assert match_candidates([log(1, 0.5)], ["1"], [WINDOW]) == NoMatch()


def test_one_made_before_the_attempt_is_not_ours() -> None:
    early = -CLOCK_MARGIN.total_seconds() - 1
    assert match_candidates([log(1, early)], [], [WINDOW]) == NoMatch()


def test_one_made_later_may_have_been_held_up_and_is_never_sent_again() -> None:
    late = (MAX_CALL_DURATION + CLOCK_MARGIN).total_seconds() + 1
    assert isinstance(match_candidates([log(1, late)], [], [WINDOW]), Ambiguous)
    assert match_candidates([log(1, late)], ["1"], [WINDOW]) == NoMatch()


def test_one_made_later_while_the_person_still_worked_is_ours() -> None:
    """Another device began the same task: TimeCrowd has one entry for both."""
    later, until = log(1, 300), WINDOW.since + timedelta(seconds=900)
    assert match_candidates([later], [], [WINDOW], worked_until=until) == Match(RemoteLog("1"))
    over = WINDOW.since + timedelta(seconds=200)
    assert isinstance(match_candidates([later], [], [WINDOW], worked_until=over), Ambiguous)
    unsure = match_candidates([later], [], [WINDOW], worked_until=until, is_clock_trusted=False)
    assert isinstance(unsure, Ambiguous)


def test_of_two_the_first_made_is_ours() -> None:
    assert match_candidates([log(2, 3), log(1, 1)], [], [WINDOW]) == Match(RemoteLog("1"))


def test_one_that_does_not_show_when_it_was_made_is_ambiguous() -> None:
    assert isinstance(match_candidates([log(1, None)], [], [WINDOW]), Ambiguous)
    assert match_candidates([log(1, None), log(2, 1)], [], [WINDOW]) == Match(RemoteLog("2"))


def test_an_unmistakable_one_is_ours_whenever_it_was_made() -> None:
    assert match_candidates([log(1, None, is_exact=True)], [], [WINDOW]) == Match(RemoteLog("1"))
    assert match_candidates([log(1, 9999, is_exact=True)], ["1"], [WINDOW]) == NoMatch()


def test_the_window_is_in_the_services_time_and_as_long_ago_as_the_attempt() -> None:
    an_hour_ahead = attempt_window(timedelta(minutes=10), SENT + timedelta(minutes=70))
    assert match_candidates([log(1, 3601)], [], [an_hour_ahead]) == Match(RemoteLog("1"))
    assert match_candidates([log(1, 1)], [], [an_hour_ahead]) == NoMatch()


def test_between_two_attempts_it_is_ambiguous() -> None:
    """It may be the first one, held up, or somebody's; after neither it is certainly not ours."""
    second = attempt_window(timedelta(0), SENT + timedelta(minutes=10))
    assert isinstance(match_candidates([log(1, 300)], [], [WINDOW, second]), Ambiguous)
    assert match_candidates([log(1, 300), log(2, 601)], [], [WINDOW, second]) == Match(
        RemoteLog("2")
    )
    assert match_candidates([log(1, 1), log(2, 601)], [], [WINDOW, second]) == Match(RemoteLog("1"))
    assert match_candidates([log(1, -3600)], [], [WINDOW, second]) == NoMatch()


def test_after_a_restart_an_earlier_one_may_be_ours_as_well() -> None:
    """The computer's clock may have been set meanwhile, and nothing measured how long it was."""
    early = log(1, -3600)
    assert match_candidates([early], [], [WINDOW]) == NoMatch()
    assert isinstance(match_candidates([early], [], [WINDOW], is_clock_trusted=False), Ambiguous)
    assert match_candidates([early], ["1"], [WINDOW], is_clock_trusted=False) == NoMatch()
    assert match_candidates([log(1, 1)], [], [WINDOW], is_clock_trusted=False) == Match(
        RemoteLog("1")
    )
    assert match_candidates([], [], [WINDOW], is_clock_trusted=False) == NoMatch()


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(-100, 9999)), max_size=5))
def test_a_double_is_another_one_made_since_the_attempt(held: list[tuple[int, float]]) -> None:
    candidates = [log(*each) for each in held]
    for found in duplicate_candidates(candidates, ["1"], "2", WINDOW):
        assert found.answer.id in ("0", "3")
        assert found.created_at is not None
        assert found.created_at >= WINDOW.since
    missed = [
        s for s in candidates if s not in duplicate_candidates(candidates, ["1"], "2", WINDOW)
    ]
    assert all(s.answer.id in "12" or (s.created_at or SENT) < WINDOW.since for s in missed)


@given(
    st.lists(st.tuples(st.integers(0, 5), st.none() | st.floats(-100, 100)), max_size=6),
    st.sets(st.integers(0, 5)),
)
def test_a_claim_is_free_and_made_within_the_window(
    held: list[tuple[int, float | None]], taken: set[int]
) -> None:
    candidates = [log(*each) for each in held]
    found = match_candidates(candidates, [str(number) for number in taken], [WINDOW])
    if isinstance(found, Match):
        assert int(found.answer.id) not in taken
        fitting = [s for s in candidates if s.answer == found.answer and s.created_at is not None]
        assert any(WINDOW.contains(s.created_at) for s in fitting if s.created_at is not None)
    else:
        free = [s for s in candidates if int(s.answer.id) not in taken]
        assert not any(s.created_at is not None and WINDOW.contains(s.created_at) for s in free)
