"""Looking: what may be claimed, and what never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from timer_app.domain.looking import (
    LONGEST_CALL,
    MARGIN,
    CannotTell,
    Claim,
    NotThere,
    Sighting,
    doubles,
    verdict,
    window_of,
)
from timer_app.domain.outcome import RemoteLog

SENT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WINDOW = window_of(timedelta(0), SENT)


def log(number: int, after: float | None, *, unmistakable: bool = False) -> Sighting:
    made_at = None if after is None else SENT + timedelta(seconds=after)
    return Sighting(RemoteLog(str(number)), made_at, unmistakable)


def test_one_made_during_the_attempt_is_ours() -> None:
    assert verdict([log(1, 0.5)], [], [WINDOW]) == Claim(RemoteLog("1"))


def test_nothing_there() -> None:
    assert verdict([], [], [WINDOW]) == NotThere()


def test_one_that_another_delivery_has_is_never_ours() -> None:
    assert verdict([log(1, 0.5)], ["1"], [WINDOW]) == NotThere()


def test_one_made_before_the_attempt_is_not_ours() -> None:
    early = -MARGIN.total_seconds() - 1
    assert verdict([log(1, early)], [], [WINDOW]) == NotThere()


def test_one_made_later_may_have_been_held_up_and_is_never_sent_again() -> None:
    late = (LONGEST_CALL + MARGIN).total_seconds() + 1
    assert isinstance(verdict([log(1, late)], [], [WINDOW]), CannotTell)
    assert verdict([log(1, late)], ["1"], [WINDOW]) == NotThere()


def test_of_two_the_first_made_is_ours() -> None:
    assert verdict([log(2, 3), log(1, 1)], [], [WINDOW]) == Claim(RemoteLog("1"))


def test_one_that_does_not_show_when_it_was_made_cannot_be_told() -> None:
    assert isinstance(verdict([log(1, None)], [], [WINDOW]), CannotTell)
    assert verdict([log(1, None), log(2, 1)], [], [WINDOW]) == Claim(RemoteLog("2"))


def test_an_unmistakable_one_is_ours_whenever_it_was_made() -> None:
    assert verdict([log(1, None, unmistakable=True)], [], [WINDOW]) == Claim(RemoteLog("1"))
    assert verdict([log(1, 9999, unmistakable=True)], ["1"], [WINDOW]) == NotThere()


def test_the_window_is_in_the_services_time_and_as_long_ago_as_the_attempt() -> None:
    an_hour_ahead = window_of(timedelta(minutes=10), SENT + timedelta(minutes=70))
    assert verdict([log(1, 3601)], [], [an_hour_ahead]) == Claim(RemoteLog("1"))
    assert verdict([log(1, 1)], [], [an_hour_ahead]) == NotThere()


def test_between_two_attempts_it_cannot_be_told() -> None:
    """It may be the first one, held up, or somebody's; after neither it is certainly not ours."""
    second = window_of(timedelta(0), SENT + timedelta(minutes=10))
    assert isinstance(verdict([log(1, 300)], [], [WINDOW, second]), CannotTell)
    assert verdict([log(1, 300), log(2, 601)], [], [WINDOW, second]) == Claim(RemoteLog("2"))
    assert verdict([log(1, 1), log(2, 601)], [], [WINDOW, second]) == Claim(RemoteLog("1"))
    assert verdict([log(1, -3600)], [], [WINDOW, second]) == NotThere()


def test_after_a_restart_an_earlier_one_may_be_ours_as_well() -> None:
    """The computer's clock may have been set meanwhile, and nothing measured how long it was."""
    early = log(1, -3600)
    assert verdict([early], [], [WINDOW]) == NotThere()
    assert isinstance(verdict([early], [], [WINDOW], sure=False), CannotTell)
    assert verdict([early], ["1"], [WINDOW], sure=False) == NotThere()
    assert verdict([log(1, 1)], [], [WINDOW], sure=False) == Claim(RemoteLog("1"))
    assert verdict([], [], [WINDOW], sure=False) == NotThere()


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(-100, 9999)), max_size=5))
def test_a_double_is_another_one_made_since_the_attempt(held: list[tuple[int, float]]) -> None:
    sightings = [log(*each) for each in held]
    for found in doubles(sightings, ["1"], "2", WINDOW):
        assert found.answer.id in ("0", "3")
        assert found.made_at is not None
        assert found.made_at >= WINDOW.since
    missed = [s for s in sightings if s not in doubles(sightings, ["1"], "2", WINDOW)]
    assert all(s.answer.id in "12" or (s.made_at or SENT) < WINDOW.since for s in missed)


@given(
    st.lists(st.tuples(st.integers(0, 5), st.none() | st.floats(-100, 100)), max_size=6),
    st.sets(st.integers(0, 5)),
)
def test_a_claim_is_free_and_made_within_the_window(
    held: list[tuple[int, float | None]], taken: set[int]
) -> None:
    sightings = [log(*each) for each in held]
    found = verdict(sightings, [str(number) for number in taken], [WINDOW])
    if isinstance(found, Claim):
        assert int(found.answer.id) not in taken
        fitting = [s for s in sightings if s.answer == found.answer and s.made_at is not None]
        assert any(WINDOW.holds(s.made_at) for s in fitting if s.made_at is not None)
    else:
        free = [s for s in sightings if int(s.answer.id) not in taken]
        assert not any(s.made_at is not None and WINDOW.holds(s.made_at) for s in free)
